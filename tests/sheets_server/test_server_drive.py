"""Drive: who sees and may do what; searching; uploads; shared drives; comments."""

import io
import json
from typing import Any

import openpyxl
import pytest

from tests.sheets_server.accounts import ServiceAccount
from tests.sheets_server.conftest import Ask, Clock
from tests.sheets_server.drive.convert import XLSX
from tests.sheets_server.drive.model import FOLDER, SPREADSHEET
from tests.sheets_server.server import OWNER, SheetsServer

FILES = "/drive/v3/files"
MEMBER = "memur@ornek.bel.tr"


def names(ask: Ask, q: str = "", **params: Any) -> list[str]:
    answer = ask("GET", FILES, params={"fields": "files(name)", **({"q": q} if q else {}), **params})
    assert answer.ok, answer.text
    return [file["name"] for file in answer.json()["files"]]


def reason(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


def test_a_file_that_nobody_shared_is_not_found(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Gizli")
    answer = ask("GET", f"{FILES}/{identifier}")
    assert answer.json()["error"]["errors"] == [
        {
            "message": f"File not found: {identifier}.",
            "domain": "global",
            "reason": "notFound",
            "location": "fileId",
            "locationType": "parameter",
        }
    ]


def test_a_service_account_owns_no_files(server: SheetsServer, ask: Ask) -> None:
    answer = ask("POST", FILES, json={"name": "Yeni", "mimeType": SPREADSHEET})
    assert reason(answer) == (403, "storageQuotaExceeded")
    folder = server.add_folder("Ortak", shared_with=[ServiceAccount.make(server).email])
    assert reason(ask("POST", FILES, json={"name": "x", "mimeType": SPREADSHEET, "parents": [folder]})) == (
        403,
        "storageQuotaExceeded",
    )
    assert ask("POST", "/v4/spreadsheets", json={}).json()["error"]["status"] == "PERMISSION_DENIED"


def test_a_person_may_create_files(ask: Ask) -> None:
    made = ask("POST", FILES, json={"name": "Yeni", "mimeType": SPREADSHEET}, who=MEMBER).json()
    assert made == {"kind": "drive#file", "id": made["id"], "name": "Yeni", "mimeType": SPREADSHEET}
    assert ask("GET", f"/v4/spreadsheets/{made['id']}", who=MEMBER).json()["properties"]["title"] == "Yeni"


def test_a_shared_drives_items_are_there_only_for_clients_that_know_shared_drives(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    drive = server.add_shared_drive("Müdürlükler", [account.email])
    body = {"name": "Fen İşleri", "mimeType": SPREADSHEET, "parents": [drive]}
    assert reason(ask("POST", FILES, json=body)) == (404, "notFound")
    made = ask("POST", FILES, json=body, params={"supportsAllDrives": "true"}).json()
    assert made["driveId"] == drive
    assert reason(ask("GET", f"{FILES}/{made['id']}")) == (404, "notFound")
    assert ask("GET", f"{FILES}/{made['id']}", params={"supportsAllDrives": True}).ok
    assert names(ask) == []
    both: dict[str, Any] = {"supportsAllDrives": True, "includeItemsFromAllDrives": True}
    assert names(ask, **both) == ["Fen İşleri"]
    assert names(ask, corpora="drive", driveId=drive, **both) == ["Fen İşleri"]
    assert ask("GET", "/drive/v3/drives").json()["drives"] == [
        {"kind": "drive#drive", "id": drive, "name": "Müdürlükler"}
    ]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("name = 'Fen İşleri'", ["Fen İşleri"]),
        ('name = "Fen İşleri"', ["Fen İşleri"]),
        ("name contains 'park'", ["Park ve Bahçeler"]),
        ("name contains 'ahçe'", []),
        (f"mimeType = '{FOLDER}'", ["Klasör"]),
        (
            f"mimeType='{SPREADSHEET}' and not (name contains 'Fen' or trashed = true)",
            ["Park ve Bahçeler", "O'nun tablosu"],
        ),
        ("name = 'Fen İşleri' or name = 'Klasör'", ["Fen İşleri", "Klasör"]),
        ("(name = 'Fen İşleri' or name = 'Klasör') and trashed = false", ["Fen İşleri", "Klasör"]),
        (r"name = 'O\'nun tablosu'", ["O'nun tablosu"]),
        ("trashed = true", ["Çöpteki"]),
        ("modifiedTime > '2026-12-07T05:59:00Z' and trashed != true and name contains 'Fen'", ["Fen İşleri"]),
        ("modifiedTime < '2026-12-07T05:59:00'", []),
        ("'FOLDER' in parents", ["Park ve Bahçeler"]),
        ('parents in "FOLDER"', ["Park ve Bahçeler"]),
        ("appProperties has { key='kod' and value='FEN' }", ["Fen İşleri"]),
        (f"'{OWNER}' in owners and name contains 'Fen'", ["Fen İşleri"]),
        ("'me' in writers and not 'me' in owners and name contains 'Fen'", ["Fen İşleri"]),
        ("sharedWithMe and trashed = false and name contains 'Kla'", ["Klasör"]),
    ],
)
def test_a_search_finds_what_it_says(
    server: SheetsServer, account: ServiceAccount, ask: Ask, q: str, found: list[str]
) -> None:
    shared = {"shared_with": [account.email]}
    folder = server.add_folder("Klasör", **shared)
    first = server.add_spreadsheet("Fen İşleri", **shared)
    server.add_spreadsheet("Park ve Bahçeler", folder=folder, **shared)
    server.add_spreadsheet("O'nun tablosu", **shared)
    server.trash(server.add_spreadsheet("Çöpteki", **shared))
    ask("PATCH", f"{FILES}/{first}", json={"appProperties": {"kod": "FEN"}})
    assert sorted(names(ask, q.replace("FOLDER", folder))) == sorted(found)


@pytest.mark.parametrize(
    "q",
    [
        "name",
        "name ~ 'a'",
        "name = 'a",
        "foo = 'a'",
        "name = a",
        "title = 'a'",
        "name = 'a' and",
        "trashed = belki",
    ],
)
def test_a_search_that_cannot_be_read_is_refused(ask: Ask, q: str) -> None:
    assert reason(ask("GET", FILES, params={"q": q})) == (400, "invalid")


def test_a_long_list_comes_in_pages_and_in_order(
    server: SheetsServer, account: ServiceAccount, ask: Ask, clock: Clock
) -> None:
    for number in range(5):
        server.add_spreadsheet(f"Tablo {number}", shared_with=[account.email])
        clock.forward(1)
    seen: list[str] = []
    token = ""
    while token is not None:
        page = ask("GET", FILES, params={"pageSize": 2, "orderBy": "name desc", "pageToken": token}).json()
        assert len(page["files"]) <= 2
        seen += [file["name"] for file in page["files"]]
        token = page.get("nextPageToken")
    assert seen == [f"Tablo {number}" for number in (4, 3, 2, 1, 0)]
    assert reason(ask("GET", FILES, params={"pageToken": "x"})) == (400, "invalid")
    assert reason(ask("GET", FILES, params={"orderBy": "renk"})) == (400, "invalid")


def test_a_reader_may_read_only(server: SheetsServer, account: ServiceAccount, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[(account.email, "reader")])
    sheet = f"/v4/spreadsheets/{identifier}"
    assert ask("GET", sheet).ok
    answer = ask("PUT", f"{sheet}/values/A1", params={"valueInputOption": "RAW"}, json={"values": [["x"]]})
    assert answer.status_code == 403
    assert answer.json() == {
        "error": {
            "code": 403,
            "message": "The caller does not have permission",
            "status": "PERMISSION_DENIED",
        }
    }
    assert reason(ask("PATCH", f"{FILES}/{identifier}", json={"name": "x"})) == (
        403,
        "insufficientFilePermissions",
    )
    assert (
        reason(ask("POST", f"{FILES}/{identifier}/permissions", json={"type": "anyone", "role": "reader"}))[0]
        == 403
    )


def test_a_folders_share_reaches_what_lies_in_it(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    folder = server.add_folder("Müdürlükler", shared_with=[account.email])
    identifier = server.add_spreadsheet("Fen İşleri", folder=folder)
    assert ask("GET", f"/v4/spreadsheets/{identifier}").ok
    told = ask(
        "GET", f"{FILES}/{identifier}", params={"fields": "parents,capabilities(canEdit,canDelete)"}
    ).json()
    assert told == {"parents": [folder], "capabilities": {"canEdit": True, "canDelete": False}}


def test_sharing_shows_in_the_list_and_is_taken_back(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    path = f"{FILES}/{identifier}/permissions"
    body = {"type": "user", "role": "writer", "emailAddress": MEMBER}
    made = ask("POST", path, json=body, params={"emailMessage": "Merhaba"}).json()
    assert made == {"kind": "drive#permission", "id": made["id"], "type": "user", "role": "writer"}
    assert server.drive.notifications == [(identifier, MEMBER, "Merhaba")]
    listed = ask("GET", path, params={"fields": "permissions(emailAddress,role)"}).json()["permissions"]
    assert {each["emailAddress"]: each["role"] for each in listed} == {
        OWNER: "owner",
        account.email: "writer",
        MEMBER: "writer",
    }
    changed = ask("PATCH", f"{path}/{made['id']}", json={"role": "reader"}).json()
    assert changed["role"] == "reader"
    assert ask("GET", f"/v4/spreadsheets/{identifier}", who=MEMBER).ok
    assert ask("DELETE", f"{path}/{made['id']}").status_code == 204
    assert ask("GET", f"/v4/spreadsheets/{identifier}", who=MEMBER).status_code == 403
    assert reason(ask("DELETE", f"{path}/{made['id']}")) == (404, "notFound")


@pytest.mark.parametrize(
    ("body", "status", "word"),
    [
        ({}, 400, "required"),
        ({"type": "user"}, 400, "required"),
        ({"type": "user", "role": "writer"}, 400, "required"),
        ({"type": "user", "role": "writer", "emailAddress": "biri"}, 400, "invalid"),
        ({"type": "domain", "role": "reader"}, 400, "required"),
        ({"type": "domain", "role": "reader", "domain": "a@b"}, 400, "invalid"),
        ({"type": "user", "role": "king", "emailAddress": MEMBER}, 400, "invalid"),
        ({"type": "user", "role": "organizer", "emailAddress": MEMBER}, 400, "invalid"),
        ({"type": "user", "role": "owner", "emailAddress": MEMBER}, 403, "forbidden"),
        (
            {"type": "user", "role": "reader", "emailAddress": MEMBER, "expirationTime": "yarın"},
            400,
            "invalid",
        ),
    ],
)
def test_a_share_that_makes_no_sense_is_refused(
    server: SheetsServer, account: ServiceAccount, ask: Ask, body: dict[str, str], status: int, word: str
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    assert reason(ask("POST", f"{FILES}/{identifier}/permissions", json=body)) == (status, word)


def test_the_owner_stays_owner_whatever_he_is_given(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Talepler")
    body = {"type": "user", "role": "reader", "emailAddress": OWNER}
    path = f"{FILES}/{identifier}/permissions"
    assert ask("POST", path, json=body, who=OWNER).json()["role"] == "owner"
    assert [each["role"] for each in ask("GET", path, who=OWNER).json()["permissions"]] == ["owner"]


def test_a_share_ends_when_it_was_said_to(server: SheetsServer, ask: Ask, clock: Clock) -> None:
    identifier = server.add_spreadsheet("Talepler")
    body = {
        "type": "user",
        "role": "reader",
        "emailAddress": MEMBER,
        "expirationTime": "2026-12-07T07:00:00Z",
    }
    assert ask("POST", f"{FILES}/{identifier}/permissions", json=body, who=OWNER).ok
    assert ask("GET", f"/v4/spreadsheets/{identifier}", who=MEMBER).ok
    clock.forward(3600)
    assert ask("GET", f"/v4/spreadsheets/{identifier}", who=MEMBER).status_code == 403


def test_a_link_opens_a_file_but_does_not_list_it(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Açık tablo")
    made = ask(
        "POST", f"{FILES}/{identifier}/permissions", json={"type": "anyone", "role": "reader"}, who=OWNER
    )
    assert made.json()["id"] == "anyoneWithLink"
    assert ask("GET", f"/v4/spreadsheets/{identifier}").ok
    assert names(ask) == []


def test_ownership_is_offered_and_accepted(server: SheetsServer, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[("biri@baska.com.tr", "writer")])
    path = f"{FILES}/{identifier}/permissions"
    listed = ask("GET", path, params={"fields": "permissions(id,emailAddress)"}, who=OWNER).json()[
        "permissions"
    ]
    theirs = next(each["id"] for each in listed if each["emailAddress"] == "biri@baska.com.tr")
    taken = {"params": {"transferOwnership": True}, "json": {"role": "owner"}}
    refused = ask("PATCH", f"{path}/{theirs}", who=OWNER, **taken)
    assert reason(refused) == (403, "consentRequiredForOwnershipTransfer")
    assert ask("PATCH", f"{path}/{theirs}", json={"role": "writer", "pendingOwner": True}, who=OWNER).ok
    assert ask("PATCH", f"{path}/{theirs}", who="biri@baska.com.tr", **taken).json()["role"] == "owner"
    told = ask("GET", f"{FILES}/{identifier}", params={"fields": "owners(emailAddress)"}, who=OWNER).json()
    assert told == {"owners": [{"emailAddress": "biri@baska.com.tr"}]}


def test_only_the_owner_discards_a_file(server: SheetsServer, account: ServiceAccount, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    path = f"{FILES}/{identifier}"
    assert reason(ask("PATCH", path, json={"trashed": True})) == (403, "insufficientFilePermissions")
    assert reason(ask("DELETE", path)) == (403, "insufficientFilePermissions")
    assert ask("PATCH", path, json={"trashed": True}, who=OWNER).ok
    assert ask("GET", path, params={"fields": "trashed"}).json() == {"trashed": True}
    assert ask("DELETE", path, who=OWNER).status_code == 204
    assert ask("GET", path).status_code == 404
    assert ask("GET", f"/v4/spreadsheets/{identifier}").json()["error"]["status"] == "NOT_FOUND"


def test_a_move_takes_the_file_to_another_folder(server: SheetsServer, ask: Ask) -> None:
    first, second = server.add_folder("Bir"), server.add_folder("İki")
    identifier = server.add_spreadsheet("Talepler", folder=first)
    params = {"addParents": second, "removeParents": first, "fields": "parents"}
    moved = ask("PATCH", f"{FILES}/{identifier}", params=params, json={}, who=OWNER)
    assert moved.json() == {"parents": [second]}
    direct = ask("PATCH", f"{FILES}/{identifier}", json={"parents": [first]}, who=OWNER)
    assert reason(direct) == (403, "fieldNotWritable")


def multipart(metadata: dict[str, Any], media: bytes, kind: str) -> tuple[bytes, dict[str, str]]:
    head = f"--b\r\nContent-Type: application/json\r\n\r\n{json.dumps(metadata)}\r\n--b\r\nContent-Type: {kind}\r\n\r\n"
    return head.encode() + media + b"\r\n--b--", {"Content-Type": 'multipart/related; boundary="b"'}


def test_a_file_is_uploaded_with_its_name_and_downloaded_again(ask: Ask) -> None:
    data, headers = multipart({"name": "dilekçe.pdf"}, b"%PDF\r\n\x00--b", "application/pdf")
    upload = {"uploadType": "multipart", "fields": "id,name,mimeType,size,md5Checksum"}
    made = ask("POST", f"/upload{FILES}", params=upload, data=data, headers=headers, who=MEMBER).json()
    assert (made["name"], made["mimeType"], made["size"]) == ("dilekçe.pdf", "application/pdf", "10")
    got = ask("GET", f"{FILES}/{made['id']}", params={"alt": "media"}, who=MEMBER)
    assert (got.content, got.headers["Content-Type"]) == (b"%PDF\r\n\x00--b", "application/pdf")
    again = {"uploadType": "media", "fields": "size"}
    changed = ask("PATCH", f"/upload{FILES}/{made['id']}", params=again, data=b"abc", who=MEMBER)
    assert changed.json() == {"size": "3"}


def test_a_resumable_upload_goes_on_where_it_was(server: SheetsServer, ask: Ask) -> None:
    part = 256 * 1024
    whole = bytes(range(256)) * 1024 * 2
    begun = ask(
        "POST",
        f"/upload{FILES}",
        params={"uploadType": "resumable", "fields": "name,size"},
        json={"name": "tarama.tif"},
        headers={"X-Upload-Content-Type": "image/tiff"},
        who=MEMBER,
    )
    path = begun.headers["Location"].removeprefix(server.url)
    first = ask(
        "PUT", path, data=whole[:part], headers={"Content-Range": f"bytes 0-{part - 1}/*"}, who=MEMBER
    )
    assert (first.status_code, first.headers["Range"]) == (308, f"bytes=0-{part - 1}")
    asked = ask("PUT", path, headers={"Content-Range": "bytes */*"}, who=MEMBER)
    assert asked.headers["Range"] == f"bytes=0-{part - 1}"
    end = {"Content-Range": f"bytes {part}-{len(whole) - 1}/{len(whole)}"}
    done = ask("PUT", path, data=whole[part:], headers=end, who=MEMBER)
    assert done.json() == {"name": "tarama.tif", "size": str(len(whole))}


def test_a_workbook_is_uploaded_as_a_spreadsheet_and_exported_again(server: SheetsServer, ask: Ask) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Talepler"
    workbook.active.append(["Talep No", "Adet"])
    workbook.active.append(["2026-000001", 3])
    workbook.create_sheet("Arşiv").append(["boş"])
    out = io.BytesIO()
    workbook.save(out)
    data, headers = multipart({"name": "Fen", "mimeType": SPREADSHEET}, out.getvalue(), XLSX)
    made = ask(
        "POST", f"/upload{FILES}", params={"uploadType": "multipart"}, data=data, headers=headers, who=MEMBER
    )
    identifier = made.json()["id"]
    export = f"{FILES}/{identifier}/export"
    shown = ask("GET", export, params={"mimeType": "text/csv"}, who=MEMBER)
    assert shown.content.decode() == "Talep No,Adet\r\n2026-000001,3"
    read = openpyxl.load_workbook(
        io.BytesIO(ask("GET", export, params={"mimeType": XLSX}, who=MEMBER).content)
    )
    assert read.sheetnames == ["Talepler", "Arşiv"]
    assert list(read["Talepler"].values) == [("Talep No", "Adet"), ("2026-000001", 3)]
    assert reason(ask("GET", export, params={"mimeType": "image/png"}, who=MEMBER)) == (400, "badRequest")
    assert reason(ask("GET", export, who=MEMBER)) == (400, "required")
    media = ask("GET", f"{FILES}/{identifier}", params={"alt": "media"}, who=MEMBER)
    assert reason(media) == (403, "fileNotDownloadable")


def test_comments_need_the_fields_parameter(server: SheetsServer, account: ServiceAccount, ask: Ask) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    path = f"{FILES}/{identifier}/comments"
    assert reason(ask("GET", path)) == (400, "required")
    made = ask("POST", path, json={"content": "Bakıldı mı?"}, params={"fields": "id,content"}).json()
    assert made["content"] == "Bakıldı mı?"
    listed = ask("GET", path, params={"fields": "comments(content,author(me))"}).json()
    assert listed == {"comments": [{"content": "Bakıldı mı?", "author": {"me": True}}]}


def test_about_tells_that_a_machine_has_no_room(ask: Ask) -> None:
    told = ask("GET", "/drive/v3/about", params={"fields": "storageQuota(limit),user(me)"}).json()
    assert told == {"storageQuota": {"limit": "0"}, "user": {"me": True}}


def test_a_method_outside_the_stand_in_says_so(
    server: SheetsServer, account: ServiceAccount, ask: Ask
) -> None:
    identifier = server.add_spreadsheet("Talepler", shared_with=[account.email])
    answer = ask("GET", f"{FILES}/{identifier}/revisions")
    assert answer.status_code == 501
    assert "drive.revisions.list" in answer.json()["error"]["message"]
