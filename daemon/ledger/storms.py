"""Whose turn it is among the unread, and arrivals that are held together as one entry."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, select, tuple_, update

from daemon.domain.storm import MOST_ALIKE, Alike
from daemon.ledger.columns import to_json
from daemon.ledger.dialect import among
from daemon.ledger.part import Part
from daemon.ledger.schema import arrivals

_a = arrivals.c
_is_new = _a.state == "new"
_FIRST_TURN = select(func.min(_a.turn)).where(_is_new)
_LAST_TURNS = (
    select(_a.sender, func.max(_a.turn)).where(_is_new, among(_a.sender, "senders")).group_by(_a.sender)
)
_unread = select(_a.sender, _a.shape).where(_is_new, _a.shape != "").distinct()
_MANY = (
    select(_a.sender, _a.shape)
    .where(tuple_(_a.sender, _a.shape).in_(_unread))
    .group_by(_a.sender, _a.shape)
    .having(func.count() > bindparam("most"))
)
_these = (_a.sender == bindparam("from_sender"), _a.shape == bindparam("like"))
_RECEIVED = select(_a.received_at).where(*_these).order_by(_a.received_at.desc()).limit(bindparam("limit"))
_STANDS_FOR = select(func.min(_a.id)).where(*_these, _a.state == "held", _a.held_by == _a.id)
_UNREAD = select(_a.id).where(*_these, _is_new).order_by(_a.id)
_HOLD = (
    update(arrivals)
    .where(*_these, _is_new)
    .values(state="held", reason=bindparam("why"), held_by=bindparam("under"))
)
_HELD_UNDER = select(func.count()).where(_a.held_by == bindparam("under"))
_SAY = update(arrivals).where(_a.id == bindparam("this")).values(reason=bindparam("why"))
_TOGETHER = select(_a.id).where(_a.held_by == bindparam("under"))
_APART = update(arrivals).where(_a.held_by == bindparam("under")).values(held_by=None, shape="")


class StormsRead(Part):
    def alike(self) -> list[Alike]:
        """Unread arrivals whose sender has sent many that look the same."""
        found = [tuple(row) for row in self._run(_MANY, most=MOST_ALIKE)]
        return [self._alike(sender, shape) for sender, shape in found]

    def _alike(self, sender: str, shape: str) -> Alike:
        these = {"from_sender": sender, "like": shape}
        received = self._run(_RECEIVED, **these, limit=MOST_ALIKE + 1).scalars().all()
        return Alike(sender, shape, received, self._run(_STANDS_FOR, **these).scalar())

    def _turns(self, senders: Sequence[str]) -> list[int]:
        """One sender's arrivals queue up behind each other; everybody's first stands beside the first that waits."""
        first: int = self._run(_FIRST_TURN).scalar() or 0
        last = dict(map(tuple, self._run(_LAST_TURNS, senders=to_json(sorted(set(senders))))))
        seen: Counter[str] = Counter()
        turns: list[int] = []
        for sender in senders:
            begin = max(first, last[sender] + 1) if sender in last else first
            turns.append(begin + seen[sender] if sender else first)
            seen[sender] += 1
        return turns


class StormsWrite(StormsRead):
    def hold_alike(self, alike: Alike, reason: str) -> tuple[int, int]:
        """Hold the unread ones under one entry; return its id and how many it stands for. ``{count}`` in the reason."""
        these = {"from_sender": alike.sender, "like": alike.shape}
        under = alike.held_by or self._run(_UNREAD, **these).scalars().first()
        if under is None:
            return 0, 0
        self._run(_HOLD, **these, under=under, why="")
        count: int = self._run(_HELD_UNDER, under=under).scalar_one()
        self._run(_SAY, this=under, why=reason.format(count=count))
        return under, count

    def held_together(self, arrival_id: int) -> list[int]:
        """Every arrival for which this held one stands, itself too; they are taken apart and never held so again."""
        ids: Iterable[int] = self._run(_TOGETHER, under=arrival_id).scalars().all()
        self._run(_APART, under=arrival_id)
        return sorted({arrival_id, *ids})
