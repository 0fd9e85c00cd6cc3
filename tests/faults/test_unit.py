"""The systemd unit: sound, closed to what it does not need, and heard of while it works."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from daemon.loop import GROUPS
from daemon.resources import shipped
from tests.faults.conftest import TEXT, FaultyOffice
from tests.office import ADDRESS, mail

UNITS = {name: shipped("systemd") / f"{name}.service" for name in ("muhtarlik", "muhtarlik-scans")}

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


@pytest.mark.parametrize("name", UNITS)
def test_the_unit_is_sound_and_its_exposure_is_low(tmp_path: Path, name: str) -> None:
    unit = tmp_path / UNITS[name].name
    program = shutil.which("true")
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={program}", UNITS[name].read_text(), flags=re.M))
    verified = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert verified.stdout + verified.stderr == ""
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", unit]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert exposure is not None
    assert float(exposure[1]) <= 1.5


def test_the_scans_have_no_network_and_the_daemon_leaves_them_alone(tmp_path: Path) -> None:
    scans = UNITS["muhtarlik-scans"].read_text()
    assert "PrivateNetwork=yes" in scans
    assert "LoadCredential" not in scans
    drop_in = (shipped("systemd") / "muhtarlik.service.d" / "scans-apart.conf").read_text()
    [steps] = re.findall(r"^ExecStart=.*--only (\S+)$", drop_in, flags=re.M)
    assert set(steps.split(",")) == set(GROUPS) - {"scans"}


def test_a_long_day_s_work_is_no_hanging_step(office: FaultyOffice) -> None:
    """The watchdog hears of the work while it is under way: in fetching, reading and sending."""
    heard: list[str] = []
    run = office.app.run_step
    for n in range(60):
        office.servers.deliver(ADDRESS, mail(office.headman, f"Asfalt {n}", f"{n}. sokak: {TEXT}"))
    for step in ("intake", "reading", "sending"):
        office.app.pulse = lambda step=step: heard.append(step)  # type: ignore[misc]
        run(step)
    assert {step: heard.count(step) >= 2 for step in heard} == {
        "intake": True,
        "reading": True,
        "sending": True,
    }
