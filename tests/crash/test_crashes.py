"""Power cuts, the everyday way: a dozen deaths among people at work. ``make crash N=2000`` is the long way.

What the long way ever finds gets a named test of its own, below.
"""

from email.message import EmailMessage

import pytest

from tests.crash.checker import Aim, Checker
from tests.crash.verdict import numbers_out_of_line, told_of
from tests.real.servers import MailServers

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def test_an_office_whose_daemon_dies_a_dozen_times_loses_and_doubles_nothing(servers: MailServers) -> None:
    aim = Aim(random=6, per_point=1, kills_in_a_life=12)
    count = Checker(servers, 2026, aim).run(seconds=15)
    assert count.broken == []
    assert count.lives >= 1
    assert count.random + sum(count.points.values()) >= 3


def test_nor_does_one_whose_spreadsheets_are_google_s(servers: MailServers) -> None:
    aim = Aim(random=4, per_point=1, kills_in_a_life=10, at_google=True)
    count = Checker(servers, 2027, aim).run(seconds=20)
    assert count.broken == []
    assert count.random + sum(count.points.values()) >= 3


def test_each_year_s_numbers_begin_anew() -> None:
    """A long life of an office crosses the year; that is no doubled number."""
    both = ["MHT-2026-000001", "MHT-2027-000001", "MHT-2026-000002"]
    assert list(numbers_out_of_line(both)) == []
    assert len(list(numbers_out_of_line([*both, "MHT-2027-000003"]))) == 1
    assert len(list(numbers_out_of_line([*both, "MHT-2026-000002"]))) == 1


def test_a_letter_about_several_requests_is_each_one_s() -> None:
    """An exported conversation may bring one headman's two requests: one confirmation names both."""
    letter = EmailMessage()
    letter["Subject"] = "[MHT-2026-000041] ve 1 talep daha – Talepleriniz kayda alındı"
    letter.set_content("MHT-2026-000041\nMHT-2026-000042\n")
    assert told_of(letter) == {"MHT-2026-000041", "MHT-2026-000042"}
