"""Spreadsheets and scans in processes beside the one with the mail: standing, or passing with each turn.

A workbook that hangs on a network drive delays no confirmation, and what a turn loads is gone after it.
"""

import signal
import sys
import time
from multiprocessing.context import ForkProcess

import structlog

from daemon.app import App
from daemon.domain.errors import MuhtarlikError
from daemon.domain.retry import backoff
from daemon.loop.beat import Beat
from daemon.loop.stop import FORK, GRACE, Stop, Stopped, end, end_with_parent, said

HUNG = 600.0
"""A turn of the spreadsheets that lasts so many seconds is ended; the next one starts anew."""
SCANS_HUNG = 3_600.0
"""The same as :data:`HUNG` for the scans, whose piles take their time."""
SHEETS_ANYWAY = 60.0
"""Seconds after which the spreadsheets have their turn though nothing seems to have changed."""
_FAILED, _WAITS = 1, 3
"""How a turn ended, as its exit code."""
log = structlog.get_logger()


class StandingSheets:
    """Google's spreadsheets: one process that stays, started anew when it ends or hangs."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._process: ForkProcess | None = None
        self._alive = FORK.Value("d", 0.0)
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
        self._process = FORK.Process(target=self._live, name="muhtarlik-sheets")
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
            end_with_parent()
            with self._app.sibling() as app:
                beat = Beat(app, frozenset({"sheets"}), watched=False)
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
        end(self._process)


class Passing:
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
        self._process = FORK.Process(target=self._live, name=f"muhtarlik-{self.step}")
        self._process.start()

    def _live(self) -> None:
        """In the passing process. Its parent's end is its own: a turn that is cut off is resumed by the next."""
        stop = Stop()
        stop.install()
        try:
            end_with_parent()
            with self._app.sibling() as app:
                app.run_step(self.step)
                sys.exit(_WAITS if self._is_waiting(app) else 0)
        except Stopped:
            pass
        except Exception as fault:  # the one place around a step: the unforeseen counts as temporary
            log.warning("step failed", step=self.step, error=said(fault))
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
        end(self._process)


class PassingSheets(Passing):
    """The workbooks'."""


class PassingScans(Passing):
    """The scans': a turn begins only when a scan waits or lies in the folder."""

    step = "scans"
    hung = SCANS_HUNG

    def _sign(self) -> str:
        return self._app.scans_sign()

    def _is_due(self, sign: str) -> bool:
        return bool(sign)

    def _is_waiting(self, app: App) -> bool:
        return False
