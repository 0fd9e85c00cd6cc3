"""What every ledger promises of arrivals, and of the conversations that they bring."""

from dataclasses import replace
from datetime import timedelta

import pytest

from daemon.domain.chats.identity import ChatRecord
from daemon.domain.errors import Temporary, Unprocessable
from daemon.ledger.ledger import SqlLedger
from tests.ledger.samples import LATER, NOW, arrival, number, request

DAY = timedelta(days=1)


class ArrivalContract:
    def test_an_arrival_comes_back_as_it_went_in(self, ledger: SqlLedger) -> None:
        raw = bytes(range(256)) * 3
        with ledger.transaction() as tx:
            assert tx.keep_arrivals([arrival("a", raw)], NOW) == 1
        with ledger.view() as view:
            (stored,) = view.arrivals_waiting(NOW, 10)
            assert stored.arrival == arrival("a", raw)
            assert (stored.attempts, stored.state, stored.reason, stored.fault) == (0, "new", "", "")
            assert view.arrival(stored.id) == stored
            assert view.arrival(stored.id + 1) is None

    def test_the_same_key_or_the_same_content_is_kept_once(self, ledger: SqlLedger) -> None:
        first, same_key, same_content = arrival("a", b"x"), arrival("a", b"y"), arrival("b", b"x")
        with ledger.transaction() as tx:
            assert tx.keep_arrivals([first, first, same_key, same_content], NOW) == 1
            assert tx.keep_arrivals([same_key, same_content, first], NOW) == 0
        with ledger.view() as view:
            assert [stored.arrival for stored in view.arrivals_waiting(NOW, 10)] == [first]

    def test_another_place_of_the_same_content_is_known_and_settled_too(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a", b"x")], NOW)
            tx.keep_arrivals([arrival("b", b"x"), arrival("s", b"x", source="scans")], NOW)
            (stored,) = tx.arrivals_waiting(NOW, 10)
            assert tx.unsettled_arrivals("imap") == []
            tx.close_arrival(stored.id, "read")
        with ledger.view() as view:
            assert view.known_arrivals("imap", ["a", "b", "c", "s"]) == {"a", "b"}
            assert view.known_arrivals("scans", ["a", "s"]) == {"s"}
            assert sorted(view.unsettled_arrivals("imap")) == [("a", "read"), ("b", "read")]

    def test_a_key_of_one_source_is_nothing_to_another(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            assert tx.keep_arrivals([arrival("1", b"x"), arrival("1", b"y", source="scans")], NOW) == 2

    def test_fifty_thousand_keys_can_be_asked_for_at_once(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival(f"INBOX/17/{uid}") for uid in (1, 40_000)], NOW)
        with ledger.view() as view:
            known = view.known_arrivals("imap", [f"INBOX/17/{uid}" for uid in range(50_000)])
        assert known == {"INBOX/17/1", "INBOX/17/40000"}

    def test_settled_keys_are_not_named_again(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a"), arrival("b"), arrival("c")], NOW)
            for stored, state in zip(tx.arrivals_waiting(NOW, 9), ("read", "held", "dropped"), strict=True):
                tx.close_arrival(stored.id, state)
            tx.mark_settled("imap", ["a", "unknown"])
            tx.mark_settled("scans", ["b"])
        with ledger.view() as view:
            assert view.unsettled_arrivals("imap") == [("b", "held"), ("c", "dropped")]

    def test_waiting_arrivals_come_oldest_first_and_postponed_ones_when_due(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a"), arrival("b"), arrival("c")], NOW)
            first = tx.arrivals_waiting(NOW, 1)[0]
            tx.count_attempts([first.id], NOW)
            tx.postpone_arrival(first.id, LATER, "sunucu meşgul")
        with ledger.view() as view:
            assert [s.arrival.key for s in view.arrivals_waiting(NOW, 10)] == ["b", "c"]
            again = view.arrivals_waiting(LATER, 10)
            assert [s.arrival.key for s in again] == ["a", "b", "c"]
            assert (again[0].attempts, again[0].reason) == (1, "sunucu meşgul")

    def test_an_arrival_waits_even_when_the_clock_was_set_back(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a")], NOW)
            assert len(tx.arrivals_waiting(NOW - 365 * DAY, 10)) == 1

    def test_a_held_arrival_can_be_tried_again_or_dropped(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a"), arrival("b")], NOW)
            a, b = (stored.id for stored in tx.arrivals_waiting(NOW, 10))
            tx.count_attempts([a, b], NOW)
            tx.close_arrival(a, "held", "okunamadı")
            tx.close_arrival(b, "held", "okunamadı")
            (held, _) = tx.held_arrivals()
            assert (held.id, held.reason, held.arrival.key) == (a, "okunamadı", "a")
            assert tx.arrivals_waiting(NOW, 10) == []
            tx.reopen_arrival(a)
            tx.close_arrival(b, "dropped", "istenmeyen ileti")
        with ledger.view() as view:
            (stored,) = view.arrivals_waiting(NOW, 10)
            assert (stored.id, stored.attempts, stored.arrival.raw) == (a, 0, b"a")
            assert view.held_arrivals() == []

    def test_a_mail_that_became_requests_cannot_become_them_again(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a")], NOW)
            (stored,) = tx.arrivals_waiting(NOW, 10)
            tx.close_arrival(stored.id, "read", "", [number(1)])
        with pytest.raises(Temporary), ledger.transaction() as tx:
            tx.add_request(request(2))
            tx.close_arrival(stored.id, "read", "", [number(2)])
        with ledger.view() as view:
            assert view.request(number(2)) is None

    def test_a_decision_about_an_unknown_arrival_is_refused(self, ledger: SqlLedger) -> None:
        with pytest.raises(Temporary), ledger.transaction() as tx:
            tx.close_arrival(99, "read")
        with pytest.raises(Unprocessable), ledger.transaction() as tx:
            tx.postpone_arrival(99, LATER, "")
        with pytest.raises(ValueError, match="closed as"), ledger.transaction() as tx:
            tx.close_arrival(1, "raed")

    def test_large_originals_are_handed_out_few_at_a_time(self, ledger: SqlLedger) -> None:
        large = [arrival(f"k{n}", bytes([n]) * 12_000_000) for n in range(4)]
        with ledger.transaction() as tx:
            assert tx.keep_arrivals(large, NOW) == 4
        with ledger.view() as view:
            first = view.arrivals_waiting(NOW, 10)
        assert [stored.arrival for stored in first] == large[:2]


class ChatContract:
    def test_a_message_of_a_conversation_is_kept_once_and_only_its_files_may_come_later(
        self, ledger: SqlLedger
    ) -> None:
        first = ChatRecord("a" * 32, "s" * 32, "MHT-2026-000001", with_files=False)
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a", b"x")], NOW)
            (stored,) = tx.arrivals_waiting(NOW, 10)
            tx.keep_chat_records([first, ChatRecord("b" * 32, "t" * 32)], stored.id)
            tx.keep_chat_records([replace(first, number="MHT-2026-000002", with_files=True)], stored.id)
        with ledger.view() as view:
            assert view.chat_records(["s" * 32, "u" * 32]) == [replace(first, with_files=True)]

    def test_twenty_thousand_minutes_can_be_asked_for_at_once(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.keep_arrivals([arrival("a", b"x")], NOW)
            (stored,) = tx.arrivals_waiting(NOW, 10)
            tx.keep_chat_records((ChatRecord(f"{n:032}", f"{n:032}") for n in (1, 19_999)), stored.id)
            found = tx.chat_records([f"{n:032}" for n in range(20_000)])
        assert [int(record.key) for record in found] == [1, 19_999]
