"""The shipped units under a real systemd, with all of their hardening: credentials, mail, scans, watchdog."""

import shutil
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.office import ADDRESS, mail, make_office
from tests.real.servers import MailServers
from tests.real.systemd import ROOT, Systemd, why_not
from tests.scans import files

HEADMAN = "19-mayis.muhtari@example.com"
UNITS = ROOT / "systemd"
STATE = "/var/lib/muhtarlik"
pytestmark = [
    pytest.mark.real,
    pytest.mark.xdist_group("units"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]


@pytest.fixture
def servers() -> Iterator[MailServers]:
    with MailServers() as running:
        yield running


@pytest.fixture
def systemd(tmp_path: Path, servers: MailServers) -> Iterator[Systemd]:
    """The office installed as the README says."""
    with Systemd(tmp_path / "machine") as running:
        running.run(f"useradd --system --home-dir {STATE} --shell /usr/sbin/nologin muhtarlik")
        office, target = tmp_path / "office", running.files / "etc/muhtarlik"
        target.mkdir(mode=0o750)
        settings = make_office(office, servers).read_text()
        for own, there in (
            (str(servers.ca_file), "/etc/muhtarlik/ca.pem"),
            ('"ledger.db"', f'"{STATE}/ledger.db"'),
            ('"tablolar"', f'"{STATE}/tablolar"'),
        ):
            settings = settings.replace(own, there)
        settings += f'\n[files]\nfolder = "{STATE}/ekler"\n'
        (target / "muhtarlik.toml").write_text(settings)
        shutil.copy(servers.ca_file, target / "ca.pem")
        for name in ("mappings.yaml", "imap-password", "smtp-password"):
            shutil.copy(office / name, target)
        running.run("chown -R root:muhtarlik /etc/muhtarlik; chmod 640 /etc/muhtarlik/*")
        running.run("chmod 600 /etc/muhtarlik/*-password; chown root:root /etc/muhtarlik/*-password")
        running.install(UNITS / "muhtarlik.service")
        yield running


def subjects(servers: MailServers, count: int) -> list[str]:
    letters = servers.await_mail(HEADMAN, count, seconds=60)
    return [str(message_from_bytes(raw, policy=default)["Subject"]) for raw in letters]


def petition() -> bytes:
    scan = ("dilekce.pdf", files.pdf([files.scan(0).picture]))
    return mail(HEADMAN, "Dilekçe", "Dilekçemiz ektedir.", attachment=scan)


def test_the_daemon_does_its_work_under_its_unit(systemd: Systemd, servers: MailServers) -> None:
    systemd.run("systemctl start muhtarlik")
    assert systemd.shown("muhtarlik", "StatusText") == "Çalışıyor"
    road = "Okulun önündeki yolda asfalt çöktü, yama yapılmasını arz ederim."
    servers.deliver_many(ADDRESS, [mail(HEADMAN, "Yol", road), petition()])
    told = subjects(servers, 2)
    assert any("Talebiniz kayda alındı: Yol" in subject for subject in told)
    assert any("Metruk" in subject for subject in told), "read from the scan, in a process of its own"
    assert (systemd.files / f"{STATE.lstrip('/')}/tablolar/fen.xlsx").exists()
    systemd.run("systemctl stop muhtarlik")
    assert systemd.shown("muhtarlik", "Result") == "success"


def test_a_daemon_that_hangs_is_started_anew_by_the_watchdog(systemd: Systemd) -> None:
    drop_in = systemd.files / "etc/systemd/system/muhtarlik.service.d"
    drop_in.mkdir()
    (drop_in / "watchdog.conf").write_text("[Service]\nWatchdogSec=4\nRestartSec=1\nTimeoutAbortSec=2\n")
    systemd.run("systemctl daemon-reload; systemctl start muhtarlik")
    time.sleep(6)
    assert systemd.shown("muhtarlik", "NRestarts") == "0", "it lives, and says so"
    hung = systemd.shown("muhtarlik", "MainPID")
    systemd.run(f"kill -STOP {hung}")
    until = time.monotonic() + 40
    while systemd.shown("muhtarlik", "NRestarts") == "0" and time.monotonic() < until:
        time.sleep(0.5)
    systemd.run("systemctl is-active --quiet muhtarlik || systemctl start muhtarlik")
    assert systemd.shown("muhtarlik", "NRestarts") == "1"
    assert systemd.shown("muhtarlik", "MainPID") not in {hung, "0"}


def test_scans_are_read_by_a_unit_without_network(systemd: Systemd, servers: MailServers) -> None:
    systemd.install(UNITS / "muhtarlik-scans.service", UNITS / "muhtarlik.service.d")
    systemd.run("systemctl start muhtarlik muhtarlik-scans")
    reader = systemd.shown("muhtarlik-scans", "MainPID")
    network = systemd.run(f"tail -n +3 /proc/{reader}/net/dev").split()
    assert [word for word in network if word.endswith(":")] in ([], ["lo:"])
