"""Whether a file that a scanner or a copy writes has come to its end, by what its format must end with.

PDF: ``%%EOF`` (ISO 32000-1, 7.5.5). JPEG: the marker EOI (ITU-T T.81, B.1.1.3). PNG: the chunk IEND. Zip: the end of
its directory (APPNOTE 4.3.16). TIFF 6.0: all that its directories lead to. Of other formats nothing is asked.
"""

import struct
from pathlib import Path
from typing import BinaryIO

_TAIL = 4_096
"""Bytes in which a file's end is looked for: some programs write a few of their own behind it."""
_ENDS = (
    (b"%PDF", b"%%EOF"),
    (b"\xff\xd8", b"\xff\xd9"),
    (b"\x89PNG", b"IEND"),
    (b"PK\x03\x04", b"PK\x05\x06"),
)
_TIFF = {b"II*\x00": "<", b"MM\x00*": ">"}
_PLACES, _LENGTHS = frozenset({273, 324}), frozenset({279, 325})
"""TIFF's tags for where strips or tiles of a page's picture begin, and for how long they are."""
_SIZES = {3: ("H", 2), 4: ("I", 4)}
_MOST_PAGES, _MOST_TAGS = 2_000, 500


def is_whole(path: Path) -> bool:
    """``False`` for one that is empty or breaks off; ``True`` for one that cannot be looked into now."""
    try:
        with path.open("rb") as file:
            head, size = file.read(8), file.seek(0, 2)
            if order := _TIFF.get(head[:4]):
                return _is_whole_tiff(file, order, size)
            end = next((end for start, end in _ENDS if head.startswith(start)), b"")
            file.seek(max(0, size - _TAIL))
            return size > 0 and end in file.read(_TAIL)
    except OSError:
        return True


def _is_whole_tiff(file: BinaryIO, order: str, size: int) -> bool:
    try:
        at, seen = _number(file, order, "I", 4), set[int]()
        if at == 0:  # the header is completed last
            return False
        while at and at not in seen and len(seen) < _MOST_PAGES:
            seen.add(at)
            tags = _number(file, order, "H", at)
            if tags > _MOST_TAGS:
                return True
            if _picture_ends(file, order, at + 2, tags) > size:
                return False
            at = _number(file, order, "I", at + 2 + 12 * tags)
    except struct.error:  # leads beyond the file's end
        return False
    return True


def _picture_ends(file: BinaryIO, order: str, at: int, tags: int) -> int:
    """Where the last strip or tile of a page ends."""
    place = length = 0
    for n in range(tags):
        entry = at + 12 * n
        tag, kind = _number(file, order, "H", entry), _number(file, order, "H", entry + 2)
        if tag not in _PLACES | _LENGTHS or kind not in _SIZES:
            continue
        form, bytes_of = _SIZES[kind]
        count = _number(file, order, "I", entry + 4)
        first = entry + 8 if count * bytes_of <= 4 else _number(file, order, "I", entry + 8)
        last = _number(file, order, form, first + bytes_of * max(0, count - 1))
        place, length = (last, length) if tag in _PLACES else (place, last)
    return place + length


def _number(file: BinaryIO, order: str, form: str, at: int) -> int:
    file.seek(at)
    number: int = struct.unpack(order + form, file.read(struct.calcsize(order + form)))[0]
    return number
