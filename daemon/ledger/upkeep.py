"""How the daemon itself is doing: its steps, its figures, its small notes."""

from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, select

from daemon.ledger.dialect import upsert
from daemon.ledger.part import Part
from daemon.ledger.schema import arrivals, notes, outbox, requests, reviews, steps
from daemon.ports.records import StepState

_t, _r = steps.c, requests.c
_STEPS = select(_t.name, _t.last_success, _t.failures, _t.detail).order_by(_t.name)
_NOTE = select(notes.c.value).where(notes.c.key == bindparam("of"))
_is_open = _r.closed_at.is_(None)
_all = select(func.count()).select_from
_COUNTS = select(
    _all(requests).where(_is_open).scalar_subquery().label("open"),
    _all(requests).where(_is_open, _r.due < bindparam("today")).scalar_subquery().label("late"),
    _all(requests).where(_r.closed_at.is_not(None)).scalar_subquery().label("closed"),
    _all(arrivals)
    .where(arrivals.c.state == "held", arrivals.c.held_by.is_(None))
    .scalar_subquery()
    .label("held"),
    _all(arrivals).where(arrivals.c.state == "new").scalar_subquery().label("arrivals"),
    _all(outbox).where(outbox.c.state.in_(["queued", "sending"])).scalar_subquery().label("outbox"),
    _all(reviews).where(reviews.c.decided_at.is_(None)).scalar_subquery().label("reviews"),
)

_SUCCEEDED = upsert(steps, "name", only=("last_success", "failures", "detail"))
_FAILED = upsert(steps, "name", only=("failed_at", "detail"), failures=_t.failures + 1)
_SET_NOTE = upsert(notes, "key")
_FORGET_NOTE = delete(notes).where(notes.c.key == bindparam("this"))


class UpkeepRead(Part):
    def steps(self) -> list[StepState]:
        return [StepState(*row) for row in self._run(_STEPS)]

    def counts(self, today: date) -> dict[str, int]:
        return dict(self._run(_COUNTS, today=today).mappings().one())

    def note(self, key: str) -> str:
        return self._run(_NOTE, of=key).scalar() or ""


class UpkeepWrite(UpkeepRead):
    def step_succeeded(self, name: str, now: datetime) -> None:
        self._run(_SUCCEEDED, name=name, last_success=now, failures=0, detail="")

    def step_failed(self, name: str, detail: str, now: datetime) -> None:
        self._run(_FAILED, name=name, failed_at=now, failures=1, detail=detail)

    def set_note(self, key: str, value: str) -> None:
        """An empty value forgets it."""
        if value:
            self._run(_SET_NOTE, key=key, value=value)
        else:
            self._run(_FORGET_NOTE, this=key)
