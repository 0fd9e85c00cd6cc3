"""What a spreadsheet needs beside its values: drop-downs, warnings, colours, frozen header, filter views, charts.

Found out first, then put on where it is missing, in one batch: a second time there is nothing to do. What people set
up themselves is left alone. Formulas name no function of several arguments: what separates those depends on the
spreadsheet's language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from daemon.domain.errors import Unprocessable
from daemon.domain.sheet import GENEL_BAKIS, Column, Layout, Owner, Shape
from daemon.sheets import look
from daemon.sheets.formulas import column_letters
from daemon.sheets.google import rules
from daemon.sheets.google.batch import DAY_FORMAT, Request, cell
from daemon.sheets.google.grid import Sheet, find_titles, meant
from daemon.sheets.google.overview import overview
from daemon.sheets.google.spreadsheet import Spreadsheet
from daemon.sheets.lists import HEADINGS, LISTED, LISTS_TITLE, Lists
from daemon.sheets.tables import Grid, missing_headers

FIELDS = (
    "properties(title,locale,timeZone),sheets(properties(sheetId,title,index,gridProperties,hidden),conditionalFormats,"
    "protectedRanges(description,range),filterViews(title),basicFilter(range),"
    "data(rowData(values(dataValidation(condition(type))))))"
)
LISTED_ROWS = 400
"""Drop-downs look at so many rows of a hidden list; empty ones do not show."""
_LOCALE, _ZONE = "tr_TR", "Europe/Istanbul"
_EMPTY_TITLES = frozenset({"Sayfa1", "Sheet1"})
_PIXELS = 7.2
"""Of one character's width."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is on one worksheet already."""

    sheet_id: int = 0
    frozen: int = 0
    checked: frozenset[int] = frozenset()
    """Columns with a validation in the first row below the header."""
    formulas: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()
    is_filtered: bool = False


@dataclass(slots=True)
class Furnisher:
    """One spreadsheet's furnishing; :meth:`furnish` reads, decides, and writes what is missing."""

    spreadsheet: Spreadsheet
    layouts: Sequence[Layout]
    lists: Lists
    done: list[str] = field(default_factory=list)
    """In Turkish, what was done: staff run ``setup-sheets``."""

    def furnish(self, now: datetime) -> list[str]:
        self.spreadsheet.read(now)
        made = self._missing_worksheets()
        if made:
            self.spreadsheet.change(made)
            self.spreadsheet.read(now)
        requests = [*self._header_requests(), *self._list_requests()]
        answer = self.spreadsheet.look_at_furnishing(FIELDS, self._ranges())
        requests += self._settings(answer.get("properties", {}))
        for layout, sheet, grid in self._sheets():
            requests += self._worksheet(
                layout, sheet, self._with_new_columns(layout, sheet, grid), _found(answer, sheet)
            )
        if requests:
            self.spreadsheet.change(requests)
        return self.done

    def renew_lists(self) -> bool:
        """Only what the drop-downs offer; nothing where there are none."""
        if LISTS_TITLE not in self.spreadsheet.sheets:
            return False
        requests = list(self._list_requests())
        if requests:
            self.spreadsheet.change(requests)
        return bool(requests)

    def _sheets(self) -> Iterator[tuple[Layout, Sheet, Grid]]:
        titles = find_titles(self.spreadsheet.sheets, self.layouts)
        for layout in self.layouts:
            if layout.title in titles:
                sheet = self.spreadsheet.sheets[titles[layout.title]]
                yield layout, sheet, meant(layout, sheet)[0]

    def _ranges(self) -> list[str]:
        """Header and first row of each worksheet: more is not needed to see what is there."""
        return [
            f"'{sheet.title.replace(chr(39), chr(39) * 2)}'!1:{grid.top + 1}"
            for _, sheet, grid in self._sheets()
        ]

    # --- worksheets and headers -----------------------------------------------------------------------

    def _missing_worksheets(self) -> list[Request]:
        sheets = self.spreadsheet.sheets
        there = find_titles(sheets, self.layouts)
        missing = [layout for layout in self.layouts if layout.title not in there]
        requests: list[Request] = []
        for at, layout in enumerate(missing):
            top = look.OVERVIEW_TOP if layout is GENEL_BAKIS else 1
            size = {
                "rowCount": 200, "columnCount": 26 if layout is not GENEL_BAKIS else 20,
                "frozenRowCount": top, **({} if layout is GENEL_BAKIS else {"frozenColumnCount": 1}),
            }  # fmt: skip
            tab = rules.colour(look.SLATE if layout.title == "Arşiv" else look.NAVY)
            properties = {"title": layout.title, "gridProperties": size, "tabColorStyle": tab, "index": at}
            requests.append({"addSheet": {"properties": properties}})
            self.done.append(f"“{layout.title}” sayfası eklendi")
        if LISTS_TITLE not in sheets:
            size = {"rowCount": LISTED_ROWS + 1, "columnCount": len(LISTED)}
            properties = {"title": LISTS_TITLE, "hidden": True, "gridProperties": size}
            requests.append({"addSheet": {"properties": properties}})
            self.done.append("açılır listeler eklendi")
        for title in _EMPTY_TITLES & sheets.keys():
            if requests and not sheets[title].rows and missing:
                requests.append({"deleteSheet": {"sheetId": sheets[title].sheet_id}})
        return requests

    def _header_requests(self) -> Iterator[Request]:
        """Headers that are missing, and the look of a worksheet that has just been made."""
        for layout, sheet, grid in self._sheets():
            rows = [list(row) for row in sheet.rows]
            if not sheet.rows:
                yield from self._new_worksheet(layout, sheet)
                continue
            for column, write in missing_headers(layout, grid, rows):
                if write.column > sheet.column_count:
                    more = write.column - sheet.column_count
                    yield {
                        "appendDimension": {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "length": more}
                    }
                yield _header(layout, sheet.sheet_id, write.row, write.column, column)
                self.done.append(f"{layout.title}: “{column.header}” sütunu eklendi")

    def _with_new_columns(self, layout: Layout, sheet: Sheet, grid: Grid) -> Grid:
        """Where columns are once the headers are written."""
        if not sheet.rows:
            top = look.OVERVIEW_TOP if layout is GENEL_BAKIS else 1
            return Grid(top, {c.key: at for at, c in enumerate(layout.columns, 1)}, len(layout.columns), top)
        added = {c.key: w.column for c, w in missing_headers(layout, grid, [list(row) for row in sheet.rows])}
        return Grid(grid.top, {**grid.columns, **added}, grid.width, grid.last_used)

    def _new_worksheet(self, layout: Layout, sheet: Sheet) -> Iterator[Request]:
        top = look.OVERVIEW_TOP if layout is GENEL_BAKIS else 1
        for at, column in enumerate(layout.columns, 1):
            yield _header(layout, sheet.sheet_id, top, at, column)
            yield _column_format(sheet.sheet_id, top, at, column)
            yield _column_width(sheet.sheet_id, at, column)
        if layout is GENEL_BAKIS:
            yield from overview(sheet.sheet_id, layout, self.lists, top)

    # --- lists ----------------------------------------------------------------------------------------

    def _list_requests(self) -> Iterator[Request]:
        sheet = self.spreadsheet.sheets.get(LISTS_TITLE)
        if sheet is None:
            return
        wanted = [[HEADINGS[shape], *self.lists.of(shape)][: LISTED_ROWS + 1] for shape in LISTED]
        height = max(len(sheet.rows), *map(len, wanted))
        standing = [[sheet.cell(row, at) for row in range(1, height + 1)] for at in range(1, len(LISTED) + 1)]
        for at, (column, stands) in enumerate(zip(wanted, standing, strict=True)):
            padded = [*column, *[None] * (height - len(column))]
            if padded != stands:
                start = {"sheetId": sheet.sheet_id, "rowIndex": 0, "columnIndex": at}
                rows = [{"values": [{"userEnteredValue": cell(value)} if value else {}]} for value in padded]
                yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
                self._say_once("açılır listelerin içeriği yenilendi")

    # --- one worksheet --------------------------------------------------------------------------------

    def _settings(self, properties: Mapping[str, Any]) -> Iterator[Request]:
        if (properties.get("locale"), properties.get("timeZone")) != (_LOCALE, _ZONE):
            wanted = {"locale": _LOCALE, "timeZone": _ZONE}
            yield {"updateSpreadsheetProperties": {"properties": wanted, "fields": "locale,timeZone"}}
            self.done.append("dil ve saat ayarı Türkçe / İstanbul yapıldı")

    def _worksheet(self, layout: Layout, sheet: Sheet, grid: Grid, found: Found) -> Iterator[Request]:
        steps = (
            ("açılır listeler", self._checks(layout, sheet, grid, found)),
            ("korunan sütunlar", self._protections(layout, sheet, grid, found)),
            ("renkler", self._colours(layout, sheet, grid, found)),
            ("sabit başlık", _freeze(layout, sheet, grid, found)),
            ("süzgeç", _filters(layout, sheet, grid, found)),
        )
        for name, requests in steps:
            some = list(requests)
            yield from some
            if some:
                self._say_once(f"{layout.title}: {name} eklendi")

    def _checks(self, layout: Layout, sheet: Sheet, grid: Grid, found: Found) -> Iterator[Request]:
        for column in layout.columns:
            at = grid.columns.get(column.key, 0)
            if not at or at in found.checked or column.owner is Owner.DAEMON:
                continue
            if rule := self._validation(column):
                area = rules.column(sheet.sheet_id, at, below=grid.top)
                yield {"setDataValidation": {"range": area, "rule": rule}}

    def _validation(self, column: Column) -> Request | None:
        if self.lists.of(column.shape):
            letter = column_letters(LISTED.index(column.shape) + 1)
            source = f"='{LISTS_TITLE}'!${letter}$2:${letter}${LISTED_ROWS + 1}"
            condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": source}]}
            return {"condition": condition, "strict": False, "showCustomUi": True}
        if column.shape is Shape.DATE:
            message = "Lütfen gg.aa.yyyy biçiminde bir tarih yazınız (örnek: 08.12.2026)."
            return {"condition": {"type": "DATE_IS_VALID"}, "strict": False, "inputMessage": message}
        return None

    def _protections(self, layout: Layout, sheet: Sheet, grid: Grid, found: Found) -> Iterator[Request]:
        """A warning, no lock: people may sort, move and delete at any moment."""
        for column in layout.columns:
            at = grid.columns.get(column.key, 0)
            name = f"muhtarlik: “{column.header}” sütununu program doldurur; değişiklik geri alınır."
            if at and column.owner is Owner.DAEMON and name not in found.protected:
                area = rules.column(sheet.sheet_id, at, below=grid.top - 1)
                protected = {"range": area, "description": name, "warningOnly": True}
                yield {"addProtectedRange": {"protectedRange": protected}}

    def _colours(self, layout: Layout, sheet: Sheet, grid: Grid, found: Found) -> Iterator[Request]:
        wanted = list(rules.colours_of(layout, sheet.sheet_id, grid))
        if wanted and not any(rule.formula in found.formulas for rule in wanted):
            for index, rule in enumerate(wanted):
                yield {"addConditionalFormatRule": {"rule": rule.body, "index": index}}

    def _say_once(self, line: str) -> None:
        if line not in self.done:
            self.done.append(line)


# --- what is there ----------------------------------------------------------------------------------------


def _found(answer: Mapping[str, Any], sheet: Sheet) -> Found:
    for each in answer.get("sheets", ()):
        properties = each["properties"]
        if properties.get("sheetId", 0) == sheet.sheet_id:
            return Found(
                sheet.sheet_id,
                properties.get("gridProperties", {}).get("frozenRowCount", 0),
                _checked(each),
                frozenset(rules.formula_of(rule) for rule in each.get("conditionalFormats", ())),
                frozenset(p.get("description", "") for p in each.get("protectedRanges", ())),
                frozenset(view.get("title", "") for view in each.get("filterViews", ())),
                "basicFilter" in each,
            )
    raise Unprocessable(f"worksheet {sheet.title} vanished", reason=f"“{sheet.title}” sayfası bulunamadı.")


def _checked(answer: Mapping[str, Any]) -> frozenset[int]:
    rows = [row for block in answer.get("data", ())[:1] for row in block.get("rowData", ())]
    return frozenset(
        at for row in rows for at, each in enumerate(row.get("values", ()), 1) if each.get("dataValidation")
    )


# --- looks ------------------------------------------------------------------------------------------------


def _header(layout: Layout, sheet_id: int, row: int, at: int, column: Column) -> Request:
    fill = look.NAVY if column.owner is Owner.PEOPLE else look.SLATE
    shape = {
        "backgroundColorStyle": rules.colour(fill),
        "textFormat": {"bold": True, "fontSize": 10, "foregroundColorStyle": rules.colour(look.WHITE)},
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
    }
    value = {"userEnteredValue": {"stringValue": column.header}, "userEnteredFormat": shape}
    if hint := look.HINTS.get((layout.title, column.key)):
        value["note"] = hint
    start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": at - 1}
    return {
        "updateCells": {
            "start": start,
            "rows": [{"values": [value]}],
            "fields": "userEnteredValue,userEnteredFormat,note",
        }
    }


def _column_format(sheet_id: int, top: int, at: int, column: Column) -> Request:
    """For the whole column below the header: rows that are put in later look the same."""
    shape: Request = {
        "verticalAlignment": "TOP",
        "horizontalAlignment": "CENTER" if look.is_centred(column) else "LEFT",
        "wrapStrategy": "WRAP" if look.wraps(column) else "CLIP",
        "textFormat": {"fontSize": 10, "foregroundColorStyle": rules.colour(look.INK)},
    }
    if column.owner is Owner.DAEMON:
        shape["backgroundColorStyle"] = rules.colour(look.PALE)
    if column.shape is Shape.DATE:
        shape["numberFormat"] = DAY_FORMAT
    elif column.key == "confidence":
        shape["numberFormat"] = {"type": "PERCENT", "pattern": "0%"}
    elif column.shape is not Shape.NUMBER:
        shape["numberFormat"] = {"type": "TEXT", "pattern": "@"}
    area = rules.column(sheet_id, at, below=top)
    return {
        "repeatCell": {"range": area, "cell": {"userEnteredFormat": shape}, "fields": "userEnteredFormat"}
    }


def _column_width(sheet_id: int, at: int, column: Column) -> Request:
    place = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": at - 1, "endIndex": at}
    size = {"pixelSize": round(look.WIDTHS.get(column.key, 16) * _PIXELS)}
    return {"updateDimensionProperties": {"range": place, "properties": size, "fields": "pixelSize"}}


def _freeze(layout: Layout, sheet: Sheet, grid: Grid, found: Found) -> Iterator[Request]:
    if found.frozen:
        return
    size = {"frozenRowCount": grid.top} | ({} if layout is GENEL_BAKIS else {"frozenColumnCount": 1})
    fields = ",".join(f"gridProperties.{name}" for name in size)
    properties = {"sheetId": sheet.sheet_id, "gridProperties": size}
    yield {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _filters(layout: Layout, sheet: Sheet, grid: Grid, found: Found) -> Iterator[Request]:
    """A filter over the list, and views of what is late and what this week brings: a view moves no row."""
    if layout is GENEL_BAKIS:
        return
    width = max(grid.columns.values(), default=1)
    area = {
        "sheetId": sheet.sheet_id, "startRowIndex": grid.top - 1, "startColumnIndex": 0, "endColumnIndex": width,
    }  # fmt: skip
    if not found.is_filtered:
        yield {"setBasicFilter": {"filter": {"range": area}}}
    for title, specs in rules.views_of(layout, grid):
        if title not in found.views:
            yield {"addFilterView": {"filter": {"title": title, "range": area, "filterSpecs": specs}}}
