"""What people see and do in the directorates' spreadsheets, whatever keeps them: a port, and its workbooks."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Protocol

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

LIVE, ARCHIVE = "Talepler", "Arşiv"
OWN = "Ekip"
"""A column that people add for themselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a number, as a person sees it."""

    sheet: str
    title: str
    cells: Mapping[str, Any]

    @property
    def number(self) -> str:
        return str(self.cells["Talep No"])


class Spreadsheets(Protocol):
    """Every directorate's spreadsheet, in people's hands."""

    def rows(self) -> list[Row]:
        """All rows with a number, of all spreadsheets."""

    def type_into(self, sheet: str, number: str, cells: Mapping[str, Any]) -> bool:
        """Change cells of a live row; text is added below what stands in ``Not``. ``False`` when it is not there."""

    def enter(self, sheet: str, cells: Mapping[str, Any]) -> bool:
        """Type a new row without a number."""

    def shuffle(self, sheet: str, chance: Random) -> bool:
        """Bring the live rows into another order."""


class Workbooks:
    """xlsx files, edited as Excel does: its lock beside the file, a new file in the old one's place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self) -> list[Row]:
        found = []
        for path in sorted(self._folder.glob("[!.~]*.xlsx")):
            book = load_workbook(path)
            for title in (LIVE, ARCHIVE):
                if title in book.sheetnames:
                    found += [Row(path.stem, title, cells) for _, cells in _numbered(book[title])]
        return found

    def type_into(self, sheet: str, number: str, cells: Mapping[str, Any]) -> bool:
        def change(page: Worksheet) -> bool:
            position = next((n for n, row in _numbered(page) if row["Talep No"] == number), None)
            if position is None:
                return False
            columns = _columns(page)
            for header, value in cells.items():
                column = columns.setdefault(header, len(columns) + 1)
                page.cell(1, column).value = header
                cell = page.cell(position, column)
                cell.value = f"{cell.value}\n{value}" if header == "Not" and cell.value else value
            return True

        return self._edit(sheet, change)

    def enter(self, sheet: str, cells: Mapping[str, Any]) -> bool:
        def change(page: Worksheet) -> bool:
            columns = _columns(page)
            position = 2
            while any(page.cell(position, column).value is not None for column in columns.values()):
                position += 1
            for header, value in cells.items():
                page.cell(position, columns[header]).value = value
            return True

        return self._edit(sheet, change)

    def shuffle(self, sheet: str, chance: Random) -> bool:
        def change(page: Worksheet) -> bool:
            last = max((n for n, _ in _numbered(page)), default=1)
            lines = [
                [(c.value, c.number_format) for c in row] for row in page.iter_rows(min_row=2, max_row=last)
            ]
            chance.shuffle(lines)
            for n, line in enumerate(lines, 2):
                for column, (value, shape) in enumerate(line, 1):
                    page.cell(n, column).value = value
                    page.cell(n, column).number_format = shape
            return len(lines) > 1

        return self._edit(sheet, change)

    def _edit(self, sheet: str, change: Callable[[Worksheet], bool]) -> bool:
        path = self._folder / f"{sheet}.xlsx"
        if not path.exists():
            return False
        with _opened(path):
            book = load_workbook(path)
            if not change(book[LIVE]):
                return False
            new = path.with_name("~WRL0001.tmp")
            book.save(new)
            new.replace(path)
        return True


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """While a person has it open. Nobody types within a tenth of a second."""
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"\x04Ay\xfee".ljust(165, b"\0"))
    try:
        time.sleep(0.1)
        yield
    finally:
        lock.unlink()


def _columns(page: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[1] if cell.value}


def _numbered(page: Worksheet) -> Iterator[tuple[int, dict[str, Any]]]:
    headers = [cell.value for cell in page[1]]
    for position, line in enumerate(page.iter_rows(min_row=2, values_only=True), 2):
        cells = {str(h): value for h, value in zip(headers, line, strict=False) if h}
        if cells.get("Talep No"):
            yield position, cells
