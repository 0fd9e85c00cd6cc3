"""A new request that may be about the same matter as an open one says so in its row; a person decides."""

from collections.abc import Sequence
from datetime import datetime

from daemon.domain.decision import Outcome
from daemon.domain.duplicates import MOST_COMPARED, Earlier, alike, asks_again
from daemon.domain.request import Request
from daemon.ports.ledger import View
from daemon.steps.remarks import with_remarks

LIKE = "Benzer açık talep: "
"""Begins what ``Not`` says of them."""
_ADVICE = "Mükerrerse Durum sütununda İptal seçiniz."


def with_duplicates_named(outcome: Outcome, view: View, now: datetime) -> Outcome:
    """The decision with each of its new requests naming the open ones that it may repeat: in ``Not``, in the
    history and, where a person decides anyway, beside the question."""
    like = {
        str(request.number): said(found)
        for place, request in enumerate(outcome.added)
        if (found := _open_like(request, view, outcome.added[:place]))
    }
    return with_remarks(outcome, like, kind="perhaps-twice", advice=_ADVICE, now=now)


def _open_like(request: Request, view: View, before: Sequence[Request]) -> tuple[str, ...]:
    """Among those of its neighbourhood and category; of any category while its own is not sure, or where he asks
    again: "konteyner hâlâ gelmedi" sounds like another kind than the broken container did. ``before`` are those that
    came with it."""
    if not request.neighbourhood:
        return ()
    together = [
        Earlier(str(each.number), each.subject, each.description)
        for each in before[-MOST_COMPARED:]
        if (each.neighbourhood, each.category) == (request.neighbourhood, request.category)
        and each.received_at != request.received_at  # one message's several matters are no repetition
    ]
    stood = view.latest_open(request.neighbourhood, request.category, MOST_COMPARED)
    found = alike(request, [*together, *stood])
    if found or not request.category or not asks_again(request):
        return found
    return alike(request, view.latest_open(request.neighbourhood, "", MOST_COMPARED))


def said(others: Sequence[str]) -> str:
    return f"{LIKE}{', '.join(others)}"
