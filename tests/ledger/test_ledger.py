"""The contract on SQLite, in a file and in one that ends with its ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.ledger.ledger import SqlLedger, open_ledger
from daemon.ledger.migrate import migrate
from tests.ledger.contract import LedgerContract
from tests.ledger.samples import NOW, arrival, number, request


class TestFile(LedgerContract):
    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Iterator[SqlLedger]:
        ledger = open_ledger(tmp_path / "ledger.db")
        yield ledger
        ledger.close()


class TestPassing(LedgerContract):
    @pytest.fixture
    def ledger(self) -> Iterator[SqlLedger]:
        ledger = open_ledger(":memory:")
        yield ledger
        ledger.close()


def test_a_passing_ledger_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ledger = open_ledger(":memory:")
    assert list(tmp_path.iterdir())
    ledger.close()
    assert list(tmp_path.iterdir()) == []


def test_each_passing_ledger_begins_empty_and_migrated() -> None:
    first, second = open_ledger(":memory:"), open_ledger(":memory:")
    with first.transaction() as tx:
        assert tx.next_number(2026) == number(1)
        tx.add_request(request(1))
    with second.view() as view:
        assert view.request(number(1)) is None
    third = open_ledger(":memory:")
    for ledger in (second, third):
        assert migrate(ledger.engine) is False
        with ledger.transaction() as tx:
            assert tx.next_number(2026) == number(1)
    for ledger in (first, second, third):
        ledger.close()


def test_a_closed_ledger_opens_again_with_all_it_held(tmp_path: Path) -> None:
    for serial in (1, 2):
        ledger = open_ledger(str(tmp_path / "ledger.db"))
        with ledger.transaction() as tx:
            assert tx.next_number(2026) == number(serial)
            tx.add_request(request(serial))
        ledger.close()


def test_nobody_but_the_owner_may_read_the_ledger_or_its_originals(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = open_ledger(path)
    with ledger.transaction() as tx:
        tx.keep_arrivals([arrival("large", b"x" * 300_000)], NOW)
    files = [found for found in tmp_path.rglob("*") if found.is_file()]
    assert len(files) == 4  # the ledger, its log, the log's index, the original
    assert {found.stat().st_mode & 0o777 for found in files} == {0o600}
    assert {found.stat().st_mode & 0o777 for found in tmp_path.rglob("*") if found.is_dir()} == {0o700}
    ledger.close()


def test_a_lost_original_does_not_hide_the_other_arrivals(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    with ledger.transaction() as tx:
        tx.keep_arrivals([arrival("a", b"x" * 300_000), arrival("b", b"y" * 300_000), arrival("c")], NOW)
    lost, damaged = sorted(
        (found for found in tmp_path.rglob("*-originals/*/*")), key=lambda found: found.read_bytes()
    )
    lost.unlink()
    damaged.write_bytes(b"z")
    with ledger.view() as view:
        waiting = view.arrivals_waiting(NOW, 10)
    assert [(s.arrival.raw, bool(s.fault)) for s in waiting] == [(b"", True), (b"", True), (b"c", False)]
    assert "özgün" in waiting[0].fault
    ledger.close()
