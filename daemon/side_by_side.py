"""The same pure work on many things, on every core there is, answered in their order.

The processes are forks: they share this process's memory as it was, and give nothing back but answers. So nothing
hangs on them: where they cannot be started or one dies, what is not yet answered is done here.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from daemon.late_log import log

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE = 8
"""Things handed over together: handing over costs less, and near the end no core is long without work."""
_FEW = 8 * _AT_ONCE
"""With no more things than these, starting processes takes about as long as they save."""


def side_by_side(work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    """The answers in order; things and answers must be picklable, ``work`` need not. What it raises comes from here."""
    done = 0
    cores = len(os.sched_getaffinity(0))
    if cores > 1 and len(things) > _FEW:
        try:
            for answer in _on(cores, work, things):
                yield answer
                done += 1
        except (OSError, BrokenProcessPool) as fault:
            log().warning("no processes side by side; going on in one", fault=repr(fault), done=done)
    yield from map(work, things[done:])


def _on(cores: int, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    gc.freeze()  # a collection on any side would touch, and so copy, all that they share
    try:
        with ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _remember, (work,)) as pool:
            yield from pool.map(_do, things, chunksize=_AT_ONCE)
    finally:
        gc.unfreeze()


_given: list[Callable[[Any], Any]] = []
"""In a fork: what it is there for."""


def _remember(work: Callable[[Any], Any]) -> None:
    _given[:] = [work]


def _do(thing: Any) -> Any:
    return _given[0](thing)
