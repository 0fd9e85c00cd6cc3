"""Commands with the spreadsheets at Google: what they say to somebody who sets it up for the first time."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.test_commands import _SETTINGS, Muhtarlik
from tests.commands import muhtarlik
from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.server import SheetsServer

_GOOGLE = """\
[sheets]
backend = "google"
[sheets.google]
folder = "{folder}"
endpoint = "{endpoint}"
calls_per_minute = 10000
"""
_MAPPINGS = """\
office_staff: [buro@ornek.bel.tr]
home_directorate: muhtarlik-isleri
directorates:
  - code: fen
    name: Fen İşleri Müdürlüğü
    manager: fen.mudur@ornek.bel.tr
    liaisons: [{name: Veli Örnek, email: veli@ornek.bel.tr}]
  - code: muhtarlik-isleri
    name: Muhtarlık İşleri Müdürlüğü
    manager: can@ornek.bel.tr
    liaisons: [{name: Cem Örnek, email: cem@ornek.bel.tr}]
neighbourhoods:
  - name: Atapark
    headman: {name: Ayşe Örnek, emails: [ayse@example.com]}
categories:
  - name: Yol
    directorate: fen
    words: {asfalt: 3, cukur: 3}
"""


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer(quotas=None) as running:
        yield running


@pytest.fixture
def account(server: SheetsServer, tmp_path: Path) -> ServiceAccount:
    made = ServiceAccount.make(server)
    made.write(tmp_path / "service-account.json")
    return made


def office(folder: Path, server: SheetsServer, drive: str) -> Muhtarlik:
    (folder / "mappings.yaml").write_text(_MAPPINGS)
    (folder / "parola").write_text("gizli\n")
    (folder / "parola").chmod(0o600)
    settings = _SETTINGS + _GOOGLE.format(folder=drive, endpoint=server.url)
    (folder / "muhtarlik.toml").write_text(settings)
    return partial(muhtarlik, config=folder / "muhtarlik.toml")


def titles(server: SheetsServer) -> set[str]:
    return {book.title for book in server.books.values()}


def test_without_a_shared_drive_people_are_told_exactly_what_to_make_and_share(
    tmp_path: Path, server: SheetsServer, account: ServiceAccount
) -> None:
    done = office(tmp_path, server, "")("setup-sheets")
    assert done.returncode == 1
    told = done.stdout + done.stderr
    for title in ("Fen İşleri Müdürlüğü", "Muhtarlık İşleri Müdürlüğü"):
        assert f"“{title}” adlı bir Google tablosu" in told
    assert account.email in told


def test_spreadsheets_that_people_made_are_found_by_their_names_and_furnished(
    tmp_path: Path, server: SheetsServer, account: ServiceAccount
) -> None:
    names = (
        "Fen İşleri Müdürlüğü", "muhtarlık işleri müdürlüğü", "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü",
    )  # fmt: skip
    made = [server.add_spreadsheet(name, shared_with=[account.email]) for name in names]
    done = office(tmp_path, server, "")("setup-sheets")
    assert done.returncode == 0, done.stdout + done.stderr
    sheets = [each["properties"]["title"] for each in server.books[made[0]].resource()["sheets"]]
    assert sheets[:2] == ["Talepler", "Arşiv"]
    assert "Sheet1" not in sheets


def test_a_shared_drive_gets_everything_and_a_second_run_changes_nothing(
    tmp_path: Path, server: SheetsServer, account: ServiceAccount
) -> None:
    drive = server.add_shared_drive("Muhtarlık", [(account.email, "fileOrganizer")])
    muhtarlik = office(tmp_path, server, drive)
    assert muhtarlik("setup-sheets").returncode == 0
    assert titles(server) >= {"Fen İşleri Müdürlüğü", "Muhtarlık İşleri Müdürlüğü"}
    fen = next(key for key, book in server.books.items() if book.title == "Fen İşleri Müdürlüğü")
    people = {each.address for each in server.drive.files[fen].permissions.values()}
    assert people >= {"veli@ornek.bel.tr", "buro@ornek.bel.tr"}
    revisions = {key: book.revision for key, book in server.books.items()}
    calls = len(server.calls)
    assert muhtarlik("setup-sheets").returncode == 0
    assert {key: book.revision for key, book in server.books.items()} == revisions
    assert {call.verb for call in list(server.calls)[calls:]} == {"GET", "POST"}  # POST: the token
    assert [call for call in list(server.calls)[calls:] if call.verb == "POST" and call.kind != "token"] == []


def test_whom_the_mappings_no_longer_name_is_let_out_and_whom_people_let_in_stays(
    tmp_path: Path, server: SheetsServer, account: ServiceAccount
) -> None:
    drive = server.add_shared_drive("Muhtarlık", [(account.email, "fileOrganizer")])
    muhtarlik = office(tmp_path, server, drive)
    muhtarlik("setup-sheets")
    fen = next(key for key, book in server.books.items() if book.title == "Fen İşleri Müdürlüğü")
    server.share(fen, "misafir@ornek.bel.tr")
    mappings = tmp_path / "mappings.yaml"
    mappings.write_text(mappings.read_text().replace("veli@ornek.bel.tr", "yeni@ornek.bel.tr"))
    assert muhtarlik("setup-sheets").returncode == 0
    people = {each.address for each in server.drive.files[fen].permissions.values()}
    assert people >= {"yeni@ornek.bel.tr", "misafir@ornek.bel.tr"}
    assert "veli@ornek.bel.tr" not in people


def test_check_says_what_is_wrong_with_each_spreadsheet(
    tmp_path: Path, server: SheetsServer, account: ServiceAccount
) -> None:
    drive = server.add_shared_drive("Muhtarlık", [(account.email, "fileOrganizer")])
    muhtarlik = office(tmp_path, server, drive)
    muhtarlik("setup-sheets")
    fen = next(key for key, book in server.books.items() if book.title == "Fen İşleri Müdürlüğü")
    server.delete(fen)
    told = muhtarlik("check").stdout
    assert "bulunamadı" in told
    assert account.email in told


def test_a_key_that_is_missing_is_told_once(tmp_path: Path, server: SheetsServer) -> None:
    told = office(tmp_path, server, "")("check").stdout
    assert told.count("service-account.json") == 1


def test_status_says_when_the_quota_holds_something_back(
    tmp_path: Path, server: SheetsServer, account: ServiceAccount
) -> None:
    drive = server.add_shared_drive("Muhtarlık", [(account.email, "fileOrganizer")])
    muhtarlik = office(tmp_path, server, drive)
    settings = tmp_path / "muhtarlik.toml"
    settings.write_text(settings.read_text().replace("calls_per_minute = 10000", "calls_per_minute = 10"))
    done = muhtarlik("once")
    assert done.returncode == 75, (
        "the mail server is away; the spreadsheets go on as far as the quota lets them"
    )
    assert "çağrı sayısına ulaşıldı" in muhtarlik("status").stdout
