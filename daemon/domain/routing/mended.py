"""Danger that is over: what was so and has been put right since, in the words in which people tell of it."""

import re
from collections.abc import Sequence

from daemon.domain.routing.tokens import Token
from daemon.domain.routing.vocabulary import Hit

_WAS_SO = re.compile(
    r"\w+m[iu]st[iu](?:k|l[ae]r)?|\w+[iu]yord[iu]|\w+l[iu]yd[iu]|\w*duyd[iu]|"
    r"(?:yok|var|acik(?:ta)?|kirik|eksik|bozuk|egik|catlak|kopuk|sokuk|cokuk|sarkik|devrik|degil|uzere|gibi|"
    r"halde|durumda(?:y)?|\w+[ae]cak|\w+[ae]cek)y?[dt][iu]"
)
"""How things stood then: "çökmüştü", "sarkıyordu", "yoktu", "yıkılmak üzereydi"."""
_PUT_RIGHT = re.compile(
    r"(?:onar(?:il)?|gider(?:il)?|coz(?:ul)?|yenile(?:n)?|duzel(?:t(?:il)?)?|kaldir(?:il)?|yaptir(?:il)?|"
    r"tamamla(?:n)?|kapat(?:il)?|tak(?:il)?|degistir(?:il)?|ort(?:ul)?|doldur(?:ul)?|dik(?:il)?|orul|"
    r"sok(?:ul|tur(?:ul)?)|topla(?:n|t(?:il)?)?|kilitle(?:n)?|sabitle(?:n)?|bagla(?:n)?|kesil|yerlestir(?:il)?|"
    r"konul|koyul|kon|saglamlastir(?:il)?|guclendir(?:il)?|temizle(?:n)?|sondur(?:ul)?|asfaltla(?:n)?)"
    r"(?:[dt][iu](?:k|m|l[ae]r)?|m[iu]s(?:t[iu]r(?:l[ae]r)?|l[ae]r)?)"
)
_MADE_ANEW = re.compile(r"yap(?:il)?(?:[dt][iu](?:k|l[ae]r)?|m[iu]s(?:t[iu]r)?)")
_ANEW = frozenset({"yeniden", "tekrar", "yenisi", "yenisini"})
_ANOTHER_THING = (
    "trafi", "gecis", "giris", "ulasim", "yaya", "kesif", "kesfi", "kesfe", "incelem", "tespit", "tutanak", "rapor",
    "serit", "uyari", "tabela", "levha", "duba", "yazism", "basvuru", "ihbar", "kayit", "kayd", "plan", "proje",
)  # fmt: skip
"""What was closed, completed or put there instead of the thing itself: "yol trafiğe kapatıldı"."""
_NOT_SURELY = (
    "galiba", "sanir", "saniyor", "herhalde", "belki", "umar", "insallah", "gecici", "kismen", "guya", "sozde",
)  # fmt: skip
_AGAIN = frozenset({
    "yine", "yeniden", "tekrar", "ama", "fakat", "ancak", "hala", "halen", "bugun", "simdi", "lakin",
})  # fmt: skip
_STILL = _AGAIN - {"bugun", "simdi"} | {
    "kalan",
    "kalani",
    "diger",
    "digeri",
    "oteki",
    "yanindaki",
    "bu",
    "kez",
}
"""What may follow the mending and take it back, or tell of another thing in the same words."""
_REPORTED = ("digini", "dugunu", "digi", "dugu")
"""Endings of what is told to be done: "kapatıldığını bildirdi"."""
_REPORTS = (
    "onarildi", "onarilmis", "giderildi", "giderilmis", "cozuldu", "yenilendi", "duzeltildi", "kaldirildi",
    "yaptirildi", "tamamlandi", "kapatildi",
)  # fmt: skip
_FAR = 7


def is_mended(found: Sequence[Token], hit: Hit) -> bool:
    """Whether the danger of ``hit`` is told to be over: things stood so and were put right, the mending is reported, or
    the alarm was false."""
    after = _behind(found, hit.places[-1])
    said = [found[place].folded for place in hit.places] + after[:2]
    for n, word in enumerate(after[: _FAR + 1]):
        if word in _AGAIN and not (word in _ANEW and _is_end(after, n + 1)):
            return False
        if word.startswith("asilsiz") or (word.startswith(_REPORTS) and word.endswith(_REPORTED)):
            return True
        if _is_end(after, n) and any(map(_WAS_SO.fullmatch, said)):
            return not (_STILL & set(after[n + 1 :])) and not any(
                each.startswith(_NOT_SURELY) for each in after
            )
    return False


def _behind(found: Sequence[Token], last: int) -> list[str]:
    """The rest of the sentence, and the next one where this one only says how things stood."""
    sentence = found[last].sentence
    rest = [token for token in found[last + 1 :] if token.sentence == sentence]
    goes_on = tells_how_it_was(rest or found[last : last + 1])
    return [token.folded for token in found[last + 1 :] if token.sentence <= sentence + goes_on]


def _is_end(words: Sequence[str], n: int) -> bool:
    """Whether the word says that the thing itself was put right."""
    if n >= len(words):
        return False
    before = words[n - 1] if n else ""
    if _MADE_ANEW.fullmatch(words[n]):
        return before in _ANEW
    return bool(_PUT_RIGHT.fullmatch(words[n])) and not before.startswith(_ANOTHER_THING)


def tells_how_it_was(sentence: Sequence[Token]) -> bool:
    """Whether a sentence ends with how things stood: "rögar kapağı yoktu"."""
    return bool(sentence) and bool(_WAS_SO.fullmatch(sentence[-1].folded))
