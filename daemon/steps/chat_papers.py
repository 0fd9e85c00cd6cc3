"""Petitions in an exported conversation: a document that a headman sent without asking for anything in words is read
by the scans' step, like one that he mails, as his and of the minute of his message."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from daemon.domain.files.pdf_pages import pages_of
from daemon.domain.mail import FILE_SCANS, Arrival
from daemon.ports.ledger import Transaction, View


@dataclass(frozen=True, slots=True)
class ChatPaper:
    """Whose it is, through which channel and when (ISO 8601) he sent it, and what he wrote beside it."""

    neighbourhood: str
    channel: str
    at: str
    words: str = ""

    @property
    def sent_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


def is_paper(data: bytes) -> bool:
    """Whether it may be a petition: a PDF with pages."""
    return data.startswith(b"%PDF") and pages_of(data) > 0


def hand_over(
    tx: Transaction, paper: ChatPaper, *, name: str, data: bytes, message: str, now: datetime
) -> None:
    """Let the scans' step read it. ``message`` names the message, for the same paper may be sent again on purpose."""
    digest = sha256(f"{message}\0".encode() + data).hexdigest()
    tx.keep_arrivals([Arrival(FILE_SCANS, digest, digest, paper.sent_at, data, name)], now)
    tx.set_note(_note(digest), json.dumps(asdict(paper), ensure_ascii=False))


def paper_of(view: View, arrival: Arrival) -> ChatPaper | None:
    """What is known of an arrival that a conversation brought."""
    told = view.note(_note(arrival.key))
    return ChatPaper(**json.loads(told)) if told else None


def forget(tx: Transaction, arrival: Arrival) -> None:
    """Once it is read, the request says it all: the headman's words are kept no second time (KVKK art. 4)."""
    tx.set_note(_note(arrival.key), "")


def _note(key: str) -> str:
    return f"chat-paper/{key}"
