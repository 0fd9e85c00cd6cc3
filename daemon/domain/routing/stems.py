"""Whether a word of a text may be a stem of the mappings with Turkish endings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from daemon.domain.text import fold, turkish_lower

PREFIX = 5
_LOOSE = 3
_MARKED = frozenset("çğöşü")
_ENDING = re.compile(
    r"(?:l[ae]r|[sy]?[iu]|[iu]?n[iu]n|[yn]?[ae]|[dt][ae]n?|[yn]?l[ae]|s[iu]z|l[iu](?:k|g)?|[iu]m|y?[iu]?m[iu]z|y?[iu]?n[iu]z|"
    r"c[iu]|ki|n[iu]?|[td][iu]r|n[dt][ae]n?|m|yken|ken|mis|yd[iu]|ym[iu]s|d[iu]|t[iu])*"
)
_VERB_ENDING = re.compile(
    r"(?:[iu]?[lnt][iu]?)?(?:[ae]c[ae][kg]\w*|m[ae]k\w*|[iu]p|m?[iu]yo\w*|[iu]?[sm][iu]s\w*|[dt][iu]\w*|s[iu]n\w*|m[ae]s[iu]\w*|m[ae]d[iu]\w*|m[ae]m[iu]s\w*|[ae]n\w*|[ae]r|[iu]r|m[ae]z)"
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
    brief: bool = False
    """Inside a phrase a verb of two letters takes a verb's endings too: "dükkan aç" is found in "dükkan açacağım"."""


class Match(NamedTuple):
    """How well a stem fits; a greater match fits better."""

    whole: bool
    """The word is the whole stem and nothing but endings; otherwise they share the beginning only."""
    shared: int


@lru_cache(maxsize=20_000)
def stem_of(word: str, within: bool = False) -> Stem:
    """The stem that a word of the mappings is; equal words give the same object. ``within``: not a phrase's first."""
    folded = fold(word)
    loose, brief = within and _LOOSE <= len(folded) < PREFIX, within and len(folded) < _LOOSE
    return Stem(folded, turkish_lower(word), loose, brief)


def match_of(folded: str, marked: str, stem: Stem, *, careful: bool = False) -> Match | None:
    """How ``folded`` (written ``marked``) fits ``stem``, or None. ``careful``: its writer uses Turkish letters."""
    size = len(stem.folded)
    shared = size if folded.startswith(stem.folded) else _shared(folded, stem.folded)
    if shared < _least(size) or not _letters_agree(marked, stem.marked, shared, careful):
        return None
    whole = shared == size and (_ends(folded, shared, stem) or shared > PREFIX + 1)
    if whole or stem.loose:
        return Match(whole, shared)
    cut_short = shared == len(folded) < size - 1  # "tamir" is no "tamirci"
    return None if cut_short or size < PREFIX else Match(whole, shared)


class Beginnings:
    """Stems by the letters that a word must begin with to be one of them, so that few are compared with it."""

    def __init__(self, stems: Iterable[Stem]) -> None:
        self._found: dict[str, list[tuple[int, Stem]]] = defaultdict(list)
        self._of = lru_cache(maxsize=20_000)(self._of_beginning)
        for place, stem in enumerate(dict.fromkeys(stems)):
            for beginning in _beginnings(stem.folded):
                self._found[beginning].append((place, stem))

    def of(self, word: str) -> tuple[Stem, ...]:
        """The stems that may fit ``word``, in the order in which they were given."""
        return self._of(word[:PREFIX])

    def _of_beginning(self, word: str) -> tuple[Stem, ...]:
        lengths = range(min(2, len(word)), len(word) + 1)
        near = [entry for length in lengths for entry in self._found.get(word[:length], ())]
        return tuple(stem for _, stem in sorted(near, key=itemgetter(0)))


def _beginnings(folded: str) -> Iterator[str]:
    """What a word that fits begins with: all of a short stem, whose last letter may be softened, five of a long one."""
    yield folded[:PREFIX]
    if 2 < len(folded) <= PREFIX and folded[-1] in _SOFT:
        yield folded[:-1] + _SOFT[folded[-1]]


def _ends(word: str, place: int, stem: Stem) -> bool:
    """Whether nothing but endings follows ``place``."""
    if ends_after(word, place):
        return True
    return stem.brief and _VERB_ENDING.fullmatch(word, place) is not None


def ends_after(word: str, place: int) -> bool:
    """Whether nothing but a noun's endings follows ``place``."""
    return place == len(word) or _is_ending(word[place:])


@lru_cache(maxsize=5_000)
def _is_ending(letters: str) -> bool:
    """Remembered: a language has few endings, and they come again and again."""
    return _ENDING.fullmatch(letters) is not None


def is_marked(word: str) -> bool:
    """Whether a word holds a letter that only Turkish writing has (ı is left out: capitals hide it)."""
    return not _MARKED.isdisjoint(word)


def _least(length: int) -> int:
    """How much of a stem must be there: five letters, of long stems seven tenths ("büyük" is no "büyükşehir")."""
    return min(length, max(PREFIX, -(-7 * length // 10)))


def _shared(word: str, stem: str) -> int:
    """Length of the common beginning of a word and a stem that it does not begin with; a softened last consonant
    counts (durak → durağı, dolap → dolabı)."""
    length = 0
    for one, other in zip(word, stem, strict=False):
        if one != other:
            last = length == len(stem) - 1 and length >= 2 and len(word) > len(stem)
            return length + 1 if last and _SOFT.get(other) == one else length
        length += 1
    return length


def _letters_agree(marked: str, stem: str, shared: int, careful: bool) -> bool:
    """A Turkish letter that the writer marked must be in the stem too; in a word without any they may be missing."""
    if len(marked) < shared or len(stem) < shared or marked[:shared] == stem[:shared]:
        return True
    careful = careful or is_marked(marked)
    return not any(
        letter != other
        and (letter in _MARKED or (careful and other in _MARKED))
        and {letter, other} not in _SOFTENED
        for letter, other in zip(marked[:shared], stem[:shared], strict=True)
    )
