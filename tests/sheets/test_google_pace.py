"""How often spreadsheets at Google are looked at: fresh as half of the quota lets them be, and fairly."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from daemon.sheets.google.pace import Look, Pace

BEAT = timedelta(seconds=5)
START = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)


class Beats:
    """A daemon's beats over some spreadsheets; each look is a call."""

    def __init__(self, sheets: int, *, working: bool = True) -> None:
        self.codes = [f"m-{n}" for n in range(sheets)]
        self.made: dict[str, list[datetime]] = {"read": [], "write": []}
        self.looks: dict[str, list[datetime]] = defaultdict(list)
        self.pace = Pace(lambda kind: len(self.made[kind]), lambda now: working)
        self.now = START

    def beat(self) -> None:
        self.now += BEAT
        for code in self.codes:
            if look := self.pace.turn(code, self.now):
                self.pace.look(code, self.now)
                self.looks[code].append(self.now)
                self.made["read" if look is Look.READ else "write"].append(self.now)

    def run(self, minutes: float) -> None:
        for _ in range(round(timedelta(minutes=minutes) / BEAT)):
            self.beat()

    def forget(self) -> None:
        """What comes is measured from here; the last look of each counts as its first."""
        self.made_before = {kind: len(made) for kind, made in self.made.items()}
        for looks in self.looks.values():
            del looks[:-1]

    def late(self, kind: str) -> list[datetime]:
        return self.made[kind][self.made_before[kind] :]

    def busiest_minute(self, kind: str = "read") -> int:
        """The most that were made in any minute that ends with one of them."""
        late = sorted(self.late(kind))
        first, most = 0, 0
        for n, at in enumerate(late, 1):
            while late[first] <= at - timedelta(minutes=1):
                first += 1
            most = max(most, n - first)
        return most

    def longest(self) -> float:
        """Seconds for which something typed stands unnoticed at worst, the last look's until now among them."""
        ends = {code: [*looks, self.now] for code, looks in self.looks.items()}
        return max(
            (b - a).total_seconds() for all_ in ends.values() for a, b in zip(all_, all_[1:], strict=False)
        )


@pytest.mark.parametrize(
    ("sheets", "seconds", "writes"), [(3, 60, 0), (25, 60, 0), (31, 60, 6), (45, 60, 22), (62, 70, 30)]
)
def test_all_take_turns_within_half_of_the_quotas(sheets: int, seconds: float, writes: int) -> None:
    """A minute for all as long as both kinds of calls together allow it; writes only where reads are short."""
    beats = Beats(sheets)
    beats.run(10)
    beats.forget()
    beats.run(60)
    assert beats.busiest_minute("read") <= 30
    assert beats.busiest_minute("write") <= writes
    assert beats.longest() <= seconds


def test_while_much_is_written_looks_make_do_with_reads() -> None:
    beats = Beats(31)
    beats.run(10)
    beats.forget()
    beats.made["write"] += [beats.now] * 31
    beats.run(1)
    assert len(beats.late("write")) == 31, "what was written counts for a minute"
    assert beats.longest() <= 70


def test_outside_working_hours_three_are_read_a_minute() -> None:
    beats = Beats(31, working=False)
    beats.run(60)
    beats.forget()
    beats.run(120)
    assert beats.busiest_minute() <= 3
    assert not beats.late("write")
    assert beats.longest() <= 11 * 60


def test_reads_for_other_reasons_count_and_nobody_starves() -> None:
    beats = Beats(31)
    beats.run(10)
    beats.forget()
    for n in range(60):
        beats.made["read"] += [beats.now] * (n % 3 * 4)
        beats.run(1)
    assert len(beats.late("read")) <= 60 * 30 + 3
    assert beats.longest() <= 70
    counts = [len(looks) for looks in beats.looks.values()]
    assert max(counts) - min(counts) <= 5, "all alike"


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
