"""The turn of one directorate's spreadsheet: ``Talepler`` and ``Arşiv`` against the ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from daemon.domain import decision, edits, merge
from daemon.domain.cells import normal
from daemon.domain.clock import day_of
from daemon.domain.decision import Outcome
from daemon.domain.errors import Unprocessable
from daemon.domain.merge import Base, Match
from daemon.domain.office import Office
from daemon.domain.request import Request, RequestNumber
from daemon.domain.sheet import (
    ARSIV,
    DIRECTORATE_SHEETS,
    TALEPLER,
    Append,
    CellValue,
    CellWrite,
    Changes,
    Layout,
    Owner,
    Removal,
    SheetRow,
    Snapshot,
    Table,
)
from daemon.ports import RequestFilter, SheetBase, Transaction, View, Workbook
from daemon.steps.outcome import carry_out, worded
from daemon.steps.rows import Row, row_of
from daemon.steps.sheet_sync import Tools, office_notices

RESTORE_AFTER = timedelta(minutes=10)
"""A row that is gone is put back after two looks or so long."""
DUPLICATE_MARK = "Mükerrer satır"
_MOVED = "sheets.moved"
UNKNOWN_MARK = "Bu talep numarası kayıtlarda yok"


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
        before = workbook.fingerprint()
        snapshot = workbook.read()
        turn = _Turn(self._code, self._tools, office, now, snapshot)
        with self._tools.ledger.transaction() as tx:
            turn.take_in(tx, state)
        after = workbook.write(turn.changes(), snapshot) if turn.changes() else snapshot
        with self._tools.ledger.transaction() as tx:
            turn.remember(tx, after, fingerprint="" if turn.changes() else before)
        return bool(turn.changes()) or turn.heard

    def _reason_to_look(self, view: View, state: Mapping[str, str], fingerprint: str, now: datetime) -> str:
        if not fingerprint or state.get("fingerprint") != fingerprint:
            return "the file changed"
        if state.get("as_of") != day_of(now).isoformat():
            return "a new day"
        if state.get("again"):
            return "a row is gone"
        if state.get("looked") == _sign(view):
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
        workbook.set_up()


@dataclass(slots=True)
class _Turn:
    """One turn's findings: filled by :meth:`take_in`, read by :meth:`changes` and :meth:`remember`."""

    code: str
    tools: Tools
    office: Office
    now: datetime
    snapshot: Snapshot
    heard: bool = False
    revision: int = 0
    looked: str = ""
    again: bool = False
    bases: dict[tuple[str, str], SheetBase] = field(default_factory=dict)
    found: dict[str, Match] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    """What the ledger wants to stand there, by number, for every row that this turn touches."""
    edited: dict[str, set[str]] = field(default_factory=dict)
    claims: dict[str, tuple[str, SheetRow]] = field(default_factory=dict)
    """Rows that get a (new) number: number → (worksheet, row)."""
    marks: list[CellWrite] = field(default_factory=list)
    superseded: list[tuple[str, str]] = field(default_factory=list)
    restored: dict[str, dict[str, int]] = field(default_factory=dict)
    _changes: Changes | None = None

    # --- taking in what people did --------------------------------------------------------------------

    def take_in(self, tx: Transaction, state: Mapping[str, str]) -> None:
        """Everything that people did becomes a decision; then collect what the ledger wants written."""
        self.bases = tx.sheet_bases(self.code)
        dirty: dict[str, Request] = {request.number: request for _, request in self._dirty(tx, state)}
        for layout in DIRECTORATE_SHEETS:
            self.found[layout.title] = self._match(layout, dirty)
        for layout in DIRECTORATE_SHEETS:
            self._take_edits(tx, layout)
            self._take_extra(tx, layout)
            self._take_strays(tx, layout)
        self._take_fresh(tx)
        self._take_gone(tx)
        touched = set(dirty) | set(self.edited) | set(self.claims)
        for number in touched:
            if request := tx.request(number):
                self._want(request)
        self.superseded = tx.superseded_rows(self.code)
        self.revision = tx.revision()
        self.looked = _sign(tx)

    def _dirty(self, tx: Transaction, state: Mapping[str, str]) -> Iterable[tuple[int, Request]]:
        if state.get("as_of") != day_of(self.now).isoformat():
            for request in tx.requests(RequestFilter(open=True, directorate=self.code)):
                yield 0, request
        yield from tx.changed_since(self.code, int(state.get("revision") or 0))

    def _match(self, layout: Layout, dirty: Mapping[str, Request]) -> Match:
        table = self.snapshot.tables.get(layout.title) or Table(layout.title, (), ("number",))
        mine = {key: Base(base.cells) for (title, key), base in self.bases.items() if title == layout.title}
        found = merge.match(layout, mine, table, expected=dirty)
        if found.stopped:
            raise Unprocessable(
                f"sheet {self.code}/{layout.title} stopped", reason=f"{layout.title}: {found.stopped}"
            )
        return found

    def _take_edits(self, tx: Transaction, layout: Layout) -> None:
        for number, row in self.found[layout.title].rows.items():
            base = self._base(layout.title, number)
            if not merge.is_touched(layout, base, row):
                continue
            request = tx.request(number)
            if request is None:
                continue
            self.edited.setdefault(number, set())
            if (layout.title, number) not in self.bases:
                continue  # written by us before a crash: what stands there is ours, not an edit
            self._take_row_edits(tx, layout, request, row, base)

    def _take_row_edits(
        self, tx: Transaction, layout: Layout, request: Request, row: SheetRow, base: Base
    ) -> None:
        ours = row_of(request, office=self.office, files=self.tools.files, now=self.now).cells
        found = merge.diff(layout, base, row.cells, ours)
        if not found.edits:
            return
        self.heard = True
        self.edited[request.number] |= set(found.edits)
        outcome = edits.take_edit(request, found.edits, office=self.office, now=self.now)
        for clash in found.clashes:
            latest = outcome.changed[-1] if outcome.changed else request
            outcome += decision.note(
                latest, merge.clash_note(clash), self.now, actor=decision.DAEMON, kind="clash"
            )
        self._carry_out(tx, replace(outcome, changed=outcome.changed[-1:]))

    def _carry_out(self, tx: Transaction, outcome: Outcome) -> None:
        carry_out(tx, outcome, word=self.tools.word, now=self.now)
        self.heard = True

    def _base(self, title: str, number: str) -> Base:
        found = self.bases.get((title, number))
        return Base(found.cells) if found else Base()

    # --- rows that are not as they were ---------------------------------------------------------------

    def _take_extra(self, tx: Transaction, layout: Layout) -> None:
        """The same number twice: a copy is marked, a row used as a pattern for something new is entered."""
        for number, row in self.found[layout.title].extra:
            keeper = self.found[layout.title].rows[number]
            note = str(normal(row.cells.get("note")) or "")
            if DUPLICATE_MARK in note:
                continue
            if not merge.is_copy(layout, row, keeper.cells) and not edits.missing_in(
                self._entry(row), office=self.office
            ):
                self._enter(tx, layout, row)
                continue
            text = "\n".join(filter(None, [note, f"{DUPLICATE_MARK}: {number} yukarıda da var."]))
            self.marks.append(CellWrite(layout.title, row.position, "note", text))

    def _take_strays(self, tx: Transaction, layout: Layout) -> None:
        """A number that this sheet does not know: spoilt by hand, cut from another sheet, or invented."""
        gone = {n: self._base(layout.title, n) for n in self.found[layout.title].gone}
        for number, row in self.found[layout.title].strays:
            twin = next((n for n, base in gone.items() if merge.looks_like(layout, row, base)), "")
            request = tx.request(number)
            if twin:
                gone.pop(twin)
                self.claims[twin] = (layout.title, row)
            elif request is not None and request.is_open and self._left_its_sheet(tx, request):
                self._transfer_here(tx, request, layout, row)
            elif request is None:
                self._mark_unknown(layout, row)

    def _left_its_sheet(self, tx: Transaction, request: Request) -> bool:
        """Whether the row is gone from the sheet where the request belongs (it was cut, not copied)."""
        bases = tx.sheet_bases(request.directorate)
        base = bases.get((TALEPLER.title, request.number))
        return base is not None and base.missing_since is not None

    def _transfer_here(self, tx: Transaction, request: Request, layout: Layout, row: SheetRow) -> None:
        target = self.office.registry.directorate(self.code)
        if target is None:
            return
        why = "Satır bu müdürlüğün tablosuna taşındı."
        self._carry_out(
            tx,
            decision.transfer(request, target, office=self.office, now=self.now, actor=edits.SHEET, why=why),
        )
        self.claims[request.number] = (layout.title, row)

    def _mark_unknown(self, layout: Layout, row: SheetRow) -> None:
        note = str(normal(row.cells.get("note")) or "")
        if UNKNOWN_MARK not in note:
            text = "\n".join(filter(None, [note, f"{UNKNOWN_MARK}."]))
            self.marks.append(CellWrite(layout.title, row.position, "note", text))

    def _take_fresh(self, tx: Transaction) -> None:
        """A row typed by a person, without a number: a request as soon as it says enough."""
        for row in self.found[TALEPLER.title].fresh:
            if not edits.missing_in(self._entry(row), office=self.office):
                self._enter(tx, TALEPLER, row)

    def _entry(self, row: SheetRow) -> dict[str, CellValue]:
        from daemon.domain.request import Channel

        told = {
            key: row.cells.get(key)
            for key in ("channel", "neighbourhood", "headman", "subject", "description")
        }
        return {**told, "channel": told["channel"] or Channel.VERBAL.value, "directorate": self.code}

    def _enter(self, tx: Transaction, layout: Layout, row: SheetRow) -> None:
        """Open the request; the claim makes sure that a crash before writing does not open it twice."""
        claim = f"claim:{_content(row)}"
        number = tx.sheet_state(self.code).get(claim, "")
        if not number:
            number = tx.next_number(day_of(self.now).year)
            outcome = edits.enter_row(
                self._entry(row), RequestNumber(number), office=self.office, now=self.now
            )
            typed = {
                c.key: value
                for c in layout.columns
                if c.owner is Owner.PEOPLE and (value := normal(row.cells.get(c.key), c.shape))
            }
            self._carry_out(tx, outcome)
            if typed and (request := tx.request(number)):
                self._carry_out(tx, edits.take_edit(request, typed, office=self.office, now=self.now))
            tx.save_sheet_state(self.code, {claim: number})
        self.claims[number] = (layout.title, row)

    def _take_gone(self, tx: Transaction) -> None:
        """A row that is gone is no deletion: after a second look it is put back, and told."""
        for title, found in self.found.items():
            for number in found.gone - set(self.claims):
                base = self.bases[title, number]
                request = tx.request(number)
                if request is None or (request.directorate, _home_of(request).title) != (self.code, title):
                    continue  # it moved on; its base goes when the new place is confirmed
                if base.missing_since is None:
                    tx.save_bases(self.code, [replace(base, missing_since=self.now)])
                    self.again = self.heard = True
                    continue
                self._want(request)
                self._tell_restored(tx, request)

    def _tell_restored(self, tx: Transaction, request: Request) -> None:
        text = "Tablodan silinen satır geri konuldu; kapatmak için Durum sütununu kullanınız."
        tx.append_history([decision.entry(request, "row-restored", text, self.now, actor=decision.DAEMON)])
        key = f"restored/{request.number}/{self.now.isoformat()}"
        lines = (f"{request.number} numaralı talebin satırı silinmişti. {text}",)
        tx.owe(
            [
                worded(notice, tx, word=self.tools.word, now=self.now)
                for notice in office_notices(key, "Silinen satır geri konuldu", lines, self.office)
            ],
            self.now,
        )
        self.heard = True

    def _want(self, request: Request) -> None:
        if request.directorate == self.code:
            self.rows[request.number] = row_of(
                request, office=self.office, files=self.tools.files, now=self.now
            )

    # --- what must be written -------------------------------------------------------------------------

    def changes(self) -> Changes:
        if self._changes is None:
            self._changes = self._plan()
        return self._changes

    def _plan(self) -> Changes:
        cells: list[CellWrite] = list(self.marks)
        appends: list[Append] = []
        for number, row in self.rows.items():
            title = row.layout.title
            standing = self.claims.get(number) or (title, self.found[title].rows.get(number))
            if standing[0] == title and standing[1] is not None:
                cells += self._row_writes(number, row, standing[1])
            else:
                appends.append(Append(title, row.cells, row.links))
        moved = [(title, n) for title, n in self._misplaced() if n in self.found[title].rows]
        removals = tuple(Removal(title, self.found[title].rows[n].position) for title, n in moved)
        return Changes(tuple(cells), tuple(appends), removals)

    def _row_writes(self, number: str, row: Row, standing: SheetRow) -> Iterable[CellWrite]:
        title = row.layout.title
        base = self._base(title, number)
        proposed = merge.plan(row.layout, base, standing, row.cells, edited=self.edited.get(number, ()))
        self.restored[number] = dict(proposed.restored)
        for write in proposed.writes:
            yield replace(write, link=row.links.get(write.key, ""))

    def _misplaced(self) -> Iterable[tuple[str, str]]:
        """Rows whose request now stands elsewhere: confirmed in another sheet, or moving to ``Arşiv`` here."""
        yield from self.superseded
        for number, row in self.rows.items():
            for layout in DIRECTORATE_SHEETS:
                if layout.title != row.layout.title and (layout.title, number) in self.bases:
                    yield layout.title, number

    # --- remembering ----------------------------------------------------------------------------------

    def remember(self, tx: Transaction, after: Snapshot, *, fingerprint: str) -> None:
        """Note what both sides have now; rows that moved on are forgotten, their own columns kept in the
        history."""
        gone = set(self._misplaced())
        self._keep_own_columns(tx, gone)
        tx.drop_bases(self.code, gone)
        for layout in DIRECTORATE_SHEETS:
            tx.save_bases(self.code, list(self._new_bases(layout, after.tables.get(layout.title))))
        state = {
            "fingerprint": fingerprint,
            "as_of": day_of(self.now).isoformat(),
            "revision": str(self.revision),
            "looked": self.looked,
            "again": "yes" if self.again else "",
        }
        if self.changes().appends:
            tx.set_note(_MOVED, f"{self.code}/{self.revision}")
        claimed = {key: "" for key in tx.sheet_state(self.code) if key.startswith("claim:")}
        tx.save_sheet_state(self.code, {**claimed, **state})

    def _new_bases(self, layout: Layout, table: Table | None) -> Iterable[SheetBase]:
        wanted = {number: row for number, row in self.rows.items() if row.layout is layout}
        if not wanted or table is None:
            return
        bases = {number: self._base(layout.title, number) for number in wanted}
        found = merge.match(layout, bases, table)
        for number, row in found.rows.items():
            cells = merge.new_base(layout, row.cells, wanted[number].cells, self.restored.get(number, {}))
            yield SheetBase(layout.title, number, cells, self.revision)

    def _keep_own_columns(self, tx: Transaction, gone: Iterable[tuple[str, str]]) -> None:
        known = {column.key for column in TALEPLER.columns}
        for title, number in gone:
            row = self.found[title].rows.get(number)
            own = {k: v for k, v in row.cells.items() if k not in known and v is not None} if row else {}
            request = tx.request(number) if own else None
            if request is not None:
                said = "; ".join(f"{key.removeprefix('x:')}: {value}" for key, value in own.items())
                text = f"{title} sayfasından taşınan satırın kişisel sütunları: {said}"
                tx.append_history([decision.entry(request, "own-columns", text, self.now, actor=edits.SHEET)])


def _sign(view: View) -> str:
    """Changes when a request changed, or when a row found its new place: then its old one may go."""
    return f"{view.revision()}/{view.note(_MOVED)}"


def _home_of(request: Request) -> Layout:
    return ARSIV if request.archived else TALEPLER


def _content(row: SheetRow) -> str:
    told = [str(row.cells.get(key) or "") for key in ("neighbourhood", "headman", "subject", "description")]
    return sha256("\x1f".join(told).encode()).hexdigest()[:24]
