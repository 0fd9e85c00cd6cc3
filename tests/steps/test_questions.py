"""A liaison asks back by mail; what a clerk writes beside the question in ``İnceleme`` goes to him, once."""

from email import message_from_bytes
from email.message import Message

import pytest

from daemon.domain.request import Status
from daemon.sheets import OFFICE_CODE
from tests.steps.post import answers, comes, letters
from tests.steps.sheet_office import SheetOffice
from tests.wording.desk import said

QUESTION = "Çukur kaç numaranın önünde?"
ANSWER = "12 numaralı binanın önünde; muhtarımız yerinde gösterebilir."


@pytest.fixture
def asked(desk: SheetOffice) -> str:
    """A request about which its liaison wants to know something."""
    number = desk.ask("Çukur")
    desk.rest()
    answers(desk, number, QUESTION)
    return number


def decide(desk: SheetOffice, number: str, **cells: object) -> str:
    desk.type(OFFICE_CODE, {"Talep No": number}, "İnceleme", **cells)
    desk.rest()
    return line(desk, number)


def line(desk: SheetOffice, number: str) -> str:
    [row] = [row for row in desk.rows(OFFICE_CODE, "İnceleme") if row["Talep No"] == number]
    return str(row["Durum"])


def test_the_answer_to_a_liaisons_question_goes_to_him_in_the_thread_and_once(desk: SheetOffice) -> None:
    number = desk.ask("Çukur")
    desk.rest()
    due = desk.request(number).due
    liaison, question = answers(desk, number, QUESTION)
    [row] = [row for row in desk.rows(OFFICE_CODE, "İnceleme") if row["Talep No"] == number]
    assert row["Okunan"] == QUESTION
    assert "yanıtınızı Not sütununa yazıp" in row["Neden"]
    assert decide(desk, number, Karar="Gereği yapıldı", Not=ANSWER).startswith("İşlendi: Yanıt, soruyu")
    [letter] = letters(desk, number, "liaison/answer")
    assert letter.recipient == liaison
    mail, asked = message_from_bytes(letter.mime), message_from_bytes(question)
    assert isinstance(mail, Message)
    assert mail["In-Reply-To"] == asked["Message-ID"]
    assert letter.subject == f"[{number}] Sorunuzun yanıtı: Çukur"
    assert ANSWER in said(letter)
    assert QUESTION in said(letter)
    assert ANSWER in str(desk.row(number)["Not"])
    [told] = [entry.text for entry in desk.history(number) if entry.kind == "answered"]
    assert liaison in told
    request = desk.request(number)
    assert (request.status, request.due, desk.reviews()) == (Status.REFERRED, due, [])
    comes(desk, question + b"\r\n")
    desk.another_process()
    desk.rest(days=1)
    assert len(letters(desk, number, "liaison/answer")) == 1
    desk.quiet()


def test_words_without_a_decision_wait_and_say_for_what(desk: SheetOffice, asked: str) -> None:
    assert "Gereği yapıldı’yı seçiniz" in decide(desk, asked, Not=ANSWER)
    assert letters(desk, asked, "liaison/answer") == []
    decide(desk, asked, Karar="Gereği yapıldı")
    assert len(letters(desk, asked, "liaison/answer")) == 1
    desk.quiet()


def test_an_answer_typed_after_the_decision_was_saved_still_goes_once(desk: SheetOffice, asked: str) -> None:
    assert "yanıt gönderilmedi" in decide(desk, asked, Karar="Gereği yapıldı")
    assert letters(desk, asked, "liaison/answer") == []
    desk.quiet()
    assert decide(desk, asked, Not=ANSWER).startswith("İşlendi: Yanıt, soruyu")
    assert ANSWER in str(desk.row(asked)["Not"])
    decide(desk, asked, Not=f"{ANSWER} Teşekkürler.")
    [letter] = letters(desk, asked, "liaison/answer")
    assert ANSWER in said(letter)
    desk.quiet()


@pytest.mark.parametrize("moved", [False, True])
def test_a_late_answer_is_heard_once_though_its_line_cannot_be_written(
    desk: SheetOffice, asked: str, moved: bool
) -> None:
    decide(desk, asked, Karar="Gereği yapıldı")
    if moved:
        desk.edit("fen", asked, Sevk="Park ve Bahçeler Müdürlüğü")
        desk.rest()
    desk.type(OFFICE_CODE, {"Talep No": asked}, "İnceleme", Not=ANSWER)
    desk.look_while_open()
    assert line(desk, asked).startswith("İşlendi: Kapatıldı; soruyu" if moved else "İşlendi: Yanıt, soruyu")
    assert desk.request(asked).note.count(ANSWER) == 1
    assert len(letters(desk, asked, "liaison/answer")) == (0 if moved else 1)
    desk.quiet()


def test_who_no_longer_has_to_do_with_the_request_gets_no_answer(desk: SheetOffice, asked: str) -> None:
    desk.edit("fen", asked, Sevk="Park ve Bahçeler Müdürlüğü")
    desk.rest()
    assert "artık bu talebe bakmadığından" in decide(desk, asked, Karar="Gereği yapıldı", Not=ANSWER)
    assert letters(desk, asked, "liaison/answer") == []
    assert ANSWER in str(desk.row(asked, "park")["Not"]), "whoever does the work reads it all the same"


def test_another_decision_on_a_question_mails_nothing(desk: SheetOffice, asked: str) -> None:
    decide(desk, asked, Karar="Yönlendir", Müdürlük="Park ve Bahçeler Müdürlüğü", Not="Park bölgesi")
    assert desk.request(asked).directorate == "park"
    assert letters(desk, asked, "liaison/answer") == []


def test_the_same_decision_on_any_other_line_stays_a_remark(desk: SheetOffice) -> None:
    number = desk.ask("Belirsiz")
    desk.rest()
    desk.edit("fen", number, Sevk="Yolcular Müdürlüğü")
    desk.rest()
    assert decide(desk, number, Karar="Gereği yapıldı", Not="Bakıldı") == "İşlendi: Kapatıldı"
    assert letters(desk, number, "liaison/answer") == []
