"""Work in processes of its own, with limits on time and memory: what a file does there harms nobody else.

A library that crashes on a broken file, a picture that unpacks to gigabytes or a page that never ends takes only its
own process along; one that is made to do as a file likes finds no network, and neither ledger nor spreadsheet that
it may write (:mod:`daemon.scans.sandbox`). Memory is limited with RLIMIT_DATA (private writable memory,
setrlimit(2)): the shared pages of the parent's libraries do not count twice.
"""

import ctypes
import gc
import math
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Generic, TypeVar

from daemon.domain.errors import MuhtarlikError
from daemon.scans.sandbox import shut_in

T = TypeVar("T")

TOGETHER_MB = 300
"""Memory for all the work under way, beside what the parent has loaded: a photo of 108 million pixels needs 250, and
the whole daemon stays below 600 while a hostile file takes all of it. A large file takes its own size from it."""
_LEAST_MB = 150
MOST_WORKERS = 4
_PR_SET_PDEATHSIG = 1
_FORK = multiprocessing.get_context("fork")


class Failure(StrEnum):
    """Why there is no result."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Ended(Generic[T]):
    """What became of one piece of work: a result, a told error, or a failure."""

    place: int
    result: T | None = None
    error: MuhtarlikError | None = None
    failure: Failure | None = None


@dataclass(slots=True)
class _Running:
    process: ForkProcess
    answer: Connection
    place: int
    until: float


@dataclass(frozen=True, slots=True)
class _Limits:
    """``seconds`` for one piece, the moment at which all of them ``end``, memory for those under way, and where they
    may write."""

    seconds: float
    end: float
    megabytes: int
    folder: Path | None


def workers() -> int:
    """As many as there are cores, within what memory allows."""
    return max(1, min(MOST_WORKERS, len(os.sched_getaffinity(0))))


def each_apart(
    work: Sequence[Callable[[], T]],
    *,
    seconds: float,
    in_all: float = math.inf,
    at_once: int | None = None,
    folder: Path | None = None,
    input_bytes: int = 0,
) -> Iterator[Ended[T]]:
    """Do every piece in a process of its own, several at once; yield what became of each as it ends. A piece may take
    so many ``seconds``, everything together so many ``in_all``. ``folder`` is where they may write, ``input_bytes``
    what they all work on.

    What ran out of memory or crashed beside others is done once more alone, with all of the memory.
    """
    crowd = at_once or workers()
    again: list[int] = []
    ended: Ended[T]
    megabytes = max(_LEAST_MB, TOGETHER_MB - input_bytes // 1_000_000)
    limits = _Limits(seconds, time.monotonic() + in_all, megabytes, folder)
    for ended in _all(work, range(len(work)), crowd, limits):
        if ended.failure in {Failure.MEMORY, Failure.CRASH} and crowd > 1:
            again.append(ended.place)
        else:
            yield ended
    yield from _all(work, again, 1, limits)


def apart(
    work: Callable[[], T], *, seconds: float, folder: Path | None = None, input_bytes: int = 0
) -> Ended[T]:
    """Do one thing in a process of its own."""
    ended = each_apart([work], seconds=seconds, at_once=1, folder=folder, input_bytes=input_bytes)
    return next(ended)


def _all(
    work: Sequence[Callable[[], T]], places: Sequence[int], crowd: int, limits: _Limits
) -> Iterator[Ended[T]]:
    waiting = list(reversed(places))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < crowd:
                place = waiting.pop()
                if time.monotonic() >= limits.end:
                    yield Ended(place, failure=Failure.TIME)
                else:
                    running.append(_start(work[place], place, limits.megabytes // crowd, limits))
            if not running:
                return
            patience = max(0.0, min(each.until for each in running) - time.monotonic())
            wait([each.answer for each in running], timeout=patience)
            for each in list(running):
                ended: Ended[T] | None = _look_at(each)
                if ended is not None:
                    running.remove(each)
                    yield ended
    finally:
        for each in running:
            _end(each)
        gc.unfreeze()  # else what is garbage by now would never be collected


def _start(work: Callable[[], T], place: int, megabytes: int, limits: _Limits) -> _Running:
    ours, theirs = _FORK.Pipe(duplex=False)
    gc.freeze()  # a collection in the child would touch, and so copy, everything that it shares with us
    process = _FORK.Process(
        target=_live,
        args=(work, theirs, megabytes, limits.folder, os.getpid()),
        name="muhtarlik-page",
        daemon=False,
    )
    process.start()
    theirs.close()
    return _Running(process, ours, place, min(limits.end, time.monotonic() + limits.seconds))


def _live(
    work: Callable[[], T], answer: Connection, megabytes: int, folder: Path | None, parent: int
) -> None:
    """In the child. It leads a group of its own, so that it can be ended together with what it started."""
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    _limit_memory(megabytes)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    shut_in(folder)
    _end_with(parent)
    try:
        answer.send((work(), None, None))
    except MuhtarlikError as fault:
        answer.send((None, (type(fault), str(fault), fault.reason), None))
    except MemoryError:
        answer.send((None, None, Failure.MEMORY))
    except BrokenPipeError:
        pass
    os._exit(0)


def _end_with(parent: int) -> None:
    """Nobody would end a page that never ends once the reading process was killed (prctl(2), PR_SET_PDEATHSIG; a new
    user namespace clears it, so it comes after that)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    held = _private_bytes()
    if held:
        most = held + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _private_bytes() -> int:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _look_at(each: _Running) -> Ended[T] | None:
    """What became of it, or ``None`` while it works."""
    if each.answer.poll():
        try:
            result, told, failure = each.answer.recv()
        except EOFError:
            result, told, failure = None, None, Failure.CRASH
        _end(each)
        error = told[0](told[1], reason=told[2]) if told else None
        return Ended(each.place, result, error, failure)
    if time.monotonic() >= each.until:
        _end(each)
        return Ended(each.place, failure=Failure.TIME)
    return None


def _end(each: _Running) -> None:
    each.process.join(0.2)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(each.process.pid or 0, signal.SIGKILL)
    each.process.join()
    each.process.close()
    each.answer.close()
