"""A request that repeats an open one of its neighbourhood is offered to staff as such, never merged."""

from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import text

from daemon.domain.notice import Letter
from daemon.domain.request import Status
from daemon.ledger.requests import _OPEN_OF_KIND
from daemon.sheets import OFFICE_CODE
from tests.steps.post import letters, writes
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_told_sheet import without_email

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
    [letter] = letters(desk, second, "headman/closure")
    assert f"Aynı konudaki {first} numaralı talep kapsamında takip edilmektedir." in text_of(letter)
    assert desk.row(second)["Sonuç"] == desk.request(second).result
    assert desk.reviews() == []


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


# --- a request is cancelled -------------------------------------------------------------------------------


def text_of(letter: Letter) -> str:
    body = message_from_bytes(letter.mime, policy=default).get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def reasons(desk: SheetOffice) -> list[str]:
    return [review.reason for review in desk.reviews()]


def test_a_request_cancelled_without_a_reason_asks_for_one_and_tells_it(desk: SheetOffice) -> None:
    number = entered(desk)
    desk.edit("fen", number, Durum="İptal")
    desk.rest()
    assert not letters(desk, number, "headman/closure")
    [reason] = reasons(desk)
    assert "gerekçe yazılmadan iptal edildi" in reason
    desk.edit("fen", number, Sonuç="Mahallede böyle bir yer bulunmamaktadır.")
    desk.rest()
    [letter] = letters(desk, number, "headman/closure")
    assert "işlemden kaldırılmıştır" in text_of(letter)
    assert "Açıklama: Mahallede böyle bir yer bulunmamaktadır." in text_of(letter)
    assert reasons(desk) == []
    desk.edit("fen", number, Sonuç="Mahallede böyle bir yer yoktur.")
    desk.rest()
    assert desk.letters(number)["headman/closure"] == 1


def test_a_number_in_the_result_says_which_of_several_is_repeated(desk: SheetOffice) -> None:
    first, second, third = (entered(desk, f"{HOLE} {turn}") for turn in ("", "Yine.", "Hâlâ."))
    assert first in desk.request(third).note
    assert second in desk.request(third).note
    desk.edit("fen", third, Durum="İptal")
    desk.rest()
    assert len(reasons(desk)) == 1
    assert not letters(desk, third, "headman/closure")
    desk.edit("fen", third, Sonuç=first)
    desk.rest()
    assert f"Aynı konudaki {first} numaralı talep" in text_of(*letters(desk, third, "headman/closure"))
    assert reasons(desk) == []


def test_the_repeated_request_must_be_open(desk: SheetOffice) -> None:
    first, second = entered(desk), entered(desk)
    desk.reply(first, Status.DONE, "Onarıldı.")
    desk.rest()
    desk.edit("fen", second, Durum="İptal")
    desk.rest()
    assert not letters(desk, second, "headman/closure")
    assert len(reasons(desk)) == 1


def test_a_reason_given_with_the_cancelling_is_told(desk: SheetOffice) -> None:
    number = entered(desk)
    desk.edit("fen", number, Durum="İptal", Sonuç="Talep yanlışlıkla kaydedilmiştir.")
    desk.rest()
    assert "Açıklama: Talep yanlışlıkla" in text_of(*letters(desk, number, "headman/closure"))
    assert reasons(desk) == []


def test_who_took_his_request_back_is_not_asked_about(desk: SheetOffice) -> None:
    number = entered(desk)
    headman = desk.request(number).headman_email
    writes(desk, headman, f"Re: [{number}] Talebiniz", "Talebimizden vazgeçtik, gerek kalmadı.")
    before = reasons(desk)
    desk.edit("fen", number, Durum="İptal")
    desk.rest()
    assert reasons(desk) == before
    assert not letters(desk, number, "headman/closure")


@pytest.mark.parametrize(
    "said", ["Muhtar vazgeçti", "Muhtar talebinden vazgeçmiştir.", "Talebini geri çekti"]
)
def test_nor_where_staff_note_that_he_did(desk: SheetOffice, said: str) -> None:
    number = entered(desk)
    desk.edit("fen", number, Durum="İptal", Not=said)
    desk.rest()
    assert reasons(desk) == []
    assert not letters(desk, number, "headman/closure")


def test_a_cancelled_request_of_who_gets_no_letters_is_told_in_person(desk: SheetOffice) -> None:
    place = without_email(desk).name
    first, second = entered(desk, place=place), entered(desk, place=place)
    desk.type(OFFICE_CODE, {"Talep No": second}, "Bildirilecekler", Bildirildi="Evet")
    desk.rest()
    desk.edit("fen", second, Durum="İptal")
    desk.rest()
    [line] = [row for row in desk.rows(OFFICE_CODE, "Bildirilecekler") if row["Talep No"] == second]
    assert line["Bildirildi"] is None
    assert f"işlemden kaldırıldı. Açıklaması: Aynı konudaki {first} numaralı" in str(line["Metin"])
