"""Numbers, moments, positions and addresses as other systems write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from daemon.domain.clock import istanbul
from daemon.domain.structured.values import (
    number_key,
    read_address,
    read_moment,
    read_number,
    read_phone,
    read_position,
    received,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2026/4711", "2026/4711"),
        (" 2026 / 4711 ", "2026/4711"),
        ("No: 4711", "4711"),
        ("#4711", "4711"),
        ("4711.0", "4711"),
        ("0004711", "0004711"),
        ("mbs-4711", "MBS-4711"),
        ("MBS 4711", "MBS-4711"),
        ("MBS 2026 303", "MBS-2026-303"),
        ("2026 303", "2026-303"),
        ("MBS / 2026 / 000 12", "MBS/2026/00012"),
        ("2026/304 (Şikayet)", "2026/304"),
        ("Başvuru-308", "308"),
        ("Başvuru No: 308", "308"),
        ("20.261.306", "20.261.306"),
        ("E.2026/307-1", "E.2026/307-1"),
        ("000", ""),
        ("2026/12 2026/13", ""),
        ("12 (13)", "12"),
        ("(Şikayet)", ""),
        ("Toplam", ""),
        ("12 kayıt", ""),
        ("", ""),
        ("1" * 50, ""),
        ("<script>1", ""),
    ],
)
def test_a_number_has_one_form(text: str, number: str) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026/309", "2026-0309"),
        ("000202", "202"),
        ("20.261.306", "20261306"),
        ("MBS-2026/302", "2026/302"),
        ("MBS/2026/00012", "2026.12"),
        ("E.2026/307-1", "E-2026-307/1"),
    ],
)
def test_two_spellings_of_one_number_are_equal(one: str, other: str) -> None:
    assert number_key(one, "Muhtar Bilgi Sistemi") == number_key(other, "Muhtar Bilgi Sistemi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026/309", "2027/309"),
        ("2026/309", "2026/3090"),
        ("2026/309", "309"),
        ("20261306", "2026/1306"),
        ("A-12", "B-12"),
        ("A-12", "12"),
        ("MM-12", "12"),
        ("E.2026/307-1", "2026/307-1"),
        ("2026/307-1", "2026/307-2"),
        ("A007", "A7"),
        ("2026/100", "2026/1"),
    ],
)
def test_numbers_that_differ_stay_apart(one: str, other: str) -> None:
    assert number_key(one, "Muhtar Bilgi Sistemi") != number_key(other, "Muhtar Bilgi Sistemi")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("08.10.2026", istanbul(date(2026, 10, 8))),
        ("8/10/2026 14:35", istanbul(date(2026, 10, 8), 14, 35)),
        ("08-10-2026 14.35", istanbul(date(2026, 10, 8), 14, 35)),
        ("2026-10-08", istanbul(date(2026, 10, 8))),
        ("2026/10/08 09:00", istanbul(date(2026, 10, 8), 9)),
        ("2026-10-08T11:35:00Z", datetime(2026, 10, 8, 11, 35, tzinfo=UTC)),
        ("2026-10-08 14:35", istanbul(date(2026, 10, 8), 14, 35)),
        ("8 Ekim 2026 Perşembe", istanbul(date(2026, 10, 8))),
        ("8 Eki 2026", istanbul(date(2026, 10, 8))),
        ("08.Eki.26 14:35", istanbul(date(2026, 10, 8), 14, 35)),
        ("8-Ağu-2026", istanbul(date(2026, 8, 8))),
        ("8 Haz 2026, 09:05", istanbul(date(2026, 6, 8), 9, 5)),
        ("08.10.26", istanbul(date(2026, 10, 8))),
        ("8/10/26 14:35", istanbul(date(2026, 10, 8), 14, 35)),
        ("Thu, 08 Oct 2026 14:35:00 +0300", istanbul(date(2026, 10, 8), 14, 35)),
        ("Oct 8, 2026 14:35", istanbul(date(2026, 10, 8), 14, 35)),
        ("8 Mar 2026", istanbul(date(2026, 3, 8))),
        ("20261008", istanbul(date(2026, 10, 8))),
        ("20261008143500", istanbul(date(2026, 10, 8), 14, 35)),
        ("20261008 14:35", istanbul(date(2026, 10, 8), 14, 35)),
        ("20261308", None),
        ("202610", None),
        ("8 Xyz 2026", None),
        ("31 Şub 2026", None),
        ("10.0.0.12", None),
        ("46303", istanbul(date(2026, 10, 8))),
        ("46303.5", istanbul(date(2026, 10, 8), 12)),
        ("31.02.2026", None),
        ("08.10.0026", None),
        ("dün", None),
        ("4711", None),
    ],
)
def test_a_moment_is_read_day_first(text: str, moment: datetime | None) -> None:
    assert read_moment(text) == moment


NOW = istanbul(date(2026, 10, 12), 9, 30)


@pytest.mark.parametrize(
    ("own", "counts"),
    [
        (NOW - timedelta(days=3), True),
        (NOW - timedelta(days=180), True),
        (NOW - timedelta(days=181), False),
        (NOW + timedelta(days=1), False),
        (None, False),
    ],
)
def test_a_date_ahead_or_absurdly_far_back_is_not_believed(own: datetime | None, counts: bool) -> None:
    assert received(own, NOW) == (own if counts else None)


def test_a_later_hour_of_the_same_day_is_a_wrong_clock_and_not_a_wrong_day() -> None:
    assert received(NOW + timedelta(hours=2), NOW) == NOW


@pytest.mark.parametrize(
    ("position", "found"),
    [
        (("39.97251, 32.86417",), (39.97251, 32.86417)),
        (("39,97251; 32,86417",), (39.97251, 32.86417)),
        (("32.86417 39.97251",), (39.97251, 32.86417)),
        (("https://maps.google.com/?q=39.97251,32.86417",), (39.97251, 32.86417)),
        (("geo:39.97251,32.86417",), (39.97251, 32.86417)),
        (("Enlem: 39.97251 Boylam: 32.86417",), (39.97251, 32.86417)),
        (("", "39,97251", "32,86417"), (39.97251, 32.86417)),
        (("", "39.9", "32.8"), (39.9, 32.8)),
        (("39°58'21.0\"N 32°51'51.0\"E",), (39.9725, 32.864167)),
        (("39° 58′ 21″ K, 32° 51′ 51″ D",), (39.9725, 32.864167)),
        (("", "39°58'21\"", "32°51'51\""), (39.9725, 32.864167)),
        (("saat 39.9 ve 32.8",), None),
        (("0.00000, 0.00000",), None),
        (("Lale Sokak No 4",), None),
        (("",), None),
    ],
)
def test_a_position_lies_in_the_country(position: tuple[str, ...], found: tuple[float, float] | None) -> None:
    assert read_position(*position) == found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Cevap@App.example.org", "cevap@app.example.org"),
        ("Ali <ali@example.org>", "ali@example.org"),
        ("a@example.org, b@example.org", ""),
        ("muhtar@örnek.org", ""),
        ("yok", ""),
    ],
)
def test_only_one_plain_address_is_an_address(text: str, address: str) -> None:
    assert read_address(text) == address


def test_a_telephone_number_is_known_by_its_last_ten_figures() -> None:
    assert read_phone("+90 (500) 000 03 14") == read_phone("0500 000 0314") == "5000000314"
    assert read_phone("153") == ""
