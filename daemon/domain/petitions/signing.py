"""Who signs: the rows to look at again where no line of a page says so clearly, and other readings of them as evidence.

Stamp and pen lie over the very line that names the neighbourhood. Several bad readings of it cannot be told from each
other by their letters, but the register can: see :mod:`.places`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.lines import Part, Placed, lay_out
from daemon.domain.petitions.petition import Box, Line, Page

_NAMES = re.compile(r"[a-z0-9]{3,}\W{1,3}(?:mahallesi|mah|mh)\b")
"""A neighbourhood is named."""
_TITLE = re.compile(r"\bm[a-z]?htar|\bmuh[a-z]{1,2}ar|mahalle|ahalles|\bmah\b")
"""What is left of "… Mahallesi Muhtarı", also with letters misread."""
_OFFICE = re.compile(r"muhtarlik (?:isler|mudur)")
_CLEAR = 0.8
_BEFORE, _BEHIND = 14, 6
"""So many times as far as a word is high a title's row may reach beyond what was read of it."""
_PITCH = (1.2, 2.6)
"""A row begins so many heights of a word below the one before, at least and at most."""
_MOST = 3
"""So many titles of a page are looked at."""


def says_who(line: Line) -> bool:
    """Whether the line names a neighbourhood, and that is read clearly."""
    names = _NAMES.finditer(fold_aligned(line.text))
    return any(min(w.confidence for w in line.words_in(*name.span())) >= _CLEAR for name in names)


def names_a_neighbourhood(line: Line) -> bool:
    """Whether "… Mahallesi" stands in the line, however surely it was read."""
    return _NAMES.search(fold_aligned(line.text)) is not None


def rows_in_doubt(page: Page, is_whole: Callable[[Line], bool]) -> Iterator[Box]:
    """Of a page on which nobody clearly signs: the rows of "… Mahallesi Muhtarı", then those above and below, where
    the name stands. A name whose first letters were lost is clear as well: ``is_whole`` tells whether a line begins
    where its print does."""
    lines = lay_out([page])
    if not lines or any(says_who(line) and is_whole(line) for line in page.lines):
        return
    high = round(median(word.box.height for line in page.lines for word in line.words))
    titles = [line for line in lines if _may_sign(line)]
    rows = [_whole_row(title.box, page, high) for title in titles[-_MOST:]]
    yield from rows
    pitch = _pitch(page.lines, high)
    for row in rows:
        for step in (-pitch, pitch):
            if row.top + step >= 0 and row.bottom + step <= page.top + page.height:
                yield replace(row, top=row.top + step, bottom=row.bottom + step)


def _may_sign(line: Placed) -> bool:
    """Not in running text, and not the office that is written to."""
    elsewhere = line.part in {Part.BODY, Part.ADDRESSEE} or _OFFICE.search(line.folded)
    return not elsewhere and _TITLE.search(line.folded) is not None


def _whole_row(box: Box, page: Page, high: int) -> Box:
    """As far as the row may reach, up to what was read beside it."""
    level = [
        line.box
        for line in page.lines
        if min(line.box.bottom, box.bottom) - max(line.box.top, box.top) > 0.5 * min(line.box.height, high)
    ]
    left = max((other.right for other in level if other.right <= box.left), default=0)
    right = min((other.left for other in level if other.left >= box.right), default=page.width)
    return Box(
        max(left, box.left - _BEFORE * high), box.top, min(right, box.right + _BEHIND * high), box.bottom
    )


def _pitch(lines: Sequence[Line], high: int) -> int:
    """From one row to the next, in pixels."""
    tops = sorted(line.box.top for line in lines)
    least, most = (share * high for share in _PITCH)
    steps = [b - a for a, b in zip(tops, tops[1:], strict=False) if least <= b - a <= most]
    return round(median(steps)) if steps else round(1.8 * high)


def placed_again(page: Page) -> Iterator[Placed]:
    """The other readings of a page's rows, each as what stands at its height is: head or signature."""
    lines = lay_out([page])
    for line in page.closer:
        if not page.top <= line.box.top < page.top + page.height:
            continue
        nearest = min(lines, key=lambda other: abs(other.box.top - line.box.top), default=None)
        heads = nearest is not None and nearest.part in {Part.LETTERHEAD, Part.LABEL, Part.ADDRESSEE}
        part = Part.LETTERHEAD if heads else Part.SIGNATURE
        text = line.text
        yield Placed(line, page.number, page.width, page.share_of(line.box), text, fold_aligned(text), part)
