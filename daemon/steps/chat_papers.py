"""Petitions in an exported conversation: a document or a photograph of one is read by the scans' step, like one that
the headman mails, as his and of the minute of his message.

=====================================  ==========================================================
a PDF without a word that asks         becomes his request, whether or not it can be read
with words that only point to it       the same; so does a photograph ("dilekçem ektedir")
beside words that ask for something    they are the request; a petition for the same is told there
photographs without a word that asks   a petition where its shape is there, else the question
                                       whether they are any request: a hole in a road is none
=====================================  ==========================================================
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256

from daemon.domain.chats import wording as chat_wording
from daemon.domain.chats.matters import Matter
from daemon.domain.files.pdf_pages import pages_of
from daemon.domain.files.unopenable import fault_of
from daemon.domain.mail import MAIL_SCANS, Arrival, Attachment
from daemon.domain.request import Channel
from daemon.domain.review import Review
from daemon.domain.text import fold, one_line
from daemon.ports.ledger import Transaction, View
from daemon.steps.new_requests import MOST_POINTING
from daemon.steps.scanned_mail import is_scan, said_beside

MOST_PHOTOS = 12
"""So many photographs without a word are read of one export: some seconds each, for which scans behind them wait."""
_MOST_BYTES = 40_000_000
"""Of one matter's files together; a messenger's photograph has some hundred thousand."""
_SPEAKS_OF_A_PETITION = re.compile(r"\bdilekce")


@dataclass(frozen=True, slots=True)
class ChatPaper:
    """Whose it is, through which channel and when (ISO 8601) he sent it, and what he wrote beside it."""

    neighbourhood: str
    channel: str
    at: str
    words: str = ""
    question: dict[str, str | float | None] = field(default_factory=dict)
    """What is asked where no petition is found, as a :class:`Review`; empty where it is his request anyway."""

    @property
    def sent_at(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def asked(self) -> Review | None:
        if not self.question:
            return None
        told = {**self.question, "opened_at": datetime.fromisoformat(str(self.question["opened_at"]))}
        return Review(**told)  # type: ignore[arg-type]


class ChatPapers:
    """Hands over what one conversation brings; ``bytes_of`` finds a file that a message names."""

    def __init__(
        self, tx: Transaction, channel: Channel, bytes_of: Callable[[str], bytes], now: datetime
    ) -> None:
        self._tx = tx
        self._channel = channel
        self._bytes_of = bytes_of
        self._now = now
        self._photos = 0
        self._beside: dict[str, tuple[Matter, list[str]]] = {}

    def take(self, matter: Matter, message: str) -> bool:
        """In place of a request of its own, where no word says what is asked; whether it was taken. ``message`` names
        the message, for the same paper may be sent again on purpose."""
        if matter.person.place is None or not (matter.route is None or _only_points(matter)):
            return False
        files = self._files_of(matter)
        pointed_to = matter.route is not None and _speaks_of_a_petition(matter)
        if len(files) < len(matter.media) or not (pointed_to or any(map(_is_document, files))):
            return False
        return self._hand_over(matter, files, message)

    def read_beside(self, matter: Matter, message: str, number: str) -> None:
        """What lies beside words that have become a request; several may have been made of one message."""
        self._beside.setdefault(message, (matter, []))[1].append(number)

    def hand_over_beside(self) -> None:
        for message, (matter, numbers) in self._beside.items():
            of_petitions = _speaks_of_a_petition(matter)
            files = [file for file in self._files_of(matter) if of_petitions or _is_document(file)]
            self._hand_over(matter, files, message, said=numbers)

    def look_at(self, matter: Matter, message: str, question: Review) -> bool:
        """Photographs that came without a word that asks: ``question`` is asked when they have been looked at."""
        files = self._files_of(matter)
        if matter.person.place is None or not files or len(files) < len(matter.media):
            return False
        if self._photos + len(files) > MOST_PHOTOS or not self._hand_over(matter, files, message, question):
            return False
        self._photos += len(files)
        return True

    def _files_of(self, matter: Matter) -> list[Attachment]:
        found = [(media.name, self._bytes_of(media.name)) for media in matter.media if media.name]
        files = [Attachment(name, "", data, sha256(data).hexdigest()) for name, data in dict(found).items()]
        return [file for file in files if is_scan(file) and _can_be_read(file)]

    def _hand_over(
        self,
        matter: Matter,
        files: Sequence[Attachment],
        message: str,
        question: Review | None = None,
        said: Sequence[str] = (),
    ) -> bool:
        place = matter.person.place
        if place is None or not files or sum(file.size for file in files) > _MOST_BYTES:
            return False
        at = min(matter.at, self._now)
        words = "" if said else chat_wording.words_of(matter)
        paper = ChatPaper(place.name, self._channel.value, at.isoformat(), words)
        paper = replace(paper, question=_as_told(question) if question else {})
        digest = sha256("\0".join((message, *(file.content_hash for file in files))).encode()).hexdigest()
        arrival = Arrival(MAIL_SCANS, digest, digest, at, _as_mail(files), files[0].name)
        self._tx.keep_arrivals([arrival], self._now)
        self._tx.set_note(_note(digest), json.dumps(asdict(paper), ensure_ascii=False))
        self._tx.set_note(said_beside(arrival), " ".join(said))
        return True


def paper_of(view: View, arrival: Arrival) -> ChatPaper | None:
    """What is known of an arrival that a conversation brought."""
    told = view.note(_note(arrival.key))
    return ChatPaper(**json.loads(told)) if told else None


def forget(tx: Transaction, arrival: Arrival) -> None:
    """Once it is read, the request says it all: the headman's words are kept no second time (KVKK art. 4)."""
    tx.set_note(_note(arrival.key), "")


def _only_points(matter: Matter) -> bool:
    """Whether words ask, but not for anything that one could see to: "dilekçem ektedir, gereğini rica ederim"."""
    route = matter.route
    return route is not None and route.review and not route.because and len(route.text or "") < MOST_POINTING


def _speaks_of_a_petition(matter: Matter) -> bool:
    return bool(_SPEAKS_OF_A_PETITION.search(fold(chat_wording.words_of(matter))))


def _is_document(file: Attachment) -> bool:
    return file.data.startswith(b"%PDF")


def _can_be_read(file: Attachment) -> bool:
    """Whether nothing speaks against it by its first bytes, and a PDF has pages."""
    if fault_of(file.name, file.data) is not None:
        return False
    return not _is_document(file) or pages_of(file.data) > 0


def _as_mail(files: Sequence[Attachment]) -> bytes:
    """As the scans' step reads them: one arrival is decided on at once."""
    message = EmailMessage()
    message.set_content("")
    for file in files:
        message.add_attachment(
            file.data, maintype="application", subtype="octet-stream", filename=one_line(file.name, 1_000)
        )
    return message.as_bytes()


def _as_told(question: Review) -> dict[str, str | float | None]:
    names = ("key", "reason", "sender", "neighbourhood", "subject", "read", "guess", "confidence", "link")
    told = {name: getattr(question, name) for name in names}
    return {**told, "opened_at": question.opened_at.isoformat()}


def _note(key: str) -> str:
    return f"chat-paper/{key}"
