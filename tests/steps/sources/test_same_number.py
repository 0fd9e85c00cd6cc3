"""A number of Muhtar Bilgi Sistemi that comes again, by mail or list: one request, and what is new of it."""

from dataclasses import replace
from datetime import date

import pytest

from daemon.domain.clock import day_of
from daemon.domain.errors import Unprocessable
from daemon.domain.request import Channel, request_number
from tests.steps.sources.office import HEADER, MBS, SourceOffice, notification, row


@pytest.mark.parametrize("first", ["mail", "list"])
def test_the_same_number_enters_once_whichever_way_it_comes_first(desk: SourceOffice, first: str) -> None:
    ways = {
        "mail": lambda: desk.deliver(MBS, "MBS", notification()),
        "list": lambda: desk.hand_in("mbs bekleyen.xlsx", HEADER, row()),
    }
    for way in (first, "list" if first == "mail" else "mail", "list", "mail"):
        ways[way]()
        desk.now = desk.now.replace(minute=desk.now.minute + 1)
    request = desk.only()
    assert desk.letters(request.number)["headman/confirmation"] == 1


def test_a_number_written_with_another_separator_is_the_same_number(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification("2026/4711"))
    number = desk.only().number
    desk.hand_in("mbs.xlsx", HEADER, row("2026-4711"), row("2026_4711"))
    desk.deliver(MBS, "MBS", "Başvuru No: 2026.4711\nDurum: Sonuçlandı\n")
    assert desk.only().external_number == "2026/4711"
    assert [review.key for review in desk.reviews()] == [f"{number}/closed-elsewhere"]
    assert "Sistem numarası" not in desk.texts(number), "that is no news"


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("000202", 202),
        (202, "000202"),
        ("20.261.306", 20261306),
        (20261306, "20.261.306"),
        ("MBS-2026/302", "2026/302"),
        ("2026/302", "MBS 2026 302"),
        ("2026/309", "2026/0309"),
        ("2026-0309", "2026/309 (Şikayet)"),
        ("Başvuru-308", 308),
    ],
)
def test_one_number_spelt_in_two_ways_enters_once_and_is_shown_as_it_came(
    desk: SourceOffice, first: object, again: object
) -> None:
    desk.hand_in("mbs.xlsx", HEADER, (first, *row()[1:]))
    shown = desk.only().external_number
    assert shown == str(first).removeprefix("Başvuru-")
    desk.hand_in("mbs 2.xlsx", HEADER, (again, *row()[1:]))
    desk.deliver(MBS, "MBS", notification(str(again)))
    assert desk.only().external_number == shown
    assert "Sistem numarası" not in desk.texts(desk.only().number), "that is no news"


def test_what_is_new_about_a_known_number_goes_to_its_history(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.deliver(MBS, "MBS", notification(Açıklama="Çukura bir araç düştü, çok acil.", Durum="Yönlendirildi"))
    assert desk.kinds(number).count("foreign-news") == 1
    assert "Durum: “Bekliyor” yerine “Yönlendirildi”" in desk.texts(number)
    assert "Çukura bir araç düştü" in desk.only().note
    desk.hand_in("mbs.xlsx", HEADER, row(status="Yönlendirildi"))
    assert desk.kinds(number).count("foreign-news") == 2, "the list words it differently"
    desk.hand_in("mbs 2.xlsx", HEADER, (*row(status="Yönlendirildi"), ""))
    assert desk.kinds(number).count("foreign-news") == 2


def test_a_photo_that_comes_later_joins_the_request(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(), files=[("cukur.jpg", b"\xff\xd8\xff" + b"1" * 9_000)])
    desk.deliver(MBS, "MBS", notification(), files=[("cukur2.jpg", b"\xff\xd8\xff" + b"2" * 9_000)])
    assert [path.partition("-")[2] for path in desk.only().attachments] == ["cukur.jpg", "cukur2.jpg"]


def test_a_date_that_comes_second_still_starts_the_term(desk: SourceOffice) -> None:
    desk.hand_in(
        "mbs.xlsx", ("Başvuru No", "Mahalle", "Açıklama"), ("2026/4711", "Atapark", "Asfalt çöktü, çukur.")
    )
    assert day_of(desk.only().received_at) == date(2026, 10, 12)
    desk.deliver(MBS, "MBS", notification())
    request = desk.only()
    assert day_of(request.received_at) == date(2026, 10, 8)
    assert request.due == desk.app.office.due("", Channel.MBS.value, date(2026, 10, 8)).due
    assert "Süre, sistemdeki tarihten (08.10.2026) sayıldı" in desk.texts(request.number)


def test_a_due_date_that_a_person_set_stays(desk: SourceOffice) -> None:
    desk.hand_in(
        "mbs.xlsx", ("Başvuru No", "Mahalle", "Açıklama"), ("2026/4711", "Atapark", "Asfalt çöktü, çukur.")
    )
    desk.rest()
    desk.edit("fen", desk.only().number, Son_Tarih="20.11.2026")
    desk.rest()
    desk.deliver(MBS, "MBS", notification())
    assert desk.only().due == date(2026, 11, 20)


def test_two_processes_cannot_enter_one_number_twice(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    twin = replace(desk.only(), number=request_number(2026, 99))
    with pytest.raises(Unprocessable), desk.ledger.transaction() as tx:
        tx.add_request(twin)
    assert len(desk.all()) == 1


def test_a_later_mail_that_only_says_how_a_known_number_stands_is_read(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.deliver(MBS, "MBS: başvuru durumu", "Başvuru No: 2026/4711\nDurum: Sonuçlandırıldı\n")
    assert [review.key for review in desk.reviews()] == [f"{number}/closed-elsewhere"]
    assert "çukurlar" in desk.only().description
    desk.deliver(MBS, "MBS: başvuru durumu", "Başvuru No: 2026/9999\nDurum: Sonuçlandırıldı\n")
    assert len(desk.reviews()) == 2


def test_a_status_that_nobody_listed_is_named_with_its_request(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.deliver(MBS, "MBS: başvuru durumu", "Başvuru No: 2026/4711\nDurum: Arşive kaldırıldı\n")
    [review] = desk.reviews()
    assert f"2026/4711 numaralı kaydın ({number}) “Arşive kaldırıldı” durumu tanınmıyor" in review.reason
