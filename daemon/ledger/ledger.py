"""The ledger: the one place where the office's requests, letters and history are kept.

:func:`open_ledger` creates or upgrades it; then everything happens in a :meth:`SqlLedger.view` (one
consistent state, waits for nobody) or a :meth:`SqlLedger.transaction` (all or nothing, one at a time across
processes).
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine

from daemon import points
from daemon.ledger.arrivals import ArrivalsRead, ArrivalsWrite
from daemon.ledger.chats import ChatsRead, ChatsWrite
from daemon.ledger.dialect import (
    READING,
    WRITING,
    create_file,
    engine_for_file,
    engine_for_url,
    is_url,
    turn_on_wal,
)
from daemon.ledger.erasure import ErasureWrite
from daemon.ledger.faults import translated_os_error, translating
from daemon.ledger.files import Originals
from daemon.ledger.foreign import ForeignRead, ForeignWrite
from daemon.ledger.history import HistoryRead
from daemon.ledger.letters import LettersRead, LettersWrite
from daemon.ledger.migrate import migrate
from daemon.ledger.redo import Redo
from daemon.ledger.requests import RequestsRead, RequestsWrite
from daemon.ledger.reviews import ReviewsRead, ReviewsWrite
from daemon.ledger.sheets import SheetsRead, SheetsWrite
from daemon.ledger.tellings import TellingsRead, TellingsWrite
from daemon.ledger.upkeep import UpkeepRead, UpkeepWrite
from daemon.ports.ledger import Ledger

MEMORY = ":memory:"


class SqlView(
    ArrivalsRead,
    ChatsRead,
    ForeignRead,
    RequestsRead,
    HistoryRead,
    ReviewsRead,
    TellingsRead,
    LettersRead,
    SheetsRead,
    UpkeepRead,
):
    """Fulfils :class:`daemon.ports.ledger.View`."""


class SqlTransaction(
    ArrivalsWrite,
    ChatsWrite,
    ForeignWrite,
    RequestsWrite,
    ErasureWrite,
    ReviewsWrite,
    TellingsWrite,
    LettersWrite,
    SheetsWrite,
    UpkeepWrite,
    SqlView,
):
    """Fulfils :class:`daemon.ports.ledger.Transaction`."""


class SqlLedger:
    """Fulfils :class:`daemon.ports.ledger.Ledger`. Several processes may each open the same ledger; none may
    inherit an open one through a fork."""

    def __init__(
        self, engine: Engine, folder: Path, *, passing: bool = False, record: Path | None = None
    ) -> None:
        self.engine = engine
        self._folder = folder
        self.originals = Originals(folder)
        self._is_passing = passing
        self._redo = Redo(record, engine) if record else None

    @contextmanager
    def view(self) -> Iterator[SqlView]:
        with self._connected(READING) as connection:
            yield SqlView(connection, self.originals)

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        with self._connected(WRITING) as connection:
            if self._redo:
                self._redo.begin(connection)
            writing = SqlTransaction(connection, self.originals)
            yield writing
            writing.settle()
            self._record(connection)
            points.reach("committing")
        points.reach("committed")

    def _record(self, connection: Connection) -> None:
        """What cannot be recorded is not done: a restored ledger would not know of it."""
        if self._redo:
            try:
                self._redo.write(connection)
            except OSError as error:
                raise translated_os_error(error) from error

    def compact(self) -> None:
        """Leave nothing of what was erased in the file: empty the write-ahead log, write the file anew."""
        if self.engine.dialect.name != "sqlite":
            return  # the server's own VACUUM sees to it
        with translating(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(statement)

    def let_go(self) -> None:
        """Close every connection; the next view or transaction opens a new one. Needed before a fork."""
        self.engine.dispose()

    def close(self) -> None:
        self.engine.dispose()
        if self._is_passing:
            shutil.rmtree(self._folder.parent, ignore_errors=True)

    @contextmanager
    def _connected(self, purpose: str) -> Iterator[Connection]:
        with translating(), self.engine.connect() as plain:
            connection = plain.execution_options(purpose=purpose)
            with connection.begin():
                yield connection


def open_ledger(where: str | Path, originals: Path | None = None, *, record: Path | None = None) -> SqlLedger:
    """Open a ledger, create it if it is not there, upgrade it if it is older than the program.

    ``where``: a file's path, a database URL (PostgreSQL), or ``":memory:"`` for one that ends when closed.
    ``originals``: the folder for mails too large for the ledger; beside the file unless told, a database has to be
    told. ``record``: where a file's transactions are recorded, so that a backup can be brought up to date.
    Raises :class:`ConfigurationError` (no such folder, no right to write, corrupt, newer than the program) or
    :class:`Temporary` (locked for ten seconds, disk full).
    """
    ledger = _ledger_at(str(where), originals, record)
    try:
        with translating():
            if ledger.engine.dialect.name == "sqlite":
                turn_on_wal(ledger.engine)
            migrate(ledger.engine)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _ledger_at(where: str, originals: Path | None, record: Path | None) -> SqlLedger:
    if where == MEMORY:
        folder = Path(tempfile.mkdtemp(prefix="muhtarlik-"))
        file = folder / "ledger.db"
        file.write_bytes(_empty())
        return SqlLedger(engine_for_file(file, durable=False), folder / "originals", passing=True)
    if is_url(where):
        if originals is None:
            raise ValueError("a database needs a folder beside it for large mails")
        return SqlLedger(engine_for_url(where), originals)
    path = Path(where).absolute()
    try:
        create_file(path)
    except OSError as error:
        raise translated_os_error(error) from error
    beside = originals or path.with_name(f"{path.name}-originals")
    return SqlLedger(engine_for_file(path), beside, record=record)


@cache
def _empty() -> bytes:
    """A ledger's file before anything was entered, made by the migrations as every other; they take their time."""
    with tempfile.TemporaryDirectory(prefix="muhtarlik-") as folder:
        file = Path(folder) / "ledger.db"
        engine = engine_for_file(file, durable=False)
        turn_on_wal(engine)
        migrate(engine)
        engine.dispose()  # the last one to leave brings everything from the write-ahead log into the file
        return file.read_bytes()


def _fulfils_the_port(ledger: SqlLedger) -> Ledger:
    """Says nothing at run time; the type checker compares every method with the port."""
    return ledger
