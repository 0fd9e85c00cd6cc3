"""Rings that a hand drew around a tick box, or around a box and its words: what is inside one cannot be reached from
outside without crossing ink. That holds for every shape of ring; a stamp's edge, a stain or a fold closes nothing."""

from collections.abc import Sequence

import cv2
import numpy as np

from daemon.domain.petitions import form as plan
from daemon.scans.loading import Picture

_GAPS = (0.0, 0.6)
"""Millimetres that are bridged: a copy breaks a pencil's line. Nothing is bridged where the ring is seen without."""
_LEFT, _RIGHT, _HIGH = 8.0, 62.0, 4.0
"""Millimetres around a box in which a ring closes, or is none: up to the rows above and below, and beyond the words."""
_NEAR, _FAR = 0.3, 0.9
"""Millimetres outside a box's edge where it is tried what can be reached."""
_REACHED = 0.05
"""So little of that may be reached from outside a ring."""
_SMOTHERED = 0.6
"""So much ink on three sides of a box is a stamp or a scribble."""
_WORDS = 10.0
"""Millimetres to the right of a box that a ring around its words encloses at least."""


def are_ringed(ink: Picture, boxes: Sequence[tuple[float, float]]) -> list[bool]:
    """Of each box, by its left and top in pixels, whether a ring closes around it. ``ink`` is 1 where there is any."""
    return [any(_is_ringed(ink, at, gap) for gap in _GAPS) for at in boxes]


def _is_ringed(ink: Picture, at: tuple[float, float], gap: float) -> bool:
    part, x, y = _surroundings(ink, at)
    if sum(float(side.mean()) > _SMOTHERED for side in _sides(part, x, y)) > 2:
        return False
    outside = _outside(_bridged(part, gap))
    left, right, above, below = (float(side.mean()) < _REACHED for side in _sides(outside, x, y))
    return left and right and ((above and below) or _encloses_words(outside, x, y))


def _surroundings(ink: Picture, at: tuple[float, float]) -> tuple[Picture, int, int]:
    """The box with what is around it, and its left and top there."""
    x, y, mm = round(at[0]), round(at[1]), plan.PIXELS
    left, top = max(0, x - round(_LEFT * mm)), max(0, y - round(_HIGH * mm))
    bottom = y + round((plan.TICK + _HIGH) * mm)
    return ink[top:bottom, left : x + round(_RIGHT * mm)], x - left, y - top


def _sides(part: Picture, x: int, y: int) -> tuple[Picture, Picture, Picture, Picture]:
    """Strips left, right, above and below a box, half as long as its side: a ring may cross the corners."""
    near, far = round(_NEAR * plan.PIXELS), round(_FAR * plan.PIXELS)
    side = round(plan.TICK * plan.PIXELS)
    middle = slice(side // 4, side - side // 4)
    across, down = slice(x + middle.start, x + middle.stop), slice(y + middle.start, y + middle.stop)
    return (
        part[down, x - far : x - near],
        part[down, x + side + near : x + side + far],
        part[y - far : y - near, across],
        part[y + side + near : y + side + far, across],
    )


def _bridged(ink: Picture, gap: float) -> Picture:
    if not gap:
        return ink
    wide = round(gap * plan.PIXELS)
    dot = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide, wide))
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, dot), np.uint8)


def _outside(ink: Picture) -> Picture:
    """1 where paper is connected with the picture's edge."""
    _, pieces = cv2.connectedComponents(1 - ink, connectivity=4, ltype=cv2.CV_16U)
    edge = np.concatenate([pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]])
    outer = np.zeros(int(pieces.max()) + 1, np.uint8)
    outer[edge] = 1
    outer[0] = 0  # ink
    return np.asarray(outer[pieces], np.uint8)


def _encloses_words(outside: Picture, x: int, y: int) -> bool:
    """Whether the line in which the words stand is shut off for a good way."""
    side, mm = round(plan.TICK * plan.PIXELS), plan.PIXELS
    words = outside[y + side // 2 - mm : y + side // 2 + mm, x + side + round(_NEAR * mm) :]
    return not words[:, : round(_WORDS * mm)].any()
