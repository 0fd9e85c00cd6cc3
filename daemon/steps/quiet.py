"""Edits that have only just been typed: not heard, and not written upon, until they have stood for a while.

In a spreadsheet that is saved with every keystroke, half a word, a slip undone at once or a row dragged to the wrong
place would send letters. What is not settled is remembered with the moment when it was first seen as it is.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from daemon.domain import merge
from daemon.domain.cells import normal, same
from daemon.domain.sheet import INCELEME, CellValue, Layout, Owner, SheetRow, Snapshot, Table
from daemon.ports.ledger import Ledger

STATE = "unsettled"
"""Key in a sheet's state: what has not stood long enough, and since when it stands there."""
STOOD = "settled"
"""Key in a sheet's state: what stood long enough and stands there still; it does not begin anew."""
Bases = Mapping[tuple[str, str], Mapping[str, CellValue]]


@dataclass(slots=True)
class Quiet:
    """For one sheet's turn. With ``quiet`` zero everything is settled at once."""

    ledger: Ledger
    code: str
    quiet: timedelta
    now: datetime

    def settle(
        self,
        snapshot: Snapshot,
        layouts: Iterable[Layout],
        bases: Bases | None = None,
        promised: Collection[tuple[str, int]] = (),
    ) -> Snapshot:
        """The snapshot with what is not settled marked in its rows; new rows that are not settled are left out.

        ``promised`` are places of rows that were entered already and wait for their numbers: left out, they would
        be taken for missing, and be entered a second time once they have settled again.
        """
        if not self.quiet:
            return snapshot
        with self.ledger.view() as view:
            state = view.sheet_state(self.code)
        waiting: dict[str, str] = json.loads(state.get(STATE) or "{}")
        stood: list[str] = json.loads(state.get(STOOD) or "[]")
        seen: dict[str, str] = {}
        kept: list[str] = []

        def is_settled(sign: str) -> bool:
            since = waiting.get(sign, self.now.isoformat())
            if sign in stood or self.now - datetime.fromisoformat(since) >= self.quiet:
                kept.append(sign)
                return True
            seen[sign] = since
            return False

        tables = dict(snapshot.tables)
        for layout in layouts:
            if table := tables.get(layout.title):
                tables[layout.title] = _settled(layout, table, bases or {}, promised, is_settled)
        if (seen, kept) != (waiting, stood):
            found = {STATE: json.dumps(seen) if seen else "", STOOD: json.dumps(kept) if kept else ""}
            with self.ledger.transaction() as tx:
                tx.save_sheet_state(self.code, found)
        return replace(snapshot, tables=tables)


def _settled(
    layout: Layout,
    table: Table,
    bases: Bases,
    promised: Collection[tuple[str, int]],
    is_settled: Callable[[str], bool],
) -> Table:
    def is_promised(row: SheetRow) -> bool:
        return (layout.title, row.position) in promised

    twice = Counter(merge.identity(layout, row) for row in table.rows)
    rows = []
    for row in table.rows:
        number = merge.identity(layout, row)
        base = bases.get((layout.title, number))
        if base is not None:
            keys = frozenset(key for key, sign in _edits(layout, number, row, base) if not is_settled(sign))
            if twice[number] > 1 and not is_settled(_sign(layout.title, number, _typed(layout, row))):
                keys = frozenset(column.key for column in layout.columns)  # a copy, to become something new
            rows.append(replace(row, unsettled=keys))
        elif number and layout is INCELEME:
            rows.append(_decided(row, number, is_settled))
        elif number or is_promised(row) or is_settled(_sign(layout.title, "", _typed(layout, row))):
            rows.append(row)
    return replace(table, rows=tuple(rows))


def _decided(row: SheetRow, number: str, is_settled: Callable[[str], bool]) -> SheetRow:
    """A line of ``İnceleme``: a choice that has not settled is none; one that was carried out is not looked at."""
    choice = normal(row.cells.get("decision"))
    done = str(normal(row.cells.get("outcome")) or "").startswith("İşlendi")
    if choice is None or done or is_settled(_sign(INCELEME.title, number, _typed(INCELEME, row))):
        return row
    return replace(row, cells={**row.cells, "decision": None})


def _edits(
    layout: Layout, number: str, row: SheetRow, base: Mapping[str, CellValue]
) -> Iterable[tuple[str, str]]:
    """Cells of people's that differ from the base, with a sign of what stands there."""
    for column in layout.columns:
        shown = normal(row.cells.get(column.key), column.shape)
        if column.owner is Owner.PEOPLE and not same(shown, base.get(column.key)):
            yield column.key, _sign(layout.title, f"{number}/{column.key}", shown)


def _typed(layout: Layout, row: SheetRow) -> list[str]:
    return [str(normal(row.cells.get(column.key), column.shape)) for column in layout.columns]


def _sign(title: str, place: str, value: object) -> str:
    return f"{title}/{place}/{sha256(repr(value).encode()).hexdigest()[:16]}"
