"""Drive's ``permissions`` methods: who may do what with a file, a folder or a shared drive."""

import re
from typing import Any

from tests.sheets_server.drive.asking import Asked, page_of
from tests.sheets_server.drive.model import ROLES, File, Permission
from tests.sheets_server.drive.render import permission_resource
from tests.sheets_server.wire import Refusal

_KINDS = {"user", "group", "domain", "anyone"}
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MISSING = "The {} field is required for permissions of type '{}'."
_OWNER_ONLY = "The transferOwnership parameter must be enabled when the permission role is 'owner'."


def list_permissions(asked: Asked) -> Any:
    """``permissions.list``: a file's own, and in a shared drive its members' too."""
    file = asked.file("writer")
    page, token = page_of(_all(asked, file), asked)
    told = {"kind": "drive#permissionList", "permissions": list(page)}
    return told | ({"nextPageToken": token} if token else {})


def get_permission(asked: Asked) -> Any:
    """``permissions.get``."""
    file = asked.file()
    return next(each for each in _all(asked, file) if each["id"] == _found(asked, file).id)


def _all(asked: Asked, file: File) -> list[dict[str, Any]]:
    if not file.drive_id:
        listed = {
            permission.id: permission for permission, _ in reversed(list(asked.drive.permissions_on(file)))
        }
        return [permission_resource(permission) for permission in listed.values()]
    found = {}
    for permission, whence in reversed(list(asked.drive.permissions_on(file))):
        found[permission.id] = permission_resource(
            permission, "" if file.is_root else whence, shared_drive=True
        )
    return list(found.values())


def create_permission(asked: Asked) -> Any:
    """``permissions.create``: shares."""
    file = asked.file()
    _require_sharing(asked, file)
    if (mine := _owner_already(asked, file)) is not None:
        return permission_resource(mine)
    permission = _asked_for(asked, file)
    audience = asked.drive.audience(file)
    if permission.role == "owner":
        _hand_over(asked, file, permission)
    elif file.is_root and file.drive_id:
        asked.drive.drives[file.drive_id].members[permission.id] = permission
    else:
        file.permit(permission, asked.now)
    if permission.kind in {"user", "group"} and asked.params.get("sendNotificationEmail", True):
        message = asked.params.get("emailMessage") or ""
        asked.drive.notifications.append((file.id, permission.address, message))
    asked.drive.note(file, audience)
    return permission_resource(permission, shared_drive=bool(file.drive_id))


def _owner_already(asked: Asked, file: File) -> Permission | None:
    """Whoever owns the file may be given any role: he stays its owner (gspread's copy does it)."""
    address = (asked.body.get("emailAddress") or "").lower()
    if not file.owner or address != file.owner.lower() or asked.body.get("role") not in ROLES:
        return None
    return next((each for each in file.permissions.values() if each.role == "owner"), None)


def _asked_for(asked: Asked, file: File) -> Permission:
    body = asked.body
    kind, role = body.get("type", ""), body.get("role", "")
    if not kind:
        raise _invalid("permission.type", "The permission type field is required.", "required")
    if not role:
        raise _invalid("permission.role", "The permission role field is required.", "required")
    if kind not in _KINDS:
        raise _invalid("permission.type", f"The specified permission type is invalid: {kind}.", "invalid")
    _check_role(role, file)
    address = ""
    if kind in {"user", "group"}:
        address = body.get("emailAddress") or ""
        if not address:
            raise _invalid("permission.emailAddress", _MISSING.format("emailAddress", kind), "required")
        if not _ADDRESS.fullmatch(address):
            text = "The specified emailAddress is invalid or not applicable for the given permission type."
            raise _invalid("permission.emailAddress", text, "invalid")
    elif kind == "domain":
        address = body.get("domain") or ""
        if not address:
            raise _invalid("permission.domain", _MISSING.format("domain", kind), "required")
        if "." not in address or "@" in address:
            text = "The specified domain is invalid or not applicable for the given permission type."
            raise _invalid("permission.domain", text, "invalid")
    if role == "owner" and (kind != "user" or not asked.params.get("transferOwnership")):
        raise Refusal(403, _OWNER_ONLY, reason="forbidden", location=("parameter", "transferOwnership"))
    if kind in {"anyone", "domain"} and ROLES.index(role) > ROLES.index("writer"):
        raise _invalid(
            "permission.role", "The specified role is invalid for this permission type.", "invalid"
        )
    discoverable = bool(body.get("allowFileDiscovery", kind == "domain"))
    return Permission(
        kind, role, address, discoverable=discoverable, expires=body.get("expirationTime") or ""
    )


def _check_role(role: str, file: File) -> None:
    if role not in ROLES:
        raise _invalid("permission.role", f"The specified role is invalid: {role}.", "invalid")
    if role in {"fileOrganizer", "organizer"} and not file.drive_id:
        text = "The specified role can only be used for items of a shared drive."
        raise _invalid("permission.role", text, "invalid")
    if role == "owner" and file.drive_id:
        raise Refusal(
            403, "A shared drive item cannot have an owner.", reason="ownerOnTeamDriveItemNotSupported"
        )


def update_permission(asked: Asked) -> Any:
    """``permissions.update``: another role, a change of owner."""
    file = asked.file()
    permission = _found(asked, file)
    body, me = asked.body, asked.user.lower()
    role = body.get("role") or permission.role
    _check_role(role, file)
    accepts = permission.pending_owner and permission.address.lower() == me and role == "owner"
    if not accepts:
        _require_sharing(asked, file)
    if role == "owner":
        if not asked.params.get("transferOwnership"):
            raise Refusal(403, _OWNER_ONLY, reason="forbidden", location=("parameter", "transferOwnership"))
        _hand_over(asked, file, permission, accepts=accepts)
    elif permission.role == "owner":
        text = "The owner's role cannot be changed; the ownership must be transferred."
        raise Refusal(403, text, reason="forbidden")
    else:
        _offer(file, permission, body, me, role)
        permission.role = role
    if asked.params.get("removeExpiration"):
        permission.expires = ""
    elif body.get("expirationTime"):
        permission.expires = body["expirationTime"]
    asked.drive.note(file)
    return permission_resource(permission, shared_drive=bool(file.drive_id))


def _offer(file: File, permission: Permission, body: dict[str, Any], me: str, role: str) -> None:
    """The owner offers the file to somebody who can already write in it."""
    if "pendingOwner" not in body:
        return
    if body["pendingOwner"]:
        if file.owner.lower() != me:
            text = f"The user does not have sufficient permissions for file {file.id}."
            raise Refusal(403, text, reason="insufficientFilePermissions")
        if role != "writer" or permission.kind != "user":
            text = "The target user cannot be a pending owner because the target user does not have a writer role "
            raise Refusal(403, text + "for the file.", reason="pendingOwnerWriterRequired")
    permission.pending_owner = body["pendingOwner"]


def _hand_over(asked: Asked, file: File, permission: Permission, *, accepts: bool = False) -> None:
    """A new owner: at once within one domain, elsewhere only once the new owner has accepted."""
    me = asked.user.lower()
    if not accepts:
        if file.owner.lower() != me:
            text = f"The user does not have sufficient permissions for file {file.id}."
            raise Refusal(403, text, reason="insufficientFilePermissions")
        if _domain(permission.address) != _domain(me):
            text = "Consent is required to transfer ownership of a file to another user."
            raise Refusal(403, text, reason="consentRequiredForOwnershipTransfer")
    if (before := file.owner) and before.lower() != permission.address.lower():
        file.permit(Permission("user", "writer", before), asked.now)
    permission.role, permission.pending_owner = "owner", False
    file.permit(permission, asked.now)
    file.owner = permission.address


def delete_permission(asked: Asked) -> None:
    """``permissions.delete``: takes a share back; anybody may leave by himself."""
    file = asked.file()
    permission = _found(asked, file)
    if permission.address.lower() != asked.user.lower():
        _require_sharing(asked, file)
    if permission.role == "owner":
        raise Refusal(403, "The owner of a file cannot be removed.", reason="forbidden")
    audience = asked.drive.audience(file)
    members = asked.drive.drives[file.drive_id].members if file.drive_id else {}
    if file.is_root and permission.id in members:
        del members[permission.id]
    elif permission.id in file.permissions:
        del file.permissions[permission.id]
        file.shared_at.pop(permission.address.lower(), None)
    else:
        raise Refusal(403, "Cannot remove inherited permission.", reason="cannotDeletePermission")
    asked.drive.note(file, audience)


def _found(asked: Asked, file: File) -> Permission:
    wanted = asked.params["permissionId"]
    for permission, _ in asked.drive.permissions_on(file):
        if permission.id == wanted:
            return permission
    text = f"Permission not found: {wanted}."
    raise Refusal(404, text, reason="notFound", location=("parameter", "permissionId"))


def _require_sharing(asked: Asked, file: File) -> None:
    needed = "organizer" if file.is_root and file.drive_id else "writer"
    owners_only = not file.details.get("writersCanShare", True)
    asked.drive.require(asked.user, file, "owner" if owners_only else needed)
    if file.is_root and not file.drive_id:
        raise Refusal(403, "The root folder cannot be shared.", reason="cannotShareRootFolder")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _invalid(name: str, message: str, reason: str) -> Refusal:
    """A refusal of a field of the body: Drive calls such a place "other"."""
    return Refusal(400, message, reason=reason, location=("other", name))
