"""``make year``: a simulated year of an office, with faults, and then the accounts.

The daemon's own steps run in one process under a clock that is put forward: real ledger file, real reading of raw
mails, real workbooks in turns of passing processes, as ``run`` has them. The mail servers are the world's
(``world.py``): they hang up before and after the effect, refuse, put off. Workbooks are open elsewhere or damaged for a
while. Now and then the daemon dies at one of its named points, without a farewell, and another takes over. Each month
its memory is printed; at the end everything is accounted for from outside (``accounts.py``); exit 1 if anything is not.
"""

import argparse
import gc
import logging
import os
import resource
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from daemon import points
from daemon.app import App
from daemon.cli.logs import log_to_stderr
from daemon.domain.clock import istanbul
from daemon.domain.errors import MuhtarlikError
from daemon.holidays_tr import days_off
from daemon.loop.stop import FORK
from daemon.resources import shipped
from daemon.settings import load_settings
from daemon.wording import Templates
from tests.crash.accounts import faults
from tests.crash.spreadsheets import Workbooks
from tests.crash.world import Inbox, Postman, Record, Weather
from tests.crash.writers import Writers, mappings
from tests.steps.sheet_office import _SETTINGS

FIRST = date(2026, 1, 5)
_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
_HOURS = ((9, 5), (12, 30), (16, 30))
_STEPS = ("intake", "reading", "reminding", "sending")
_ROUNDS = 60


class Death(BaseException):
    """The power is cut at a point; not an ``Exception``, so that no step swallows it."""


class Year:
    """An office, its world and its clock."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        (folder / "mappings.yaml").write_text(mappings())
        (folder / "password").write_text("gizli\n")
        (folder / "password").chmod(0o600)
        settings = _SETTINGS.replace('path = "ledger.db"', 'path = "ledger.db"\nbackups = 0')
        (folder / "muhtarlik.toml").write_text(settings)
        self.now: datetime = istanbul(FIRST, 8, 0)
        self.chance = Random(seed)
        self.weather = Weather(self.chance)
        self.record = Record(folder / "outside.db")
        self.writers = Writers(self.record, self.chance, lambda: self.now)
        self.inbox = Inbox(self.record, self.weather, lambda: self.now)
        self.sheets = Workbooks(folder / "tablolar")
        self.entries = 0
        """Of the history, once the accounts are drawn up."""
        self._templates = Templates([shipped("templates")])
        self._templates.compile()
        self._fuse = 0
        self.app = self._start()

    # --- the daemon -----------------------------------------------------------------------------------

    def _start(self) -> App:
        app = App(load_settings(self.folder / "muhtarlik.toml"), lambda: self.now)
        app._templates = self._templates
        app.source = self.inbox  # type: ignore[assignment]
        app.connect_smtp = lambda: Postman(self.record, self.weather)  # type: ignore[method-assign, assignment, return-value]
        app.preload()
        return app

    def turn(self, *, with_sheets: bool) -> None:
        """Every step once; a fault is the next turn's work."""
        self._fuse = self.chance.randint(1, 400) if self.weather.strikes("death", 0.03) else 0
        points.arm("", self._burn)
        try:
            for step in _STEPS:
                with suppress(MuhtarlikError):
                    self.app.run_step(step)
            if with_sheets:
                self._sheets_turn()
            self.app.watch()
        except Death:
            with suppress(MuhtarlikError):
                self.app.__exit__(None, None, None)
            self.app = self._start()
            gc.collect()  # a real death leaves nothing of the former one
        finally:
            points.arm("")

    def _burn(self, name: str) -> None:
        self._fuse -= 1
        if self._fuse == 0:
            raise Death(name)

    def _sheets_turn(self) -> None:
        """In a process that ends with it, as the daemon does."""
        books = sorted((self.folder / "tablolar").glob("[!.~]*.xlsx"))
        spoilt = (
            self.chance.choice(books) if books and self.weather.strikes("workbook damaged", 0.02) else None
        )
        opened = self.chance.choice(books) if books and self.weather.strikes("workbook open", 0.05) else None
        whole = spoilt.read_bytes() if spoilt else b""
        lock = opened.with_name(f"~${opened.name}") if opened else None
        if spoilt:
            spoilt.write_bytes(whole[: len(whole) // 2])
        if lock:
            lock.write_bytes(b"\x04Ay\xfee".ljust(165, b"\0"))
        self._passing(self._sync)
        if lock:
            lock.unlink()
        if spoilt:
            spoilt.write_bytes(whole)

    def _sync(self) -> int:
        with self.app.sibling() as app:
            app.run_step("sheets")
        return 0

    def _passing(self, work: object) -> int:
        """No open ledger may pass through a fork."""
        self.app.let_go()
        process = FORK.Process(target=_end_with, args=(work,))
        process.start()
        process.join()
        return process.exitcode or 0

    # --- the world ------------------------------------------------------------------------------------

    def day(self, day: date, mails: int, *, with_sheets: bool) -> None:
        hours = _HOURS if day.weekday() < 5 and day not in days_off(day.year).full else _HOURS[:1]
        for n, (hour, minute) in enumerate(hours):
            self.now = istanbul(day, hour, minute)
            for _ in range(mails // len(hours) + (n < mails % len(hours))):
                self.inbox.put(self.writers.write())
            if self.weather.strikes("mailbox numbered anew", 0.01):
                self.inbox.number_anew()
            self.turn(with_sheets=with_sheets and n == len(hours) - 1)
        if len(hours) > 1 and with_sheets:
            self._types()

    def _types(self) -> None:
        """Somebody writes a note, somebody closes a request, in the sheet."""
        for close in (False, True):
            referral = self.record.open_referral(self.chance)
            if referral is None:
                return
            number, liaison = referral[0], referral[2]
            word, code = self.writers.word(), liaison.split(".")[0]
            done = {"Durum": "Tamamlandı", "Sonuç": f"Ekip {word} ile yapıldı."}
            cells = done if close else {"Not": f"Not {word}"}
            if self._passing(lambda: int(not self.sheets.type_into(code, number, cells))):  # noqa: B023
                continue
            table = "closed" if close else "notes"
            self.record.db.execute(f"INSERT INTO {table} VALUES (?, ?)", (word, number))
            if close:
                self.record.answered(number)

    def settle(self) -> str:
        """Fair weather until nothing is left to do; returns what is wrong if that never comes."""
        self.weather.fair = True
        for _ in range(_ROUNDS):
            self.now += timedelta(hours=5)
            self.turn(with_sheets=True)
            with self.app.ledger.view() as view:
                counts = view.counts(self.now.date())
            if not len(self.inbox) and not counts["outbox"] and not counts["arrivals"]:
                self.turn(with_sheets=True)
                return ""
        return f"never came to rest: {counts}, {len(self.inbox)} mails in the inbox"

    def accounts(self) -> list[str]:
        """Settle and close; everything that is not as it must be."""
        wrong = [self.settle()]
        self.entries, broken = self.app.verify_history()
        self.app.__exit__(None, None, None)
        wrong += [broken or "", *faults(self.record, self.folder / "ledger.db", self.folder / "tablolar")]
        return [line for line in wrong if line]


def _end_with(work: object) -> None:
    """In a passing process: its end is this one's."""
    try:
        os._exit(work())  # type: ignore[operator]
    except (MuhtarlikError, Death):
        os._exit(1)


def main() -> None:
    asked = _asked()
    started = time.monotonic()
    log_to_stderr(level=logging.CRITICAL)  # tens of thousands of lines would tell less than the accounts
    with tempfile.TemporaryDirectory(prefix="muhtarlik-year-", dir=asked.folder or _IN_MEMORY) as folder:
        year = Year(Path(folder), asked.seed)
        weights = _weights(asked.days)
        total, given, share = sum(weights), 0, 0
        for n, weight in enumerate(weights):
            day = FIRST + timedelta(days=n)
            share += weight
            mails = asked.mails * share // total - given
            given += mails
            year.day(day, mails, with_sheets=n % asked.sheets_every == 0)
            if (day + timedelta(days=1)).day == 1 or n == asked.days - 1:
                _tell(year, day, given, time.monotonic() - started)
        found = year.accounts()
    [(letters, copies)] = year.record.ask("SELECT count(*), sum(copies) FROM letters")
    print(
        f"{letters} letters, {int(str(copies)) - int(str(letters))} copies beyond the first; "
        f"{year.entries} entries in the history"
    )
    print("faults: " + ", ".join(f"{name} {n}" for name, n in sorted(year.weather.counted.items())))
    print(f"{len(found)} broken", *found[:50], sep="\n")
    sys.exit(bool(found))


def _weights(days: int) -> list[int]:
    """How the mails spread: few at weekends and on holidays."""
    each = (FIRST + timedelta(days=n) for n in range(days))
    return [5 if day.weekday() < 5 and day not in days_off(day.year).full else 1 for day in each]


def _tell(year: Year, day: date, mails: int, seconds: float) -> None:
    resident = next(
        int(line.split()[1])
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with year.app.ledger.view() as view:
        counts = view.counts(day)
    print(
        f"{day}: {mails} mails, {counts['open']} open, {counts['closed']} closed, {counts['late']} late; "
        f"VmRSS {resident / 1024:.0f} MB, largest passing process {children / 1024:.0f} MB; {seconds:.0f} s",
        flush=True,
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.year", description=__doc__)
    parser.add_argument("--mails", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=360)
    parser.add_argument("--sheets-every", type=int, default=1, help="days between turns of the workbooks")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--folder", help="where the office lies; memory if there is such a place")
    return parser.parse_args()


if __name__ == "__main__":
    main()
