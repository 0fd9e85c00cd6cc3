"""What the office's own people do, and what waits for them: typed rows, doubtful mails, broken files, bounces."""

import pytest

from tests.office import ADDRESS, mail
from tests.real.conversations.letters import ROAD, referral, text_of
from tests.real.people import Office

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("conversations"), pytest.mark.timeout(300)]
MANAGER = "muhtarlik.mudur@ornek.bel.tr"


def test_our_own_letter_come_back_is_nothing_new(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    [confirmation] = office.letters(office.headman, "headman/confirmation")
    del confirmation["X-Muhtarlik-Letter"], confirmation["Auto-Submitted"]
    before = (len(office.reviews()), office.row("fen", number))
    office.servers.deliver(ADDRESS, confirmation.as_bytes())
    office.turn()
    assert (len(office.reviews()), office.row("fen", number)) == before


def test_a_mail_written_from_the_shared_address_waits_for_a_person_and_is_not_answered(
    office: Office,
) -> None:
    before = len(office.reviews())
    office.writes(ADDRESS, "Asfalt", ROAD)
    assert len(office.reviews()) == before + 1
    assert office.letters(ADDRESS) == []


def test_a_bounce_marks_the_address_and_tells_the_office(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.servers.deliver(ADDRESS, bounce_for(office.headman))
    office.turn()
    with office.app.ledger.view() as view:
        assert office.headman in view.bad_addresses()
    for person in (MANAGER, "buro1@ornek.bel.tr"):
        notices = office.letters(person, "office/notice")
        assert any(office.headman in text_of(letter) for letter in notices)
    assert office.request(number).is_open
    office.answers(referral(office, number), "TAMAMLANDI\nYama yapıldı.")
    with office.app.ledger.view() as view:
        [telling] = [each for each in view.tellings() if each.number == number]
    assert telling.kind == "Sonuç", "a person tells him what no letter can"


def bounce_for(address: str) -> bytes:
    """A delivery report as Postfix writes it (RFC 3464)."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mail.example.com\r\n"
        f"To: {ADDRESS}\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\nMessage-ID: <bounce-1@mail.example.com>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b--\r\n"
    ).encode()


def test_a_stranger_waits_for_a_person(office: Office) -> None:
    before = len(office.reviews())
    office.writes("vatandas@example.com", "Çöp", "Sokağımızda çöpler üç gündür toplanmıyor.")
    assert len(office.reviews()) == before + 1
    assert office.letters("vatandas@example.com") == []


def test_what_is_not_sure_waits_in_the_review_sheet_until_a_person_decides(office: Office) -> None:
    number = office.asked("Talep", "Mahallemizle ilgili konuda gereğinin yapılmasını arz ederim.")
    assert office.request(number).directorate == ""
    office.types_into("muhtarlik", "İnceleme", {"Talep No": number}, {"Karar": "Yönlendir"})
    office.turn()
    assert office.request(number).directorate == ""
    office.types_into(
        "muhtarlik", "İnceleme", {"Talep No": number}, {"Müdürlük": "Temizlik İşleri Müdürlüğü"}
    )
    office.turn()
    assert office.request(number).directorate == "temizlik"
    assert office.row("temizlik", number) is not None


def test_a_row_that_staff_type_becomes_a_request(office: Office) -> None:
    headman = office.another_headman()
    row = {"Kanal": "Telefon", "Mahalle": office.place.name, "Konu": "Bank", "Açıklama": ""}
    office.types_into("muhtarlik", "Yeni Talep", {}, {**row, "Açıklama": "Parktaki bank kırık, onarılsın."})
    office.turn()
    [confirmation] = office.letters(headman, "headman/confirmation")
    number = str(confirmation["Subject"])[1:16]
    assert office.request(number).channel.value == "Telefon"
    assert office.row("park", number) is not None
    office.turn()
    assert len(office.letters(headman, "headman/confirmation")) == 1


def test_broken_mappings_are_refused_with_every_fault_and_the_old_ones_stay(office: Office) -> None:
    mappings = office.config.parent / "mappings.yaml"
    kept = mappings.read_text()
    mappings.write_text(kept.replace("half_days_count: true", "half_days_count: belki\n  bilinmeyen: 1"))
    try:
        number = office.asked("Asfalt", ROAD)
        assert office.request(number).directorate == "fen"
        notices = [text_of(m) for m in office.letters("buro1@ornek.bel.tr", "office/notice")]
        assert any("mappings.yaml" in text and "bilinmeyen" in text for text in notices)
    finally:
        mappings.write_text(kept)
        office.turn()


BAD = {
    "empty": b"",
    "nothing but blanks": b"\r\n\r\n   \r\n",
    "NULs": b"From: a@example.com\r\nSubject: x\0y\r\n\r\n\0\0\0",
    "broken headers": b"Fr om x\r\n:::\r\nSubject\r\n\r\nmetin",
    "unknown charset": b"From: a@example.com\r\nContent-Type: text/plain; charset=x-yok\r\n\r\n\xfe\xff\xfd",
    "10,000 nested parts": b"From: a@example.com\r\nMIME-Version: 1.0\r\n"
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(10_000)
    ),
    "a broken base64": b"From: a@example.com\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%",
}


def test_bad_mails_stop_nobody_and_nothing_of_them_is_lost(office: Office) -> None:
    with office.app.ledger.view() as view:
        before = {found.id for found in view.held_arrivals()} | {-r.id for r in view.reviews()}
    for raw in BAD.values():
        office.servers.deliver(ADDRESS, raw or b"\r\n")
    number = office.asked("Asfalt", ROAD)
    assert office.request(number).directorate == "fen"
    with office.app.ledger.view() as view:
        after = {found.id for found in view.held_arrivals()} | {-r.id for r in view.reviews()}
        assert all(found.reason for found in view.held_arrivals())
    assert len(after - before) >= len(BAD) - 1
    assert office.servers.mailbox(ADDRESS) == []


def test_a_spoilt_workbook_is_left_alone_and_the_others_go_on(office: Office) -> None:
    path = office.config.parent / "tablolar" / "temizlik.xlsx"
    kept = path.read_bytes()
    path.write_bytes(b"bozuk")
    headman = office.another_headman()
    text = "Konteynerler taştı, çöpler toplanmıyor; temizlenmesini rica ederim."
    office.servers.deliver(ADDRESS, mail(headman, "Çöp", text))
    tally = office.app.run_until_quiet()
    assert set(tally.waiting) == {"temizlik"}
    assert path.read_bytes() == b"bozuk"
    [confirmation] = office.letters(headman, "headman/confirmation")
    path.write_bytes(kept)
    office.turn()
    assert office.row("temizlik", str(confirmation["Subject"])[1:16]) is not None
