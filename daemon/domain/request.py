"""A request: its number, channel, status and the table of allowed transitions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

RequestNumber = NewType("RequestNumber", str)
"""``MHT-<year>-<six digits>``, given once, in order of entry."""


AND_MORE = "ve {} talep daha"
"""Follows the first number in the subject of a letter about several requests: the number alone then means
nothing in a reply."""


def request_number(year: int, serial: int) -> RequestNumber:
    """Return the number of the ``serial``-th request of ``year`` (counted from 1)."""
    return RequestNumber(f"MHT-{year}-{serial:06d}")


class Channel(StrEnum):
    """How the request reached the office; the value is what the sheet shows."""

    EMAIL = "E-posta"
    MBS = "Muhtar Bilgi Sistemi"
    MOBILE_APP = "Muhtar Mobil"
    WHATSAPP = "WhatsApp"
    BIP = "BiP"
    PHONE = "Telefon"
    PETITION = "Dilekçe"
    VERBAL = "Sözlü"
    FIELD = "Saha"

    @property
    def arrived(self) -> str:
        """How the history begins to tell of a request."""
        match self:
            case Channel.EMAIL | Channel.PETITION:
                return f"{self.value} ile geldi"
            case Channel.PHONE:
                return "Telefonla iletildi"
            case Channel.VERBAL:
                return "Sözlü olarak iletildi"
            case Channel.FIELD:
                return "Sahada iletildi"
            case Channel.MBS | Channel.MOBILE_APP | Channel.WHATSAPP | Channel.BIP:
                return f"{self.value} üzerinden geldi"


class Status(StrEnum):
    """The value is what the sheet shows and what staff choose."""

    NEW = "Yeni"
    REFERRED = "Yönlendirildi"
    IN_PROGRESS = "İşlemde"
    WAITING = "Beklemede"
    DONE = "Tamamlandı"
    REJECTED = "Olumsuz"
    CANCELLED = "İptal"

    @property
    def is_closed(self) -> bool:
        return self in CLOSED


CLOSED = frozenset({Status.DONE, Status.REJECTED, Status.CANCELLED})
OPEN = frozenset(Status) - CLOSED

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset(Status) - {Status.NEW},
    Status.REFERRED: frozenset({Status.IN_PROGRESS, Status.WAITING}) | CLOSED,
    Status.IN_PROGRESS: frozenset({Status.REFERRED, Status.WAITING}) | CLOSED,
    Status.WAITING: frozenset({Status.REFERRED, Status.IN_PROGRESS}) | CLOSED,
    Status.DONE: frozenset({Status.IN_PROGRESS, Status.REJECTED}),
    Status.REJECTED: frozenset({Status.IN_PROGRESS, Status.DONE}),
    Status.CANCELLED: frozenset({Status.IN_PROGRESS}),
}
"""From → allowed to. A closed request opens again only into ``İşlemde``."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the ledger holds it. Times are aware UTC; dates are Europe/Istanbul.

    ``directorate`` is a code, or ``""`` while the request waits in İnceleme; ``neighbourhood`` and
    ``headman`` are names as they stand in the register (or as typed, when unknown).
    """

    number: RequestNumber
    channel: Channel
    status: Status
    subject: str
    description: str
    received_at: datetime
    due: date | None
    neighbourhood: str = ""
    headman: str = ""
    headman_email: str = ""
    category: str = ""
    directorate: str = ""
    external_body: str = ""
    liaison: str = ""
    rule: str = "15 iş günü"
    result: str = ""
    note: str = ""
    sevk: str = ""
    """What stands in the Sevk cell: a wish that was not understood stays there; an obeyed one is cleared."""
    attachments: tuple[str, ...] = ()
    """Paths below the files folder."""
    urgent: bool = False
    clock_event: str = "receipt-1"
    """Names the event that started the running clock; part of every notice key."""
    referred_on: date | None = None
    closed_at: datetime | None = None
    archived: bool = False
    last_action: str = ""
    last_action_at: datetime | None = None
    source_message_id: str = ""
    """Message-ID of the mail it came from: letters answer it."""
    review_reason: str = ""
    """Turkish; not empty while a person must decide in İnceleme."""
    because: tuple[str, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    external_number: str = ""
    """The other system's own number (MBS …)."""

    @property
    def is_open(self) -> bool:
        """Closed means answered: ``Tamamlandı`` without a ``Sonuç`` is still open (``closed_at`` unset)."""
        return self.closed_at is None

    def may_become(self, status: Status) -> bool:
        """Whether ``status`` may follow; of one that was to be closed and is still open the end is open, too."""
        return status in TRANSITIONS[self.status] or (self.is_open and status.is_closed)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a request's history. ``kind`` is a stable English word, ``text`` is Turkish for people."""

    at: datetime
    actor: str
    kind: str
    text: str
    number: str = ""
    data: dict[str, object] = field(default_factory=dict)
