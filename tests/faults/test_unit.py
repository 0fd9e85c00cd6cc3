"""The systemd unit: sound, closed to what it does not need, and heard of while it works."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from daemon.resources import shipped
from tests.faults.conftest import TEXT, FaultyOffice
from tests.office import ADDRESS, mail

UNIT = shipped("systemd") / "muhtarlik.service"

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def test_the_unit_is_sound_and_its_exposure_is_low(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    program = shutil.which("true")
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={program}", UNIT.read_text(), flags=re.M))
    verified = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert verified.stdout + verified.stderr == ""
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", unit]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert exposure is not None
    assert float(exposure[1]) <= 1.5


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
