"""The daemon as systemd runs it: ready, at work, watched, stopped; and what happens when its parts are killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.bench import watch
from tests.bench.watch import await_letters, processes
from tests.office import ADDRESS, mail, make_office
from tests.real.servers import MailServers
from tests.scans.files import typed_pdf

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("daemon"), pytest.mark.timeout(300)]

TEXT = "Yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
HEADMAN = "atapark.muhtari@example.com"
PETITION = """ATAPARK MAHALLESİ MUHTARLIĞI

Tarih: 12.10.2026
Konu: Asfalt yama talebi

BELEDİYE BAŞKANLIĞINA
(Muhtarlık İşleri Müdürlüğü)

Mahallemiz Çınar Sokak'ta asfalt bozulmuş, derin çukurlar oluşmuştur. Yama yapılmasını arz ederim.

Fatma Demirtepe
Atapark Mahallesi Muhtarı
Tel: 0500 000 03 14
"""


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


def test_scans_may_be_read_by_a_process_without_network(servers: MailServers, tmp_path: Path) -> None:
    """As muhtarlik-scans.service runs it, beside a daemon that leaves the scans alone."""
    servers.clear(ADDRESS)
    config = make_office(tmp_path / "ofis", servers)
    config.write_text(config.read_text() + '[scans]\nfolder = "taramalar"\n')
    folder = config.with_name("taramalar")
    folder.mkdir()
    main = [sys.executable, "-m", "daemon", "run", "--config", str(config), "--only", "mail,sheets,learning"]
    with watch.daemon(config, "--only", "mail,sheets,learning") as mail_too:
        watch.until_ready(mail_too)
        second = subprocess.run(main, capture_output=True, text=True, check=False)
        assert second.returncode == 75
        apart = ["unshare", "--net", sys.executable, "-m", "daemon", "run", "--config", str(config)]
        with subprocess.Popen([*apart, "--only", "scans"], stderr=subprocess.PIPE, text=True) as scans:
            try:
                watch.until_ready(scans)
                third = subprocess.run(
                    [*apart[2:], "--only", "scans"], capture_output=True, text=True, check=False
                )
                assert third.returncode == 75
                assert "taramalarını başka bir muhtarlik okuyor" in third.stderr
                (folder / "dilekce.pdf").write_bytes(typed_pdf(PETITION))
                watch.await_letters(config, "headman/confirmation", 1, seconds=90)
            finally:
                scans.terminate()
    assert [path.name for path in (folder / "Islenenler").iterdir()] == ["dilekce.pdf"]


def hang_a_workbook(config: Path) -> Path:
    """A network drive that never answers: whoever opens the file waits for ever. Returns the file."""
    workbook = config.with_name("tablolar") / "fen.xlsx"
    _until(workbook.exists)
    workbook.rename(workbook.with_suffix(".away"))
    os.mkfifo(workbook)
    return workbook


def test_a_spreadsheet_that_hangs_delays_no_confirmation(
    daemon: Daemon, servers: MailServers, tmp_path: Path
) -> None:
    config = tmp_path / "ofis" / "muhtarlik.toml"
    daemon.await_state("READY=1")
    hang_a_workbook(config)
    _until(lambda: _children(daemon))
    servers.deliver(ADDRESS, mail(HEADMAN, "Asfalt", TEXT))
    await_letters(config, "headman/confirmation", 1, seconds=20)
    assert daemon.stop()[1] < 5


def test_the_spreadsheets_get_another_turn_when_one_is_killed(
    daemon: Daemon, servers: MailServers, tmp_path: Path
) -> None:
    config = tmp_path / "ofis" / "muhtarlik.toml"
    daemon.await_state("READY=1")
    workbook = hang_a_workbook(config)
    [child] = _until(lambda: _children(daemon))
    time.sleep(1)  # so that it is inside its turn
    os.kill(child, signal.SIGKILL)
    workbook.unlink()
    workbook.with_suffix(".away").rename(workbook)
    servers.deliver(ADDRESS, mail(HEADMAN, "Asfalt", TEXT))
    before = workbook.stat().st_mtime_ns
    _until(lambda: workbook.stat().st_mtime_ns != before)
    assert daemon.process.poll() is None


def test_at_rest_the_daemon_is_one_process(daemon: Daemon, tmp_path: Path) -> None:
    daemon.await_state("READY=1")
    _until((tmp_path / "ofis" / "tablolar" / "zabita.xlsx").exists)
    _until(lambda: all(not _children(daemon) for _ in range(20) if not time.sleep(0.1)))


def test_no_process_outlives_a_killed_daemon(daemon: Daemon, tmp_path: Path) -> None:
    daemon.await_state("READY=1")
    hang_a_workbook(tmp_path / "ofis" / "muhtarlik.toml")
    [child] = _until(lambda: _children(daemon))
    daemon.process.kill()
    daemon.process.wait()
    _until(lambda: not Path(f"/proc/{child}").exists())


def _until(asked: Callable[[], Any], *, seconds: float = 90.0) -> Any:
    """What ``asked`` says once it says something."""
    deadline = time.monotonic() + seconds
    while not (answer := asked()):
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)
    return answer


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
