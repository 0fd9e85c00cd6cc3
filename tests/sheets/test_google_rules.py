"""Colours at Google: the same as in workbooks, in words that no language separates otherwise."""

from typing import Any

import pytest

from daemon.domain.cells import is_ticked
from daemon.domain.sheet import BILDIRILECEKLER, DIRECTORATE_SHEETS, OFFICE_SHEETS, YENI_TALEP, Layout
from daemon.sheets import look
from daemon.sheets.google.rules import as_product, colours_of
from daemon.sheets.tables import Grid
from tests.sheets_server.book import Book

SHEETS = (*DIRECTORATE_SHEETS, *OFFICE_SHEETS)


def grid_of(layout: Layout) -> Grid:
    return Grid(1, {column.key: at for at, column in enumerate(layout.columns, 1)}, len(layout.columns), 1)


@pytest.mark.parametrize("layout", SHEETS, ids=lambda layout: layout.title)
def test_every_colour_of_the_workbooks_is_there_without_separators(layout: Layout) -> None:
    letters = dict.fromkeys(grid_of(layout).columns, "A")
    rules = list(colours_of(layout, 0, grid_of(layout)))
    assert len(rules) == len(list(look.colours_of(layout, letters, 1)))
    assert not [rule.formula for rule in rules if "," in rule.formula or ";" in rule.formula]


@pytest.mark.parametrize(
    ("formula", "product"),
    [
        ('$A1<>""', '$A1<>""'),
        ('AND($A1="a,b",NOT($B1>0))', '($A1="a,b")*(($B1>0)*1=0)'),
        ('OR($A1="x",ISNUMBER($B1))', '(($A1="x")+(ISNUMBER($B1)))>0'),
        ('LEFT($A1,6)="İşlend"', '($A1>="İşlend")*($A1<"İşlene")'),
    ],
)
def test_a_condition_becomes_a_product(formula: str, product: str) -> None:
    assert as_product(formula) == product


def fill(layout: Layout, **cells: Any) -> dict[str, str]:
    """The colour of each cell of one row, as Google would show it; ``""`` for none."""
    book = Book(
        "x", {"properties": {"locale": "tr_TR"}, "sheets": [{"properties": {"sheetId": 0, "title": "A"}}]}
    )
    keys = [column.key for column in layout.columns]
    values = [{"userEnteredValue": _value(cells.get(key, ""))} for key in keys]
    header = [{"userEnteredValue": {"stringValue": column.header}} for column in layout.columns]
    rows = [{"values": header}, {"values": values}]
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    rules = [
        {"addConditionalFormatRule": {"rule": rule.body, "index": index}}
        for index, rule in enumerate(colours_of(layout, 0, grid_of(layout)))
    ]
    book.batch_update(
        {"requests": [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}, *rules]}
    )
    found = book.resource(ranges=["A!1:2"], include_grid_data=True)["sheets"][0]["data"][0]["rowData"]
    assert {_colour(cell) for cell in found[0]["values"]} == {""}, "the header has its own look"
    return dict(zip(keys, map(_colour, found[1]["values"]), strict=True))


def _value(value: Any) -> dict[str, Any]:
    return {"numberValue": value} if isinstance(value, int) else {"stringValue": value or " "}


def _colour(cell: dict[str, Any]) -> str:
    rgb = cell.get("effectiveFormat", {}).get("backgroundColorStyle", {}).get("rgbColor", {})
    code = "".join(f"{round(255 * rgb.get(name, 0)):02X}" for name in ("red", "green", "blue"))
    return "" if code in {"FFFFFF", "000000"} else code


LONG_AGO, FAR = 40_000, 80_000
OPEN = {"number": "MHT-2026-000001", "status": "İşlemde", "due": FAR, "days_left": 12}


@pytest.mark.parametrize(
    ("row", "key", "colour"),
    [
        ({**OPEN}, "subject", ""),
        ({**OPEN, "due": LONG_AGO}, "subject", look.RED),
        ({**OPEN, "due": LONG_AGO}, "due", look.LATE),
        ({**OPEN, "days_left": 2}, "subject", look.AMBER),
        ({**OPEN, "note": "İVEDİ: can güvenliği"}, "note", "FF8A80"),
    ],
    ids=["in time", "late", "late day", "soon", "urgent"],
)
def test_rows_look_at_google_as_they_do_in_a_workbook(row: dict[str, Any], key: str, colour: str) -> None:
    assert fill(DIRECTORATE_SHEETS[0], **row)[key] == colour


@pytest.mark.parametrize("tick", ["Evet", "x", "✓", "Aradım", "söylendi"])
def test_whoever_was_told_is_late_no_more_however_it_was_ticked(tick: str) -> None:
    assert is_ticked(tick)
    assert (
        fill(BILDIRILECEKLER, number="MHT-2026-000001", tell_by=LONG_AGO, told=tick)["subject"] == look.GREY
    )
    assert (
        fill(BILDIRILECEKLER, number="MHT-2026-000001", tell_by=LONG_AGO, told="meşgul")["subject"]
        == look.RED
    )


def test_a_warning_beside_a_number_is_seen() -> None:
    row = fill(YENI_TALEP, number="MHT-2026-000001", warning="Benzer açık talep: MHT-2026-000002")
    assert (row["warning"], row["subject"]) == (look.AMBER, look.GREEN)
