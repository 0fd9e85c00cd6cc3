"""A request refused, or called off, with a promise: a person says what is meant, and the headman hears only that."""

import pytest

from daemon.domain.request import Status
from daemon.sheets import OFFICE_CODE
from tests.steps.post import answers, letters, writes
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_interim import clock, decide
from tests.wording.desk import said

PROMISE = "15.12.2026'da yapılacaktır."


@pytest.fixture
def number(desk: SheetOffice) -> str:
    found = desk.ask("Asfalt")
    desk.rest()
    return found


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_a_promise_that_was_entered_as_a_refusal_is_told_as_what_it_is(
    desk: SheetOffice, number: str, chosen: str
) -> None:
    before = desk.request(number)
    desk.edit("fen", number, Durum=chosen, Sonuç=PROMISE)
    desk.rest()
    row = desk.row(number)
    assert (row["Durum"], row["Sonuç"]) == (chosen, PROMISE), "what people type stays"
    assert clock(desk.request(number)) == clock(before)
    assert desk.letters(number)["headman/closure"] == 0
    desk.quiet()
    writes(desk, before.headman_email, "DURUM", "DURUM")
    [status] = letters(desk, number, "headman/status")
    assert "Durum : İşlemde" in " ".join(said(status).split()), "he reads of no refusal"
    assert decide(desk, number, Karar="Ara cevap olarak bildir") == "İşlendi: Ara cevap verildi"
    [letter] = letters(desk, number, "headman/interim")
    assert PROMISE in said(letter)
    assert desk.row(number)["Durum"] == "İşlemde"
    desk.edit("fen", number, Durum="Tamamlandı", Sonuç="Sokak asfaltlandı.")
    desk.rest()
    assert desk.letters(number)["headman/closure"] == 1
    desk.quiet()


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_the_reason_alone_closes_it_and_its_question(desk: SheetOffice, number: str, chosen: str) -> None:
    desk.edit("fen", number, Durum=chosen, Sonuç=PROMISE)
    desk.rest()
    assert [review.number for review in desk.reviews()] == [number]
    reason = "Yol özel mülkiyettedir."
    desk.edit("fen", number, Sonuç=reason)
    desk.rest()
    assert desk.reviews() == []
    assert not desk.request(number).is_open
    [letter] = letters(desk, number, "headman/closure")
    assert reason in said(letter)
    assert PROMISE not in said(letter)
    desk.quiet()


def test_a_line_that_is_only_closed_leaves_the_request_open_and_its_row_as_typed(
    desk: SheetOffice, number: str
) -> None:
    desk.edit("fen", number, Durum="Olumsuz", Sonuç=PROMISE)
    desk.rest()
    decide(desk, number, Karar="Gereği yapıldı")
    assert desk.request(number).is_open
    assert desk.row(number)["Durum"] == "Olumsuz"
    desk.another_process()
    desk.rest(days=1)
    assert desk.reviews() == []
    desk.quiet()


def test_a_refusing_reply_that_promises_waits_for_a_person(desk: SheetOffice, number: str) -> None:
    answers(desk, number, f"OLUMSUZ\n{PROMISE}")
    assert desk.request(number).status is Status.REFERRED
    assert desk.letters(number)["headman/closure"] == 0
    [line] = desk.rows(OFFICE_CODE, "İnceleme")
    assert "ileri bir günü de gösteriyor (15.12.2026)" in str(line["Neden"])
    assert PROMISE in str(desk.row(number)["Not"])
    decide(desk, number, Karar="Ara cevap olarak bildir")
    [letter] = letters(desk, number, "headman/interim")
    assert PROMISE in said(letter)
    assert "OLUMSUZ" not in said(letter)


@pytest.mark.parametrize(
    "text", ["Olumsuz - bütçe yok", "OLUMSUZ. Talep edilen alan park olarak planlanmıştır"]
)
def test_a_refusing_reply_with_its_reason_closes(desk: SheetOffice, number: str, text: str) -> None:
    liaison, _ = answers(desk, number, text)
    assert desk.request(number).status is Status.REJECTED
    [letter] = letters(desk, number, "headman/closure")
    assert "karşılanması mümkün olmamıştır" in said(letter)
    assert "OLUMSUZ" not in said(letter).upper().replace("OLUMSUZ CEVAP", "")
    assert [x.recipient for x in letters(desk, number, "liaison/thanks")] == [liaison]
    assert desk.reviews() == []
