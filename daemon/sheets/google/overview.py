"""``Genel Bakış`` in Google: totals on top, charts beside the directorates' figures."""

from collections.abc import Iterator

from daemon.domain.sheet import Layout
from daemon.sheets import look
from daemon.sheets.formulas import column_letters
from daemon.sheets.google import rules
from daemon.sheets.google.rules import Request
from daemon.sheets.lists import Lists

_CHARTS_AT = (6, 13)
"""Columns at which the charts stand."""


def overview(sheet_id: int, layout: Layout, lists: Lists, top: int) -> Iterator[Request]:
    """For a worksheet that has just been made; the figures come with the sync."""
    yield _text(sheet_id, 0, 0, lists.title, size=18, colour=look.NAVY, bold=True)
    yield _text(sheet_id, 1, 0, look.OVERVIEW_SUBTITLE, size=10, colour=look.SLATE)
    for at, (title, colour) in enumerate(look.CARDS, 1):
        letter = column_letters(at + 1)
        yield _text(sheet_id, 3, at, title, size=9, colour=look.SLATE)
        figure = f"=SUM({letter}{top + 1}:{letter}{top + 500})"
        yield _text(sheet_id, 4, at, figure, size=20, colour=colour, bold=True, kind="formulaValue")
    last = top + max(1, len(lists.own_directorates))
    keys = [column.key for column in layout.columns]
    for (title, series), at in zip(look.CHARTS, _CHARTS_AT, strict=True):
        placed = tuple((keys.index(key), colour) for key, colour in series)
        yield _chart(sheet_id, title, placed, at, top, last)


def _text(
    sheet_id: int, row: int, column: int, text: str, *, size: int, colour: str, bold: bool = False,
    kind: str = "stringValue",
) -> Request:  # fmt: skip
    shape = {
        "textFormat": {"fontSize": size, "bold": bold, "foregroundColorStyle": rules.colour(colour)},
        "horizontalAlignment": "LEFT" if column == 0 else "CENTER",
        "wrapStrategy": "OVERFLOW_CELL" if column == 0 else "WRAP",
    }
    cell = {"userEnteredValue": {kind: text}, "userEnteredFormat": shape}
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {
        "updateCells": {
            "start": start,
            "rows": [{"values": [cell]}],
            "fields": "userEnteredValue,userEnteredFormat",
        }
    }


def _chart(
    sheet_id: int, title: str, series: tuple[tuple[int, str], ...], at: int, top: int, last: int
) -> Request:
    def source(column: int) -> Request:
        area = {
            "sheetId": sheet_id, "startRowIndex": top - 1, "endRowIndex": last,
            "startColumnIndex": column, "endColumnIndex": column + 1,
        }  # fmt: skip
        return {"sourceRange": {"sources": [area]}}

    spec = {
        "title": title,
        "basicChart": {
            "chartType": "BAR",
            "legendPosition": "NO_LEGEND",
            "headerCount": 1,
            "domains": [{"domain": source(0)}],
            "series": [
                {"series": source(column), "targetAxis": "BOTTOM_AXIS", "colorStyle": rules.colour(colour)}
                for column, colour in series
            ],
        },
    }
    anchor = {"sheetId": sheet_id, "rowIndex": 3, "columnIndex": at}
    position = {
        "overlayPosition": {"anchorCell": anchor, "widthPixels": 620, "heightPixels": 120 + 26 * (last - top)}
    }
    return {"addChart": {"chart": {"spec": spec, "position": position}}}
