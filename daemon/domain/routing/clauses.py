"""Clauses of a text: sentences, cut again before "ama", "ayrıca", "bir de"."""

import re
from functools import lru_cache

from daemon.domain.text import fold

_SENTENCE = re.compile(
    r"(?<!\bmah)(?<!\bsok)(?<!\bcad)(?<!\bsk)(?<!\bcd)(?<!\bno)(?<!\d)[.](?=\s|$)|[!?;]+|\n+", re.I
)
_TURN = re.compile(
    r"(?<!\bda)(?<!\bde),?\s+(?=(?:ama|ancak|fakat|lakin|yaln[ıi]z|yaln[ıi]zca|ayr[ıi]ca|bununla birlikte|bunun yan[ıi]nda|bunun d[ıi][şs][ıi]nda|bir de|buna ra[ğg]men|ne var ki)\b)",
    re.I,
)
_LETTER = re.compile(r"\w")


@lru_cache(
    maxsize=64
)  # a message's are asked for to understand it, to divide it, and to see whether they agree
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of ``text``, each with its question mark, in order."""
    found: list[str] = []
    last = 0
    for match in _SENTENCE.finditer(text):
        found.append(text[last : match.end()])
        last = match.end()
    found.append(text[last:])
    cut = (piece.strip() for sentence in found for piece in _TURN.split(sentence))
    return tuple(piece for piece in cut if _LETTER.search(fold(piece)))
