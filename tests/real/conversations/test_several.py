"""Answers to one letter about several requests."""

import re
from email.message import EmailMessage
from html import unescape

import pytest

from daemon.domain.notice import Notice, Occasion, Owed
from tests.office import ADDRESS
from tests.real.conversations.letters import ROAD, text_of
from tests.real.people import Office

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("conversations"), pytest.mark.timeout(300)]


def letter_about_two(office: Office) -> tuple[str, str, EmailMessage]:
    """Two requests of one directorate, and one letter to its liaison that lists both."""
    first, second = office.asked("Asfalt", ROAD), office.asked("Asfalt", ROAD)
    with office.app.ledger.view() as view:
        both = tuple(view.requests_numbered([first, second]))
    notice = Notice(f"deneme/{first}", Occasion.LIAISON_REMINDER, office.liaison, about=(first, second))
    with office.app.ledger.transaction() as tx:
        tx.owe([Owed(notice, both)], office.now)
    office.turn()
    return first, second, office.letters(office.liaison, "liaison/reminder")[-1]


def test_one_answer_to_a_letter_about_several_says_of_each_what_is_said_of_it(office: Office) -> None:
    first, second, letter = letter_about_two(office)
    office.answers(letter, f"{first} tamamlandı, yama yapıldı. {second[-6:]} işlemde")
    assert (office.status(first), office.status(second)) == ("Tamamlandı", "İşlemde")
    assert office.request(first).result == "Tamamlandı, yama yapıldı."


def test_one_answer_that_closes_several_is_thanked_for_once(office: Office) -> None:
    first, second, letter = letter_about_two(office)
    before = len(office.letters(office.liaison, "liaison/thanks"))
    office.answers(letter, f"Tamamlandı: {first}, {second}")
    assert (office.status(first), office.status(second)) == ("Tamamlandı", "Tamamlandı")
    thanks = office.letters(office.liaison, "liaison/thanks")[before:]
    assert [second in text_of(each) for each in thanks] == [True]


def test_an_answer_to_a_letter_about_several_that_names_none_closes_none(office: Office) -> None:
    first, second, letter = letter_about_two(office)
    office.answers(letter, "Tamamlandı")
    assert office.request(first).is_open
    assert office.request(second).is_open
    assert any(first in review.reason for review in office.reviews())


def test_quoted_buttons_of_several_requests_close_none(office: Office) -> None:
    first, second, letter = letter_about_two(office)
    shown = letter.get_body(("html",))
    assert shown is not None
    links = re.findall(r'href="(mailto:[^"]+)"', str(shown.get_content()))
    quoted = "\n".join(f"TAMAMLANDI <{unescape(link)}>" for link in links)
    head = f"Kimden: Muhtarlık <{ADDRESS}>\nGönderilme: 12 Ekim 2026 Pazartesi 09:30\nKonu: Hatırlatma"
    office.writes(office.liaison, f"Re: {letter['Subject']}", f"TAMAMLANDI\n\n{head}\n\n{quoted}")
    assert office.request(first).is_open
    assert office.request(second).is_open


def test_the_number_that_the_writer_put_into_the_subject_chooses_one_of_several(office: Office) -> None:
    first, second, letter = letter_about_two(office)
    office.writes(
        office.liaison, f"Re: [{second}]", "TAMAMLANDI\nYama yapıldı.", answers=letter["Message-ID"]
    )
    assert office.request(first).is_open
    assert office.status(second) == "Tamamlandı"


def test_the_first_number_of_several_in_a_subject_chooses_none_where_the_thread_is_lost(
    office: Office,
) -> None:
    first, second, letter = letter_about_two(office)
    office.writes(office.liaison, f"Re: {letter['Subject']}", "TAMAMLANDI")
    assert office.request(first).is_open
    assert office.request(second).is_open
