"""What became of the requests of a period: the figures of the activity report.

Circular 2015/8 of the Interior Ministry has a municipality report every three months how many requests came in, how
many were met and how many not, and why each that was not met was not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from daemon.domain.clock import day_of
from daemon.domain.request import Request, Status
from daemon.domain.text import sort_key

UNDECIDED = "Belirlenmedi"
"""Stands for a directorate, neighbourhood or category that nobody has named yet."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of some requests; ``name`` is what they have in common."""

    name: str
    received: int
    done: int
    rejected: int
    cancelled: int
    open: int
    late: int
    """Open ones whose due date has passed."""
    in_time: int
    """Answered (done or rejected) on the due date or before."""
    days: float | None
    """Calendar days from receipt to answer, on average; ``None`` where none is answered."""

    @property
    def answered(self) -> int:
        return self.done + self.rejected

    @property
    def in_time_share(self) -> float | None:
        """Of the answered ones, 0–1."""
        return self.in_time / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Unmet:
    """A request that was answered in the negative, and why."""

    number: str
    neighbourhood: str
    subject: str
    directorate: str
    closed: date
    reason: str


@dataclass(frozen=True, slots=True)
class Activity:
    """The requests received from ``first`` to ``last`` (both included), as they stand on ``on``."""

    first: date
    last: date
    on: date
    total: Figures
    closed_meanwhile: int
    """Closed within the period, whenever they came."""
    months: tuple[Figures, ...]
    directorates: tuple[Figures, ...]
    channels: tuple[Figures, ...]
    categories: tuple[Figures, ...]
    neighbourhoods: tuple[Figures, ...]
    bodies: tuple[Figures, ...]
    """Those of bodies outside the municipality."""
    unmet: tuple[Unmet, ...]


def activity(
    requests: Iterable[Request], *, first: date, last: date, on: date, directorates: Mapping[str, str]
) -> Activity:
    """``requests`` are all that were received by ``last``; ``directorates`` are names by code."""
    every = list(requests)
    chosen = [request for request in every if first <= day_of(request.received_at) <= last]

    def directorate(request: Request) -> str:
        return directorates.get(request.directorate, request.directorate)

    def by(key: Callable[[Request], str]) -> tuple[Figures, ...]:
        return _by(key, chosen, on)

    return Activity(
        first=first,
        last=last,
        on=on,
        total=_figures("Toplam", chosen, on),
        closed_meanwhile=sum(r.closed_at is not None and first <= day_of(r.closed_at) <= last for r in every),
        months=tuple(sorted(by(_month), key=lambda f: (f.name[3:], f.name))),
        directorates=by(directorate),
        channels=by(lambda r: r.channel.value),
        categories=by(lambda r: r.category),
        neighbourhoods=by(lambda r: r.neighbourhood),
        bodies=_by(lambda r: r.external_body, [r for r in chosen if r.external_body], on),
        unmet=tuple(_unmet(r, directorate(r)) for r in chosen if r.status is Status.REJECTED and r.closed_at),
    )


def _month(request: Request) -> str:
    return f"{day_of(request.received_at):%m.%Y}"


def _by(key: Callable[[Request], str], requests: list[Request], on: date) -> tuple[Figures, ...]:
    """Most first, then by the Turkish alphabet."""
    groups: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        groups[key(request) or UNDECIDED].append(request)
    found = [_figures(name, group, on) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda f: (-f.received, sort_key(f.name))))


def _figures(name: str, requests: list[Request], on: date) -> Figures:
    closed = [r for r in requests if r.closed_at is not None]
    answered = [
        (day_of(r.received_at), day_of(r.closed_at), r.due)
        for r in closed
        if r.closed_at and r.status is not Status.CANCELLED
    ]
    return Figures(
        name=name,
        received=len(requests),
        done=sum(r.status is Status.DONE for r in closed),
        rejected=sum(r.status is Status.REJECTED for r in closed),
        cancelled=sum(r.status is Status.CANCELLED for r in closed),
        open=len(requests) - len(closed),
        late=sum(r.is_open and r.due is not None and r.due < on for r in requests),
        in_time=sum(due is None or end <= due for _, end, due in answered),
        days=sum((end - start).days for start, end, _ in answered) / len(answered) if answered else None,
    )


def _unmet(request: Request, directorate: str) -> Unmet:
    assert request.closed_at is not None
    return Unmet(
        number=request.number,
        neighbourhood=request.neighbourhood,
        subject=request.subject,
        directorate=directorate,
        closed=day_of(request.closed_at),
        reason=request.result,
    )
