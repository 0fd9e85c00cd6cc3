"""What protocol buffers call things: fields in snake case, types by their full names."""

import re
from collections.abc import Mapping

from tests.sheets_server.discovery import Schema

PACKAGE = "type.googleapis.com/google.apps.sheets.v4."

_CAPITAL = re.compile(r"(?<!^)([A-Z])")
_HUMP = re.compile(r"_([a-z0-9])")
_KINDS = {
    ("integer", "int32"): "TYPE_INT32",
    ("string", "int64"): "TYPE_INT64",
    ("number", "float"): "TYPE_FLOAT",
}
_WELL_KNOWN = {"google-fieldmask": "FieldMask", "google-datetime": "Timestamp", "google-duration": "Duration"}
_NESTED = {"Request": "BatchUpdateSpreadsheetRequest.Request"}
_ENUMS: Mapping[str, str] = {
    "InputValueOption": "ValueInputOption",
    "MajorDimension": "Dimension",
    "NumberFormatType": "NumberFormat.NumberFormatType",
    "InterpolationPointType": "InterpolationPoint.InterpolationPointType",
    "MergeType": "MergeCellsRequest.MergeType",
}
"""Enumerations whose name does not follow from their first word or from their field's name."""


def snake(name: str) -> str:
    """``addSheet`` as protobuf writes it: ``add_sheet``."""
    return _CAPITAL.sub(r"_\1", name).lower()


def camel(name: str) -> str:
    """``add_sheet`` as JSON writes it: ``addSheet``."""
    return _HUMP.sub(lambda match: match[1].upper(), name)


def message_name(schema: str) -> str:
    """A message's full name."""
    return PACKAGE + _NESTED.get(schema, schema)


def type_name(schema: Schema, field: tuple[str, str]) -> str:
    """What protobuf calls the type in its refusals."""
    if "enum" in schema:
        first = schema["enum"][0].lower().removesuffix("_unspecified")
        unset = schema["enum"][0].endswith("_UNSPECIFIED")
        name = camel("_" + first) if unset else field[1].removeprefix("response")
        name = name[:1].upper() + name[1:]
        return PACKAGE + _ENUMS.get(name, name)
    kind = (schema.get("type", ""), schema.get("format", ""))
    if kind[1] in _WELL_KNOWN:
        return f"type.googleapis.com/google.protobuf.{_WELL_KNOWN[kind[1]]}"
    return _KINDS.get(kind, {"boolean": "TYPE_BOOL", "number": "TYPE_DOUBLE"}.get(kind[0], "TYPE_STRING"))
