"""Kill the daemon again and again while people work, then judge; ``Checker`` is the loop and the count."""

import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from tests.crash.office import CrashOffice
from tests.crash.people import People
from tests.crash.power import ColdDaemon, Daemon, end_with_parent, warm_up
from tests.crash.verdict import Verdict, judge
from tests.real.servers import MailServers

IN_DOUBT = {"sending/handing-over", "sending/accepted"}
"""Killed after one of these, a letter may have been taken by the server without our knowing: it goes again."""
_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""SIGKILL loses nothing that was written: syncing to a disk would only cost time. Power loss has its own tests."""
LONGEST, LONGEST_COLD = 8.0, 30.0
"""Seconds to wait for a chosen point, with the imports of a cold start."""
AT_HOME, AT_GOOGLE = 0.5, 1.5
"""Seconds that a life lasts on average after people's last act: Google's spreadsheets take longer to come to."""
_HOUR = timedelta(hours=1)
_ON_SCHEDULE = ("reminding/", "night/")
_AT_BIRTH = "start/"
"""Points that are passed only once in an office's life: when its ledger is made."""


@dataclass(slots=True)
class Count:
    """What was done so far."""

    random: int = 0
    cold: int = 0
    """How many of all deaths came after a cold start from the command line."""
    points: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    deeds: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    in_doubt: int = 0
    lives: int = 0
    requests: int = 0
    letters: int = 0
    doubled: int = 0
    held: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        self.lives += 1
        self.requests += verdict.requests
        self.letters += verdict.letters
        self.doubled += verdict.doubled
        self.held += verdict.held

    def merge(self, other: "Count") -> None:
        """What another checker did, too."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass(slots=True)
class Aim:
    """How much is to be done."""

    random: int
    per_point: int = 0
    kills_in_a_life: int = 40
    cold: float = 0.05
    """Which share of the lives begins with a cold start."""
    at_google: bool = False
    """The spreadsheets are Google's, at its stand-in, and not workbooks."""
    points: str = ""
    """Only at points that begin so."""
    tries: int = 4
    """A point is given up after so many times the wanted number of attempts."""


class Checker:
    """Lives of offices, each with the given number of deaths, until the aim is reached."""

    def __init__(
        self, servers: MailServers, seed: int, aim: Aim, *, tell: Callable[[str], object] = lambda line: None
    ) -> None:
        """``tell`` is told of each life as it ends."""
        self._servers = servers
        self._tell = tell
        self._seed = seed
        self._aim = aim
        self.count = Count()
        self._known: set[str] = set()

    def run(self, *, seconds: float = float("inf")) -> Count:
        """Until the aim is reached or the time is over (a life is always brought to its end)."""
        warm_up()
        until = time.monotonic() + seconds
        first = True
        while time.monotonic() < until and (first or not self._is_done()):
            self._live(f"{self._seed}.{self.count.lives}", until)
            first = False
        return self.count

    def _is_done(self) -> bool:
        return self.count.random >= self._aim.random and not self._wanted()

    def _wanted(self) -> list[str]:
        """Points that have not been died at often enough."""
        most = self._aim.per_point
        return [
            name
            for name in sorted(self._known)
            if name.startswith(self._aim.points)
            and self.count.points[name] < most
            and self.count.tried[name] < most * self._aim.tries
        ]

    def _live(self, seed: str, until: float) -> None:
        chance = Random(seed)
        with (
            tempfile.TemporaryDirectory(prefix="muhtarlik-crash-", dir=_IN_MEMORY) as folder,
            CrashOffice(self._servers, Path(folder) / "ofis", at_google=self._aim.at_google) as office,
        ):
            people = People(office, chance)
            for n in range(self._aim.kills_in_a_life):
                if time.monotonic() > until or (self.count.lives and self._is_done()):
                    break
                self._die_once(office, people, chance, self._point(chance, deaths=n))
            try:
                verdict = judge(office, people.told)
            except TimeoutError as fault:
                verdict = Verdict((str(fault),), 0, 0, 0, 0)
            self.count.add(verdict)
            self.count.broken += [f"seed {seed}: {fault}" for fault in verdict.faults]
            if verdict.faults:
                _keep(office, seed)
            done, at_points = self.count.random, sum(self.count.points.values())
            self._tell(f"life {seed}: {done} random kills and {at_points} at points so far; {verdict}")

    # --- one death ------------------------------------------------------------------------------------

    def _point(self, chance: Random, *, deaths: int) -> str:
        """Where the next death is to be, in an office that has died so often; empty for any time."""
        wanted = self._wanted()
        at_birth = [name for name in wanted if name.startswith(_AT_BIRTH)]
        if at_birth and not deaths:
            return chance.choice(at_birth)
        later = [name for name in wanted if name not in at_birth]
        return chance.choice(later) if later and chance.random() < 0.7 else ""

    def _die_once(self, office: CrashOffice, people: People, chance: Random, point: str) -> None:
        self._pass_time(office, chance, point)
        for _ in range(chance.choice((0, 0, 1, 2))):
            self.count.deeds[people.act()] += 1
        if point:
            self._die_at(office, people, chance, point)
        else:
            self._die_any_time(office, people, chance)

    def _pass_time(self, office: CrashOffice, chance: Random, point: str) -> None:
        if point.startswith(_ON_SCHEDULE) or chance.random() < 0.1:
            office.next_morning(35 if chance.random() < 0.05 else 1)
        elif chance.random() < 0.5:
            office.clock.put(office.clock() + chance.random() * _HOUR)

    def _start(self, office: CrashOffice, chance: Random, point: str = "") -> Daemon | ColdDaemon:
        """Cold now and then."""
        if chance.random() >= self._aim.cold:
            return office.start(point)
        self.count.cold += 1
        return office.start_cold(point)

    def _die_any_time(self, office: CrashOffice, people: People, chance: Random) -> None:
        """Half of the lives are too short for anybody to do anything: what one death left meets the next one."""
        daemon = self._start(office, chance)
        self._disturb(office, chance)
        if isinstance(daemon, ColdDaemon):
            daemon.await_first_point(LONGEST_COLD)
        for _ in range(chance.choice((0, 0, 1, 2))):
            time.sleep(chance.expovariate(1 / 0.3))
            self.count.deeds[people.act()] += 1
        time.sleep(min(4.0, chance.expovariate(1 / (AT_GOOGLE if office.google else AT_HOME))))
        self._bury(daemon)
        self.count.random += 1

    def _die_at(self, office: CrashOffice, people: People, chance: Random, name: str) -> None:
        office.heal()
        people.writes()
        self.count.tried[name] += 1
        times = 1 if name.startswith(_AT_BIRTH) else chance.choice((1, 1, 1, 1, 2))
        daemon = self._start(office, chance, f"{name}:{times}")
        longest = LONGEST_COLD if isinstance(daemon, ColdDaemon) else LONGEST
        until = time.monotonic() + longest
        while not daemon.await_death(0.8) and time.monotonic() < until:
            self.count.deeds[people.act()] += 1
        passed = daemon.passed()
        if not self._bury(daemon) and passed and passed[-1] == name:
            self.count.points[name] += 1

    def _bury(self, daemon: Daemon | ColdDaemon) -> bool:
        alive = daemon.kill()
        passed = daemon.passed()
        self._known |= set(passed)
        self.count.in_doubt += bool(passed) and passed[-1] in IN_DOUBT
        return alive

    def _disturb(self, office: CrashOffice, chance: Random) -> None:
        """The network, too, has its days."""
        if office.google and chance.random() < 0.5:
            office.google.disturb(chance)
            self.count.faults["Google"] += 1
        proxy = chance.choice((office.imap, office.smtp))
        match chance.choices(("cut", "cut after", "half-open", "slow", "healed", ""), (1, 2, 1, 1, 2, 5))[0]:
            case "cut":
                proxy.cut()
            case "cut after":
                proxy.cut_after = chance.randint(1, 20_000)
            case "half-open":
                proxy.stalled = True
            case "slow":
                proxy.delay = chance.uniform(0.01, 0.1)
            case "healed":
                office.heal()
                return
            case _:
                return
        self.count.faults["network"] += 1


def check_alone(seed: int, aim: Aim, seconds: float) -> Count:
    """A checker with servers of its own, for a process of its own; tells of each life on standard error."""
    end_with_parent()
    with MailServers() as servers:
        checker = Checker(servers, seed, aim, tell=partial(print, file=sys.stderr, flush=True))
        try:
            return checker.run(seconds=seconds)
        except Exception:  # what was done until then counts, and that the checker failed is no success
            checker.count.broken.append(f"the checker itself failed: {traceback.format_exc()}")
            return checker.count


def _keep(office: CrashOffice, seed: str) -> None:
    """Leave what went wrong for whoever looks into it."""
    kept = Path(tempfile.gettempdir()) / f"muhtarlik-crash-seed-{seed}"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(office.config.parent, kept)
