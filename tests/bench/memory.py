"""Peak memory of a program under measurement, without what others had.

``ru_maxrss`` will not do: a forked child inherits its parent's, and keeps it over exec(2). ``VmHWM`` in proc(5) belongs
to the address space, which exec(2) makes anew. Where several processes work together, what counts is the sum of their
proportional sizes (Pss: pages that are shared count once), and that has no high-water mark: it is sampled.
"""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bench import watch

EVERY = 0.25
"""Seconds between two samples: the kernel counts a process's pages under that process's own lock, some milliseconds for
each, so frequent looks would slow down whoever has many."""


def peak_mb(pid: int | str = "self") -> float:
    """The most that a process has had in memory (its resident set) since it began or last called exec(2)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


class Sampled:
    """Watches a process and its children from a thread: ``together_mb`` is the highest sum of their Pss seen,
    ``largest_mb`` the highest VmHWM of a child."""

    def __init__(self, pid: int, *, every: float = EVERY) -> None:
        self.together_mb = self.largest_mb = 0.0
        self._pid = pid
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(self._every):
            with suppress(OSError):  # it has ended meanwhile
                self._look()

    def _look(self) -> None:
        together = 0.0
        for pid in watch.processes(self._pid):
            with suppress(OSError):  # a child that has ended meanwhile
                together += watch.proportional_kb(pid) / 1024
                if pid != self._pid:
                    self.largest_mb = max(self.largest_mb, peak_mb(pid))
        self.together_mb = max(self.together_mb, together)


def run_watched(module: str, *arguments: str, every: float = EVERY) -> tuple[str, Sampled]:
    """What a module of ours printed, run as a program of its own, and its memory as seen from here: the thread that
    samples is not in the way of what is measured."""
    command = [sys.executable, "-m", module, *arguments]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        Sampled(process.pid, every=every) as sampled,
    ):
        printed, _ = process.communicate()
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return printed, sampled
