"""The three-way merge of a worksheet: what people did, what we owe, what must be written.

Per cell, O is ours (the ledger), T theirs (the sheet); the base holds what each side last had. Only one side
changed: its value wins. Both changed: in the daemon's columns ours, in people's columns theirs, and the loser
goes to ``Not`` and the history. Rows are known by their number, columns by their header; so sorting,
inserting and moving are no events. Nothing here writes: :func:`match` and :func:`diff` find out,
:func:`plan` proposes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from daemon.domain import marks
from daemon.domain.cells import normal, same
from daemon.domain.sheet import CellValue, CellWrite, Layout, Owner, Shape, SheetRow, Table
from daemon.domain.text import one_line

Cells = Mapping[str, CellValue]

MANY_LOST = 3
"""A sheet that lost so many rows, and a third of all, is left alone: no person deletes like that."""
MOST_RESTORED = 3
"""How often an overwritten cell of ours is put back before we only tell."""
_OURS = "!"
_RESTORED = "#"


@dataclass(frozen=True, slots=True)
class Base:
    """What each side last had in one row. Stored as one mapping: ``key`` is the sheet's value, ``key!`` ours
    where it differs, ``key#`` how often we have put ours back."""

    cells: Cells = field(default_factory=dict)

    def theirs(self, key: str) -> CellValue:
        return self.cells.get(key)

    def ours(self, key: str) -> CellValue:
        return self.cells[key + _OURS] if key + _OURS in self.cells else self.cells.get(key)

    def restored(self, key: str) -> int:
        count = self.cells.get(key + _RESTORED)
        return count if isinstance(count, int) else 0


def confirmed(base: Base | None, planned: Cells, shown: Cells) -> Base:
    """The base when a crash came after writing, before remembering: where the sheet shows what was ``planned``,
    that is what both sides have. A row without a base was written as a whole."""
    if base is None:
        return Base(dict(planned))
    cells = dict(base.cells)
    for key, value in planned.items():
        if same(shown.get(key), value):
            cells[key] = value
            cells.pop(key + _OURS, None)
    return Base(cells)


def taken(layout: Layout, base: Base, theirs: Cells, edits: Iterable[str]) -> Base:
    """The base once people's edits were taken, so that each is heard once whatever comes after.

    Ours stays as it was: what the ledger makes of an edit differs from it and is written; what the ledger does
    not follow stays as typed. An emptied cell and a wish (``Sevk``) show ours again in any case.
    """
    cells = dict(base.cells)
    for key in edits:
        shown = normal(theirs.get(key), layout.column(key).shape)
        cells[key] = shown
        cells.pop(key + _OURS, None)
        if shown is not None and layout.column(key).shape is not Shape.DIRECTORATE:
            cells[key + _OURS] = base.ours(key)
    return Base(cells)


def refilled(base: Base, keys: Iterable[str]) -> Base:
    """The base where the sheet lost cells that nobody emptied: it shows nothing there, and ours is owed."""
    keys = set(keys)
    return Base(
        {key: value for key, value in base.cells.items() if key.rstrip(_OURS + _RESTORED) not in keys}
    )


def new_base(layout: Layout, theirs: Cells, ours: Cells, restored: Mapping[str, int]) -> dict[str, CellValue]:
    """The base after this cycle: what the sheet shows now, and ours where it differs."""
    cells: dict[str, CellValue] = {}
    for column in layout.columns:
        key = column.key
        shown, own = normal(theirs.get(key), column.shape), normal(ours.get(key), column.shape)
        cells[key] = shown
        if not same(shown, own):
            cells[key + _OURS] = own
    return cells | {key + _RESTORED: count for key, count in restored.items() if count}


def unmoved(cells: Cells, base: Base, keys: Iterable[str]) -> dict[str, CellValue]:
    """A new base in which these cells are as they were: what has not settled is no agreement."""
    names = {key + mark for key in keys for mark in ("", _OURS, _RESTORED)}
    kept = {name: value for name, value in base.cells.items() if name in names}
    return {name: value for name, value in cells.items() if name not in names} | kept


# --- rows -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """Which row is whose.

    ``extra`` are further rows with a number that another row keeps, and marked copies; ``fresh`` rows have content but
    no number; ``strays`` carry a number that this sheet does not know; ``gone`` are numbers that had a row.
    """

    rows: Mapping[str, SheetRow]
    extra: tuple[tuple[str, SheetRow], ...] = ()
    fresh: tuple[SheetRow, ...] = ()
    strays: tuple[tuple[str, SheetRow], ...] = ()
    gone: frozenset[str] = frozenset()
    stopped: str = ""
    """Turkish reason why this sheet is left alone; empty when it may be worked on."""


def match(
    layout: Layout,
    bases: Mapping[str, Base],
    table: Table,
    expected: Iterable[str] = (),
    planned: Mapping[str, Cells] = MappingProxyType({}),
) -> Match:
    """Find each known row again: by its number, or by its content where the number was spoilt or emptied.

    ``expected`` are numbers that may stand there without a base (a crash came between writing and remembering);
    ``planned`` is what was being written then.
    """
    if len(table.missing) == len(layout.columns):
        return Match({}, stopped="Sayfa ya da başlık satırı bulunamadı. Lütfen yerine koyunuz.")
    if table.missing:
        headers = ", ".join(layout.column(key).header for key in table.missing)
        return Match({}, stopped=f"Şu sütun başlıkları bulunamadı: {headers}. Lütfen yeniden yazınız.")
    by_number = _by_number(layout, table)
    known = set(bases) | set(expected)
    rows = {
        number: _nearest(layout, bases.get(number), own, planned.get(number, {}))
        for number, found in by_number.items()
        if number in known and (own := [row for row in found if marks.speaks_for(row, number)])
    }
    others = [
        (number, row) for number, found in by_number.items() for row in found if rows.get(number) is not row
    ]

    def is_extra(number: str, row: SheetRow) -> bool:
        return number in known or marks.is_duplicate(row, number)

    for number in sorted(set(bases) - set(rows)):
        free = (other for other in others if marks.speaks_for(other[1], other[0]))
        twin = next((other for other in free if looks_like(layout, other[1], bases[number])), None)
        if twin is not None:
            others.remove(twin)
            rows[number] = twin[1]
    gone = frozenset(bases) - set(rows)
    if len(gone) >= MANY_LOST and 3 * len(gone) >= len(bases):
        lost = f"{len(bases)} satırdan {len(gone)} tanesi birden kayboldu."
        return Match({}, stopped=f"{lost} Lütfen satırları dosyanın önceki sürümünden geri getiriniz.")
    return Match(
        rows,
        extra=tuple((number, row) for number, row in others if number and is_extra(number, row)),
        fresh=tuple(row for number, row in others if not number),
        strays=tuple((number, row) for number, row in others if number and not is_extra(number, row)),
        gone=gone,
    )


def _by_number(layout: Layout, table: Table) -> dict[str, list[SheetRow]]:
    """Rows with content of ours, by the number that stands there (``""`` for none)."""
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for row in table.rows:
        if any(normal(row.cells.get(column.key)) is not None for column in layout.columns):
            found[identity(layout, row)].append(row)
    return found


def identity(layout: Layout, row: SheetRow) -> str:
    """The number that stands in a row, however spelt; ``""`` for none."""
    value = normal(row.cells.get(layout.identity))
    return "".join(str(value).split()).upper() if value is not None else ""


def _nearest(layout: Layout, base: Base | None, rows: list[SheetRow], planned: Cells) -> SheetRow:
    """Of several rows with one number the one that shows what both sides last had; of two alike, the one into which we
    were writing."""
    if len(rows) == 1 or base is None:
        return rows[0]

    def nearness(row: SheetRow) -> tuple[int, int]:
        ours = {
            c.key for c in layout.columns if c.key in planned and same(row.cells.get(c.key), planned[c.key])
        }
        known = sum(c.key in ours or same(row.cells.get(c.key), base.theirs(c.key)) for c in layout.columns)
        return known, len(ours)

    return max(rows, key=nearness)


def is_copy(layout: Layout, row: SheetRow, of: Cells) -> bool:
    """Whether an extra row says the same request again: what the daemon wrote there is untouched."""
    told = ("neighbourhood", "headman", "subject", "description")
    keys = [column.key for column in layout.columns if column.key in told]
    return all(same(row.cells.get(key), of.get(key)) for key in keys)


def looks_like(layout: Layout, row: SheetRow, base: Base) -> bool:
    """Whether a row whose number was spoilt is the one that the base remembers."""
    keys = [
        column.key for column in layout.columns if column.key in {"neighbourhood", "subject", "description"}
    ]
    told = [key for key in keys if base.theirs(key) is not None]
    return bool(told) and all(same(row.cells.get(key), base.theirs(key)) for key in told)


# --- cells ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides changed a person's cell: the person's value stays, ours is told."""

    header: str
    theirs: CellValue
    ours: CellValue


@dataclass(frozen=True, slots=True)
class RowDiff:
    """What people did to one row. ``edits`` holds new values of people's columns."""

    edits: Mapping[str, CellValue] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()


def is_touched(layout: Layout, base: Base, row: SheetRow) -> bool:
    """Whether anybody changed the row since the base."""
    return any(
        not _is_very_same(row.cells.get(column.key), base.theirs(column.key))
        and not same(normal(row.cells.get(column.key), column.shape), base.theirs(column.key))
        for column in layout.columns
    )


def _is_very_same(one: CellValue, other: CellValue) -> bool:
    """What nearly every cell of a large sheet is, told without reading it."""
    return one == other and type(one) is type(other)


def diff(
    layout: Layout, base: Base, theirs: Cells, ours: Cells, *, unsettled: Collection[str] = ()
) -> RowDiff:
    """Find people's edits in their own columns, and where ours changed at the same time; what is ``unsettled`` is
    not heard yet."""
    edits: dict[str, CellValue] = {}
    clashes = []
    for column in layout.columns:
        key = column.key
        shown, own = normal(theirs.get(key), column.shape), normal(ours.get(key), column.shape)
        if column.owner is Owner.DAEMON or key in unsettled:
            continue
        if same(shown, base.theirs(key)) or same(shown, own):
            continue
        if same(own, base.ours(key)):
            edits[key] = shown
        elif key == "note":
            edits[key] = merge_notes(_text(base.ours(key)), _text(shown), _text(own))
        else:
            edits[key] = shown
            clashes.append(Clash(column.header, shown, own))
    return RowDiff(edits, tuple(clashes))


def merge_notes(base: str, theirs: str, ours: str) -> str:
    """Both sides wrote into ``Not``: the person's text stays, the lines that we added follow."""
    known = {line.strip() for text in (base, theirs) for line in text.split("\n")}
    added = [line for line in ours.split("\n") if line.strip() and line.strip() not in known]
    return "\n".join([theirs, *added] if theirs else added)


def clash_note(clash: Clash) -> str:
    """A clash in words, for ``Not`` and the history."""
    ours = one_line(_text(clash.ours), 300) or "boş"
    return f"{clash.header} aynı anda iki yerde değişti; tabloya yazılan kaldı, diğer değer: “{ours}”"


def _text(value: CellValue) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """The least to write into one row, and how often ours was put back; ``given_up`` columns stay."""

    writes: tuple[CellWrite, ...] = ()
    restored: Mapping[str, int] = field(default_factory=dict)
    given_up: tuple[str, ...] = ()


def plan(layout: Layout, base: Base, row: SheetRow, ours: Cells) -> RowPlan:
    """Propose writes after people's edits were :func:`taken`; ``ours`` is the ledger's row as it is now.

    Where neither side moved since the base, nothing is written: the sheet cannot show ours as it is, or we
    have given up. A day that stands there as text becomes a date.
    """
    writes, given_up = [], []
    restored: dict[str, int] = {}
    for column in layout.columns:
        key = column.key
        shown, own = normal(row.cells.get(key), column.shape), normal(ours.get(key), column.shape)
        if key in row.unsettled:
            continue
        if same(shown, own):
            if key in row.spelt_days:
                writes.append(CellWrite(layout.title, row.position, key, own))
            continue
        ours_moved = not same(own, base.ours(key))
        overwritten = column.owner is Owner.DAEMON and not same(shown, base.theirs(key))
        count = 0 if ours_moved else base.restored(key) + overwritten
        if column.owner is Owner.DAEMON:
            restored[key] = count
        if overwritten and count == MOST_RESTORED + 1:
            given_up.append(column.header)
        if ours_moved or (overwritten and count <= MOST_RESTORED):
            writes.append(CellWrite(layout.title, row.position, key, own))
    return RowPlan(tuple(writes), restored, tuple(given_up))
