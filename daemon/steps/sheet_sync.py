"""Sheet sync: the spreadsheets and the ledger come to agree, cell by cell.

read → match → people's edits become decisions (one transaction) → write the least, if the file still is as
read → remember what both sides have (one transaction). After a crash in between, ours equals theirs, which is
agreement. A file that somebody has open is left for later; one that is corrupt, lost its header or many rows
is left alone, and the office is told. The others go on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from daemon.domain.clock import day_of, istanbul, show_moment
from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.review import Origin
from daemon.ports.files import Files
from daemon.ports.ledger import Ledger, View
from daemon.ports.outgoing import WordTelling
from daemon.ports.records import RequestFilter, StoredArrival
from daemon.ports.spreadsheets import Workbook
from daemon.steps.outcome import owe
from daemon.steps.quiet import STATE as UNSETTLED

log = structlog.get_logger()

ARCHIVE_DAYS = 30
"""Rows closed so many days ago move to ``Arşiv``."""
GONE = "sheets.gone"
"""Note in the ledger on the last row that was missed: its sheet's code, "/", and when."""
MOVED = "sheets.moved"
"""Note in the ledger on the last row that was appended: its former place may go now."""
_EVERY_SHEET = "tablolar"
"""Names the workbooks together, where not one is where it was."""
_NO_FOLDER = "Tabloların hiçbiri yerinde yok: klasör bağlı değil, taşınmış ya da silinmiş olabilir."
_COPIES = "sheets.copies"
"""Note in the ledger on the copies that the office has been told of."""
_LISTS = "lists"
"""Key in a sheet's state: what its drop-downs offer (:meth:`Workbook.lists_sign`)."""
LOCKED_TOO_LONG = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Tools:
    """What every sheet's cycle needs of the outside."""

    ledger: Ledger
    files: Files
    tell: WordTelling
    origin: Callable[[StoredArrival, datetime], Origin]
    """What is known of a mail that has waited in ``İnceleme`` since the given moment."""
    quiet: timedelta = timedelta(0)
    """What people type is heard once it has stood so long."""


def make(code: str, workbook: Workbook, ledger: Ledger) -> None:
    """Make a spreadsheet that is not there. Its drop-downs then offer what they should: nobody need look again."""
    sign = workbook.lists_sign()
    workbook.set_up()
    with ledger.transaction() as tx:
        tx.save_sheet_state(code, {_LISTS: sign})


class Cycle(Protocol):
    """One spreadsheet's turn; returns whether either side changed."""

    def run(self, workbook: Workbook, *, office: Office, now: datetime) -> bool: ...


class SheetSync:
    """Gives every spreadsheet its turn; a fault of one never keeps the others waiting."""

    name = "sheets"

    def __init__(
        self,
        tools: Tools,
        workbooks: Callable[[], Mapping[str, Workbook]],
        cycle_for: Callable[[str], Cycle],
        copies: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """``copies`` names files that people may take for one of the workbooks: nobody reads them."""
        self._tools = tools
        self._workbooks = workbooks
        self._cycle_for = cycle_for
        self._copies = copies
        self.waiting: dict[str, Temporary | Unprocessable] = {}
        """Spreadsheets left for later (:class:`Temporary`) or left alone, and why."""
        self.unquiet: set[str] = set()
        """Spreadsheets with something in them that was typed too short a while ago to be heard."""
        self._sound: set[str] = set()
        """Spreadsheets of which the ledger knows no fault."""

    def run(self, now: datetime, *, office: Office) -> int:
        """One cycle over all spreadsheets; return how many changed on either side."""
        self._archive(now)
        books = self._in_order()
        if self._are_all_gone(books):
            self._miss_all(office, now)
            return 0
        self._tell_of_copies(office, now)
        self.unquiet.clear()
        changed = sum(self._turn(code, book, office, now) for code, book in books)
        overtaken = self._overtaken(books) if changed else []
        return changed + sum(self._turn(code, book, office, now) for code, book in overtaken)

    def sign(self, now: datetime) -> str:
        """Changes whenever a turn may find something to do. Cheap: the files' stamps, and what the ledger counts."""
        with self._tools.ledger.view() as view:
            shown = (
                day_of(now),
                view.revision(),
                view.note(GONE),
                view.note(MOVED),
                tuple(view.reviews_waiting()),
                tuple((telling.id, telling.state) for telling in view.tellings()),
            )
        return repr((*shown, *(_stamp(book) for book in self._workbooks().values())))

    def _in_order(self) -> list[tuple[str, Workbook]]:
        """A sheet that misses rows comes last: they may have been cut into another one."""
        with self._tools.ledger.view() as view:
            misses = view.note(GONE).partition("/")[0]
        return sorted(self._workbooks().items(), key=lambda item: item[0] == misses)

    def _overtaken(self, books: list[tuple[str, Workbook]]) -> list[tuple[str, Workbook]]:
        """Where one that misses rows came last, rows that it has taken over just now leave their former sheets now."""
        if [code for code, _ in books] == list(self._workbooks()):
            return []
        with self._tools.ledger.view() as view:
            return [(c, book) for c, book in books if c not in self.waiting and view.superseded_rows(c)]

    def _turn(self, code: str, workbook: Workbook, office: Office, now: datetime) -> bool:
        try:
            changed = self._cycle_for(code).run(workbook, office=office, now=now)
        except Temporary as fault:
            fault.reason = _naming(workbook, fault.reason)
            self._wait(code, fault, office, now)
            return False
        except Unprocessable as fault:
            fault.reason = _naming(workbook, fault.reason)
            self._leave_alone(code, fault, office, now)
            return False
        if code not in self._sound:
            self._note_that_it_is_sound(code)
        with self._tools.ledger.view() as view:
            state = view.sheet_state(code)
        if state.get(UNSETTLED):
            self.unquiet.add(code)
        return self._renew_lists(code, workbook, state.get(_LISTS)) or changed

    def _renew_lists(self, code: str, workbook: Workbook, offered: str | None) -> bool:
        """A liaison, a neighbourhood or a category that is new in the mappings appears in the drop-downs."""
        sign = workbook.lists_sign()
        if offered == sign:
            return False
        try:
            renewed = workbook.renew_lists()
        except (Temporary, Unprocessable):  # open, or just spoilt: a later turn will do, or tell
            return False
        with self._tools.ledger.transaction() as tx:
            tx.save_sheet_state(code, {_LISTS: sign})
        return renewed

    def _note_that_it_is_sound(self, code: str) -> None:
        """Whatever ailed the sheet is over, even if another process found it."""
        self.waiting.pop(code, None)
        with self._tools.ledger.view() as view:
            state = view.sheet_state(code)
        if state.get("waiting_since") or state.get("fault"):
            with self._tools.ledger.transaction() as tx:
                tx.save_sheet_state(
                    code, dict.fromkeys(("fault", "fault_since", "waits", "waiting_since"), "")
                )
        self._sound.add(code)

    def _wait(self, code: str, fault: Temporary, office: Office, now: datetime) -> None:
        """Somebody has it open, or the disk is full: nothing is lost, the next turn tries again."""
        self.waiting[code] = fault
        self._sound.discard(code)
        with self._tools.ledger.transaction() as tx:
            since = tx.sheet_state(code).get("waiting_since", "")
            if not since:
                tx.save_sheet_state(code, {"waiting_since": now.isoformat(), "waits": fault.reason})
                log.info("sheet waits", sheet=code, why=str(fault))
            elif now - datetime.fromisoformat(since) >= LOCKED_TOO_LONG:
                told = (
                    fault.reason,
                    f"{show_moment(datetime.fromisoformat(since))} tarihinden beri güncellenemiyor.",
                )
                key = f"waits/{code}/{day_of(now)}"
                owe(tx, office_notices(key, "Bir tablo güncellenemiyor", told, office), now)

    def _leave_alone(self, code: str, fault: Unprocessable, office: Office, now: datetime) -> None:
        """The file is not what it should be: told once until it is mended, never "synced"."""
        self.waiting[code] = fault
        self._sound.discard(code)
        with self._tools.ledger.transaction() as tx:
            if tx.sheet_state(code).get("fault") == fault.reason:
                return
            tx.save_sheet_state(code, {"fault": fault.reason, "fault_since": now.isoformat()})
            log.error("sheet left alone", sheet=code, why=str(fault))
            told = (
                fault.reason,
                "Bu tabloya dokunulmadı; düzeltildiğinde kendiliğinden devam edilecektir.",
            )
            key = f"left-alone/{code}/{now.isoformat()}"
            owe(tx, office_notices(key, "Bir tablo durduruldu", told, office), now)

    def _are_all_gone(self, books: Iterable[tuple[str, Workbook]]) -> bool:
        """A share that is not there looks like 25 workbooks that somebody removed: it is one fault."""
        stamps = {code: _stamp(book) for code, book in books}
        with self._tools.ledger.view() as view:
            missed = bool(view.sheet_state(_EVERY_SHEET).get("fault"))
            gone = not any(stamps.values()) and (missed or _known(stamps, view) > 1)
        if missed and not gone:
            self.waiting.pop(_EVERY_SHEET, None)
            with self._tools.ledger.transaction() as tx:
                tx.save_sheet_state(_EVERY_SHEET, {"fault": "", "fault_since": ""})
        return gone

    def _miss_all(self, office: Office, now: datetime) -> None:
        self.waiting[_EVERY_SHEET] = Unprocessable("no workbook is where it was", reason=_NO_FOLDER)
        with self._tools.ledger.transaction() as tx:
            if tx.sheet_state(_EVERY_SHEET).get("fault"):
                return
            tx.save_sheet_state(_EVERY_SHEET, {"fault": _NO_FOLDER, "fault_since": now.isoformat()})
            log.error("no workbook is where it was")
            lines = (_NO_FOLDER, "Klasör geri geldiğinde kendiliğinden devam edilecektir.")
            key = f"all-gone/{now.isoformat()}"
            owe(tx, office_notices(key, "Tablolara ulaşılamıyor", lines, office), now)

    def _tell_of_copies(self, office: Office, now: datetime) -> None:
        """What people type into a copy would be lost on them: told once for as long as it lies there."""
        found = set(self._copies())
        with self._tools.ledger.view() as view:
            told = set(view.note(_COPIES).splitlines())
        if found == told:
            return
        text = (
            "Bir tablonun kopyası gibi görünüyor; içine yazılanlar işlenmez.",
            "Yazılanları asıl tabloya aktarıp bu dosyayı klasörden kaldırınız.",
        )
        with self._tools.ledger.transaction() as tx:
            for name in sorted(found - told):
                key = f"copy/{name}/{now.isoformat()}"
                owe(tx, office_notices(key, f"“{name}” okunmuyor", text, office), now)
            tx.set_note(_COPIES, "\n".join(sorted(found)))

    def _archive(self, now: datetime) -> None:
        """Once a day: requests closed for thirty days are marked; their sheets' turns move the rows."""
        today = day_of(now)
        with self._tools.ledger.view() as view:
            if view.note("sheets.archived") == today.isoformat():
                return
            limit = istanbul(today - timedelta(days=ARCHIVE_DAYS - 1))
            old = view.requests(RequestFilter(open=False, archived=False, closed_until=limit))
        with self._tools.ledger.transaction() as tx:
            for request in old:
                current = tx.request(request.number)
                if current is not None and not current.is_open:
                    tx.save_request(replace(current, archived=True))
            tx.set_note("sheets.archived", today.isoformat())


def _known(codes: Iterable[str], view: View) -> int:
    """How many of these spreadsheets have had a turn."""
    states = map(view.sheet_state, codes)
    return sum(bool(state.get("as_of") or state.get("sign")) for state in states)


def _stamp(workbook: Workbook) -> str:
    """One that cannot be looked at now is not gone."""
    try:
        return workbook.fingerprint()
    except (Temporary, Unprocessable):
        return "?"


def _naming(workbook: Workbook, reason: str) -> str:
    """The reason with the spreadsheet's name, once: it is told in letters, lists and on the command line."""
    return reason if workbook.name in reason else f"{workbook.name}: {reason}"


def office_notices(key: str, title: str, lines: tuple[str, ...], office: Office) -> list[Notice]:
    """A notice to everybody in the office (the manager where no staff are named)."""
    return [
        Notice(
            key=f"{Occasion.OFFICE_NOTICE}/{key}/{address}",
            occasion=Occasion.OFFICE_NOTICE,
            recipient=address,
            facts={"title": title, "lines": lines},
        )
        for address in office.registry.clerks
    ]
