"""What Drive holds: files, who may do what with them, shared drives, what happened."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.sheets_server.book import Book

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
NATIVE = "application/vnd.google-apps."

ROLES = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")
"""From the least to the most: https://developers.google.com/workspace/drive/api/guides/ref-roles"""


def at_least(role: str, needed: str) -> bool:
    """Whether ``role`` ("": none) allows what ``needed`` allows."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(needed)


def new_id() -> str:
    """An identifier as Drive gives files: 44 letters, digits, dashes."""
    return "1" + secrets.token_urlsafe(33)[:43]


def short_id(seed: str, length: int = 17) -> str:
    """An identifier that is the same for the same thing, as those of a person's own root folder."""
    return "0A" + hashlib.sha256(seed.encode()).hexdigest()[:length]


def permission_id(kind: str, address: str, *, discoverable: bool = False) -> str:
    """Drive's identifier of a permission: always the same for the same person, group or domain."""
    if kind == "anyone":
        return "anyone" if discoverable else "anyoneWithLink"
    number = int(hashlib.sha256(address.lower().encode()).hexdigest()[:16], 16)
    return f"{number:020d}" + ("k" if kind == "domain" else "")


@dataclass(slots=True)
class Permission:
    """Who (a user or group by address, a domain, anyone) may do what."""

    kind: str
    role: str
    address: str = ""
    pending_owner: bool = False
    discoverable: bool = False
    expires: str = ""

    @property
    def id(self) -> str:
        """Its identifier."""
        return permission_id(self.kind, self.address, discoverable=self.discoverable)

    def admits(self, user: str) -> bool:
        """Whether it is this user's; membership in groups is not known, a group's own address is."""
        match self.kind:
            case "anyone":
                return True
            case "domain":
                return user.lower().endswith("@" + self.address.lower())
            case _:
                return user.lower() == self.address.lower()


@dataclass(slots=True)
class Comment:
    """A remark on a file."""

    id: str
    author: str
    content: str
    created: datetime
    modified: datetime
    anchor: str = ""
    resolved: bool = False
    deleted: bool = False


@dataclass(slots=True)
class File:
    """A file, folder or spreadsheet. ``modified`` and ``version`` are what Drive knows, which may lag behind."""

    id: str
    given_name: str
    mime_type: str
    created: datetime
    modified: datetime
    modified_by: str
    owner: str = ""
    drive_id: str = ""
    parents: list[str] = field(default_factory=list)
    permissions: dict[str, Permission] = field(default_factory=dict)
    shared_at: dict[str, datetime] = field(default_factory=dict)
    book: Book | None = None
    content: bytes = b""
    version: int = 1
    trashed: datetime | None = None
    starred_by: set[str] = field(default_factory=set)
    details: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    app_properties: dict[str, str] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    is_root: bool = False
    seen_revision: int = 0
    unseen_edit: "UnseenEdit | None" = None

    @property
    def name(self) -> str:
        """Its name; a spreadsheet's is its title."""
        return self.book.title if self.book is not None else self.given_name

    @name.setter
    def name(self, name: str) -> None:
        self.given_name = name
        if self.book is not None:
            self.book.title = name

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.mime_type == FOLDER

    def permit(self, permission: Permission, now: datetime) -> Permission:
        """Gives a permission, in place of an earlier one of the same person."""
        self.permissions[permission.id] = permission
        self.shared_at.setdefault(permission.address.lower(), now)
        return permission


@dataclass(slots=True)
class UnseenEdit:
    """What a person edited that Drive does not tell yet: when last, by whom, and when it will be told."""

    last: datetime
    user: str
    told_at: datetime


@dataclass(slots=True)
class SharedDrive:
    """A shared drive: its files belong to it, its members may use them all."""

    id: str
    name: str
    created: datetime
    members: dict[str, Permission] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log of changes; ``audience`` are those who could see the file before."""

    number: int
    at: datetime
    file_id: str
    drive_id: str
    audience: frozenset[str]
