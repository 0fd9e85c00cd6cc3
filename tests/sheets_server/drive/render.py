"""Drive's resources as JSON: a file as one user sees it, a permission, a shared drive."""

import hashlib
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from tests.sheets_server.accounts import is_machine
from tests.sheets_server.drive.model import (
    FOLDER,
    NATIVE,
    SPREADSHEET,
    Comment,
    File,
    Permission,
    SharedDrive,
    at_least,
    permission_id,
)
from tests.sheets_server.drive.store import Drive

EXPORTS = (
    "application/x-vnd.oasis.opendocument.spreadsheet",
    "text/tab-separated-values",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv",
    "application/zip",
    "application/vnd.oasis.opendocument.spreadsheet",
)
"""What a spreadsheet can be exported as."""


def moment(when: datetime) -> str:
    """A time as Google writes it: UTC with milliseconds."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown_name(email: str) -> str:
    """The name beside an address: service accounts have none and are shown by their whole address."""
    return email if is_machine(email) else email.partition("@")[0]


def person(email: str, me: str) -> dict[str, Any]:
    """A user as Drive shows one."""
    return {
        "kind": "drive#user",
        "displayName": shown_name(email),
        "me": email.lower() == me.lower(),
        "permissionId": permission_id("user", email),
        "emailAddress": email,
    }


def file_resource(drive: Drive, file: File, user: str) -> dict[str, Any]:
    """The whole resource of a file as ``user`` sees it."""
    role = drive.role(user, file)
    seen: dict[str, Any] = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime_type,
        "starred": user in file.starred_by,
        "trashed": drive.is_trashed(file),
        "explicitlyTrashed": file.trashed is not None,
        "spaces": ["drive"],
        "version": str(file.version),
        "webViewLink": link_to(file),
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file.mime_type}",
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "viewedByMe": True,
        "createdTime": moment(file.created),
        "modifiedTime": moment(file.modified),
        "modifiedByMe": file.modified_by.lower() == user.lower(),
        "lastModifyingUser": person(file.modified_by, user),
        "ownedByMe": bool(file.owner) and file.owner.lower() == user.lower(),
        "shared": len(list(drive.permissions_on(file))) > 1,
        "capabilities": _capabilities(role, file),
        "viewersCanCopyContent": True,
        "copyRequiresWriterPermission": False,
        "writersCanShare": file.details.get("writersCanShare", True),
        "permissionIds": sorted({permission.id for permission, _ in drive.permissions_on(file)}),
        "quotaBytesUsed": "1024" if file.mime_type == SPREADSHEET else str(len(file.content)),
        "isAppAuthorized": True,
        "linkShareMetadata": {"securityUpdateEligible": False, "securityUpdateEnabled": True},
        "inheritedPermissionsDisabled": False,
    }
    _add_places(seen, drive, file, user)
    _add_content(seen, file)
    for name in ("description", "folderColorRgb", "originalFilename"):
        if file.details.get(name):
            seen[name] = file.details[name]
    if file.properties:
        seen["properties"] = dict(file.properties)
    if file.app_properties:
        seen["appProperties"] = dict(file.app_properties)
    if file.trashed:
        seen["trashedTime"] = moment(file.trashed)
    if at_least(role, "writer") and not file.drive_id:
        seen["permissions"] = [permission_resource(permission) for permission in file.permissions.values()]
    return seen


def _add_places(seen: dict[str, Any], drive: Drive, file: File, user: str) -> None:
    """Folders that the user may see, the shared drive or the owner, and since when it is shared."""
    parents = [each for each in file.parents if each in drive.files and drive.role(user, drive.files[each])]
    if parents:
        seen["parents"] = parents
    if file.drive_id:
        seen["driveId"] = seen["teamDriveId"] = file.drive_id
        seen["hasAugmentedPermissions"] = bool(file.permissions)
    else:
        seen["owners"] = [person(file.owner, user)]
        shared = file.shared_at.get(user.lower())
        if shared and file.owner.lower() != user.lower():
            seen["sharedWithMeTime"] = moment(shared)


def _add_content(seen: dict[str, Any], file: File) -> None:
    if file.mime_type == SPREADSHEET:
        start = f"https://docs.google.com/spreadsheets/export?id={file.id}&exportFormat="
        ends = ("ods", "tsv", "pdf", "xlsx", "csv", "zip", "ods")
        seen["exportLinks"] = {kind: start + end for kind, end in zip(EXPORTS, ends, strict=True)}
        seen["size"] = "1024"
    elif not file.mime_type.startswith(NATIVE):
        suffix = PurePosixPath(file.name).suffix.removeprefix(".")
        seen |= {
            "size": str(len(file.content)),
            "originalFilename": file.name,
            "fileExtension": suffix,
            "fullFileExtension": suffix,
            "headRevisionId": f"0B{file.id[:8]}{file.version}",
            "md5Checksum": hashlib.md5(file.content, usedforsecurity=False).hexdigest(),
            "sha1Checksum": hashlib.sha1(file.content, usedforsecurity=False).hexdigest(),
            "sha256Checksum": hashlib.sha256(file.content).hexdigest(),
            "webContentLink": f"https://drive.google.com/uc?id={file.id}&export=download",
        }


def link_to(file: File) -> str:
    """Where a person opens it."""
    if file.mime_type == SPREADSHEET:
        return f"https://docs.google.com/spreadsheets/d/{file.id}/edit?usp=drivesdk"
    if file.mime_type == FOLDER:
        return f"https://drive.google.com/drive/folders/{file.id}"
    return f"https://drive.google.com/file/d/{file.id}/view?usp=drivesdk"


def _capabilities(role: str, file: File) -> dict[str, bool]:
    writes, owns = at_least(role, "writer"), role in {"owner", "organizer"}
    discards = owns or (role == "fileOrganizer" and bool(file.drive_id))
    return {
        "canAddChildren": writes and file.is_folder,
        "canChangeCopyRequiresWriterPermission": writes,
        "canComment": at_least(role, "commenter"),
        "canCopy": not file.is_folder,
        "canDelete": owns,
        "canDownload": not file.is_folder,
        "canEdit": writes,
        "canListChildren": file.is_folder,
        "canModifyContent": writes,
        "canMoveItemWithinDrive": writes,
        "canReadRevisions": writes,
        "canRemoveChildren": writes and file.is_folder,
        "canRename": writes,
        "canShare": writes,
        "canTrash": discards,
        "canUntrash": discards,
    }


def permission_resource(
    permission: Permission, inherited_from: str = "", *, shared_drive: bool = False
) -> dict[str, Any]:
    """The whole resource of a permission."""
    seen: dict[str, Any] = {
        "kind": "drive#permission",
        "id": permission.id,
        "type": permission.kind,
        "role": permission.role,
    }
    match permission.kind:
        case "anyone":
            seen["allowFileDiscovery"] = permission.discoverable
        case "domain":
            seen |= {"domain": permission.address, "displayName": permission.address}
            seen["allowFileDiscovery"] = permission.discoverable
        case _:
            seen |= {"emailAddress": permission.address, "displayName": shown_name(permission.address)}
            seen |= {"deleted": False, "pendingOwner": permission.pending_owner}
    if permission.expires:
        seen["expirationTime"] = permission.expires
    if shared_drive:
        kind = "member" if inherited_from else "file"
        whence: dict[str, Any] = {"permissionType": kind, "role": permission.role}
        whence["inherited"] = bool(inherited_from)
        if inherited_from:
            whence["inheritedFrom"] = inherited_from
        seen["permissionDetails"] = [whence]
    return seen


def drive_resource(shared: SharedDrive, role: str) -> dict[str, Any]:
    """The resource of a shared drive."""
    manages, writes = role == "organizer", at_least(role, "writer")
    return {
        "kind": "drive#drive",
        "id": shared.id,
        "name": shared.name,
        "colorRgb": "#0f9d58",
        "createdTime": moment(shared.created),
        "hidden": False,
        "capabilities": {
            "canAddChildren": writes,
            "canComment": at_least(role, "commenter"),
            "canEdit": writes,
            "canListChildren": True,
            "canManageMembers": manages,
            "canRenameDrive": manages,
            "canDeleteDrive": manages,
        },
    }


def comment_resource(comment: Comment, user: str) -> dict[str, Any]:
    """The resource of a comment."""
    seen: dict[str, Any] = {
        "kind": "drive#comment",
        "id": comment.id,
        "createdTime": moment(comment.created),
        "modifiedTime": moment(comment.modified),
        "author": person(comment.author, user),
        "deleted": comment.deleted,
        "resolved": comment.resolved,
        "replies": [],
    }
    if not comment.deleted:
        seen |= {"content": comment.content, "htmlContent": comment.content}
    if comment.anchor:
        seen["anchor"] = comment.anchor
    return seen
