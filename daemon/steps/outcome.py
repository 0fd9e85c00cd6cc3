"""Carrying out a decision: one transaction saves requests, history, letters and questions together."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from daemon.domain.decision import Outcome
from daemon.domain.notice import Notice, Owed
from daemon.domain.request import Request
from daemon.ports.ledger import Transaction
from daemon.steps.cancelled import with_cancelled_explained
from daemon.steps.duplicates import with_duplicates_named
from daemon.steps.resumed import with_closed_named
from daemon.steps.telling import without_unreached


def carry_out(tx: Transaction, outcome: Outcome, *, now: datetime) -> None:
    """Save everything that ``outcome`` says within the caller's transaction."""
    tx.owe(save(tx, outcome, now=now), now)


def save(tx: Transaction, outcome: Outcome, *, now: datetime) -> list[Owed]:
    """All but the letters; these are returned, for who has more of them to owe with one statement."""
    outcome = with_closed_named(with_duplicates_named(outcome, tx, now), tx, now)
    outcome = with_cancelled_explained(outcome, tx, now)
    for request in outcome.added:
        tx.add_request(request)
    for request in outcome.changed:
        tx.save_request(request)
    if outcome.entries:
        tx.append_history(outcome.entries)
    touched: dict[str, Request] = {request.number: request for request in outcome.added + outcome.changed}
    for review in outcome.reviews:
        tx.open_review(review)
    return _with_requests(tx, without_unreached(tx, outcome.notices, touched, now), touched)


def owe(tx: Transaction, notices: Iterable[Notice], now: datetime) -> int:
    """Owe notices with the requests they are about; return how many were new."""
    return tx.owe(_with_requests(tx, notices, {}), now)


def _with_requests(tx: Transaction, notices: Iterable[Notice], at_hand: Mapping[str, Request]) -> list[Owed]:
    listed, known = list(notices), dict(at_hand)
    if unknown := list(dict.fromkeys(n for notice in listed for n in notice.about if n not in known)):
        known |= {request.number: request for request in tx.requests_numbered(unknown)}
    return [
        Owed(notice, tuple(known[number] for number in notice.about if number in known)) for notice in listed
    ]
