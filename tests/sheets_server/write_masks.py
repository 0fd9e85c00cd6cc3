"""The ``fields`` of requests that change something: each path must be a field of what the request changes.

A path that is none is refused as the documentation says of field masks; the wording is ours.
https://developers.google.com/workspace/sheets/api/guides/field-masks#update
"""

from collections.abc import Mapping
from typing import Any

from tests.sheets_server.masks import unknown_field
from tests.sheets_server.wire import Refusal

_CHANGED: Mapping[str, str] = {
    "updateSheetProperties": "SheetProperties",
    "updateSpreadsheetProperties": "SpreadsheetProperties",
    "updateDimensionProperties": "DimensionProperties",
    "updateDimensionGroup": "DimensionGroup",
    "updateCells": "CellData",
    "appendCells": "CellData",
    "repeatCell": "CellData",
    "updateNamedRange": "NamedRange",
    "updateProtectedRange": "ProtectedRange",
    "updateFilterView": "FilterView",
    "updateBanding": "BandedRange",
    "updateTable": "Table",
    "updateSlicerSpec": "SlicerSpec",
    "updateEmbeddedObjectBorder": "EmbeddedObjectBorder",
    "updateEmbeddedObjectPosition": "OverlayPosition",
    "updateDeveloperMetadata": "DeveloperMetadata",
}


def check(body: Mapping[str, Any]) -> None:
    """Refuses a ``batchUpdate`` in which a request names a field that does not exist."""
    for at, request in enumerate(body.get("requests") or ()):
        for kind, asked in request.items():
            mask = asked.get("fields") if kind in _CHANGED else None
            if mask and (unknown := unknown_field(mask, "sheets", _CHANGED[kind])):
                raise Refusal(400, f"Invalid requests[{at}].{kind}: Invalid field: {unknown}")
