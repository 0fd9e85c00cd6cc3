"""Drive's other methods: changes, shared drives, about, comments."""

from collections.abc import Sequence
from typing import Any

from tests.sheets_server.accounts import is_machine
from tests.sheets_server.drive.asking import Asked, page_of
from tests.sheets_server.drive.model import (
    FOLDER,
    SPREADSHEET,
    Change,
    Comment,
    File,
    Permission,
    SharedDrive,
    at_least,
    new_id,
)
from tests.sheets_server.drive.query import search_of
from tests.sheets_server.drive.render import (
    EXPORTS,
    comment_resource,
    drive_resource,
    file_resource,
    moment,
    person,
)
from tests.sheets_server.wire import Refusal, invalid_parameter

# -- changes ----------------------------------------------------------------------------------------------


def start_page_token(asked: Asked) -> Any:
    """``changes.getStartPageToken``: where the log ends now."""
    wanted = asked.params.get("driveId") or asked.params.get("teamDriveId")
    if wanted and all(shared.id != wanted for shared, _ in _drives(asked)):
        raise _no_drive(wanted)
    return {"kind": "drive#startPageToken", "startPageToken": str(asked.drive.next_number)}


def list_changes(asked: Asked) -> Any:
    """``changes.list``: each changed file once, with its last change."""
    drive, params = asked.drive, asked.params
    token = params.get("pageToken") or ""
    if not token.isdigit() or not 1 <= int(token) <= drive.next_number:
        raise invalid_parameter("pageToken", "Invalid Value", reason="invalid")
    new = [change for change in drive.log if change.number >= int(token) and _concerns(asked, change)]
    last = {change.file_id: change for change in new}
    coalesced = sorted(last.values(), key=lambda change: change.number)
    size = params.get("pageSize") or 100
    shown = [_told(asked, change) for change in coalesced[:size]]
    told: dict[str, Any] = {"kind": "drive#changeList", "changes": [each for each in shown if each]}
    if len(coalesced) > size:
        return told | {"nextPageToken": str(coalesced[size].number)}
    return told | {"newStartPageToken": str(drive.next_number)}


def _concerns(asked: Asked, change: Change) -> bool:
    """Whether the user is told of it: files of shared drives only when asked for."""
    params = asked.params
    wanted = params.get("driveId") or params.get("teamDriveId") or ""
    if wanted:
        return change.drive_id == wanted
    with_drives = params.get("includeItemsFromAllDrives") or params.get("includeTeamDriveItems")
    if change.drive_id and not (with_drives and asked.shared_drives):
        return False
    file = asked.drive.files.get(change.file_id)
    is_mine = file is None or file.owner.lower() == asked.user.lower()
    return is_mine or not params.get("restrictToMyDrive")


def _told(asked: Asked, change: Change) -> dict[str, Any] | None:
    """A change as the user is told: a file that is gone for him is "removed"."""
    file = asked.drive.files.get(change.file_id)
    told: dict[str, Any] = {"kind": "drive#change", "type": "file", "changeType": "file"}
    told |= {"time": moment(change.at), "removed": False, "fileId": change.file_id}
    if file is not None and asked.drive.role(asked.user, file):
        return None if file.is_root else told | {"file": file_resource(asked.drive, file, asked.user)}
    if asked.params.get("includeRemoved") is False or asked.user.lower() not in change.audience:
        return None
    return told | {"removed": True}


# -- shared drives ----------------------------------------------------------------------------------------


def list_drives(asked: Asked) -> Any:
    """``drives.list``: those of which the user is a member."""
    said = asked.params.get("q")
    test = search_of(said, asked.drive, asked.user) if said else lambda file: True
    found = [each for each in _drives(asked) if test(asked.drive.files[each[0].id])]
    mine = [drive_resource(shared, role) for shared, role in found]
    page, token = page_of(mine, asked, 10)
    return {"kind": "drive#driveList", "drives": list(page)} | ({"nextPageToken": token} if token else {})


def get_drive(asked: Asked) -> Any:
    """``drives.get``."""
    return drive_resource(*_one_drive(asked))


def create_drive(asked: Asked) -> Any:
    """``drives.create``: its maker organizes it."""
    if not asked.owns_storage:
        raise Refusal(403, "The user cannot create new shared drives.", reason="userCannotCreateTeamDrives")
    if not asked.body.get("name"):
        raise invalid_parameter("name", "The drive's name is required.", reason="required")
    shared = asked.drive.add_drive(asked.body["name"], [Permission("user", "organizer", asked.user)])
    return drive_resource(shared, "organizer")


def update_drive(asked: Asked) -> Any:
    """``drives.update``: its name."""
    shared, role = _one_drive(asked, "organizer")
    shared.name = asked.body.get("name") or shared.name
    return drive_resource(shared, role)


def delete_drive(asked: Asked) -> None:
    """``drives.delete``: only when empty."""
    shared, _ = _one_drive(asked, "organizer")
    if any(file.drive_id == shared.id and not file.is_root for file in asked.drive.files.values()):
        raise Refusal(
            403, "A shared drive must be empty to be deleted.", reason="cannotDeleteNonEmptyTeamDrive"
        )
    del asked.drive.drives[shared.id], asked.drive.files[shared.id]


def _drives(asked: Asked) -> Sequence[tuple[SharedDrive, str]]:
    drive = asked.drive
    roles = ((shared, drive.role(asked.user, drive.files[shared.id])) for shared in drive.drives.values())
    return [(shared, role) for shared, role in roles if role]


def _one_drive(asked: Asked, needed: str = "reader") -> tuple[SharedDrive, str]:
    wanted = asked.params["driveId"]
    for shared, role in _drives(asked):
        if shared.id == wanted:
            if not at_least(role, needed):
                text = "The user does not have sufficient permissions for this shared drive."
                raise Refusal(403, text, reason="insufficientFilePermissions")
            return shared, role
    raise _no_drive(wanted)


def _no_drive(wanted: str) -> Refusal:
    text = f"Shared drive not found: {wanted}"
    return Refusal(404, text, reason="notFound", location=("parameter", "driveId"))


# -- about ------------------------------------------------------------------------------------------------


def about(asked: Asked) -> Any:
    """``about.get``: the user and his storage."""
    used = sum(len(f.content) for f in asked.drive.files.values() if f.owner.lower() == asked.user.lower())
    limit = {} if asked.owns_storage else {"limit": "0"}
    return {
        "kind": "drive#about",
        "user": person(asked.user, asked.user) | {"me": True},
        "storageQuota": limit | {"usage": str(used), "usageInDrive": str(used), "usageInDriveTrash": "0"},
        "exportFormats": {SPREADSHEET: list(EXPORTS)},
        "importFormats": {"text/csv": [SPREADSHEET], EXPORTS[3]: [SPREADSHEET]},
        "maxUploadSize": "5242880000000",
        "appInstalled": False,
        "canCreateDrives": asked.owns_storage and not is_machine(asked.user),
        "canCreateTeamDrives": asked.owns_storage and not is_machine(asked.user),
        "folderColorPalette": ["#8f8f8f"],
        "maxImportSizes": {SPREADSHEET: "104857600", FOLDER: "0"},
    }


# -- comments ---------------------------------------------------------------------------------------------


def list_comments(asked: Asked) -> Any:
    """``comments.list``."""
    file = _commented(asked)
    deleted = asked.params.get("includeDeleted")
    listed = [each for each in file.comments.values() if deleted or not each.deleted]
    page, token = page_of(listed, asked, 20)
    told = {"kind": "drive#commentList", "comments": [comment_resource(each, asked.user) for each in page]}
    return told | ({"nextPageToken": token} if token else {})


def create_comment(asked: Asked) -> Any:
    """``comments.create``."""
    file = _commented(asked, "commenter")
    content = asked.body.get("content") or ""
    if not content:
        raise invalid_parameter("content", "The comment's content is required.", reason="required")
    comment = Comment("AAAA" + new_id()[:8], asked.user, content, asked.now, asked.now)
    comment.anchor = asked.body.get("anchor") or ""
    file.comments[comment.id] = comment
    return comment_resource(comment, asked.user)


def get_comment(asked: Asked) -> Any:
    """``comments.get``."""
    return comment_resource(_one_comment(asked), asked.user)


def update_comment(asked: Asked) -> Any:
    """``comments.update``: only one's own."""
    comment = _one_comment(asked)
    _require_own(asked, comment)
    comment.content, comment.modified = asked.body.get("content") or comment.content, asked.now
    return comment_resource(comment, asked.user)


def delete_comment(asked: Asked) -> None:
    """``comments.delete``: only one's own; its place stays."""
    comment = _one_comment(asked)
    _require_own(asked, comment)
    comment.deleted, comment.content = True, ""


def _commented(asked: Asked, needed: str = "reader") -> File:
    """Comments' methods know no ``supportsAllDrives``: they work everywhere."""
    asked.params["supportsAllDrives"] = True
    return asked.file(needed)


def _one_comment(asked: Asked) -> Comment:
    wanted = asked.params["commentId"]
    found = _commented(asked).comments.get(wanted)
    if found is None:
        text = f"Comment not found: {wanted}"
        raise Refusal(404, text, reason="notFound", location=("parameter", "commentId"))
    return found


def _require_own(asked: Asked, comment: Comment) -> None:
    if comment.author.lower() != asked.user.lower():
        text = "The user does not have sufficient permissions for this comment."
        raise Refusal(403, text, reason="insufficientFilePermissions")
