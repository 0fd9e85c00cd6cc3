"""Developer metadata, and the data filters that find metadata and ranges by it.

https://developers.google.com/workspace/sheets/api/guides/metadata
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.sheets_server.book import a1
from tests.sheets_server.book.a1 import Extent
from tests.sheets_server.book.edits import ROWS
from tests.sheets_server.book.model import Json, Refused, Sheet
from tests.sheets_server.book.state import State
from tests.sheets_server.errors import ApiError

_VISIBILITIES = ("DOCUMENT", "PROJECT")


@dataclass(frozen=True, slots=True)
class Place:
    """Where metadata stands: on the spreadsheet, a sheet, a row or a column."""

    kind: str
    sheet_id: int | None = None
    extent: Extent | None = None


def located(state: State, location: Mapping[str, Any]) -> Json:
    """A location of a request, checked, as it is kept and answered."""
    span = location.get("dimensionRange")
    if span is not None:
        return _dimension(state, span)
    if "sheetId" in location:
        return {"locationType": "SHEET", "sheetId": state.sheet(location["sheetId"]).id}
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    raise Refused("developerMetadata.location must be specified")


def _dimension(state: State, span: Mapping[str, Any]) -> Json:
    sheet = state.sheet(int(span.get("sheetId") or 0))
    start, end, dimension = span.get("startIndex", 0), span.get("endIndex"), span.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise Refused("dimensionRange.dimension must be specified")
    if end is None or end - start != 1:
        raise Refused("Developer metadata can only be associated with a single row or column.")
    if end > (sheet.row_count if dimension == ROWS else sheet.column_count):
        raise Refused("The dimension range of the developer metadata exceeds the grid.")
    kept = {"dimension": dimension, "startIndex": start, "endIndex": end}
    if sheet.id:
        kept = {"sheetId": sheet.id, **kept}
    return {"locationType": "ROW" if dimension == ROWS else "COLUMN", "dimensionRange": kept}


def place_of(location: Mapping[str, Any]) -> Place:
    span = location.get("dimensionRange")
    if span is not None:
        start, end = span.get("startIndex"), span.get("endIndex")
        on_rows = span.get("dimension") == ROWS
        extent = Extent(start, end, None, None) if on_rows else Extent(None, None, start, end)
        return Place("ROW" if on_rows else "COLUMN", int(span.get("sheetId") or 0), extent)
    if "sheetId" in location:
        return Place("SHEET", int(location["sheetId"]), Extent())
    return Place("SPREADSHEET")


def new_entry(state: State, given: Mapping[str, Any], chosen_id: int) -> Json:
    """Metadata to be kept; key, visibility and location are needed, an id must be free."""
    if not given.get("metadataKey"):
        raise Refused("developerMetadata.metadataKey must be specified")
    if given.get("visibility") not in _VISIBILITIES:
        raise Refused("developerMetadata.visibility must be specified")
    entry_id = given.get("metadataId") or chosen_id
    if entry_id < 0:
        raise Refused("developerMetadata.metadataId must be positive")
    if any(entry["metadataId"] == entry_id for entry in state.metadata):
        raise Refused(
            f"Cannot add developer metadata with ID [{entry_id}] because developer metadata "
            "with that ID already exists."
        )
    value = {"metadataValue": given["metadataValue"]} if given.get("metadataValue") else {}
    return {
        "metadataId": entry_id,
        "metadataKey": given["metadataKey"],
        **value,
        "location": located(state, given.get("location") or {}),
        "visibility": given["visibility"],
    }


def by_id(state: State, metadata_id: int) -> Json:
    for entry in state.metadata:
        if entry["metadataId"] == metadata_id:
            return entry
    raise ApiError(404, f"No developer metadata with id: {metadata_id}")


def found_by(state: State, data_filter: Mapping[str, Any]) -> list[Json]:
    """The metadata that a data filter selects: by lookup, or by the range that it meets."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is not None:
        return [entry for entry in state.metadata if _matches(entry, lookup)]
    sheet, extent = range_of(state, data_filter)
    whole = extent == Extent()
    return [entry for entry in state.metadata if _on(place_of(entry["location"]), sheet, extent, whole=whole)]


def _on(place: Place, sheet: Sheet, extent: Extent, *, whole: bool) -> bool:
    """Metadata of a row or column that the range covers; that of a sheet only if the range is the whole sheet."""
    if place.sheet_id != sheet.id or place.extent is None:
        return False
    if place.kind == "SHEET":
        return whole
    if place.kind == "ROW":
        full = extent.left in (None, 0) and (extent.right is None or extent.right >= sheet.column_count)
        return full and _overlap(place.extent.top, place.extent.bottom, extent.top, extent.bottom)
    full = extent.top in (None, 0) and (extent.bottom is None or extent.bottom >= sheet.row_count)
    return full and _overlap(place.extent.left, place.extent.right, extent.left, extent.right)


def _overlap(start: int | None, end: int | None, other: int | None, other_end: int | None) -> bool:
    return (start or 0) < (other_end if other_end is not None else 1 << 62) and (other or 0) < (
        end if end is not None else 1 << 62
    )


def _matches(entry: Mapping[str, Any], lookup: Mapping[str, Any]) -> bool:
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if lookup.get(name) not in (None, "", 0) and lookup[name] != entry.get(name):
            return False
    kind = lookup.get("locationType")
    if kind and not kind.endswith("UNSPECIFIED") and kind != entry["location"]["locationType"]:
        return False
    location = lookup.get("metadataLocation")
    if not location:
        return True
    place, wanted = place_of(entry["location"]), place_of(location)
    if lookup.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return place == wanted
    return _intersects(place, wanted)


def _intersects(place: Place, wanted: Place) -> bool:
    if "SPREADSHEET" in (place.kind, wanted.kind):
        return place.kind == wanted.kind
    if place.sheet_id != wanted.sheet_id or place.extent is None or wanted.extent is None:
        return False
    first, second = place.extent, wanted.extent
    return _overlap(first.top, first.bottom, second.top, second.bottom) and _overlap(
        first.left, first.right, second.left, second.right
    )


def range_of(state: State, data_filter: Mapping[str, Any]) -> tuple[Sheet, Extent]:
    """The range that a filter by ``a1Range`` or ``gridRange`` names."""
    if "a1Range" in data_filter:
        return a1.resolve(state, data_filter["a1Range"])
    if "gridRange" in data_filter:
        try:
            return a1.from_grid_range(state, data_filter["gridRange"])
        except Refused as refused:
            raise ApiError(400, refused.message) from refused
    raise ApiError(400, "A data filter must specify developerMetadataLookup, a1Range or gridRange.")


def ranges_by(
    state: State, filters: Iterable[Mapping[str, Any]]
) -> list[tuple[Sheet, Extent, list[Mapping[str, Any]]]]:
    """The ranges that filters select, each once with the filters that matched it, in the order of the sheets' grid."""
    found: list[tuple[Sheet, Extent, list[Mapping[str, Any]]]] = []
    for data_filter in filters:
        for sheet, extent in _ranges_of(state, data_filter):
            known = next((item for item in found if item[0] is sheet and item[1] == extent), None)
            if known:
                known[2].append(data_filter)
            else:
                found.append((sheet, extent, [data_filter]))
    return found


def _ranges_of(state: State, data_filter: Mapping[str, Any]) -> Sequence[tuple[Sheet, Extent]]:
    if "developerMetadataLookup" not in data_filter:
        return [range_of(state, data_filter)]
    places = [place_of(entry["location"]) for entry in found_by(state, data_filter)]
    return [
        (state.sheet(place.sheet_id), place.extent)
        for place in places
        if place.sheet_id is not None and place.extent is not None
    ]


def search(state: State, filters: Iterable[Mapping[str, Any]]) -> Json:
    matched: dict[int, tuple[Json, list[Mapping[str, Any]]]] = {}
    for data_filter in filters:
        for entry in found_by(state, data_filter):
            matched.setdefault(entry["metadataId"], (entry, []))[1].append(data_filter)
    if not matched:
        return {}
    return {
        "matchedDeveloperMetadata": [
            {"developerMetadata": entry, "dataFilters": by} for entry, by in matched.values()
        ]
    }
