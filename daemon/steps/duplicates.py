"""A new request that may be about the same matter as an open one says so in its row; a person decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from daemon.domain.decision import DAEMON, Outcome, add_note
from daemon.domain.duplicates import MOST_COMPARED, alike
from daemon.domain.request import Entry, Request
from daemon.domain.review import Review
from daemon.ports.ledger import View

LIKE = "Benzer açık talep: "
"""Begins what ``Not`` says of them."""


def with_duplicates_named(outcome: Outcome, view: View, now: datetime) -> Outcome:
    """The decision with each of its new requests naming the open ones that it may repeat: in ``Not``, in the
    history and, where a person decides anyway, beside the question."""
    likely = {str(request.number): found for request in outcome.added if (found := _open_like(request, view))}
    if not likely:
        return outcome
    return replace(
        outcome,
        added=tuple(_noted(r, likely[r.number], now) if r.number in likely else r for r in outcome.added),
        entries=outcome.entries
        + tuple(Entry(now, DAEMON, "perhaps-twice", said(likely[n]), n) for n in likely),
        reviews=tuple(_asked(review, likely.get(review.number, ())) for review in outcome.reviews),
    )


def _open_like(request: Request, view: View) -> tuple[str, ...]:
    """Among those of its neighbourhood and category; of any category while its own is not sure."""
    if not request.neighbourhood:
        return ()
    return alike(request, view.latest_open(request.neighbourhood, request.category, MOST_COMPARED))


def said(others: Sequence[str]) -> str:
    return f"{LIKE}{', '.join(others)}"


def _noted(request: Request, others: Sequence[str], now: datetime) -> Request:
    text = f"{said(others)}. Mükerrerse Durum sütununda İptal seçiniz."
    return replace(request, note=add_note(request.note, text, now))


def _asked(review: Review, others: Sequence[str]) -> Review:
    return replace(review, reason=f"{review.reason} {said(others)}.") if others else review
