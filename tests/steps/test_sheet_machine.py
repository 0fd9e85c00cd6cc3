"""Whatever people, replies and crashes do to the sheets, in any order: nothing lost, nothing doubled, then rest."""

import tempfile
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from daemon.domain import edits, marks
from daemon.domain.request import Status
from tests.sheets.contract import Grid
from tests.steps.memory import Crash, MemoryWorkbook
from tests.steps.sheet_office import SheetOffice

CODES = ("fen", "park")
NAMES = {"fen": "Fen İşleri Müdürlüğü", "park": "Park ve Bahçeler Müdürlüğü"}
FREE = ("Kategori", "İrtibat", "Not", "Sonuç")
OURS = ("Konu", "Mahalle", "Talep No", "Kalan İş Günü", "Son İşlem")
STATUSES = ("İşlemde", "Beklemede", "Tamamlandı", "Olumsuz", "kapandi ", "bilmem")
sheet = st.sampled_from(CODES)
pick = st.integers(0, 50)


class Sheets(RuleBasedStateMachine):
    """Two directorates' sheets, a ledger, and everybody who touches them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.open_office()
        self.ids = count(1)
        self.requests = 0
        self.perhaps = 0
        """So many of them may have been taken back before anybody heard of them."""
        self.steered: Counter[str] = Counter()
        """How often somebody changed a request's ``Durum`` or ``Sonuç``, or where it belongs, by number."""
        self.carried = 0
        """Such changes in rows that become requests of their own; their numbers are not known yet."""
        self.extra: set[tuple[str, str]] = set()
        """Sheets in which a person put a row that belongs into another one, with the row's number."""
        self.typed: dict[tuple[str, str], str] = {}
        """The last text that a person typed into a cell that is hers, by number and header."""
        self.own: dict[str, str] = {}
        """What stands in people's own column, by number."""
        self.cut: tuple[str, list[object]] | None = None
        for _ in range(3):
            self.ask("fen")
        self.rest()

    def open_office(self) -> None:
        self.office = SheetOffice(Path(self.folder.name), CODES)
        self.books = {code: MemoryWorkbook(code) for code in CODES}
        self.office.books = dict(self.books)

    def rest(self, **later: float) -> None:
        self.office.rest(**later)

    def teardown(self) -> None:
        self.all_is_well_after_some_quiet_turns()
        self.office.close()
        self.folder.cleanup()

    # --- the ledger's side ----------------------------------------------------------------------------

    @rule(code=sheet)
    def ask(self, code: str) -> None:
        self.office.ask(f"Talep {next(self.ids)}", directorate=code)
        self.requests += 1

    @rule(at=pick, status=st.sampled_from([Status.IN_PROGRESS, Status.WAITING, Status.DONE]))
    def reply(self, at: int, status: Status) -> None:
        number = self.a_number(at)
        self.steered[number] += 1
        self.office.reply(number, status, f"Sonuç {next(self.ids)}" if status.is_closed else "")

    @rule(at=pick, code=sheet)
    def transfer(self, at: int, code: str) -> None:
        number = self.a_number(at)
        self.steered[number] += 1
        self.office.decide(
            number,
            lambda request: edits.take_sevk(
                request, NAMES[code], office=self.office.app.office, now=self.office.now, actor="irtibat"
            ),
        )

    @rule(at=pick)
    def category_from_elsewhere(self, at: int) -> None:
        self.office.change(self.a_number(at), category=f"Kategori {next(self.ids)}")

    def a_number(self, at: int) -> str:
        numbers = self.office.numbers()
        return numbers[at % len(numbers)]

    # --- people's side --------------------------------------------------------------------------------

    def a_row(self, code: str, at: int) -> tuple[int, str] | None:
        """(index, number) of a row whose number stands once."""
        numbers = [line["Talep No"] for line in self.books[code].lines()]
        known = [
            (n, str(x)) for n, x in enumerate(numbers) if numbers.count(x) == 1 and str(x).startswith("MHT")
        ]
        return known[at % len(known)] if known else None

    @rule(code=sheet, at=pick, header=st.sampled_from(FREE), empty=st.booleans())
    def type_in_a_persons_cell(self, code: str, at: int, header: str, empty: bool) -> None:
        if found := self.a_row(code, at):
            text = "" if empty else f"yazı {next(self.ids)}."
            self.books[code].put(found[0], header, text or None)
            self.typed[found[1], header] = text
            self.steered[found[1]] += header == "Sonuç"

    @rule(code=sheet, at=pick, status=st.sampled_from(STATUSES))
    def choose_durum(self, code: str, at: int, status: str) -> None:
        if found := self.a_row(code, at):
            self.steered[found[1]] += 1
            self.books[code].put(found[0], "Durum", status)

    @rule(code=sheet, at=pick, wish=st.sampled_from([*NAMES.values(), "Uzay Müdürlüğü"]))
    def choose_sevk(self, code: str, at: int, wish: str) -> None:
        if found := self.a_row(code, at):
            self.steered[found[1]] += 1
            self.books[code].put(found[0], "Sevk", wish)

    @rule(code=sheet, at=pick, header=st.sampled_from(OURS))
    def overwrite_ours(self, code: str, at: int, header: str) -> None:
        if found := self.a_row(code, at):
            self.books[code].put(found[0], header, f"bizim değil {next(self.ids)}")

    @rule(code=sheet)
    def sort(self, code: str) -> None:
        self.books[code].arrange("Talepler", lambda grid: [grid[0], *reversed(grid[1:])])

    @rule(code=sheet, at=pick)
    def insert_a_blank_row(self, code: str, at: int) -> None:
        def insert(grid: Grid) -> Grid:
            place = 1 + at % len(grid)
            return [*grid[:place], [None] * len(grid[0]), *grid[place:]]

        self.books[code].arrange("Talepler", insert)

    @rule(code=sheet)
    def move_columns(self, code: str) -> None:
        self.books[code].arrange("Talepler", lambda grid: [[*line[4:], *line[:4]] for line in grid])

    @rule(code=sheet, at=pick)
    def note_in_a_column_of_their_own(self, code: str, at: int) -> None:
        if "Ekip" not in self.books[code].grids["Talepler"][0]:
            self.books[code].arrange(
                "Talepler", lambda grid: [[*grid[0], "Ekip"], *([*line, None] for line in grid[1:])]
            )
        if found := self.a_row(code, at):
            self.own[found[1]] = f"ekip {next(self.ids)}"
            self.books[code].put(found[0], "Ekip", self.own[found[1]])

    @rule(code=sheet)
    def add_a_row(self, code: str) -> None:
        told = {"Mahalle": "Atapark", "Konu": f"Satır {next(self.ids)}", "Açıklama": "Gereği.", "Not": "yeni"}
        self.books[code].arrange("Talepler", lambda grid: [*grid, [told.get(header) for header in grid[0]]])
        self.requests += 1

    @rule(code=sheet, at=pick)
    def copy_a_row(self, code: str, at: int) -> None:
        self.rest()
        if found := self.a_row(code, at):
            self.copied(self.books[code].lines()[found[0]])
            self.books[code].arrange("Talepler", lambda grid: [*grid, list(grid[found[0] + 1])])
            self.rest()

    def copied(self, line: dict[str, Any]) -> None:
        """What stands in the row is ours again after the rest: it stays a copy."""

    @precondition(lambda self: self.cut is None)
    @rule(code=sheet, at=pick)
    def delete_a_row(self, code: str, at: int) -> None:
        self.rest()
        if code in self.office.sync.waiting:
            return  # nobody has heard what stands there
        if found := self.a_row(code, at):
            self.cut = (code, self.books[code].grids["Talepler"][found[0] + 1])
            self.own.pop(found[1], None)
            if (
                self.office.request(found[1]).directorate != code
            ):  # a copy: nobody heard what was typed into it
                self.typed = {place: text for place, text in self.typed.items() if place[0] != found[1]}
            self.books[code].arrange(
                "Talepler", lambda grid: [line for n, line in enumerate(grid) if n != found[0] + 1]
            )

    @precondition(lambda self: self.cut is not None)
    @rule(look=st.booleans())
    def forget_or_undo_the_deletion(self, look: bool) -> None:
        assert self.cut is not None
        code, line = self.cut
        width = len(self.books[code].grids["Talepler"][0])
        number = next(str(value) for value in line if str(value).startswith("MHT"))
        standing = [row["Talep No"] for row in self.books[code].lines()]
        if look:
            self.rest()
        elif number not in standing and len(line) == width:
            header = self.books[code].grids["Talepler"][0]
            if str(line[header.index("Talep No")]).startswith("MHT"):
                self.books[code].arrange("Talepler", lambda grid: [*grid, list(line)])
                self.extra.add((code, number))
        self.cut = None

    # --- the daemon's side ----------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 20, 1500]))
    def turn(self, minutes: int) -> None:
        self.office.look(minutes=minutes)

    @rule(code=sheet)
    def a_turn_while_the_file_is_open(self, code: str) -> None:
        self.books[code].fails_before = True
        self.office.look(minutes=1)
        self.books[code].fails_before = False

    @rule(code=sheet)
    def a_turn_that_crashes_after_writing(self, code: str) -> None:
        self.books[code].crashes_after = True
        try:
            self.office.look(minutes=1)
        except Crash:
            self.office.sync = self.office.another_process()
        self.books[code].crashes_after = False

    # --- what must hold -------------------------------------------------------------------------------

    @invariant()
    def no_request_is_doubled(self) -> None:
        assert len(self.office.numbers()) <= self.requests

    @rule()
    def all_is_well_after_some_quiet_turns(self) -> None:
        self.rest(minutes=1)
        assert self.office.sync.waiting == {}
        self.every_request_is_there_once()
        self.every_row_is_in_its_place()
        self.nothing_typed_is_lost()
        self.no_letter_went_twice()
        self.office.quiet()

    def every_request_is_there_once(self) -> None:
        assert self.requests - self.perhaps <= len(self.office.numbers()) <= self.requests

    def every_row_is_in_its_place(self) -> None:
        standing = {code: self.standing(code) for code in CODES}
        for number in self.office.numbers():
            home = self.office.request(number).directorate
            places = [code for code in CODES for found in standing[code] if found == number]
            foreign = [code for code in places if code != home and (code, number) in self.extra]
            assert sorted(places) == sorted([home, *foreign]), (number, home, standing)

    def nothing_typed_is_lost(self) -> None:
        for (number, header), text in self.typed.items():
            assert self.is_kept(number, header, text), (number, header, text)
        for number, text in self.own.items():
            shown = [line.get("Ekip") for line in self.every_line()]
            said = [entry.text for entry in self.office.history(number)]
            assert text in shown or any(text in line for line in said)

    def no_letter_went_twice(self) -> None:
        """One confirmation, one closure for each closing; and nothing that somebody did counts twice."""
        unasked = 0
        for number in self.office.numbers():
            told, kinds = self.office.letters(number), Counter(self.office.kinds(number))
            assert told["headman/confirmation"] <= 1, (number, told)
            assert told["headman/closure"] <= kinds["closed"], (number, told, kinds)
            heard = kinds["closed"] + kinds["reopened"] + kinds["transferred"]
            unasked += max(0, heard - self.steered[number])
            assert unasked <= self.carried, (number, kinds, self.steered[number], self.carried)

    def standing(self, code: str) -> list[object]:
        return [
            line["Talep No"]
            for line in self.books[code].lines()
            if line["Talep No"] and not any(m in str(line["Not"]) for m in (marks.DUPLICATE, marks.ELSEWHERE))
        ]

    def every_line(self) -> list[dict[str, object]]:
        """Also those whose number and words somebody wrote over: what else was typed there stands there still."""
        return [dict(line) for book in self.books.values() for line in book.lines()]

    def is_kept(self, number: str, header: str, text: str) -> bool:
        if not text:
            return True
        shown = [str(line[header]) for line in self.every_line()]
        said = [entry.text for entry in self.office.history(number)]
        return any(text in place for place in [*shown, *said])


TestSheets = Sheets.TestCase
TestSheets.settings = settings(
    max_examples=25,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
