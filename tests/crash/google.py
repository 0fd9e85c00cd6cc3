"""The directorates' spreadsheets at Google's stand-in: what people do there, and what befalls the line to it."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from tests.crash.spreadsheets import ARCHIVE, LIVE, Row
from tests.sheets.google_people import GoogleUser
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

_SETTINGS = """\
[sheets]
backend = "google"
quiet_seconds = 0
[sheets.google]
folder = "{folder}"
endpoint = "{endpoint}"
calls_per_minute = 10000
"""


class GoogleSheets:
    """Fulfils :class:`tests.crash.spreadsheets.Spreadsheets`. ``names`` are the directorates' by their codes: so the
    daemon calls their spreadsheets."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.server = SheetsServer(quotas=None, drive_lag=timedelta(0))

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.__exit__(kind, error, trace)

    def settings(self, config: Path) -> str:
        """The office's section for them; its key is written beside ``config``."""
        account = ServiceAccount.make(self.server)
        account.write(config.with_name("service-account.json"))
        drive = self.server.add_shared_drive("Muhtarlık", [(account.email, "fileOrganizer")])
        return _SETTINGS.format(folder=drive, endpoint=self.server.url)

    # --- faults ---------------------------------------------------------------------------------------

    def disturb(self, chance: Random) -> None:
        """One of the next calls goes wrong: before or after its effect, refused, throttled, late."""
        skip = chance.randint(0, 6)
        self.server.faults.add(
            chance.choice(
                (
                    Fault("cut_before", skip=skip),
                    Fault("cut_after", skip=skip),
                    Fault("cut_after", skip=skip % 2, kind="write"),
                    Fault("error", 503, skip=skip),
                    Fault("error", 500, skip=skip % 2, kind="write", after_effect=True),
                    Fault("error", 429, skip=skip, retry_after=1),
                    Fault("latency", skip=skip, seconds=chance.uniform(0.1, 1.0)),
                )
            )
        )

    def heal(self) -> None:
        self.server.faults.clear()

    # --- looking --------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        with self.server.lock:
            return [
                Row(code, title, cells)
                for code in sorted(self._names)
                for title in (LIVE, ARCHIVE)
                for cells in self._lines(code, title)
                if cells.get("Talep No")
            ]

    def doubled(self) -> list[str]:
        """What lies in Drive more than once, by its name: spreadsheets, folders, files of the same content."""
        with self.server.lock:
            there = Counter((file.name, file.content) for file in self.server.drive.files.values())
        return sorted(name for (name, _), times in there.items() if times > 1)

    def _lines(self, code: str, title: str) -> list[dict[str, Any]]:
        """The worksheet's rows, blank ones too; none while there is no such worksheet."""
        page = self._page(code, title)
        if page is None:
            return []
        grid = self._user(code).grid(title)
        header = [str(name) for name in grid[0]] if grid else []
        return [
            {name: value for name, value in zip(header, line, strict=True) if name != "None"}
            for line in grid[1:]
        ]

    def _where(self, code: str) -> str:
        """A directorate's spreadsheet; empty while there is none."""
        return next((key for key, book in self.server.books.items() if book.title == self._names[code]), "")

    def _user(self, code: str) -> GoogleUser:
        return GoogleUser(self.server, lambda: self._where(code))

    def _page(self, code: str, title: str) -> Mapping[str, Any] | None:
        """A worksheet's properties."""
        if not self._where(code):
            return None
        pages = [each["properties"] for each in self._user(code).book.resource()["sheets"]]
        return next((page for page in pages if page["title"] == title), None)

    # --- typing ---------------------------------------------------------------------------------------

    def type_into(self, sheet: str, number: str, cells: Mapping[str, Any]) -> bool:
        with self.server.lock:
            lines = self._lines(sheet, LIVE)
            at = next((n for n, line in enumerate(lines) if line.get("Talep No") == number), None)
            if at is None:
                return False
            before = lines[at]
            for header, value in cells.items():
                below = header == "Not" and before.get("Not")
                self._put(sheet, at, header, f"{before['Not']}\n{value}" if below else value)
            return True

    def enter(self, sheet: str, cells: Mapping[str, Any]) -> bool:
        with self.server.lock:
            lines = self._lines(sheet, LIVE)
            if not self._headers(sheet):
                return False
            at = next((n for n, line in enumerate(lines) if not any(line.values())), len(lines))
            for header, value in cells.items():
                self._put(sheet, at, header, value)
            return True

    def shuffle(self, sheet: str, chance: Random) -> bool:
        """Data → Sort range, by any column."""
        with self.server.lock:
            page, height = self._page(sheet, LIVE), len(self._lines(sheet, LIVE))
            if page is None or height < 2:
                return False
            width = len(self._headers(sheet))
            area = {
                "sheetId": page.get("sheetId", 0),
                "startRowIndex": 1,
                "endRowIndex": 1 + height,
                "startColumnIndex": 0,
                "endColumnIndex": width,
            }
            spec = {
                "dimensionIndex": chance.randrange(width),
                "sortOrder": chance.choice(("ASCENDING", "DESCENDING")),
            }
            self.server.edit(self._where(sheet), {"sortRange": {"range": area, "sortSpecs": [spec]}})
            return True

    def _headers(self, sheet: str) -> list[str]:
        if self._page(sheet, LIVE) is None:
            return []
        grid = self._user(sheet).grid(LIVE)
        return [str(name) for name in grid[0]] if grid else []

    def _put(self, sheet: str, at: int, header: str, value: Any) -> None:
        """Type into one cell of the row ``at``, the header not counted; a new header stands beside the last one."""
        page, headers = self._page(sheet, LIVE), self._headers(sheet)
        assert page is not None
        if header not in headers:
            self._cell(sheet, page, 0, len(headers), header)
            headers.append(header)
        if at + 1 >= page["gridProperties"]["rowCount"]:
            more = {"sheetId": page.get("sheetId", 0), "dimension": "ROWS", "length": 10}
            self.server.edit(self._where(sheet), {"appendDimension": more})
        self._cell(sheet, page, at + 1, headers.index(header), value)

    def _cell(self, sheet: str, page: Mapping[str, Any], row: int, column: int, value: Any) -> None:
        start = {"sheetId": page.get("sheetId", 0), "rowIndex": row, "columnIndex": column}
        rows = [{"values": [{"userEnteredValue": {"stringValue": str(value)}}]}]
        self.server.edit(
            self._where(sheet), {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
        )
