"""Where a printed form lies on a page: by its code, by the squares in its corners, and then by its tick boxes.

The code alone leads near the far corners; a page may lack code or a corner. Thirty boxes in known places tell whether
it is our form at all and lay it straight to a fraction of a millimetre, creased paper included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
import zxingcpp

from daemon.domain.petitions import form as plan
from daemon.scans.loading import Picture
from daemon.scans.shapes import shapes_of

_INK = 140
_SIZE = (round(plan.WIDTH * plan.PIXELS), round(plan.HEIGHT * plan.PIXELS))
_FOUND = 0.42
"""Likeness from which a box's rim is taken as found."""
_REACHES = (3.4, 2.2, 1.2)
"""Millimetres around its place in which a box is looked for; half the rows' distance leads to the wrong row."""
_SURE = 0.6
"""So many of the boxes must be found on a page that shows no code."""
_MOST_SQUARES = 8
"""Four marks and a few boxes filled in; a page with more of them has a pattern on it."""
_AROUND, _CLEAR = 0.5, 0.25
"""A mark stands free: so far around it, in sides of its own, less than this share is dark. The squares in the corners
of a QR code have a frame there."""
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Laid:
    """The form seen from straight above. ``boxes`` are the tick boxes' true places, left and top in pixels; ``share``
    of them were found (0–1)."""

    flat: Picture
    boxes: tuple[tuple[float, float], ...]
    share: float


def lay(page: Picture, code: zxingcpp.Barcode | None) -> Laid | None:
    """By the code where it is seen; by the marks alone where that finds too few boxes, or there is no code."""
    by_code = _lay_by_code(page, code) if code is not None else None
    if by_code is not None and by_code.share >= _SURE:
        return by_code
    return _lay_by_marks(page) or by_code


def _lay_by_code(page: Picture, code: zxingcpp.Barcode) -> Laid:
    """The form the right way up, by its code first, then by the marks in its corners and the boxes."""
    left, top, side = plan.QR
    planned = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    corners = code.position
    seen = [
        (float(p.x), float(p.y))
        for p in (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    ]
    to_page = _turn(planned, seen)
    for reach in (14.0, 7.0):  # the code alone leads near the far marks; with them, close to all
        near = [(place, _mark_near(page, to_page, place, reach)) for place in plan.MARKS]
        found = [(place, at) for place, at in near if at is not None]
        if len(found) >= 3:
            to_page = _turn(
                [*planned, *(_middle(place) for place, _ in found)], [*seen, *(at for _, at in found)]
            )
    return _by_boxes(page, to_page)


def _lay_by_marks(page: Picture) -> Laid | None:
    """A form whose code cannot be read: three or four black squares, and the boxes where they should then be."""
    squares = _squares(page)
    best: Laid | None = None
    for to_page in _ways_to_lie(squares):
        if not 0.7 < _scale(to_page) * plan.HEIGHT / max(page.shape) < 1.15:
            continue
        if _boxes_seen(_straight(page, to_page), _REACHES[0])[2] < _SURE / 2:
            continue
        laid = _by_boxes(page, to_page)
        if best is None or laid.share > best.share:
            best = laid
    return best if best is not None and best.share >= _SURE else None


# --- by the boxes -------------------------------------------------------------------------------------------


def _by_boxes(page: Picture, to_page: Picture) -> Laid:
    """Laid straight anew by the boxes that were found, each time looking closer around."""
    flat = _straight(page, to_page)
    for reach in _REACHES[:-1]:
        places, likeness, share = _boxes_seen(flat, reach)
        if share < _SURE / 2:
            break
        planned = [plan.tick_place(n) for n in range(plan.MOST_SUBJECTS)]
        good = [n for n, like in enumerate(likeness) if like >= _FOUND]
        # on the page, where the boxes were seen; the marks hold the sheet's far ends
        ends = [_middle(place) for place in plan.MARKS]
        corners = [tuple(point) for point in _on_page(ends, to_page)]
        seen = _on_page([(places[n][0] / plan.PIXELS, places[n][1] / plan.PIXELS) for n in good], to_page)
        again: Picture | None = cv2.findHomography(
            np.array([*(planned[n] for n in good), *ends], np.float64),
            np.array([*map(tuple, seen), *corners], np.float64),
            cv2.RANSAC,
            0.8 * _scale(to_page),
        )[0]
        if again is None:
            break
        to_page = np.asarray(again)
        flat = _straight(page, to_page)
    places, likeness, share = _boxes_seen(flat, _REACHES[-1])
    return Laid(flat, _smoothed(places, likeness), share)


def _boxes_seen(flat: Picture, reach: float) -> tuple[list[tuple[float, float]], list[float], float]:
    """Where each box's rim is most likely (pixels), how likely, and the share of those that were found."""
    dark = 255 - flat
    side, edge, margin = round(plan.TICK * plan.PIXELS), 3, 5
    rim = np.zeros((side + 2 * margin, side + 2 * margin), np.uint8)
    cv2.rectangle(rim, (margin, margin), (margin + side, margin + side), 255, edge)
    rim = np.asarray(cv2.GaussianBlur(rim, (0, 0), 1.0), np.uint8)
    places, likeness = [], []
    around = round(reach * plan.PIXELS)
    for n in range(plan.MOST_SUBJECTS):
        left, top = (round(v * plan.PIXELS) - margin for v in plan.tick_place(n))
        window = dark[
            top - around : top + rim.shape[0] + around, left - around : left + rim.shape[1] + around
        ]
        alike = cv2.matchTemplate(np.ascontiguousarray(window), rim, cv2.TM_CCOEFF_NORMED)
        _, best, _, at = cv2.minMaxLoc(alike)
        places.append((float(left - around + at[0] + margin), float(top - around + at[1] + margin)))
        likeness.append(float(best) if np.isfinite(best) else 0.0)
    return places, likeness, sum(like >= _FOUND for like in likeness) / len(likeness)


def _smoothed(
    places: Sequence[tuple[float, float]], likeness: Sequence[float]
) -> tuple[tuple[float, float], ...]:
    """A box whose rim is hidden stands as far off its place as its nearest neighbours do."""
    planned = np.array([plan.tick_place(n) for n in range(plan.MOST_SUBJECTS)]) * plan.PIXELS
    off = np.array(places) - planned
    good = np.array(likeness) >= _FOUND
    if not good.any():
        return tuple((float(x), float(y)) for x, y in planned)
    usual = np.median(off[good], axis=0)
    made = []
    for n, place in enumerate(planned):
        away = np.abs(planned[good] - place).sum(axis=1)
        near = np.median(off[good][np.argsort(away)[:5]], axis=0)
        trusted = good[n] and np.abs(off[n] - near).max() < 0.6 * plan.PIXELS
        x, y = place + (off[n] if trusted else near if np.isfinite(near).all() else usual)
        made.append((float(x), float(y)))
    return tuple(made)


# --- by the marks -------------------------------------------------------------------------------------------


def _squares(page: Picture) -> list[tuple[float, float]]:
    """The middles of what may be marks: solid black, as large as on A4 that fills the page, or a little smaller."""
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < _INK).astype(np.uint8)
    side = plan.MARK / plan.HEIGHT * max(small.shape)
    found = [(2.0 * x, 2.0 * y) for x, y in _free_squares(ink, side, solid=0.72)]
    return found if len(found) <= _MOST_SQUARES else []


def _free_squares(ink: Picture, side: float, *, solid: float) -> Iterator[tuple[float, float]]:
    """The middles of shapes about ``side`` pixels wide and high, at least ``solid`` (0–1) of them ink, that touch
    nothing and have no frame around them. ``ink`` is 1 where there is any."""
    _, facts = shapes_of(ink)
    wide, high, area = (facts[:, n] for n in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    large, small = np.maximum(wide, high), np.minimum(wide, high)
    alike = (small > 0.6 * side) & (large < 1.5 * side) & (area > solid * wide * high)
    alike[0] = False  # the paper
    for left, top, w, h, inked in facts[alike]:
        far = round(_AROUND * max(w, h))
        around = ink[max(0, top - far) : top + h + far, max(0, left - far) : left + w + far]
        if int(around.sum()) - inked < _CLEAR * (around.size - inked):
            yield float(left + w / 2), float(top + h / 2)


def _ways_to_lie(squares: Sequence[tuple[float, float]]) -> Iterator[Picture]:
    """From the plan to the page, for each way in which the squares may be the marks."""
    ends = [_middle(place) for place in plan.MARKS]
    for four in combinations(squares, 4):
        ring = _around_their_middle(four)
        if _is_sheet(ring):
            for turn in range(4):
                yield _turn(ends, [*ring[turn:], *ring[:turn]])
    for three in combinations(squares, 3):
        ring = _around_their_middle(three)
        for lacking in range(4):
            kept = [end for n, end in enumerate(ends) if n != lacking]
            for turn in range(3):
                seen = [*ring[turn:], *ring[:turn]]
                matrix = cv2.getAffineTransform(np.array(kept, np.float32), np.array(seen, np.float32))
                across, down = (float(np.linalg.norm(matrix[:, n])) for n in (0, 1))
                if (
                    0.85 < across / max(down, 1e-6) < 1.18
                    and abs(matrix[:, 0] @ matrix[:, 1]) < 0.15 * across * down
                ):
                    yield np.vstack([matrix, [0.0, 0.0, 1.0]])


def _around_their_middle(points: Points) -> list[tuple[float, float]]:
    """Clockwise."""
    x, y = np.mean(points, axis=0)
    return sorted(points, key=lambda point: float(np.arctan2(point[1] - y, point[0] - x)))


def _is_sheet(ring: Points) -> bool:
    """Whether four points stand as A4's marks do: opposite sides much alike, one pair longer."""
    sides = [
        float(np.hypot(a[0] - b[0], a[1] - b[1])) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
    one, other = sides[0] + sides[2], sides[1] + sides[3]
    alike = all(0.75 < sides[n] / max(sides[n + 2], 1.0) < 1.33 for n in (0, 1))
    return alike and 1.2 < max(one, other) / max(min(one, other), 1.0) < 1.9


def _mark_near(
    page: Picture, to_page: Picture, place: tuple[float, float], reach: float
) -> tuple[float, float] | None:
    """The middle of the black square that should be at ``place`` (millimetres), looked for ``reach`` around it."""
    middle = _on_page([_middle(place)], to_page)[0]
    scale = _scale(to_page, _middle(place))
    half = int(reach * scale)
    left, top = max(0, int(middle[0]) - half), max(0, int(middle[1]) - half)
    window = page[top : max(0, int(middle[1]) + half), left : max(0, int(middle[0]) + half)]
    if not window.size:
        return None
    ink = (window < _INK).astype(np.uint8)
    seen = [(left + x, top + y) for x, y in _free_squares(ink, plan.MARK * scale, solid=0.6)]
    return min(seen, key=lambda at: float(np.hypot(at[0] - middle[0], at[1] - middle[1])), default=None)


# --- between plan and page ----------------------------------------------------------------------------------


def _middle(mark: tuple[float, float]) -> tuple[float, float]:
    return mark[0] + plan.MARK / 2, mark[1] + plan.MARK / 2


def _turn(planned: Points, seen: Points) -> Picture:
    matrix, _ = cv2.findHomography(np.array(planned, np.float64), np.array(seen, np.float64))
    return np.eye(3) if matrix is None else np.asarray(matrix)


def _on_page(points: Points, to_page: Picture) -> Picture:
    return np.asarray(cv2.perspectiveTransform(np.array([points], np.float64), to_page)[0])


def _scale(to_page: Picture, at: tuple[float, float] = (plan.WIDTH / 2, plan.HEIGHT / 2)) -> float:
    """Pixels of the page to the millimetre."""
    one, other = _on_page([at, (at[0] + 10, at[1])], to_page)
    return float(np.linalg.norm(other - one)) / 10


def _straight(page: Picture, to_page: Picture) -> Picture:
    scaled = to_page @ np.diag([1 / plan.PIXELS, 1 / plan.PIXELS, 1.0])
    flat = cv2.warpPerspective(
        page, scaled, _SIZE, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=(255, 255, 255)
    )
    return np.asarray(flat, np.uint8)
