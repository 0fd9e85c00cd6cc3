"""``spreadsheets.values``: reading and writing plain values by range."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.sheets_server.book import a1
from tests.sheets_server.book.a1 import Extent
from tests.sheets_server.book.dump import dumped
from tests.sheets_server.book.locales import locale_named
from tests.sheets_server.book.model import MAX_TEXT, TOO_MUCH_TEXT, Box, Cell, Formula, Json, Refused, Sheet
from tests.sheets_server.book.parsing import Entered, entered
from tests.sheets_server.book.state import State
from tests.sheets_server.book.view import View
from tests.sheets_server.errors import ApiError

_RENDERINGS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
_DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")
_DIMENSIONS = ("ROWS", "COLUMNS")
_INPUTS = ("RAW", "USER_ENTERED")


@dataclass(frozen=True, slots=True)
class Reading:
    """How values are to be answered."""

    render: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"

    @classmethod
    def of(cls, options: Mapping[str, Any], prefix: str = "") -> "Reading":
        """From query parameters or a body: ``valueRenderOption`` or ``responseValueRenderOption`` and so on."""

        def name(text: str) -> str:
            return prefix + text[0].upper() + text[1:] if prefix else text

        return cls(
            _choice(options, name("valueRenderOption"), _RENDERINGS, "FORMATTED_VALUE"),
            _choice(options, name("dateTimeRenderOption"), _DATES, "SERIAL_NUMBER"),
            _choice(options, "majorDimension", _DIMENSIONS, "ROWS"),
        )


def _choice(options: Mapping[str, Any], name: str, allowed: Sequence[str], default: str) -> str:
    value = options.get(name)
    if value in (None, "", "DIMENSION_UNSPECIFIED"):
        return default
    if value not in allowed:
        raise ApiError(400, f"Invalid value at '{name}', \"{value}\"")
    return str(value)


def input_option(options: Mapping[str, Any]) -> str:
    value = options.get("valueInputOption")
    if value not in _INPUTS:
        if value in (None, "", "INPUT_VALUE_OPTION_UNSPECIFIED"):
            raise ApiError(400, "'valueInputOption' is required but not specified")
        raise ApiError(400, f"Invalid value at 'value_input_option', \"{value}\"")
    return str(value)


def is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


def dimension_of(body: Mapping[str, Any]) -> str:
    return _choice(body, "majorDimension", _DIMENSIONS, "ROWS")


def located(state: State, text: str) -> tuple[Sheet, Box]:
    """A range to be read or cleared: it must begin inside the grid and is cut off at its edge."""
    sheet, extent = a1.resolve(state, text)
    if not extent.starts_in(sheet):
        raise ApiError(400, a1.beyond(sheet, extent))
    return sheet, extent.within(sheet)


def value_range(view: View, sheet: Sheet, box: Box, reading: Reading) -> Json:
    """A ValueRange: what trails empty is left out, and ``values`` itself where nothing is left."""
    answer: Json = {"range": a1.range_text(sheet, box), "majorDimension": reading.dimension}
    grid = _grid(view, sheet, box, reading)
    if reading.dimension == "COLUMNS":
        width = max((len(row) for row in grid), default=0)
        grid = [[row[at] if at < len(row) else "" for row in grid] for at in range(width)]
    for line in grid:
        while line and line[-1] == "":
            line.pop()
    while grid and not grid[-1]:
        grid.pop()
    if grid:
        answer["values"] = grid
    return answer


def _grid(view: View, sheet: Sheet, box: Box, reading: Reading) -> list[list[object]]:
    render = _renderer(view, reading)
    grid: list[list[object]] = []
    for at in range(box.top, min(box.bottom, len(sheet.rows))):
        row = sheet.rows[at]
        if not row:
            grid.append([])
            continue
        line: list[object] = []
        for column in range(box.left, min(box.right, max(row) + 1)):
            cell = row.get(column)
            value = None if cell is None else cell.value
            if cell is None or value is None:
                line.append("")
            elif type(value) is str and not cell.format:
                line.append(value)
            else:
                line.append(render(sheet, at, column, cell))
        grid.append(line)
    return grid


def _renderer(view: View, reading: Reading) -> Callable[[Sheet, int, int, Cell], object]:
    if reading.render == "FORMATTED_VALUE":
        return view.formatted
    as_text = reading.dates == "FORMATTED_STRING"
    shape = view.entered if reading.render == "FORMULA" else view.plain
    return lambda sheet, row, column, cell: shape(sheet, row, column, cell, dates_as_text=as_text)


@dataclass(slots=True)
class Written:
    """What a write did, for its answer; ``rows`` and ``columns`` are those in which a cell was written."""

    sheet: Sheet
    asked: Box
    box: Box
    rows: frozenset[int]
    columns: frozenset[int]
    cells: int

    def answer(self, spreadsheet_id: str) -> Json:
        counts = {
            "updatedRows": len(self.rows),
            "updatedColumns": len(self.columns),
            "updatedCells": self.cells,
        }
        return {
            "spreadsheetId": spreadsheet_id,
            "updatedRange": a1.range_text(self.sheet, self.box),
            **{name: count for name, count in counts.items() if count},
        }


def rows_of(body: Mapping[str, Any]) -> list[list[Any]]:
    """The values of a body as rows, whatever its major dimension."""
    values = body.get("values") or []
    if not isinstance(values, list) or not all(isinstance(line, list) for line in values):
        raise ApiError(400, "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)")
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if isinstance(value, (list, dict)):
                raise ApiError(400, f"Invalid values[{row}][{column}]: {dumped(value)}")
    if dimension_of(body) == "ROWS":
        return values
    height = max((len(line) for line in values), default=0)
    return [[line[at] if at < len(line) else None for line in values] for at in range(height)]


def write(state: State, text: str, body: Mapping[str, Any], option: str) -> Written:
    """``values.update``: a single cell is only where writing begins; a larger range bounds it."""
    given = body.get("range")
    if given and given != text and a1.resolve(state, given) != a1.resolve(state, text):
        raise ApiError(400, f"Request range[{text}] does not match value's range[{given}]")
    sheet, extent = a1.resolve(state, text)
    if not extent.starts_in(sheet):
        raise ApiError(400, a1.beyond(sheet, extent))
    return write_at(sheet, extent, rows_of(body), option, state, text)


def write_at(
    sheet: Sheet, extent: Extent, rows: list[list[Any]], option: str, state: State, text: str
) -> Written:
    asked = extent.within(sheet)
    bounds = Box(asked.top, sheet.row_count, asked.left, sheet.column_count) if extent.is_one_cell else asked
    width = max((len(row) for row in rows), default=0)
    too_far = asked.top + len(rows) > bounds.bottom or asked.left + width > bounds.right
    if too_far and not extent.ends_in(sheet):
        raise ApiError(400, a1.beyond(sheet, extent))
    if asked.top + len(rows) > bounds.bottom:
        tried = f"row [{bounds.bottom + 1}]"
        raise ApiError(400, f"Requested writing within range [{text}], but tried writing to {tried}")
    if asked.left + width > bounds.right:
        tried = f"column [{a1.letters(bounds.right)}]"
        raise ApiError(400, f"Requested writing within range [{text}], but tried writing to {tried}")
    return put_rows(sheet, asked, rows, option, state, one_cell=extent.is_one_cell)


def put_rows(
    sheet: Sheet, asked: Box, rows: list[list[Any]], option: str, state: State, *, one_cell: bool
) -> Written:
    width = max((len(row) for row in rows), default=0)
    typed = typist(state, option)
    touched: set[int] = set()
    columns: set[int] = set()
    count = 0
    for down, row in enumerate(rows):
        old = sheet.rows[asked.top + down]
        changes = {
            asked.left + right: typed(old.get(asked.left + right), value)
            for right, value in enumerate(row)
            if value is not None
        }
        if changes:
            sheet.put(asked.top + down, changes)
            columns.update(changes)
            touched.add(asked.top + down)
            count += len(changes)
    box = Box(asked.top, asked.top + max(1, len(rows)), asked.left, asked.left + max(1, width))
    return Written(sheet, box if one_cell else asked, box, frozenset(touched), frozenset(columns), count)


def typist(state: State, option: str) -> Callable[[Cell | None, object], Cell]:
    """How one JSON value becomes a cell's new content, by the input option."""
    locale = locale_named(state.locale)

    def raw(cell: Cell | None, value: object) -> Cell:
        held = cell or Cell()
        if isinstance(value, bool) or value is None:
            return held.valued(value)
        if isinstance(value, (int, float)):
            return held.valued(float(value))
        return held.valued(_text(str(value)))

    def typed(cell: Cell | None, value: object) -> Cell:
        if not isinstance(value, str):
            return raw(cell, value)
        _text(value)
        held = cell or Cell()
        number_format = (held.format or {}).get("numberFormat") or {}
        return settled(held, entered(value, locale, as_text=number_format.get("type") == "TEXT"))

    return raw if option == "RAW" else typed


def _text(text: str) -> str | None:
    if len(text) > MAX_TEXT:
        raise Refused(TOO_MUCH_TEXT)
    return text or None


def settled(held: Cell, found: Entered) -> Cell:
    """The cell with what was typed: its own number format stays, a suggested one fills a gap, a URL becomes a link."""
    result = held.valued(found.value)
    look: Json = dict(held.format or {})
    if found.number_format and "numberFormat" not in look:
        look["numberFormat"] = dict(found.number_format)
    if found.link:
        look["textFormat"] = {**(look.get("textFormat") or {}), "link": {"uri": found.link}}
    elif (look.get("textFormat") or {}).get("link") and not isinstance(found.value, Formula):
        look["textFormat"] = {name: value for name, value in look["textFormat"].items() if name != "link"}
        if not look["textFormat"]:
            del look["textFormat"]
    if look == dict(held.format or {}):
        return result
    return Cell(result.value, look or None, result.note, result.validation, result.runs)


def clear(state: State, text: str) -> tuple[Sheet, Box]:
    """Takes the values away; formats, notes and rules stay."""
    sheet, box = located(state, text)
    clear_box(sheet, box)
    return sheet, box


def clear_box(sheet: Sheet, box: Box) -> None:
    for at in range(box.top, box.bottom):
        row = sheet.rows[at]
        changes = {
            column: cell.valued(None)
            for column, cell in row.items()
            if box.left <= column < box.right and cell.value is not None
        }
        if changes:
            sheet.put(at, changes)
