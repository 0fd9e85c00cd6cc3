"""How a request stands here and in the other system: ticks that a list confirms or refutes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from daemon.domain.clock import day_of, istanbul
from daemon.domain.decision import DAEMON, NOTHING, Outcome
from daemon.domain.duplicates import is_reworded, is_told_by_any
from daemon.domain.edits import withholds_answer
from daemon.domain.office import Office
from daemon.domain.request import Channel, Entry, Request
from daemon.domain.review import Origin, Review
from daemon.domain.structured.deciding import (
    ForeignRecord,
    about,
    closed_elsewhere,
    find_place,
    is_reopened,
    reopened_elsewhere,
)
from daemon.domain.structured.mbs_answer import Entered, confirmed, note_key, unticked
from daemon.domain.structured.reading import describe
from daemon.domain.structured.sources import Fact, Record, Standing
from daemon.domain.structured.values import number_in, number_key, other_spellings, read_moment, received
from daemon.domain.text import one_line, words
from daemon.ports.ledger import Transaction, View
from daemon.ports.records import RequestFilter
from daemon.steps.sheet_sync import office_notices

ANSWERED_BY_HAND = frozenset({Channel.MBS})
"""Channels whose answers a person enters in the other system."""
CHANGED = "mbs-answers"
"""Note that changes with every tick that was not set in the sheet: the office's spreadsheet then has a turn."""


def asked_about(view: View) -> frozenset[str]:
    """Numbers of the closed requests whose answer a question of ``İnceleme`` still decides on."""
    return frozenset(review.number for review in view.reviews() if withholds_answer(review))


def compare(
    tx: Transaction,
    request: Request,
    record: Record,
    before: Standing,
    *,
    arrived: datetime,
    now: datetime,
    office: Office,
) -> Outcome:
    """What follows from the status that a mail or list shows, ``before`` being the one that was told last. A tick that
    is found untrue is taken away; what was opened again there, a person decides on."""
    again = not request.is_open and is_reopened(record, before)
    asked = _ask_to_reopen(request, record, now, office) if again else NOTHING
    is_asked = any(_is_undecided(tx, review) for review in asked.reviews)
    return asked + _compare_answers(tx, request, record, arrived=arrived, now=now, is_asked=is_asked)


def _is_undecided(view: View, review: Review) -> bool:
    known = view.review(review.key)
    return known is None or known.decided_at is None


def _compare_answers(
    tx: Transaction,
    request: Request,
    record: Record,
    *,
    arrived: datetime,
    now: datetime,
    is_asked: bool,
) -> Outcome:
    """``is_asked``: a person is asked about it, and the office told; another notice would say it twice."""
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
        return _refute(tx, request, record, entered, now, kind=REOPENED_THERE if is_asked else STILL_OPEN)
    return NOTHING


def _ask_to_reopen(request: Request, record: Record, now: datetime, office: Office) -> Outcome:
    review = reopened_elsewhere(request, record, now)
    title = f"{record.source}: yeniden açılan başvuru"
    lines = (f"{request.number} ({request.subject}): {review.reason}",)
    notices = office_notices(f"source/{review.key}", title, lines, office)
    return Outcome(reviews=(review,), notices=tuple(notices))


def _confirm(tx: Transaction, request: Request, record: Record, now: datetime) -> Outcome:
    _note(tx, request, confirmed(request, now), now)
    text = f"{record.source} kaydı sonuçlanmış gösteriyor; cevap girilmiş sayıldı."
    return Outcome(entries=(Entry(now, DAEMON, "mbs-entered", text, request.number),))


def _refute(
    tx: Transaction, request: Request, record: Record, entered: Entered, now: datetime, *, kind: str
) -> Outcome:
    _note(tx, request, unticked(entered, now), now)
    text = f"{record.source} kaydı {_REFUTED[kind]}; “Girildi” işareti kaldırıldı, cevap yeniden bekliyor."
    return Outcome(entries=(Entry(now, DAEMON, kind, text, request.number),))


STILL_OPEN = "mbs-still-open"
REOPENED_THERE = "mbs-reopened"
_REFUTED = {STILL_OPEN: "hâlâ açık gösteriyor", REOPENED_THERE: "yeniden açılmış gösteriyor"}


def origin_of_record(tx: View, review: Review, known: Origin, *, remark: str) -> Origin:
    """What a request that a person files owes the system that told of it: channel, number, words, date, way back.

    Where no number was read, the one that the person writes beside it (``remark``) is the record's.
    """
    found = about(review)
    if found is None:
        return known
    channel, number = found
    known = replace(known, channel=channel)
    record = tx.foreign_record(channel, number)
    if record is None:
        return _origin_of_mail(tx, channel, known, remark)
    told = Record("", channel, record.facts)
    known = replace(known, subject=record.facts.get(Fact.SUBJECT, ""), description=describe(told))
    if tx.request_of_foreign(channel, number) is not None:
        return known
    return replace(
        known,
        external_number=number,
        answer_to=record.answer_to,
        received_at=record.received_at,
        message_id=known.message_id if record.answer_to else "",
    )


def _origin_of_mail(tx: View, channel: Channel, known: Origin, remark: str) -> Origin:
    """A mail that could not be entered by itself, with as much of it as can be read."""
    told = known.told
    number = spelt_here(tx, channel, number_in(remark) or (told.number if told else ""))
    if number and tx.request_of_foreign(channel, number) is None:
        known = replace(known, external_number=number)
    if told is None or not told.text:
        return known
    own = received(read_moment(told.facts.get(Fact.DATE, "")), known.received_at)
    return replace(
        known,
        subject=told.facts.get(Fact.SUBJECT, "") or one_line(told.text, 80),
        description=describe(told),
        received_at=own or known.received_at,
    )


def spelt_here(tx: View, channel: Channel, number: str) -> str:
    """The one number enters once, however it is written: as it was written first."""

    def is_here(spelling: str) -> bool:
        known = tx.foreign_record(channel, spelling) is not None
        return known or tx.request_of_foreign(channel, spelling) is not None

    if not number or is_here(number):
        return number
    key = number_key(number, channel.value)
    first = tx.note(_spelling(channel, key))
    return first or next(filter(is_here, (key, *other_spellings(number))), number)


def remember_spelling(tx: Transaction, channel: Channel, number: str) -> None:
    """How a number was written first, where that is not its plain form."""
    key = number_key(number, channel.value)
    if key != number:
        tx.set_note(_spelling(channel, key), number)


def _spelling(channel: Channel, key: str) -> str:
    return f"foreign-number/{channel.value}/{key}"


def filed_without_number(
    tx: View, record: Record, known: ForeignRecord, office: Office, *, beside: Sequence[Record] = ()
) -> Request | None:
    """The request that a person filed of the same record before its number could be read: from the same place, of the
    same day, and of the same words or, where no record ``beside`` it could be meant, surely of the same matter."""
    place = find_place(record.facts, office.registry).place
    said = words(record.text)
    if place is None or not said:
        return None
    day = day_of(known.received_at)
    near = RequestFilter(
        neighbourhood=place.name,
        channel=record.channel.value,
        received_from=istanbul(day),
        received_until=istanbul(day + timedelta(days=1)),
    )
    like = [each for each in tx.requests(near) if not each.external_number]
    same = [each for each in like if words(each.description)[: len(said)] == said]
    if same:
        return same[0] if len(same) == 1 else None
    same = [each for each in like if is_reworded(_told_by(record), _words_of(each))]
    others = (_told_by(each) for each in beside if each.number != record.number)
    return same[0] if len(same) == 1 and not is_told_by_any(_words_of(same[0]), others) else None


def _told_by(record: Record) -> str:
    return f"{record.facts.get(Fact.SUBJECT, '')}\n{record.text}"


def _words_of(request: Request) -> str:
    return f"{request.subject}\n{request.description}"


def _note(tx: Transaction, request: Request, entered: Entered, now: datetime) -> None:
    tx.set_note(note_key(request.number), entered.text())
    tx.set_note(CHANGED, f"{now.isoformat()} {request.number}")
