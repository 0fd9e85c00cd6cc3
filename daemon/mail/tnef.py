"""Outlook's ``winmail.dat`` (MS-OXTNEF): the body and the files that Exchange packed into it.

Read here and not with a library: those at hand fail on a file name with a Turkish letter in the sender's code
page, which is the usual case in an office. A stream that ends early gives what came before.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from daemon.mail import charset
from daemon.mail.rtf import rtf_text, unpack_rtf

SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_PROPERTIES = 2_000
_CODEPAGE, _BODY, _MESSAGE_PROPERTIES = 0x9007, 0x800C, 0x9003
_NEW_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_PLAIN, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_DATA, _LONG_NAME, _TYPE = 0x3701, 0x3707, 0x370E
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8,
          0x0040: 8, 0x0048: 16, 0x0001: 0}  # fmt: skip
_STRING, _UNICODE, _OBJECT = 0x001E, 0x001F, 0x000D
_OBJECT_ID = 16


@dataclass(slots=True)
class _File:
    name: str = ""
    type: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Opened:
    """``body`` as ("plain" | "html", text), at most one; ``files`` as (name, type, bytes)."""

    body: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)


def read_tnef(data: bytes) -> Opened | None:
    """Open a TNEF stream; ``None`` when there is nothing in it that can be read."""
    if not data.startswith(SIGNATURE):
        return None
    label = charset.TURKISH
    bodies: dict[str, str] = {}
    files: list[_File] = []
    for number, value in _attributes(data):
        if number == _CODEPAGE and len(value) >= 4:
            label = f"cp{struct.unpack_from('<I', value)[0]}"
        elif number == _BODY:
            bodies["plain"] = _clean(charset.decode(value, label))
        elif number == _MESSAGE_PROPERTIES:
            bodies |= _bodies(value, label)
        elif number == _NEW_FILE:
            files.append(_File())
        elif files and number in {_FILE_NAME, _FILE_DATA, _FILE_PROPERTIES}:
            _describe(files[-1], number, value, label)
    body = next(((kind, bodies[kind]) for kind in ("plain", "html") if bodies.get(kind, "").strip()), None)
    opened = Opened([body] if body else [], [(f.name, f.type, f.data) for f in files if f.data])
    return opened if opened.body or opened.files else None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(attribute number, value) until the stream ends or makes no sense; checksums are not asked for."""
    offset = 6
    while offset + 9 <= len(data):
        level, number, _, length = struct.unpack_from("<BHHI", data, offset)
        offset += 9
        if level not in {1, 2} or offset + length > len(data):
            return
        yield number, data[offset : offset + length]
        offset += length + 2


def _bodies(value: bytes, label: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, kind, data in _properties(value):
        if number == _PLAIN and kind in {_STRING, _UNICODE}:
            found["plain"] = _string(kind, data, label)
        elif number == _HTML:
            found["html"] = _string(kind, data, "")
        elif number == _RTF:
            found.setdefault("plain", rtf_text(unpack_rtf(data)))
    return found


def _describe(file: _File, number: int, value: bytes, label: str) -> None:
    if number == _FILE_NAME:
        file.name = file.name or _clean(charset.decode(value, label))
    elif number == _FILE_DATA:
        file.data = value
    else:
        for prop, kind, data in _properties(value):
            if prop == _LONG_NAME:
                file.name = _string(kind, data, label)
            elif prop == _TYPE:
                file.type = _string(kind, data, label).lower()
            elif prop == _DATA and not file.data:
                file.data = data[_OBJECT_ID:] if kind == _OBJECT else data


def _string(kind: int, data: bytes, label: str) -> str:
    return _clean(data.decode("utf-16-le", "replace") if kind == _UNICODE else charset.decode(data, label))


def _clean(text: str) -> str:
    return charset.mend(text).rstrip("\0").replace("\r\n", "\n")


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(property, type, first value) of a MAPI property list (MS-OXTNEF § 2.1.3.3)."""
    try:
        count, offset = struct.unpack_from("<I", data)[0], 4
        for _ in range(min(count, MAX_PROPERTIES)):
            kind, number = struct.unpack_from("<HH", data, offset)
            offset = _after_name(data, offset + 4) if number >= 0x8000 else offset + 4
            values, offset = _values(data, offset, kind)
            if values:
                yield number, kind & 0x0FFF, values[0]
    except struct.error:
        return


def _after_name(data: bytes, offset: int) -> int:
    """Skip the GUID and the name or number of a named property."""
    by_name = struct.unpack_from("<I", data, offset + 16)[0] == 1
    if not by_name:
        return offset + 24
    length = struct.unpack_from("<I", data, offset + 20)[0]
    return offset + 24 + _padded(int(length))


def _values(data: bytes, offset: int, kind: int) -> tuple[list[bytes], int]:
    base, many = kind & 0x0FFF, bool(kind & 0x1000)
    if base in _FIXED:
        count = struct.unpack_from("<I", data, offset)[0] if many else 1
        offset += 4 if many else 0
        size = _FIXED[base]
        return [data[offset : offset + size]], offset + size * min(int(count), len(data))
    count = struct.unpack_from("<I", data, offset)[0]
    offset += 4
    values: list[bytes] = []
    for _ in range(min(int(count), MAX_PROPERTIES)):
        length = int(struct.unpack_from("<I", data, offset)[0])
        values.append(data[offset + 4 : offset + 4 + length])
        offset += 4 + _padded(length)
    return values, offset


def _padded(length: int) -> int:
    return length + -length % 4
