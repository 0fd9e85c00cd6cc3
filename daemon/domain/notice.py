"""Notices (what must be said, to whom, about what) and letters (the worded mails that say it).

A notice is owed in the transaction that decides it, with the requests as they stand then; it is worded when its
turn to be sent comes. So a decision costs no template, and a template at fault holds up one letter, not a mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from daemon.domain.request import Request


class Occasion(StrEnum):
    """Why a letter is written: names its template and its ``X-Muhtarlik-Letter`` header."""

    HEADMAN_CONFIRMATION = "headman/confirmation"
    HEADMAN_CLOSURE = "headman/closure"
    HEADMAN_STATUS = "headman/status"
    HEADMAN_TRANSFER = "headman/transfer"
    HEADMAN_INTERIM = "headman/interim"
    HEADMAN_REOPENED = "headman/reopened"
    LIAISON_REFERRAL = "liaison/referral"
    LIAISON_REMINDER = "liaison/reminder"
    LIAISON_QUESTION = "liaison/question"
    LIAISON_ANSWER = "liaison/answer"
    LIAISON_THANKS = "liaison/thanks"
    LIAISON_REOPENED = "liaison/reopened"
    LIAISON_URGENT = "liaison/urgent"
    MANAGER_LATE = "manager/late"
    DIRECTORATE_DIGEST = "directorate/digest"
    OFFICE_NOTICE = "office/notice"
    OFFICE_REVIEW = "office/review"
    OFFICE_URGENT = "office/urgent"
    OFFICE_FOLLOW_UP = "office/follow_up"


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter that is owed. ``key`` names occasion, recipient and the event that started the clock.

    The key is UNIQUE in the outbox: owing the same notice twice writes one letter.
    ``facts`` are what the template gets beside the request(s); plain values only.
    ``about`` are request numbers, the first one goes into the subject and the signed reference.
    """

    key: str
    occasion: str
    """An :class:`Occasion`, or the name of a template that only this office has."""
    recipient: str
    about: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    in_reply_to: str = ""
    recipient_name: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice with the requests it is about as they stood when it was decided: the letter says that, whatever
    becomes of them until it is worded."""

    notice: Notice
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A worded mail, fixed to the byte: a resend is the same letter.

    ``mime`` is the whole message, CRLF line ends, with its Message-ID.
    """

    key: str
    occasion: str
    recipient: str
    message_id: str
    subject: str
    mime: bytes
    about: tuple[str, ...] = ()
