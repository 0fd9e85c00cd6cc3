"""What requests on a sheet's objects share: finding one by its id, giving it one, keeping its range."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_server.book import a1
from tests.sheets_server.book.change import Change
from tests.sheets_server.book.masks import Path, merged
from tests.sheets_server.book.model import Json, Refused, Sheet


def find(change: Change, name: str, id_name: str, wanted: object, noun: str) -> tuple[Sheet, int]:
    """The sheet that holds an object, and its place in the list."""
    for sheet in change.state.sheets:
        for at, item in enumerate(sheet.list(name)):
            if item[id_name] == wanted:
                return sheet, at
    raise Refused(f"No {noun} with id: {wanted}")


def free_id(change: Change, name: str, id_name: str, wanted: int | None, noun: str) -> int:
    """The id that the client chose, if it is free; else a new one."""
    taken = {item[id_name] for sheet in change.state.sheets for item in sheet.list(name)}
    if not wanted:
        return change.new_id(taken)
    if wanted in taken:
        raise Refused(f"Cannot add {noun} with id {wanted}, a {noun} with that id already exists.")
    return int(wanted)


def kept_range(change: Change, grid_range: object, *, bounded: bool = False) -> tuple[Sheet, Json]:
    """A GridRange as it is kept: checked, cut off at the grid's edge, open sides left open unless ``bounded``."""
    sheet, extent = a1.from_grid_range(change.state, grid_range)
    if not extent.starts_in(sheet):
        raise Refused(a1.beyond(sheet, extent))
    box = extent.within(sheet)
    if bounded:
        extent = a1.Extent(box.top, box.bottom, box.left, box.right)
    else:
        extent = a1.Extent(
            extent.top,
            None if extent.bottom is None else box.bottom,
            extent.left,
            None if extent.right is None else box.right,
        )
    return sheet, a1.to_grid_range(sheet, extent)


def updated(old: Json, given: Mapping[str, Any], named: Sequence[Path], id_name: str) -> Json:
    """The object under a mask; its id stays."""
    new = merged(old, given, [path for path in named if path[:1] != (id_name,)])
    return {**new, id_name: old[id_name]}
