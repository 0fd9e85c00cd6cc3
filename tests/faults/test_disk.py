"""The disk is full, or lets nobody write: on a small file system of its own."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from tests.faults.conftest import FaultyOffice
from tests.office import ADDRESS
from tests.real.faultproxy import FaultProxy
from tests.real.servers import MailServers

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Six megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a file system")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def office(servers: MailServers, disk: Path) -> Iterator[FaultyOffice]:
    with FaultProxy(servers.imap_port) as imap, FaultProxy(servers.smtp_port) as smtp:
        found = FaultyOffice(servers, disk / "ofis", imap, smtp)
        found.turn()
        yield found
        found.app.__exit__()


def fill(disk: Path) -> Path:
    """Until not a byte is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
    return ballast


def test_on_a_full_disk_mail_stays_in_the_inbox_until_there_is_room(office: FaultyOffice, disk: Path) -> None:
    ballast = fill(disk)
    office.asks()
    tally = office.app.run_until_quiet()
    assert tally.faults
    assert all(isinstance(fault, Temporary) for fault in tally.faults.values())
    assert "disk" in next(iter(tally.faults.values())).reason
    assert len(office.servers.mailbox(ADDRESS)) == 1
    ballast.unlink()
    office.turn()
    office.holds_one_request()


def test_a_disk_that_fills_between_reading_and_writing_loses_nothing(
    office: FaultyOffice, disk: Path
) -> None:
    office.asks()
    for step in ("intake", "reading"):
        office.app.run_step(step)
    ballast = fill(disk)
    office.app.run_until_quiet()
    ballast.unlink()
    office.turn()
    office.holds_one_request()


def test_a_disk_that_became_read_only_is_told_and_work_goes_on_when_it_is_mended(
    office: FaultyOffice, disk: Path
) -> None:
    office.asks()
    office.app.ledger.let_go()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    try:
        tally = office.app.run_until_quiet()
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert tally.faults
    assert all(isinstance(fault, ConfigurationError | Temporary) for fault in tally.faults.values())
    assert len(office.servers.mailbox(ADDRESS)) == 1
    office.turn()
    office.holds_one_request()
