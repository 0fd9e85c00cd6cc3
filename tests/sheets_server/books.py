"""What tests of the spreadsheet model share: making a book, asking something of it, reading it again."""

from collections.abc import Sequence
from typing import Any

from tests.sheets_server.book import Book

RAW = {"valueInputOption": "RAW"}
TYPED = {"valueInputOption": "USER_ENTERED"}
PLAIN = {"valueRenderOption": "UNFORMATTED_VALUE"}
FORMULA = {"valueRenderOption": "FORMULA"}


def book_of(rows: Sequence[Sequence[object]] = (), *, locale: str = "en_US", title: str = "Sheet1") -> Book:
    """A book whose only sheet begins with these rows, as they would be typed."""
    grid = {"rowCount": 20, "columnCount": 10}
    sheet = {"properties": {"sheetId": 0, "title": title, "gridProperties": grid}}
    book = Book("kitap", {"properties": {"title": "Kitap", "locale": locale}, "sheets": [sheet]})
    if rows:
        book.values_update(f"'{title}'", {"values": rows}, TYPED)
    return book


def do(book: Book, kind: str, **body: Any) -> Any:
    """One request of a batch; its reply."""
    reply = book.batch_update({"requests": [{kind: body}]})["replies"][0]
    return reply.get(kind, reply)


def held(book: Book, text: str = "Sheet1", **options: str) -> list[list[Any]]:
    """The values of a range."""
    found: list[list[Any]] = book.values_get(text, options).get("values", [])
    return found


def plain(book: Book, text: str = "Sheet1") -> list[list[Any]]:
    return held(book, text, **PLAIN)


def formulas_of(book: Book, text: str = "Sheet1") -> list[list[Any]]:
    return held(book, text, **FORMULA)


def sheet_of(book: Book, at: int = 0) -> Any:
    """The resource of one sheet, without its cells."""
    return book.resource()["sheets"][at]


def cell_of(book: Book, text: str) -> Any:
    """The CellData of one cell; empty where there is none."""
    data = book.resource(ranges=[text], include_grid_data=True)["sheets"][0]["data"][0]
    rows = data.get("rowData") or [{}]
    return (rows[0].get("values") or [{}])[0]


def area(top: int, bottom: int, left: int, right: int, sheet_id: int = 0) -> dict[str, int]:
    """A GridRange."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def span(dimension: str, start: int, end: int, sheet_id: int = 0) -> dict[str, Any]:
    """A DimensionRange."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
