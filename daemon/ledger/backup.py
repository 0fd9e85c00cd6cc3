"""Safe copies of a ledger in one SQLite file, and the way back.

A backup is a single self-contained file: the originals that lie beside the ledger are taken into it. It is
checked before it takes its name. Attachments are ordinary files, copied by ordinary means.
"""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from daemon import points
from daemon.domain.errors import ConfigurationError, Unprocessable
from daemon.ledger.dialect import create_file, sync_folder
from daemon.ledger.faults import CORRUPT, translated_os_error, translating
from daemon.ledger.files import Originals
from daemon.ledger.ledger import SqlLedger, open_ledger
from daemon.ledger.redo import Replayed, begin_anew, replay

NOT_A_BACKUP = "Bu dosya bir kayıt defteri yedeği değil veya bozuk; hiçbir şey değiştirilmedi."
SAME_FILE = "Yedek, kayıt defterinin kendi dosyasına yazılamaz; başka bir dosya adı veriniz."
ELSEWHERE = "Kayıt defteri bir veritabanı sunucusunda; yedeği sunucunun kendi araçlarıyla alınmalıdır."


def back_up(ledger: SqlLedger, target: Path) -> None:
    """Copy the ledger, in use or not, to ``target`` (0600, replaced if there).

    Raises :class:`ConfigurationError` or :class:`Temporary`; a former backup of that name is then untouched.
    """
    source = ledger.engine.url.database
    if ledger.engine.dialect.name != "sqlite" or source is None:
        raise ConfigurationError("ledger: back up the database server instead", reason=ELSEWHERE)
    with translating_files():
        if target.exists() and target.samefile(source):
            raise ConfigurationError(f"ledger: {target} is the ledger itself", reason=SAME_FILE)
        with _beside(target) as copy:
            with closing(_connected(Path(source))) as live, closing(_connected(copy)) as saved:
                live.backup(saved)
                _take_in_originals(saved, ledger.originals)
                saved.execute("PRAGMA journal_mode=DELETE")
                _check(saved, CORRUPT)
            points.reach("backing-up")
            _put(copy, target)


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the former ledger lies now (``None``: there was none), and what was carried out again."""

    aside: Path | None
    replayed: Replayed


def restore(backup: Path, path: Path, now: datetime, *, record: Path | None = None) -> Restored:
    """Put a backup in the ledger's place, brought up to date with what was recorded in ``record`` since.

    Nobody may have the ledger open. A file that is no sound backup raises :class:`ConfigurationError` and
    changes nothing. After a crash at any point the former ledger is whole, in its place or beside it.
    """
    with translating_files():
        with _beside(path) as copy:
            shutil.copyfile(backup, copy)
            with closing(_connected(copy)) as candidate:
                _check(candidate, NOT_A_BACKUP)
            open_ledger(copy).close()  # upgraded if older; refused, while nothing is done yet, if newer
            replayed = _brought_up_to_date(copy, record)
            aside = _set_aside(path, now) if path.exists() else None
            for companion in _companions(path):
                companion.unlink(missing_ok=True)  # a log of the former ledger would corrupt this one
            _put(copy, path)
        return Restored(aside, replayed)


def _brought_up_to_date(copy: Path, record: Path | None) -> Replayed:
    """Without a record, or where it breaks off or does not fit, the ledger goes on from there under a new name."""
    with closing(_connected(copy)) as candidate:
        try:
            replayed = replay(candidate, record) if record else Replayed(0, is_whole=False)
        except sqlite3.Error:
            candidate.rollback()
            replayed = Replayed(0, is_whole=False)
        if not replayed.is_whole:
            begin_anew(candidate)
        candidate.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        candidate.execute("PRAGMA journal_mode=DELETE")
        return replayed


def prove(backup: Path) -> None:
    """Raises :class:`ConfigurationError` unless this is a sound ledger."""
    with translating_files(), closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True)) as candidate:
        _check(candidate, NOT_A_BACKUP)


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=10, isolation_level=None)


def _check(connection: sqlite3.Connection, reason: str) -> None:
    """Raises :class:`ConfigurationError` unless this is a sound ledger."""
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.execute("SELECT count(*) FROM alembic_version, history_head").fetchone()
    except sqlite3.DatabaseError as error:
        raise ConfigurationError(f"ledger: not a sound ledger: {error}", reason=reason) from error
    if found != "ok":
        raise ConfigurationError(f"ledger: not a sound ledger: {found}", reason=reason)


def _take_in_originals(saved: sqlite3.Connection, originals: Originals) -> None:
    """One that is lost already stays a mere name; that does not make the copy worse."""
    for arrival_id, digest in saved.execute(
        "SELECT id, original FROM arrivals WHERE original IS NOT NULL"
    ).fetchall():
        with suppress(Unprocessable):
            raw = originals.original(digest)
            saved.execute("UPDATE arrivals SET raw = ?, original = NULL WHERE id = ?", (raw, arrival_id))


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file to prepare in the same folder, gone afterwards if it was not put in place."""
    copy = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        create_file(copy)
        yield copy
    finally:
        for left in (copy, *_companions(copy)):
            left.unlink(missing_ok=True)


def _put(copy: Path, target: Path) -> None:
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.replace(target)
    sync_folder(target.parent)


def _set_aside(path: Path, now: datetime) -> Path:
    """A second name for the former ledger and its log, complete before the first name goes."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (path.with_name(f"{path.name}.replaced-{stamp}{suffix}") for suffix in _suffixes())
    aside = next(name for name in names if not name.exists())
    for old, new in zip((path, *_companions(path)), (aside, *_companions(aside)), strict=True):
        if old.exists():
            _link_or_copy(old, new)
    sync_folder(path.parent)
    return aside


def _suffixes() -> Iterator[str]:
    yield ""
    yield from (f"-{count}" for count in itertools.count(2))


def _link_or_copy(old: Path, new: Path) -> None:
    try:
        new.hardlink_to(old)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


@contextmanager
def translating_files() -> Iterator[None]:
    try:
        with translating():
            yield
    except OSError as error:
        raise translated_os_error(error) from error
