"""``reading``: what a clerk sees, and one clear line for what cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daemon.cli import muhtarlik
from daemon.domain.errors import MuhtarlikError

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
            "dilekce.docx: bu dosya bir ileti veya sohbet değil (okunabilenler: .eml, .msg, .txt, .zip).",
        ),
        (
            "x.bin",
            b"\x00\xff",
            "x.bin: bu dosya bir ileti veya sohbet değil (okunabilenler: .eml, .msg, .txt, .zip).",
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
