"""What every test process does first: nothing here changes what a test proves."""

import ctypes
import gc
import os
import sqlite3
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, cast

import pytest
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection

from daemon.ledger import migrate
from daemon.mappings import file
from daemon.wording import environment

# Tests start the daemon's programs some three hundred times, and each worker reads nine thousand tests. Where the
# machine forbids Python to keep compiled modules, every one of these starts would compile the whole program anew.
# Whoever asks for it by -B means it: ``make mutants`` changes sources under the tests' feet.
if "-B" not in sys.orig_argv:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False

# As the program itself does (``daemon/cli``): what a worker imports and collects stays until its end, and to look
# through it every 700 objects took a fifth of the time that collecting takes, a twentieth of the time of the tests.
gc.set_threshold(50_000)

# A daemon has one office, and remembers one text of mappings; tests have several, and each reading takes a second.
file._understood = lru_cache(maxsize=4)(file._understood.__wrapped__)


class _CompiledOnce(BytecodeCache):
    """Letters' templates, which each office compiles for itself: those of the same file and text once a process."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.code


environment._Sandbox = partial(environment._Sandbox, bytecode_cache=_CompiledOnce())


def _upgrade_as_before(upgrade: Callable[[Connection, str], None]) -> Callable[[Connection, str], None]:
    """The first new file of a process is made by the migrations; those after it by the statements that tell what
    came of that."""
    made: list[str] = []

    def upgraded(connection: Connection, revision: str) -> None:
        if revision or connection.dialect.name != "sqlite":
            upgrade(connection, revision)
        elif not made:
            upgrade(connection, revision)
            raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
            made.extend(line for line in raw.iterdump() if line not in {"BEGIN TRANSACTION;", "COMMIT;"})
        else:
            for statement in made:
                connection.exec_driver_sql(statement)

    return upgraded


migrate._upgrade = _upgrade_as_before(migrate._upgrade)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """The collected tests stay until the end: the collector of garbage need not walk through them each time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """After each file the system gets back what pictures and archives left free between what stays."""
    if nextitem is None or nextitem.path != item.path:
        ctypes.CDLL(None).malloc_trim(0)


def pytest_xdist_auto_num_workers() -> int | None:
    """``-n auto``: one more than there are processors. A third of the time tests wait: for a daemon to start, for a
    letter on its way through Postfix, for a beat; what waits leaves its processor to another test.
    ``$PYTEST_XDIST_AUTO_NUM_WORKERS`` decides otherwise, as ever."""
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    return len(os.sched_getaffinity(0)) + 1
