"""In which direction a page's lines run: how far they lie askew, and whether they stand on their head."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.scans.loading import Picture

_LOOK = 560
"""Pixels of the longer side while the lines' direction is looked for."""
_TURNS = tuple(float(turn) for turn in range(-16, 17))
"""Degrees by which a page may lie askew on the glass."""
_SOME_COLUMNS = 4
_Points = tuple[NDArray[np.float32], NDArray[np.float32]]


def ink_to_look_at(even: Picture) -> Picture:
    """Ink, small, without what is far longer than letters (rules, frames, folds)."""
    scale = _LOOK / max(even.shape)
    small = cv2.resize(even, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < 205).astype(np.uint8)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8))
    ink[np.asarray(across) > 0] = 0
    ink[np.asarray(down) > 0] = 0
    return np.asarray(ink * np.uint8(255), np.uint8)


def skew(ink: Picture) -> tuple[float, float]:
    """The turn (degrees, counter-clockwise) that makes the lines level, and how sharply they then stand apart.

    Points are turned instead of their picture, and to look about some of their columns do: a third of the time.
    """
    some = _points(np.ascontiguousarray(ink[:, ::_SOME_COLUMNS]), _SOME_COLUMNS)
    angle = max((_sharpness(some, turn), -abs(turn), turn) for turn in _TURNS)[2]
    points = _points(ink)
    best = _sharpness(points, angle), -abs(angle), angle
    for step in (0.5, 0.25, 0.125):
        beside = (best[2] - step, best[2] + step)
        best = max(best, *((_sharpness(points, turn), -abs(turn), turn) for turn in beside))
    return best[2], best[0]


def _points(ink: Picture, apart: int = 1) -> _Points:
    """Where there is ink, down and across, in a picture whose columns stand so far apart."""
    down, across = np.nonzero(ink)
    return down.astype(np.float32), across.astype(np.float32) * apart


def _sharpness(points: _Points, angle: float) -> float:
    """How sharply rows of points stand apart after a turn by so many degrees."""
    down, across = points
    if not down.size:
        return 0.0
    turn = math.radians(angle)
    height = math.cos(turn) * down - math.sin(turn) * across
    rows = np.bincount((height - (height.min() - 0.5)).astype(np.intp)).astype(np.float64)
    return float(np.square(np.diff(rows)).sum() / (np.square(rows).sum() + 1.0))


def _in_rows(ink: Picture) -> NDArray[np.float64]:
    """The sum of each row."""
    return cv2.reduce(ink, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel().astype(np.float64)


def rotated(page: Picture, angle: float) -> Picture:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    wide, high = round(height * sin + width * cos), round(height * cos + width * sin)
    turn[0, 2] += (wide - width) / 2
    turn[1, 2] += (high - height) / 2
    return np.asarray(
        cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255), np.uint8
    )


def uprightness(ink: Picture) -> float:
    """Positive for the right way up: Turkish print has far more above its small letters (ascenders, dots, capitals)
    than below the base line. -1 … 1."""
    rows = _in_rows(ink)
    above = below = 0.0
    for first, last in _bands(rows):
        band = rows[first:last]
        core = np.flatnonzero(band > 0.55 * np.percentile(band, 90))
        if len(core) < 2:
            continue
        above += float(band[: core[0]].sum())
        below += float(band[core[-1] + 1 :].sum())
    return (above - below) / (above + below) if above + below > 0 else 0.0


def _bands(rows: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Lines of print: rows with ink between rows without."""
    inked = rows > 0.02 * rows.max(initial=0.0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if 5 <= b - a <= 40]
