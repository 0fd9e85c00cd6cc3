"""Whose turn it is, and a storm of like mails as one entry of the ledger."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from daemon.domain.mail import Arrival
from daemon.domain.storm import MOST_ALIKE
from daemon.ledger.ledger import SqlLedger, open_ledger
from daemon.steps.storms import hold_storms, is_storm, taken_apart
from tests.ledger.samples import NOW

MANY = MOST_ALIKE + 50


@pytest.fixture
def ledger() -> Iterator[SqlLedger]:
    opened = open_ledger(":memory:")
    yield opened
    opened.close()


def arrival(sender: str, n: int, text: str = "çukur var") -> Arrival:
    raw = f"From: {sender}\r\nSubject: Yol {n}\r\n\r\n{n} {text}\r\n".encode()
    return Arrival("imap", f"{sender}/{n}/{text}", hashlib.sha256(raw).hexdigest(), NOW, raw)


def keep(ledger: SqlLedger, *arrivals: Arrival) -> None:
    with ledger.transaction() as tx:
        tx.keep_arrivals(arrivals, NOW)


def next_keys(ledger: SqlLedger, limit: int) -> list[str]:
    with ledger.view() as view:
        return [stored.arrival.key for stored in view.arrivals_waiting(NOW, limit)]


def read_next(ledger: SqlLedger, count: int) -> None:
    with ledger.transaction() as tx:
        for stored in tx.arrivals_waiting(NOW, count):
            tx.close_arrival(stored.id, "read")


def test_ten_thousand_mails_of_one_sender_do_not_delay_another_s(ledger: SqlLedger) -> None:
    keep(ledger, *(arrival("cok@example.com", n) for n in range(10_000)))
    read_next(ledger, 20)
    keep(ledger, arrival("tek@example.com", 1))
    assert "tek@example.com/1/çukur var" in next_keys(ledger, 2)
    keep(
        ledger, *(arrival("cok@example.com", n) for n in range(10_000, 10_010)), arrival("iki@example.com", 1)
    )
    assert "iki@example.com/1/çukur var" in next_keys(ledger, 3)


def test_senders_take_turns_and_each_keeps_his_order(ledger: SqlLedger) -> None:
    keep(ledger, *(arrival("a@x.tr", n) for n in range(3)), *(arrival("b@x.tr", n) for n in range(2)))
    order = [key.split("/")[:2] for key in next_keys(ledger, 9)]
    assert order == [["a@x.tr", "0"], ["b@x.tr", "0"], ["a@x.tr", "1"], ["b@x.tr", "1"], ["a@x.tr", "2"]]


def test_a_storm_is_one_entry_and_can_be_let_go_as_one(ledger: SqlLedger) -> None:
    keep(ledger, *(arrival("bomba@example.com", n) for n in range(MANY)), arrival("tek@example.com", 1))
    assert hold_storms(ledger, NOW) == MANY
    assert next_keys(ledger, MANY) == ["tek@example.com/1/çukur var"]
    with ledger.view() as view:
        (entry,) = view.held_arrivals()
        assert str(MANY) in entry.reason
        assert [is_storm(review) for review in view.reviews()] == [True]
        counts = view.counts(NOW.date())
        assert (counts["held"], counts["reviews"]) == (0, 1)
        assert len(view.unsettled_arrivals("imap")) == MANY
    with ledger.transaction() as tx:
        for each in taken_apart(tx, entry.id, "yeniden okutuldu", NOW):
            tx.reopen_arrival(each)
    assert len(next_keys(ledger, 9_999)) == MANY + 1
    assert hold_storms(ledger, NOW) == 0
    with ledger.view() as view:
        assert view.reviews() == []


def test_what_still_comes_of_a_storm_joins_its_entry(ledger: SqlLedger) -> None:
    keep(ledger, *(arrival("bomba@example.com", n) for n in range(MANY)))
    hold_storms(ledger, NOW)
    keep(ledger, *(arrival("bomba@example.com", n) for n in range(MANY, MANY + 30)))
    assert hold_storms(ledger, NOW + timedelta(hours=1)) == MANY + 30
    with ledger.view() as view:
        (entry,) = view.held_arrivals()
        assert str(MANY + 30) in entry.reason
        assert len(view.reviews()) == 1


def test_a_storm_that_is_read_as_it_comes_is_stopped_at_the_limit(ledger: SqlLedger) -> None:
    for n in range(MANY):
        keep(ledger, arrival("bomba@example.com", n))
        hold_storms(ledger, NOW)
        read_next(ledger, 1)
    with ledger.view() as view:
        (entry,) = view.held_arrivals()
    assert f"{MANY - MOST_ALIKE} benzer" in entry.reason


def test_many_different_mails_are_no_storm(ledger: SqlLedger) -> None:
    words = [chr(97 + n % 26) * (1 + n // 26) for n in range(MANY)]
    keep(ledger, *(arrival("buro1@ornek.bel.tr", n, word) for n, word in enumerate(words)))
    assert hold_storms(ledger, NOW) == 0
