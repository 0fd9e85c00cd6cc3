"""Tamper evidence: whatever somebody does to the history afterwards is found, and where."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from daemon.domain.errors import MuhtarlikError
from daemon.ledger.chain import START, Fault, Head
from daemon.ledger.ledger import SqlLedger, open_ledger
from tests.ledger.samples import NOW, entry, number

ENTRIES = 6


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    ledger = open_ledger(tmp_path / "ledger.db")
    with ledger.transaction() as tx:
        tx.append_history(entry(number(n), f"kayıt {n}", n=n, day=NOW.date()) for n in range(1, ENTRIES + 1))
    yield ledger
    ledger.close()


def tamper(ledger: SqlLedger, *statements: str) -> None:
    """As somebody with the file and a database tool would: past every trigger."""
    path = ledger.engine.url.database
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER history_is_never_changed")
        connection.execute("DROP TRIGGER history_is_never_removed")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("statements", "seq", "named", "fault"),
    [
        (["UPDATE history SET text = 'başka' WHERE seq = 3"], 3, 3, Fault.CHANGED),
        (["UPDATE history SET actor = 'başkası' WHERE seq = 1"], 1, 1, Fault.CHANGED),
        (["UPDATE history SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 2"], 2, 2, Fault.CHANGED),
        (["UPDATE history SET at = 'dün' WHERE seq = 2"], 2, 2, Fault.CHANGED),
        (["UPDATE history SET kind = 'closed' WHERE seq = 6"], 6, 6, Fault.CHANGED),
        (["UPDATE history SET data = '{}' WHERE seq = 4"], 4, 4, Fault.CHANGED),
        (["UPDATE history SET data = x'00ff' WHERE seq = 4"], 4, 4, Fault.CHANGED),
        (["UPDATE history SET text = x'00ff' WHERE seq = 4"], 4, 4, Fault.CHANGED),
        (["UPDATE history SET number = 'MHT-2026-000009' WHERE seq = 4"], 4, 9, Fault.CHANGED),
        (["UPDATE history SET salt = '' WHERE seq = 5"], 5, 5, Fault.CHANGED),
        (["UPDATE history SET digest = hash WHERE seq = 5"], 5, 5, Fault.CHANGED),
        (["DELETE FROM history WHERE seq = 1"], 1, 2, Fault.MISSING),
        (["DELETE FROM history WHERE seq = 3"], 3, 4, Fault.MISSING),
        (["DELETE FROM history WHERE seq IN (3, 4)"], 3, 5, Fault.MISSING),
        (
            ["DELETE FROM history WHERE seq = 3", "UPDATE history SET seq = seq - 1 WHERE seq > 3"],
            3,
            4,
            Fault.CHANGED,
        ),
        (
            [
                "UPDATE history SET seq = 100 WHERE seq = 2",
                "UPDATE history SET seq = 2 WHERE seq = 3",
                "UPDATE history SET seq = 3 WHERE seq = 100",
            ],
            2,
            3,
            Fault.CHANGED,
        ),
        (["DELETE FROM history WHERE seq = 6"], 6, 5, Fault.CUT),
        (["DELETE FROM history WHERE seq > 4"], 5, 4, Fault.CUT),
        (["DELETE FROM history_head"], 6, 6, Fault.HEAD),
        (["UPDATE history_head SET hash = count"], 6, 6, Fault.HEAD),
        (["UPDATE history_head SET count = 5"], 6, 6, Fault.HEAD),
        (
            [
                """INSERT INTO history SELECT 7, number, at, actor, kind, text, data, salt, digest, hash
                   FROM history WHERE seq = 6"""
            ],
            7,
            6,
            Fault.CHANGED,
        ),
    ],
)
def test_the_first_broken_entry_is_named(
    ledger: SqlLedger, statements: list[str], seq: int, named: int, fault: Fault
) -> None:
    tamper(ledger, *statements)
    with ledger.view() as view:
        broken = view.verify_chain().broken
    assert broken is not None
    assert (broken.seq, broken.number, broken.fault) == (seq, number(named), fault)


def test_emptying_the_history_is_seen(ledger: SqlLedger) -> None:
    tamper(ledger, "DELETE FROM history")
    with ledger.view() as view:
        broken = view.verify_chain().broken
    assert broken is not None
    assert (broken.seq, broken.fault) == (1, Fault.CUT)


def test_a_cut_hidden_by_moving_the_head_is_seen_by_whoever_noted_the_head_down(ledger: SqlLedger) -> None:
    with ledger.view() as view:
        noted = view.verify_chain().head
    tamper(
        ledger,
        "DELETE FROM history WHERE seq > 4",
        "UPDATE history_head SET count = 4, hash = (SELECT hash FROM history WHERE seq = 4)",
    )
    with ledger.view() as view:
        assert view.verify_chain().is_sound
        broken = view.verify_chain(noted).broken
    assert broken is not None
    assert (broken.seq, broken.fault) == (5, Fault.CUT)


def test_a_forged_chain_is_seen_by_whoever_noted_the_head_down(tmp_path: Path, ledger: SqlLedger) -> None:
    with ledger.view() as view:
        noted = view.verify_chain().head
    with open_other(tmp_path) as forged, forged.transaction() as tx:
        tx.append_history(entry(number(n), "uydurma") for n in range(1, ENTRIES + 3))
        assert tx.verify_chain().is_sound
        broken = tx.verify_chain(noted).broken
    assert broken is not None
    assert (broken.seq, broken.number, broken.fault) == (ENTRIES, number(ENTRIES), Fault.ANCHOR)


def open_other(folder: Path) -> closing[SqlLedger]:
    return closing(open_ledger(folder / "other.db"))


def test_an_older_note_proves_a_grown_history(ledger: SqlLedger) -> None:
    with ledger.view() as view:
        noted = view.verify_chain().head
    with ledger.transaction() as tx:
        tx.append_history([entry()])
        assert tx.verify_chain(noted).is_sound


def test_the_export_can_be_checked_without_us(ledger: SqlLedger) -> None:
    with ledger.view() as view:
        lines = [json.loads(line) for line in view.export_chain()]
        head = view.verify_chain().head
    previous = START
    for seq, line in enumerate(lines, start=1):
        said = canonical({key: line[key] for key in ("actor", "data", "text")})
        assert sha256((line["salt"] + said).encode()).hexdigest() == line["digest"]
        frame = canonical({key: line[key] for key in ("seq", "at", "number", "kind", "digest")})
        assert sha256((previous + frame).encode()).hexdigest() == line["hash"]
        assert line["seq"] == seq
        previous = line["hash"]
    assert head == Head(ENTRIES, previous)


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- erasing: the words go, the evidence stays ------------------------------------------------------------


def erase_words(ledger: SqlLedger, of: str = number(2)) -> None:
    with ledger.transaction() as tx:
        erased = tx.rewrite_history(
            lambda about, said: ("", "[silindi]", "{}") if about == of else said, why="İstek.", now=NOW
        )
    assert erased == 1


def test_an_erased_entry_leaves_the_chain_sound_and_only_its_words_are_gone(ledger: SqlLedger) -> None:
    with ledger.view() as view:
        (before,) = view.history(number(2))
        noted = view.verify_chain().head
    erase_words(ledger)
    with ledger.view() as view:
        assert view.verify_chain(noted).is_sound
        (after,) = view.history(number(2))
        assert (after.text, after.actor, after.data) == ("[silindi]", "", {})
        assert (after.at, after.kind) == (before.at, before.kind)
        assert view.history(number(3))[0].text != "[silindi]"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET text = 'uydurma' WHERE seq = 2",
        "UPDATE history SET text = 'uydurma', salt = '' WHERE seq = 3",
        "UPDATE history SET data = '{\"entries\":{}}' WHERE kind = 'erasure'",
        "UPDATE history SET salt = '' WHERE kind = 'erasure'",
    ],
)
def test_nobody_erases_or_rewrites_what_was_erased_unseen(ledger: SqlLedger, statement: str) -> None:
    erase_words(ledger)
    tamper(ledger, statement)
    with ledger.view() as view:
        broken = view.verify_chain().broken
    assert broken is not None
    assert broken.fault is Fault.CHANGED


def test_an_entry_may_be_erased_further(ledger: SqlLedger) -> None:
    with ledger.transaction() as tx:
        tx.rewrite_history(lambda about, said: (said[0], said[1][:1], said[2]), why="", now=NOW)
        tx.rewrite_history(lambda about, said: ("", "", "{}"), why="", now=NOW)
        assert tx.verify_chain().is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET text = 'x' WHERE seq = 1",
        "UPDATE history SET salt = '', kind = 'x' WHERE seq = 1",
        "UPDATE history SET salt = '', hash = 'x' WHERE seq = 1",
        "UPDATE history SET salt = 'x' WHERE seq = 1",
    ],
)
def test_the_database_itself_lets_nothing_but_an_erasure_change_an_entry(
    ledger: SqlLedger, statement: str
) -> None:
    with pytest.raises(MuhtarlikError), ledger.transaction() as tx:
        tx._connection.exec_driver_sql(statement)
