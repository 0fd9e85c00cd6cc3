"""A refusal and its reason: which words beside ``Olumsuz`` say why, and which say that the work will be done after all.

Law 3071 art. 7 wants a reason, and the reason may speak of time to come: a programme of which the matter is no part, a
year in which it may be asked for again, what the work would lead to. A promise is none: whoever refuses and promises
has said two things, and a person decides which. All on folded text, as in :mod:`daemon.domain.answers.phrases`.
"""

import re

from daemon.domain.answers import later
from daemon.domain.answers.phrases import Signal

SAYS_NO = frozenset({Signal.REFUSED, Signal.UNABLE, Signal.NOT_DONE, Signal.NEGATED})
_NO_REFUSAL = frozenset(
    {
        Signal.DONE,
        Signal.MAYBE_DONE,
        Signal.SENT_OUT,
        Signal.STILL_BAD,
        Signal.QUESTION,
        Signal.STATUS,
        Signal.EXTENSION,
        Signal.ABSENT,
    }
)
_GUESSED = re.compile(
    r"\b(?:galiba|sanirim|saniyorum|sanirsam|muhtemelen|belki|herhalde|insallah|umarim|emin degil\w*|"
    r"bilm(?:iyor|em)\w*|sehven|yanlislikla|yanlis|dikkate alma\w*|dediler|soylendi|soyleniyor|kismen)\b"
)
_OTHERS_WORK = re.compile(r"\b(?:mahkeme|dava|yargi|hukuki|kamulastirma|imar|itiraz|kurul)\w*")
"""What goes on there stands in the way."""
_LAND = re.compile(r"\bolarak (?:planlan|ongorul|programlan)\w*")
_NO_FINITE_PLAN = re.compile(
    r"(?:planlan|ongorul|hedeflen|programlan)(?!m[iu]st|m[ae]kt|[dt][iu]r?\b|[iu]yor)\w*"
)
_CONSEQUENCE = re.compile(
    r"\b(?:engelle|aksat|artir|azalt|dusur|boz|bozul|olustur|etkile|etkilen|kisitla|daralt|daral|zorlastir|zorlas|"
    r"yarat|gerektir|gerek|dogur|(?:zarar|sebebiyet) (?:ver|gor)|(?:neden|sebep) ol)y?[ae]c[ae]\w*$|"
    r"\b\w*[ae]bilec[ae]\w*$"
)
"""What the work would lead to, or what somebody is free to do."""
_LOOKED_AT = re.compile(
    r"\b(?:degerlendir(?:il)?|ele al(?:in)?|goz onunde (?:bulundurul|tutul)|dikkate al(?:in)?|gorusul)[ae]c[ae]\w*$"
)
_TAKEN_UP = re.compile(
    r"\b(?:program|plan|butce|sira|liste|gundem)\w*[ae] (?:dahil )?(?:al(?:in)?|ekle(?:n)?|ed(?:il)?|kon(?:ul)?)"
    r"(?:m[iu]st[iu]r|[dt][iu]k?)\b"
)

_PUT_OFF = re.compile(
    rf"{_TAKEN_UP.pattern}|\b(?:en )?kisa (?:sure|zaman)\w*|\b(?:siraya|degerlendirmeye) al|\bertelen\w*|"
    r"\bnot al(?:in)?d|\byarin\b|\bhaftaya\b|\bdegerlendirilmek uzere"
)
"""The same without a verb in the future."""


def takes_back(sentence: str, signals: set[Signal], *, refused: bool) -> bool:
    """Whether a sentence behind ``OLUMSUZ`` says something else than why. ``refused``: some sentence there says no, so
    that the matter may well be looked at again some time."""
    says_no = bool(signals & SAYS_NO)
    if signals & _NO_REFUSAL or _GUESSED.search(sentence):
        return True
    if Signal.UNDER_WAY in signals and not says_no and not _OTHERS_WORK.search(sentence):
        return True
    return Signal.WILL_BE in signals and _promises(_LAND.sub(" ", sentence), says_no, refused=refused)


def _promises(sentence: str, says_no: bool, *, refused: bool) -> bool:
    to_come = list(later.FUTURE.finditer(sentence))
    if not to_come and not says_no:
        return bool(_PUT_OFF.search(sentence))
    return bool(_TAKEN_UP.search(sentence)) or not all(_is_harmless(sentence, x, refused) for x in to_come)


def _is_harmless(sentence: str, found: re.Match[str], refused: bool) -> bool:
    said = sentence[: found.end()]
    if _NO_FINITE_PLAN.fullmatch(found[0]) or _CONSEQUENCE.search(said):
        return True
    return refused and bool(_LOOKED_AT.search(said))
