"""What is looked after once in a while beside the steps: attention, the nightly backup, the night's lesson."""

import os
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.context import ForkProcess

import structlog

from daemon.app import App
from daemon.domain.errors import MuhtarlikError
from daemon.loop.stop import FORK, Stop, Stopped, end_with_parent, said

MINUTE = 60.0
"""Seconds between two looks at what is wrong and at whether the backup is due."""
LONGEST_LESSON = 1800.0
"""A lesson that lasts so many seconds is ended; the next night's starts anew."""
_FAILED = 1
log = structlog.get_logger()


class Night:
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
            log.warning("watching failed", error=said(fault))
        if self._app.backup_is_due():
            self._app.let_go()
            self._process = FORK.Process(target=self._back_up, name="muhtarlik-backup", daemon=True)
            self._process.start()

    def _back_up(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with self._app.sibling() as app:
            try:
                app.keep_backup()
            except Exception as fault:  # the one place around it
                log.error("backup failed", error=said(fault))


class PassingLesson:
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
            self._process = FORK.Process(target=self._learn, name="muhtarlik-learning")
            self._process.start()

    def _learn(self) -> None:
        stop = Stop()
        stop.install()
        with suppress(OSError):  # a sandbox may forbid even this
            os.nice(19)
        try:
            end_with_parent()
            with stop.interruptible(), self._app.sibling() as app:
                app.run_step("learning")
        except Stopped:
            pass
        except Exception as fault:  # the one place around a step: the unforeseen counts as temporary
            log.warning("step failed", step="learning", error=said(fault))
            sys.exit(_FAILED)
        finally:
            signal.alarm(0)

    def end(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
