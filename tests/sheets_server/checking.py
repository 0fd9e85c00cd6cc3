"""Whether a request fits Google's schemas, and Google's own sentences where it does not.

Sheets reads JSON strictly as protocol buffers: an unknown field, a wrong type or an unknown word is refused with
the field's path in snake case. It also accepts what protobuf's JSON reader accepts: numbers as strings, names in
snake case, one value where several may stand. Drive's older front end overlooks unknown fields and parameters
(gspread sends it some), so there only types are checked.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tests.sheets_server.discovery import Method, Schema, Service, schemas
from tests.sheets_server.names import camel, message_name, snake, type_name
from tests.sheets_server.numerals import finite, no_number, place_of_no_number, single
from tests.sheets_server.wire import Refusal, invalid_parameter, violations

_INTEGER = re.compile(r"-?\d+")

LIST_VALUE = "type.googleapis.com/google.protobuf.ListValue"
_RANGES = {"int32": 2**31, "uint32": 2**32, "int64": 2**63}

_ONE_OF: Mapping[str, tuple[str, frozenset[str]]] = {
    "Request": ("kind", frozenset()),
    "ExtendedValue": ("value", frozenset()),
    "DataFilter": ("filter", frozenset()),
    "ConditionValue": ("value", frozenset()),
    "UpdateCellsRequest": ("area", frozenset({"start", "range"})),
    "ConditionalFormatRule": ("rule", frozenset({"booleanRule", "gradientRule"})),
}
"""Messages of which only one of some fields (none named: of all) may be set, and what protobuf calls the choice."""

_STANDARD = frozenset({"alt", "callback", "fields", "key", "prettyPrint", "quotaUser", "access_token"}) | {
    "oauth_token",
    "uploadType",
    "upload_protocol",
    "$.xgafv",
    "userIp",
    "trace",
    "upload_id",
    "bearer_token",
}
_BODY_FIELD = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
}
"""Where the body is bound to one field of the request, that field's name begins every path."""


def checked_query(
    method: Method, query: Mapping[str, Sequence[str]], path: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parameters as values, and those that Sheets binds into the body; refuses what does not fit."""
    check = _Check(method.service)
    values: dict[str, Any] = {}
    bound: dict[str, Any] = {}
    for name, texts in {**{k: [v] for k, v in path.items()}, **query}.items():
        known = name if name in method.parameters else camel(name)
        if known in method.parameters and known not in _STANDARD:
            schema = method.parameters[known]
            values[known] = check.parameter(known, texts, schema)
        elif name not in _STANDARD and method.service == "sheets":
            check.into_body(name, texts, method, bound)
    check.settle()
    if method.service == "drive":
        _check_required(method, values)
    return values, bound


def _check_required(method: Method, values: Mapping[str, Any]) -> None:
    for name, schema in method.parameters.items():
        if schema.get("required") and not values.get(name):
            raise invalid_parameter(name, f"Required parameter: {name}", reason="required")


def checked_body(method: Method, raw: bytes, bound: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON body with Google's names and types; refuses what does not fit."""
    if not raw.strip():
        return dict(bound)
    body = _loaded(method.service, raw)
    check = _Check(method.service)
    if not isinstance(body, dict):
        if method.service == "drive":
            raise Refusal(400, "Parse Error", reason="parseError")
        text = 'Invalid JSON payload received. Unknown name "": Root element must be a message.'
        raise violations([("", text)])
    clean = check.message(method.request, body, _BODY_FIELD.get(method.id, ""))
    check.settle()
    return {**clean, **bound}


def _loaded(service: Service, raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=no_number, parse_float=finite)
    except ValueError as fault:
        if service == "drive":
            raise Refusal(400, "Parse Error", reason="parseError") from fault
        said = raw.decode("utf-8", "replace")
        place = fault.pos if isinstance(fault, json.JSONDecodeError) else place_of_no_number(said)
        shown = said[max(0, place - 20) : place + 20]
        text = f"Invalid JSON payload received. Unexpected token.\n{shown}\n{' ' * min(place, 20)}^"
        raise violations([("", text)]) from fault


def _is_moment(text: str) -> bool:
    """Whether a text is a time with its offset (RFC 3339)."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


class _Check:
    """Walks a value along its schema and gathers what does not fit."""

    def __init__(self, service: Service) -> None:
        self._service: Service = service
        self._schemas = schemas(service)
        self._found: list[tuple[str, str]] = []

    def settle(self) -> None:
        """Refuses the request when anything was found."""
        if not self._found:
            return
        if self._service == "sheets":
            raise violations(self._found)
        where, text = self._found[0]
        raise Refusal(400, text, reason="invalid", location=("parameter", where) if where else None)

    # -- parameters ---------------------------------------------------------------------------------------

    def parameter(self, name: str, texts: Sequence[str], schema: Schema) -> Any:
        """A parameter's text as its value."""
        if schema.get("repeated"):
            return [self._word(name, text, schema) for text in texts]
        return self._word(name, texts[-1], schema)

    def _word(self, name: str, text: str, schema: Schema) -> Any:
        if self._service == "drive":
            return _drive_word(name, text, schema)
        return self._scalar(text, schema, snake(name), ("", name))

    def into_body(self, name: str, texts: Sequence[str], method: Method, bound: dict[str, Any]) -> None:
        """A parameter that is a field of the request's own message; others are unknown."""
        whole = method.request and method.id not in _BODY_FIELD
        fields = self._schemas[method.request].get("properties", {}) if whole else {}
        start = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        schema = fields.get(camel(name))
        if schema is None:
            self._found.append(("", f"{start}Field '{name}' could not be found in request message."))
        elif "$ref" in schema or "$ref" in schema.get("items", {}):
            end = f"'{name}' is a message type. Parameters can only be bound to primitive types."
            self._found.append(("", start + end))
        elif schema.get("type") == "array":
            items = schema["items"]
            bound[camel(name)] = [self._scalar(text, items, snake(name), ("", name)) for text in texts]
        else:
            bound[camel(name)] = self._scalar(texts[-1], schema, snake(name), ("", name))

    # -- bodies -------------------------------------------------------------------------------------------

    def message(self, name: str, value: Mapping[str, Any], at: str) -> dict[str, Any]:
        """An object as the message ``name``."""
        schema = self._schemas[name]
        fields: Mapping[str, Schema] = schema.get("properties", {})
        clean: dict[str, Any] = {}
        for key, below in value.items():
            known = key if key in fields else camel(key)
            if known not in fields:
                self._unknown(key, at)
            elif below is None:
                continue
            elif self._is_taken(name, known, clean):
                self._taken(name, known, at)
            else:
                clean[known] = self._value(below, fields[known], _join(at, known), (name, known))
        return clean

    def _value(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        if schema.get("type") == "any":
            return value
        if schema.get("type") == "array":
            return self._list(value, schema["items"], at, field)
        if isinstance(value, list):
            self._not_repeating(at)
            return None
        if "$ref" in schema:
            if isinstance(value, dict):
                return self.message(schema["$ref"], value, at)
            return self._wrong(value, at, message_name(schema["$ref"]))
        if "additionalProperties" in schema:
            return self._map(value, schema["additionalProperties"], at, field)
        if isinstance(value, dict):
            if "properties" in schema:
                return self._inner(value, schema, at, field)
            kind = type_name(schema, field)
            self._found.append(
                (at, f"Invalid value at '{at}' ({kind}), Starting an object on a scalar field")
            )
            return None
        if "properties" in schema:
            return self._wrong(value, at, field[1])
        return self._scalar(value, schema, at, field)

    def _list(self, value: Any, items: Schema, at: str, field: tuple[str, str]) -> Any:
        if items.get("type") == "array":
            return self._rows(value, at)
        if not isinstance(value, list):
            return [self._value(value, items, at, field)]
        return [
            self._value(each, items, f"{at}[{place}]", field)
            for place, each in enumerate(value)
            if each is not None
        ]

    def _rows(self, value: Any, at: str) -> Any:
        """Cells' values: a list of lists of anything."""
        if not isinstance(value, list):
            return self._wrong(value, at, LIST_VALUE)
        for place, row in enumerate(value):
            if not isinstance(row, list):
                self._wrong(row, f"{at}[{place}]", LIST_VALUE)
        return value

    def _map(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        if not isinstance(value, dict):
            return self._wrong(value, at, "Map")
        if self._service == "drive":
            return dict(value)
        return {key: self._value(each, schema, f"{at}[{key}]", field) for key, each in value.items()}

    def _inner(
        self, value: Mapping[str, Any], schema: Schema, at: str, field: tuple[str, str]
    ) -> dict[str, Any]:
        fields = schema["properties"]
        return {
            key: self._value(each, fields[key], _join(at, key), field)
            for key, each in value.items()
            if key in fields and each is not None
        }

    def _scalar(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        kind, form = schema.get("type"), schema.get("format", "")
        if "enum" in schema:
            return self._enum(value, schema, at, field)
        if kind == "boolean":
            return self._boolean(value, schema, at, field)
        if kind == "integer" or form in {"int64", "uint64"}:
            return self._integer(value, schema, at, field)
        if kind == "number":
            return self._number(value, schema, at, field)
        if not isinstance(value, str):
            return self._wrong(value, at, type_name(schema, field))
        if form == "date-time" and not _is_moment(value):
            self._found.append((at, f'Invalid value for: Invalid format: "{value}"'))
            return None
        return value

    def _enum(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        words = schema["enum"]
        if isinstance(value, str) and value in words:
            return value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(words):
            return words[value]
        return self._wrong(value, at, type_name(schema, field))

    def _boolean(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in {"true", "false"}:
            return value.lower() == "true"
        return self._wrong(value, at, type_name(schema, field))

    def _integer(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        number: int | None = None
        if isinstance(value, float) and value.is_integer():
            number = int(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            number = value
        elif isinstance(value, str) and _INTEGER.fullmatch(value):
            number = int(value)
        limit = _RANGES.get(schema.get("format", "int32"), 2**63)
        if number is None or not -limit <= number < limit:
            return self._wrong(value, at, type_name(schema, field))
        return number

    def _number(self, value: Any, schema: Schema, at: str, field: tuple[str, str]) -> Any:
        number = math.nan
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            try:
                number = float(value)
            except (ValueError, OverflowError):
                number = math.nan
        if not math.isfinite(number):
            return self._wrong(value, at, type_name(schema, field))
        if schema.get("format") == "float":
            number = single(number)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number

    # -- what was found -----------------------------------------------------------------------------------

    def _unknown(self, key: str, at: str) -> None:
        if self._service == "drive":
            return
        place = f" at '{at}'" if at else ""
        self._found.append(
            (at, f'Invalid JSON payload received. Unknown name "{key}"{place}: Cannot find field.')
        )

    def _is_taken(self, message: str, key: str, clean: Mapping[str, Any]) -> bool:
        """Whether another field of the same choice is set already."""
        if message not in _ONE_OF or self._service == "drive":
            return False
        rivals = _ONE_OF[message][1]
        return bool(set(clean) & rivals) and key in rivals if rivals else bool(clean)

    def _taken(self, message: str, key: str, at: str) -> None:
        choice = _ONE_OF[message][0]
        text = f"Invalid value at '{at}' (oneof), oneof field '{choice}' is already set. Cannot set '{key}'"
        self._found.append((at, text))

    def _not_repeating(self, at: str) -> None:
        above, _, name = at.rpartition(".")
        place = f" at '{above}'" if above else ""
        text = f'Unknown name "{name}"{place}: Proto field is not repeating, cannot start list.'
        self._found.append((above, f"Invalid JSON payload received. {text}"))

    def _wrong(self, value: Any, at: str, kind: str) -> None:
        shown = json.dumps(value, ensure_ascii=False)
        self._found.append((at, f"Invalid value at '{at}' ({kind}), {shown}"))


def _join(at: str, name: str) -> str:
    return f"{at}.{snake(name)}" if at else snake(name)


def _drive_word(name: str, text: str, schema: Schema) -> Any:
    """A parameter of Drive; a page's size has bounds, and too large a one is cut down, as Google does."""
    kind = schema.get("type")
    if kind == "boolean":
        if text.lower() in {"true", "false", ""}:
            return text.lower() == "true"
        raise invalid_parameter(name, f"Invalid boolean value: '{text}'.")
    if kind == "integer":
        low, high = int(schema.get("minimum", -(2**31))), int(schema.get("maximum", 2**31 - 1))
        if not _INTEGER.fullmatch(text):
            raise invalid_parameter(name, f"Invalid integer value: '{text}'.")
        if not low <= int(text) <= high:
            raise invalid_parameter(
                name, f"Invalid value '{text}'. Values must be within the range: [{low}, {high}]"
            )
        return int(text)
    if "enum" in schema and text not in schema["enum"]:
        listed = ", ".join(schema["enum"])
        raise invalid_parameter(name, f"Invalid string value: '{text}'. Allowed values: [{listed}]")
    return text
