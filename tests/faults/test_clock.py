"""The machine's clock jumps: a wrong battery, a wrong hand, a virtual machine that slept."""

from datetime import date, timedelta

import pytest

from daemon.domain.clock import istanbul
from tests.faults.conftest import NUMBER, FaultyOffice
from tests.real.people import RECEIPT

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def reminders(office: FaultyOffice) -> int:
    return len(office.letters(office.liaison, "liaison/reminder"))


def test_a_clock_put_back_says_nothing_twice_and_work_goes_on(office: FaultyOffice) -> None:
    office.asks()
    office.turn()
    office.turn(istanbul(date(2026, 11, 3), 9, 5))
    said = reminders(office)
    assert said
    office.turn(istanbul(RECEIPT, 10))
    office.turn(istanbul(date(2026, 11, 3), 9, 10))
    assert reminders(office) == said
    office.holds_one_request()
    office.answers(office.letters(office.liaison, "liaison/referral")[0], "Tamamlanmıştır.")
    assert office.status(NUMBER) == "Tamamlandı"


def test_a_clock_put_forward_a_year_and_back_loses_no_letter_of_the_right_days(office: FaultyOffice) -> None:
    office.asks()
    office.turn()
    office.turn(office.now + timedelta(days=364))
    wrong = reminders(office)
    office.turn(istanbul(date(2026, 11, 3), 9, 5))
    assert reminders(office) == wrong + 1, "the last day's reminder is said on its day"
    office.turn(istanbul(date(2026, 11, 4), 9, 5))
    assert reminders(office) == wrong + 2


def test_a_letter_postponed_by_a_wrong_clock_goes_out_by_the_right_one(office: FaultyOffice) -> None:
    office.asks()
    office.servers.stop("postfix", kill=True)
    try:
        office.now += timedelta(days=3650)
        office.app.run_until_quiet()
    finally:
        office.servers.start()
    office.now = istanbul(RECEIPT, 12)
    office.turn()
    assert len(office.letters(office.headman, "headman/confirmation")) == 1
