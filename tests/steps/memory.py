"""A workbook in memory that fulfils :class:`tests.sheets.contract.WorkbookContract`, and a person who works in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from daemon.domain.errors import Temporary
from daemon.domain.sheet import (
    DIRECTORATE_SHEETS,
    CellValue,
    Changes,
    Layout,
    Snapshot,
    Table,
)
from daemon.sheets.tables import find_grid, missing_headers, place, read_table
from daemon.sheets.xlsx import Edit, clean
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
        if not self.grids:
            self.grids = {layout.title: [[c.header for c in layout.columns]] for layout in self.layouts}
            self.version += 1
            return ["made"]
        done = []
        for layout in self.layouts:
            grid = self.grids[layout.title]
            for column, write in missing_headers(layout, find_grid(layout, grid), grid):
                _put(grid, write.row, write.column, column.header)
                done.append(column.header)
        self.version += bool(done)
        return done

    def read(self) -> Snapshot:
        return Snapshot(self.fingerprint(), {layout.title: self._table(layout) for layout in self.layouts})

    def _table(self, layout: Layout) -> Table:
        grid = self.grids[layout.title]
        return read_table(layout, find_grid(layout, grid), grid, {})

    def write(self, changes: Changes, expected: Snapshot) -> Snapshot:
        if expected.fingerprint != self.fingerprint() or self.fails_before:
            raise Temporary("somebody has it open", reason="Dosya açık.")
        edits = place(
            changes, {layout.title: find_grid(layout, self.grids[layout.title]) for layout in self.layouts}
        )
        for title, edit in edits.items():
            _carry_out(self.grids[title], edit)
        self.version += bool(edits)
        if self.crashes_after:
            raise Crash
        return self.read()

    # --- people ---------------------------------------------------------------------------------------

    def arrange(self, title: str, change: Callable[[Grid], Grid]) -> None:
        self.grids[title] = change([list(line) for line in self.grids[title]])
        self.version += 1

    def lines(self, title: str = "Talepler") -> list[dict[str, CellValue]]:
        """Rows by header, blank ones too."""
        header, *lines = self.grids[title]
        return [dict(zip(header, [*line, *[None] * len(header)], strict=False)) for line in lines]

    def put(self, index: int, header: str, value: CellValue, title: str = "Talepler") -> None:
        _put(self.grids[title], index + 2, self.grids[title][0].index(header) + 1, value)
        self.version += 1


def _carry_out(grid: Grid, edit: Edit) -> None:
    for write in edit.writes:
        value = clean(write.value) if isinstance(write.value, str) else write.value
        _put(grid, write.row, write.column, value or None if isinstance(value, str) else value)
    for row in sorted(set(edit.removals), reverse=True):
        del grid[row - 1]


def _put(grid: Grid, row: int, column: int, value: Any) -> None:
    """Into one cell, both counted from 1; every line stays as wide as the header."""
    width = max([column, *(len(line) for line in grid)])
    grid.extend([] for _ in range(row - len(grid)))
    for line in grid:
        line.extend([None] * (width - len(line)))
    grid[row - 1][column - 1] = value
