"""How people tick a box and write into a form: strokes of pens, in pixels of a page at 300 dpi (blue, green, red)."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.domain.petitions import form as plan
from tests.scans.damage import Picture

_DOTS = 300 / 25.4
Corner = NDArray[np.float64]
"""The left upper corner of a box."""


@dataclass(frozen=True)
class Pen:
    """Ink, the width of its stroke, and how well it covers (1 wholly)."""

    ink: tuple[int, int, int]
    width: int
    cover: float = 1.0


PENS = (
    Pen((45, 40, 40), 6), Pen((30, 25, 25), 9), Pen((150, 55, 35), 6), Pen((170, 80, 45), 5), Pen((120, 30, 25), 8),
    Pen((60, 50, 190), 6), Pen((95, 95, 95), 5, 0.75), Pen((125, 125, 125), 5, 0.7),
)  # fmt: skip
"""Black, broad black, three blues, red, pencil, faint pencil."""


def stroke(page: Picture, points: Sequence[tuple[float, float]], pen: Pen) -> None:
    """Through these points, in place."""
    layer = np.zeros(page.shape[:2], np.uint8)
    line = np.array(points, np.float64).round().astype(np.int32)
    cv2.polylines(layer, [line], False, 255, pen.width, cv2.LINE_AA)
    left, top = np.maximum(line.min(axis=0) - 20, 0)
    right, bottom = line.max(axis=0) + 20
    part, mask = page[top:bottom, left:right], layer[top:bottom, left:right, None] / 255 * pen.cover
    ink = np.minimum(part, np.array(pen.ink, np.float64))
    part[:] = (part * (1 - mask) + ink * mask).astype(np.uint8)


def _shaky(
    points: Sequence[tuple[float, float]], chance: random.Random, by: float = 2.5
) -> list[tuple[float, float]]:
    """The same way, by a hand."""
    way: list[tuple[float, float]] = []
    for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
        for n in range(6):
            share = n / 6
            way.append(
                (
                    x + (to_x - x) * share + chance.gauss(0, by / 2),
                    y + (to_y - y) * share + chance.gauss(0, by / 2),
                )
            )
    return [*way, points[-1]]


def _in_box(
    corner: Corner, side: float, shares: Sequence[tuple[float, float]], chance: random.Random
) -> list[tuple[float, float]]:
    shift = (chance.uniform(-0.06, 0.06), chance.uniform(-0.06, 0.06))
    places = [(corner[0] + side * (x + shift[0]), corner[1] + side * (y + shift[1])) for x, y in shares]
    return _shaky(places, chance)


def check(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    stroke(page, _in_box(corner, side, [(0.2, 0.5), (0.42, 0.8), (0.85, 0.15)], chance), pen)


def check_over_the_edge(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    far = chance.uniform(1.3, 1.8)
    stroke(page, _in_box(corner, side, [(0.1, 0.35), (0.45, 0.85), (far, -0.6)], chance), pen)


def cross(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    stroke(page, _in_box(corner, side, [(0.18, 0.18), (0.82, 0.82)], chance), pen)
    stroke(page, _in_box(corner, side, [(0.82, 0.18), (0.18, 0.82)], chance), pen)


def large_cross(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    stroke(page, _in_box(corner, side, [(-0.25, -0.2), (1.25, 1.2)], chance), pen)
    stroke(page, _in_box(corner, side, [(1.2, -0.25), (-0.2, 1.2)], chance), pen)


def filled(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    rows = 11
    shares = [(0.12 if n % 2 else 0.88, 0.12 + 0.76 * n / rows) for n in range(rows)]
    stroke(page, _in_box(corner, side, shares, chance), pen)


def slash(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    stroke(page, _in_box(corner, side, [(0.12, 0.92), (0.9, 0.1)], chance), pen)


def dot(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    shares = [(0.4, 0.4), (0.6, 0.42), (0.58, 0.6), (0.42, 0.58), (0.5, 0.5)]
    stroke(page, _in_box(corner, side, shares, chance), pen)


def circled(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    """A ring around the box."""
    turn = chance.uniform(0, 6)
    ring = [(0.5 + 0.85 * math.cos(turn + a / 10), 0.5 + 0.8 * math.sin(turn + a / 10)) for a in range(66)]
    stroke(page, _in_box(corner, side, ring, chance), pen)


STYLES: dict[str, Callable[[Picture, Corner, float, random.Random, Pen], None]] = {
    "check": check,
    "cross": cross,
    "filled": filled,
    "over the edge": check_over_the_edge,
    "large cross": large_cross,
    "slash": slash,
    "dot": dot,
    "circled": circled,
}


def circle_label(page: Picture, corner: Corner, chance: random.Random, pen: Pen) -> None:
    """A ring around box and words together."""
    wide, high = 28 * _DOTS, 3.6 * _DOTS
    x, y = corner[0] + wide * 0.85, corner[1] + plan.TICK / 2 * _DOTS
    ring = [(x + wide * math.cos(a / 10 + 3), y + high * math.sin(a / 10 + 3)) for a in range(66)]
    stroke(page, _shaky(ring, chance, 1.0), pen)


def strike_out(page: Picture, corner: Corner, side: float, chance: random.Random, pen: Pen) -> None:
    """A tick taken back: a cross, scratched over beyond the box's edges."""
    cross(page, corner, side, chance, pen)
    shares = [(-0.35 if n % 2 else 1.4, 0.0 + n / 7 + chance.uniform(-0.1, 0.1)) for n in range(8)]
    stroke(page, _in_box(corner, side, shares, chance), pen)


def scrawl(page: Picture, chance: random.Random, pen: Pen) -> None:
    """Words of a hand in the box, mostly on its lines, now and then over its edge; a date, a number, a signature."""
    left, top, width, height = (side * _DOTS for side in plan.WRITING)
    rows = chance.randint(2, 7)
    for row in range(rows):
        x, base = left + chance.uniform(20, 60), top + height * (row + 0.8) / 8
        end = left + width * chance.uniform(0.75, 1.0 if chance.random() > 0.15 else 1.02)
        while x < end:
            x = _word(page, x, base, chance, pen) + chance.uniform(25, 45)
    for x_mm, y_mm in ((40, 57), (45, 66), (45, 257), (155, 268)):
        if chance.random() < 0.7:
            _word(page, x_mm * _DOTS, y_mm * _DOTS, chance, pen)


def two_words(page: Picture, chance: random.Random, pen: Pen) -> None:
    """As short as a petition gets, on the first line of the box."""
    left, top, _, height = (side * _DOTS for side in plan.WRITING)
    x, base = left + chance.uniform(40, 400), top + height * 0.8 / 8
    for _ in range(2):
        x = _word(page, x, base, chance, pen) + 40


def _word(page: Picture, x: float, base: float, chance: random.Random, pen: Pen) -> float:
    points = []
    for _ in range(chance.randint(3, 9)):
        high = chance.choice((22, 24, 26, 48, -20))
        wide = chance.uniform(16, 24)
        points += [
            (x, base),
            (x + wide * 0.35, base - high),
            (x + wide * 0.6, base - high * 0.5),
            (x + wide, base - 2),
        ]
        x += wide
    stroke(page, _shaky(points, chance, 1.5), pen)
    return x
