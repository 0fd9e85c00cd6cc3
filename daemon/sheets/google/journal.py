"""Proof that a write fell on the rows it was meant for, and the way back where it did not.

Google's ``batchUpdate`` is atomic but knows no condition: between our reading and our writing a person may sort,
insert or delete rows, or type into the very cell. So every batch first copies the rows that it is about to change or
remove, values only, to a hidden worksheet, and its answer shows them as they stood at that moment. Beside the copies
stands, in words that survive a crash, what was expected there. Where the two differ, the cells of the foreign row, or
what a person had just typed, are put back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from daemon.sheets.google.grid import Raw, RawRow, Sheet, row_sign, trimmed
from daemon.sheets.xlsx import Edit, Write

TITLE = "Kontrol"
SHEET_ID = 1_903_071_984
"""The hidden worksheet's; chosen so that it can be made and used in one batch."""
FIRST_COPY = 2
"""Row of the first copied row; above it stands the journal."""
_PIECE = 30_000
"""Characters a cell; Google allows 50,000."""


@dataclass(frozen=True, slots=True)
class Touched:
    """One row that a batch changes: what was read there, and what becomes of it."""

    row: RawRow
    number: str
    """What names the row; empty for none."""
    written: Mapping[int, Raw] = field(default_factory=dict)
    """New cells by 1-based column."""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What the journal says of one row."""

    sign: str
    number: str
    renamed: str | None
    """The number that the batch wrote there; ``None`` if it wrote none."""
    removed: bool
    cells: Mapping[int, str]
    """Signs of the cells, as read, into which the batch wrote."""


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring rows of one worksheet; their copies stand from row ``copied_to`` on."""

    title: str
    sheet_id: int
    first: int
    copied_to: int
    width: int
    number_at: int
    """Column of the number."""
    ours: tuple[int, ...]
    """Columns that the daemon owns: what somebody typed there is not put back."""
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    operation: int
    blocks: tuple[Block, ...] = ()

    @property
    def last_copy(self) -> int:
        return max((b.copied_to + len(b.records) - 1 for b in self.blocks), default=FIRST_COPY - 1)

    @property
    def width(self) -> int:
        return max((block.width for block in self.blocks), default=1)

    def pieces(self) -> list[str]:
        """As texts for the cells of the first row."""
        told = [
            [
                b.title, b.sheet_id, b.first, b.copied_to, b.width, b.number_at, b.ours,
                [[r.sign, r.number, r.renamed, r.removed, dict(r.cells)] for r in b.records],
            ]
            for b in self.blocks
        ]  # fmt: skip
        text = json.dumps([self.operation, told], ensure_ascii=False, separators=(",", ":"))
        return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]


def read_journal(sheet: Sheet | None) -> Journal | None:
    """The journal that stands in the hidden worksheet; ``None`` where it cannot be read (people spoilt it)."""
    if sheet is None or not sheet.rows:
        return None
    try:
        operation, blocks = json.loads("".join(str(piece) for piece in sheet.rows[0] if piece is not None))
        return Journal(int(operation), tuple(_read_block(block) for block in blocks))
    except (ValueError, TypeError, KeyError):
        return None


def _read_block(told: Sequence[Any]) -> Block:
    title, sheet_id, first, copied_to, width, number_at, ours, records = told
    return Block(
        str(title), int(sheet_id), int(first), int(copied_to), int(width), int(number_at), tuple(ours),
        tuple(
            Record(sign, number, renamed, bool(removed), {int(at): s for at, s in cells.items()})
            for sign, number, renamed, removed, cells in records
        ),
    )  # fmt: skip


def write_journal(
    operation: int, touched: Mapping[str, Mapping[int, Touched]], sheets: Mapping[str, Sheet],
    number_at: Mapping[str, int], ours: Mapping[str, Iterable[int]],
) -> Journal:  # fmt: skip
    """``touched`` by title and 1-based row."""
    blocks: list[Block] = []
    free = FIRST_COPY
    for title, rows in touched.items():
        for first, run in _runs(rows):
            width = max(sheets[title].column_count, 1)
            records = tuple(_record(rows[row], number_at[title]) for row in run)
            sheet_id, own = sheets[title].sheet_id, tuple(ours[title])
            blocks.append(Block(title, sheet_id, first, free, width, number_at[title], own, records))
            free += len(records)
    return Journal(operation, tuple(blocks))


def _runs(rows: Iterable[int]) -> Iterable[tuple[int, list[int]]]:
    run: list[int] = []
    for row in sorted(rows):
        if run and row != run[-1] + 1:
            yield run[0], run
            run = []
        run.append(row)
    if run:
        yield run[0], run


def _record(touched: Touched, number_at: int) -> Record:
    renamed = touched.written.get(number_at)
    return Record(
        row_sign(touched.row),
        touched.number,
        number_of(renamed) if number_at in touched.written else None,
        touched.removed,
        {at: row_sign([_at(touched.row, at)]) for at in touched.written},
    )


def number_of(value: Raw) -> str:
    return "".join(str(value).split()).upper() if value is not None else ""


def _at(row: Sequence[Raw], column: int) -> Raw:
    return row[column - 1] if 0 < column <= len(row) else None


# --- what went wrong --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Damage:
    """A row as it stood just before it was written into (or removed), and the cells that it must get back."""

    title: str
    sheet_id: int
    """By which the worksheet is found again, should somebody have renamed it."""
    before: RawRow
    cells: Mapping[int, Raw]
    written: frozenset[int]
    number: str
    """By which it is found now; empty for none."""
    number_at: int
    removed: bool = False


def damage(journal: Journal, copies: Sheet) -> list[Damage]:
    """Compare the copies with what was expected; nothing where every write fell where it was meant."""
    found = []
    for block in journal.blocks:
        for place, record in enumerate(block.records, block.copied_to):
            before = _line(copies, place)
            if row_sign(before) != record.sign and (harm := _harm(block, record, before)):
                found.append(harm)
    return found


def _line(copies: Sheet, place: int) -> RawRow:
    return copies.rows[place - 1] if place <= len(copies.rows) else ()


def _harm(block: Block, record: Record, before: RawRow) -> Damage | None:
    standing = number_of(_at(before, block.number_at))
    is_it = bool(record.number) and standing == record.number
    now = standing if record.renamed is None else record.renamed
    if record.removed:  # even where only a blank row went: the row that was meant still stands
        cells: dict[int, Raw] = {at: value for at, value in enumerate(before, 1) if value is not None}
        return Damage(
            block.title, block.sheet_id, before, cells, frozenset(), standing, block.number_at, True
        )
    changed = [at for at, sign in record.cells.items() if not is_it or row_sign([_at(before, at)]) != sign]
    cells = {at: _at(before, at) for at in changed if not (is_it and at in block.ours)}
    if not cells:
        return None
    return Damage(block.title, block.sheet_id, before, cells, frozenset(record.cells), now, block.number_at)


# --- the way back -----------------------------------------------------------------------------------------


def restoration(
    found: Iterable[Damage], sheets: Mapping[str, Sheet], tops: Mapping[str, int]
) -> dict[str, Edit]:
    """What puts the damaged rows right, wherever they stand by now; a row that is gone was deleted by a person."""
    edits: dict[str, Edit] = {}
    for harm in found:
        sheet = sheets.get(harm.title)
        if sheet is None:
            continue
        edit = edits.setdefault(harm.title, Edit(top=tops[harm.title]))
        if harm.removed:
            row = _next_row(sheet, edit) if harm.cells else 0
        else:
            row = _place_of(harm, sheet, tops[harm.title], {write.row for write in edit.writes})
        if row:
            edit.writes.extend(Write(row, at, value) for at, value in harm.cells.items())
    return {title: edit for title, edit in edits.items() if edit.writes}


def _next_row(sheet: Sheet, edit: Edit) -> int:
    return max([len(sheet.rows), *(write.row for write in edit.writes)]) + 1


def _place_of(harm: Damage, sheet: Sheet, top: int, taken: set[int]) -> int:
    """The row that was written into: it has the number and, but for what was written, all that stood there."""
    free = [at for at in range(top + 1, len(sheet.rows) + 1) if at not in taken]
    numbered = [at for at in free if harm.number and number_of(sheet.cell(at, harm.number_at)) == harm.number]
    rest = _without(harm.before, harm.written)
    alike = [at for at in numbered or free if _without(sheet.rows[at - 1], harm.written) == rest]
    if any(value is not None for value in rest) or numbered:
        return next(iter([*alike, *numbered]), 0)
    return 0


def _without(row: RawRow, columns: frozenset[int]) -> RawRow:
    return trimmed(None if at in columns else value for at, value in enumerate(row, 1))
