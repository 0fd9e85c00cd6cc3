"""Who signs: the rows to look at again where no line of a page says so clearly, and other readings of them as evidence.

Stamp and pen lie over the very line that names the neighbourhood. Several bad readings of it cannot be told from each
other by their letters, but the register can: see :mod:`.places`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.lines import LABEL, Part, Placed, is_title, lay_out, names_subject
from daemon.domain.petitions.petition import Box, Line, Page

_NAMES = re.compile(r"[a-z0-9]{3,}\W{1,3}(?:mahallesi|mah|mh)\b")
_NAMES_HEADMAN = re.compile(rf"{_NAMES.pattern}\W{{0,3}}muhtar")
"""A neighbourhood is named, and as its headman's."""
_TITLE = re.compile(r"\bm[a-z]?htar|\bmuh[a-z]{1,2}ar|mahalle|ahal+es|\bmah\b")
"""What is left of "… Mahallesi Muhtarı", also with letters misread."""
_OFFICE = re.compile(r"muhtarlik (?:isler|mudur)")
_PLACE_LABELS = ("mahalle", "muhtarlik")
_CLEAR = 0.8
_BEFORE, _BEHIND = 14, 6
"""So many times as far as a word is high a title's row may reach beyond what was read of it."""
_PITCH = (1.2, 2.6)
"""A row begins so many heights of a word below the one before, at least and at most."""
_MOST = 3
"""So many titles of a page are looked at."""
_FOOT = 8
"""So many rows below a closing formula the signature ends at last."""


def says_who(line: Line) -> bool:
    """Whether the line names a neighbourhood, and that is read clearly."""
    return _names_clearly(line, _NAMES)


def _names_clearly(line: Line, names: re.Pattern[str]) -> bool:
    found = names.finditer(fold_aligned(line.text))
    return any(min(word.confidence for word in line.words_in(*name.span())) >= _CLEAR for name in found)


def _signs(line: Placed) -> bool:
    """Whether it says clearly who signs, as a form's "Mahallesi: …" does; an address, or a text, may name another
    neighbourhood, unless that is said to be the headman's."""
    label = LABEL.match(line.folded)
    if label and label["label"].startswith(_PLACE_LABELS) and label["value"]:
        return line.confidence(label.start("value")) >= _CLEAR
    elsewhere = line.part in {Part.BODY, Part.CONTACT, Part.REFERENCE}
    return _names_clearly(line.line, _NAMES_HEADMAN if elsewhere else _NAMES)


def names_a_neighbourhood(line: Line) -> bool:
    """Whether "… Mahallesi" stands in the line, however surely it was read."""
    return _NAMES.search(fold_aligned(line.text)) is not None


def may_be_a_name(line: Line) -> bool:
    """Whether two words at least stand there, and nothing that no name has."""
    words = [word.text.strip(".,—-") for word in line.words]
    return sum(len(word) > 2 for word in words) >= 2 and all(word.isalpha() or not word for word in words)


def rows_in_doubt(page: Page, is_whole: Callable[[Line], bool]) -> Iterator[Box]:
    """Of a page on which nobody clearly signs: the rows of "… Mahallesi Muhtarı", then those above and below, where
    the name stands. A name whose first letters were lost is clear as well: ``is_whole`` tells whether a line begins
    where its print does."""
    lines = lay_out([page])
    if not lines or any(_signs(line) and is_whole(line.line) for line in lines):
        return
    rows = [_whole_row(line.box, page) for line in lines if _may_sign(line)][-_MOST:]
    yield from rows
    yield from _beside(rows, page, (-1, 1))


def unread_foot(page: Page) -> Box | None:
    """Where a signature of which nothing at all was read must stand: the gap below the closing formula, on a page on
    which nobody clearly signs."""
    lines = lay_out([page])
    closing = [n for n, line in enumerate(lines) if line.part in {Part.CLOSING, Part.BODY}]
    if not closing or any(_may_sign(line) or _signs(line) for line in lines):
        return None
    above, pitch = lines[closing[-1]].box, _pitch(page)
    under = (line.box.top for line in lines if line.box.top > above.bottom)
    below = min(under, default=page.top + page.height)
    box = Box(0, above.bottom, page.width, min(below, above.bottom + _FOOT * pitch))
    return box if box.height > 2 * pitch else None


def _beside(rows: Sequence[Box], page: Page, steps: Sequence[int]) -> Iterator[Box]:
    """The rows so many rows below (or above) these."""
    pitch = _pitch(page)
    for row in rows:
        for step in steps:
            top, bottom = row.top + step * pitch, row.bottom + step * pitch
            if top >= page.top and bottom <= page.top + page.height:
                yield replace(row, top=top, bottom=bottom)


def _may_sign(line: Placed) -> bool:
    """Not in running text or a subject, and not the office that is written to."""
    if line.part in {Part.BODY, Part.ADDRESSEE, Part.CONTACT, Part.REFERENCE}:
        return False
    if is_title(line.folded) or _OFFICE.search(line.folded):
        return False
    label = LABEL.match(line.folded)
    is_subject = label is not None and names_subject(label["label"])
    return not is_subject and _TITLE.search(line.folded) is not None


def _whole_row(box: Box, page: Page) -> Box:
    """As far as the row may reach, up to what was read beside it."""
    high = round(page.word_height)
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


def _pitch(page: Page) -> int:
    """From one row to the next, in pixels."""
    tops = sorted(line.box.top for line in page.lines)
    least, most = (share * page.word_height for share in _PITCH)
    steps = [b - a for a, b in zip(tops, tops[1:], strict=False) if least <= b - a <= most]
    return round(median(steps)) if steps else round(1.8 * page.word_height)


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
