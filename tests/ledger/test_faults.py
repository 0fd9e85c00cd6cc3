"""What the disk, other processes and other versions may do to a ledger, and what people are then told."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.ledger import dialect, faults
from daemon.ledger.ledger import SqlTransaction, open_ledger
from daemon.ports.records import RequestFilter
from tests.ledger.samples import NOW, arrival, entry, number, owed, request

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with one request in it, closed."""
    with closing(open_ledger(tmp_path / "ledger.db")) as ledger, ledger.transaction() as tx:
        tx.add_request(request(1))
    return tmp_path / "ledger.db"


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anybody may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


@contextmanager
def without_root() -> Iterator[None]:
    """Nobody's rights, not root's to read and write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_database_is_told_where_large_mails_go() -> None:
    with pytest.raises(ValueError, match="folder"):
        open_ledger("postgresql+psycopg://muhtarlik@/ledger")


def test_a_missing_folder_is_the_administrator_s_to_mend(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as told:
        open_ledger(tmp_path / "yok" / "ledger.db")
    assert told.value.reason == faults.NO_ACCESS
    assert "ledger.db" in str(told.value)


def test_a_folder_in_the_ledger_s_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        open_ledger(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04" + b"a workbook" * 500, b"SQLite format 3\x00" + b"\xff" * 5000, "düz yazı".encode() * 200],
)
def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as told:
        open_ledger(path)
    assert told.value.reason == faults.CORRUPT
    assert path.read_bytes() == content


def test_another_program_s_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    with pytest.raises(ConfigurationError):
        open_ledger(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_damaged_ledger_is_told_not_guessed_at(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    with pytest.raises(ConfigurationError) as told:
        ledger = open_ledger(path)
        with ledger.view() as view:
            view.request(number(1))
    assert told.value.reason == faults.CORRUPT


def test_a_newer_ledger_is_refused_and_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(ConfigurationError) as told:
        open_ledger(path)
    assert told.value.reason == faults.NEWER
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_ledger_that_may_not_be_read_is_the_administrator_s_to_mend(public: Path) -> None:
    path = public / "ledger.db"
    open_ledger(path).close()
    path.chmod(0)
    with without_root(), pytest.raises(ConfigurationError) as told:
        open_ledger(path)
    assert told.value.reason == faults.NO_ACCESS


def test_a_folder_that_may_not_be_written_is_the_administrator_s_to_mend(public: Path) -> None:
    public.chmod(0o555)
    with without_root(), pytest.raises(ConfigurationError) as told:
        open_ledger(public / "ledger.db")
    assert told.value.reason == faults.NO_ACCESS


def test_a_read_only_ledger_is_told_when_something_must_be_written(public: Path) -> None:
    path = public / "ledger.db"
    with closing(open_ledger(path)) as ledger, ledger.transaction() as tx:
        tx.add_request(request(1))
    path.chmod(0o444)
    with without_root(), closing(open_ledger(path)) as ledger:
        with ledger.view() as view:
            assert view.request(number(1)) == request(1)
        with pytest.raises(ConfigurationError) as told, ledger.transaction() as tx:
            tx.save_request(request(1))
    assert told.value.reason == faults.READ_ONLY


def test_a_ledger_locked_too_long_is_temporary(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.1)
    with closing(open_ledger(path)) as ledger, closing(open_ledger(path)) as other:
        with other.transaction(), pytest.raises(Temporary) as told, ledger.transaction():
            pass
        assert told.value.reason == faults.BUSY
        with ledger.transaction() as tx:
            assert tx.next_number(2026) == number(1)


def test_a_ledger_that_may_not_grow_is_temporary_and_keeps_what_it_had(path: Path) -> None:
    with closing(open_ledger(path)) as ledger:
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # SQLite then says SQLITE_FULL
            connection.commit()
        with pytest.raises(Temporary) as told, ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a", b"x" * 200_000)], NOW)
        assert told.value.reason == faults.FULL
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
            connection.commit()
        with ledger.transaction() as tx:
            assert tx.known_arrivals("imap", ["a"]) == set()
            assert tx.keep_arrivals([arrival("a", b"x" * 200_000)], NOW) == 1


def fill_the_disk(path: Path) -> None:
    """In a process that may write no more than 600 kB to a file: to the ledger, then to an original."""
    ledger = open_ledger(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    for size in (200_000, 1_000_000):
        with pytest.raises(Temporary), ledger.transaction() as tx:
            tx.keep_arrivals([arrival(f"{size}-{n}", bytes([n]) * size) for n in range(5)], NOW)
    with ledger.view() as view:
        assert view.arrivals_waiting(NOW, 10) == []


def test_when_the_disk_takes_no_more_nothing_is_half_kept(path: Path) -> None:
    assert in_child(fill_the_disk, path) == 0
    with closing(open_ledger(path)) as ledger, ledger.transaction() as tx:
        assert tx.request(number(1)) == request(1)
        assert tx.keep_arrivals([arrival("a", b"x" * 200_000)], NOW) == 1


def take_numbers(path: Path) -> None:
    """Forty of them, a transaction each."""
    ledger = open_ledger(path)
    for _ in range(40):
        with ledger.transaction() as tx:
            given = tx.next_number(2026)
            tx.add_request(request(number=given))
            tx.append_history([entry(given)])


def test_processes_take_numbers_at_once_and_never_the_same(tmp_path: Path) -> None:
    """They also create the ledger at once."""
    path = tmp_path / "ledger.db"
    children = [start(take_numbers, path) for _ in range(3)]
    assert [ended(child) for child in children] == [0, 0, 0]
    with closing(open_ledger(path)) as ledger, ledger.view() as view:
        assert [kept.number for kept in view.requests(RequestFilter())] == [number(n) for n in range(1, 121)]
        assert view.revision() == 120
        verdict = view.verify_chain()
        assert verdict.is_sound
        assert verdict.head.entries == 120


DECISION: tuple[Callable[[SqlTransaction], object], ...] = (
    lambda tx: tx.next_number(2026),
    lambda tx: tx.add_request(request(1)),
    lambda tx: tx.append_history([entry(), entry()]),
    lambda tx: tx.owe([owed(about=(number(1),))], NOW),
    lambda tx: tx.close_arrival(1, "read", "", [number(1)]),
)


def die_after(path: Path, statements: int) -> None:
    """By SIGKILL, so many statements into the decision; after its commit when it has not so many."""
    ledger = open_ledger(path)
    with ledger.transaction() as tx:
        tx.keep_arrivals([arrival("a")], NOW)
    with ledger.transaction() as tx:
        for statement in DECISION[:statements]:
            statement(tx)
        if statements <= len(DECISION):
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("statements", range(len(DECISION) + 2))
def test_a_process_killed_anywhere_leaves_a_whole_decision_or_none(tmp_path: Path, statements: int) -> None:
    path = tmp_path / "ledger.db"
    assert in_child(die_after, path, statements) == -signal.SIGKILL
    done = statements > len(DECISION)
    with closing(open_ledger(path)) as ledger, ledger.transaction() as tx:
        assert tx.known_arrivals("imap", ["a"]) == {"a"}
        assert len(tx.arrivals_waiting(NOW, 10)) == (0 if done else 1)
        assert tx.request(number(1)) == (request(1) if done else None)
        assert len(tx.history(number(1))) == (2 if done else 0)
        assert len(tx.letters_waiting(NOW, 10)) == (1 if done else 0)
        assert tx.verify_chain().is_sound
        tx.append_history([entry()])
        assert tx.next_number(2026) == number(2 if done else 1)


def test_committed_work_is_synced_to_the_disk(path: Path) -> None:
    with closing(open_ledger(path)) as ledger, ledger.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


OPEN_AGAIN = """
import sys
from daemon.ledger.ledger import SqlTransaction, open_ledger
from daemon.ports.records import RequestFilter
open_ledger(sys.argv[1])
print("alembic" in sys.modules)
"""


def test_opening_again_needs_no_migration_tool(path: Path) -> None:
    command = [sys.executable, "-c", OPEN_AGAIN, str(path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"


def start(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """In a process of its own, which opens the ledger itself."""
    child = get_context("fork").Process(target=work, args=arguments)
    child.start()
    return child


def ended(child: BaseProcess) -> int | None:
    child.join()
    return child.exitcode


def in_child(work: Callable[..., None], *arguments: object) -> int | None:
    return ended(start(work, *arguments))
