"""A second process that works ahead for this one, on another core.

What it is given must be pure: it shares this process's memory as it was at the fork, and gives nothing back but its
answers. So nothing hangs on it: where it cannot be started, crashes or takes too long, there is no answer, and
whoever asked does the work himself. It ends with this process, however that ends: the pipe between them closes.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

import structlog

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 30.0
"""Seconds to wait for one answer; then this process does the work itself."""
_FORK = multiprocessing.get_context("fork")
log = structlog.get_logger()


class Beside(Generic[T, R]):
    """One task at a time: :meth:`give` it, then :meth:`take` the answer."""

    def __init__(self, work: Callable[[T], R], *, patience: float = PATIENCE) -> None:
        self._work = work
        self._patience = patience
        self._process: ForkProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        """Raises :class:`OSError` when no process can be started."""
        ours, theirs = _FORK.Pipe()
        gc.freeze()  # a collection on either side would touch, and so copy, all that they share
        process = _FORK.Process(target=_live, args=(self._work, theirs, ours), daemon=True)
        try:
            process.start()
        except OSError:
            ours.close()
            gc.unfreeze()
            raise
        finally:
            theirs.close()
        self._process, self._pipe = process, ours
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        gc.unfreeze()

    def give(self, task: T) -> bool:
        """Whether it was taken; only when no answer is outstanding."""
        if self._pipe is None:
            return False
        try:
            self._pipe.send(task)
        except OSError:
            self._give_up("ended")
            return False
        return True

    def ready(self) -> bool:
        """Whether :meth:`take` would not wait."""
        try:
            return self._pipe is None or self._pipe.poll(0)
        except OSError:
            return True

    def take(self) -> R | None:
        """The answer to what was given; ``None`` if there will be none."""
        if self._pipe is None:
            return None
        try:
            if self._pipe.poll(self._patience):
                answer: R = self._pipe.recv()
                return answer
            self._give_up("hangs")
        except (EOFError, OSError):
            self._give_up("ended")
        return None

    def _give_up(self, why: str) -> None:
        log.warning("working ahead failed; going on without", why=why)
        self._end()

    def _end(self) -> None:
        if self._process is None or self._pipe is None:
            return
        self._pipe.close()
        self._process.kill()  # nothing of it needs a farewell
        self._process.join()
        self._process.close()
        self._process = self._pipe = None


def _live(work: Callable[[T], R], pipe: Connection, parents: Connection) -> None:
    parents.close()  # else our own copy would keep the pipe open after the parent's end
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    with suppress(Exception):  # the pipe's end, or what cannot be sent: whoever waits finds no answer
        while True:
            pipe.send(work(pipe.recv()))
    os._exit(0)
