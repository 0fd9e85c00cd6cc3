"""What a person files of a record that waited in ``İnceleme`` is filed as it was read."""

from datetime import date

import pytest

from daemon.domain.clock import day_of
from daemon.domain.request import Channel, Request
from daemon.sheets import OFFICE_CODE
from tests.steps.sources.office import HEADER, MBS, SourceOffice, notification, row

UNREADABLE = "?? / 4711-?"


def file_it(desk: SourceOffice, note: str = "", place: str = "Atapark") -> Request:
    desk.rest()
    [review] = desk.reviews()
    decided = {"Karar": "Yeni talep olarak kaydet", "Doğru_Mahalle": place, "Not": note}
    desk.type(OFFICE_CODE, {"Kayıt No": review.id}, "İnceleme", **{k: v for k, v in decided.items() if v})
    desk.rest()
    return desk.only()


def test_a_record_without_a_readable_number_is_filed_with_its_subject_words_and_day(
    desk: SourceOffice,
) -> None:
    desk.deliver(MBS, "Muhtar Bilgi Sistemi - Yeni Başvuru", notification(UNREADABLE))
    request = file_it(desk)
    assert (request.channel, request.external_number, request.subject) == (Channel.MBS, "", "Asfalt yaması")
    assert request.description.startswith("Lale Sokakta asfalt çöktü")
    assert "Başvuru Tarihi" not in request.description
    assert day_of(request.received_at) == date(2026, 10, 8)
    assert request.due == desk.app.office.due("", Channel.MBS.value, date(2026, 10, 8)).due


@pytest.mark.parametrize("note", ["2026/4711", "MBS No: 2026/4711", "Sistemden bakıldı, 2026/4711 imiş."])
def test_the_number_that_a_clerk_writes_is_the_records(desk: SourceOffice, note: str) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE))
    assert file_it(desk, note).external_number == "2026/4711"
    desk.hand_in("mbs.xlsx", HEADER, row("2026-4711"))
    assert len(desk.all()) == 1


@pytest.mark.parametrize("note", ["Muhtar 12.10.2026 günü arandı.", "2026/1 veya 2026/2 olabilir", "3. kat"])
def test_other_figures_in_a_remark_are_no_number(desk: SourceOffice, note: str) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE))
    assert file_it(desk, note).external_number == ""


def test_a_later_list_gives_what_was_filed_its_number(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE))
    number = file_it(desk).number
    text = "Lale Sokakta asfalt çöktü, derin çukurlar oluştu.\nYama yapılmasını arz ederim."
    told = ("2026/4711", "08.10.2026", "Atapark", "", "Asfalt yaması", text, "Bekliyor")
    desk.hand_in("mbs.xlsx", HEADER, told)
    request = desk.only()
    assert (request.number, request.external_number) == (number, "2026/4711")
    assert "2026/4711 olarak öğrenildi" in request.note
    desk.hand_in("mbs 2.xlsx", HEADER, told, ("2026/4712", *told[1:]))
    assert len(desk.all()) == 2, "another number with the same words is another request"


@pytest.mark.parametrize(
    "other", [row(day="09.10.2026"), row(place="Yayla"), (*row()[:5], "Çöpler alınmıyor.", "")]
)
def test_another_day_place_or_wording_is_another_request(
    desk: SourceOffice, other: tuple[object, ...]
) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE, Açıklama=str(row()[5])))
    file_it(desk)
    desk.hand_in("mbs.xlsx", HEADER, other)
    assert len(desk.all()) == 2


REWORDED = "Lale Sokak'ta asfaltın çökmesi sonucu oluşan derin çukurlara yama yapılması talebidir"


def test_a_record_that_is_surely_the_same_in_other_words_is_no_second_request(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE))
    number = file_it(desk).number
    desk.hand_in("mbs.xlsx", HEADER, (*row()[:5], REWORDED, "Bekliyor"))
    request = desk.only()
    assert (request.number, request.external_number) == (number, "2026/4711")
    assert "Sistemdeki metin: “Lale Sokak" in request.note


@pytest.mark.parametrize(
    "text",
    [
        "Lale Sokakta kaldırım çöktü, taşlar söküldü, onarım yapılmasını arz ederim.",
        "Lale Sokakta asfalt döküldü, kasis yapılmasını arz ederim.",
        "Gül Sokakta asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim.",
        "Lale Sokak 12 numara önünde asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim.",
        "Asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim, önemle.",
    ],
    ids=["kerbs", "a hump", "another street", "another house", "no street"],
)
def test_what_is_not_surely_the_same_stays_a_request_of_its_own(desk: SourceOffice, text: str) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE))
    file_it(desk)
    desk.hand_in("mbs.xlsx", HEADER, (*row()[:5], text, "Bekliyor"))
    assert len(desk.all()) == 2


def test_of_two_records_that_could_be_meant_none_takes_the_number(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(UNREADABLE))
    number = file_it(desk).number
    told = [(n, *row()[1:5], f"{REWORDED}{more}", "") for n, more in (("2026/1", ""), ("2026/2", " acilen"))]
    desk.hand_in("mbs.xlsx", HEADER, *told)
    assert len(desk.all()) == 3
    assert {each.external_number for each in desk.all() if each.number == number} == {""}


def test_what_waited_for_its_neighbourhood_is_filed_with_its_own_words_alone(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(place="Olmayan"))
    request = file_it(desk)
    assert request.external_number == "2026/4711"
    assert request.description.startswith("Lale Sokakta asfalt çöktü")
    assert "Sistemde yazan" not in request.description
    assert "Başvuru No" not in request.description


def test_a_record_goes_where_the_category_goes_that_it_names(desk: SourceOffice) -> None:
    named = {"Konu": "Araç gereç ve malzeme", "Açıklama": "Araç gereç ve malzeme"}
    desk.deliver(MBS, "MBS", notification(**named))
    assert (desk.only().directorate, desk.only().category) == ("destek", "Araç gereç ve malzeme")
