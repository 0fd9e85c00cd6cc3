"""How people tell of a thing, by the endings of their verbs: what hangs is told otherwise than what is wished.

Danger goes on ("sallanıyor"), is about to be ("düşecek") or has just been found ("çatlamış"); what is over "had"
been so ("çökmüştü"), and what is asked for "may" be ("boyansın"). That holds in whatever words they tell it, so it
speaks where the words themselves were never taught.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from daemon.domain.routing.tokens import Token

_LONG = 5
"""A shorter word has no room for a verb and its ending."""
_STEM = 2
_TENSES = tuple(
    (tense, re.compile(ending))
    for tense, ending in (
        ("not", r"m[iu]yo|m[ae]z\b|m[ae]d[iu]|m[ae]m[iu]s|m[ae]sin(?:l[ae]r)?$|m[ae]mak"),
        ("soon", r"[ae]c[ae][kg]"),
        ("had", r"m[iu]st[iu](?!r)|[iu]yord[iu]|d[iu]yd[iu]"),
        ("now", r"[iu]yo|m[ae]kt[ae]"),
        ("seen", r"m[iu]s(?:t[iu]r)?$|m[iu]sl[ae]r"),
        ("did", r"[dt][iu](?:m|k|l[ae]r|n|niz)?$"),
        ("may", r"s[iu]n(?:l[ae]r)?$|m[ae]s[iu]n?[iun]?\w*$"),
        ("which", r"[ae]n(?:l[ae]r\w*)?$|[dt][iu][gk]\w*"),
    )
)
"""The first that fits, on folded words. Some nouns end like verbs ("kapısının"); what that weighs is taught, too."""
_REMEMBERED = 20_000


def tense_signs(texts: Iterable[Iterable[Token]]) -> dict[str, float]:
    """Of each tense whether any word of the texts has it, and whether their last word does."""
    told = [tense_of(token.folded) for text in texts for token in text]
    ends = told[-1] if told else ""
    some = frozenset(told)
    return {f"some {tense}": float(tense in some) for tense, _ in _TENSES} | {
        f"ends {tense}": float(tense == ends) for tense, _ in _TENSES
    }


@lru_cache(maxsize=_REMEMBERED)
def tense_of(word: str) -> str:
    """The tense of a folded word; empty if it has none."""
    if len(word) < _LONG:
        return ""
    return next((tense for tense, ending in _TENSES if ending.search(word, _STEM)), "")
