"""Requests on rows and columns as such."""

from dataclasses import replace

from tests.sheets_server.book import shaping
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.edits import COLUMNS, ROWS
from tests.sheets_server.book.masks import paths
from tests.sheets_server.book.model import COLUMN_WIDTH, ROW_HEIGHT, Dimension, Json, Refused, Sheet

GROUPS = {ROWS: "rowGroups", COLUMNS: "columnGroups"}
_CONTROLS = {ROWS: "rowGroupControlAfter", COLUMNS: "columnGroupControlAfter"}


def span(change: Change, body: Json, name: str = "range") -> tuple[Sheet, str, int, int]:
    """A DimensionRange; an end that is missing is the grid's."""
    found = needed(body, name)
    sheet = change.state.sheet(int(found.get("sheetId") or 0))
    dimension = found.get("dimension")
    if dimension not in (ROWS, COLUMNS):
        raise Refused(f"{name}.dimension must be specified")
    start = int(found.get("startIndex") or 0)
    end = int(found["endIndex"]) if "endIndex" in found else shaping.size(sheet, dimension)
    if start < 0:
        raise Refused(f"{name}.startIndex[{start}] must be greater than or equal to 0")
    if end < start:
        raise Refused(f"{name}.endIndex[{end}] must be greater than or equal to startIndex[{start}]")
    return sheet, dimension, start, end


def _within(change: Change, body: Json, name: str = "range") -> tuple[Sheet, str, int, int]:
    sheet, dimension, start, end = span(change, body, name)
    count = shaping.size(sheet, dimension)
    if start >= count:
        raise Refused(
            f"Cannot access a dimension that does not exist: {name}.startIndex[{start}] is not less than "
            f"the current grid size ({count})"
        )
    return sheet, dimension, start, min(end, count)


def _insert(change: Change, body: Json) -> None:
    found = needed(body, "range")
    if "endIndex" not in found:
        raise Refused("range.endIndex must be specified")
    sheet, dimension, start, end = span(change, body)
    count, before = shaping.size(sheet, dimension), bool(body.get("inheritFromBefore"))
    if start > count:
        raise Refused(f"range.startIndex is larger than current grid size ({count})")
    if start == count and not before:
        raise Refused(
            f"range.startIndex must be less than the grid size ({count}) if inheritFromBefore is false."
        )
    if start == 0 and before:
        raise Refused("range.startIndex cannot be 0 if inheritFromBefore is true.")
    if end == start:
        raise Refused("range must contain at least one row or column")
    shaping.insert(change.state, sheet, dimension, start, end, from_before=before)


def _append(change: Change, body: Json) -> None:
    sheet = change.state.sheet(int(body.get("sheetId") or 0))
    length = int(body.get("length") or 0)
    if length <= 0:
        raise Refused("length must be greater than 0")
    if body.get("dimension") == ROWS:
        sheet.resize_rows(sheet.row_count + length)
    elif body.get("dimension") == COLUMNS:
        sheet.resize_columns(sheet.column_count + length)
    else:
        raise Refused("dimension must be specified")


def _delete(change: Change, body: Json) -> None:
    """A row or column that is not there is refused (as recorded from the real service)."""
    sheet, dimension, start, end = span(change, body)
    count, noun = shaping.size(sheet, dimension), dimension.lower()
    if start >= count:
        raise Refused(
            f"Cannot delete a {noun[:-1]} that doesn't exist. Tried to delete {noun[:-1]} index {start} but there are "
            f"only {count} {noun}."
        )
    end = min(end, count)
    if end > start:
        shaping.delete(change.state, sheet, dimension, start, end)


def _move(change: Change, body: Json) -> None:
    sheet, dimension, start, end = _within(change, body, "source")
    destination = int(body.get("destinationIndex") or 0)
    if destination > shaping.size(sheet, dimension) or destination < 0:
        raise Refused(f"destinationIndex[{destination}] is outside the grid")
    if start < destination < end:
        raise Refused("destinationIndex cannot be within the source range.")
    _check_merges(sheet, dimension, start, end, destination)
    if not start <= destination <= end:
        shaping.move(change.state, sheet, dimension, start, end, destination)


def _check_merges(sheet: Sheet, dimension: str, start: int, end: int, destination: int) -> None:
    noun, first, last = (
        ("row", "startRowIndex", "endRowIndex")
        if dimension == ROWS
        else ("column", "startColumnIndex", "endColumnIndex")
    )
    for merge in sheet.list("merges"):
        top, bottom = merge[first], merge[last]
        split = top < start < bottom or top < end < bottom or top < destination < bottom
        if split:
            raise Refused(
                f"Sorry, it is not possible to move a {noun} to a position that crosses a merged cell. "
                "Please unmerge and try again."
            )


def _update_properties(change: Change, body: Json) -> None:
    sheet, dimension, start, end = _within(change, body)
    names = {path[0] if path else "*" for path in paths(body.get("fields"))}
    given = body.get("properties") or {}
    everything = "*" in names
    found = sheet.row_dimensions if dimension == ROWS else sheet.column_dimensions
    usual = ROW_HEIGHT if dimension == ROWS else COLUMN_WIDTH
    for at in range(start, end):
        new = found[at]
        if everything or "pixelSize" in names:
            new = replace(new, pixels=int(given.get("pixelSize") or usual))
        if everything or "hiddenByUser" in names:
            new = replace(new, hidden=bool(given.get("hiddenByUser")))
        found[at] = new
    if "developerMetadata" in names:
        raise Refused("developer metadata is written by its own requests", status=501)
    if found and all(dimension.hidden for dimension in found):
        raise Refused(f"You can't hide all the {dimension.lower()} on the sheet.")


def _auto_resize(change: Change, body: Json) -> None:
    """Columns as wide as their longest text (seven pixels a letter); rows as high as their lines."""
    sheet, dimension, start, end = _within(change, body, "dimensions")
    view = change.view
    for at in range(start, end):
        if dimension == ROWS:
            texts = [view.formatted(sheet, at, column, cell) for column, cell in sheet.rows[at].items()]
            lines = max((text.count("\n") + 1 for text in texts), default=1)
            sheet.row_dimensions[at] = replace(sheet.row_dimensions[at], pixels=lines * ROW_HEIGHT)
            continue
        texts = [
            view.formatted(sheet, row, at, cells[at]) for row, cells in enumerate(sheet.rows) if at in cells
        ]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
        if longest:
            sheet.column_dimensions[at] = Dimension(
                max(21, 7 * longest + 7), sheet.column_dimensions[at].hidden
            )


def _groups_json(groups: list[Json]) -> Json:
    return {"dimensionGroups": groups} if groups else {}


def _add_group(change: Change, body: Json) -> Json:
    sheet, dimension, start, end = _within(change, body)
    groups = sheet.list(GROUPS[dimension])
    spans = [(group["range"]["startIndex"], group["range"]["endIndex"]) for group in groups]
    for first, last in spans:
        if first < start < last < end or start < first < end < last:
            raise Refused("Cannot add a group that partially overlaps another group.")
    if not groups:
        _place_controls(sheet, dimension)
    sheet.objects[GROUPS[dimension]] = _nested(sheet, dimension, groups, [*spans, (start, end)])
    return _groups_json(sheet.list(GROUPS[dimension]))


def _place_controls(sheet: Sheet, dimension: str) -> None:
    """The first group puts the buttons that fold it after it, and there they stay when the last group is gone (as
    recorded from the real service)."""
    grid = {**sheet.properties["gridProperties"], _CONTROLS[dimension]: True}
    sheet.properties = {**sheet.properties, "gridProperties": grid}


def _nested(sheet: Sheet, dimension: str, old: list[Json], spans: list[tuple[int, int]]) -> list[Json]:
    """Groups with their depth: how many others wholly contain them, and themselves."""
    collapsed = {
        (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"])
        for group in old
        if group.get("collapsed")
    }
    place = {"sheetId": sheet.id} if sheet.id else {}
    result: list[Json] = []
    ordered = sorted(spans, key=lambda found: (found[0], -found[1]))
    for at, (start, end) in enumerate(ordered):
        depth = 1 + sum(first <= start and end <= last for first, last in ordered[:at])
        group: Json = {
            "range": {**place, "dimension": dimension, "startIndex": start, "endIndex": end},
            "depth": depth,
        }
        if (start, end, depth) in collapsed:
            group["collapsed"] = True
        result.append(group)
    return result


def _delete_group(change: Change, body: Json) -> Json:
    """Takes one level off the given rows or columns."""
    sheet, dimension, start, end = _within(change, body)
    groups = sheet.list(GROUPS[dimension])
    touching = [g for g in groups if g["range"]["startIndex"] < end and start < g["range"]["endIndex"]]
    if not touching:
        raise Refused("There is no group at the requested range to delete.")
    deepest = max(group["depth"] for group in touching)
    spans: list[tuple[int, int]] = []
    for group in groups:
        first, last = group["range"]["startIndex"], group["range"]["endIndex"]
        if group in touching and group["depth"] == deepest:
            pieces = [(first, min(start, last)), (max(end, first), last)]
            spans.extend((left, right) for left, right in pieces if left < right)
        else:
            spans.append((first, last))
    sheet.objects[GROUPS[dimension]] = _nested(sheet, dimension, groups, spans)
    return _groups_json(sheet.list(GROUPS[dimension]))


def _update_group(change: Change, body: Json) -> None:
    group = needed(body, "dimensionGroup")
    names = {path[0] if path else "*" for path in paths(body.get("fields"))}
    sheet, dimension, start, end = _within(change, {"range": group.get("range")})
    groups = sheet.list(GROUPS[dimension])
    for at, held in enumerate(groups):
        place = (held["range"]["startIndex"], held["range"]["endIndex"], held["depth"])
        if place == (start, end, group.get("depth")):
            if names & {"collapsed", "*"}:
                folded = bool(group.get("collapsed"))
                rest = {name: value for name, value in held.items() if name != "collapsed"}
                groups[at] = {**rest, **({"collapsed": True} if folded else {})}
                found = sheet.row_dimensions if dimension == ROWS else sheet.column_dimensions
                found[start:end] = [replace(one, hidden=folded) for one in found[start:end]]
            return
    raise Refused("The range and depth do not specify a group on the sheet.")


KINDS: dict[str, Handler] = {
    "insertDimension": _insert,
    "appendDimension": _append,
    "deleteDimension": _delete,
    "moveDimension": _move,
    "updateDimensionProperties": _update_properties,
    "autoResizeDimensions": _auto_resize,
    "addDimensionGroup": _add_group,
    "deleteDimensionGroup": _delete_group,
    "updateDimensionGroup": _update_group,
}
