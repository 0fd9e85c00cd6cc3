"""Refusals and cancellations that promise the work for a day to come: a person says which of the two is meant."""

from datetime import UTC, datetime

import pytest

from daemon.domain import edits
from daemon.domain.answers.refusing import promised
from daemon.domain.decision import Outcome
from daemon.domain.notice import Occasion
from daemon.domain.request import Request, RequestNumber, Status
from daemon.domain.review import Origin, Review
from daemon.domain.ruling import Case, Ruling, rule_on
from tests.domain.test_replies import NOW as MONDAY
from tests.domain.test_replies import OFFICE, reply, taken
from tests.wording.desk import LIAISON, request

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
PROMISE = "15.12.2026'da yapılacaktır."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (PROMISE, "15.12.2026"),
        ("15.12.2026", "15.12.2026"),
        ("Gelecek hafta yapılacak", "Gelecek hafta"),
        ("Bu hafta yapılamayacak, 15.12.2026 tarihinde yapılacaktır.", "15.12.2026"),
        ("Kaldırım 15.12.2026 tarihinde yeniden yapılacaktır.", "15.12.2026"),
        ("Aralık ayı sonunda bitecek", "Aralık ayı sonunda"),
        ("Başvurunuz 15.12.2026 tarihinde karşılanacaktır.", "15.12.2026"),
        ("15.12.2026 tarihinde yapılması planlanmaktadır.", "15.12.2026"),
        ("Cuma günü yapılır.", "Cuma günü"),
        ("Talep 15.12.2026 tarihli mecliste görüşülecektir.", "15.12.2026"),
    ],
)
def test_a_reason_that_promises_the_work_names_the_day(text: str, day: str) -> None:
    assert promised(text, NOW) == day


REASONS = [
    "2027 yatırım programında yer almadığından karşılanamamıştır.",
    "2027 yatırım programında değerlendirilecektir.",
    "Ödenek yoktur; talebinizi 2027 yılında yineleyebilirsiniz.",
    "Talebinizi 15.12.2026 tarihinden sonra yineleyebilirsiniz.",
    "Uygun görülmemiştir; 60 gün içinde dava açabilirsiniz.",
    "Hafta sonu pazar kuruluyor.",
    "Yol 15.12.2026 tarihinde asfaltlanacaktır, bu nedenle yama yapılmayacaktır.",
    "Dükkân 15.12.2026 tarihinde boşaltılacaktır. Bu nedenle talep reddedilmiştir.",
    "Yol 15.12.2026 tarihinde trafiğe kapatılacağından kasis yapılamaz.",
    "15.12.2026 tarihinde yapılacak ihale kapsamında olmadığından karşılanamamıştır.",
    "15.12.2026 tarihinde yapılması planlanan çalışma nedeniyle uygun görülmemiştir.",
    "İşyerine 15.12.2026 tarihine kadar süre verilmiştir.",
    "Kasis, 15.12.2026 tarihinde açılan yolda görüşü engelleyecektir.",
]


@pytest.mark.parametrize("text", REASONS)
def test_a_reason_that_only_speaks_of_a_day_to_come_promises_nothing(text: str) -> None:
    assert promised(text, NOW) == ""


# --- in the sheet -----------------------------------------------------------------------------------------


def edited(about: Request, **changes: str) -> Outcome:
    return edits.take_edit(about, changes, office=OFFICE, now=MONDAY)


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_who_refuses_what_is_promised_is_asked_and_the_headman_hears_nothing(chosen: str) -> None:
    outcome = edited(request(), status=chosen, result=PROMISE)
    after = outcome.request
    assert (after.status.value, after.is_open, after.result) == (chosen, True, PROMISE)
    assert (after.due, after.clock_event) == (request().due, request().clock_event), "its clock runs on"
    assert outcome.notices == ()
    [review] = outcome.reviews
    assert review.reason.startswith(f"“{chosen}” seçildi, ancak Sonuç ileri bir günü gösteriyor (15.12.2026)")
    assert review.read == PROMISE
    assert "Sonuç’a yalnızca gerekçesini yazınız" in after.note
    assert not edits.is_settled(review, after)


@pytest.mark.parametrize("text", REASONS)
def test_a_refusal_with_a_reason_is_one_at_once(text: str) -> None:
    outcome = edited(request(), status="Olumsuz", result=text)
    assert not outcome.request.is_open
    assert [notice.occasion for notice in outcome.notices] == [Occasion.HEADMAN_CLOSURE]
    assert outcome.reviews == ()


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_the_reason_alone_closes_what_waited(chosen: str) -> None:
    waits = edited(request(), status=chosen, result=PROMISE)
    closed = edited(waits.request, result="Yol özel mülkiyettedir.")
    assert (closed.request.status.value, closed.request.is_open) == (chosen, False)
    assert edits.is_settled(waits.reviews[0], closed.request)


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_whoever_sets_durum_anew_beside_the_same_words_means_it(chosen: str) -> None:
    waits = edited(request(), status=chosen, result=PROMISE)
    goes_on = edited(waits.request, status="İşlemde").request
    assert edits.is_settled(waits.reviews[0], goes_on)
    assert not edited(goes_on, status=chosen).request.is_open


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_what_waited_is_done_when_somebody_says_so(chosen: str) -> None:
    waits = edited(request(), status=chosen, result=PROMISE).request
    done = edited(waits, status="Tamamlandı", result="Yapıldı.")
    assert (done.request.status, done.request.is_open) == (Status.DONE, False)
    by_mail = taken(waits, reply(LIAISON, "TAMAMLANDI\nYapıldı."))
    assert (by_mail.request.status, by_mail.request.is_open) == (Status.DONE, False)


@pytest.mark.parametrize(
    "text",
    [
        "MHT-2026-000009 numaralı talep kapsamında 15.12.2026 tarihinde yapılacaktır.",
        "Muhtar vazgeçti, 15.12.2026 tarihinde kendisi yaptıracak.",
    ],
)
def test_what_another_request_stands_for_or_he_took_back_may_name_a_day(text: str) -> None:
    outcome = edited(request(), status="İptal", result=text)
    assert not outcome.request.is_open
    assert outcome.reviews == ()


def ruled(review: Review, about: Request) -> Ruling:
    def number() -> RequestNumber:
        raise AssertionError("no request is opened")

    case = Case(review, {"decision": "Ara cevap olarak bildir"}, about, number, lambda: Origin(MONDAY), list)
    found = rule_on(case, office=OFFICE, now=MONDAY)
    assert found is not None
    return found


@pytest.mark.parametrize("chosen", ["Olumsuz", "İptal"])
def test_a_clerk_tells_the_promise_as_what_it_is(chosen: str) -> None:
    waits = edited(request(), status=chosen, result=PROMISE)
    told = ruled(waits.reviews[0], waits.request).outcome
    assert (told.request.status, told.request.is_open) == (Status.IN_PROGRESS, True)
    [notice] = told.notices
    assert (notice.occasion, notice.facts["words"]) == (Occasion.HEADMAN_INTERIM, PROMISE)


# --- by mail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [f"OLUMSUZ\n{PROMISE}", f"OLUMSUZ: {PROMISE}", "OLUMSUZ\n15.12.2026", "Olumsuz, cuma günü yapılır."],
)
def test_a_refusing_reply_that_promises_waits_and_says_why(text: str) -> None:
    outcome = taken(request(), reply(LIAISON, text))
    assert (outcome.request.status, outcome.request.is_open) == (request().status, True)
    assert outcome.notices == ()
    [review] = outcome.reviews
    assert review.reason.startswith("Yanıt olumsuz, ancak ileri bir günü de gösteriyor (")
    told = ruled(review, outcome.request).outcome
    assert [notice.occasion for notice in told.notices] == [Occasion.HEADMAN_INTERIM]


@pytest.mark.parametrize("text", REASONS[:1] + REASONS[2:])
def test_a_refusing_reply_with_a_reason_closes(text: str) -> None:
    outcome = taken(request(), reply(LIAISON, f"OLUMSUZ: {text}"))
    assert (outcome.request.status, outcome.request.is_open) == (Status.REJECTED, False)


def test_a_refusing_reply_that_is_in_doubt_otherwise_says_that_it_is_one() -> None:
    [review] = taken(request(), reply(LIAISON, "OLUMSUZ: Ekip gönderildi.")).reviews
    assert review.reason.startswith("Yanıt OLUMSUZ ile başlıyor, ancak")
