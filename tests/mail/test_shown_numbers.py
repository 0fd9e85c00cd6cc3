"""Numbers of a list as they are shown: zeros before them may stand in the cell's format alone."""

import io
import zipfile

import pytest
from openpyxl import Workbook

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
