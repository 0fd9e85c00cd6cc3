"""Drive's log of changes: the API's writes at once, people's minutes later and together."""

from typing import Any

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.conftest import Ask, Clock
from tests.sheets_server.drive.model import SPREADSHEET
from tests.sheets_server.server import SheetsServer

CHANGES = "/drive/v3/changes"


def start(ask: Ask) -> str:
    token: str = ask("GET", f"{CHANGES}/startPageToken").json()["startPageToken"]
    return token


def since(ask: Ask, token: str, **params: Any) -> list[dict[str, Any]]:
    answer = ask("GET", CHANGES, params={"pageToken": token, **params})
    assert answer.ok, answer.text
    changes: list[dict[str, Any]] = answer.json()["changes"]
    return changes


def write(ask: Ask, identifier: str) -> None:
    path = f"/v4/spreadsheets/{identifier}/values/A1"
    assert ask("PUT", path, params={"valueInputOption": "RAW"}, json={"range": "A1", "values": [["x"]]}).ok


def test_the_apis_write_is_told_at_once_and_once(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    token = start(ask)
    write(ask, identifier)
    write(ask, identifier)
    [change] = since(ask, token)
    assert change == {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "time": "2026-12-07T06:00:00.000Z",
        "removed": False,
        "fileId": identifier,
        "file": {"kind": "drive#file", "id": identifier, "name": "Talepler", "mimeType": SPREADSHEET},
    }
    assert since(ask, start(ask)) == []


def test_peoples_edits_are_told_three_minutes_later_as_one(
    server: SheetsServer, account: ServiceAccount, ask: Ask, clock: Clock
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    about = {"fields": "version,modifiedTime"}
    before = ask("GET", f"/drive/v3/files/{identifier}", params=about).json()
    token = start(ask)
    server.type_in(identifier, "A1", ["bir"])
    clock.forward(100)
    server.type_in(identifier, "A2", ["iki"])
    assert ask("GET", f"/v4/spreadsheets/{identifier}/values/A1:A2").json()["values"] == [["bir"], ["iki"]]
    assert since(ask, token) == []
    assert ask("GET", f"/drive/v3/files/{identifier}", params=about).json() == before
    clock.forward(80)
    assert [change["fileId"] for change in since(ask, token)] == [identifier]
    after = ask("GET", f"/drive/v3/files/{identifier}", params=about).json()
    assert after == {"version": str(int(before["version"]) + 1), "modifiedTime": "2026-12-07T06:01:40.000Z"}
    later = start(ask)
    clock.forward(1000)
    assert since(ask, later) == []


def test_an_edit_made_directly_in_the_book_is_a_persons(
    server: SheetsServer, account: ServiceAccount, ask: Ask, clock: Clock
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    token = start(ask)
    body = {"range": "A1", "values": [["elle"]]}
    server.books[identifier].values_update("A1", body, {"valueInputOption": "RAW"})
    assert since(ask, token) == []
    clock.forward(180)
    assert len(since(ask, token)) == 1


def test_who_loses_a_file_is_told_that_it_is_removed(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    server.add_spreadsheet("Başkasının")
    token = start(ask)
    server.unshare(identifier, account.email)
    [change] = since(ask, token)
    assert (change["fileId"], change["removed"], "file" in change) == (identifier, True, False)
    assert since(ask, token, includeRemoved=False) == []


def test_a_deleted_file_is_removed_for_all_who_saw_it(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    token = start(ask)
    server.delete(identifier)
    assert [(change["fileId"], change["removed"]) for change in since(ask, token)] == [(identifier, True)]


def test_a_shared_drives_changes_come_only_when_asked_for(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    drive = server.add_shared_drive("Müdürlükler", [account.email])
    token = start(ask)
    body = {"name": "Fen", "mimeType": SPREADSHEET, "parents": [drive]}
    made = ask("POST", "/drive/v3/files", json=body, params={"supportsAllDrives": True}).json()
    assert since(ask, token) == []
    everything = since(ask, token, supportsAllDrives=True, includeItemsFromAllDrives=True)
    assert [change["fileId"] for change in everything] == [made["id"]]


def test_many_changes_come_in_pages(server: SheetsServer, account: ServiceAccount, ask: Ask) -> None:
    token = start(ask)
    made = [server.add_spreadsheet(f"Tablo {n}", shared_with=[account.email]) for n in range(5)]
    seen: list[str] = []
    answer: dict[str, Any] = {"nextPageToken": token}
    while "nextPageToken" in answer:
        answer = ask("GET", CHANGES, params={"pageToken": answer["nextPageToken"], "pageSize": 2}).json()
        seen += [change["fileId"] for change in answer["changes"]]
    assert seen == made
    assert answer["newStartPageToken"] == start(ask)


def test_a_false_page_token_is_refused(ask: Ask) -> None:
    for token in ("x", "0", "999999"):
        assert ask("GET", CHANGES, params={"pageToken": token}).status_code == 400
    assert ask("GET", CHANGES).json()["error"]["errors"][0]["reason"] == "required"
