"""What a text is at all: a request, a question about an earlier one, thanks, advertising, or talk.

Judged clause by clause, so that "Teşekkür ederim, ayrıca parkta bank kırık" is a request, and "Kırık bankı tamir
ettiğiniz için teşekkürler" is not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from daemon.domain.advertising import is_advertising
from daemon.domain.clauses import clauses
from daemon.domain.routing_values import Nature
from daemon.domain.text import fold

_NUMBER = r"mht\s?-?\s?\d{4}\s?-?\s?\d+"
_EARLIER = re.compile(
    rf"{_NUMBER}|\b(?:talebi|talepleri|taleb|basvuru|dilekce|sikayeti|sikayetleri|muracaat|bildir(?:di|mis)|ilet(?:ti|mis)|yazmis|yazdi|"
    r"gonder(?:di|mis)|soyle(?:di|mis)|arami?s|ver(?:di|mis)|iste(?:di|mis)|konus(?:tu|mus)|soz ver|kayit|basvur|gecen (?:hafta|ay|gun)|once)"
)
_ASKS_STATUS = re.compile(
    r"\bne oldu\b|ne durumda|\bakibet|ne asama|hangi asama|asamasi(?:ni|nin)? (?:ne|hakkinda|ogren)|son durum|sonuclandi mi|"
    r"sonuc(?:u|lari|umuz)? (?:ne|nedir|hakkinda|belli)|sonuc (?:alama|cikma|yok)|(?:cevap|yanit) (?:alama|gelme|verilme|bekli|cikma|yok)|"
    r"(?:taleb|basvuru|dilekce|sikayet|muracaat)\w*(?: \w+){0,3} (?:durumu|sonucu|akibeti)\w*|(?:durumunu|sonucunu|akibetini) (?:ogren|sor|merak|bil)|"
    r"(?:donus|geri donus) (?:alama|yapilma|olma|bekli|gelme|yok)|isleme (?:alindi|konuldu|girdi) mi|"
    r"(?:yapildi|bakildi|cozuldu|gorusuldu|onaylandi|ulasti|degerlendirildi|baslandi|geldi|cikti|iletildi|yonlendirildi|tamamlandi|alindi) ?m[iu]\b|"
    r"gelisme (?:var|oldu|yok)|haber (?:var|yok|alama|cikma|gelme|bekli)|ses (?:yok|cikma|seda)|\bnoldu|\bn oldu\b|(?:donus|cevap|yanit) saglanma|ip \w+m[ae]d[iu]g[iu]n[iu] (?:sor|ogren|merak)|durum sorgu|takip numara|hatirlatma|(?:yapil|ed|veril|konul|bakil|alin|gel|ol)(?:acakti|ecekti)\b|(?:yaz|basvur)al[iu]\b|soyleyeli\b|ileteli\b|bildireli\b|verilmisti|vermistiniz|demistiniz"
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
_THANKS = re.compile(
    r"tesek+ur|\btskl?e?r?\b|\btsk\b|sag ?olun|sag ?olsun|\bsag ?ol\b|elinize|ellerinize|eline saglik|emeginize|emegi gec|emeklerinize|"
    r"minnettar|memnun (?:ol|kal)|allah (?:sizden )?razi|mutesekkir|sukran|tebrik ed|takdir|eyvallah|memnuniyet|mutlu et|iyi ki|super ?siniz|harikasiniz|helal olsun|var olun"
)
_FOR_THANKS = re.compile(
    r"\b(?:icin|dolayi|otur?u|nedeniyle|oturu)\b.{0,40}(?:tesek|sukran|minnet|sag ?ol|tebrik|allah|mutesekkir)|(?:tesek|sag ?ol)\w*.{0,25}\b(?:icin|dolayi)\b"
)
_BEFOREHAND = re.compile(r"simdiden|rica (?:eder|ede)|arz (?:eder|ede)|gereg")
_DONE = re.compile(
    r"\w{2,}(?:ildi|uldu|ndi|ndu|tirildi|lmis|lmus|nmis|nmus)\b|cozul|gideril|tamamland|geldi|yaptiniz|yaptilar|yapmis|duzel|guzel ol|bitti|"
    r"kavus|hallol|halled|iyi ol|tertemiz|piril|ilgilen(?:di|mis)|yerine getir"
)
_CHATTER = re.compile(
    r"\bbayrami|\bbayraminiz|\bbayramlar|iyi bayram|kandil|hayirli (?:cuma|ramazan|isler|olsun|sabah|gun|aksam|hafta|gece)|gunaydin|kolay gelsin|"
    r"basiniz sag|bas sagligi|bassagligi|allah.{0,8}rahmet|mekani cennet|vefat et|gecmis olsun|tebrik|kutla|kutlu olsun|mubarek|nice (?:yil|sene)|yeni yil|"
    r"davet|bekleriz|aramizda gormek|onur|seref ver|tesrif|\bselam|sunnet|hos ?geldin|izinde(?:yim|yiz)|olmayacagim|yeni numaram|numaram degis|telefonum|adresim degis|"
    r"tamamdir|\btamam\b|anlasildi|gorusuruz|gorusmek uzere|\bolur baskan|\bpeki\b|bilgilerinize(?! arz)|bilginize|bilgi icindir|haberiniz olsun|"
    r"toplanti|duzenlenecek|yapilacaktir|gerceklestirilecek|dugunumuz|nisanimiz|not ed|ekte (?:sun|bulab)|test\b|deneme|yanlislikla|nasilsiniz|iyi (?:gun|aksam|calisma|hafta|tatil)|"
    r"geri cek|iptal edebilirsiniz|gerek kalma|cozuldu|sorun kalma|merhaba|ziyaret"
)
_INVITES = re.compile(
    r"davet|bekleriz|aramizda gormek|onurlandir|seref ver|tesrif|bayraminiz|kandiliniz|kutlar|kutlu olsun|mubarek|basiniz sag|allah.{0,8}rahmet|vefat et|"
    r"gecmis olsun|hayirli (?:cuma|ramazan|olsun)|nice yil|dugunumuz|toplanti|bilgilerinize|bilginize|not edin|yeni numaram|numaram degis|geri cek|"
    r"(?:duzenlenecek|yapilacak|gerceklestirilecek|baslayacak|uygulanacak|verilecek)(?:tir|tur)\b|olacaktir|kutluyor|diliyor|dilerim|dileriz"
)
_PLEADS = re.compile(
    r"istiyor|istiyo|isteriz|isterim|isterdi|\brica|arz (?:ed|olun)|talep|taleb|lutfen|lutfn|gereg|ilgilen|bak(?:ar mi|ilsin|in\b|sin|iver|arsan)|"
    r"\w(?:mas|mes)ini\b|\w(?:mas|mes)i (?:icin|gerek|lazim|mumkun|talep|istem|konusu)|\b(?!olsun|basin|nasilsin|misin|musun|sagolsun|diyorsun)\w{2,}s[iu]n(?:lar)?\b|"
    r"yollay|gonder|\bcozum|bekliyor|\bihtiyac|gereki|gerek var|lazim|mudahale|sikayet|el ati|yardim(?:ci)? (?:ed|ol|ist)|nasil|nereye|nereden|hangi|"
    r"mumkun mu|olur ?mu|olabilir mi|var ?mi\b|(?:ebilir|abilir|eyebilir|ayabilir)(?:mi| mi|siniz)|bas?vur|onerisi|oneri|kapatin|yapin\b|alin\b|getirin|koyun\b|verin\b|temizleyin|kesin\b|"
    r"ogrenmek|itiraz|sormak|soruyor|dusunuyor musunuz|destek|acil"
)
_TROUBLE = re.compile(
    r"\w{2,}m[iu]y[oe]|\b(?!sunuyo|iletiyo|diliyo|kutluyo|aniyo|ediyo|gonderiyo|bekliyo)\w{2,}[iu]yo(?:r|rlar|lar|rum|ruz|m|z)?\b|sark|yirtik|\w{3,}m[iu]sl[ae]r\b|yig(?:il|mis|in)|bez(?:dik|dirdi)|karis(?:ik|ti)|cok(?:uyor|tu|mus)|\w{2,}m[iu]o\b|\w{2,}m[ae]d[iu]|\w{2,}m[ae]m[iu]s|\w{2,}m[ae]z\b|[ae]m[iu]y|\w{2,}m[ae]kta|zarar|magdur|muzdarip|rahatsiz|tehlike|"
    r"bozuk|bozul|bozmus|kirik|kiril|kirdi|kirmis|\byok\b|yokmus|yetersiz|eksik|tikan|tikali|tasti|tasmis|tasiyor|patla|cok(?:tu|mus|uyor|ecek)\b|devril|kopt|kopmus|kopuk|koku|koktu|"
    r"isgal|dok(?:uyor|uyo|mus|uluyor|up|tu|ulmus)|park ed|saldir|isir|yikil|yikik|catla|sokul|sokuk|kesik|kesil|kesti|hala|halen|dolu|dolmus|birik|kirl|\bpis\b|pislik|imdat|cal(?:in|mis|di)|"
    r"akiyo|aktigi|sizi|yandi|dustu|dusuyo|dusecek|egil|oyna|coker|kayiyo|kayip|kaybol|curu|kuru(?:du|mus)|unutt|karanlik|yirtil|asin|bulanik|dusuk|bagiri|kavga|calin|"
    r"kapat|kapali|acik (?:birak|kal|dur)|korku|perisan|kotu|berbat|rezalet|bikt|yeter|sorun|problem|ariza|hasar|bakimsiz|cukur|tehdit|gec(?:emi|ilmi)|duruyo|duruyor|terk|metruk|kacak|ruhsatsiz|izinsiz"
)
_TELLS = re.compile(
    r"\w{2,}(?:[dt][iu]m|[dt][iu]k|[dt][iu]l[ae]r|[ae]c[ae]g[iu]m|yorum|[dt]ay[iu]m)\b|\bselam|alek?y?kum"
)
"""Somebody tells what he or others did, and neither asks nor complains."""
_GREETING_ONLY = re.compile(
    r"^\W*(?:iyi gunler|merhaba\w*|selam\w*|sayin [\w ]+|kolay gelsin|saygilar\w*|hayirli \w+)\W*$"
)
_JUST_STATUS = re.compile(r"\W*(?:durum|durumum|durum sorgu\w*|taleplerim|durum bilgisi)\W*")


def pleads(text: str) -> bool:
    """Whether a text asks for something to be done."""
    return _PLEADS.search(fold(text)) is not None


def tells_of_trouble(text: str) -> bool:
    """Whether a text says that something is wrong."""
    return _TROUBLE.search(fold(text)) is not None


class _Sort(Enum):
    REQUEST = auto()
    STATUS = auto()
    THANKS = auto()
    CHATTER = auto()
    OTHER = auto()


_PLENTY = 3.0
_SOME = 1.3


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text is, and of a request the words that ask: thanks and questions about the past left out."""

    nature: Nature
    asking: str = ""


def understand(subject: str, body: str, *, evidence: Callable[[str], float]) -> Understood:
    """``evidence`` weighs how much a text speaks of something that somebody in the register does."""
    whole = fold(f"{subject}\n{body}")
    if _JUST_STATUS.fullmatch(fold(body)) or (not body.strip() and _JUST_STATUS.fullmatch(fold(subject))):
        return Understood(Nature.STATUS)
    if is_advertising(subject, body):
        return Understood(Nature.SPAM)
    sorts = [(clause, _sort_of(clause, whole, evidence)) for clause in clauses(body)]
    kinds = {sort for _, sort in sorts}
    if _Sort.REQUEST in kinds:
        return Understood(Nature.REQUEST, _without_courtesies(body, sorts))
    if subject.strip():
        kinds.add(_sort_of(subject, whole, evidence))
    for sort, nature in ((_Sort.STATUS, Nature.STATUS), (_Sort.THANKS, Nature.THANKS)):
        if sort in kinds:
            return Understood(nature)
    return Understood(_without_a_clear_clause(subject, body, whole, evidence), body)


def _without_courtesies(body: str, sorts: list[tuple[str, "_Sort"]]) -> str:
    for clause, sort in sorts:
        if sort in (_Sort.THANKS, _Sort.STATUS):
            body = body.replace(clause, "", 1)
    return body.strip()


def _without_a_clear_clause(subject: str, body: str, whole: str, evidence: Callable[[str], float]) -> Nature:
    """No clause is a request by itself; the text as a whole may be: "Asfalt talebi", "3 adet bank"."""
    spoken_of = evidence(f"{subject}\n{body}")
    if _INVITES.search(whole):
        return Nature.CHATTER
    asks = _PLEADS.search(whole) or _TROUBLE.search(whole)
    if spoken_of >= _SOME and asks:
        return Nature.REQUEST
    if spoken_of >= _PLENTY and not _TELLS.search(whole):
        return Nature.REQUEST
    if _CHATTER.search(whole) or not asks or len(whole.split()) < 3:
        return Nature.CHATTER
    return Nature.REQUEST


def _sort_of(clause: str, whole: str, evidence: Callable[[str], float]) -> _Sort:
    text = fold(clause)
    if _GREETING_ONLY.match(text):
        return _Sort.OTHER
    if _THANKS.search(text):
        return _thankful(text, clause=clause, evidence=evidence)
    if _asks_status(text, whole):
        return _Sort.STATUS
    if _INVITES.search(text) and not re.search(
        r"istiyor|\brica|talep|arz (?:ed|olun)|lazim|lutfen|gereki", text
    ):
        return _Sort.CHATTER
    if (pleads(clause) or tells_of_trouble(clause)) and evidence(clause) >= _SOME:
        return _Sort.REQUEST
    return _Sort.OTHER


def _asks_status(text: str, whole: str) -> bool:
    """ "Ne oldu?" always asks for the state of affairs, "ne zaman yapılacak?" only of something applied for."""
    if _NOT_STATUS.search(text):
        return False
    if _ASKS_STATUS.search(text):
        return True
    asked_before = _EARLIER.search(text) is not None
    if asked_before and _QUESTION.search(text) and not _COULD_YOU.search(text):
        return True
    return _MAY_ASK_STATUS.search(text) is not None and _EARLIER.search(whole) is not None


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
    if evidence(clause) >= _SOME and _TROUBLE.search(re.sub(_THANKS, "", text)):
        return _Sort.REQUEST
    return _Sort.THANKS
