"""Edits of the grid's shape, and where every range, reference and index stands after one.

Inserting at a range's first row pushes the range down; inserting inside it makes it grow; deleting shrinks it, and
a range whose last row goes vanishes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.sheets_server.book.a1 import Extent
from tests.sheets_server.book.model import Box, Json

Span = tuple[int | None, int | None]
ROWS, COLUMNS = "ROWS", "COLUMNS"


@dataclass(frozen=True, slots=True)
class Edit:
    """Rows or columns were inserted, deleted or moved. ``band``: only this part of the other dimension shifted."""

    kind: str
    sheet_id: int
    dimension: str
    start: int
    end: int
    destination: int = 0
    band: tuple[int, int] | None = None

    @property
    def length(self) -> int:
        return self.end - self.start

    def index(self, at: int) -> int | None:
        """Where one row or column stands now; None if it was deleted."""
        if self.kind == "insert":
            return at + self.length if at >= self.start else at
        if self.kind == "delete":
            if at < self.start:
                return at
            return at - self.length if at >= self.end else None
        return self._moved(at)

    def _moved(self, at: int) -> int:
        landing = self.destination - self.length if self.destination > self.start else self.destination
        if self.start <= at < self.end:
            return landing + at - self.start
        rest = at if at < self.start else at - self.length
        return rest if rest < landing else rest + self.length

    def span(self, start: int | None, end: int | None) -> Span | None:
        """Where a range stands now, ``end`` exclusive and None where it is open; None if it vanished."""
        if self.kind == "insert":
            return self._after_insert(start), self._after_insert_end(end)
        if self.kind == "delete":
            return self._after_delete(start, end)
        return self._after_move(start, end)

    def _after_insert(self, start: int | None) -> int | None:
        return start + self.length if start is not None and start >= self.start else start

    def _after_insert_end(self, end: int | None) -> int | None:
        return end + self.length if end is not None and end > self.start else end

    def _after_delete(self, start: int | None, end: int | None) -> Span | None:
        def left(at: int) -> int:
            return at if at <= self.start else max(self.start, at - self.length)

        new_start = None if start is None else left(start)
        new_end = None if end is None else left(end)
        if new_end is not None and new_end <= (new_start or 0):
            return None
        return new_start, new_end

    def _after_move(self, start: int | None, end: int | None) -> Span | None:
        """A range goes with the moved block if it lies wholly in it; otherwise it keeps what did not move."""
        if start is None or end is None or start == end:
            return start, end
        if self.start <= start and end <= self.end:
            return self._moved(start), self._moved(end - 1) + 1
        first = self.end if self.start <= start < self.end else start
        last = self.start - 1 if self.start < end <= self.end else end - 1
        return self._moved(first), self._moved(last) + 1

    def extent(self, extent: Extent) -> Extent | None:
        """The same for a rectangle on the edited sheet."""
        if self.dimension == ROWS:
            if not self._in_band(extent.left, extent.right):
                return extent
            span = self.span(extent.top, extent.bottom)
            return None if span is None else Extent(*span, extent.left, extent.right)
        if not self._in_band(extent.top, extent.bottom):
            return extent
        span = self.span(extent.left, extent.right)
        return None if span is None else Extent(extent.top, extent.bottom, *span)

    def _in_band(self, start: int | None, end: int | None) -> bool:
        if self.band is None:
            return True
        return self.band[0] <= (start or 0) and end is not None and end <= self.band[1]

    def grid_range(self, found: Mapping[str, Any]) -> Json | None:
        """The same for a GridRange of any sheet."""
        if int(found.get("sheetId") or 0) != self.sheet_id:
            return dict(found)
        old = Extent(*(found.get(name) for name in _NAMES))
        new = self.extent(old)
        return None if new is None else _with(found, new)


@dataclass(frozen=True, slots=True)
class Cut:
    """A block of cells was cut and pasted; references to it follow."""

    sheet_id: int
    box: Box
    to_sheet_id: int
    down: int
    right: int

    def extent(self, extent: Extent) -> Extent | None:
        """Where a reference that lies wholly in the block points now; others stay."""
        if extent.top is None or extent.bottom is None or extent.left is None or extent.right is None:
            return extent
        if not self.box.covers(Box(extent.top, extent.bottom, extent.left, extent.right)):
            return extent
        return Extent(
            extent.top + self.down,
            extent.bottom + self.down,
            extent.left + self.right,
            extent.right + self.right,
        )


_NAMES = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


def _with(found: Mapping[str, Any], extent: Extent) -> Json:
    values = (extent.top, extent.bottom, extent.left, extent.right)
    kept = {name: value for name, value in found.items() if name not in _NAMES}
    return kept | {name: value for name, value in zip(_NAMES, values, strict=True) if value is not None}


def every_range(found: Any, change: Callable[[Mapping[str, Any]], Json | None]) -> Any:
    """A copy of a JSON value in which each GridRange was changed; a vanished one drops out of its list or object."""
    if isinstance(found, Mapping):
        if any(name in found for name in _NAMES):
            return change(found)
        pairs = ((name, every_range(value, change)) for name, value in found.items())
        return {name: value for name, value in pairs if value is not None}
    if isinstance(found, list):
        return [value for value in (every_range(item, change) for item in found) if value is not None]
    return found
