"""What people made in a workbook survives: parts byte for byte, rows byte for byte, cached values, formats."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from daemon.domain.sheet import DIRECTORATE_SHEETS, Append, CellWrite, Changes, Removal
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.contract import appended, column, request_row, rows
from tests.sheets.people import changed_parts, parts, with_parts
from tests.sheets.rich import HEADERS, OWN, rich_workbook

SHEET = "xl/worksheets/sheet1.xml"


def opened(tmp_path: Path, data: bytes) -> XlsxWorkbook:
    path = tmp_path / "fen.xlsx"
    path.write_bytes(data)
    return XlsxWorkbook(path, "fen", DIRECTORATE_SHEETS)


def written(workbook: XlsxWorkbook, *cells: CellWrite) -> bytes:
    workbook.write(Changes(cells=cells), workbook.read())
    return workbook.path.read_bytes()


def status(value: str = "Tamamlandı", position: int = 2) -> CellWrite:
    return CellWrite("Talepler", position, "status", value)


def test_a_written_cell_changes_the_worksheet_and_nothing_else(tmp_path: Path) -> None:
    data = rich_workbook()
    after = written(opened(tmp_path, data), status())
    assert changed_parts(data, after) == {SHEET}
    assert list(parts(after)) == list(parts(data)), "parts keep their order"
    kinds = " ".join(parts(after))
    for kind in ("drawing", "vmlDrawing", "comments", "media/image", "chart", "table"):
        assert kind in kinds


def test_only_the_row_that_changed_is_written_anew(tmp_path: Path) -> None:
    data = rich_workbook()
    after = written(opened(tmp_path, data), status(position=3))
    old, new = (re.findall(rb"<row .*?</row>", parts(d)[SHEET]) for d in (data, after))
    assert [one == other for one, other in zip(old, new, strict=True)] == [True, True, False, *[True] * 4]


def test_cached_values_of_formulas_stay_and_are_counted_anew_on_opening(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook())
    after = workbook.write(Changes(cells=(status(),)), workbook.read())
    assert column(after, f"x:{OWN}") == ["20", "40", "60", "80", "100", "120"]
    assert b'fullCalcOnLoad="1"' in parts(workbook.path.read_bytes())["xl/workbook.xml"]


def test_a_formula_that_we_overwrite_leaves_no_trace_in_the_calculation_chain(tmp_path: Path) -> None:
    data = rich_workbook()
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    chain = b'<calcChain xmlns="%s"><c r="L2" i="1"/></calcChain>' % main
    relation = (
        b'<Relationship Id="rId99" Type="%s/calcChain" Target="calcChain.xml"/></Relationships>' % office
    )
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="%s"/></Types>' % kind
    found = parts(data)
    data = with_parts(
        data,
        {
            "xl/calcChain.xml": chain,
            "xl/_rels/workbook.xml.rels": found["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", relation),
            "[Content_Types].xml": found["[Content_Types].xml"].replace(b"</Types>", override),
            SHEET: found[SHEET].replace(b'<c r="L2"><v>10</v></c>', b'<c r="L2"><f>5+5</f><v>10</v></c>'),
        },
    )  # fmt: skip
    after = parts(written(opened(tmp_path, data), CellWrite("Talepler", 2, "days_left", 7)))
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    assert b"<f>5+5</f>" not in after[SHEET]


def test_a_chain_of_shared_formulas_survives_the_loss_of_its_first_cell(tmp_path: Path) -> None:
    data = rich_workbook()
    text = parts(data)[SHEET]
    for row, formula in (
        (2, b'<f t="shared" ref="L2:L4" si="0">B2-1</f>'),
        *((n, b'<f t="shared" si="0"/>') for n in (3, 4)),
    ):
        value = b"<v>%d</v></c>" % (10 * (row - 1))
        text = text.replace(b'<c r="L%d">' % row + value, b'<c r="L%d">' % row + formula + value)
    workbook = opened(tmp_path, with_parts(data, {SHEET: text}))
    after = parts(written(workbook, CellWrite("Talepler", 2, "days_left", 3)))[SHEET]
    assert re.findall(rb'<c r="L[234]">(.*?)</c>', after) == [
        b"<v>3</v>",
        b"<f>B3-1</f><v>20</v>",
        b"<f>B4-1</f><v>30</v>",
    ]  # fmt: skip


def test_a_table_grows_over_appended_rows(tmp_path: Path) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Talepler")
    sheet.add_table(0, 0, 2, len(HEADERS) - 1, {"columns": [{"header": header} for header in HEADERS]})
    sheet.write_string(1, 0, "MHT-2026-000001")
    sheet.write_string(2, 0, "MHT-2026-000002")
    sheet.write_string(7, 25, "what people keep beside it")
    book.add_worksheet("Arşiv").write_row(0, 0, HEADERS)
    book.close()
    workbook = opened(tmp_path, out.getvalue())
    workbook.write(appended("Talepler", request_row(3), request_row(4)), workbook.read())
    table = next(iter(load_workbook(workbook.path)["Talepler"].tables.values()))
    assert (table.ref, table.autoFilter.ref) == ("A1:Q5", "A1:Q5")


def test_the_date_system_of_1904_is_respected(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook(date_1904=True))
    before = column(workbook.read(), "received")
    after = workbook.write(appended("Talepler", request_row(9)), workbook.read())
    assert column(after, "received") == [*before, request_row(9)["received"]]


def test_a_days_format_is_added_once_and_the_cells_own_look_kept(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook())
    workbook.write(appended("Talepler", request_row(7), request_row(8)), workbook.read())
    sheet = load_workbook(workbook.path)["Talepler"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    assert [sheet.cell(row, headers["Son Tarih"]).number_format.lower() for row in (8, 9)] == [
        "dd.mm.yyyy"
    ] * 2
    assert [sheet.cell(row, headers["Geliş Tarihi"]).number_format for row in (2, 8)] == ["dd.mm.yyyy"] * 2


def test_error_values_are_read_as_people_see_them(tmp_path: Path) -> None:
    data = rich_workbook()
    text = (
        parts(data)[SHEET].replace(b'<c r="L3">', b'<c r="L3" t="e">').replace(b"<v>20</v>", b"<v>#REF!</v>")
    )
    workbook = opened(tmp_path, with_parts(data, {SHEET: text}))
    assert column(workbook.read(), "days_left")[:3] == [10, "#REF!", 30]
    assert column(workbook.write(Changes(cells=(status(),)), workbook.read()), "days_left")[1] == "#REF!"


@pytest.mark.parametrize("stray", ["A1048576", "XFD1048576", "XFD3"])
def test_a_stray_cell_at_the_end_of_the_world_costs_nothing(tmp_path: Path, stray: str) -> None:
    """Ctrl+arrow and a typed letter: a rectangle of 17 thousand million cells."""
    data = rich_workbook()
    row = int(re.sub("[A-Z]", "", stray))
    cell = f'<c r="{stray}" t="inlineStr"><is><t>x</t></is></c>'.encode()
    text = parts(data)[SHEET]
    if row == 3:
        text = re.sub(rb'(<row r="3".*?)(</row>)', rb"\g<1>" + cell + rb"\g<2>", text)
    else:
        text = text.replace(b"</sheetData>", f'<row r="{row}">'.encode() + cell + b"</row></sheetData>")
    workbook = opened(tmp_path, with_parts(data, {SHEET: text}))
    after = workbook.write(appended("Talepler", request_row(7)), workbook.read())
    assert [row.position for row in rows(after)] == list(range(2, 9))
    assert cell in parts(workbook.path.read_bytes())[SHEET]


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("a prefix for every element", b"", b""),
        ("a comment among the rows", b"<sheetData>", b"<sheetData><!-- <row r='9'> -->"),
        ("single quotes", b'"', b"'"),
        ("no hints on width", rb' spans="[\d:]+"', b""),
    ],
)
def test_other_writers_ways_with_xml_are_understood(
    tmp_path: Path, what: str, old: bytes, new: bytes
) -> None:
    data = rich_workbook()
    text = parts(data)[SHEET]
    if old:
        head, rest = text.split(b"<sheetData>")
        body, tail = rest.split(b"</sheetData>")
        middle = re.sub(old, new, b"<sheetData>" + body)
        text = head + middle + b"</sheetData>" + tail
    else:
        text = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", text).replace(b"xmlns=", b"xmlns:x=")
    workbook = opened(tmp_path, with_parts(data, {SHEET: text}))
    before = workbook.read()
    after = workbook.write(Changes(cells=(status(),), appends=(Append("Talepler", request_row(7)),)), before)
    assert column(after, "status") == ["Tamamlandı", *["İşlemde"] * 5, "Yönlendirildi"]
    assert load_workbook(workbook.path)["Talepler"]["I2"].value == "Tamamlandı"


def test_rows_and_cells_may_come_without_addresses(tmp_path: Path) -> None:
    """Allowed by the schema: each stands after the one before."""

    def row(*texts: str) -> str:
        return "<row>" + "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' for t in texts) + "</row>"

    body = (
        row(*HEADERS)
        + row("MHT-2026-000001", "", "", "", "", "Bir")
        + row("MHT-2026-000002", "", "", "", "", "İki")
    )
    text = re.sub(
        rb"<sheetData>.*</sheetData>",
        b"<sheetData>%s</sheetData>" % body.encode(),
        parts(rich_workbook())[SHEET],
    )
    workbook = opened(tmp_path, with_parts(rich_workbook(), {SHEET: text}))
    changes = Changes(
        cells=(status(),), appends=(Append("Talepler", request_row(3)),), removals=(Removal("Talepler", 3),)
    )
    after = workbook.write(changes, workbook.read())
    assert column(after, "subject") == ["Bir", "Konu 3"]
    assert column(after, "status") == ["Tamamlandı", "Yönlendirildi"]


def test_a_strict_file_is_written_in_its_own_language(tmp_path: Path) -> None:
    """ISO/IEC 29500 Strict ("Strict Open XML" in Excel's list of kinds)."""
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts(rich_workbook()).items()
    }  # fmt: skip
    workbook = opened(tmp_path, with_parts(rich_workbook(), dict(strict)))
    link = Append("Talepler", request_row(7, attachments="a"), {"attachments": "file://s/a"})
    after = workbook.write(Changes(cells=(status(),), appends=(link,)), workbook.read())
    assert column(after, "subject") == [f"Konu {n}" for n in range(1, 8)]
    assert b"schemas.openxmlformats.org/spreadsheetml" not in parts(workbook.path.read_bytes())[SHEET]


def test_writing_what_is_there_already_changes_no_part(tmp_path: Path) -> None:
    workbook = opened(tmp_path, rich_workbook())
    once = written(workbook, status())
    twice = written(workbook, status())
    assert changed_parts(once, twice) == set()
