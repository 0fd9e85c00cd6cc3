"""Letters typed in a word processor, laid out like print on paper: what reads petitions reads them, too.

Nothing of such a letter had to be guessed, so every word is sure; where it stands on the page is only like where a
printer would put it.
"""

import re
import textwrap
from collections.abc import Iterator
from itertools import islice

from rapidfuzz import fuzz

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.office import Office
from daemon.domain.petitions.lines import LABEL
from daemon.domain.petitions.petition import Box, Condition, Line, Page, Petition, Word
from daemon.domain.petitions.reading import bears_signs, route_petition
from daemon.domain.routing.values import Nature
from daemon.domain.text import words

_WIDTH, _HEIGHT = 1_654, 2_339
"""Pixels of an A4 page at 200 dpi."""
_LETTER, _LEFT, _TOP, _PITCH, _PRINT = 14, 165, 165, 40, 28
"""Width of a letter, margins, and from line to line, of which so much is print."""
_LETTERS = (_WIDTH - 2 * _LEFT) // _LETTER
_ROWS = (_HEIGHT - 2 * _TOP) // _PITCH
MOST_PAGES = 25
"""A book is no petition, and a pile of them comes as several files."""
_MOST_ROWS = MOST_PAGES * _ROWS
_INDENT = " " * 4
"""Before a paragraph: more than what marks one on paper."""
_TAB = " " * 6
_MISREAD = 70.0
"""Likeness (0–100) of a word as read by OCR to itself."""


def typed_pages(text: str) -> tuple[Page, ...]:
    """A letter's words as pages, at most :data:`MOST_PAGES`; a line of ``text`` is a paragraph."""
    rows = list(islice(_all_rows(text), _MOST_ROWS))
    starts = range(0, len(rows), _ROWS)
    return tuple(_page(rows[start : start + _ROWS], number) for number, start in enumerate(starts, 1))


def is_too_long(text: str) -> bool:
    """Whether not all of it is read."""
    return next(islice(_all_rows(text), _MOST_ROWS, None), None) is not None


def _all_rows(text: str) -> Iterator[str]:
    return (row for paragraph in text.rstrip().split("\n") for row in _rows(paragraph))


def may_be_petition(petition: Petition, office: Office) -> bool:
    """Whether what was typed is a petition: it looks like one, or asks for something plainly. An annex does neither."""
    if bears_signs(petition):
        return True
    routing = route_petition(petition, office)
    return routing.nature is Nature.REQUEST and any(not route.review for route in routing.routes)


def are_copies(one: Petition, other: Petition) -> bool:
    """Whether they are one letter, typed and as its signed scan or in another format: word for word the same, but for
    letters that were misread."""
    places = {each.fields.neighbourhood.value for each in (one, other)} - {""}
    mine, theirs = (set(words(each.body)) for each in (one, other))
    return len(places) < 2 and bool(mine) and _are_found(mine, theirs) and _are_found(theirs, mine)


def _are_found(some: set[str], others: set[str]) -> bool:
    return all(
        any(fuzz.ratio(word, other) >= _MISREAD for other in others - some) and word.isalpha()
        for word in some - others
    )


def _rows(paragraph: str) -> Iterator[str]:
    text = paragraph.replace("\t", _TAB).rstrip()
    if len(text) <= _LETTERS:
        yield text
        return
    label = LABEL.match(fold_aligned(text))
    hangs = " " * min(label.start("value"), _LETTERS // 2) if label else ""
    lines = textwrap.wrap(
        text,
        _LETTERS,
        initial_indent="" if label else _INDENT,
        subsequent_indent=hangs,
        break_on_hyphens=False,
    )
    yield from lines


def _page(rows: list[str], number: int) -> Page:
    lines = tuple(_line(row, _TOP + _PITCH * n) for n, row in enumerate(rows) if row.strip())
    return Page(number, Condition.READ, lines, _WIDTH, _HEIGHT, from_text_layer=True)


def _line(row: str, top: int) -> Line:
    return Line(
        tuple(
            Word(
                word[0],
                1.0,
                Box(_LEFT + _LETTER * word.start(), top, _LEFT + _LETTER * word.end() - 4, top + _PRINT),
            )
            for word in re.finditer(r"\S+", row)
        )
    )
