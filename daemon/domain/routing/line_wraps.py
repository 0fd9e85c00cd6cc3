"""Lines that a mail program or a typist broke for their width only (RFC 5322 asks for 78 letters or fewer).

A break in the middle of a sentence is none of the writer's thoughts: taken for one, it makes two clauses of "iş
yerlerince / kaldırımların işgal edildiği".
"""

import re
from itertools import pairwise

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.answers.signature import is_sentence

_NARROWEST, _WIDEST = 50, 100
"""Letters: shorter lines are a chat's or a list's, and who writes longer ones does not break them."""
_ENDED = re.compile(r"[.!?:;…][\W_]*$")
_NAMED = re.compile(r"(?:m[ae]s[iu]|\b(?:hk|hakkinda))[\W_]*$")
"""A line that may be a list's or a subject's: "Lambanın onarılması"."""
_ITEM = re.compile(r"\W*(?:\(?(?:\d{1,2}|[a-z])[.)\-:/]|[-•*–·▪●✓➤>])\s|\s*\w[\w ]{1,24}:\s")


def unwrapped(text: str) -> str:
    """``text`` with such lines joined; of the same length."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if len(lines) == 1 or width < _NARROWEST or any(len(line) > _WIDEST and " " in line for line in lines):
        return text
    folded = fold_aligned(text).split("\n")
    joined = lines[0]
    for n, (_, following) in enumerate(pairwise(lines)):
        runs_on = len(lines[n]) + 1 + len(following.split(" ", 1)[0]) > width
        joined += (" " if runs_on and _is_cut(folded[n], folded[n + 1], following) else "\n") + following
    return joined


def _is_cut(line: str, following: str, written: str) -> bool:
    """Whether a sentence goes on in the next line."""
    if not following.strip() or _ENDED.search(line) or _ITEM.match(following):
        return False
    return written.lstrip()[:1].islower() or not (is_sentence(line) or _NAMED.search(line))
