"""The daemon as systemd runs it: ready, at work, watched, stopped; and what happens when its parts are killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.bench.watch import await_letters, processes
from tests.office import ADDRESS, mail, make_office
from tests.real.servers import MailServers

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("daemon"), pytest.mark.timeout(300)]

TEXT = "Yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
HEADMAN = "atapark.muhtari@example.com"


class Daemon:
    """``muhtarlik run`` with a notification socket, as systemd would start it."""

    def __init__(self, config: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(config.with_name("notify")))
        self.socket.settimeout(90)
        environment = os.environ | {
            "NOTIFY_SOCKET": str(config.with_name("notify")),
            "WATCHDOG_USEC": "4000000",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daemon", "run", "--config", str(config)],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def await_state(self, word: str) -> None:
        while word not in self.socket.recv(4096).decode():
            pass

    def stop(self) -> tuple[int, float]:
        """SIGTERM; the exit code, and the seconds that it took."""
        started = time.monotonic()
        self.process.terminate()
        code = self.process.wait(30)
        return code, time.monotonic() - started

    def close(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.communicate()
        self.socket.close()


@pytest.fixture
def daemon(servers: MailServers, tmp_path: Path) -> Iterator[Daemon]:
    servers.clear(ADDRESS)
    running = Daemon(make_office(tmp_path / "ofis", servers))
    yield running
    running.close()


def test_it_says_when_it_is_ready_works_and_stops_within_five_seconds(
    daemon: Daemon, servers: MailServers, tmp_path: Path
) -> None:
    daemon.await_state("READY=1")
    servers.deliver(ADDRESS, mail(HEADMAN, "Asfalt", TEXT))
    await_letters(tmp_path / "ofis" / "muhtarlik.toml", "headman/confirmation", 1, seconds=60)
    daemon.await_state("WATCHDOG=1")
    code, seconds = daemon.stop()
    assert code == 0
    assert seconds < 5
    daemon.await_state("STOPPING=1")


def test_a_second_daemon_on_the_same_ledger_is_told_and_goes(daemon: Daemon, tmp_path: Path) -> None:
    daemon.await_state("READY=1")
    config = str(tmp_path / "ofis" / "muhtarlik.toml")
    second = subprocess.run(
        [sys.executable, "-m", "daemon", "run", "--config", config],
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 75
    assert "başka bir muhtarlik çalışıyor" in second.stderr
    assert "Traceback" not in second.stderr


def test_the_spreadsheet_process_is_started_again_when_it_dies(
    daemon: Daemon, servers: MailServers, tmp_path: Path
) -> None:
    daemon.await_state("READY=1")
    [child] = _children(daemon)
    os.kill(child, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while (found := _children(daemon)) in ([], [child]) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert found
    assert found != [child]
    assert daemon.process.poll() is None


def test_no_process_outlives_a_killed_daemon(daemon: Daemon) -> None:
    daemon.await_state("READY=1")
    [child] = _children(daemon)
    daemon.process.kill()
    daemon.process.wait()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not Path(f"/proc/{child}").exists()


def _children(daemon: Daemon) -> list[int]:
    """Living children of the daemon itself."""
    found = processes(daemon.process.pid)[1:]
    parents = {pid: _parent(pid) for pid in found}
    return [pid for pid, parent in parents.items() if parent == daemon.process.pid]


def _parent(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[1])
