"""What the office tells headmen in person, and which letters to an address never arrived."""

from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from sqlalchemy import and_, bindparam, or_, select, update

from daemon.domain.telling import State, Telling
from daemon.ledger.dialect import insert_new
from daemon.ledger.part import Part
from daemon.ledger.schema import outbox, tellings
from daemon.ports.records import LostLetter

_FIELDS = tuple(field.name for field in fields(Telling))
_KEPT = tuple(name for name in _FIELDS if name != "id")
_values_of = attrgetter(*_KEPT)

_t, _o = tellings.c, outbox.c
_LIVE = (
    select(*(_t[name] for name in _FIELDS))
    .where(_t.state.in_([State.WAITING, State.TOLD]))
    .order_by(_t.state, _t.id)
)
_LOST = select(_o.key, _o.occasion, _o.about).where(
    _o.recipient == bindparam("to"),
    _o.occasion.startswith("headman/"),
    or_(_o.sent_at >= bindparam("since"), and_(_o.sent_at.is_(None), _o.state != "sent")),
)
_OPEN = insert_new(tellings, "key").returning(_t.id)
_OVERTAKE = (
    update(tellings)
    .where(_t.number == bindparam("of"), _t.state != State.OVER, _t.id != bindparam("but"))
    .values(state=State.OVER, settled_at=bindparam("now"))
)
_SETTLE = (
    update(tellings)
    .where(_t.key == bindparam("this"))
    .values(
        state=bindparam("becomes"),
        settled_at=bindparam("now"),
        told_by=bindparam("by"),
        remark=bindparam("words"),
    )
)


class TellingsRead(Part):
    def tellings(self) -> list[Telling]:
        return [Telling(*row) for row in self._run(_LIVE)]

    def letters_lost(self, address: str, since: datetime) -> list[LostLetter]:
        return [LostLetter(*row) for row in self._run(_LOST, to=address, since=since)]


class TellingsWrite(TellingsRead):
    def open_telling(self, telling: Telling) -> bool:
        values = dict(zip(_KEPT, _values_of(telling), strict=True))
        new = self._run(_OPEN, **values).scalar_one_or_none()
        if new is not None:
            self._run(_OVERTAKE, of=telling.number, but=new, now=telling.opened_at)
        return new is not None

    def settle_telling(self, telling: Telling) -> None:
        self._run_for_one(
            _SETTLE,
            f"telling {telling.key}",
            this=telling.key,
            becomes=telling.state,
            now=telling.settled_at,
            by=telling.told_by,
            words=telling.remark,
        )
