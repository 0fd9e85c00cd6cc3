"""One Google spreadsheet: its state as last seen, and writing that proves itself.

Every batch carries an operation's number as the spreadsheet's metadata. It is noted before the batch is sent and
forgotten once its effect is proven, so that after a crash or a time-out the next reading tells whether it took effect.
While that is in doubt the next batch carries the same number: Google takes each number once, so of the two only one
can take effect, however late the first arrives. A reading without the last proven number is an old one and not used.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from daemon.domain.errors import MuhtarlikError, Temporary, Unprocessable
from daemon.domain.sheet import Layout, Owner
from daemon.ports.spreadsheets import Notes
from daemon.sheets.google import batch, glance
from daemon.sheets.google.calls import SHEETS, Calls, Throttled, is_bad_request
from daemon.sheets.google.grid import FIELDS, Raw, Sheet, find_titles, meant, read_sheets
from daemon.sheets.google.journal import (
    TITLE,
    Damage,
    Touched,
    damage,
    number_of,
    read_journal,
    restoration,
    write_journal,
)
from daemon.sheets.tables import Grid
from daemon.sheets.xlsx import Edit

log = structlog.get_logger()

STALE_FOR = timedelta(minutes=5)
"""So long a reading without our last mark counts as an old one; after that somebody has put an old version back."""
MOST_RESTORATIONS = 4
_CHANGED = "Tablo az önce değişti; yeniden okunacak."
_MOST_REFUSALS = 3


class Spreadsheet:
    """Reads and writes one spreadsheet; several workbooks (``layouts``) may stand in it."""

    def __init__(self, calls: Calls, spreadsheet_id: str, notes: Notes) -> None:
        self.id = spreadsheet_id
        self.layouts: list[Layout] = []
        self.title = ""
        self.sheets: dict[str, Sheet] = {}
        """By title, the hidden one with our journal left out."""
        self._calls = calls
        self._notes = notes
        self._by_id: dict[int, Layout] = {}
        """Worksheets that are being put right, whatever they are called now."""
        self._marks: set[int] = set()
        self._copies: Sheet | None = None
        self._missed_since: datetime | None = None
        self._refusals = 0
        self.is_known = False
        """Whether all of it has been read since anything was in doubt."""

    # --- reading --------------------------------------------------------------------------------------

    def read(self, now: datetime, *, titles: Sequence[str] = ()) -> None:
        """Read all of it, or, where all is known, only the worksheets ``titles``. One call; more only where a former
        write must be looked into. Raises as :meth:`Calls.read`, and :class:`Temporary` for an old state."""
        some = list(titles) if self.is_known and set(titles) <= self.sheets.keys() else []
        try:
            self._take(self._ask(some), now, whole=not some)
        except Unprocessable as fault:
            if not some or not is_bad_request(fault):
                raise
            self._take(self._ask([]), now, whole=True)  # a worksheet was renamed

    def is_as_known(self, title: str) -> bool:
        """Whether a glance at a long worksheet shows what is known of it; one call, none for a short one."""
        if not self.is_known or self._pending or title not in self.sheets:
            return False
        layout, sheet, grid = self._layout(title), self.sheets[title], self._grid(title)
        if not glance.is_worth_it(layout, grid, sheet):
            return False
        wanted = glance.blocks(layout, grid)
        params = {**glance.PARAMS, "ranges": glance.ranges(quoted(title), wanted)}
        try:
            answer = self._calls.read(f"{SHEETS}/{self.id}/values:batchGet", params)
        except Unprocessable as fault:
            if is_bad_request(fault):  # renamed, or shorter than it was
                return False
            raise
        return glance.is_as_known(sheet, wanted, answer)

    def look_by_writing(self, titles: Sequence[str]) -> bool:
        """Read the worksheets ``titles`` from the answer to a write that changes nothing, where reads are short (one
        call); ``False`` where they must be read as ever: something is in doubt, or is no longer called as it was.

        The answer is the state after the write, never an old one, so it need not carry our last mark."""
        if not self.is_known or self._pending or not titles:
            return False
        try:
            answer = self._calls.write(
                f"{SHEETS}/{self.id}:batchUpdate",
                batch.nothing(self.sheets[titles[0]].sheet_id, map(quoted, titles)),
                {"fields": f"updatedSpreadsheet({FIELDS})"},
            )
        except Unprocessable as fault:
            if is_bad_request(fault):  # renamed, or gone
                return False
            raise
        found = read_sheets(answer.get("updatedSpreadsheet", {}))
        if not found.keys() >= set(titles):
            return False
        found.pop(TITLE, None)
        self.sheets = {**self.sheets, **{title: found[title] for title in titles}}
        return True

    def _ask(self, titles: Sequence[str]) -> Mapping[str, Any]:
        params: dict[str, Any] = {"fields": FIELDS, "includeGridData": "true"}
        if titles:
            params["ranges"] = [quoted(title) for title in titles]
        answer: Mapping[str, Any] = self._calls.read(f"{SHEETS}/{self.id}", params)
        return answer

    def _take(self, answer: Mapping[str, Any], now: datetime, *, whole: bool) -> None:
        marks = {
            int(each["metadataId"])
            for each in answer.get("developerMetadata", ())
            if each.get("metadataKey") == batch.METADATA_KEY
        }
        self._refuse_old(marks, now)
        self._marks = marks
        sheets = read_sheets(answer)
        copies = sheets.pop(TITLE, None)
        if not whole and marks & set(self._pending):
            return self._take(self._ask([]), now, whole=True)
        self.title = answer.get("properties", {}).get("title", self.title)
        self.sheets = sheets if whole else {**self.sheets, **sheets}
        if whole:
            self._copies = copies
            self.is_known = True
            self._look_into_former(now)
        return None

    def _refuse_old(self, marks: set[int], now: datetime) -> None:
        if self._last in {0, *marks} or marks.intersection(self._pending):
            self._missed_since = None
            return
        self._missed_since = self._missed_since or now
        if now - self._missed_since < STALE_FOR:
            raise Temporary(
                f"{self.id}: an old state was read", reason="Tablonun eski bir hâli okundu; yeniden okunacak."
            )
        self._remember(0, self._pending)

    def _look_into_former(self, now: datetime) -> None:
        """A batch whose answer never came did take effect: did it fall where it was meant?"""
        former = read_journal(self._copies)
        if former is None or former.operation not in self._pending or self._copies is None:
            return
        if found := damage(former, self._copies):
            self._restore(found, now, depth=1)
        else:
            self._acknowledge(former.operation)

    # --- writing --------------------------------------------------------------------------------------

    def write(self, edits: Mapping[str, Edit], now: datetime, *, depth: int = 0) -> None:
        """Carry out ``edits`` (by title) in one batch; the state is then the new one.

        Raises :class:`Temporary` when somebody came in between (what was theirs is put back) or it is not known
        whether it took effect; read again.
        """
        grids = {title: self._grid(title) for title in edits}
        touched = {title: self._touched(title, edit, grids[title]) for title, edit in edits.items()}
        number_at = {title: grids[title].columns.get(self._layout(title).identity, 0) for title in edits}
        ours = {title: _owned(self._layout(title), grids[title]) for title in edits}
        operation = self._next_operation()
        plan = write_journal(operation, touched, self.sheets, number_at, ours)
        scratch = (
            batch.Scratch(self._copies.row_count, self._copies.column_count)
            if self._copies
            else batch.Scratch()
        )
        former = sorted(self._marks - set(self._pending))
        request = batch.body(edits, self.sheets, grids, plan, scratch, former=former)
        answer = self._send(request, operation)
        copies = read_sheets(answer.get("updatedSpreadsheet", {})).get(TITLE)
        self._marks = (self._marks - set(former)) | {operation}
        self._copies = copies or self._copies
        if found := damage(plan, copies or Sheet(0, TITLE)):
            self._restore(found, now, depth=depth + 1)
            raise Temporary(f"{self.id}: changed while it was written", reason=_CHANGED)
        self._acknowledge(operation)
        for title, edit in edits.items():
            self.sheets[title] = batch.after(edit, self.sheets[title], grids[title])

    def _send(self, request: Mapping[str, Any], operation: int) -> Mapping[str, Any]:
        before = self._pending
        self._remember(self._last, [*(number for number in before if number != operation), operation])
        try:
            answer: Mapping[str, Any] = self._calls.write(
                f"{SHEETS}/{self.id}:batchUpdate", request, {"fields": batch.ANSWER_FIELDS}
            )
        except Throttled:
            self._remember(self._last, before)
            raise
        except Unprocessable as fault:
            self.is_known = False
            self._refusals += 1
            if is_bad_request(fault) and self._refusals < _MOST_REFUSALS:  # rows or worksheets went meanwhile
                raise Temporary(str(fault), reason=_CHANGED) from fault
            raise
        except MuhtarlikError:
            self.is_known = False
            raise
        self._refusals = 0
        return answer

    def _next_operation(self) -> int:
        pending = self._pending
        if pending and pending[-1] not in self._marks:
            return pending[-1]
        return secrets.randbelow(2_000_000_000) + 1

    def _restore(self, found: Sequence[Damage], now: datetime, *, depth: int) -> None:
        """Put back what the last batch took from rows that it was not meant for."""
        if depth > MOST_RESTORATIONS:
            log.error("a spreadsheet changes faster than it can be put right", spreadsheet=self.id)
            raise Temporary(f"{self.id}: changes all the time", reason=_CHANGED)
        log.warning("rows moved while they were written; putting them right", spreadsheet=self.id)
        answer = self._ask([])
        self.sheets = {title: sheet for title, sheet in read_sheets(answer).items() if title != TITLE}
        found = self._as_called_now(found)
        tops = {title: self._grid(title).top for title in {harm.title for harm in found} & self.sheets.keys()}
        edits = restoration(found, self.sheets, tops)
        if edits:
            self.write(edits, now, depth=depth)
        else:
            self._acknowledge(max(self._marks & set(self._pending), default=0))
        self.is_known = False

    def _as_called_now(self, found: Sequence[Damage]) -> list[Damage]:
        """The worksheets under the names that people may have given them since."""
        now = {sheet.sheet_id: title for title, sheet in self.sheets.items()}
        for harm in found:
            for layout in self.layouts:
                if find_titles({harm.title: Sheet(harm.sheet_id, harm.title)}, [layout]):
                    self._by_id[harm.sheet_id] = layout
        return [replace(harm, title=now.get(harm.sheet_id, harm.title)) for harm in found]

    # --- setting up -----------------------------------------------------------------------------------

    def look_at_furnishing(self, fields: str, ranges: Sequence[str]) -> Mapping[str, Any]:
        """Formats, validations and the like, in Google's words."""
        params = {"fields": fields, "ranges": list(ranges), "includeGridData": "true"}
        answer: Mapping[str, Any] = self._calls.read(f"{SHEETS}/{self.id}", params)
        return answer

    def change(self, requests: Sequence[Mapping[str, Any]]) -> None:
        """Carry out what touches nobody's cells."""
        self.is_known = False
        self._calls.write(f"{SHEETS}/{self.id}:batchUpdate", {"requests": list(requests)})

    # --- what is known of operations ------------------------------------------------------------------

    def _acknowledge(self, operation: int) -> None:
        self._remember(operation, [])

    @property
    def _last(self) -> int:
        """The operation that was proven last; 0 for none."""
        return int(self._noted()[0] or 0)

    @property
    def _pending(self) -> list[int]:
        """Operations that were sent and not proven, in their order."""
        return [int(number) for number in self._noted()[1].split(",") if number]

    def _noted(self) -> tuple[str, str]:
        last, _, pending = self._notes.get(self._key).partition("/")
        return last, pending

    def _remember(self, last: int, pending: Iterable[int]) -> None:
        self._notes.set(self._key, f"{last}/{','.join(map(str, pending))}")

    @property
    def _key(self) -> str:
        return f"google/{self.id}/operations"

    # --- worksheets -----------------------------------------------------------------------------------

    def _layout(self, title: str) -> Layout:
        there = {theirs: ours for ours, theirs in find_titles(self.sheets, self.layouts).items()}
        if title not in there:
            return self._by_id[self.sheets[title].sheet_id]
        return next(layout for layout in self.layouts if layout.title == there[title])

    def _grid(self, title: str) -> Grid:
        return meant(self._layout(title), self.sheets[title])[0]

    def _touched(self, title: str, edit: Edit, grid: Grid) -> dict[int, Touched]:
        sheet = self.sheets[title]
        number_at = grid.columns.get(self._layout(title).identity, 0)
        written: dict[int, dict[int, Raw]] = {}
        for write in edit.writes:
            if write.row <= grid.last_used or not batch.is_put_in(grid):
                written.setdefault(write.row, {})[write.column] = batch.raw(write.value)
        removed = set(edit.removals)
        return {
            row: Touched(
                sheet.rows[row - 1] if row <= len(sheet.rows) else (),
                number_of(sheet.cell(row, number_at)),
                written.get(row, {}),
                row in removed,
            )
            for row in sorted(written.keys() | removed)
        }


def _owned(layout: Layout, grid: Grid) -> list[int]:
    """Columns that the daemon owns."""
    return [
        at
        for column in layout.columns
        if column.owner is Owner.DAEMON
        and column.key != layout.identity
        and (at := grid.columns.get(column.key))
    ]


def quoted(title: str) -> str:
    """A worksheet's title as a range (A1 notation)."""
    return "'" + title.replace("'", "''") + "'"
