"""What must stand in the office's own spreadsheet: lines that wait, answers to be entered, figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from daemon.domain import edits
from daemon.domain.cells import is_ticked, normal, same, text_of
from daemon.domain.clock import day_of, istanbul
from daemon.domain.errors import Unprocessable
from daemon.domain.office import Office
from daemon.domain.personal import mask_identity_numbers as masked
from daemon.domain.request import Channel, Entry
from daemon.domain.review import Review
from daemon.domain.sheet import (
    GENEL_BAKIS,
    INCELEME,
    MBS_CEVAPLARI,
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
from daemon.domain.structured.mbs_answer import ASKED_ABOUT, REOPENED, answer_text
from daemon.domain.text import file_name
from daemon.ports.ledger import Transaction
from daemon.steps.sheet_sync import Tools
from daemon.steps.standing import asked_about

OFFICE = "@office"
KEEP_DECIDED = timedelta(days=30)
"""Decided lines stay so long in ``İnceleme`` for people to see."""
SETTLED = "İşlendi: "
_SHOWN = "overview.shown"
"""Note in the ledger on the directorates that ``Genel Bakış`` shows, and those still to be taken out."""


@dataclass(slots=True)
class OfficePlan:
    """What must stand in the office's spreadsheet, and what has to be written for it."""

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

    def table(self, layout: Layout) -> Table:
        table = self.snapshot.tables.get(layout.title)
        if table is None or table.missing:
            missing = table.missing if table else ()
            headers = ", ".join(layout.column(key).header for key in missing)
            what = f"Şu sütun başlıkları bulunamadı: {headers}. Lütfen yeniden yazınız."
            raise Unprocessable(
                f"office sheet {layout.title} lacks {headers or 'all'}",
                reason=f"{layout.title}: {what if headers else 'Sayfa bulunamadı. Lütfen geri koyunuz.'}",
            )
        return table

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
        """Every answer not yet entered; a request that was opened again, or about whose answer a person is asked, has
        none for now. One that the system shows as concluded is ticked."""
        owed, asked = tx.answers_owed(Channel.MBS), asked_about(tx)
        waiting = {request.number for request, _ in owed}
        ticks = {
            text_of(row.cells.get("number")): row.cells.get("entered")
            for row in self.table(MBS_CEVAPLARI).rows
        }
        for request in tx.requests_numbered([number for number in ticks if number]):
            settled = request.channel is Channel.MBS and request.number not in waiting
            if request.is_open:
                yield request.number, {"answer": REOPENED, "closed": None, "entered": None}
            elif settled and not is_ticked(ticks[request.number]):
                yield request.number, {"entered": "Evet"}
        for request, entered in owed:
            is_asked = request.number in asked
            untrue = entered.mark or entered.again or is_asked
            unticked: dict[str, CellValue] = {"entered": None} if untrue else {}
            yield (
                request.number,
                unticked
                | {
                    "number": request.number,
                    "external_number": request.external_number,
                    "neighbourhood": request.neighbourhood,
                    "headman": request.headman,
                    "subject": request.subject,
                    "answer": ASKED_ABOUT if is_asked else answer_text(request, office=self.office),
                    "closed": day_of(request.closed_at) if request.closed_at else None,
                },
            )

    def _show_figures(self, tx: Transaction) -> None:
        """Rows of directorates that are no more (renamed in the mappings) are taken for new ones, or go; rows
        that people added stay."""
        figures = dict(self._figures(tx))
        shown = tx.note(_SHOWN)
        rows = self.table(GENEL_BAKIS).rows
        standing = {text_of(row.cells.get("directorate")) for row in rows}
        former = set(shown.splitlines()) - set(figures)
        still = "\n".join(sorted({*figures, *(former & standing)}))
        stale = [row for row in rows if text_of(row.cells.get("directorate")) in former]
        new = [name for name in figures if name not in standing]
        for row, name in zip(stale, new, strict=False):
            self.write(GENEL_BAKIS, row, figures.pop(name))
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
        standing = {text_of(row.cells.get(layout.identity)): row for row in self.table(layout).rows}
        for key, cells in wanted.items():
            row = standing.get(key)
            if row is not None:
                self.write(layout, row, cells)
            else:
                link = {"link": self.links[key]} if layout is INCELEME and key in self.links else {}
                self.appends.append(Append(layout.title, cells, link))

    def write(self, layout: Layout, row: SheetRow, cells: Mapping[str, CellValue]) -> None:
        """What differs, but for columns that may not leave the house: those are not in the row."""
        for key, value in cells.items():
            if key in row.cells and not same(
                normal(row.cells.get(key), layout.column(key).shape), normal(value, layout.column(key).shape)
            ):
                self.cells.append(CellWrite(layout.title, row.position, key, value))

    def _tell_decided(self, tx: Transaction) -> None:
        """Every line says what became of it; those decided a month ago go, and stay in the ledger."""
        reviews = {str(review.id): review for review in tx.reviews(undecided_only=False)}
        for row in self.table(INCELEME).rows:
            key = text_of(row.cells.get("entry"))
            review = reviews.get(key)
            if review is None:
                continue
            if review.decided_at is not None and self.now - review.decided_at >= KEEP_DECIDED:
                self._keep_remarks(tx, review, row)
                self.removals.append(Removal(INCELEME.title, row.position))
                continue
            said = self.said.get(key) or (SETTLED + review.decision if review.decided_at else "")
            stands = review.decided_at and text_of(row.cells.get("outcome")).startswith(SETTLED)
            if key in self.said or not stands:
                self.write(INCELEME, row, {"outcome": said or None})

    def _keep_remarks(self, tx: Transaction, review: Review, row: SheetRow) -> None:
        """What people wrote beside a line that goes stays in the history."""
        wrote = {INCELEME.column("note").header: text_of(row.cells.get("note"))} | {
            key.removeprefix(OWN): text_of(value) for key, value in row.cells.items() if key.startswith(OWN)
        }
        said = "; ".join(f"{header}: {text}" for header, text in wrote.items() if text)
        if not said or tx.note(_kept(review)):
            return
        tx.set_note(_kept(review), self.now.isoformat())
        text = f"İnceleme sayfasından kaldırılan {review.id} numaralı satırda yazılanlar: {said}"
        tx.append_history([Entry(self.now, edits.SHEET, "review-remarks", text, review.number)])


def _kept(review: Review) -> str:
    return f"review-remarks/{review.id}"
