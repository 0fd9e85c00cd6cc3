"""What bands and conditional formats add to a cell's effective format. The cell itself keeps what was set on it."""

from collections.abc import Mapping
from typing import Any

from tests.sheets_server.book import conditions
from tests.sheets_server.book.model import Box, Json, Refused, Sheet
from tests.sheets_server.book.view import View


def painted(look: Mapping[str, Any], sheet: Sheet, row: int, column: int, view: View) -> Json:
    """Bands paint the background that the cell leaves white; the first rule that holds goes over everything."""
    result = dict(look)
    band = _band(sheet, row, column)
    own = (sheet.cell(row, column).format or {}).get("backgroundColor")
    if band is not None and own is None:
        result["backgroundColor"], result["backgroundColorStyle"] = band, {"rgbColor": band}
    for rule in reversed(sheet.list("conditionalFormats")):
        boolean = rule.get("booleanRule")
        box = next((one for one in map(box_of, rule["ranges"]) if (row, column) in one), None)
        if (
            boolean
            and box
            and _holds(boolean["condition"], sheet, row, column, view, box_of(rule["ranges"][0]))
        ):
            result = _over(result, boolean.get("format") or {})
    return result


def box_of(found: Mapping[str, Any]) -> Box:
    """A bounded GridRange as a box."""
    return Box(
        found["startRowIndex"], found["endRowIndex"], found["startColumnIndex"], found["endColumnIndex"]
    )


def _holds(
    condition: Mapping[str, Any], sheet: Sheet, row: int, column: int, view: View, origin: Box
) -> bool:
    try:
        return conditions.holds(condition, sheet, row, column, view, origin=origin)
    except Refused:
        return False


def _over(look: Json, rule: Mapping[str, Any]) -> Json:
    text = {**look.get("textFormat", {}), **rule.get("textFormat", {})}
    return {**look, **rule, "textFormat": text}


def _band(sheet: Sheet, row: int, column: int) -> Json | None:
    for banding in sheet.list("bandedRanges"):
        box = box_of(banding["range"])
        if (row, column) not in box:
            continue
        for name, place, size in (
            ("rowProperties", row - box.top, box.height),
            ("columnProperties", column - box.left, box.width),
        ):
            if name in banding:
                return _colour(banding[name], place, size)
    return None


def _colour(bands: Mapping[str, Any], place: int, size: int) -> Json | None:
    if place == 0 and "headerColor" in bands:
        found = bands["headerColor"]
    elif place == size - 1 and "footerColor" in bands:
        found = bands["footerColor"]
    else:
        turn = place - 1 if "headerColor" in bands else place
        found = bands.get("secondBandColor" if turn % 2 else "firstBandColor")
    return dict(found) if found is not None else None
