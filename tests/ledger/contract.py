"""What every ledger promises, whatever database lies under it. Adapters' tests inherit this class."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from daemon.domain.chat_identity import ChatRecord
from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.foreign import ForeignRecord
from daemon.domain.mbs_answer import note_key, ticked
from daemon.domain.notice import Notice, Occasion, Owed
from daemon.domain.request import Channel, Entry, Request, Status, request_number
from daemon.domain.review import Review
from daemon.domain.sources import Fact, Standing
from daemon.domain.telling import State, Telling
from daemon.ledger.ledger import SqlLedger
from daemon.ports.records import LetterRecord, RequestFilter, SheetBase
from tests.ledger.samples import FULL, LATER, NOW, arrival, entry, letter, number, owed, request

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


class RequestContract:
    def test_numbers_count_by_year_without_gaps(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            given = [tx.next_number(2026), tx.next_number(2026), tx.next_number(2027)]
        assert given == ["MHT-2026-000001", "MHT-2026-000002", "MHT-2027-000001"]
        with pytest.raises(RuntimeError), ledger.transaction() as tx:
            tx.next_number(2026)
            raise RuntimeError
        with ledger.transaction() as tx:
            assert tx.next_number(2026) == "MHT-2026-000003"

    @pytest.mark.parametrize("kept", [FULL, request()], ids=["full", "plain"])
    def test_a_request_comes_back_in_every_field(self, ledger: SqlLedger, kept: Request) -> None:
        with ledger.transaction() as tx:
            tx.add_request(kept)
        with ledger.view() as view:
            found = view.request(kept.number)
            assert found == kept
            assert view.requests(RequestFilter()) == [kept]
        assert found is not None
        assert found.received_at.utcoffset() == timedelta(0)
        for field in fields(Request):
            assert type(getattr(found, field.name)) is type(getattr(kept, field.name)), field.name

    def test_moments_of_any_zone_come_back_as_utc(self, ledger: SqlLedger) -> None:
        local = datetime(2026, 3, 2, 1, 30, tzinfo=timezone(timedelta(hours=3)))
        with ledger.transaction() as tx:
            tx.add_request(request(received_at=local))
            found = tx.request(number(1))
        assert found is not None
        assert (found.received_at, found.received_at.tzinfo) == (local, UTC)

    def test_a_naive_moment_is_refused(self, ledger: SqlLedger) -> None:
        with pytest.raises(Exception, match="naive"), ledger.transaction() as tx:
            tx.add_request(request(received_at=datetime(2026, 3, 2)))  # noqa: DTZ001

    def test_text_that_no_database_keeps_is_mended_not_refused(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(subject="a\x00b\udcffc", because=("x\ud800",)))
            tx.append_history([entry(text="\x00\udcff", why="\udcff\x00")])
        with ledger.view() as view:
            found = view.request(number(1))
            assert found is not None
            assert (found.subject, found.because) == ("a\ufffdb\ufffdc", ("x\ufffd",))
            assert view.history(number(1))[0].text == "\ufffd\ufffd"
            assert view.verify_chain().is_sound

    def test_saving_replaces_and_gives_a_new_revision(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1))
            tx.add_request(request(2))
            tx.save_request(replace(FULL, directorate="park"))
        with ledger.view() as view:
            assert view.request(number(1)) == replace(FULL, directorate="park")
            assert view.revision() == 3
            assert view.changed_since("fen", 0) == [(2, request(2))]
            assert [revision for revision, _ in view.changed_since("park", 2)] == [3]
            assert view.changed_since("park", 3) == []

    def test_another_systems_number_is_carried_by_one_request_of_its_channel(self, ledger: SqlLedger) -> None:
        first = request(1, channel=Channel.MBS, external_number="4711")
        with ledger.transaction() as tx:
            tx.add_request(first)
            tx.add_request(request(2, channel=Channel.MOBILE_APP, external_number="4711"))
            tx.add_request(request(3, channel=Channel.MBS))
            tx.add_request(request(4, channel=Channel.MBS))
        with pytest.raises(Unprocessable), ledger.transaction() as tx:
            tx.add_request(request(5, channel=Channel.MBS, external_number="4711"))
        with ledger.view() as view:
            assert view.request_of_foreign(Channel.MBS, "4711") == first
            assert view.request_of_foreign(Channel.MBS, "4712") is None
            assert view.request_of_foreign(Channel.MBS, "") is None

    def test_what_another_system_told_comes_back_and_is_replaced(self, ledger: SqlLedger) -> None:
        told = ForeignRecord(
            Channel.MBS, "4711", {Fact.SUBJECT: "Çukur"}, Standing.OPEN, NOW, "a@example.org"
        )
        later = replace(told, facts={Fact.SUBJECT: "Yol"}, standing=Standing.CLOSED)
        for record in (told, later):
            with ledger.transaction() as tx:
                tx.keep_foreign(record)
            with ledger.view() as view:
                assert view.foreign_record(Channel.MBS, "4711") == record
                assert view.foreign_record(Channel.MOBILE_APP, "4711") is None

    def test_answers_are_owed_until_entered_as_they_are_now(self, ledger: SqlLedger) -> None:
        closed = request(1, channel=Channel.MBS, status=Status.DONE, result="Yapıldı", closed_at=NOW)
        with ledger.transaction() as tx:
            for each in (
                closed,
                replace(closed, number=request_number(2026, 2), archived=True),
                request(3, channel=Channel.MBS),
                replace(closed, number=request_number(2026, 4), channel=Channel.PHONE),
            ):
                tx.add_request(each)

        def owed() -> list[str]:
            with ledger.view() as view:
                return [found.number for found, _ in view.answers_owed(Channel.MBS)]

        assert owed() == ["MHT-2026-000001", "MHT-2026-000002"]
        with ledger.transaction() as tx:
            tx.set_note(note_key(closed.number), ticked(closed, NOW).text())
        assert owed() == ["MHT-2026-000002"]
        with ledger.transaction() as tx:
            tx.save_request(replace(closed, result="Yapılmadı"))
        assert owed() == ["MHT-2026-000001", "MHT-2026-000002"]

    def test_an_unknown_request_cannot_be_saved_nor_a_known_number_given_again(
        self, ledger: SqlLedger
    ) -> None:
        with pytest.raises(Unprocessable), ledger.transaction() as tx:
            tx.save_request(request(7))
        with ledger.transaction() as tx:
            tx.add_request(request(1))
        with pytest.raises(Unprocessable) as refused, ledger.transaction() as tx:
            tx.add_request(request(1, subject="başka"))
        assert "çelişiyor" in refused.value.reason
        with ledger.view() as view:
            assert view.request(number(1)) == request(1)
            assert view.revision() == 1

    @pytest.mark.parametrize(
        ("which", "found"),
        [
            (RequestFilter(), [1, 2, 3, 4]),
            (RequestFilter(open=True), [1, 2, 4]),
            (RequestFilter(open=False), [3]),
            (RequestFilter(directorate="park"), [2]),
            (RequestFilter(directorate=""), [4]),
            (RequestFilter(neighbourhood="Çiçekli"), [2]),
            (RequestFilter(status=Status.DONE), [3, 4]),
            (RequestFilter(headman_email="Muhtar@Example.com"), [2]),
            (RequestFilter(channel=Channel.PHONE), [3]),
            (RequestFilter(late_on=date(2026, 3, 23)), [2]),
            (RequestFilter(late_on=date(2026, 3, 24)), [1, 2]),
            (RequestFilter(received_from=LATER), [2, 3]),
            (RequestFilter(received_until=LATER), [1, 4]),
            (RequestFilter(closed_until=LATER + DAY), [3]),
            (RequestFilter(closed_until=LATER), []),
            (RequestFilter(archived=False), [1, 2, 4]),
            (RequestFilter(archived=True), [3]),
            (RequestFilter(open=True, limit=2), [1, 2]),
            (RequestFilter(open=True, directorate="park", status=Status.DONE), []),
        ],
    )
    def test_requests_are_found_by_every_condition(
        self, ledger: SqlLedger, which: RequestFilter, found: list[int]
    ) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1))
            tx.add_request(
                request(
                    2,
                    directorate="park",
                    neighbourhood="Çiçekli",
                    headman_email="muhtar@example.com",
                    due=date(2026, 3, 20),
                    received_at=LATER,
                )
            )
            tx.add_request(
                request(
                    3,
                    status=Status.DONE,
                    closed_at=LATER,
                    archived=True,
                    channel=Channel.PHONE,
                    due=date(2026, 3, 1),
                    received_at=LATER,
                )
            )
            # Tamamlandı without a Sonuç is open still.
            tx.add_request(request(4, directorate="", due=None, status=Status.DONE))
            assert [r.number for r in tx.requests(which)] == [number(n) for n in found]

    def test_open_clocks_are_the_open_requests_of_directorates_by_due_date(self, ledger: SqlLedger) -> None:
        late_evening = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
        with ledger.transaction() as tx:
            tx.add_request(request(1, clock_event="receipt-1", received_at=late_evening))
            tx.add_request(
                request(2, due=date(2026, 3, 20), referred_on=date(2026, 3, 5), external_body="ASKİ")
            )
            tx.add_request(request(3, closed_at=NOW))
            tx.add_request(request(4, directorate=""))
            tx.add_request(request(5, due=None))
            tx.add_request(request(6, due=date(2026, 3, 24)))
        with ledger.view() as view:
            clocks = list(view.open_clocks(date(2026, 3, 23)))
        assert {c.number: c.external_body for c in clocks} == {number(1): "", number(2): "ASKİ"}
        assert [(c.number, c.directorate, c.due, c.clock_event, c.since) for c in clocks] == [
            (number(2), "fen", date(2026, 3, 20), "receipt-1", date(2026, 3, 5)),
            (number(1), "fen", date(2026, 3, 23), "receipt-1", date(2026, 3, 3)),
        ]

    def test_closed_requests_are_counted_by_directorate_and_time(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1, closed_at=NOW))
            tx.add_request(request(2, closed_at=LATER))
            tx.add_request(request(3, closed_at=LATER, directorate="park"))
            tx.add_request(request(4))
            assert (tx.closed_count("fen", NOW), tx.closed_count("fen", LATER)) == (2, 1)

    def test_lessons_are_what_was_closed_or_rerouted_the_latest_first(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1, closed_at=NOW, description="eski"))
            tx.add_request(request(2, received_at=LATER, clock_event="referral-2", description="taşındı"))
            tx.add_request(request(3, clock_event="referral-1"))
            tx.add_request(request(4, closed_at=NOW, status=Status.CANCELLED))
            tx.add_request(request(5, closed_at=NOW, directorate=""))
        with ledger.view() as view:
            assert [lesson.description for lesson in view.lessons(9)] == ["taşındı", "eski"]
            assert len(view.lessons(1)) == 1

    def test_corrections_are_counted_by_request(self, ledger: SqlLedger) -> None:
        def told(kind: str, text: str, serial: int) -> Entry:
            return Entry(NOW, "tablo", kind, text, number(serial))

        with ledger.transaction() as tx:
            tx.append_history(
                [
                    told("transferred", "Sevk edildi.", 1),
                    told("edited", "Kategori: “” yerine “Park” yazıldı.", 1),
                    told("edited", "Kategori: “” yerine “Park” yazıldı.", 2),
                    told("edited", "Not: “” yerine “Kategori: x” yazıldı.", 3),
                    told("decided", "İnceleme kararı: Yönlendir.", 4),
                    Entry(NOW, "tablo", "decided", "İnceleme kararı: Talep değil.", ""),
                ]
            )
            assert tx.corrections() == 3

    def test_a_reply_is_matched_by_our_letter_or_by_the_original_mail(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1, source_message_id="<ilk@example.com>"))
            tx.add_request(request(2, source_message_id="<ilk@example.com>"))
            tx.add_request(request(3))
            tx.owe([owed("a", about=(number(3), number(1))), owed("b")], NOW)
            tx.mark_sending({tx.letters_waiting(NOW, 1)[0].id: letter("a")}, NOW)
        with ledger.view() as view:
            assert view.requests_of_message(["<a@ornek.bel.tr>"]) == [number(3), number(1)]
            assert view.requests_of_message([" a@ornek.bel.tr "]) == [number(3), number(1)]
            assert view.requests_of_message(["<ilk@example.com>"]) == [number(1), number(2)]
            assert view.requests_of_message(["<x@y>", "<ilk@example.com>", "<a@ornek.bel.tr>"]) == [
                number(1),
                number(2),
                number(3),
            ]
            assert view.requests_of_message(["<b@ornek.bel.tr>", "", "<>"]) == []
            assert view.requests_of_message([]) == []


class HistoryContract:
    def test_history_keeps_order_and_data(self, ledger: SqlLedger) -> None:
        data = {
            "day": date(2026, 3, 2),
            "moment": NOW,
            "old": None,
            "n": 1,
            "f": 1.0,
            "flag": True,
            "list": ["ı", {"İ": 2}],
        }
        first = entry(text="İlk kayıt", **data)
        with ledger.transaction() as tx:
            tx.append_history([first, entry("MHT-2026-000002")])
            tx.append_history([])
            tx.append_history(iter([entry(text="ikinci")]))
        with ledger.view() as view:
            kept = view.history(number(1))
            assert kept == [first, entry(text="ikinci")]
            assert {name: type(value) for name, value in kept[0].data.items()} == {
                name: type(value) for name, value in data.items()
            }
            assert view.history(number(9)) == []
            verdict = view.verify_chain()
        assert verdict.is_sound
        assert verdict.head.entries == 3

    def test_history_can_neither_be_changed_nor_removed(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.append_history([entry()])
        for forbidden in ("UPDATE history SET text = 'x'", "DELETE FROM history"):
            with pytest.raises(Exception, match="append-only"), ledger.engine.begin() as connection:
                connection.exec_driver_sql(forbidden)
        with ledger.view() as view:
            assert view.history(number(1)) == [entry()]


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


class SheetContract:
    def test_bases_come_back_with_the_types_of_their_cells(self, ledger: SqlLedger) -> None:
        cells = {
            "text": "=1+1 'İ\n\"",
            "none": None,
            "day": date(2026, 3, 2),
            "moment": datetime(2026, 3, 2, 9, 30),  # noqa: DTZ001 - a sheet's cells know no zone
            "int": 1,
            "float": 1.0,
            "true": True,
            "like a date": "2026-03-02",
        }
        base = SheetBase("Talepler", number(1), cells, 7, NOW)
        with ledger.transaction() as tx:
            tx.save_bases("fen", [base, SheetBase("Arşiv", number(1), {}, 1)])
            tx.save_bases("park", [SheetBase("Talepler", number(1), {"x": "y"}, 1)])
        with ledger.view() as view:
            kept = view.sheet_bases("fen")
            assert kept == {
                ("Talepler", number(1)): base,
                ("Arşiv", number(1)): SheetBase("Arşiv", number(1), {}, 1),
            }
            found = kept["Talepler", number(1)].cells
            assert {key: type(value) for key, value in found.items()} == {
                key: type(value) for key, value in cells.items()
            }

    def test_bases_are_replaced_and_dropped_by_row(self, ledger: SqlLedger) -> None:
        def rows(serials: range, cells: str) -> list[SheetBase]:
            return [SheetBase("Talepler", number(n), {"c": cells}, n) for n in serials]

        with ledger.transaction() as tx:
            tx.save_bases("fen", rows(range(3), "old"))
            tx.save_bases("fen", rows(range(2, 4), "new"))
            tx.drop_bases("fen", [("Talepler", number(0)), ("Arşiv", number(1))])
            tx.drop_bases("park", [("Talepler", number(1))])
            kept = tx.sheet_bases("fen")
            assert [(base.row_key, base.cells["c"]) for base in kept.values()] == [
                (number(1), "old"),
                (number(2), "new"),
                (number(3), "new"),
            ]

    def test_a_moved_row_is_superseded_once_its_new_sheet_has_it(self, ledger: SqlLedger) -> None:
        def row(serial: int) -> SheetBase:
            return SheetBase("Talepler", number(serial), {}, 1)

        with ledger.transaction() as tx:
            tx.add_request(request(1, directorate="park"))
            tx.add_request(request(2, directorate="park"))
            tx.add_request(request(3, directorate="fen"))
            tx.save_bases("fen", [row(1), row(2), row(3)])
            assert tx.superseded_rows("fen") == []
            tx.save_bases("park", [row(1), row(3)])
            assert tx.superseded_rows("fen") == [("Talepler", number(1))]
            assert tx.superseded_rows("park") == [("Talepler", number(3))]

    def test_notes_on_a_sheet_are_added_to(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.save_sheet_state("fen", {"fingerprint": "1", "as_of": "2026-03-02"})
            tx.save_sheet_state("fen", {"fingerprint": "2"})
            tx.save_sheet_state("park", {})
            assert tx.sheet_state("fen") == {"fingerprint": "2", "as_of": "2026-03-02"}
            assert tx.sheet_state("park") == {}


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


class LedgerContract(
    ArrivalContract,
    ChatContract,
    RequestContract,
    HistoryContract,
    ReviewContract,
    TellingContract,
    LetterContract,
    SheetContract,
    UpkeepContract,
):
    def test_a_transaction_is_kept_whole_or_not_at_all(self, ledger: SqlLedger) -> None:
        with pytest.raises(KeyError), ledger.transaction() as tx:
            tx.add_request(request(1))
            tx.append_history([entry()])
            tx.owe([owed()], NOW)
            tx.keep_arrivals([arrival("a")], NOW)
            raise KeyError
        with ledger.view() as view:
            assert view.request(number(1)) is None
            assert view.history(number(1)) == []
            assert view.letters_waiting(NOW, 1) == []
            assert view.known_arrivals("imap", ["a"]) == set()
            assert view.revision() == 0
            assert view.verify_chain().head.entries == 0

    def test_a_view_sees_one_state_while_others_write(self, ledger: SqlLedger) -> None:
        with ledger.transaction() as tx:
            tx.add_request(request(1))
        with ledger.view() as view:
            assert len(view.requests(RequestFilter())) == 1
            with ledger.transaction() as tx:
                tx.add_request(request(2))
                with ledger.view() as within:
                    assert within.request(number(2)) is None
            assert len(view.requests(RequestFilter())) == 1
        with ledger.view() as view:
            assert len(view.requests(RequestFilter())) == 2
