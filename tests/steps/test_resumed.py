"""A complaint that comes by another way than a reply names the closed request that it may be about."""

import pytest

from daemon.domain.request import Status
from daemon.sheets import OFFICE_CODE
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_duplicates import HOLE, entered

COMPLAINT = "Muhtarımız aradı, hâlâ yapılmadı, kimse gelmedi."


def closed(desk: SheetOffice) -> str:
    number = entered(desk)
    desk.reply(number, Status.DONE, "Yama yapıldı.")
    desk.rest(days=3)
    return number


def test_a_complaint_by_telephone_names_what_was_closed_in_its_row_and_beside_the_question(
    desk: SheetOffice,
) -> None:
    number = closed(desk)
    second = entered(desk, COMPLAINT)
    request = desk.request(second)
    assert f"Kapanan talebin devamı olabilir: {number}." in request.note
    assert not desk.request(number).is_open, "a person decides"
    [reason] = [r["Neden"] for r in desk.rows(OFFICE_CODE, "İnceleme") if r["Talep No"] == second]
    assert number in str(reason)


def test_the_closed_request_that_a_person_opens_again_goes_back_to_the_directorate(desk: SheetOffice) -> None:
    number = closed(desk)
    entered(desk, COMPLAINT)
    desk.edit("fen", number, Durum="İşlemde")
    desk.rest()
    assert desk.request(number).is_open
    assert desk.letters(number)["liaison/reopened"] == 2, "to each of its liaisons"


@pytest.mark.parametrize(
    ("place", "days", "text"),
    [
        ("Yayla", 0, COMPLAINT),
        ("Atapark", 40, COMPLAINT),
        ("Atapark", 0, "Parktaki salıncak kırık, onarılsın."),
        ("Atapark", 0, "Çöpler yine alınmadı, konteyner dolu, hâlâ bekliyor."),
    ],
    ids=["elsewhere", "long ago", "no complaint", "of something else"],
)
def test_nothing_is_named_without_a_reason(desk: SheetOffice, place: str, days: int, text: str) -> None:
    closed(desk)
    desk.rest(days=days)
    assert "Kapanan" not in desk.request(entered(desk, text, place)).note


def test_the_same_hole_that_is_there_again_names_its_closed_request(desk: SheetOffice) -> None:
    number = closed(desk)
    assert number in desk.request(entered(desk, f"{HOLE} Hâlâ duruyor.")).note
