"""Notices (what must be said, to whom, about what) and letters (the worded mails that say it)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


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
    not_before: datetime | None = None
