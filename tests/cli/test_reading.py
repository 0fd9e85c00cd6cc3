"""``reading``: what a clerk sees, and one clear line for what cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from daemon.cli import muhtarlik
from daemon.domain.errors import MuhtarlikError
from tests.mail.letters import docx
from tests.scans import files
from tests.steps.scan_office import LETTER

MAIL = (
    "From: Hasan Kurt <hasan@example.com>\nSubject: Yol\nContent-Type: text/plain; charset=utf-8\n\n"
    "Lale Sokakta çukur var.\n"
)


def _reading(*arguments: str) -> Result:
    return CliRunner().invoke(muhtarlik, ["reading", *arguments], env={"MUHTARLIK_CONFIG": "/olmayan.toml"})


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "talep.eml"
    path.write_text(MAIL, encoding="utf-8")
    return path


def test_a_clerk_reads_turkish_words(mail: Path) -> None:
    shown = _reading(str(mail)).output
    assert "Tür            Talep\n" in shown
    assert "Gönderen       Hasan Kurt <hasan@example.com>\n" in shown
    assert "Anlam          Belirsiz (kesin değil)\n" in shown
    assert "request" not in shown


def test_one_file_gives_an_object_and_several_a_list(mail: Path) -> None:
    one = json.loads(_reading(str(mail), "--json").output)
    assert one["text"] == "Lale Sokakta çukur var."
    assert json.loads(_reading(str(mail), str(mail), "--json").output) == [one, one]


def test_a_mail_without_an_extension_is_read(mail: Path) -> None:
    assert json.loads(_reading(str(mail.rename(mail.with_suffix(""))), "--json").output)["kind"] == "request"


KINDS = ".bmp, .csv, .doc, .docm, .docx, .eml, .gif, .heic, .jfif, .jpe, .jpeg, .jpg, .msg, .ods, .odt, .pdf, .png"
NO_SUCH_KIND = (
    f"bu dosya bir ileti, tarama, liste veya sohbet değil (okunabilenler: {KINDS}, .rtf, .tif, .tiff, .tsv, .txt, "
    ".webp, .xls, .xlsb, .xlsm, .xlsx, .zip)."
)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "tarama.pdf",
            b"%PDF-1.4",
            "tarama.pdf: Dosya bozuk veya eksik; açılamadı. Lütfen yeniden tarayınız.",
        ),
        (
            "dilekce.docx",
            b"PK\x03\x04",
            f"dilekce.docx: {NO_SUCH_KIND}",
        ),
        (
            "x.bin",
            b"\x00\xff",
            f"x.bin: {NO_SUCH_KIND}",
        ),
        ("mbs.xlsx", b"PK bozuk", "mbs.xlsx: liste açılamadı; dosya bozuk veya parolalı olabilir."),
        (
            "liste.csv",
            b"Ad;Soyad\nAli;Can\n",
            "liste.csv: mappings.yaml dosyasındaki kaynaklardan (sources) birinin listesi değil.",
        ),
    ],
)
def test_what_is_no_mail_is_told_in_one_turkish_line(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    refused = _reading(str(tmp_path / name), "--json").exception
    assert isinstance(refused, MuhtarlikError)
    assert refused.reason == told


@pytest.mark.parametrize(("name", "why"), [("yok.eml", "böyle bir dosya yok"), (".", "bu bir klasör")])
def test_what_cannot_be_opened_is_told_in_turkish(tmp_path: Path, name: str, why: str) -> None:
    refused = _reading(str(tmp_path / name)).exception
    assert isinstance(refused, MuhtarlikError)
    assert refused.reason == f"okunamıyor ({why})"


APP = (
    "From: Uygulama <uygulama@muhtarmobil.ornek.bel.tr>\nSubject: Muhtar Mobil\n"
    "Auto-Submitted: auto-generated\nContent-Type: text/plain; charset=utf-8\n\n"
    "Talep No: MM-9\nMahalle: Atapark\nAçıklama: Yol çöktü\nTarih: 08.10.2026 10:00\n"
)


def test_a_mail_of_another_system_shows_its_source_and_fields(tmp_path: Path) -> None:
    path = tmp_path / "talep.eml"
    path.write_text(APP, encoding="utf-8")
    found = json.loads(_reading(str(path), "--json").output)
    assert (found["kind"], found["source"], found["fault"]) == ("request", "Muhtar Mobil", "")
    assert found["fields"] == {
        "number": "MM-9",
        "date": "2026-10-08T10:00:00+03:00",
        "neighbourhood": "Atapark",
        "text": "Yol çöktü",
    }
    assert "Sistem numarası: MM-9" in _reading(str(path)).output


def test_a_list_of_another_system_shows_every_row_and_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "mbs.csv"
    path.write_bytes("Başvuru No;Mahalle;Konu;Durum\n1;Yayla;Çöp;Bekliyor\n2;Yayla;;Yeni\n".encode("cp1254"))
    found = json.loads(_reading(str(path), "--json").output)
    assert (found["kind"], found["source"], found["is_list"]) == ("request", "Muhtar Bilgi Sistemi", True)
    assert [(each["fields"]["number"], each["standing"], each["lacks"]) for each in found["records"]] == [
        ("1", "open", ""),
        ("2", "open", "talebin metni bulunamadı"),
    ]


def test_a_typed_letter_shows_what_a_scan_shows(tmp_path: Path) -> None:
    path = tmp_path / "dilekce.docx"
    path.write_bytes(docx(LETTER))
    (petition,) = json.loads(_reading(str(path), "--json").stdout)["petitions"]
    assert petition["fields"]["neighbourhood"]["value"] == "Yayla"
    assert petition["directorates"] == ["Fen İşleri Müdürlüğü"]


def test_a_portfolio_is_read_file_by_file(tmp_path: Path) -> None:
    path = tmp_path / "Dilekçeler 12.10.2026"
    path.write_bytes(files.portfolio(("a.pdf", files.typed_pdf(LETTER)), ("b.docx", docx(LETTER))))
    told = json.loads(_reading(str(path), "--json").output)
    assert [each["file"] for each in told["petitions"]] == ["a.pdf", "b.docx"]
    assert {each["fields"]["neighbourhood"]["value"] for each in told["petitions"]} == {"Yayla"}


def test_a_file_of_a_portfolio_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "evrak.pdf"
    path.write_bytes(files.portfolio(("a.pdf", files.typed_pdf(LETTER)[:400]), ("b.docx", docx(LETTER))))
    refused = _reading(str(path)).exception
    assert isinstance(refused, MuhtarlikError)
    assert refused.reason.startswith("evrak.pdf, a.pdf: ")


def test_a_portfolio_of_nothing_to_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(files.portfolio(("plan.dwg", b"x")))
    refused = _reading(str(path)).exception
    assert isinstance(refused, MuhtarlikError)
    assert refused.reason.startswith("plan.pdf: PDF portföyünün içinde okunabilir belge bulunamadı")


def test_the_files_behind_a_pdf_s_own_pages_are_read_too(tmp_path: Path) -> None:
    letter = files.typed_pdf(LETTER)
    (tmp_path / "ekli.pdf").write_bytes(
        files.carrying(letter, ("ek.docx", docx(LETTER)), ("künye.xml", b"<a/>"))
    )
    told = json.loads(_reading(str(tmp_path / "ekli.pdf"), "--json").output)
    assert [each["file"] for each in told["petitions"]] == ["ekli.pdf", "ek.docx"]
    (tmp_path / "fatura.pdf").write_bytes(files.carrying(letter, ("künye.xml", b"<a/>")))
    assert "blank_pages" in json.loads(_reading(str(tmp_path / "fatura.pdf"), "--json").output)


def test_a_list_that_would_fill_the_memory_is_told_in_one_sentence(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"], book.active["XFD1048576"] = "Başvuru No", "x"
    book.save(tmp_path / "mbs.xlsx")
    refused = _reading(str(tmp_path / "mbs.xlsx")).exception
    assert isinstance(refused, MuhtarlikError)
    assert refused.reason == "mbs.xlsx: Ek güvenli biçimde açılamadı; lütfen inceleyiniz."
