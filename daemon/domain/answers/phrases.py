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
    STEP = auto()
    """A step on the way was done: a survey, a tender, a letter."""
    NOT_DONE = auto()
    NEGATED = auto()
    WILL_BE = auto()
    UNDER_WAY = auto()
    SENT_OUT = auto()
    """A crew was sent; beside a statement that it has finished this is only how it came about."""
    PARTLY = auto()
    HEDGE = auto()
    REFUSED = auto()
    UNABLE = auto()
    """It cannot be done, which may be for good or because of the weather."""
    ABSENT = auto()
    OPEN = auto()
    """Something else goes on or ought to be: a present or necessity beside the statement."""
    FOR_NOW = auto()
    NOT_OURS = auto()
    EXTENSION = auto()
    QUESTION = auto()
    STATUS = auto()
    STILL_BAD = auto()
    UNDONE = auto()
    THANKS = auto()
    WISH = auto()


NEGATION = re.compile(
    r"\b\w+m[ae](?:d[iu](?:k|m|lar|ler)?|m[iu]s(?:t[iu]r(?:lar|ler)?|[iu]z|lar|ler)?|m[ae]kta(?:dir)?|"
    r"m[ae]kte(?:dir)?|yacak\w*|yecek\w*|y[iu]n(?:[iu]z)?)\b"
    r"|\b(?!namaz\b)\w{2,}m[ae](?:z|zler|zlar|y[iu]z)\b"
    r"|\b\w{2,}m[iu]yor\w*\b|\bdegil(?:dir|iz)?\b|\byok(?:tur)?\b|\b(?:olmaz|yapilmaz|gerekmez)\b"
)
HARMLESS_NEGATION = re.compile(
    r"\b(?:sorun|sikinti|problem|eksik|engel|olumsuzluk|ariza|sakinca)\w*(?:\s+\w+){0,2}\s+(?:yok(?:tur)?|"
    r"kalma\w+|bulunma\w+|gorulme\w+|degil\w*)\b"
    r"|\bkusura bakma\w*\b|\b(?:baska|ek) bir \w+ (?:yok|bulunma)\w*\b|\b(?:unutma|tereddut etme|"
    r"cekinme)\w+\b"
)
_JOB_NOT_DONE = re.compile(
    r"\b(?:tamamlan|gideril|onaril|cozul|coz|yapil|yap|baslan|basla|bit|temizlen|toplan|alin|kaldiril|"
    r"degistiril|duzel|gel|"
    r"gidil|ilgilen|(?<!tespit )(?<!teyit )edil|kapatil|hallol|budan|ilaclan)"
    r"(?:[ae]?m[ae]|[iu]l[ae]m[ae])(?:d[iu](?:k|lar|ler)?|"
    r"m[iu]s(?:t[iu]r|lar|ler|[iu]z)?|m[ae]kt[ae](?:dir)?)\b"
    r"|\b(?:tamamlan|gideril|cozul|yapil|baslan|bit)m[iu]s degil|\b(?:yapil|gideril|cozul|tamamlan|gel|"
    r"baslan)m[iu]yor\w*"
)
_WILL_BE = re.compile(
    r"\b(?!(?:icecek|yiyecek|giyecek|alacak|bilecek)\b)"
    r"(?!yapilacak (?:herhangi )?(?:bir )?(?:islem|is|calisma)\w* (?:yok|bulunma))"
    r"\w{2,}[ae]c[ae](?:k(?:t[iu]r|lar\w*|ler\w*|"
    r"s[iu]n\w*)?|g[iu]z|g[iu]m)\b"
    r"|\bplanlan(?!m[ae]m|miyor)\w*|\bplanlamay?a? al|\bprogram\w*a (?:al|dahil|konul)|\bprogram\w* (?:kapsam|dahil|"
    r"cercev)|\byatirim program|\bsiraya al|\bsirada\w*|"
    r"\bonumuzdeki\b|\bhaftaya\b|\byarin\b|\ben kisa (?:sure|zaman)|\bkisa (?:sure|zaman)\w* (?:icinde|"
    r"icerisinde)|\bilerleyen\b|"
    r"\bimkan\w* (?:olcusunde|dahilinde)|\bdegerlendirmeye al|\bgundem\w* al|\bhedeflen|\bongorul|"
    r"\b(?:program|liste|sira|plan|takvim|gundem|onay)\w*[ae] (?:al|ekle|dahil|ko[ny]|yerlestir|sun|tak)\w*|"
    r"\bertelen\w*|\bdegerlendirilmek uzere|\bnot al(?:in|di)"
)
_UNDER_WAY = re.compile(
    r"\bislemde(?:dir|yiz)?\b|\bisleme (?:al|kon)|\bincelemeye al|\bbasla(?:n?d[iu]k?|nm[iu]s\w*|m[iu]s\w*|"
    r"tildi|tilmis\w*)\b|"
    r"\bdevam (?:et|ed)\w*|\bsur(?:uyor\w*|mekte\w*|durul(?:uyor|mekte)\w*)\b|"
    r"\b(?:yapil|edil|gideril|onaril|calis|calisil|hazirlan|degerlendiril|incelen|beklen?|tamamlan|"
    r"temizlen|toplan|yurutul|bak|ilgilen|surdurul|"
    r"takip edil|arastiril|kontrol edil)(?:[iu]yor\w*|mekte\w*|makta\w*)\b|\bbeklemede\b|\b(?:surec|sureci|"
    r"surecinde|asamasinda\w*)\b|"
    r"\b(?:inceleme|kesif|etut|ihale) (?:asama|surec)"
)
_SENT_OUT = re.compile(
    r"\b(?:ekip|ekib|arkadas|personel|gorevli)\w*(?:\s+\w+){0,3}\s+(?:yonlend|gonder|cikti|sevk|gidecek|"
    r"gitti|"
    r"gitmis|geldi|gorevlend)\w*"
)
_PARTLY = re.compile(
    r"\b(?:\w+[dt][ae]n\s+(?:(?:sadece|yalniz|ancak)\s+)?(?:\d+\s*(?:['’]?s?[iu]\b|\s(?:aded|tane)\w*)|"
    r"biri|ikisi|ucu|dordu|besi|"
    r"bazilari|birkaci|(?:bir|iki|uc) tanesi)\b|eksik(?:tir|ler var)?\s*(?:$|[.,;!])|(?<=\w\s)"
    r"kaldi\s*(?:$|[.,;!])|"
    r"kismen\b|kismi\b|uzere(?:dir|yiz)?\b|yarisi\b|(?:bir|buyuk) (?:kismi|bolumu)\b|cogu\b|"
    r"neredeyse\b|hemen hemen\b|az kaldi\b|"
    r"(?:buyuk|onemli) (?:olcude|oranda)\b|(?:sol|sag|diger|obur|oteki|ote|geri kalan|ust|alt|on|"
    r"arka) (?:taraf|kis[iu]?m|bolum|yar)\w*|"
    r"yuzde\s?\d+|(?:ilk|birinci|1\.?) (?:etap|asama|kisim)|gecici\b|kalan\w*\b|sadece\b|"
    r"\w+[iu]n (?:biri|ikisi|ucu|dordu|besi)\b|bir (?:yani|tarafi|ucu)\b|deneme\b)|%\s?\d+"
)
_REST_TOO = re.compile(r"\b(?:(?:geri|eksik) )?(?:kalan|diger|obur|oteki)\w*(?: \w+){0,3} d[ae]\b")


def without_rest(sentence: str) -> str:
    """What is said of the rest, too: "kalan kısım da onarıldı" completes the work, it leaves no part undone."""
    return _REST_TOO.sub("", sentence)


_HEDGE = re.compile(
    r"\b(?:ancak|fakat|ama|lakin|yalniz|yalnizca|ne var ki|henuz|galiba|sanirim|saniyorum|sanirsam|"
    r"muhtemelen|belki|herhalde|umarim|"
    r"insallah|eger|sayet|sozde|guya|sanki|iddia\w*|haric|dediler|dedi|soylendi|soyleniyor|sayilir|"
    r"bildirilmis\w*|mahkeme\w*|gibi|diye|yine|kendiliginden|beyan\w*|sehven|yanlislikla|yanlis|"
    r"hatali(?:dir)?|dikkate alma\w*|bilm(?:iyor|"
    r"em)\w*|emin degil\w*|"
    r"(?:diger|komsu|yan|oteki|baska) (?:talep|mahalle|sokak|cadde|site|is|adres)\w*|sira (?:sizin|sizde|"
    r"bu)\w*|tekrar|yeniden|halde|ragmen|daha once(?:den)?|gecen (?:yil|sene))\b"
)
_NOT = r"(?!kt[ae]|s[iu](?!z)|k\b|y[ae]\b|dig(?!\w* (?:bilgi|bildir|arz|anlas|gor|tespit)))"
"""Behind "-me": neither the verbal noun ("karşılanması") nor the present ("karşılanmaktadır"), which deny nothing, nor
what is only named by it ("karşılanmadığından")."""
REFUSED = re.compile(
    rf"\bmumkun (?:degil|(?:gorulme|bulunma|olma|gozukme|gorunme){_NOT})\w*|"
    r"\bimkan\w*(?:\s+\w+){0,2}\s+(?:yok|bulunma|olma)\w*|"
    rf"\buygun (?:degil|gorulem|(?:gorulme|bulunma|olma){_NOT})\w*|"
    r"\b(?:red|(?!reddedilm[ae]|reddetm[ae])redd(?:ed|et|olun)\w*)\b|"
    rf"\bkarsilana?ma{_NOT}(?!mis\b(?! olup))\w+|\bkarsilana?miyor\w*|"
    rf"\bkabul edil(?:me|eme){_NOT}\w+|\byerine getiril(?:me|eme){_NOT}\w+|\byapil(?:a?mayaca\w+)|"
    r"\byapmayaca\w+|"
    r"\bizin veril(?:me|eme)(?:mistir|di|mektedir)\b|"
    r"\bolumlu (?:(?:yanit|cevap) veril|karsilan|degerlendiril|bulun|gorul)[ae]?m[ae]m[iu]st[iu]r\b|"
    r"\bolumsuz (?:deger|sonuc|gorul|karsil|yanit|cevap|bulun|oldu)\w*|\b(?:talep|talebiniz|talebi|"
    r"basvuru\w*|sonuc|cevap\w*) olumsuz\w*|"
    r"\bgerek (?:gorulme|duyulma|bulunma|yok|olmadi)\w*|\bihtiyac (?:duyulma|bulunma|yok|olmadi)\w*|"
    r"\bmevzuata aykiri\b"
)
_UNABLE = re.compile(
    r"\b(?:yap|yapil|edil|et|veril|ver|uygulan|kaldiril|kesil|gerceklestiril|saglan|acil|karsila|koyul|"
    r"konul|tesis edil)"
    r"[ae]?m(?:[ae]m[ae]kt[ae]\w*|[ae]z(?:lar|ler)?|[ae]y[iu]z|[iu]yor\w*|[ae]yaca\w*)\b|"
    r"\bplanlanm(?:[ae]m(?:[iu]st[iu]r|[ae]kt[ae]\w*)|[iu]yor)|"
    r"\byapilacak (?:herhangi )?(?:bir )?(?:islem|is|calisma)\w* (?:yok|bulunma)\w*|"
    r"\b(?:ozel|sahis|mevzuat|yonetmeli|imar plan|parsel|kanun)\w*[^,;]*\b(?:yapil|gerceklestiril)"
    r"[ae]m[ae](?:di|m[iu]st[iu]r)\b"
)
"""The last of them for a reason that stays."""
_ABSENT = re.compile(
    r"\bizinde(?:yim|yiz)\b|\bizinliyim\b|\braporluyum\b|\btatildeyim\b|\b(?:ofis|isyeri|is yeri|gorev|"
    r"sehir)\w* disindayim\b|"
    r"\b(?:iz(?:in|n)|rapor)\w*(?: \w+)? (?:oldugum|bulundugum|ayrildigim|kullandigim|olacagim|"
    r"bulunacagim|kullanacagim)\w*|"
    r"\bout of (?:the )?office\b|\bon annual leave\b"
)
_POLITE = r"(?:sun|bildir|dile|ed|ilet|gonder|paylas|bulun|bilgilen|bilgi|ol|gor|anlas|yer al|mevcut|yan)"
_OPEN = re.compile(
    rf"\b(?!{_POLITE}(?:[iu]l|[iu]n)?(?:[iu]yor|m[ae]kt|[iu]r))\w{{2,}}(?:[iu]yor(?:uz|um|lar)?|"
    rf"m[ae]kt[ae](?:d[iu]r(?:ler|lar)?|"
    rf"y[iu]z)?|m[ae]l[iu](?:d[iu]r|y[iu]z)?|(?:il|ul|in|un)[iu]r)\b(?<!yer almaktadir)|\blazim\b|"
    rf"\bgerekir\b|\bgerekli(?:dir)?\W*$"
)
_FOR_NOW = re.compile(
    r"\b(?:hava\w*|zemin|mevsim\w*|sezon\w*|yagis\w*|yagmur\w*|islak|su an\w*|simdilik|su asamada|bu yil|"
    r"bu sene|bu asamada|henuz|bugun|bu hafta|bu ay|su siralar|"
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
    r"\b(?:ek|ilave) sure|\bsure(?:nin|yi|si)?\s+(?:uzat|talep|talebi|istiyor|rica|verilme|verilsin|"
    r"verir)\w*|\bsure uzatim|"
    r"\bsureye ihtiyac|\bmehil\b|"
    r"\b(?:\d{1,3}|bir|iki|uc|dort|bes|alti|yedi|on|onbes|on bes|yirmi|otuz|birkac)\s*(?:is\s*)?(?:gun|"
    r"hafta|ay)\w*\s+(?:daha|ek|ilave|sure|uzat)\w*"
)
INTERROGATIVE = re.compile(
    r"\b(?:nere|neresi|hangi|nedir|ne zaman|kac|kim|nasil|neden|niye|nicin)\w*\b|\bm[iu](?:siniz|sunuz|yiz|"
    r"yim|dir|dur)?\s*$|\bm[iu](?:siniz|sunuz)\b"
)
ASKS_FOR = re.compile(
    r"\b(?:acik )?(?:(?!adres(?:te|inde)(?:ki)?\b)adres|konum|fotograf|resim|telefon|iletisim|kroki|"
    r"ada parsel|"
    r"(?!sokak(?:ta|taki)\b)sokak|kapi no|detay|bilgi(?!(?:leri)?ni)|belge|evrak)\w*(?:\s+\w+){0,4}\s+"
    r"(?:(?:eksik|belirtilme|yazilma|bildirilmesi|gonderilmesi|iletilmesi|paylasilmasi|ihtiyac|rica|"
    r"gonderir|gonderin|iletir|iletin|paylas(?:ir|in|abil)|netles|verir|alabilir|bekliyoruz)\w*|"
    r"gerek(?:iyor|mekte|lidir|ir)\w*)"
    r"|\b(?:nedir|neresi(?:dir)?|nerede(?:dir)?|hangisi(?:dir)?|kactir|kimdir)\W*$"
    r"|\b(?:yaz|bildir|ilet|gonder|paylas|belirt|ver|at)[iaeu]?rs[ae]n[iu]z\b"
)
_STATUS = re.compile(
    r"^\W*(?:son )?durum(?:u|umuz)?(?: nedir| ne)?\W*$|\b(?:(?:ne|hangi) asama\w*|ne (?:oldu|durumda|haber|"
    r"alemde)\b|son durum\w*|akibet\w*|"
    r"ne zaman(?: \w+){0,3} (?:yapil|cozul|bit|gel|tamam|gider|basla|sonuc)\w*|(?:yapil|tamamlan|cozul|"
    r"gideril|bit|basla|sonuclan|ilgilenil)\w*\s+m[iu]\b(?!\s+(?:bil|emin|kontrol|belli|diye))|"
    r"gelisme (?:var|oldu)\b|(?:talebim|basvurum|dilekcem|sikayetim|talebimiz|"
    r"basvurumuz)\w*(?:\s+\w+){0,4}\s+(?:durum|bilgi|sonuc|akibet|asama)\w*|"
    r"(?:durum|sonuc)\w* hakkinda bilgi)"
)
_STILL_BAD = re.compile(
    r"\b(?:sorun|sikinti|problem|ariza|sikayet|koku|kacak|gurultu|magdur|rezalet|ayni durum|ayni sorun|"
    r"cukur|su birik)\w*(?:\s+\w+){0,3}\s+(?:devam|suruyor|surmekte|duruyor|ayni(?! (?:gun|gece|aksam|"
    r"hafta|saat))|bitme|gecme)\w*|"
    r"\b(?:hala|halen|hala?a)\b(?:\s+\w+){0,4}\s+(?:\w+m[ae](?:d|m[iu]s)\w*|ayni|var|duruyor|bozuk|akiyor|"
    r"suruyor|yok|\w+m[iu]yor\w*|devam \w+)\b|"
    r"\bayni sekilde\b|\beski hal\w*|\bgelen (?:giden )?(?:olma|yok)\w*|\bkimse (?:gelme|ilgilenme|"
    r"bakma)\w*|\bgelmediler\b|\b(?:tekrar|tekrardan|yeniden|yine)\s+(?:bozul|cok|acil|ak|basla|ol|tik|"
    r"patla|cik|kir)\w*|"
    r"\byapilan (?:bir )?(?:sey|is|islem|calisma) yok|\bbir sey (?:yapil|degis)m\w+|\bhicbir sey\b|"
    r"\bdegisen (?:bir )?(?:sey )?yok|\bmemnun (?:degil|kalma)\w*|\byine ayni\b|\bhala\b[^.]*\b(?:bekl\w+|"
    r"\w{3,}[dt][ae])\W*$|"
    r"\b(?:talebim|sorunum|sikayetim|dilekcem)(?:[iu]z)?\b[^.]*\b\w+m[ae](?:d[iu]|m[iu]s)\w*|"
    r"\bkabul etmiyor\w*|\bitiraz\w*|"
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
    r"\b(?:(?:rica|talep) (?:ed|et)\w*|istiyor\w*|ayrica\b|lutfen\b|bekliyor\w*|\w+(?:masini|mesini|"
    r"masi icin|mesi icin)\b|gerek(?:iyor|mekte)\w*|acil\b|ihtiyac\w*|bir de\b)"
)
SENTENCE = re.compile(r"(?:[^.!?;\n]|(?<=\d)\.(?=\d))*[.!?;\n]*")
"""A point within figures ends none: "12.10.2026 tarihinde"."""

PATTERNS = (
    (Signal.NOT_DONE, _JOB_NOT_DONE),
    (Signal.WILL_BE, _WILL_BE),
    (Signal.UNDER_WAY, _UNDER_WAY),
    (Signal.SENT_OUT, _SENT_OUT),
    (Signal.PARTLY, _PARTLY),
    (Signal.HEDGE, _HEDGE),
    (Signal.REFUSED, REFUSED),
    (Signal.UNABLE, _UNABLE),
    (Signal.ABSENT, _ABSENT),
    (Signal.OPEN, _OPEN),
    (Signal.FOR_NOW, _FOR_NOW),
    (Signal.NOT_OURS, _NOT_OURS),
    (Signal.EXTENSION, _EXTENSION),
    (Signal.STATUS, _STATUS),
    (Signal.STILL_BAD, _STILL_BAD),
    (Signal.UNDONE, _UNDONE),
    (Signal.THANKS, _THANKS),
    (Signal.WISH, _WISH),
)
