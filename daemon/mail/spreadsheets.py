"""Lists in spreadsheet files: .xlsx, .xlsb, .xls and .ods (calamine), .csv in whatever code page and with whatever
separator.

Files come from strangers: an .xlsx is a zip and may unpack to anything, so what it really unpacks to is counted
before it is read; rows and columns are bounded. Formulas count as the values that were last computed.
"""

import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from daemon.domain.errors import Unprocessable
from daemon.domain.structured.sources import Grid
from daemon.mail import charset
from daemon.mail.formats_in_xls import formats_in_xls
from daemon.mail.packages import names_in
from daemon.mail.shown_in_ods import shown_in_ods
from daemon.mail.shown_numbers import Place, shown_by, zero_formats

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"})
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
_LONGEST_CELL = 32_767
_SEPARATORS = ";\t,|"
_SAMPLE_LINES = 40
_TOO_LARGE = "liste aşırı büyük; açılmadı"
_BROKEN = "liste açılamadı; dosya bozuk veya parolalı olabilir"


def is_spreadsheet(name: str) -> bool:
    return any(name.lower().endswith(suffix) for suffix in SUFFIXES)


def read_spreadsheet(name: str, data: bytes) -> tuple[Grid, ...]:
    """Every worksheet of a file. Raises :class:`Unprocessable`."""
    if not data:
        raise Unprocessable(f"{name}: empty", reason="dosya boş")
    if len(data) > MOST_BYTES:
        raise Unprocessable(f"{name}: {len(data)} bytes", reason=_TOO_LARGE)
    if data.startswith(b"PK"):
        _check_unpacked(name, data)
        return _read_workbook(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_workbook(name, data)
    if name.lower().endswith((".csv", ".tsv")) and b"\0" not in data[:2].strip(b"\xff\xfe"):
        return (_read_csv(name, data),)
    raise Unprocessable(f"{name}: no spreadsheet", reason="dosya bir Excel veya CSV listesi değil")


# --- workbooks --------------------------------------------------------------------------------------------


def _check_unpacked(name: str, data: bytes) -> None:
    """Unpack and throw away, to a limit: the sizes that a zip states of itself may be lies."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS:
                raise Unprocessable(f"{name}: {len(entries)} parts", reason=_TOO_LARGE)
            for entry in entries:
                entry.file_size = MOST_UNPACKED + 1  # read on to the true end of the packed data
                with archive.open(entry) as part:
                    while chunk := part.read(1 << 20):
                        left -= len(chunk)
                        if left < 0:
                            raise Unprocessable(f"{name}: unpacks to too much", reason=_TOO_LARGE)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        NotImplementedError,
    ) as fault:
        raise Unprocessable(f"{name}: {fault}", reason=_BROKEN) from fault


def _read_workbook(name: str, data: bytes) -> tuple[Grid, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            formats = _formats_of(data)
            grids = [
                Grid(
                    f"{name} {title}",
                    _bounded(name, _cells_of(workbook.get_sheet_by_name(title), formats)),
                    title,
                )
                for title in workbook.sheet_names[:MOST_SHEETS]
            ]
    except Unprocessable:
        raise
    except (CalamineError, ValueError, OSError, OverflowError) as fault:
        raise Unprocessable(f"{name}: {fault}", reason=_BROKEN) from fault
    except BaseException as fault:  # the reader is native code: its panics are no Exception
        if type(fault).__name__ != "PanicException":
            raise
        raise Unprocessable(f"{name}: the reader gave up", reason=_BROKEN) from fault
    return tuple(grid for grid in grids if grid.rows)


def _formats_of(data: bytes) -> Mapping[str, Mapping[Place, str]]:
    """By worksheet the cells whose format shows zeros that the value has not."""
    if not data.startswith(b"PK"):
        return formats_in_xls(data)
    is_open_document = "content.xml" in names_in(data)
    return (shown_in_ods if is_open_document else zero_formats)(data, MOST_UNPACKED)


def _cells_of(sheet: CalamineSheet, formats: Mapping[str, Mapping[Place, str]]) -> list[list[object]]:
    """A cell that was merged over several rows says the same of each of them; titles across columns say it once."""
    rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
    for (at, column), code in formats.get(sheet.name, {}).items():
        if at < len(rows) and column < len(rows[at]):
            rows[at][column] = shown_by(rows[at][column], code) or rows[at][column]
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())[:MOST_ROWS]:
        if left != right or bottom - top >= MOST_ROWS:
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and left < len(rows[top]) and row[left] in {None, ""}:
                row[left] = rows[top][left]
    return rows


def _bounded(name: str, rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    if len(rows) > MOST_ROWS:
        raise Unprocessable(f"{name}: {len(rows)} rows", reason=f"listede {MOST_ROWS} satırdan fazla var")
    return tuple(tuple(_shown(cell) for cell in row[:MOST_COLUMNS]) for row in rows)


def _shown(cell: object) -> str:
    """A cell as a person reads it; days in the Turkish order."""
    match cell:
        case None:
            return ""
        case bool():
            return "Evet" if cell else "Hayır"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            shown = f"{cell.day:02d}.{cell.month:02d}.{cell.year:04d}"
            return shown if cell.time() == time() else f"{shown} {cell.hour:02d}:{cell.minute:02d}"
        case date():
            return f"{cell.day:02d}.{cell.month:02d}.{cell.year:04d}"
        case time():
            return f"{cell.hour:02d}:{cell.minute:02d}"
        case timedelta():
            return str(cell)
        case _:
            return str(cell)[:_LONGEST_CELL]


# --- text -------------------------------------------------------------------------------------------------


def _read_csv(name: str, data: bytes) -> Grid:
    text = charset.decode(data).lstrip("\ufeff").replace("\0", "")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        return Grid(name, _rows(name, rest, first.strip()[4]))
    return Grid(name, _rows(name, text, _separator(text)))


def _separator(text: str) -> str:
    """The one that divides most lines into the same number of cells; Turkish Excel writes semicolons."""
    best, most = ";", 0
    for separator in _SEPARATORS:
        lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
        counts = Counter(len(row) for row in _parsed(lines, separator) if len(row) > 1)
        score = max((times * min(cells, 8) for cells, times in counts.items()), default=0)
        if score > most:
            best, most = separator, score
    return best


def _rows(name: str, text: str, separator: str) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in _parsed(io.StringIO(text, newline=""), separator):
        rows.append(tuple(cell[:_LONGEST_CELL] for cell in row[:MOST_COLUMNS]))
        if len(rows) > MOST_ROWS:
            raise Unprocessable(f"{name}: too many rows", reason=f"listede {MOST_ROWS} satırdan fazla var")
    return tuple(rows)


def _parsed(lines: Iterable[str], separator: str) -> Iterable[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:  # a quotation mark that never closes: what came before it was read
        return
