"""Requests that copy, cut, fill and paste."""

import csv
import html.parser
import io
from collections.abc import Mapping

from tests.sheets_server.book import a1, values
from tests.sheets_server.book.change import Change, Handler, needed
from tests.sheets_server.book.edits import COLUMNS, ROWS, Cut
from tests.sheets_server.book.model import EMPTY, Box, Cell, Formula, Json, Refused, Sheet, Value
from tests.sheets_server.book.requests.arranging import merged_boxes
from tests.sheets_server.book.requests.cells import coordinate
from tests.sheets_server.book.shaping import follow_formulas
from tests.sheets_server.book.sorting import relocated
from tests.sheets_server.book.view import View

_TYPES = ("NORMAL", "VALUES", "FORMAT", "NO_BORDERS", "FORMULA", "DATA_VALIDATION", "CONDITIONAL_FORMATTING")


def _type(body: Json, name: str = "pasteType") -> str:
    kind = str(body.get(name, "PASTE_NORMAL")).removeprefix("PASTE_")
    if kind not in _TYPES:
        raise Refused(f"Invalid {name}: {body.get(name)}")
    return kind


def pasted(onto: Cell, source: Cell, kind: str, effective: Value) -> Cell:
    """What a cell becomes when another is pasted onto it."""
    match kind:
        case "NORMAL":
            return source
        case "VALUES":
            return onto.valued(effective)
        case "FORMULA":
            return onto.valued(source.value)
        case "FORMAT":
            return Cell(onto.value, source.format, onto.note, source.validation, onto.runs)
        case "NO_BORDERS":
            look = {name: part for name, part in (source.format or {}).items() if name != "borders"}
            own = (onto.format or {}).get("borders")
            look = {**look, "borders": own} if own else look
            return Cell(source.value, look or None, source.note, source.validation, source.runs)
        case "DATA_VALIDATION":
            return Cell(onto.value, onto.format, onto.note, source.validation, onto.runs)
    return onto


def _plain_value(view: View, sheet: Sheet, row: int, column: int, cell: Cell) -> Value:
    """The value without its formula; an error is pasted as its text."""
    if not isinstance(cell.value, Formula):
        return cell.value
    result = view.value(sheet, row, column)
    return result if isinstance(result, (str, float, bool)) or result is None else result.text


def _copy_paste(change: Change, body: Json) -> None:
    source_sheet, source = a1.boxed(change.state, body.get("source"))
    target_sheet, wanted = a1.boxed(change.state, body.get("destination"))
    kind = _type(body)
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    height, width = (source.width, source.height) if turned else (source.height, source.width)
    rows = wanted.height if wanted.height % height == 0 and wanted.height else height
    columns = wanted.width if wanted.width % width == 0 and wanted.width else width
    rows, columns = max(rows, height), max(columns, width)
    target = Box(wanted.top, wanted.top + rows, wanted.left, wanted.left + columns)
    _check_inside(target_sheet, target)
    view, block = change.view, _block(source_sheet, source)
    if kind == "CONDITIONAL_FORMATTING":
        raise Refused("this stand-in does not paste conditional formatting alone", status=501)
    for down in range(rows):
        row = target.top + down
        old = target_sheet.rows[row]
        changes = {}
        for right in range(columns):
            at = (right % width, down % height) if turned else (down % height, right % width)
            cell = block.get(at, EMPTY)
            place = (source.top + at[0], source.left + at[1])
            moved = relocated(cell, row - place[0], target.left + right - place[1])
            plain = _plain_value(view, source_sheet, *place, cell) if kind == "VALUES" else None
            column = target.left + right
            changes[column] = pasted(old.get(column, EMPTY), moved, kind, plain)
        target_sheet.put(row, changes)
    if kind in ("NORMAL", "NO_BORDERS", "FORMAT") and not turned:
        _copy_merges(source_sheet, source, target_sheet, target)


def _block(sheet: Sheet, box: Box) -> dict[tuple[int, int], Cell]:
    return {(row - box.top, column - box.left): cell for row, column, cell in sheet.cells(box)}


def _check_inside(sheet: Sheet, box: Box) -> None:
    if box.bottom > sheet.row_count or box.right > sheet.column_count:
        raise Refused(a1.beyond(sheet, a1.Extent(box.top, box.bottom, box.left, box.right)))


def _copy_merges(source_sheet: Sheet, source: Box, target_sheet: Sheet, target: Box) -> None:
    inside = [merge for merge in merged_boxes(source_sheet) if source.covers(merge)]
    taken = list(merged_boxes(target_sheet))
    for top in range(target.top, target.bottom, source.height):
        for left in range(target.left, target.right, source.width):
            for merge in inside:
                down, right = top - source.top, left - source.left
                moved = Box(merge.top + down, merge.bottom + down, merge.left + right, merge.right + right)
                if moved not in taken:
                    extent = a1.Extent(moved.top, moved.bottom, moved.left, moved.right)
                    target_sheet.add("merges", a1.to_grid_range(target_sheet, extent))


def _cut_paste(change: Change, body: Json) -> None:
    """The whole source is emptied, whatever is pasted; references to it follow."""
    source_sheet, source = a1.boxed(change.state, body.get("source"))
    target_sheet, top, left = coordinate(change, needed(body, "destination"))
    kind = _type(body)
    target = Box(top, top + source.height, left, left + source.width)
    _check_inside(target_sheet, target)
    view = change.view
    block = _block(source_sheet, source)
    plain = {
        at: _plain_value(view, source_sheet, source.top + at[0], source.left + at[1], cell)
        for at, cell in block.items()
    }
    boxes = zip(source_sheet.list("merges"), list(merged_boxes(source_sheet)), strict=True)
    merges = [found for found, box in boxes if source.covers(box)]
    if kind == "NORMAL" and merges:
        source_sheet.objects["merges"] = [one for one in source_sheet.list("merges") if one not in merges]
    for row, column, _ in list(source_sheet.cells(source)):
        source_sheet.put(row, {column: EMPTY})
    for down in range(source.height):
        old = target_sheet.rows[top + down]
        target_sheet.put(
            top + down,
            {
                left + right: pasted(
                    old.get(left + right, EMPTY),
                    block.get((down, right), EMPTY),
                    kind,
                    plain.get((down, right)),
                )
                for right in range(source.width)
            },
        )
    for merge in merges if kind == "NORMAL" else []:
        extent = a1.from_grid_range(change.state, merge)[1]
        moved = Cut(source_sheet.id, source, target_sheet.id, top - source.top, left - source.left).extent(
            extent
        )
        target_sheet.add("merges", a1.to_grid_range(target_sheet, moved or extent))
    if kind in ("NORMAL", "FORMULA", "NO_BORDERS"):
        follow_formulas(
            change.state,
            Cut(source_sheet.id, source, target_sheet.id, top - source.top, left - source.left),
        )


def _paste_data(change: Change, body: Json) -> None:
    """Text with a delimiter, or an HTML table, read as if it had been typed."""
    sheet, top, left = coordinate(change, needed(body, "coordinate"))
    kind = _type(body, "type")
    data = str(body.get("data") or "")
    if body.get("html"):
        rows = _table(data)
    elif body.get("delimiter"):
        rows = list(csv.reader(io.StringIO(data), delimiter=str(body["delimiter"])[0]))
    else:
        raise Refused("one of delimiter and html must be set")
    width = max((len(row) for row in rows), default=0)
    sheet.resize_rows(max(sheet.row_count, top + len(rows)))
    sheet.resize_columns(max(sheet.column_count, left + width))
    typed = values.typist(change.state, "USER_ENTERED")
    for down, row in enumerate(rows):
        old = sheet.rows[top + down]
        changes = {}
        for right, text in enumerate(row):
            cell = old.get(left + right, EMPTY)
            new = typed(cell, text)
            changes[left + right] = pasted(cell, new, kind, new.value)
        sheet.put(top + down, changes)


class _Table(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows = self.rows or [[]]
            self.rows[-1].append("")
            self._open = True
        elif tag == "br" and self._open:
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data.strip("\n")


def _table(data: str) -> list[list[str]]:
    parser = _Table()
    parser.feed(data)
    return parser.rows


def _auto_fill(change: Change, body: Json) -> None:
    """Goes on with a series of numbers or dates; texts and formulas repeat."""
    if "sourceAndDestination" in body:
        plan = body["sourceAndDestination"]
        sheet, source = a1.boxed(change.state, plan.get("source"))
        dimension, length = plan.get("dimension"), int(plan.get("fillLength") or 0)
        if dimension not in (ROWS, COLUMNS) or not length:
            raise Refused("sourceAndDestination needs a dimension and a fillLength")
    else:
        sheet, whole = a1.boxed(change.state, body.get("range"))
        source, dimension, length = _filled_part(sheet, whole)
    end = (source.bottom if dimension == ROWS else source.right) + max(0, length)
    start = (source.top if dimension == ROWS else source.left) + min(0, length)
    if start < 0 or end > (sheet.row_count if dimension == ROWS else sheet.column_count):
        raise Refused("The range to be filled exceeds the grid.")
    across = range(source.left, source.right) if dimension == ROWS else range(source.top, source.bottom)
    for line in across:
        _fill_line(sheet, source, dimension, length, line)


def _filled_part(sheet: Sheet, whole: Box) -> tuple[Box, str, int]:
    held = [(row, column) for row, column, cell in sheet.cells(whole) if cell.value is not None]
    if not held:
        raise Refused("The range to be filled holds no data.")
    bottom, right = max(row for row, _ in held) + 1, max(column for _, column in held) + 1
    if bottom < whole.bottom:
        return Box(whole.top, bottom, whole.left, whole.right), ROWS, whole.bottom - bottom
    return Box(whole.top, whole.bottom, whole.left, right), COLUMNS, whole.right - right


def _fill_line(sheet: Sheet, source: Box, dimension: str, length: int, line: int) -> None:
    places = range(source.top, source.bottom) if dimension == ROWS else range(source.left, source.right)
    cells = [sheet.cell(at, line) if dimension == ROWS else sheet.cell(line, at) for at in places]
    count = len(cells)
    step = _step(cells)
    for offset in range(1, abs(length) + 1):
        ahead = count - 1 + offset if length > 0 else -offset
        model = cells[ahead % count]
        at = places[0] + ahead
        distance = at - places[ahead % count]
        new = relocated(model, distance, 0) if dimension == ROWS else relocated(model, 0, distance)
        if step is not None and isinstance(cells[0].value, float):
            new = new.valued(cells[0].value + step * ahead)
        row, column = (at, line) if dimension == ROWS else (line, at)
        sheet.put(row, {column: new})


def _step(cells: list[Cell]) -> float | None:
    """The step of an even series of numbers; a single date goes on by days, a single number repeats."""
    numbers = [cell.value for cell in cells if isinstance(cell.value, float)]
    if len(numbers) != len(cells):
        return None
    if len(numbers) == 1:
        return 1.0 if _is_date(cells[0].format) else None
    steps = [second - first for first, second in zip(numbers, numbers[1:], strict=False)]
    return steps[0] if all(abs(step - steps[0]) < 1e-9 for step in steps) else None


def _is_date(look: Mapping[str, Json] | None) -> bool:
    return ((look or {}).get("numberFormat") or {}).get("type") in ("DATE", "DATE_TIME")


KINDS: dict[str, Handler] = {
    "copyPaste": _copy_paste,
    "cutPaste": _cut_paste,
    "pasteData": _paste_data,
    "autoFill": _auto_fill,
}
