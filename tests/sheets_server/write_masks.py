"""Whether the field masks of a batch update name fields that there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_server.masks import unknown_field
from tests.sheets_server.names import snake
from tests.sheets_server.wire import Refusal

_MASKED: Mapping[str, str] = {
    "appendCells": "CellData",
    "repeatCell": "CellData",
    "updateBanding": "BandedRange",
    "updateCells": "CellData",
    "updateDeveloperMetadata": "DeveloperMetadata",
    "updateDimensionGroup": "DimensionGroup",
    "updateDimensionProperties": "DimensionProperties",
    "updateEmbeddedObjectBorder": "EmbeddedObjectBorder",
    "updateEmbeddedObjectPosition": "OverlayPosition",
    "updateFilterView": "FilterView",
    "updateNamedRange": "NamedRange",
    "updateProtectedRange": "ProtectedRange",
    "updateSheetProperties": "SheetProperties",
    "updateSlicerSpec": "SlicerSpec",
    "updateSpreadsheetProperties": "SpreadsheetProperties",
    "updateTable": "Table",
}
"""The message of which each kind of request names fields; the root of the path is implied."""


def check_write_masks(requests: Sequence[Mapping[str, Any]]) -> None:
    """Refuses a mask that names a field which its message does not have; missing masks are not looked at here."""
    for at, request in enumerate(requests):
        for kind, body in request.items():
            mask = body.get("fields") if kind in _MASKED and isinstance(body, Mapping) else None
            if mask and (wrong := unknown_field(mask, _MASKED[kind])):
                path = ".".join(snake(part) for part in wrong.split("."))
                raise Refusal(400, f"Invalid requests[{at}].{kind}: Invalid field: {path}")
