"""One xlsx workbook in the shared folder as a :class:`daemon.ports.Workbook`.

Reading: values through calamine at their true positions; columns are found by their header wherever people
moved it. Writing: refused while somebody has the file open or it is not as it was read; otherwise a new file
beside it, fsynced, then ``os.replace``; the state before is kept in ``.muhtarlik/``.
"""

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from daemon.domain.cells import normal
from daemon.domain.errors import ConfigurationError, Temporary, Unprocessable
from daemon.domain.sheet import CellValue, Changes, Layout, SheetRow, Snapshot, Table
from daemon.domain.text import fold
from daemon.sheets.create import Lists, create_workbook, missing_sheets_added
from daemon.sheets.locks import opened_by
from daemon.sheets.xlsx import Write, patched

HEADER_ROWS = 12
"""The header is looked for in so many rows from the top: people put a title above it."""
KEPT_VERSIONS = 5
_ASIDE = ".muhtarlik"


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a worksheet's header is and which column is whose (0-based in ``values``)."""

    header_row: int
    columns: Mapping[str, int]
    own: Mapping[str, int]
    """People's own columns, by header."""
    values: Sequence[Sequence[Any]]


class XlsxWorkbook:
    """``<folder>/<code>.xlsx`` with the given worksheets. ``lists`` feeds the drop-downs."""

    def __init__(
        self,
        path: Path,
        code: str,
        layouts: Sequence[Layout],
        *,
        file_layouts: Sequence[Layout],
        lists: Lists,
    ) -> None:
        self.path = path
        self._code = code
        self._layouts = tuple(layouts)
        self._file_layouts = tuple(file_layouts)
        self._lists = lists

    @property
    def code(self) -> str:
        return self._code

    # --- reading --------------------------------------------------------------------------------------

    def fingerprint(self) -> str:
        try:
            found = self.path.stat()
        except OSError:
            return ""
        return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"

    def read(self) -> Snapshot:
        data = self._bytes()
        return self._snapshot(data)

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as fault:
            raise Temporary(
                f"{self.path}: {fault.strerror}", reason=f"{self.path.name} okunamıyor ({fault.strerror})."
            ) from fault

    def _snapshot(self, data: bytes) -> Snapshot:
        grids = self._grids(data)
        tables = {layout.title: _table(layout, grids.get(layout.title)) for layout in self._layouts}
        return Snapshot(hashlib.sha256(data).hexdigest(), tables)

    def _grids(self, data: bytes) -> dict[str, Grid]:
        from python_calamine import CalamineWorkbook

        if not data:
            raise Unprocessable(f"{self.path} is empty", reason=f"{self.path.name} boş bir dosya.")
        try:
            book = CalamineWorkbook.from_filelike(BytesIO(data))
            titles = {fold(title).strip(): title for title in book.sheet_names}
            wanted = {layout.title: titles.get(fold(layout.title)) for layout in self._layouts}
            values = {
                title: book.get_sheet_by_name(found).to_python(skip_empty_area=False)
                for title, found in wanted.items()
                if found
            }
        except Exception as fault:  # calamine names its errors by file kind; none is of our making
            raise Unprocessable(
                f"{self.path} cannot be read: {fault}",
                reason=f"{self.path.name} bozuk veya parolalı; açılamıyor.",
            ) from fault
        by_title = {layout.title: layout for layout in self._layouts}
        return {title: _grid(by_title[title], rows) for title, rows in values.items()}

    # --- writing --------------------------------------------------------------------------------------

    def write(self, changes: Changes, expected: Snapshot) -> Snapshot:
        if who := opened_by(self.path):
            raise Temporary(f"{self.path} is open", reason=f"{who} Kapatıldığında güncellenecektir.")
        data = self._bytes()
        if hashlib.sha256(data).hexdigest() != expected.fingerprint:
            raise Temporary(f"{self.path} changed meanwhile", reason=f"{self.path.name} az önce değişti.")
        grids = self._grids(data)
        writes, removals = _placed(changes, grids)
        heads = {title: [grid.header_row + 1] for title, grid in grids.items()}
        header_rows = {title: rows[0] for title, rows in self._real_titles(data, heads).items()}
        fresh = patched(
            data,
            self._real_titles(data, writes),
            self._real_titles(data, removals),
            header_rows=header_rows,
        )
        after = self._snapshot(fresh)
        self._replace(data, fresh)
        return after

    def _real_titles(self, data: bytes, by_title: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        """People may spell a worksheet's title a little otherwise ("talepler ")."""
        from daemon.sheets.package import Package

        known = {fold(title).strip(): title for title in Package.open(data).sheets()}
        return {known[fold(title)]: items for title, items in by_title.items() if items}

    def _replace(self, before: bytes, after: bytes) -> None:
        """Write beside, sync, look once more, replace, sync the folder."""
        temporary = self.path.with_name(f".{self.path.stem}.muhtarlik-new")
        try:
            self._keep_version(before)
            _write_synced(temporary, after)
            with suppress(OSError):
                shutil.copystat(self.path, temporary)
                found = self.path.stat()
                os.chown(temporary, found.st_uid, found.st_gid)
            os.utime(temporary)
            if opened_by(self.path) or self._bytes() != before:
                raise Temporary(f"{self.path} changed meanwhile", reason=f"{self.path.name} az önce değişti.")
            os.replace(temporary, self.path)
            _sync_folder(self.path.parent)
        except OSError as fault:
            raise _translated(self.path, fault) from fault
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _keep_version(self, data: bytes) -> None:
        folder = self.path.parent / _ASIDE
        folder.mkdir(mode=0o750, exist_ok=True)
        versions = sorted(folder.glob(f"{self.path.stem}.*.xlsx"))
        for old in versions[: max(0, len(versions) - KEPT_VERSIONS + 1)]:
            old.unlink(missing_ok=True)
        serial = int(versions[-1].suffixes[0][1:]) + 1 if versions else 1
        (folder / f"{self.path.stem}.{serial:09d}.xlsx").write_bytes(data)

    # --- setting up -----------------------------------------------------------------------------------

    def set_up(self) -> list[str]:
        """Create the file, or add worksheets and headers that are missing. Idempotent."""
        if not self.path.exists():
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                temporary = self.path.with_name(f".{self.path.stem}.muhtarlik-new")
                _write_synced(temporary, create_workbook(self._file_layouts, self._lists))
                os.replace(temporary, self.path)
                _sync_folder(self.path.parent)
            except OSError as fault:
                raise _translated(self.path, fault) from fault
            return ["oluşturuldu"]
        return self._repair()

    def _repair(self) -> list[str]:
        if who := opened_by(self.path):
            raise Temporary(f"{self.path} is open", reason=f"{who} Kapattıktan sonra yeniden deneyiniz.")
        data = self._bytes()
        grids = self._grids(data)
        done = []
        fresh, added = missing_sheets_added(data, self._layouts, self._lists)
        done += [f"“{title}” sayfası eklendi" for title in added]
        headers: dict[str, list[Write]] = defaultdict(list)
        for layout in self._layouts:
            grid = grids.get(layout.title)
            for write, header in _missing_headers(layout, grid) if grid else ():
                headers[layout.title].append(write)
                done.append(f"{layout.title}: “{header}” sütunu eklendi")
        if headers:
            fresh = patched(fresh, self._real_titles(fresh, headers), {})
        if done:
            self._replace(data, fresh)
        return done


# --- worksheets as tables ---------------------------------------------------------------------------------


def _grid(layout: Layout, rows: Sequence[Sequence[Any]]) -> Grid:
    names = {fold(name).strip(): c.key for c in layout.columns for name in (c.header, *c.aliases)}
    best = 0
    columns: dict[str, int] = {}
    for place, row in enumerate(rows[:HEADER_ROWS]):
        found: dict[str, int] = {}
        for index, value in enumerate(row):
            key = names.get(" ".join(fold(str(value)).split())) if value not in (None, "") else None
            if key is not None:
                found.setdefault(key, index)
        if len(found) > len(columns):
            best, columns = place, found
    header = rows[best] if rows else []
    taken = set(columns.values())
    own = {str(v).strip(): n for n, v in enumerate(header) if n not in taken and v not in (None, "")}
    return Grid(best, columns, own, rows)


def _table(layout: Layout, grid: Grid | None) -> Table:
    if grid is None:
        return Table(layout.title, (), tuple(column.key for column in layout.columns))
    missing = tuple(column.key for column in layout.columns if column.key not in grid.columns)
    shapes = {column.key: column.shape for column in layout.columns}
    rows = []
    for place, values in enumerate(grid.values[grid.header_row + 1 :], grid.header_row + 2):
        cells = {
            key: normal(_plain(values[index]), shapes[key])
            for key, index in grid.columns.items()
            if index < len(values)
        }
        cells |= {
            f"x:{header}": value
            for header, index in grid.own.items()
            if index < len(values) and (value := normal(_plain(values[index]))) is not None
        }
        if any(value is not None for value in cells.values()):
            rows.append(SheetRow(place, cells))
    return Table(layout.title, tuple(rows), missing)


def _plain(value: Any) -> CellValue:
    match value:
        case datetime():
            return value
        case None | str() | bool() | int() | float() | date():
            return value
        case time() | timedelta():
            return str(value)
        case _:
            return str(value)


def _placed(
    changes: Changes, grids: Mapping[str, Grid]
) -> tuple[dict[str, list[Write]], dict[str, list[int]]]:
    """Changes by column key as writes by position."""
    writes: dict[str, list[Write]] = defaultdict(list)
    removals: dict[str, list[int]] = defaultdict(list)
    for cell in changes.cells:
        index = grids[cell.title].columns.get(cell.key)
        if index is not None:
            writes[cell.title].append(Write(cell.position, index + 1, cell.value, cell.link))
    following: dict[str, int] = {}
    for append in changes.appends:
        grid = grids[append.title]
        row = following.setdefault(append.title, _last_used(grid) + 1)
        following[append.title] += 1
        for key, value in append.cells.items():
            if key in grid.columns and value not in (None, ""):
                link = append.links.get(key, "")
                writes[append.title].append(Write(row, grid.columns[key] + 1, value, link))
    for removal in changes.removals:
        removals[removal.title].append(removal.position)
    return writes, removals


def _last_used(grid: Grid) -> int:
    """The last row (1-based) in which anything stands, the header at least."""
    for place in range(len(grid.values) - 1, grid.header_row, -1):
        if any(value not in (None, "") for value in grid.values[place]):
            return place + 1
    return grid.header_row + 1


def _missing_headers(layout: Layout, grid: Grid) -> Iterable[tuple[Write, str]]:
    header = grid.values[grid.header_row] if grid.values else []
    right = max((n for n, value in enumerate(header) if value not in (None, "")), default=-1) + 2
    for column in layout.columns:
        if column.key not in grid.columns:
            yield Write(grid.header_row + 1, right, column.header), column.header
            right += 1


# --- files ------------------------------------------------------------------------------------------------


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _translated(path: Path, fault: OSError) -> Temporary | ConfigurationError:
    if isinstance(fault, PermissionError):
        line = f"{path}: yazma izni yok"
        return ConfigurationError(f"{path}: {fault.strerror}", faults=(line,), reason=line)
    return Temporary(f"{path}: {fault.strerror}", reason=f"{path.name} yazılamıyor ({fault.strerror}).")
