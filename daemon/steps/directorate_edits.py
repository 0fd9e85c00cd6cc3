"""What people did in a directorate's spreadsheet becomes decisions: edits, new rows, copies, rows cut and gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from daemon.domain import decision, edits, marks, merge, new_rows
from daemon.domain.cells import same
from daemon.domain.clock import day_of
from daemon.domain.decision import Outcome
from daemon.domain.errors import Unprocessable
from daemon.domain.merge import Base, Match
from daemon.domain.request import Request, Status
from daemon.domain.sheet import (
    ARSIV,
    DIRECTORATE_SHEETS,
    TALEPLER,
    CellValue,
    CellWrite,
    Layout,
    Shape,
    SheetRow,
    Table,
)
from daemon.ports.ledger import Transaction, View
from daemon.ports.records import RequestFilter, SheetBase
from daemon.steps.absent import is_new, noted, refilled
from daemon.steps.directorate_plan import Place, Plan, plans_of
from daemon.steps.other_address import with_living_address
from daemon.steps.outcome import carry_out, owe
from daemon.steps.rows import Promises, Row, entry_of, row_of, said_in, typed_in
from daemon.steps.sheet_sync import GONE, MOVED, office_notices
from daemon.steps.unready import keep_unready


@dataclass(slots=True)
class Turn(Plan):
    """One turn: takes in what people did, and plans what the ledger wants written."""

    def take_in(self, tx: Transaction, state: Mapping[str, str]) -> None:
        """Everything that people did becomes a decision; then plan what the ledger wants written."""
        self.absent = noted(state)
        new = [x for x in DIRECTORATE_SHEETS if is_new(x, self.snapshot.tables.get(x.title), self.absent)]
        bases = tx.sheet_bases(self.code)
        self.stored = {place: base for place, base in bases.items() if place[0] not in {x.title for x in new}}
        self.planned = tx.sheet_bases(plans_of(self.code))
        dirty: dict[str, Request] = {request.number: request for _, request in self._dirty(tx, state)}
        if new:
            every = tx.requests(RequestFilter(directorate=self.code))
            dirty |= {request.number: request for request in every if _home_of(request) in new}
        dirty |= {request.number: request for request in tx.requests_numbered(self._in_both())}
        for layout in DIRECTORATE_SHEETS:
            self.found[layout.title] = self._match(tx, layout, dirty)
        for layout in DIRECTORATE_SHEETS:
            self._take_edits(tx, layout)
            self._mark_copies(tx, layout)
            self._take_strays(tx, layout)
        self._take_new(tx, state)
        standing = set(self.found[TALEPLER.title].rows)
        self.promises = Promises(state.get("promises", ""), self.now, standing).missing(self.claims)
        self._take_gone(tx)
        for request in tx.requests_numbered(sorted(set(dirty) | self.touched | set(self.claims))):
            self._want(request)
        self.superseded = tx.superseded_rows(self.code)
        self.revision = tx.revision()
        self.looked = sign(tx)
        self._settle(tx)

    def _in_both(self) -> list[str]:
        """Numbers on both worksheets: a row that moved while somebody typed into it."""
        return sorted(
            number
            for title, number in self.stored
            if title == ARSIV.title and (TALEPLER.title, number) in self.stored
        )

    def _dirty(self, tx: Transaction, state: Mapping[str, str]) -> Iterable[tuple[int, Request]]:
        if state.get("as_of") != day_of(self.now).isoformat():
            for request in tx.requests(RequestFilter(open=True, directorate=self.code)):
                yield 0, request
        yield from tx.changed_since(self.code, int(state.get("revision") or 0))

    def _match(self, tx: Transaction, layout: Layout, dirty: Iterable[str]) -> Match:
        title = layout.title
        table = self.snapshot.tables.get(title) or Table(title, (), ("number",))
        planned = {number: base.cells for (at, number), base in self.planned.items() if at == title}
        here = self._here(tx, layout, table)
        found = merge.match(layout, here, table, expected={*dirty, *planned}, planned=planned)
        if found.stopped:
            raise Unprocessable(f"sheet {self.code}/{title} stopped", reason=f"{title}: {found.stopped}")
        for number, row in found.rows.items():
            self._know(tx, layout, number, row)
        return found

    def _here(self, tx: Transaction, layout: Layout, table: Table) -> dict[str, Base]:
        """The bases of rows that should stand here; of those that do not, the ones that moved on are left out."""
        mine = {key: Base(base.cells) for (title, key), base in self.stored.items() if title == layout.title}
        standing = {merge.identity(layout, row) for row in table.rows}
        absent = sorted(set(mine) - standing)
        known = tx.requests_numbered(absent) if absent else ()
        here: set[str] = {request.number for request in known if self._belongs(request, layout)}
        if moved_on := set(absent) - here:
            spoilt = self._without_a_number(tx, layout, table)
            here |= {n for n in moved_on if any(merge.looks_like(layout, row, mine[n]) for row in spoilt)}
        return {number: base for number, base in mine.items() if number in standing or number in here}

    def _without_a_number(self, tx: Transaction, layout: Layout, table: Table) -> list[SheetRow]:
        """Rows whose number nobody has: of one that moved on, too, the number may have been spoilt meanwhile."""
        numbers = {merge.identity(layout, row) for row in table.rows}
        known = {request.number for request in tx.requests_numbered(sorted(numbers - {""}))}
        return [row for row in table.rows if merge.identity(layout, row) not in known]

    def _belongs(self, request: Request, layout: Layout) -> bool:
        return (request.directorate, _home_of(request)) == (self.code, layout)

    def _know(self, tx: Transaction, layout: Layout, number: str, row: SheetRow) -> None:
        """The base of a row that stands there: it is no longer missed, and what we wrote last is ours."""
        place = (layout.title, number)
        stored, planned = self.stored.get(place), self.planned.get(place)
        base = Base(stored.cells) if stored else None
        if planned is not None:
            base = merge.confirmed(base, planned.cells, row.cells)
            self.arrived = self.arrived or stored is None
        if base and self.absent:
            base = refilled(layout, base, row, self.absent)
            self.touched.add(place[1])
        self.bases[place] = base or Base()
        if planned is not None or (stored is not None and stored.missing_since is not None):
            self.touched.add(place[1])
            self._keep_base(tx, place)

    def _keep_base(self, tx: Transaction, place: Place) -> None:
        revision = self.stored[place].revision if place in self.stored else 0
        self.stored[place] = SheetBase(*place, self.bases[place].cells, revision)
        tx.save_bases(self.code, [self.stored[place]])

    def _take_edits(self, tx: Transaction, layout: Layout) -> None:
        found = self.found[layout.title].rows
        touched = {
            number: row
            for number, row in found.items()
            if merge.is_touched(layout, self.bases[layout.title, number], row)
        }
        for request in tx.requests_numbered(sorted(touched)) if touched else ():
            self.touched.add(request.number)
            self._take_row_edits(tx, layout, request, touched[request.number])

    def _take_row_edits(self, tx: Transaction, layout: Layout, request: Request, row: SheetRow) -> None:
        place = (layout.title, request.number)
        base = self.bases[place]
        found = merge.diff(layout, base, row.cells, self._row_of(request).cells, unsettled=row.unsettled)
        if not found.edits:
            return
        outcome = edits.take_edit(request, found.edits, office=self.office, now=self.now)
        for clash in found.clashes:
            latest = outcome.changed[-1] if outcome.changed else request
            outcome += decision.note(
                latest, merge.clash_note(clash), self.now, actor=decision.DAEMON, kind="clash"
            )
        self._carry_out(tx, replace(outcome, changed=outcome.changed[-1:]))
        self.bases[place] = merge.taken(layout, base, row.cells, found.edits)
        self._make_days_real(layout, row, found.edits)
        if place in self.stored:
            self._keep_base(tx, place)

    def _make_days_real(self, layout: Layout, row: SheetRow, typed: Mapping[str, CellValue]) -> None:
        """A day typed as text becomes a real date cell: colours and sorting need it."""
        for key, value in typed.items():
            if layout.column(key).shape is Shape.DATE and isinstance(value, date):
                self.marks.append(CellWrite(layout.title, row.position, key, value))

    def _row_of(self, request: Request) -> Row:
        return row_of(request, office=self.office, files=self.tools.files, now=self.now)

    def _carry_out(self, tx: Transaction, outcome: Outcome) -> None:
        carry_out(tx, with_living_address(outcome, tx, self.office.registry), now=self.now)
        self.heard = True

    # --- rows that are not as they were ---------------------------------------------------------------

    def _mark_copies(self, tx: Transaction, layout: Layout) -> None:
        """The same number twice: a copy is marked; a row used as a pattern for something new is new."""
        for number, row in self.found[layout.title].extra:
            pattern = self.found[layout.title].rows.get(number)
            if pattern is None:
                copied = self._is_about_to_stand_here(tx, layout, number)
            else:
                copied = layout is ARSIV or not self._is_new(row, pattern)
            if copied and not row.unsettled:
                self._mark(layout, row, marks.duplicate(number))

    def _is_about_to_stand_here(self, tx: Transaction, layout: Layout, number: str) -> bool:
        """A row that we have told people is a copy stays one when its request comes into this sheet."""
        request = tx.request(number)
        return request is not None and self._belongs(request, layout)

    def _is_new(self, row: SheetRow, pattern: SheetRow) -> bool:
        return not merge.is_copy(TALEPLER, row, pattern.cells) and self._says_enough(row)

    def _says_enough(self, row: SheetRow) -> bool:
        return not new_rows.missing_in(entry_of(row, self.code).cells, office=self.office)

    def _mark(self, layout: Layout, row: SheetRow, text: str) -> None:
        note = marks.note_of(row)
        if text not in note:
            note = marks.without_marks(note)
            marked = f"{note}\n{text}" if note else text
            self.marks.append(CellWrite(layout.title, row.position, "note", marked))

    def _take_strays(self, tx: Transaction, layout: Layout) -> None:
        """A number that this sheet does not know: cut from another sheet, or invented."""
        for number, row in self.found[layout.title].strays:
            request = tx.request(number)
            if request is None:
                self._mark(layout, row, f"{marks.UNKNOWN}.")
            elif number in self.claims:  # another copy has just become its row
                self._mark(layout, row, marks.duplicate(number))
            elif request.is_open and layout is TALEPLER and request.directorate not in {"", self.code}:
                self._take_cut_row(tx, request, row)

    def _take_cut_row(self, tx: Transaction, request: Request, row: SheetRow) -> None:
        """While the row stands in its own sheet too, that one counts, and this one says so."""
        left = tx.sheet_bases(request.directorate).get((TALEPLER.title, request.number))
        if left is not None and left.missing_since is not None:
            self._transfer_here(tx, request, Base(left.cells), row)
            return
        self.strays = gone(tx)
        home = self.office.registry.directorate(request.directorate)
        if left is not None and home is not None:
            self._mark(TALEPLER, row, marks.elsewhere(request.number, home.name))

    def _transfer_here(self, tx: Transaction, request: Request, base: Base, row: SheetRow) -> None:
        """The request moves, and what was typed into its row before it was cut counts too."""
        target = self.office.registry.directorate(self.code)
        if target is None:
            return
        typed = merge.diff(TALEPLER, base, marks.unmarked(row.cells), self._row_of(request).cells).edits
        why = "Satır bu müdürlüğün tablosuna taşındı."
        self._carry_out(
            tx,
            decision.transfer(request, target, office=self.office, now=self.now, actor=edits.SHEET, why=why),
        )
        self._take_typed(tx, request.number, {key: value for key, value in typed.items() if key != "sevk"})
        self._claim(request.number, row)

    def _take_typed(self, tx: Transaction, number: str, typed: Mapping[str, CellValue]) -> None:
        if typed and (request := tx.request(number)):
            self._carry_out(tx, edits.take_edit(request, typed, office=self.office, now=self.now))

    def _claim(self, number: str, row: SheetRow) -> None:
        """The row is this request's from now on: all its cells show the ledger's values."""
        self.claims[number] = (TALEPLER.title, row)
        self.bases[TALEPLER.title, number] = Base(dict(typed_in(row)))

    def _take_new(self, tx: Transaction, state: Mapping[str, str]) -> None:
        """Rows typed by people become requests as soon as they say enough; each once, whatever happens."""
        found = self.found[TALEPLER.title]
        self._mark_unready(tx, found.fresh)
        fresh = [(row, None) for row in found.fresh if self._says_enough(row)]
        copies = [(row, found.rows[n]) for n, row in found.extra if n in found.rows and not row.unsettled]
        patterned = [(row, pattern) for row, pattern in copies if self._is_new(row, pattern)]
        new: list[tuple[SheetRow, SheetRow | None]] = [*fresh, *patterned]
        if not new:
            return
        promises = Promises(state.get("promises", ""), self.now, standing=set(found.rows))
        entries = [entry_of(row, self.code) for row, _ in new]
        for (row, pattern), entry, number in zip(new, entries, promises.recognise(entries), strict=True):
            if number:
                self._hear_again(tx, number, promises.told(number), entry, row)
            else:
                number = self._enter(tx, entry, row, pattern)
            promises.promise(number, entry, dict(said_in(row)))
            self._claim(number, row)
        tx.save_sheet_state(self.code, {"promises": promises.text()})

    def _mark_unready(self, tx: Transaction, rows: Iterable[SheetRow]) -> None:
        """A new row that looks complete and cannot be entered (a neighbourhood that nobody knows) says why; the office
        hears of every one, as of its own sheet's."""
        lacking: list[tuple[SheetRow, str]] = []
        for row in rows:
            told = new_rows.told_in(row.cells)
            begun = told["neighbourhood"] and (told["subject"] or told["description"])
            lacks = new_rows.missing_in(entry_of(row, self.code).cells, office=self.office)
            if lacks:
                lacking.append((row, lacks))
            if begun and lacks:
                self._mark(TALEPLER, row, f"{marks.UNREADY}: {lacks}")
        if notices := keep_unready(tx, lacking, code=self.code, office=self.office, now=self.now):
            self._carry_out(tx, Outcome(notices=tuple(notices)))

    def _enter(self, tx: Transaction, entry: SheetRow, row: SheetRow, pattern: SheetRow | None) -> str:
        """Open the request; what people typed into their columns counts, unless it came with the pattern."""
        number = tx.next_number(day_of(self.now).year)
        self._carry_out(tx, new_rows.enter_row(entry.cells, number, office=self.office, now=self.now))
        copied = dict(typed_in(pattern)) if pattern else {}
        typed = {key: value for key, value in said_in(row) if not same(value, copied.get(key))}
        if edits.read_status(str(typed.get("status", ""))) is Status.NEW:
            typed.pop("status")
        self._take_typed(tx, number, typed)
        return number

    def _hear_again(
        self, tx: Transaction, number: str, before: Mapping[str, str], entry: SheetRow, row: SheetRow
    ) -> None:
        """What was typed into a row since it was entered, while its number could not be written."""
        request = tx.request(number)
        if request is None:
            return
        outcome = new_rows.amend(request, before, new_rows.told_in(entry.cells), self.now)
        if outcome.changed:
            self._carry_out(tx, outcome)
        typed = {key: value for key, value in said_in(row) if str(value) != before.get(key, "")}
        self._take_typed(tx, number, typed)

    def _take_gone(self, tx: Transaction) -> None:
        """A row that is gone is no deletion: after a second look it is put back, and told."""
        for title, found in self.found.items():
            for number in sorted(found.gone):
                base = self.stored[title, number]
                request = tx.request(number)
                if request is None or (request.directorate, _home_of(request).title) != (self.code, title):
                    continue  # it has just been moved on
                if base.missing_since is None:
                    self.missed.add(number)
                    tx.save_bases(self.code, [replace(base, missing_since=self.now)])
                    tx.set_note(GONE, f"{self.code}/{number}/{self.now.isoformat()}")
                    self.again = self.heard = True
                    continue
                self._want(request)
                self._tell_restored(tx, request, base.missing_since)

    def _tell_restored(self, tx: Transaction, request: Request, since: datetime) -> None:
        text = "Tablodan silinen satır geri konuldu; kapatmak için Durum sütununu kullanınız."
        line = f"{request.number} numaralı talebin satırı silinmişti. {text}"
        if self._tell(
            tx, f"restored/{request.number}/{since.isoformat()}", "Silinen satır geri konuldu", line
        ):
            entry = decision.entry(request, "row-restored", text, self.now, actor=decision.DAEMON)
            tx.append_history([entry])

    def _tell(self, tx: Transaction, key: str, title: str, line: str) -> bool:
        """Tell the office, once; whether it was new."""
        notices = office_notices(f"{self.code}/{key}", title, (line,), self.office)
        told = owe(tx, notices, self.now) > 0
        self.heard = self.heard or told
        return told

    def _want(self, request: Request) -> None:
        """A claimed row gets its number even if the request has moved on at once; one just missed may come back
        by itself."""
        here = request.directorate == self.code and request.number not in self.missed
        if here or request.number in self.claims:
            self.rows[request.number] = self._row_of(request)

    # --- what must be written -------------------------------------------------------------------------

    def _settle(self, tx: Transaction) -> None:
        """Plan, and note the plan: after a crash it tells what we wrote from what people typed."""
        self.changes = self.plan()
        plans = [
            SheetBase(title, number, cells, self.revision) for (title, number), cells in self.meant.items()
        ]
        tx.save_bases(plans_of(self.code), plans)
        self.keep_own_columns(tx)
        for number, headers in self.given_up.items():
            self._tell_given_up(tx, number, headers)

    def _tell_given_up(self, tx: Transaction, number: str, headers: Sequence[str]) -> None:
        cells = f"{', '.join(headers)} {'hücresi' if len(headers) == 1 else 'hücreleri'}"
        text = f"{cells} üç kez geri yazıldı, yine değiştirildi; tabloda olduğu gibi bırakıldı."
        row = self.rows[number]
        revision = self.stored[row.layout.title, number].revision
        key = f"given-up/{number}/{revision}"
        line = f"{number} ({self.code} tablosu): {text} Doğru bilgi, talebin kayıtlarındadır."
        request = tx.request(number)
        if request and self._tell(tx, key, "Bir hücre olduğu gibi bırakıldı", line):
            entry = decision.entry(request, "given-up", text, self.now, actor=decision.DAEMON)
            tx.append_history([entry])


def sign(view: View) -> str:
    """Changes when a request changed, or when a row found its new place: then its old one may go."""
    return f"{view.revision()}/{view.note(MOVED)}"


def _home_of(request: Request) -> Layout:
    return ARSIV if request.archived else TALEPLER


def gone(view: View) -> str:
    return f"after {view.note(GONE)}"
