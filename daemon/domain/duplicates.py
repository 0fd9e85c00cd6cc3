"""Whether a new request may be about the same matter as an open one of its neighbourhood: offered, never merged.

Alike are equal texts, and two that name the same streets (or none), no different house numbers, and the same things
in much the same words: five-letter prefixes of the words that tell something, compared whatever their order. In the
same street one thing in common is enough; who asks again ("hâlâ gelmedi, ne oldu?") need not name the street a second
time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from daemon.domain.request import Request
from daemon.domain.routing.common_words import COMMON
from daemon.domain.text import fold

ALIKE = 80.0
"""Likeness (0–100) from which on a request is offered as a possible duplicate."""
REWORDED = 75.0
"""Likeness (0–100) of all telling words together; kerbs instead of asphalt in the same street have some 60."""
_EQUAL = 100.0
MOST_OFFERED = 3
MOST_COMPARED = 25
"""Of more open requests of one place and kind only the latest are looked at: the cost of a mail stays the same."""
_LEAST_WORDS = 2
"""So many telling words both must share: "çukur" alone is in every second request."""
_PREFIX = 5
_LONGEST = 2_000
_WORD = re.compile(r"[a-z0-9]+")
_STREET = re.compile(
    r" (?:sok|sk|soka[kg](?!imiz|lar)\w*|cad|cd|cadde(?!miz|ler)\w*|bulvar\w*|blv|bulv|meydan\w*|park\w*)\b"
)
_BEFORE = re.compile(r"(?:[a-z0-9]+\.? ){0,2}[a-z0-9]+\.?$")
_LONGEST_NAME = 60
_NUMBER = re.compile(
    r"\bno\s*[.:]?\s*(\d{1,4})\b|\b(\d{1,4})\s*(?:numara|nolu|no lu)\w*|\bnumara\w*\s*(\d{1,4})\b"
    r"|\b(?:sok|sk|soka[kg]\w*|cad|cd|cadde\w*)\.? (?:[dt][ae] )?(\d{1,4})\b(?!\.? ?(?:so?k|ca?d))"
)
_NOT_NAMES = frozenset(
    {
        "onunde", "yaninda", "arkasinda", "karsisinda", "uzerinde", "kosesinde", "onundeki", "yanindaki", "girisinde",
        "bu", "su", "o", "bizim", "bir", "ana", "ara", "yan", "ayni", "mahallemiz", "mahallemizde", "mahallemizin",
        "mahallesi", "mah", "mh", "ve", "ile", "bulunan", "tum", "her", "ust", "alt", "arka", "cocuk", "yeni", "eski",
        "cikmaz", "dar", "bozuk", "karanlik", "yer", "alan", "mahalle", "mahallede", "mahallesinde",
        "ki", "de", "da", "icin", "sokak", "park", "otopark", "oyun", "dinlenme", "sayin", "nin", "nun",
    }
)  # fmt: skip


_STATES = frozenset(
    {
        "kirik", "kiril", "bozuk", "bozul", "hasar", "eksik", "sokul", "yirti", "yikil", "yanmi", "dolu", "tasti",
        "kirli", "kotu", "tehli", "sorun", "probl", "sikay", "onari", "tamir", "degis", "yenil", "konul", "konsu",
        "buyuk", "derin", "kucuk", "kapat", "topla", "temiz", "gelme", "geldi", "duruy", "bekli", "neden", "oldu",
        "olust", "olusm", "istey", "istiy", "mevcu", "onun", "bolge", "uzun", "suredi", "sured",
    }
)  # fmt: skip
"""Beginnings of words for what a thing is like, or is to become: they name none."""
_IN_QUESTIONS = frozenset({"bizim", "isi", "isimi", "noldu", "durum", "bilgi", "haber"})
"""Beginnings of words that name nothing in "bizim asfalt işi noldu"."""
_ASKS_AGAIN = re.compile(
    r"\b(?:hala|halen|ne oldu|noldu|unut\w+|bir kez daha|bir daha|tekrar|yine|defalarca|kac kere|kac kez|kac gun\w*|"
    r"daha once (?:de )?(?:bildir|ilet|soyle|yaz)\w*)\b"
)


class Earlier(NamedTuple):
    """An open request that a new one may repeat."""

    number: str
    subject: str
    description: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about: streets, house numbers, telling words."""

    streets: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    asks_again: bool = False

    @property
    def things(self) -> frozenset[str]:
        return self.words - _STATES


def matter_of(text: str) -> Matter:
    return _matter(_folded(text))


def _folded(text: str) -> str:
    return " ".join(fold(text[:_LONGEST]).replace("'", " ").replace("’", " ").split())


def _matter(folded: str) -> Matter:
    streets = frozenset(filter(None, (_name(folded, found.start()) for found in _STREET.finditer(folded))))
    numbers = frozenset(next(filter(None, found.groups())) for found in _NUMBER.finditer(folded))
    named = {word[:_PREFIX] for street in streets for word in street.split()}
    words = {word[:_PREFIX] for word in _WORD.findall(folded) if len(word) > 2 and not word.isdigit()}
    again = _ASKS_AGAIN.search(folded) is not None
    return Matter(streets, numbers, frozenset(words - COMMON - named), again)


def _name(folded: str, until: int) -> str:
    """The street's name: the words right before "Sokak" that can be one ("mahallemiz 1478." → "1478")."""
    before = _BEFORE.search(folded[max(0, until - _LONGEST_NAME) : until])
    kept: list[str] = []
    for word in reversed([part.strip(".") for part in before[0].split()] if before else []):
        if word in _NOT_NAMES or not word or word.startswith(("soka", "cadde")):
            break
        kept.insert(0, word)
        if word.isdigit():
            break
    return kept[-1] if kept else ""


def likeness(one: Matter, other: Matter) -> float:
    """0–100. Different streets or house numbers are different matters; ``one`` is the later text."""
    same_street = bool(one.streets & other.streets)
    named_before = one.asks_again and not one.streets
    if (one.streets or other.streets) and not same_street and not named_before:
        return 0.0
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return 0.0
    least = ALIKE if (same_street or named_before) and one.things & other.things else 0.0
    if len(one.words & other.words) < _LEAST_WORDS:
        return least
    from rapidfuzz import fuzz

    ratio = fuzz.token_set_ratio(" ".join(sorted(one.words)), " ".join(sorted(other.words)))
    return max(least, ratio)


def is_reworded(one: str, other: str) -> bool:
    """Whether one text surely says the other in other words: the same streets, at least one, the same house numbers,
    and nearly the same words in whatever order; what names something more says more."""
    from rapidfuzz import fuzz

    mine, theirs = matter_of(one), matter_of(other)
    if not mine.streets or (mine.streets, mine.numbers) != (theirs.streets, theirs.numbers):
        return False
    told = (" ".join(sorted(each.words)) for each in (mine, theirs))
    return bool(mine.things & theirs.things) and fuzz.token_sort_ratio(*told) >= REWORDED


def is_told_by_any(text: str, others: Iterable[str]) -> bool:
    """Whether one of ``others`` surely says it in other words; of thousands most are put aside at a glance."""
    mine = matter_of(text)
    return any(_may_be_alike(mine, _folded(other)) and is_reworded(other, text) for other in others)


def _may_be_alike(mine: Matter, folded: str) -> bool:
    """Whether it is worth a closer look, which costs ten times as much."""
    if mine.streets and not any(street in folded for street in mine.streets):
        return False
    enough = 1 if mine.streets or mine.asks_again else _LEAST_WORDS
    return sum(word in folded for word in mine.words) >= enough


def speak_of_one_thing(one: Request, other: Request) -> bool:
    """Whether they name a thing in common, and no different streets."""
    return _of_one_thing(*(matter_of(f"{each.subject}\n{each.description}") for each in (one, other)))


def speak_of_one(one: str, other: str) -> bool:
    """Whether two texts name a thing or a street in common, and no different streets."""
    mine, theirs = matter_of(one), matter_of(other)
    return bool(mine.streets & theirs.streets) or _of_one_thing(mine, theirs)


def are_elsewhere(one: str, other: str) -> bool:
    """Whether two texts name different streets."""
    mine, theirs = matter_of(one).streets, matter_of(other).streets
    return bool(mine and theirs) and not mine & theirs


def may_ask_after(question: str, matter: str, *, of_one_kind: bool) -> bool:
    """Whether a question what has become of something can be about this matter: no other street or house, and, where it
    names a thing, the same one or one of its kind."""
    mine, theirs = matter_of(question), matter_of(matter)
    if are_elsewhere(question, matter) or (
        mine.numbers and theirs.numbers and not mine.numbers & theirs.numbers
    ):
        return False
    named = mine.things - _IN_QUESTIONS
    return of_one_kind or not named or bool(named & theirs.things)


def _of_one_thing(mine: Matter, theirs: Matter) -> bool:
    elsewhere = mine.streets and theirs.streets and not mine.streets & theirs.streets
    return not elsewhere and bool(mine.things & theirs.things)


def asks_again(request: Request) -> bool:
    """Whether its words say that it has been asked for before."""
    return matter_of(f"{request.subject}\n{request.description}").asks_again


def alike(request: Request, others: Iterable[Earlier]) -> tuple[str, ...]:
    """Numbers of those of the open ``others`` that may be about the same matter, the likest first."""
    own = _folded(f"{request.subject}\n{request.description}")
    mine = _matter(own)
    folded = ((other.number, _folded(f"{other.subject}\n{other.description}")) for other in others)
    found = [
        (_EQUAL if words == own and mine.words else likeness(mine, _matter(words)), number)
        for number, words in folded
        if number != request.number and (words == own or _may_be_alike(mine, words))
    ]
    likely = sorted((pair for pair in found if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1]))
    return tuple(number for _, number in likely[:MOST_OFFERED])
