"""Requests as they stand now; how each came to stand so is in the history."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, insert, or_, select, union_all, update

from daemon.domain.clock import day_of
from daemon.domain.duplicates import Earlier
from daemon.domain.reminders import OpenClock
from daemon.domain.request import Request, RequestNumber, Status, request_number
from daemon.ledger.columns import to_json
from daemon.ledger.dialect import among, upsert
from daemon.ledger.part import Part
from daemon.ledger.schema import counters, letter_about, outbox, requests
from daemon.ports.records import Lesson, RequestFilter

REVISION = "revision"
_AT_ONCE = 2_000
"""Rows taken from the database together (measured: one by one costs twice as much)."""

_r = requests.c
_FIELDS = tuple(field.name for field in fields(Request))
_values_of = attrgetter(*_FIELDS)
_ALL = select(*(_r[name] for name in _FIELDS))
_ONE = _ALL.where(_r.number == bindparam("number"))
_NUMBERED = _ALL.where(among(_r.number, "numbers"))
_OPEN_CLOCKS = (
    select(
        _r.number, _r.directorate, _r.due, _r.clock_event, _r.referred_on, _r.received_at, _r.external_body
    )
    .where(_r.closed_at.is_(None), _r.due <= bindparam("until"), _r.directorate != "")
    .order_by(_r.due, _r.directorate, _r.number)
)
_OPEN_OF_PLACE = (
    select(_r.number, _r.subject, _r.description)
    .where(_r.closed_at.is_(None), _r.neighbourhood == bindparam("place"))
    .order_by(_r.number.desc())
    .limit(bindparam("most", type_=Integer))
)
_OPEN_OF_KIND = _OPEN_OF_PLACE.where(_r.category == bindparam("kind"))
_CHANGED = (
    select(_r.revision, *(_r[name] for name in _FIELDS))
    .where(_r.directorate == bindparam("directorate"), _r.revision > bindparam("after"))
    .order_by(_r.revision)
)
_CLOSED_SINCE = select(func.count()).where(
    _r.directorate == bindparam("of"), _r.closed_at >= bindparam("since")
)
_LESSONS = (
    select(_r.subject, _r.description, _r.neighbourhood, _r.category, _r.directorate, _r.external_body)
    .where(
        _r.directorate != "",
        _r.status != Status.CANCELLED,
        or_(_r.closed_at.is_not(None), _r.clock_event.not_in(["receipt-1", "referral-1"])),
    )
    .order_by(_r.received_at.desc(), _r.number)
    .limit(bindparam("most"))
)
_COUNTER = select(counters.c.value).where(counters.c.name == bindparam("name"))
_OF_LETTERS = select(outbox.c.message_id, letter_about.c.position, letter_about.c.number).join_from(
    outbox, letter_about
)
_OF_MAILS = select(_r.source_message_id, func.length(_r.number), _r.number)
_OF_MESSAGES = union_all(
    _OF_LETTERS.where(among(outbox.c.message_id, "ids")),
    _OF_MAILS.where(among(_r.source_message_id, "ids")),
)

_COUNT_FROM = upsert(counters, "name")
_ADD = insert(requests)
_SAVE = update(requests).where(_r.number == bindparam("this"))


class RequestsRead(Part):
    def request(self, number: str) -> Request | None:
        row = self._run(_ONE, number=number).one_or_none()
        return Request(*row) if row else None

    def requests_numbered(self, numbers: Sequence[str]) -> list[Request]:
        if len(numbers) <= 1:
            return [found for number in numbers if (found := self.request(number))]
        return [Request(*row) for row in self._run(_NUMBERED, numbers=to_json(list(numbers)))]

    def requests(self, which: RequestFilter) -> list[Request]:
        return [Request(*row) for row in self._connection.execute(_filtered(which))]

    def latest_open(self, neighbourhood: str, category: str, most: int) -> list[Earlier]:
        if category:
            return [
                Earlier(*row)
                for row in self._run(_OPEN_OF_KIND, place=neighbourhood, kind=category, most=most)
            ]
        return [Earlier(*row) for row in self._run(_OPEN_OF_PLACE, place=neighbourhood, most=most)]

    def open_clocks(self, due_until: date) -> Iterator[OpenClock]:
        """Streamed: read it within the view."""
        for rows in self._run(_OPEN_CLOCKS, until=due_until).partitions(_AT_ONCE):
            for number, directorate, due, event, referred_on, received_at, body in rows:
                yield OpenClock(number, directorate, due, event, referred_on or day_of(received_at), body)

    def closed_count(self, directorate: str, since: datetime) -> int:
        return int(self._run(_CLOSED_SINCE, of=directorate, since=since).scalar_one())

    def lessons(self, limit: int) -> list[Lesson]:
        return [Lesson(*row) for row in self._run(_LESSONS, most=limit)]

    def requests_of_message(self, message_ids: Sequence[str]) -> list[str]:
        """In the order of the given ids, with or without their angle brackets."""
        bare = [message_id.strip().strip("<>") for message_id in message_ids]
        either = [form for message_id in bare for form in (message_id, f"<{message_id}>") if message_id]
        if not either:
            return []
        rows = self._run(_OF_MESSAGES, ids=to_json(either)).all()
        rank = {message_id: place for place, message_id in reversed(list(enumerate(bare)))}
        ordered = sorted(rows, key=lambda row: (rank[row[0].strip("<>")], row[1], row[2]))
        return list(dict.fromkeys(row[2] for row in ordered))

    def changed_since(self, directorate: str, revision: int) -> list[tuple[int, Request]]:
        rows = self._run(_CHANGED, directorate=directorate, after=revision)
        return [(row[0], Request(*row[1:])) for row in rows]

    def revision(self) -> int:
        return self._count(REVISION)

    def _count(self, counter: str) -> int:
        return self._run(_COUNTER, name=counter).scalar() or 0


class RequestsWrite(RequestsRead):
    @cached_property
    def _counted(self) -> dict[str, int]:
        """Where this transaction has brought the counters: nobody else counts meanwhile."""
        return {}

    def next_number(self, year: int) -> RequestNumber:
        return request_number(year, self._next(f"requests-{year}"))

    def give_no_number_until(self, year: int, serial: int) -> None:
        """The next number of the year comes after ``serial``, whatever the ledger knows."""
        name = f"requests-{year}"
        self._counted[name] = max(self._count(name), serial)

    def add_request(self, request: Request) -> None:
        self._run(_ADD, revision=self._next(REVISION), **_row(request))

    def save_request(self, request: Request) -> None:
        self._run_for_one(
            _SAVE,
            f"request {request.number}",
            this=request.number,
            revision=self._next(REVISION),
            **_row(request),
        )

    def _next(self, counter: str) -> int:
        """Counted within the transaction: what is rolled back leaves no gap."""
        self._counted[counter] = self._count(counter) + 1
        return self._counted[counter]

    def _count(self, counter: str) -> int:
        return self._counted[counter] if counter in self._counted else super()._count(counter)

    def settle(self) -> None:
        self._run_for_each(
            _COUNT_FROM, ({"name": name, "value": value} for name, value in self._counted.items())
        )
        super().settle()


def _row(request: Request) -> dict[str, Any]:
    return dict(zip(_FIELDS, _values_of(request), strict=True))


def _filtered(which: RequestFilter) -> Select[Any]:
    same = {
        _r.directorate: which.directorate,
        _r.neighbourhood: which.neighbourhood,
        _r.category: which.category,
        _r.status: which.status,
        _r.channel: which.channel,
        _r.headman_email: which.headman_email and which.headman_email.lower(),
    }
    chosen = _ALL.where(*(column == value for column, value in same.items() if value is not None))
    if which.open is not None:
        chosen = chosen.where(_r.closed_at.is_(None) if which.open else _r.closed_at.is_not(None))
    if which.late_on is not None:
        chosen = chosen.where(_r.closed_at.is_(None), _r.due < which.late_on)
    if which.archived is not None:
        chosen = chosen.where(_r.archived.is_(which.archived))
    if which.closed_until is not None:
        chosen = chosen.where(_r.closed_at < which.closed_until)
    if which.received_from is not None:
        chosen = chosen.where(_r.received_at >= which.received_from)
    if which.received_until is not None:
        chosen = chosen.where(_r.received_at < which.received_until)
    return chosen.order_by(_r.number).limit(which.limit)
