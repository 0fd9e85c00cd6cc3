"""Who may change a request by mail, and what becomes of words that nobody may say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from daemon.domain.answers.meaning import understand
from daemon.domain.answers.replies import Reply, take_reply
from daemon.domain.decision import Outcome
from daemon.domain.mail import Trust, Verdict
from daemon.domain.notice import Occasion
from daemon.domain.reading import Kind, Reading
from daemon.domain.request import Request, Status
from daemon.mappings import MappingsFile, OfficeFacts
from daemon.resources import shipped
from tests.wording.desk import HEADMAN, LIAISON, MANAGER, REGISTRY, SUPERIOR, request

NOW = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
FACTS = OfficeFacts(REGISTRY.office_name, REGISTRY.office_address, REGISTRY.office_manager)
OFFICE = replace(MappingsFile(shipped("mappings.yaml"), FACTS).current.office, registry=REGISTRY)
PASSED = Verdict(Trust.PASSED)


def reply(sender: str, text: str, *, verdict: Verdict = PASSED, doubt: str = "") -> Reply:
    meant = understand(text)
    reading = Reading(Kind.REPLY, "", text, meaning=meant.meaning, sure=meant.sure, target=meant.target)
    return Reply(sender, reading, verdict, "<y@example.com>", "olay", files=("2026/kanit.pdf",), doubt=doubt)


def taken(about: Request, said: Reply) -> Outcome:
    return take_reply(about, said, office=OFFICE, now=NOW)


@pytest.mark.parametrize("sender", [LIAISON, MANAGER, SUPERIOR])
def test_the_directorate_and_the_office_close_a_request(sender: str) -> None:
    outcome = taken(request(), reply(sender, "TAMAMLANDI\nYama yapıldı."))
    assert outcome.request.status is Status.DONE
    assert outcome.request.result == "Yama yapıldı."
    assert "2026/kanit.pdf" in outcome.request.attachments


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("TAMAMLANDI", "Tamamlandı."),
        ("TAMAMLANDI\nÇukur kapatıldı.", "Çukur kapatıldı."),
        ("Merhaba,\nÇukur kapatılmıştır.\nBilgilerinize.", "Çukur kapatılmıştır."),
        ("Sayın yetkili,\n\nÇukur kapatılmıştır.\n\nBilgilerinize arz ederim.", "Çukur kapatılmıştır."),
        ("İyi günler\nÇukur kapatıldı.\nİyi çalışmalar dilerim.\nSaygılarımla", "Çukur kapatıldı."),
        ("Tamamlanmıştır.\nTeşekkürler.", "Tamamlanmıştır."),
        ("Merhaba, çukur kapatılmıştır.", "Merhaba, çukur kapatılmıştır."),
        ("Merhaba çukur kapatıldı\nYama yapıldı", "Merhaba çukur kapatıldı\nYama yapıldı"),
    ],
)
def test_the_result_is_what_the_answer_tells_without_its_courtesies(text: str, result: str) -> None:
    assert taken(request(), reply(LIAISON, text)).request.result == result


@pytest.mark.parametrize(
    ("sender", "verdict"),
    [
        ("park.mudur@ornek.bel.tr", PASSED),
        ("fen.irtibat@ornek-bel.tr", PASSED),
        ("fen.irtibat@0rnek.bel.tr", PASSED),
        ("baska.muhtar@example.com", PASSED),
        (LIAISON, Verdict(Trust.FAILED)),
        (LIAISON, Verdict(Trust.UNKNOWN)),
        (HEADMAN, Verdict(Trust.FAILED)),
    ],
)
def test_words_of_others_reach_a_person_and_leave_the_row_alone(sender: str, verdict: Verdict) -> None:
    outcome = taken(request(), reply(sender, "TAMAMLANDI\nYama yapıldı.", verdict=verdict))
    assert outcome.changed == ()
    assert outcome.notices == ()
    [review] = outcome.reviews
    assert "talep değişmedi" in review.reason
    assert review.link == "2026/kanit.pdf"
    assert any("Yama yapıldı." in entry.text for entry in outcome.entries)


def test_a_doubt_of_the_desk_keeps_clear_words_from_closing() -> None:
    outcome = taken(request(), reply(LIAISON, "TAMAMLANDI", doubt="Başka bir numara geçiyor."))
    assert outcome.request.is_open
    assert [review.reason for review in outcome.reviews] == ["Başka bir numara geçiyor."]


def test_a_headman_of_another_neighbourhood_opens_nothing_again() -> None:
    closed = request(status=Status.DONE, closed_at=NOW, result="Yapıldı.")
    assert taken(closed, reply("baska.muhtar@example.com", "SORUN SÜRÜYOR")).changed == ()
    assert taken(closed, reply(HEADMAN, "SORUN SÜRÜYOR")).request.is_open


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("BİZE AİT DEĞİL\nPark ve Bahçeler Müdürlüğü", "park"),
        ("Bize ait değil → ASKİ", ""),
        ("BİZE AİT DEĞİL\nFen İşleri Müdürlüğü", "fen"),
        ("BİZE AİT DEĞİL", "fen"),
    ],
)
def test_who_is_not_responsible_names_who_is_or_a_person_does(text: str, moved: str) -> None:
    registry = replace(REGISTRY, home_directorate="park")
    outcome = take_reply(request(), reply(LIAISON, text), office=replace(OFFICE, registry=registry), now=NOW)
    assert outcome.request.directorate == (moved or "park")
    assert outcome.request.external_body == ("" if moved else "ASKİ")
    assert bool(outcome.reviews) is (moved == "fen")


def test_a_refusal_after_a_reopening_needs_a_reason_of_its_own() -> None:
    closed = request(status=Status.DONE, closed_at=NOW, result="Yapıldı.")
    opened = taken(closed, reply(HEADMAN, "SORUN SÜRÜYOR")).request
    asked = taken(opened, reply(LIAISON, "OLUMSUZ"))
    assert asked.request.is_open
    assert [notice.occasion for notice in asked.notices] == [Occasion.LIAISON_QUESTION]
    refused = taken(asked.request, reply(LIAISON, "OLUMSUZ\nYol özel mülkiyettedir."))
    assert (refused.request.is_open, refused.request.result) == (False, "Yol özel mülkiyettedir.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("OLUMSUZ: Söz konusu yer özel mülkiyettir.", "Söz konusu yer özel mülkiyettir."),
        ("Olumsuz - bütçe yok", "Bütçe yok"),
        (
            "OLUMSUZ. Talep edilen alan park olarak planlanmıştır",
            "Talep edilen alan park olarak planlanmıştır",
        ),
        ("Olumsuz, yer mahkemelik", "Yer mahkemelik"),
        ("OLUMSUZ\nÖdenek bulunmamaktadır.\nBilgilerinize arz ederim.", "Ödenek bulunmamaktadır."),
    ],
)
def test_the_word_that_the_letter_suggests_refuses_with_the_reason_behind_it(text: str, reason: str) -> None:
    outcome = taken(request(), reply(LIAISON, text))
    assert (outcome.request.status, outcome.request.is_open) == (Status.REJECTED, False)
    assert outcome.request.result == reason
    assert outcome.reviews == ()


@pytest.mark.parametrize(("days", "opens"), [(30, True), (31, False)])
def test_a_closed_request_opens_again_for_thirty_days(days: int, opens: bool) -> None:
    closed = request(status=Status.DONE, closed_at=NOW, result="Yapıldı.")
    later = NOW + timedelta(days=days)
    outcome = take_reply(closed, reply(HEADMAN, "SORUN SÜRÜYOR"), office=OFFICE, now=later)
    assert outcome.request.is_open is opens


def test_a_result_that_was_cut_out_of_a_sentence_begins_as_one() -> None:
    assert taken(request(), reply(LIAISON, "işlem tamamlanmıştır.")).request.result == "İşlem tamamlanmıştır."


def test_a_second_answer_that_adds_something_stands_in_the_note_of_the_closed_request() -> None:
    closed = taken(request(), reply(LIAISON, "TAMAMLANDI\nYama yapıldı.")).request
    again = taken(closed, reply(LIAISON, "Ek olarak bordürler de yenilenmiştir, iş tamamlandı."))
    assert (again.request.status, again.request.result) == (Status.DONE, "Yama yapıldı.")
    assert "bordürler de yenilenmiştir" in again.request.note
    assert (again.notices, again.reviews) == ((), ())
    assert not taken(closed, reply(LIAISON, "TAMAMLANDI\nYama yapıldı.")).request.note


@pytest.mark.parametrize("text", ["Talebimizden vazgeçtik.", "Talebimi iptal ediniz.", "Gerek kalmadı."])
def test_a_headman_who_takes_his_request_back_is_understood_so(text: str) -> None:
    held = taken(request(), reply(HEADMAN, text))
    assert held.request.status is Status.REFERRED
    [review] = held.reviews
    assert review.reason.startswith("Muhtar talebinden vazgeçmiş olabilir")


def test_a_question_says_who_held_the_request_to_be_anothers() -> None:
    words = "Bu talep Park ve Bahçeler Müdürlüğüne aittir, oraya yönlendirilsin."
    [by_liaison] = taken(request(), reply(LIAISON, words)).reviews
    [by_office] = taken(request(), reply(SUPERIOR, words)).reviews
    assert by_liaison.reason.startswith("Müdürlük, talebin kendisine ait olmadığını")
    assert by_office.reason.startswith("Personel, talebin başka bir birime ait olduğunu")
    assert by_office.guess == "Park ve Bahçeler Müdürlüğü"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("TAMAMLANDI: Çukur kapatıldı.", "Çukur kapatıldı."),
        ("Tamamlandı - çukur kapatıldı.", "Çukur kapatıldı."),
        ("TAMAMLANDI:\nÇukur kapatıldı.", "Çukur kapatıldı."),
        ("Tamamlandı, çukur kapatıldı.", "Tamamlandı, çukur kapatıldı."),
    ],
)
def test_what_stands_behind_the_button_s_colon_is_the_result(text: str, result: str) -> None:
    """The letters about several requests ask for it so."""
    assert taken(request(), reply(LIAISON, text)).request.result == result
