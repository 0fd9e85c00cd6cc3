"""``Talep değil`` chosen by mistake is taken back where it was chosen, and the request goes on with its deadline."""

import pytest

from daemon.domain.request import Status
from daemon.domain.review import Review
from daemon.sheets import OFFICE_CODE
from tests.steps.post import answers, letters
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_review_sheet import FEN, decide, filed, review_row, settle, waits, words_of

SET_ASIDE = "İşlendi: Talep iptal edildi; yanlışlıkla seçildiyse Karar’ı değiştiriniz"


@pytest.fixture
def set_aside(desk: SheetOffice) -> str:
    """A request whose directorate nobody knew, and which somebody took for none."""
    number = desk.ask("Belirsiz", directorate="")
    desk.rest()
    decide(desk, number, Karar="Talep değil")
    desk.rest()
    assert desk.request(number).status is Status.CANCELLED
    assert review_row(desk, number)["Durum"] == SET_ASIDE
    return number


def test_another_decision_in_the_same_line_counts(desk: SheetOffice, set_aside: str) -> None:
    before = desk.request(set_aside)
    desk.now = desk.now.replace(minute=40)
    decide(desk, set_aside, Karar="Yönlendir", Müdürlük=FEN)
    desk.rest()
    after = desk.request(set_aside)
    assert (after.status, after.directorate, after.is_open) == (Status.REFERRED, "fen", True)
    assert (after.due, after.rule) == (before.due, before.rule), "the mistake was not the headman's"
    assert review_row(desk, set_aside)["Durum"] == f"İşlendi: Yönlendirildi: {FEN}"
    assert desk.standing() == [set_aside]
    assert desk.letters(set_aside)["liaison/referral"] == 2
    [told] = letters(desk, set_aside, "headman/reopened")
    assert "talebiniz yeniden açılmıştır" in words_of(told)
    assert [x.decision for x in every_review(desk)] == ["Yönlendir"], "no other line asks the same"
    assert "decision-withdrawn" in desk.kinds(set_aside)
    desk.another_process()
    desk.rest(days=1)
    desk.quiet()


def every_review(desk: SheetOffice) -> list[Review]:
    with desk.ledger.view() as view:
        return view.reviews(undecided_only=False)


def test_an_emptied_decision_waits_again_in_its_line(desk: SheetOffice, set_aside: str) -> None:
    decide(desk, set_aside, Karar=None)
    desk.rest()
    assert desk.request(set_aside).is_open
    assert [review.number for review in desk.reviews()] == [set_aside]
    assert review_row(desk, set_aside)["Durum"] is None
    desk.quiet()
    decide(desk, set_aside, Karar="Talep değil", Not="Bayram tebriki")
    desk.rest()
    assert desk.request(set_aside).result == "Bayram tebriki"
    assert desk.reviews() == []
    desk.quiet()


def test_a_decision_that_still_lacks_something_says_what(desk: SheetOffice, set_aside: str) -> None:
    decide(desk, set_aside, Karar="Yönlendir")
    desk.rest()
    assert "Müdürlük sütunundan" in str(review_row(desk, set_aside)["Durum"])
    assert desk.request(set_aside).is_open
    decide(desk, set_aside, Müdürlük=FEN)
    desk.rest()
    assert desk.request(set_aside).directorate == "fen"


def test_what_stands_beside_the_line_is_noted_once(desk: SheetOffice) -> None:
    number = desk.ask("Belirsiz", directorate="")
    desk.rest()
    decide(desk, number, Karar="Talep değil", Not="Muhtarla görüşüldü")
    desk.rest()
    decide(desk, number, Karar="Yönlendir", Müdürlük=FEN)
    desk.rest()
    lines = [line.partition(": ")[2] for line in desk.request(number).note.split("\n")]
    assert lines.count("Muhtarla görüşüldü") == 1


def test_a_mail_that_was_taken_for_no_request_becomes_one(desk: SheetOffice) -> None:
    waits(desk)
    line = settle(desk, Karar="Talep değil")
    assert line["Durum"] == "İşlendi: Kapatıldı; yanlışlıkla seçildiyse Karar’ı değiştiriniz"
    line = settle(desk, Karar="Yeni talep olarak kaydet", Müdürlük=FEN)
    assert line["Durum"] == f"İşlendi: Kaydedildi: {filed(desk).number}"
    assert filed(desk).directorate == "fen"
    desk.quiet()


def test_what_was_decided_otherwise_is_not_decided_anew(desk: SheetOffice) -> None:
    waits(desk)
    settle(desk, Karar="Gereği yapıldı")
    settle(desk, Karar="Yeni talep olarak kaydet", Müdürlük=FEN)
    assert desk.numbers() == []
    assert desk.reviews() == []


def test_a_copy_of_the_line_takes_nothing_back(desk: SheetOffice, set_aside: str) -> None:
    [line] = desk.rows(OFFICE_CODE, "İnceleme")
    copied = {header.replace(" ", "_"): value for header, value in line.items() if header}
    desk.add(OFFICE_CODE, "İnceleme", **(copied | {"Karar": None}))
    desk.rest()
    assert not desk.request(set_aside).is_open
    assert "decision-withdrawn" not in desk.kinds(set_aside)


def test_a_column_that_was_emptied_takes_nothing_back(desk: SheetOffice) -> None:
    numbers = [desk.ask(subject, directorate="") for subject in ("Bir", "İki", "Üç")]
    desk.rest()
    for karar in ("Talep değil", None):
        for number in numbers:
            decide(desk, number, Karar=karar)
        desk.rest()
    assert not any(desk.request(number).is_open for number in numbers)


def test_what_its_headman_opened_again_meanwhile_goes_the_way_that_was_chosen_since(
    desk: SheetOffice, set_aside: str
) -> None:
    answers(desk, set_aside, "SORUN SÜRÜYOR", "headman/closure")
    [review] = desk.reviews()
    desk.type(OFFICE_CODE, {"Neden": review.reason}, "İnceleme", Karar="Yönlendir", Müdürlük=FEN)
    desk.rest()
    first = every_review(desk)[0]
    desk.type(
        OFFICE_CODE,
        {"Kayıt No": first.id},
        "İnceleme",
        Karar="Yönlendir",
        Müdürlük="Park ve Bahçeler Müdürlüğü",
    )
    desk.rest()
    assert desk.request(set_aside).directorate == "fen"
