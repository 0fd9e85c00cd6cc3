"""What a new request may have to do with another one stands in its row, its history and beside its question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from daemon.domain.decision import DAEMON, Outcome, add_note
from daemon.domain.request import Entry, Request
from daemon.domain.review import Review


def with_remarks(
    outcome: Outcome, said: Mapping[str, str], *, kind: str, advice: str, now: datetime
) -> Outcome:
    """The decision with a remark on those of its new requests that ``said`` names by number. ``kind`` is the history's
    entry, ``advice`` what a person may do about it (Turkish)."""
    if not said:
        return outcome
    return replace(
        outcome,
        added=tuple(_noted(request, said, advice, now) for request in outcome.added),
        entries=outcome.entries + tuple(Entry(now, DAEMON, kind, text, n) for n, text in said.items()),
        reviews=tuple(_asked(review, said) for review in outcome.reviews),
    )


def _noted(request: Request, said: Mapping[str, str], advice: str, now: datetime) -> Request:
    text = said.get(str(request.number))
    return replace(request, note=add_note(request.note, f"{text}. {advice}", now)) if text else request


def _asked(review: Review, said: Mapping[str, str]) -> Review:
    text = said.get(review.number)
    return replace(review, reason=f"{review.reason} {text}.") if text else review
