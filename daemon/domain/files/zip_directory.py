"""What a zip file's directory says (PKWARE APPNOTE 4.3): nothing is unpacked, and no entry is kept.

So an archive that lies beside a request is judged in a moment; whoever opens one has to check it again, since a
directory may lie (:mod:`daemon.mail.archives`).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from daemon.domain.files.limits import MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED, SMALL_MEMBER

_END, _END_64, _LOCATOR_64, _ENTRY = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02"
_END_BYTES, _LOCATOR_BYTES, _ENTRY_BYTES = 22, 20, 46
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 1
_UNTOLD = 0xFFFFFFFF
"""A size that stands elsewhere: four gigabytes or more."""


@dataclass(frozen=True, slots=True)
class ZipFacts:
    """What a directory says of its archive as a whole."""

    members: int = 0
    is_encrypted: bool = False
    leaves_its_folder: bool = False
    is_bomb: bool = False


def facts_of(data: bytes) -> ZipFacts | None:
    """``None`` for what has no readable directory."""
    members = packed = unpacked = 0
    encrypted = leaves = tight = False
    try:
        for flags, small, large, name in _entries(data):
            members += 1
            packed, unpacked = packed + small, unpacked + large
            encrypted |= bool(flags & _ENCRYPTED)
            leaves |= leaves_its_folder(name)
            tight |= is_too_tight(large, small)
            if members > MOST_MEMBERS:
                break
    except (struct.error, ValueError):
        return None
    return ZipFacts(members, encrypted, leaves, tight or unpacked > MOST_UNPACKED or packed > len(data))


def is_too_tight(unpacked: int, packed: int) -> bool:
    """Whether a member grows out of all proportion."""
    return unpacked > SMALL_MEMBER and unpacked > MOST_RATIO * max(packed, 1)


def leaves_its_folder(name: str) -> bool:
    """Whether a member would be written outside the folder that the archive is unpacked to."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":" or "\x00" in name


def _entries(data: bytes) -> Iterator[tuple[int, int, int, str]]:
    """Flags, packed and unpacked size, and name of each."""
    at, end = _directory(data)
    while at < end:
        if data[at : at + 4] != _ENTRY:
            raise ValueError("no entry where one must be")
        flags = struct.unpack_from("<H", data, at + 8)[0]
        packed, unpacked = struct.unpack_from("<II", data, at + 20)
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        begin = at + _ENTRY_BYTES
        text = data[begin : begin + name].decode("cp437")
        yield flags, 0 if packed == _UNTOLD else packed, unpacked, text
        at = begin + name + extra + comment


def _directory(data: bytes) -> tuple[int, int]:
    """Where it begins and ends; what lies before the archive (a program that unpacks itself) shifts all places."""
    end = data.rfind(_END, max(0, len(data) - _END_BYTES - _LONGEST_COMMENT))
    if end < 0:
        raise ValueError("no end of the directory")
    size = struct.unpack_from("<I", data, end + 12)[0]
    locator = end - _LOCATOR_BYTES
    if locator >= 0 and data[locator : locator + 4] == _LOCATOR_64:
        end = data.rfind(_END_64, 0, locator)
        if end < 0:
            raise ValueError("no end of the large directory")
        size = struct.unpack_from("<Q", data, end + 40)[0]
    if size > end:
        raise ValueError("a directory larger than its file")
    return end - size, end
