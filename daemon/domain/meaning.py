"""What a reply says: done, under way, refused, not ours … and whether that is beyond doubt.

Turkish tells "yapıldı", "yapılmadı" and "yapılacak" apart by a suffix, so nothing here rests on a stem alone.
Each sentence gives signals; signals that contradict each other are never ``sure``. Closing a request wrongly
is the worst fault, so a statement is ``sure`` only as a button's word or a finite past verb that ends its
clause, without negation, condition, question, hedge or a promise beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from daemon.domain.heads import fold_aligned
from daemon.domain.targets import find_named_target


class Meaning(StrEnum):
    """What a reply (or a headman's short mail) says."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    REJECTED = "rejected"
    NOT_OURS = "not_ours"
    TRANSFER = "transfer"
    QUESTION = "question"
    EXTENSION = "extension"
    OUT_OF_OFFICE = "out_of_office"
    THANKS = "thanks"
    REOPEN = "reopen"
    STATUS = "status"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Understanding:
    """``because`` are the words that decided; ``target`` the unit a transfer names, as written."""

    meaning: Meaning
    sure: bool = False
    target: str = ""
    because: tuple[str, ...] = ()


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


BUTTONS = {
    "tamamlandi": Meaning.DONE,
    "islemde": Meaning.IN_PROGRESS,
    "bize ait degil": Meaning.NOT_OURS,
    "ek sure": Meaning.EXTENSION,
    "sorun cozuldu": Meaning.DONE,
    "sorun suruyor": Meaning.REOPEN,
    "durum": Meaning.STATUS,
    "olumsuz": Meaning.REJECTED,
    "beklemede": Meaning.IN_PROGRESS,
}
_BUTTON = re.compile(
    r"[\W_]*(" + "|".join(sorted(BUTTONS, key=len, reverse=True)) + r")[\W_]*?(?:$|[-–—:;>→=.,!|/]+\s*(.*)$)",
    re.DOTALL,
)

# --- vocabulary (folded: no Turkish letters, lower case) --------------------------------------------------

_PAST = r"(?:[dt][iu](?:k|m|ler|lar)?|m[iu]s(?:t[iu]r(?:lar|ler)?|[iu]z)?)"
_COMPLETED = (
    "tamamlan|tamamla|gideril|gider|onaril|onar|cozumlen|cozul|coz|cozume kavustur(?:ul)?|hallol|hallet|halledil|"
    "temizlen|temizle|toplan|topla|budan|buda|ilaclan|ilacla|asfaltlan|asfaltla|doldurul|doldur|degistiril|degistir|"
    "takil|yenilen|yenile|kaldiril|kaldir|bitiril|bitir|bit|duzeltil|duzelt|boyan|dikil|yerlestiril|yerlestir|konul|"
    "seril|dokul|sokul|supurul|yikan|yikil|kapatil|kapat|acil|kuruldu(?!)|kurul|eklen|gerceklestiril|gerceklestir|saglan|"
    "yamalan|tamir edil|tamir et|monte edil|tesis edil|imal edil|bertaraf edil|tahliye edil|mudahale edil|"
    "tadil edil|iptal edil|yerine getiril|devreye alin|calisir hale getiril|calisir duruma getiril|kesil|sulan|onarima? alin(?!)|"
    "yapil|yap"
)
_DONE = re.compile(rf"\b(?:{_COMPLETED}){_PAST}\b")
_DONE_REPORT = re.compile(
    r"\b(?:tamamlan|gideril|onaril|cozul|temizlen|yapil|kaldiril|degistiril)[dt][iu]g[iu]\w*\s+(?:hususunu?\s+)?"
    r"(?:bilgi(?:niz|leriniz)?e|bilgilerinizi|arz|bildiri|bilgilendir)"
)
_SAID_OF_PAPERS = re.compile(
    r"\b(?:incelem|kesf|kesif|kesi[fv]|kontrol|tespit|basvuru|plan|gorusm|yazism|ihale|degerlendirm|bildirim|odem|"
    r"program|yonlendirm|bilgilendirm|kayit|kayd|olcum|proj|etut|arastirm|toplanti|hazirli|denetim|sevk|evrak|dosya|"
    r"koordinasyon|iletisim|on calism|saha calism|fizibilite|kazi|sozlesm|siparis|malzeme|tedarik|is emri|"
    r"yazi|randevu|anlasm|gorevlendirm|ilk etap|birinci etap|etab|etap|asama|hazirlik|ceza|uyari|ihtar|tebligat|tutanak|"
    r"form|cevap|islem kaydi|parsel|uzeri|gecici)\w*\b"
)
_AFTER_DONE = re.compile(
    r"\s*(?:$|[.,;:!)\"”'*]|olup\b|ve\b|bilgi|arz\b|rica\b|tesekkur|saygi|iyi\b|kolay\b|bulunmakta|durumda(?:dir)?\b|efendim|"
    r"sayin\b|muhtarim|mudurum|baskanim|hocam|ekte|foto|resim|resmi|[-–(])"
)
_QUESTION_AFTER = re.compile(r"\s*m[iu]\b")
_DONE_SHORT = re.compile(
    r"\b(?:islem|is|calisma|konu|sorun|hersey|her sey)\w*\s+tamam(?:dir)?\b|\bsorun (?:yok|kalmadi)\b"
)

_NEGATION = re.compile(
    r"\b\w+m[ae](?:d[iu](?:k|m|lar|ler)?|m[iu]s(?:t[iu]r(?:lar|ler)?|[iu]z|lar|ler)?|m[ae]kta(?:dir)?|m[ae]kte(?:dir)?|yacak\w*|yecek\w*)\b"
    r"|\b\w{2,}m[iu]yor\w*\b|\bdegil(?:dir|iz)?\b|\byok(?:tur)?\b|\b(?:olmaz|yapilmaz|gerekmez)\b"
)
_HARMLESS_NEGATION = re.compile(
    r"\b(?:sorun|sikinti|problem|eksik|engel|olumsuzluk|ariza|sakinca)\w*(?:\s+\w+){0,2}\s+(?:yok(?:tur)?|kalma\w+|bulunma\w+|gorulme\w+|degil\w*)\b"
    r"|\bkusura bakma\w*\b|\b(?:baska|ek) bir \w+ (?:yok|bulunma)\w*\b|\bunutma\w+\b"
)
_JOB_NOT_DONE = re.compile(
    r"\b(?:tamamlan|gideril|onaril|cozul|coz|yapil|yap|baslan|basla|bit|temizlen|toplan|alin|kaldiril|degistiril|duzel|gel|"
    r"gidil|ilgilen|edil|kapatil|hallol|budan|ilaclan)(?:[ae]?m[ae]|[iu]l[ae]m[ae])(?:d[iu](?:k|lar|ler)?|m[iu]s(?:t[iu]r|lar|ler|[iu]z)?|m[ae]kt[ae](?:dir)?)\b"
    r"|\b(?:tamamlan|gideril|cozul|yapil|baslan|bit)m[iu]s degil|\b(?:yapil|gideril|cozul|tamamlan|gel|baslan)m[iu]yor\w*"
)
_WILL_BE = re.compile(
    r"\b(?!(?:icecek|yiyecek|giyecek|alacak|bilecek)\b)\w{2,}[ae]c[ae](?:k(?:t[iu]r|lar\w*|ler\w*|s[iu]n\w*)?|g[iu]z|g[iu]m)\b"
    r"|\bplanlan\w*|\bplanlamay?a? al|\bprogram\w*a (?:al|dahil|konul)|\bprogram\w* (?:kapsam|dahil|cercev)|\byatirim program|\bsiraya al|\bsirada\w*|"
    r"\bonumuzdeki\b|\bhaftaya\b|\byarin\b|\ben kisa (?:sure|zaman)|\bkisa (?:sure|zaman)\w* (?:icinde|icerisinde)|\bilerleyen\b|"
    r"\bimkan\w* (?:olcusunde|dahilinde)|\bdegerlendirmeye al|\bgundem\w* al|\bhedeflen|\bongorul|\bdegerlendirilmek uzere|\bnot al(?:in|di)"
)
_UNDER_WAY = re.compile(
    r"\bislemde(?:dir|yiz)?\b|\bisleme (?:al|kon)|\bincelemeye al|\bbasla(?:n?d[iu]k?|nm[iu]s\w*|m[iu]s\w*|tildi|tilmis\w*)\b|"
    r"\bdevam (?:et|ed)\w*|\bsur(?:uyor\w*|mekte\w*|durul(?:uyor|mekte)\w*)\b|"
    r"\b(?:ekip|ekib|arkadas|personel)\w*(?:\s+\w+){0,3}\s+(?:yonlend|gonder|cikti|sevk|gidecek|gitti|gorevlend)\w*|"
    r"\b(?:yapil|edil|gideril|onaril|calis|calisil|hazirlan|degerlendiril|incelen|beklen?|tamamlan|temizlen|toplan|yurutul|bak|ilgilen|surdurul|"
    r"takip edil|arastiril|kontrol edil)(?:[iu]yor\w*|mekte\w*|makta\w*)\b|\bbeklemede\b|\b(?:surec|sureci|surecinde|asamasinda\w*)\b|"
    r"\b(?:inceleme|kesif|etut|ihale) (?:asama|surec)"
)
_PARTLY = re.compile(
    r"\bkismen\b|\bkismi\b|\buzere(?:dir|yiz)?\b|\byarisi\b|\b(?:bir|buyuk) (?:kismi|bolumu)\b|\bcogu\b|\bneredeyse\b|\bhemen hemen\b|\baz kaldi\b|"
    r"(?:%|\byuzde)\s?\d+|\b(?:ilk|birinci|1\.?) (?:etap|asama|kisim)|\bgecici\b|\bkalan\w*\b|\bsadece\b"
)
_HEDGE = re.compile(
    r"\b(?:ancak|fakat|ama|lakin|yalniz|yalnizca|ne var ki|henuz|galiba|sanirim|saniyorum|sanirsam|muhtemelen|belki|herhalde|umarim|"
    r"insallah|eger|sayet|sozde|guya|sanki|iddia\w*|haric|dediler|dedi|soylendi|soyleniyor|sayilir|"
    r"bildirilmis\w*|mahkeme\w*|tekrar|yeniden|halde|ragmen|daha once(?:den)?|gecen (?:yil|sene))\b"
)
_REFUSED = re.compile(
    r"\bmumkun (?:degil|gorulme|bulunma|olma|gozukme|gorunme)\w*|\bimkan\w*(?:\s+\w+){0,2}\s+(?:yok|bulunma|olma)\w*|"
    r"\buygun (?:gorulme|bulunma|degil|gorulem|olma)\w*|\b(?:red|reddedil|reddettik|reddolun)\w*\b|\bkarsilana?ma\w+|\bkarsilanmayacak\w*|"
    r"\bkabul edil(?:me|eme)\w+|\byerine getiril(?:me|eme)\w+|\byapil(?:ama|amaya)\w+|"
    r"\bolumsuz (?:deger|sonuc|gorul|karsil|yanit|cevap|bulun|oldu)\w*|\b(?:talep|talebiniz|talebi|basvuru\w*|sonuc|cevap\w*) olumsuz\w*|"
    r"\bgerek (?:gorulme|duyulma|bulunma|yok|olmadi)\w*|\bihtiyac (?:duyulma|bulunma|yok|olmadi)\w*|\bmevzuata aykiri\b"
)
_FOR_NOW = re.compile(
    r"\b(?:su an\w*|simdilik|su asamada|bu yil|bu sene|bu asamada|henuz|bugun|bu hafta|bu ay|su siralar|mevcut durumda|kisa vadede|bu sezon)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:bize|bizlere|mudurlugumuze|birimimize|belediyemize|tarafimiza|sefligimize)(?:\s+\w+){0,2}\s+(?:ait|bagli)\s+(?:degil|olma|bulunma)\w*|"
    r"\b(?:gorev|yetki|sorumluluk|calisma|hizmet)\w*(?:\s+(?:ve|veya|yetki\w*|sorumluluk\w*|gorev\w*|calisma))*\s+(?:alan|kapsam|saha|sinir)\w*(?:\s+\w+){0,2}\s+"
    r"(?:degil|disinda|girme|bulunma|olma|kalma|yer alma)\w*|"
    r"\b(?:gorev|yetki|sorumluluk|sorumlulug|gorevler|isi|isimiz|konu|konumuz)\w*(?:mizda|imizde|umuzda|umuz|imiz|miz)\s+(?:degil|bulunma|olma|yok)\w*|"
    r"\b(?:mudurlugumuzu|birimimizi|bizi|bizleri|belediyemizi)\s+ilgilendirm\w*|\b(?:mudurlugumuz|birimimiz|bizim)(?:le|ile|)\s*(?:ilgi|alaka)\w*\s+(?:degil|yok|bulunma|olma)\w*|"
    r"\bbiz(?:im|imle)(?: ile)?\s+(?:\w+\s+){0,2}(?:ilgili|alakali|gorevimiz|isimiz|alanimiz|konumuz|yetkimiz|sorumlulugumuz)\w*\s+(?:degil|disinda|yok)\w*|"
    r"\bbizlik (?:bir \w+ )?degil|\b(?:gorev|yetki|sorumluluk|sorumlulug)\w*\s+(?:alan\w*\s+)?disinda|\bbizim (?:gorevimiz|isimiz|konumuz|alanimiz) degil|"
    r"\b(?:baska|diger|ilgili) (?:bir )?(?:birim|mudurlu|kurum)\w*(?:\s+\w+){0,2}\s+(?:ait|gorev|sevk|havale|yonlendiril|iletilme)\w*|"
    r"\bmudurlugumuz(?:\s+\w+){0,2}\s+(?:gorev|yetki)\w*(?:\s+\w+){0,3}\s+(?:degil|disinda|bulunma|girme|olma)\w*"
)
_EXTENSION = re.compile(
    r"\b(?:ek|ilave) sure|\bsure(?:nin|yi|si)?\s+(?:uzat|talep|talebi|istiyor|rica|veril)\w*|\bsure uzatim|\bsureye ihtiyac|\bmehil\b|"
    r"\b(?:\d{1,3}|bir|iki|uc|dort|bes|alti|yedi|on|onbes|on bes|yirmi|otuz|birkac)\s*(?:is\s*)?(?:gun|hafta|ay)\w*\s+(?:daha|ek|ilave|sure|uzat)\w*"
)
_INTERROGATIVE = re.compile(
    r"\b(?:nere|neresi|hangi|nedir|ne zaman|kac|kim|nasil|neden|niye|niçin)\w*\b|\bm[iu](?:siniz|sunuz|yiz|yim|dir|dur)?\s*$|\bm[iu](?:siniz|sunuz)\b"
)
_ASKS_FOR = re.compile(
    r"\b(?:acik )?(?:adres|konum|fotograf|resim|telefon|iletisim|kroki|ada parsel|sokak|kapi no|detay|bilgi(?!(?:leri)?ni)|belge|evrak)\w*(?:\s+\w+){0,4}\s+"
    r"(?:eksik|belirtilme|yazilma|bildirilmesi|gonderilmesi|iletilmesi|paylasilmasi|gerek|ihtiyac|rica|gonderir|gonderin|iletir|iletin|paylas|netles|verir|alabilir|bekliyoruz)\w*"
)
_STATUS = re.compile(
    r"^\W*(?:son )?durum(?:u|umuz)?(?: nedir| ne)?\W*$|\b(?:ne|hangi) asama\w*|\bne (?:oldu|durumda|haber|alemde)\b|\bson durum\w*|\bakibet\w*|"
    r"\bne zaman(?: \w+){0,3} (?:yapil|cozul|bit|gel|tamam|gider|basla|sonuc)\w*|\b(?:yapil|tamamlan|cozul|gideril|bit|basla|sonuclan|ilgilenil)\w*\s+m[iu]\b|"
    r"\bgelisme (?:var|oldu)\b|\b(?:talebim|basvurum|dilekcem|sikayetim|talebimiz|basvurumuz)\w*(?:\s+\w+){0,4}\s+(?:durum|bilgi|sonuc|akibet|asama)\w*|"
    r"\b(?:durum|sonuc)\w* hakkinda bilgi"
)
_STILL_BAD = re.compile(
    r"\b(?:sorun|sikinti|problem|ariza|sikayet|koku|kacak|gurultu|magdur|rezalet|ayni durum|ayni sorun|cukur|su birik)\w*(?:\s+\w+){0,3}\s+(?:devam|suruyor|surmekte|duruyor|ayni|bitme|gecme)\w*|"
    r"\b(?:hala|halen|hala?a)\b(?:\s+\w+){0,4}\s+(?:\w+m[ae](?:d|m[iu]s)\w*|ayni|var|duruyor|bozuk|akiyor|suruyor|yok|\w+m[iu]yor\w*|devam \w+)\b|"
    r"\bayni sekilde\b|\beski hal\w*|\bgelen (?:giden )?(?:olma|yok)\w*|\bkimse (?:gelme|ilgilenme|bakma)\w*|\bgelmediler\b|\b(?:tekrar|tekrardan|yeniden|yine)\s+(?:bozul|cok|acil|ak|basla|ol|tik|patla|cik|kir)\w*|"
    r"\byapilan (?:bir )?(?:sey|is|islem|calisma) yok|\bbir sey (?:yapil|degis)m\w+|\bhicbir sey\b|\bdegisen (?:bir )?(?:sey )?yok|\bmemnun degil\w*|\bkabul etmiyor\w*|\bitiraz\w*|"
    r"\beksik (?:kal|yapil|birak)\w*|\bcozulmus degil\w*"
)
_UNDONE = re.compile(
    r"\b(?:duzelme|cozulme|giderilme|yapilma|tamamlanma|gelinme|onarilma|temizlenme|toplanma)(?:d[iu]|m[iu]s)(?:ler|lar)?\b"
    r"(?! (?:degil|olup))"
)
_THANKS = re.compile(
    r"\btesekkur\w*|\btsk\b|\btskler\b|\bsag ?ol\w*|\beline\w* saglik|\bellerinize saglik|\bminnettar\w*|\brazi olsun\b|\bemegi\w* (?:gecen|saglik)|\bmuteesekkir\w*"
)
_WISH = re.compile(
    r"\b(?:rica|talep) (?:ed|et)\w*|\bistiyor\w*|\bayrica\b|\blutfen\b|\bbekliyor\w*|\w+(?:masini|mesini|masi icin|mesi icin)\b|\bgerek(?:iyor|mekte)\w*|\bacil\b|\bihtiyac\w*|\bbir de\b"
)
_SENTENCE = re.compile(r"[^.!?;\n]*[.!?;\n]*")


def understand(text: str, *, to_headman: bool | None = None) -> Understanding:
    """What ``text`` (the writer's own words) says. ``to_headman`` tells whose letter it answers, if known.

    A headman's "yapılmadı" reports that the trouble goes on, a liaison's that the work is not finished.
    """
    folded = fold_aligned(text[:8_000])
    text = text[:8_000]
    button = _BUTTON.match(folded.lstrip().partition("\n")[0])
    if button is not None:
        return _understand_button(text, folded, BUTTONS[button[1]], to_headman)
    return _conclude(text, folded, to_headman)


def _understand_button(text: str, folded: str, meaning: Meaning, to_headman: bool | None) -> Understanding:
    """The button's word counts unless the words below it say something else."""
    lead = len(folded) - len(folded.lstrip())
    word = next(w for w in sorted(BUTTONS, key=len, reverse=True) if w in folded[lead : lead + 40])
    rest_at = folded.index(word) + len(word)
    rest = _conclude(text[rest_at:], folded[rest_at:], to_headman)
    because = (word, *rest.because)
    if meaning is Meaning.NOT_OURS:
        target = rest.target or find_named_target(text[rest_at:], folded[rest_at:], alone=True)
        against = (
            rest.meaning in {Meaning.DONE, Meaning.IN_PROGRESS, Meaning.EXTENSION, Meaning.REJECTED}
            and rest.sure
        )
        kind = Meaning.TRANSFER if target else Meaning.NOT_OURS
        return Understanding(kind, not against, target, because)
    agrees = _AGREES.get(meaning, frozenset())
    if rest.meaning is meaning or rest.meaning in agrees:
        doubtful = (
            rest.meaning in {Meaning.DONE, Meaning.REJECTED}
            and not rest.sure
            and _has_doubt(folded[rest_at:])
        )
        return Understanding(meaning, not doubtful, "", because)
    if meaning in {Meaning.STATUS, Meaning.EXTENSION, Meaning.IN_PROGRESS} and not rest.sure:
        return Understanding(meaning, True, "", because)
    return Understanding(
        meaning if meaning is Meaning.EXTENSION else Meaning.UNCLEAR, False, rest.target, because
    )


_AGREES = {
    Meaning.DONE: frozenset({Meaning.THANKS, Meaning.UNCLEAR}),
    Meaning.IN_PROGRESS: frozenset({Meaning.THANKS, Meaning.UNCLEAR, Meaning.EXTENSION, Meaning.QUESTION}),
    Meaning.EXTENSION: frozenset({Meaning.THANKS, Meaning.UNCLEAR, Meaning.IN_PROGRESS}),
    Meaning.REOPEN: frozenset(
        {Meaning.UNCLEAR, Meaning.IN_PROGRESS, Meaning.QUESTION, Meaning.STATUS, Meaning.THANKS}
    ),
    Meaning.STATUS: frozenset({Meaning.UNCLEAR, Meaning.QUESTION, Meaning.THANKS}),
    Meaning.REJECTED: frozenset({Meaning.UNCLEAR, Meaning.THANKS}),
}


def _has_doubt(folded: str) -> bool:
    return any(signals & _DOUBTS for signals in (set(s) for s, _ in _signals(folded)))


def _conclude(text: str, folded: str, to_headman: bool | None) -> Understanding:
    found: set[Signal] = set()
    because: list[str] = []
    for signals, words in _signals(folded):
        found |= signals
        because.extend(words)
    target = find_named_target(text, folded, alone=False)
    meaning, sure = _weigh(found, target, to_headman)
    if meaning not in {Meaning.TRANSFER, Meaning.NOT_OURS}:
        target = ""
    return Understanding(meaning, sure, target, tuple(dict.fromkeys(because))[:12])


_DOUBTS = {
    Signal.NEGATED, Signal.NOT_DONE, Signal.WILL_BE, Signal.UNDER_WAY, Signal.PARTLY, Signal.HEDGE, Signal.REFUSED,
    Signal.NOT_OURS, Signal.EXTENSION, Signal.QUESTION, Signal.STATUS, Signal.STILL_BAD, Signal.MAYBE_DONE,
}  # fmt: skip
_PROGRESS = {Signal.UNDER_WAY, Signal.WILL_BE, Signal.PARTLY}


def _weigh(found: set[Signal], target: str, to_headman: bool | None) -> tuple[Meaning, bool]:
    """The table: which meaning the signals give, and whether they leave no doubt."""
    s = Signal
    done = s.DONE in found
    if s.NOT_OURS in found or target:
        clear = s.NOT_OURS in found and not found & {
            s.DONE,
            s.EXTENSION,
            s.STILL_BAD,
            s.QUESTION,
            s.STATUS,
            s.PARTLY,
        }
        if done:
            return Meaning.UNCLEAR, False
        return (Meaning.TRANSFER if target else Meaning.NOT_OURS), clear
    complains = s.STILL_BAD in found or (s.UNDONE in found and s.FOR_NOW not in found)
    if complains and to_headman is not False:
        return Meaning.REOPEN, not found & {s.DONE, s.WILL_BE, s.EXTENSION, s.REFUSED}
    if s.NOT_DONE in found and to_headman:
        return Meaning.REOPEN, not found & {s.DONE, s.WILL_BE}
    if s.UNDER_WAY in found and to_headman and not found & {s.DONE, s.WILL_BE, s.THANKS}:
        return Meaning.REOPEN, False
    if s.EXTENSION in found and not done:
        return Meaning.EXTENSION, not found & {s.REFUSED, s.STILL_BAD}
    if done:
        against = found & _DOUBTS
        if not against:
            return Meaning.DONE, True
        if against & _PROGRESS:
            return Meaning.IN_PROGRESS, False
        if against <= {s.HEDGE, s.MAYBE_DONE, s.QUESTION}:
            return Meaning.DONE, False
        return Meaning.UNCLEAR, False
    if s.REFUSED in found:
        if found & {s.WILL_BE, s.UNDER_WAY}:
            return Meaning.IN_PROGRESS, False
        return Meaning.REJECTED, not found & {
            s.FOR_NOW,
            s.QUESTION,
            s.STATUS,
            s.MAYBE_DONE,
            s.HEDGE,
            s.PARTLY,
        }
    if s.STATUS in found and to_headman is not False:
        return Meaning.STATUS, not found & {s.STILL_BAD}
    if found & {s.QUESTION, s.STATUS}:
        return Meaning.QUESTION, s.MAYBE_DONE not in found
    if found & (_PROGRESS | {s.NOT_DONE, s.STILL_BAD}):
        return Meaning.IN_PROGRESS, s.MAYBE_DONE not in found and bool(
            found & {s.UNDER_WAY, s.WILL_BE, s.NOT_DONE}
        )
    if s.MAYBE_DONE in found:
        return (Meaning.UNCLEAR, False) if s.NEGATED in found else (Meaning.DONE, False)
    if s.THANKS in found and not found & {s.WISH, s.HEDGE, s.NEGATED}:
        return Meaning.THANKS, True
    return Meaning.UNCLEAR, False


def _signals(folded: str) -> Iterator[tuple[set[Signal], list[str]]]:
    for sentence in _sentences(folded):
        yield _signals_of(sentence)


def _sentences(folded: str) -> Iterator[str]:
    """Sentences with their end mark; a line that was wrapped by the mail program is joined to the next."""
    joined: list[str] = []
    for line in folded.split("\n"):
        line = line.strip()
        if joined and joined[-1] and line and len(joined[-1]) >= 50 and joined[-1][-1] not in ".!?:;":
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    for line in joined:
        for found in _SENTENCE.finditer(line):
            if any(c.isalnum() for c in found[0]):
                yield found[0].strip()


_SIMPLE = (
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


def _signals_of(sentence: str) -> tuple[set[Signal], list[str]]:
    found: set[Signal] = set()
    words: list[str] = []
    for signal, pattern in _SIMPLE:
        if match := pattern.search(sentence):
            found.add(signal)
            words.append(match[0].strip())
    done, word = _done_signal(sentence)
    if done is not None:
        found.add(done)
        words.append(word)
    if _NEGATION.search(_HARMLESS_NEGATION.sub(" ", sentence)):
        found.add(Signal.NEGATED)
    if Signal.STILL_BAD in found:
        found.discard(Signal.UNDER_WAY)
    if Signal.STATUS not in found and _asks(sentence):
        found.add(Signal.QUESTION)
        words.append("?")
    return found, words


def _asks(sentence: str) -> bool:
    if "?" in sentence:
        return bool(_INTERROGATIVE.search(sentence.rstrip("?!. ")) or len(sentence) > 4)
    return bool(_ASKS_FOR.search(sentence) or re.search(r"\bm[iu](?:siniz|sunuz)\b", sentence))


def _done_signal(sentence: str) -> tuple[Signal | None, str]:
    """The clearest statement in the sentence that the work is done."""
    best: tuple[Signal | None, str] = (None, "")
    if "?" in sentence:
        return best
    if report := _DONE_REPORT.search(sentence):
        return Signal.DONE, report[0]
    for found in _DONE.finditer(sentence):
        if _QUESTION_AFTER.match(sentence, found.end()):
            continue
        before = " ".join(sentence[: found.start()].split()[-3:])
        clear = _AFTER_DONE.match(sentence, found.end()) and not _SAID_OF_PAPERS.search(before)
        if clear:
            return Signal.DONE, found[0]
        best = (Signal.MAYBE_DONE, found[0])
    if best[0] is None and (short := _DONE_SHORT.search(sentence)):
        best = (Signal.MAYBE_DONE, short[0])
    return best
