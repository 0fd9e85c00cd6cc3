"""A second look at small parts of a page that was read: words that Tesseract's layout lost, and doubtful fields.

A line read alone costs some 15 ms, a page thirty times that. Larger and alone, a line is read differently enough that
two readings which agree can be believed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

import cv2
import numpy as np

from daemon.domain.petitions.petition import Box, Line, Page, Word, around
from daemon.domain.petitions.quality import without_noise, worth
from daemon.domain.petitions.recheck import (
    Doubt,
    Sought,
    bear_out,
    doubtful,
    line_beside,
    settled,
    with_lost,
    with_open_end,
)
from daemon.domain.petitions.rows import as_printed, in_order
from daemon.domain.petitions.signing import (
    may_be_a_name,
    names_a_neighbourhood,
    rows_in_doubt,
    says_who,
    unread_foot,
)
from daemon.scans.loading import DPI, Picture
from daemon.scans.shapes import shapes_of
from daemon.scans.tesseract import read_lines

_SINGLE_LINE = 7
_SIZES = (1.5, 2.2)
_FIGURES = {Sought.DATE: "0123456789./-", Sought.PHONE: "0123456789+()- "}
_INK = 190
"""Lighter than this is paper."""
_TALL = 3.5
"""A row of letters with a piece of a stamp at it is at most so many times as high as a word."""
_BETWEEN, _WIDE = 0.3, 5.0
"""Rows have less than this share of the inkiest ones' ink between them; and are so many times as wide as high."""
_COVERED = 0.25
"""Of the page's width: so wide are the rows together that were lost to a stamp rather than here and there."""
_READ_WELL = 0.85
"""From this confidence on a place need not be read again."""
_AS_DARK = 0.4
"""Of the way from a letter's ink to paper: what is lighter is no letter's."""
_SOME_LIGHTER = 0.01
"""So much ink that is no letter's, by letters' ink, is worth a reading without it."""
_LARGE = 3.0
"""So many times as high as a word, or twice as wide again, no letter is."""
_A_LETTER = 0.06
"""So much of the place before a word is ink where a letter of it stands."""
_MOST_SHARED = 0.3
"""Of its height a row may lie on another."""
_MARGIN = 20
"""Pixels of paper above and below rows that are read apart from their page."""
_MOST_LOST, _PICTURES = 6, 24
"""So many places are read anew; a page with more than the second has pictures or handwriting on it."""


def look_again(page: Page, picture: Picture) -> Page:
    """The page with what a closer look found."""
    places = _uncovered(page, picture)
    if _COVERED * page.width < sum(place.right - place.left for place in places) and len(places) <= _PICTURES:
        page = _without_stamps(page, picture, places)
        places = _uncovered(page, picture)
    page = replace(page, lines=_with_lost(page, picture, places))
    lines = list(page.lines)
    for doubt in doubtful(page):
        line, again = lines[doubt.place], list[Line]()
        for reading in _again(line, doubt, picture):
            again.append(reading)
            if bear_out(line, reading, doubt.sought):
                break
        lines[doubt.place] = settled(line, again, doubt.sought)
    return _with_signers(replace(page, lines=tuple(lines)), picture)


def _with_signers(page: Page, picture: Picture) -> Page:
    """The page with what may name who signs, where no line does so clearly."""
    lines, closer = page.lines, list[Line]()
    rows = chain(rows_in_doubt(page, partial(_begins_whole, picture)), _unread_rows(page, picture))
    for row in rows:
        readings = list(_readings(picture, _wider(row, picture)))
        closer += readings
        beside = line_beside(lines, row)
        named = [each for each in readings if names_a_neighbourhood(each)]
        lines = with_lost(
            lines, beside, without_noise(named if beside is not None else _new(readings, lines))
        )
        if any(map(says_who, readings)):
            break
    return replace(page, lines=lines, closer=tuple(closer))


def _unread_rows(page: Page, picture: Picture) -> Iterator[Box]:
    """The rows of print where a signature must stand of which nothing was read."""
    foot = unread_foot(page)
    if foot is None:
        return
    part = _part(picture, foot)
    small = cv2.resize(part, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    high = page.word_height / 2
    for left, right, top, deep in _rows_in((small < _INK).astype(np.uint8), high):
        yield Box(2 * left, foot.top + 2 * top, 2 * right, foot.top + 2 * (top + deep))


def _new(readings: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Names, or neighbourhoods, where nothing was read before."""
    return [
        each
        for each in readings
        if (names_a_neighbourhood(each) or may_be_a_name(each))
        and not any(_covers(line.box, each.box) for line in lines)
    ]


def _covers(one: Box, other: Box) -> bool:
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    wide = min(one.right, other.right) - max(one.left, other.left)
    return high > _MOST_SHARED * other.height and wide > 0


def _readings(picture: Picture, box: Box) -> Iterator[Line]:
    """A row read in several ways, until it is read well."""
    for size in _SIZES:
        for darkest in (False, True):
            if words := _read(picture, box, size, darkest=darkest):
                yield (line := Line(words))
                if line.confidence >= _READ_WELL:
                    return


def _begins_whole(picture: Picture, line: Line) -> bool:
    """Whether there is paper before a line's first letter."""
    box = line.words[0].box
    before = picture[box.top : box.bottom, max(0, box.left - box.height) : max(1, box.left - box.height // 4)]
    return not float((before < _INK).mean()) > _A_LETTER


def _again(line: Line, doubt: Doubt, picture: Picture) -> Iterator[Line]:
    for size in _SIZES:
        if words := _read(picture, _wider(line.box, picture), size):
            yield Line(words)
    letters = _FIGURES.get(doubt.sought)
    if not letters or doubt.value is None:
        return
    place = _wider(doubt.value, picture)
    for darkest in (False, True) if _has_lighter(_part(picture, place)) else (False,):
        if words := _read(picture, place, _SIZES[-1], letters=letters, darkest=darkest):
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


def _read(
    picture: Picture, box: Box, size: float, *, letters: str = "", darkest: bool = False
) -> tuple[Word, ...]:
    """The words there, or the darkest of them only, read as a single line at so many times their size."""
    part = _part(picture, box)
    if min(part.shape) < 8:
        return ()
    large = cv2.resize(
        without_paler(part) if darkest else part, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC
    )
    lines = read_lines(
        np.asarray(large, np.uint8), layout=_SINGLE_LINE, dpi=round(DPI * size), letters=letters
    )
    return tuple(word.placed(box.left, box.top, size) for line in lines for word in line.words)


def _part(picture: Picture, box: Box) -> Picture:
    return picture[box.top : box.bottom, box.left : box.right]


# --- lost words -------------------------------------------------------------------------------------------


def _without_stamps(page: Page, picture: Picture, places: Sequence[Box]) -> Page:
    """The rows around these places as they are read without what is paler than letters, where that is worth more: a
    stamp's frame makes the layout lose the rows that it crosses."""
    covered = around(places)
    band = around([covered, *(line.box for line in page.lines if _shares_rows(line.box, covered))])
    top, bottom = max(0, band.top - _MARGIN), band.bottom + _MARGIN
    within = [line for line in page.lines if top <= line.box.top and line.box.bottom <= bottom]
    again = [_down(line, top) for line in as_printed(read_lines(without_paler(picture)[top:bottom]))]
    if worth(again) <= worth(within):
        return page
    others = [line for line in page.lines if line not in within]
    before = sum(line.box.top < top for line in others)
    return replace(page, lines=in_order((*others[:before], *again, *others[before:])))


def _shares_rows(one: Box, other: Box) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def _down(line: Line, pixels: int) -> Line:
    return Line(tuple(word.placed(0, pixels, 1.0) for word in line.words))


def _with_lost(page: Page, picture: Picture, places: Sequence[Box]) -> tuple[Line, ...]:
    """Lines in which a gap was found are read anew as a whole, lines that were lost altogether are put in."""
    lines = page.lines
    widest = sorted(places, key=lambda place: place.left - place.right)[:_MOST_LOST]
    for place in widest if len(places) <= _PICTURES else ():
        beside = line_beside(lines, place)
        whole = place if beside is None else lines[beside].box.joined(place)
        before = lines
        lines = with_lost(lines, beside, without_noise(_lost(picture, _wider(whole, picture))))
        if beside is not None and lines == before:
            ended = with_open_end(lines[beside], place)
            lines = (*lines[:beside], ended, *lines[beside + 1 :])
    return lines


def _lost(picture: Picture, box: Box) -> Iterator[Line]:
    """A place as it is, and, unless that is read well, the darkest of it only: stamps are lighter than letters."""
    small, large = _SIZES
    two_inks = ((small, False), (small, True), (large, True))
    for size, darkest in two_inks if _has_lighter(_part(picture, box)) else ((small, False), (large, False)):
        if words := _read(picture, box, size, darkest=darkest):
            yield (line := Line(words))
            if line.confidence >= _READ_WELL:
                return


def without_paler(part: Picture) -> Picture:
    """A part with all that is clearly lighter than its letters made paper."""
    return np.where(part < _lightest(part[part < _INK]), part, np.uint8(255))


def _has_lighter(part: Picture) -> bool:
    """Whether there is other ink than the letters': their own edges are lighter too, but no two points wide."""
    inked = part < _INK
    letters = (part < _lightest(part[inked])).astype(np.uint8)
    lighter = inked & (cv2.dilate(letters, np.ones((5, 5), np.uint8)) == 0)
    return int(lighter.sum()) > _SOME_LIGHTER * int(letters.sum())


def _lightest(inked: Picture) -> float:
    """Up to which grey it is a letter's ink, given a part's inked points; a page's letters are its darkest."""
    dark = float(np.percentile(inked, 10)) if inked.size else 0.0
    return dark + _AS_DARK * (255 - dark)


def _uncovered(page: Page, picture: Picture) -> list[Box]:
    """Rows of letters, as high as the page's own, in which no word was read. Looked for at half size."""
    if not page.lines:
        return []
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < _lightest(small[small < _INK])).astype(np.uint8)
    high = page.word_height / 2
    _take_out_large(ink, high)
    for word in (word for line in page.lines for word in line.words if word.box.height < 2 * _LARGE * high):
        box = _wider(word.box, picture)
        ink[box.top // 2 : box.bottom // 2 + 1, (word.box.left - 8) // 2 : (word.box.right + 8) // 2 + 1] = 0
    rows = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, max(3, round(1.2 * high))), np.uint8))
    shapes, facts = shapes_of(rows)
    found = []
    for n, (left, top, width, height, _) in enumerate(facts[1:], 1):
        part = ink[top : top + height, left : left + width]
        if not (height > 0.6 * high and width > 2.5 * high):
            continue
        if height < _TALL * high:
            places = [(left, left + width, *_densest(part, top, round(1.5 * high)))]
        else:
            own = part * (shapes[top : top + height, left : left + width] == n)
            places = [(left + a, left + b, top + c, d) for a, b, c, d in _rows_in(own, high)]
        found += [
            Box(2 * int(begin), 2 * int(at), 2 * int(end), 2 * int(at + deep))
            for begin, end, at, deep in places
            if 0.08 < float(ink[at : at + deep, begin:end].mean()) < 0.6
        ]
    return found


def _rows_in(ink: Picture, high: float) -> Iterator[tuple[int, int, int, int]]:
    """(left, right, top, height) of the rows of letters in what a stamp's frame joins."""
    deep = cv2.blur(ink.sum(axis=1, dtype=np.float32), (1, 3)).ravel()
    inked = np.concatenate([[False], deep > _BETWEEN * np.percentile(deep, 95), [False]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(inked))
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        across = np.flatnonzero(ink[top:bottom].any(axis=0))
        if 0.4 * high < bottom - top < 2 * high and across[-1] - across[0] > _WIDE * high:
            yield int(across[0]), int(across[-1]) + 1, int(top), int(bottom - top)


def _densest(ink: Picture, top: int, height: int) -> tuple[int, int]:
    """Where in a row the letters stand, if a piece of a stamp makes it higher than they are: (top, height)."""
    if len(ink) <= height:
        return top, len(ink)
    sums = np.convolve(ink.sum(axis=1), np.ones(height), "valid")
    return top + int(sums.argmax()), height


def _take_out_large(ink: Picture, high: float) -> None:
    """Without stamps, signatures and rules, which would join the rows of letters that they touch."""
    shapes, facts = shapes_of(ink)
    large = (facts[:, cv2.CC_STAT_HEIGHT] > _LARGE * high) | (facts[:, cv2.CC_STAT_WIDTH] > 2 * _LARGE * high)
    large[0] = False  # the paper
    ink[large[shapes]] = 0
