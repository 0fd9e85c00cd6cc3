"""``Genel Bakış`` in Google: totals on top, charts beside the directorates' figures."""

from collections.abc import Iterator

from daemon.domain.sheet import Layout
from daemon.sheets import look
from daemon.sheets.formulas import column_letters
from daemon.sheets.google import rules
from daemon.sheets.google.rules import Request
from daemon.sheets.lists import Lists

CARDS = (
    ("Toplam açık", look.NAVY),
    ("Süresi dolmak üzere", "B7791F"),
    ("Toplam gecikmiş", "C0392B"),
    ("Toplam kapanan", "3F7D3A"),
)
SUBTITLE = "Genel Bakış: müdürlüklere göre açık, geciken ve kapanan talepler"
CHARTS = (
    ("Açık talepler (kırmızı: gecikmiş)", ((1, "2F5597"), (3, "C0392B")), 6),
    ("Bu ay kapanan talepler", ((4, "3F7D3A"),), 13),
)
"""Title, (column, colour) of each series, column where the chart stands."""


def overview(sheet_id: int, layout: Layout, lists: Lists, top: int) -> Iterator[Request]:
    """For a worksheet that has just been made; the figures come with the sync."""
    yield _text(sheet_id, 0, 0, lists.title, size=18, colour=look.NAVY, bold=True)
    yield _text(sheet_id, 1, 0, SUBTITLE, size=10, colour=look.SLATE)
    for at, (title, colour) in enumerate(CARDS, 1):
        letter = column_letters(at + 1)
        yield _text(sheet_id, 3, at, title, size=9, colour=look.SLATE)
        figure = f"=SUM({letter}{top + 1}:{letter}{top + 500})"
        yield _text(sheet_id, 4, at, figure, size=20, colour=colour, bold=True, kind="formulaValue")
    last = top + max(1, len(lists.own_directorates))
    for title, series, at in CHARTS:
        yield _chart(sheet_id, title, series, at, top, last)


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
