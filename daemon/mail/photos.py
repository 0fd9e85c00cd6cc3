"""Where and when a photo was taken: the position and time that cameras write into a picture (EXIF 2.32, GPS IFD).

Only the header is read, never the pixels: a picture cannot be a bomb here. What cannot be read says nothing.
"""

import io
import math
import re
import struct
import warnings
from collections.abc import Mapping
from typing import Any

from daemon.ports.incoming import PhotoFacts

LARGEST = 60_000_000
_GPS, _EXIF = 0x8825, 0x8769
_TAKEN, _CHANGED = 0x9003, 0x0132
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d)")
_BROKEN = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    SyntaxError,
    ArithmeticError,
    struct.error,
    RuntimeError,
)
"""In so many ways Pillow says that a header is broken."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*", b"RIFF")
_HEIC = re.compile(rb"....ftyp(?:heic|heix|mif1|msf1|hevc|heim|heis)", re.DOTALL)


def read_photo(data: bytes) -> PhotoFacts | None:
    """The position and time in a JPEG, HEIC, PNG, WebP or TIFF; ``None`` when it holds no position."""
    if len(data) > LARGEST or not _is_picture(data):
        return None
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if _HEIC.match(data):
                from pi_heif import register_heif_opener

                register_heif_opener()
            with Image.open(io.BytesIO(data)) as picture:
                exif = Image.Image.getexif(picture)  # a PNG's own would unpack its pixels to look behind them
                gps, camera = exif.get_ifd(_GPS), exif.get_ifd(_EXIF)
                return _facts(gps, str(camera.get(_TAKEN) or exif.get(_CHANGED) or ""))
    except (*_BROKEN, Image.DecompressionBombError):
        return None


def _is_picture(data: bytes) -> bool:
    return data.startswith(_PICTURES) or bool(_HEIC.match(data))


def _facts(gps: Mapping[int, Any], taken: str) -> PhotoFacts | None:
    latitude = _degrees(gps.get(2), str(gps.get(1, "")), "S", most=90)
    longitude = _degrees(gps.get(4), str(gps.get(3, "")), "W", most=180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    found = _MOMENT.match(taken)
    shown = f"{found[3]}.{found[2]}.{found[1]} {found[4]}:{found[5]}" if found else ""
    return PhotoFacts(round(latitude, 6), round(longitude, 6), shown)


def _degrees(parts: Any, side: str, negative: str, *, most: int) -> float | None:
    """Degrees, minutes and seconds as rationals; a camera without a fix writes 0/0."""
    if not isinstance(parts, tuple | list) or len(parts) < 1:
        return None
    numbers = [float(part) for part in (*parts, 0, 0)[:3]]
    value = numbers[0] + numbers[1] / 60 + numbers[2] / 3600
    if not math.isfinite(value) or not 0 <= value <= most:
        return None
    return -value if side.strip("\x00 ").upper() == negative else value
