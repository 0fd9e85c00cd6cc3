"""How a request reached a colleague who writes it down in his own words: "saha ziyareti", "telefonla aradı".

Without it each of them would count as an e-mail, and the headman would not be answered on his own way.
"""

import re
from collections.abc import Sequence

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.registry import Registry
from daemon.domain.request import Channel
from daemon.domain.text import words

_WHATSAPP = r"(?:wh?|v)ats ?ap+"
"""As people spell it."""
_CALLED = r"(?<![lt][ae]r )\b(?:muhtar\w*|bey|hanim)(?: \w+){0,3} ara(?:di|yarak|yip|mis)\b"
"""Who calls by telephone "aradı"; residents who called their headman did not call the office."""
_IN_SUBJECT: Sequence[tuple[Channel, "re.Pattern[str]"]] = (
    (
        Channel.FIELD,
        re.compile(
            r"\bsaha (?:ziyaret|gezi|calisma|denetim|inceleme|tespit|kontrol|not)\w*|\bsahadan?\b|"
            r"\byerinde (?:inceleme|tespit)\w*|\bmahalle (?:ziyaret|gezi)\w*|^\W*saha\W*(?:$|[-–—:/(])"
        ),
    ),
    (
        Channel.PHONE,
        re.compile(
            r"\btelefon(?:la|da|dan)\b|"
            r"\btel(?:efon)?\.? (?:gorusme|arama|not|talep|talebi|bildirim|basvuru|ile\b)\w*|"
            rf"^\W*tel(?:efon)?\W*(?:$|[-–—:/(])|{_CALLED}"
        ),
    ),
    (
        Channel.VERBAL,
        re.compile(
            r"\b(?:sozlu|sifahi)(?: olarak| talep| talebi| basvuru| bildirim)?\b|\bsifahen\b|\byuz yuze\b"
        ),
    ),
    (
        Channel.WHATSAPP,
        re.compile(rf"\b(?:{_WHATSAPP}|wp)(?:['’]?[td][ae]n| ile| talebi| mesaji| uzerinden)?\b"),
    ),
    (Channel.BIP, re.compile(r"\bbip(?:['’]?ten|['’]?den| ile| talebi| mesaji| uzerinden)?\b")),
)
_TOLD = r"(?:ara|bildir|ilet|basvur|ulas|yaz|gonder|talep|istek|istedi|iste|mesaj)\w*"
_IN_TEXT: Sequence[tuple[Channel, "re.Pattern[str]"]] = (
    (
        Channel.FIELD,
        re.compile(
            r"\bsaha (?:ziyaret|gezi|inceleme)\w*|\bmahalle (?:ziyaret|gezi)\w*nde\b|"
            r"\b(?:mahallede|sahada) gez(?:erken|digimizde)\b"
        ),
    ),
    (
        Channel.PHONE,
        re.compile(
            rf"\btelefonla {_TOLD}|\btelefon (?:etti|ederek|acti|acarak)\b|\btelefonda {_TOLD}|"
            rf"\btelefon(?:la|da)? gorus\w*|{_CALLED}"
        ),
    ),
    (
        Channel.VERBAL,
        re.compile(
            rf"\b(?:sozlu olarak|sifahen|yuz yuze) {_TOLD}|\bmakam\w* (?:geldi|gelerek)\b|"
            r"\b(?:makam|mudurlug|ofis|buro|birim|ziyaret)\w*m[iu]z[ae] "
            r"(?:gel(?:di|erek|ip|mis)|ugra(?:di|yarak|yip|mis))\b"
        ),
    ),
    (
        Channel.WHATSAPP,
        re.compile(rf"\b(?:{_WHATSAPP}|wp)(?:['’]?[td][ae]n| ile| uzerinden) (?:\w+ ){{0,2}}{_TOLD}"),
    ),
    (Channel.BIP, re.compile(rf"\bbip(?:['’]?ten|['’]?den| ile| uzerinden) (?:\w+ ){{0,2}}{_TOLD}")),
)
_LONGEST = 1_000
"""Characters in which a colleague says how he heard of it."""
_EMPTY_WORDS = frozenset({
    "mah", "mh", "mahalle", "mahallesi", "mahallesinde", "mahallesinden", "muhtar", "muhtari", "muhtarinin",
    "muhtarligi", "muhtarimiz", "talep", "talebi", "talepleri", "gelen", "alinan", "hakkinda", "hk", "ve", "ile",
    "bildirim", "bildirimi", "bey", "hanim", "mesaj", "mesaji", "bugun", "bugunku", "tarihli", "not", "notu", "notlar",
    "notlari",
})  # fmt: skip


def said_channel(subject: str, text: str) -> Channel:
    """The channel that the words name; e-mail where they name none."""
    for told, patterns in ((subject, _IN_SUBJECT), (text[:_LONGEST], _IN_TEXT)):
        folded = fold_aligned(told)
        found = [(at.start(), channel) for channel, pattern in patterns if (at := pattern.search(folded))]
        if found:
            return min(found)[1]
    return Channel.EMAIL


def matter_in(subject: str, registry: Registry) -> str:
    """What a subject says beside channel and place: "Emek Mahallesi saha ziyareti" says nothing of the matter."""
    folded = fold_aligned(subject)
    for _, pattern in _IN_SUBJECT:
        folded = pattern.sub(lambda found: " " * len(found[0]), folded)
    named = (n for place in registry.neighbourhoods for n in (place.name, *place.aliases, place.headman.name))
    names = {part for name in named for part in words(name)}
    left = [word for word in words(folded) if word not in names | _EMPTY_WORDS and not word.isdigit()]
    return subject if left else ""
