"""How a request stands here and in the other system: ticks that a list confirms or refutes."""

from dataclasses import replace
from datetime import datetime

from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.foreign import about, closed_elsewhere
from daemon.domain.mbs_answer import Entered, confirmed, note_key, unticked
from daemon.domain.request import Channel, Entry, Request
from daemon.domain.review import Origin, Review
from daemon.domain.sources import Record, Standing
from daemon.ports.ledger import Transaction, View

ANSWERED_BY_HAND = frozenset({Channel.MBS})
"""Channels whose answers a person enters in the other system."""
CHANGED = "mbs-answers"
"""Note that changes with every tick that was not set in the sheet: the office's spreadsheet then has a turn."""


def compare(
    tx: Transaction, request: Request, record: Record, *, arrived: datetime, now: datetime
) -> Outcome:
    """What follows from the status that a mail or list shows. A tick that is found untrue is taken away."""
    if record.standing is Standing.UNKNOWN:
        return NOTHING
    if request.is_open:
        closed = record.standing is Standing.CLOSED
        return Outcome(reviews=(closed_elsewhere(request, record, now),)) if closed else NOTHING
    if request.channel not in ANSWERED_BY_HAND:
        return NOTHING
    entered = Entered.read(tx.note(note_key(request.number)))
    stands = entered.stands_for(request.status, request.result)
    if record.standing is Standing.CLOSED and not stands:
        return _confirm(tx, request, record, now)
    late = entered.at is None or arrived >= entered.at
    if record.standing is Standing.OPEN and stands and late:
        return _refute(tx, request, record, entered, now)
    return NOTHING


def _confirm(tx: Transaction, request: Request, record: Record, now: datetime) -> Outcome:
    _note(tx, request, confirmed(request, now), now)
    text = f"{record.source} kaydı sonuçlanmış gösteriyor; cevap girilmiş sayıldı."
    return Outcome(entries=(Entry(now, DAEMON, "mbs-entered", text, request.number),))


def _refute(tx: Transaction, request: Request, record: Record, entered: Entered, now: datetime) -> Outcome:
    _note(tx, request, unticked(entered, now), now)
    text = (
        f"{record.source} kaydı hâlâ açık gösteriyor; “Girildi” işareti kaldırıldı, cevap yeniden bekliyor."
    )
    return Outcome(entries=(Entry(now, DAEMON, STILL_OPEN, text, request.number),))


STILL_OPEN = "mbs-still-open"


def origin_of_record(tx: View, review: Review, known: Origin) -> Origin:
    """What a request that a person files owes the system that told of it: channel, number, date, way back."""
    found = about(review)
    if found is None:
        return known
    channel, number = found
    record = tx.foreign_record(channel, number)
    if record is None or tx.request_of_foreign(channel, number) is not None:
        return replace(known, channel=channel)
    return replace(
        known,
        channel=channel,
        external_number=number,
        answer_to=record.answer_to,
        received_at=record.received_at,
        message_id=known.message_id if record.answer_to else "",
    )


def _note(tx: Transaction, request: Request, entered: Entered, now: datetime) -> None:
    tx.set_note(note_key(request.number), entered.text())
    tx.set_note(CHANGED, f"{now.isoformat()} {request.number}")
