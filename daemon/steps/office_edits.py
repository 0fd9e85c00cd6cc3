"""What people did in the office's own spreadsheet becomes decisions: rows entered, lines ruled on, answers ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from daemon.domain import decision, edits, new_rows, ruling
from daemon.domain.alarm import alarm_beside
from daemon.domain.answers import asked_back
from daemon.domain.cells import is_ticked, same, text_of
from daemon.domain.clock import day_of
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.request import Entry, Request
from daemon.domain.review import Origin, Review, review_files
from daemon.domain.several import SEVERAL
from daemon.domain.sheet import (
    BILDIRILECEKLER,
    DECISION_DONE,
    INCELEME,
    MBS_CEVAPLARI,
    OFFICE_SHEETS,
    YENI_TALEP,
    SheetRow,
)
from daemon.domain.structured.mbs_answer import (
    ASKED_ABOUT,
    REOPENED,
    Entered,
    answer_text,
    note_key,
    taken_back,
    ticked,
    without_tick,
)
from daemon.domain.text import one_line
from daemon.ports.ledger import Transaction
from daemon.steps.duplicates import LIKE
from daemon.steps.office_plan import OFFICE, SETTLED, OfficePlan
from daemon.steps.other_address import with_living_address
from daemon.steps.outcome import carry_out, owe
from daemon.steps.rows import Promises
from daemon.steps.standing import origin_of_record
from daemon.steps.taken_back import lines_taken_back
from daemon.steps.told_sheet import EMPTIED, ToldSheet
from daemon.steps.unready import keep_unready

_ASK = "yeni bir talepse Talep No hücresini boşaltınız."
_TWICE = f"Bu talep numarası başka bir satırda da var; {_ASK}"
_UNLIKE = f"kayıttakinden farklı; kayıt buradan değişmez, gerekirse müdürlük tablosunda Not’a yazınız; {_ASK}"
_UNKNOWN = f"Bu talep numarası kayıtlarda yok; {_ASK}"


@dataclass(slots=True)
class OfficeTurn(OfficePlan):
    """One turn: what people did is taken in, what must stand there is wanted, the difference is written."""

    def take_in(self, tx: Transaction) -> None:
        for layout in OFFICE_SHEETS:
            self.table(layout)
        self._take_new_rows(tx)
        self._take_decisions(tx)
        self._take_ticks(tx)
        self._take_told(tx)

    def _take_told(self, tx: Transaction) -> None:
        sheet = ToldSheet(self.tools, self.office, self.now, self.table(BILDIRILECEKLER))
        self.heard |= sheet.turn(tx)
        self.cells += sheet.cells
        self.appends += sheet.appends
        self.removals += sheet.removals

    def _carry_out(self, tx: Transaction, outcome: Outcome) -> None:
        carry_out(tx, with_living_address(outcome, tx, self.office.registry), now=self.now)
        self.heard = True

    # --- Yeni Talep -----------------------------------------------------------------------------------

    def _take_new_rows(self, tx: Transaction) -> None:
        """A row that says enough becomes a request; the promise keeps a crash or a sort from entering it twice."""
        rows = self.table(YENI_TALEP).rows
        numbered = [(number, row) for row in rows if (number := text_of(row.cells.get("number")))]
        fresh = [
            (row, new_rows.missing_in(row.cells, office=self.office))
            for row in rows
            if not text_of(row.cells.get("number"))
        ]
        self._warn_of_numbers(tx, numbered)
        for row, lacks in fresh:
            self.write(YENI_TALEP, row, {"warning": (lacks if _is_begun(row) else "") or None})
        self._keep_unready(tx, [(row, lacks) for row, lacks in fresh if lacks])
        self._enter(tx, [row for row, lacks in fresh if not lacks], {number for number, _ in numbered})

    def _keep_unready(self, tx: Transaction, rows: list[tuple[SheetRow, str]]) -> None:
        if notices := keep_unready(tx, rows, office=self.office, now=self.now):
            self._carry_out(tx, Outcome(notices=tuple(notices)))

    def _enter(self, tx: Transaction, rows: list[SheetRow], standing: set[str]) -> None:
        kept = tx.sheet_state(OFFICE).get("promises", "")
        promises, claimed = Promises(kept, self.now, standing), set[str]()
        for row, number in zip(rows, promises.recognise(rows), strict=True):
            if number:
                self._hear_again(tx, number, promises.told(number), row)
            else:
                number = tx.next_number(day_of(self.now).year)
                self._carry_out(tx, new_rows.enter_row(row.cells, number, office=self.office, now=self.now))
            promises.promise(number, row)
            claimed.add(number)
            self.write(YENI_TALEP, row, {"number": number})
        if rows:
            tx.save_sheet_state(OFFICE, {"promises": promises.text()})
        self.promises = Promises(kept, self.now, standing).missing(claimed)

    def _hear_again(self, tx: Transaction, number: str, before: Mapping[str, str], row: SheetRow) -> None:
        request = tx.request(number)
        outcome = (
            new_rows.amend(request, before, new_rows.told_in(row.cells), self.now) if request else NOTHING
        )
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
            if (request := known.get(number)) is not None and number not in seen:
                known[number] = self._described(tx, request, row)
            warning = _TWICE if number in seen else self._warning(row, known.get(number))
            seen.add(number)
            self.write(YENI_TALEP, row, {"warning": warning})

    def _described(self, tx: Transaction, request: Request, row: SheetRow) -> Request:
        """A request that was entered by its subject alone takes the description that is typed after it."""
        told = new_rows.told_in(row.cells)
        if (
            not request.is_open
            or request.description != request.subject
            or told["subject"] != request.subject
        ):
            return request
        before = {**told, "description": request.description}
        outcome = new_rows.amend(request, before, told, self.now)
        if not outcome.changed:
            return request
        self._carry_out(tx, outcome)
        return outcome.changed[-1]

    def _warning(self, row: SheetRow, request: Request | None) -> str | None:
        if request is None:
            return _UNKNOWN
        other = ", ".join(new_rows.unlike_entry(row.cells, request, office=self.office))
        if other:
            return f"{other} {_UNLIKE}"
        said = (
            new_rows.taken_for(row.cells, request, office=self.office),
            new_rows.unregistered(row.cells, request, office=self.office) or _remarked(request),
        )
        return " ".join(filter(None, said)) or None

    # --- İnceleme -------------------------------------------------------------------------------------

    def _take_decisions(self, tx: Transaction) -> None:
        for review in lines_taken_back(tx, self.table(INCELEME).rows, self.now):
            self._reopen(tx, review)
        waiting = {str(review.id): review for review in tx.reviews()}
        for row in self.table(INCELEME).rows:
            key = text_of(row.cells.get("entry"))
            if key not in waiting:
                continue
            self._hear_remark(tx, waiting[key], row)
            said = self._rule_on(tx, waiting[key], row)
            if said.startswith(SETTLED):
                del waiting[key]  # a copied row decides nothing twice
            if said:
                self.said[key] = said
        self._take_late_answers(tx)

    def _rule_on(self, tx: Transaction, review: Review, row: SheetRow) -> str:
        """Carry out what was decided in a row; what is to be said about it."""
        ruled = ruling.rule_on(self._case(tx, review, row), office=self.office, now=self.now)
        if ruled is None or not ruled.final:
            return ruled.said if ruled else ""
        self._carry_out(tx, ruled.outcome)
        touched = [*ruled.outcome.added, *ruled.outcome.changed]
        self._record(tx, row, ruled.said, touched[-1].number if touched else review.number)
        tx.decide_review(review.key, text_of(row.cells.get("decision")), self.now)
        return SETTLED + ruled.said + ruled.hint

    def _reopen(self, tx: Transaction, review: Review) -> None:
        tx.reopen_review(review.key)
        text = f"İnceleme kararı geri alındı: {review.decision}."
        tx.append_history([Entry(self.now, edits.SHEET, "decision-withdrawn", text, review.number)])
        request = tx.request(review.number) if review.number else None
        self._carry_out(
            tx, ruling.take_back(request, office=self.office, now=self.now) if request else NOTHING
        )

    def _hear_remark(self, tx: Transaction, review: Review, row: SheetRow) -> None:
        """Danger written beside a line does not wait for the decision on it."""
        remark = text_of(row.cells.get("note"))
        about = tx.request(review.number) if remark and review.number else None
        self.heard |= owe(tx, alarm_beside(self.office, review, about, remark), self.now) > 0

    def _case(self, tx: Transaction, review: Review, row: SheetRow) -> ruling.Case:
        return ruling.Case(
            review,
            row.cells,
            request=tx.request(review.number) if review.number else None,
            next_number=partial(tx.next_number, day_of(self.now).year),
            origin=partial(self._origin, tx, review, row),
            history=partial(tx.history, review.number),
        )

    def _take_late_answers(self, tx: Transaction) -> None:
        """Who chose first, saved and wrote the answer to a liaison's question then, has answered it all the same."""
        rows = [row for row in self.table(INCELEME).rows if text_of(row.cells.get("outcome")) in _UNANSWERED]
        late = {text_of(row.cells.get("entry")): row for row in rows if text_of(row.cells.get("note"))}
        for review in tx.reviews(undecided_only=False) if late else ():
            row = late.get(str(review.id))
            if row is None or not asked_back.is_question(review):
                continue
            if said := tx.note(_late(review)) or self._answer_late(tx, review, row):
                self.said[str(review.id)] = SETTLED + said

    def _answer_late(self, tx: Transaction, review: Review, row: SheetRow) -> str:
        case = self._case(tx, review, row)
        if case.request is None or asked_back.is_answered(review, case.history()):
            return ""
        ruled = ruling.rule_answer(case, case.request, office=self.office, now=self.now)
        self._carry_out(tx, ruled.outcome)
        self._record(tx, row, ruled.said, review.number)
        tx.set_note(_late(review), ruled.said)
        return ruled.said

    def _record(self, tx: Transaction, row: SheetRow, said: str, number: str) -> None:
        """The decision goes to the history, and what the person remarked on it to whoever does the work."""
        choice, remark = text_of(row.cells.get("decision")), text_of(row.cells.get("note"))
        text = f"İnceleme kararı: {choice}. {said}."
        tx.append_history([Entry(self.now, edits.SHEET, "decided", text, number)])
        request = tx.request(number) if remark and number else None
        if request is not None and not _stands_in(remark, request.note):
            self._carry_out(tx, decision.note(request, remark, self.now, actor=edits.SHEET))

    def _origin(self, tx: Transaction, review: Review, row: SheetRow) -> Origin:
        stored = tx.arrival(review.arrival_id) if review.arrival_id else None
        known = self.tools.origin(stored, review.opened_at) if stored else Origin(review.opened_at)
        if files := tx.note(review_files(review.key)):
            return replace(known, files=tuple(dict.fromkeys(files.splitlines())))
        known = origin_of_record(tx, review, known, remark=text_of(row.cells.get("note")))
        return known if known.files or not review.link else replace(known, files=(review.link,))

    def _take_ticks(self, tx: Transaction) -> None:
        """A tick stands for the answer beside it: one given later must be entered too."""
        bare: list[Request] = []
        standing = 0
        for row in self.table(MBS_CEVAPLARI).rows:
            number = text_of(row.cells.get("number"))
            request = tx.request(number) if number else None
            if request is None or "entered" not in row.cells:
                continue
            entered = Entered.read(tx.note(note_key(number)))
            stands = request.closed_at is not None and entered.stands_for(request.status, request.result)
            standing += stands and entered.by_hand
            if not is_ticked(row.cells["entered"]):
                if entered.again:
                    tx.set_note(note_key(number), without_tick(entered).text())
                elif stands and entered.by_hand:
                    bare.append(request)
            elif not stands and request.closed_at and self._is_beside_it(row, request, entered):
                tx.set_note(note_key(number), ticked(request, self.now).text())
                self._remember(tx, number, "Cevabın Muhtar Bilgi Sistemine girildiği işaretlendi.")
        if not EMPTIED <= len(bare) == standing:
            self._take_back(tx, bare)

    def _is_beside_it(self, row: SheetRow, request: Request, entered: Entered) -> bool:
        """Whether the tick was set for the answer as it is now."""
        if entered.again:
            return False
        shown = row.cells.get("answer")
        right = same(shown, answer_text(request, office=self.office))
        stands_in = any(same(shown, text) for text in (REOPENED, ASKED_ABOUT))
        return right or (not entered.mark and not stands_in)

    def _take_back(self, tx: Transaction, bare: Sequence[Request]) -> None:
        for request in bare:
            tx.set_note(note_key(request.number), taken_back(self.now).text())
            self._remember(
                tx, request.number, "“Girildi” işareti kaldırıldı; cevabın girilmesi yeniden bekleniyor."
            )

    def _remember(self, tx: Transaction, number: str, text: str) -> None:
        tx.append_history([Entry(self.now, edits.SHEET, "mbs-entered", text, number)])
        self.heard = True


_UNANSWERED = frozenset({SETTLED + asked_back.UNANSWERED, SETTLED + DECISION_DONE})
"""What a decided line says to which the answer may still be written; the shorter one where a crash came between."""


def _late(review: Review) -> str:
    """Names the ledger's note on what became of an answer that was written after the decision."""
    return f"late-answer/{review.id}"


def _stands_in(remark: str, note: str) -> bool:
    """Whether it was noted already: by a decision that was taken back."""
    return any(line.partition(": ")[2] == one_line(remark, 500) for line in note.split("\n"))


def _is_begun(row: SheetRow) -> bool:
    """Whether a person typed anything there (not only a warning of ours is left)."""
    return any(new_rows.told_in(row.cells).values())


def _remarked(request: Request) -> str:
    """What the open request's ``Not`` says of others like it, or of several matters in one row: whoever typed it sees
    it where he typed."""
    told = (line.partition(": ")[2] for line in request.note.split("\n") if LIKE in line or SEVERAL in line)
    return " ".join(told) if request.is_open else ""
