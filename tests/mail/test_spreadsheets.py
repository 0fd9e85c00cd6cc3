"""Lists in files: .xlsx, .xls, .csv, web pages called .xls; bombs and broken ones refused."""

import io
import zipfile
from datetime import datetime
from email.message import EmailMessage

import pytest
from openpyxl import Workbook

from daemon.domain.errors import Unprocessable
from daemon.domain.structured.sources import Material
from daemon.mail import spreadsheets
from daemon.mail.mime import parse_mail
from daemon.mail.spreadsheets import read_spreadsheet
from daemon.mail.structured import read_material
from tests.mail.binary_workbook import xlsb

ROWS = (("No", "Konu"), ("1", "Çöp, ağaç"))


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def material(*files: tuple[str, bytes], text: str = "Ektedir", html: str = "") -> Material:
    message = EmailMessage()
    message["From"] = "a@example.org"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return read_material(parse_mail(message.as_bytes()))


def test_cells_are_texts_as_people_read_them() -> None:
    day = datetime(2026, 10, 8)  # noqa: DTZ001 - a spreadsheet's date has no zone
    moment = datetime(2026, 10, 8, 14, 35)  # noqa: DTZ001
    [grid] = read_spreadsheet("a.xlsx", workbook((day, moment, 4711, 4711.5, True, None, "İğde")))
    assert grid.rows == (("08.10.2026", "08.10.2026 14:35", "4711", "4711.5", "Evet", "", "İğde"),)


@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1254", "utf-16", "utf-8"])
def test_text_is_read_whatever_its_separator_and_code_page(separator: str, encoding: str) -> None:
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS) + "\r\n"
    [grid] = read_spreadsheet("a.csv", text.encode(encoding))
    assert grid.rows == ROWS


def test_excels_own_hint_names_the_separator() -> None:
    [grid] = read_spreadsheet("a.csv", b"sep=|\r\nNo|Konu\r\n1|a;b;c\r\n")
    assert grid.rows == (("No", "Konu"), ("1", "a;b;c"))


HTML = "<html><meta charset=utf-8><table><tr><th>No<th>Konu<tr><td>1<td>Çöp, ağaç</table></html>"
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Liste"><Table>'
    "<Row><Cell><Data>No</Data></Cell><Cell><Data>Konu</Data></Cell></Row>"
    '<Row><Cell><Data>1</Data></Cell><Cell ss:Index="2"><Data>Çöp, ağaç</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize("markup", [HTML, XML])
def test_a_web_page_called_xls_is_a_list_too(markup: str) -> None:
    found = material(("liste.xls", markup.encode()))
    assert [grid.rows for grid in found.lists] == [ROWS]
    assert found.unread == ()


def bomb(size: int, *, lie: bool = False) -> bytes:
    """A workbook one of whose parts unpacks to ``size`` zeros; ``lie``: it says that it is small."""
    out = io.BytesIO(workbook(*ROWS))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/zero.xml", "w") as part:
        for _ in range(size // (1 << 20)):
            part.write(bytes(1 << 20))
    data = out.getvalue()
    return data.replace(size.to_bytes(4, "little"), (4_096).to_bytes(4, "little")) if lie else data


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"", "boş"),
        ("a.xlsx", b"PK\x03\x04 bozuk", "açılamadı"),
        ("a.xlsx", workbook(*ROWS)[:-200], "açılamadı"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "açılamadı"),
        ("a.xlsx", b"MZ\x90\x00 program", "Excel veya CSV listesi değil"),
        ("a.csv", b"a;b\n" * (spreadsheets.MOST_ROWS + 1), "satırdan fazla"),
        ("a.csv", b"a;b\n" * (spreadsheets.MOST_BYTES // 4 + 1), "aşırı büyük"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, data: bytes, why: str) -> None:
    with pytest.raises(Unprocessable) as refused:
        read_spreadsheet(name, data)
    assert why in refused.value.reason


@pytest.mark.parametrize("lie", [False, True], ids=["honest", "lying"])
def test_a_bomb_is_refused_with_a_reason(lie: bool) -> None:
    with pytest.raises(Unprocessable) as refused:
        read_spreadsheet("a.xlsx", bomb(80 << 20, lie=lie))
    assert "aşırı büyük" in refused.value.reason


def test_a_file_that_cannot_be_read_leaves_the_others() -> None:
    found = material(
        ("a.xlsx", b"PK bozuk"), ("b.xlsx", workbook(*ROWS)), ("c.json", b'{"talep": {"no": 12}}')
    )
    assert [file.name for file in found.unread] == ["a.xlsx"]
    assert [grid.rows for grid in found.lists] == [ROWS]
    assert found.trees == ({"talep": {"no": "12"}},)


def test_data_in_the_body_of_a_mail_is_read() -> None:
    assert material(text='{"talepNo": 7, "ok": true, "x": null}').trees == (
        {"talepNo": "7", "ok": "Evet", "x": ""},
    )
    assert material(text="{süslü parantezle başlayan bir söz").trees == ()


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-9", "windows-1254"])
def test_xml_in_another_code_page_than_it_says_is_read(declared: str) -> None:
    xml = f'<?xml version="1.0" encoding="{declared}"?><a><konu>Çöp</konu><b x="1">y</b><b>z</b></a>'
    tree = {"a": {"konu": "Çöp", "b": [{"x": "1", "@text": "y"}, "z"]}}
    assert material(("a.xml", xml.encode("cp1254"))).trees == (tree,)


def test_tables_of_values_are_the_innermost() -> None:
    html = "<table><tr><td><table><tr><td>No<td>1<tr><td>Metin<td>bir<br>iki</table></table>"
    assert [grid.rows for grid in material(html=html).tables] == [(("No", "1"), ("Metin", "bir\niki"))]


def test_markup_that_never_ends_is_no_burden() -> None:
    assert material(html="<table><tr><td>" * 20_000).tables == ()


def test_a_binary_workbook_is_read_like_any() -> None:
    moment = datetime(2026, 10, 8, 14, 35)  # noqa: DTZ001
    [grid] = read_spreadsheet(
        "mbs.xlsb", xlsb(("No", "Tarih", "Konu"), (4711, moment, "Çöp, ağaç"), title="Bekleyen")
    )
    assert grid.name == "mbs.xlsb Bekleyen"
    assert grid.rows == (("No", "Tarih", "Konu"), ("4711", "08.10.2026 14:35", "Çöp, ağaç"))


def test_a_binary_workbook_of_a_mail_is_a_list_of_it() -> None:
    found = material(("mbs.xlsb", xlsb(*ROWS)))
    assert ([grid.rows for grid in found.lists], found.unread) == ([ROWS], ())
