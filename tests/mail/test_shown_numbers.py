"""Numbers of a list as they are shown: zeros before them may stand in the cell's format alone."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from daemon.mail import formats_in_xls
from daemon.mail.shown_in_ods import shown_in_ods
from daemon.mail.spreadsheets import read_spreadsheet


def formatted(value: float, code: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", "Metin"])
    sheet.append([value, 7])
    sheet["A2"].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (4711, "000000", "004711"),
        (4711.0, "00000000;@", "00004711"),
        (5321234567, "[$-41F]00000000000", "05321234567"),
        (2026004711, '0000"/"000000', "2026/004711"),
        (2026004711, "0000-000000", "2026-004711"),
        (20260004711, "0000\\/000000", "20260/004711"),
        (1234567, "000", "1234567"),
        (4711, "0", "4711"),
        (4711, "General", "4711"),
        (4711, "#,##0", "4711"),
        (-4711, "000000", "-4711"),
        (4711.5, "000000", "4711.5"),
    ],
)
def test_a_number_is_read_with_the_zeros_that_its_format_shows(value: float, code: str, shown: str) -> None:
    [grid] = read_spreadsheet("liste.xlsx", formatted(value, code))
    assert grid.rows == (("No", "Metin"), (shown, "7"))


@pytest.mark.parametrize(
    ("part", "spoil"),
    [
        ("xl/styles.xml", (b"<numFmt ", b'<numFmt x="" x="" ')),
        ("xl/styles.xml", (b'formatCode="000000"', b'formatCode="' + b"0" * 99 + b'"')),
        ("xl/worksheets/sheet1.xml", (b' r="A2"', b"")),
    ],
)
def test_a_workbook_whose_formats_cannot_be_read_is_read_by_its_values(
    part: str, spoil: tuple[bytes, bytes]
) -> None:
    spoilt = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(formatted(4711, "000000"))) as before,
        zipfile.ZipFile(spoilt, "w") as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(*spoil) if name == part else data)
    [grid] = read_spreadsheet("liste.xlsx", spoilt.getvalue())
    assert "4711" in grid.rows[1]


SAVED = Path(__file__).parent / "documents"
"""As LibreOffice saves one list in the two formats."""


@pytest.mark.parametrize("name", ["numbers.xls", "numbers.ods"])
def test_other_formats_show_the_same(name: str) -> None:
    first, second = read_spreadsheet(name, (SAVED / name).read_bytes())
    assert [row[0] for row in first.rows[1:]] == [
        "004711", "05321234567", "2026/004711", "2026-004711", "1234567", "4711", "4711", "4711.5", "-4711"
    ]  # fmt: skip
    assert [row[:4] for row in second.rows[2:]] == [
        ("", "", "0042", "0042"), ("", "", "", ""), ("007", "008", "", ""), ("007", "", "", "")
    ]  # fmt: skip


def spoilt(name: str, part: str, before: bytes, after: bytes) -> bytes:
    data = (SAVED / name).read_bytes()
    if not part:
        return data.replace(before, after)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as other:
        for each in whole.namelist():
            read = whole.read(each)
            other.writestr(each, read.replace(before, after) if each == part else read)
    return out.getvalue()


REPEATED = b'table:number-rows-repeated="999999999"'


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (spoilt("numbers.ods", "content.xml", b"004711", b"00.4711"), "4711"),
        (spoilt("numbers.ods", "content.xml", b"<text:p>004711", b"<text:p>004712"), "004711"),
        (spoilt("numbers.xls", "", b"\x1e\x04", b"\x1f\x04"), "4711"),
        (spoilt("numbers.xls", "", b"\xe0\x00\x14\x00", b"\xe1\x00\x14\x00"), "4711"),
    ],
    ids=["other words", "another number", "no formats", "no styles"],
)
def test_where_the_format_tells_nothing_the_value_counts(data: bytes, shown: str) -> None:
    first = read_spreadsheet("liste.ods" if data.startswith(b"PK") else "liste.xls", data)[0]
    assert first.rows[1][0] == shown


def test_a_row_that_says_it_is_repeated_without_end_costs_nothing() -> None:
    row = b'table:style-name="ro1"><table:table-cell table:style-name="ce1"'
    data = spoilt("numbers.ods", "content.xml", row, REPEATED + b" " + row)
    places = shown_in_ods(data, 10_000_000)
    assert 4_900 < sum(len(found) for found in places.values()) < 100_000


def test_sheets_of_an_xls_that_all_stand_at_one_place_are_not_read_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formats_in_xls, "_MOST_RECORDS", 1_000)
    found = formats_in_xls._read(_alike(sheets=50, cells=200))
    assert [title for title, cells in found.items() if cells] == ["A", "B", "C", "D", "E"]


def _alike(*, sheets: int, cells: int) -> bytes:
    """An .xls's stream whose sheets all begin at the same place, where one of so many cells stands (MS-XLS 2.4)."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin, end = record(0x0809, struct.pack("<H", 0x0600)), record(0x000A, b"")
    style = record(0x041E, struct.pack("<HHB", 200, 6, 0) + b"000000") + record(
        0x00E0, struct.pack("<HH", 0, 200)
    )
    at = len(begin + style) + sheets * 13 + len(end)
    titles = (record(0x0085, struct.pack("<IHBBc", at, 0, 1, 0, bytes([65 + n]))) for n in range(sheets))
    number = record(0x0203, struct.pack("<HHHd", 0, 0, 0, 4711))
    return begin + style + b"".join(titles) + end + begin + number * cells + end
