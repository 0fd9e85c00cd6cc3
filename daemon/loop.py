"""The daemon's life: beats, spreadsheets in passing processes, signals, systemd.

Mail runs in the main process; each turn of the workbooks runs in a process of its own that ends with it. A
workbook that hangs on a network drive delays no confirmation, and what a turn loads is gone after it: an idle
daemon is one process. Google's spreadsheets have a process that stays: it keeps its connection and what it has
read. Scans have a process that ends when none waits: a pile of two hundred pages delays neither mail nor
spreadsheets. Each is single-threaded, so SIGTERM ends even a blocked read. ``schedule`` is only the heartbeat: what is
due follows from ledger, calendar and clock.
"""

import fcntl
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Protocol

import schedule
import structlog

from daemon.app import App, Clock
from daemon.domain.errors import MuhtarlikError
from daemon.domain.retry import backoff
from daemon.notify import notify, watchdog_seconds
from daemon.settings import Settings

log = structlog.get_logger()

GROUPS = {
    "mail": ("intake", "reading", "reminding", "sending"),
    "scans": ("scans",),
    "sheets": ("sheets",),
    "learning": ("learning",),
}
"""Which steps share a process; ``run --only`` names steps or groups."""
LONGEST_WAIT = 3.0
"""Seconds between looks at what the other process may have left in the ledger."""
GRACE = 4
"""Seconds after SIGTERM in which the act under way may finish; then it is cut (it is resumable)."""
HUNG = 600.0
"""A turn of the spreadsheets that lasts so many seconds is ended; the next one starts anew."""
MINUTE = 60.0
"""Seconds between two looks at what is wrong and at whether the backup is due."""
SHEETS_BEAT = 5.0
"""Seconds between looks at whether a spreadsheet or what it shows has changed."""
SCANS_BEAT = 3.0
"""Seconds between looks into the scanner's folder."""
SCANS_HUNG = 3_600.0
"""The same as :data:`HUNG` for the scans, whose piles take their time."""
SHEETS_ANYWAY = 60.0
"""Seconds after which the spreadsheets have their turn though nothing seems to have changed."""
LESSON_BEAT = 10
"""Minutes between looks at whether it is night and something is to be learned."""
LONGEST_LESSON = 1800.0
"""A lesson that lasts so many seconds is ended; the next night's starts anew."""
_FAILED, _WAITS = 1, 3
"""How a turn of the spreadsheets ended, as its exit code."""
_FORK = multiprocessing.get_context("fork")


class Stopped(BaseException):
    """SIGTERM or SIGINT arrived; not an ``Exception``, so that no step swallows it."""


class UnknownStep(ValueError):
    """``run --only`` names a step that there is not; says so in Turkish."""


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
    with_mail = bool(set(GROUPS["mail"]) & wanted)
    sheets: _Apart | None = None
    scans: _Apart | None = None
    lesson: _PassingLesson | None = None
    try:
        with App.locked(settings), App.open(settings, clock) as app:
            app.preload()
            app.mend_ledger()
            sheets = _sheets_apart(app) if "sheets" in wanted and with_mail else None
            scans = _PassingScans(app) if "scans" in wanted and with_mail else None
            lesson = _PassingLesson(app) if "learning" in wanted else None
            apart = {name for name, other in (("sheets", sheets), ("scans", scans)) if other}
            _live(app, wanted - apart - {"learning"}, stop, _Others(sheets, scans, lesson))
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


def _sheets_apart(app: App) -> "_Apart":
    return _StandingSheets(app) if app.sheets_stand else _PassingSheets(app)


def _live(
    app: App,
    steps: frozenset[str],
    stop: Stop,
    others: "_Others",
) -> None:
    """Turn for ever. What every passing process needs is loaded before the first one: they share its memory."""
    _in_passing(lambda: _open_once(app))
    gc.collect()
    gc.freeze()
    app.migrate()
    beat = _Beat(app, steps, others)
    night = _Night(app)
    notify("READY=1", "STATUS=Çalışıyor")
    log.info("ready", steps=sorted(steps))
    while not stop.asked:
        beat.turn()
        night.turn()
        with stop.interruptible():
            beat.wait()


def _in_passing(work: Callable[[], None]) -> None:
    """Do it in a process that ends: what it must load for once (migrations) would stay in memory for months.
    What goes wrong there is met again by who waits here."""
    process = _FORK.Process(target=work, name="muhtarlik-passing")
    process.start()
    process.join()


def _open_once(app: App) -> None:
    with suppress(MuhtarlikError), app.sibling() as passing:
        passing.migrate()


@dataclass(frozen=True, slots=True)
class _Others:
    """The processes beside the one with the mail."""

    sheets: "_Apart | None" = None
    scans: "_Apart | None" = None
    lesson: "_Apart | None" = None

    def by_step(self) -> "tuple[tuple[str, _Apart | None], ...]":
        return (("sheets", self.sheets), ("scans", self.scans), ("learning", self.lesson))


class _Beat:
    """One process's heartbeat: which step runs when, and how long to pause after a failure."""

    def __init__(
        self,
        app: App,
        steps: frozenset[str],
        others: "_Others | None" = None,
        *,
        watched: bool = True,
    ) -> None:
        """``watched``: systemd's watchdog waits for this process."""
        self._app = app
        self._steps = steps
        self._others = others or _Others()
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._schedule = schedule.Scheduler()
        self._schedule.every(30).seconds.do(self._mark, "reminding")
        self._schedule.every(int(SHEETS_BEAT)).seconds.do(self._mark, "sheets")
        self._schedule.every(int(SCANS_BEAT)).seconds.do(self._mark, "scans")
        self._schedule.every(LESSON_BEAT).minutes.do(self._mark, "learning")
        self._due = {*steps, "sheets", "scans"}
        self._watchdog = watchdog_seconds() if watched else 0.0
        self._last_ping = 0.0
        app.pulse = self._ping

    def turn(self) -> None:
        """Run what is due; a step that fails waits longer each time, the others go on."""
        self._schedule.run_pending()
        self._due |= {"intake", "reading", "sending"} & self._steps
        self._app.refresh_mappings()
        for step in ("intake", "reading", "scans", "sheets", "reminding", "sending"):
            if step in self._due & self._steps and time.monotonic() >= self._not_before.get(step, 0.0):
                self._run(step)
        for name, other in self._others.by_step():
            if other and name in self._due:
                other.turn()
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
            log.warning(
                "step failed", step=step, error=_said(fault), failures=failures, pause=round(pause, 1)
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
        now = time.monotonic()
        if self._watchdog and now - self._last_ping >= self._watchdog / 2:
            self._last_ping = now
            notify("WATCHDOG=1")


class _Night:
    """What is looked after once a minute beside the steps: the office's attention, and the nightly backup, which is
    made in a process that ends with it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._not_before = 0.0
        self._process: ForkProcess | None = None

    def turn(self) -> None:
        if time.monotonic() < self._not_before or (self._process and self._process.is_alive()):
            return
        self._not_before = time.monotonic() + MINUTE
        try:
            self._app.watch()
        except Exception as fault:  # the one place around it: whoever watches stops nobody
            log.warning("watching failed", error=_said(fault))
        if self._app.backup_is_due():
            self._app.let_go()
            self._process = _FORK.Process(target=self._back_up, name="muhtarlik-backup", daemon=True)
            self._process.start()

    def _back_up(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with self._app.sibling() as app:
            try:
                app.keep_backup()
            except Exception as fault:  # the one place around it
                log.error("backup failed", error=_said(fault))


class _Apart(Protocol):
    """The spreadsheets, or the scans, in a process of their own."""

    def turn(self) -> None:
        """Look after it; called at every beat."""

    def end(self) -> None: ...


class _StandingSheets:
    """Google's spreadsheets: one process that stays, started anew when it ends or hangs."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._process: ForkProcess | None = None
        self._alive = _FORK.Value("d", 0.0)
        """When its last beat was, by the clock that both processes share."""
        self._failures = 0
        self._not_before = 0.0

    def turn(self) -> None:
        if self._process is not None:
            if self._process.is_alive() and time.monotonic() - self._alive.value < HUNG:
                return
            self._conclude(self._process)
        if time.monotonic() >= self._not_before:
            self._start()

    def _start(self) -> None:
        self._app.let_go()
        self._alive.value = time.monotonic()
        self._process = _FORK.Process(target=self._live, name="muhtarlik-sheets")
        self._process.start()

    def _conclude(self, process: ForkProcess) -> None:
        if process.is_alive():
            log.error("the spreadsheets' process hangs; ending it")
            process.kill()
            process.join(GRACE)
        self._failures = self._failures + 1 if time.monotonic() - self._alive.value < HUNG else 1
        pause = backoff(self._failures, first=2.0, most=300.0)
        self._not_before = time.monotonic() + pause
        log.warning("the spreadsheets' process ended", exit_code=process.exitcode, pause=round(pause, 1))
        self._process = None

    def _live(self) -> None:
        stop = Stop()
        stop.install()
        try:
            _end_with_parent()
            with self._app.sibling() as app:
                beat = _Beat(app, frozenset(GROUPS["sheets"]), watched=False)
                while not stop.asked:
                    self._alive.value = time.monotonic()
                    beat.turn()
                    with stop.interruptible():
                        beat.wait()
        except Stopped:
            pass
        finally:
            signal.alarm(0)

    def end(self) -> None:
        _end(self._process)


class _Passing:
    """A step's turns, one at a time, each in a process that ends with it. ``step`` is its name, ``hung`` the seconds
    after which a turn is ended."""

    step = "sheets"
    hung = HUNG

    def __init__(self, app: App) -> None:
        self._app = app
        self._process: ForkProcess | None = None
        self._started = -SHEETS_ANYWAY
        self._seen = ""
        """What there was to do looked like this before the last turn."""
        self._failures = 0
        self._not_before = 0.0

    def turn(self) -> None:
        """Start a turn if there may be something to do; look after the one under way."""
        if self._is_under_way() or time.monotonic() < self._not_before:
            return
        try:
            sign = self._sign()
        except MuhtarlikError as fault:
            log.warning("cannot see whether there is something to do", step=self.step, error=str(fault))
            return
        if self._is_due(sign):
            self._seen = sign
            self._start()

    def _sign(self) -> str:
        return self._app.sheets_sign()

    def _is_due(self, sign: str) -> bool:
        return sign != self._seen or time.monotonic() - self._started >= SHEETS_ANYWAY

    def _is_waiting(self, app: App) -> bool:
        """Whether the turn left something for the next."""
        return app.sheets_waiting

    def _start(self) -> None:
        """No open ledger may pass through a fork: SQLite would take the parent's locks for the child's."""
        self._app.let_go()
        self._started = time.monotonic()
        self._process = _FORK.Process(target=self._live, name=f"muhtarlik-{self.step}")
        self._process.start()

    def _live(self) -> None:
        """In the passing process. Its parent's end is its own: a turn that is cut off is resumed by the next."""
        stop = Stop()
        stop.install()
        try:
            _end_with_parent()
            with self._app.sibling() as app:
                app.run_step(self.step)
                sys.exit(_WAITS if self._is_waiting(app) else 0)
        except Stopped:
            pass
        except Exception as fault:  # the one place around a step: the unforeseen counts as temporary
            log.warning("step failed", step=self.step, error=_said(fault))
            sys.exit(_FAILED)
        finally:
            signal.alarm(0)

    def _is_under_way(self) -> bool:
        process = self._process
        if process is None:
            return False
        if process.is_alive():
            if time.monotonic() - self._started > self.hung:
                log.error("a turn hangs; ending it", step=self.step)
                process.kill()
            return True
        self._conclude(process.exitcode)
        process.close()
        self._process = None
        return False

    def _conclude(self, code: int | None) -> None:
        """Somebody has a file open: look again at the next beat. Failed or killed: after growing pauses."""
        self._failures = 0 if code in (0, _WAITS) else self._failures + 1
        if code == 0:
            return
        self._seen = ""
        if self._failures:
            pause = backoff(self._failures, first=2.0, most=300.0)
            self._not_before = time.monotonic() + pause
            log.warning("a turn failed", step=self.step, exit_code=code, pause=round(pause, 1))

    def end(self) -> None:
        _end(self._process)


class _PassingSheets(_Passing):
    """The workbooks'."""


class _PassingScans(_Passing):
    """The scans': a turn begins only when a scan waits or lies in the folder."""

    step = "scans"
    hung = SCANS_HUNG

    def _sign(self) -> str:
        return self._app.scans_sign()

    def _is_due(self, sign: str) -> bool:
        return bool(sign)

    def _is_waiting(self, app: App) -> bool:
        return False


def _end(process: ForkProcess | None) -> None:
    """Politely, then for good."""
    if process is None or not process.is_alive():
        return
    process.terminate()
    process.join(GRACE)
    if process.is_alive():
        process.kill()


class _PassingLesson:
    """The night's lesson in a process of its own, at the lowest priority: what training loads is gone after it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._process: ForkProcess | None = None
        self._started = 0.0

    def turn(self) -> None:
        if self._process is not None and self._process.is_alive():
            if time.monotonic() - self._started > LONGEST_LESSON:
                log.error("the night's lesson hangs; ending it")
                self._process.kill()
            return
        try:
            due = self._app.may_learn()
        except MuhtarlikError as fault:
            log.warning("cannot see whether something is to be learned", error=str(fault))
            return
        if due:
            self._app.let_go()
            self._started = time.monotonic()
            self._process = _FORK.Process(target=self._learn, name="muhtarlik-learning")
            self._process.start()

    def _learn(self) -> None:
        stop = Stop()
        stop.install()
        os.nice(19)
        try:
            _end_with_parent()
            with stop.interruptible(), self._app.sibling() as app:
                app.run_step("learning")
        except Stopped:
            pass
        except Exception as fault:  # the one place around a step: the unforeseen counts as temporary
            log.warning("step failed", step="learning", error=_said(fault))
            sys.exit(_FAILED)
        finally:
            signal.alarm(0)

    def end(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()


def _end_with_parent() -> None:
    """Whatever ends the daemon, even SIGKILL, ends its passing process too: its end of the pipe between them closes,
    and that is made a SIGTERM (fcntl(2), F_SETSIG)."""
    if (parent := multiprocessing.parent_process()) is None:
        return
    pipe = parent.sentinel
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGTERM)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC)
    if not parent.is_alive():
        raise Stopped


def _said(fault: Exception) -> str:
    return str(fault) if isinstance(fault, MuhtarlikError) else f"{type(fault).__name__}: {fault}"
