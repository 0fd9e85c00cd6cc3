"""What every ledger promises of what people have to decide or to tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from daemon.domain.errors import Unprocessable
from daemon.domain.review import Review
from daemon.domain.telling import State, Telling
from daemon.ledger.ledger import SqlLedger
from tests.ledger.samples import LATER, NOW, number, owed

DAY = timedelta(days=1)


class ReviewContract:
    REVIEW = Review(
        key="route/MHT-2026-000001",
        opened_at=NOW,
        reason="Müdürlük belirlenemedi.",
        number="MHT-2026-000001",
        arrival_id=3,
        sender="muhtar@example.com",
        neighbourhood="Çiçekli",
        subject="Konu",
        read="Metin",
        guess="Fen İşleri (%62)",
        confidence=0.62,
        link="file:///x",
    )

    def test_a_question_is_asked_once_and_decided_once(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.open_review(self.REVIEW)
            tx.open_review(replace(self.REVIEW, reason="yine"))
            tx.open_review(Review("other", NOW, "Neden"))
        with ledger.view() as view:
            first, second = view.reviews()
            assert first == replace(self.REVIEW, id=first.id)
            assert second == Review("other", NOW, "Neden", id=second.id)
            assert 0 < first.id < second.id
            assert view.review("nothing") is None
        with ledger.transaction() as tx:
            tx.decide_review(self.REVIEW.key, "Yönlendir", LATER)
            tx.decide_review(self.REVIEW.key, "Talep değil", LATER + DAY)
            tx.open_review(self.REVIEW)
        with ledger.view() as view:
            decided = replace(first, decision="Yönlendir", decided_at=LATER)
            assert view.review(self.REVIEW.key) == decided
            assert [review.key for review in view.reviews()] == ["other"]
            assert view.reviews(undecided_only=False)[0] == decided


class TellingContract:
    TELLING = Telling("closure-1", "MHT-2026-000001", "headman/closure", "Telefonla", "Adresi yok", NOW)

    def test_a_decision_that_is_taken_back_waits_for_another(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.open_review(self.REVIEW)
            tx.decide_review(self.REVIEW.key, "Talep değil", NOW)
            tx.reopen_review(self.REVIEW.key)
            [waits] = tx.reviews()
            assert waits == replace(self.REVIEW, id=waits.id)
            tx.decide_review(self.REVIEW.key, "Yönlendir", LATER)
        with ledger.view() as view:
            assert view.reviews() == []
            assert [x.decision for x in view.reviews(undecided_only=False)] == ["Yönlendir"]

    def test_what_is_told_in_person_is_owed_once_and_the_newest_stands(self, ledger: SqlLedger) -> None:
        receipt = replace(self.TELLING, key="receipt-1", occasion="headman/confirmation")
        other = replace(self.TELLING, key="closure-2", number="MHT-2026-000002")
        with ledger.transaction() as tx:
            assert tx.open_telling(receipt)
            assert tx.open_telling(self.TELLING)
            assert tx.open_telling(other)
            assert not tx.open_telling(replace(receipt, why="yine")), "it has been overtaken"
        with ledger.view() as view:
            first, second = view.tellings()
        assert first == replace(self.TELLING, id=first.id)
        assert second == replace(other, id=second.id)

    def test_what_was_told_stands_until_it_is_over(self, ledger: SqlLedger) -> None:
        told = replace(self.TELLING, state=State.TOLD, settled_at=LATER, told_by="Ayşe", remark="Oğlu açtı")
        with ledger.transaction() as tx:
            tx.open_telling(self.TELLING)
            tx.settle_telling(told)
            [found] = tx.tellings()
            assert found == replace(told, id=found.id)
            tx.settle_telling(replace(told, state=State.OVER))
            assert tx.tellings() == []
            with pytest.raises(Unprocessable):
                tx.settle_telling(replace(told, key="nothing"))

    def test_lost_letters_are_those_lately_sent_to_a_headman_or_still_here(self, ledger: SqlLedger) -> None:
        letters = [
            owed("old"),
            owed("new", about=(number(1),)),
            owed("queued"),
            owed("liaison", occasion="liaison/referral"),
            owed("other", recipient="baska@example.com"),
        ]
        with ledger.transaction() as tx:
            tx.owe(letters, NOW)
            ids = {stored.key: stored.id for stored in tx.letters_waiting(NOW, 9)}
            tx.mark_sent(ids["old"], NOW)
            tx.mark_sent(ids["new"], LATER)
        with ledger.view() as view:
            lost = {each.key: each.about for each in view.letters_lost("muhtar@example.com", LATER)}
        assert lost == {"new": (number(1),), "queued": ()}
