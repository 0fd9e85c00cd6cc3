"""Power loss and dying disks: the n-th sync kills the daemon, or fails. strace does it to the real process."""

import signal
import subprocess
import sys

import pytest

from tests.faults.conftest import FaultyOffice
from tests.office import ADDRESS

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]

SYNCS = "fsync,fdatasync"


def once(office: FaultyOffice, fault: str = "") -> subprocess.CompletedProcess[str]:
    """``muhtarlik once`` as a process; ``fault`` is strace's: ``error=EIO:when=3``."""
    command = [sys.executable, "-m", "daemon", "once", "--at", office.now.isoformat()]
    if fault:
        inject = ["-e", f"trace={SYNCS}", "-e", f"inject={SYNCS}:{fault}"]
        command = ["strace", "-f", "-qq", "-o", str(office.config.with_name("trace")), *inject, *command]
    return subprocess.run(
        [*command, "--config", str(office.config)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("when", [6, 12, 20])
def test_power_that_goes_at_a_sync_loses_nothing(office: FaultyOffice, when: int) -> None:
    office.asks()
    died = once(office, f"signal=SIGKILL:when={when}")
    assert died.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}, died.stderr
    assert once(office).returncode == 0
    office.holds_one_request()


def test_a_disk_that_fails_to_sync_is_told_in_a_line_and_nothing_is_taken_for_kept(
    office: FaultyOffice,
) -> None:
    office.turn()
    office.asks()
    failed = once(office, "error=EIO")
    assert failed.returncode == 75, failed.stderr
    assert "Traceback" not in failed.stderr
    assert len(office.servers.mailbox(ADDRESS)) == 1
    assert once(office).returncode == 0
    office.holds_one_request()
