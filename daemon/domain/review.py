"""What a person must decide in ``İnceleme``."""

from dataclasses import dataclass
from datetime import datetime

from daemon.domain.request import Channel
from daemon.domain.structured.sources import Record

SCAN_REVIEW = "petition/"
"""How the keys of questions about scanned petitions begin: with their channel."""


ROUTE = "route"
"""How the event in the key of a question begins, behind the request's number, that asks whose an open request is."""


def review_files(key: str) -> str:
    """Names the ledger's note on the files that a question's request will have."""
    return f"review-files/{key}"


@dataclass(frozen=True, slots=True)
class Review:
    """One line of ``İnceleme``. ``number`` or ``arrival_id`` says what it is about.

    ``key`` is unique: the same question is asked once. ``reason`` is a Turkish sentence for the clerk.
    """

    key: str
    opened_at: datetime
    reason: str
    number: str = ""
    arrival_id: int | None = None
    sender: str = ""
    neighbourhood: str = ""
    subject: str = ""
    read: str = ""
    guess: str = ""
    confidence: float | None = None
    link: str = ""
    decided_at: datetime | None = None
    decision: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request that a person files comes from: the mail that waited in ``İnceleme``."""

    received_at: datetime
    """When the municipality received it; the deadline counts from there, not from the decision."""
    sender: str = ""
    files: tuple[str, ...] = ()
    message_id: str = ""
    channel: Channel | None = None
    """Where it is not a mail of the headman's own: the system that told of it, with its number and the address
    to which it wants the answer."""
    external_number: str = ""
    answer_to: str = ""
    told: Record | None = None
    """What the mail says as a record of another system, where it is one."""
    subject: str = ""
    description: str = ""
    """In place of what a line of ``İnceleme`` shows, which says more than the request's own words."""
