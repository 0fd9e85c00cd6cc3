"""Storms of like mails: held as one entry before anybody reads them, and asked about once in ``İnceleme``."""

from datetime import datetime

import structlog

from daemon.domain.review import Review
from daemon.domain.storm import Alike
from daemon.ports.ledger import Ledger, Transaction

log = structlog.get_logger()

_KEY = "storm/"
_REASON = (
    "Aynı gönderenden kısa sürede {count} benzer ileti geldi; tek kayıt olarak bekletiliyor. "
    "“muhtarlik held retry” hepsini okutur, “held drop” hepsini kaldırır."
)


def hold_storms(ledger: Ledger, now: datetime) -> int:
    """Hold what makes a storm; return how many arrivals were."""
    with ledger.view() as view:
        storms = [alike for alike in view.alike() if alike.is_storm]
    return sum(_hold(ledger, storm, now) for storm in storms)


def is_storm(review: Review) -> bool:
    return review.key.startswith(_KEY)


def taken_apart(tx: Transaction, entry: int, decision: str, now: datetime) -> list[int]:
    """Every arrival for which a held one stands, for a person has decided about all of them."""
    review = tx.review(f"{_KEY}{entry}")
    if review is not None and review.decided_at is None:
        tx.decide_review(review.key, decision, now)
    return tx.held_together(entry)


def _hold(ledger: Ledger, storm: Alike, now: datetime) -> int:
    with ledger.transaction() as tx:
        entry, count = tx.hold_alike(storm, _REASON)
        if entry:
            tx.open_review(_question(tx, storm, entry, count, now))
    log.warning("storm of like mails held", entry=entry, count=count)
    return count


def _question(tx: Transaction, storm: Alike, entry: int, count: int, now: datetime) -> Review:
    stored = tx.arrival(entry)
    return Review(
        key=f"{_KEY}{entry}",
        opened_at=now,
        reason=stored.reason if stored else _REASON.format(count=count),
        arrival_id=entry,
        sender=storm.sender,
        subject="(çok sayıda benzer ileti)",
        read="Benzer iletilerin ilki ekteki kayıttadır; diğerleri okunmadan saklandı.",
    )
