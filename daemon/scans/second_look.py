"""A second look at small parts of a page that was read: words that Tesseract's layout lost, and doubtful fields.

A line read alone costs some 15 ms, a page thirty times that. Larger and alone, a line is read differently enough that
two readings which agree can be believed.
"""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from daemon.domain.petition import Box, Line, Page, Word
from daemon.domain.petition_quality import without_noise
from daemon.domain.petition_recheck import Doubt, Sought, bear_out, doubtful, line_beside, settled, with_lost
from daemon.scans.loading import DPI, Picture
from daemon.scans.tesseract import read_lines

_SINGLE_LINE = 7
_SIZES = (1.5, 2.2)
_FIGURES = {Sought.DATE: "0123456789./-", Sought.PHONE: "0123456789+()- "}
_INK = 150
_MOST_LOST = 6
"""A page that lost more has pictures, stamps or handwriting on it."""


def look_again(page: Page, picture: Picture) -> Page:
    """The page with what a closer look found."""
    page = replace(page, lines=_with_lost(page, picture))
    lines = list(page.lines)
    for doubt in doubtful(page):
        line, again = lines[doubt.place], list[Line]()
        for reading in _again(line, doubt, picture):
            again.append(reading)
            if bear_out(line, reading, doubt.sought):
                break
        lines[doubt.place] = settled(line, again, doubt.sought)
    return replace(page, lines=tuple(lines))


def _again(line: Line, doubt: Doubt, picture: Picture) -> Iterator[Line]:
    for size in _SIZES:
        if words := _read(picture, _wider(line.box, picture), size):
            yield Line(words)
    letters = _FIGURES.get(doubt.sought)
    if not letters or doubt.value is None:
        return
    if words := _read(picture, _wider(doubt.value, picture), _SIZES[-1], letters=letters):
        yield Line(words)


def _wider(box: Box, picture: Picture) -> Box:
    """With some paper around it, which Tesseract needs."""
    up, beside = max(6, round(0.3 * box.height)), max(12, box.height)
    height, width = picture.shape
    return Box(
        max(0, box.left - beside),
        max(0, box.top - up),
        min(width, box.right + beside),
        min(height, box.bottom + up),
    )


def _read(picture: Picture, box: Box, size: float, *, letters: str = "") -> tuple[Word, ...]:
    """The words there, read as a single line at so many times their size."""
    part = picture[box.top : box.bottom, box.left : box.right]
    if min(part.shape) < 8:
        return ()
    large = cv2.resize(part, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC)
    lines = read_lines(
        np.asarray(large, np.uint8), layout=_SINGLE_LINE, dpi=round(DPI * size), letters=letters
    )
    return tuple(replace(word, box=_placed(word.box, box, size)) for line in lines for word in line.words)


def _placed(found: Box, within: Box, size: float) -> Box:
    """From the enlarged part back to the page."""
    left, top = within.left, within.top
    return Box(
        left + round(found.left / size),
        top + round(found.top / size),
        left + round(found.right / size),
        top + round(found.bottom / size),
    )


# --- lost words -------------------------------------------------------------------------------------------


def _with_lost(page: Page, picture: Picture) -> tuple[Line, ...]:
    """Lines in which a gap was found are read anew as a whole, lines that were lost altogether are put in."""
    places = _uncovered(page, picture)
    lines = page.lines
    for place in places if len(places) <= _MOST_LOST else ():
        beside = line_beside(lines, place)
        whole = place if beside is None else lines[beside].box.joined(place)
        again = (_read(picture, _wider(whole, picture), size) for size in _SIZES)
        lines = with_lost(lines, beside, without_noise(map(Line, filter(None, again))))
    return lines


def _uncovered(page: Page, picture: Picture) -> list[Box]:
    """Rows of letters, as high as the page's own, in which no word was read. Looked for at half size."""
    if not page.lines:
        return []
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < _INK).astype(np.uint8)
    for word in (word for line in page.lines for word in line.words):
        box = _wider(word.box, picture)
        ink[box.top // 2 : box.bottom // 2 + 1, (word.box.left - 8) // 2 : (word.box.right + 8) // 2 + 1] = 0
    high = float(np.median([word.box.height for line in page.lines for word in line.words])) / 2
    rows = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, max(3, round(1.2 * high))), np.uint8))
    _, _, facts, _ = cv2.connectedComponentsWithStats(rows, connectivity=8)
    found = []
    for left, top, width, height, _ in facts[1:]:
        if 0.6 * high < height < 2.2 * high and width > 2.5 * high:
            filled = float(ink[top : top + height, left : left + width].mean())
            if 0.08 < filled < 0.6:
                found.append(Box(2 * int(left), 2 * int(top), 2 * int(left + width), 2 * int(top + height)))
    return found
