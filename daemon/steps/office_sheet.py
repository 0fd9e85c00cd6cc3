"""The turn of the office's own spreadsheet: ``Yeni Talep``, ``İnceleme``, ``MBS Cevapları``, ``Genel Bakış``.

``Bildirilecekler`` has its turn in :mod:`daemon.steps.told_sheet`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

from daemon.domain import decision, edits, ruling
from daemon.domain.cells import is_ticked, normal, same
from daemon.domain.clock import day_of, istanbul
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.errors import Unprocessable
from daemon.domain.mbs_answer import REOPENED, Entered, answer_text, note_key, ticked, without_tick
from daemon.domain.office import Office
from daemon.domain.personal import mask_identity_numbers as masked
from daemon.domain.request import Channel, Entry, Request
from daemon.domain.review import Origin, Review, review_files
from daemon.domain.sheet import (
    BILDIRILECEKLER,
    GENEL_BAKIS,
    INCELEME,
    MBS_CEVAPLARI,
    OFFICE_SHEETS,
    OWN,
    YENI_TALEP,
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
from daemon.domain.text import file_name
from daemon.ports import Transaction, View, Workbook
from daemon.steps.outcome import carry_out
from daemon.steps.quiet import STATE as UNSETTLED
from daemon.steps.quiet import Quiet
from daemon.steps.rows import Promises, promised_in
from daemon.steps.sheet_sync import Tools
from daemon.steps.standing import CHANGED, origin_of_record
from daemon.steps.told_sheet import ToldSheet, is_lacking, told_sign

OFFICE = "@office"
KEEP_DECIDED = timedelta(days=30)
"""Decided lines stay so long in ``İnceleme`` for people to see."""
_SHOWN = "overview.shown"
"""Note in the ledger on the directorates that ``Genel Bakış`` shows, and those still to be taken out."""
_SETTLED = "İşlendi: "
_ASK = "yeni bir talepse Talep No hücresini boşaltınız."
_TWICE = f"Bu talep numarası başka bir satırda da var; {_ASK}"
_UNLIKE = f"kayıttakinden farklı; kayıt buradan değişmez, gerekirse müdürlük tablosunda Not’a yazınız; {_ASK}"
_UNKNOWN = f"Bu talep numarası kayıtlarda yok; {_ASK}"


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
            workbook.set_up()
            fingerprint = workbook.fingerprint()
        snapshot = workbook.read()
        if is_lacking(snapshot):
            workbook.set_up()
            fingerprint, snapshot = workbook.fingerprint(), workbook.read()
        turn = _Turn(self._tools, office, now, self._settled(snapshot, now))
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
        fresh = [row for row in table.rows if not _text(row.cells.get("number"))] if table else []
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


@dataclass(slots=True)
class _Turn:
    """One turn: what people did is taken in, what must stand there is wanted, the difference is written."""

    tools: Tools
    office: Office
    now: datetime
    snapshot: Snapshot
    heard: bool = False
    cells: list[CellWrite] = field(default_factory=list)
    appends: list[Append] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """What is to be said about lines of ``İnceleme`` that a person has just decided."""
    promises: str = ""
    """Numbers promised to rows of ``Yeni Talep`` that were not there."""

    @property
    def changes(self) -> Changes:
        return Changes(tuple(self.cells), tuple(self.appends), tuple(self.removals))

    def take_in(self, tx: Transaction) -> None:
        for layout in OFFICE_SHEETS:
            self._table(layout)
        self._take_new_rows(tx)
        self._take_decisions(tx)
        self._take_ticks(tx)
        self._take_told(tx)

    def _take_told(self, tx: Transaction) -> None:
        sheet = ToldSheet(self.tools, self.office, self.now, self._table(BILDIRILECEKLER))
        self.heard |= sheet.turn(tx)
        self.cells += sheet.cells
        self.appends += sheet.appends
        self.removals += sheet.removals

    def _table(self, layout: Layout) -> Table:
        table = self.snapshot.tables.get(layout.title)
        if table is None or table.missing:
            missing = table.missing if table else ()
            headers = ", ".join(layout.column(key).header for key in missing) or "sayfa yok"
            raise Unprocessable(
                f"office sheet {layout.title}: {headers}",
                reason=f"{layout.title}: bulunamayan başlıklar: {headers}.",
            )
        return table

    def _carry_out(self, tx: Transaction, outcome: Outcome) -> None:
        carry_out(tx, outcome, now=self.now)
        self.heard = True

    # --- Yeni Talep -----------------------------------------------------------------------------------

    def _take_new_rows(self, tx: Transaction) -> None:
        """A row that says enough becomes a request; the promise keeps a crash or a sort from entering it twice."""
        rows = self._table(YENI_TALEP).rows
        numbered = [(number, row) for row in rows if (number := _text(row.cells.get("number")))]
        fresh = [row for row in rows if not _text(row.cells.get("number"))]
        self._warn_of_numbers(tx, numbered)
        for row in fresh:
            lacks = edits.missing_in(row.cells, office=self.office) if _is_begun(row) else None
            self._write(YENI_TALEP, row, {"warning": lacks or None})
        complete = [row for row in fresh if not edits.missing_in(row.cells, office=self.office)]
        self._enter(tx, complete, {number for number, _ in numbered})

    def _enter(self, tx: Transaction, rows: list[SheetRow], standing: set[str]) -> None:
        kept = tx.sheet_state(OFFICE).get("promises", "")
        promises, claimed = Promises(kept, self.now, standing), set[str]()
        for row, number in zip(rows, promises.recognise(rows), strict=True):
            if number:
                self._hear_again(tx, number, promises.told(number), row)
            else:
                number = tx.next_number(day_of(self.now).year)
                self._carry_out(tx, edits.enter_row(row.cells, number, office=self.office, now=self.now))
            promises.promise(number, row)
            claimed.add(number)
            self._write(YENI_TALEP, row, {"number": number})
        if rows:
            tx.save_sheet_state(OFFICE, {"promises": promises.text()})
        self.promises = Promises(kept, self.now, standing).missing(claimed)

    def _hear_again(self, tx: Transaction, number: str, before: Mapping[str, str], row: SheetRow) -> None:
        request = tx.request(number)
        outcome = edits.amend(request, before, edits.told_in(row.cells), self.now) if request else NOTHING
        if outcome.changed:
            self._carry_out(tx, outcome)

    def _warn_of_numbers(self, tx: Transaction, numbered: list[tuple[str, SheetRow]]) -> None:
        """A row copied with its number, numbered by hand or changed later would be taken for one that is done."""
        known = {
            str(request.number): request
            for request in tx.requests_numbered([number for number, _ in numbered])
        }
        seen: set[str] = set()
        for number, row in numbered:
            warning = _TWICE if number in seen else self._warning(row, known.get(number))
            seen.add(number)
            self._write(YENI_TALEP, row, {"warning": warning})

    def _warning(self, row: SheetRow, request: Request | None) -> str | None:
        if request is None:
            return _UNKNOWN
        other = ", ".join(edits.unlike_entry(row.cells, request, office=self.office))
        return f"{other} {_UNLIKE}" if other else None

    # --- İnceleme -------------------------------------------------------------------------------------

    def _take_decisions(self, tx: Transaction) -> None:
        waiting = {str(review.id): review for review in tx.reviews()}
        for row in self._table(INCELEME).rows:
            key = _text(row.cells.get("entry"))
            if key not in waiting:
                continue
            said = self._rule_on(tx, waiting[key], row)
            if said.startswith(_SETTLED):
                del waiting[key]  # a copied row decides nothing twice
            if said:
                self.said[key] = said

    def _rule_on(self, tx: Transaction, review: Review, row: SheetRow) -> str:
        """Carry out what was decided in a row; what is to be said about it."""
        case = ruling.Case(
            review,
            row.cells,
            request=tx.request(review.number) if review.number else None,
            next_number=partial(tx.next_number, day_of(self.now).year),
            origin=partial(self._origin, tx, review),
        )
        ruled = ruling.rule_on(case, office=self.office, now=self.now)
        if ruled is None or not ruled.final:
            return ruled.said if ruled else ""
        self._carry_out(tx, ruled.outcome)
        touched = [*ruled.outcome.added, *ruled.outcome.changed]
        self._record(tx, row, ruled.said, touched[-1].number if touched else review.number)
        tx.decide_review(review.key, _text(row.cells.get("decision")), self.now)
        return _SETTLED + ruled.said

    def _record(self, tx: Transaction, row: SheetRow, said: str, number: str) -> None:
        """The decision goes to the history, and what the person remarked on it to whoever does the work."""
        choice, remark = _text(row.cells.get("decision")), _text(row.cells.get("note"))
        text = f"İnceleme kararı: {choice}. {said}."
        tx.append_history([Entry(self.now, edits.SHEET, "decided", text, number)])
        request = tx.request(number) if remark and number else None
        if request is not None:
            self._carry_out(tx, decision.note(request, remark, self.now, actor=edits.SHEET))

    def _origin(self, tx: Transaction, review: Review) -> Origin:
        stored = tx.arrival(review.arrival_id) if review.arrival_id else None
        known = self.tools.origin(stored, review.opened_at) if stored else Origin(review.opened_at)
        if files := tx.note(review_files(review.key)):
            return replace(known, files=tuple(dict.fromkeys(files.splitlines())))
        known = origin_of_record(tx, review, known)
        return known if known.files or not review.link else replace(known, files=(review.link,))

    def _take_ticks(self, tx: Transaction) -> None:
        """A tick stands for the answer beside it: one given later must be entered too."""
        for row in self._table(MBS_CEVAPLARI).rows:
            number = _text(row.cells.get("number"))
            request = tx.request(number) if number else None
            if request is None:
                continue
            entered = Entered.read(tx.note(note_key(number)))
            if not is_ticked(row.cells.get("entered")):
                if entered.again:
                    tx.set_note(note_key(number), without_tick(entered).text())
                continue
            stands = entered.again or entered.stands_for(request.status, request.result)
            shown = row.cells.get("answer")
            right = same(shown, answer_text(request, office=self.office))
            first = not entered.mark and not same(shown, REOPENED)
            if not stands and request.closed_at and (first or right):
                tx.set_note(note_key(number), ticked(request, self.now).text())
                text = "Cevabın Muhtar Bilgi Sistemine girildiği işaretlendi."
                tx.append_history([Entry(self.now, edits.SHEET, "mbs-entered", text, number)])
                self.heard = True

    # --- what must stand there ------------------------------------------------------------------------

    def want(self, tx: Transaction) -> None:
        self._settle_reviews(tx)
        self._show(INCELEME, dict(self._review_rows(tx)))
        self._show(MBS_CEVAPLARI, dict(self._mbs_rows(tx)))
        self._show_figures(tx)
        self._tell_decided(tx)

    def _settle_reviews(self, tx: Transaction) -> None:
        """A question that has answered itself asks nobody any more."""
        for review in tx.reviews():
            request = tx.request(review.number) if review.number else None
            if request is not None and edits.is_settled(review, request):
                tx.decide_review(review.key, "Kendiliğinden kapandı", self.now)

    def _review_rows(self, tx: Transaction) -> Iterator[tuple[str, dict[str, CellValue]]]:
        for review in tx.reviews():
            if review.link:
                self.links[str(review.id)] = self.tools.files.link(review.link)
            yield str(review.id), self._review_cells(review)

    def _review_cells(self, review: Review) -> dict[str, CellValue]:
        return {
            "entry": review.id,
            "opened": day_of(review.opened_at),
            "number": review.number,
            "sender": review.sender,
            "neighbourhood": review.neighbourhood,
            "subject": masked(review.subject),
            "read": masked(review.read),
            "reason": review.reason,
            "guess": review.guess,
            "confidence": round(review.confidence, 2) if review.confidence else None,
            "link": file_name(review.link),
        }

    def _mbs_rows(self, tx: Transaction) -> Iterator[tuple[str, dict[str, CellValue]]]:
        """Every answer not yet entered; a request that was opened again has none for now."""
        standing = [_text(row.cells.get("number")) for row in self._table(MBS_CEVAPLARI).rows]
        for request in tx.requests_numbered([number for number in standing if number]):
            if request.is_open:
                yield request.number, {"answer": REOPENED, "closed": None, "entered": None}
        for request, entered in tx.answers_owed(Channel.MBS):
            unticked: dict[str, CellValue] = {"entered": None} if entered.mark or entered.again else {}
            yield (
                request.number,
                unticked
                | {
                    "number": request.number,
                    "external_number": request.external_number,
                    "neighbourhood": request.neighbourhood,
                    "headman": request.headman,
                    "subject": request.subject,
                    "answer": answer_text(request, office=self.office),
                    "closed": day_of(request.closed_at) if request.closed_at else None,
                },
            )

    def _show_figures(self, tx: Transaction) -> None:
        """Rows of directorates that are no more (renamed in the mappings) are taken for new ones, or go; rows
        that people added stay."""
        figures = dict(self._figures(tx))
        shown = tx.note(_SHOWN)
        rows = self._table(GENEL_BAKIS).rows
        standing = {_text(row.cells.get("directorate")) for row in rows}
        former = set(shown.splitlines()) - set(figures)
        still = "\n".join(sorted({*figures, *(former & standing)}))
        stale = [row for row in rows if _text(row.cells.get("directorate")) in former]
        new = [name for name in figures if name not in standing]
        for row, name in zip(stale, new, strict=False):
            self._write(GENEL_BAKIS, row, figures.pop(name))
        self.removals += [Removal(GENEL_BAKIS.title, row.position) for row in stale[len(new) :]]
        self._show(GENEL_BAKIS, figures)
        if still != shown:
            tx.set_note(_SHOWN, still)

    def _figures(self, tx: Transaction) -> Iterator[tuple[str, dict[str, CellValue]]]:
        today = day_of(self.now)
        month = istanbul(today.replace(day=1))
        open_dues: dict[str, list[date]] = {d.code: [] for d in self.office.registry.directorates}
        for clock in tx.open_clocks(date.max):
            open_dues.setdefault(clock.directorate, []).append(clock.due)
        for directorate in self.office.registry.directorates:
            dues = open_dues[directorate.code]
            left = [self.office.calendar.days_left(today, due) for due in dues]
            yield (
                directorate.name,
                {
                    "directorate": directorate.name,
                    "open": len(dues),
                    "due_soon": sum(0 <= days <= 3 for days in left if days is not None),
                    "late": sum(due < today for due in dues),
                    "closed_month": tx.closed_count(directorate.code, month),
                },
            )

    def _show(
        self,
        layout: Layout,
        wanted: Mapping[str, dict[str, CellValue]],
    ) -> None:
        """Write what differs, append what is not there. A line that a person deleted comes back."""
        standing = {_text(row.cells.get(layout.identity)): row for row in self._table(layout).rows}
        for key, cells in wanted.items():
            row = standing.get(key)
            if row is not None:
                self._write(layout, row, cells)
            else:
                link = {"link": self.links[key]} if layout is INCELEME and key in self.links else {}
                self.appends.append(Append(layout.title, cells, link))

    def _write(self, layout: Layout, row: SheetRow, cells: Mapping[str, CellValue]) -> None:
        """What differs, but for columns that may not leave the house: those are not in the row."""
        for key, value in cells.items():
            if key in row.cells and not same(
                normal(row.cells.get(key), layout.column(key).shape), normal(value, layout.column(key).shape)
            ):
                self.cells.append(CellWrite(layout.title, row.position, key, value))

    def _tell_decided(self, tx: Transaction) -> None:
        """Every line says what became of it; those decided a month ago go, and stay in the ledger."""
        reviews = {str(review.id): review for review in tx.reviews(undecided_only=False)}
        for row in self._table(INCELEME).rows:
            key = _text(row.cells.get("entry"))
            review = reviews.get(key)
            if review is None:
                continue
            if review.decided_at is not None and self.now - review.decided_at >= KEEP_DECIDED:
                self._keep_remarks(tx, review, row)
                self.removals.append(Removal(INCELEME.title, row.position))
                continue
            said = self.said.get(key) or (_SETTLED + review.decision if review.decided_at else "")
            if not _text(row.cells.get("outcome")).startswith(_SETTLED):
                self._write(INCELEME, row, {"outcome": said or None})

    def _keep_remarks(self, tx: Transaction, review: Review, row: SheetRow) -> None:
        """What people wrote beside a line that goes stays in the history."""
        wrote = {INCELEME.column("note").header: _text(row.cells.get("note"))} | {
            key.removeprefix(OWN): _text(value) for key, value in row.cells.items() if key.startswith(OWN)
        }
        said = "; ".join(f"{header}: {text}" for header, text in wrote.items() if text)
        if not said or tx.note(_kept(review)):
            return
        tx.set_note(_kept(review), self.now.isoformat())
        text = f"İnceleme sayfasından kaldırılan {review.id} numaralı satırda yazılanlar: {said}"
        tx.append_history([Entry(self.now, edits.SHEET, "review-remarks", text, review.number)])


def _kept(review: Review) -> str:
    return f"review-remarks/{review.id}"


def _text(value: CellValue) -> str:
    found = normal(value)
    return "" if found is None else str(found)


def _is_begun(row: SheetRow) -> bool:
    """Whether a person typed anything there (not only a warning of ours is left)."""
    return any(edits.told_in(row.cells).values())
