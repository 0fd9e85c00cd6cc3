"""What a text is at all: a request, a question about an earlier one, thanks, advertising, or talk.

Judged clause by clause, so that "Teşekkür ederim, ayrıca parkta bank kırık" is a request, and "Kırık bankı tamir
ettiğiniz için teşekkürler" is not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from daemon.domain.routing.advertising import is_advertising
from daemon.domain.routing.clauses import clauses
from daemon.domain.routing.supporting import only_supports, without_enclosure
from daemon.domain.routing.values import Nature
from daemon.domain.text import fold

_NUMBER = r"mht\s?-?\s?\d{4}\s?-?\s?\d+"
_EARLIER = re.compile(
    rf"{_NUMBER}|\b(?:talebi|talepleri|taleb|basvuru|dilekce|sikayeti|sikayetleri|muracaat|bildir(?:di|mis)|ilet(?:ti|mis)|yazmis|yazdi(?!r)|"
    r"gonder(?:di|mis)|soyle(?:di|mis)|arami?s|ver(?:di|mis)|iste(?:di|mis)|konus(?:tu|mus)|soz ver|kayit|basvur(?![ae]c[ae][kg]|m[ae]k|mal[iu]|[ae]y[iu]m|abil)|gecen (?:hafta|ay|gun)|once)"
)
_ASKS_STATUS = re.compile(
    r"\b(?:"
    r"ne oldu\b|ne (?:alemde|halde)|nere?de kaldi|ne durumda|akibet|ne asama|hangi asama|asamasi(?:ni|nin)? (?:ne|hakkinda|ogren)|son durum|"
    r"sonuclandi mi|sonuc(?:u|lari|umuz)? (?:ne|nedir|hakkinda|belli)|sonuc (?:alama|cikma|yok)|"
    r"(?:cevap|yanit) (?:alama|gelme|verilme|bekli|cikma|yok)|"
    r"(?:taleb|basvuru|dilekce|sikayet|muracaat)\w*(?: \w+){0,3} (?:durumu|sonucu|akibeti)\w*|"
    r"(?:durumunu|sonucunu|akibetini) (?:ogren|sor|merak|bil)|(?:donus|geri donus) (?:alama|yapilma|olma|bekli|gelme|yok)|"
    r"isleme (?:alindi|konuldu|girdi) mi|"
    r"(?:yapildi|bakildi|cozuldu|gorusuldu|onaylandi|ulasti|degerlendirildi|baslandi|geldi|cikti|iletildi|yonlendirildi|tamamlandi|alindi) ?m[iu]\b|"
    r"gelisme (?:var|oldu|yok)|(?:basvuru|taleb|dilekce|muracaat|sikayet)\w*(?: \S+){0,4} \W?(?:islemde|beklemede|askida|inceleniyor)\b|haber (?:var|yok|alama|cikma|gelme|bekli)|ses (?:yok|cikma|seda)|noldu|n oldu\b|(?:donus|cevap|yanit) saglanma|"
    r"\w*ip \w+m[ae]d[iu]g[iu]n[iu] (?:sor|ogren|merak)|durum sorgu|takip numara|hatirlatma|"
    r"\w*(?:yapil|ed|veril|konul|bakil|alin|gel|ol)(?:acakti|ecekti)\b|(?:yaz|basvur)al[iu]\b|soyleyeli\b|ileteli\b|bildireli\b|verilmisti|"
    r"vermistiniz|demistiniz|(?:talep|evrak|kayit|basvuru|dilekce)\w* numara|hangi (?:birim|masa|mudurlu[gk]|kim)\w* (?:oldug|kald|bekl)|"
    r"ne zaman \w+(?:acag|eceg)\w* (?:dair |hakkinda |iliskin |konusunda )?(?:bilgi|sor|ogren|merak)(?=.*\b(?:gecen|once|bulunmus|basvur|dilekce))"
    r")"
)
_MAY_ASK_STATUS = re.compile(
    r"sureci|(?:ilgili|hakkinda|konusunda) (?:bir )?bilgi|bilgi (?:almak|alabil|verir mi|ver|rica|istiyor)|kac gun (?:daha|surer)|daha ne kadar (?:bekle|sur)|"
    r"ne zaman (?:sonuc|cevap|yanit|donus|yapil|basla|gel|cozul|bit|tamam|olur|olacak|gerceklesecek|degerlendir|bakil|konul|al)"
)
"""Asks for the state of affairs only where an earlier request is spoken of."""
_QUESTION = re.compile(r"\bm[iu](?:dir|yd[iu])?\b|\?")
_COULD_YOU = re.compile(r"bilir ?m|nasil|nereye|nereden|hangi (?:evrak|belge)|gerek|olur mu|yapar mi")
_NOT_STATUS = re.compile(
    r"imar durumu|saglik durumu|aile\w* durumu|ekonomik durumu|maddi durumu|gecim durumu|durumu (?:cok )?kotu|durumu (?:ol|yok)"
)
_TELL_US_THEN = re.compile(r"\w{3,}[ae]r[ae]k\b.{0,60}\bbilgi(?:lendiril| ver)")
"""Something is to be done first: "gereğinin yapılarak tarafımıza bilgi verilmesini"."""
_THANKS = re.compile(
    r"\b(?:"
    r"t[ei][sz][ei]?k+[aeiou]*k*[ui]?r|tesekk|tesekur|sa(?:o|go|g o)l(?:un|asin|sun|asiniz)?\b|(?:ekip|baskan|arkadas)\w* selam|tskl?e?r?\b|tsk\b|sag ?olun|sag ?olsun|sag ?ol\b|elinize|ellerinize|ell?eri?ne sagli|emegine\b|emeginize|emegi gec|emeklerinize|"
    r"minnettar|memnun (?:ol|kal)|allah (?:sizden )?razi|mutesekkir|sukran|tebrik ed|takdir (?:ed|topla|bulu)|takdirle\b|eyvallah|memnuniyet|mutlu et|iyi ki|super ?siniz|"
    r"harikasiniz|helal olsun|var olun|eksik olma(?:yin|yiniz|sinlar)"
    r")"
)
_FOR_THANKS = re.compile(
    r"\b(?:icin|dolayi|otur?u|nedeniyle|oturu)\b.{0,40}(?:tesek|sukran|minnet|sag ?ol|tebrik|allah|mutesekkir|selam)|(?:tesek|sag ?ol)\w*.{0,25}\b(?:icin|dolayi)\b"
)
_DONE = re.compile(
    r"\w{2,}(?:ildi|uldu|ndi|ndu|tirildi|lmis|lmus|nmis|nmus)\b|cozul|gideril|tamamland|geldi|yaptiniz|yaptilar|yapmis|(?:yap|tak|temizle|duzelt|onar|getir|koy|buda)m[iu]ss[iu]n[iu]z|bayram et(?:ti|tik)|duzel|guzel ol|bitti|"
    r"kavus|hallol|halled|iyi ol|tertemiz|piril|ilgilen(?:di|mis)|yerine getir"
)
_NOT_YET = re.compile(
    r"m[ae]d[iu]|m[ae]mis|m[iu]yo|m[ae]mak|\byok|\bhala|\bhalen|\bama\b|ancak|fakat|yeniden|tekrar|kir[iu]l|bozul|cok[ut]|sokul|cal[iu]n|yikil|devril|tikan|dokul"
)
_CHATTER = re.compile(
    r"\b(?:"
    r"bayrami|bayraminiz|bayramlar|iyi bayram|kandil|hayirli (?:cuma|ramazan|isler|olsun|sabah|gun|aksam|hafta|gece)|gunaydin|kolay gelsin|"
    r"basiniz sag|bas sagligi|bassagligi|allah.{0,8}rahmet|mekani cennet|vefat et|gecmis olsun|tebrik|kutla|kutlu olsun|mubarek|nice (?:yil|sene)|"
    r"yeni yil|davet|bekleriz|aramizda gormek|onur|seref ver|tesrif|selam|sunnet|hos ?geldin|izinde(?:yim|yiz)|olmayacagim|yeni numaram|"
    r"numaram degis|telefonum|adresim degis|tamamdir|tamam\b|anlasildi|gorusuruz|gorusmek uzere|olur baskan|peki\b|bilgilerinize(?! arz)|"
    r"bilginize|bilgi icindir|haberiniz olsun|toplanti|duzenlenecek|yapilacaktir|gerceklestirilecek|dugunumuz|nisanimiz|not ed|ekte (?:sun|bulab)|"
    r"test\b|deneme|yanlislikla|nasilsiniz|iyi (?:gun|aksam|calisma|hafta|tatil)|geri cek|iptal edebilirsiniz|gerek kalma|cozuldu|sorun kalma|"
    r"merhaba|ziyaret|(?:musait|uygun) (?:olunca|oldugun)|arar m[iu]s[iu]n|bayram et(?:ti|tik)"
    r")"
)
_INVITES = re.compile(
    r"\b(?:"
    r"davet(?!iye)|bekleriz|(?:hepinizi|herkesi|hepimizi|sizleri|cumlenizi|tum \w+) (?:de )?bekli|aramizda gormek|onurlandir|seref ver|tesrif|bayraminiz|kandiliniz|kutlar|kutlu olsun|mubarek|basiniz sag|allah.{0,8}rahmet|"
    r"vefat et(?!.*(?:gotur|arac|ihtiyac|ne yap))|gecmis olsun|hayirli (?:cuma|ramazan|olsun)|nice yil|dugunumuz(?:e|de)\b|toplanti(?:miz|ya|si(?:na|miz)?\b|lari\b)|(?<!hususunu )bilgilerinize(?! arz)|bilgi icin|"
    r"bilginize|not edin|yeni numaram|numaram degis|geri cek|"
    r"(?:duzenlenecek|yapilacak|gerceklestirilecek|baslayacak|uygulanacak|verilecek)(?:tir|tur)\b|\w+[iu]l[ae]m?[iu]?y?[ae]ce[kg]tir|olacaktir|kutluyor|(?<!(?:mes|mas|ler|lar)ini )(?:diliyor|dilerim|dileriz)|"
    r"\w*ver[iu]l[ae]m[ae]yecektir|(?:haber|bilg)iniz olsun|duyurulur|duyururuz|izinde (?:ol|bulun)ac|(?:toplanti|tarih|saat)\w* \S+ (?:\S+ )?al[iu]nmistir"
    r")"
)
_INSISTS = re.compile(
    r"istiyor|\w(?:ap[iu]l|l[iu]n|er[iu]l|onul|enlen|ak[iu]l|il|ul)s[iu]n\b|\brica|talep|taleb|arz (?:ed|olun)|lazim|lutfen|gereki|[aeiu]r ?m[iu]s[iu]n"
)
_PLEADS = re.compile(
    r"\b(?:"
    r"istiyor|istiyo|isteriz|isterim|isterdi|rica|arz (?:ed|olun)|talep|taleb|lutfen|lutfn|gereg|ilgilen|bak(?:ar mi|ilsin|in\b|sin|iver|arsan)|"
    r"(?!olsun|basin|nasilsin|misin|musun|sagolsun|diyorsun)\w{2,}s[iu]n(?:lar)?\b|yollay|gonder|cozum|bekliyor|ihtiyac|gereki|gerek var|lazim|"
    r"(?:mes|mas|ler|lar)ini (?:dil[ei]|umuyor|umar|arzu|temenni|istirham)|istirham|\w{2,}(?<!r)(?<!gil)s[ae]n[iu]z\b|ne zaman \w{2,}[iu]r\b|kim \w{2,}[ae]ca[kg]\b|ne olacak\b|"
    r"mudahale|sikayet|el (?:ati|uzat)|yardim(?:ci)? (?:ed|ol|ist)|nasil|nereye|nereden|hangi|mumkun mu|olur ?mu|olabilir mi|var ?mi\b|bas?vur|onerisi|"
    r"oneri|kapatin|yapin\b|alin\b|getirin|koyun\b|verin\b|temizleyin|kesin\b|\w{2,}(?:lansa|lense|ilsa|ulsa|ilse|ulse|olsa|yapsa|etse)(?:n[iu]z|k)?\b|ogrenmek|itiraz|sormak|soruyor|dusunuyor musunuz|destek|acil"
    r")"
    r"|\w(?:mas|mes)ini\b|\w(?:mas|mes)i (?:icin|gerek|lazim|mumkun|talep|istem|konusu)|(?:ebilir|abilir|eyebilir|ayabilir)(?:mi| mi|siniz)"
)
_DO_IT = re.compile(
    r"\b(?:kaldir|gonder|yolla|topla|toplat|yap|yaptir|koy|koydur|tak|taktir|tamir ed|duzelt|bak|temizle|temizlet|sil|supur|kes|kestir|buda|budat|"
    r"yika|ilacla|coz|ver|al|aldir|getir|cek|cektir|durdur|engelle|onle|uyar|soyle|de|denetle|kontrol ed|ara|art(?:t)?ir|ac|actir|kapat|kapattir|degistir|"
    r"yenile|yetis|kurtar|ilgilen|boya|dik|sula|indir|ilet|bul|ayarla|tahsis ed|doldur|onar|dok|at|ceza yaz|musaade ed|izin ver)(?:y?[iu]n(?:[iu]z)?|iver\w*|s[ae]n[ae])\b"
    r"|ne yap(?:al[iu]m|cam|caz|ay[iu]m|abilir|mal[iu])|(?:ne|nereye|kime) (?:yapmali|basvur)|\w+(?:ir|ar|er|ur) ?m[iu]s[iu]n(?:[iu]z)?\b|(?:verili|yapili|bakili|alini)yor ?mu|satilik mi|kiralik mi"
)
"""Somebody is told or asked to do something: "kaldırın", "bakar mısınız", "ne yapalım"."""
_TROUBLE = re.compile(
    r"\b(?:"
    r"(?!sunuyo|iletiyo|diliyo|kutluyo|aniyo|ediyo|gonderiyo|bekliyo)\w{2,}[iu]yo(?:r|rlar|lar|rum|ruz|m|z)?\b|sark|yirtik|yig(?:il|mis|in)|"
    r"bez(?:dik|dirdi)|karis(?:ik|ti)|cok(?:uyor|tu|mus)|zarar|magdur|muzdarip|rahatsiz|tehlike|bozuk|bozul|bozmus|kirik|kiril|kirdi|kirmis|yok\b|"
    r"yokmus|yetersiz|eksik|tikan|tikali|tasti|tasmis|tasiyor|patla|cok(?:tu|mus|uyor|ecek)\b|devril|kopt|kopmus|kopuk|koku|koktu|isgal|"
    r"dok(?:uyor|uyo|mus|uluyor|up|tu|ulmus)|park ed|saldir|isir|yikil|yikik|catla|sokul|sokuk|kesik|kesil|kesti|hala|halen|dolu|dolmus|birik|"
    r"kirl|pis\b|pislik|imdat|cal(?:in|mis|di)|akiyo|aktigi|sizi(?:yor|yo|nti|dir|p)|yandi|dustu|dusuyo|dusecek|egil|oyna|coker|kayiyo|kayip|kaybol|curu|"
    r"tasir(?:mis|di)|(?:at|birak|dok|kaz|sok|kir|ez|yik|yig)[dt][iu]l[ae]r\b|\w{2,}[ae] dondu\b|\w+ (?:dag|gol|camur|toz|buz|karanlik|cukur) oldu\b|"
    r"kuru(?:du|mus)|garaja? (?:yap|cevir)|unutt|karanlik|yirtil|asin(?:mis|di|iyor)|bulanik|dusuk|bagiri|kavga|calin|kapat|kapali|acik\b|disarda|yarida|kald[iu][mk]\b|azarla|hakaret|"
    r"kufur|bagirdi|yanlis|dag gibi|koymus|birakmis|kaldi\b|dona[ck]|donuy|usuy|gitti\b|kalm(?:is|adi)|sarar|soldu|solmus|korku|perisan|kotu|berbat|rezalet|bikt|yeter|sorun|problem|ariza|hasar|bakimsiz|"
    r"yine (?:\w+ ){0,4}\w+(?:[dt][iu]|m[iu]s)(?:l[ae]r)?\b|cukur|tehdit|gec(?:emi|ilmi)|duruyo|duruyor|terk|metruk|kacak|ruhsatsiz|izinsiz"
    r")"
    r"|\w{2,}m[iu]y[oe]|\w{3,}m[iu]sl[ae]r\b|\w{2,}m[iu]o\b|\w{2,}m[ae]d[iu]|\w{2,}m[ae]m[iu]s|\w{2,}m[ae]z\b|[ae]m[iu]y|\w{2,}m[ae]kta"
)
_TELLS = re.compile(r"\w{2,}(?:[dt][iu]m|[dt][iu]k|[dt][iu]l[ae]r|[dt]ay[iu]m)\b|\bselam|alek?y?kum")
"""Somebody tells what he or others did, and neither asks nor complains."""
_GREETING_ONLY = re.compile(
    r"^\W*(?:fotograf\w*|resim|video|konum\w*(?: \w+)?|sesli mesaj|iyi gunler|merhaba\w*|selam\w*|sayin [\w ]+|kolay gelsin|saygilar\w*|hayirli \w+)\W*$"
)
_IS_BACK = re.compile(
    r"(?:su|sular|suyumuz|elektrik|elektrikler|gaz|dogalgaz|internet|isik|isiklar|lamba|lambalar|konteyner)\w* (?:geldi|yandi|acildi|yaniyor)\W*"
)
"""What had been missing is there again."""
_MENDED = re.compile(
    r"\b(?:(?:yap|tak|onar|temizle|kapat|gider|duzelt|topla|buda|degistir|tamir ed|coz|doldur|bosalt)(?:[iu]?[ln])?(?:[dt][iu]|m[iu]s)"
    r"|(?:yap|tak|temizle|duzelt|onar|getir|koy|buda)m[iu]ss[iu]n[iu]z|bayram et(?:ti|tik))\b"
)
"""A defect is away and nothing is asked for."""
_JUST_STATUS = re.compile(r"\W*(?:durum|durumum|durum sorgu\w*|taleplerim|durum bilgisi)\W*")


@lru_cache(maxsize=256)  # a clause is looked at by itself, as a piece, and beside others
def pleads(text: str) -> bool:
    """Whether a text asks for something to be done."""
    folded = fold(text)
    return _PLEADS.search(folded) is not None or _DO_IT.search(folded) is not None


@lru_cache(maxsize=256)
def tells_of_trouble(text: str) -> bool:
    """Whether a text says that something is wrong."""
    return _TROUBLE.search(fold(text)) is not None


_MACHINE = re.compile(
    r"^\W*(?:okundu|read|kabul edildi|reddedildi)\s*:|\b(?:teslim edilemedi|ulastirilamadi|iletilemedi|posta kutusu dolu|undeliverable|mailer daemon|delivery (?:status|failure|has failed)"
    r"|otomatik (?:yanit|ileti|cevap|mesaj|olarak olustur)|(?:sunucu|sistem) tarafindan (?:otomatik )?(?:olustur|gonder)|ofis disinda(?:yim|yiz)"
    r"|(?:bu|lutfen) (?:iletiyi|mesaji|maili|e ?postayi) (?:lutfen )?yanitlama|okundu bilgisi|siparisiniz|kargoya veril|takip numaraniz)"
)
"""Written by a machine: bounces, absence notes, receipts of shops."""
_OFFICE_HOURS = re.compile(
    r"\b(?:(?:tatil|bayram|bugun|yarin|cumartesi|pazar gunu|hafta sonu|ogle)\w*\b.{0,30}(?:acik m[iu]|calis(?:iyor|acak) m[iu])"
    r"|(?:salon|mudurlug|servis|birim|bina|ofis|sube|gise|vezne|belediye)\w* (?:nerede(?:ydi|dir)?\b(?! kal)|hangi (?:kat|bina)|kacinci kat|neresi)"
    r"|telefon\w* (?:kac|neydi|nedir)\b|hangi otobus\w* (?:gec|gid|gel|bin)|(?:mudur|baskan)\w* (?:adi|ismi) ne)"
    r"|"
    r"\b(?:kac(?:a|ta|tan)\b (?:kadar )?(?:acik|acil|kapan|gel|basl|cik|bit)\w*|mesai (?:saat\w* )?(?:kac|ne zaman|nedir|nasil)|saat kaca kadar"
    r"|(?:bugun|yarin|hafta sonu|cumartesi|pazar|ogle\w*|bayram\w*) acik m[iu]|acik m[iu]s[iu]n"
    r"|(?:telefon|dahili|cep|faks|fax)\w* (?:numaras?i\w*|no\w*) (?:kac|ne|nedir|neydi|var mi|alabil|ver|rica)|numarasi (?:kac|neydi|nedir)\b"
    r"|(?:adres|e ?posta|mail)\w* (?:adresi\w* )?(?:ne|nedir|neydi|neresi)\b)"
)
"""Asked in passing: when an office is open, what its number is."""
_WITHDRAWN = re.compile(
    r"\b(?:yanlislikla|sehven)\b.{0,30}(?:gonder|yolla|yazm|aram|caldir|paylas)|\bhallettik|\bhalloldu|\b(?:kendisi|kendimiz|komsu|vatandas)\w*(?: \w+)? hallet"
    r"|\bekip\w* gelmesin\b|\bislem yap(?:ilmamas|mayin|ilmasin\b)|\btaleb[iu]\w* (?:bulunmu|bulunmad|olmadi)|\bteyit icin"
    r"|\b(?:istedig|belirttig|sordug)iniz (?:\w+ )+(?:ekte|gonder|ilet|sun)|\bgru(?:ba|p|ptan|bunuza)\b.{0,20}(?:ekle|cikar|al)"
    r"|"
    r"\bdikkate alma(?:y[iu]n|n[iu]z|s[iu]n)|\bgormezden gel[iu]n|\bduzel(?:mis|di)\b.{0,30}\b(?:iptal|kapat|sil)|\b(?:yanlis|baska|oteki) (?:grub|gurub|kisi|numara|yer|yere)\w*(?:ya|a|e|i|yi)? (?:at|yaz|gonder|yolla|ara|cevir|dus)"
    r"|\b(?:gonder|yolla|gel|git)\w* gerek kalma|\b(?:iptal ettim|iptal ediyor)|\bvazgec|\bgerek kalma|\byerine getiril(?:di|mis)|\b(?:kayd|taleb|basvuru|dilekce)\w* (?:kapat|iptal|geri (?:cek|al))|\byanlis numara\w* ara|\bislem gerekm|\b(?:bir |baska )?taleb[iu] (?:\w+ )?yok"
)
_STRAYED = re.compile(r"\b(?:yanlislikla|sehven|yanlis (?:gonder|adres|kisi|alici)\w*)\b")
_DISREGARD = re.compile(r"\b(?:dikkate alma|gormezden gel|siliniz|silebilir|kusura bakma|ozur dile)")
"""A mail that was meant for somebody else, and says so."""
_COURTESY = re.compile(r"\bbilgi(?:niz|leriniz)e (?:arz|sun)\w*(?: eder\w*| olunur)?")
"""Ends a letter of information as it ends a petition, and asks for nothing by itself."""
_NEWS = re.compile(
    r"\b(?:istek|istegi?|taleb[iu]|sikayeti?|sorunu?)(?:mizin|min|nin)? (?:olmadig|bulunmadig)|\b(?:ne gunlerdi|hey gidi gunler|nerede o eski)\b"
)
"""Nothing is wished for; the old days."""
_TOLD = re.compile(
    r"\byeri(?:ne|me|mize)\b.{0,30}\b(?:aza|vekil)\w*.{0,30}\b(?:bakaca|bakiyor|vekalet)"
    r"|\b(?:ogl|oglan|kiz|yegen|torun|damat|damad|gelin|cocu)\w*\b.{0,30}\b(?:ise gir|mezun ol|evlen|dogdu|kazan|atan|tayini cik)(?:d[iu]|m[iu]s)?\b"
    r"|\bdiye (?:haber|anons|duyuru|mesaj) (?:geld|gect|yapild|atil)|\bm[iu]\b.{0,25}\b(?:gordun|duydun)(?:uz)? m[iu]\b|\bbitti m[iu] (?:sizde|orada|orda)"
    r"|\bodedi[mk]\b.{0,20}\b(?:dekont|makbuz)|\bdegil m[iu] (?:ya|yav|abi)\b|\b(?:duyuru|ilan)\w*\b.{0,20}\b(?:gruba|grupta)\b|\bbag[iu]s[iu]? (?:yap|et|ver)[dt][iu][mk]\b"
    r"|\bilgilenen(?:ler)? (?:arasin|yazsin)|\bkacinci kat\w* (?:\w+ )?(?:isleri|mudurlug|servis|birim)"
)
"""Somebody stands in for the headman; a family's luck; what he hears, has paid, has passed on; talk among neighbours."""
_GOOD_NEWS = re.compile(
    r"\b(?:sona er|hallol|duzel|cozul|gideril|tamamlan|(?:geri )?gel|acil|baglan)(?:d[iu]|m[iu]s|d[iu]g)\w*\b.{0,80}"
    r"\b(?:haber ver|haberiniz|bilgi ver|bilginiz|soyleyeyim)"
)
"""What had been wrong is right again, and somebody is kind enough to say so."""
_ANNOUNCES = re.compile(
    r"\b(?:afad|meteoroloji|valilik|kaymakamlik)\w*\b.*(?:uyari|beklen|duyur)|\bcalisma\w* (?:nedeniyle|sebebiyle|dolayisiyla)\b.*(?:m[iu]st[iu]r|l[iu]d[iu]r|c[ae]kt[iu]r)\b|"
    r"\bbulusalim|\btatili? (?:var|olacak)|\bherkes gelsin|\bhazirlikli olun|\btoplaniyoruz|\b(?:yarin|bugun|aksam|pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar)\b.*[ae]cakmis"
    r"|\b(?:sakinlerin[ie]|halkina)\b.*duyur|\w(?:ertelen|iptal edil|[ae] al[iu]n)mis(?:tir)?\b|\b(?:acilis|toren|etkinlik|program)\w* vardi|\b(?:cok )?guzeldi\b"
    r"|\b(?:az sonra|birazdan|simdi) (?:at|yolla|gonder)[iu]?yor|\brandevunuz\w*\b.{0,30}\bhatirlat"
)
"""Somebody tells others what is to come or what has been, and asks for nothing."""
_ASKED_BEFORE = re.compile(
    r"\b(?:bildirdig|ilettig|soyledig|istedig|yazdig|sikayet ettig|basvurdug|talep ettig|talebimiz|verdig)"
)
_PAST_QUESTION = re.compile(
    r"\w{2,}(?<!ol)[dt][iu](?:k|n[iu]z|l[ae]r)? m[iu]\b(?:\W*$|.{0,12}(?:acaba|bilgi|ogren|merak|baskan|muhtar|hocam|mudur))"
)
"""Whether something was done is asked of what was applied for: "alındık mı?"; "yağmur yağdı mı göl oluyor" is no question."""


class _Sort(Enum):
    REQUEST = auto()
    STATUS = auto()
    THANKS = auto()
    CHATTER = auto()
    SUPPORT = auto()
    OTHER = auto()


_SUBMITS = re.compile(r"\bgereg(?:i|inin|ini)\b.{0,40}\b(?:arz|rica)\b")
"""How a petition ends, whatever it speaks of."""
_OVERWHELMING = 6.0
_PLENTY = 2.5
_SOME = 1.3


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text is, and of a request the words that ask: thanks and questions about the past left out."""

    nature: Nature
    asking: str = ""
    core: str = ""
    """The clauses that ask or complain, each by itself."""
    certain: bool = False
    """Its form is plain: "gereğini arz ederim", advertising, a machine's notice, nothing but "ne oldu?"."""


def understand(subject: str, body: str, *, evidence: Callable[[str], float]) -> Understood:
    """``evidence`` weighs how much a text speaks of something that somebody in the register does."""
    whole = fold(f"{subject}\n{body}")
    if _JUST_STATUS.fullmatch(fold(body)) or (not body.strip() and _JUST_STATUS.fullmatch(fold(subject))):
        return Understood(Nature.STATUS, certain=True)
    if is_advertising(subject, body):
        return Understood(Nature.SPAM, certain=True)
    if _MACHINE.search(whole) or (_STRAYED.search(whole) and _DISREGARD.search(whole)):
        return Understood(Nature.CHATTER, certain=True)
    sorts = _settled([(clause, _sort_of(clause, whole, evidence)) for clause in clauses(body)])
    kinds = {sort for _, sort in sorts}
    if _Sort.REQUEST in kinds:
        sorts = [(clause, _backing(clause, sort)) for clause, sort in sorts]
        core = "\n".join(clause for clause, sort in sorts if sort is _Sort.REQUEST)
        asking = _without_courtesies(body, sorts)
        return Understood(Nature.REQUEST, asking, core, certain=_SUBMITS.search(whole) is not None)
    if subject.strip():
        kinds.add(_sort_of(subject, whole, evidence))
    for sort, nature in ((_Sort.STATUS, Nature.STATUS), (_Sort.THANKS, Nature.THANKS)):
        if sort in kinds:
            return Understood(nature)
    nature = _without_a_clear_clause(subject, body, whole, evidence)
    submits = nature is Nature.REQUEST and _SUBMITS.search(whole) is not None
    return Understood(nature, body, certain=submits)


def _backing(clause: str, sort: _Sort) -> _Sort:
    """Beside a request; alone, the same words may be one. What is broken stays a request though its photograph is
    enclosed."""
    if sort not in (_Sort.REQUEST, _Sort.OTHER) or not only_supports(clause):
        return sort
    rest = without_enclosure(clause)
    told = rest != fold(clause) and (pleads(rest) or tells_of_trouble(rest)) and not only_supports(rest)
    return sort if told else _Sort.SUPPORT


def _settled(sorts: list[tuple[str, _Sort]]) -> list[tuple[str, _Sort]]:
    """Beside thanks, a clause that only tells what was done is thanks too: "Çukurlar kapatılmış. Teşekkürler." """
    if not any(sort is _Sort.THANKS for _, sort in sorts):
        return sorts
    return [
        (clause, _Sort.THANKS if sort is _Sort.REQUEST and _tells_what_was_done(clause) else sort)
        for clause, sort in sorts
    ]


def _tells_what_was_done(clause: str) -> bool:
    text = fold(clause)
    return _DONE.search(text) is not None and not pleads(clause) and not _NOT_YET.search(text)


def _without_courtesies(body: str, sorts: list[tuple[str, "_Sort"]]) -> str:
    for clause, sort in sorts:
        if sort in (_Sort.THANKS, _Sort.STATUS, _Sort.SUPPORT):
            body = body.replace(clause, "", 1)
    return body.strip()


def _without_a_clear_clause(subject: str, body: str, whole: str, evidence: Callable[[str], float]) -> Nature:
    """No clause is a request by itself; the text as a whole may be: "Asfalt talebi", "3 adet bank"."""
    if _GREETING_ONLY.match(fold(body)) and not subject.strip():
        return Nature.CHATTER
    spoken_of = evidence(f"{subject}\n{body}")
    if _only_asks_the_office(whole):
        return Nature.CHATTER
    if _WITHDRAWN.search(whole) or _tells_news(whole):
        return Nature.CHATTER
    if (_INVITES.search(whole) or _ANNOUNCES.search(whole)) and not _INSISTS.search(whole):
        return Nature.CHATTER
    asks = pleads(_COURTESY.sub("", whole)) or _TROUBLE.search(whole)
    if spoken_of >= _SOME and asks:
        return Nature.REQUEST
    if _IS_BACK.fullmatch(whole.strip()) or _mended(whole):
        return Nature.CHATTER
    if spoken_of >= (_OVERWHELMING if _TELLS.search(whole) else _PLENTY):
        return Nature.REQUEST
    wants = _INSISTS.search(whole) or _DO_IT.search(whole)
    if (_CHATTER.search(whole) and not wants) or not asks or len(whole.split()) < 3:
        return Nature.CHATTER
    return Nature.REQUEST


def _tells_news(text: str) -> bool:
    """Whether somebody only lets know: that all is well again, that he wishes nothing, who stands in for him."""
    if _NEWS.search(text):
        return True
    told = _GOOD_NEWS.search(text) or _TOLD.search(text)
    return told is not None and not (_NOT_YET.search(text) or _INSISTS.search(text))


def _mended(text: str) -> bool:
    return _MENDED.search(text) is not None and not (_NOT_YET.search(text) or _INSISTS.search(text))


def _only_asks_the_office(text: str) -> bool:
    return _OFFICE_HOURS.search(text) is not None and not (_INSISTS.search(text) or _DO_IT.search(text))


def _sort_of(clause: str, whole: str, evidence: Callable[[str], float]) -> _Sort:
    text = fold(clause)
    if _GREETING_ONLY.match(text):
        return _Sort.OTHER
    if (
        _WITHDRAWN.search(text)
        or _tells_news(text)
        or (_ANNOUNCES.search(text) and not _INSISTS.search(text))
    ):
        return _Sort.CHATTER
    if _only_asks_the_office(text):
        return _Sort.CHATTER
    if _ASKED_BEFORE.search(text) and _tells_what_was_done(clause):
        return _Sort.THANKS
    if _THANKS.search(text):
        return _thankful(text, clause=clause, evidence=evidence)
    if _asks_status(text, whole):
        return _Sort.STATUS
    if _INVITES.search(text) and not _INSISTS.search(text):
        return _Sort.CHATTER
    if (pleads(clause) or tells_of_trouble(clause)) and evidence(clause) >= _SOME:
        return _Sort.REQUEST
    return _Sort.OTHER


def _asks_status(text: str, whole: str) -> bool:
    """ "Ne oldu?" always asks for the state of affairs, "ne zaman yapılacak?" only of something applied for."""
    if _NOT_STATUS.search(text) or _TELL_US_THEN.search(text):
        return False
    if _ASKS_STATUS.search(text) or _PAST_QUESTION.search(text):
        return True
    asked_before = _EARLIER.search(text) is not None
    if asked_before and _QUESTION.search(text) and not _COULD_YOU.search(text):
        return True
    return _MAY_ASK_STATUS.search(text) is not None and _EARLIER.search(whole) is not None


_THEY_DID = re.compile(r"\w+m[iu]sl[ae]r\b")


def _thankful(text: str, *, clause: str, evidence: Callable[[str], float]) -> _Sort:
    """Thanks for what was done, or the politeness that ends a request."""
    asks = re.search(
        r"\brica|\barz|istiyor|talep ed|lutfen|simdiden|\w(?:mas|mes)ini\b.{0,30}(?:istiyor|talep|bekli)",
        text,
    )
    if asks and (evidence(clause) >= _SOME) and not _FOR_THANKS.search(text.replace("simdiden", "")):
        return _Sort.REQUEST
    if "simdiden" in text:
        return _Sort.REQUEST if evidence(clause) >= _SOME else _Sort.OTHER
    if _FOR_THANKS.search(text) or _DONE.search(text):
        return _Sort.THANKS
    if _THEY_DID.search(text) and not _NOT_YET.search(text):
        return _Sort.THANKS
    if evidence(clause) >= _SOME and _TROUBLE.search(_THANKS.sub("", text)):
        return _Sort.REQUEST
    return _Sort.THANKS
