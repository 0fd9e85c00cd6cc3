"""The order of a list of files: ``orderBy=folder,modifiedTime desc,name``."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.sheets_server.drive.model import File
from tests.sheets_server.wire import invalid_parameter

_DIGITS = re.compile(r"(\d+)")


def in_order(files: Iterable[File], order: str, user: str) -> list[File]:
    """The files in the order that was asked for; otherwise the last modified first."""
    listed = sorted(files, key=lambda file: file.modified, reverse=True)
    for part in reversed([part for part in order.split(",") if part.strip()]):
        name, _, direction = part.strip().partition(" ")
        if name not in _KEYS or direction.strip() not in {"", "desc", "asc"}:
            raise invalid_parameter(
                "orderBy", f"Invalid value '{part.strip()}' for orderBy.", reason="invalid"
            )
        key = _KEYS[name]
        keyed = [(key(file, user), file) for file in listed]
        keyed.sort(key=lambda each: each[0], reverse=direction.strip() == "desc")
        listed = [file for _, file in keyed]
    return listed


def _natural(text: str) -> list[Any]:
    """Digits count as numbers: 2 before 12."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in _DIGITS.split(text.casefold())]


_KEYS: Mapping[str, Callable[[File, str], Any]] = {
    "createdTime": lambda file, user: file.created,
    "modifiedTime": lambda file, user: file.modified,
    "modifiedByMeTime": lambda file, user: file.modified,
    "viewedByMeTime": lambda file, user: file.modified,
    "recency": lambda file, user: file.modified,
    "sharedWithMeTime": lambda file, user: file.shared_at.get(user.lower(), file.created),
    "folder": lambda file, user: not file.is_folder,
    "name": lambda file, user: file.name.casefold(),
    "name_natural": lambda file, user: _natural(file.name),
    "quotaBytesUsed": lambda file, user: len(file.content),
    "starred": lambda file, user: user not in file.starred_by,
}
