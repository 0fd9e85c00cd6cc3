"""Plain values for the ledger's tests; every person and place in them is made up."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter, Notice, Owed
from daemon.domain.request import Channel, Entry, Request, RequestNumber, Status, request_number

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def arrival(key: str, raw: bytes = b"", *, source: str = "imap") -> Arrival:
    content = raw or key.encode()
    return Arrival(source, key, hashlib.sha256(content).hexdigest(), NOW, content, name=f"{key}.eml")


def request(serial: int = 1, **changes: object) -> Request:
    values: dict[str, object] = {
        "number": request_number(2026, serial),
        "channel": Channel.EMAIL,
        "status": Status.REFERRED,
        "subject": "Çukur onarımı",
        "description": "Atapark Mahallesi'nde yolda çukur var.\nİlgilenilmesini rica ederim.",
        "received_at": NOW,
        "due": date(2026, 3, 23),
        "directorate": "fen",
    }
    return Request(**{**values, **changes})  # type: ignore[arg-type]


FULL = request(
    channel=Channel.MBS,
    status=Status.DONE,
    neighbourhood="Çiçekli",
    headman="Örnek Muhtar",
    headman_email="muhtar@example.com",
    category="Yol çukuru",
    external_body="ASKİ",
    liaison="irtibat@ornek.bel.tr",
    rule="5 iş günü",
    result="Onarıldı.",
    note="=not formül",
    sevk="Zabıta?",
    attachments=("ab/abc-resim.jpg", "cd/cde-İçerik.pdf"),
    urgent=True,
    clock_event="referral-2",
    referred_on=date(2026, 3, 3),
    closed_at=LATER,
    archived=True,
    last_action="Kapatıldı",
    last_action_at=LATER,
    source_message_id="<ilk@example.com>",
    review_reason="Mahalle belirsiz.",
    because=("çukur", "asfalt"),
    confidence=0.75,
    alternatives=("zabita",),
    external_number="MBS-1",
)
"""No field at its default: a column that is forgotten shows."""


def entry(number: str = "MHT-2026-000001", text: str = "Kayda alındı.", **data: object) -> Entry:
    return Entry(NOW, "muhtarlik", "received", text, number, data)


def letter(key: str = "confirmation-1", *, about: tuple[str, ...] = (), **changes: object) -> Letter:
    values: dict[str, object] = {
        "key": key,
        "occasion": "headman/confirmation",
        "recipient": "muhtar@example.com",
        "message_id": f"<{key}@ornek.bel.tr>",
        "subject": "[MHT-2026-000001] Talebiniz alındı",
        "mime": b"Subject: x\r\n\r\n\x00\xff body\r\n",
        "about": about,
    }
    return Letter(**{**values, **changes})  # type: ignore[arg-type]


def number(serial: int) -> RequestNumber:
    return request_number(2026, serial)


def owed(key: str = "confirmation-1", *, about: tuple[str, ...] = (), **changes: object) -> Owed:
    values: dict[str, object] = {
        "key": key,
        "occasion": "headman/confirmation",
        "recipient": "muhtar@example.com",
        "about": about,
    }
    return Owed(Notice(**{**values, **changes}), (request(1),) if about else ())  # type: ignore[arg-type]
