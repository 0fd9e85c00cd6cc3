"""Field masks: ``a,b.c,d(e,f)``, ``a/b`` and ``*``, and what they set or clear."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_server.book.model import Json, Refused

Path = tuple[str, ...]

_HUMP = re.compile(r"_([a-z0-9])")


def paths(mask: object) -> list[Path]:
    """Every path that a mask names; ``*`` is the empty path, which stands for all."""
    if not isinstance(mask, str) or not mask.strip():
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    found: list[Path] = []
    rest = _read(mask.replace("/", ".").replace(" ", ""), 0, (), found)
    if rest != len(mask.replace(" ", "")):
        raise Refused(f"Invalid field mask: {mask}")
    return found


def _read(text: str, at: int, prefix: Path, found: list[Path]) -> int:
    name = ""
    while at < len(text):
        letter = text[at]
        at += 1
        if letter == "(":
            at = _read(text, at, prefix + _split(name), found)
            name = ""
        elif letter in ",)":
            if name:
                found.append(prefix + _split(name))
                name = ""
            if letter == ")":
                return at
        else:
            name += letter
    if name:
        found.append(prefix + _split(name))
    return at


def _split(name: str) -> Path:
    return tuple(_camel(part) for part in name.split(".") if part != "*")


def _camel(name: str) -> str:
    """Masks may also name fields as protocol buffers do: ``user_entered_value``."""
    return _HUMP.sub(lambda match: match[1].upper(), name)


def merged(old: Mapping[str, Any], new: Mapping[str, Any], named: Sequence[Path]) -> Json:
    """The old object with the named fields taken from the new one; a named field that is absent is cleared."""
    result: Json = dict(old)
    for path in named:
        if not path:
            return dict(new)
        _take(result, new, path)
    return result


def _take(target: Json, source: Mapping[str, Any], path: Path) -> None:
    name, *rest = path
    value = source.get(name)
    if not rest:
        if value is None:
            target.pop(name, None)
        else:
            target[name] = value
        return
    inner = target.get(name)
    inner = dict(inner) if isinstance(inner, Mapping) else {}
    _take(inner, value if isinstance(value, Mapping) else {}, tuple(rest))
    if inner:
        target[name] = inner
    else:
        target.pop(name, None)


def under(named: Sequence[Path], name: str) -> list[Path] | None:
    """The paths below one field; None if the mask does not name it."""
    found = [path[1:] for path in named if path and path[0] == name]
    if any(not path for path in named):
        found.append(())
    return found or None
