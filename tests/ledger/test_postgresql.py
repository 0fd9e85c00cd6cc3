"""The contract on a real PostgreSQL, started by the tests on a socket of its own and ended by them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from daemon.ledger.ledger import SqlLedger, open_ledger
from tests.ledger.contract import LedgerContract
from tests.ledger.samples import NOW, entry, number

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("postgresql")]
_SETTINGS = "-c listen_addresses='' -c fsync=off -c shared_buffers=16MB"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server with ``{}`` for a database's name."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="muhtarlik-postgresql-"))
    owner = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if owner:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, user=owner, cwd=folder, timeout=60)

    data = str(folder / "data")
    run(f"{programs}/initdb", "-D", data, "-U", "muhtarlik", "-A", "trust", "-E", "UTF8", "--no-sync")
    control = (f"{programs}/pg_ctl", "-D", data, "-w", "-l", str(folder / "log"))
    run(*control, "-o", f"{_SETTINGS} -k {folder}", "start")
    yield f"postgresql+psycopg://muhtarlik@/{{}}?host={folder}"
    run(*control, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)  # a backend may still be taking its own files away


_NAMES = count(1)


def _new_database(server: str, template: str) -> str:
    """Its name; it begins as a copy of ``template``."""
    name = f"ledger_{next(_NAMES)}"
    engine = sa.create_engine(server.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return name


@pytest.fixture(scope="module")
def migrated(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that all migrations have gone through from nothing, to be copied: a third of the time."""
    name = _new_database(server, "template1")
    open_ledger(server.format(name), tmp_path_factory.mktemp("originals")).close()
    return name


@pytest.fixture
def database(server: str, migrated: str) -> str:
    """The address of a ledger's database of its own."""
    return server.format(_new_database(server, migrated))


@pytest.fixture
def ledger(database: str, tmp_path: Path) -> Iterator[SqlLedger]:
    ledger = open_ledger(database, tmp_path / "originals")
    yield ledger
    ledger.close()


class TestPostgreSql(LedgerContract):
    """Everything that a ledger promises."""


def test_words_are_erased_and_the_chain_stays_sound(ledger: SqlLedger) -> None:
    with ledger.transaction() as tx:
        tx.append_history([entry(number(1), "Ayşe aradı"), entry(number(2), "başka bir kayıt")])
    with ledger.transaction() as tx:
        erased = tx.rewrite_history(
            lambda about, said: ("", "[silindi]", "{}") if about == number(1) else said,
            why="İstek.",
            now=NOW,
        )
    with ledger.view() as view:
        assert (erased, view.verify_chain().is_sound) == (1, True)
        assert [line.text for line in view.history(number(1))] == ["[silindi]"]
        assert [line.text for line in view.history(number(2))] == ["başka bir kayıt"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET kind = 'uydurma'",
        "UPDATE history SET number = 'MHT-2026-000009'",
        "DELETE FROM history",
        "TRUNCATE history CASCADE",
    ],
)
def test_nothing_else_changes_or_removes_history(ledger: SqlLedger, statement: str) -> None:
    with ledger.transaction() as tx:
        tx.append_history([entry(number(1), "kayıt")])
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), ledger.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    with ledger.view() as view:
        assert view.verify_chain().is_sound
