"""What becomes of an arrival that cannot be read: tried again after growing pauses, at the third time held."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from daemon.domain.errors import Temporary, Unprocessable
from daemon.ports.ledger import Ledger
from daemon.ports.records import StoredArrival

log = structlog.get_logger()

MOST_ATTEMPTS = 3


class Attempts:
    """No input stops the daemon or another input; ``kind`` names the arrivals in the log, ``given_up`` is told of one
    that could not be read so often."""

    def __init__(self, ledger: Ledger, kind: str, given_up: str) -> None:
        self._ledger = ledger
        self._kind = kind
        self._given_up = given_up

    def settle(self, stored: StoredArrival, work: Callable[[], None], now: datetime) -> int:
        """Do it, and hold or postpone the arrival where it fails; return how many arrivals were settled.

        One whose original bytes are lost is held at once: there is nothing to read.
        """
        if stored.fault or stored.attempts >= MOST_ATTEMPTS:
            self.hold(stored, stored.fault or self._given_up)
            return 1
        try:
            work()
        except Unprocessable as fault:
            log.warning(f"{self._kind} held", arrival=stored.id, why=str(fault))
            self.hold(stored, fault.reason)
        except Temporary as fault:
            self._postpone(stored, str(fault), now)
            return 0
        except Exception as fault:  # the one place for the unforeseen
            log.error(f"{self._kind} failed", arrival=stored.id, error=type(fault).__name__, exc_info=True)
            self._postpone(stored, f"{type(fault).__name__}: {fault}", now)
            return 0
        return 1

    def hold(self, stored: StoredArrival, reason: str) -> None:
        """A person must look; ``reason`` is Turkish."""
        with self._ledger.transaction() as tx:
            tx.close_arrival(stored.id, "held", reason)

    def _postpone(self, stored: StoredArrival, why: str, now: datetime) -> None:
        minutes = 2 ** min(stored.attempts, 5)
        with self._ledger.transaction() as tx:
            tx.postpone_arrival(stored.id, now + timedelta(minutes=minutes), why)
