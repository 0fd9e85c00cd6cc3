"""Numbers in JSON: which there are, and how many of their digits are kept."""

import math
import re
import struct

_NUMERIC = re.compile(r'"(?:\\.|[^"\\])*"|(-?Infinity|NaN|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)')
_LARGEST_SINGLE = 3.4028234e38


def finite(text: str) -> float:
    """A number; one that is too large for a double is none."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def no_number(text: str) -> None:
    """``NaN`` and ``Infinity`` are no JSON, though Python reads them."""
    raise ValueError(text)


def place_of_no_number(text: str) -> int:
    """Where, outside texts, the first thing stands that Python reads as a number and JSON does not."""
    for found in _NUMERIC.finditer(text):
        if found[1] and not math.isfinite(float(found[1])):
            return found.start()
    return 0


def single(number: float) -> float:
    """A number as four bytes keep it, with the fewest digits that name it: colours come back so."""
    if abs(number) > _LARGEST_SINGLE:
        return number
    kept = struct.unpack("f", struct.pack("f", number))[0]
    for digits in range(1, 10):
        told = float(f"{kept:.{digits}g}")
        if struct.unpack("f", struct.pack("f", told))[0] == kept:
            return told
    return float(kept)
