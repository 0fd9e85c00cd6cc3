"""What headmen write, and what they hear: requests, questions, thanks, their answers to a closure."""

from datetime import date

import pytest

from daemon.domain.clock import istanbul
from tests.office import ADDRESS, mail
from tests.real.conversations.letters import ROAD, referral, text_of
from tests.real.people import Office

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("conversations"), pytest.mark.timeout(300)]


def test_durum_brings_the_headman_his_own_open_requests(office: Office) -> None:
    of_another = office.asked("Asfalt", ROAD)
    first = office.asked("Asfalt", ROAD)
    office.writes(office.headman, "Durum", "DURUM")
    [status] = office.letters(office.headman, "headman/status")
    assert first in text_of(status)
    assert of_another not in text_of(status)
    assert status["Subject"] == f"[{first}] Açık taleplerinizin durumu"
    assert status["Auto-Submitted"] == "auto-replied"


def test_two_requests_in_one_mail_get_two_numbers_and_one_confirmation(office: Office) -> None:
    headman = office.another_headman()
    office.writes(
        headman,
        "İki talebimiz",
        "1) Gül Sokakta asfalt çöktü, çukur oluştu, yama yapılmasını arz ederim.\n"
        "2) Çocuk parkındaki salıncak kırıldı, onarılmasını rica ederim.",
    )
    [confirmation] = office.letters(headman, "headman/confirmation")
    numbers = str(confirmation["X-Muhtarlik-Request"]).replace("\r\n", "").split(",")
    found = [office.request(number.strip()).directorate for number in numbers]
    assert sorted(found) == ["fen", "park"]


def test_a_headman_s_answer_long_after_the_closure_continues_the_old_request(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), "TAMAMLANDI\nYama yapıldı.")
    [closure] = office.letters(office.headman, "headman/closure")
    office.turn(istanbul(date(2026, 11, 12), 10))
    office.answers(closure, "SORUN SÜRÜYOR")
    assert office.status(number) == "Tamamlandı"
    confirmation = office.letters(office.headman, "headman/confirmation")[-1]
    renewed = office.request(str(confirmation["Subject"])[1:16])
    assert (renewed.subject, renewed.directorate) == ("Asfalt", "fen")
    assert number in renewed.description


def test_a_new_wish_beside_a_reopening_is_shown_to_a_person(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), "TAMAMLANDI\nYama yapıldı.")
    [closure] = office.letters(office.headman, "headman/closure")
    office.answers(closure, "Lale Sokakta çöp konteynerleri boşaltılmıyor, temizlenmesini rica ederiz.")
    assert office.request(number).is_open
    assert any("yeni bir talep" in review.reason for review in office.reviews(number))


def test_a_second_copy_of_a_mail_opens_no_second_request(office: Office) -> None:
    headman = office.another_headman()
    raw = mail(headman, "Asfalt", ROAD)
    for trace in (b"Received: from a by b; Mon, 12 Oct 2026 09:00:00 +0300\r\n", b"X-Liste: c\r\n"):
        office.servers.deliver(ADDRESS, trace + raw)
        office.turn()
    assert len(office.letters(headman, "headman/confirmation")) == 1


def test_another_mail_with_the_same_message_id_is_another_request(office: Office) -> None:
    headman = office.another_headman()
    first = mail(headman, "Asfalt", ROAD)
    [line] = [line for line in first.split(b"\r\n") if line.startswith(b"Message-ID")]
    second = mail(headman, "Park", "Çocuk parkındaki salıncak kırıldı, onarılmasını rica ederim.")
    [other] = [line for line in second.split(b"\r\n") if line.startswith(b"Message-ID")]
    for raw in (first, second.replace(other, line)):
        office.servers.deliver(ADDRESS, raw)
        office.turn()
    assert len(office.letters(headman, "headman/confirmation")) == 2


@pytest.mark.parametrize(
    "text",
    ["Yol yapıldı, emeği geçen herkese çok teşekkür ederiz.", "Kandiliniz mübarek olsun, saygılar sunarım."],
)
def test_thanks_and_greetings_open_nothing(office: Office, text: str) -> None:
    headman = office.another_headman()
    office.writes(headman, "Selam", text)
    assert office.letters(headman) == []


def test_a_forward_by_staff_is_the_headman_s(office: Office) -> None:
    headman = office.another_headman()
    forwarded = (
        "Bilginize.\n\n-------- İletilen ileti --------\n"
        f"Konu: Park\nTarih: 12 Ekim 2026 09:00\nKimden: Muhtar <{headman}>\nKime: {ADDRESS}\n\n"
        "Çocuk parkındaki salıncak kırıldı, onarılmasını rica ederim.\n"
    )
    office.writes("buro1@ornek.bel.tr", "Fwd: Park", forwarded)
    [confirmation] = office.letters(headman, "headman/confirmation")
    assert office.request(str(confirmation["Subject"])[1:16]).neighbourhood == office.place.name
