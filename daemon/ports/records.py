"""What the ledger hands out and takes in: plain values, none of them bound to a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter, Owed
from daemon.domain.request import Status
from daemon.domain.sheet import CellValue


@dataclass(frozen=True, slots=True)
class StoredArrival:
    id: int
    arrival: Arrival
    attempts: int
    state: str
    reason: str = ""
    fault: str = ""
    """Turkish; not empty when the original bytes are lost (``arrival.raw`` is then empty): hold it."""


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter in the outbox: first what is ``owed``, then the ``letter`` that says it; an erased one has neither."""

    id: int
    key: str
    occasion: str
    recipient: str
    about: tuple[str, ...]
    attempts: int
    state: str
    """``queued`` | ``sending`` (in doubt after a crash) | ``sent`` | ``refused``"""
    owed_at: datetime
    owed: Owed | None = None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """What became of a letter, without its bytes."""

    occasion: str
    recipient: str
    subject: str
    message_id: str
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What became of a request: its words, and where it belongs as people left it."""

    subject: str
    description: str
    neighbourhood: str
    category: str
    directorate: str
    external_body: str


@dataclass(frozen=True, slots=True)
class LostLetter:
    """A letter that never arrived: what it was about."""

    key: str
    occasion: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """All given conditions must hold."""

    open: bool | None = None
    directorate: str | None = None
    neighbourhood: str | None = None
    category: str | None = None
    status: Status | None = None
    headman_email: str | None = None
    late_on: date | None = None
    channel: str | None = None
    received_from: datetime | None = None
    received_until: datetime | None = None
    """Itself no longer included."""
    closed_until: datetime | None = None
    """Itself no longer included."""
    archived: bool | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class SheetBase:
    """What both sides last agreed on for one row of one sheet; ``cells`` by column key (JSON-able)."""

    title: str
    row_key: str
    cells: Mapping[str, CellValue]
    revision: int
    missing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetInNeed:
    """A spreadsheet that somebody has open or that was left alone: its code, the Turkish reason, an ISO time."""

    sheet: str
    reason: str
    since: str


@dataclass(frozen=True, slots=True)
class StepState:
    name: str
    last_success: datetime | None
    failures: int
    detail: str = ""
