"""What a spreadsheet is made of: cells, dimensions and sheets.

Cells, rows and JSON objects are never changed in place: an edit puts a new object where the old one was. So a
snapshot is a handful of list copies, and a batch that fails is undone by forgetting the working copy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

ROW_HEIGHT = 21
COLUMN_WIDTH = 100
MAX_CELLS = 10_000_000
TOO_MANY_CELLS = (
    f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
)
MAX_TEXT = 50_000
TOO_MUCH_TEXT = f"Your input contains more than the maximum of {MAX_TEXT} characters in a single cell."


class Refused(Exception):
    """A request that Google would not carry out; the batch says which one it was."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it stands in the cell, beginning with ``=``."""

    text: str


Value: TypeAlias = str | float | bool | Formula | None


@dataclass(slots=True)
class Cell:
    """One cell: what was entered and how it should look. An empty cell is not stored at all.

    Cells are shared, so none is ever changed; they are not frozen only because that doubles the cost of each.
    """

    value: Value = None
    format: Mapping[str, Any] | None = None
    note: str = ""
    validation: Mapping[str, Any] | None = None
    runs: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.value is None and not (self.format or self.note or self.validation or self.runs)

    def like(self, other: "Cell") -> bool:
        """Equal, and of the same kind: TRUE is not 1."""
        return (
            type(self.value) is type(other.value)
            and self.value == other.value
            and self.format == other.format
            and self.note == other.note
            and self.validation == other.validation
            and self.runs == other.runs
        )

    def valued(self, value: Value) -> "Cell":
        """The same cell with another value; text runs belong to the old text."""
        return Cell(value, self.format, self.note, self.validation)


EMPTY = Cell()
Row: TypeAlias = dict[int, Cell]
_NO_CELLS: Row = {}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One row or column as such."""

    pixels: int
    hidden: bool = False
    filtered: bool = False

    def to_json(self) -> Json:
        return {
            **({"hiddenByFilter": True} if self.filtered else {}),
            **({"hiddenByUser": True} if self.hidden else {}),
            "pixelSize": self.pixels,
        }


@dataclass(frozen=True, slots=True)
class Box:
    """A bounded rectangle of cells, zero-based, the ends exclusive."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def __contains__(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] < self.bottom and self.left <= place[1] < self.right

    def meets(self, other: "Box") -> bool:
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def covers(self, other: "Box") -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


@dataclass
class Sheet:
    """One sheet. ``objects`` holds what belongs to it beside cells, under the names of Google's Sheet resource."""

    properties: Json
    rows: list[Row]
    row_dimensions: list[Dimension]
    column_dimensions: list[Dimension]
    objects: dict[str, list[Json]] = field(default_factory=dict)
    basic_filter: Json | None = None
    has_formulas: bool = False

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        return len(self.row_dimensions)

    @property
    def column_count(self) -> int:
        return len(self.column_dimensions)

    @property
    def whole(self) -> Box:
        return Box(0, self.row_count, 0, self.column_count)

    def clone(self) -> "Sheet":
        return Sheet(
            self.properties,
            self.rows[:],
            self.row_dimensions[:],
            self.column_dimensions[:],
            {name: found[:] for name, found in self.objects.items()},
            self.basic_filter,
            self.has_formulas,
        )

    def same_as(self, other: "Sheet") -> bool:
        """Whether nothing changed; unchanged rows are the same objects."""
        return (
            len(self.rows) == len(other.rows)
            and all(mine is theirs for mine, theirs in zip(self.rows, other.rows, strict=True))
            and self.row_dimensions == other.row_dimensions
            and self.column_dimensions == other.column_dimensions
            and self.properties == other.properties
            and self.objects == other.objects
            and self.basic_filter == other.basic_filter
        )

    def cell(self, row: int, column: int) -> Cell:
        return self.rows[row].get(column, EMPTY) if row < len(self.rows) else EMPTY

    def put(self, row: int, changes: Mapping[int, Cell]) -> int:
        """Puts cells into a row; says how many really changed."""
        old = self.rows[row]
        new = {column: cell for column, cell in changes.items() if not cell.like(old.get(column, EMPTY))}
        if not new:
            return 0
        merged = {**old, **new}
        for column, cell in new.items():
            if cell.is_empty:
                del merged[column]
            elif isinstance(cell.value, Formula):
                self.has_formulas = True
        self.rows[row] = merged
        return len(new)

    def cells(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """The stored cells of a box, in reading order."""
        for row in range(box.top, min(box.bottom, len(self.rows))):
            found = self.rows[row]
            if found:
                for column in sorted(column for column in found if box.left <= column < box.right):
                    yield row, column, found[column]

    def resize_rows(self, count: int) -> None:
        have = self.row_count
        if count * self.column_count > MAX_CELLS:
            raise Refused(TOO_MANY_CELLS)
        if count < have:
            del self.rows[count:], self.row_dimensions[count:]
        else:
            self.rows.extend([_NO_CELLS] * (count - have))
            self.row_dimensions.extend([Dimension(ROW_HEIGHT)] * (count - have))

    def resize_columns(self, count: int) -> None:
        have = self.column_count
        if count * self.row_count > MAX_CELLS:
            raise Refused(TOO_MANY_CELLS)
        if count < have:
            del self.column_dimensions[count:]
            self.rows = [
                {column: cell for column, cell in row.items() if column < count}
                if any(column >= count for column in row)
                else row
                for row in self.rows
            ]
        else:
            self.column_dimensions.extend([Dimension(COLUMN_WIDTH)] * (count - have))

    def list(self, name: str) -> list[Json]:
        return self.objects.get(name, [])

    def add(self, name: str, item: Json, at: int | None = None) -> None:
        found = self.objects.setdefault(name, [])
        found.insert(len(found) if at is None else at, item)

    def last_row_with_value(self) -> int:
        """Index of the last row that holds a value, or -1."""
        for row in range(len(self.rows) - 1, -1, -1):
            if any(cell.value is not None for cell in self.rows[row].values()):
                return row
        return -1


def new_sheet(properties: Json, row_count: int, column_count: int) -> Sheet:
    if row_count * column_count > MAX_CELLS:
        raise Refused(TOO_MANY_CELLS)
    return Sheet(
        properties,
        [_NO_CELLS] * row_count,
        [Dimension(ROW_HEIGHT)] * row_count,
        [Dimension(COLUMN_WIDTH)] * column_count,
    )
