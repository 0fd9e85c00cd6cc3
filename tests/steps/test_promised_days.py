"""A day for which a directorate promised the work: once it has passed without a result, its liaison is reminded."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from daemon.domain import edits
from daemon.domain.clock import day_of, istanbul
from daemon.domain.notice import Letter
from daemon.domain.request import Status
from tests.outbox import send_all
from tests.steps.post import answers, letters, writes
from tests.steps.sheet_office import SheetOffice
from tests.wording.desk import said, seen

TUESDAY = date(2026, 10, 20)
PROMISE = "Çalışma 20.10.2026 tarihinde yapılacaktır."
DUE = date(2026, 11, 3)


@pytest.fixture
def number(desk: SheetOffice) -> str:
    found = desk.ask("Asfalt")
    desk.rest()
    assert desk.request(found).due == DUE
    return found


def reminded(desk: SheetOffice, number: str, day: date) -> list[Letter]:
    """The reminders of that day's pass at nine, after everything else has been sent."""
    desk.now = istanbul(day - timedelta(days=1), 17)
    send_all(desk.app, desk.now)
    desk.now = istanbul(day, 9)
    desk.app.run_step("reminding")
    return letters(desk, number, "liaison/reminder")


def by_interim(desk: SheetOffice, number: str) -> None:
    answers(desk, number, f"ARA CEVAP\n{PROMISE}")


def under_way(desk: SheetOffice, number: str) -> None:
    answers(desk, number, f"İŞLEMDE\n{PROMISE}")


def closing_mail(desk: SheetOffice, number: str) -> None:
    answers(desk, number, f"TAMAMLANDI\n{PROMISE}")


def closed_row(desk: SheetOffice, number: str) -> None:
    desk.edit("fen", number, Durum="Tamamlandı", Sonuç=PROMISE)
    desk.rest()


def partly_done_row(desk: SheetOffice, number: str) -> None:
    desk.edit(
        "fen", number, Durum="Tamamlandı", Sonuç="Yol yapıldı, çizgiler 20.10.2026 tarihinde çizilecektir."
    )
    desk.rest()


def open_row(desk: SheetOffice, number: str) -> None:
    desk.edit("fen", number, Durum="İşlemde", Sonuç=PROMISE)
    desk.rest()


@pytest.mark.parametrize(
    "promises", [by_interim, under_way, closing_mail, closed_row, partly_done_row, open_row]
)
def test_the_liaison_is_reminded_once_on_the_next_business_day(
    desk: SheetOffice, number: str, promises: Callable[[SheetOffice, str], None]
) -> None:
    promises(desk, number)
    assert reminded(desk, number, TUESDAY) == []
    found = reminded(desk, number, TUESDAY + timedelta(days=1))
    fen = desk.app.office.registry.directorate("fen")
    assert fen is not None
    assert [x.recipient for x in found] == [address for address, _ in fen.present_on(day_of(desk.now))]
    assert found[0].subject == f"[{number}] Bildirdiğiniz süre doldu: Asfalt"
    for text in (said(found[0]), seen(found[0])):
        assert (
            "aşağıdaki talep, Müdürlüğünüzce bildirilen süre 20.10.2026 tarihinde dolduğu hâlde henüz" in text
        )
        assert "Bildirdiğiniz süre: 20.10.2026 (doldu)" in text
    assert reminded(desk, number, TUESDAY + timedelta(days=2)) == []
    assert any("Bildirilen süre 20.10.2026 tarihinde doluyor" in entry.text for entry in desk.history(number))


def test_a_day_off_is_reminded_of_on_the_next_day_on_which_letters_go_out(
    desk: SheetOffice, number: str
) -> None:
    answers(desk, number, "ARA CEVAP: Çalışma 24.10.2026 tarihinde yapılacaktır.")
    assert reminded(desk, number, date(2026, 10, 23)) == []
    assert reminded(desk, number, date(2026, 10, 26)) != []


def test_next_week_is_over_on_the_monday_that_follows_it(desk: SheetOffice, number: str) -> None:
    answers(desk, number, "Haftaya yapılacak.")
    assert reminded(desk, number, date(2026, 10, 23)) == []
    [letter, *_] = reminded(desk, number, date(2026, 10, 26))
    assert "bildirilen süre 25.10.2026 tarihinde dolduğu hâlde" in said(letter)


def test_a_result_ends_the_promise(desk: SheetOffice, number: str) -> None:
    liaison, _ = answers(desk, number, f"İŞLEMDE\n{PROMISE}")
    writes(desk, liaison, f"Ynt: [{number}]", "TAMAMLANDI\nSokak asfaltlandı.")
    assert not desk.request(number).is_open
    assert reminded(desk, number, TUESDAY + timedelta(days=1)) == []


def test_a_later_promise_takes_the_place_of_an_earlier_one(desk: SheetOffice, number: str) -> None:
    liaison, _ = answers(desk, number, f"ARA CEVAP\n{PROMISE}")
    writes(desk, liaison, f"Ynt: [{number}]", f"ARA CEVAP\n{PROMISE.replace('20', '22', 1)}")
    assert reminded(desk, number, TUESDAY + timedelta(days=1)) == []
    [first, *_] = reminded(desk, number, date(2026, 10, 23))
    assert "22.10.2026 tarihinde dolduğu hâlde" in said(first)


def test_another_directorate_keeps_no_promise_of_the_one_before(desk: SheetOffice, number: str) -> None:
    by_interim(desk, number)
    desk.decide(
        number,
        lambda request: edits.take_sevk(
            request, "Park ve Bahçeler Müdürlüğü", office=desk.app.office, now=desk.now, actor="tablo"
        ),
    )
    assert desk.request(number).directorate == "park"
    assert reminded(desk, number, TUESDAY + timedelta(days=1)) == []


def test_a_promise_does_not_outlive_a_reopening(desk: SheetOffice, number: str) -> None:
    by_interim(desk, number)
    desk.reply(number, Status.DONE, "Asfaltlandı.")
    desk.reply(number, Status.IN_PROGRESS)
    assert desk.request(number).is_open
    assert reminded(desk, number, TUESDAY + timedelta(days=1)) == []


def test_it_stands_in_the_ordinary_reminder_where_one_is_due_and_that_one_stays(
    desk: SheetOffice, number: str
) -> None:
    other = desk.ask("Kaldırım")
    desk.rest()
    answers(desk, number, f"ARA CEVAP\n{PROMISE.replace('20.10', '28.10')}")
    for each in (number, other):
        desk.change(each, due=date(2026, 11, 4))
    found = reminded(desk, number, date(2026, 10, 30))
    assert all(set(x.about) == {number, other} for x in found), "one letter per recipient and day"
    text = said(found[0])
    assert text.count("Bildirdiğiniz süre: 28.10.2026 (doldu)") == 1
    assert text.count("3 iş günü kaldı") == 2
    assert reminded(desk, number, date(2026, 11, 2)) == []
    assert len(reminded(desk, number, date(2026, 11, 4))) == len(found), "the last day's own reminder"
