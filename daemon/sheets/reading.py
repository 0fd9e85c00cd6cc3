"""Values of a worksheet at their true positions, read with calamine.

calamine lays a worksheet out as a full rectangle, reads error values as empty, and trusts sizes; so the file is
looked over first: one stray cell at the far end of a sheet (Ctrl+↓ and a typed letter) would cost gigabytes and
is left out of what calamine sees; error values (``#REF!``) are put back as the text that people see.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from daemon.domain.errors import Unprocessable
from daemon.domain.sheet import CellValue
from daemon.domain.text import fold
from daemon.sheets.formulas import column_index
from daemon.sheets.package import Package, local
from daemon.sheets.worksheet import Worksheet

MOST_ROWS, MOST_COLUMNS = 100_000, 256
"""What lies farther down or right is no part of the list."""
LAST_COLUMN = 16_384
"""XFD; no worksheet has a column beyond it (ECMA-376)."""
_FAR_ADDRESS = re.compile(
    rb"""\br\s*=\s*["'](?:[A-Za-z]{3,}\d*|[J-Zj-z][A-Za-z]\d+|[A-Za-z]*0*[1-9]\d{5,})["']"""
)
"""Of a cell or a row; also those that no program writes, for calamine believes them and ends the process."""
_CELL = re.compile(
    rb"""<(?:[\w.-]+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]+)\d+["'][^<>]*?(?:/>|>.*?</(?:[\w.-]+:)?c>)""",
    re.DOTALL,
)
_ERROR = re.compile(
    rb"""<(?:[\w.-]+:)?c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*?\br\s*=\s*["']([A-Z]+)(\d+)["'][^<>]*>"""
    rb"""(?:(?!</(?:[\w.-]+:)?c>).)*?<(?:[\w.-]+:)?v>([^<]*)<""",
    re.DOTALL,
)

Rows = Sequence[Sequence[CellValue]]


def find_sheets(package: Package, titles: Iterable[str]) -> dict[str, str]:
    """Our titles → the titles in the file, which people may spell a little otherwise ("TALEPLER ")."""
    there = list(package.sheets())
    folded = {fold(title).strip(): title for title in reversed(there)}
    found = {title: title if title in there else folded.get(fold(title), "") for title in titles}
    return {ours: theirs for ours, theirs in found.items() if theirs}


def read_values(data: bytes, package: Package, titles: Mapping[str, str]) -> dict[str, Rows]:
    """Rows of cells by our title, from A1 on. Raises :class:`Unprocessable`."""
    from python_calamine import CalamineError, CalamineWorkbook

    parts = package.sheets()
    texts = {ours: package.text(parts[theirs]) for ours, theirs in titles.items()}
    near = _without_far_cells(package, {parts[titles[ours]]: text for ours, text in texts.items()})
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(near or data))
        rows: dict[str, Rows] = {
            ours: [[_plain(value) for value in row] for row in _rows_of(book, theirs)]
            for ours, theirs in titles.items()
        }
    except (CalamineError, OSError, ValueError, OverflowError) as fault:
        raise Unprocessable(f"cannot be read: {fault}", reason="Dosya bozuk; okunamıyor.") from fault
    for ours, text in texts.items():
        if b'"e"' in text or b"'e'" in text:
            _put_errors(rows[ours], text)
    return rows


def _rows_of(book: Any, title: str) -> Sequence[Sequence[Any]]:
    rows: Sequence[Sequence[Any]] = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return rows


def _plain(value: Any) -> CellValue:
    match value:
        case "":
            return None
        case str() | bool() | int() | float() | date():
            return value
        case time() | timedelta():
            return str(value)
        case _:
            return None if value is None else str(value)


def _put_errors(rows: Any, text: bytes) -> None:
    for found in _ERROR.finditer(text):
        row, column = int(found[2]) - 1, column_index(found[1].decode()) - 1
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = found[3].decode()


# --- far cells --------------------------------------------------------------------------------------------


def _without_far_cells(package: Package, texts: Mapping[str, bytes]) -> bytes:
    """The file without cells beyond all reason; empty when there are none."""
    far = [part for part, text in texts.items() if _reaches_far(text)]
    if not far:
        return b""
    reduced = Package(package.to_bytes())
    for part in far:
        near = _cut(Worksheet(package, part), texts[part])
        if _reaches_far(near):
            raise Unprocessable(f"{part}: an address that no cell has", reason="Dosya bozuk; okunamıyor.")
        reduced.put(part, near)
    return reduced.to_bytes()


def _reaches_far(text: bytes) -> bool:
    return _FAR_ADDRESS.search(text) is not None


def _cut(sheet: Worksheet, text: bytes) -> bytes:
    pieces, position = [], 0
    for line in sheet.lines.values():
        pieces.append(text[position : line.start])
        if line.number <= MOST_ROWS:
            pieces.append(_CELL.sub(_near_cell, text[line.start : line.end]))
        position = line.end
    return b"".join([*pieces, text[position:]])


def _near_cell(found: "re.Match[bytes]") -> bytes:
    """A far cell is left out; one that no worksheet can have stays, to be found as damage."""
    return b"" if MOST_COLUMNS < column_index(found[1].decode()) <= LAST_COLUMN else found[0]


# --- comments ---------------------------------------------------------------------------------------------


def read_comments(package: Package, part: str) -> dict[tuple[int, int], str]:
    """Texts of the comments that people hung on cells, by 1-based (row, column)."""
    found: dict[tuple[int, int], str] = {}
    for name in package.related(part, "comments"):
        for comment in package.elements(name, "comment"):
            at = re.fullmatch(r"([A-Z]+)(\d+)", comment.get("ref") or "")
            text = "".join(e.text or "" for e in comment.iter() if local(e) == "t").strip()
            if at and text:
                found[int(at[2]), column_index(at[1])] = text
    return found
