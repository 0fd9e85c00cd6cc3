"""Backups that are made every night and kept for some days, in ``yedek/`` beside the ledger."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from daemon.domain.errors import ConfigurationError
from daemon.ledger.backup import back_up, prove, translating_files
from daemon.ledger.dialect import sync_folder
from daemon.ledger.ledger import SqlLedger
from daemon.ledger.redo import SUFFIX

FOLDER = "yedek"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def folder_of(path: Path) -> Path:
    """Where the backups of the ledger at ``path`` lie."""
    return path.parent / FOLDER


def kept(path: Path) -> list[Path]:
    """The backups of the ledger at ``path``, newest first."""
    return sorted(folder_of(path).glob(f"{path.stem}-[0-9]*{path.suffix}"), reverse=True)


def keep(ledger: SqlLedger, path: Path, *, today: date, most: int) -> Path | None:
    """Make today's backup unless it is there, and leave the newest ``most``; return the new one.

    Days on which there was no daemon cost no backup: they are counted, not their age. Raises
    :class:`ConfigurationError` or :class:`Temporary`; then the former ones all stay.
    """
    target = folder_of(path) / f"{path.stem}-{today}{path.suffix}"
    if target.exists():
        return None
    with translating_files():
        target.parent.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)
    back_up(ledger, target)
    for old in kept(path)[max(1, most) :]:
        old.unlink(missing_ok=True)
    for record in _records_before(path):
        record.unlink(missing_ok=True)
    return target


def renew(ledger: SqlLedger, path: Path, *, today: date) -> None:
    """A fresh backup in the place of all former ones and of the record of what came after them: what was erased is in
    none of them. Raises as :func:`keep`; then the former ones all stay."""
    folder = folder_of(path)
    if not folder.exists():
        return
    fresh = folder / f"{path.stem}-{today}{path.suffix}.yeni"
    fresh.unlink(missing_ok=True)
    back_up(ledger, fresh)
    with translating_files():
        for old in [*kept(path), *folder.glob(f"*{SUFFIX}")]:
            old.unlink(missing_ok=True)
        fresh.replace(fresh.with_suffix(""))
        sync_folder(folder)


def newest_good(path: Path) -> Path | None:
    """The newest backup that is sound."""
    for backup in kept(path):
        try:
            prove(backup)
        except ConfigurationError:
            continue
        return backup
    return None


def is_sound(path: Path) -> bool:
    """Whether the ledger at ``path`` can be read throughout. Costs about a second for a gigabyte."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=10)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.OperationalError:  # locked, no rights, no disk: not for us to judge
        return True
    except sqlite3.DatabaseError:
        return False


def _records_before(path: Path) -> Iterator[Path]:
    """Records that not even the oldest backup needs: written more than a day before it."""
    days = [found[0] for backup in kept(path) if (found := _DAY.search(backup.name))]
    if not days:
        return
    oldest = date.fromordinal(date.fromisoformat(min(days)).toordinal() - 1).isoformat()
    for record in folder_of(path).glob(f"*{SUFFIX}"):
        if record.stem < oldest:
            yield record
