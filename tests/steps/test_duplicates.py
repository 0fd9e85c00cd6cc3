"""A request that repeats an open one of its neighbourhood is offered to staff as such, never merged."""

import pytest
from sqlalchemy import text

from daemon.domain.request import Status
from daemon.ledger.requests import _OPEN_OF_KIND
from daemon.sheets import OFFICE_CODE
from tests.steps.sheet_office import SheetOffice

HOLE = "Çınar Sokak 12 önünde asfalt çöktü, derin çukur oluştu."


def entered(desk: SheetOffice, text: str = HOLE, place: str = "Atapark") -> str:
    before = set(desk.numbers())
    desk.add(OFFICE_CODE, "Yeni Talep", Kanal="Telefon", Mahalle=place, Açıklama=text)
    desk.rest()
    [number] = set(desk.numbers()) - before
    return number


def test_the_second_request_names_the_first_and_both_stay(desk: SheetOffice) -> None:
    first = entered(desk)
    second = entered(desk, "ÇINAR SOKAK NO 12 DERİN ÇUKUR VAR ASFALT ÇÖKTÜ")
    note = str(desk.row(second)["Not"])
    assert f"Benzer açık talep: {first}." in note
    assert note.count("\n") <= 1, "one line beside that of danger"
    assert desk.row(first)["Not"] is None or "Benzer" not in str(desk.row(first)["Not"])
    assert "perhaps-twice" in desk.kinds(second)
    assert desk.request(first).is_open
    assert desk.letters(second)["headman/confirmation"] == 1
    desk.edit("fen", second, Durum="İptal")
    desk.rest()
    assert desk.request(second).status is Status.CANCELLED
    assert desk.request(first).is_open


def test_a_headman_who_asks_again_without_the_street_is_told_from_a_new_hole(desk: SheetOffice) -> None:
    first = entered(desk, "Çınar Sokakta çöp konteyneri kırıldı, yenilenmesini rica ederim.")
    again = entered(desk, "Çöp konteyneri hâlâ gelmedi, yenisini bekliyoruz.")
    assert f"Benzer açık talep: {first}." in desk.request(again).note
    other = entered(desk, "Okulun önüne çöp konteyneri konulsun.")
    assert "Benzer" not in desk.request(other).note


@pytest.mark.parametrize("place", ["Yayla", "Köşk"])
def test_another_neighbourhood_has_its_own_hole(desk: SheetOffice, place: str) -> None:
    entered(desk)
    assert "Benzer" not in str(desk.row(entered(desk, place=place))["Not"])


def test_a_closed_request_is_not_repeated(desk: SheetOffice) -> None:
    desk.reply(entered(desk), Status.DONE, "Onarıldı.")
    assert "Benzer" not in str(desk.row(entered(desk))["Not"])


def test_a_question_of_inceleme_names_it_too(desk: SheetOffice) -> None:
    lamps = "Parktaki aydınlatma lambaları yanmıyor, çocuklar karanlıkta kalıyor."
    first, second = entered(desk, lamps), entered(desk, lamps)
    assert not desk.request(second).directorate
    [reason] = [r["Neden"] for r in desk.rows(OFFICE_CODE, "İnceleme") if r["Talep No"] == second]
    assert f"Benzer açık talep: {first}." in str(reason)


def test_only_the_open_requests_of_the_place_are_looked_at(desk: SheetOffice) -> None:
    """Whatever the years have gathered: the index holds open requests only."""
    first = entered(desk)
    near = {"place": "Atapark", "kind": desk.request(first).category, "most": 40}
    asked = _OPEN_OF_KIND.params(near).compile(desk.ledger.engine, compile_kwargs={"literal_binds": True})
    with desk.ledger.engine.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    assert ["requests_open_by_place (neighbourhood=? AND category=?)" in str(line) for line in plan] == [True]


def test_the_latest_are_compared_and_the_rest_left_alone(desk: SheetOffice) -> None:
    first, second, third = (entered(desk, f"{HOLE} {turn}") for turn in ("", "Yine.", "Hâlâ."))
    with desk.ledger.view() as view:
        latest = view.latest_open("Atapark", desk.request(first).category, 2)
        anywhere = view.latest_open("Atapark", "", 9)
    assert [each.number for each in latest] == [third, second]
    assert [each.number for each in anywhere] == [third, second, first]
    assert latest[0].description.startswith(HOLE)
