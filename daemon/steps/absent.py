"""Columns and worksheets that were gone for a while: what comes back empty was emptied by nobody.

Somebody deletes a column, a worksheet or the whole file; ``setup-sheets`` (or a person) puts it back, empty. Until
then a note in the sheet's state names what was gone; the next turn fills it from the ledger instead of taking the
empty cells for edits or the empty worksheet for a loss.
"""

from collections.abc import Collection, Mapping

from daemon.domain import merge
from daemon.domain.merge import Base
from daemon.domain.sheet import DIRECTORATE_SHEETS, Layout, SheetRow, Snapshot, Table
from daemon.ports.ledger import Ledger
from daemon.ports.spreadsheets import Workbook

ABSENT = "absent"
"""Key in a sheet's state: "Talepler/note" for each column that was gone, separated by blanks."""


def note_absent(ledger: Ledger, workbook: Workbook) -> None:
    """Before a spreadsheet is repaired: remember what is gone. Raises what reading it raises."""
    if workbook.fingerprint():
        gone = absent_in(workbook.read())
    else:
        gone = {f"{layout.title}/{column.key}" for layout in DIRECTORATE_SHEETS for column in layout.columns}
    remember_absent(ledger, workbook.code, gone)


def absent_in(snapshot: Snapshot) -> set[str]:
    return {f"{table.title}/{key}" for table in snapshot.tables.values() for key in table.missing}


def remember_absent(ledger: Ledger, code: str, gone: Collection[str]) -> None:
    """Add to what is remembered."""
    with ledger.view() as view:
        known = noted(view.sheet_state(code))
    if not known.issuperset(gone):
        with ledger.transaction() as tx:
            tx.save_sheet_state(code, {ABSENT: " ".join(sorted(known.union(gone)))})


def noted(state: Mapping[str, str]) -> set[str]:
    return set(state.get(ABSENT, "").split())


def is_new(layout: Layout, table: Table | None, absent: Collection[str]) -> bool:
    """Whether the worksheet as a whole was gone and is back without a single row."""
    wanted = {f"{layout.title}/{column.key}" for column in layout.columns}
    return table is not None and not table.rows and wanted.issubset(absent)


def refilled(layout: Layout, base: Base, row: SheetRow, absent: Collection[str]) -> Base:
    """The base of a row some of whose columns came back empty."""
    emptied = (c.key for c in layout.columns if f"{layout.title}/{c.key}" in absent)
    return merge.refilled(base, (key for key in emptied if row.cells.get(key) is None))
