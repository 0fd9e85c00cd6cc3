"""Carrying out a decision: one transaction saves requests, history, letters and questions together."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from daemon.domain.decision import Outcome
from daemon.domain.notice import Notice, Owed
from daemon.domain.request import Request
from daemon.ports import Transaction
from daemon.steps.duplicates import with_duplicates_named
from daemon.steps.telling import without_unreached


def carry_out(tx: Transaction, outcome: Outcome, *, now: datetime) -> None:
    """Save everything that ``outcome`` says within the caller's transaction."""
    outcome = with_duplicates_named(outcome, tx, now)
    for request in outcome.added:
        tx.add_request(request)
    for request in outcome.changed:
        tx.save_request(request)
    if outcome.entries:
        tx.append_history(outcome.entries)
    touched: dict[str, Request] = {request.number: request for request in outcome.added + outcome.changed}
    for review in outcome.reviews:
        tx.open_review(review)
    owe(tx, without_unreached(tx, outcome.notices, touched, now), now, at_hand=touched)


def owe(
    tx: Transaction, notices: Iterable[Notice], now: datetime, *, at_hand: Mapping[str, Request] | None = None
) -> int:
    """Owe notices with the requests they are about: those at hand, the others from the ledger.

    Returns how many were new.
    """
    listed, known = list(notices), dict(at_hand or {})
    if unknown := list(dict.fromkeys(n for notice in listed for n in notice.about if n not in known)):
        known |= {request.number: request for request in tx.requests_numbered(unknown)}
    return tx.owe(
        [
            Owed(notice, tuple(known[number] for number in notice.about if number in known))
            for notice in listed
        ],
        now,
    )
