"""The turn of the office's own spreadsheet: ``Yeni Talep``, ``İnceleme``, ``MBS Cevapları``, ``Genel Bakış``.

``Bildirilecekler`` has its turn in :mod:`daemon.steps.told_sheet`.
"""

from datetime import datetime
from hashlib import sha256

from daemon.domain.cells import text_of
from daemon.domain.clock import day_of
from daemon.domain.errors import Unprocessable
from daemon.domain.office import Office
from daemon.domain.sheet import INCELEME, YENI_TALEP, Snapshot
from daemon.ports.ledger import View
from daemon.ports.spreadsheets import Workbook
from daemon.steps.office_edits import OfficeTurn
from daemon.steps.office_plan import OFFICE
from daemon.steps.quiet import STATE as UNSETTLED
from daemon.steps.quiet import Quiet
from daemon.steps.rows import promised_in
from daemon.steps.sheet_sync import Tools, make
from daemon.steps.standing import CHANGED
from daemon.steps.told_sheet import is_lacking, told_sign


class OfficeCycle:
    """Fulfils :class:`daemon.steps.sheet_sync.Cycle` for ``muhtarlik.xlsx``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def run(self, workbook: Workbook, *, office: Office, now: datetime) -> bool:
        fingerprint = workbook.fingerprint()
        with self._tools.ledger.view() as view:
            state = view.sheet_state(OFFICE)
            sign = _sign(view, office, now)
        known = fingerprint and state.get("fingerprint") == fingerprint and state.get("sign") == sign
        if known and not state.get(UNSETTLED):
            return False
        if not fingerprint:
            if state.get("sign"):
                raise Unprocessable(
                    "the office's workbook is gone",
                    reason="muhtarlik.xlsx yerinde yok. Geri koyunuz ya da “muhtarlik setup-sheets” çalıştırınız.",
                )
            make(OFFICE, workbook, self._tools.ledger)
            fingerprint = workbook.fingerprint()
        snapshot = workbook.read()
        if is_lacking(snapshot):
            workbook.set_up()
            fingerprint, snapshot = workbook.fingerprint(), workbook.read()
        turn = OfficeTurn(self._tools, office, now, self._settled(snapshot, now))
        with self._tools.ledger.transaction() as tx:
            turn.take_in(tx)
            turn.want(tx)
            sign = _sign(tx, office, now)
            if turn.changes:  # until they stand there, the sheet is not as it should be
                tx.save_sheet_state(OFFICE, {"fingerprint": ""})
        if turn.changes:
            workbook.write(turn.changes, snapshot)
        with self._tools.ledger.transaction() as tx:
            state = {
                "fingerprint": "" if turn.changes else fingerprint,
                "sign": sign,
                "promises": turn.promises,
            }
            tx.save_sheet_state(OFFICE, state)
        return bool(turn.changes) or turn.heard

    def _settled(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        quiet = Quiet(self._tools.ledger, OFFICE, self._tools.quiet, now)
        table = snapshot.tables.get(YENI_TALEP.title)
        fresh = [row for row in table.rows if not text_of(row.cells.get("number"))] if table else []
        with self._tools.ledger.view() as view:
            kept = view.sheet_state(OFFICE).get("promises", "")
        promised = promised_in(YENI_TALEP, fresh, kept, now)
        return quiet.settle(snapshot, (YENI_TALEP, INCELEME), promised=promised)


def _sign(view: View, office: Office, now: datetime) -> str:
    """Changes when anything that this workbook shows may have changed."""
    shown = (
        view.revision(),
        [(r.id, r.decided_at) for r in view.reviews()],
        told_sign(view),
        day_of(now),
        view.note(CHANGED),
        [directorate.name for directorate in office.registry.directorates],
    )
    return sha256(repr(shown).encode()).hexdigest()[:16]
