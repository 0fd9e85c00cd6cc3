"""Finds the sheet of paper in a photograph and looks at it from straight above.

Candidates come from several separations of paper and table (brightness, colour, edges); the one whose sides stand out
most from what is around them wins, and none where no side does: a scan fills its frame.
"""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.scans.colours import brightest, darkest
from daemon.scans.loading import Picture

_LOOK = 480
"""Pixels of the longer side while looking."""
_LEAST_SHARE = 0.2
_LEAST_CONTRAST = 14.0
"""Grey values by which the paper's sides must differ from the table, on the whole."""
_PRINT_DARKER, _LIT = 0.25, 70
"""Print is darker than the paper around it by this share, and stands on what is lighter than this: a dark table's grain
is none."""
_RIM, _LEAST_PRINT = 31, 0.85
"""What lies no further beyond a sheet than half of the first is its own torn rim. A sheet bears the second's share of
the print; what bears less ends at a fold or a streak, amid the page."""
_LONGEST = 2_400
Corners = NDArray[Any]


def straightened(picture: Picture) -> Picture | None:
    """The sheet alone, in perspective; ``None`` when the page fills the picture or no sheet is seen."""
    scale = _LOOK / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = small if small.ndim == 3 else cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)
    small = cv2.GaussianBlur(small, (5, 5), 0)
    if _fills_frame(small):
        return None
    print_ = _print_on(small)
    found = [
        (_distinctness(small, corners) * share, corners)
        for corners in _candidates(small)
        if (share := _share_within(print_, corners)) >= _LEAST_PRINT
    ]
    if not found:
        return None
    best, corners = max(found, key=lambda pair: pair[0])
    if best < _LEAST_CONTRAST:
        return None
    return _from_above(picture, corners / scale)


def _fills_frame(small: Picture) -> bool:
    """A scan: the frame's rim is paper nearly everywhere."""
    grey = brightest(small)
    rim = np.concatenate([grey[:6].ravel(), grey[-6:].ravel(), grey[:, :6].ravel(), grey[:, -6:].ravel()])
    white = np.percentile(grey, 80)
    return bool(np.mean(rim > white - 22) > 0.93)


def _candidates(small: Picture) -> Iterator[Corners]:
    """Four-sided shapes that may be the sheet."""
    area = small.shape[0] * small.shape[1]
    for mask in _masks(small):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
        outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:2]:
            hull = cv2.convexHull(outline)
            if cv2.contourArea(hull) < _LEAST_SHARE * area:
                continue
            if (corners := _four_sided(hull)) is not None and cv2.contourArea(corners) > _LEAST_SHARE * area:
                yield corners


def _masks(small: Picture) -> Iterator[Picture]:
    """Where the paper may be."""
    light = brightest(small)
    otsu, mask = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield np.asarray(mask, np.uint8)
    for factor in (0.72, 0.86, 1.14):
        yield np.asarray((light > otsu * factor) * 255, np.uint8)
    spread = cv2.subtract(light, darkest(small)).astype(np.float32)
    colour = (255 * spread / np.maximum(light, 40)).clip(0, 255).astype(np.uint8)
    yield np.asarray(cv2.threshold(colour, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1], np.uint8)
    edges = cv2.dilate(cv2.Canny(light, 25, 70), np.ones((3, 3), np.uint8))
    flood = np.zeros((edges.shape[0] + 2, edges.shape[1] + 2), np.uint8)
    inside = 255 - edges
    middle = _open_middle(inside)
    if middle is not None:
        cv2.floodFill(inside, flood, middle, 128)
        yield np.asarray((inside == 128) * 255, np.uint8)


def _open_middle(inside: Picture) -> tuple[int, int] | None:
    """A point near the middle that lies on no edge."""
    height, width = inside.shape
    spots = np.argwhere(inside[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3])
    if not len(spots):
        return None
    y, x = spots[len(spots) // 2]
    return int(x) + width // 3, int(y) + height // 3


def _four_sided(hull: NDArray[Any]) -> Corners | None:
    """The hull as four corners, clockwise from the top left."""
    length = cv2.arcLength(hull, closed=True)
    for share in (0.02, 0.03, 0.045, 0.06, 0.08):
        shape = cv2.approxPolyDP(hull, share * length, closed=True)
        if len(shape) == 4:
            return _ordered(shape.reshape(4, 2).astype(np.float32))
        if len(shape) < 4:
            return None
    return None


def _ordered(corners: Corners) -> Corners:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    corners = corners[np.argsort(angles)]
    first = int(np.argmin(corners.sum(axis=1)))
    return np.roll(corners, -first, axis=0)


def _distinctness(small: Picture, corners: Corners) -> float:
    """By how much the sheet's sides are brighter than what is beyond them: the mean over the sides, where those at
    the frame's rim say nothing. Larger sheets win among equals."""
    height, width = small.shape[:2]
    grey = small.astype(np.float32)
    scores: list[float] = []
    middle = corners.mean(axis=0)
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = np.linspace(0.08, 0.92, 40)[:, None]
        points = a + (b - a) * along
        inward = middle - (a + b) / 2
        inward /= np.linalg.norm(inward) + 1e-6
        inner, outer = points + 7 * inward, points - 7 * inward
        visible = (outer >= 1).all(axis=1) & (outer[:, 0] < width - 1) & (outer[:, 1] < height - 1)
        if visible.mean() < 0.3:
            continue
        step = _at(grey, inner[visible]) - _at(grey, outer[visible])
        bright = step.mean(axis=1)
        tint = np.abs(step - bright[:, None]).sum(axis=1)
        scores.append(float(np.median(bright + tint)))
    if len(scores) < 2:
        return 0.0
    share = cv2.contourArea(corners) / (height * width)
    return float(min(float(np.mean(scores)), 3 * min(scores) + 20) * (0.7 + 0.3 * share))


def _print_on(small: Picture) -> Picture:
    """What is far darker than its near surroundings, as print is and the grain of a table is not."""
    light = brightest(small)
    ground = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return np.asarray((light < (1 - _PRINT_DARKER) * ground) & (ground > _LIT), np.uint8)


def _share_within(print_: Picture, corners: Corners) -> float:
    """How much of the print lies on the sheet (0 … 1): a shadow across a scan has sides like a sheet's, but print on
    both of them."""
    inside = cv2.fillConvexPoly(np.zeros_like(print_), corners.round().astype(np.int32), (1,))
    inside = cv2.dilate(inside, np.ones((_RIM, _RIM), np.uint8))
    return float((print_ & inside).sum() / max(1, print_.sum()))


def _at(grey: NDArray[np.float32], points: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = grey.shape[:2]
    x = points[:, 0].round().astype(int).clip(0, width - 1)
    y = points[:, 1].round().astype(int).clip(0, height - 1)
    return np.asarray(grey[y, x], np.float32)


def _from_above(picture: Picture, corners: Corners) -> Picture:
    top, right, bottom, left = (
        float(np.linalg.norm(a - b)) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    )
    width, height = max(top, bottom), max(left, right)
    shrink = min(1.0, _LONGEST / max(width, height))
    width, height = round(width * shrink), round(height * shrink)
    target = np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(
        picture, turn, (width, height), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, np.uint8)
