"""The daemon's life: beats, spreadsheets in passing processes, signals, systemd.

Mail runs in the main process; each turn of the workbooks runs in a process of its own that ends with it. A
workbook that hangs on a network drive delays no confirmation, and what a turn loads is gone after it: an idle
daemon is one process. Google's spreadsheets have a process that stays: it keeps its connection and what it has
read. Scans have a process that ends when none waits: a pile of two hundred pages delays neither mail nor
spreadsheets. Each is single-threaded, so SIGTERM ends even a blocked read. ``schedule`` is only the heartbeat: what is
due follows from ledger, calendar and clock.
"""

import gc
import signal
from collections.abc import Callable
from contextlib import suppress

import structlog

from daemon.app import App, Clock
from daemon.domain.errors import MuhtarlikError
from daemon.loop.apart import PassingScans, PassingSheets, StandingSheets
from daemon.loop.beat import Apart, Beat, Others
from daemon.loop.night import Night, PassingLesson
from daemon.loop.stop import FORK, Stop, Stopped
from daemon.notify import notify
from daemon.settings import Settings

log = structlog.get_logger()

GROUPS = {
    "mail": ("intake", "reading", "reminding", "sending"),
    "scans": ("scans",),
    "sheets": ("sheets",),
    "learning": ("learning",),
}
"""Which steps share a process; ``run --only`` names steps or groups."""


class UnknownStep(ValueError):
    """``run --only`` names a step that there is not; says so in Turkish."""


def run(settings: Settings, clock: Clock, *, only: frozenset[str] = frozenset()) -> None:
    """Run until told to stop. ``only`` names steps or groups; empty means all."""
    wanted = _steps(only)
    stop = Stop()
    stop.install()
    with_mail = bool(set(GROUPS["mail"]) & wanted)
    sheets: Apart | None = None
    scans: Apart | None = None
    lesson: PassingLesson | None = None
    try:
        with App.locked(settings, *_locks(wanted)), App.open(settings, clock) as app:
            app.preload()
            if not _is_beside(wanted):
                app.mend_ledger()
            sheets = _sheets_apart(app) if "sheets" in wanted and with_mail else None
            scans = PassingScans(app) if "scans" in wanted and with_mail else None
            lesson = PassingLesson(app) if "learning" in wanted else None
            apart = {name for name, other in (("sheets", sheets), ("scans", scans)) if other}
            _live(app, wanted - apart - {"learning"}, stop, Others(sheets, scans, lesson))
    except Stopped:
        pass
    finally:
        signal.alarm(0)
        notify("STOPPING=1")
        for passing in (sheets, scans, lesson):
            if passing:
                passing.end()
        log.info("stopped")


def _steps(only: frozenset[str]) -> frozenset[str]:
    everything = frozenset(step for steps in GROUPS.values() for step in steps)
    named = frozenset(step for name in only for step in GROUPS.get(name, (name,)))
    if unknown := named - everything:
        raise UnknownStep(
            f"“{', '.join(sorted(unknown))}” diye bir adım yok ({', '.join(sorted(everything))})."
        )
    return named or everything


def _is_beside(wanted: frozenset[str]) -> bool:
    """Whether this is the process for the scans alone, beside a daemon that looks after the ledger."""
    return wanted == frozenset(GROUPS["scans"])


def _locks(wanted: frozenset[str]) -> tuple[str, ...]:
    scans = ("scans",) if "scans" in wanted else ()
    return scans if _is_beside(wanted) else ("ledger", *scans)


def _sheets_apart(app: App) -> Apart:
    return StandingSheets(app) if app.sheets_stand else PassingSheets(app)


def _live(
    app: App,
    steps: frozenset[str],
    stop: Stop,
    others: Others,
) -> None:
    """Turn for ever. What every passing process needs is loaded before the first one: they share its memory."""
    _in_passing(lambda: _open_once(app))
    gc.collect()
    gc.freeze()
    app.migrate()
    beat = Beat(app, steps, others)
    night = None if _is_beside(steps) else Night(app)
    notify("READY=1", "STATUS=Çalışıyor")
    log.info("ready", steps=sorted(steps))
    while not stop.asked:
        beat.turn()
        if night:
            night.turn()
        with stop.interruptible():
            beat.wait()


def _in_passing(work: Callable[[], None]) -> None:
    """Do it in a process that ends: what it must load for once (migrations) would stay in memory for months.
    What goes wrong there is met again by who waits here."""
    process = FORK.Process(target=work, name="muhtarlik-passing")
    process.start()
    process.join()


def _open_once(app: App) -> None:
    with suppress(MuhtarlikError), app.sibling() as passing:
        passing.migrate()
