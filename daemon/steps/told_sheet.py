"""``Bildirilecekler``: headmen whom somebody of the office tells in person, with the words ready to say or copy.

A line per request stands until it is ticked, then greyed for a month; the history holds who told what and when. A
newer occasion takes over the line, unticked. A tick taken back opens the duty again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from daemon.domain import decision, edits
from daemon.domain.alarm import alarm_about
from daemon.domain.answers import interim
from daemon.domain.answers.meaning import Meaning, understand
from daemon.domain.cells import is_ticked, normal, same, text_of
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON
from daemon.domain.notice import Occasion
from daemon.domain.office import Office
from daemon.domain.personal import mask_identity_numbers as masked
from daemon.domain.request import Entry, Request, Status
from daemon.domain.sheet import (
    BILDIRILECEKLER,
    OWN,
    Append,
    CellValue,
    CellWrite,
    Removal,
    SheetRow,
    Snapshot,
    Table,
)
from daemon.domain.telling import State, Telling, has_result_elsewhere, phones_of
from daemon.ports.ledger import Transaction, View
from daemon.steps.outcome import owe
from daemon.steps.sheet_sync import Tools

KEEP_TOLD = timedelta(days=30)
"""Ticked lines stay so long for people to see."""
EMPTIED = 3
"""When so many ticks vanish at once, and all of them, the column was emptied: nobody took them back."""
_RECOGNISED = 60
"""Words of an interim answer by which its line is known."""
_TITLE = BILDIRILECEKLER.title
_GOES_ON = (
    "Muhtar, sonuç kendisine bildirilirken sorunun sürdüğünü söylemiş olabilir; öyleyse müdürlük tablosunda "
    "Durum’u İşlemde yapınız."
)


def is_lacking(snapshot: Snapshot) -> bool:
    """Whether the workbook is older than this worksheet, or somebody removed it: it is put on again."""
    table = snapshot.tables.get(_TITLE)
    return table is None or len(table.missing) == len(BILDIRILECEKLER.columns)


def told_sign(view: View) -> list[tuple[int, str]]:
    """Changes with what the worksheet shows."""
    return [(telling.id, telling.state.value) for telling in view.tellings()]


@dataclass(slots=True)
class ToldSheet:
    """One turn of the worksheet: what people ticked is taken in, what must stand there is planned."""

    tools: Tools
    office: Office
    now: datetime
    table: Table
    cells: list[CellWrite] = field(default_factory=list)
    appends: list[Append] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    def turn(self, tx: Transaction) -> bool:
        """Returns whether people did anything here."""
        rows = dict(self._first_rows())
        live = {telling.number: telling for telling in tx.tellings()}
        heard = self._take_ticks(tx, live, rows)
        self._let_go(tx, live)
        for number, telling in live.items():
            self._show(tx, telling, rows.get(number))
        self._remove(tx, live, rows)
        return heard

    def _first_rows(self) -> Iterator[tuple[str, SheetRow]]:
        """By number; a copied row counts for nothing."""
        seen: set[str] = set()
        for row in self.table.rows:
            number = text_of(row.cells.get("number"))
            if number and number not in seen:
                seen.add(number)
                yield number, row

    # --- what people did ------------------------------------------------------------------------------

    def _take_ticks(self, tx: Transaction, live: dict[str, Telling], rows: Mapping[str, SheetRow]) -> bool:
        shown = {n: rows[n] for n, telling in live.items() if n in rows and self._shows(tx, rows[n], telling)}
        told = [n for n in shown if live[n].state is State.TOLD]
        taken_back = [n for n in told if not is_told(shown[n])]
        if len(taken_back) >= EMPTIED and taken_back == told:
            self.cells += [CellWrite(_TITLE, shown[n].position, "told", "Evet") for n in told]
            taken_back = []
        ticked = [n for n in shown if live[n].state is State.WAITING and is_told(shown[n])]
        for number in ticked:
            live[number] = self._tick(tx, live[number], shown[number])
        for number in taken_back:
            live[number] = self._take_back(tx, live[number])
        for number in told:
            if number not in taken_back:
                live[number] = self._hear_more(tx, live[number], shown[number])
        return bool(ticked or taken_back)

    def _tick(self, tx: Transaction, telling: Telling, row: SheetRow) -> Telling:
        settled = replace(
            telling,
            state=State.TOLD,
            settled_at=self.now,
            told_by=text_of(row.cells.get("teller")),
            remark=text_of(row.cells.get("note")),
        )
        tx.settle_telling(settled)
        said = (("Bildiren", settled.told_by), ("Not", settled.remark))
        more = "".join(f" {header}: {text}." for header, text in said if text)
        data: dict[str, object] = {"message": text_of(row.cells.get("message"))}
        text = f"Muhtara bildirildi: {telling.kind} ({telling.way}).{more}"
        tx.append_history([Entry(self.now, edits.SHEET, "told", text, telling.number, data)])
        self._hear_headman(tx, settled)
        return settled

    def _hear_more(self, tx: Transaction, telling: Telling, row: SheetRow) -> Telling:
        """What somebody adds to ``Not`` after the tick: often the headman calls back."""
        remark = text_of(row.cells.get("note"))
        if not remark or remark == telling.remark:
            return telling
        heard = replace(telling, remark=remark)
        tx.settle_telling(heard)
        text = f"Bildirimden sonra Not’a yazılan: {remark}"
        tx.append_history([Entry(self.now, edits.SHEET, "telling-remarks", text, telling.number)])
        self._hear_headman(tx, heard)
        return heard

    def _hear_headman(self, tx: Transaction, telling: Telling) -> None:
        """Who is told by telephone answers there: that the trouble goes on must not stay in a remark."""
        request = tx.request(telling.number)
        if request is not None:
            owe(tx, alarm_about(self.office, request, f"told-{telling.id}", telling.remark), self.now)
        if request is None or request.is_open or not decision.may_reopen(request, self.now):
            return
        if understand(telling.remark, to_headman=True).meaning is Meaning.REOPEN:
            event = f"told-{telling.id}-{request.clock_event}"
            review = decision.ask(request, event, _GOES_ON, self.now, read=telling.remark)
            tx.open_review(review)

    def _take_back(self, tx: Transaction, telling: Telling) -> Telling:
        waiting = replace(telling, state=State.WAITING, settled_at=None)
        tx.settle_telling(waiting)
        text = f"“Bildirildi” işareti kaldırıldı; muhtara bildirilecek: {telling.kind}."
        tx.append_history([Entry(self.now, edits.SHEET, "to-tell", text, telling.number)])
        return waiting

    # --- what must stand there ------------------------------------------------------------------------

    def _let_go(self, tx: Transaction, live: dict[str, Telling]) -> None:
        """What nobody need be told any more, and what was told a month ago."""
        waiting = [n for n, telling in live.items() if telling.state is State.WAITING]
        for request in tx.requests_numbered(waiting):
            number = str(request.number)
            if text := _needs_no_telling(request, live[number].occasion):
                tx.settle_telling(replace(live.pop(number), state=State.OVER, settled_at=self.now))
                tx.append_history([Entry(self.now, DAEMON, "needs-no-telling", text, number)])
        for number, telling in list(live.items()):
            told_at = telling.settled_at
            if telling.state is State.TOLD and told_at is not None and self.now - told_at >= KEEP_TOLD:
                tx.settle_telling(replace(live.pop(number), state=State.OVER))

    def _show(self, tx: Transaction, telling: Telling, row: SheetRow | None) -> None:
        """A line that a person deleted comes back while its headman has not been told."""
        request = tx.request(telling.number)
        if request is None or telling.state is not State.WAITING:
            return
        wanted = self._cells(tx, telling, request)
        if row is None:
            tx.set_note(_written(telling), str(telling.id))
            self.appends.append(Append(_TITLE, wanted))
            return
        if not self._shows(tx, row, telling):
            self._take_over(tx, telling, row)
            tx.set_note(_written(telling), str(telling.id))
            wanted |= {"told": None, "teller": None}
        for key, value in wanted.items():
            shape = BILDIRILECEKLER.column(key).shape
            there = key in row.cells  # some may not leave the house
            if there and not same(normal(row.cells[key], shape), normal(value, shape)):
                self.cells.append(CellWrite(_TITLE, row.position, key, value))

    def _take_over(self, tx: Transaction, telling: Telling, row: SheetRow) -> None:
        """A tick set for what stood in the line until now is kept in the history."""
        key = f"told-before/{telling.id}"
        if is_told(row) and not tx.note(key):
            tx.set_note(key, self.now.isoformat())
            teller = text_of(row.cells.get("teller"))
            text = f"Önceki bildirimin ({text_of(row.cells.get('kind'))}) yapıldığı işaretlenmişti."
            text += f" Bildiren: {teller}." if teller else ""
            tx.append_history([Entry(self.now, edits.SHEET, "told", text, telling.number)])

    def _words(self, tx: Transaction, telling: Telling) -> str:
        """What it passes on: the words of an interim answer stand nowhere in the request itself."""
        if telling.occasion != Occasion.HEADMAN_INTERIM:
            return ""
        return interim.words_told(telling.key, tx.history(telling.number))

    def _shows(self, tx: Transaction, row: SheetRow, telling: Telling) -> bool:
        """Whether the line is about this very occasion and not about an earlier one of the same request."""
        opened = normal(row.cells.get("opened"), BILDIRILECEKLER.column("opened").shape)
        if not (same(row.cells.get("kind"), telling.kind) and same(opened, day_of(telling.opened_at))):
            return False
        if tx.note(_written(telling)) not in {"", str(telling.id)}:  # a second result on one day
            return False
        words = masked(self._words(tx, telling)).split()[:_RECOGNISED]  # a second interim answer on one day
        shown = text_of(row.cells.get("message")).split()
        return "message" not in row.cells or " ".join(words) in " ".join(shown)

    def _cells(self, tx: Transaction, telling: Telling, request: Request) -> dict[str, CellValue]:
        return {
            "number": request.number,
            "opened": day_of(telling.opened_at),
            "neighbourhood": request.neighbourhood,
            "headman": request.headman,
            "phone": phones_of(request, self.office.registry) or "(kayıtlı telefon yok)",
            "way": telling.way,
            "kind": telling.kind,
            "subject": masked(request.subject),
            "message": self.tools.tell(telling.occasion, request, self.now, words=self._words(tx, telling)),
            "tell_by": telling.due(self.office.calendar),
        }

    def _remove(self, tx: Transaction, live: Mapping[str, Telling], rows: Mapping[str, SheetRow]) -> None:
        """Lines of ours that have had their time; what people added there themselves stays."""
        former = [number for number in rows if number not in live]
        for request in tx.requests_numbered(former):
            row = rows[request.number]
            self._keep_remarks(tx, request.number, row)
            self.removals.append(Removal(_TITLE, row.position))

    def _keep_remarks(self, tx: Transaction, number: str, row: SheetRow) -> None:
        wrote = {
            BILDIRILECEKLER.column(key).header: text_of(row.cells.get(key)) for key in ("teller", "note")
        }
        wrote |= {k.removeprefix(OWN): text_of(v) for k, v in row.cells.items() if k.startswith(OWN)}
        said = "; ".join(f"{header}: {text}" for header, text in wrote.items() if text)
        if not said:
            return
        text = f"Bildirilecekler sayfasından kaldırılan satırda yazılanlar: {said}"
        if not any(entry.text == text for entry in tx.history(number)):
            tx.append_history([Entry(self.now, edits.SHEET, "telling-remarks", text, number)])


def _needs_no_telling(request: Request, occasion: str) -> str:
    """Why nobody need tell the headman any more what waits, in Turkish."""
    if request.is_open:
        return ""
    if request.status is Status.CANCELLED and occasion != Occasion.HEADMAN_CLOSURE:
        return "Talep işlemden kaldırıldığından muhtara ayrıca bildirilmeyecek."
    if has_result_elsewhere(request):
        return f"Talebin sonucu {request.channel.value} üzerinden bildirileceğinden muhtara ayrıca bildirilmeyecek."
    return ""


def _written(telling: Telling) -> str:
    """The note that names the duty for which a request's line was written last."""
    return f"telling-line/{telling.number}"


def is_told(row: SheetRow) -> bool:
    """Ticked, or with the day on which he was told."""
    return is_ticked(row.cells.get("told"))
