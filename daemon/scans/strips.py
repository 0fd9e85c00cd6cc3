"""A strip of a page tells at a tenth of the time which way up the page stands."""

import cv2
import numpy as np

from daemon.domain.petitions.quality import HOPELESS, quality, worth
from daemon.scans.loading import Picture
from daemon.scans.tesseract import read_lines

HIGH = 260
"""Pixels of a strip: some six rows of print."""
_SMALL = 4
"""The fullest strip is looked for on a picture so many times smaller."""


def at(picture: Picture, middle: int) -> tuple[int, Picture]:
    """The strip around a height (pixels from the top), and where it begins."""
    top = int(np.clip(middle - HIGH // 2, 0, max(0, picture.shape[0] - HIGH)))
    return top, np.ascontiguousarray(picture[top : top + HIGH])


def stands_on_its_head(picture: Picture) -> bool | None:
    """Whether the fullest strip reads better upside-down; ``None`` where it can be read neither way."""
    strip = _fullest(picture)
    straight, turned = (read_lines(way) for way in (strip, np.ascontiguousarray(np.rot90(strip, 2))))
    if max(quality(straight), quality(turned)) < HOPELESS:
        return None
    return worth(turned) > worth(straight)


def _fullest(picture: Picture) -> Picture:
    """The strip with the most ink."""
    small = cv2.resize(picture, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    ink = cv2.reduce(255 - small, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel()
    high = min(HIGH // _SMALL, len(ink))
    sums = np.convolve(ink, np.ones(high, np.float32), "valid")
    return at(picture, _SMALL * int(sums.argmax()) + HIGH // 2)[1]
