"""Carrying out a decision: one transaction saves requests, history, letters and questions together."""

from collections.abc import Mapping
from datetime import datetime

from daemon.domain.decision import Outcome
from daemon.domain.notice import Letter, Notice
from daemon.domain.request import Request
from daemon.ports import Transaction, View, WordLetter
from daemon.steps.duplicates import with_duplicates_named
from daemon.steps.telling import without_unreached


def carry_out(tx: Transaction, outcome: Outcome, *, word: WordLetter, now: datetime) -> None:
    """Save everything that ``outcome`` says within the caller's transaction, wording its notices."""
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
    notices = without_unreached(tx, outcome.notices, touched, now)
    if notices:
        tx.owe([worded(notice, tx, word=word, now=now, at_hand=touched) for notice in notices], now)


def worded(
    notice: Notice,
    view: View,
    *,
    word: WordLetter,
    now: datetime,
    at_hand: Mapping[str, Request] | None = None,
) -> Letter:
    """Word a notice with the requests it is about: those at hand, the others from the ledger."""
    known = dict(at_hand or {})
    if unknown := [number for number in notice.about if number not in known]:
        known |= {request.number: request for request in view.requests_numbered(unknown)}
    return word(notice, {number: known[number] for number in notice.about if number in known}, now)
