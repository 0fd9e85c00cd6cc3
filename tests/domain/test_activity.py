"""The figures of a period: what counts as met, as late, as in time, and which day belongs to it."""

from datetime import date, datetime

from daemon.domain.activity import UNDECIDED, Activity, activity
from daemon.domain.clock import istanbul
from daemon.domain.request import Channel, Request, RequestNumber, Status

FEN = {"fen": "Fen İşleri Müdürlüğü", "park": "Park ve Bahçeler Müdürlüğü"}


def _request(serial: int, day: date, **other: object) -> Request:
    given: dict[str, object] = {
        "number": RequestNumber(f"MHT-2026-{serial:06}"),
        "channel": Channel.EMAIL,
        "status": Status.REFERRED,
        "subject": f"Konu {serial}",
        "description": "",
        "received_at": istanbul(day, 10),
        "due": date(2026, 2, 2),
        "neighbourhood": "Çiçekli",
        "directorate": "fen",
    }
    return Request(**(given | other))  # type: ignore[arg-type]


def _of(*requests: Request, on: date = date(2026, 4, 1)) -> Activity:
    return activity(requests, first=date(2026, 1, 1), last=date(2026, 3, 31), on=on, directorates=FEN)


def _closed(serial: int, status: Status, at: datetime, **other: object) -> Request:
    return _request(serial, date(2026, 1, 12), status=status, closed_at=at, **other)


def test_both_ends_of_the_period_belong_to_it_by_the_day_in_istanbul() -> None:
    found = _of(
        _request(1, date(2025, 12, 31)),
        _request(2, date(2026, 1, 1), received_at=istanbul(date(2026, 1, 1))),
        _request(3, date(2026, 3, 31), received_at=istanbul(date(2026, 3, 31), 23, 59)),
        _request(4, date(2026, 4, 1), received_at=istanbul(date(2026, 4, 1))),
    )
    assert found.total.received == 2
    assert [(month.name, month.received) for month in found.months] == [("01.2026", 1), ("03.2026", 1)]


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    found = activity(
        [_request(1, date(2026, 1, 5)), _request(2, date(2025, 12, 5)), _request(3, date(2026, 2, 5))],
        first=date(2025, 12, 1),
        last=date(2026, 2, 28),
        on=date(2026, 3, 1),
        directorates=FEN,
    )
    assert [month.name for month in found.months] == ["12.2025", "01.2026", "02.2026"]


def test_what_became_of_the_requests() -> None:
    found = _of(
        _closed(1, Status.DONE, istanbul(date(2026, 1, 22), 17)),
        _closed(2, Status.DONE, istanbul(date(2026, 2, 3), 9)),
        _closed(3, Status.REJECTED, istanbul(date(2026, 2, 2), 23), result="Yol özel mülkiyettedir."),
        _closed(4, Status.CANCELLED, istanbul(date(2026, 1, 13))),
        _request(5, date(2026, 1, 12)),
        _request(6, date(2026, 3, 30), due=date(2026, 4, 20)),
        _request(7, date(2026, 3, 30), due=date(2026, 4, 1)),
        _request(8, date(2026, 1, 12), status=Status.DONE),
    ).total
    assert (found.done, found.rejected, found.cancelled, found.open) == (2, 1, 1, 4), "no result yet: open"
    assert found.late == 2, "a request is late from the day after its due date"
    assert found.in_time == 2
    assert found.in_time_share == 2 / 3
    assert found.days == (10 + 22 + 21) / 3


def test_each_request_that_was_not_met_is_named_with_its_reason() -> None:
    found = _of(
        _closed(1, Status.DONE, istanbul(date(2026, 1, 22))),
        _closed(2, Status.REJECTED, istanbul(date(2026, 1, 22)), result="Ödenek yok.", directorate="park"),
    )
    [unmet] = found.unmet
    assert (unmet.number, unmet.directorate) == ("MHT-2026-000002", "Park ve Bahçeler Müdürlüğü")
    assert (unmet.reason, unmet.closed) == ("Ödenek yok.", date(2026, 1, 22))


def test_what_came_earlier_and_was_closed_within_the_period_is_counted_apart() -> None:
    earlier = _request(
        1, date(2025, 12, 10), status=Status.DONE, closed_at=istanbul(date(2026, 1, 5)), result="Yapıldı."
    )
    found = _of(earlier, _request(2, date(2026, 1, 12)))
    assert (found.total.received, found.closed_meanwhile) == (1, 1)


def test_groups_stand_by_number_then_by_the_turkish_alphabet() -> None:
    places = ["Çınarlı", "Cumhuriyet", "Yayla", "Yayla", ""]
    found = _of(*(_request(n, date(2026, 1, 12), neighbourhood=p) for n, p in enumerate(places)))
    assert [group.name for group in found.neighbourhoods] == ["Yayla", UNDECIDED, "Cumhuriyet", "Çınarlı"]
    assert found.bodies == ()


def test_without_any_answer_there_is_no_average() -> None:
    assert (_of().total.days, _of().total.in_time_share, _of().directorates) == (None, None, ())
