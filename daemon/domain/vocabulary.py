"""Words of a text and phrases of the mappings, compared by folded prefixes of five letters.

Measured on 2,692 real complaints: five-letter prefixes are as good as stemming, as written, without Turkish
letters and in capitals alike. Shorter words must be followed by nothing but Turkish endings: ``kar`` is found
in ``karlar`` and ``kardan``, not in ``karar``.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daemon.domain.text import fold

PREFIX = 5
_TOKEN = re.compile(r"[^\W_]+")
_ENDING = re.compile(
    r"(?:l[ae]r|[sy]?[iu]|[iu]?n[iu]n|[yn]?[ae]|[dt][ae]n?|[yn]?l[ae]|s[iu]z|l[iu]k?|[iu]m|[iu]?m[iu]z|[iu]?n[iu]z|"
    r"c[iu]|ki|n[iu]?|t[iu]r|d[iu]r|n[dt][ae]n?|m)*"
)
_GAP = 2
"""So many other words may stand between two words of a phrase."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: as written, folded, and where it stands."""

    written: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of ``text``; what follows an apostrophe is an ending and is dropped ("Yayla'da")."""
    text = unicodedata.normalize("NFC", text)
    found = []
    for match in _TOKEN.finditer(text):
        after_apostrophe = (
            match.start() > 1 and text[match.start() - 1] in "'’‘`´" and text[match.start() - 2].isalpha()
        )
        if not after_apostrophe:
            found.append(Token(match[0], fold(match[0]), match.start(), match.end()))
    return found


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its weight per category, and the words as they stand in the text."""

    phrase: tuple[str, ...]
    words: tuple[str, ...]
    first: int


class Vocabulary:
    """Phrases with a value each, looked up in texts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_head: Mapping[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in dict.fromkeys(phrase_of(text) for text in phrases):
            if phrase:
                self._by_head[phrase[0][:3]].append(phrase)

    def find(self, found: list[Token]) -> list[Hit]:
        """Every phrase that stands in the text, each once, in order."""
        hits: dict[tuple[str, ...], Hit] = {}
        for place, token in enumerate(found):
            for phrase in self._by_head.get(token.folded[:3], ()):
                if phrase not in hits and matches(token.folded, phrase[0]):
                    rest = _follow(found, place, phrase)
                    if rest is not None:
                        written = tuple(found[n].written for n in (place, *rest))
                        hits[phrase] = Hit(phrase, written, place)
        return list(hits.values())


def phrase_of(text: str) -> tuple[str, ...]:
    """A phrase of the mappings as folded words."""
    return tuple(token.folded for token in tokens(text))


def matches(word: str, stem: str) -> bool:
    """Whether ``word`` may be ``stem`` with endings."""
    if len(stem) >= PREFIX:
        return word[:PREFIX] == stem[:PREFIX]
    if not word.startswith(stem):
        return False
    return _ENDING.fullmatch(word, len(stem)) is not None


def _follow(found: list[Token], place: int, phrase: tuple[str, ...]) -> list[int] | None:
    """Where the phrase's other words stand, each at most two words after the last."""
    places = []
    for stem in phrase[1:]:
        for step in range(1, _GAP + 2):
            if place + step < len(found) and matches(found[place + step].folded, stem):
                place += step
                places.append(place)
                break
        else:
            return None
    return places
