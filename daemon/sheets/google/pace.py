"""When each spreadsheet is looked at: the reads that there are in a minute, spread over it and fairly shared.

Google grants 60 reads a minute and user; half of it is ours. Nothing tells at once that a person typed (Drive learns of
it some three minutes late, there is no push without a public address, and one call reads one spreadsheet), so how fresh
all of them can be is that half divided by their number: up to 29 spreadsheets each within a minute; 30 directorates and
the office's own, which are 31, every 62 seconds on average and 65 at most (with a beat of 5 seconds). To hold a minute
for all 31 would take a 31st read. The alternatives were worse: to read the office's sheet only on Drive's word makes
staff wait for three minutes; to read idle sheets less often makes people wait just where nobody expects it.

Every read counts, whoever made it: after a start, a hint or a doubt the looks in turn wait until it is made up for, so
a minute with many edits stretches the round a little instead of breaking the limit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

IN_HOURS, PER_LOOK_IN_HOURS = timedelta(seconds=53), timedelta(seconds=2)
OFF_HOURS, PER_LOOK_OFF_HOURS = timedelta(minutes=10), timedelta(seconds=20)
"""Each spreadsheet is due so long after its last look, and one may be looked at so often: 30 reads a minute in working
hours, 3 outside them."""
AT_ONCE = 3.0
"""Looks that may have been saved up: a beat is 5 seconds long."""
MOST_OWED = timedelta(minutes=1)
"""So long the looks in turn wait at most for other reads to be made up for, as after a start."""
STILL_ASKED = timedelta(minutes=1)


@dataclass(slots=True)
class Pace:
    """``reads`` tells how many reads were made so far; with ``slowness`` 0 every spreadsheet is due each turn."""

    reads: Callable[[], int]
    is_working: Callable[[datetime], bool]
    slowness: float = 1.0
    looked: dict[str, datetime] = field(default_factory=dict)
    _asked: dict[str, datetime] = field(default_factory=dict)
    _credit: float = AT_ONCE
    _counted: int = 0
    _at: datetime | None = None

    def is_time(self, code: str, now: datetime) -> bool:
        """Whether it is this spreadsheet's turn: it is due, and of those that are it has waited longest."""
        last = self.looked.get(code)
        self._asked[code] = now
        if last is None or not self.slowness:
            return True
        every, per_look = self._rhythm(now)
        if now - last < every:
            return False
        self._count(now, per_look)
        return self._credit >= 1 + sum(
            1 for since in self._others(now) if since < last and now - since >= every
        )

    def _others(self, now: datetime) -> Iterator[datetime]:
        """When those were looked at that are still asked for: one in the bin keeps nobody waiting."""
        for code, at in self._asked.items():
            if code in self.looked and now - at < STILL_ASKED:
                yield self.looked[code]

    def look(self, code: str, now: datetime) -> None:
        self.looked[code] = now

    def _rhythm(self, now: datetime) -> tuple[timedelta, timedelta]:
        if self.is_working(now):
            return IN_HOURS * self.slowness, PER_LOOK_IN_HOURS * self.slowness
        return OFF_HOURS * self.slowness, PER_LOOK_OFF_HOURS * self.slowness

    def _count(self, now: datetime, per_look: timedelta) -> None:
        made = self.reads()
        earned = (now - self._at) / per_look if self._at else 0.0
        credit = min(self._credit + earned, AT_ONCE) - (made - self._counted)
        self._credit = max(credit, -(MOST_OWED / per_look))
        self._counted, self._at = made, now
