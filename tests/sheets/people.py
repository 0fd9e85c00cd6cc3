"""People who work in an xlsx file, and looking into its parts."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Grid = list[list[Any]]


class ExcelUser:
    """Rearranges a worksheet's values and saves as Excel does: a new file in the old one's place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def arrange(self, title: str, change: Callable[[Grid], Grid]) -> None:
        book = load_workbook(self._path)
        sheet = book[title]
        grid = change([list(row) for row in sheet.iter_rows(values_only=True)])
        sheet.delete_rows(1, sheet.max_row)
        for number, row in enumerate(grid, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value)
        fresh = self._path.with_name("Excel-save.tmp")
        book.save(fresh)
        fresh.replace(self._path)


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package, unpacked."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """Names of parts that differ, came or went."""
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def with_parts(data: bytes, change: dict[str, bytes | None]) -> bytes:
    """The package with parts replaced, added, or (``None``) taken out."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts(data), **change}.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()
