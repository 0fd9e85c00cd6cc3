"""What waits in İnceleme for a person's decision."""

from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from sqlalchemy import bindparam, select, update

from daemon.domain.review import Review
from daemon.ledger.dialect import insert_new
from daemon.ledger.part import Part
from daemon.ledger.schema import reviews

_FIELDS = tuple(field.name for field in fields(Review))
_KEPT = tuple(name for name in _FIELDS if name != "id")
_values_of = attrgetter(*_KEPT)

_v = reviews.c
_ALL = select(*(_v[name] for name in _FIELDS)).order_by(_v.id)
_UNDECIDED = _ALL.where(_v.decided_at.is_(None))
_WAITING = select(_v.id).where(_v.decided_at.is_(None)).order_by(_v.id)
_ONE = _ALL.where(_v.key == bindparam("of"))
_OPEN = insert_new(reviews, "key")
_DECIDE = (
    update(reviews)
    .where(_v.key == bindparam("this"), _v.decided_at.is_(None))
    .values(decision=bindparam("chosen"), decided_at=bindparam("now"))
)

_REOPEN = update(reviews).where(_v.key == bindparam("this")).values(decision="", decided_at=None)


class ReviewsRead(Part):
    def reviews(self, *, undecided_only: bool = True) -> list[Review]:
        return [Review(*row) for row in self._run(_UNDECIDED if undecided_only else _ALL)]

    def reviews_waiting(self) -> list[int]:
        return list(self._run(_WAITING).scalars())

    def review(self, key: str) -> Review | None:
        row = self._run(_ONE, of=key).one_or_none()
        return Review(*row) if row else None


class ReviewsWrite(ReviewsRead):
    def open_review(self, review: Review) -> None:
        self._run(_OPEN, **dict(zip(_KEPT, _values_of(review), strict=True)))

    def decide_review(self, key: str, decision: str, now: datetime) -> None:
        """The first decision counts."""
        self._run(_DECIDE, this=key, chosen=decision, now=now)

    def reopen_review(self, key: str) -> None:
        self._run(_REOPEN, this=key)
