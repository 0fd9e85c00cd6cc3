"""A refusal and its reason: which words beside ``Olumsuz`` say why, and which say that the work will be done after all.

Law 3071 art. 7 wants a reason, and the reason may speak of time to come: a programme of which the matter is no part, a
year in which it may be asked for again, what the work would lead to. A promise is none: whoever refuses and promises
has said two things, and a person decides which. All on folded text, as in :mod:`daemon.domain.answers.phrases`.
"""

import re
from datetime import datetime

from daemon.domain.answers import later, phrases
from daemon.domain.answers.heads import fold_aligned
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
_NO_PROMISES = (
    re.compile(r"\bolarak (?:planlan|ongorul|programlan)\w*"),
    re.compile(r"\b(?:planlan|ongorul|hedeflen|programlan)(?!m[iu]st|m[ae]kt|[dt][iu]r?\b|[iu]yor)\w*"),
    re.compile(
        r"\b(?:engelle|aksat|artir|azalt|dusur|boz|bozul|olustur|etkile|etkilen|kisitla|daralt|daral|zorlastir|zorlas|"
        r"yarat|gerektir|gerek|dogur|(?:zarar|sebebiyet) (?:ver|gor)|(?:neden|sebep) ol)y?[ae]c[ae]\w*"
    ),
    re.compile(
        rf"\b\w{{2,}}[ae]c[ae]k(?= (?!(?:ve|veya|olup|bilgi\w*|arz)\b)[a-z].{{0,200}}?(?:{phrases.NEGATION.pattern}))"
    ),
)
"""What land is meant for; a plan that is only named; what the work would lead to; what is to be done of a thing that is
named before something is denied ("yapılacak ihale kapsamında olmadığından")."""
_LOOKED_AT = re.compile(
    r"\b(?:degerlendir(?:il)?|ele al(?:in)?|goz onunde (?:bulundurul|tutul)|dikkate al(?:in)?|gorusul|"
    r"\w+[ae]bil)[ae]c[ae]\w*$"
)
_ASKED_ANEW = re.compile(
    r"\b\w+[ae]bilirsin\w*|\b(?:basvur|muracaat ed)(?:m|ul|il)\w*|\b(?:yinele|itiraz|dava|temyiz)\w*|"
    r"\btalep edilebil\w*"
)
"""What the headman is free to do on a day to come, or a court does."""
_AGAIN = re.compile(r"\b(?:tekrar|yeniden)\b")
_THEREFORE = re.compile(
    rf".*\b(?:(?:bu|o) (?:nedenle|sebeple|yuzden|itibarla|gerekceyle)|dolayisiyla|bundan dolayi)\b"
    rf"(?=.*(?:{phrases.NEGATION.pattern}|{phrases.REFUSED.pattern}))",
    re.DOTALL,
)
"""What stands before it is the cause of what is then denied."""
_LONGEST = 2_000
"""Characters of a reason in which it would say so."""
_A_DATE = re.compile(r"\d\d\.\d\d\.\d{4}")
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
    return Signal.WILL_BE in signals and _promises(_without_plans(sentence), says_no, refused=refused)


def _promises(sentence: str, says_no: bool, *, refused: bool) -> bool:
    to_come = list(later.FUTURE.finditer(sentence))
    if not to_come and not says_no:
        return bool(_PUT_OFF.search(sentence))
    is_looked_at = (refused and _LOOKED_AT.search(sentence, 0, found.end()) for found in to_come)
    return bool(_TAKEN_UP.search(sentence)) or not all(is_looked_at)


def promised(text: str, now: datetime) -> str:
    """The day to come, as written, on which the reason of a refusal says that the work will be done after all; "" where
    it only speaks of one."""
    said = text[:_LONGEST]
    said = said[cause_of_no(fold_aligned(said)) :]
    return next((day for each in phrases.SENTENCE.findall(said) if (day := _promised_in(each, now))), "")


def cause_of_no(folded: str) -> int:
    """Where what is said to be the cause of a "no" ends; 0 where none is."""
    cause = _THEREFORE.match(folded[:_LONGEST])
    return cause.end() if cause else 0


def _promised_in(sentence: str, now: datetime) -> str:
    folded = fold_aligned(sentence)
    if _ASKED_ANEW.search(folded):
        return ""
    said = _blanked(_AGAIN, _without_plans(folded))
    day = later.promised_in(sentence, said, now)
    return day if later.WILL.search(said) or _A_DATE.fullmatch(day) else ""


def _without_plans(folded: str) -> str:
    for pattern in _NO_PROMISES:
        folded = _blanked(pattern, folded)
    return folded


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Blanks in place of what it finds: the rest stays where it stands."""
    return pattern.sub(lambda found: " " * len(found[0]), text)
