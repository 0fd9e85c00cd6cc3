"""How often spreadsheets at Google are looked at: fresh as half of the quota lets them be, and fairly."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from daemon.sheets.google.pace import Pace

BEAT = timedelta(seconds=5)
START = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)


class Beats:
    """A daemon's beats over some spreadsheets; each look is a read, or ``reads`` of them."""

    def __init__(self, sheets: int, *, working: bool = True) -> None:
        self.codes = [f"m-{n}" for n in range(sheets)]
        self.made: list[datetime] = []
        self.looks: dict[str, list[datetime]] = defaultdict(list)
        self.pace = Pace(lambda: len(self.made), lambda now: working)
        self.now = START
        self.reads = 1

    def beat(self) -> None:
        self.now += BEAT
        for code in self.codes:
            if self.pace.is_time(code, self.now):
                self.pace.look(code, self.now)
                self.looks[code].append(self.now)
                self.made += [self.now] * self.reads

    def run(self, minutes: float) -> None:
        for _ in range(round(timedelta(minutes=minutes) / BEAT)):
            self.beat()

    def forget(self) -> None:
        """What comes is measured from here; the last look of each counts as its first."""
        self.made_before = len(self.made)
        for looks in self.looks.values():
            del looks[:-1]

    def busiest_minute(self) -> int:
        late = self.made[self.made_before :]
        return max(sum(at - timedelta(minutes=1) < other <= at for other in late) for at in late)

    def longest(self) -> float:
        """Seconds for which something typed stands unnoticed at worst, the last look's until now among them."""
        ends = {code: [*looks, self.now] for code, looks in self.looks.items()}
        return max(
            (b - a).total_seconds() for all_ in ends.values() for a, b in zip(all_, all_[1:], strict=False)
        )


@pytest.mark.parametrize(("sheets", "seconds"), [(3, 60), (29, 60), (31, 65), (62, 125)])
def test_all_take_turns_within_half_of_the_quota(sheets: int, seconds: float) -> None:
    beats = Beats(sheets)
    beats.run(10)
    beats.forget()
    beats.run(60)
    assert beats.busiest_minute() <= 30
    assert beats.longest() <= seconds


def test_outside_working_hours_three_are_read_a_minute() -> None:
    beats = Beats(31, working=False)
    beats.run(60)
    beats.forget()
    beats.run(120)
    assert beats.busiest_minute() <= 3
    assert beats.longest() <= 11 * 60


def test_reads_for_other_reasons_count_and_nobody_starves() -> None:
    beats = Beats(31)
    beats.run(10)
    beats.forget()
    for n in range(60):
        beats.made += [beats.now] * (n % 3 * 4)
        beats.run(1)
    assert len(beats.made) - beats.made_before <= 60 * 30 + 3
    assert beats.longest() <= 90
    counts = [len(looks) for looks in beats.looks.values()]
    assert max(counts) - min(counts) <= 3, "all alike"


def test_a_spreadsheet_that_is_gone_keeps_nobody_waiting() -> None:
    beats = Beats(31)
    beats.run(10)
    for code in ("m-3", "m-4", "m-5", "m-6"):
        beats.codes.remove(code)
        del beats.looks[code]
    beats.run(3)
    beats.forget()
    beats.run(20)
    assert beats.longest() <= 60
