"""What people write and what comes of it: one office on real servers, many headmen, liaisons and strangers."""

import re
from collections.abc import Iterator
from datetime import date
from email import policy
from email.message import EmailMessage
from html import unescape

import pytest

from daemon.domain.clock import istanbul
from daemon.domain.notice import Notice, Occasion, Owed
from tests.office import ADDRESS, mail
from tests.real.people import RECEIPT, Office
from tests.real.servers import MailServers

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("conversations"), pytest.mark.timeout(300)]

ROAD = "Yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
MANAGER = "muhtarlik.mudur@ornek.bel.tr"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with MailServers() as servers:
        found = Office(servers, tmp_path_factory.mktemp("ofis"))
        with found.app:
            yield found


def referral(office: Office, number: str) -> EmailMessage:
    letters = office.letters(office.liaison, "liaison/referral")
    return next(letter for letter in letters if str(letter["Subject"]).startswith(f"[{number}]"))


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


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


def test_not_ours_with_a_name_moves_the_request_and_tells_everybody(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), "BİZE AİT DEĞİL\nKonu Park ve Bahçeler Müdürlüğünün görevidir.")
    assert office.request(number).directorate == "park"
    assert office.row("fen", number) is None
    assert office.row("park", number) is not None
    [letter] = [
        m
        for m in office.letters("park.irtibat@ornek.bel.tr", "liaison/referral")
        if str(m["Subject"]).startswith(f"[{number}]")
    ]
    assert letter


def test_not_ours_without_a_name_asks_a_person(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), "Bize ait değil.")
    assert office.request(number).directorate == "fen"
    [review] = office.reviews(number)
    assert "ait olmadığını" in review.reason


def test_a_liaisons_question_is_answered_from_the_review_sheet_in_the_thread(office: Office) -> None:
    number = office.asked_again("Asfalt", ROAD)
    office.answers(referral(office, number), "Çukur kaç numaranın önünde?")
    [review] = office.reviews(number)
    before = len(office.letters(office.liaison, "liaison/answer"))
    said = {"Karar": "Gereği yapıldı", "Not": "12 numaralı binanın önünde."}
    office.types_into("muhtarlik", "İnceleme", {"Talep No": number}, said)
    office.turn()
    [answer] = office.letters(office.liaison, "liaison/answer")[before:]
    assert str(answer["Subject"]).startswith(f"[{number}] Sorunuzun yanıtı")
    assert "12 numaralı binanın önünde." in text_of(answer)
    assert review.sender == office.liaison
    office.answers(answer, "TAMAMLANDI\nÇukur kapatıldı.")
    assert office.status(number) == "Tamamlandı", "the answer's own thread leads back to the request"
    office.turn()
    assert len(office.letters(office.liaison, "liaison/answer")) == before + 1


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


def test_an_answer_that_names_another_request_closes_neither(office: Office) -> None:
    first, second = office.asked("Asfalt", ROAD), office.asked("Asfalt", ROAD)
    office.answers(referral(office, first), f"{second} tamamlandı.")
    assert office.request(first).is_open
    assert office.request(second).is_open
    assert any(second in review.reason for review in office.reviews(first))


def test_a_headman_s_answer_long_after_the_closure_continues_the_old_request(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), "TAMAMLANDI\nYama yapıldı.")
    [closure] = office.letters(office.headman, "headman/closure")
    try:
        office.turn(istanbul(date(2026, 11, 12), 10))
        office.answers(closure, "SORUN SÜRÜYOR")
    finally:
        office.now = istanbul(RECEIPT, 9, 30)
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


@pytest.mark.parametrize(
    "words",
    [
        "Henüz tamamlanmadı, ekip bekleniyor.",
        "EK SÜRE\nMalzeme bekleniyor, 10 gün daha rica ederiz.",
        "Adres tam olarak neresi, bilgi verebilir misiniz?",
        "Tamamlandı mı bilmiyorum, bakacağız.",
        "2027 yılı yatırım programında değerlendirilecektir.",
    ],
)
def test_what_is_no_plain_answer_closes_nothing(office: Office, words: str) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), words)
    request = office.request(number)
    assert request.is_open
    shown = office.row("fen", number)
    assert shown is not None
    assert office.reviews(number) or shown["Durum"] == "İşlemde"
    assert not office.letters(office.headman, "headman/closure")


def test_a_headman_hears_of_an_interim_answer_once_and_of_the_result_later(office: Office) -> None:
    number = office.asked_again("Asfalt", ROAD)
    before, put_off = office.request(number), "2027 yılı yatırım programında değerlendirilecektir."

    def told(occasion: str) -> list[EmailMessage]:
        return [m for m in office.letters(office.headman, occasion) if number in str(m["Subject"])]

    office.answers(referral(office, number), put_off)
    [interim] = told("headman/interim")
    assert put_off in " ".join(text_of(interim).split())
    assert str(interim["Subject"]).startswith(f"[{number}] Talebinize ilişkin ara cevap")
    request = office.request(number)
    assert (request.status.value, request.due, request.clock_event) == (
        "İşlemde",
        before.due,
        before.clock_event,
    )
    office.answers(referral(office, number), f"İŞLEMDE\n{put_off}")
    office.answers(referral(office, number), "TAMAMLANDI\nSokak asfaltlandı.")
    assert len(told("headman/interim")) == 1
    assert len(told("headman/closure")) == 1


def test_a_refusal_closes_with_its_reason(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(
        referral(office, number), "OLUMSUZ\nYol özel mülkiyette olduğundan çalışma yapılamamaktadır."
    )
    assert office.status(number) == "Olumsuz"
    [closure] = office.letters(office.headman, "headman/closure")
    assert "özel mülkiyette" in text_of(closure)


def test_a_closure_without_a_result_is_asked_for(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.types("fen", number, Durum="Tamamlandı")
    office.turn()
    assert office.request(number).is_open
    questions = office.letters(office.liaison, "liaison/question")
    assert any(number in str(letter["Subject"]) for letter in questions)
    assert not office.letters(office.headman, "headman/closure")
    office.types("fen", number, Sonuç="Yama yapıldı.")
    office.turn()
    assert not office.request(number).is_open
    assert office.letters(office.headman, "headman/closure")


def test_an_automatic_reply_does_nothing_and_gets_no_answer(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    before = office.row("fen", number)
    letter = referral(office, number)
    raw = mail(
        office.liaison, f"Otomatik yanıt: {letter['Subject']}", "Tamamlandı.", answers=letter["Message-ID"]
    )
    owed = len(office.letters(office.liaison))
    office.servers.deliver(ADDRESS, b"Auto-Submitted: auto-replied\r\n" + raw)
    office.turn()
    assert office.row("fen", number) == before
    assert len(office.letters(office.liaison)) == owed


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


@pytest.mark.parametrize(
    "text",
    ["Yol yapıldı, emeği geçen herkese çok teşekkür ederiz.", "Kandiliniz mübarek olsun, saygılar sunarım."],
)
def test_thanks_and_greetings_open_nothing(office: Office, text: str) -> None:
    headman = office.another_headman()
    office.writes(headman, "Selam", text)
    assert office.letters(headman) == []


def test_a_stranger_waits_for_a_person(office: Office) -> None:
    before = len(office.reviews())
    office.writes("vatandas@example.com", "Çöp", "Sokağımızda çöpler üç gündür toplanmıyor.")
    assert len(office.reviews()) == before + 1
    assert office.letters("vatandas@example.com") == []


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


def test_a_deputy_answers_while_the_liaison_is_away(office: Office) -> None:
    mappings = office.config.parent / "mappings.yaml"
    kept = mappings.read_text()
    line = "email: fen.irtibat@ornek.bel.tr}"
    away = "email: fen.irtibat@ornek.bel.tr, away: {from: 2026-10-10, to: 2026-10-20, deputy: vekil@ornek.bel.tr}}"
    assert line in kept
    mappings.write_text(kept.replace(line, away))
    try:
        number = office.asked("Asfalt", ROAD)
        [letter] = office.letters("vekil@ornek.bel.tr", "liaison/referral")
        office.answers(letter, "Tamamlanmıştır.")
        assert office.status(number) == "Tamamlandı"
    finally:
        mappings.write_text(kept)
        office.turn()


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


def test_the_day_after_the_last_day_managers_hear_of_it(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.turn(istanbul(date(2026, 11, 4), 9))
    late = office.letters("fen.mudur@ornek.bel.tr", "manager/late")
    assert any(number in text_of(letter) for letter in late)


def test_an_external_bodys_answer_to_a_letter_passed_on_waits_and_alarms_no_liaison(office: Office) -> None:
    number = office.asked(
        "Elektrik aboneliği", "Muhtarlık binamız için elektrik aboneliği açtırmak istiyoruz."
    )
    liaison = "muhtarlik-isleri.irtibat@ornek.bel.tr"
    letters = office.letters(liaison, "liaison/referral")
    letter = next(each for each in letters if str(each["Subject"]).startswith(f"[{number}]"))
    office.answers(letter, "Abonelik işlemi tamamlanmıştır.", sender="musteri@baskentedas.example.com")
    [review] = office.reviews(number)
    assert "Başkent EDAŞ kurumundan gelmiş olabilir" in review.reason
    assert office.status(number) == "Yönlendirildi"
    assert not office.letters(liaison, "office/notice")


def test_the_liaison_learns_which_letter_a_colleagues_address_has_answered(office: Office) -> None:
    number = office.asked("Asfalt", ROAD)
    office.answers(referral(office, number), "Onarıldı.", sender="fen.kalem@ornek.bel.tr")
    assert office.status(number) == "Yönlendirildi"
    told = office.letters(office.liaison, "office/notice")[-1]
    assert told["Subject"] == "Size yazdığımız bir yazıya başka bir adresten yanıt geldi"
    assert f"{number} numaralı talebe ilişkin yazıya" in " ".join(text_of(told).split())


@pytest.mark.parametrize("attached", [False, True], ids=["inline", "as a file"])
def test_whoever_presses_forward_on_our_letter_and_writes_above_it_has_answered(
    office: Office, attached: bool
) -> None:
    number = office.asked("Asfalt", ROAD)
    letter = referral(office, number)
    message = EmailMessage()
    message["From"], message["To"] = office.liaison, ADDRESS
    message["Subject"], message["Message-ID"] = f"FW: {letter['Subject']}", f"<ileti-{attached}@ornek.bel.tr>"
    message["Date"] = letter["Date"]
    head = f"Kimden: Muhtarlık İşleri <{ADDRESS}>\nTarih: 12 Ekim 2026 Pazartesi 09:30\nKonu: {letter['Subject']}"
    inline = (
        f"\n\n---------- Forwarded message ---------\n{head}\nKime: {office.liaison}\n\n{text_of(letter)}"
    )
    message.set_content("Yama yapılmıştır, bilgilerinize." + ("" if attached else inline))
    if attached:
        message.add_attachment(letter)
    office.servers.deliver(ADDRESS, message.as_bytes(policy=policy.SMTP))
    office.turn()
    request = office.request(number)
    assert request.status.value == "Tamamlandı"
    assert request.result == "Yama yapılmıştır, bilgilerinize."
