"""What is an interim answer, what a headman hears of it, and that it is no result."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from daemon.domain import edits
from daemon.domain.answers import interim
from daemon.domain.answers.replies import REPLY_EVENT
from daemon.domain.decision import Outcome
from daemon.domain.mail import Trust, Verdict
from daemon.domain.notice import Notice, Occasion
from daemon.domain.request import Request, RequestNumber, Status
from daemon.domain.review import Origin, Review
from daemon.domain.ruling import Case, rule_on
from daemon.domain.sheet import CellValue
from daemon.domain.text import fold
from tests.domain.test_reading_answers import ANSWERS
from tests.domain.test_replies import NOW, OFFICE, reply, taken
from tests.wording.desk import HEADMAN, LIAISON, SUPERIOR, letter, request, said, seen

PUT_OFF = "2027 yatırım programında değerlendirilecektir."
SURE = [
    PUT_OFF,
    "Talebiniz 2027 yılı yatırım programına alınmıştır.",
    "Söz konusu sokağın asfaltlanması önümüzdeki yıl bütçesinde ele alınacaktır.",
    "Bahse konu talep 2027 yılı asfalt programına dahil edilmiştir.",
    "2027 bahar aylarında asfalt programına alınacaktır.",
    "Talep bütçe imkânları dahilinde değerlendirilecektir.",
    "Ödenek temin edildiğinde yapılacaktır.",
    "Stratejik planda yer almakta olup 2028 yılında yapımı planlanmaktadır.",
    "Talep iş programımıza alınmış olup, sırası geldiğinde yapılacaktır.",
    "Söz konusu talep ilerleyen dönemlerde değerlendirilecektir.",
    "2027 programında değerlendirilmek üzere not alınmıştır.",
    "İŞLEMDE\n2027 yılı bütçesinde ele alınacaktır.",
    "ARA CEVAP\nProje hazırlanmaktadır.",
    "Ara cevap: proje hazırlanmaktadır.",
]
NONE = [
    "İŞLEMDE",
    "Ekip yönlendirildi.",
    "Haftaya yapılacak.",
    "Önümüzdeki hafta programa alındı, yapılacak.",
    "2027 yılının ilk haftasında yapılacaktır.",
    "20.01.2027 tarihinde yapılacaktır.",
    "Bu yıl yapılacaktır.",
    "Çukur kapatılmak üzere programa alındı.",
    "Yol 2024 yılında asfaltlandığından bakım kapsamında yapılacaktır.",
    "2027 yılında yapılmayacaktır.",
    "2026 yılı bütçesinden karşılanarak yapılmıştır.",
    "2027 programına alınması uygun görülmemiştir.",
    "Elektrik faturası bütçemizden ödenmiştir.",
    "Ara cevap verilecektir.",
    "Çukur kapatıldı. Sokağın tamamı 2027 programında asfaltlanacaktır.",
    "Ödenek olmadığından bu yıl yapılamayacak, 2027 programına alınmıştır.",
]


@pytest.mark.parametrize("spelling", [str, fold, lambda text: fold(text).upper()])
@pytest.mark.parametrize("text", SURE)
def test_what_is_put_off_to_a_later_programme_is_an_interim_answer(text: str, spelling: type[str]) -> None:
    assert interim.is_interim(spelling(text), NOW) or interim.is_interim(spelling(text).split("\n")[-1], NOW)


@pytest.mark.parametrize("text", NONE)
def test_work_under_way_an_appointment_or_a_result_is_none(text: str) -> None:
    assert not interim.is_interim(text, NOW)


@pytest.mark.parametrize(
    "name",
    [
        path.stem
        for path in ANSWERS.glob("*.txt")
        if "in_progress" not in path.stem and "never" not in path.stem
    ],
)
def test_no_known_answer_of_another_meaning_is_taken_for_one(name: str) -> None:
    lines = (ANSWERS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if interim.is_interim(line.replace("\\n", "\n"), NOW)] == []


def to_headman(outcome: Outcome) -> list[Notice]:
    return [notice for notice in outcome.notices if notice.occasion.startswith("headman/")]


@pytest.mark.parametrize("sender", [LIAISON, SUPERIOR])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PUT_OFF, PUT_OFF),
        (f"Sayın yetkili,\n\n{PUT_OFF}\n\nBilgilerinize arz ederim.", PUT_OFF),
        (f"İŞLEMDE\n{PUT_OFF}", PUT_OFF),
        ("ARA CEVAP\nProje hazırlanmaktadır.", "Proje hazırlanmaktadır."),
        ("ARA CEVAP: proje hazırlanmaktadır.", "Proje hazırlanmaktadır."),
    ],
)
def test_a_liaisons_interim_answer_is_told_and_the_request_stays_open(
    sender: str, text: str, words: str
) -> None:
    outcome = taken(request(), reply(sender, text))
    [notice] = to_headman(outcome)
    assert (notice.occasion, notice.recipient) == (Occasion.HEADMAN_INTERIM, HEADMAN)
    assert notice.facts["words"] == words
    after = outcome.request
    assert (after.status, after.is_open, after.due, after.clock_event, after.result) == (
        Status.IN_PROGRESS,
        True,
        request().due,
        request().clock_event,
        "",
    )
    assert after.note.endswith(f"Ara cevap: {words}")
    [told] = [entry for entry in outcome.entries if entry.kind == interim.ENTRY]
    assert (told.actor, told.data["words"], told.data["notice"]) == (sender, words, notice.key)
    assert outcome.reviews == ()


def test_the_same_interim_answer_is_the_same_notice_and_another_is_another() -> None:
    first = taken(request(), reply(LIAISON, PUT_OFF))
    again = taken(first.request, reply(LIAISON, f"İşlemde.\n{PUT_OFF.upper()}"))
    other = taken(first.request, reply(LIAISON, PUT_OFF.replace("2027", "2028")))
    reopened = taken(replace(first.request, clock_event="reopening-2"), reply(LIAISON, PUT_OFF))
    keys = [to_headman(outcome)[0].key for outcome in (first, again, other, reopened)]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize("text", ["İŞLEMDE", "Ekip yönlendirildi.", "Haftaya yapılacak."])
def test_of_work_that_goes_on_the_headman_hears_nothing(text: str) -> None:
    assert to_headman(taken(request(), reply(LIAISON, text))) == []


@pytest.mark.parametrize(
    "text",
    [
        f"TAMAMLANDI\n{PUT_OFF}",
        "Ödenek olmadığından bu yıl yapılamayacak, 2027 programına alınmıştır.",
        "Çukur kapatıldı. Sokağın tamamı 2027 programında asfaltlanacaktır.",
        "ARA CEVAP\nÇukur kapatıldı.",
    ],
)
def test_a_doubtful_one_waits_for_a_person_and_says_how_to_tell_it(text: str) -> None:
    outcome = taken(request(), reply(LIAISON, text))
    assert outcome.request.is_open
    assert outcome.notices == ()
    [review] = outcome.reviews
    assert "Ara cevap olarak bildir" in review.reason
    assert review.key.startswith(f"{request().number}/{REPLY_EVENT}")


def test_an_interim_answer_that_points_to_an_attachment_says_where_it_is() -> None:
    [notice] = to_headman(taken(request(), reply(LIAISON, f"ARA CEVAP\n{PUT_OFF} Yazımız ektedir.")))
    assert notice.facts["attached"] is True
    worded = letter(Occasion.HEADMAN_INTERIM, request(), facts=notice.facts)
    assert "saklanmaktadır" in said(worded)
    assert "saklanmaktadır" in seen(worded)
    [plain] = to_headman(taken(request(), reply(LIAISON, PUT_OFF)))
    assert "saklanmaktadır" not in said(letter(Occasion.HEADMAN_INTERIM, request(), facts=plain.facts))


def test_an_answer_that_is_only_an_attachment_needs_a_clerks_words() -> None:
    [review] = taken(request(), reply(LIAISON, "")).reviews
    ruled = rule_on(case_of(review, TELL), office=OFFICE, now=NOW)
    assert ruled is not None
    assert not ruled.final


def test_an_interim_answer_without_a_word_for_the_headman_waits() -> None:
    outcome = taken(request(), reply(LIAISON, "ARA CEVAP"))
    assert outcome.notices == ()
    assert "metni yok" in outcome.reviews[0].reason


def test_words_in_a_liaisons_name_that_nobody_proved_are_not_told_by_the_decision_alone() -> None:
    forged = taken(request(), reply(LIAISON, PUT_OFF, verdict=Verdict(Trust.FAILED)))
    ruled = [rule_on(case_of(review, TELL), office=OFFICE, now=NOW) for review in forged.reviews]
    assert [(r.final, r.outcome) for r in ruled if r] == [(False, Outcome())]
    doubtful = taken(request(), reply(LIAISON, f"TAMAMLANDI\n{PUT_OFF}"))
    told = rule_on(case_of(doubtful.reviews[0], TELL), office=OFFICE, now=NOW)
    assert told is not None
    assert [notice.facts["words"] for notice in to_headman(told.outcome)] == [PUT_OFF]


TELL = {"decision": "Ara cevap olarak bildir"}


def case_of(review: Review, cells: dict[str, CellValue]) -> Case:
    def number() -> RequestNumber:
        raise AssertionError("no request is opened")

    return Case(review, cells, request(), number, lambda: Origin(NOW), list)


def test_what_a_headman_or_a_stranger_writes_so_is_none() -> None:
    for sender in (HEADMAN, "baska.muhtar@example.com"):
        assert taken(request(), reply(sender, f"ARA CEVAP\n{PUT_OFF}")).notices == ()


def edited(about: Request, **changes: str) -> Outcome:
    return edits.take_edit(about, changes, office=OFFICE, now=NOW)


@pytest.mark.parametrize("status", ["İşlemde", "Beklemede"])
def test_an_open_rows_sonuc_that_puts_it_off_is_told(status: str) -> None:
    outcome = edited(request(), status=status, result=PUT_OFF)
    [notice] = to_headman(outcome)
    assert (notice.occasion, notice.facts["words"]) == (Occasion.HEADMAN_INTERIM, PUT_OFF)
    assert outcome.request.is_open
    assert outcome.request.due == request().due


def test_sonuc_and_durum_may_be_typed_in_any_order() -> None:
    half = edited(request(), result=PUT_OFF)
    assert half.notices == (), "it may be the reason of an Olumsuz that is still to be chosen"
    assert len(to_headman(edited(half.request, status="Beklemede"))) == 1
    begun = edited(request(), status="İşlemde")
    assert len(to_headman(edited(begun.request, result="Ara cevap: proje çiziliyor"))) == 1


def test_an_ordinary_sonuc_of_an_open_row_is_told_to_nobody() -> None:
    assert edited(request(), status="İşlemde", result="Ekip yarın gidecek").notices == ()


def test_the_result_of_an_earlier_closure_is_not_told_again() -> None:
    opened = request(result=PUT_OFF, clock_event="reopening-2", status=Status.REFERRED)
    assert to_headman(edited(opened, status="İşlemde")) == []


@pytest.mark.parametrize("told_before", [False, True])
def test_who_closes_with_an_interim_answer_is_obeyed_and_asked(told_before: bool) -> None:
    about = request(status=Status.IN_PROGRESS, result=PUT_OFF) if told_before else request()
    outcome = edited(about, status="Tamamlandı", **({} if told_before else {"result": PUT_OFF}))
    assert [notice.occasion for notice in outcome.notices] == [Occasion.HEADMAN_CLOSURE]
    [review] = outcome.reviews
    assert "ara cevap gibi görünüyor" in review.reason
    assert not edits.is_settled(review, outcome.request)
    opened = edited(outcome.request, status="İşlemde")
    assert edits.is_settled(review, opened.request)
    assert [notice.occasion for notice in to_headman(opened)] == [Occasion.HEADMAN_REOPENED]


def test_a_refusal_may_point_to_a_later_programme() -> None:
    outcome = edited(request(), status="Olumsuz", result=PUT_OFF)
    assert [notice.occasion for notice in outcome.notices] == [Occasion.HEADMAN_CLOSURE]
    assert outcome.reviews == ()


def test_a_year_that_is_over_puts_nothing_off() -> None:
    assert interim.is_interim(PUT_OFF, NOW)
    assert not interim.is_interim("2027 yılında değerlendirilecektir.", datetime(2028, 1, 2, tzinfo=UTC))
