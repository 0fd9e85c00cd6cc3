"""One process's heartbeat: which step runs when. ``schedule`` is only the beat: what is due follows from ledger,
calendar and clock.
"""

import time
from dataclasses import dataclass
from typing import Protocol

import schedule
import structlog

from daemon.app import App
from daemon.domain.retry import backoff
from daemon.loop.stop import said
from daemon.notify import notify, watchdog_seconds

LONGEST_WAIT = 3.0
"""Seconds between looks at what the other process may have left in the ledger."""
SHEETS_BEAT = 5.0
"""Seconds between looks at whether a spreadsheet or what it shows has changed."""
SCANS_BEAT = 3.0
"""Seconds between looks into the scanner's folder."""
LESSON_BEAT = 10
"""Minutes between looks at whether it is night and something is to be learned."""
log = structlog.get_logger()


class Apart(Protocol):
    """The spreadsheets, or the scans, in a process of their own."""

    def turn(self) -> None:
        """Look after it; called at every beat."""

    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Others:
    """The processes beside the one with the mail."""

    sheets: Apart | None = None
    scans: Apart | None = None
    lesson: Apart | None = None

    def by_step(self) -> tuple[tuple[str, Apart | None], ...]:
        return (("sheets", self.sheets), ("scans", self.scans), ("learning", self.lesson))


class Beat:
    """One process's heartbeat: which step runs when, and how long to pause after a failure."""

    def __init__(
        self,
        app: App,
        steps: frozenset[str],
        others: Others | None = None,
        *,
        watched: bool = True,
    ) -> None:
        """``watched``: systemd's watchdog waits for this process."""
        self._app = app
        self._steps = steps
        self._others = others or Others()
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
            log.warning("step failed", step=step, error=said(fault), failures=failures, pause=round(pause, 1))
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
