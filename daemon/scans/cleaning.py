"""A page made fit for reading: one size, even white paper, straight, upright; and whether anything stands on it."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.scans.colours import brightest, darkest
from daemon.scans.direction import ink_to_look_at, rotated, skew, uprightness
from daemon.scans.faint import is_of_one_ink, strengthened_where_faint
from daemon.scans.loading import A4_LONG_INCHES, DPI, Picture
from daemon.scans.paper import straightened
from daemon.scans.shapes import Labels, shapes_of

_INK = 150
"""On even paper, what is darker is ink."""
_PAPER, _FAINT_INK, _FAINT_PAPER = 243.0, 160.0, 250.0
"""What is lighter is paper; but where most ink is lighter than the second, its palest parts are hardly darker."""
_DUSTY = 60
"""So many specks away from all print are dust; fewer may be the dots of a rare layout."""
_CROWD, _WORD = 5, (24, 7)
"""Dust lies everywhere alike. So many specks at least, and so many times as many as elsewhere, in a word's place (its
width and height in fours of pixels) are print that fell apart."""
_FAINT = 0.4
"""Where that holds for this share of the specks the print is faint, and none of them is taken for dust."""
_STRIP = 40
"""A strip's width in fours of pixels, in which it is seen whether lines run across it."""
_LONG_DOWN, _LONG_ACROSS = 128, 220
"""Pixels from which on a straight line is no letter's."""
_SLANT, _LONG_STREAK = 0.7, 500
"""From this angle on (degrees) a page's own lines are no longer straight along the glass for so many pixels."""
_STREAK_INK, _THIN, _STEP = 190, 8, 8
"""Darker than this is a line's ink; so wide at most, in twos of pixels, is a streak; in such steps it is looked for."""
_LEVEL = 0.13
"""Up to so many degrees a page is as level as it needs to be: turning it blurs its letters."""
_TELLS = 0.15
"""Of the pages whose print stands less clearly than this (see :func:`uprightness`), one in four is upside-down."""
_BLACK_LINE = 50
"""Through a line that is darker no print can be seen."""


def to_size(picture: Picture, dpi: float) -> Picture:
    """The page at about 200 dpi, taken for A4 where its file says nothing credible."""
    long = max(picture.shape[:2])
    credible = dpi if dpi and 0.55 < long / dpi / A4_LONG_INCHES < 1.3 else long / A4_LONG_INCHES
    factor = DPI / credible
    if 0.88 < factor < 1.12:
        return picture
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def grey_of(picture: Picture, *, keep_colour: bool = False) -> Picture:
    """Grey in which coloured ink (stamps, pens) is fainter than black print; ``keep_colour`` for coloured print."""
    if picture.ndim == 2:
        return picture
    if keep_colour:
        return darkest(picture)
    luminance = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.addWeighted(brightest(picture), 0.7, luminance, 0.3, 0))


def evened(grey: Picture) -> Picture:
    """Paper white everywhere, ink dark."""
    even = _flattened(grey)
    strengthened = strengthened_where_faint(even, graininess(even))
    return _stretched(even) if strengthened is None else strengthened


def _flattened(grey: Picture) -> Picture:
    """The page divided by its own background (closing, then a median)."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8)), 21)
    ground = cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(ground, 12), scale=255), np.uint8)


def _stretched(even: Picture) -> Picture:
    """Ink to black and paper to white, where print is faint; never so far that an empty page shows its grain."""
    few = even[::3, ::3]
    ink = few[few < np.median(few) - 30]
    dark = float(np.percentile(ink, 30)) if ink.size > 0.001 * few.size else 60.0
    light = _FAINT_PAPER if dark > _FAINT_INK else _PAPER
    dark = min(dark, 150.0)
    table = (np.arange(256, dtype=np.float32) - dark * 0.85) * (255.0 / (light - dark * 0.85))
    return np.asarray(cv2.LUT(even, table.clip(0, 255).astype(np.uint8)), np.uint8)


def quieter(even: Picture) -> Picture:
    """Without the grain of copiers and dark photographs, when there is much of it."""
    noise = graininess(even)
    if noise < 5.0:
        return even
    if noise < 14.0:
        return np.asarray(cv2.GaussianBlur(even, (3, 3), 0.7), np.uint8)
    return np.asarray(cv2.GaussianBlur(cv2.medianBlur(even, 3), (3, 3), 0.6), np.uint8)


def graininess(even: Picture) -> float:
    """Standard deviation of the paper's fine structure."""
    fine = np.ascontiguousarray(even[1::2, 1::2])
    if min(fine.shape) < 2:
        return 0.0
    here, beside = fine[:, 1:], fine[:, :-1]
    paper = cv2.min(here, beside) > 200
    paper &= cv2.add(here, beside, dtype=cv2.CV_16U) < 509
    return float(cv2.absdiff(here, beside)[paper].mean()) if paper.mean() > 0.02 else 0.0


def without_rim(even: Picture) -> Picture:
    """Dark edges (a copier's lid, a book's fold) painted white: dark shapes that touch the rim and are no letters."""
    height, width = even.shape
    small = cv2.resize(even, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    labels, facts = shapes_of((small < 110).astype(np.uint8))
    h, w = small.shape
    left, top, wide, high = (facts[:, n] for n in range(4))
    touches = (left <= 1) | (top <= 1) | (left + wide >= w - 1) | (top + high >= h - 1)
    rim = np.flatnonzero(touches & (np.maximum(wide, high) > 25))
    rim = rim[rim > 0]
    if not len(rim):
        return even
    mask = cv2.dilate(np.isin(labels, rim).astype(np.uint8), np.ones((5, 5), np.uint8))
    full = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    even = even.copy()
    even[full > 0] = 255
    return even


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The connected dark shapes of a page: (left, top, width, height, area) each."""

    labels: Labels
    facts: NDArray[np.int32]

    @property
    def are_letters(self) -> NDArray[np.bool_]:
        """Dust is smaller, a fold or a rule longer."""
        width, height, area = self.facts[:, 2], self.facts[:, 3], self.facts[:, 4]
        return (height >= 8) & (height <= 90) & (width >= 2) & (width <= 160) & (area >= 18)


def _shapes(even: Picture) -> _Shapes:
    ink = cv2.threshold(even, _INK - 1, 1, cv2.THRESH_BINARY_INV)[1]
    labels, facts = shapes_of(ink)
    facts[0] = 0  # the paper
    return _Shapes(labels, facts)


def without_dust(even: Picture) -> Picture | None:
    """Specks far from any letter painted white, where there are many; ``None`` when no print stands on the page."""
    shapes = _shapes(even)
    letters = shapes.are_letters
    if int(letters.sum()) < 12:
        return None
    small = ~letters & (shapes.facts[:, 4] > 0) & (np.maximum(shapes.facts[:, 2], shapes.facts[:, 3]) < 9)
    if int(small.sum()) < _DUSTY:
        return even
    near = _around_letters(shapes.facts[letters], even.shape)
    middle_x = shapes.facts[:, 0] + shapes.facts[:, 2] // 2
    middle_y = shapes.facts[:, 1] + shapes.facts[:, 3] // 2
    apart = small & (near[middle_y // 4, middle_x // 4] == 0)
    crowded = apart & _are_crowded(middle_x, middle_y, apart, even.shape)
    dust = apart & ~crowded
    if int(dust.sum()) < _DUSTY or int(crowded.sum()) > _FAINT * int(apart.sum()):
        return even
    mask = cv2.dilate(dust[shapes.labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.where(mask > 0, np.uint8(255), even)


def _are_crowded(
    x: NDArray[np.int32], y: NDArray[np.int32], specks: NDArray[np.bool_], shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Which shapes stand among far more specks than there are on the page at large: those of a faint word."""
    few = np.zeros((shape[0] // 4 + 1, shape[1] // 4 + 1), np.float32)
    np.add.at(few, (y[specks] // 4, x[specks] // 4), 1)
    across, down = (
        cv2.boxFilter(few, -1, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
        for size in (_WORD, _WORD[::-1])
    )
    around = cv2.max(across, down)
    return np.asarray(around[y // 4, x // 4] >= max(_CROWD, _CROWD * float(np.median(around))))


def _around_letters(letters: NDArray[np.int32], shape: tuple[int, ...]) -> Picture:
    """Where dots, commas and accents may stand: beside a letter that has company. At a quarter of the size."""
    near = np.zeros((shape[0] // 4 + 1, shape[1] // 4 + 1), np.uint8)
    for left, top, width, height, _ in letters:
        cv2.rectangle(
            near, (int(left) // 4, int(top) // 4), (int(left + width) // 4, int(top + height) // 4), 255, -1
        )
    words, across = _words_of(near)
    labels, facts = shapes_of(words)
    alone = (facts[:, 2] < 12) & (facts[:, 3] < 12)
    alone[0] = False  # the paper
    words[alone[labels]] = 0
    return np.asarray(cv2.dilate(words, np.ones((5, 9) if across else (9, 5), np.uint8)), np.uint8)


def _words_of(letters: Picture) -> tuple[Picture, bool]:
    """Letters joined to words, and whether these run across the page or, on one that lies on its side, down."""
    across = _row_edges(letters) >= _row_edges(np.ascontiguousarray(letters.T))
    shape = (3, 17) if across else (17, 3)
    return np.asarray(cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones(shape, np.uint8))), across


def _row_edges(letters: Picture) -> float:
    """How sharply rows of letters stand apart, in strips so narrow that a slant does not blur them: between lines
    there is nothing, between columns of letters there is always something, however wide the letters stand."""
    height, width = letters.shape
    strips = cv2.resize(letters, (max(1, width // _STRIP), height), interpolation=cv2.INTER_AREA)
    return float(np.square(np.diff(strips.astype(np.float32), axis=0)).sum())


# --- direction ----------------------------------------------------------------------------------------------


def upright(even: Picture) -> tuple[Picture, bool]:
    """The page with its lines level and, as far as their shape tells, the right way up; and whether that was told."""
    return next(standings(even))


def standings(even: Picture) -> Iterator[tuple[Picture, bool]]:
    """The page as it most likely stands, then a quarter turned from that: dust blurs the difference between lines of
    print and columns of letters, so where nothing can be read the other way is worth a look."""
    ink = ink_to_look_at(even)
    level, level_score = skew(ink)
    steep, steep_score = skew(np.ascontiguousarray(np.rot90(ink)))
    ways = [(0, level), (1, steep)]
    for quarters, angle in reversed(ways) if steep_score > 1.25 * level_score else ways:
        yield _stood(np.ascontiguousarray(np.rot90(even, quarters)), angle)


def _stood(page: Picture, angle: float) -> tuple[Picture, bool]:
    if abs(angle) > _SLANT:
        page = _without_streaks(page, at_rim=False)
    page = rotated(page, angle) if abs(angle) > _LEVEL else page
    standing = uprightness(ink_to_look_at(page))
    if standing < -0.1:
        page = np.ascontiguousarray(np.rot90(page, 2))
    return page, abs(standing) > _TELLS


def _without_streaks(page: Picture, *, at_rim: bool) -> Picture:
    """A page without what runs straight along the scanner's glass, or what of that reaches the page's rim."""
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < _STREAK_INK).astype(np.uint8)
    if not (_runs_far(ink) or _runs_far(np.ascontiguousarray(ink.T))):
        return page
    down, across = (
        np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
        for shape in ((_LONG_STREAK // 2, 1), (1, _LONG_STREAK // 2))
    )
    if at_rim:
        down, across = _thin_at_rim(down), np.ascontiguousarray(_thin_at_rim(across.T).T)
    page = _without_lines(page, down, _LONG_DOWN)
    return np.ascontiguousarray(_without_lines(page.T, across.T, _LONG_DOWN).T)


def _runs_far(ink: Picture) -> bool:
    """Whether anything may run straight down as far as a streak: the long openings cost twelve times this look."""
    pieces = cv2.erode(ink, np.ones((2 * _STEP, 1), np.uint8))[::_STEP]
    return bool(cv2.erode(pieces, np.ones((_LONG_STREAK // 2 // _STEP - 3, 1), np.uint8)).any())


def _thin_at_rim(lines: Picture) -> Picture:
    """Of lines down a page, given at half size, the thin ones that begin or end at its rim."""
    labels, facts = shapes_of(np.ascontiguousarray(lines))
    ends = (facts[:, 1] <= 2) | (facts[:, 1] + facts[:, 3] >= len(lines) - 2)
    kept = ends & (facts[:, 2] <= _THIN)
    kept[0] = False  # the paper
    return kept[labels].astype(np.uint8)


def without_rules(page: Picture) -> Picture:
    """Table rules and the scanner's streaks taken out: straight lines far longer than a letter is high."""
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < _STREAK_INK).astype(np.uint8)
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_LONG_DOWN // 2, 1), np.uint8))
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _LONG_ACROSS // 2), np.uint8))
    page = _without_lines(page, np.asarray(down), _LONG_DOWN)
    return np.ascontiguousarray(_without_lines(page.T, np.asarray(across).T, _LONG_ACROSS).T)


def _without_lines(page: Picture, lines: Picture, length: int) -> Picture:
    """The page without those lines (given at half size) that run down it. A line is as bright as the brightest along a
    piece of it: print shows through dirt on the glass, which is divided out; where the line is as black as print, what
    stands on both sides of it is joined (a closing across it)."""
    if not lines.any():
        return page
    wider = cv2.dilate(lines, np.ones((1, 3), np.uint8))
    mask = cv2.resize(wider, page.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    beside = mask.any(axis=0)
    part = np.ascontiguousarray(page[:, beside])
    smooth = cv2.blur(part, (1, 9))
    line = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((length, 1), np.uint8))
    black = cv2.erode(line, np.ones((1, 9), np.uint8)) < _BLACK_LINE
    through = cv2.divide(part, line, scale=255)
    through[through > _INK] = 255
    if black.any():
        joined = cv2.morphologyEx(page, cv2.MORPH_CLOSE, np.ones((1, 11), np.uint8))[:, beside]
        through = np.where(black, joined, through)
    page = page.copy()
    page[:, beside] = np.where(mask[:, beside], through, part)
    return page


def cleaned(picture: Picture, dpi: float, *, keep_colour: bool = False) -> Picture:
    """The whole treatment up to an even page of one size; it is not yet turned."""
    even = quieter(evened(_grey_sheet(picture, dpi, keep_colour=keep_colour)))
    bare = _without_streaks(even, at_rim=True)  # else print that a streak crosses would go with the rim
    return without_rim(bare)


def _grey_sheet(picture: Picture, dpi: float, *, keep_colour: bool) -> Picture:
    sheet = straightened(picture)
    source = to_size(picture if sheet is None else sheet, dpi if sheet is None else 0.0)
    return grey_of(source, keep_colour=keep_colour)


def has_one_ink(picture: Picture, dpi: float) -> bool:
    """Whether all ink on the page, coloured too, is about as strong."""
    even = _flattened(_grey_sheet(picture, dpi, keep_colour=True))
    return is_of_one_ink(even, graininess(even))


def larger(page: Picture) -> Picture:
    """Half as large again: small or broken letters are read better, at twice the time."""
    return np.asarray(cv2.resize(page, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC), np.uint8)
