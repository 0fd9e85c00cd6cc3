"""Requests are held against Google's own schemas, and refused in Google's own words."""

from typing import Any

import pytest

from tests.sheets_server import discovery
from tests.sheets_server.checking import checked_body, checked_query
from tests.sheets_server.drive.methods import PERFORMED
from tests.sheets_server.sheets_api import _READERS, _WRITERS
from tests.sheets_server.wire import Refusal

BATCH = discovery.method("sheets.spreadsheets.batchUpdate")
UPDATE = discovery.method("sheets.spreadsheets.values.update")
LIST = discovery.method("drive.files.list")


def refusal(body: bytes, method: discovery.Method = BATCH) -> Refusal:
    with pytest.raises(Refusal) as caught:
        checked_body(method, body, {})
    return caught.value


def test_every_method_of_sheets_in_the_discovery_document_is_carried_out() -> None:
    own = {
        "spreadsheets.create",
        "spreadsheets.get",
        "spreadsheets.getByDataFilter",
        "spreadsheets.sheets.copyTo",
    }
    described = {each.name for each in discovery.methods() if each.service == "sheets"}
    assert described == own | set(_READERS) | set(_WRITERS)


def test_every_method_of_drive_that_is_carried_out_is_in_the_discovery_document() -> None:
    assert set(PERFORMED) <= {each.name for each in discovery.methods() if each.service == "drive"}


@pytest.mark.parametrize(
    ("verb", "path", "method", "variables"),
    [
        ("GET", "/v4/spreadsheets/k/values/Sayfa%201!A1%3AB2", "values.get", {"range": "Sayfa 1!A1:B2"}),
        ("GET", "/v4/spreadsheets/k/values/Sayfa!A1:B2", "values.get", {"range": "Sayfa!A1:B2"}),
        ("POST", "/v4/spreadsheets/k/values/A1%3AB2:append", "values.append", {"range": "A1:B2"}),
        ("POST", "/v4/spreadsheets/k/values/A1:B2:clear", "values.clear", {"range": "A1:B2"}),
        ("GET", "/v4/spreadsheets/k/values:batchGet", "values.batchGet", {}),
        ("POST", "/v4/spreadsheets/k:batchUpdate", "spreadsheets.batchUpdate", {}),
        ("POST", "/v4/spreadsheets/k/sheets/7:copyTo", "sheets.copyTo", {"sheetId": "7"}),
        ("POST", "/v4/spreadsheets/k/developerMetadata:search", "developerMetadata.search", {}),
    ],
)
def test_a_path_leads_to_the_method_that_lives_there(
    verb: str, path: str, method: str, variables: dict[str, str]
) -> None:
    found = discovery.find(verb, path)
    assert found is not None
    assert found[0].id.endswith(method)
    assert found[1] == {"spreadsheetId": "k", **variables}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            b'{"requests":[{"addSheet":{"foo":1}}]}',
            "Invalid JSON payload received. Unknown name \"foo\" at 'requests[0].add_sheet': Cannot find field.",
        ),
        (b'{"foo":1}', 'Invalid JSON payload received. Unknown name "foo": Cannot find field.'),
        (
            b'{"requests":[{"deleteDimension":{"range":{"startIndex":"x"}}}]}',
            "Invalid value at 'requests[0].delete_dimension.range.start_index' (TYPE_INT32), \"x\"",
        ),
        (
            b'{"requests":[{"addSheet":{"properties":{"title":5}}}]}',
            "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 5",
        ),
        (
            b'{"requests":[{"addSheet":{"properties":{"hidden":"belki"}}}]}',
            "Invalid value at 'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), \"belki\"",
        ),
        (
            b'{"requests":[{"deleteDimension":{"range":{"dimension":"ROW"}}}]}',
            "Invalid value at 'requests[0].delete_dimension.range.dimension' "
            '(type.googleapis.com/google.apps.sheets.v4.Dimension), "ROW"',
        ),
        (
            b'{"requests":["addSheet"]}',
            "Invalid value at 'requests[0]' "
            '(type.googleapis.com/google.apps.sheets.v4.BatchUpdateSpreadsheetRequest.Request), "addSheet"',
        ),
        (
            b'{"requests":[{"addSheet":[]}]}',
            "Invalid JSON payload received. Unknown name \"add_sheet\" at 'requests[0]': Proto field is not "
            "repeating, cannot start list.",
        ),
        (
            b'{"requests":[{"addSheet":{},"deleteSheet":{"sheetId":1}}]}',
            "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
        ),
        (b"[]", 'Invalid JSON payload received. Unknown name "": Root element must be a message.'),
    ],
)
def test_a_body_that_does_not_fit_is_refused_in_googles_words(body: bytes, message: str) -> None:
    error = refusal(body)
    assert (error.status, error.name, error.message) == (400, "INVALID_ARGUMENT", message)


def test_the_rows_of_a_value_range_must_be_lists() -> None:
    message = "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"A\""
    error = refusal(b'{"values":["A"]}', UPDATE)
    assert error.message == message
    assert error.details[0]["fieldViolations"] == [{"field": "data.values[0]", "description": message}]


def test_what_is_no_json_is_refused_as_unexpected() -> None:
    assert refusal(b'{"requests":').message.startswith("Invalid JSON payload received. Unexpected token.")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b'{"requests":[{"deleteSheet":{"sheetId":"7"}}]}', {"requests": [{"deleteSheet": {"sheetId": 7}}]}),
        (
            b'{"requests":[{"delete_sheet":{"sheet_id":7.0}}]}',
            {"requests": [{"deleteSheet": {"sheetId": 7}}]},
        ),
        (b'{"requests":{"addSheet":{}}}', {"requests": [{"addSheet": {}}]}),
        (b'{"requests":[{"addSheet":null,"deleteSheet":{}}]}', {"requests": [{"deleteSheet": {}}]}),
        (b"", {}),
    ],
)
def test_protobufs_leniences_are_googles_too(body: bytes, read: dict[str, Any]) -> None:
    assert checked_body(BATCH, body, {}) == read


def test_an_unknown_parameter_of_sheets_is_refused() -> None:
    with pytest.raises(Refusal, match="Field 'foo' could not be found in request message"):
        checked_query(UPDATE, {"foo": ["1"]}, {})


def test_a_wrong_word_in_a_parameter_names_its_type() -> None:
    with pytest.raises(Refusal) as caught:
        checked_query(UPDATE, {"valueInputOption": ["TYPED"]}, {})
    kind = "type.googleapis.com/google.apps.sheets.v4.ValueInputOption"
    assert caught.value.message == f"Invalid value at 'value_input_option' ({kind}), \"TYPED\""


def test_drive_overlooks_parameters_that_it_does_not_know_but_not_wrong_values() -> None:
    values, _ = checked_query(LIST, {"foo": ["1"], "pageSize": ["5"], "supportsAllDrives": ["True"]}, {})
    assert values == {"pageSize": 5, "supportsAllDrives": True}
    with pytest.raises(Refusal, match=r"Values must be within the range: \[1, 1000\]"):
        checked_query(LIST, {"pageSize": ["0"]}, {})
