"""A Google spreadsheet as a :class:`daemon.ports.spreadsheets.Workbook`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from daemon.domain.errors import MuhtarlikError, Temporary, Unprocessable
from daemon.domain.sheet import YENI_TALEP, Changes, Layout, Snapshot, Table
from daemon.sheets.google.furnish import Furnisher
from daemon.sheets.google.grid import find_titles, meant, sign_of
from daemon.sheets.google.pace import Look
from daemon.sheets.google.spreadsheet import Spreadsheet
from daemon.sheets.lists import Lists
from daemon.sheets.tables import Grid, place, read_table
from daemon.sheets.xlsx import Edit

MOST_NEW = 1_000
"""Rows put in with one batch: Google recommends at most 2 MB a call."""


class GoogleWorkbook:
    """Some worksheets (``layouts``) of one spreadsheet. ``find`` brings the spreadsheet, or ``None`` where there is
    none yet; ``make`` makes one; ``turn`` says whether it is time to look again, and how."""

    def __init__(
        self,
        code: str,
        name: str,
        layouts: Sequence[Layout],
        *,
        find: Callable[[], Spreadsheet | None],
        make: Callable[[], list[str]],
        turn: Callable[[], Look | None],
        clock: Callable[[], datetime],
        lists: Callable[[], Lists],
        link: Callable[[str], str] = str,
        hidden: frozenset[str] = frozenset(),
        often: Sequence[str] = (),
    ) -> None:
        """``hidden`` are keys of columns that may not leave the house; ``often`` titles of the worksheets in which
        people work, which are read each time; ``link`` turns a cell's link into one that a browser can open."""
        self.lists = lists
        self._code = code
        self._name = name
        self._whole = tuple(layouts)
        self._layouts = tuple(_without(layout, hidden) for layout in layouts)
        self._find = find
        self._make = make
        self._turn = turn
        self._clock = clock
        self._link = link
        self._often = tuple(often)
        self._fault: MuhtarlikError | None = None

    @property
    def code(self) -> str:
        return self._code

    @property
    def name(self) -> str:
        return self._name

    @property
    def layouts(self) -> tuple[Layout, ...]:
        return self._layouts

    # --- reading --------------------------------------------------------------------------------------

    def fingerprint(self) -> str:
        """Of what was read last; looks again when it is time to."""
        spreadsheet = self._find()
        return self._sign(self._up_to_date(spreadsheet)) if spreadsheet else ""

    def _up_to_date(self, spreadsheet: Spreadsheet) -> Spreadsheet:
        """Read if it is time to, or if what is known is in doubt; a failure stands until it is time again."""
        look = self._turn()
        if look:
            self._fault = None
        elif self._fault is None and spreadsheet.is_known:
            return spreadsheet
        if self._fault is None:
            try:
                self._look(spreadsheet, by_writing=look is Look.WRITE)
            except MuhtarlikError as fault:
                self._fault = fault
        if self._fault is not None:
            raise self._fault
        return spreadsheet

    def _look(self, spreadsheet: Spreadsheet, *, by_writing: bool) -> None:
        there = find_titles(spreadsheet.sheets, [x for x in self._layouts if x.title in self._often])
        titles = list(there.values())
        if by_writing and spreadsheet.look_by_writing(titles or list(spreadsheet.sheets)):
            return
        if not titles or not all(spreadsheet.is_as_known(title) for title in titles):
            spreadsheet.read(self._clock(), titles=titles)

    def _sign(self, spreadsheet: Spreadsheet) -> str:
        titles = find_titles(spreadsheet.sheets, self._layouts)
        return sign_of(spreadsheet.sheets[theirs] for theirs in titles.values())

    def read(self) -> Snapshot:
        """What is known of it: read from Google only where that may be old."""
        return self._snapshot(self._up_to_date(self._there()))

    def _there(self) -> Spreadsheet:
        spreadsheet = self._find()
        if spreadsheet is None:
            raise Unprocessable(f"no spreadsheet {self._code}", reason="Tablo bulunamadı.")
        return spreadsheet

    def _snapshot(self, spreadsheet: Spreadsheet) -> Snapshot:
        titles = find_titles(spreadsheet.sheets, self._layouts)
        tables = {}
        for layout, whole in zip(self._layouts, self._whole, strict=True):
            sheet = spreadsheet.sheets.get(titles.get(layout.title, ""))
            if sheet is None:
                tables[layout.title] = Table(layout.title, (), tuple(c.key for c in whole.columns))
                continue
            grid, rows = meant(layout, sheet)
            tables[layout.title] = read_table(layout, grid, rows, sheet.notes)
        return Snapshot(self._sign(spreadsheet), tables)

    # --- writing --------------------------------------------------------------------------------------

    def write(self, changes: Changes, expected: Snapshot) -> Snapshot:
        spreadsheet = self._there()
        if not spreadsheet.is_known or self._sign(spreadsheet) != expected.fingerprint:
            raise Temporary(
                f"{self._code} changed meanwhile", reason="Tablo az önce değişti; yeniden okunacak."
            )
        for part in _in_parts(changes):
            titles = find_titles(spreadsheet.sheets, self._layouts)
            edits = place(part, self._grids(spreadsheet, titles))
            if edits:
                with self._refreshing(spreadsheet):
                    linked = {titles[title]: self._linked(edit) for title, edit in edits.items()}
                    spreadsheet.write(linked, self._clock())
        return self._snapshot(spreadsheet)

    def _linked(self, edit: Edit) -> Edit:
        writes = [
            replace(write, link=self._link(write.link)) if write.link else write for write in edit.writes
        ]
        return replace(edit, writes=writes)

    @contextmanager
    def _refreshing(self, spreadsheet: Spreadsheet) -> Iterator[None]:
        """After whatever went wrong, what is known is old."""
        try:
            yield
        except BaseException:
            spreadsheet.is_known = False
            raise

    def _grids(self, spreadsheet: Spreadsheet, titles: Mapping[str, str]) -> dict[str, Grid]:
        return {
            layout.title: meant(layout, spreadsheet.sheets[titles[layout.title]])[0]
            for layout in self._layouts
            if layout.title in titles
        }

    # --- setting up -----------------------------------------------------------------------------------

    def lists_sign(self) -> str:
        return sha256(repr(self.lists()).encode()).hexdigest()

    def renew_lists(self) -> bool:
        spreadsheet = self._find()
        return spreadsheet is not None and bool(
            Furnisher(spreadsheet, self._layouts, self.lists()).renew_lists()
        )

    def set_up(self) -> list[str]:
        """Create or repair; what people typed is not touched. Idempotent: the second time nothing is written."""
        done = self._make()
        spreadsheet = self._there()
        done += Furnisher(spreadsheet, self._layouts, self.lists()).furnish(self._clock())
        return done


def _without(layout: Layout, hidden: frozenset[str]) -> Layout:
    """What staff type into ``Yeni Talep`` they type there themselves."""
    if layout is YENI_TALEP:
        return layout
    return replace(layout, columns=tuple(column for column in layout.columns if column.key not in hidden))


def _in_parts(changes: Changes) -> Iterator[Changes]:
    """A very long list goes in several batches; each leaves a state that is right in itself."""
    first, rest = changes.appends[:MOST_NEW], changes.appends[MOST_NEW:]
    yield replace(changes, appends=first)
    for at in range(0, len(rest), MOST_NEW):
        yield Changes(appends=rest[at : at + MOST_NEW])
