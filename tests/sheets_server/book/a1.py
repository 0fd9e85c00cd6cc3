"""A1 notation: reading ranges as people and clients write them, and writing them as Google answers.

https://developers.google.com/workspace/sheets/api/guides/concepts#cell
"""

import re
from dataclasses import dataclass

from tests.sheets_server.book.model import Box, Refused, Sheet
from tests.sheets_server.book.state import State
from tests.sheets_server.errors import ApiError

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?")
_R1C1 = re.compile(r"[Rr](\d+)[Cc](\d+)(?::[Rr](\d+)[Cc](\d+))?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle that may be open on any side; ends exclusive, as in a GridRange."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    @property
    def is_one_cell(self) -> bool:
        return (
            self.top is not None
            and self.left is not None
            and self.bottom == self.top + 1
            and self.right == self.left + 1
        )

    def within(self, sheet: Sheet) -> Box:
        """The part that the sheet has."""
        return Box(
            self.top or 0,
            sheet.row_count if self.bottom is None else min(self.bottom, sheet.row_count),
            self.left or 0,
            sheet.column_count if self.right is None else min(self.right, sheet.column_count),
        )

    def starts_in(self, sheet: Sheet) -> bool:
        return (self.top or 0) < sheet.row_count and (self.left or 0) < sheet.column_count

    def ends_in(self, sheet: Sheet) -> bool:
        return (self.bottom or 0) <= sheet.row_count and (self.right or 0) <= sheet.column_count


def text_of(extent: Extent) -> str:
    """``A1:B2``, ``A1``, or an open form such as ``A1001:B``, as Google's refusals name it."""
    start = letters(extent.left or 0) + str((extent.top or 0) + 1)
    end = ("" if extent.right is None else letters(extent.right - 1)) + (
        "" if extent.bottom is None else str(extent.bottom)
    )
    if not end or end == start:
        return start
    return f"{start}:{end}"


def box_text(box: Box) -> str:
    return text_of(Extent(box.top, max(box.bottom, box.top + 1), box.left, max(box.right, box.left + 1)))


def range_text(sheet: Sheet, box: Box) -> str:
    """The full name of a range in an answer, the title quoted only where it must be."""
    return f"{quoted(sheet.title)}!{box_text(box)}"


def beyond(sheet: Sheet, extent: Extent) -> str:
    return (
        f"Range ({quoted(sheet.title)}!{text_of(extent)}) exceeds grid limits. "
        f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


def extent_of(text: str) -> Extent | None:
    """``A1``, ``A1:B2``, ``A:C``, ``2:5``, ``A2:C``, ``R1C1:R2C2``; None if it is no range."""
    relative = _R1C1.fullmatch(text)
    if relative:
        row, column, last_row, last_column = relative.groups()
        return _spanning(
            (int(column) - 1, int(row) - 1),
            (int(last_column or column) - 1, int(last_row or row) - 1),
        )
    first, colon, last = text.partition(":")
    start = _corner(first)
    end = _corner(last) if colon else start
    if start is None or end is None or (not colon and None in start):
        return None
    return _spanning(start, end)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    match = _CORNER.fullmatch(text)
    if not match or not text.strip("$"):
        return None
    column, row = match.groups()
    return (column_of(column) if column else None, int(row) - 1 if row else None)


def _spanning(start: tuple[int | None, int | None], end: tuple[int | None, int | None]) -> Extent | None:
    left, right = _ordered(start[0], end[0])
    top, bottom = _ordered(start[1], end[1])
    if left is None and top is None:
        return None
    return Extent(top, bottom, left, right)


def _ordered(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Inclusive ends to a start and an exclusive end; an end that is missing leaves the range open."""
    if first is None or last is None:
        given = last if first is None else first
        return given, None
    return min(first, last), max(first, last) + 1


def unquoted(text: str) -> tuple[str, str] | None:
    """Splits ``'It''s'!A1`` into title and rest; None if the text does not begin with a quoted title."""
    match = re.match(r"'((?:[^']|'')+)'(?:!(.+))?$", text, re.DOTALL)
    return (match[1].replace("''", "'"), match[2] or "") if match else None


def resolve(state: State, text: str) -> tuple[Sheet, Extent]:
    """The sheet and the part of it that a range names; a 400 as Google's if it names none."""
    found = _resolved(state, text)
    if found is None:
        raise ApiError(400, f"Unable to parse range: {text}")
    return found


def _resolved(state: State, text: str) -> tuple[Sheet, Extent] | None:
    title_and_rest = unquoted(text)
    if title_and_rest is None and "!" in text:
        title, _, rest = text.rpartition("!")
        if not rest:
            return None
        title_and_rest = (title, rest)
    if title_and_rest is not None:
        return _on_sheet(state, *title_and_rest)
    named = named_range(state, text)
    if named is not None:
        return named
    extent = extent_of(text)
    if extent is not None:
        return state.first_visible, extent
    sheet = state.sheet_titled(text)
    return (sheet, Extent()) if sheet else None


def _on_sheet(state: State, title: str, rest: str) -> tuple[Sheet, Extent] | None:
    sheet = state.sheet_titled(title)
    if sheet is None:
        return None
    if not rest:
        return sheet, Extent()
    extent = extent_of(rest)
    return (sheet, extent) if extent is not None else named_range(state, rest)


def named_range(state: State, name: str) -> tuple[Sheet, Extent] | None:
    for named in state.named_ranges:
        if named["name"].casefold() == name.casefold():
            return from_grid_range(state, named.get("range", {}))
    return None


def from_grid_range(state: State, grid_range: object) -> tuple[Sheet, Extent]:
    """A GridRange of a request, checked; its sheet must exist and its ends be in order."""
    if not isinstance(grid_range, dict):
        raise Refused("range is required")
    sheet = state.sheet(int(grid_range.get("sheetId") or 0))
    extent = Extent(
        grid_range.get("startRowIndex"),
        grid_range.get("endRowIndex"),
        grid_range.get("startColumnIndex"),
        grid_range.get("endColumnIndex"),
    )
    for name, start, end in (("Row", extent.top, extent.bottom), ("Column", extent.left, extent.right)):
        if (start or 0) < 0 or (end or 0) < 0:
            raise Refused(f"GridRange.start{name}Index and end{name}Index must not be negative")
        if end is not None and end < (start or 0):
            raise Refused(
                f"GridRange.end{name}Index[{end}] must be greater than or equal to start{name}Index[{start or 0}]"
            )
    return sheet, extent


def boxed(state: State, grid_range: object) -> tuple[Sheet, Box]:
    """A request's GridRange as the part that the sheet has; refused where it starts outside the grid."""
    sheet, extent = from_grid_range(state, grid_range)
    if not extent.starts_in(sheet):
        raise Refused(beyond(sheet, extent))
    return sheet, extent.within(sheet)


def to_grid_range(sheet: Sheet, extent: Extent) -> dict[str, int]:
    """A GridRange as Google answers it: the sheet's id is left out when it is 0."""
    pairs = {
        "sheetId": sheet.id or None,
        "startRowIndex": extent.top,
        "endRowIndex": extent.bottom,
        "startColumnIndex": extent.left,
        "endColumnIndex": extent.right,
    }
    return {name: value for name, value in pairs.items() if value is not None}
