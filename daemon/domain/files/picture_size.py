"""How many pixels a picture's header announces. Nothing is unpacked, so a picture cannot be a bomb here.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81 B.2.2), TIFF 6.0 and BigTIFF, GIF89a, BMP, WebP (RFC 9649), HEIF
(ISO/IEC 23008-12, the ``ispe`` box).
"""

import struct
from collections.abc import Iterator
from itertools import islice

from daemon.domain.files.limits import MOST_PAGES

Size = tuple[int, int]
"""Width and height in pixels."""
_MOST_SEGMENTS, _MOST_TAGS = 2_000, 500
_HEAD = 65_536
_WIDTH, _HEIGHT = 256, 257
_NO_FRAME = {0xC4, 0xC8, 0xCC}
"""Of the markers that begin like a JPEG's frame header: tables and a reserved one."""


def sizes_in(data: bytes) -> list[Size]:
    """The picture's size, or those of its pages, at most one more than anybody reads; none where nothing is told."""
    try:
        return list(islice(_sizes(data), MOST_PAGES + 1))
    except (struct.error, IndexError):  # cut short
        return []


def _sizes(data: bytes) -> Iterator[Size]:
    if data.startswith(b"\x89PNG"):
        yield _unpacked(">II", data, 16)
    elif data.startswith(b"\xff\xd8"):
        yield from _of_jpeg(data)
    elif data[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        yield from _of_tiff(data)
    elif data.startswith(b"GIF8"):
        yield _unpacked("<HH", data, 6)
    elif data.startswith(b"BM"):
        width, height = _unpacked("<ii", data, 18)
        yield abs(width), abs(height)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        yield from _of_webp(data)
    elif data[4:8] == b"ftyp":
        yield from _of_heif(data)


def _unpacked(form: str, data: bytes, at: int) -> Size:
    first, second = struct.unpack_from(form, data, at)
    return first, second


def _of_jpeg(data: bytes) -> Iterator[Size]:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        marker = data[at + 1]
        if data[at] != 0xFF:
            return
        if marker == 0xFF:  # fill
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = _unpacked(">HH", data, at + 5)
            yield width, height
            return
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _of_tiff(data: bytes) -> Iterator[Size]:
    order, big = ("<" if data[:2] == b"II" else ">"), b"+" in data[2:4]
    count, tag, place, bytes_of = ("Q", "HHQ", "Q", (8, 20)) if big else ("H", "HHI", "I", (2, 12))
    at = struct.unpack_from(order + place, data, 8 if big else 4)[0]
    seen: set[int] = set()
    while at and at not in seen:
        seen.add(at)
        tags = min(struct.unpack_from(order + count, data, at)[0], _MOST_TAGS)
        facts = {_WIDTH: 0, _HEIGHT: 0}
        for n in range(tags):
            entry = at + bytes_of[0] + n * bytes_of[1]
            name, kind, _ = struct.unpack_from(order + tag, data, entry)
            if name in facts:
                value = {3: "H", 4: "I", 16: "Q"}.get(kind, "H")
                facts[name] = struct.unpack_from(
                    order + value, data, entry + bytes_of[1] - (8 if big else 4)
                )[0]
        yield facts[_WIDTH], facts[_HEIGHT]
        at = struct.unpack_from(order + place, data, at + bytes_of[0] + tags * bytes_of[1])[0]


def _of_webp(data: bytes) -> Iterator[Size]:
    if data[12:16] == b"VP8X":
        yield 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    elif data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        yield 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif data[12:16] == b"VP8 ":
        width, height = _unpacked("<HH", data, 26)
        yield width & 0x3FFF, height & 0x3FFF


def _of_heif(data: bytes) -> Iterator[Size]:
    """The largest of its items: thumbnails and tiles have a size, too."""
    head, at, sizes = data[:_HEAD], 0, []
    while (at := head.find(b"ispe", at) + 4) > 3:
        sizes.append(_unpacked(">II", data, at + 4))
    if sizes:
        yield max(sizes, key=lambda size: size[0] * size[1])
