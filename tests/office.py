"""A whole office in a folder, as the tests need it: settings, the shipped mappings, mails."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid
from pathlib import Path

from daemon.app import App
from daemon.domain.request import Request
from daemon.domain.review import Review
from daemon.ports.records import RequestFilter
from daemon.resources import shipped
from tests.real.servers import MailServers

ADDRESS = "muhtarlik@ornek.bel.tr"

_SETTINGS = """\
[office]
name = "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
address = "{address}"
manager = "muhtarlik.mudur@ornek.bel.tr"
mappings = "mappings.yaml"
[ledger]
path = "ledger.db"
[imap]
host = "{host}"
port = {imap_port}
security = "tls"
user = "{address}"
password_file = "imap-password"
ca_file = "{ca_file}"
[smtp]
host = "{host}"
port = {smtp_port}
security = "starttls"
user = "{address}"
password_file = "smtp-password"
ca_file = "{ca_file}"
daily_limit = 0
[trust]
require = "none"
[sheets.workbook]
folder = "tablolar"
"""


def make_office(folder: Path, servers: MailServers) -> Path:
    """Write a complete office into ``folder``; return the path of its ``muhtarlik.toml``."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shipped("mappings.yaml"), folder / "mappings.yaml")
    for name in ("imap-password", "smtp-password"):
        (folder / name).write_text(servers.password + "\n")
        (folder / name).chmod(0o600)
    path = folder / "muhtarlik.toml"
    path.write_text(
        _SETTINGS.format(
            address=ADDRESS,
            host=servers.host,
            imap_port=servers.imap_port,
            smtp_port=servers.smtp_port,
            ca_file=servers.ca_file,
        )
    )
    return path


def mail(
    sender: str,
    subject: str,
    text: str,
    *,
    name: str = "",
    answers: str = "",
    at: datetime | None = None,
    attachment: tuple[str, bytes] | None = None,
) -> bytes:
    """A mail as an ordinary program writes it; ``answers`` is the Message-ID that it replies to."""
    message = EmailMessage()
    message["From"] = formataddr((name, sender))
    message["To"] = ADDRESS
    message["Subject"] = subject
    message["Date"] = format_datetime(at or datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.split("@")[1])
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    message.set_content(text)
    if attachment:
        message.add_attachment(
            attachment[1], maintype="application", subtype="octet-stream", filename=attachment[0]
        )
    return message.as_bytes(policy=SMTP)


_PROBLEMS = (
    ("Yol çukuru", "sokağımızda asfalt çöktü, derin çukurlar oluştu; yama yapılmasını arz ederim."),
    ("Çöpler", "çöp konteynerleri üç gündür boşaltılmıyor, koku yapıyor; temizlenmesini rica ederim."),
    ("Park", "çocuk parkında salıncak kırık, banklar sökülmüş; onarılmasını rica ederiz."),
    ("Köpekler", "başıboş köpekler çocuklara saldırıyor, toplatılmasını istiyoruz."),
    (
        "Kaldırım işgali",
        "esnaf kaldırıma tezgâh açmış, yayalar yoldan yürüyor; zabıtanın ilgilenmesini dileriz.",
    ),
)


def inbox(headmen: list[tuple[str, str]], count: int) -> Iterator[bytes]:
    """``count`` different requests by the given (address, name) headmen, with the trace headers that mail
    servers add; about 4 KB each, as measured offices' mails are."""
    start = datetime(2026, 12, 1, 6, tzinfo=UTC)
    for n in range(count):
        address, name = headmen[n % len(headmen)]
        subject, text = _PROBLEMS[n % len(_PROBLEMS)]
        street = f"{n + 1}. Sokak No {n % 90 + 1} önünde "
        body = f"Sayın yetkili,\n\n{street}{text}\n\nSaygılarımla,\n{name}\nMahalle Muhtarı\n"
        raw = mail(address, f"{subject} {n + 1}", body, name=name, at=start + timedelta(minutes=n))
        yield _trace(n) + raw


def _trace(n: int) -> bytes:
    hops = [
        f"Received: from mx{hop}.example.com (mx{hop}.example.com [192.0.2.{hop}])\r\n"
        f"\tby relay{hop}.example.com (Postfix) with ESMTPS id {n:08X}{hop}\r\n"
        f"\tfor <{ADDRESS}>; Tue, 1 Dec 2026 09:{n % 60:02d}:0{hop} +0300\r\n"
        for hop in range(1, 5)
    ]
    signature = (
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com;\r\n\tb=" + "A" * 340 + "\r\n"
    )
    return "".join([*hops, signature, "X-Padding: " + "x" * 900 + "\r\n"]).encode()


def on(day: date, hour: int = 9, minute: int = 0) -> str:
    """``--at`` for a wall-clock time in Istanbul."""
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}"


def requests_of(app: App) -> list[Request]:
    """Every request in the ledger."""
    with app.ledger.view() as view:
        return view.requests(RequestFilter())


def reviews_of(app: App) -> list[Review]:
    """Every question for a person in the ledger."""
    with app.ledger.view() as view:
        return view.reviews()
