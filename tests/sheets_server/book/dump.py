"""A JSON value in protobuf's text format, in which Google shows what it did not take as a cell's value."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def dumped(value: Any) -> str:
    """The value as a ``google.protobuf.Value``, one field on a line."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    match value:
        case None:
            yield "null_value: NULL_VALUE"
        case bool():
            yield f"bool_value: {str(value).lower()}"
        case int() | float():
            yield f"number_value: {float(value)}"
        case str():
            yield f"string_value: {json.dumps(value, ensure_ascii=False)}"
        case Mapping():
            yield from _within("struct_value", (line for field in value.items() for line in _field(*field)))
        case Sequence():
            yield from _within(
                "list_value", (line for one in value for line in _within("values", _lines(one)))
            )


def _field(key: str, value: Any) -> Iterator[str]:
    inner = [f"key: {json.dumps(key, ensure_ascii=False)}", *_within("value", _lines(value))]
    return _within("fields", inner)


def _within(name: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{name} {{"
    yield from (f"  {line}" for line in lines)
    yield "}"
