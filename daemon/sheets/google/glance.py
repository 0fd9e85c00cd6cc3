"""A glance at a long worksheet: is it still as known? Only the columns that people's work changes are asked for.

Google gives a spreadsheet no version that is up to date, so to know whether somebody typed one must look at cells.
``make bench BENCH=google-bytes`` shows what that takes. So a worksheet from :data:`LONG` rows on is glanced at: its
header, the numbers, people's columns, and all that stands from the last row on. If one cell differs there, all of it is
read and merged as ever: a glance only decides whether to read, so the merge is no weaker. What it does not see (a
column of the daemon's overwritten, a comment, people's own columns) Drive tells within minutes, and the whole reading
every ten minutes finds. A short worksheet is read at once, for a glance that finds something costs two reads; so is one
with rows that have no number yet, for those are being typed.

No checksum in a formula of the sheet's own: it would be one cell to read however many rows there are, but no sum that
Google's functions can form without a script tells every edit apart, and who deletes the hidden worksheet silences it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from daemon.domain.sheet import Layout, Owner
from daemon.sheets.formulas import column_letters
from daemon.sheets.google.grid import Raw, Sheet, trimmed
from daemon.sheets.tables import Grid

LONG = 200
"""Rows from which on a glance is worth it."""
PARAMS = {
    "majorDimension": "COLUMNS",
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
}
Block = tuple[int, int, int, int]
"""First and last row, first and last column; 0 for "to the end"."""


def is_worth_it(layout: Layout, grid: Grid, sheet: Sheet) -> bool:
    """Whether the worksheet is long, and no row waits to be numbered."""
    number_at = grid.columns.get(layout.identity, 0)
    rows = range(grid.top + 1, grid.last_used + 1)
    return len(rows) >= LONG and all(sheet.cell(row, number_at) is not None for row in rows)


def blocks(layout: Layout, grid: Grid) -> list[Block]:
    """What is looked at: the header, each column that people work in, and what stands from the last row on."""
    looked_at = sorted(
        at
        for column in layout.columns
        if (at := grid.columns.get(column.key))
        and (column.owner is Owner.PEOPLE or column.key == layout.identity)
    )
    columns = [(grid.top + 1, 0, first, last) for first, last in _runs(looked_at)]
    return [(1, grid.top, 1, grid.width), *columns, (grid.last_used, 0, 1, grid.width)]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for number in numbers:
        if first and number != last + 1:
            yield first, last
            first = 0
        first, last = first or number, number
    if first:
        yield first, last


def ranges(title: str, wanted: Iterable[Block]) -> list[str]:
    """In A1 notation; ``title`` is quoted already."""
    return [
        f"{title}!{column_letters(left)}{top}:{column_letters(right)}{bottom or ''}"
        for top, bottom, left, right in wanted
    ]


def is_as_known(sheet: Sheet, wanted: Sequence[Block], answer: Mapping[str, Any]) -> bool:
    """Whether the values of ``values:batchGet`` are those that stood there when the worksheet was read."""
    told = answer.get("valueRanges", ())
    return len(told) == len(wanted) and all(
        _told(values.get("values", ())) == _known(sheet, block)
        for block, values in zip(wanted, told, strict=True)
    )


def _known(sheet: Sheet, block: Block) -> list[tuple[Raw, ...]]:
    top, bottom, left, right = block
    rows = range(top, (bottom or len(sheet.rows)) + 1)
    return _trimmed([trimmed(sheet.cell(row, at) for row in rows) for at in range(left, right + 1)])


def _told(columns: Sequence[Sequence[Any]]) -> list[tuple[Raw, ...]]:
    return _trimmed([trimmed(None if value == "" else value for value in column) for column in columns])


def _trimmed(columns: list[tuple[Raw, ...]]) -> list[tuple[Raw, ...]]:
    while columns and not columns[-1]:
        columns.pop()
    return columns
