"""Earlier states of spreadsheets, kept while somebody will ask for them: for reads that answer what was."""

from collections import defaultdict, deque
from collections.abc import Callable

from tests.sheets_server.book import Book
from tests.sheets_server.drive.model import File

MOST_KEPT = 20


class History:
    """Copies of books from before each write, made only while ``wanted`` says so."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._kept: dict[str, deque[Book]] = defaultdict(lambda: deque(maxlen=MOST_KEPT))

    def keep(self, file: File) -> None:
        """Keeps a spreadsheet's present state, just before it is changed."""
        if file.book is not None and self._wanted():
            self._kept[file.id].append(file.book.copy(file.id, file.book.title))

    def before(self, file: File, back: int) -> Book:
        """The state ``back`` writes ago, or the oldest known; the present one for 0."""
        kept = self._kept[file.id]
        if file.book is None:
            raise ValueError(f"{file.id} is no spreadsheet")
        return kept[-min(back, len(kept))] if back and kept else file.book
