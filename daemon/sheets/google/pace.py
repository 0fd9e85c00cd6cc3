"""When each spreadsheet is looked at: the calls that there are in a minute, spread over it and fairly shared.

Google grants 60 reads and 60 writes a minute and user; half of each is ours. Nothing tells at once that a person typed
(Drive learns of it some three minutes late, there is no push without a public address, and one call reads one
spreadsheet), so 30 reads a minute keep at most 29 spreadsheets fresh within a minute; thirty directorates and the
office's own are 31. Writes lie idle meanwhile, and the answer to a write can show the whole spreadsheet as it is after
it. So a spreadsheet that would have to wait for more than a minute is looked at by a write that changes nothing: with
31 of them four to seven times a minute. The alternatives were worse: to read the office's sheet only on Drive's word
makes staff wait for three minutes; to read idle sheets less often makes people wait just where nobody expects it.

Every call counts, whoever made it: after a start, a hint or a doubt the looks in turn wait until it is made up for, so
a minute with many edits stretches the round a little instead of breaking the limit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

IN_HOURS, PER_LOOK_IN_HOURS = timedelta(seconds=48), timedelta(seconds=2)
OFF_HOURS, PER_LOOK_OFF_HOURS = timedelta(minutes=10), timedelta(seconds=20)
"""Each spreadsheet is due so long after its last look, and one may be looked at so often: 30 reads a minute in working
hours, 3 outside them."""
AT_LATEST = timedelta(seconds=54)
"""In working hours: a beat of 5 seconds later it would be a minute."""
AT_ONCE = 3.0
"""Looks that may have been saved up: a beat is 5 seconds long."""
MOST_OWED = timedelta(minutes=1)
"""So long the looks in turn wait at most for other calls to be made up for, as after a start."""
STILL_ASKED = timedelta(minutes=1)


class Look(Enum):
    READ = "read"
    WRITE = "write"
    """By a write that changes nothing."""


@dataclass(slots=True)
class _Allowance:
    """Calls of one kind that may be made; ``made`` tells how many were so far, by whomever."""

    made: Callable[[], int]
    credit: float = AT_ONCE
    _counted: int = 0
    _at: datetime | None = None

    def count(self, now: datetime, per_look: timedelta) -> None:
        made = self.made()
        earned = (now - self._at) / per_look if self._at else 0.0
        credit = min(self.credit + earned, AT_ONCE) - (made - self._counted)
        self.credit = max(credit, -(MOST_OWED / per_look))
        self._counted, self._at = made, now


class Pace:
    """``made`` tells how many calls of a kind ("read", "write") were made so far; with ``slowness`` 0 every
    spreadsheet is due each turn."""

    def __init__(
        self, made: Callable[[str], int], is_working: Callable[[datetime], bool], slowness: float = 1.0
    ) -> None:
        self.looked: dict[str, datetime] = {}
        self._is_working = is_working
        self._slowness = slowness
        self._asked: dict[str, datetime] = {}
        self._eager: set[str] = set()
        self._reads = _Allowance(lambda: made("read"))
        self._writes = _Allowance(lambda: made("write"))

    def turn(self, code: str, now: datetime, *, wants_read: bool = False) -> Look | None:
        """How to look at this spreadsheet now; ``None`` while it is not due, or others that are have waited longer.
        With ``wants_read`` it goes before those for which a write would do."""
        last = self.looked.get(code)
        self._asked[code] = now
        (self._eager.add if wants_read else self._eager.discard)(code)
        if last is None or not self._slowness:
            return Look.READ
        every, per_look = self._rhythm(now)
        if now - last < every:
            return None
        self._reads.count(now, per_look)
        self._writes.count(now, per_look)
        before = sum(
            1 for each in self._others(now)
            if self._place(each) < self._place(code) and now - self.looked[each] >= every
        )  # fmt: skip
        if self._reads.credit >= 1 + before:
            return Look.READ
        is_late = self._is_working(now) and now - last >= AT_LATEST * self._slowness
        return Look.WRITE if is_late and self._writes.credit >= 1 else None

    def _others(self, now: datetime) -> Iterator[str]:
        """Those that are still asked for: one in the bin keeps nobody waiting."""
        for code, at in self._asked.items():
            if code in self.looked and now - at < STILL_ASKED:
                yield code

    def _place(self, code: str) -> tuple[bool, datetime]:
        return code not in self._eager, self.looked[code]

    def look(self, code: str, now: datetime) -> None:
        self.looked[code] = now

    def _rhythm(self, now: datetime) -> tuple[timedelta, timedelta]:
        if self._is_working(now):
            return IN_HOURS * self._slowness, PER_LOOK_IN_HOURS * self._slowness
        return OFF_HOURS * self._slowness, PER_LOOK_OFF_HOURS * self._slowness
