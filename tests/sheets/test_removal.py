"""Rows that go: what hangs on the rows below goes with them, or the row is emptied where it is."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from daemon.domain.sheet import DIRECTORATE_SHEETS, Append, Changes, Removal
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.contract import column, request_row, rows
from tests.sheets.people import changed_parts, parts, with_parts
from tests.sheets.rich import HEADERS, OWN, picture, rich_workbook

SHEET = "xl/worksheets/sheet1.xml"


def opened(tmp_path: Path, data: bytes) -> XlsxWorkbook:
    path = tmp_path / "fen.xlsx"
    path.write_bytes(data)
    return XlsxWorkbook(path, "fen", DIRECTORATE_SHEETS)


def without(workbook: XlsxWorkbook, *positions: int) -> bytes:
    removals = tuple(Removal("Talepler", position) for position in positions)
    workbook.write(Changes(removals=removals), workbook.read())
    return workbook.path.read_bytes()


def with_sheet(decorate: Callable[[Any, Any], None], rows_: int = 8) -> bytes:
    """``Talepler`` with requests in rows 2 … and whatever ``decorate(book, sheet)`` puts on it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Talepler")
    sheet.write_row(0, 0, [*HEADERS, OWN])
    for row in range(1, rows_ + 1):
        sheet.write_string(row, 0, f"MHT-2026-{row:06d}")
        sheet.write_string(row, 5, f"Konu {row}")
    book.add_worksheet("Arşiv").write_row(0, 0, HEADERS)
    decorate(book, sheet)
    book.close()
    return out.getvalue()


def test_formulas_names_and_charts_follow_the_rows(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook())
    after = parts(without(workbook, 3))
    own = re.findall(rb'<c r="(R\d)"[^>]*><f>(.*?)</f><v>(\d+)</v>', after[SHEET])
    assert own == [
        (b"R2", b"L2*2", b"20"),
        (b"R3", b"L3*2", b"60"),
        (b"R4", b"L4*2", b"80"),
        (b"R5", b"L5*2", b"100"),
        (b"R6", b"L6*2", b"120"),
    ]
    summary = after["xl/worksheets/sheet3.xml"]
    assert re.findall(rb"<f>(.*?)</f>", summary) == [b"SUM(Talepler!L2:L6)", b"Talepler!F6"]
    assert b"Talepler!$L$2:$L$6</definedName>" in after["xl/workbook.xml"]
    assert b"<c:f>Talepler!$L$2:$L$6</c:f>" in after["xl/charts/chart1.xml"]
    assert b"<c:f>Talepler!$L$1</c:f>" in after["xl/charts/chart1.xml"]


def test_what_does_not_speak_of_the_rows_stays_byte_for_byte(tmp_path: Path) -> None:
    data = rich_workbook()
    changed = changed_parts(data, without(opened(tmp_path, data), 3))
    assert changed == {SHEET, "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/charts/chart1.xml"}
    before, after = parts(data), parts((tmp_path / "fen.xlsx").read_bytes())
    for kept in (b"sparkline", b"x14:dataBar"):
        assert (
            after["xl/worksheets/sheet3.xml"].count(kept)
            == before["xl/worksheets/sheet3.xml"].count(kept)
            > 0
        )


def test_drop_downs_and_colours_for_rows_to_come_keep_their_reach(tmp_path: Path) -> None:
    without(opened(tmp_path, rich_workbook()), 2, 4)
    sheet = load_workbook(tmp_path / "fen.xlsx")["Talepler"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["I2:I1000"]
    assert [str(cells.sqref) for cells in sheet.conditional_formatting] == ["L2:L1000"]


def test_comments_follow_their_request_and_those_of_the_removed_row_are_read_first(tmp_path: Path) -> None:
    def decorate(_: Any, sheet: Any) -> None:
        for row in (1, 3, 5):
            sheet.write_comment(row, 12, f"Açıklama {row}")

    workbook = opened(tmp_path, with_sheet(decorate))
    assert [row.cells.get("x:Sonuç (açıklama)") for row in rows(workbook.read())[:4]] == [
        "Açıklama 1", None, "Açıklama 3", None,
    ]  # fmt: skip
    after = parts(without(workbook, 2, 5))
    sheet = load_workbook(workbook.path)["Talepler"]
    found = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert found == {"M3": "Açıklama 3"} | {"M4": "Açıklama 5"}
    assert re.findall(rb"<x:Row>(\d+)</x:Row>", after["xl/drawings/vmlDrawing1.vml"]) == [b"2", b"3"]


def test_merged_cells_links_pictures_and_colours_below_move_up(tmp_path: Path) -> None:
    def decorate(book: Any, sheet: Any) -> None:
        sheet.merge_range("M7:N8", "iki satır")
        sheet.write_url("P6", "https://example.com/a", string="belge")
        sheet.write_url("P3", "https://example.com/b", string="gider")
        sheet.insert_image("T9", "nokta.png", {"image_data": picture()})
        red = book.add_format({"bg_color": "#FF0000"})
        sheet.conditional_format("S6:S7", {"type": "formula", "criteria": '=$I6="x"', "format": red})
        sheet.data_validation("S8", {"validate": "integer", "criteria": ">", "value": "=$L$6"})

    after = parts(without(opened(tmp_path, with_sheet(decorate)), 3))
    sheet = load_workbook(tmp_path / "fen.xlsx")["Talepler"]
    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["M6:N7"]
    assert {cell.coordinate: cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink} == {
        "P5": "https://example.com/a"
    }
    assert re.findall(rb"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", after["xl/drawings/drawing1.xml"]) == [b"7"]
    rules = [(str(cells.sqref), cells.rules[0].formula) for cells in sheet.conditional_formatting]
    assert rules == [("S5:S6", ['$I5="x"'])]
    check = sheet.data_validations.dataValidation[0]
    assert (str(check.sqref), check.formula1) == ("S7", "$L$5")


def test_shared_formulas_keep_their_meaning(tmp_path: Path) -> None:
    data = with_sheet(lambda _, sheet: [sheet.write_formula(n, 17, "=0", None, n) for n in range(1, 9)])
    text = parts(data)[SHEET]
    text = text.replace(b"<f>0</f>", b'<f t="shared" ref="R2:R9" si="0">SUM(L$2:L2)</f>', 1)
    text = text.replace(b"<f>0</f>", b'<f t="shared" si="0"/>')
    after = parts(without(opened(tmp_path, with_parts(data, {SHEET: text})), 2, 5))[SHEET]
    assert re.findall(rb"<f>(.*?)</f>", after) == [
        b"SUM(L$2:L2)", b"SUM(L$2:L3)", b"SUM(L$2:L4)", b"SUM(L$2:L5)", b"SUM(L$2:L6)", b"SUM(L$2:L7)",
    ]  # fmt: skip


def test_tables_shrink_but_never_below_one_row(tmp_path: Path) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Talepler")
    sheet.add_table(0, 0, 2, len(HEADERS) - 1, {"columns": [{"header": header} for header in HEADERS]})
    for row in (1, 2):
        sheet.write_string(row, 0, f"MHT-2026-00000{row}")
    book.add_worksheet("Arşiv").write_row(0, 0, HEADERS)
    book.close()
    workbook = opened(tmp_path, out.getvalue())
    for left, ref in ((1, "A1:Q2"), (0, "A1:Q2")):
        without(workbook, 2)
        assert len(rows(workbook.read())) == left
        assert next(iter(load_workbook(workbook.path)["Talepler"].tables.values())).ref == ref
    after = workbook.write(Changes(appends=(Append("Talepler", request_row(3)),)), workbook.read())
    assert [row.position for row in rows(after)] == [2]


@pytest.mark.parametrize(
    "decorate",
    [
        lambda _, sheet: sheet.add_sparkline(5, 20, {"range": "L2:L9"}),
        lambda _, sheet: sheet.conditional_format("L4:L6", {"type": "data_bar", "data_bar_2010": True}),
        lambda _, sheet: sheet.write_array_formula("S2:S4", "{=L2:L4*2}"),
        lambda _, sheet: sheet.insert_image("T3", "nokta.png", {"image_data": picture()}),
    ],
    ids=["sparklines", "newer data bars", "an array formula over the row", "a picture hanging on the row"],
)
def test_what_cannot_be_moved_stays_and_the_row_is_emptied_and_hidden(
    tmp_path: Path, decorate: Callable[[Any, Any], None]
) -> None:
    data = with_sheet(decorate)
    workbook = opened(tmp_path, data)
    without(workbook, 3)
    snapshot = workbook.read()
    assert column(snapshot, "subject") == [f"Konu {n}" for n in (1, 3, 4, 5, 6, 7, 8)]
    assert [row.position for row in rows(snapshot)] == [2, 4, 5, 6, 7, 8, 9]
    assert load_workbook(workbook.path)["Talepler"].row_dimensions[3].hidden
    assert changed_parts(data, workbook.path.read_bytes()) <= {SHEET, "xl/workbook.xml"}
    before, after = (parts(d)[SHEET].split(b"</sheetData>")[1] for d in (data, workbook.path.read_bytes()))
    assert re.sub(rb"\s", b"", before) == re.sub(rb"\s", b"", after)


def test_many_rows_go_at_once_in_any_order(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook(rows=28))
    without(workbook, *range(28, 3, -2), 3, 3)
    assert column(workbook.read(), "subject") == [
        f"Konu {n}" for n in range(1, 29) if n != 2 and (n % 2 == 0 or n == 1)
    ]


def test_a_row_that_is_not_there_may_be_removed(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook())
    without(workbook, 500)
    assert len(rows(workbook.read())) == 6
