"""Which cells of an .xls have a number format of zeros (MS-XLS: BIFF8 of Excel 97 to 2003).

Styles and the titles of the sheets stand at the stream's beginning, numbers in records of four kinds behind it (2.4).
"""

import struct
from collections.abc import Iterator, Mapping

import olefile

from daemon.mail.shown_numbers import MOST_CELLS, Place, fills_up

_FORMAT, _STYLE, _SHEET, _BEGIN, _END = 0x041E, 0x00E0, 0x0085, 0x0809, 0x000A
_NUMBER, _RK, _FORMULA, _MANY_RK = 0x0203, 0x027E, 0x0006, 0x00BD
_BIFF8 = 0x0600
_WIDE = 0x01
_MOST_RECORDS = 2_000_000
"""Of all sheets together: each says where it begins, and a thousand of them may say the same place."""
_DAMAGED = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error, OverflowError)
Record = tuple[int, bytes]


def formats_in_xls(data: bytes) -> Mapping[str, Mapping[Place, str]]:
    """By worksheet; nothing of what is older, damaged or locked."""
    try:
        with olefile.OleFileIO(data) as ole:
            stream = ole.openstream("Workbook").read()  # type: ignore[arg-type]
        return _read(stream)
    except _DAMAGED:
        return {}


def _read(stream: bytes) -> dict[str, dict[Place, str]]:
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    left = iter(range(_MOST_RECORDS))
    for kind, body in _records(stream, 0, left):
        if kind == _BEGIN and struct.unpack_from("<H", body)[0] != _BIFF8:
            return {}
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _text(body, 2, "<H")
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            sheets.append((_text(body, 6, "<B"), struct.unpack_from("<I", body)[0]))
    codes = {n: formats[each] for n, each in enumerate(styles) if fills_up(formats.get(each, ""))}
    return {title: dict(_cells(stream, at, left, codes)) for title, at in sheets} if codes else {}


def _cells(
    stream: bytes, at: int, left: Iterator[int], codes: Mapping[int, str]
) -> Iterator[tuple[Place, str]]:
    found = 0
    for kind, body in _records(stream, at, left):
        for row, column, style in _numbers(kind, body):
            if style in codes and found < MOST_CELLS:
                found += 1
                yield (row, column), codes[style]


def _numbers(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of each number in a record."""
    if kind in {_NUMBER, _RK, _FORMULA}:
        row, column, style = struct.unpack_from("<HHH", body)
        yield row, column, style
    elif kind == _MANY_RK:
        row, first = struct.unpack_from("<HH", body)
        for n in range((len(body) - 6) // 6):
            yield row, first + n, struct.unpack_from("<H", body, 4 + 6 * n)[0]


def _records(stream: bytes, at: int, left: Iterator[int]) -> Iterator[Record]:
    """From a substream's beginning to its end, as long as any may be read."""
    for _ in left:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _END:
            return
        at += 4 + size


def _text(body: bytes, at: int, length: str) -> str:
    """A string behind its length, in two bytes a letter or in the lower one alone (2.5.240, 2.5.294)."""
    letters = struct.unpack_from(length, body, at)[0]
    at += struct.calcsize(length)
    is_wide = body[at] & _WIDE
    return body[at + 1 : at + 1 + letters * (2 if is_wide else 1)].decode(
        "utf-16-le" if is_wide else "latin-1"
    )
