"""Mails that come to and go from an office with workbooks, without mail servers."""

from hashlib import sha256

from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter
from tests.office import mail
from tests.outbox import send_all, worded
from tests.steps.sheet_office import SheetOffice


def letters(desk: SheetOffice, number: str, occasion: str) -> list[Letter]:
    """The letters about a request on one occasion that wait to be sent."""
    with desk.ledger.view() as view:
        waiting = view.letters_waiting(desk.now, 9_999)
    return [worded(desk.app, x) for x in waiting if x.occasion == occasion and number in x.about]


def writes(desk: SheetOffice, sender: str, subject: str, text: str, *, answers: str = "") -> bytes:
    """Somebody's mail has come and been read; returned to be sent again."""
    raw = mail(sender, subject, text, answers=answers, at=desk.now)
    comes(desk, raw)
    return raw


def comes(desk: SheetOffice, raw: bytes) -> None:
    digest = sha256(raw).hexdigest()
    with desk.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("imap", digest, digest, desk.now, raw)], desk.now)
    desk.app._reading.run(desk.now, office=desk.app.office)
    desk.rest()


def answers(
    desk: SheetOffice, number: str, text: str, occasion: str = "liaison/referral"
) -> tuple[str, bytes]:
    """A liaison answers the first letter of an occasion (all that waits is sent); returns who, and the mail."""
    letter = letters(desk, number, occasion)[0]
    send_all(desk.app, desk.now)
    raw = writes(desk, letter.recipient, f"Ynt: {letter.subject}", text, answers=letter.message_id)
    return letter.recipient, raw
