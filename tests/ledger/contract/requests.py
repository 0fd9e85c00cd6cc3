"""What every ledger promises of requests and their history."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from daemon.domain.errors import Unprocessable
from daemon.domain.request import Channel, Entry, Request, Status, request_number
from daemon.domain.structured.deciding import ForeignRecord
from daemon.domain.structured.mbs_answer import note_key, ticked
from daemon.domain.structured.sources import Fact, Standing
from daemon.ledger.ledger import SqlLedger
from daemon.ports.records import RequestFilter
from tests.ledger.samples import FULL, LATER, NOW, entry, letter, number, owed, request

DAY = timedelta(days=1)


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
    def test_entries_of_one_kind_are_found_of_several_requests_with_their_days(
        self, ledger: SqlLedger
    ) -> None:
        day = date(2026, 12, 15)
        said = ((1, "promised"), (1, "interim"), (2, "promised"), (1, "promised"), (3, "promised"))
        told = [
            replace(entry(number(of), str(nth), day=day), kind=kind) for nth, (of, kind) in enumerate(said)
        ]
        with ledger.transaction() as tx:
            tx.append_history(told)
            assert tx.entries("promised", [number(1), number(2)]) == [told[0], told[2], told[3]]
            assert tx.entries("promised", []) == []
        with ledger.view() as view:
            assert view.entries("promised", [number(2)]) == [told[2]]

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
