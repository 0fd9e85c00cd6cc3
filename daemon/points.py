"""Named points of the daemon's work at which a test may cut its power; inert unless one was chosen.

A point is ``step/event:n``: the n-th time within a process that ``event`` happens in ``step``. Chosen by
``$MUHTARLIK_CRASH_AT`` (or :func:`arm`), it ends the whole process group with SIGKILL, as a power cut does: no
``finally``, no farewell to a server. Events stand where the daemon commits something or touches the outside.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable

VARIABLE = "MUHTARLIK_CRASH_AT"

_chosen = os.environ.get(VARIABLE, "")
_watch: Callable[[str], object] | None = None
_step = "start"
_passed: Counter[str] = Counter()


def arm(point: str, watch: Callable[[str], object] | None = None) -> None:
    """Choose where to die, and be told of every point that is passed."""
    global _chosen, _watch
    _chosen, _watch = point, watch


def enter(step: str) -> None:
    """Events that follow belong to ``step``."""
    global _step  # noqa: PLW0603
    _step = step


def reach(event: str) -> None:
    """The daemon is at a point; nothing happens unless a test has chosen one."""
    if not _chosen and _watch is None:
        return
    name = f"{_step}/{event}"
    _passed[name] += 1
    if _watch is not None:
        _watch(name)
    if f"{name}:{_passed[name]}" == _chosen:
        os.killpg(0, signal.SIGKILL)
