"""The daemon as a process whose power can be cut.

A server process imports the daemon once and forks a fresh one for each life: what is tested is the daemon's own
``run``, without a second of imports before each of thousands of deaths. A share of the lives starts cold, from the
command line (``cold.py``).
"""

import ctypes
import gc
import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

from daemon import loop, points
from daemon.app import App
from daemon.cli import muhtarlik
from daemon.cli.logs import log_to_stderr
from daemon.cli.turkish import run
from daemon.holidays_tr import days_off
from daemon.resources import shipped
from daemon.settings import load_settings
from daemon.wording import Templates
from tests.crash.clock import Clock

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__])
_TEMPLATES = Templates([shipped("templates")])
"""Compiled once for all lives: that alone takes ten times what the rest of a start does."""
_TEMPLATES.compile()
days_off(2026)  # loads the package
for _name in (
    "gspread",
    "google.auth.transport.requests",
    "google.oauth2.service_account",
    "pypdfium2",
    "pikepdf",
):
    importlib.import_module(_name)  # what a turn of the spreadsheets or of the scans loads
gc.collect()
gc.freeze()


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


class ColdDaemon:
    """As :class:`Daemon`, started as an office's machine does: a fresh interpreter and the command line."""

    def __init__(self, config: Path, clock: Clock, point: str = "") -> None:
        self._trace = config.with_name("points")
        self._trace.write_text("")
        with config.with_name("log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.cold", config, clock.path, self._trace, point, "run"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[2],
                start_new_session=True,
            )

    def await_first_point(self, seconds: float) -> None:
        """Until its imports are over: deaths among them would all be the same."""
        until = time.monotonic() + seconds
        while not self.passed() and self._process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)

    def passed(self) -> list[str]:
        return self._trace.read_text().split()

    def await_death(self, seconds: float) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def kill(self) -> bool:
        alive = self._process.poll() is None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return alive


def warm_up() -> None:
    """Until the server stands that daemons are forked from: its imports take seconds."""
    process = _SERVER.Process(target=os.getpid)
    process.start()
    process.join()


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
    """So that all its processes die together; and none outlives the checker."""
    os.setsid()
    end_with_parent()


def end_with_parent() -> None:
    """However that ends (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
