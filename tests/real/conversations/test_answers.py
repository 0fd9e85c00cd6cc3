"""What liaisons answer to a letter about one request, and what comes of it."""

from datetime import date
from email import policy
from email.message import EmailMessage

import pytest

from daemon.domain.clock import istanbul
from tests.office import ADDRESS, mail
from tests.real.conversations.letters import ROAD, referral, text_of
from tests.real.people import Office

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("conversations"), pytest.mark.timeout(300)]


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


def test_an_answer_that_names_another_request_closes_neither(office: Office) -> None:
    first, second = office.asked("Asfalt", ROAD), office.asked("Asfalt", ROAD)
    office.answers(referral(office, first), f"{second} tamamlandı.")
    assert office.request(first).is_open
    assert office.request(second).is_open
    assert any(second in review.reason for review in office.reviews(first))


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
