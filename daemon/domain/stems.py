"""Whether a word of a text may be a stem of the mappings with Turkish endings."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from daemon.domain.text import fold, turkish_lower

PREFIX = 5
_LOOSE = 3
_MARKED = frozenset("çğöşü")
_ENDING = re.compile(
    r"(?:l[ae]r|[sy]?[iu]|[iu]?n[iu]n|[yn]?[ae]|[dt][ae]n?|[yn]?l[ae]|s[iu]z|l[iu](?:k|g)?|[iu]m|y?[iu]?m[iu]z|y?[iu]?n[iu]z|"
    r"c[iu]|ki|n[iu]?|[td][iu]r|n[dt][ae]n?|m|yken|ken|mis|yd[iu]|ym[iu]s|d[iu]|t[iu])*"
)
_SOFTENED = ({"ğ", "k"}, {"ğ", "g"}, {"ç", "c"})
_SOFT = {"k": "g", "p": "b", "t": "d"}


@dataclass(frozen=True, slots=True, eq=False)
class Stem:
    """A word of the mappings: folded, and with its Turkish letters as the clerk wrote it. One object per word."""

    folded: str
    marked: str
    loose: bool = False
    """Inside a phrase a short verb may go on as it likes: "su … bas" is found in "su bastığından"."""


class Match(NamedTuple):
    """How well a stem fits; a greater match fits better."""

    whole: bool
    """The word is the whole stem and nothing but endings; otherwise they share the beginning only."""
    shared: int


@lru_cache(maxsize=20_000)
def stem_of(word: str, *, within: bool = False) -> Stem:
    """The stem that a word of the mappings is; equal words give the same object. ``within``: not a phrase's first."""
    folded = fold(word)
    return Stem(folded, turkish_lower(word), within and _LOOSE <= len(folded) < PREFIX)


def match_of(folded: str, marked: str, stem: Stem) -> Match | None:
    """How ``folded`` (written ``marked``) fits ``stem``, or None."""
    shared = _shared(folded, stem.folded)
    if shared < _least(len(stem.folded)) or not _letters_agree(marked, stem.marked, shared):
        return None
    complete = shared == len(stem.folded)
    whole = complete and (_ENDING.fullmatch(folded, shared) is not None or shared > PREFIX + 1)
    if whole or stem.loose:
        return Match(whole, shared)
    cut_short = shared == len(folded) < len(stem.folded) - 1  # "tamir" is no "tamirci"
    return None if cut_short or len(stem.folded) < PREFIX else Match(whole, shared)


def _least(length: int) -> int:
    """How much of a stem must be there: five letters, of long stems seven tenths ("büyük" is no "büyükşehir")."""
    return min(length, max(PREFIX, -(-7 * length // 10)))


def _shared(word: str, stem: str) -> int:
    """Length of the common beginning; a softened last consonant counts (durak → durağı, dolap → dolabı)."""
    length = 0
    for one, other in zip(word, stem, strict=False):
        if one != other:
            last = length == len(stem) - 1 and length >= 2 and len(word) > len(stem)
            return length + 1 if last and _SOFT.get(other) == one else length
        length += 1
    return length


def _letters_agree(marked: str, stem: str, shared: int) -> bool:
    """A Turkish letter that the writer marked must be in the stem too; in a word without any they may be missing."""
    if len(marked) < shared or len(stem) < shared:
        return True
    careful = not _MARKED.isdisjoint(marked)
    return not any(
        letter != other
        and (letter in _MARKED or (careful and other in _MARKED))
        and {letter, other} not in _SOFTENED
        for letter, other in zip(marked[:shared], stem[:shared], strict=True)
    )
