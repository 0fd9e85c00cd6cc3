"""One person, and what is past its time, out of everything: ledger file, attachments, sheets. The chain holds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import load_workbook

from daemon.app import App
from daemon.cli import muhtarlik
from daemon.domain.mail import Arrival
from daemon.domain.registry import Neighbourhood
from daemon.erasing import erase_expired, erase_person
from daemon.ports.records import RequestFilter
from daemon.resources import shipped
from daemon.settings import Settings
from tests.outbox import send_all
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer

NOW = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
LATER = datetime(2029, 1, 10, 8, 0, tzinfo=UTC)
ROAD = "Çınar Sokak önünde asfalt çöktü, derin çukurlar oluştu; asfalt yama yapılmasını arz ederim."


@cache
def _few_directorates() -> str:
    """The shipped office with two directorates only: each has a workbook to be written."""
    whole = yaml.safe_load(shipped("mappings.yaml").read_text(encoding="utf-8"))
    codes = {"fen", "muhtarlik-isleri"}
    whole["directorates"] = [d for d in whole["directorates"] if d["code"] in codes]
    names = codes | {d["name"] for d in whole["directorates"]}
    whole["categories"] = [c for c in whole["categories"] if c.get("directorate") in names]
    whole["neighbourhoods"] = whole["neighbourhoods"][:4]
    known = {c["name"] for c in whole["categories"]}
    terms = whole.get("deadlines", {}).get("categories", {})
    whole.get("deadlines", {})["categories"] = {k: v for k, v in terms.items() if k in known}
    return yaml.safe_dump(whole, allow_unicode=True)


class Office:
    def __init__(self, folder: Path, **sections: object) -> None:
        self.folder, self.now = folder, NOW
        (folder / "mappings.yaml").write_text(_few_directorates(), encoding="utf-8")
        server = {"host": "localhost", "user": "muhtarlik"}
        office = {"name": "Örnek", "address": "muhtarlik@ornek.bel.tr", "manager": "m@ornek.bel.tr"}
        settings = Settings.model_validate(
            {"office": office, "imap": server, "smtp": server, **sections}, context={"folder": folder}
        )
        self.app = App(settings, lambda: self.now)
        places = [p for p in self.app.office.registry.neighbourhoods if p.headman.emails and p.headman.phones]
        self.gone, self.other = places[0], places[1]

    def asks(self, place: Neighbourhood, text: str = ROAD, attachment: bytes = b"") -> None:
        message = EmailMessage()
        message["From"] = f"{place.headman.name} <{place.headman.emails[0]}>"
        message["To"] = "muhtarlik@ornek.bel.tr"
        message["Subject"] = "Asfalt yama"
        message["Message-ID"] = f"<{sha256(text.encode()).hexdigest()[:8]}@example.com>"
        message.set_content(text)
        if attachment:
            message.add_attachment(attachment, maintype="application", subtype="pdf", filename="dilekce.pdf")
        raw = message.as_bytes()
        digest = sha256(raw).hexdigest()
        with self.app.ledger.transaction() as tx:
            tx.keep_arrivals([Arrival("file", digest, digest, self.now, raw)], self.now)
        self.app.run_step("reading")
        self.app.run_step("scans")
        self.app.run_step("sheets")

    def sends(self) -> None:
        send_all(self.app, self.now)

    def bytes_everywhere(self) -> bytes:
        """All that lies on the disk, workbooks unpacked; without the mappings, which are the office's own."""
        found = []
        for path in sorted(self.folder.rglob("*")):
            if path.suffix == ".xlsx" and ".muhtarlik" not in path.parts:
                found += [
                    str(c.value).encode() for ws in load_workbook(path) for row in ws.iter_rows() for c in row
                ]
            elif path.is_file() and path.suffix not in {".yaml", ".xlsx", ".db-shm"}:
                found.append(path.read_bytes())
        return b"\n".join(found)

    def traces(self, place: Neighbourhood) -> list[str]:
        held = self.bytes_everywhere()
        return [
            said
            for said in (place.headman.name, place.headman.emails[0], place.headman.phones[0])
            if said.encode() in held
        ]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    with opened.app:
        yield opened


def test_a_person_is_erased_everywhere_and_the_history_still_verifies(office: Office) -> None:
    gone = office.gone.headman
    office.asks(office.gone, f"{ROAD}\n\n{gone.name}\n{gone.phones[0]}", attachment=b"%PDF-1.4 dilekce")
    office.asks(office.other, f"{ROAD} Komşu muhtar {gone.name} ({gone.emails[0]}) da şikâyetçi.")
    office.sends()
    assert len(office.traces(office.gone)) == 3
    erased = erase_person(office.app, gone.name, dry_run=False)
    assert office.traces(office.gone) == []
    assert len(office.traces(office.other)) >= 2
    assert office.app.verify_history()[1] is None
    assert erased.counts["talep"] == 2
    assert erased.counts["ek dosya"] == 1
    assert not list(office.app.settings.files.folder.rglob("*.pdf"))
    assert any("mappings.yaml" in line for line in erased.left)
    with office.app.ledger.view() as view:
        assert len(view.requests(RequestFilter())) == 2


def test_copies_in_drive_go_with_the_person_or_as_soon_as_google_can_be_reached(tmp_path: Path) -> None:
    with SheetsServer(quotas=None) as server:
        account = ServiceAccount.make(server)
        account.write(tmp_path / "service-account.json")
        drive = server.add_shared_drive("Muhtarlık", [(account.email, "organizer")])
        google = {"folder": drive, "endpoint": server.url, "calls_per_minute": 10_000}
        office = Office(tmp_path, sheets={"backend": "google", "google": google})
        with office.app:
            office.asks(office.gone, f"{ROAD}\n\n{office.gone.headman.name}", attachment=b"%PDF-1.4 dilekce")
            assert "dilekce.pdf" in [file.name for file in server.drive.files.values()]
            server.faults.add(Fault("error", 503, verb="DELETE", times=0))
            erased = erase_person(office.app, office.gone.headman.name, dry_run=False)
            assert any("1 ekin Google Drive’daki kopyası henüz silinemedi" in line for line in erased.left)
            server.faults.clear()
            office.app.workbooks._calls._not_before = 0.0  # type: ignore[attr-defined]
            office.now += timedelta(minutes=61)
            office.app.run_step("sheets")
            assert "dilekce.pdf" not in [file.name for file in server.drive.files.values()]
            again = erase_person(office.app, office.gone.headman.name, dry_run=False)
            assert not any("henüz silinemedi" in line for line in again.left)


def test_what_was_erased_does_not_come_in_a_second_time(office: Office) -> None:
    office.asks(office.gone)
    erase_person(office.app, office.gone.headman.emails[0], dry_run=False)
    office.asks(office.gone)
    with office.app.ledger.view() as view:
        assert len(view.requests(RequestFilter())) == 1


def test_a_dry_run_tells_the_same_figures_and_changes_nothing(office: Office) -> None:
    office.asks(office.gone, f"{ROAD}\n{office.gone.headman.name}", attachment=b"%PDF-1.4 x")
    traces = office.traces(office.gone)
    told = erase_person(office.app, office.gone.headman.name, dry_run=True)
    assert office.traces(office.gone) == traces
    assert list(office.app.settings.files.folder.rglob("*.pdf"))
    assert any("henüz gönderilmedi" in line for line in told.left)
    assert erase_person(office.app, office.gone.headman.name, dry_run=False).counts == told.counts


def test_what_is_past_its_time_goes_and_the_rest_stays(office: Office) -> None:
    office.asks(office.gone, f"{ROAD}\n{office.gone.headman.name}", attachment=b"%PDF-1.4 x")
    office.sends()
    with office.app.ledger.transaction() as tx:
        (request,) = tx.requests(RequestFilter())
        tx.save_request(_closed(request))
    office.now = LATER
    office.asks(office.other, f"{ROAD} Yeni.", attachment=b"%PDF-1.4 y")
    path = office.folder / "mappings.yaml"
    path.write_text(
        path.read_text()
        + "\nretention: {mail_months: 12, attachment_months: 12, closed_request_months: 24}\n"
    )
    office.app.refresh_mappings()
    told = erase_expired(office.app, dry_run=True)
    erased = erase_expired(office.app, dry_run=False)
    assert told.counts == erased.counts
    # the mail counts twice: once for its words, once for its scan
    assert (erased.counts["talep"], erased.counts["ek dosya"], erased.counts["gelen ileti"]) == (1, 1, 2)
    assert office.traces(office.gone) == []
    assert len(office.traces(office.other)) >= 2
    assert office.app.verify_history()[1] is None
    assert erase_expired(office.app, dry_run=False).total == 0


def _closed(request):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    from daemon.domain.request import Status

    return replace(request, status=Status.DONE, result="Yama yapıldı.", closed_at=NOW)


@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
def test_the_command_writes_a_certificate_that_names_nobody_in_full(office: Office, suffix: str) -> None:
    office.asks(office.gone)
    config = office.folder / "muhtarlik.toml"
    config.write_text(
        '[office]\nname = "Örnek Müdürlüğü"\naddress = "muhtarlik@ornek.bel.tr"\nmanager = "m@ornek.bel.tr"\n'
        '[imap]\nhost = "localhost"\nuser = "m"\n[smtp]\nhost = "localhost"\n'
    )
    office.app.ledger.close()
    out = office.folder / f"tutanak{suffix}"
    done = CliRunner().invoke(
        muhtarlik, ["--config", str(config), "erase", office.gone.headman.emails[0], "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert "SİLME TUTANAĞI" in done.output
    assert office.gone.headman.emails[0] not in done.output
    assert out.stat().st_mode & 0o077 == 0
    assert out.stat().st_size > 300


@pytest.mark.parametrize("arguments", [[], ["Ali Veli", "--expired"]])
def test_one_person_or_what_is_past_its_time_but_not_both(office: Office, arguments: list[str]) -> None:
    assert CliRunner().invoke(muhtarlik, ["erase", *arguments]).exit_code == 2
