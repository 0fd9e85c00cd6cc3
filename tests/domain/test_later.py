"""Answers that close a request and name a day to come for the work: it is not done yet, and the headman hears so."""

import re
from datetime import UTC, date, datetime

import pytest

from daemon.domain import edits
from daemon.domain.answers.later import last_day, promised
from daemon.domain.notice import Occasion
from daemon.domain.request import Status
from tests.domain.test_replies import NOW as MONDAY
from tests.domain.test_replies import OFFICE, reply, taken
from tests.wording.desk import LIAISON, request

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.12.2026 tarihinde tamamlanacaktır.", "15.12.2026"),
        ("Gelecek hafta yapılacak.", "Gelecek hafta"),
        ("15.12.2026", "15.12.2026"),
        ("Tamamlanma tarihi: 15.12.2026", "15.12.2026"),
        ("İş 15.12.2026'da bitecek", "15.12.2026"),
        ("Çalışma 15.12.2026 tarihinde tamamlanmıştır.", "15.12.2026"),
        ("15.12.2026 yapıldı", "15.12.2026"),
        ("Çalışma tamamlanmıştır, 15.12.2026 tarihinde asfalt serilecektir.", "15.12.2026"),
        ("Ekip 15 Aralık'ta gelip yapacak.", "15.12.2026"),
        ("Asfaltlama 2 Ocak'ta yapılacaktır.", "02.01.2027"),
        ("Pazartesi günü onarılması sağlanacaktır.", "Pazartesi günü"),
        ("Aralık ayı sonunda bitmiş olur.", "Aralık ayı sonunda"),
        ("Ay sonuna kadar.", "Ay sonuna"),
        ("3 gün içinde bitiriyoruz.", "3 gün içinde"),
        ("Pazar günü yapılacaktır.", "Pazar günü"),
        ("Cuma yapılacak.", "Cuma"),
        ("Kirazlı Sokak'taki çalışma 15.12.2026 tarihinde tamamlanacaktır.", "15.12.2026"),
        ("Sürekli arızalanan pompa 15.12.2026 tarihinde değiştirilecektir.", "15.12.2026"),
    ],
)
def test_a_day_to_come_on_which_work_is_to_be_finished_is_found(text: str, day: str) -> None:
    assert promised(text, NOW) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.12.2026 tarihinde tamamlanacaktır.", date(2026, 12, 15)),
        ("Çalışma 10.12.2026'da başlayacak, 20.12.2026'da bitecektir.", date(2026, 12, 20)),
        ("10.12.2026'da başlanacaktır. 20.12.2026'da bitecektir.", date(2026, 12, 20)),
        ("Ekip 15 Aralık'ta gelip yapacak.", date(2026, 12, 15)),
        ("Çukur 27.11.2026 tarihinde kapatıldı.", None),
        ("Bank onarıldı. Bir sonraki kontrol 15.12.2026 tarihinde.", None),
        ("Gelecek hafta yapılacak.", date(2026, 12, 6)),
        ("Haftaya salı yapılacak.", date(2026, 12, 1)),
        ("Salı günü onarılacaktır.", date(2026, 12, 1)),
        ("Gelecek cumartesi yapılacak.", date(2026, 12, 5)),
        ("Yarın bitiririz.", date(2026, 11, 29)),
        ("3 gün içinde bitiriyoruz.", date(2026, 12, 1)),
        ("On beş gün içinde yapılacaktır.", date(2026, 12, 13)),
        ("10 iş günü içinde yapılacaktır.", date(2026, 12, 12)),
        ("İki hafta sonra yapılacaktır.", date(2026, 12, 12)),
        ("Hafta sonu yapılacak.", date(2026, 11, 29)),
        ("Hafta başında yapılacak.", date(2026, 11, 30)),
        ("Ay sonuna kadar yapılacak.", date(2026, 11, 30)),
        ("Önümüzdeki ay yapılacaktır.", date(2026, 12, 31)),
        ("Aralık ayı içinde tamamlanacaktır.", date(2026, 12, 31)),
        ("Ocak ayı sonunda bitecek.", date(2027, 1, 31)),
        ("Birkaç gün içinde yapılacaktır.", None),
        ("Ay ortasında yapılacak.", None),
        ("Haftaya yapıldı.", None),
        ("2027 yılında yapılacaktır.", None),
    ],
)
def test_the_last_day_of_a_promise_is_the_one_to_be_reminded_of(text: str, day: date | None) -> None:
    assert last_day(text, NOW) == day


@pytest.mark.parametrize(
    "text",
    [
        "Bank onarıldı. Bir sonraki kontrol 15.12.2026 tarihinde.",
        "Çukur 27.11.2026 tarihinde kapatıldı.",
        "Çukur 27 Kasım'da kapatıldı.",
        "Çukur 28.11.2026 tarihinde kapatıldı.",
        "Pazartesi günü yapıldı.",
        "İşyerine 15.12.2026 tarihine kadar süre verilmiştir.",
        "Onarıldı, garanti 15.12.2027 tarihine kadardır.",
        "Çukur kapatıldı. Sokağın tamamı 2027 programında asfaltlanacaktır.",
        "Yapılacak bir işlem bulunmamaktadır.",
        "15.12.2026 tarihine kadar kullanılmak üzere konteyner konuldu.",
        "3 gün içinde tamamlandı.",
        "Pazar yeri temizlendi, çöpler her gün alınacaktır.",
        "Perşembe pazarının çöpleri toplandı, bundan böyle de toplanacaktır.",
        "Cuma Sokak temizlendi, bundan böyle de temizlenecektir.",
        "Çöpler alındı; konteynerler her pazartesi yıkanacaktır.",
        "Çöpler alındı; konteynerler salı günleri yıkanacaktır.",
        "Konteyner 26.11.2026 günü konuldu, gereği bilgilerinize sunulur.",
        "31.02.2026'da yapıldı. 31 Şubat'ta bitti.",
    ],
)
def test_a_day_that_has_been_or_is_of_another_matter_is_none(text: str) -> None:
    assert promised(text, NOW) == ""


PROMISE = "15.12.2026 tarihinde tamamlanacaktır."


@pytest.mark.parametrize(
    "text", [f"TAMAMLANDI\n{PROMISE}", f"TAMAMLANDI: {PROMISE}", "Tamamlandı\nGelecek hafta yapılacak."]
)
def test_a_closing_reply_that_only_promises_is_an_interim_answer(text: str) -> None:
    outcome = taken(request(), reply(LIAISON, text))
    assert outcome.request.is_open
    assert outcome.request.status is Status.IN_PROGRESS
    assert outcome.request.due == request().due, "its clock runs on"
    [notice] = [each for each in outcome.notices if each.occasion.startswith("headman/")]
    assert (notice.occasion, notice.facts["words"]) == (Occasion.HEADMAN_INTERIM, re.split(r"\n|: ", text)[1])
    assert outcome.reviews == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("TAMAMLANDI\n15.12.2026", "15.12.2026"),
        ("Çalışma 15.12.2026 tarihinde tamamlanmıştır.", "15.12.2026"),
        ("TAMAMLANDI\nAy sonuna kadar.", "Ay sonuna"),
        ("Yol yapıldı, çizgiler 15.12.2026 tarihinde çizilecektir.", "15.12.2026"),
    ],
)
def test_a_reply_that_says_done_and_names_a_day_to_come_waits_for_a_person(text: str, day: str) -> None:
    outcome = taken(request(), reply(LIAISON, text))
    assert outcome.request.is_open
    assert outcome.notices == ()
    [review] = outcome.reviews
    assert f"ileri bir günü gösteriyor ({day})" in review.reason
    assert "Ara cevap olarak bildir" in review.reason


@pytest.mark.parametrize(
    "text", ["Çukur 05.12.2026 tarihinde kapatılmıştır.", "TAMAMLANDI\nPazartesi günü onarıldı."]
)
def test_a_reply_that_names_the_day_on_which_it_was_done_closes(text: str) -> None:
    assert not taken(request(), reply(LIAISON, text)).request.is_open


def test_a_closing_durum_with_a_promise_keeps_the_request_open_until_sonuc_says_what_was_done() -> None:
    typed = {"status": "Tamamlandı", "result": PROMISE}
    outcome = edits.take_edit(request(), typed, office=OFFICE, now=MONDAY)
    after = outcome.request
    assert (after.status, after.is_open, after.result) == (Status.DONE, True, PROMISE)
    assert "ileri bir günü gösteriyor (15.12.2026)" in after.note
    [notice] = outcome.notices
    assert (notice.occasion, notice.facts["words"]) == (Occasion.HEADMAN_INTERIM, PROMISE)
    put_off = edits.take_edit(
        after, {"result": "22.12.2026 tarihinde yapılacaktır."}, office=OFFICE, now=MONDAY
    )
    assert put_off.request.is_open
    assert [each.occasion for each in put_off.notices] == [Occasion.HEADMAN_INTERIM]
    done = edits.take_edit(put_off.request, {"result": "Kaldırım onarıldı."}, office=OFFICE, now=MONDAY)
    assert not done.request.is_open
    assert [each.occasion for each in done.notices] == [Occasion.HEADMAN_CLOSURE]


def test_whoever_sets_durum_anew_beside_the_same_words_means_it() -> None:
    typed = {"status": "Tamamlandı", "result": PROMISE}
    waits = edits.take_edit(request(), typed, office=OFFICE, now=MONDAY).request
    opened = edits.take_edit(waits, {"status": "İşlemde"}, office=OFFICE, now=MONDAY).request
    assert opened.status is Status.IN_PROGRESS
    assert not edits.take_edit(opened, {"status": "Tamamlandı"}, office=OFFICE, now=MONDAY).request.is_open


def test_a_closing_durum_whose_sonuc_says_done_and_promises_tells_nobody_yet() -> None:
    typed = {"status": "Tamamlandı", "result": "Yol yapıldı, çizgiler 15.12.2026 tarihinde çizilecektir."}
    outcome = edits.take_edit(request(), typed, office=OFFICE, now=MONDAY)
    assert outcome.request.is_open
    assert outcome.notices == ()
    done = {"result": "Yol yapıldı, çizgiler çizildi."}
    assert not edits.take_edit(outcome.request, done, office=OFFICE, now=MONDAY).request.is_open
