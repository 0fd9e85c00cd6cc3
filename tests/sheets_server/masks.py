"""Partial answers: the ``fields`` parameter, ``sheets(properties(title),data/rowData)`` or ``*``.

https://developers.google.com/workspace/drive/api/guides/fields-parameter
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tests.sheets_server.discovery import Schema, Service, schemas
from tests.sheets_server.wire import BAD_REQUEST, Refusal, invalid_parameter

Mask = dict[str, Any]
"""What is wanted below each name; an empty mask wants everything."""

_TOKEN = re.compile(r"\s*([A-Za-z0-9_$-]+|\*|[/.,()])\s*")
_HUMP = re.compile(r"_([a-z0-9])")


class NoMask(Exception):
    """The text is no mask, or names a field that does not exist."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


def mask_of(text: str, service: Service, message: str) -> Mask:
    """The mask that ``text`` says, checked against the message that is answered."""
    try:
        if service == "sheets" and (spaced := _spaced(text)):
            raise NoMask(spaced)
        mask = _parsed(text)
        _check(mask, schemas(service)[message] if message else {}, service, [])
    except NoMask as fault:
        raise _refusal(service, fault.at) from fault
    return mask


def _spaced(text: str) -> str:
    """The first path with a blank: Drive overlooks one after a comma, Sheets takes it for part of the name."""
    return next((path for path in text.split(",") if path != "".join(path.split())), "")


def unknown_field(text: str, message: str) -> str:
    """The first path of a mask for Sheets that ``message`` does not have, or nothing."""
    try:
        _check(_parsed(text), schemas("sheets")[message], "sheets", [])
    except NoMask as fault:
        return fault.at
    return ""


def applied(mask: Mask, value: Any) -> Any:
    """``value`` with only what the mask wants."""
    if not mask:
        return value
    if isinstance(value, list):
        return [applied(mask, each) for each in value]
    if not isinstance(value, dict):
        return value
    every = mask.get("*")
    kept = {}
    for name, below in value.items():
        if name in mask:
            kept[name] = applied(mask[name], below)
        elif every is not None:
            kept[name] = applied(every, below)
    return kept


def wants(mask: Mask, *path: str) -> bool:
    """Whether the mask lets anything at or below ``path`` through."""
    for name in path:
        if not mask:
            return True
        if name not in mask and "*" not in mask:
            return False
        mask = mask[name] if name in mask else mask["*"]
    return True


@lru_cache(maxsize=500)
def _parsed(text: str) -> Mask:
    tokens = list(_tokens(text))
    mask, end = _items(tokens, 0, text)
    if end != len(tokens) or not mask:
        raise NoMask(text)
    return mask


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise NoMask(text)
        yield match[1]
        place = match.end()


def _items(tokens: list[str], place: int, text: str) -> tuple[Mask, int]:
    """Comma-separated paths, up to the end or the closing parenthesis."""
    mask: Mask = {}
    while True:
        place = _path(tokens, place, mask, text)
        if place < len(tokens) and tokens[place] == ",":
            place += 1
            continue
        return mask, place


def _path(tokens: list[str], place: int, mask: Mask, text: str) -> int:
    names = []
    while True:
        if place >= len(tokens) or tokens[place] in "/.,()":
            raise NoMask(text)
        names.append(_camel(tokens[place]))
        place += 1
        if place < len(tokens) and tokens[place] in "/.":
            place += 1
            continue
        break
    below: Mask = {}
    if place < len(tokens) and tokens[place] == "(":
        below, place = _items(tokens, place + 1, text)
        if place >= len(tokens) or tokens[place] != ")":
            raise NoMask(text)
        place += 1
    for name in reversed(names):
        below = {name: below}
    _join(mask, below)
    return place


def _join(mask: Mask, more: Mask) -> None:
    """Adds ``more``: what is wanted wholly already stays whole."""
    for name, below in more.items():
        if name not in mask:
            mask[name] = below
        elif not mask[name] or not below:
            mask[name] = {}
        else:
            _join(mask[name], below)


def _camel(name: str) -> str:
    return _HUMP.sub(lambda match: match[1].upper(), name)


def _check(mask: Mask, schema: Schema, service: Service, path: list[str]) -> None:
    schema = _resolved(schema, service)
    if schema.get("type") == "array":
        schema = _resolved(schema["items"], service)
    if schema.get("type") == "any":
        return
    known: Mapping[str, Schema] = schema.get("properties", {})
    rest = schema.get("additionalProperties")
    for name, below in mask.items():
        if name == "*":
            continue
        if name not in known and rest is None:
            raise NoMask(".".join([*path, name]))
        if below:
            _check(below, known.get(name, rest or {}), service, [*path, name])


def _resolved(schema: Schema, service: Service) -> Schema:
    return schemas(service)[schema["$ref"]] if "$ref" in schema else schema


def _refusal(service: Service, at: str) -> Refusal:
    if service == "drive":
        return invalid_parameter("fields", f"Invalid field selection {at.rpartition('.')[2]}")
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{at}'."
    violation = {"field": at, "description": text}
    details = [{"@type": BAD_REQUEST, "fieldViolations": [violation]}]
    return Refusal(400, "Request contains an invalid argument.", details=details)
