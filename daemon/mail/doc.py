"""The words of a letter that Word 97 to 2003 saved (.doc, MS-DOC), as older offices still do.

Its text lies in pieces whose places a table tells (MS-DOC § 2.4.1): the body first, then footnotes, headers and
footers, and further on what stands in text boxes. Deleted words and pictures are not looked for.
"""

import re
import struct
from collections.abc import Iterator
from typing import Any

import olefile

from daemon.mail.writing import together

MAX_TEXT = 500_000
_MAX_STREAM = 60_000_000
_MAGIC = 0xA5EC
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_FLAGS, _LENGTHS, _PLACE_OF_PIECES = 0x0A, 0x4C, 0x01A2
_PIECES, _FORMATS = 2, 1
_COMPRESSED = 0x4000_0000
_MOST_PIECES = 100_000
_FIELD = re.compile("\x13[^\x13-\x15]*\x14?|\x15")
"""A field's instruction; its result stays."""
_MARKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x1e": "-", "\xa0": " "})
_SILENT = re.compile("[\x00-\x08\x0e-\x1f]")
_ROW_END = re.compile("\x07\x07")
_BROKEN = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error, OverflowError)


def is_locked(data: bytes) -> bool:
    """Whether it was saved with a password."""
    try:
        with olefile.OleFileIO(data) as ole:
            return bool(struct.unpack_from("<H", _stream(ole, "WordDocument"), _FLAGS)[0] & _ENCRYPTED)
    except _BROKEN:
        return False


def doc_text(data: bytes) -> str:
    """Headers and footers, body, text boxes, notes; ``""`` when it is locked or broken."""
    try:
        with olefile.OleFileIO(data) as ole:
            return _text_in(ole)[:MAX_TEXT]
    except _BROKEN:
        return ""


def _text_in(ole: "olefile.OleFileIO[Any]") -> str:
    word = _stream(ole, "WordDocument")
    magic, flags = struct.unpack_from("<H", word)[0], struct.unpack_from("<H", word, _FLAGS)[0]
    if magic != _MAGIC or flags & _ENCRYPTED:
        return ""
    table = _stream(ole, "1Table" if flags & _TABLE_1 else "0Table")
    at, size = struct.unpack_from("<II", word, _PLACE_OF_PIECES)
    whole = "".join(_pieces(word, table[at : at + size]))
    body, notes, heads, _, remarks, ends, boxes, _ = struct.unpack_from("<8I", word, _LENGTHS)
    parts = []
    for length in (body, notes, heads, remarks, ends, boxes):
        parts.append(_plain(whole[:length]))
        whole = whole[length:]
    said, footnotes, headers, _, endnotes, boxed = parts
    return together(headers, boxed, said, footnotes, endnotes)


def _pieces(word: bytes, table: bytes) -> Iterator[str]:
    at = 0
    while table[at] == _FORMATS:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if table[at] != _PIECES:
        raise ValueError("no table of pieces")
    count = min((struct.unpack_from("<I", table, at + 1)[0] - 4) // 12, _MOST_PIECES)
    places = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    first = at + 5 + 4 * (count + 1)
    room = MAX_TEXT * 2
    for n, (begin, end) in enumerate(zip(places, places[1:], strict=False)):
        letters = min(max(0, end - begin), room)
        room -= letters
        place = struct.unpack_from("<I", table, first + 8 * n + 2)[0]
        if place & _COMPRESSED:
            start = (place ^ _COMPRESSED) // 2
            yield word[start : start + letters].decode("cp1252", "replace").ljust(letters)
        else:
            yield word[place : place + 2 * letters].decode("utf-16-le", "replace").ljust(letters)


def _plain(text: str) -> str:
    """A table's row ends with an empty cell's mark."""
    text = _ROW_END.sub("\r", _FIELD.sub("", text)).translate(_MARKS)
    return _SILENT.sub("", text).strip()


def _stream(ole: "olefile.OleFileIO[Any]", name: str) -> bytes:
    if ole.get_size(name) > _MAX_STREAM:
        raise ValueError(f"{name} is too large")
    return bytes(ole.openstream(name).read())
