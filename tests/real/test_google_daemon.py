"""The whole daemon on real mail servers, its spreadsheets at Google's stand-in: from mail to closure, and kills."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bench.watch import await_letters, processes
from tests.office import ADDRESS, mail, make_office
from tests.real.servers import MailServers
from tests.real.test_daemon import HEADMAN, TEXT, Daemon
from tests.sheets.google_people import GoogleUser
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("daemon"), pytest.mark.timeout(300)]

_GOOGLE = """\
[sheets]
backend = "google"
quiet_seconds = 0
[sheets.google]
folder = "{folder}"
endpoint = "{endpoint}"
calls_per_minute = 10000
"""
FEN = "Fen İşleri Müdürlüğü"


@pytest.fixture
def google() -> Iterator[SheetsServer]:
    with SheetsServer(
        quotas=None, drive_lag=timedelta(0)
    ) as running:  # outside working hours Drive's word counts
        yield running


@pytest.fixture
def config(servers: MailServers, google: SheetsServer, tmp_path: Path) -> Path:
    servers.clear(ADDRESS)
    path = make_office(tmp_path / "ofis", servers)
    account = ServiceAccount.make(google)
    account.write(path.with_name("service-account.json"))
    drive = google.add_shared_drive("Muhtarlık", [(account.email, "fileOrganizer")])
    path.write_text(path.read_text() + _GOOGLE.format(folder=drive, endpoint=google.url))
    return path


@pytest.fixture
def daemon(config: Path) -> Iterator[Daemon]:
    running = Daemon(config)
    yield running
    running.close()


def fen(google: SheetsServer) -> GoogleUser:
    return GoogleUser(google, lambda: next(key for key, book in google.books.items() if book.title == FEN))


def the_row(google: SheetsServer) -> list[object]:
    """The only request's row in the directorate's spreadsheet; empty while it is not there."""
    with google.lock:
        if FEN not in {book.title for book in google.books.values()}:
            return []
        titles = {each["properties"]["title"] for each in fen(google).book.resource()["sheets"]}
        grid = fen(google).grid("Talepler") if "Talepler" in titles else []
    rows = [row for row in grid[1:] if str(row[0]).startswith("MHT")]
    assert len(rows) <= 1, rows
    return rows[0] if rows else []


def wait_until(holds: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.2)


def test_from_mail_to_closure_with_a_spreadsheet_at_google(
    daemon: Daemon, servers: MailServers, google: SheetsServer, config: Path
) -> None:
    daemon.await_state("READY=1")
    servers.deliver(ADDRESS, mail(HEADMAN, "Asfalt", TEXT))
    await_letters(config, "headman/confirmation", 1, seconds=60)
    wait_until(lambda: the_row(google))
    fen(google).put("Talepler", 2, "Durum", "Tamamlandı")
    fen(google).put("Talepler", 2, "Sonuç", "Yama yapıldı.")
    await_letters(config, "headman/closure", 1, seconds=150)
    code, seconds = daemon.stop()
    assert (code, seconds < 5) == (0, True)


def test_letters_go_out_while_google_is_away_and_the_row_follows(
    daemon: Daemon, servers: MailServers, google: SheetsServer, config: Path
) -> None:
    google.faults.add(Fault("cut_before", times=0))
    daemon.await_state("READY=1")
    servers.deliver(ADDRESS, mail(HEADMAN, "Asfalt", TEXT))
    await_letters(config, "headman/confirmation", 1, seconds=60)
    assert the_row(google) == []
    google.faults.clear()
    wait_until(lambda: the_row(google), 200)


def test_the_spreadsheets_process_is_started_anew_when_it_is_killed(
    daemon: Daemon, servers: MailServers, google: SheetsServer, config: Path
) -> None:
    daemon.await_state("READY=1")
    wait_until(lambda: len(processes(daemon.process.pid)) == 2)
    os.kill(processes(daemon.process.pid)[1], signal.SIGKILL)
    servers.deliver(ADDRESS, mail(HEADMAN, "Asfalt", TEXT))
    wait_until(lambda: the_row(google))
