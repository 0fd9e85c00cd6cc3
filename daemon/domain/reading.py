"""What a mail means: a new request, a reply and what the reply says, or nothing that needs an answer."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of mail it is."""

    REQUEST = "request"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST = "list"
    SPAM = "spam"
    EMPTY = "empty"


class Meaning(StrEnum):
    """What a reply (or a headman's short mail) says."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    REJECTED = "rejected"
    NOT_OURS = "not_ours"
    TRANSFER = "transfer"
    QUESTION = "question"
    EXTENSION = "extension"
    OUT_OF_OFFICE = "out_of_office"
    THANKS = "thanks"
    REOPEN = "reopen"
    STATUS = "status"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail understood.

    ``text`` is what the writer wrote now (no quotation, signature, disclaimer); ``quoted`` the rest that was
    cut off. ``number`` is a request number found in the subject, headers or quotation, or ``None``.
    ``reference`` is the signed reference that our letter carried, if the reply brought it back.
    ``target`` is the directorate that a transfer names, as written. ``sure`` says whether ``meaning`` may
    change a request without a person's look.
    """

    kind: Kind
    subject: str
    text: str
    quoted: str = ""
    number: str | None = None
    reference: str = ""
    meaning: Meaning = Meaning.UNCLEAR
    sure: bool = False
    target: str = ""
    because: tuple[str, ...] = ()
