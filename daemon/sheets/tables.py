"""Worksheets as tables: where people have put the header, which column is whose, and the rows below.

People move columns, put titles above the header, rename it a little and add columns of their own; nothing here
depends on a position. A column of theirs is readable under ``x:<its header>``, a comment on a cell under
``x:<header> (açıklama)``, so that both can go along when a row moves.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from daemon.domain.cells import normal
from daemon.domain.errors import Unprocessable
from daemon.domain.sheet import (
    GENEL_BAKIS,
    OWN,
    Append,
    CellValue,
    CellWrite,
    Changes,
    Column,
    Layout,
    Removal,
    Shape,
    SheetRow,
    Table,
)
from daemon.domain.text import fold
from daemon.sheets.reading import Rows
from daemon.sheets.xlsx import Edit, Write

HEADER_ROWS = 15
"""The header is looked for in so many rows from the top."""
_COMMENT = " (açıklama)"

Comments = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where things are in one worksheet; rows and columns count from 1."""

    top: int
    """Row of the header."""
    columns: Mapping[str, int]
    """Column by key; people's own under ``x:<header>``."""
    width: int
    last_used: int


def find_grid(layout: Layout, rows: Rows) -> Grid:
    """The row that has most of the layout's headers is the header."""
    top, columns = 1, _headers(layout, rows[0] if rows else ())
    for number, row in enumerate(rows[1:HEADER_ROWS], 2):
        found = _headers(layout, row)
        if len(found) > len(columns):
            top, columns = number, found
    header = rows[top - 1] if rows else ()
    named = set(columns.values())
    own = {
        f"{OWN}{' '.join(str(value).split())}": number
        for number, value in reversed(list(enumerate(header, 1)))
        if value is not None and number not in named
    }
    width = max((number for number, value in enumerate(header, 1) if value is not None), default=0)
    return Grid(top, {**own, **columns}, width, _last_used(rows, top, width))


def _headers(layout: Layout, row: Sequence[CellValue]) -> dict[str, int]:
    names = _names(layout)
    found: dict[str, int] = {}
    for number, value in enumerate(row, 1):
        key = names.get(_heading(str(value))) if value is not None else None
        if key is not None:
            found.setdefault(key, number)
    return found


def _names(layout: Layout) -> dict[str, str]:
    return {
        _heading(name): column.key for column in layout.columns for name in (column.header, *column.aliases)
    }


def _heading(text: str) -> str:
    return " ".join(fold(text).split()).strip(" :*.")


def _last_used(rows: Rows, top: int, width: int) -> int:
    """The last row in which anything stands under the headers; what people keep beside the list does not count."""
    for number in range(len(rows), top, -1):
        if any(value is not None for value in rows[number - 1][:width]):
            return number
    return top


def read_table(layout: Layout, grid: Grid | None, rows: Rows, comments: Comments) -> Table:
    """The rows below the header, normalised; a missing worksheet misses all its columns."""
    if grid is None:
        return Table(layout.title, (), tuple(column.key for column in layout.columns))
    missing = tuple(column.key for column in layout.columns if column.key not in grid.columns)
    shapes = {column.key: column.shape for column in layout.columns}
    ours = [(key, at - 1, shapes[key]) for key, at in grid.columns.items() if key in shapes]
    days = [(key, at) for key, at, shape in ours if shape is Shape.DATE]
    own = [(key, at - 1) for key, at in grid.columns.items() if key not in shapes]
    remarks = _remarks(layout, grid, comments)
    found = []
    for number, row in enumerate(rows[grid.top :], grid.top + 1):
        cells: dict[str, CellValue] = {
            key: normal(row[at], shape) if at < len(row) else None for key, at, shape in ours
        }
        for key, at in own:
            if at < len(row) and (value := normal(row[at])) is not None:
                cells[key] = value
        cells |= remarks.get(number, {})
        if any(value is not None for value in cells.values()):
            found.append(SheetRow(number, cells, _spelt_days(days, row, cells)))
    return Table(layout.title, tuple(found), missing)


def _spelt_days(
    days: Sequence[tuple[str, int]], row: Sequence[CellValue], cells: Mapping[str, CellValue]
) -> frozenset[str]:
    return frozenset(
        key for key, at in days if at < len(row) and isinstance(row[at], str) and isinstance(cells[key], date)
    )


def _remarks(layout: Layout, grid: Grid, comments: Comments) -> dict[int, dict[str, str]]:
    headers = {column.key: column.header for column in layout.columns}
    names = {at: headers.get(key, key.removeprefix(OWN)) for key, at in grid.columns.items()}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for (row, column), text in comments.items():
        found[row][f"{OWN}{names.get(column, 'Açıklama')}{_COMMENT}"] = text
    return found


# --- changes ----------------------------------------------------------------------------------------------


def place(changes: Changes, grids: Mapping[str, Grid]) -> dict[str, Edit]:
    """Changes by column key as edits by position; what has no column there is left out.

    Raises :class:`Unprocessable` when a worksheet is not there.
    """
    parts: tuple[tuple[CellWrite | Append | Removal, ...], ...] = (
        changes.cells,
        changes.appends,
        changes.removals,
    )
    named = (change.title for part in parts for change in part)
    if absent := [title for title in named if title not in grids]:
        raise Unprocessable(f"no worksheet {absent[0]}", reason=f"“{absent[0]}” sayfası bulunamadı.")
    edits = {title: Edit(top=grid.top) for title, grid in grids.items()}
    for cell in changes.cells:
        if at := grids[cell.title].columns.get(cell.key):
            link = cell.link if cell.link or cell.value is None else None
            edits[cell.title].writes.append(Write(cell.position, at, cell.value, link))
    following = {title: grid.last_used for title, grid in grids.items()}
    for append in changes.appends:
        following[append.title] += 1
        for key, value in append.cells.items():
            if (at := grids[append.title].columns.get(key)) and value not in (None, ""):
                link = append.links.get(key)
                edits[append.title].writes.append(Write(following[append.title], at, value, link))
    for removal in changes.removals:
        edits[removal.title].removals.append(removal.position)
    title = GENEL_BAKIS.title
    if title in edits and following[title] > grids[title].last_used:
        edits[title] = replace(edits[title], growth=(grids[title].last_used, following[title]))
    return {title: edit for title, edit in edits.items() if edit.writes or edit.removals}


def missing_headers(layout: Layout, grid: Grid, rows: Rows) -> Iterator[tuple[Column, Write]]:
    """Headers to write for columns that are not there: over cells that only lost theirs, else at the right end.

    Raises :class:`Unprocessable` where the whole header row is gone and cannot be told from the rows.
    """
    header, below = (rows[grid.top - 1], rows[grid.top :]) if rows else ((), ())
    right = max(grid.width, _last_filled(below))
    for group, before in _missing_groups(layout, grid):
        nameless = _nameless_after(before, header, below)
        if len(group) == len(layout.columns):
            if grid.width or right > len(group):
                reason = f"{layout.title}: başlık satırı silinmiş. En üste boş bir satır ekleyip yeniden deneyiniz."
                raise Unprocessable(f"{layout.title} has no header row", reason=reason)
            right, nameless = 0, []
        if len(nameless) != len(group):
            nameless = list(range(right + 1, right + 1 + len(group)))
            right += len(group)
        for column, at in zip(group, nameless, strict=True):
            yield column, Write(grid.top, at, column.header)


def _missing_groups(layout: Layout, grid: Grid) -> Iterator[tuple[list[Column], int]]:
    """Neighbours in the layout that are not there, and where the column before them is (0 for none)."""
    group: list[Column] = []
    before = 0
    for column in layout.columns:
        at = grid.columns.get(column.key)
        if at is None:
            group.append(column)
            continue
        if group:
            yield group, before
        group, before = [], at
    if group:
        yield group, before


def _nameless_after(before: int, header: Sequence[CellValue], below: Rows) -> list[int]:
    """Columns right of ``before`` without a header; at the right end only those in which something stands."""
    named = next((n for n, value in enumerate(header, 1) if n > before and value is not None), 0)
    end = named or _last_filled(below) + 1
    return list(range(before + 1, end))


def _last_filled(rows: Rows) -> int:
    """The rightmost column in which anything stands."""
    return max((n for row in rows for n, value in enumerate(row, 1) if value is not None), default=0)
