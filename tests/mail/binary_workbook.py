"""A workbook of Excel's binary kind ([MS-XLSB]), as Excel saves one; no library at hand writes it."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import datetime

_EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's date has no zone
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)


def xlsb(*rows: Sequence[object], title: str = "Sayfa1") -> bytes:
    """Texts, numbers and days; a day with its time is shown so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.bin")))
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            _relations(("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")),
        )
        sheet = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text(title))
        package.writestr("xl/workbook.bin", _within(131, _within(143, sheet, 144), 132))
        package.writestr("xl/styles.bin", _styles())
        package.writestr("xl/worksheets/sheet1.bin", _worksheet(rows))
    return out.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    return _RELATIONS.format(
        "".join(
            f'<Relationship Id="rId{n}" Type="{_KIND}{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets, 1)
        )
    )


def _styles() -> bytes:
    """The second format is a day with its time."""
    formats = _record(615, struct.pack("<I", 1)) + _record(
        44, struct.pack("<H", 164) + _text("dd.mm.yyyy hh:mm")
    )
    used = b"".join(_record(47, struct.pack("<HH", 0, code) + bytes(12)) for code in (0, 164))
    return _within(
        278, formats + _record(616) + _record(617, struct.pack("<I", 2)) + used + _record(618), 279
    )


def _worksheet(rows: Sequence[Sequence[object]]) -> bytes:
    widest = max(len(row) for row in rows)
    size = _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, widest - 1))
    cells = b"".join(
        _record(0, struct.pack("<I", n) + bytes(21))
        + b"".join(_cell(at, value) for at, value in enumerate(row))
        for n, row in enumerate(rows)
    )
    return _within(129, size + _within(145, cells, 146), 130)


def _cell(at: int, value: object) -> bytes:
    match value:
        case datetime():
            return _record(5, struct.pack("<IId", at, 1, (value - _EXCEL_DAY_ZERO).total_seconds() / 86_400))
        case int() | float():
            return _record(5, struct.pack("<IId", at, 0, value))
        case _:
            return _record(6, struct.pack("<II", at, 0) + _text(str(value)))


def _text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _within(begin: int, inner: bytes, end: int) -> bytes:
    return _record(begin) + inner + _record(end)


def _record(kind: int, body: bytes = b"") -> bytes:
    return _seven_bits(kind) + _seven_bits(len(body)) + body


def _seven_bits(number: int) -> bytes:
    low, high = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _seven_bits(high) if high else bytes([low])
