"""Safe copies and the way back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.ledger.backup import NOT_A_BACKUP, SAME_FILE, back_up, restore
from daemon.ledger.faults import NEWER
from daemon.ledger.ledger import SqlLedger, open_ledger
from tests.ledger.samples import LATER, NOW, arrival, entry, number, request


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    ledger = open_ledger(tmp_path / "ledger.db")
    with ledger.transaction() as tx:
        tx.add_request(request(1))
        tx.append_history([entry()])
        tx.keep_arrivals([arrival("small"), arrival("large", b"x" * 400_000)], NOW)
    yield ledger
    ledger.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file_that_opens_as_a_ledger_with_its_originals(
    ledger: SqlLedger, tmp_path: Path
) -> None:
    safe = tmp_path / "safe"
    safe.mkdir()
    with ledger.transaction() as tx:  # in use, and half a decision is not copied
        tx.add_request(request(2))
        back_up(ledger, safe / "yedek.db")
    assert names(safe) == ["yedek.db"]
    assert (safe / "yedek.db").stat().st_mode & 0o777 == 0o600
    with closing(open_ledger(safe / "yedek.db")) as copy, copy.view() as view:
        assert view.request(number(1)) == request(1)
        assert view.request(number(2)) is None
        assert view.verify_chain().is_sound
        waiting = view.arrivals_waiting(NOW, 10)
        assert [stored.arrival.raw for stored in waiting] == [b"small", b"x" * 400_000]


def test_a_later_backup_replaces_the_former(ledger: SqlLedger, tmp_path: Path) -> None:
    target = tmp_path / "yedek.db"
    back_up(ledger, target)
    with ledger.transaction() as tx:
        tx.add_request(request(2))
    back_up(ledger, target)
    with closing(open_ledger(target)) as copy, copy.view() as view:
        assert view.request(number(2)) == request(2)


def test_the_ledger_is_never_overwritten_by_its_backup(ledger: SqlLedger, tmp_path: Path) -> None:
    (tmp_path / "other name").hardlink_to(tmp_path / "ledger.db")
    for target in (tmp_path / "ledger.db", tmp_path / "other name"):
        with pytest.raises(ConfigurationError) as told:
            back_up(ledger, target)
        assert told.value.reason == SAME_FILE


def test_a_backup_into_a_missing_folder_is_told(ledger: SqlLedger, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        back_up(ledger, tmp_path / "yok" / "yedek.db")


def test_a_damaged_ledger_gives_no_backup_and_spoils_none(ledger: SqlLedger, tmp_path: Path) -> None:
    target = tmp_path / "yedek.db"
    back_up(ledger, target)
    good = target.read_bytes()
    ledger.close()
    with (tmp_path / "ledger.db").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xa5" * 8 * 4096)
    with pytest.raises(ConfigurationError):
        back_up(ledger, target)
    assert target.read_bytes() == good
    assert not [name for name in names(tmp_path) if name.endswith(".tmp")]


def test_restoring_puts_the_former_ledger_aside_whole(ledger: SqlLedger, tmp_path: Path) -> None:
    path, target = tmp_path / "ledger.db", tmp_path / "yedek.db"
    back_up(ledger, target)
    with ledger.transaction() as tx:
        tx.add_request(request(2))
    ledger.close()
    aside = restore(target, path, LATER).aside
    assert aside is not None
    with closing(open_ledger(path)) as restored, restored.transaction() as tx:
        assert (tx.request(number(1)), tx.request(number(2))) == (request(1), None)
        tx.add_request(request(3))
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(open_ledger(aside)) as former, former.view() as view:
        assert (view.request(number(2)), view.request(number(3))) == (request(2), None)


def test_work_in_the_log_of_a_killed_process_goes_aside_too(ledger: SqlLedger, tmp_path: Path) -> None:
    path, target = tmp_path / "ledger.db", tmp_path / "yedek.db"
    back_up(ledger, target)
    with ledger.transaction() as tx:
        tx.add_request(request(2))
    killed = tmp_path / "killed.db"  # as SIGKILL leaves it: the last work only in the log
    killed.write_bytes(path.read_bytes())
    (tmp_path / "killed.db-wal").write_bytes((tmp_path / "ledger.db-wal").read_bytes())
    aside = restore(target, killed, LATER).aside
    assert aside is not None
    with closing(open_ledger(killed)) as restored, restored.view() as view:
        assert (view.request(number(1)), view.request(number(2))) == (request(1), None)
    with closing(open_ledger(aside)) as former, former.view() as view:
        assert view.request(number(2)) == request(2)


def test_restoring_where_there_is_no_ledger_makes_one(ledger: SqlLedger, tmp_path: Path) -> None:
    back_up(ledger, tmp_path / "yedek.db")
    assert restore(tmp_path / "yedek.db", tmp_path / "new.db", NOW).aside is None
    with closing(open_ledger(tmp_path / "new.db")) as restored, restored.view() as view:
        assert view.request(number(1)) == request(1)


def test_restoring_twice_in_a_moment_keeps_both_former_ledgers(ledger: SqlLedger, tmp_path: Path) -> None:
    back_up(ledger, tmp_path / "yedek.db")
    ledger.close()
    first = restore(tmp_path / "yedek.db", tmp_path / "ledger.db", NOW).aside
    second = restore(tmp_path / "yedek.db", tmp_path / "ledger.db", NOW).aside
    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()
    assert second.exists()


@pytest.mark.parametrize("content", [b"", b"not a ledger" * 1000, None])
def test_what_is_no_backup_changes_nothing(ledger: SqlLedger, tmp_path: Path, content: bytes | None) -> None:
    ledger.close()
    bad = tmp_path / "yedek.db"
    if content is not None:
        bad.write_bytes(content)
    before = names(tmp_path), (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(ConfigurationError):
        restore(bad, tmp_path / "ledger.db", NOW)
    assert (names(tmp_path), (tmp_path / "ledger.db").read_bytes()) == before


def test_a_truncated_or_a_foreign_or_a_newer_backup_is_refused(ledger: SqlLedger, tmp_path: Path) -> None:
    good = tmp_path / "yedek.db"
    back_up(ledger, good)
    ledger.close()
    truncated = tmp_path / "truncated.db"
    truncated.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    newer = tmp_path / "newer.db"
    newer.write_bytes(good.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = (tmp_path / "ledger.db").read_bytes()
    for bad, reason in ((truncated, NOT_A_BACKUP), (foreign, NOT_A_BACKUP), (newer, NEWER)):
        with pytest.raises(ConfigurationError) as told:
            restore(bad, tmp_path / "ledger.db", NOW)
        assert told.value.reason == reason
        assert (tmp_path / "ledger.db").read_bytes() == before
