"""What comes to an office's scanner or beside a mail, and what a clerk decides on it."""

import os
import time
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import cv2
import numpy as np
import openpyxl

from daemon.app import App
from daemon.domain.mail import Arrival
from daemon.domain.petitions.form import WRITING, tick_place
from daemon.scans.folder import STILL_SECONDS
from daemon.scans.loading import load_page
from tests.office import mail
from tests.scans import files
from tests.steps.sheet_office import START

LETTER = """T.C.
ÖRNEK İLÇESİ
YAYLA MAHALLESİ MUHTARLIĞI

Tarih: 12.10.2026
Konu: Kaldırım onarımı

MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE

Mahallemiz Su Deposu Sokak üzerindeki kaldırım taşları sökülmüş, yayalar yürümekte zorluk çekmektedir.
Kaldırımın onarılması için gereğini arz ederim.

Mustafa Şahinbey
Yayla Mahallesi Muhtarı
Tel: 0500 000 04 21
"""
SUBJECT = "Asfalt ve yol bozukluğu"
NAMELESS = LETTER.replace("YAYLA MAHALLESİ MUHTARLIĞI", "").split("Mustafa")[0]


def put(app: App, name: str, data: bytes, *, seconds_ago: float = 2 * STILL_SECONDS) -> Path:
    """As a scanner does, a while ago."""
    folder = app.settings.scans.folder
    assert folder is not None
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return path


def mailed(
    app: App,
    body: str,
    scan: bytes,
    *more: tuple[str, bytes],
    name: str = "dilekce.pdf",
    subject: str = "Dilekçe",
) -> None:
    message = message_from_bytes(
        mail(
            "yayla.muhtari@example.com",
            subject,
            body,
            name="Mustafa Şahinbey",
            at=START,
            attachment=(name, scan),
        ),
        policy=SMTP,
    )
    for title, data in more:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=title)
    raw = message.as_bytes()
    with app.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("imap", name, str(hash(raw)), START, raw, "")], START)
    app.run_step("reading")


def letters(app: App) -> list[tuple[str, str]]:
    with app.ledger.view() as view:
        waiting = view.letters_waiting(START, 100)
    return sorted((each.occasion, each.recipient) for each in waiting)


def decided(app: App, choice: str, directorate: str, note: str) -> None:
    """A clerk rules on the only line of İnceleme."""
    list(app.set_up_sheets())
    app.run_step("sheets")
    path = app.settings.sheets.workbook.folder / "muhtarlik.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["İnceleme"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for header, value in (("Karar", choice), ("Müdürlük", directorate), ("Not", note)):
        sheet.cell(2, column[header]).value = value
    book.save(path)
    then = time.time() - 60
    os.utime(path, (then, then))
    app.run_step("sheets")


def printed(text: str) -> bytes:
    """The typed page as a scanner sees it."""
    return files.png(np.asarray(load_page(files.typed_pdf(text), 0).picture))


def filled_in(form: Path, *, tick: int | None = 0, doubtful: int | None = None) -> bytes:
    """A subject is ticked, and something is scrawled into the box."""
    page = np.array(load_page(form.read_bytes(), 0).picture)
    dots = 200 / 25.4
    if tick is not None:
        left, top = (round(side * dots) for side in tick_place(tick))
        cv2.line(page, (left + 6, top + 6), (left + 34, top + 34), 40, 4)
        cv2.line(page, (left + 34, top + 6), (left + 6, top + 34), 40, 4)
    if doubtful is not None:
        left, top = (round(side * dots) for side in tick_place(doubtful))
        cv2.rectangle(page, (left - 6, top - 6), (left + 46, top + 46), 40, -1)
    for row in range(4):
        y = round((WRITING[1] + 10 + 9 * row) * dots)
        scrawl = [(x, y + 14 * (n % 3) - 10 * (n % 2)) for n, x in enumerate(range(200, 1_200, 12))]
        cv2.polylines(page, [np.array(scrawl, np.int32)], False, 40, 4)
    return files.png(page)
