"""One turn of a directorate's spreadsheet: what was found, what is to be written, and what is remembered of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from daemon.domain import decision, edits, merge
from daemon.domain.cells import normal
from daemon.domain.clock import day_of
from daemon.domain.merge import Base, Match
from daemon.domain.office import Office
from daemon.domain.sheet import (
    DIRECTORATE_SHEETS,
    OWN,
    Append,
    CellValue,
    CellWrite,
    Changes,
    Layout,
    Removal,
    SheetRow,
    Snapshot,
    Table,
)
from daemon.ports.ledger import Transaction
from daemon.ports.records import SheetBase
from daemon.steps.absent import ABSENT
from daemon.steps.rows import Row
from daemon.steps.sheet_sync import MOVED, Tools

Place = tuple[str, str]
"""Worksheet and number."""


@dataclass(slots=True)
class Plan:
    """One turn's findings, filled by :class:`daemon.steps.directorate_edits.Turn`; then what follows from them."""

    code: str
    tools: Tools
    office: Office
    now: datetime
    snapshot: Snapshot
    heard: bool = False
    revision: int = 0
    looked: str = ""
    again: bool = False
    strays: str = ""
    """Where rows of other sheets stand here too: up to when they were looked for there."""
    arrived: bool = False
    """Whether a row stands here that an earlier turn appended and did not live to remember."""
    absent: set[str] = field(default_factory=set)
    """What was gone from the file until now."""
    stored: dict[Place, SheetBase] = field(default_factory=dict)
    planned: dict[Place, SheetBase] = field(default_factory=dict)
    """What an earlier turn meant to write and did not live to remember."""
    bases: dict[Place, Base] = field(default_factory=dict)
    found: dict[str, Match] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    """What the ledger wants to stand there, by number, for every row that this turn touches."""
    touched: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    """Rows that are gone for the first time."""
    promises: str = ""
    """Promised numbers whose rows were not there."""
    claims: dict[str, tuple[str, SheetRow]] = field(default_factory=dict)
    """Rows that get a (new) number: number → (worksheet, row)."""
    marks: list[CellWrite] = field(default_factory=list)
    superseded: list[Place] = field(default_factory=list)
    restored: dict[str, Mapping[str, int]] = field(default_factory=dict)
    given_up: dict[str, tuple[str, ...]] = field(default_factory=dict)
    meant: dict[Place, Mapping[str, CellValue]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)

    def plan(self) -> Changes:
        cells: list[CellWrite] = list(self.marks)
        appends: list[Append] = []
        for number, row in self.rows.items():
            title = row.layout.title
            standing = self.claims.get(number) or (title, self.found[title].rows.get(number))
            if standing[0] == title and standing[1] is not None:
                cells += self._row_writes(number, row, standing[1])
            else:
                appends.append(self._append(number, row))
        moved = [(title, n) for title, n in self.misplaced() if n in self.found[title].rows]
        removals = tuple(Removal(title, self.found[title].rows[n].position) for title, n in moved)
        return Changes(tuple(cells), tuple(appends), removals)

    def _append(self, number: str, row: Row) -> Append:
        """The row, and what people had in columns of their own on the other worksheet."""
        title = row.layout.title
        former = (found.rows[number] for found in self.found.values() if number in found.rows)
        own = _own_cells(next(former, None))
        self.meant[title, number] = {
            column.key: normal(row.cells.get(column.key), column.shape) for column in row.layout.columns
        }
        return Append(title, {**own, **row.cells}, row.links)

    def _row_writes(self, number: str, row: Row, standing: SheetRow) -> Iterable[CellWrite]:
        place = (row.layout.title, number)
        proposed = merge.plan(row.layout, self.bases[place], standing, row.cells)
        self.restored[number] = proposed.restored
        if proposed.given_up:
            self.given_up[number] = proposed.given_up
        if proposed.writes:
            self.meant[place] = {write.key: write.value for write in proposed.writes}
        for write in proposed.writes:
            yield replace(write, link=row.links.get(write.key, ""))

    def misplaced(self) -> Iterable[Place]:
        """Rows whose request now stands elsewhere: confirmed in another sheet, or moving to ``Arşiv`` here.

        One in which somebody is still typing stays until that was heard.
        """
        elsewhere = [
            (layout.title, number)
            for number, row in self.rows.items()
            for layout in DIRECTORATE_SHEETS
            if layout.title != row.layout.title and (layout.title, number) in self.stored
        ]
        for title, number in (*self.superseded, *elsewhere):
            standing = self.found[title].rows.get(number)
            if standing is None or not standing.unsettled:
                yield title, number

    def remember(self, tx: Transaction, after: Snapshot, *, fingerprint: str) -> None:
        """Note what both sides have now; rows that moved on are forgotten."""
        tx.drop_bases(self.code, set(self.misplaced()))
        tx.drop_bases(plans_of(self.code), self.planned.keys() | self.meant.keys())
        for layout in DIRECTORATE_SHEETS:
            tx.save_bases(self.code, list(self._new_bases(layout, after.tables.get(layout.title))))
        if self.changes.appends or self.arrived:
            tx.set_note(MOVED, f"{self.code}/{self.revision}/{self.now.isoformat()}")
        state = {
            "fingerprint": fingerprint,
            "as_of": day_of(self.now).isoformat(),
            "revision": str(self.revision),
            "looked": self.looked,
            "again": "yes" if self.again else "",
            "strays": self.strays,
            "promises": self.promises,
            ABSENT: "",
        }
        tx.save_sheet_state(self.code, state)

    def _new_bases(self, layout: Layout, table: Table | None) -> Iterable[SheetBase]:
        wanted = {number: row for number, row in self.rows.items() if row.layout is layout}
        if not wanted or table is None:
            return
        found = merge.match(layout, {number: Base(row.cells) for number, row in wanted.items()}, table)
        for number, row in found.rows.items():
            cells = merge.new_base(layout, row.cells, wanted[number].cells, self.restored.get(number, {}))
            standing = self.found[layout.title].rows.get(number)
            if standing is not None and standing.unsettled:
                cells = merge.unmoved(cells, self.bases[layout.title, number], standing.unsettled)
            yield SheetBase(layout.title, number, cells, self.revision)

    def keep_own_columns(self, tx: Transaction) -> None:
        """What people had in columns of their own does not go with the row to another sheet: the history has it."""
        for title, number in self.misplaced():
            own = _own_cells(self.found[title].rows.get(number))
            request = tx.request(number) if own else None
            if request is None:
                continue
            said = "; ".join(f"{key.removeprefix(OWN)}: {value}" for key, value in own.items())
            text = f"{title} sayfasından taşınan satırın kişisel sütunları: {said}"
            if all(entry.text != text for entry in tx.history(number)):
                entry = decision.entry(request, "own-columns", text, self.now, actor=edits.SHEET)
                tx.append_history([entry])


def plans_of(code: str) -> str:
    """Under this name the ledger keeps what is being written into the sheet: no base yet, so nothing is
    confirmed by it."""
    return f"{code}/planned"


def _own_cells(row: SheetRow | None) -> dict[str, CellValue]:
    """What stands in columns of people's own, and their comments."""
    cells = row.cells if row else {}
    return {key: value for key, value in cells.items() if key.startswith(OWN) and value is not None}
