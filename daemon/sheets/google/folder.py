"""All spreadsheets of an office at Google: which is whose, when each is looked at, who may open it.

What Drive tells as changed is read at once; but Drive hears of people's edits some minutes late, so every spreadsheet
is read in turn as well, as often as half of the quota lets it (:mod:`daemon.sheets.google.pace`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from daemon.domain.errors import MuhtarlikError, Temporary, Unprocessable
from daemon.domain.registry import Registry
from daemon.domain.routing.values import Category
from daemon.domain.sheet import ARSIV, DIRECTORATE_SHEETS, OFFICE_SHEETS, TALEPLER, Layout
from daemon.domain.text import fold
from daemon.ports.spreadsheets import Notes, Workbook
from daemon.sheets.folder import OFFICE_CODE, OFFICE_FILE, lists_of
from daemon.sheets.google.attachments import Attachments
from daemon.sheets.google.calls import Calls, is_missing
from daemon.sheets.google.drive import Changed, Drive, File
from daemon.sheets.google.pace import Look, Pace
from daemon.sheets.google.spreadsheet import Spreadsheet
from daemon.sheets.google.workbook import GoogleWorkbook
from daemon.sheets.lists import Lists

log = structlog.get_logger()

HINTS_EVERY = timedelta(seconds=60)
WHOLE_EVERY = timedelta(minutes=10)
"""So often the archive is read as well."""
SEARCH_EVERY = timedelta(minutes=5)
"""So often Drive is searched for spreadsheets that were not found."""
_ID = re.compile(r"/d/([\w-]{20,})|^([\w-]{20,})$")
_SAFE = frozenset({"number", "status"})
"""Columns without which there is no sheet."""
_ALIKE = {
    "read": "description",
    "sender": "headman",
    "answer": "result",
    "guess": "category",
    "phone": "headman",
}
"""Columns of the office's sheets that show what a column of the directorates' sheets holds."""
_TELLS_ALL = frozenset({"neighbourhood", "headman", "subject", "description", "result"})
"""What the message of ``Bildirilecekler`` holds: one of these that stays in the house keeps the message there."""


class GoogleFolder:
    """Makes the adapters and keeps them: what they have read is known from turn to turn."""

    def __init__(
        self, calls: Calls, notes: Notes, *, clock: Callable[[], datetime],
        is_working: Callable[[datetime], bool], read_file: Callable[[str], bytes],
        link_file: Callable[[str], str], folder: str = "", columns: Sequence[str] = (), pace: float = 1.0,
    ) -> None:  # fmt: skip
        """``folder`` is the shared drive's folder for new spreadsheets; ``columns`` are the headers that may leave
        the house (none: all). ``pace`` slows down by a factor; 0 looks at every spreadsheet each turn."""
        self._calls = calls
        self._drive = Drive(calls)
        self._notes = notes
        self._clock = clock
        self._folder = _id_in(folder) or folder
        self._attachments = Attachments(self._drive, notes, self._folder, read=read_file, link=link_file)
        self._hidden = _hidden(columns)
        self._slowness = pace
        self._pace = Pace(lambda kind: calls.counted[kind], is_working, pace)
        self._books: dict[str, GoogleWorkbook] = {}
        self._spreadsheets: dict[str, Spreadsheet] = {}
        self._whole: dict[str, datetime] = {}
        self._hinted: set[str] = set()
        self._gone: set[str] = set()
        self._asked_for_changes: datetime | None = None
        self._searched: datetime | None = None
        self._registry: Registry | None = None

    # --- all workbooks --------------------------------------------------------------------------------

    def all(self, registry: Registry, categories: Sequence[Category]) -> Mapping[str, Workbook]:
        """Every workbook by directorate code; the office's under :data:`OFFICE_CODE`, first."""
        self._registry = registry
        named = [(OFFICE_CODE, OFFICE_SHEETS), *((d.code, DIRECTORATE_SHEETS) for d in registry.directorates)]
        found: dict[str, Workbook] = {}
        for code, layouts in named:
            book = self._books.get(code) or self._book(code, layouts)
            book.lists = partial(_lists, registry, categories, code)
            self._books[code] = found[code] = book
        return found

    def _book(self, code: str, layouts: Sequence[Layout]) -> GoogleWorkbook:
        return GoogleWorkbook(
            code,
            self._title(code),
            layouts,
            find=partial(self._find, code),
            make=partial(self._make, code),
            turn=partial(self._turn, code),
            clock=self._clock,
            lists=Lists,
            link=self._attachments.link,
            hidden=self._hidden,
            often=() if code == OFFICE_CODE else (TALEPLER.title,),
        )

    def _title(self, code: str) -> str:
        """How a spreadsheet is called: as its directorate; the office's as the office."""
        registry = self._known_registry()
        directorate = registry.directorate(code)
        return directorate.name if directorate else registry.office_name

    def _known_registry(self) -> Registry:
        assert self._registry is not None, "all() comes first"
        return self._registry

    # --- which is whose -------------------------------------------------------------------------------

    def _find(self, code: str) -> Spreadsheet | None:
        spreadsheet_id = self._where(code)
        if not spreadsheet_id:
            self._search()
            spreadsheet_id = self._where(code)
        if not spreadsheet_id:
            return None
        if spreadsheet_id in self._gone:
            raise Unprocessable(
                f"spreadsheet {spreadsheet_id} is trashed or no longer shared",
                reason=f"Tablo çöp kutusunda ya da artık {self._calls.email} adresiyle paylaşılmıyor.",
            )
        return self._spreadsheet(spreadsheet_id, code)

    def _where(self, code: str) -> str:
        """The mappings' word first, then what was found before."""
        directorate = self._known_registry().directorate(code)
        said = _id_in(directorate.spreadsheet) if directorate else ""
        return said or self._notes.get(f"google/where/{code}")

    def _spreadsheet(self, spreadsheet_id: str, code: str) -> Spreadsheet:
        found = self._spreadsheets.setdefault(
            spreadsheet_id, Spreadsheet(self._calls, spreadsheet_id, self._notes)
        )
        for layout in self._books[code].layouts:
            if layout.title not in {known.title for known in found.layouts}:
                found.layouts.append(layout)
        return found

    def _search(self, *, again: bool = False) -> None:
        """Ask Drive once in a while for spreadsheets that carry our mark or are called as ours should be."""
        now = self._clock()
        if not again and self._searched and now - self._searched < SEARCH_EVERY * self._slowness:
            return
        self._searched = now
        files = self._drive.spreadsheets()
        for code in self._books:
            if not self._where(code) and (file := self._ours(code, files)):
                self._notes.set(f"google/where/{code}", file.id)

    def _ours(self, code: str, files: Sequence[File]) -> File | None:
        names = {fold(self._title(code)), fold(OFFICE_FILE if code == OFFICE_CODE else code)}
        marked = [file for file in files if file.code == code]
        return next(iter(marked or [file for file in files if fold(file.name).strip() in names]), None)

    def strangers(self, registry: Registry) -> Iterator[str]:
        """Nobody reads a copy; but whoever makes one in Google gets it under "… kopyası" in their own drive, out of
        our sight."""
        yield from ()

    def forget_files(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._attachments.forget(path)

    # --- when to look ---------------------------------------------------------------------------------

    def take_hints(self) -> None:
        """One call for all: what changed since the last time."""
        now = self._clock()
        if self._asked_for_changes and now - self._asked_for_changes < HINTS_EVERY * self._slowness:
            return
        self._asked_for_changes = now
        try:
            token = self._notes.get("google/changes")
            changed = self._drive.changes(token) if token else Changed(self._drive.start())
        except MuhtarlikError as fault:
            log.warning("no hints from Drive", why=str(fault))
            if not isinstance(fault, Temporary):
                self._notes.set("google/changes", "")
            return
        if changed.token != token:
            self._notes.set("google/changes", changed.token)
        self._hinted |= changed.files - changed.ours  # what we wrote we know
        self._gone = (self._gone | changed.gone) - changed.files

    def _turn(self, code: str) -> Look | None:
        """How to look at a spreadsheet now, if it is time to."""
        now, spreadsheet_id = self._clock(), self._where(code)
        hinted = spreadsheet_id in self._hinted
        is_old = now - self._whole.get(code, now) >= WHOLE_EVERY * self._slowness
        look = Look.READ if hinted else self._pace.turn(code, now, wants_read=is_old)
        if look is None:
            return None
        self._pace.look(code, now)
        self._hinted.discard(spreadsheet_id)
        spreadsheet = self._spreadsheets[spreadsheet_id]
        if look is Look.READ and (hinted or is_old):
            spreadsheet.is_known = False
        if not spreadsheet.is_known:
            self._whole[code] = now
        return look

    # --- making and sharing ---------------------------------------------------------------------------

    def _make(self, code: str) -> list[str]:
        """Find the spreadsheet or make it, and share it. Raises :class:`Unprocessable` with what a person must do."""
        done: list[str] = []
        if not self._stands(code):
            self._notes.set(f"google/where/{code}", "")
            self._search(again=True)
        if not self._where(code):
            self._notes.set(f"google/where/{code}", self._create(code))
            done.append("oluşturuldu")
        self._spreadsheet(self._where(code), code)
        return [*done, *self._share(code)]

    def _stands(self, code: str) -> bool:
        where = self._where(code)
        if not where or where in self._gone:
            return False
        try:
            self._spreadsheet(where, code).read(self._clock())
        except Unprocessable as fault:
            if is_missing(fault):
                return False
            raise
        return True

    def _create(self, code: str) -> str:
        title = self._title(code)
        if not self._folder:
            raise Unprocessable(
                f"no spreadsheet for {code} and no shared drive to make it in",
                reason=(
                    f"“{title}” adlı bir Google tablosu oluşturup {self._calls.email} adresiyle düzenleyici olarak "
                    "paylaşınız."
                ),
            )
        return self._drive.create(title, self._folder, code)

    def _share(self, code: str) -> list[str]:
        """Liaisons and staff may edit; whom the daemon once let in and the mappings no longer name is let out."""
        where = self._where(code)
        wanted = self._people(code)
        ours = set(self._notes.get(f"google/shares/{where}").split())
        standing = {share.email: share for share in self._drive.shares(where)}
        new, former = sorted(wanted - standing.keys()), sorted((ours & standing.keys()) - wanted)
        for email in new:
            self._notes.set(f"google/shares/{where}", " ".join(sorted(ours := ours | {email})))
            self._drive.share(where, email)
        for email in former:
            self._drive.unshare(where, standing[email].id)
        if former:
            self._notes.set(f"google/shares/{where}", " ".join(sorted(ours - set(former))))
        said = [f"paylaşıldı: {', '.join(new)}"] if new else []
        return said + ([f"paylaşımı kaldırıldı: {', '.join(former)}"] if former else [])

    def _people(self, code: str) -> set[str]:
        registry = self._known_registry()
        directorate = registry.directorate(code)
        liaisons = [liaison.email for liaison in directorate.liaisons] if directorate else []
        return {email.lower() for email in (*liaisons, *registry.clerks)}


def _id_in(text: str) -> str:
    """The id in an address copied from the browser, or the id itself; ``""`` for neither."""
    found = _ID.search(text.strip())
    return (found[1] or found[2]) if found else ""


def _hidden(columns: Sequence[str]) -> frozenset[str]:
    """Keys of the columns that stay in the house."""
    if not columns:
        return frozenset()
    kept = {column.key for column in TALEPLER.columns if column.header in columns} | _SAFE
    hidden = {column.key for column in ARSIV.columns} - kept
    message = {"message"} if hidden & _TELLS_ALL else set()
    return frozenset(hidden | message | {key for key, like in _ALIKE.items() if like in hidden})


def _lists(registry: Registry, categories: Sequence[Category], code: str) -> Lists:
    return lists_of(registry, categories, OFFICE_FILE if code == OFFICE_CODE else code)
