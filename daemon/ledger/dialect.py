"""What SQLite and PostgreSQL do not share: how a ledger is opened, locked and told lists of any length.

SQLite: WAL (readers and the writer do not wait for each other), synchronous=FULL (after a power cut NORMAL
lost a whole table, FULL kept every acknowledged row), BEGIN IMMEDIATE (a decision never finds on its last
statement that somebody else wrote). PostgreSQL gets the same rule, one writer at a time, by an advisory lock.
"""

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    event,
    make_url,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

BUSY_SECONDS = 10.0
READING = "reading"
WRITING = "writing"

_BEGIN = {
    ("sqlite", READING): ("BEGIN",),
    ("sqlite", WRITING): ("BEGIN IMMEDIATE",),
    # Any number would do: this one is the date of the circular that the ledger serves.
    ("postgresql", READING): ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",),
    ("postgresql", WRITING): ("SELECT pg_advisory_xact_lock(20150220)",),
}


def is_url(where: str) -> bool:
    return "://" in where


def engine_for_url(url: str) -> Engine:
    """A server's ledger, e.g. ``postgresql+psycopg://user@host/muhtarlik``."""
    engine = create_engine(make_url(url), pool_pre_ping=True)
    _begin_explicitly(engine)
    return engine


def engine_for_file(path: Path, *, durable: bool = True) -> Engine:
    """A ledger in one SQLite file. ``durable=False`` is for ledgers that end with their process."""
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_use_lifo=True)
    synchronous = "FULL" if durable else "OFF"

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN and COMMIT are ours alone
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA journal_size_limit=67108864")

    _begin_explicitly(engine)
    return engine


def _begin_explicitly(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        purpose = connection.get_execution_options().get("purpose", WRITING)
        for statement in _BEGIN[connection.dialect.name, purpose]:
            connection.exec_driver_sql(statement)


def create_file(path: Path) -> None:
    """Make an empty ledger file that only its owner may read (its -wal and -shm inherit that)."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A new or renamed file survives a power cut only once its folder is synced, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def turn_on_wal(engine: Engine) -> None:
    """Lasting, once per file. Two processes may try at once, and SQLite does not wait here by itself."""
    give_up_at = time.monotonic() + BUSY_SECONDS
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                cursor.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > give_up_at:
                    raise
                time.sleep(0.05)
    finally:
        connection.close()


# --- statements that both understand (SQLite took ON CONFLICT from PostgreSQL: its construct fits both)


def insert_new(table: Table, *key: str) -> Insert:
    """Insert, silently leaving out rows whose ``key`` is there."""
    return insert(table).on_conflict_do_nothing(index_elements=key)


def upsert(table: Table, *key: str, only: Sequence[str] = (), **changed: ColumnElement[Any]) -> Insert:
    """Insert, or give the row with that key the new values: of all other columns, or of ``only`` some;
    ``changed`` are computed from the old ones."""
    fresh = insert(table)
    names = only or [column.name for column in table.c if column.name not in key]
    values = {name: fresh.excluded[name] for name in names} | changed
    return fresh.on_conflict_do_update(index_elements=key, set_=values)


def among(column: ColumnElement[str], parameter: str) -> ColumnElement[bool]:
    """``column IN`` the strings of one JSON list: a list of any length in one cached statement."""
    return column.in_(select(strings_of(parameter)))


def strings_of(parameter: str) -> ColumnElement[str]:
    """The strings of one JSON list, to select from: one row each."""
    return json_strings(bindparam(parameter)).table_valued("value").c.value


class json_strings(GenericFunction[str]):  # noqa: N801 - it is an SQL function's name
    """The strings of a JSON list as rows of one column, ``value``."""

    inherit_cache = True


@compiles(json_strings, "sqlite")
def _by_sqlite(element: json_strings, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(json_strings, "postgresql")
def _by_postgresql(element: json_strings, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"
