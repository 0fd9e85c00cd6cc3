"""The turn of one directorate's spreadsheet: ``Talepler`` and ``Arşiv`` against the ledger.

One transaction takes in what people did and notes what is to be written; then it is written; a second one
remembers what stands there now. After a crash in between, the note tells our own writing from a person's.
"""

from collections.abc import Mapping
from datetime import datetime

from daemon.domain import merge
from daemon.domain.clock import day_of
from daemon.domain.errors import Unprocessable
from daemon.domain.office import Office
from daemon.domain.sheet import (
    DIRECTORATE_SHEETS,
    TALEPLER,
    Snapshot,
)
from daemon.ports.ledger import View
from daemon.ports.spreadsheets import Workbook
from daemon.steps.absent import absent_in, remember_absent
from daemon.steps.directorate_edits import Turn, gone, sign
from daemon.steps.quiet import STATE as UNSETTLED
from daemon.steps.quiet import Quiet
from daemon.steps.rows import entry_of, promised_in
from daemon.steps.sheet_sync import Tools, make


class DirectorateCycle:
    """Fulfils :class:`daemon.steps.sheet_sync.Cycle` for a directorate's code."""

    def __init__(self, code: str, tools: Tools) -> None:
        self._code = code
        self._tools = tools

    def run(self, workbook: Workbook, *, office: Office, now: datetime) -> bool:
        with self._tools.ledger.view() as view:
            state = view.sheet_state(self._code)
            reason = self._reason_to_look(view, state, workbook.fingerprint(), now)
            known = bool(state.get("revision"))
        if not reason:
            return False
        if not workbook.fingerprint():
            self._bring_into_being(workbook, known=known)
        before, snapshot = workbook.fingerprint(), workbook.read()
        if not known and _is_half_made(snapshot):
            workbook.set_up()
            before, snapshot = workbook.fingerprint(), workbook.read()
        remember_absent(self._tools.ledger, self._code, absent_in(snapshot))
        snapshot = self._settled(snapshot, now)
        turn = Turn(self._code, self._tools, office, now, snapshot)
        with self._tools.ledger.transaction() as tx:
            turn.take_in(tx, tx.sheet_state(self._code))
            if (
                turn.changes
            ):  # until they stand there, the sheet is not as it should be: a mark has no other trace
                tx.save_sheet_state(self._code, {"fingerprint": ""})
        after = workbook.write(turn.changes, snapshot) if turn.changes else snapshot
        with self._tools.ledger.transaction() as tx:
            turn.remember(tx, after, fingerprint="" if turn.changes else before)
        return bool(turn.changes) or turn.heard

    def _settled(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        quiet = Quiet(self._tools.ledger, self._code, self._tools.quiet, now)
        if not quiet.quiet:
            return snapshot
        with self._tools.ledger.view() as view:
            bases = {place: base.cells for place, base in view.sheet_bases(self._code).items()}
            kept = view.sheet_state(self._code).get("promises", "")
        table = snapshot.tables.get(TALEPLER.title)
        fresh = [row for row in table.rows if not merge.identity(TALEPLER, row)] if table else []
        promised = promised_in(TALEPLER, [entry_of(row, self._code) for row in fresh], kept, now)
        return quiet.settle(snapshot, DIRECTORATE_SHEETS, bases, promised)

    def _reason_to_look(self, view: View, state: Mapping[str, str], fingerprint: str, now: datetime) -> str:
        if not fingerprint or state.get("fingerprint") != fingerprint:
            return "the file changed"
        if state.get("as_of") != day_of(now).isoformat():
            return "a new day"
        if state.get("again"):
            return "a row is gone"
        if state.get(UNSETTLED):
            return "an edit has not stood long enough"
        if state.get("strays") and state["strays"] != gone(view):
            return "a row is gone elsewhere"
        if state.get("looked") == sign(view):
            return ""
        if view.changed_since(self._code, int(state.get("revision") or 0)) or view.superseded_rows(
            self._code
        ):
            return "the ledger changed"
        return ""

    def _bring_into_being(self, workbook: Workbook, *, known: bool) -> None:
        if known:
            raise Unprocessable(
                f"workbook {self._code} is gone",
                reason="Tablo dosyası yerinde yok. Dosyayı geri koyunuz ya da “muhtarlik setup-sheets” çalıştırınız.",
            )
        make(self._code, workbook, self._tools.ledger)


def _is_half_made(snapshot: Snapshot) -> bool:
    """Whether a worksheet or its header is not there yet: the daemon died, or Google failed, between making the
    spreadsheet and furnishing it."""
    tables = (snapshot.tables.get(layout.title) for layout in DIRECTORATE_SHEETS)
    return any(
        table is None or len(table.missing) == len(layout.columns)
        for table, layout in zip(tables, DIRECTORATE_SHEETS, strict=True)
    )
