"""Requests that arrange cells: sorting, merging, and shifting blocks of cells aside."""

from collections.abc import Iterator

from tests.sheets_server.book import a1, sorting
from tests.sheets_server.book.change import Change, Handler
from tests.sheets_server.book.edits import COLUMNS, ROWS, Edit
from tests.sheets_server.book.model import Box, Json, Refused, Row, Sheet
from tests.sheets_server.book.shaping import follow


def _sort(change: Change, body: Json) -> None:
    sheet, extent = a1.from_grid_range(change.state, body.get("range"))
    if (extent.top or 0) >= sheet.row_count:
        raise Refused(f"range.startRowIndex is larger than current grid size ({sheet.row_count})")
    box = a1.boxed(change.state, body["range"])[1]
    _check_no_vertical_merge(sheet, box, "sort")
    sorting.sort(sheet, box, body.get("sortSpecs") or [], change.view)


def _check_no_vertical_merge(sheet: Sheet, box: Box, verb: str) -> None:
    for merge in merged_boxes(sheet):
        if merge.height > 1 and merge.meets(box):
            raise Refused(
                f"You can't {verb} a range containing vertical merges. There is a vertical merge at "
                f"{a1.box_text(merge)}"
            )


def _randomize(change: Change, body: Json) -> None:
    sheet, box = a1.boxed(change.state, body.get("range"))
    _check_no_vertical_merge(sheet, box, "randomize")
    last = max((row for row, _, cell in sheet.cells(box) if cell.value is not None), default=box.top - 1)
    order = list(range(box.top, last + 1))
    change.random.shuffle(order)
    sorting.permute(sheet, Box(box.top, last + 1, box.left, box.right), order)


def merged_boxes(sheet: Sheet) -> Iterator[Box]:
    for merge in sheet.list("merges"):
        yield Box(
            merge["startRowIndex"], merge["endRowIndex"], merge["startColumnIndex"], merge["endColumnIndex"]
        )


def _take_apart(sheet: Sheet, box: Box) -> None:
    """Undoes the merges in a range; a range may not cut through one."""
    kept = []
    for found, merge in zip(sheet.list("merges"), list(merged_boxes(sheet)), strict=True):
        if not merge.meets(box):
            kept.append(found)
        elif not box.covers(merge):
            raise Refused("You must select all cells in a merged range to merge or unmerge them.")
    sheet.objects["merges"] = kept


def _merge(change: Change, body: Json) -> None:
    sheet, box = a1.boxed(change.state, body.get("range"))
    _take_apart(sheet, box)
    kind = body.get("mergeType", "MERGE_ALL")
    rows = [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    columns = [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    pieces = {"MERGE_ALL": [box], "MERGE_ROWS": rows, "MERGE_COLUMNS": columns}.get(kind)
    if pieces is None:
        raise Refused(f"Invalid mergeType: {kind}")
    for piece in pieces:
        if piece.height * piece.width > 1:
            sheet.add(
                "merges", a1.to_grid_range(sheet, a1.Extent(piece.top, piece.bottom, piece.left, piece.right))
            )
            _keep_first(sheet, piece)


def _keep_first(sheet: Sheet, box: Box) -> None:
    """Only the upper left value of a merged range stays."""
    for row, column, cell in list(sheet.cells(box)):
        if (row, column) != (box.top, box.left) and cell.value is not None:
            sheet.put(row, {column: cell.valued(None)})


def _unmerge(change: Change, body: Json) -> None:
    sheet, box = a1.boxed(change.state, body.get("range"))
    _take_apart(sheet, box)


def _shift(change: Change, body: Json) -> tuple[Sheet, Box, str]:
    sheet, box = a1.boxed(change.state, body.get("range"))
    dimension = body.get("shiftDimension")
    if dimension not in (ROWS, COLUMNS):
        raise Refused("shiftDimension must be specified")
    if box.height <= 0 or box.width <= 0:
        raise Refused("range must contain at least one cell")
    end = sheet.row_count if dimension == ROWS else sheet.column_count
    path = (
        Box(box.top, end, box.left, box.right)
        if dimension == ROWS
        else Box(box.top, box.bottom, box.left, end)
    )
    for merge in merged_boxes(sheet):
        if merge.meets(path) and not path.covers(merge):
            raise Refused("This operation is not allowed on cells in merged range.")
    return sheet, box, dimension


def _insert_range(change: Change, body: Json) -> None:
    """Cells move aside; what would leave the grid makes it grow."""
    sheet, box, dimension = _shift(change, body)
    if dimension == ROWS:
        held = [row for row, _, cell in sheet.cells(Box(box.top, sheet.row_count, box.left, box.right))]
        needed = max(held, default=-1) + 1 + box.height
        sheet.resize_rows(max(sheet.row_count, needed if held else 0))
        _shift_rows(sheet, box, box.height)
    else:
        band = Box(box.top, box.bottom, box.left, sheet.column_count)
        held = [column for _, column, cell in sheet.cells(band)]
        needed = max(held, default=-1) + 1 + box.width
        sheet.resize_columns(max(sheet.column_count, needed if held else 0))
        _shift_columns(sheet, box, box.width)
    follow(change.state, _edit("insert", sheet, box, dimension))


def _delete_range(change: Change, body: Json) -> None:
    sheet, box, dimension = _shift(change, body)
    if dimension == ROWS:
        _shift_rows(sheet, box, -box.height)
    else:
        _shift_columns(sheet, box, -box.width)
    follow(change.state, _edit("delete", sheet, box, dimension))


def _edit(kind: str, sheet: Sheet, box: Box, dimension: str) -> Edit:
    if dimension == ROWS:
        return Edit(kind, sheet.id, ROWS, box.top, box.bottom, band=(box.left, box.right))
    return Edit(kind, sheet.id, COLUMNS, box.left, box.right, band=(box.top, box.bottom))


def _shift_rows(sheet: Sheet, box: Box, by: int) -> None:
    old = sheet.rows[:]
    for row in range(box.top, sheet.row_count):
        source = row - by
        inside = source >= (box.top if by > 0 else box.bottom) and source < len(old)
        moved = _between(old[source], box) if inside else {}
        rest = {column: cell for column, cell in old[row].items() if not box.left <= column < box.right}
        if moved or len(rest) != len(old[row]):
            sheet.rows[row] = {**rest, **moved}


def _between(row: Row, box: Box) -> Row:
    return {column: cell for column, cell in row.items() if box.left <= column < box.right}


def _shift_columns(sheet: Sheet, box: Box, by: int) -> None:
    first = box.left if by > 0 else box.right
    for row in range(box.top, box.bottom):
        old = sheet.rows[row]
        kept = {column: cell for column, cell in old.items() if column < box.left}
        moved = {column + by: cell for column, cell in old.items() if column >= first}
        if old:
            sheet.rows[row] = {**kept, **moved}


KINDS: dict[str, Handler] = {
    "sortRange": _sort,
    "randomizeRange": _randomize,
    "mergeCells": _merge,
    "unmergeCells": _unmerge,
    "insertRange": _insert_range,
    "deleteRange": _delete_range,
}
