"""Google's spreadsheets: the contract, races, time-outs, rights, quotas; against the stand-in over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.mappings import OfficeFacts, load_mappings
from daemon.ports import Workbook
from daemon.resources import shipped
from tests.sheets.contract import WorkbookContract
from tests.sheets.google_people import GoogleOffice, GoogleUser, small_registry
from tests.sheets_server.server import SheetsServer

MAPPINGS = load_mappings(
    shipped("mappings.yaml"),
    OfficeFacts("Örnek Belediyesi Muhtarlık", "muhtarlik@ornek.bel.tr", "mudur@ornek.bel.tr"),
)


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer(quotas=None) as running:
        yield running


@pytest.fixture
def office(server: SheetsServer, tmp_path: Path) -> GoogleOffice:
    office = GoogleOffice(server, tmp_path, small_registry(MAPPINGS.office.registry, ("fen", "park")))
    drive = server.add_shared_drive("Muhtarlık", [(office.email, "fileOrganizer")])
    office.drive = drive
    office.another_process()
    return office


@pytest.fixture
def workbook(office: GoogleOffice) -> Workbook:
    return office.google.all(office.registry, MAPPINGS.categories)["fen"]


@pytest.fixture
def person(office: GoogleOffice) -> GoogleUser:
    return GoogleUser(office.server, lambda: office.notes.get("google/where/fen"))


class TestGoogleWorkbook(WorkbookContract):
    """Nothing of its own: the contract."""
