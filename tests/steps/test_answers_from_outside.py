"""Answers that come by another hand: an external body's, a colleague's forward."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.domain.request import Request, Status
from daemon.sheets import OFFICE_CODE
from tests.office import mail
from tests.steps.sources.office import STAFF, SourceOffice

HOME = "muhtarlik-isleri"
BODY = "musteri@baskentedas.example.com"
HEADMAN = "yayla.muhtari@example.com"
SAID = "Abonelik başvurusu tamamlanmıştır. Sayaç takılmıştır."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SourceOffice]:
    found = SourceOffice(tmp_path / "ofis", (OFFICE_CODE, HOME, "fen"))
    yield found
    found.close()


def forwarded(sender: str, text: str, subject: str = "Abonelik") -> str:
    return (
        "Bilginize.\n\n---------- Forwarded message ---------\n"
        f"Kimden: Biri <{sender}>\nDate: 15 Eki 2026 Per, 10:12\nSubject: {subject}\nTo: <buro1@ornek.bel.tr>\n\n"
        f"{text}\n"
    )


def subscription(office: SourceOffice) -> Request:
    office.deliver(HEADMAN, "Elektrik aboneliği", "Muhtarlık binamız için elektrik aboneliği istiyoruz.")
    request = office.only()
    assert request.external_body == "Başkent EDAŞ"
    return request


def test_a_bodys_answer_with_the_number_in_its_subject_waits_beside_its_request(office: SourceOffice) -> None:
    number = subscription(office).number
    office.deliver(BODY, f"Re: [{number}] Elektrik aboneliği", SAID)
    [review] = office.reviews()
    assert (review.number, review.read) == (number, SAID)
    assert "Başkent EDAŞ kurumundan gelmiş olabilir" in review.reason
    assert office.only().status is Status.REFERRED, "the number alone changes nothing"
    assert not office.only().note


def test_a_bodys_answer_without_a_number_names_the_requests_that_it_may_mean(office: SourceOffice) -> None:
    number = subscription(office).number
    office.deliver(
        BODY, "Yayla Mahallesi elektrik aboneliği hk.", "Yayla Mahallesi elektrik aboneliği yapılmıştır."
    )
    [review] = office.reviews()
    assert f"{number} numaralı talep için kurumdan gelen yanıt olabilir" in review.reason


def test_a_bodys_answer_that_a_colleague_forwards_is_heard_and_waits_for_a_person(
    office: SourceOffice,
) -> None:
    number = subscription(office).number
    office.deliver(STAFF, f"Fwd: {number} elektrik aboneliği", forwarded(BODY, SAID))
    [review] = office.reviews()
    assert (review.number, review.read) == (number, SAID)
    assert review.reason.startswith("Personelin ilettiği yanıt")
    assert f"{STAFF} yanıtladı: “{SAID}”" in office.only().note


def test_a_headmans_mail_that_a_colleague_forwards_is_one_request_though_delivered_twice(
    office: SourceOffice,
) -> None:
    raw = mail(STAFF, "Fwd: Kaldırım", forwarded(HEADMAN, "Kaldırım taşları kırık, onarılmasını arz ederim."))
    office.take(raw)
    office.take(b"Received: from relay.example.com\r\n" + raw)
    assert office.only().directorate == "fen"
