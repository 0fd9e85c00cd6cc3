"""Other systems' numbers: what was last told of each, and the request that it is by now.

A number is there once per channel (the table's key), and one request at most carries it (a UNIQUE index): the
second of two mails about it finds it, whichever came first.
"""

from sqlalchemy import and_, bindparam, func, literal, select

from daemon.domain.request import Channel, Request, RequestNumber
from daemon.domain.structured.deciding import ForeignRecord
from daemon.domain.structured.mbs_answer import Entered, note_key
from daemon.domain.structured.sources import Fact, Standing
from daemon.ledger.dialect import upsert
from daemon.ledger.part import Part
from daemon.ledger.requests import RequestsRead
from daemon.ledger.schema import foreign_records, notes, requests

_f, _r = foreign_records.c, requests.c
_ONE = select(*foreign_records.c).where(_f.channel == bindparam("channel"), _f.number == bindparam("number"))
_REQUEST = select(_r.number).where(
    _r.channel == bindparam("channel"),
    _r.external_number == bindparam("number"),
    _r.external_number != "",
)
_ANSWERS = (
    select(_r.number, _r.status, _r.result, notes.c.value, _f.standing)
    .join_from(requests, notes, notes.c.key == literal(note_key("")) + _r.number, isouter=True)
    .join(foreign_records, and_(_f.channel == _r.channel, _f.number == _r.external_number), isouter=True)
    .where(and_(_r.channel == bindparam("channel"), _r.closed_at.is_not(None)))
    .order_by(func.length(_r.number), _r.number)
)
_KEEP = upsert(foreign_records, "channel", "number")


class ForeignRead(RequestsRead, Part):
    def foreign_record(self, channel: Channel, number: str) -> ForeignRecord | None:
        row = self._run(_ONE, channel=channel, number=number).one_or_none()
        if row is None:
            return None
        facts = {Fact(key): value for key, value in row.facts.items() if key in set(Fact)}
        standing = Standing(row.standing)
        return ForeignRecord(row.channel, row.number, facts, standing, row.received_at, row.answer_to)

    def request_of_foreign(self, channel: Channel, number: str) -> Request | None:
        found = self._run(_REQUEST, channel=channel, number=number).scalar()
        return self.request(found) if found else None

    def answers_owed(self, channel: Channel) -> list[tuple[Request, Entered]]:
        owed: dict[RequestNumber, Entered] = {}
        for number, status, result, note, standing in self._run(_ANSWERS, channel=channel):
            entered = Entered.read(note or "")
            concluded = standing == Standing.CLOSED and not note  # there before it was here
            if not concluded and not entered.stands_for(status, result):
                owed[number] = entered
        found = {request.number: request for request in self.requests_numbered(list(owed))}
        return [(found[number], entered) for number, entered in owed.items()]


class ForeignWrite(ForeignRead):
    def keep_foreign(self, record: ForeignRecord) -> None:
        self._run(
            _KEEP,
            channel=record.channel,
            number=record.number,
            facts={fact.value: value for fact, value in record.facts.items()},
            standing=record.standing.value,
            received_at=record.received_at,
            answer_to=record.answer_to,
        )
