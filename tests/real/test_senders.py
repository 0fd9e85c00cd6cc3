"""Whom the office believes, on real servers: forged, foreign and unvouched senders change nothing."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.office import ADDRESS, mail
from tests.real.people import Office
from tests.real.servers import MailServers

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("senders"), pytest.mark.timeout(300)]

ROAD = "Yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
OURS = "mx.ornek.bel.tr"
RELAY = "Received: from relay.example.net by relay2.example.net with ESMTP; Mon, 12 Oct 2026 09:00:00 +0300"
UNVOUCHED = {
    "failed": f"Authentication-Results: {OURS}; dmarc=fail header.from=ornek.bel.tr",
    "not said": "X-Nothing: 1",
    "said by another": "Authentication-Results: mx.example.net; dmarc=pass header.from=ornek.bel.tr",
    "said by a look-alike": f"Authentication-Results: {OURS}.example.net; dmarc=pass header.from=ornek.bel.tr",
    "said of another": f"Authentication-Results: {OURS}; dmarc=pass header.from=example.net",
    "brought along": f"Authentication-Results: {OURS}; dmarc=none\r\n{RELAY}\r\n"
    f"Authentication-Results: {OURS}; dmarc=pass header.from=ornek.bel.tr",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with MailServers() as servers:
        found = Office(servers, tmp_path_factory.mktemp("ofis"), authserv_id=OURS)
        with found.app:
            yield found


def vouched(sender: str) -> str:
    return f"Authentication-Results: {OURS}; dmarc=pass header.from={sender.partition('@')[2]}"


def write(office: Office, sender: str, letter: EmailMessage, text: str, *, trace: str = "") -> None:
    raw = mail(sender, f"Re: {letter['Subject']}", text, answers=letter["Message-ID"])
    office.servers.deliver(ADDRESS, f"{trace or vouched(sender)}\r\n".encode() + raw)
    office.turn()


def referred(office: Office) -> tuple[str, EmailMessage]:
    number = office.asked("Asfalt", ROAD)
    letters = office.letters(office.liaison, "liaison/referral")
    return number, next(each for each in letters if str(each["Subject"]).startswith(f"[{number}]"))


@pytest.mark.parametrize("trace", UNVOUCHED.values(), ids=UNVOUCHED.keys())
def test_a_liaison_s_name_alone_closes_nothing(office: Office, trace: str) -> None:
    number, letter = referred(office)
    before = office.row("fen", number)
    write(office, office.liaison, letter, "TAMAMLANDI\nYapıldı.", trace=trace)
    assert office.row("fen", number) == before
    assert [review.reason for review in office.reviews(number)]


@pytest.mark.parametrize(
    "stranger",
    ["park.irtibat@ornek.bel.tr", "fen.irtibat@ornek-bel.tr", "fen.irtibat@ornek.bel.tr.example.com"],
)
def test_who_is_vouched_for_but_has_no_say_closes_nothing(office: Office, stranger: str) -> None:
    number, letter = referred(office)
    before = office.row("fen", number)
    write(office, stranger, letter, "TAMAMLANDI\nYapıldı.")
    assert office.row("fen", number) == before
    assert [review.reason for review in office.reviews(number)]


def test_a_vouched_liaison_closes_and_only_the_vouched_headman_opens_again(office: Office) -> None:
    number, letter = referred(office)
    headman = office.headman
    write(office, office.liaison, letter, "TAMAMLANDI\nYama yapıldı.")
    assert office.status(number) == "Tamamlandı"
    [closure] = office.letters(headman, "headman/closure")
    write(office, headman, closure, "SORUN SÜRÜYOR", trace=UNVOUCHED["failed"])
    write(office, office.another_headman(), closure, "SORUN SÜRÜYOR")
    assert office.status(number) == "Tamamlandı"
    write(office, headman, closure, "SORUN SÜRÜYOR")
    assert office.status(number) == "İşlemde"


def test_a_forged_colleague_enters_no_request(office: Office) -> None:
    headman = office.another_headman()
    text = f"{office.place.name} Mahallesi: çocuk parkındaki salıncak kırıldı, onarılmasını rica ederim."
    raw = mail("buro1@ornek.bel.tr", "Park", text)
    office.servers.deliver(ADDRESS, f"{UNVOUCHED['failed']}\r\n".encode() + raw)
    office.turn()
    assert office.letters(headman) == []
    office.servers.deliver(ADDRESS, f"{vouched('buro1@ornek.bel.tr')}\r\n".encode() + raw)
    office.turn()
    assert office.letters(headman, "headman/confirmation")
