"""Arrivals: what came in, kept byte for byte before its source is told so.

The same content may lie in several places (a mail copied back into the inbox, a second scan of the same
file): it is one arrival with several keys, and each place is told.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, literal, null, or_, select, update

from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.mail import SCANS, Arrival
from daemon.domain.storm import outside_of
from daemon.ledger.columns import EPOCH, to_json
from daemon.ledger.dialect import among, insert_new
from daemon.ledger.schema import arrival_keys, arrivals
from daemon.ledger.storms import StormsRead, StormsWrite
from daemon.ports.records import StoredArrival

ERASED = "İletinin aslı, saklama süresi dolduğu veya silinmesi istendiği için silinmiştir."
LARGEST_INLINE = 256 * 1024
"""Bytes; a larger original lies in a file of its own, so that the ledger stays quick to copy."""
MOST_AT_ONCE = 32 * 1024 * 1024
"""Bytes of originals handed out together, however many are asked for."""

_a, _k = arrivals.c, arrival_keys.c

_FRAME = (
    _a.id,
    _a.source,
    _a.key,
    _a.content_hash,
    _a.received_at,
    _a.name,
    _a.attempts,
    _a.state,
    _a.reason,
)
_STORED = select(*_FRAME, _a.size, _a.original, _a.raw)
_WITHOUT_RAW = select(*_FRAME, null().label("original"), literal(b"").label("raw"))
_KNOWN = select(_k.key).where(_k.source == bindparam("source"), among(_k.key, "keys"))
_WAITING = (
    _STORED.where(_a.state == "new", _a.next_at <= bindparam("now"))
    .order_by(_a.turn, _a.id)
    .limit(bindparam("limit"))
)
_WAITING_MAILS = _WAITING.where(_a.source.not_in(SCANS))
_WAITING_SCANS = _WAITING.where(_a.source.in_(SCANS))
_ANY_SCAN = (
    select(_a.id)
    .where(_a.state == "new", _a.next_at <= bindparam("now"), _a.source.in_(SCANS))
    .order_by(_a.id)
    .limit(1)
)
_ONE = _STORED.where(_a.id == bindparam("id"))
_HELD = _WITHOUT_RAW.where(_a.state == "held", or_(_a.held_by.is_(None), _a.held_by == _a.id)).order_by(_a.id)
_UNSETTLED = (
    select(_k.key, _a.state)
    .join_from(arrival_keys, arrivals)
    .where(_k.source == bindparam("source"), _k.settled.is_(False), _a.state != "new")
    .order_by(_a.id)
)

_KEEP = insert_new(arrivals, "content_hash").returning(_a.id)
_KEEP_KEY = insert(arrival_keys).from_select(
    ["source", "key", "arrival_id", "settled"],
    select(
        bindparam("source", type_=_k.source.type),
        bindparam("key", type_=_k.key.type),
        _a.id,
        bindparam("settled", False),
    ).where(_a.content_hash == bindparam("content_hash")),
)
_SETTLE = (
    update(arrival_keys)
    .where(_k.source == bindparam("from_source"), among(_k.key, "keys"))
    .values(settled=True)
)
_COUNT = (
    update(arrivals)
    .where(_a.id == bindparam("this"))
    .values(attempts=_a.attempts + 1, attempted_at=bindparam("now"))
)
_POSTPONE = (
    update(arrivals)
    .where(_a.id == bindparam("this"))
    .values(next_at=bindparam("until"), reason=bindparam("why"))
)
_CLOSE = (
    update(arrivals)
    .where(_a.id == bindparam("this"), or_(_a.state != "read", _a.numbers == ()))
    .values(state=bindparam("to"), reason=bindparam("why"), numbers=bindparam("made"))
)
_REOPEN = (
    update(arrivals)
    .where(_a.id == bindparam("this"), and_(_a.state != "read", _a.state != "new"))
    .values(state="new", attempts=0, next_at=EPOCH, reason="")
)


class ArrivalsRead(StormsRead):
    def known_arrivals(self, source: str, keys: Sequence[str]) -> set[str]:
        return set(self._run(_KNOWN, source=source, keys=to_json(list(keys))).scalars())

    def arrivals_waiting(self, now: datetime, limit: int) -> list[StoredArrival]:
        """Fewer than ``limit`` when their originals are large; the rest comes with the next call."""
        rows = self._run(_WAITING_MAILS, now=now, limit=limit)
        return [self._stored(row) for row in _up_to(MOST_AT_ONCE, rows)]

    def scans_waiting(self, now: datetime, limit: int) -> list[StoredArrival]:
        rows = self._run(_WAITING_SCANS, now=now, limit=limit)
        return [self._stored(row) for row in _up_to(MOST_AT_ONCE, rows)]

    def first_scan_waiting(self, now: datetime) -> int | None:
        return self._run(_ANY_SCAN, now=now).scalar_one_or_none()

    def arrival(self, arrival_id: int) -> StoredArrival | None:
        row = self._run(_ONE, id=arrival_id).one_or_none()
        return self._stored(row) if row else None

    def held_arrivals(self) -> list[StoredArrival]:
        return [self._stored(row) for row in self._run(_HELD)]

    def unsettled_arrivals(self, source: str) -> list[tuple[str, str]]:
        return [(key, state) for key, state in self._run(_UNSETTLED, source=source)]

    def _stored(self, row: Row[*tuple[Any, ...]]) -> StoredArrival:
        raw, fault = row.raw or b"", ERASED if row.raw is None else ""
        if row.original is not None:
            raw, fault = self._original(row.original)
        arrival = Arrival(row.source, row.key, row.content_hash, row.received_at, raw, row.name)
        return StoredArrival(row.id, arrival, row.attempts, row.state, row.reason, fault)

    def _original(self, digest: str) -> tuple[bytes, str]:
        """One lost original must not keep the others from being read."""
        try:
            return self._originals.original(digest), ""
        except Unprocessable as error:
            return b"", error.reason


class ArrivalsWrite(ArrivalsRead, StormsWrite):
    def keep_arrivals(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        fresh = self._unknown(arrivals)
        if not fresh:
            return 0
        kept = len(self._connection.execute(_KEEP, self._rows(fresh)).all())
        self._run_for_each(
            _KEEP_KEY,
            [{"source": a.source, "key": a.key, "content_hash": a.content_hash} for a in fresh],
        )
        return kept

    def mark_settled(self, source: str, keys: Sequence[str]) -> None:
        self._run(_SETTLE, from_source=source, keys=to_json(list(keys)))

    def count_attempts(self, ids: Sequence[int], now: datetime) -> None:
        self._run_for_each(_COUNT, [{"this": arrival_id, "now": now} for arrival_id in ids])

    def postpone_arrival(self, arrival_id: int, until: datetime, reason: str) -> None:
        self._run_for_one(_POSTPONE, f"arrival {arrival_id}", this=arrival_id, until=until, why=reason)

    def close_arrival(
        self, arrival_id: int, state: str, reason: str = "", numbers: Sequence[str] = ()
    ) -> None:
        """Raises :class:`Temporary` when another process has made requests of it: then nothing of this
        decision is kept, and no mail becomes two requests."""
        if state not in {"read", "held", "dropped"}:
            raise ValueError(f"an arrival cannot be closed as {state}")
        closed = self._run(_CLOSE, this=arrival_id, to=state, why=reason, made=tuple(numbers)).rowcount
        if closed != 1:
            raise Temporary(
                f"arrival {arrival_id} is unknown or was decided elsewhere",
                reason="Bu ileti başka bir işlemde sonuçlandırılmış.",
            )

    def reopen_arrival(self, arrival_id: int) -> None:
        self._run_for_one(_REOPEN, f"held arrival {arrival_id}", this=arrival_id)

    def _unknown(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """The first of each key that the ledger has not yet seen."""
        keys: dict[str, list[str]] = defaultdict(list)
        for arrival in arrivals:
            keys[arrival.source].append(arrival.key)
        known = {(source, key) for source, some in keys.items() for key in self.known_arrivals(source, some)}
        first = {(a.source, a.key): a for a in reversed(arrivals) if (a.source, a.key) not in known}
        return list(reversed(first.values()))

    def _rows(self, fresh: Sequence[Arrival]) -> list[dict[str, object]]:
        outsides = [outside_of(arrival.raw) for arrival in fresh]
        turns = self._turns([outside.sender for outside in outsides])
        return [
            self._row(arrival) | {"sender": outside.sender, "shape": outside.shape, "turn": turn}
            for arrival, outside, turn in zip(fresh, outsides, turns, strict=True)
        ]

    def _row(self, arrival: Arrival) -> dict[str, object]:
        large = len(arrival.raw) > LARGEST_INLINE
        return {
            "source": arrival.source,
            "key": arrival.key,
            "content_hash": arrival.content_hash,
            "received_at": arrival.received_at,
            "name": arrival.name,
            "state": "new",
            "attempts": 0,
            "next_at": EPOCH,
            "reason": "",
            "numbers": (),
            "size": len(arrival.raw),
            "original": self._originals.keep(arrival.raw) if large else None,
            "raw": None if large else arrival.raw,
        }


def _up_to(most: int, rows: Iterator[Row[*tuple[Any, ...]]] | Any) -> Iterator[Row[*tuple[Any, ...]]]:
    """Rows until their originals weigh ``most`` bytes; always the first."""
    weight = 0
    for row in rows:
        weight += row.size
        if weight > most and weight > row.size:
            break
        yield row
