"""What letters to directorates say, and the answers that they carry begun."""

import re
from datetime import date, timedelta

import pytest

from daemon.domain.answers.meaning import understand
from daemon.domain.answers.naming import read_naming
from daemon.domain.mail import Address, Mail
from daemon.domain.notice import Occasion
from daemon.domain.reading import Kind, Meaning, read_mail
from daemon.domain.request import Status
from daemon.domain.token import verify
from tests.wording.desk import (
    HEADMAN,
    KEY,
    LIAISON,
    NOW,
    OFFICE,
    buttons,
    html,
    letter,
    plain,
    request,
    said,
    seen,
    wording,
)

TODAY = NOW.date()
NUMBER = "MHT-2026-000123"


def test_a_referral_holds_every_fact_and_asks_politely() -> None:
    worded = letter(
        Occasion.LIAISON_REFERRAL,
        request(),
        recipient=LIAISON,
        using=wording(link="https://dosya.ornek.bel.tr/ekler/"),
    )
    assert worded.subject == f"[{NUMBER}] Yeni talep: Çınar Sokak'taki yol çukuru"
    for text in (said(worded), seen(worded)):
        assert "Sayın Mehmet IŞIK" in text
        assert "11.12.2026 Cuma gününe kadar sonuçlandırılarak" in text
        assert "rica ederiz" in text
        for fact in (
            "Yayla Mahallesi",
            "Ayşe YILMAZ",
            "0312 000 00 01",
            "E-posta",
            "Yol çukuru",
            "20.11.2026",
        ):
            assert fact in text
        assert "Çocuklar düşüyor." in text
    assert 'href="https://dosya.ornek.bel.tr/ekler/2026/foto 1.jpg"' in html(worded)


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({}, "Talebin 11.12.2026 Cuma gününe kadar sonuçlandırılarak"),
        ({"due": TODAY - timedelta(days=1)}, "Talebin gecikmeksizin sonuçlandırılarak"),
        ({"due": None}, "Talebin sonuçlandırılarak"),
        ({"closed_at": NOW, "status": Status.DONE}, ""),
    ],
)
def test_the_answer_to_a_question_repeats_it_and_asks_for_the_result(
    changes: dict[str, object], asks: str
) -> None:
    facts = {"words": "12 numaranın <önünde>.", "question": "Kaç numara?"}
    worded = letter(Occasion.LIAISON_ANSWER, request(**changes), recipient=LIAISON, facts=facts)
    assert worded.subject == f"[{NUMBER}] Sorunuzun yanıtı: Çınar Sokak'taki yol çukuru"
    for text in (said(worded), seen(worded)):
        assert "12 numaranın <önünde>." in text
        assert "Kaç numara?" in text
        assert (asks in text) if asks else ("rica ederiz" not in text)
    assert bool(buttons(worded)) is bool(asks)


@pytest.mark.parametrize("occasion", [Occasion.LIAISON_REFERRAL, Occasion.LIAISON_REOPENED])
@pytest.mark.parametrize("body", ["", "ASKİ"])
def test_nobody_is_asked_to_keep_a_day_that_has_passed(occasion: Occasion, body: str) -> None:
    late = request(due=TODAY - timedelta(days=3), external_body=body)
    worded = letter(occasion, late, recipient=LIAISON)
    for text in (said(worded), seen(worded)):
        assert "gecikmeksizin" in text
        assert "gününe kadar" not in text


def test_a_path_that_no_mail_reader_can_follow_is_shown_not_linked() -> None:
    worded = letter(
        Occasion.LIAISON_REFERRAL, request(), recipient=LIAISON, using=wording(link="/srv/ekler/")
    )
    assert "/srv/ekler/2026/foto 1.jpg" in seen(worded)
    assert 'href="/srv' not in html(worded)


def test_a_referral_carries_four_begun_answers() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(), recipient=LIAISON)
    labels = ["TAMAMLANDI", "İŞLEMDE", "BİZE AİT DEĞİL", "EK SÜRE"]
    assert [label for label, *_ in buttons(worded)] == labels
    for label, address, subject, body in buttons(worded):
        assert address == OFFICE
        assert subject == f"[{NUMBER}] {label}"
        assert body.split("\r\n")[0] == label
        reference = re.search(r"MHT\.[\w-]{20,80}", body)
        assert reference
        assert verify(KEY, reference[0], [LIAISON], TODAY) == NUMBER
        assert verify(KEY, reference[0], [HEADMAN], TODAY) is None
        assert label in plain(worded)


@pytest.mark.parametrize(
    ("occasion", "recipient", "meanings"),
    [
        (
            Occasion.LIAISON_REFERRAL,
            LIAISON,
            [Meaning.DONE, Meaning.IN_PROGRESS, Meaning.NOT_OURS, Meaning.EXTENSION],
        ),
        (Occasion.HEADMAN_CLOSURE, HEADMAN, [Meaning.DONE, Meaning.REOPEN]),
    ],
)
def test_a_pressed_button_is_understood_by_the_reader(
    occasion: Occasion, recipient: str, meanings: list[Meaning]
) -> None:
    worded = letter(occasion, request(status=Status.DONE, closed_at=NOW), recipient=recipient)
    for (_, _, subject, body), meaning in zip(buttons(worded), meanings, strict=True):
        reading = read_mail(
            Mail(
                "<a@b>",
                Address(recipient),
                (Address(OFFICE),),
                (),
                (),
                subject,
                NOW,
                body.replace("\r\n", "\n"),
            ),
            office_address=OFFICE,
        )
        assert (reading.kind, reading.meaning, reading.sure) == (Kind.REPLY, meaning, True)
        assert verify(KEY, reading.reference, [recipient], TODAY) == NUMBER
        assert "Takip" not in reading.text


def test_an_urgent_referral_warns() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(urgent=True), recipient=LIAISON)
    assert worded.subject.startswith(f"[{NUMBER}] İVEDİ – ")
    assert "can güvenliğini" in said(worded)
    assert "can güvenliğini" in seen(worded)


def test_a_referral_for_another_authority_asks_to_forward_it() -> None:
    worded = letter(Occasion.LIAISON_REFERRAL, request(external_body="ASKİ"), recipient=LIAISON)
    for text in (said(worded), seen(worded)):
        assert "ASKİ'ye iletilmesini, sürecin izlenmesini" in text


def test_one_reminder_lists_all_with_the_most_urgent_first() -> None:
    late = request(2, due=TODAY - timedelta(days=3), subject="Kaldırım")
    today = request(3, due=TODAY, subject="Rögar")
    soon = request(1, due=date(2026, 12, 10))
    left = {soon.number: 3, late.number: -1, today.number: 0}
    worded = letter(
        Occasion.LIAISON_REMINDER, soon, today, late, recipient=LIAISON, facts={"days_left": left, "more": 5}
    )
    assert worded.subject == "[MHT-2026-000002] ve 7 talep daha – Hatırlatma: sonuç bekleyen talepler"
    for text in (said(worded), seen(worded)):
        order = [text.index(each.number) for each in (late, today, soon)]
        assert order == sorted(order)
        assert "1 iş günü gecikti" in text
        assert "Bugün son gün" in text
        assert "3 iş günü kaldı" in text
        assert "5 talep daha" in text
        assert "; 1 talebin süresi geçmiştir" in text
        assert "her satıra bir talebin numarasını" in text
    assert "ilk satıra aşağıdakilerden" not in said(worded), "a word alone would be any request's"
    pressed = buttons(worded)
    assert len(pressed) == 12
    for _, _, subject, body in pressed:
        reference = re.search(r"MHT\.[\w-]+", body)
        assert reference
        assert f"[{verify(KEY, reference[0], [LIAISON], TODAY)}]" in subject


def test_each_answer_that_a_reminder_of_several_offers_is_understood_beside_its_number() -> None:
    worded = letter(Occasion.LIAISON_REMINDER, request(1), request(2), recipient=LIAISON)
    offered = re.findall(r"^- ([A-ZÇĞİÖŞÜ ]+): ", plain(worded), re.MULTILINE)
    lines = [f"MHT-2026-{n:06} {word}: Park ve Bahçeler" for n, word in enumerate(offered, 1)]
    heard = [understand(each.words, to_headman=False) for each in read_naming("\n".join(lines)).said]
    assert [each.meaning for each in heard] == [
        Meaning.DONE,
        Meaning.IN_PROGRESS,
        Meaning.TRANSFER,
        Meaning.EXTENSION,
        Meaning.REJECTED,
        Meaning.IN_PROGRESS,
    ]
    assert all(each.sure for each in heard)


def test_a_reminder_about_one_request_names_it() -> None:
    late = request(due=TODAY - timedelta(days=3))
    worded = letter(Occasion.LIAISON_REMINDER, late, recipient=LIAISON, facts={"days_left": {NUMBER: -1}})
    assert worded.subject == f"[{NUMBER}] Süresi geçen talep: Çınar Sokak'taki yol çukuru"
    assert "süresi geçtiği hâlde" in said(worded)


def test_a_reminder_of_late_ones_only_says_so_once() -> None:
    late = [request(n, due=TODAY - timedelta(days=3)) for n in (1, 2)]
    left = {each.number: -1 for each in late}
    worded = letter(Occasion.LIAISON_REMINDER, *late, recipient=LIAISON, facts={"days_left": left})
    for text in (said(worded), seen(worded)):
        assert "aşağıdaki 2 talep, süreleri geçtiği hâlde henüz sonuçlandırılmamıştır. Gereğini" in text


def test_a_reminder_of_several_says_whose_promised_day_has_passed() -> None:
    requests = request(1), request(2)
    promised = {requests[1].number: date(2026, 12, 4)}
    worded = letter(Occasion.LIAISON_REMINDER, *requests, recipient=LIAISON, facts={"promised": promised})
    for text in (said(worded), seen(worded)):
        assert text.count("Bildirdiğiniz süre: 04.12.2026 (doldu)") == 1
        assert text.index(requests[1].number) < text.index("Bildirdiğiniz süre")


def test_a_letter_about_many_carries_no_reference_to_one() -> None:
    worded = letter(Occasion.LIAISON_REMINDER, request(1), request(2), recipient=LIAISON)
    assert "MHT." not in plain(worded)
    assert "MHT." not in seen(worded)
    assert "MHT." not in worded.message_id


def test_a_hundred_requests_stay_below_what_mail_readers_clip() -> None:
    many = [request(n, subject="Ğ" * 110) for n in range(1, 101)]
    left = {each.number: -1 for each in many}
    worded = letter(Occasion.LIAISON_REMINDER, *many, recipient=LIAISON, facts={"days_left": left})
    body = html(worded)
    assert len(body.encode()) < 100_000
    assert all(each.number in body for each in many)


def test_a_question_asks_for_the_missing_result() -> None:
    open_still = request(status=Status.DONE)
    worded = letter(Occasion.LIAISON_QUESTION, open_still, recipient=LIAISON, facts={"about": "result"})
    for text in (said(worded), seen(worded)):
        assert "“Tamamlandı” olarak bildirilmiş, ancak Sonuç bilgisi yazılmamıştır" in text
    assert buttons(worded)


def test_a_question_quotes_the_reply_that_was_not_understood() -> None:
    facts = {"about": "reply", "words": "Bakılacak inşallah."}
    worded = letter(Occasion.LIAISON_QUESTION, request(), recipient=LIAISON, facts=facts)
    for text in (said(worded), seen(worded)):
        assert "kesin olarak anlaşılamamıştır" in text
        assert "Bakılacak inşallah." in text


def test_thanks_tell_that_the_headman_is_told() -> None:
    closed = request(status=Status.DONE, result="Yapıldı.", closed_at=NOW)
    assert "muhtarımıza e-posta ile bildirilmektedir" in said(
        letter(Occasion.LIAISON_THANKS, closed, recipient=LIAISON)
    )
    by_phone = request(status=Status.DONE, result="Yapıldı.", closed_at=NOW, headman_email="")
    assert "tarafımızca ayrıca bildirilecektir" in said(
        letter(Occasion.LIAISON_THANKS, by_phone, recipient=LIAISON)
    )


def test_who_asks_a_body_outside_is_told_where_to_write_the_answer() -> None:
    for code, where in (("fen", "Fen İşleri Müdürlüğü tablosundaki"), ("", "ilgili müdürlük tablosundaki")):
        about = request(external_body="ASKİ", directorate=code)
        worded = letter(Occasion.OFFICE_FOLLOW_UP, about, recipient="buro@ornek.bel.tr")
        for text in (said(worded), seen(worded)):
            assert f"yanıtın {where} Sonuç" in text
