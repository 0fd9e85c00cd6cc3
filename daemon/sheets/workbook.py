"""One xlsx workbook in the shared folder as a :class:`daemon.ports.spreadsheets.Workbook`.

Reading finds columns by their header, wherever people moved it. Writing patches single cells and is refused
while somebody has the file open or it is not as it was read; what was written is read back before it is put in
place, and the state before is kept in ``.muhtarlik/``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.sheet import Changes, Layout, Snapshot, Table
from daemon.sheets import files
from daemon.sheets.lists import Lists
from daemon.sheets.package import Package
from daemon.sheets.reading import Rows, find_sheets, read_comments, read_values
from daemon.sheets.setup import new_workbook, repaired, with_lists
from daemon.sheets.tables import Grid, find_grid, place, read_table
from daemon.sheets.verify import expected_rows, first_difference
from daemon.sheets.xlsx import Edit, Patch, patched


@dataclass(frozen=True, slots=True)
class _State:
    """What was found in the file, by our titles; ``titles`` are the worksheets' names there."""

    snapshot: Snapshot
    grids: Mapping[str, Grid]
    rows: Mapping[str, Rows]
    titles: Mapping[str, str]

    def is_of(self, expected: Snapshot) -> bool:
        return self.snapshot.fingerprint == expected.fingerprint


class XlsxWorkbook:
    """``<folder>/<code>.xlsx`` with the given worksheets.

    ``file_layouts`` are all worksheets of the file (two adapters may share one); ``lists`` feeds the drop-downs.
    """

    def __init__(
        self,
        path: Path,
        code: str,
        layouts: Sequence[Layout],
        *,
        file_layouts: Sequence[Layout] = (),
        lists: Callable[[], Lists] = Lists,
    ) -> None:
        self.path = path
        self._code = code
        self._layouts = tuple(layouts)
        self._file_layouts = tuple(file_layouts or layouts)
        self._lists = lists
        self._seen: _State | None = None
        """What was read last: reading a long list twice for one write costs as much as writing it."""

    @property
    def code(self) -> str:
        return self._code

    @property
    def name(self) -> str:
        return self.path.name

    def fingerprint(self) -> str:
        return files.stamp(self.path)

    # --- reading --------------------------------------------------------------------------------------

    def read(self) -> Snapshot:
        data = files.read_whole(self.path)
        with self._naming_the_file():
            self._seen = self._look(data)
        return self._seen.snapshot

    @contextmanager
    def _naming_the_file(self) -> Iterator[None]:
        try:
            yield
        except Unprocessable as fault:
            raise Unprocessable(
                f"{self.path}: {fault}", reason=f"{self.path.name}: {fault.reason}"
            ) from fault

    def _look(self, data: bytes) -> _State:
        package = Package(data)
        titles = find_sheets(package, [layout.title for layout in self._layouts])
        rows = read_values(data, package, titles)
        by_title = {layout.title: layout for layout in self._layouts}
        grids = {title: find_grid(by_title[title], found) for title, found in rows.items()}
        parts = package.sheets()
        tables: dict[str, Table] = {}
        for layout in self._layouts:
            title = layout.title
            comments = read_comments(package, parts[titles[title]]) if title in titles else {}
            tables[title] = read_table(layout, grids.get(title), rows.get(title, ()), comments)
        return _State(Snapshot(sha256(data).hexdigest(), tables), grids, rows, titles)

    # --- writing --------------------------------------------------------------------------------------

    def write(self, changes: Changes, expected: Snapshot) -> Snapshot:
        files.refuse_if_open(self.path)
        before = files.read_whole(self.path)
        if sha256(before).hexdigest() != expected.fingerprint:
            raise files.changed_meanwhile(self.path)
        with self._naming_the_file():
            state = self._seen if self._seen and self._seen.is_of(expected) else self._look(before)
            edits = place(changes, state.grids)
            if not edits:
                return state.snapshot
            patch = patched(before, {state.titles[title]: edit for title, edit in edits.items()})
            result = self._look(patch.data)
        self._compare(state, edits, patch, result)
        files.replace(self.path, before, patch.data)
        return result.snapshot

    def _compare(self, before: _State, edits: Mapping[str, Edit], patch: Patch, after: _State) -> None:
        """Prove that what was meant is there and nothing else changed; a difference would be our fault, so the
        file stays as it was."""
        for title, rows in before.rows.items():
            wanted = expected_rows(rows, edits.get(title), patch.shifts.get(before.titles[title]))
            if fault := first_difference(wanted, after.rows[title]):
                raise Temporary(
                    f"{self.path}: {title}: written and read differ at {fault}",
                    reason=f"{self.path.name}: yazılan bilgi doğrulanamadı; dosya değiştirilmedi.",
                )

    # --- setting up -----------------------------------------------------------------------------------

    def lists_sign(self) -> str:
        return sha256(repr(self._lists()).encode()).hexdigest()

    def renew_lists(self) -> bool:
        files.refuse_if_open(self.path)
        before = files.read_whole(self.path)
        with self._naming_the_file():
            after = with_lists(before, self._lists())
        if after == before:
            return False
        files.replace(self.path, before, after)
        return True

    def set_up(self) -> list[str]:
        """Create the file, or put on what is missing; what people typed is not touched. Idempotent.

        Lines are Turkish: staff run ``setup-sheets``. Raises :class:`Temporary` while the file is open.
        """
        if not self.path.exists():
            files.create(self.path, new_workbook(self._file_layouts, self._lists()))
            return ["oluşturuldu"]
        files.refuse_if_open(self.path)
        before = files.read_whole(self.path)
        try:
            after, done = repaired(before, self._file_layouts, self._lists())
        except Unprocessable as fault:
            raise Unprocessable(
                f"{self.path}: {fault}", reason=f"{self.path.name}: {fault.reason}"
            ) from fault
        if done:
            files.replace(self.path, before, after)
        return done
