"""Drive's ``files`` methods."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tests.sheets_server.book import Book
from tests.sheets_server.discovery import schemas
from tests.sheets_server.drive.asking import Asked, page_of
from tests.sheets_server.drive.convert import TABULAR, exported, replace_contents
from tests.sheets_server.drive.model import FOLDER, NATIVE, SPREADSHEET, File, at_least, new_id
from tests.sheets_server.drive.ordering import in_order
from tests.sheets_server.drive.query import search_of
from tests.sheets_server.drive.render import file_resource
from tests.sheets_server.wire import Answer, Refusal, invalid_parameter

_NOT_WRITABLE = "The resource body includes fields which are not directly writable."
_TOLD_ONLY = frozenset(
    name
    for name, field in schemas("drive")["File"]["properties"].items()
    if field.get("description", "").startswith("Output only") and name != "kind"
)
"""Fields that Drive tells and nobody sets."""
_LARGEST_EXPORT = 10 * 1024 * 1024
"""Bytes, after conversion."""
_SPACES = {"drive", "appDataFolder", "photos"}
_NO_SPACE = "The granted scopes do not give access to all of the requested spaces."
_NOT_DOWNLOADABLE = "Only files with binary content can be downloaded. Use Export with Docs Editors files."


def list_files(asked: Asked) -> Any:
    """``files.list``."""
    drive, params = asked.drive, asked.params
    test = search_of(params["q"], drive, asked.user) if params.get("q") else lambda file: True
    found = [file for file in _corpus(asked) if test(file)]
    page, token = page_of(in_order(found, params.get("orderBy") or "", asked.user), asked)
    told: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    told["files"] = [file_resource(drive, file, asked.user) for file in page]
    return told | ({"nextPageToken": token} if token else {})


def _corpus(asked: Asked) -> Iterable[File]:
    """The files among which is searched: the user's own and shared ones, and those of shared drives if asked."""
    drive, params = asked.drive, asked.params
    corpora = params.get("corpora") or "user"
    wanted = params.get("driveId") or params.get("teamDriveId") or ""
    with_drives = bool(params.get("includeItemsFromAllDrives") or params.get("includeTeamDriveItems"))
    _check_spaces(params.get("spaces") or "drive")
    if corpora not in {"user", "domain", "drive", "allDrives", "teamDrive", "allTeamDrives"}:
        raise invalid_parameter("corpora", f"Invalid value '{corpora}' for corpora.")
    if bool(wanted) != (corpora in {"drive", "teamDrive"}):
        text = "The driveId parameter must be specified if and only if corpora is set to drive."
        raise invalid_parameter("driveId", text, reason="invalid")
    if with_drives and not asked.shared_drives:
        text = "The supportsAllDrives parameter must be set to true when items of all drives are included."
        raise invalid_parameter("supportsAllDrives", text, reason="invalid")
    if corpora not in {"user", "domain"} and not with_drives:
        text = "The includeItemsFromAllDrives parameter must be set to true for this corpora."
        raise invalid_parameter("includeItemsFromAllDrives", text, reason="invalid")
    if wanted and not _is_member(asked, wanted):
        raise Refusal(
            404, f"Shared drive not found: {wanted}", reason="notFound", location=("parameter", "driveId")
        )
    for file in drive.files.values():
        if file.is_root or (file.drive_id and not with_drives) or (wanted and file.drive_id != wanted):
            continue
        if drive.is_listed_for(asked.user, file):
            yield file


def _check_spaces(spaces: str) -> None:
    """Only what people see is kept here; an application's own space needs a scope of its own."""
    asked_for = {each.strip() for each in spaces.split(",")}
    if asked_for - _SPACES:
        raise invalid_parameter("spaces", "Invalid Value", reason="invalid")
    if asked_for != {"drive"}:
        raise Refusal(403, _NO_SPACE, reason="insufficientScopes", location=("parameter", "spaces"))


def _is_member(asked: Asked, drive_id: str) -> bool:
    shared = asked.drive.drives.get(drive_id)
    return shared is not None and any(member.admits(asked.user) for member in shared.members.values())


def get_file(asked: Asked) -> Any:
    """``files.get``; with ``alt=media`` the file's bytes."""
    file = asked.file()
    if asked.params.get("alt") != "media":
        return file_resource(asked.drive, file, asked.user)
    if file.mime_type.startswith(NATIVE):
        raise Refusal(403, _NOT_DOWNLOADABLE, reason="fileNotDownloadable", location=("parameter", "alt"))
    return Answer(200, file.content, file.mime_type)


def create_file(asked: Asked) -> Any:
    """``files.create``: a spreadsheet, a folder, or a file with bytes."""
    body = asked.body
    if set(body) & _TOLD_ONLY:
        raise Refusal(403, _NOT_WRITABLE, reason="fieldNotWritable")
    kind = body.get("mimeType") or asked.media_type or "application/octet-stream"
    parents = _parents(asked, body.get("parents") or [])
    if kind != FOLDER:
        asked.require_storage(parents)
    file = _made(asked, kind, parents)
    _take_details(file, asked)
    if body.get("createdTime"):
        file.created = datetime.fromisoformat(body["createdTime"])
    if body.get("modifiedTime"):
        file.modified = datetime.fromisoformat(body["modifiedTime"])
    asked.drive.add(file)
    return file_resource(asked.drive, file, asked.user)


def _made(asked: Asked, kind: str, parents: list[str]) -> File:
    body, now = asked.body, asked.now
    identifier = body.get("id") or new_id()
    name = body.get("name") or "Untitled"
    if body.get("id") and kind.startswith(NATIVE):
        text = "Pre-generated IDs are not supported for the creation of native Google files."
        raise invalid_parameter("id", text, reason="invalid")
    if identifier in asked.drive.files:
        raise Refusal(409, "A file already exists with the provided ID.", reason="fileIdInUse")
    if kind.startswith(NATIVE) and kind not in {SPREADSHEET, FOLDER}:
        raise Refusal(501, f"This stand-in makes no {kind}.", reason="notImplemented")
    file = File(identifier, name, kind, now, now, asked.user, owner=asked.user, parents=parents)
    if kind == SPREADSHEET:
        file.book = Book(identifier, {"properties": {"title": name}})
    _take_media(file, asked)
    return file


def _parents(asked: Asked, wanted: Sequence[str]) -> list[str]:
    """The folder for a new file, in which the user must be allowed to write."""
    if len(wanted) > 1:
        text = "A file cannot have multiple parents."
        raise Refusal(400, text, reason="cannotAddParent", location=("parameter", "parents"))
    if not wanted:
        return [asked.drive.root_of(asked.user).id]
    folder = asked.drive.visible(asked.user, wanted[0], shared_drives=asked.shared_drives)
    asked.drive.require(asked.user, folder, "writer")
    if not folder.is_folder:
        raise Refusal(403, "The specified parent is not a folder.", reason="parentNotAFolder")
    return [folder.id]


def _take_media(file: File, asked: Asked) -> None:
    """What was uploaded: into a spreadsheet as its contents, else as bytes."""
    if asked.media is None:
        return
    if file.book is None:
        file.content = asked.media
    elif asked.media_type in TABULAR or asked.media[:2] == b"PK":
        replace_contents(file.book, asked.media, asked.media_type)
    else:
        raise Refusal(400, "Bad Request", reason="badRequest")


def _take_details(file: File, asked: Asked) -> None:
    """Descriptions, times and properties; a property set to null is taken away."""
    body = asked.body
    for name in ("description", "folderColorRgb", "originalFilename", "writersCanShare"):
        if name in body:
            file.details[name] = body[name]
    if "starred" in body:
        (file.starred_by.add if body["starred"] else file.starred_by.discard)(asked.user)
    for said, kept in (
        (body.get("properties"), file.properties),
        (body.get("appProperties"), file.app_properties),
    ):
        for name, value in (said or {}).items():
            if value is None:
                kept.pop(name, None)
            else:
                kept[name] = str(value)


def update_file(asked: Asked) -> Any:
    """``files.update``: name, place, properties, contents, the trash."""
    drive, body = asked.drive, asked.body
    file = asked.file()
    _require_no_root(file)
    if "parents" in body:
        text = "The parents field is not directly writable in update requests. Use the addParents and removeParents "
        raise Refusal(403, text + "parameters instead.", reason="fieldNotWritable")
    if set(body) & (_TOLD_ONLY | {"id", "createdTime"}):
        raise Refusal(403, _NOT_WRITABLE, reason="fieldNotWritable")
    if set(body) - {"starred"} or asked.media is not None or asked.params.get("addParents"):
        drive.require(asked.user, file, "writer")
    audience = drive.audience(file)
    _move(asked, file)
    if "trashed" in body:
        _discard(asked, file, trash=body["trashed"])
    if body.get("name"):
        file.name = body["name"]
    _take_details(file, asked)
    _take_media(file, asked)
    drive.written(file, asked.user, audience)
    if body.get("modifiedTime"):
        file.modified = datetime.fromisoformat(body["modifiedTime"])
    return file_resource(drive, file, asked.user)


def _move(asked: Asked, file: File) -> None:
    added = [each for each in (asked.params.get("addParents") or "").split(",") if each]
    removed = {each for each in (asked.params.get("removeParents") or "").split(",") if each}
    if not added and not removed:
        return
    kept = [parent for parent in file.parents if parent not in removed]
    if added:
        target = _parents(asked, added)
        if asked.drive.drive_of(target) != file.drive_id:
            asked.drive.require(asked.user, file, "organizer")
        kept = target
    file.parents = kept or [asked.drive.root_of(file.owner or asked.user).id]
    file.drive_id = asked.drive.drive_of(file.parents)
    if file.drive_id and file.owner:
        file.permissions = {key: each for key, each in file.permissions.items() if each.role != "owner"}
        file.owner = ""


def _discard(asked: Asked, file: File, *, trash: bool) -> None:
    asked.drive.require(asked.user, file, "fileOrganizer")
    file.trashed = asked.now if trash else None


def _require_no_root(file: File) -> None:
    """A person's or shared drive's own root is no file to be renamed, discarded or deleted."""
    if file.is_root:
        text = f"The user does not have sufficient permissions for file {file.id}."
        raise Refusal(403, text, reason="insufficientFilePermissions")


def delete_file(asked: Asked) -> None:
    """``files.delete``: for good, by the owner or a shared drive's organizer."""
    file = asked.file("organizer")
    _require_no_root(file)
    asked.drive.remove(file)


def empty_trash(asked: Asked) -> None:
    """``files.emptyTrash``: the user's own."""
    for file in list(asked.drive.files.values()):
        if file.trashed and file.owner.lower() == asked.user.lower():
            asked.drive.remove(file)


def copy_file(asked: Asked) -> Any:
    """``files.copy``: contents without permissions, beside the original where the user may write there."""
    drive, body = asked.drive, asked.body
    source = asked.file()
    if source.is_folder:
        text = "This file cannot be copied by the user."
        raise Refusal(403, text, reason="cannotCopyFile")
    parents = _parents(asked, body["parents"]) if body.get("parents") else _place_beside(asked, source)
    asked.require_storage(parents)
    identifier = new_id()
    name = body.get("name") or f"Copy of {source.name}"
    copy = File(identifier, name, source.mime_type, asked.now, asked.now, asked.user, owner=asked.user)
    copy.parents, copy.content = parents, source.content
    copy.properties, copy.app_properties = dict(source.properties), dict(source.app_properties)
    if source.book is not None:
        copy.book = source.book.copy(identifier, name)
    _take_details(copy, asked)
    drive.add(copy)
    return file_resource(drive, copy, asked.user)


def _place_beside(asked: Asked, source: File) -> list[str]:
    for parent in source.parents:
        folder = asked.drive.files.get(parent)
        if folder is not None and at_least(asked.drive.role(asked.user, folder), "writer"):
            return [folder.id]
    return [asked.drive.root_of(asked.user).id]


def export_file(asked: Asked) -> Answer:
    """``files.export``: a spreadsheet in another format, of at most 10 MB."""
    asked.params["supportsAllDrives"] = True
    file = asked.file()
    kind = asked.params["mimeType"]
    if file.book is None:
        text = "Export only supports Docs Editors files."
        raise Refusal(403, text, reason="fileNotExportable")
    headers = {
        "Content-Disposition": "attachment",
        "Cache-Control": "private, max-age=0, must-revalidate",
    }
    media = exported(file.book, kind)
    if len(media) > _LARGEST_EXPORT:
        raise Refusal(403, "This file is too large to be exported.", reason="exportSizeLimitExceeded")
    return Answer(200, media, kind, headers=headers)


def generate_ids(asked: Asked) -> Any:
    """``files.generateIds``."""
    count = asked.params.get("count") or 10
    space = asked.params.get("space") or "drive"
    return {"kind": "drive#generatedIds", "space": space, "ids": [new_id() for _ in range(count)]}
