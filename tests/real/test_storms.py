"""Loops and storms on real servers: machines that answer each other, and hundreds of like mails."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from daemon.domain.storm import MOST_ALIKE
from daemon.settings import load_settings
from tests.office import ADDRESS, mail
from tests.real.people import Office
from tests.real.servers import MailServers

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("storms"), pytest.mark.timeout(300)]

ROAD = "Yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
AN_HOUR, A_DAY = 4, 10


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with MailServers() as servers:
        found = Office(servers, tmp_path_factory.mktemp("ofis"))
        _limit(found.config)
        found.app.settings = load_settings(found.config)
        with found.app:
            found.app.migrate()
            yield found


def _limit(config: Path) -> None:
    limits = f"hourly_per_address = {AN_HOUR}\ndaily_per_address = {A_DAY}\n[trust]"
    config.write_text(config.read_text().replace("[trust]", limits))


def test_one_address_gets_so_many_letters_an_hour_and_the_rest_later(office: Office) -> None:
    headman = office.another_headman()
    before = len(office.letters("buro1@ornek.bel.tr", "office/notice"))
    for n in range(AN_HOUR + 3):
        office.servers.deliver(ADDRESS, mail(headman, "DURUM", "DURUM" + " " * n))
    office.turn()
    assert len(office.letters(headman)) == AN_HOUR
    told = office.letters("buro1@ornek.bel.tr", "office/notice")[before:]
    assert [headman in str(letter.get_body(("plain",)).get_content()) for letter in told] == [True]
    office.turn(office.now + timedelta(minutes=61))
    assert len(office.letters(headman)) == AN_HOUR + 3


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: 1",
        "Precedence: auto_reply",
        "X-Muhtarlik-Letter: headman/confirmation",
    ],
)
def test_a_machine_gets_no_answer(office: Office, header: str) -> None:
    headman = office.another_headman()
    office.servers.deliver(ADDRESS, f"{header}\r\n".encode() + mail(headman, "Asfalt", ROAD))
    office.turn()
    assert office.letters(headman) == []


@pytest.mark.parametrize(
    "header", ["List-Id: <duyuru.example.com>", "List-Unsubscribe: <mailto:x@y.tr>", "Precedence: bulk"]
)
def test_a_list_gets_no_answer_and_is_held(office: Office, header: str) -> None:
    office.servers.deliver(ADDRESS, f"{header}\r\n".encode() + mail("duyuru@example.com", "Duyuru", ROAD))
    office.turn()
    assert office.letters("duyuru@example.com") == []


def test_our_own_letter_coming_back_starts_nothing(office: Office) -> None:
    office.asked("Asfalt", ROAD)
    [letter] = office.letters(office.headman, "headman/confirmation")
    waiting = len(office.reviews())
    office.servers.deliver(ADDRESS, letter.as_bytes())
    office.turn()
    assert (len(office.letters(office.headman)), len(office.reviews())) == (1, waiting)


def test_a_mail_bomb_is_one_entry_and_another_s_mail_is_answered(office: Office) -> None:
    bomber = office.another_headman()
    for n in range(MOST_ALIKE + 40):
        office.servers.deliver(ADDRESS, mail(bomber, f"Asfalt {n}", f"{n}. sokak: {ROAD}"))
    waiting = len(office.reviews())
    office.asked("Asfalt", ROAD)
    assert office.letters(bomber) == []
    assert len(office.reviews()) == waiting + 1
    with office.app.ledger.view() as view:
        assert sum(entry.reason.startswith("Aynı gönderenden") for entry in view.held_arrivals()) == 1
