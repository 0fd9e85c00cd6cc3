"""Phrases of office Turkish that tell how a job stands, as signals of one sentence.

Everything is matched on folded text (:func:`daemon.domain.text.fold`): lower case, no Turkish letters, so
that capitals and telephones without ç or ş read alike. A pattern names whole words: a suffix makes the
difference between done, not done and promised.
"""

import re
from enum import Enum, auto


class Signal(Enum):
    DONE = auto()
    MAYBE_DONE = auto()
    NOT_DONE = auto()
    NEGATED = auto()
    WILL_BE = auto()
    UNDER_WAY = auto()
    PARTLY = auto()
    HEDGE = auto()
    REFUSED = auto()
    FOR_NOW = auto()
    NOT_OURS = auto()
    EXTENSION = auto()
    QUESTION = auto()
    STATUS = auto()
    STILL_BAD = auto()
    UNDONE = auto()
    THANKS = auto()
    WISH = auto()


_PAST = r"(?:[dt][iu](?:k|m|ler|lar)?|m[iu]s(?:t[iu]r(?:lar|ler)?|[iu]z)?)"
_COMPLETED = (
    "tamamlan|tamamla|gideril|gider|onaril|onar|cozumlen|cozul|coz|cozume kavustur(?:ul)?|hallol|hallet|"
    "halledil|"
    "temizlen|temizle|toplan|topla|budan|buda|ilaclan|ilacla|asfaltlan|asfaltla|doldurul|doldur|degistiril|"
    "degistir|"
    "takil|yenilen|yenile|kaldiril|kaldir|bitiril|bitir|bit|duzeltil|duzelt|boyan|dikil|yerlestiril|"
    "yerlestir|konul|"
    "seril|dokul|sokul|supurul|yikan|yikil|kapatil|kapat|acil|kurul|eklen|gerceklestiril|gerceklestir|"
    "saglan|"
    "yamalan|tamir edil|tamir et|monte edil|tesis edil|imal edil|bertaraf edil|tahliye edil|mudahale edil|"
    "tadil edil|iptal edil|yerine getiril|devreye alin|calisir hale getiril|calisir duruma getiril|kesil|"
    "sulan|"
    "yapil|yap"
)
DONE = re.compile(rf"\b(?:{_COMPLETED}){_PAST}\b")
DONE_REPORT = re.compile(
    r"\b(?:tamamlan|gideril|onaril|cozul|temizlen|yapil|kaldiril|"
    r"degistiril)[dt][iu]g[iu]\w*\s+(?:hususunu?\s+)?"
    r"(?:bilgi(?:niz|leriniz)?e|bilgilerinizi|arz|bildiri|bilgilendir)"
)
SAID_OF_PAPERS = re.compile(
    r"\b(?:incelem|kesf|kesif|kesi[fv]|kontrol|tespit|basvuru|plan|gorusm|yazism|ihale|degerlendirm|"
    r"bildirim|odem|"
    r"program|yonlendirm|bilgilendirm|kayit|kayd|olcum|proj|etut|arastirm|toplanti|hazirli|denetim|sevk|"
    r"evrak|dosya|"
    r"koordinasyon|iletisim|on calism|saha calism|fizibilite|kazi|sozlesm|siparis|malzeme|tedarik|is emri|"
    r"yazi|randevu|anlasm|gorevlendirm|ilk etap|birinci etap|etab|etap|asama|hazirlik|ceza|uyari|ihtar|"
    r"tebligat|tutanak|"
    r"form|cevap|islem kaydi|parsel|uzeri|gecici)\w*\b"
)
AFTER_DONE = re.compile(
    r"\s*(?:$|[.,;:!)\"”'*]|olup\b|ve\b|bilgi|arz\b|rica\b|tesekkur|saygi|iyi\b|kolay\b|bulunmakta|"
    r"durumda(?:dir)?\b|efendim|"
    r"sayin\b|muhtarim|mudurum|baskanim|hocam|ekte|foto|resim|resmi|[-–(])"
)
QUESTION_AFTER = re.compile(r"\s*m[iu]\b")
DONE_SHORT = re.compile(
    r"\b(?:islem|is|calisma|konu|sorun|hersey|her sey)\w*\s+tamam(?:dir)?\b|\bsorun (?:yok|kalmadi)\b"
)

NEGATION = re.compile(
    r"\b\w+m[ae](?:d[iu](?:k|m|lar|ler)?|m[iu]s(?:t[iu]r(?:lar|ler)?|[iu]z|lar|ler)?|m[ae]kta(?:dir)?|"
    r"m[ae]kte(?:dir)?|yacak\w*|yecek\w*)\b"
    r"|\b\w{2,}m[iu]yor\w*\b|\bdegil(?:dir|iz)?\b|\byok(?:tur)?\b|\b(?:olmaz|yapilmaz|gerekmez)\b"
)
HARMLESS_NEGATION = re.compile(
    r"\b(?:sorun|sikinti|problem|eksik|engel|olumsuzluk|ariza|sakinca)\w*(?:\s+\w+){0,2}\s+(?:yok(?:tur)?|"
    r"kalma\w+|bulunma\w+|gorulme\w+|degil\w*)\b"
    r"|\bkusura bakma\w*\b|\b(?:baska|ek) bir \w+ (?:yok|bulunma)\w*\b|\bunutma\w+\b"
)
_JOB_NOT_DONE = re.compile(
    r"\b(?:tamamlan|gideril|onaril|cozul|coz|yapil|yap|baslan|basla|bit|temizlen|toplan|alin|kaldiril|"
    r"degistiril|duzel|gel|"
    r"gidil|ilgilen|edil|kapatil|hallol|budan|ilaclan)(?:[ae]?m[ae]|[iu]l[ae]m[ae])(?:d[iu](?:k|lar|ler)?|"
    r"m[iu]s(?:t[iu]r|lar|ler|[iu]z)?|m[ae]kt[ae](?:dir)?)\b"
    r"|\b(?:tamamlan|gideril|cozul|yapil|baslan|bit)m[iu]s degil|\b(?:yapil|gideril|cozul|tamamlan|gel|"
    r"baslan)m[iu]yor\w*"
)
_WILL_BE = re.compile(
    r"\b(?!(?:icecek|yiyecek|giyecek|alacak|bilecek)\b)\w{2,}[ae]c[ae](?:k(?:t[iu]r|lar\w*|ler\w*|"
    r"s[iu]n\w*)?|g[iu]z|g[iu]m)\b"
    r"|\bplanlan\w*|\bplanlamay?a? al|\bprogram\w*a (?:al|dahil|konul)|\bprogram\w* (?:kapsam|dahil|"
    r"cercev)|\byatirim program|\bsiraya al|\bsirada\w*|"
    r"\bonumuzdeki\b|\bhaftaya\b|\byarin\b|\ben kisa (?:sure|zaman)|\bkisa (?:sure|zaman)\w* (?:icinde|"
    r"icerisinde)|\bilerleyen\b|"
    r"\bimkan\w* (?:olcusunde|dahilinde)|\bdegerlendirmeye al|\bgundem\w* al|\bhedeflen|\bongorul|"
    r"\bdegerlendirilmek uzere|\bnot al(?:in|di)"
)
_UNDER_WAY = re.compile(
    r"\bislemde(?:dir|yiz)?\b|\bisleme (?:al|kon)|\bincelemeye al|\bbasla(?:n?d[iu]k?|nm[iu]s\w*|m[iu]s\w*|"
    r"tildi|tilmis\w*)\b|"
    r"\bdevam (?:et|ed)\w*|\bsur(?:uyor\w*|mekte\w*|durul(?:uyor|mekte)\w*)\b|"
    r"\b(?:ekip|ekib|arkadas|personel)\w*(?:\s+\w+){0,3}\s+(?:yonlend|gonder|cikti|sevk|gidecek|gitti|"
    r"gorevlend)\w*|"
    r"\b(?:yapil|edil|gideril|onaril|calis|calisil|hazirlan|degerlendiril|incelen|beklen?|tamamlan|"
    r"temizlen|toplan|yurutul|bak|ilgilen|surdurul|"
    r"takip edil|arastiril|kontrol edil)(?:[iu]yor\w*|mekte\w*|makta\w*)\b|\bbeklemede\b|\b(?:surec|sureci|"
    r"surecinde|asamasinda\w*)\b|"
    r"\b(?:inceleme|kesif|etut|ihale) (?:asama|surec)"
)
_PARTLY = re.compile(
    r"\bkismen\b|\bkismi\b|\buzere(?:dir|yiz)?\b|\byarisi\b|\b(?:bir|buyuk) (?:kismi|bolumu)\b|\bcogu\b|"
    r"\bneredeyse\b|\bhemen hemen\b|\baz kaldi\b|"
    r"(?:%|\byuzde)\s?\d+|\b(?:ilk|birinci|1\.?) (?:etap|asama|kisim)|\bgecici\b|\bkalan\w*\b|\bsadece\b"
)
_HEDGE = re.compile(
    r"\b(?:ancak|fakat|ama|lakin|yalniz|yalnizca|ne var ki|henuz|galiba|sanirim|saniyorum|sanirsam|"
    r"muhtemelen|belki|herhalde|umarim|"
    r"insallah|eger|sayet|sozde|guya|sanki|iddia\w*|haric|dediler|dedi|soylendi|soyleniyor|sayilir|"
    r"bildirilmis\w*|mahkeme\w*|tekrar|yeniden|halde|ragmen|daha once(?:den)?|gecen (?:yil|sene))\b"
)
_REFUSED = re.compile(
    r"\bmumkun (?:degil|gorulme|bulunma|olma|gozukme|gorunme)\w*|\bimkan\w*(?:\s+\w+){0,2}\s+(?:yok|"
    r"bulunma|olma)\w*|"
    r"\buygun (?:gorulme|bulunma|degil|gorulem|olma)\w*|\b(?:red|reddedil|reddettik|reddolun)\w*\b|"
    r"\bkarsilana?ma\w+|\bkarsilanmayacak\w*|"
    r"\bkabul edil(?:me|eme)\w+|\byerine getiril(?:me|eme)\w+|\byapil(?:ama|amaya)\w+|"
    r"\bolumsuz (?:deger|sonuc|gorul|karsil|yanit|cevap|bulun|oldu)\w*|\b(?:talep|talebiniz|talebi|"
    r"basvuru\w*|sonuc|cevap\w*) olumsuz\w*|"
    r"\bgerek (?:gorulme|duyulma|bulunma|yok|olmadi)\w*|\bihtiyac (?:duyulma|bulunma|yok|olmadi)\w*|"
    r"\bmevzuata aykiri\b"
)
_FOR_NOW = re.compile(
    r"\b(?:su an\w*|simdilik|su asamada|bu yil|bu sene|bu asamada|henuz|bugun|bu hafta|bu ay|su siralar|"
    r"mevcut durumda|kisa vadede|bu sezon)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:bize|bizlere|mudurlugumuze|birimimize|belediyemize|tarafimiza|"
    r"sefligimize)(?:\s+\w+){0,2}\s+(?:ait|bagli)\s+(?:degil|olma|bulunma)\w*|"
    r"\b(?:gorev|yetki|sorumluluk|calisma|hizmet)\w*(?:\s+(?:ve|veya|yetki\w*|sorumluluk\w*|gorev\w*|"
    r"calisma))*\s+(?:alan|kapsam|saha|sinir)\w*(?:\s+\w+){0,2}\s+"
    r"(?:degil|disinda|girme|bulunma|olma|kalma|yer alma)\w*|"
    r"\b(?:gorev|yetki|sorumluluk|sorumlulug|gorevler|isi|isimiz|konu|konumuz)\w*(?:mizda|imizde|umuzda|"
    r"umuz|imiz|miz)\s+(?:degil|bulunma|olma|yok)\w*|"
    r"\b(?:mudurlugumuzu|birimimizi|bizi|bizleri|belediyemizi)\s+ilgilendirm\w*|\b(?:mudurlugumuz|"
    r"birimimiz|bizim)(?:le|ile|)\s*(?:ilgi|alaka)\w*\s+(?:degil|yok|bulunma|olma)\w*|"
    r"\bbiz(?:im|imle)(?: ile)?\s+(?:\w+\s+){0,2}(?:ilgili|alakali|gorevimiz|isimiz|alanimiz|konumuz|"
    r"yetkimiz|sorumlulugumuz)\w*\s+(?:degil|disinda|yok)\w*|"
    r"\bbizlik (?:bir \w+ )?degil|\b(?:gorev|yetki|sorumluluk|sorumlulug)\w*\s+(?:alan\w*\s+)?disinda|"
    r"\bbizim (?:gorevimiz|isimiz|konumuz|alanimiz) degil|"
    r"\b(?:baska|diger|ilgili) (?:bir )?(?:birim|mudurlu|kurum)\w*(?:\s+\w+){0,2}\s+(?:ait|gorev|sevk|"
    r"havale|yonlendiril|iletilme)\w*|"
    r"\bmudurlugumuz(?:\s+\w+){0,2}\s+(?:gorev|yetki)\w*(?:\s+\w+){0,3}\s+(?:degil|disinda|bulunma|girme|"
    r"olma)\w*"
)
_EXTENSION = re.compile(
    r"\b(?:ek|ilave) sure|\bsure(?:nin|yi|si)?\s+(?:uzat|talep|talebi|istiyor|rica|veril)\w*|\bsure uzatim|"
    r"\bsureye ihtiyac|\bmehil\b|"
    r"\b(?:\d{1,3}|bir|iki|uc|dort|bes|alti|yedi|on|onbes|on bes|yirmi|otuz|birkac)\s*(?:is\s*)?(?:gun|"
    r"hafta|ay)\w*\s+(?:daha|ek|ilave|sure|uzat)\w*"
)
INTERROGATIVE = re.compile(
    r"\b(?:nere|neresi|hangi|nedir|ne zaman|kac|kim|nasil|neden|niye|niçin)\w*\b|\bm[iu](?:siniz|sunuz|yiz|"
    r"yim|dir|dur)?\s*$|\bm[iu](?:siniz|sunuz)\b"
)
ASKS_FOR = re.compile(
    r"\b(?:acik )?(?:adres|konum|fotograf|resim|telefon|iletisim|kroki|ada parsel|sokak|kapi no|detay|"
    r"bilgi(?!(?:leri)?ni)|belge|evrak)\w*(?:\s+\w+){0,4}\s+"
    r"(?:eksik|belirtilme|yazilma|bildirilmesi|gonderilmesi|iletilmesi|paylasilmasi|gerek|ihtiyac|rica|"
    r"gonderir|gonderin|iletir|iletin|paylas|netles|verir|alabilir|bekliyoruz)\w*"
)
_STATUS = re.compile(
    r"^\W*(?:son )?durum(?:u|umuz)?(?: nedir| ne)?\W*$|\b(?:ne|hangi) asama\w*|\bne (?:oldu|durumda|haber|"
    r"alemde)\b|\bson durum\w*|\bakibet\w*|"
    r"\bne zaman(?: \w+){0,3} (?:yapil|cozul|bit|gel|tamam|gider|basla|sonuc)\w*|\b(?:yapil|tamamlan|cozul|"
    r"gideril|bit|basla|sonuclan|ilgilenil)\w*\s+m[iu]\b|"
    r"\bgelisme (?:var|oldu)\b|\b(?:talebim|basvurum|dilekcem|sikayetim|talebimiz|"
    r"basvurumuz)\w*(?:\s+\w+){0,4}\s+(?:durum|bilgi|sonuc|akibet|asama)\w*|"
    r"\b(?:durum|sonuc)\w* hakkinda bilgi"
)
_STILL_BAD = re.compile(
    r"\b(?:sorun|sikinti|problem|ariza|sikayet|koku|kacak|gurultu|magdur|rezalet|ayni durum|ayni sorun|"
    r"cukur|su birik)\w*(?:\s+\w+){0,3}\s+(?:devam|suruyor|surmekte|duruyor|ayni|bitme|gecme)\w*|"
    r"\b(?:hala|halen|hala?a)\b(?:\s+\w+){0,4}\s+(?:\w+m[ae](?:d|m[iu]s)\w*|ayni|var|duruyor|bozuk|akiyor|"
    r"suruyor|yok|\w+m[iu]yor\w*|devam \w+)\b|"
    r"\bayni sekilde\b|\beski hal\w*|\bgelen (?:giden )?(?:olma|yok)\w*|\bkimse (?:gelme|ilgilenme|"
    r"bakma)\w*|\bgelmediler\b|\b(?:tekrar|tekrardan|yeniden|yine)\s+(?:bozul|cok|acil|ak|basla|ol|tik|"
    r"patla|cik|kir)\w*|"
    r"\byapilan (?:bir )?(?:sey|is|islem|calisma) yok|\bbir sey (?:yapil|degis)m\w+|\bhicbir sey\b|"
    r"\bdegisen (?:bir )?(?:sey )?yok|\bmemnun degil\w*|\bkabul etmiyor\w*|\bitiraz\w*|"
    r"\beksik (?:kal|yapil|birak)\w*|\bcozulmus degil\w*"
)
_UNDONE = re.compile(
    r"\b(?:duzelme|cozulme|giderilme|yapilma|tamamlanma|gelinme|onarilma|temizlenme|toplanma)(?:d[iu]|"
    r"m[iu]s)(?:ler|lar)?\b"
    r"(?! (?:degil|olup))"
)
_THANKS = re.compile(
    r"\btesekkur\w*|\btsk\b|\btskler\b|\bsag ?ol\w*|\beline\w* saglik|\bellerinize saglik|\bminnettar\w*|"
    r"\brazi olsun\b|\bemegi\w* (?:gecen|saglik)|\bmuteesekkir\w*"
)
_WISH = re.compile(
    r"\b(?:rica|talep) (?:ed|et)\w*|\bistiyor\w*|\bayrica\b|\blutfen\b|\bbekliyor\w*|\w+(?:masini|mesini|"
    r"masi icin|mesi icin)\b|\bgerek(?:iyor|mekte)\w*|\bacil\b|\bihtiyac\w*|\bbir de\b"
)
SENTENCE = re.compile(r"[^.!?;\n]*[.!?;\n]*")

PATTERNS = (
    (Signal.NOT_DONE, _JOB_NOT_DONE),
    (Signal.WILL_BE, _WILL_BE),
    (Signal.UNDER_WAY, _UNDER_WAY),
    (Signal.PARTLY, _PARTLY),
    (Signal.HEDGE, _HEDGE),
    (Signal.REFUSED, _REFUSED),
    (Signal.FOR_NOW, _FOR_NOW),
    (Signal.NOT_OURS, _NOT_OURS),
    (Signal.EXTENSION, _EXTENSION),
    (Signal.STATUS, _STATUS),
    (Signal.STILL_BAD, _STILL_BAD),
    (Signal.UNDONE, _UNDONE),
    (Signal.THANKS, _THANKS),
    (Signal.WISH, _WISH),
)
