"""What ink is in and around each tick box of a form laid straight, measured against its empty boxes and its print.

What no pen does (folds, streaks, dust) is taken out first. :mod:`.form_ticks` decides what the ink means.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.domain.petitions import form as plan
from daemon.domain.petitions.petition import Box
from daemon.scans.form_place import Laid
from daemon.scans.form_rings import are_ringed
from daemon.scans.loading import Picture
from daemon.scans.shapes import Labels, shapes_of

_PAPER, _BLACK = 225.0, 90.0
"""Lighter than the first is paper; from the second on ink is as dark as it counts."""
_FAINTEST = 0.3
"""A form's print is taken to be so dark (0–1) at least, when ink is measured by it."""
_SHAPE = 0.15
"""So dark are points that belong together."""
_SPECK, _LARGEST, _SHEET = 1.4, 14.0, 80.0
"""Millimetres: a smaller shape is dust, a shape that is larger is a stamp's, a stain's or a fold's and no tick; beyond
the last it is the sheet's own edge."""
_STAMPED = 0.5
"""As dark as this, in the print's darkness, is a stamp; tea is paler."""
_RIM, _CORE = 0.75, 1.3
"""Millimetres inside a box up to which its printed rim may reach, and a ring that cuts its corners."""
_CORNER = 0.01
"""Share of a box that a shape's outermost corner may cover without counting."""
Darkness = NDArray[np.float32]
"""0 paper … 1 ink."""


@dataclass(frozen=True, slots=True)
class BoxInk:
    """Shares of ink, 1 where all is as dark as the form's print; what an empty box of the page has is taken off.

    ``rim`` is how dark the box's own print is: nothing, where the picture ends before it. ``inside`` is away from the
    rim, ``core`` in the very middle. Just outside are ``left``, ``around`` (on three of the four sides at least) and
    ``beside`` (at half the height, left and right). ``darkest`` are the inside's darkest points. ``pieces`` are the
    separate shapes inside, and ``dots`` the specks, which count nowhere else but in ``around``. ``of_large``: most of
    the ink is of a shape that goes far beyond the box.
    """

    rim: float = 1.0
    inside: float = 0.0
    core: float = 0.0
    left: float = 0.0
    around: float = 0.0
    beside: float = 0.0
    darkest: float = 0.0
    pieces: int = 0
    dots: int = 0
    of_large: bool = False
    in_stamp: bool = False
    ringed: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """``raw`` has the specks, ``dark`` has not; ``black`` is how dark the print is; sizes of shapes are in pixels."""

    raw: Darkness
    dark: Darkness
    shapes: Labels
    size: NDArray[np.int32]
    black: float
    stamps: tuple[Box, ...]


def measure(laid: Laid, bare: Picture) -> tuple[list[BoxInk], float]:
    """Of every box, and how much empty ones differ inside. ``bare`` is the form without folds and streaks."""
    page = _inked(bare, laid)
    # the flat form, not the bare one: a long ring runs straight for a stretch, and that would pass for a fold
    palest = _PAPER - _SHAPE * page.black * (_PAPER - _BLACK)
    ringed = are_ringed((_smooth(laid.flat) < palest).astype(np.uint8), laid.boxes)
    shares = np.array([_shares(page, at) for at in laid.boxes]) / page.black
    shares -= np.median(shares, axis=0)
    quiet = shares[:, 0][shares[:, 0] <= np.quantile(shares[:, 0], 0.75)]
    seen = [
        _box_ink(page, at, each, ringed=ring)
        for at, each, ring in zip(laid.boxes, shares, ringed, strict=True)
    ]
    return seen, float(np.median(np.abs(quiet)))


def _inked(bare: Picture, laid: Laid) -> _Page:
    raw = _darkness(bare)
    black = _darkness_of_print(raw, laid)
    shapes, facts = shapes_of((raw > _SHAPE * black).astype(np.uint8))
    size = np.maximum(facts[:, cv2.CC_STAT_WIDTH], facts[:, cv2.CC_STAT_HEIGHT])
    specks = size < _SPECK * plan.PIXELS
    specks[0] = False  # the paper
    dark = np.where(specks[shapes], np.float32(0), raw)
    return _Page(raw, dark, shapes, size, black, tuple(_stamps(dark, shapes, facts, _STAMPED * black)))


def _shares(page: _Page, at: tuple[float, float]) -> tuple[float, ...]:
    """Inside, core, left, beside; then left, above, below and right with specks, for a ring may be broken to such."""
    inside, core = _mean(_within(page.dark, at, _RIM)), _mean(_within(page.dark, at, _CORE))
    return inside, core, _outsides(page.dark, at)[0], _beside(page.dark, at), *_outsides(page.raw, at)


def _box_ink(page: _Page, at: tuple[float, float], shares: NDArray[np.float64], *, ringed: bool) -> BoxInk:
    inside, core, left, beside, *sides = (float(share) for share in shares)
    shapes = _within(page.shapes, at, _RIM)
    return BoxInk(
        rim=_rim(page.raw, at) / page.black,
        inside=inside,
        core=core,
        left=left,
        around=sorted(sides)[1],
        beside=beside,
        darkest=float(np.quantile(_within(page.dark, at, _RIM), 0.95)) / page.black,
        pieces=_count_pieces(shapes, page.size),
        dots=_count_specks(shapes, page.size),
        of_large=_is_of_something_large(shapes, page.size),
        in_stamp=any(_lies_in(at, stamp) for stamp in page.stamps),
        ringed=ringed,
    )


def _darkness(flat: Picture) -> Darkness:
    grey = _smooth(flat).astype(np.float32)
    return np.asarray(np.clip((_PAPER - grey) / (_PAPER - _BLACK), 0, 1), np.float32)


def _smooth(flat: Picture) -> Picture:
    return np.asarray(cv2.GaussianBlur(flat, (0, 0), 0.8), np.uint8)


def _darkness_of_print(dark: Darkness, laid: Laid) -> float:
    return float(np.clip(np.median([_rim(dark, at) for at in laid.boxes]), _FAINTEST, 1.0))


def _rim(dark: Darkness, at: tuple[float, float]) -> float:
    """It covers a fifth of its box: half of that share of the box's points is darker than this."""
    x, y, side = round(at[0]), round(at[1]), round(plan.TICK * plan.PIXELS) + 4
    part = dark[y - 4 : y + side, x - 4 : x + side]
    return float(np.quantile(part, 0.9)) if part.size else 0.0


def _within(page: NDArray[Any], at: tuple[float, float], edge: float) -> NDArray[Any]:
    """The part of a box that is ``edge`` millimetres away from its sides."""
    left, top = at
    side, edge = plan.TICK * plan.PIXELS, edge * plan.PIXELS
    return page[round(top + edge) : round(top + side - edge), round(left + edge) : round(left + side - edge)]


def _mean(part: Darkness) -> float:
    return float(part.mean()) if part.size else 0.0


def _outsides(dark: Darkness, at: tuple[float, float]) -> tuple[float, float, float, float]:
    """Left, above, below, right of a box: from half a millimetre to one and a half; on the right the words begin."""
    x, y = (round(v) for v in at)
    mm, side = plan.PIXELS, round(plan.TICK * plan.PIXELS)
    near, far = round(0.5 * mm), round(1.5 * mm)
    return (
        _mean(dark[y : y + side, x - far : x - near]),
        _mean(dark[y - far : y - near, x : x + side]),
        _mean(dark[y + side + near : y + side + far, x : x + side]),
        _mean(dark[y : y + side, x + side + near : x + side + round(1.1 * mm)]),
    )


def _beside(dark: Darkness, at: tuple[float, float]) -> float:
    """Left and right of a box's middle, whichever is less: a cross, however large, leaves by the corners."""
    x, y = (round(v) for v in at)
    mm, side = plan.PIXELS, round(plan.TICK * plan.PIXELS)
    down = slice(y + side // 4, y + side - side // 4)
    left, right = (
        dark[down, x - round(1.5 * mm) : x - mm // 2],
        dark[down, x + side + mm // 2 : x + side + mm],
    )
    return min(_mean(left), _mean(right))


def _count_specks(shapes: Labels, size: NDArray[np.int32]) -> int:
    found = np.unique(shapes)
    return int((size[found[found > 0]] < _SPECK * plan.PIXELS).sum())


def _count_pieces(shapes: Labels, size: NDArray[np.int32]) -> int:
    found, points = np.unique(shapes, return_counts=True)
    whole = (found > 0) & (size[found] >= _SPECK * plan.PIXELS) & (points > _CORNER * shapes.size)
    return int(whole.sum())


def _is_of_something_large(shapes: Labels, size: NDArray[np.int32]) -> bool:
    """Whether most of the ink belongs to a shape that goes far beyond the box."""
    largest = int(np.bincount(shapes[shapes > 0].ravel(), minlength=1).argmax())
    return bool(largest and size[largest] > _LARGEST * plan.PIXELS)


def _stamps(dark: Darkness, shapes: Labels, facts: NDArray[np.int32], darkest: float) -> list[Box]:
    """Where a dark shape is large both ways; what else stands there may be the stamp's own words."""
    wide, high = facts[:, cv2.CC_STAT_WIDTH], facts[:, cv2.CC_STAT_HEIGHT]
    sized = (np.minimum(wide, high) > _LARGEST * plan.PIXELS) & (
        np.maximum(wide, high) < _SHEET * plan.PIXELS
    )
    found = []
    for n in np.flatnonzero(sized[1:]) + 1:
        left, top, w, h, _ = (int(v) for v in facts[n])
        part = np.s_[top : top + h, left : left + w]
        if _mean(dark[part][shapes[part] == n]) > darkest:
            found.append(Box(left, top, left + w, top + h))
    return found


def _lies_in(at: tuple[float, float], box: Box) -> bool:
    x, y = (v + plan.TICK * plan.PIXELS / 2 for v in at)
    return box.left < x < box.right and box.top < y < box.bottom
