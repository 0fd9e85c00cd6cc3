"""Intake: what lies at a source comes into the ledger; only then is it put away at the source.

The ledger's commit comes first, so a crash at any point leaves the mail where it was or in the ledger, never
nowhere. What has been read is moved to the done folder, what is held to the held folder, in the next turn.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from daemon.ports.incoming import Source
from daemon.ports.ledger import Ledger


class Intake:
    """Brings arrivals of one source into the ledger and settles them there."""

    def __init__(self, name: str, source: Source, ledger: Ledger) -> None:
        self.name = name
        self._source = source
        self._ledger = ledger

    def run(self, now: datetime) -> int:
        """Take in everything new; return how many arrivals were new. Raises :class:`Temporary`."""
        fresh = 0
        for batch in self._source.fetch(self._known):
            with self._ledger.transaction() as tx:
                fresh += tx.keep_arrivals(batch, now)
        return fresh

    def settle(self) -> int:
        """Put away at the source what the ledger has read or held; return how many."""
        with self._ledger.view() as view:
            waiting = sorted(view.unsettled_arrivals(self.name), key=itemgetter(1))
        for state, group in groupby(waiting, key=itemgetter(1)):
            keys = [key for key, _ in group]
            self._source.settle(keys, held=state == "held")
            with self._ledger.transaction() as tx:
                tx.mark_settled(self.name, keys)
        return len(waiting)

    def _known(self, keys: Sequence[str]) -> set[str]:
        with self._ledger.view() as view:
            return view.known_arrivals(self.name, keys)
