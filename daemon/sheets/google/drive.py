"""Google Drive: which spreadsheets there are, making and sharing them, and what changed there.

What lies in a shared drive is seen only by calls that say ``supportsAllDrives``. Drive hears of people's edits some
minutes late, so its list of changes is a hint, never the truth.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from daemon.domain.errors import MuhtarlikError
from daemon.sheets.google.calls import DRIVE, UPLOAD, Calls, is_missing, is_refused, is_there_already

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
MARK = "muhtarlik"
"""Name of the ``appProperties`` entry with a spreadsheet's code on files that the daemon made."""
_CHANGES = "nextPageToken,newStartPageToken,changes(fileId,removed,file(trashed,lastModifyingUser(me)))"
_EVERYWHERE = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}
_ALL_DRIVES = {**_EVERYWHERE, "corpora": "allDrives"}


@dataclass(frozen=True, slots=True)
class File:
    id: str
    name: str
    code: str = ""
    """The spreadsheet's code, where the daemon made it."""


@dataclass(frozen=True, slots=True)
class Share:
    id: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since a page token."""

    token: str
    files: frozenset[str] = frozenset()
    gone: frozenset[str] = field(default_factory=frozenset)
    """Trashed, deleted, or no longer shared with us."""
    ours: frozenset[str] = frozenset()
    """Among ``files``: changed last by ourselves."""


class Drive:
    """Raises what :class:`daemon.sheets.google.calls.Calls` raises."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    # --- files ----------------------------------------------------------------------------------------

    def spreadsheets(self) -> list[File]:
        """Every spreadsheet that we may see."""
        query = f"mimeType = '{SPREADSHEET}' and trashed = false"
        return list(self._files(query))

    def _files(self, query: str) -> Iterator[File]:
        params: dict[str, Any] = {
            "q": query,
            "fields": "nextPageToken,files(id,name,appProperties)",
            "pageSize": 1000,
            **_ALL_DRIVES,
        }
        while True:
            answer = self._calls.drive(f"{DRIVE}/files", params)
            for file in answer.get("files", ()):
                yield File(file["id"], file.get("name", ""), file.get("appProperties", {}).get(MARK, ""))
            if not answer.get("nextPageToken"):
                return
            params["pageToken"] = answer["nextPageToken"]

    def create(self, title: str, folder: str, code: str) -> str:
        """An empty spreadsheet in a shared drive's folder; return its id."""
        return self._make(
            {"name": title, "mimeType": SPREADSHEET, "parents": [folder], "appProperties": {MARK: code}}
        )

    def folder(self, title: str, parent: str) -> str:
        """The folder of this name in another, made where it is missing; return its id."""
        name = title.replace("\\", "\\\\").replace("'", "\\'")
        query = f"name = '{name}' and mimeType = '{FOLDER}' and '{parent}' in parents and trashed = false"
        known = next(self._files(query), None)
        return known.id if known else self._make({"name": title, "mimeType": FOLDER, "parents": [parent]})

    def _make(self, file: Mapping[str, Any]) -> str:
        params = {"supportsAllDrives": "true", "fields": "id"}
        return str(self._calls.drive_write("post", f"{DRIVE}/files", params=params, json=file)["id"])

    def new_id(self) -> str:
        """The id of a file that is still to be put there."""
        answer = self._calls.drive(f"{DRIVE}/files/generateIds", {"count": 1})
        return str(answer["ids"][0])

    def upload(self, file: str, name: str, data: bytes, kind: str, folder: str) -> str:
        """Put a file there under an id from :meth:`new_id`; return the link with which people open it. Again with the
        same id, after an answer that never came, is safe: Google answers 409 where the file is there
        (developers.google.com/workspace/drive/api/guides/create-file)."""
        about = json.dumps({"id": file, "name": name, "parents": [folder]})
        parts = {
            "metadata": ("metadata", about, "application/json; charset=UTF-8"),
            "file": (name, data, kind),
        }
        params = {"uploadType": "multipart", "supportsAllDrives": "true", "fields": "id,webViewLink"}
        try:
            answer = self._calls.drive_write("post", f"{UPLOAD}/files", params=params, files=parts)
        except MuhtarlikError as fault:
            if not is_there_already(fault):
                raise
            answer = {}
        return str(answer.get("webViewLink") or f"https://drive.google.com/file/d/{file}/view")

    def remove(self, file: str) -> None:
        """For good, or, where only a shared drive's manager may do that, into its bin, which Google empties after 30
        days. Nothing where it is gone already."""
        params = {"supportsAllDrives": "true"}
        try:
            self._calls.drive_write("delete", f"{DRIVE}/files/{file}", params=params)
        except MuhtarlikError as fault:
            if is_missing(fault):
                return
            if not is_refused(fault):
                raise
            self._calls.drive_write("patch", f"{DRIVE}/files/{file}", params=params, json={"trashed": True})

    # --- sharing --------------------------------------------------------------------------------------

    def shares(self, file: str) -> list[Share]:
        params = {
            "fields": "permissions(id,emailAddress,role,type)",
            "supportsAllDrives": "true",
            "pageSize": 100,
        }
        answer = self._calls.drive(f"{DRIVE}/files/{file}/permissions", params)
        return [
            Share(each["id"], each.get("emailAddress", "").lower(), each.get("role", ""))
            for each in answer.get("permissions", ())
        ]

    def share(self, file: str, email: str) -> None:
        """Let somebody edit; Google sends no mail of its own."""
        params = {"supportsAllDrives": "true", "sendNotificationEmail": "false", "fields": "id"}
        body = {"type": "user", "role": "writer", "emailAddress": email}
        self._calls.drive_write("post", f"{DRIVE}/files/{file}/permissions", params=params, json=body)

    def unshare(self, file: str, share: str) -> None:
        params = {"supportsAllDrives": "true"}
        self._calls.drive_write("delete", f"{DRIVE}/files/{file}/permissions/{share}", params=params)

    # --- changes --------------------------------------------------------------------------------------

    def start(self) -> str:
        """A token for what will change from now on."""
        answer = self._calls.drive(f"{DRIVE}/changes/startPageToken", {"supportsAllDrives": "true"})
        return str(answer["startPageToken"])

    def changes(self, token: str) -> Changed:
        """One call; more only where very much changed."""
        files: set[str] = set()
        gone: set[str] = set()
        ours: set[str] = set()
        while True:
            params = {
                "pageToken": token,
                "pageSize": 1000,
                "fields": _CHANGES,
                **_EVERYWHERE,
            }
            answer = self._calls.drive(f"{DRIVE}/changes", params)
            for change in answer.get("changes", ()):
                file = change.get("file", {})
                lost = change.get("removed") or file.get("trashed")
                if "fileId" in change:
                    (gone if lost else files).add(change["fileId"])
                    if file.get("lastModifyingUser", {}).get("me"):
                        ours.add(change["fileId"])
            if "nextPageToken" not in answer:
                token = str(answer.get("newStartPageToken", token))
                return Changed(token, frozenset(files - gone), frozenset(gone), frozenset(ours - gone))
            token = answer["nextPageToken"]
