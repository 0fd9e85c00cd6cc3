"""A spreadsheet at Google as people handle it: by the menu's commands, as Google carries them out.

Headers and the worksheet are found even after somebody renamed them: people see where their columns are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from daemon.domain.sheet import CellValue
from tests.sheets.contract import Grid
from tests.sheets.google_people import GoogleUser
from tests.sheets_server.server import SheetsServer

Line = dict[str, CellValue]
TAB = "Talepler"
ARCHIVE = "Arşiv"
RENAMED = {"Durumu": "Durum", "Aşama": "Durum"}
"""Names that people give to a header, and what it was."""
PEOPLES = ("Kategori", "İrtibat", "Sonuç", "Not")


@dataclass
class GoogleBook:
    """What :class:`tests.steps.memory.MemoryWorkbook` offers to people, and more."""

    server: SheetsServer
    where: Callable[[], str]

    def __post_init__(self) -> None:
        self.person = GoogleUser(self.server, self.where)
        self.ids = {title: self._id(title) for title in (TAB, ARCHIVE)}

    def _id(self, title: str) -> int:
        return next(int(p.get("sheetId", 0)) for p in self._properties() if p["title"] == title)

    def _properties(self) -> list[dict[str, Any]]:
        return [each["properties"] for each in self.person.book.resource()["sheets"]]

    def called(self, title: str) -> str:
        """How a worksheet is called now."""
        return next(str(p["title"]) for p in self._properties() if p.get("sheetId", 0) == self.ids[title])

    # --- looking --------------------------------------------------------------------------------------

    def grid(self, title: str = TAB) -> Grid:
        return self.person.grid(self.called(title))

    @property
    def grids(self) -> dict[str, Grid]:
        return {title: self.grid(title) for title in (TAB, ARCHIVE)}

    def headers(self, title: str = TAB) -> list[str]:
        return [RENAMED.get(str(name), str(name)) for name in self.grid(title)[0]]

    def lines(self, title: str = TAB) -> list[Line]:
        grid = self.grid(title)
        header = [RENAMED.get(str(name), str(name)) for name in grid[0]]
        return [dict(zip(header, line, strict=True)) for line in grid[1:]]

    # --- typing ---------------------------------------------------------------------------------------

    def arrange(self, title: str, change: Callable[[Grid], Grid]) -> None:
        self.person.arrange(self.called(title), change)

    def put(self, index: int, header: str, value: CellValue, title: str = TAB) -> None:
        shown = self.grid(title)[0][self.headers(title).index(header)]
        self.person.put(self.called(title), index + 2, str(shown), value)

    def put_below(self, line: Line, title: str = TAB) -> None:
        """Paste a row from elsewhere below the last one, column by column."""
        header = self.headers(title)
        self.arrange(title, lambda grid: [*grid, [line.get(name) for name in header]])

    # --- the menu's commands --------------------------------------------------------------------------

    def _do(self, *requests: dict[str, Any]) -> None:
        self.server.edit(self.where(), *requests)

    def _rows(self, first: int, count: int = 1) -> dict[str, Any]:
        """Rows by index; the header is not counted."""
        start = first + 1
        return {"sheetId": self.ids[TAB], "dimension": "ROWS", "startIndex": start, "endIndex": start + count}

    def _area(self, first: int, count: int, columns: tuple[int, int]) -> dict[str, int]:
        return {
            "sheetId": self.ids[TAB], "startRowIndex": first + 1, "endRowIndex": first + 1 + count,
            "startColumnIndex": columns[0], "endColumnIndex": columns[1],
        }  # fmt: skip

    def sort_by(self, header: str, order: str) -> None:
        """Data → Sort range: blank rows end up last."""
        height, names = len(self.lines()), self.headers()
        if height:
            spec = {"dimensionIndex": names.index(header), "sortOrder": order}
            area = self._area(0, height, (0, len(names)))
            self._do({"sortRange": {"range": area, "sortSpecs": [spec]}})

    def insert_rows(self, at: int, count: int = 1) -> None:
        self._do({"insertDimension": {"range": self._rows(at, count), "inheritFromBefore": False}})

    def remove_row(self, at: int) -> None:
        self._do({"deleteDimension": {"range": self._rows(at)}})

    def move_row(self, at: int, to: int) -> None:
        if to not in {at, at + 1}:
            self._do({"moveDimension": {"source": self._rows(at), "destinationIndex": to + 1}})

    def copy_rows(self, at: int, count: int) -> None:
        """Copy some rows, paste them below the last one."""
        below, width = len(self.lines()), len(self.headers())
        room = {"sheetId": self.ids[TAB], "dimension": "ROWS", "length": count}
        source, target = (self._area(first, count, (0, width)) for first in (at, below))
        paste = {"source": source, "destination": target, "pasteType": "PASTE_NORMAL"}
        self._do({"appendDimension": room}, {"copyPaste": paste})

    def paste_over(self, source: int, target: int, header: str) -> None:
        """One cell of a row onto another row's."""
        at = self.headers().index(header)
        a, b = (self._area(row, 1, (at, at + 1)) for row in (source, target))
        self._do({"copyPaste": {"source": a, "destination": b, "pasteType": "PASTE_VALUES"}})

    def rename_header(self, header: str, new: str) -> None:
        names = self.headers()
        self.arrange(TAB, lambda grid: [[new if n == header else x for n, x in zip(names, grid[0], strict=True)],
                                        *grid[1:]])  # fmt: skip

    def rename_tab(self, new: str) -> None:
        properties = {"sheetId": self.ids[TAB], "title": new}
        self._do({"updateSheetProperties": {"properties": properties, "fields": "title"}})

    def rename(self, new: str) -> None:
        """File → Rename."""
        self._do({"updateSpreadsheetProperties": {"properties": {"title": new}, "fields": "title"}})

    def put_back(self, grid: Sequence[Sequence[CellValue]]) -> None:
        """Undo, as far back as then: over whatever anybody wrote since."""
        self.arrange(TAB, lambda _: [list(line) for line in grid])
