"""One wrong letter forgiven: an unknown word is compared with the stems at an edit distance of one.

Only long words, only those that begin with the right letter, and only where a single stem is near: a wrong
guess costs more than a missed one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from daemon.domain.stems import Stem

_LEAST = 7
_VERB = re.compile(r"\w+(?:yor\w*|iyo|[ea]ca[kg]\w*|m[ae]k|[iu]nc[ae]|[iu]p|[dt][iu]k?)")
"""Verbs vary too much in their endings to be told from a slip."""
_COMPARED = 8


class Misspellings:
    """Stems by all their beginnings with one letter left out (symmetric deletion)."""

    def __init__(self, stems: Iterable[Stem]) -> None:
        self._near: dict[str, set[Stem]] = defaultdict(set)
        for stem in stems:
            if len(stem.folded) >= _LEAST:
                for key in _without_one(stem.folded[:_COMPARED]):
                    self._near[key].add(stem)

    def find(self, word: str) -> Stem | None:
        """The only stem whose beginning differs from the word's by one letter; of one family the shortest."""
        if len(word) < _LEAST or _VERB.fullmatch(word):
            return None
        found: set[Stem] = set()
        for length in (_COMPARED - 1, _COMPARED, _COMPARED + 1):
            for key in _without_one(word[:length]):
                found |= {s for s in self._near.get(key, ()) if _one_apart(word, s.folded)}
        nearest = min(found, key=lambda stem: (len(stem.folded), stem.folded), default=None)
        one_family = nearest and all(stem.folded[:_LEAST] == nearest.folded[:_LEAST] for stem in found)
        return nearest if one_family else None


def _without_one(text: str) -> set[str]:
    return {text, *(text[:n] + text[n + 1 :] for n in range(1, len(text)))}


def _one_apart(word: str, stem: str) -> bool:
    """Whether some beginning of ``word`` becomes ``stem``'s by one change, insertion, omission or swap."""
    part = stem[:_COMPARED]
    if word[0] != part[0]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, part, strict=False)) if a != b), len(part))
    rest = part[at:]
    return (
        word[at + 1 :].startswith(rest[1:])
        or word[at + 1 :].startswith(rest)
        or word[at:].startswith(rest[1:])
        or (len(rest) > 1 and word[at : at + 2] == rest[1] + rest[0] and word[at + 2 :].startswith(rest[2:]))
    )
