"""How strong ink is: print paler than a stamp or signature on it, print of a sheet's other side below its own.

A worn-out toner is of another strength in each patch. One curve for the whole page would leave its palest words paper:
each place is stretched by the strength of the ink around it instead.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.scans.loading import Picture

_SQUARE = 4
"""Strength is measured in squares of so many pixels; a letter's stroke goes through several of them."""
_PALE, _GRAINS = 22.0, 3.5
"""Paler than this, or than so many times the paper's own grain, is no ink (255 is black)."""
_FAINT, _OF_ALL = 80.0, 70.0
"""Print is faint where so much of the ink (percent) is paler: a stamp, a signature or a file's holes are less."""
_AROUND = (25, 13)
"""Squares across and down in which ink's strength is taken together: a word and its neighbours."""
_PALEST, _MADE = 45.0, 200.0
"""As strong ink is taken to be at least, lest grain become print, and as strong it is made."""
_PAPER_GRAINS = 2
"""Up to so many times its grain paper is made white."""
_TWO_INKS = 2.5
"""A hundredth of the ink so many times as strong as most of it is another ink. On ten empty backs it is 1.6 to 1.9."""
_LEAST = 0.002
"""So many of all squares have ink where anything stands on a page."""


def strengthened_where_faint(even: Picture, grain: float) -> Picture | None:
    """The page, even already, with ink of like strength everywhere; ``None`` where its print is not faint.

    ``grain`` is the standard deviation of the paper's fine structure.
    """
    strongest, inked = _ink(even, grain)
    if inked.mean() < _LEAST:
        return None
    strength = _strength(strongest, inked)
    if np.percentile(strength[inked], _OF_ALL) >= _FAINT:
        return None
    around = cv2.GaussianBlur(np.maximum(strength, _PALEST), (0, 0), 4)
    around = cv2.resize(around, even.shape[::-1], interpolation=cv2.INTER_LINEAR)
    paper = _PAPER_GRAINS * grain
    ink = (np.subtract(255, even, dtype=np.float32) - paper) * (_MADE / (around - paper))
    return np.asarray(255 - ink.clip(0, 255), np.uint8)


def is_of_one_ink(even: Picture, grain: float) -> bool:
    """Whether all that stands on the page, even already, is about as strong: nothing printed or written over what
    shines through."""
    strongest, inked = _ink(even, grain)
    if not inked.any():
        return True
    middle, strong = np.percentile(strongest[inked], (50, 99))
    return bool(strong < _TWO_INKS * middle)


def _ink(even: Picture, grain: float) -> tuple[Picture, NDArray[np.bool_]]:
    """By squares: the strongest in each, and whether that is ink."""
    smooth = cv2.GaussianBlur(255 - even, (0, 0), 1.0)
    strongest = np.asarray(
        cv2.dilate(smooth, np.ones((_SQUARE, _SQUARE), np.uint8))[::_SQUARE, ::_SQUARE], np.uint8
    )
    return strongest, strongest > max(_PALE, _GRAINS * grain)


def _strength(strongest: Picture, inked: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The mean strength of the ink around each square."""
    ink = np.where(inked, strongest, np.uint8(0)).astype(np.float32)
    summed, squares = (
        cv2.boxFilter(of, -1, _AROUND, normalize=False) for of in (ink, inked.astype(np.float32))
    )
    return np.asarray(summed / np.maximum(squares, 1), np.float32)
