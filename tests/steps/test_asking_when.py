"""A headman who asks when something will be mended: after what he asked for before, or for the first time."""

import pytest

from tests.steps.post import writes
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_urgent import everybody, told


def headman(desk: SheetOffice) -> str:
    return desk.places[0].headman.emails[0]


def status_letters(desk: SheetOffice) -> int:
    with desk.ledger.view() as view:
        return sum(x.occasion == "headman/status" for x in view.letters_waiting(desk.now, 999))


@pytest.mark.parametrize(
    "text",
    [
        "Su kesildi, ne zaman gelecek? Bilgi verilmesini rica ederim.",
        "Mahallemizde elektrik yok, ne zaman gelecek?",
        "Asfaltımız ne zaman yapılacak, bilgi verir misiniz?",
    ],
)
def test_who_has_asked_for_nothing_yet_asks_for_it_now(desk: SheetOffice, text: str) -> None:
    writes(desk, headman(desk), "Bilgi", text)
    assert len(desk.numbers()) == 1
    assert status_letters(desk) == 0


def test_another_matter_than_what_is_open_is_a_request(desk: SheetOffice) -> None:
    desk.ask("Çukur")
    writes(desk, headman(desk), "Elektrik", "Mahallemizde elektrik yok, ne zaman gelecek?")
    assert len(desk.numbers()) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Yolumuzun asfaltı ne zaman yapılacak, bilgi verir misiniz?",
        "Talebimiz ne oldu, ne zaman yapılacak?",
        "Taleplerimin durumu nedir?",
    ],
)
def test_what_is_open_is_told(desk: SheetOffice, text: str) -> None:
    desk.ask("Çukur")
    writes(desk, headman(desk), "Bilgi", text)
    assert len(desk.numbers()) == 1
    assert status_letters(desk) == 1


def test_danger_in_such_a_question_alarms(desk: SheetOffice) -> None:
    writes(desk, headman(desk), "Acil", "Elektrik teli koptu yerde duruyor, ne zaman geleceksiniz?")
    assert len(desk.numbers()) == 1
    assert told(desk, "office/urgent") >= everybody(desk)
