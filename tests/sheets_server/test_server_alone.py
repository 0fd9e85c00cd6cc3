"""The stand-in as a process of its own: its knobs over HTTP, batches of calls, the page for people."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import gspread
import pytest
import requests
from google.oauth2.service_account import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from tests.sheets_server import discovery
from tests.sheets_server.accounts import SCOPES, ServiceAccount
from tests.sheets_server.conftest import Ask
from tests.sheets_server.gspread_client import at
from tests.sheets_server.server import SheetsServer

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a running process, and the file of an account that it made."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = tmp_path_factory.mktemp("account") / "service-account.json"
    command = [sys.executable, "-m", "tests.sheets_server", "--port", str(port), "--new-account", str(file)]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert f":{port}" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}", file
        process.terminate()
        assert process.wait(timeout=10) == 0


def test_any_client_creates_reads_and_deletes_spreadsheets(alone: tuple[str, Path]) -> None:
    url, file = alone
    google = gspread.Client(Credentials.from_service_account_file(file, scopes=SCOPES), http_client=at(url))
    made = google.create("Deneme")
    made.sheet1.update([["Talep No", "Durum"]], "A1")
    assert google.open("Deneme").sheet1.get_all_values() == [["Talep No", "Durum"]]
    google.del_spreadsheet(made.id)
    assert google.list_spreadsheet_files() == []


def test_the_knobs_turn_over_http(alone: tuple[str, Path]) -> None:
    url, file = alone
    google = gspread.Client(Credentials.from_service_account_file(file, scopes=SCOPES), http_client=at(url))
    book = google.create("Düğmeler")
    edit = {"spreadsheetId": book.id, "values": [{"range": "A1", "values": [["elle"]]}]}
    assert requests.post(f"{url}/-/edit", json=edit, timeout=5).ok
    assert book.sheet1.acell("A1").value == "elle"
    told = requests.post(
        f"{url}/-/knobs", json={"faults": [{"status": 500}], "quotas": {"user_reads": 5}}, timeout=5
    )
    assert (told.json()["quotas"]["user_reads"], len(told.json()["faults"])) == (5, 1)
    with pytest.raises(gspread.exceptions.APIError, match="500"):
        book.sheet1.acell("A1")
    requests.post(f"{url}/-/knobs", json={"clearFaults": True, "quotas": None}, timeout=5)
    assert requests.get(f"{url}/-/calls", timeout=5).json()["counts"]["token"] >= 1
    assert requests.delete(f"{url}/-/calls", timeout=5).json()["counts"]["read"] == 0
    wrong = requests.post(f"{url}/-/knobs", json={"faults": [{"colour": 1}]}, timeout=5)
    assert (wrong.status_code, "no colour" in wrong.json()["error"]) == (400, True)


def test_googles_own_client_library_works_with_drive(server: SheetsServer, account: ServiceAccount) -> None:
    server.gate.machines_own_storage = True
    described = {**discovery.document("drive"), "rootUrl": server.url + "/", "mtlsRootUrl": server.url + "/"}
    drive = build_from_document(described, credentials=account.credentials())
    media = MediaInMemoryUpload(b"x" * 600_000, mimetype="image/tiff", chunksize=256 * 1024, resumable=True)
    made = drive.files().create(body={"name": "tarama.tif"}, media_body=media, fields="id,size").execute()
    assert made["size"] == "600000"
    assert drive.files().get_media(fileId=made["id"]).execute() == b"x" * 600_000
    told: dict[str, str] = {}

    def take(identifier: str, answer: dict[str, str] | None, error: HttpError | None) -> None:
        told[identifier] = answer["name"] if answer else error.reason if error else ""

    batch = drive.new_batch_http_request(callback=take)
    batch.add(drive.files().get(fileId=made["id"]), request_id="there")
    batch.add(drive.files().get(fileId="nowhere"), request_id="not there")
    batch.execute()
    assert told == {"there": "tarama.tif", "not there": "File not found: nowhere."}


def test_googles_own_client_library_works_with_sheets(server: SheetsServer, account: ServiceAccount) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    described = {**discovery.document("sheets"), "rootUrl": server.url + "/", "mtlsRootUrl": server.url + "/"}
    values = build_from_document(described, credentials=account.credentials()).spreadsheets().values()
    where = {"spreadsheetId": identifier, "range": "A1:B1"}
    values.update(**where, valueInputOption="RAW", body={"values": [["a", "b"]]}).execute()
    assert values.get(**where).execute()["values"] == [["a", "b"]]
    ranges = [f"A{row}:B{row}" for row in range(1, 400)]
    many = values.batchGet(spreadsheetId=identifier, ranges=ranges).execute()
    assert len(many["valueRanges"]) == 399, "a long address goes as a POST that says it is a GET"
    with pytest.raises(HttpError) as caught:
        values.get(spreadsheetId="nowhere", range="A1").execute()
    assert caught.value.reason == "Requested entity was not found."


def test_the_page_shows_worksheets_to_people_and_escapes_what_they_hold(
    server: SheetsServer, account: ServiceAccount
) -> None:
    assert "Henüz tablo yok." in requests.get(server.url, timeout=5).text
    identifier = server.add_spreadsheet("Fen <İşleri>", shared_with=[account.email])
    server.type_in(identifier, "A1", ["Talep No", "<script>alert(1)</script>"])
    listed = requests.get(server.url, timeout=5)
    assert "Fen &lt;İşleri&gt;" in listed.text
    assert account.email in listed.text
    shown = requests.get(f"{server.url}/sayfa/{identifier}", timeout=5).text
    assert "Talep No" in shown
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    assert requests.get(f"{server.url}/sayfa/yok", timeout=5).status_code == 404


@pytest.mark.parametrize("path", ["/v4/nothing", "/v4/spreadsheets/", "/drive/v3/nothing"])
def test_an_unknown_path_is_answered_by_the_front_end_in_html(ask: Ask, path: str) -> None:
    answer = ask("GET", path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=UTF-8")
    assert f"<code>{path}</code>" in answer.text


def test_gspread_tells_an_answer_that_is_no_json_apart(google: gspread.Client) -> None:
    with pytest.raises(gspread.exceptions.APIError) as told:
        google.http_client.request("get", "https://sheets.googleapis.com/v4/nothing")
    assert told.value.code == -1
    with pytest.raises(gspread.SpreadsheetNotFound):
        google.open_by_key("")


def test_a_connection_serves_many_calls_quickly(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    server.meter.quotas = None
    ask("GET", f"/v4/spreadsheets/{identifier}")
    began = time.monotonic()
    for _ in range(50):
        assert ask("GET", f"/v4/spreadsheets/{identifier}").ok
    assert time.monotonic() - began < 1.5, "40 ms a call would mean that Nagle is at work"
