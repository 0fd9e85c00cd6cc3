"""The daemon's life: beats, child process, signals, systemd.

Mail runs in the main process, spreadsheets in a child of their own: a spreadsheet that hangs on a network
drive delays no confirmation. Each is single-threaded, so SIGTERM ends even a blocked read. ``schedule`` is
only the heartbeat: what is due follows from ledger, calendar and clock.
"""

import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.context import ForkProcess
from types import FrameType

import schedule
import structlog

from daemon.app import App, Clock
from daemon.domain.errors import ConfigurationError, MuhtarlikError
from daemon.domain.retry import backoff
from daemon.notify import notify, watchdog_seconds
from daemon.settings import Settings

log = structlog.get_logger()

GROUPS = {
    "mail": ("intake", "reading", "reminding", "sending"),
    "sheets": ("sheets",),
}
"""Which steps share a process; ``run --only`` names steps or groups."""
LONGEST_WAIT = 3.0
"""Seconds between looks at what the other process may have left in the ledger."""
GRACE = 4
"""Seconds after SIGTERM in which the act under way may finish; then it is cut (it is resumable)."""
HUNG = 600.0
"""A child that shows no beat for so long is ended and started anew."""


class Stopped(BaseException):
    """SIGTERM or SIGINT arrived; not an ``Exception``, so that no step swallows it."""


class Stop:
    """Turns signals into an end at the next safe point, or at once while merely waiting."""

    def __init__(self) -> None:
        self.asked = False
        self._waiting = False

    def install(self) -> None:
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGALRM, self._on_alarm)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """While inside, a signal raises :class:`Stopped` at once."""
        self._waiting = True
        try:
            if self.asked:
                raise Stopped
            yield
        finally:
            self._waiting = False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if self._waiting:
            raise Stopped
        signal.alarm(GRACE)

    def _on_alarm(self, number: int, frame: FrameType | None) -> None:
        raise Stopped


def run(settings: Settings, clock: Clock, *, only: frozenset[str] = frozenset()) -> None:
    """Run until told to stop. ``only`` names steps or groups; empty means all."""
    wanted = _steps(only)
    stop = Stop()
    stop.install()
    child = None
    try:
        with App.locked(settings), App.open(settings, clock) as app:
            app.preload()
            if set(GROUPS["sheets"]) <= wanted and set(GROUPS["mail"]) & wanted:
                child = _Child(app)
            _live(app, wanted - set(GROUPS["sheets"]) if child else wanted, stop, child)
    except Stopped:
        pass
    finally:
        signal.alarm(0)
        notify("STOPPING=1")
        if child:
            child.end()
        log.info("stopped")


def _steps(only: frozenset[str]) -> frozenset[str]:
    everything = frozenset(step for steps in GROUPS.values() for step in steps)
    named = frozenset(step for name in only for step in GROUPS.get(name, (name,)))
    if unknown := named - everything:
        known = ", ".join(sorted(everything | set(GROUPS)))
        raise ConfigurationError(f"unknown step: {', '.join(sorted(unknown))} (known: {known})")
    return named or everything


def _live(app: App, steps: frozenset[str], stop: Stop, child: "_Child | None") -> None:
    """Turn for ever. The child is forked before anything is open; what is loaded by then is shared with it."""
    _in_passing(lambda: _open_once(app))
    gc.collect()
    gc.freeze()
    if child:
        child.start()
    app.migrate()
    beat = _Beat(app, steps, child)
    notify("READY=1", "STATUS=Çalışıyor")
    log.info("ready", steps=sorted(steps))
    while not stop.asked:
        beat.turn()
        with stop.interruptible():
            beat.wait()


def _in_passing(work: Callable[[], None]) -> None:
    """Do it in a process that ends: what it must load for once (migrations, making workbooks) would stay in
    memory for months. What goes wrong there is met again by who waits here."""
    process = multiprocessing.get_context("fork").Process(target=work, name="muhtarlik-passing")
    process.start()
    process.join()


def _open_once(app: App) -> None:
    with suppress(MuhtarlikError), app.sibling() as passing:
        passing.migrate()


def _turn_once(app: App, steps: frozenset[str]) -> None:
    with app.sibling() as passing:
        _Beat(passing, steps, None).turn()


class _Beat:
    """One process's heartbeat: which step runs when, and how long to pause after a failure."""

    def __init__(self, app: App, steps: frozenset[str], child: "_Child | None") -> None:
        self._app = app
        self._steps = steps
        self._child = child
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._schedule = schedule.Scheduler()
        self._schedule.every(30).seconds.do(self._mark, "reminding")
        self._schedule.every(5).seconds.do(self._mark, "sheets")
        self._due = set(steps)
        self._watchdog = watchdog_seconds()
        self._last_ping = 0.0

    def turn(self) -> None:
        """Run what is due; a step that fails waits longer each time, the others go on."""
        self._schedule.run_pending()
        self._due |= {"intake", "reading", "sending"} & self._steps
        self._app.refresh_mappings()
        for step in ("intake", "reading", "sheets", "reminding", "sending"):
            if step in self._due & self._steps and time.monotonic() >= self._not_before.get(step, 0.0):
                self._run(step)
        self._due.clear()
        self._ping()

    def _mark(self, step: str) -> None:
        self._due.add(step)

    def _run(self, step: str) -> None:
        try:
            self._app.run_step(step)
        except Exception as fault:  # the one place around a step: the unforeseen counts as temporary
            failures = self._failures[step] = self._failures.get(step, 0) + 1
            pause = backoff(failures, first=2.0, most=300.0)
            self._not_before[step] = time.monotonic() + pause
            expected = isinstance(fault, MuhtarlikError)
            log.warning(
                "step failed",
                step=step,
                error=str(fault) if expected else f"{type(fault).__name__}: {fault}",
                failures=failures,
                pause=round(pause, 1),
            )
        else:
            self._failures.pop(step, None)

    def wait(self) -> None:
        """Until mail comes, or the next look; a source that failed is left alone meanwhile."""
        if "intake" in self._steps and "intake" not in self._failures:
            self._app.wait_for_mail(LONGEST_WAIT)
        else:
            time.sleep(min(LONGEST_WAIT, max(0.2, self._schedule.idle_seconds or 0.2)))

    def _ping(self) -> None:
        if self._child:
            self._child.look_after()
        now = time.monotonic()
        if self._watchdog and now - self._last_ping >= self._watchdog / 2:
            self._last_ping = now
            notify("WATCHDOG=1")


class _Child:
    """The spreadsheet process: started, looked after, started anew when it died or hangs."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._context = multiprocessing.get_context("fork")
        self._beat = self._context.Value("d", 0.0)
        self._process: ForkProcess | None = None
        self._deaths = 0
        self._not_before = 0.0

    def start(self) -> None:
        self._beat.value = time.monotonic()
        self._process = self._context.Process(target=self._live, name="muhtarlik-sheets")
        self._process.start()

    def _live(self) -> None:
        stop = Stop()
        stop.install()
        parent = os.getppid()
        try:
            _in_passing(lambda: _turn_once(self._app, frozenset(GROUPS["sheets"])))
            with self._app.sibling() as app:
                beat = _Beat(app, frozenset(GROUPS["sheets"]), None)
                while not stop.asked and os.getppid() == parent:
                    self._beat.value = time.monotonic()
                    beat.turn()
                    with stop.interruptible():
                        beat.wait()
        except Stopped:
            pass
        finally:
            signal.alarm(0)

    def look_after(self) -> None:
        """Start it again when it is gone, with growing pauses; end it when it hangs."""
        process = self._process
        if process is None or time.monotonic() < self._not_before:
            return
        if process.is_alive():
            if time.monotonic() - self._beat.value > HUNG:
                log.error("spreadsheet process hangs; ending it")
                process.kill()
            return
        self._deaths += 1
        self._not_before = time.monotonic() + backoff(self._deaths, first=1.0, most=300.0)
        log.error("spreadsheet process died; starting it again", exit_code=process.exitcode)
        self.start()

    def end(self) -> None:
        process = self._process
        if process is None or process.pid is None or not process.is_alive():
            return
        process.terminate()
        process.join(GRACE)
        if process.is_alive():
            process.kill()
