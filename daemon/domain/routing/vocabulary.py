"""Phrases of the mappings, found in texts: folded stems, five-letter prefixes, Turkish endings.

Measured on 2,692 real complaints: prefixes of five letters are as good as stemming, as written, without Turkish
letters and in capitals alike. Shorter stems must be followed by nothing but endings: ``kar`` is found in
``karlar`` and ``kardan``, not in ``karar``. A letter that the writer did mark (``şu``) is believed: it is not ``su``.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from daemon.domain.routing.misspelling import Misspellings
from daemon.domain.routing.stems import Beginnings, Match, Stem, is_marked, match_of, stem_of
from daemon.domain.routing.tokens import Token

OPEN = "…"
"""Between two parts of a phrase: other words may stand there, and the parts may change places."""
_WORD = re.compile(r"[^\W_]+")
_SPAN = 6
"""So many words at most lie between the parts of an open phrase."""
_TELLING, _LONG = 3, 4
"""So many words of so many letters tell whether a text is written with Turkish letters …"""
_MARKED_SHARE = 1 / 3
"""… if this share of them holds one."""
_HAPPENS = re.compile(
    r"(?:[iu]?[ln])?(?:[iu]yo\w*|[dt][iu](?:l[ae]r)?|m[iu]s(?:l[ae]r|t[iu]r)?|[ae]ca[kg]\w*|[ae]bil(?:ir|iyo)\w*)"
)
"""Endings that say that something happens or is about to; "yıkılsın" is a wish, "yıkılan" what has been."""
_SKIPPED = frozenset(
    {
        *("da", "de", "ki", "mi", "mu", "cok", "bir", "bile", "hic", "hala", "halen", "yine", "dahi"),
        *("iyice", "tamamen", "komple"),
    }
)
"""Small words that do not break a phrase: "su da yok", "yol çok bozuk"."""

_by_letters = attrgetter("folded", "marked", "loose", "brief")
Phrase = tuple[tuple[Stem, ...], ...]
"""Parts of adjacent words; all parts must be found close together."""


class Hit(NamedTuple):
    """A phrase found: its number in the vocabulary and the tokens that it took."""

    phrase: int
    places: tuple[int, ...]
    guessed: bool = False
    """Found only by forgiving a misspelling."""


class Vocabulary:
    """Phrases by number, looked up in texts. ``neutral`` words are ordinary ones that look like a stem of ours.

    ``strict``: whole stems and what happens only, so that "yıkıl" is not found in "yıkılsın". ``forgiving``: a slip is forgiven.
    """

    def __init__(
        self,
        phrases: Iterable[str],
        *,
        neutral: Iterable[str] = (),
        forgiving: bool = False,
        strict: bool = False,
    ) -> None:
        self._strict = strict
        self.phrases: list[Phrase] = [phrase_of(text) for text in phrases]
        alone = dict.fromkeys(p[0][0] for p in self.phrases if len(p) == 1 and len(p[0]) == 1)
        self._alone = alone
        self._stems = Beginnings(s for phrase in self.phrases for part in phrase for s in part)
        self._neutral = Beginnings(stem_of(word) for word in neutral)
        self._needed = [frozenset(s for part in phrase for s in part) for phrase in self.phrases]
        common = Counter(stem for needed in self._needed for stem in needed)
        self._single: dict[Stem, list[int]] = defaultdict(list)
        self._by_rarest: dict[Stem, dict[Stem, list[_Longer]]] = defaultdict(dict)
        for number, needed in enumerate(self._needed):
            if self.phrases[number] and len(self.phrases[number][0]) == len(self.phrases[number]) == 1:
                self._single[self.phrases[number][0][0]].append(number)
            elif needed:
                rarest, *others = sorted(sorted(needed, key=_by_letters), key=common.__getitem__)
                begins = tuple((part[0], number, n) for n, part in enumerate(self.phrases[number]))
                longer = _Longer(number, frozenset(others[1:]), begins)
                self._by_rarest[rarest].setdefault(others[0] if others else rarest, []).append(longer)
        self._misspellings = Misspellings(alone) if forgiving else None
        self._read = lru_cache(maxsize=20_000)(self._read_word)

    def find(self, found: Sequence[Token], *, hidden: frozenset[int] = frozenset()) -> list[Hit]:
        """Every place where a phrase stands, in order; ``hidden`` tokens are names and say nothing."""
        careful = _writes_turkish_letters(found)
        read = [_NOTHING if t.place in hidden else self._read(t.folded, t.marked, careful) for t in found]
        open_parts: dict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
        hits: list[Hit] = []
        possible = self._possible(read)
        for place, word in enumerate(read):
            for stem in word.stems:
                if stem in word.alone:
                    hits += [Hit(number, (place,), word.guessed) for number in self._single.get(stem, ())]
                for number, part_no in possible.get(stem, ()):
                    parts = self.phrases[number]
                    places = self._follow(found, read, place, parts[part_no])
                    if places and len(parts) == 1:
                        hits.append(Hit(number, places, word.guessed))
                    elif places:
                        open_parts[number, part_no].append(places)
        return hits + list(self._joined(found, open_parts))

    def _possible(self, read: Sequence["_Word"]) -> dict[Stem, list[tuple[int, int]]]:
        """Parts of longer phrases by their first stem, those only of which every word stands somewhere in the text."""
        inside = dict.fromkeys([stem for word in read for stem in word.stems])  # in the text's order
        present = set(inside)
        whole: list[tuple[int, _Longer]] = []
        for order, stem in enumerate(inside):
            if by_second := self._by_rarest.get(stem):
                for second in by_second.keys() & present:
                    whole += [(order, longer) for longer in by_second[second] if longer.others <= present]
        possible: dict[Stem, list[tuple[int, int]]] = defaultdict(list)
        for _, longer in sorted(whole, key=lambda found: (found[0], found[1].number)):
            for first, number, part_no in longer.begins:
                possible[first].append((number, part_no))
        return possible

    def _read_word(self, folded: str, marked: str, careful: bool) -> "_Word":
        """The stems that this word may be; of those that stand alone only the closest."""
        matched = [
            (stem, match, stem in self._alone)
            for stem in self._stems.of(folded)
            if (match := match_of(folded, marked, stem, careful=careful))
            and (match.whole or not self._strict or _happens(folded, stem))
        ]
        ordinary = max(
            (
                (match, stem.folded)
                for stem in self._neutral.of(folded)
                if (match := match_of(folded, marked, stem, careful=careful))
            ),
            default=None,
        )
        if ordinary is not None:
            matched = [found for found in matched if found[1] > ordinary[0] or found[0].folded == ordinary[1]]
        if not matched:
            guess = self._misspellings.find(folded) if self._misspellings and ordinary is None else None
            return _Word((guess,), frozenset({guess}), True) if guess else _NOTHING
        best = max((m for _, m, alone in matched if alone), default=Match(False, 0))
        closest = frozenset(s for s, m, alone in matched if alone and m >= best)
        return _Word(tuple(s for s, _, _ in matched), closest)

    @staticmethod
    def _follow(
        found: Sequence[Token], read: Sequence["_Word"], place: int, part: tuple[Stem, ...]
    ) -> tuple[int, ...] | None:
        """The places of a part's words, one after another in one sentence."""
        places = [place]
        for stem in part[1:]:
            place += 1
            while place < len(found) and found[place].folded in _SKIPPED and stem not in read[place].stems:
                place += 1
            if place >= len(found) or stem not in read[place].stems:
                return None
            if found[place].sentence != found[places[0]].sentence:
                return None
            places.append(place)
        return tuple(places)

    def _joined(
        self, found: Sequence[Token], open_parts: dict[tuple[int, int], list[tuple[int, ...]]]
    ) -> Iterable[Hit]:
        """Open phrases whose parts all stand close together in one sentence."""
        for (number, part_no), firsts in open_parts.items():
            if part_no:
                continue
            for first in firsts:
                places = first
                for other in range(1, len(self.phrases[number])):
                    others = open_parts.get((number, other), [])
                    low = bisect_left(others, (min(places) - 2 * _SPAN,))  # in the text's order
                    high = bisect_right(others, (max(places) + _SPAN + 1,))
                    near = [p for p in others[low:high] if _near(found, places, p)]
                    if not near:
                        break
                    places = (*places, *min(near, key=lambda p: abs(p[0] - first[-1])))
                else:
                    yield Hit(number, tuple(sorted(places)))


class _Longer(NamedTuple):
    """A phrase of several words: those besides its two rarest, and with which stem each of its parts begins."""

    number: int
    others: frozenset[Stem]
    begins: tuple[tuple[Stem, int, int], ...]


class _Word(NamedTuple):
    stems: tuple[Stem, ...]
    alone: frozenset[Stem]
    guessed: bool = False


_NOTHING = _Word((), frozenset())


def _happens(folded: str, stem: Stem) -> bool:
    return folded.startswith(stem.folded) and _HAPPENS.fullmatch(folded, len(stem.folded)) is not None


def _writes_turkish_letters(found: Sequence[Token]) -> bool:
    """Whether the writer marks his letters: then "olsun" is not "öl" and "cam" is not "çam"."""
    long = [token for token in found if len(token.folded) >= _LONG]
    marked = sum(is_marked(token.marked) for token in long)
    return marked >= _TELLING and marked >= len(long) * _MARKED_SHARE


def _near(found: Sequence[Token], one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if set(one) & set(other) or found[one[0]].sentence != found[other[0]].sentence:
        return False
    return min(abs(other[0] - one[-1]), abs(one[0] - other[-1])) <= _SPAN


def phrase_of(text: str) -> Phrase:
    """A phrase of the mappings: "rögar kapağı … yok" has two parts, the first of two words."""
    found: list[tuple[Stem, ...]] = []
    for part in text.replace("...", OPEN).split(OPEN):
        if words := _WORD.findall(part):
            found.append((stem_of(words[0], bool(found)), *[stem_of(word, True) for word in words[1:]]))
    return tuple(found)
