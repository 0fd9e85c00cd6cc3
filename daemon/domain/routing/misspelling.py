"""One wrong letter forgiven: an unknown word is compared with the stems at an edit distance of one.

Only words that begin with the right letter, and only where stems of a single family are near: a wrong guess costs
more than a missed one. After a short stem nothing but endings may follow, as in a word that is written rightly.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from daemon.domain.routing.stems import Stem, ends_after

_LEAST, _LONG = 5, 7
"""The shortest stem that is forgiven a letter; the shortest that may go on as it likes."""
_VERB = re.compile(r"\w+(?:yor\w*|iyo|[ea]ca[kg]\w*|m[ae]k|[iu]nc[ae]|[iu]p|[dt][iu]k?)")
"""Verbs vary too much in their endings to be told from a slip."""
_COMPARED = 8
_BESIDE = (
    *("qw", "we", "er", "rt", "ty", "yu", "ui", "io", "op", "as", "sd", "df", "fg", "gh", "hj", "jk", "kl"),
    *("zx", "xc", "cv", "vb", "bn", "nm", "mo", "oc", "ls", "su", "ig"),
)
"""Keys that lie side by side (ı, ğ, ü, ş, ö, ç folded) …"""
_ALIKE = ("ae", "iu", "ou", "ei", "bp", "dt", "gk", "cj", "sz", "vf", "yg", "mn", "gv", "hk", "lr")
"""… and letters that sound alike."""
_MISTAKEN = frozenset(
    order for pair in (*_BESIDE, *_ALIKE) for order in ((pair[0], pair[1]), (pair[1], pair[0]))
)


class Misspellings:
    """Stems by all their beginnings with one letter left out (symmetric deletion)."""

    def __init__(self, stems: Iterable[Stem]) -> None:
        self._near: dict[str, set[Stem]] = defaultdict(set)
        self._place: dict[Stem, int] = {}
        for place, stem in enumerate(stems):
            self._place[stem] = place
            if len(stem.folded) >= _LEAST:
                for key in _without_one(stem.folded[:_COMPARED]):
                    self._near[key].add(stem)

    def find(self, word: str) -> Stem | None:
        """The only stem whose beginning differs from the word's by one letter; of one family the shortest, and of
        several that fold alike the one that was given first."""
        if len(word) < _LEAST or _VERB.fullmatch(word):
            return None
        keys = {key for length in range(_LEAST - 1, _COMPARED + 2) for key in _without_one(word[:length])}
        found = {s for key in keys for s in self._near.get(key, ()) if _is_meant(word, s)}
        order = self._place
        nearest = min(found, key=lambda stem: (len(stem.folded), stem.folded, order[stem]), default=None)
        one_family = nearest and all(stem.folded[:_LONG] == nearest.folded[:_LONG] for stem in found)
        return nearest if one_family else None


def _without_one(text: str) -> set[str]:
    return {text, *(text[:n] + text[n + 1 :] for n in range(1, len(text)))}


def _is_meant(word: str, stem: Stem) -> bool:
    long = len(stem.folded) >= _LONG and len(word) >= _LONG
    return any(
        long or (likely and ends_after(word, place))
        for place, likely in _one_apart(word, stem.folded[:_COMPARED])
    )


def _one_apart(word: str, part: str) -> Iterator[tuple[int, bool]]:
    """Where ``part`` ends in ``word`` if one change, insertion, omission or swap makes them agree; whether that
    slip is a likely one."""
    if word[0] != part[0]:
        return
    at = next((n for n, (a, b) in enumerate(zip(word, part, strict=False)) if a != b), len(part))
    rest = part[at:]
    if word[at + 1 :].startswith(rest[1:]):
        yield at + len(rest), (word[at : at + 1], rest[:1]) in _MISTAKEN
    if word[at + 1 :].startswith(rest):
        yield (
            at + 1 + len(rest),
            word[at : at + 1] == word[at - 1] or (word[at : at + 1], rest[:1]) in _MISTAKEN,
        )
    if word[at:].startswith(rest[1:]):
        yield at + len(rest) - 1, True
    if len(rest) > 1 and word[at : at + 2] == rest[1] + rest[0] and word[at + 2 :].startswith(rest[2:]):
        yield at + len(rest), True
