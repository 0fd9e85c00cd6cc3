"""The subject that a letter written on a computer names in its head ("Konu: …", Resmî Yazışmalar Yönetmeliği art. 12).

A scan's is found by where its lines stand (:mod:`daemon.domain.petitions.reading`); here a line is all that is known.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.lines import LABEL, is_addressee, is_marked, names_subject, second_label
from daemon.domain.petitions.reading import plain_subject

_MOST_LINES = 25
"""Of a letter's head, with a table's cells each on a line."""
_LONGEST = 200
"""Letters of a line of the head; longer ones are the letter's text."""
_TABLED = re.compile(r"[^\t]{1,40}\t")
_BEFORE = re.compile(r"(?=.*[\d\t]).*\s(?=(?:konu(?:su)?|ozet[i]?)\s{0,4}[:;])")
"""What stands before the label in one line: the day, the number."""


def subject_in(text: str) -> str:
    """The subject without ornaments; ``""`` where the head names none."""
    lines = islice(_head(text), _MOST_LINES)
    for line, below in pairwise([*lines, ""]):
        if said := _told(line, below):
            return said
    return ""


def _head(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if len(line) > _LONGEST:
            return
        if line.strip():
            yield line.strip()


def _told(line: str, below: str) -> str:
    before = _BEFORE.match(fold_aligned(line))
    line = line[before.end() :] if before else line
    folded = fold_aligned(line)
    label = LABEL.match(folded) or LABEL.match(f"{folded}:")
    if label is None or not names_subject(label["label"]):
        return ""
    start = label.start("value")
    if line[start:].strip():
        is_named = is_marked(folded) or _TABLED.match(line)
        return plain_subject(line[start : second_label(folded, start)]) if is_named else ""
    is_other = is_marked(fold_aligned(below)) or is_addressee(fold_aligned(below))
    return "" if is_other else plain_subject(below)
