"""What was written since a backup is carried out again: the restored ledger is the lost one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.ledger import nightly
from daemon.ledger.backup import restore
from daemon.ledger.ledger import SqlLedger, open_ledger
from daemon.ledger.redo import Replayed
from tests.ledger.samples import LATER, NOW, arrival, entry, letter, owed, request

DAY = date(2026, 10, 12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[SqlLedger]:
    with closing(open_ledger(path, record=nightly.folder_of(path))) as opened:
        work(opened, 1)
        yield opened


def work(ledger: SqlLedger, serial: int) -> None:
    """All that a day's work writes: bytes, lists, counters, the chain, upserts, things undone."""
    with ledger.transaction() as tx:
        tx.keep_arrivals([arrival(f"{serial}-{n}", bytes([serial, n, 255])) for n in range(3)], NOW)
    with ledger.transaction() as tx:
        given = tx.next_number(2026)
        tx.add_request(request(number=given))
        tx.append_history([entry(given), entry(given)])
        tx.owe([owed(f"letter-{serial}", about=(given,))], NOW)
        tx.mark_reminded([f"reminder-{serial}", "every time"], NOW)
        tx.set_note("last", str(serial))
    with pytest.raises(RuntimeError), ledger.transaction() as tx:
        tx.next_number(2026)
        raise RuntimeError
    with ledger.transaction() as tx:
        tx.close_arrival(tx.arrivals_waiting(NOW, 1)[0].id, "read", "", [given])
        waiting = tx.letters_waiting(NOW, 9)[-1]
        tx.mark_sending({waiting.id: letter(waiting.key)}, NOW)
        tx.mark_sent(waiting.id, NOW)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            n for [n] in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        ]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def keep(ledger: SqlLedger, path: Path, day: date = DAY, most: int = 14) -> Path | None:
    return nightly.keep(ledger, path, today=day, most=most)


def test_a_restored_ledger_has_all_that_came_after_its_backup(ledger: SqlLedger, path: Path) -> None:
    backup = keep(ledger, path)
    assert backup is not None
    work(ledger, 2)
    work(ledger, 3)
    ledger.close()
    before = contents(path)
    restored = restore(backup, path, LATER, record=nightly.folder_of(path))
    assert restored.replayed == Replayed(6, is_whole=True)
    assert contents(path) == before


def test_after_a_restoration_work_goes_on_and_can_be_restored_again(ledger: SqlLedger, path: Path) -> None:
    backup = keep(ledger, path)
    assert backup is not None
    work(ledger, 2)
    ledger.close()
    restore(backup, path, LATER, record=nightly.folder_of(path))
    with closing(open_ledger(path, record=nightly.folder_of(path))) as going_on:
        work(going_on, 3)
        with going_on.view() as view:
            assert view.verify_chain().is_sound
    before = contents(path)
    restored = restore(backup, path, LATER + timedelta(days=1), record=nightly.folder_of(path))
    assert restored.replayed == Replayed(6, is_whole=True)
    assert contents(path) == before


def test_a_transaction_that_was_recorded_and_did_not_commit_counts_no_more_once_another_did(
    ledger: SqlLedger, path: Path
) -> None:
    backup = keep(ledger, path)
    assert backup is not None
    with pytest.raises(KeyboardInterrupt), ledger.transaction() as tx:
        tx.set_note("last", "died before the commit")
        ledger._redo.write(tx._connection)  # type: ignore[union-attr]
        raise KeyboardInterrupt
    work(ledger, 2)
    ledger.close()
    before = contents(path)
    assert restore(backup, path, LATER, record=nightly.folder_of(path)).replayed == Replayed(3, is_whole=True)
    assert contents(path) == before


def test_a_line_that_a_power_cut_tore_ends_the_record_and_no_more(ledger: SqlLedger, path: Path) -> None:
    backup = keep(ledger, path)
    assert backup is not None
    work(ledger, 2)
    [record] = nightly.folder_of(path).glob("*.jsonl")
    record.write_bytes(record.read_bytes()[:-40])
    restored = restore(backup, path, LATER, record=nightly.folder_of(path))
    assert restored.replayed == Replayed(2, is_whole=True)


def test_a_record_with_a_gap_is_followed_up_to_it_and_said_to_be_torn(ledger: SqlLedger, path: Path) -> None:
    backup = keep(ledger, path)
    assert backup is not None
    work(ledger, 2)
    ledger.close()
    [record] = nightly.folder_of(path).glob("*.jsonl")
    lines = record.read_bytes().split(b"\n")
    record.write_bytes(b"\n".join(line for line in lines if b'"serial": 5,' not in line))
    restored = restore(backup, path, LATER, record=nightly.folder_of(path))
    assert restored.replayed == Replayed(1, is_whole=False)
    with closing(open_ledger(path)) as opened, opened.view() as view:
        assert view.verify_chain().is_sound
        assert view.note("last") == "1"


def test_a_ledger_restored_as_it_was_never_gets_what_came_after(ledger: SqlLedger, path: Path) -> None:
    backup = keep(ledger, path)
    assert backup is not None
    work(ledger, 2)
    ledger.close()
    restore(backup, path, LATER)
    with closing(open_ledger(path, record=nightly.folder_of(path))) as going_on:
        with going_on.transaction() as tx:
            tx.set_note("last", "another life")
        later = keep(going_on, path, DAY + timedelta(days=1))
    assert later is not None
    before = contents(path)
    assert restore(later, path, LATER + timedelta(days=1), record=nightly.folder_of(path)).replayed.is_whole
    assert contents(path) == before


def test_what_cannot_be_recorded_is_not_done(ledger: SqlLedger, path: Path) -> None:
    folder = nightly.folder_of(path)
    folder.rename(folder.with_name("away"))
    folder.write_text("a file in the folder's place")
    with pytest.raises((Temporary, ConfigurationError)), ledger.transaction() as tx:
        tx.set_note("last", "unrecorded")
    with ledger.view() as view:
        assert view.note("last") == "1"


def test_the_newest_backups_are_kept_with_the_records_that_they_need(ledger: SqlLedger, path: Path) -> None:
    folder = nightly.folder_of(path)
    for day in ("2026-09-29", "2026-10-10", "2026-10-12"):
        (folder / f"{day}.jsonl").write_text("")
    for n in range(5):
        assert keep(ledger, path, DAY + timedelta(days=n), most=3) is not None
    assert [backup.name for backup in nightly.kept(path)] == [f"ledger-2026-10-{n}.db" for n in (16, 15, 14)]
    records = {record.stem for record in folder.glob("*.jsonl")}
    assert not records & {"2026-09-29", "2026-10-10", "2026-10-12"}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in nightly.kept(path))


def test_there_is_one_backup_a_day(ledger: SqlLedger, path: Path) -> None:
    assert keep(ledger, path) is not None
    assert keep(ledger, path) is None


def test_a_backup_that_was_spoilt_is_passed_over(ledger: SqlLedger, path: Path) -> None:
    first = keep(ledger, path)
    second = keep(ledger, path, DAY + timedelta(days=1))
    assert nightly.newest_good(path) == second
    assert second is not None
    second.write_bytes(second.read_bytes()[:5000] + b"\xa5" * 20000)
    assert nightly.newest_good(path) == first
