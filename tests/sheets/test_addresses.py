"""Addresses in a workbook that no program writes: the native reader would believe them and end the whole process."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from daemon.domain.errors import Unprocessable
from daemon.domain.sheet import DIRECTORATE_SHEETS
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.rich import rich_workbook

SHEET = "xl/worksheets/sheet1.xml"


def with_address(old: bytes, new: bytes) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(rich_workbook())) as whole, zipfile.ZipFile(changed, "w") as copy:
        for name in whole.namelist():
            data = whole.read(name)
            if name == SHEET:
                assert old in data
                data = data.replace(old, new, 1)
            copy.writestr(name, data)
    return changed.getvalue()


def workbook(folder: Path, data: bytes) -> XlsxWorkbook:
    (folder / "fen.xlsx").write_bytes(data)
    return XlsxWorkbook(folder / "fen.xlsx", "fen", DIRECTORATE_SHEETS)


@pytest.mark.parametrize("address", [b"FFFFFFFF2", b"ABCD2", b"zzzz2", b"zzz99999", b"AAAA"])
def test_an_address_that_no_cell_has_is_a_damaged_file(tmp_path: Path, address: bytes) -> None:
    book = workbook(tmp_path, with_address(b'r="B2"', b'r="%s"' % address))
    with pytest.raises(Unprocessable) as told:
        book.read()
    assert told.value.reason == "fen.xlsx: Dosya bozuk; okunamıyor."
