"""Uploads that become spreadsheets (CSV, TSV, xlsx), and spreadsheets as files for people to keep."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from tests.sheets_server.book import Book
from tests.sheets_server.wire import Refusal

CSV, TSV = "text/csv", "text/tab-separated-values"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABULAR = {CSV, TSV, XLSX, "text/comma-separated-values", "application/vnd.ms-excel"}
"""Uploads that Drive turns into spreadsheets when asked to."""

_CONVERTED = {"timeZone": "America/Los_Angeles"}
_LONGEST_TITLE = 100
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)


def quoted(title: str) -> str:
    """A worksheet's title as A1 notation names it."""
    return "'" + title.replace("'", "''") + "'"


def titles(book: Book) -> list[str]:
    """The worksheets' titles in their order."""
    return [sheet["properties"]["title"] for sheet in book.resource()["sheets"]]


# -- coming in --------------------------------------------------------------------------------------------


def replace_contents(book: Book, media: bytes, media_type: str) -> None:
    """Puts an uploaded table in place of everything that the spreadsheet held.

    As recorded of Google: the worksheets are new ones with identifiers of their own, a text's only worksheet is
    called like the file, the grid is at least that of an empty worksheet, the time zone is Drive's own.
    """
    if media_type == XLSX or media[:2] == b"PK":
        book.start_anew(_CONVERTED, [_as_sheet(page) for page in _workbook(media).worksheets])
        return
    separator = "\t" if media_type == TSV else ","
    text = media.decode("utf-8-sig", "replace")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    title = book.title[:_LONGEST_TITLE]
    width = max((len(row) for row in rows), default=0)
    book.start_anew(_CONVERTED, [{"properties": {"title": title, "gridProperties": _grid(len(rows), width)}}])
    if width:
        start = f"{quoted(title)}!A1"
        body = {"range": start, "majorDimension": "ROWS", "values": rows}
        book.values_update(start, body, {"valueInputOption": "USER_ENTERED"})


def _workbook(media: bytes) -> Workbook:
    try:
        return load_workbook(io.BytesIO(media))
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as fault:
        raise Refusal(400, "Bad Request", reason="badRequest") from fault


def _as_sheet(page: Any) -> dict[str, Any]:
    """A workbook's page as a worksheet: a text stays a text, whatever it looks like."""
    rows = [{"values": [_taken(cell) for cell in row]} for row in page.iter_rows()]
    width = max((len(row["values"]) for row in rows), default=0)
    properties = {"title": page.title, "gridProperties": _grid(len(rows), width)}
    return {"properties": properties, "data": [{"rowData": rows}]}


def _taken(cell: Any) -> dict[str, Any]:
    value = cell.value
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    if isinstance(value, datetime | date | time | timedelta):
        kind = {datetime: "DATE_TIME", date: "DATE", time: "TIME"}.get(type(value), "TIME")
        form = {"numberFormat": {"type": kind, "pattern": cell.number_format}}
        serial = to_excel(value)  # type: ignore[no-untyped-call]
        return {"userEnteredValue": {"numberValue": serial}, "userEnteredFormat": form}
    name = "formulaValue" if cell.data_type == "f" else "stringValue"
    return {"userEnteredValue": {name: str(value)}}


def _grid(rows: int, columns: int) -> dict[str, int]:
    return {"rowCount": max(rows, 1000), "columnCount": max(columns, 26)}


# -- going out --------------------------------------------------------------------------------------------


def exported(book: Book, kind: str) -> bytes:
    """The spreadsheet as a file of the media type ``kind``; Drive's refusal of types that it cannot make."""
    match kind:
        case "text/csv":
            return _separated(book, ",")
        case "text/tab-separated-values":
            return _separated(book, "\t")
        case _ if kind == XLSX:
            return _as_xlsx(book)
        case "application/zip":
            return _as_pages(book)
        case (
            "application/x-vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet"
        ):
            from tests.sheets_server.drive.opendocument import as_ods

            return as_ods([(title, list(rows_of(book, title))) for title in titles(book)])
        case "application/pdf":
            from tests.sheets_server.drive.print import as_pdf

            return as_pdf(book.title, [(title, list(rows_of(book, title))) for title in titles(book)])
        case _:
            text = "The requested conversion is not supported."
            raise Refusal(400, text, reason="badRequest", location=("parameter", "convertTo"))


def rows_of(book: Book, title: str) -> Iterator[list[str]]:
    """A worksheet's rows as they are shown."""
    options = {"valueRenderOption": "FORMATTED_VALUE", "majorDimension": "ROWS"}
    for row in book.values_get(quoted(title), options).get("values", []):
        yield [str(value) for value in row]


def _separated(book: Book, separator: str) -> bytes:
    rows = list(rows_of(book, titles(book)[0]))
    width = max((len(row) for row in rows), default=0)
    out = io.StringIO(newline="")
    if separator == ",":
        csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in rows)
    else:
        for row in rows:
            cells = [*row, *[""] * (width - len(row))]
            out.write("\t".join(" ".join(cell.split("\n")) for cell in cells) + "\r\n")
    return out.getvalue().removesuffix("\r\n").encode("utf-8")


def _as_xlsx(book: Book) -> bytes:
    workbook = Workbook(write_only=True)
    for sheet in book.resource(include_grid_data=True)["sheets"]:
        page = workbook.create_sheet(sheet["properties"]["title"])
        grid = sheet["properties"].get("gridProperties", {})
        row, column = grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)
        if row or column:
            page.freeze_panes = f"{get_column_letter(column + 1)}{row + 1}"
        for line in (sheet.get("data") or [{}])[0].get("rowData", []):
            page.append([_cell(page, cell) for cell in line.get("values", [])])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _cell(page: Any, cell: dict[str, Any]) -> Any:
    form = cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}
    number = form.get("numberFormat", {})
    made = WriteOnlyCell(page, _value(cell, number.get("type", "")))
    if number.get("pattern"):
        made.number_format = number["pattern"]
    if form.get("textFormat", {}).get("bold"):
        made.font = Font(bold=True)
    colour = form.get("backgroundColorStyle", {}).get("rgbColor") or form.get("backgroundColor")
    if colour and (hexed := as_hex(colour)) != "FFFFFF":
        made.fill = PatternFill("solid", fgColor=hexed)
    return made


def _value(cell: dict[str, Any], kind: str) -> Any:
    entered = cell.get("userEnteredValue", {})
    if "formulaValue" in entered:
        return entered["formulaValue"]
    value = cell.get("effectiveValue") or entered
    if "numberValue" in value:
        if kind in {"DATE", "DATE_TIME"}:
            return (_EPOCH + timedelta(days=value["numberValue"])).replace(tzinfo=None)
        return value["numberValue"]
    return next((value[name] for name in ("stringValue", "boolValue") if name in value), None)


def as_hex(colour: dict[str, float]) -> str:
    """A colour's red, green and blue (0 to 1) as six hexadecimal digits."""
    return "".join(f"{round(255 * colour.get(part, 0)):02X}" for part in ("red", "green", "blue"))


def _as_pages(book: Book) -> bytes:
    """Each worksheet as an HTML table, together in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for title in titles(book):
            rows = (
                "<tr>" + "".join(f"<td>{escape(value)}</td>" for value in row) + "</tr>"
                for row in rows_of(book, title)
            )
            page = f"<!DOCTYPE html><meta charset=utf-8><title>{escape(title)}</title><table>{''.join(rows)}</table>"
            archive.writestr(title.replace("/", "_") + ".html", page)
    return out.getvalue()
