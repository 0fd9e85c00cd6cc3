"""Broken and hostile files: a Turkish reason, no harm, no memory eaten."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from daemon.domain.errors import Unprocessable
from daemon.domain.sheet import DIRECTORATE_SHEETS, Append, Changes
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.people import parts, with_parts
from tests.sheets.rich import rich_workbook

SHEET = "xl/worksheets/sheet1.xml"
GOOD = rich_workbook()


def _replaced(name: str, old: bytes, new: bytes) -> bytes:
    return with_parts(GOOD, {name: parts(GOOD)[name].replace(old, new)})


def _bomb() -> bytes:
    """200 MB of blanks in a few hundred kilobytes."""
    return with_parts(GOOD, {SHEET: parts(GOOD)[SHEET] + b" " * 200_000_000})


def _lying() -> bytes:
    """A part that says it is small and unpacks to 60 MB."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(GOOD).items():
            archive.writestr(name, content + b" " * 60_000_000 if name == SHEET else content)
    data = bytearray(out.getvalue())
    true_size = (len(parts(GOOD)[SHEET]) + 60_000_000).to_bytes(4, "little")
    return bytes(data.replace(true_size, (5_000).to_bytes(4, "little")))


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Dosya boş"),
        (b"hello", "Dosya bozuk ya da bir Excel dosyası değil"),
        (b"PK\x03\x04" + b"\0" * 100, "Dosya bozuk"),
        (GOOD[: len(GOOD) // 2], "Dosya bozuk"),
        (GOOD[:-30], "Dosya bozuk"),
        (GOOD[600:], "Dosya bozuk"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "parolalı"),
        (b"<html>Oturum kapandi</html>", "Dosya bozuk"),
        (with_parts(GOOD, {"[Content_Types].xml": None}), "değil"),
        (with_parts(GOOD, {"_rels/.rels": None}), "değil"),
        (with_parts(GOOD, {"xl/workbook.xml": None}), "Dosya b"),
        (with_parts(GOOD, {"xl/workbook.xml": b"<workbook>"}), "Dosya bozuk"),
        (with_parts(GOOD, {SHEET: b""}), "Dosya bozuk"),
        (with_parts(GOOD, {SHEET: parts(GOOD)[SHEET][:900]}), "Dosya bozuk"),
        (with_parts(GOOD, {SHEET: b"\0\1\2" * 100}), "Dosya bozuk"),
        (_replaced(SHEET, b"<worksheet", ENTITIES + b"<worksheet"), "Dosya bozuk"),
        (_replaced("xl/workbook.xml", b"<workbook", ENTITIES + b"<workbook"), "Dosya bozuk"),
        (_replaced(SHEET, b'<row r="3"', b'<row r="2"'), "Dosya bozuk"),
    ],
    ids=[
        "empty", "text", "only a beginning", "half", "without its end", "without its beginning", "password",
        "a web page", "no types", "no relations", "no workbook", "broken workbook", "empty worksheet",
        "cut worksheet", "binary worksheet", "entities in the worksheet", "entities in the workbook",
        "a row twice",
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_turkish_and_left_as_it_is(tmp_path: Path, data: bytes, reason: str) -> None:
    refuse(tmp_path, data, reason)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    refuse(tmp_path, _bomb(), "aşırı büyük")


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    refuse(tmp_path, _lying(), "Dosya bozuk")


def refuse(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "fen.xlsx"
    path.write_bytes(data)
    workbook = XlsxWorkbook(path, "fen", DIRECTORATE_SHEETS)
    with pytest.raises(Unprocessable) as refused:
        snapshot = workbook.read()
        workbook.write(Changes(appends=(Append("Talepler", {"number": "x"}),)), snapshot)
    assert reason in refused.value.reason
    assert refused.value.reason.startswith("fen.xlsx: ")
    assert path.read_bytes() == data
    with pytest.raises(Unprocessable):
        workbook.set_up()
    assert path.read_bytes() == data
