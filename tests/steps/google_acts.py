"""Every kind of thing that people do in a spreadsheet, with an account of what they are owed for it.

They act at any moment, also between two calls of one turn: nothing here looks into the ledger.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from daemon.domain import marks
from daemon.domain.request import Status
from tests.sheets.contract import Grid
from tests.steps.google_book import PEOPLES, TAB, GoogleBook, Line
from tests.steps.test_sheet_machine import CODES, FREE, NAMES, STATUSES, Sheets

MOST_MISSING = 2
"""More rows that vanish at once stop a sheet: that is not what is tried here."""
_STEERING = ("Durum", "Sonuç", "Sevk")


def _other(code: str) -> str:
    return next(each for each in CODES if each != code)


def _number(line: Line) -> str:
    number = str(line.get("Talep No") or "")
    return number if number.startswith("MHT") else ""


class Acts(Sheets):
    """People in Google's spreadsheets. What undoing takes from them, they took themselves."""

    books: dict[str, GoogleBook]  # type: ignore[assignment]

    def begin_acting(self) -> None:
        self.former: dict[str, Grid] = {}
        """The worksheet before the last act in it."""
        self.last_typed: dict[str, tuple[str, str, Any]] = {}
        self.cut_rows: dict[str, Line] = {}
        """Rows cut out of a sheet, by its code, and pasted nowhere yet."""
        self.left_rows: dict[str, str] = {}
        """Numbers pasted elsewhere that still stand in their own sheet, by its code."""
        self.deleted: dict[str, Line] = {}
        self.homes: dict[str, str] = {}
        """Where the requests belong; during a turn, where they did when it began."""

    def act(self, code: str, name: str, at: int) -> None:
        """One act; what it changes in people's own cells is taken down."""
        before = self.books[code].lines()
        grid = self.books[code].grid()
        ACTS[name](self, code, at)
        if name not in {"undo_all", "undo_cell"}:
            self.former[code] = grid
        if name not in {"type", "choose", "sevk"}:
            self.take_down(before, self.books[code].lines())

    def take_down(self, before: list[Line], after: list[Line]) -> None:
        """People's cells that are no longer what they were are what people want them to be."""
        was, now = self.by_number(before), self.by_number(after)
        standing = {_number(line) for line in after}
        for number in was.keys() - (standing - now.keys()):
            old, new = was[number], now.get(number, {})
            if new:
                self.steered[number] += sum(old.get(h) != new.get(h) for h in _STEERING)
            for header in FREE:
                text, shown = self.typed.get((number, header)), str(new.get(header) or "")
                if text and text in str(old.get(header) or "") and text not in shown:
                    self.typed[number, header] = shown if new else ""
            if self.own.get(number) == old.get("Ekip") != new.get("Ekip"):
                self.own.pop(number, None)
        self.take_down_of_copies(was, now, after)

    def take_down_of_copies(self, was: dict[str, Line], now: dict[str, Line], after: list[Line]) -> None:
        """Where a row has become several, what stands in none of them is gone by the same act."""
        for number in was.keys() - now.keys():
            rows = [line for line in after if _number(line) == number]
            if rows and self.own.get(number) == was[number].get("Ekip") not in [x.get("Ekip") for x in rows]:
                self.own.pop(number, None)
            for header in FREE:
                text, shown = self.typed.get((number, header)), [str(x.get(header) or "") for x in rows]
                if rows and text and text in str(was[number].get(header) or "") and text not in str(shown):
                    self.typed[number, header] = ""

    @staticmethod
    def by_number(lines: list[Line]) -> dict[str, Line]:
        """Rows whose number stands once."""
        count = Counter(_number(line) for line in lines)
        return {_number(line): line for line in lines if _number(line) and count[_number(line)] == 1}

    def may_lose(self, code: str, but: Grid | None = None) -> bool:
        """Whether another row may go without alarming the daemon."""
        lines = self.books[code].lines()
        if but is not None:
            lines = [{"Talep No": value} for line in but for value in line]
        standing = {_number(line) for line in lines}
        missing = [n for n, home in self.homes.items() if home == code and n not in standing]
        return len(missing) + (but is None) <= MOST_MISSING

    # --- acts -----------------------------------------------------------------------------------------

    def sort_by_column(self, code: str, at: int) -> None:
        headers = self.books[code].headers()
        self.books[code].sort_by(headers[at % len(headers)], ("ASCENDING", "DESCENDING")[at % 2])

    def insert(self, code: str, at: int) -> None:
        self.books[code].insert_rows(at % (len(self.books[code].lines()) + 1), 1 + at % 2)

    def type(self, code: str, at: int) -> None:
        header = FREE[at % len(FREE)]
        if found := self.a_row(code, at):
            self.last_typed[code] = (found[1], header, self.books[code].lines()[found[0]][header])
        self.type_in_a_persons_cell(code, at, header, False)

    def choose(self, code: str, at: int) -> None:
        self.choose_durum(code, at, STATUSES[at % len(STATUSES)])

    def sevk(self, code: str, at: int) -> None:
        self.choose_sevk(code, at, NAMES[_other(code)])

    def delete(self, code: str, at: int) -> None:
        if (found := self.a_row(code, at)) and self.may_lose(code):
            self.deleted[code] = self.books[code].lines()[found[0]]
            self.forget(found[1])
            self.books[code].remove_row(found[0])

    def forget(self, number: str) -> None:
        """Who deletes a row deletes what was typed there."""
        self.own.pop(number, None)
        for place in [key for key in self.typed if key[0] == number]:
            del self.typed[place]

    def bring_back(self, code: str, at: int) -> None:
        """Undo a deletion, though the row may have been put back meanwhile."""
        if line := self.deleted.pop(code, None):
            self.put_below(code, line)

    def put_below(self, code: str, line: Line) -> None:
        number = _number(line)
        self.extra.add((code, number))
        self.steered[number] += 1
        self.expect(self.becomes_its_own([line]))
        self.books[code].put_below(line)

    @staticmethod
    def becomes_its_own(lines: list[Line]) -> list[Line]:
        """A pattern that says something else is a request of its own."""
        return [line for line in lines if "bizim değil" in str(line)]

    def expect(self, new: list[Line]) -> None:
        """Each of the rows may become a request, with the wishes that already stand in it."""
        self.requests, self.perhaps = self.requests + len(new), self.perhaps + len(new)
        wishes = (line.get(header) for line in new for header in _STEERING)
        self.carried += sum(wish not in {None, "", Status.REFERRED.value} for wish in wishes)

    def move_row(self, code: str, at: int) -> None:
        if height := len(self.books[code].lines()):
            self.books[code].move_row(at % height, at * 7 % height)

    def copy(self, code: str, at: int, count: int = 1) -> None:
        """One row, or a block of them."""
        lines = self.books[code].lines()
        if found := self.a_row(code, at):
            block = lines[found[0] : found[0] + count]
            self.expect(
                [x for x in block if not _number(x) and any(x.values())] + self.becomes_its_own(block)
            )
            self.books[code].copy_rows(found[0], len(block))

    def copied(self, line: Line) -> None:
        """A sheet whose header somebody has renamed keeps what people wrote over our cells."""
        self.expect(self.becomes_its_own([line]))

    def copy_block(self, code: str, at: int) -> None:
        self.copy(code, at, 3)

    def paste_over(self, code: str, at: int) -> None:
        lines, header = self.books[code].lines(), PEOPLES[at % len(PEOPLES)]
        source, target = self.a_row(code, at), self.a_row(code, at * 3 + 1)
        if source and target and source != target and marks.DUPLICATE not in str(lines[source[0]]["Not"]):
            self.books[code].paste_over(source[0], target[0], header)

    def rename_header(self, code: str, at: int) -> None:
        self.books[code].rename_header("Durum", ("Durumu", "Aşama", "Durum")[at % 3])

    def rename_tab(self, code: str, at: int) -> None:
        self.books[code].rename_tab((f"{TAB} 2026", TAB, TAB.upper())[at % 3])

    def rename_book(self, code: str, at: int) -> None:
        self.books[code].rename(f"Tablo {at}")

    def cut(self, code: str, at: int) -> None:
        """A row goes to another directorate's spreadsheet: at once, or with a pause before either half."""
        if code in self.cut_rows or code in self.left_rows:
            self.finish_cutting(code)
        elif (found := self.a_row(code, at)) and self.may_lose(code):
            line = self.books[code].lines()[found[0]]
            self.own.pop(found[1], None)
            if at % 3 != 2:
                self.put_below(_other(code), line)
            if at % 3 == 1:
                self.left_rows[code] = found[1]
                return
            self.books[code].remove_row(found[0])
            if at % 3 == 2:
                self.cut_rows[code] = line

    def finish_cutting(self, code: str) -> None:
        if line := self.cut_rows.pop(code, None):
            self.put_below(_other(code), line)
        if number := self.left_rows.pop(code, ""):
            numbers = [_number(line) for line in self.books[code].lines()]
            if numbers.count(number) == 1 and self.may_lose(code):
                self.steered[number] += 1
                self.own.pop(number, None)
                self.books[code].remove_row(numbers.index(number))

    def undo_cell(self, code: str, at: int) -> None:
        """The cell typed last is what it was."""
        number, header, value = self.last_typed.pop(code, ("", "", None))
        numbers = [_number(line) for line in self.books[code].lines()]
        if numbers.count(number) == 1 and number:
            self.books[code].put(numbers.index(number), header, value)

    def undo_all(self, code: str, at: int) -> None:
        """The worksheet is what it was before the last act, whatever the daemon wrote since."""
        former = self.former.pop(code, None)
        if former is None or not self.may_lose(code, former):
            return
        lines, numbers = self.books[code].lines(), Counter(_number(line) for line in self.books[code].lines())
        self.books[code].put_back(former)
        again = self.books[code].lines()
        self.extra |= {(code, _number(line)) for line in again if _number(line)}
        for number in {_number(line) for line in again} - numbers.keys():
            self.steered[number] += 1
        gone, new = _unnumbered(lines) - _unnumbered(again), _unnumbered(again) - _unnumbered(lines)
        self.perhaps += gone.total() + new.total()
        self.requests += new.total()
        self.expect(self.becomes_its_own(again))


def _unnumbered(lines: list[Line]) -> Counter[str]:
    return Counter(
        f"{line.get('Mahalle')}/{line.get('Konu')}"
        for line in lines
        if not _number(line) and any(line.values())
    )


ACTS: dict[str, Callable[[Acts, str, int], None]] = {
    "reverse": lambda acts, code, at: acts.sort(code),
    "sort": Acts.sort_by_column,
    "insert": Acts.insert,
    "type": Acts.type,
    "choose": Acts.choose,
    "sevk": Acts.sevk,
    "delete": Acts.delete,
    "bring_back": Acts.bring_back,
    "move_row": Acts.move_row,
    "move_columns": lambda acts, code, at: acts.move_columns(code),
    "add": lambda acts, code, at: acts.add_a_row(code),
    "copy": Acts.copy,
    "copy_block": Acts.copy_block,
    "paste_over": Acts.paste_over,
    "rename_header": Acts.rename_header,
    "rename_tab": Acts.rename_tab,
    "rename_book": Acts.rename_book,
    "cut": Acts.cut,
    "undo_cell": Acts.undo_cell,
    "undo_all": Acts.undo_all,
}
