"""An office to which other systems write: mails and lists as they come, read by the real parts."""

from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from hashlib import sha256
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from daemon.domain.clock import day_of
from daemon.domain.mail import Arrival
from daemon.domain.request import Request, Status
from daemon.ports.records import RequestFilter
from daemon.sheets import OFFICE_CODE
from tests.steps.sheet_office import SheetOffice

MBS = "bildirim@mbs.example.gov.tr"
APP = "uygulama@muhtarmobil.ornek.bel.tr"
STAFF = "buro1@ornek.bel.tr"
ANSWERS = "MBS Cevapları"
File = tuple[str, bytes]

HEADER = ("Başvuru No", "Başvuru Tarihi", "Mahalle", "Muhtar Adı Soyadı", "Konu", "Açıklama", "Durum")


class SourceOffice(SheetOffice):
    """Deliver mails, hand in lists, look at what became of them."""

    def deliver(
        self,
        sender: str,
        subject: str,
        text: str = "",
        *,
        html: str = "",
        files: Sequence[File] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """A mail arrives and is read."""
        message = EmailMessage()
        message["From"], message["To"] = sender, "muhtarlik@ornek.bel.tr"
        message["Subject"], message["Date"] = subject, format_datetime(self.now)
        message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(text or "Ektedir.")
        if html:
            message.add_alternative(html, subtype="html")
        for name, data in files:
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        self.take(message.as_bytes(policy=SMTP))

    def raw(self, sender: str, name: str, *rows: Sequence[Any]) -> bytes:
        """A list as a mail."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, "muhtarlik@ornek.bel.tr", name
        message.set_content(f"{name}.xlsx dosyası elden alındı.")
        message.add_attachment(
            xlsx(*rows), maintype="application", subtype="octet-stream", filename=f"{name}.xlsx"
        )
        return message.as_bytes(policy=SMTP)

    def take(self, raw: bytes) -> None:
        digest = sha256(raw).hexdigest()
        with self.ledger.transaction() as tx:
            tx.keep_arrivals([Arrival("imap", digest, digest, self.now, raw)], self.now)
        self.app.run_step("reading")

    def hand_in(self, name: str, *rows: Sequence[Any], title: str = "Sayfa1") -> None:
        """A colleague mails a list."""
        self.deliver(STAFF, "MBS listesi", files=[(name, xlsx(*rows, title=title))])

    def believe_only(self, server: str) -> None:
        """``trust.require = "dmarc"``, as the given server says."""
        trust = self.app.settings.trust.model_copy(update={"require": "dmarc", "authserv_id": server})
        self.app.settings = self.app.settings.model_copy(update={"trust": trust})

    def all(self) -> list[Request]:
        with self.ledger.view() as view:
            return view.requests(RequestFilter())

    def only(self) -> Request:
        [request] = self.all()
        return request

    def texts(self, number: str) -> str:
        return "\n".join(entry.text for entry in self.history(number))

    def answer(
        self, number: str, status: Status = Status.DONE, result: str = "Asfalt yaması yapıldı."
    ) -> None:
        self.reply(number, status, result)
        self.rest()

    def answers(self) -> list[dict[str, Any]]:
        return self.rows(OFFICE_CODE, ANSWERS)

    def tick(self, number: str, value: str = "Evet") -> None:
        self.type(OFFICE_CODE, {"Talep No": number}, ANSWERS, Girildi=value)
        self.rest()

    def chased(self) -> list[str]:
        """The office is reminded at nine; what it was told that is new, by the staff's first member."""
        before = len(self.told())
        self.app.run_step("reminding")
        return self.told()[before:]

    def next_day(self, days: int = 1) -> None:
        """Nine on a later business day."""
        for _ in range(days):
            self.now += timedelta(days=1)
            while not self.app.office.calendar.is_letter_day(day_of(self.now)):
                self.now += timedelta(days=1)


def xlsx(*rows: Sequence[Any], title: str = "Sayfa1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def notification(number: str = "2026/4711", place: str = "Atapark", headman: str = "", **more: str) -> str:
    """A mail as the system words it."""
    lines = {
        "Başvuru No": number,
        "Başvuru Tarihi": "08.10.2026 14:35",
        "Mahalle": f"{place} Mahallesi",
        "Muhtar Adı Soyadı": headman,
        "Başvuru Türü": "İstek",
        "Konu": "Asfalt yaması",
        "Açıklama": "Lale Sokakta asfalt çöktü, derin çukurlar oluştu.\nYama yapılmasını arz ederim.",
        "Durum": "Bekliyor",
    } | more
    body = "\n".join(f"{label}: {value}" for label, value in lines.items() if value)
    return (
        f"Sayın Yetkili,\n\nBaşvuru birimize iletilmiştir.\n\n{body}\n\nBu e-posta otomatik gönderilmiştir."
    )


def row(
    number: str = "2026/4711",
    day: object = "08.10.2026",
    place: str = "Atapark",
    who: str = "",
    status: str = "Bekliyor",
) -> tuple[object, ...]:
    return (number, day, place, who, "Asfalt yaması", "Lale Sokakta asfalt çöktü, çukurlar oluştu.", status)


def app_text(**more: str) -> str:
    lines = {
        "Talep No": "MM-881",
        "Mahalle": "Atapark",
        "Açıklama": "Parktaki salıncak kırık.",
        "Konum": "39.97251, 32.86417",
        "Cevap Adresi": "cevap+881@muhtarmobil.ornek.bel.tr",
    } | more
    return "\n".join(f"{label}: {value}" for label, value in lines.items())
