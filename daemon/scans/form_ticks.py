"""Ticks on a form laid straight: which boxes a hand marked, which are doubtful, and whether anything is written.

A box scratched over may mean either, and so may one ringed beside others that are ticked: that is a person's to
decide. Where a page has nothing but rings, that is how its writer ticks.
"""

from collections.abc import Sequence
from enum import Enum, auto

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.domain.petitions import form as plan
from daemon.domain.petitions.petition import Ticks
from daemon.scans.cleaning import without_rules
from daemon.scans.form_ink import BoxInk, measure
from daemon.scans.form_place import Laid
from daemon.scans.loading import Picture
from daemon.scans.shapes import Labels, shapes_of

_TICKED, _EMPTY = 0.055, 0.025
"""Ink inside a box from which it is ticked, and up to which it is not; between them a person looks."""
_SPREAD = 5.0
"""So many times as far as empty boxes differ among each other must a tick stand out."""
_SCRATCHED, _BEYOND = 0.15, 0.012
"""Ink inside and beside a box that is scratched over rather than ticked."""
_RINGED, _SMEARED, _BEGINS = 0.04, 0.10, 0.05
"""Ink on an empty box's outsides from which a ring may be around it; around one that has ink inside, for large crosses
reach out; and on the left alone, where a ring around the words begins, and a stamp's line, but no tick reaches."""
_PALER = 0.6
"""What lies across a box and has no more than this share of the ticks' darkness is not of their pen."""
_DOTS = 3
"""So many specks in one box may be a pencil of which a copy left dots; dust is thinner."""
_UNSEEN = 0.2
"""So faint a rim is not there: the picture ends before it, or something white covers the box."""
_MOST = 6
"""More subjects than anybody ticks: streaks or stains, then."""
_LEGIBLE = 0.5
"""Share of the boxes that must be seen: where copies of copies have lost them, every tick is doubtful."""
_WRITTEN = 0.0012
"""Share of the handwriting's box that is strokes, from which there is some."""
_SOLID, _LETTERS = 0.85, 6
"""Share of its frame that a word does not fill as a spot does; and strokes beside each other from which it is letters:
the edge of a stain or a fold has two, the shortest pair of words nine."""
_FAINT = 215
"""A pencil on a copy is hardly darker."""


class Mark(Enum):
    """What is in a box or around it."""

    NOTHING = auto()
    TICK = auto()
    RING = auto()
    ACROSS = auto()
    """Part of something far larger, as a stain's edge is."""
    UNCLEAR = auto()


def read_ticks(laid: Laid) -> Ticks:
    """Which boxes are ticked, which are doubtful, and where there is handwriting."""
    bare = without_rules(laid.flat)
    boxes, unsteady = measure(laid, bare)
    ticked, doubtful = decide(boxes, unsteady, legible=laid.share >= _LEGIBLE)
    written = plan.in_pixels(*plan.WRITING) if _is_written(bare) else None
    return Ticks(tuple(ticked), tuple(doubtful), written)


def decide(boxes: Sequence[BoxInk], unsteady: float, *, legible: bool) -> tuple[list[int], list[int]]:
    """The boxes that are ticked and those that are doubtful, of a page on which empty ones differ by ``unsteady``."""
    marks = [_mark_of(box, unsteady) for box in boxes]
    ticks, rings, across, unclear = (
        [n for n, mark in enumerate(marks) if mark is kind]
        for kind in (Mark.TICK, Mark.RING, Mark.ACROSS, Mark.UNCLEAR)
    )
    palest = min((boxes[n].darkest for n in ticks), default=0.0)
    doubtful = [*unclear, *(n for n in across if boxes[n].darkest > _PALER * palest)]
    chosen, others = (ticks, rings) if ticks else (rings, [])
    if len(chosen) > _MOST or not legible:
        return [], sorted((*chosen, *others, *doubtful))
    return chosen, sorted((*others, *doubtful))


def _mark_of(box: BoxInk, unsteady: float) -> Mark:
    if box.ringed:
        empty = box.core <= _EMPTY and box.inside < _TICKED and box.pieces < 2
        return Mark.RING if empty else Mark.UNCLEAR
    if box.left > _BEGINS or box.around > (_RINGED if box.inside < _EMPTY else _SMEARED):
        return Mark.UNCLEAR
    if box.inside <= max(_EMPTY, _SPREAD / 2 * unsteady):
        return Mark.UNCLEAR if box.dots >= _DOTS or box.rim < _UNSEEN else Mark.NOTHING
    if box.of_large:
        return Mark.ACROSS
    stands_out = box.inside >= max(_TICKED, _SPREAD * unsteady)
    alone = box.pieces < 2 and not box.in_stamp
    return Mark.TICK if stands_out and alone and not _is_scratched(box) else Mark.UNCLEAR


def _is_scratched(box: BoxInk) -> bool:
    return box.inside > _SCRATCHED and box.beside > _BEYOND


def _is_written(bare: Picture) -> bool:
    """Whether strokes stand in the box for handwriting."""
    left, top, width, height = plan.WRITING
    box = plan.in_pixels(left + 2, top + 2, width - 4, height - 4)
    part = bare[box.top : box.bottom, box.left : box.right]
    inked = (cv2.GaussianBlur(part, (0, 0), 0.8) < _FAINT).astype(np.uint8)
    joined = cv2.morphologyEx(
        inked, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)
    )  # a fax leaves dots of a pencil
    labels, facts = shapes_of(np.asarray(joined, np.uint8))
    least = _WRITTEN * part.size
    return _holds_strokes(facts[1:], least) or _holds_words(inked, labels, facts, least)


def _holds_strokes(facts: NDArray[np.int32], least: float) -> bool:
    """Several shapes of a letter's or a word's size, not specks; ``least`` is their area in pixels."""
    tall, wide = facts[:, cv2.CC_STAT_HEIGHT], facts[:, cv2.CC_STAT_WIDTH]
    strokes = (
        (np.maximum(tall, wide) > 1.5 * plan.PIXELS) & (tall > 0.8 * plan.PIXELS) & (tall < 40 * plan.PIXELS)
    )
    return bool(strokes.sum() >= 3 and facts[strokes, cv2.CC_STAT_AREA].sum() > least)


def _holds_words(inked: NDArray[np.uint8], labels: Labels, facts: NDArray[np.int32], least: float) -> bool:
    """A word or two, whose letters are joined to a shape or two ("Yol bozuk")."""
    tall, wide, area = (facts[:, each] for each in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA))
    words = (
        (wide >= 4 * plan.PIXELS)
        & (tall >= 2 * plan.PIXELS)
        & (tall <= 15 * plan.PIXELS)
        & (area < _SOLID * tall * wide)
    )
    words[0] = False  # the paper
    if area[words].sum() <= least:
        return False
    return sum(_beside_each_other(inked, labels, facts, n) for n in np.flatnonzero(words)) >= _LETTERS


def _beside_each_other(inked: NDArray[np.uint8], labels: Labels, facts: NDArray[np.int32], n: np.intp) -> int:
    """How many strokes of a shape the row crosses that crosses most of them: a word's are those of its letters."""
    left, top, width, height, _ = facts[n]
    rows, columns = slice(top, top + height), slice(left, left + width)
    own = (inked[rows, columns] > 0) & (labels[rows, columns] == n)
    begins = own & ~np.pad(own, ((0, 0), (1, 0)))[:, :-1]
    return int(begins.sum(axis=1).max())
