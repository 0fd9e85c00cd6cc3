"""The daemon as a process whose power can be cut, and a clock that it shares with the checker.

A server process imports the daemon once and forks a fresh one for each life: what is tested is the daemon's own
``run``, without a second of imports before each of thousands of deaths.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from daemon import loop, points
from daemon.app import App
from daemon.cli import muhtarlik
from daemon.cli.opening import log_to_stderr
from daemon.cli.turkish import run
from daemon.holidays_tr import days_off
from daemon.resources import shipped
from daemon.settings import load_settings
from daemon.wording import Templates

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__])
_TEMPLATES = Templates([shipped("templates")])
"""Compiled once for all lives: that alone takes ten times what the rest of a start does."""
_TEMPLATES.compile()
days_off(2026)  # loads the package
gc.collect()
gc.freeze()


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment in a file, and the monotonic time at which it was put there: it runs on, and may be put forward."""

    path: Path

    def __call__(self) -> datetime:
        moment, put_at = self.path.read_text().split()
        return datetime.fromisoformat(moment) + timedelta(seconds=time.monotonic() - float(put_at))

    def put(self, moment: datetime) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(f"{moment.isoformat()} {time.monotonic()}")
        new.replace(self.path)


class Daemon:
    """One life of ``muhtarlik run``, from its start to its death."""

    def __init__(self, config: Path, clock: Clock, point: str = "") -> None:
        """It writes what it logs and which points it passes beside its settings; at ``point`` it dies by itself."""
        self._trace = config.with_name("points")
        self._trace.write_text("")
        self._process: BaseProcess = _SERVER.Process(
            target=_live, args=(config, clock, point, config.with_name("log"), self._trace)
        )
        self._process.start()

    def passed(self) -> list[str]:
        """The points that it has passed, in order."""
        return self._trace.read_text().split()

    def await_death(self, seconds: float) -> bool:
        self._process.join(seconds)
        return self._process.exitcode is not None

    def kill(self) -> bool:
        """Cut the power of the whole process group; ``False`` when it had ended by itself."""
        alive = self._process.exitcode is None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        return alive


def command(config: Path, *arguments: str, seconds: float = 120) -> tuple[int, str]:
    """A command of ``muhtarlik`` in a process of its own; its exit code and all that it printed."""
    said = config.with_name("command")
    process = _SERVER.Process(target=_command, args=((*arguments, "--config", str(config)), said))
    process.start()
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise TimeoutError(f"muhtarlik {' '.join(arguments)} hangs: {said.read_text()}")
    return process.exitcode, said.read_text()


def _live(config: Path, clock: Clock, point: str, log: Path, trace: Path) -> None:
    _lead_a_group()
    _print_to(log, os.O_APPEND)
    passed = os.open(trace, os.O_WRONLY | os.O_APPEND)
    points.arm(point, lambda name: os.write(passed, f"{name}\n".encode()))
    log_to_stderr()
    App._templates = _TEMPLATES  # type: ignore[assignment]
    loop.run(load_settings(config), clock)


def _command(arguments: tuple[str, ...], said: Path) -> None:
    _lead_a_group()
    _print_to(said, os.O_TRUNC)
    run(muhtarlik, arguments)


def _print_to(path: Path, how: int) -> None:
    target = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    for descriptor in (1, 2):
        os.dup2(target, descriptor)


def _lead_a_group() -> None:
    """So that all its processes die together; and none outlives the checker (prctl(2), PR_SET_PDEATHSIG)."""
    os.setsid()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
