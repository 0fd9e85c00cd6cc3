"""What was written since a backup: every committed transaction as its statements, in files beside the backups.

A backup is a night old; with this record a ledger that is restored from it loses nothing: numbers are not given
twice, letters are not sent twice, the spreadsheets agree. A line is written before its transaction commits, while
nobody else may write, and numbered; one that did not commit is followed by another with the same number, which then
counts. The files are not synced line by line (a second sync for each mail): a power cut that also spoils the
ledger may cost the last half minute, for which the mails are read again.
"""

import base64
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

SUFFIX = ".jsonl"
_KEY = "redo"
"""Note in the ledger: whose record this is, "/", and the number of the last transaction."""
_LIST = "redo"
_READING = ("SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK")
_GET = "SELECT value FROM notes WHERE key = ?"
_SET = "INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class Redo:
    """Records one ledger's transactions in ``folder``; created with the first line."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self._folder = folder
        event.listen(engine, "after_cursor_execute", _remember)

    def begin(self, connection: Connection) -> None:
        connection.info[_LIST] = []

    def write(self, connection: Connection) -> None:
        """Append what the transaction did; called just before it commits. Raises :class:`OSError`."""
        done = connection.info.pop(_LIST, [])
        if not done:
            return
        stands = connection.exec_driver_sql(_GET, (_KEY,)).scalar()
        ledger, serial = _place(stands or f"{secrets.token_hex(8)}/0")
        connection.exec_driver_sql(_SET, (_KEY, f"{ledger}/{serial + 1}"))
        line = _encode({"of": ledger, "serial": serial + 1, "do": done})
        self._append(f"\n{line}\n".encode())

    def _append(self, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._folder / f"{time.strftime('%Y-%m-%d', time.gmtime())}{SUFFIX}"
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            while data:  # a full disk takes a part, then refuses
                data = data[os.write(file, data) :]
        finally:
            os.close(file)


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many transactions were carried out again, and whether the record has no gap."""

    transactions: int
    is_whole: bool


def replay(copy: sqlite3.Connection, folder: Path) -> Replayed:
    """Carry out on a restored ledger what was recorded after it was backed up."""
    [stands] = copy.execute(_GET, (_KEY,)).fetchone() or [""]
    if not stands:
        return Replayed(0, is_whole=False)
    ledger, serial = _place(stands)
    recorded = {line["serial"]: line["do"] for line in _lines(folder) if line["of"] == ledger}
    first = serial
    while do := recorded.get(serial + 1):
        serial += 1
        copy.execute("BEGIN IMMEDIATE")
        for statement, rows in do:
            for row in rows:
                copy.execute(statement, [_value(value) for value in row]).fetchall()
        copy.execute(_SET, (_KEY, f"{ledger}/{serial}"))
        copy.execute("COMMIT")
    # Where not even the backup's own last transaction is recorded, the record is another's or was lost.
    is_whole = first in recorded and not any(number > serial for number in recorded)
    return Replayed(serial - first, is_whole=is_whole)


def begin_anew(copy: sqlite3.Connection) -> None:
    """What was recorded of this ledger so far will not be carried out again."""
    copy.execute("DELETE FROM notes WHERE key = ?", (_KEY,))


def _remember(
    connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
) -> None:
    done = connection.info.get(_LIST)
    if done is None or statement.lstrip()[:8].upper().startswith(_READING):
        return
    # A list of rows, or one row; many rows in one statement ("insertmanyvalues") are one row here, whatever _many says.
    rows = parameters if isinstance(parameters, list) else [parameters]
    done.append((statement, rows))


def _bytes_as_text(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} has no place in the record")


_encode = json.JSONEncoder(ensure_ascii=False, default=_bytes_as_text).encode


def _value(value: object) -> Any:
    return base64.b64decode(value["b"]) if isinstance(value, dict) else value


def _place(note: str) -> tuple[str, int]:
    ledger, _, serial = note.rpartition("/")
    return ledger, int(serial)


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    """In the order in which they were written; one that a power cut tore is none."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with path.open("rb") as file:
            for raw in file:
                try:
                    line = json.loads(raw)
                except ValueError:
                    continue
                if isinstance(line, dict):
                    yield line
