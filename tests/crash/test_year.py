"""A few days of the simulated year. ``make year`` is the whole of it; what that ever finds gets a test here."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.crash.year import FIRST, Year

pytestmark = pytest.mark.timeout(120)


def test_some_days_with_many_faults_are_all_accounted_for(tmp_path: Path) -> None:
    year = Year(tmp_path, seed=3)
    for n in range(3):
        year.day(FIRST + timedelta(days=n), 30, with_sheets=True)
    assert year.accounts() == []
    assert year.weather.counted, "no fault struck: another seed"
    [(letters,)] = year.record.ask("SELECT count(*) FROM letters")
    assert int(str(letters)) > 30


def test_a_letter_that_never_came_is_missed(tmp_path: Path) -> None:
    """The accounts would tell."""
    year = Year(tmp_path, seed=3)
    year.day(FIRST, 20, with_sheets=True)
    year.settle()
    year.record.db.execute("DELETE FROM letters WHERE occasion = 'headman/confirmation'")
    year.record.db.execute("UPDATE mails SET copies = 2 WHERE kind = 'request'")
    found = year.accounts()
    assert any("did not come" in line for line in found)
    assert any("copies put away of 2" in line for line in found)
