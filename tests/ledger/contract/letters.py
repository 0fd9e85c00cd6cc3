"""What every ledger promises of the outbox."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daemon.domain.errors import Unprocessable
from daemon.domain.notice import Notice, Occasion, Owed
from daemon.ledger.ledger import SqlLedger
from daemon.ports.records import LetterRecord
from tests.ledger.samples import FULL, LATER, NOW, letter, number, owed, request

DAY = timedelta(days=1)


class LetterContract:
    def test_a_letter_is_owed_once_by_its_key(self, ledger: SqlLedger) -> None:
        first = owed("a", about=(number(1), number(2)))
        with ledger.transaction() as tx:
            assert tx.owe([first, owed("a", recipient="other@example.com"), owed("b")], NOW) == 2
            assert tx.owe([owed("a", about=(number(3),)), owed("c")], LATER) == 1
            assert tx.owe([], NOW) == 0
        with ledger.view() as view:
            waiting = view.letters_waiting(NOW, 10)
            assert [stored.key for stored in waiting] == ["a", "b", "c"]
            assert (waiting[0].owed, waiting[0].letter) == (first, None)
            assert (waiting[0].occasion, waiting[0].recipient, waiting[0].about) == (
                first.notice.occasion,
                first.notice.recipient,
                first.notice.about,
            )
            assert (waiting[0].attempts, waiting[0].state) == (0, "queued")
            assert [stored.owed_at for stored in waiting] == [NOW, NOW, LATER]
            assert view.letters_of(number(3)) == []
            assert len(view.letters_waiting(NOW, 2)) == 2

    def test_what_is_owed_reads_back_as_it_was(self, ledger: SqlLedger) -> None:
        facts = {
            "days_left": {number(1): -2},
            "reviews": ({"number": number(1), "opened": date(2026, 3, 2)}, {"subject": "İ"}),
            "lines": (),
            "at": NOW,
            "is_late": True,
        }
        plain = Notice("plain", Occasion.OFFICE_NOTICE, "x@example.com")
        full = Notice(
            "full", "own/template", "x@example.com", (number(1),), facts, "<a@b>", "Örnek \ud800 Kişi"
        )
        with ledger.transaction() as tx:
            tx.owe([Owed(plain), Owed(full, (FULL, request(2)))], NOW)
            first, second = (stored.owed for stored in tx.letters_waiting(NOW, 10))
        assert first == Owed(plain)
        assert second == Owed(replace(full, recipient_name="Örnek \ufffd Kişi"), (FULL, request(2)))

    def test_a_thousand_letters_are_owed_together(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            assert tx.owe((owed(f"k{n}", about=(number(n),)) for n in range(3000)), NOW) == 3000
            assert tx.owe((owed(f"k{n}") for n in range(3001)), NOW) == 1
            assert tx.letters_of(number(2999))[0].subject == ""

    def test_two_letters_never_share_a_message_id(self, ledger: SqlLedger) -> None:
        with pytest.raises(Unprocessable), ledger.transaction() as tx:
            tx.owe([owed("a"), owed("b")], NOW)
            a, b = (stored.id for stored in tx.letters_waiting(NOW, 10))
            tx.mark_sending({a: letter("a"), b: letter("a")}, NOW)

    def test_nobody_can_answer_a_letter_that_has_no_words_yet(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.owe([owed("a", about=(number(1),))], NOW)
            assert tx.requests_of_message(["a", "<a@ornek.bel.tr>", ""]) == []
            assert tx.letter_about("a") is None

    def test_a_letter_goes_from_queued_through_sending_to_sent(self, ledger: SqlLedger) -> None:
        first = letter("a", about=(number(1),))
        with ledger.transaction() as tx:
            tx.owe([owed("a", about=(number(1),)), owed("b", about=(number(1),))], NOW)
            a, b = (stored.id for stored in tx.letters_waiting(NOW, 10))
            tx.mark_sending({a: first, b: letter("b")}, NOW)
        with ledger.view() as view:  # as after a crash: both in doubt
            doubtful = view.letters_waiting(NOW, 10)
            assert [(s.state, s.attempts) for s in doubtful] == [("sending", 1)] * 2
            assert (doubtful[0].letter, doubtful[0].owed) == (first, None), "the same words again"
        with ledger.transaction() as tx:
            tx.mark_sent(a, LATER)
            tx.postpone_letter(b, LATER, "451 later")
        with ledger.view() as view:
            assert view.letters_waiting(NOW, 10) == []
            (again,) = view.letters_waiting(LATER, 10)
            assert (again.id, again.state, again.attempts) == (b, "queued", 1)
            assert view.letters_of(number(1)) == [
                LetterRecord(
                    occasion="headman/confirmation",
                    recipient="muhtar@example.com",
                    subject=letter("a").subject,
                    message_id=message_id,
                    state=state,
                    sent_at=sent_at,
                )
                for message_id, state, sent_at in (
                    ("<a@ornek.bel.tr>", "sent", LATER),
                    ("<b@ornek.bel.tr>", "queued", None),
                )
            ]
            assert (view.letters_sent_since(LATER), view.letters_sent_since(LATER + DAY)) == (1, 0)

    def test_a_refused_letter_is_not_tried_again(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.owe([owed("a")], NOW)
            (stored,) = tx.letters_waiting(NOW, 10)
            tx.mark_sending({stored.id: letter("a")}, NOW)
            tx.mark_refused(stored.id, "550 unknown", NOW)
            assert tx.letters_waiting(LATER, 10) == []
            found = tx.letter_about("a@ornek.bel.tr")
            assert found is not None
            assert (found.state, found.letter) == ("refused", letter("a"))
            assert tx.letter_about("<a@ornek.bel.tr>") == found
            assert tx.letter_about("<z@ornek.bel.tr>") is None

    def test_an_unknown_letter_cannot_be_marked(self, ledger: SqlLedger) -> None:
        with pytest.raises(Unprocessable), ledger.transaction() as tx:
            tx.mark_sent(5, NOW)

    def test_bad_addresses_are_remembered_until_cleared(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.mark_address_bad("Muhtar@example.com", "550", NOW)
            tx.mark_address_bad("muhtar@example.com", "551 doğru değil", LATER)
            assert tx.bad_addresses() == {"muhtar@example.com": "551 doğru değil"}
            tx.clear_bad_address("MUHTAR@example.com")
            tx.clear_bad_address("nobody@example.com")
            assert tx.bad_addresses() == {}

    def test_reminders_are_remembered_in_any_number(self, ledger: SqlLedger) -> None:
        keys = [f"MHT-2026-{n:06d}/reminder/three-days/referral-1" for n in range(20_000)]
        with ledger.transaction() as tx:
            tx.mark_reminded(iter(keys[:15_000]), NOW)
            tx.mark_reminded([keys[0], keys[0], "ışık/'\"\\"], LATER)
            tx.mark_reminded([], NOW)
        with ledger.view() as view:
            assert view.reminded(iter(keys)) == set(keys[:15_000])
            assert view.reminded(["ışık/'\"\\", "x"]) == {"ışık/'\"\\"}
            assert view.reminded([]) == set()
