"""A headman who asks what has become of an open matter, and complains that nothing has, asks for nothing new."""

import pytest

from daemon.domain.chats.details import asks_after
from daemon.domain.request import Status
from tests.chats.exports import JPEG, bring, chat_file, chat_zip, requests
from tests.chats.test_details import PHOTO, mine, plan, words_in, written
from tests.steps.sheet_office import SheetOffice

LAMP = "Menekşe sokakta sokak lambası yanmıyor"
ASKED = "Lamba ne oldu, hâlâ yanmıyor"


@pytest.mark.parametrize(
    "question",
    [
        ASKED,
        "Menekşe sokaktaki lamba ne oldu, hâlâ yanmıyor",
        "Bizim lamba işi noldu hala yanmıyor, lütfen bakın",
        "Ne oldu, hâlâ yanmıyor",
    ],
)
@pytest.mark.parametrize("day", [6, 19])
def test_a_complaint_in_a_question_about_an_open_matter_belongs_to_it(question: str, day: int) -> None:
    assert asks_after(question)
    assert words_in(plan(mine(LAMP), mine(question, day=day))) == [[LAMP, question]]


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        (LAMP, "Gül sokaktaki lamba ne oldu, hâlâ yanmıyor"),
        ("Menekşe sokak no 4 önünde lamba yanmıyor", "Menekşe sokak no 40 lambası ne oldu, hâlâ yanmıyor"),
        ("Yolda çukur var", ASKED),
        ("Menekşe sokakta yol çöktü", "Menekşe sokaktaki kaldırım ne oldu, hâlâ bozuk"),
        ("Gül sokakta asfalt çöktü", "Sokağa ne oldu bilmiyoruz, asfalt çökmüş"),
    ],
)
def test_what_is_asked_of_another_matter_is_a_request_of_its_own(earlier: str, question: str) -> None:
    assert words_in(plan(mine(earlier), mine(question, day=6))) == [[earlier], [question]]


def test_a_new_matter_beside_the_question_is_not_lost() -> None:
    new = "Gül sokakta da lamba yanmıyor, bakılsın"
    found = words_in(plan(mine(LAMP), mine(ASKED, day=6), mine(new, day=6, time="09:13")))
    assert found == [[LAMP], [ASKED, new]]


def test_danger_is_told_anew() -> None:
    earlier = "Menekşe sokakta doğalgaz kutusunun kapağı kırık"
    question = "Doğalgaz kutusu ne oldu, şimdi gaz kokusu var"
    assert words_in(plan(mine(earlier), mine(question, day=6))) == [[earlier], [question]]


def test_where_nothing_is_open_the_question_is_a_request() -> None:
    assert words_in(plan(mine(ASKED))) == [[ASKED]]


def test_the_question_stands_in_the_note_of_a_request_that_came_by_another_way(office: SheetOffice) -> None:
    bring(office, chat_file(written(mine(LAMP))))
    later = written(mine(ASKED, day=8), mine(PHOTO, day=8, time="09:13"))
    for body in ("Başka telefondan.", "Bir daha."):
        bring(office, chat_zip(later, {"IMG-1.jpg": JPEG}), body=body)
    [request] = requests(office)
    assert f"(WhatsApp): {ASKED}" in request.note
    assert len(request.attachments) == 1
    assert office.kinds(request.number).count("chat-added") == 1


def test_of_a_closed_request_the_question_asks_anew(office: SheetOffice) -> None:
    bring(office, chat_file(written(mine(LAMP))))
    [closed] = requests(office)
    office.reply(closed.number, Status.DONE, "Onarıldı.")
    bring(office, chat_file(written(mine(ASKED, day=8))))
    assert [request.description for request in requests(office)] == [LAMP, ASKED]
