"""Exports as telephones write them, and mails as staff send them."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from daemon.domain.mail import Arrival
from daemon.domain.request import Request
from daemon.domain.review import Review
from daemon.ports.records import RequestFilter
from tests.steps.sheet_office import SheetOffice

STAFF = "buro1@ornek.bel.tr"
HEADMAN = "Mustafa Şahinbey"
"""Of Yayla, +90 500 000 04 21."""
OFFICE = "Muhtarlık İşleri"
JPEG = b"\xff\xd8\xff\xe0" + b"resim" * 40
MONDAY = (
    ("09:14", HEADMAN, "Günaydın başkanım"),
    ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü, derin çukur var"),
    ("09:15", HEADMAN, "IMG-20261009-WA0001.jpg (dosya ekli)"),
    ("09:40", OFFICE, "Hangi numaranın önü?"),
    ("09:52", HEADMAN, "12 numaranın önü"),
    ("09:53", HEADMAN, "Teşekkürler 🙏"),
)
"""A talk of one morning: a greeting, a matter with its photo, a question, its answer, thanks."""
PHOTO = {"IMG-20261009-WA0001.jpg": JPEG}


def android(*lines: tuple[str, str, str] | tuple[str, str], day: str = "09.10.2026") -> str:
    """(time, name, words) or (time, the messenger's own words) as Android writes them in Turkish."""
    head = f"{day} 08:00 - Mesajlar ve aramalar uçtan uca şifrelidir. Daha fazla bilgi için dokunun.\n"
    return head + "".join(f"{day} {time} - {': '.join(said)}\n" for time, *said in lines)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def export_mail(
    files: Mapping[str, bytes],
    *,
    sender: str = STAFF,
    subject: str = "WhatsApp sohbeti",
    body: str = "Ektedir.",
) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "muhtarlik@ornek.bel.tr"
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime(2026, 10, 12, 6, tzinfo=UTC))
    message["Message-ID"] = (
        f"<{sha256(repr((sorted(files), body, subject)).encode()).hexdigest()[:20]}@ornek.bel.tr>"
    )
    message.set_content(body)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes(policy=SMTP)


def chat_file(text: str, name: str = HEADMAN) -> dict[str, bytes]:
    return {f"WhatsApp Sohbeti - {name}.txt": text.encode()}


def chat_zip(text: str, media: Mapping[str, bytes] | None = None, name: str = HEADMAN) -> dict[str, bytes]:
    members: dict[str, bytes | str] = {f"WhatsApp Sohbeti - {name}.txt": text, **(media or {})}
    return {f"WhatsApp Sohbeti - {name}.zip": zipped(members)}


def arrive(office: SheetOffice, raw: bytes) -> None:
    """A mail comes and is read."""
    digest = sha256(raw).hexdigest()
    with office.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("imap", digest, digest, office.now, raw)], office.now)
    office.app.run_step("reading")


def bring(office: SheetOffice, files: Mapping[str, bytes], **mail: str) -> None:
    """Staff mail an export."""
    arrive(office, export_mail(files, **mail))


def requests(office: SheetOffice) -> list[Request]:
    with office.ledger.view() as view:
        return sorted(view.requests(RequestFilter()), key=lambda request: request.number)


def reviews(office: SheetOffice) -> list[Review]:
    return office.reviews()


def held(office: SheetOffice) -> list[str]:
    with office.ledger.view() as view:
        return [stored.reason for stored in view.held_arrivals()]
