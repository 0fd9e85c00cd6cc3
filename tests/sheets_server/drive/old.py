"""A file as Drive v2 tells it: gspread's import of CSV still goes by that version."""

import base64
from collections.abc import Mapping
from typing import Any

_V2 = "https://www.googleapis.com/drive/v2/files"
_SAME = (
    "kind", "id", "mimeType", "writersCanShare", "exportLinks", "iconLink", "shared", "copyRequiresWriterPermission",
    "spaces", "explicitlyTrashed", "quotaBytesUsed", "version", "description", "driveId", "teamDriveId",
)  # fmt: skip
"""What both versions call alike."""


def as_version2(file: Mapping[str, Any]) -> dict[str, Any]:
    """The resource of v2 from the whole one of v3; its fields are those of a recorded answer."""
    link = f"{_V2}/{file['id']}"
    etag = _etag(file["modifiedTime"])
    role = "owner" if file["ownedByMe"] else "writer" if file["capabilities"]["canEdit"] else "reader"
    told = {name: file[name] for name in _SAME if name in file}
    told |= {
        "etag": etag,
        "selfLink": link,
        "title": file["name"],
        "userPermission": {
            "kind": "drive#permission",
            "id": "me",
            "type": "user",
            "role": role,
            "selfLink": f"{link}/permissions/me",
            "etag": _etag(f"{file['id']}/{role}"),
            "pendingOwner": False,
        },
        "editable": file["capabilities"]["canEdit"],
        "copyable": file["capabilities"]["canCopy"],
        "capabilities": {name: file["capabilities"][name] for name in ("canEdit", "canCopy")},
        "alternateLink": file["webViewLink"],
        "embedLink": file["webViewLink"].partition("/edit")[0] + "/htmlembed",
        "appDataContents": False,
        "createdDate": file["createdTime"],
        "modifiedDate": file["modifiedTime"],
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "lastModifyingUser": _person(file["lastModifyingUser"]),
        "lastModifyingUserName": file["lastModifyingUser"]["displayName"],
        "parents": [_parent(link, each, file) for each in file.get("parents", [])],
        "labels": {
            "starred": file["starred"],
            "hidden": False,
            "trashed": file["trashed"],
            "restricted": False,
            "viewed": file["viewedByMe"],
        },
    }
    if file["modifiedByMe"]:
        told["modifiedByMeDate"] = told["lastViewedByMeDate"] = file["modifiedTime"]
    if "owners" in file:
        told["owners"] = [_person(each) for each in file["owners"]]
        told["ownerNames"] = [each["displayName"] for each in file["owners"]]
    if "size" in file:
        told["fileSize"] = file["size"]
    return told


def _person(user: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in user.items() if name != "me"}
    return told | {"isAuthenticatedUser": user["me"]}


def _parent(link: str, folder: str, file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "drive#parentReference",
        "id": folder,
        "selfLink": f"{link}/parents/{folder}",
        "parentLink": f"{_V2}/{folder}",
        "isRoot": file["ownedByMe"] and folder.startswith("0A"),
    }


def _etag(seed: str) -> str:
    return '"' + base64.urlsafe_b64encode(seed.encode()).decode().rstrip("=") + '"'
