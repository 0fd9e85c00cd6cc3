"""An office whose people work in real workbooks, with a real ledger and a clock; no mail servers."""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from daemon.app import App
from daemon.domain import decision, entering
from daemon.domain.clock import day_of, istanbul
from daemon.domain.decision import Outcome
from daemon.domain.entering import Submission
from daemon.domain.request import Channel, Entry, Request, Status
from daemon.domain.review import Review
from daemon.domain.routing.values import Route
from daemon.domain.sheet import DIRECTORATE_SHEETS, OFFICE_SHEETS
from daemon.ledger.ledger import MEMORY, open_ledger
from daemon.mappings import MappingsFile, OfficeFacts
from daemon.ports.records import RequestFilter
from daemon.ports.spreadsheets import Workbook
from daemon.resources import shipped
from daemon.settings import load_settings
from daemon.sheets import OFFICE_CODE
from daemon.steps.outcome import carry_out
from daemon.steps.sheet_sync import SheetSync
from daemon.wording import Templates
from tests.outbox import worded
from tests.sheets.people import ExcelUser, Grid

_SETTINGS = """\
[office]
name = "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü"
address = "muhtarlik@ornek.bel.tr"
manager = "muhtarlik.mudur@ornek.bel.tr"
mappings = "mappings.yaml"
[ledger]
path = "ledger.db"
[imap]
host = "127.0.0.1"
security = "none"
user = "muhtarlik@ornek.bel.tr"
password_file = "password"
[smtp]
host = "127.0.0.1"
security = "none"
user = "muhtarlik@ornek.bel.tr"
password_file = "password"
[trust]
require = "none"
[sheets.workbook]
folder = "tablolar"
"""
ALL_SHEETS = (*DIRECTORATE_SHEETS, *OFFICE_SHEETS)
START = istanbul(date(2026, 10, 12), 9, 30)
"""A Monday; fifteen business days later is 3 November."""
CODES = (OFFICE_CODE, "fen", "park")


@cache
def _shipped() -> tuple[MappingsFile, Templates]:
    """The shipped mappings and templates, read once for all offices (they take seconds)."""
    facts = OfficeFacts(
        "Örnek Belediyesi Muhtarlık İşleri Müdürlüğü",
        "muhtarlik@ornek.bel.tr",
        "muhtarlik.mudur@ornek.bel.tr",
    )
    return MappingsFile(shipped("mappings.yaml"), facts), Templates([shipped("templates")])


class SheetOffice:
    """The office's own workbook and two directorates'; letters are owed in the ledger and never sent."""

    def __init__(self, folder: Path, codes: Sequence[str] = CODES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped("mappings.yaml"), folder / "mappings.yaml")
        (folder / "password").write_text("gizli\n")
        (folder / "password").chmod(0o600)
        (folder / "muhtarlik.toml").write_text(_SETTINGS)
        self.now = START
        self.app = App(load_settings(folder / "muhtarlik.toml"), lambda: self.now)
        self.app._mappings_file, self.app._templates = _shipped()
        self.app._key = b"k" * 32
        self.app.ledger = self.ledger = open_ledger(MEMORY)
        self.folder = folder / "tablolar"
        self.places = [p for p in self.app.office.registry.neighbourhoods if p.headman.emails]
        books = self.app.workbooks.all(self.app.office.registry, self.app.mappings.categories)
        self.books: dict[str, Workbook] = {code: books[code] for code in codes}
        self.sync = self.another_process()

    def another_process(self, quiet: timedelta = timedelta(0)) -> SheetSync:
        """The step as a daemon started anew has it."""
        self.app._tools = replace(self.app._tools, quiet=quiet)
        return SheetSync(self.app._tools, lambda: self.books, self.app._cycle_for, self.app.strange_files)

    # --- the daemon -----------------------------------------------------------------------------------

    def look(self, **later: float) -> int:
        """One turn of every sheet."""
        self.now += timedelta(**later)
        return self.sync.run(self.now, office=self.app.office)

    def rest(self, **later: float) -> None:
        """Turns until nothing is left to do; and then really nothing."""
        self.now += timedelta(**later)
        turns = sum(1 for _ in takewhile(lambda _: self.look(), range(10)))
        assert turns < 10, "never comes to rest"

    def look_while_open(self) -> None:
        """Two turns while somebody has the office's own workbook open, and then those until rest."""
        lock = self.folder / ".~lock.muhtarlik.xlsx#"
        lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
        self.look()
        self.look(minutes=1)
        lock.unlink()
        self.rest()

    def quiet(self) -> None:
        """Nobody does anything: the daemon leaves files and ledger alone."""
        before = self.state()
        self.look()
        self.look()
        assert self.state() == before

    def set_up(self) -> None:
        """``muhtarlik setup-sheets``."""
        assert [fault for _, _, fault in self.app.set_up_sheets() if fault] == []

    def state(self) -> tuple[object, ...]:
        files = {code: book.fingerprint() for code, book in self.books.items()}
        with self.ledger.view() as view:
            return files, view.revision(), len(view.letters_waiting(self.now, 9_999))

    # --- the ledger -----------------------------------------------------------------------------------

    def ask(
        self, subject: str = "Çukur", *, directorate: str = "fen", channel: Channel = Channel.EMAIL
    ) -> str:
        """A headman's mail has become a request; an empty ``directorate`` leaves it to a person."""
        place = self.places[0]
        submission = Submission(channel, self.now, place.name, place.headman.name, place.headman.emails[0])
        route = Route(
            subject=subject,
            text=f"{subject}: gereğini arz ederim.",
            directorate=directorate,
            external_body="",
            category="",
            confidence=1.0 if directorate else 0.0,
            review=not directorate,
            neighbourhood=place.name,
            urgent=False,
            because=(),
        )
        with self.ledger.transaction() as tx:
            number = tx.next_number(day_of(self.now).year)
            outcome = entering.receive(submission, (route,), (number,), office=self.app.office, now=self.now)
            carry_out(tx, outcome, now=self.now)
        return number

    def decide(self, number: str, verb: Callable[[Request], Outcome]) -> None:
        """Something else than the sheet decides: a reply by mail."""
        with self.ledger.transaction() as tx:
            request = tx.request(number)
            assert request is not None
            carry_out(tx, verb(request), now=self.now)

    def reply(self, number: str, status: Status, result: str = "") -> None:
        self.decide(
            number,
            lambda request: decision.set_status(
                request, status, office=self.app.office, now=self.now, actor="irtibat", result=result
            ),
        )

    def change(self, number: str, **fields: object) -> None:
        self.decide(number, lambda request: Outcome(changed=(replace(request, **fields),)))  # type: ignore[arg-type]

    def request(self, number: str) -> Request:
        with self.ledger.view() as view:
            found = view.request(number)
        assert found is not None
        return found

    def numbers(self) -> list[str]:
        with self.ledger.view() as view:
            return [request.number for request in view.requests(RequestFilter())]

    def history(self, number: str) -> list[Entry]:
        with self.ledger.view() as view:
            return view.history(number)

    def kinds(self, number: str) -> list[str]:
        return [entry.kind for entry in self.history(number)]

    def letters(self, number: str) -> Counter[str]:
        """Occasions of the letters about a request."""
        with self.ledger.view() as view:
            return Counter(letter.occasion for letter in view.letters_of(number))

    def told(self) -> list[str]:
        """What the office has been told, by title, once per event (it goes to each of the staff)."""
        with self.ledger.view() as view:
            letters = view.letters_waiting(self.now, 9_999)
        staff = self.app.office.registry.office_staff[0]
        told = [x for x in letters if x.occasion == "office/notice" and x.recipient == staff]
        return [worded(self.app, x).subject for x in told]

    def reviews(self) -> list[Review]:
        with self.ledger.view() as view:
            return view.reviews()

    # --- people ---------------------------------------------------------------------------------------

    def path(self, code: str) -> Path:
        return self.folder / ("muhtarlik.xlsx" if code == OFFICE_CODE else f"{code}.xlsx")

    def arrange(self, code: str, change: Callable[[Grid], Grid], title: str = "Talepler") -> None:
        ExcelUser(self.path(code)).arrange(title, change)

    def type(self, code: str, where: Mapping[str, object], title: str = "Talepler", **cells: object) -> None:
        """Change cells in every row in which ``where`` stands; ``_`` stands for a blank in a header."""

        def change(grid: Grid) -> Grid:
            top = _top(grid)
            for row in grid[top + 1 :]:
                if all(row[grid[top].index(header)] == value for header, value in where.items()):
                    for header, value in cells.items():
                        row[grid[top].index(header.replace("_", " "))] = value
            return grid

        self.arrange(code, change, title)

    def edit(self, code: str, number: str, **cells: object) -> None:
        self.type(code, {"Talep No": number}, **cells)

    def add(self, code: str, title: str = "Talepler", **cells: object) -> None:
        """Type a new row below the last."""

        def change(grid: Grid) -> Grid:
            header = grid[_top(grid)]
            row: list[Any] = [None] * len(header)
            for name, value in cells.items():
                row[header.index(name.replace("_", " "))] = value
            return [*(line for line in grid if any(v is not None for v in line)), row]

        self.arrange(code, change, title)

    def delete(self, code: str, number: str, title: str = "Talepler") -> list[Any]:
        """Delete a row and return it, for pasting."""
        cut: list[Any] = []

        def change(grid: Grid) -> Grid:
            cut.extend(next(row for row in grid if number in row))
            return [row for row in grid if number not in row]

        self.arrange(code, change, title)
        return cut

    def paste(self, code: str, row: list[Any], title: str = "Talepler") -> None:
        self.arrange(code, lambda grid: [*(line for line in grid if any(line)), list(row)], title)

    def rows(self, code: str = "fen", title: str = "Talepler") -> list[dict[str, Any]]:
        """The rows as a person sees them."""
        sheet = load_workbook(self.path(code))[title]
        grid = [list(row) for row in sheet.iter_rows(values_only=True)]
        top = _top(grid)
        return [dict(zip(grid[top], row, strict=False)) for row in grid[top + 1 :] if any(row)]

    def row(self, number: str, code: str = "fen", title: str = "Talepler") -> dict[str, Any]:
        [found] = [row for row in self.rows(code, title) if row["Talep No"] == number]
        return found

    def standing(self, code: str = "fen", title: str = "Talepler") -> list[str]:
        return [row["Talep No"] for row in self.rows(code, title)]

    def close(self) -> None:
        self.app.__exit__()


def _top(grid: Grid) -> int:
    """The header is the row with most of the words that any of our sheets has above its columns."""
    known = {column.header for layout in ALL_SHEETS for column in layout.columns}
    return max(range(min(len(grid), 15)), key=lambda n: sum(value in known for value in grid[n]))
