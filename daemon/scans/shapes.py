"""The connected shapes of a picture's ink, counted with small numbers where these reach: a third of the time."""

import cv2
import numpy as np
from numpy.typing import NDArray

from daemon.scans.loading import Picture

Labels = NDArray[np.uint16 | np.int32]


def shapes_of(ink: Picture) -> tuple[Labels, NDArray[np.int32]]:
    """Which shape each point belongs to (0 is paper), and (left, top, width, height, area) of each shape.

    ``ink`` is 1 where there is any, and 0 elsewhere; corners connect.
    """
    try:
        _, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)
    except cv2.error:  # more shapes than they can count
        _, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return np.asarray(labels), np.asarray(facts, np.int32)
