"""The calendar against dates that anybody can look up, and its laws on dates that nobody thought of."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.domain.deadline import BusinessCalendar, Leave, Term, Unit
from daemon.domain.errors import Unprocessable
from daemon.holidays_tr import days_off

TURKISH = BusinessCalendar(days_off)
RAMAZAN_2024 = {
    date(2024, 4, 8): Leave("Ramazan Bayramı"),
    date(2024, 4, 9): Leave("Ramazan Bayramı", half=True),
}
KURBAN_2026 = {date(2026, 5, 25): Leave("Kurban Bayramı"), date(2026, 5, 26): Leave("Kurban Bayramı")}


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- single days ------------------------------------------------------------------------------------------

_DAYS_OFF = {
    "2024-01-01": "Yılbaşı",
    "2024-04-10": "Ramazan Bayramı",
    "2024-04-12": "Ramazan Bayramı",
    "2024-04-23": "Ulusal Egemenlik ve Çocuk Bayramı",
    "2024-05-01": "Emek ve Dayanışma Günü",
    "2024-06-17": "Kurban Bayramı",
    "2024-06-19": "Kurban Bayramı",
    "2024-07-15": "Demokrasi ve Millî Birlik Günü",
    "2024-08-30": "Zafer Bayramı",
    "2025-03-31": "Ramazan Bayramı",
    "2025-04-01": "Ramazan Bayramı",
    "2025-05-19": "Atatürk'ü Anma, Gençlik ve Spor Bayramı",
    "2025-06-06": "Kurban Bayramı",
    "2025-06-09": "Kurban Bayramı",
    "2025-10-29": "Cumhuriyet Bayramı",
    "2026-03-20": "Ramazan Bayramı",
    "2026-05-27": "Kurban Bayramı",
    "2026-05-29": "Kurban Bayramı",
    "2027-03-09": "Ramazan Bayramı",
    "2027-03-11": "Ramazan Bayramı",
    "2027-05-17": "Kurban Bayramı",
    "2025-01-18": "Cumartesi",
    "2025-01-19": "Pazar",
}


@pytest.mark.parametrize(("text", "reason"), _DAYS_OFF.items())
def test_days_off_are_named_in_turkish(text: str, reason: str) -> None:
    assert TURKISH.why_not(day(text)) == reason
    assert not TURKISH.is_business_day(day(text))
    assert not TURKISH.is_letter_day(day(text))


@pytest.mark.parametrize(
    "text",
    [
        "2024-10-19",  # Muhtarlar Günü, a Saturday in 2024 …
        "2026-10-19",  # … and a Monday in 2026: no holiday either way
    ],
)
def test_the_headmens_day_is_no_holiday(text: str) -> None:
    assert TURKISH.why_not(day(text)) == ("Cumartesi" if day(text).weekday() == 5 else "")


@pytest.mark.parametrize("text", ["2024-04-15", "2026-08-31", "2027-05-20", "2024-09-02", "2022-05-02"])
def test_a_holiday_on_a_sunday_is_not_shifted(text: str) -> None:
    """30 August 2026 and 1 May 2022 were Sundays; 2 May 2022 was the first day of Ramazan Bayramı."""
    assert TURKISH.is_business_day(day(text)) is (text != "2022-05-02")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024-04-09", "Ramazan Bayramı arifesi"),
        ("2024-10-28", "Cumhuriyet Bayramı arifesi"),
        ("2025-06-05", "Kurban Bayramı arifesi"),
        ("2025-10-28", "Cumhuriyet Bayramı arifesi"),
        ("2026-03-19", "Ramazan Bayramı arifesi"),
        ("2026-05-26", "Kurban Bayramı arifesi"),
        ("2027-03-08", "Ramazan Bayramı arifesi"),
        ("2027-10-28", "Cumhuriyet Bayramı arifesi"),
    ],
)
def test_a_half_day_counts_but_sends_no_letters(text: str, name: str) -> None:
    assert TURKISH.is_business_day(day(text))
    assert not TURKISH.is_letter_day(day(text))
    strict = BusinessCalendar(days_off, half_days_count=False)
    assert strict.why_not(day(text)) == f"{name} (yarım gün)"


def test_leave_counts_but_sends_no_letters() -> None:
    calendar = BusinessCalendar(days_off, leave=KURBAN_2026)
    assert calendar.is_business_day(date(2026, 5, 25))
    assert not calendar.is_letter_day(date(2026, 5, 25))


def test_leave_that_does_not_count_is_named_with_its_note() -> None:
    calendar = BusinessCalendar(
        days_off, leave={**KURBAN_2026, date(2026, 6, 1): Leave()}, leave_counts=False
    )
    assert calendar.why_not(date(2026, 5, 25)) == "idari izin: Kurban Bayramı"
    assert calendar.why_not(date(2026, 6, 1)) == "idari izin"


@pytest.mark.parametrize(
    ("half_days_count", "leave", "works"),
    [
        (True, Leave(half=True), True),
        (False, Leave(half=True), False),
        (True, Leave(half=False), False),
    ],
)
def test_half_a_day_of_leave_counts_as_a_half_day_does(
    half_days_count: bool, leave: Leave, works: bool
) -> None:
    plain = date(2026, 6, 10)
    calendar = BusinessCalendar(
        days_off, leave={plain: leave}, leave_counts=False, half_days_count=half_days_count
    )
    assert calendar.is_business_day(plain) is works


def test_half_a_day_of_leave_on_an_eve_takes_the_rest_of_it() -> None:
    calendar = BusinessCalendar(days_off, leave=RAMAZAN_2024, leave_counts=False)
    assert calendar.why_not(date(2024, 4, 9)) == "idari izin: Ramazan Bayramı"


def test_a_weekend_that_is_worked_counts() -> None:
    saturday = date(2026, 6, 13)
    calendar = BusinessCalendar(days_off, extra_business_days=frozenset({saturday}))
    assert calendar.is_business_day(saturday)
    assert calendar.is_letter_day(saturday)
    assert calendar.due(date(2026, 6, 12), Term(1)).due == saturday
    assert calendar.days_left(date(2026, 6, 12), date(2026, 6, 15)) == 2


# --- due dates --------------------------------------------------------------------------------------------

_FIFTEEN = [
    ("2025-01-13", "2025-02-03", {}),
    ("2026-05-11", "2026-06-05", {}),
    ("2026-05-11", "2026-06-08", {"half_days_count": False}),
    ("2026-05-11", "2026-06-05", {"leave": KURBAN_2026}),
    ("2026-05-11", "2026-06-09", {"leave": KURBAN_2026, "leave_counts": False}),
    ("2024-04-01", "2024-04-26", {}),
    ("2024-04-01", "2024-04-26", {"leave": RAMAZAN_2024}),
    ("2024-04-01", "2024-04-30", {"leave": RAMAZAN_2024, "leave_counts": False}),
    ("2024-12-27", "2025-01-20", {}),
    ("2026-10-16", "2026-11-09", {}),
    ("2026-08-28", "2026-09-18", {}),
    ("2025-01-11", "2025-01-31", {}),  # received on a Saturday
]


@pytest.mark.parametrize(("start", "due", "calendar"), _FIFTEEN)
def test_fifteen_business_days_end_where_a_clerk_would_say(start: str, due: str, calendar: dict) -> None:  # type: ignore[type-arg]
    found = BusinessCalendar(days_off, **calendar).due(day(start), Term(15))
    assert found.due == day(due)
    assert found.rule == "15 iş günü"
    assert len(found.counted) == 15


def test_every_day_between_is_counted_or_skipped_with_its_reason() -> None:
    found = TURKISH.due(date(2026, 5, 18), Term(5))
    assert found.skipped == (
        (date(2026, 5, 19), "Atatürk'ü Anma, Gençlik ve Spor Bayramı"),
        (date(2026, 5, 23), "Cumartesi"),
        (date(2026, 5, 24), "Pazar"),
    )
    assert found.counted == tuple(date(2026, 5, d) for d in (20, 21, 22, 25, 26))


@pytest.mark.parametrize(
    ("start", "days", "due", "skipped"),
    [
        ("2026-04-20", 30, "2026-05-20", []),
        ("2026-04-24", 30, "2026-05-25", ["2026-05-24"]),
        (
            "2026-04-27",
            30,
            "2026-06-01",
            ["2026-05-27", "2026-05-28", "2026-05-29", "2026-05-30", "2026-05-31"],
        ),
        (
            "2024-03-26",
            15,
            "2024-04-15",
            ["2024-04-10", "2024-04-11", "2024-04-12", "2024-04-13", "2024-04-14"],
        ),
        ("2026-10-13", 15, "2026-10-28", []),  # a half day is a business day
        ("2026-12-02", 30, "2027-01-04", ["2027-01-01", "2027-01-02", "2027-01-03"]),
    ],
)
def test_a_calendar_period_that_ends_on_a_day_off_ends_on_the_next_business_day(
    start: str, days: int, due: str, skipped: list[str]
) -> None:
    found = TURKISH.due(day(start), Term(days, Unit.CALENDAR))
    assert found.due == day(due)
    assert found.rule == f"{days} gün"
    assert [skipped_day.isoformat() for skipped_day, _ in found.skipped] == skipped
    assert found.counted == tuple(day(start) + timedelta(days=n) for n in range(1, days + 1))


def test_a_term_beyond_the_last_date_is_refused_with_a_reason() -> None:
    for term in (Term(15), Term(15, Unit.CALENDAR)):
        with pytest.raises(Unprocessable) as refused:
            TURKISH.due(date(9999, 12, 25), term)
        assert "9999" in refused.value.reason


def test_a_term_has_at_least_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Term(0)


def test_of_two_terms_the_one_that_ends_first_is_the_shorter() -> None:
    assert Term(15).about < Term(30, Unit.CALENDAR).about
    assert Term(15, Unit.CALENDAR).about < Term(15).about


# --- distances --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2026-12-07", "2026-12-07", 0),
        ("2026-12-04", "2026-12-07", 1),
        ("2026-12-05", "2026-12-07", 1),
        ("2026-12-06", "2026-12-07", 1),
        ("2026-12-08", "2026-12-07", -1),
        ("2026-12-12", "2026-12-11", -1),  # late begins the day after, be it a Saturday
        ("2026-12-13", "2026-12-11", -1),
        ("2026-12-14", "2026-12-11", -1),
        ("2026-12-15", "2026-12-11", -2),
        ("2026-12-31", "2027-01-04", 1),
        ("2025-12-31", "2027-01-04", 252),
    ],
)
def test_days_left_count_business_days(today: str, due: str, left: int) -> None:
    assert TURKISH.days_left(day(today), day(due)) == left


def test_a_mistyped_year_is_merely_far_away() -> None:
    assert TURKISH.days_left(date(2026, 12, 7), date(9202, 12, 8)) > 10_000
    assert TURKISH.days_left(date(2026, 12, 7), date(202, 12, 8)) < -5_000


def test_shifting_stops_at_the_ends_of_the_calendar() -> None:
    assert TURKISH.shift(date(9999, 12, 30), 5) == date.max
    assert TURKISH.shift(date(1, 1, 2), -5) == date.min


def test_a_days_statutory_holidays_are_asked_once_a_year() -> None:
    asked: list[int] = []

    def counting(year: int) -> object:
        asked.append(year)
        return days_off(year)

    calendar = BusinessCalendar(counting)  # type: ignore[arg-type]
    for _ in range(3):
        calendar.due(date(2026, 12, 20), Term(15))
        calendar.days_left(date(2026, 1, 1), date(2027, 12, 31))
    assert sorted(asked) == [2026, 2027]


untimed = settings(deadline=None, max_examples=50)


# --- laws -------------------------------------------------------------------------------------------------

dates = st.dates(date(2015, 1, 1), date(2049, 12, 31))
terms = st.integers(1, 60)
leaves = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.builds(Leave, st.just("izin"), st.booleans()),
    max_size=8,
)
calendars = st.builds(
    BusinessCalendar,
    days_off=st.just(days_off),
    leave=leaves,
    half_days_count=st.booleans(),
    leave_counts=st.booleans(),
    extra_business_days=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=4),
)
in_2026 = st.dates(date(2025, 11, 1), date(2027, 2, 1))


@untimed
@given(calendars, in_2026, terms)
def test_a_due_date_is_explained_day_by_day(calendar: BusinessCalendar, start: date, days: int) -> None:
    found = calendar.due(start, Term(days))
    assert len(found.counted) == days
    assert found.counted[-1] == found.due
    explained = sorted([*found.counted, *(skipped for skipped, _ in found.skipped)])
    assert explained == [start + timedelta(days=n) for n in range(1, (found.due - start).days + 1)]
    assert all(calendar.is_business_day(counted) for counted in found.counted)
    assert all(reason for _, reason in found.skipped)


@untimed
@given(calendars, in_2026, terms)
def test_days_left_and_shift_agree_with_the_due_date(
    calendar: BusinessCalendar, start: date, days: int
) -> None:
    due = calendar.due(start, Term(days)).due
    assert calendar.days_left(start, due) == days
    assert calendar.days_left(due, due) == 0
    assert calendar.shift(start, days) == due
    assert calendar.shift(due, 0) == due
    back = calendar.shift(due, -days)
    assert calendar.is_business_day(back)
    assert back <= start
    assert calendar.days_left(back, due) == days


@untimed
@given(dates, dates, terms, st.sampled_from(Unit))
def test_who_starts_later_is_due_no_earlier(one: date, other: date, days: int, unit: Unit) -> None:
    first, second = sorted([one, other])
    assert TURKISH.due(first, Term(days, unit)).due <= TURKISH.due(second, Term(days, unit)).due


@untimed
@given(dates, terms)
def test_a_calendar_period_ends_on_a_business_day(start: date, days: int) -> None:
    found = TURKISH.due(start, Term(days, Unit.CALENDAR))
    assert TURKISH.is_business_day(found.due)
    assert found.due >= start + timedelta(days=days)
    assert len(found.counted) == days


@untimed
@given(dates, st.integers(1, 400))
def test_late_is_negative_from_the_day_after(due: date, days: int) -> None:
    late = TURKISH.days_left(due + timedelta(days=days), due)
    assert late < 0
    passed = sum(TURKISH.is_business_day(due + timedelta(days=n)) for n in range(1, days + 1))
    assert -late == max(passed, 1)
