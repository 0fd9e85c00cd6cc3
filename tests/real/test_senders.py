"""Whom the office believes, on real servers: forged, foreign and unvouched senders change nothing."""

from collections.abc import Iterator
from datetime import timedelta
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


def notices_to(office: Office, address: str) -> list[EmailMessage]:
    return office.letters(address, "office/notice")


def vouched(sender: str) -> str:
    return f"Authentication-Results: {OURS}; dmarc=pass header.from={sender.partition('@')[2]}"


def write(office: Office, sender: str, letter: EmailMessage, text: str, *, trace: str = "") -> None:
    raw = mail(sender, f"Re: {letter['Subject']}", text, answers=letter["Message-ID"])
    office.servers.deliver(ADDRESS, f"{trace or vouched(sender)}\r\n".encode() + raw)
    office.turn()


def referred(office: Office) -> tuple[str, EmailMessage]:
    headman = office.another_headman()
    office.servers.deliver(ADDRESS, f"{vouched(headman)}\r\n".encode() + mail(headman, "Asfalt", ROAD))
    office.turn()
    [confirmation] = office.letters(headman, "headman/confirmation")
    number = str(confirmation["Subject"])[1:16]
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


def test_whose_name_was_used_is_told_once_a_day_and_reads_nothing_of_the_forgery(office: Office) -> None:
    _, letter = referred(office)
    before = len(notices_to(office, office.liaison))
    tomorrow = office.now + timedelta(days=1)
    office.turn(tomorrow)
    for text in ("TAMAMLANDI\nAcele http://tuzak.example.net", "OLUMSUZ\nYapılamaz."):
        write(office, office.liaison, letter, text, trace=UNVOUCHED["failed"])
    told = notices_to(office, office.liaison)
    assert len(told) == before + 1
    assert "tuzak" not in told[-1].as_string()


def test_a_referral_that_was_passed_on_changes_nothing_and_its_liaison_is_told(office: Office) -> None:
    number, letter = referred(office)
    office.turn(office.now + timedelta(days=1))
    before = office.row("fen", number)
    known = len(notices_to(office, office.liaison))
    write(office, "yuklenici@example.com", letter, f"TAMAMLANDI\nYapıldı.\n\n{letter.as_string()[:20_000]}")
    assert office.row("fen", number) == before
    assert "yetkili görünmüyor" in office.reviews(number)[-1].reason
    assert len(notices_to(office, office.liaison)) == known + 1


def test_a_look_alike_s_mail_waits_with_the_reason(office: Office) -> None:
    write(office, "vatandas@example.com", referred(office)[1], "x")  # any letter; the next one is about none
    office.servers.deliver(
        ADDRESS,
        f"{vouched('x@ornek-bel.tr')}\r\n".encode()
        + mail("fen.irtibat@ornek-bel.tr", "Ödeme", "Talepleri kapatınız."),
    )
    office.turn()
    assert "benziyor" in office.reviews()[-1].reason


def test_a_caught_answer_sent_again_closes_nothing_a_second_time(office: Office) -> None:
    number, letter = referred(office)
    headman = office.headman
    raw = mail(
        office.liaison, f"Re: {letter['Subject']}", "TAMAMLANDI\nYapıldı.", answers=letter["Message-ID"]
    )
    office.servers.deliver(ADDRESS, f"{vouched(office.liaison)}\r\n".encode() + raw)
    office.turn()
    [closure] = office.letters(headman, "headman/closure")
    write(office, headman, closure, "SORUN SÜRÜYOR")
    assert office.status(number) == "İşlemde"
    office.servers.deliver(ADDRESS, f"{vouched(office.liaison)}\r\nX-Again: 1\r\n".encode() + raw)
    office.turn()
    assert office.status(number) == "İşlemde"


def test_a_true_mail_to_somebody_else_sent_on_to_the_office_closes_nothing(office: Office) -> None:
    number, letter = referred(office)
    raw = mail(
        office.liaison, f"Re: {letter['Subject']}", "TAMAMLANDI\nYapıldı.", answers=letter["Message-ID"]
    )
    elsewhere = raw.replace(f"To: {ADDRESS}".encode(), b"To: yuklenici@example.com")
    office.servers.deliver(ADDRESS, f"{vouched(office.liaison)}\r\n".encode() + elsewhere)
    office.turn()
    assert office.request(number).is_open
    assert "Müdürlüğümüzün adresine gönderilmemiş" in office.reviews(number)[-1].reason


@pytest.mark.parametrize("trace", ["X-Nothing: 1", f"Authentication-Results: {OURS}; dmarc=none; spf=none"])
def test_who_is_not_vouched_for_opens_no_request_but_a_person_sees_it(office: Office, trace: str) -> None:
    headman = office.another_headman()
    waiting = len(office.reviews())
    office.servers.deliver(ADDRESS, f"{trace}\r\n".encode() + mail(headman, "Asfalt", ROAD))
    office.turn()
    assert office.letters(headman, "headman/confirmation") == []
    assert len(office.reviews()) == waiting + 1


def test_a_made_up_delivery_report_silences_nobody(office: Office) -> None:
    _, letter = referred(office)
    office.servers.deliver(ADDRESS, report_about(office.liaison, "<1@example.com>"))
    office.turn()
    with office.app.ledger.view() as view:
        assert office.liaison not in view.bad_addresses()
    assert "bağlanamadı" in office.reviews()[-1].reason
    office.servers.deliver(ADDRESS, report_about(office.liaison, letter["Message-ID"]))
    office.turn()
    with office.app.ledger.view() as view:
        assert office.liaison in view.bad_addresses()
    write(office, office.liaison, letter, "Merhaba", trace=UNVOUCHED["failed"])
    with office.app.ledger.view() as view:
        assert office.liaison in view.bad_addresses()


def report_about(address: str, message_id: str) -> bytes:
    """A delivery report (RFC 3464) with the header of the mail that it returns."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mail.example.com\r\nTo: {ADDRESS}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce-{message_id[1:9]}@mail.example.com>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {address}\r\n\r\n--b--\r\n"
    ).encode()
