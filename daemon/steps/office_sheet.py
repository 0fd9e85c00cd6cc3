"""The turn of the office's own spreadsheet: ``Yeni Talep``, ``İnceleme``, ``MBS Cevapları``, ``Genel Bakış``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

from daemon.domain import edits
from daemon.domain.cells import is_ticked, normal, same
from daemon.domain.clock import day_of, istanbul
from daemon.domain.decision import Outcome
from daemon.domain.errors import Unprocessable
from daemon.domain.office import Office
from daemon.domain.request import Channel
from daemon.domain.review import Review
from daemon.domain.sheet import (
    GENEL_BAKIS,
    INCELEME,
    MBS_CEVAPLARI,
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
from daemon.ports import RequestFilter, Transaction, View, Workbook
from daemon.steps.outcome import carry_out
from daemon.steps.sheet_sync import Tools

OFFICE = "@office"
KEEP_DECIDED = timedelta(days=30)
"""Decided lines stay so long in ``İnceleme`` for people to see."""


class OfficeCycle:
    """Fulfils :class:`daemon.steps.sheet_sync.Cycle` for ``muhtarlik.xlsx``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def run(self, workbook: Workbook, *, office: Office, now: datetime) -> bool:
        fingerprint = workbook.fingerprint()
        with self._tools.ledger.view() as view:
            state = view.sheet_state(OFFICE)
            sign = _sign(view, office, now)
        if fingerprint and state.get("fingerprint") == fingerprint and state.get("sign") == sign:
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
        turn = _Turn(self._tools, office, now, snapshot)
        with self._tools.ledger.transaction() as tx:
            turn.take_in(tx)
            turn.want(tx)
            sign = _sign(tx, office, now)
        if turn.changes:
            workbook.write(turn.changes, snapshot)
        with self._tools.ledger.transaction() as tx:
            turn.forget_claims(tx)
            tx.save_sheet_state(OFFICE, {"fingerprint": "" if turn.changes else fingerprint, "sign": sign})
        return bool(turn.changes) or turn.heard


def _sign(view: View, office: Office, now: datetime) -> str:
    """Changes when anything that this workbook shows may have changed."""
    shown = (
        view.revision(),
        [(r.id, r.decided_at) for r in view.reviews()],
        day_of(now),
        len(office.registry.directorates),
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

    @property
    def changes(self) -> Changes:
        return Changes(tuple(self.cells), tuple(self.appends), tuple(self.removals))

    def take_in(self, tx: Transaction) -> None:
        for layout in (GENEL_BAKIS, YENI_TALEP, INCELEME, MBS_CEVAPLARI):
            self._table(layout)
        self._take_new_rows(tx)
        self._take_decisions(tx)
        self._take_ticks(tx)

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
        carry_out(tx, outcome, word=self.tools.word, now=self.now)
        self.heard = True

    # --- Yeni Talep -----------------------------------------------------------------------------------

    def _take_new_rows(self, tx: Transaction) -> None:
        """A row that says enough becomes a request; the claim keeps a crash from entering it twice."""
        for row in self._table(YENI_TALEP).rows:
            if normal(row.cells.get("number")) is not None:
                continue
            lacks = edits.missing_in(row.cells, office=self.office)
            if lacks:
                self._write(YENI_TALEP, row, {"warning": lacks})
                continue
            number = self._enter(tx, row)
            self._write(YENI_TALEP, row, {"number": number, "warning": None})

    def _enter(self, tx: Transaction, row: SheetRow) -> str:
        told = "\x1f".join(str(row.cells.get(c.key) or "") for c in YENI_TALEP.columns if c.owner == "people")
        claim = f"claim:{row.position}:{sha256(told.encode()).hexdigest()[:24]}"
        number = tx.sheet_state(OFFICE).get(claim, "")
        if number:
            return number
        fresh = tx.next_number(day_of(self.now).year)
        self._carry_out(tx, edits.enter_row(row.cells, fresh, office=self.office, now=self.now))
        tx.save_sheet_state(OFFICE, {claim: fresh})
        return fresh

    # --- İnceleme -------------------------------------------------------------------------------------

    def _take_decisions(self, tx: Transaction) -> None:
        open_reviews = {str(review.id): review for review in tx.reviews()}
        for row in self._table(INCELEME).rows:
            review = open_reviews.get(_text(row.cells.get("entry")))
            if review is None:
                continue
            request = tx.request(review.number) if review.number else None
            year = day_of(self.now).year
            ruling = edits.rule_on(
                review, row.cells, request, partial(tx.next_number, year), office=self.office, now=self.now
            )
            if ruling is None:
                continue
            if ruling.final:
                self._carry_out(tx, ruling.outcome)
                tx.decide_review(review.key, _text(row.cells.get("decision")), self.now)
            self._write(
                INCELEME, row, {"outcome": f"İşlendi: {ruling.said}" if ruling.final else ruling.said}
            )

    def _take_ticks(self, tx: Transaction) -> None:
        for row in self._table(MBS_CEVAPLARI).rows:
            number = _text(row.cells.get("number"))
            if number and is_ticked(row.cells.get("entered")) and not tx.note(_ticked(number)):
                tx.set_note(_ticked(number), self.now.isoformat())
                self.heard = True

    # --- what must stand there ------------------------------------------------------------------------

    def want(self, tx: Transaction) -> None:
        self._settle_reviews(tx)
        self._show(INCELEME, dict(self._review_rows(tx)))
        self._show(MBS_CEVAPLARI, dict(self._mbs_rows(tx)))
        self._show(GENEL_BAKIS, dict(self._figures(tx)))
        self._clear_decided(tx)

    def _settle_reviews(self, tx: Transaction) -> None:
        """A question about the directorate is answered as soon as the request has one."""
        for review in tx.reviews():
            if not review.key.endswith("/route"):
                continue
            request = tx.request(review.number)
            if request is not None and (request.directorate or not request.is_open):
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
            "subject": review.subject,
            "read": review.read,
            "reason": review.reason,
            "guess": review.guess,
            "confidence": round(review.confidence, 2) if review.confidence else None,
            "link": review.link.rpartition("/")[2].partition("-")[2] if review.link else "",
        }

    def _mbs_rows(self, tx: Transaction) -> Iterator[tuple[str, dict[str, CellValue]]]:
        for request in tx.requests(RequestFilter(open=False, channel=Channel.MBS.value, archived=False)):
            if tx.note(_ticked(request.number)):
                continue
            yield (
                request.number,
                {
                    "number": request.number,
                    "external_number": request.external_number,
                    "neighbourhood": request.neighbourhood,
                    "headman": request.headman,
                    "subject": request.subject,
                    "answer": request.result,
                    "closed": day_of(request.closed_at) if request.closed_at else None,
                },
            )

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
        for key, value in cells.items():
            if not same(
                normal(row.cells.get(key), layout.column(key).shape), normal(value, layout.column(key).shape)
            ):
                self.cells.append(CellWrite(layout.title, row.position, key, value))

    def _clear_decided(self, tx: Transaction) -> None:
        """Lines decided a month ago go; what was decided stays in the ledger."""
        decided = {
            str(review.id): review
            for review in tx.reviews(undecided_only=False)
            if review.decided_at is not None and self.now - review.decided_at >= KEEP_DECIDED
        }
        for row in self._table(INCELEME).rows:
            key = _text(row.cells.get("entry"))
            if key in decided:
                self.removals.append(Removal(INCELEME.title, row.position))

    # --- remembering ----------------------------------------------------------------------------------

    def forget_claims(self, tx: Transaction) -> None:
        claims = {key: "" for key in tx.sheet_state(OFFICE) if key.startswith("claim:")}
        if claims:
            tx.save_sheet_state(OFFICE, claims)


def _ticked(number: str) -> str:
    return f"mbs-entered/{number}"


def _text(value: CellValue) -> str:
    found = normal(value)
    return "" if found is None else str(found)
