"""A workbook in memory with the semantics of :class:`tests.sheets.contract.WorkbookContract`, and a person."""

from dataclasses import dataclass, field
from typing import Any

from daemon.domain.cells import normal
from daemon.domain.errors import Temporary
from daemon.domain.sheet import (
    DIRECTORATE_SHEETS,
    CellValue,
    CellWrite,
    Changes,
    Layout,
    SheetRow,
    Snapshot,
    Table,
)
from tests.sheets.contract import Grid


@dataclass
class Crash(BaseException):
    """The power goes."""


@dataclass
class MemoryWorkbook:
    """Worksheets as grids of values, the header among them; positions count from 1 as in a file."""

    code: str
    layouts: tuple[Layout, ...] = DIRECTORATE_SHEETS
    grids: dict[str, Grid] = field(default_factory=dict)
    version: int = 0
    fails_before: bool = False
    crashes_after: bool = False

    @property
    def name(self) -> str:
        return f"{self.code}.xlsx"

    def fingerprint(self) -> str:
        return str(self.version) if self.grids else ""

    def lists_sign(self) -> str:
        return ""

    def renew_lists(self) -> bool:
        return False

    def set_up(self) -> list[str]:
        if self.grids:
            return []
        self.grids = {layout.title: [[c.header for c in layout.columns]] for layout in self.layouts}
        self.version += 1
        return ["made"]

    def read(self) -> Snapshot:
        return Snapshot(self.fingerprint(), {layout.title: self._table(layout) for layout in self.layouts})

    def _table(self, layout: Layout) -> Table:
        grid, columns = self.grids[layout.title], self._columns(layout)
        shapes = {column.key: column.shape for column in layout.columns}
        rows = []
        for position, line in enumerate(grid[1:], 2):
            cells = {
                key: normal(line[at], shapes[key]) if key in shapes else normal(line[at])
                for key, at in columns.items()
                if key in shapes or line[at] is not None
            }
            if any(value is not None for value in cells.values()):
                rows.append(SheetRow(position, cells))
        return Table(layout.title, tuple(rows), tuple(key for key in shapes if key not in columns))

    def _columns(self, layout: Layout) -> dict[str, int]:
        keys = {column.header: column.key for column in layout.columns}
        return {keys.get(name, f"x:{name}"): at for at, name in enumerate(self.grids[layout.title][0])}

    def write(self, changes: Changes, expected: Snapshot) -> Snapshot:
        if expected.fingerprint != self.fingerprint() or self.fails_before:
            raise Temporary("somebody has it open", reason="Dosya açık.")
        if changes:
            for layout in self.layouts:
                self._write(layout, changes)
            self.version += 1
        if self.crashes_after:
            raise Crash
        return self.read()

    def _write(self, layout: Layout, changes: Changes) -> None:
        grid, columns = self.grids[layout.title], self._columns(layout)
        for cell in changes.cells:
            if cell.title == layout.title:
                grid[cell.position - 1][columns[cell.key]] = _stored(cell)
        for append in changes.appends:
            if append.title == layout.title:
                line: list[Any] = [None] * len(grid[0])
                for key, value in append.cells.items():
                    if key in columns:
                        line[columns[key]] = value if value != "" else None
                grid.append(line)
        gone = {removal.position for removal in changes.removals if removal.title == layout.title}
        self.grids[layout.title] = [line for at, line in enumerate(grid, 1) if at not in gone]

    # --- people ---------------------------------------------------------------------------------------

    def arrange(self, title: str, change: Any) -> None:
        self.grids[title] = change([list(line) for line in self.grids[title]])
        self.version += 1

    def lines(self, title: str = "Talepler") -> list[dict[str, CellValue]]:
        """Rows by header, blank ones too."""
        header, *lines = self.grids[title]
        return [dict(zip(header, line, strict=True)) for line in lines]

    def put(self, index: int, header: str, value: CellValue, title: str = "Talepler") -> None:
        at = self.grids[title][0].index(header)
        self.grids[title][index + 1][at] = value
        self.version += 1


def _stored(cell: CellWrite) -> CellValue:
    return cell.value if cell.value != "" else None
