"""How many letters one address gets: what is over the limit waits until there is room again."""

from datetime import UTC, datetime, timedelta

import pytest

from daemon.domain.allowance import Allowance, Limits
from daemon.domain.notice import Occasion

NOW = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STATUS, REFERRAL = Occasion.HEADMAN_STATUS, Occasion.LIAISON_REFERRAL


@pytest.mark.parametrize(
    ("limits", "minutes_ago", "occasion", "wait"),
    [
        (Limits(3, 9), [], STATUS, None),
        (Limits(3, 9), [2, 1], STATUS, None),
        (Limits(3, 9), [10, 2, 1], STATUS, 50 * MINUTE),
        (Limits(3, 9), [20, 10, 2, 1], STATUS, 50 * MINUTE),
        (Limits(3, 9), [60, 2, 1], STATUS, None),
        (Limits(3, 4), [600, 500, 400, 300], STATUS, 24 * HOUR - 600 * MINUTE),
        (Limits(3, 4), [24 * 60, 500, 400, 300], STATUS, None),
        (Limits(0, 4), [4, 3, 2], STATUS, None),
        (Limits(3, 0), [3, 2, 1], STATUS, 57 * MINUTE),
        (Limits(0, 0), [1] * 99, STATUS, None),
        (Limits(3, 9), [1] * 29, REFERRAL, None),
        (Limits(3, 9), [1] * 30, REFERRAL, 59 * MINUTE),
        (Limits(3, 9), [1] * 99, Occasion.LIAISON_URGENT, None),
    ],
)
def test_the_limit_is_by_the_hour_and_the_day(
    limits: Limits, minutes_ago: list[int], occasion: str, wait: timedelta | None
) -> None:
    sent = [("a@x.tr", occasion, NOW - minutes * MINUTE) for minutes in minutes_ago]
    until = Allowance(limits, sent).wait_until("A@x.tr", occasion, NOW)
    assert until == (None if wait is None else NOW + wait)


def test_one_address_s_letters_do_not_count_for_another() -> None:
    allowance = Allowance(Limits(1, 1))
    allowance.note("a@x.tr", STATUS, NOW)
    assert allowance.wait_until("a@x.tr", STATUS, NOW) is not None
    assert allowance.wait_until("b@x.tr", STATUS, NOW) is None
    assert allowance.wait_until("a@x.tr", REFERRAL, NOW) is None


def test_a_loop_at_full_speed_gets_no_more_than_the_day_s_letters() -> None:
    allowance, gone = Allowance(Limits(120, 600)), 0
    for second in range(24 * 3600):
        now = NOW + timedelta(seconds=second)
        if allowance.wait_until("a@x.tr", STATUS, now) is None:
            allowance.note("a@x.tr", STATUS, now)
            gone += 1
    assert gone == 600
