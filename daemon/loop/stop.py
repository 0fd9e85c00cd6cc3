"""How the daemon's processes end: by a signal at the next safe point, and never without their parent."""

import fcntl
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from types import FrameType

from daemon.domain.errors import MuhtarlikError

GRACE = 4
"""Seconds after SIGTERM in which the act under way may finish; then it is cut (it is resumable)."""
FORK = multiprocessing.get_context("fork")


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


def end(process: ForkProcess | None) -> None:
    """Politely, then for good."""
    if process is None or not process.is_alive():
        return
    process.terminate()
    process.join(GRACE)
    if process.is_alive():
        process.kill()


def end_with_parent() -> None:
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


def said(fault: Exception) -> str:
    return str(fault) if isinstance(fault, MuhtarlikError) else f"{type(fault).__name__}: {fault}"
