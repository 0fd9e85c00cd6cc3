"""What every ledger promises of the daemon's own state: steps, counts, notes."""

from datetime import date

from daemon.domain.review import Review
from daemon.ledger.ledger import SqlLedger
from tests.ledger.samples import LATER, NOW, arrival, letter, owed, request


class UpkeepContract:
    def test_failures_of_a_step_count_until_it_succeeds(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.step_succeeded("intake", NOW)
            tx.step_failed("intake", "no route", LATER)
            tx.step_failed("intake", "timed out", LATER)
            tx.step_failed("sheets", "locked", LATER)
            intake, sheets = tx.steps()
            assert (intake.last_success, intake.failures, intake.detail) == (NOW, 2, "timed out")
            assert (sheets.name, sheets.last_success, sheets.failures) == ("sheets", None, 1)
            tx.step_succeeded("intake", LATER)
            assert (tx.steps()[0].last_success, tx.steps()[0].failures, tx.steps()[0].detail) == (
                LATER,
                0,
                "",
            )

    def test_counts_are_those_of_the_day(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1))
            tx.add_request(request(2, due=date(2026, 3, 1)))
            tx.add_request(request(3, closed_at=NOW))
            tx.keep_arrivals([arrival("a"), arrival("b"), arrival("c")], NOW)
            tx.close_arrival(tx.arrivals_waiting(NOW, 1)[0].id, "held", "x")
            tx.owe([owed(key) for key in "abc"], NOW)
            a, b, _ = (stored.id for stored in tx.letters_waiting(NOW, 10))
            tx.mark_sent(a, NOW)
            tx.mark_sending({b: letter("b")}, NOW)
            tx.open_review(Review("k", NOW, "x"))
        with ledger.view() as view:
            assert view.counts(date(2026, 3, 2)) == {
                "open": 2,
                "late": 1,
                "closed": 1,
                "held": 1,
                "arrivals": 2,
                "outbox": 2,
                "reviews": 1,
            }

    def test_notes_are_kept_replaced_and_forgotten(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            assert tx.note("k") == ""
            tx.set_note("k", "bir")
            tx.set_note("k", "iki")
            assert tx.note("k") == "iki"
            tx.set_note("k", "")
            assert tx.note("k") == ""
