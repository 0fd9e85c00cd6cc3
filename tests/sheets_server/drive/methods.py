"""Which method of Drive does what, and which fields it tells when the client names none."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.sheets_server.drive import files_api, permissions_api, rest_api
from tests.sheets_server.drive.asking import Asked

PERFORMED: Mapping[str, Callable[[Asked], Any]] = {
    "about.get": rest_api.about,
    "changes.getStartPageToken": rest_api.start_page_token,
    "changes.list": rest_api.list_changes,
    "comments.create": rest_api.create_comment,
    "comments.delete": rest_api.delete_comment,
    "comments.get": rest_api.get_comment,
    "comments.list": rest_api.list_comments,
    "comments.update": rest_api.update_comment,
    "drives.create": rest_api.create_drive,
    "drives.delete": rest_api.delete_drive,
    "drives.get": rest_api.get_drive,
    "drives.list": rest_api.list_drives,
    "drives.update": rest_api.update_drive,
    "files.copy": files_api.copy_file,
    "files.create": files_api.create_file,
    "files.delete": files_api.delete_file,
    "files.emptyTrash": files_api.empty_trash,
    "files.export": files_api.export_file,
    "files.generateIds": files_api.generate_ids,
    "files.get": files_api.get_file,
    "files.list": files_api.list_files,
    "files.update": files_api.update_file,
    "permissions.create": permissions_api.create_permission,
    "permissions.delete": permissions_api.delete_permission,
    "permissions.get": permissions_api.get_permission,
    "permissions.list": permissions_api.list_permissions,
    "permissions.update": permissions_api.update_permission,
}

_FILE = "kind,id,name,mimeType,driveId,teamDriveId"
_PERMISSION = "kind,id,type,role,allowFileDiscovery,expirationTime"

DEFAULT_FIELDS: Mapping[str, str] = {
    "changes.list": "kind,nextPageToken,newStartPageToken,"
    f"changes(kind,removed,fileId,time,type,changeType,file({_FILE}))",
    "drives.create": "kind,id,name",
    "drives.get": "kind,id,name",
    "drives.list": "kind,nextPageToken,drives(kind,id,name)",
    "drives.update": "kind,id,name",
    "files.copy": _FILE,
    "files.create": _FILE,
    "files.get": _FILE,
    "files.list": f"kind,incompleteSearch,nextPageToken,files({_FILE})",
    "files.update": _FILE,
    "permissions.create": _PERMISSION,
    "permissions.get": _PERMISSION,
    "permissions.list": f"kind,nextPageToken,permissions({_PERMISSION})",
    "permissions.update": _PERMISSION,
}
"""Drive v3 tells little unless asked."""

FIELDS_REQUIRED = {"about.get", "comments.create", "comments.get", "comments.list", "comments.update"}
"""Methods that Drive refuses without ``fields``."""
