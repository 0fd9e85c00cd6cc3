"""Labels that no fact is known by, and what stands under them: a system may rename one on any day.

What reads like a sentence or names a place must not vanish: the longest such sentence is the request's text where no
label of the text was found, the rest goes along under its own label.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from daemon.domain.answers.signature import is_sentence
from daemon.domain.structured.labels import LONGEST
from daemon.domain.structured.sources import Fact
from daemon.domain.structured.values import read_moment
from daemon.domain.text import fold, tidy

Unknown = tuple[str, str]
"""A label that is not known, and the value under it."""

_LABEL = re.compile(
    r"(?P<label>[^\W\d_][^:：=\t,;!?]*[^\W\d_)])\s*(?:[:：=]|\t)(?!//)(?P<value>.*)", re.DOTALL
)
_MOST_WORDS = 5
_FEWEST = 3
"""Words below which a value without a sentence's end is a name or a figure."""
_WISH = re.compile(r"s[iu]n(?:l[ae]r)?\W*$")


def is_label(text: str) -> bool:
    """Whether it can be a label: short, begun with a capital and no sentence."""
    plain = text.strip(" :*\t")
    begins = plain[:1].isupper() or "_" in plain or plain.isidentifier()
    return (
        bool(begins)
        and len(plain) <= LONGEST
        and len(plain.split()) <= _MOST_WORDS
        and plain[-1] not in ".!?,;"
    )


def split_label(line: str) -> Unknown | None:
    """A line's label and the value behind it (perhaps none), or ``None`` for a line without a label."""
    found = _LABEL.match(line)
    if found is None or not is_label(found["label"]):
        return None
    return found["label"].strip(), found["value"].strip("* \t")


def tells(value: str) -> bool:
    """Whether it reads like words that somebody wrote, and not like a name, a choice or an office."""
    said = value.split()
    if len(said) < 2:
        return False
    folded = fold(value).strip()
    ends = folded[-1] in ".!?…" and (value.isupper() or said[-1][0].islower())
    lower = sum(word[0].islower() and len(word.strip(".,;")) >= 3 for word in said if word != "ile")
    return ends or lower >= 2 or is_sentence(folded) or (len(said) >= _FEWEST and bool(_WISH.search(folded)))


def placed(facts: Mapping[Fact, str], unknown: Iterable[Unknown]) -> tuple[dict[Fact, str], tuple[str, ...]]:
    """The facts with what stood under unknown labels, and those of the labels that a clerk should make known."""
    known = {_said(value) for value in facts.values()}
    kept = {
        _said(value): (label, tidy(value))
        for label, value in unknown
        if (_is_kept(value) or _may_be_day(value, facts)) and not any(_said(value) in each for each in known)
    }
    telling = [(label, value) for label, value in kept.values() if tells(value)]
    days = [label for label, value in kept.values() if _may_be_day(value, facts)]
    found = dict(facts)
    rest = list(kept.values())
    if Fact.TEXT not in facts and telling:
        text = max(telling, key=lambda each: len(each[1]))
        found[Fact.TEXT] = text[1]
        rest.remove(text)
    if rest:
        found[Fact.REST] = "\n".join(f"{label}: {value}" for label, value in rest)
    return found, tuple(dict.fromkeys([label for label, _ in telling] + days))


def _is_kept(value: str) -> bool:
    place = len(value.split()) >= _FEWEST and any(c.isdigit() for c in value) and read_moment(value) is None
    return tells(value) or place


def _may_be_day(value: str, facts: Mapping[Fact, str]) -> bool:
    """A day under another label matters where the record's own is missing: the legal term counts from it."""
    written = any(sign in value for sign in "./- ") and len(value) <= LONGEST
    return Fact.DATE not in facts and written and read_moment(value) is not None


def _said(value: str) -> str:
    return " ".join(fold(value).split())


def unknown_cells(cells: Sequence[str], known: Sequence[bool]) -> list[Unknown]:
    """Labels beside their values in a table's row; ``known`` says which cells are labels of the source."""
    found: list[Unknown] = []
    at = 0
    while at + 1 < len(cells):
        if not known[at] and not known[at + 1] and is_label(cells[at]):
            found.append((cells[at].strip(" :"), cells[at + 1]))
        at += 1 if known[at + 1] and not known[at] else 2
    return found
