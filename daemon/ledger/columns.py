"""How values are written into columns, the same on every database, so that each reads back as it was.

Moments are ISO 8601 text in UTC of one fixed width, so that text order is time order and no database's time
zone can bend them. Structures are JSON text; dates inside are tagged, since JSON has none.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Due at once, whatever the clock says (it may be set back, or be simulated)."""

_UNSTORABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def storable(text: str) -> str:
    """Replace what no database keeps: NUL, and the lone surrogates that broken mail headers leave behind."""
    if text.isascii() and "\0" not in text:
        return text
    return text.translate(_UNSTORABLE) if _is_unstorable(text) else text


def _is_unstorable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return "\0" in text


def to_json(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, UTF-8 letters as they are, dates tagged."""
    return storable(_encode(value))


def from_json(text: str) -> Any:
    return _decode(text)


def _tagged(value: object) -> object:
    match value:
        case datetime():
            return {"$datetime": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case Mapping():
            return dict(value)
        case set() | frozenset():
            return sorted(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no place in the ledger")


def _untagged(value: dict[str, Any]) -> object:
    match value:
        case {"$datetime": str(moment)} if len(value) == 1:
            return datetime.fromisoformat(moment)
        case {"$date": str(day)} if len(value) == 1:
            return date.fromisoformat(day)
        case _:
            return value


def moment_text(moment: datetime) -> str:
    """Raises :class:`ValueError` for a naive moment: nobody could say when that was."""
    if moment.tzinfo is None:
        raise ValueError(f"naive moment {moment.isoformat()}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_tagged).encode
_decode = json.JSONDecoder(object_hook=_untagged).decode


class Words(TypeDecorator[str]):
    """Text as it came, less what cannot be stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment; reads back as aware UTC."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Choice(TypeDecorator[StrEnum]):
    """A member of one enumeration, by its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, of: type[StrEnum]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.of(value)


class Structure(TypeDecorator[Any]):
    """A mapping or list of plain values and dates."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str:
        return to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else from_json(value)


class Listing(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return to_json(list(value)) if value else "[]"

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value)) if value and value != "[]" else ()
