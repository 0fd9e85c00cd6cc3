"""Somebody who works in a Google spreadsheet, and an office whose spreadsheets are there."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from daemon.domain.registry import Directorate, Registry
from daemon.mappings import OfficeFacts, load_mappings
from daemon.resources import shipped
from daemon.sheets.google import Account, Calls, GoogleFolder
from daemon.sheets.google.pace import Look, Pace
from tests.sheets.contract import Grid
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.server import SheetsServer
from tests.steps.memory import Crash

EPOCH = date(1899, 12, 30)
DAY = {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}


class MemoryNotes:
    """Fulfils :class:`daemon.ports.spreadsheets.Notes`."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str:
        return self.kept.get(key, "")

    def set(self, key: str, value: str) -> None:
        self.kept[key] = value


@dataclass
class Clock:
    now: datetime = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)
    """A Monday, ten o'clock in Istanbul."""

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


class _OnlyByWriting(Pace):
    """Every minute."""

    def __init__(self, made: Callable[[str], int], slowness: float) -> None:
        super().__init__(made, lambda now: True, slowness)

    def turn(self, code: str, now: datetime, *, wants_read: bool = False) -> Look | None:
        last = self.looked.get(code)
        if last is None or wants_read:
            return Look.READ
        return Look.WRITE if now - last >= timedelta(minutes=1) * self._slowness else None


@dataclass
class GoogleOffice:
    """The adapter against the stand-in."""

    server: SheetsServer
    folder: Path
    registry: Registry
    clock: Clock = field(default_factory=Clock)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    pace: float = 0.0
    by_writing: bool = False
    """Whether it looks by writing wherever it may; only with a pace."""
    drive: str = ""
    timeout: tuple[float, float] = (2.0, 5.0)
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.account = ServiceAccount.make(self.server)
        self.key = self.folder / "service-account.json"
        self.account.write(self.key)
        self.google = self.another_process()

    @property
    def email(self) -> str:
        return self.account.email

    def move_to_shared_drive(self) -> None:
        """As an administrator has made it; its spreadsheets are made there."""
        self.drive = self.server.add_shared_drive("Muhtarlık", [(self.email, "fileOrganizer")])
        self.another_process()

    def person(self, code: str) -> "GoogleUser":
        """Somebody who works in one of its spreadsheets."""
        return GoogleUser(self.server, lambda: self.notes.get(f"google/where/{code}"))

    def another_process(self, **options: Any) -> GoogleFolder:
        """The adapter as a daemon started anew has it."""
        self.calls = Calls(
            Account(self.key, endpoint=self.server.url),
            granted=10_000,
            monotonic=lambda: self.clock().timestamp(),
            sleep=lambda _: None,
            timeout=self.timeout,
        )
        self.google = GoogleFolder(
            self.calls,
            self.notes,
            clock=self.clock,
            is_working=lambda now: 7 <= (now.hour + 3) % 24 < 19,
            read_file=lambda path: b"%PDF-",
            link_file=lambda path: f"https://dosya.ornek.bel.tr/{path}",
            folder=self.drive,
            pace=self.pace,
            **{**self.options, **options},
        )
        if self.by_writing:
            self.google._pace = _OnlyByWriting(lambda kind: self.calls.counted[kind], slowness=self.pace)
        return self.google

    @contextmanager
    def killed_at_a_call(self, which: int, kinds: Collection[str], *, before: bool) -> Iterator[None]:
        """The daemon dies just before one of its calls is sent, or after its effect and before it knows of it."""
        calls, sent = self.calls, count()
        send = calls._once

        def once(kind: str, *args: Any, **options: Any) -> Any:
            if kind not in kinds or next(sent) != which:
                return send(kind, *args, **options)
            if not before:
                send(kind, *args, **options)
            raise Crash

        calls._once = once  # type: ignore[method-assign]
        with suppress(Crash):
            yield
        calls._once = send  # type: ignore[method-assign]


@dataclass
class GoogleUser:
    """Fulfils :class:`tests.sheets.contract.Person`."""

    server: SheetsServer
    spreadsheet: Callable[[], str]

    @property
    def book(self) -> Any:
        return self.server.books[self.spreadsheet()]

    def grid(self, title: str) -> Grid:
        """The worksheet's values, as wide as its fullest row."""
        return _grid(_sheet(self.book, title))

    def arrange(self, title: str, change: Callable[[Grid], Grid]) -> None:
        with self.server.person(self.spreadsheet()) as book:
            sheet = _sheet(book, title)
            book.batch_update({"requests": list(_requests(sheet["properties"], change(_grid(sheet))))})

    def put(self, title: str, row: int, header: str, value: Any) -> None:
        """Type into one cell; ``row`` counts from 1."""
        with self.server.person(self.spreadsheet()) as book:
            sheet = _sheet(book, title)
            start = {
                "sheetId": sheet["properties"].get("sheetId", 0),
                "rowIndex": row - 1,
                "columnIndex": _grid(sheet)[0].index(header),
            }
            cells = [{"values": [_cell(value)]}]
            book.batch_update(
                {"requests": [{"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}}]}
            )


def _sheet(book: Any, title: str) -> Mapping[str, Any]:
    found = book.resource(ranges=[f"'{title}'"], include_grid_data=True, paint=False)["sheets"]
    sheet: Mapping[str, Any] = next(each for each in found if each["properties"]["title"] == title)
    return sheet


def _grid(sheet: Mapping[str, Any]) -> Grid:
    grid = [[_value(cell) for cell in row.get("values", ())] for row in sheet["data"][0].get("rowData", ())]
    while grid and not any(value is not None for value in grid[-1]):
        grid.pop()
    width = max((len(row) for row in grid), default=0)
    while width and all(row[width - 1] is None if len(row) >= width else True for row in grid):
        width -= 1
    return [[*row, *[None] * (width - len(row))][:width] for row in grid]


def _value(cell: Mapping[str, Any]) -> Any:
    value = cell.get("effectiveValue", {})
    kind = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type")
    if "numberValue" in value and kind in {"DATE", "DATE_TIME"}:
        return EPOCH + timedelta(days=int(value["numberValue"]))
    if "numberValue" in value:
        number = value["numberValue"]
        return int(number) if float(number).is_integer() else number
    return value.get("stringValue", value.get("boolValue"))


def _requests(properties: Mapping[str, Any], grid: Grid) -> Any:
    sheet_id, size = properties.get("sheetId", 0), properties["gridProperties"]
    width = max(len(row) for row in grid)
    if width > size["columnCount"]:
        more = width - size["columnCount"]
        yield {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": more}}
    if len(grid) > size["rowCount"]:
        more = len(grid) - size["rowCount"]
        yield {"appendDimension": {"sheetId": sheet_id, "dimension": "ROWS", "length": more}}
    everything = {"sheetId": sheet_id}
    yield {"updateCells": {"range": everything, "fields": "userEnteredValue"}}
    rows = [{"values": [_cell(value) for value in row]} for row in grid]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    for number, row in enumerate(grid):
        for at, value in enumerate(row):
            if isinstance(value, date):
                place = {
                    "sheetId": sheet_id, "startRowIndex": number, "endRowIndex": number + 1,
                    "startColumnIndex": at, "endColumnIndex": at + 1,
                }  # fmt: skip
                fields = "userEnteredFormat.numberFormat"
                yield {"repeatCell": {"range": place, "cell": {"userEnteredFormat": DAY}, "fields": fields}}


def _cell(value: Any) -> dict[str, Any]:
    match value:
        case None | "":
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
        case date():
            return {"userEnteredValue": {"numberValue": (value - EPOCH).days}}
        case _:
            return {"userEnteredValue": {"stringValue": str(value)}}


def shipped_registry(*codes: str) -> Registry:
    """The shipped office's, with these directorates alone."""
    facts = OfficeFacts("Örnek Belediyesi Muhtarlık", "muhtarlik@ornek.bel.tr", "mudur@ornek.bel.tr")
    return small_registry(load_mappings(shipped("mappings.yaml"), facts).office.registry, codes)


def small_registry(registry: Registry, codes: tuple[str, ...]) -> Registry:
    """An office with some of its directorates."""
    kept: tuple[Directorate, ...] = tuple(d for d in registry.directorates if d.code in codes)
    return replace(registry, directorates=kept)
