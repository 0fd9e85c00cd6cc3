"""Letters that cannot reach a headman become the office's duty to tell him: no address, or one that refuses them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from daemon.domain.decision import DAEMON
from daemon.domain.notice import Notice
from daemon.domain.registry import same_address
from daemon.domain.request import Entry, Request
from daemon.domain.telling import NO_ADDRESS, UNREACHED, Unwritten, tellings_of
from daemon.ports.ledger import Transaction, View
from daemon.ports.records import LostLetter

BOUNCES_WITHIN = timedelta(days=3)
"""Letters sent so long before an address proved dead count as lost: servers try for days before they give up."""


def without_unreached(
    tx: Transaction, notices: Sequence[Notice], touched: Mapping[str, Request], now: datetime
) -> list[Notice]:
    """The notices that letters can bring; of the others a person tells the headman."""
    to_headmen = [notice for notice in notices if notice.occasion.startswith("headman/")]
    bad = tx.bad_addresses() if any(notice.recipient for notice in to_headmen) else {}
    unreached = [n for n in to_headmen if not n.recipient or same_address(n.recipient) in bad]
    for notice in unreached:
        tell_instead(tx, notice, now, touched, why=UNREACHED if notice.recipient else NO_ADDRESS)
    return [notice for notice in notices if notice not in unreached]


def tell_instead(
    tx: Transaction,
    unwritten: Unwritten,
    now: datetime,
    touched: Mapping[str, Request] | None = None,
    *,
    why: str = UNREACHED,
) -> None:
    """Open the duty for each request that the unwritten (or lost) letter is about."""
    known = dict(touched or {})
    if unknown := [number for number in unwritten.about if number not in known]:
        known |= {request.number: request for request in tx.requests_numbered(unknown)}
    for telling in tellings_of(unwritten, known, now, why=why):
        if tx.open_telling(telling):
            text = f"{why}; muhtara bildirilecek: {telling.kind} ({telling.way})."
            tx.append_history([Entry(now, DAEMON, "to-tell", text, telling.number)])


def lost_to(tx: View, address: str, now: datetime) -> list[LostLetter]:
    """What lately went to an address that turns out to be dead, or waits for it."""
    return tx.letters_lost(same_address(address), now - BOUNCES_WITHIN)
