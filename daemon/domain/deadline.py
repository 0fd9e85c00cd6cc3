"""Deadlines: which days count, when a period ends, how many business days are left.

* Muhtar Bilgi Sistemi rests on the Interior Ministry's circular 2015/8 (20.02.2015); municipal by-laws apply
  it as "en geç 15 iş günü" (others: "15 gün"), so the term is a setting; fifteen business days the default.
* Law 3071 art. 7: a petition is answered within 30 days.
* The day of receipt is day zero. A period in calendar days that ends on a day off ends on the next business
  day (by analogy with Law 2577 art. 8).
* Law 2429: 28 October and the eves of both bayrams are holidays from 13:00 on (half days); a holiday on a
  Sunday is not shifted. Half days and administrative leave (idari izin, no statutory holiday) count unless the
  calendar says otherwise; letters on schedule wait for a full working day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a term is counted in; the value is what people read."""

    BUSINESS = "iş günü"
    CALENDAR = "gün"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time, as ``15 iş günü`` or ``30 gün``."""

    days: int
    unit: Unit = Unit.BUSINESS

    def __str__(self) -> str:
        return f"{self.days} {self.unit}"


STANDARD_TERM = Term(15)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and how it came about: every day from the start on is counted, or skipped with a reason."""

    start: date
    due: date
    rule: str
    counted: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The statutory days off of one year, with their Turkish names."""

    full: Mapping[date, str]
    half: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Leave:
    """A day of administrative leave, whole or half."""

    note: str = ""
    half: bool = False


@dataclass
class BusinessCalendar:
    """The office's calendar. ``days_off`` gives a year's statutory days off and is asked once a year."""

    days_off: Callable[[int], DaysOff]
    leave: Mapping[date, Leave] = field(default_factory=dict)
    half_days_count: bool = True
    leave_counts: bool = True
    extra_business_days: frozenset[date] = frozenset()
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, repr=False)
    _off: dict[int, DaysOff] = field(default_factory=dict, repr=False)

    # --- one day --------------------------------------------------------------------------------------

    def is_business_day(self, day: date) -> bool:
        return not self.why_not(day)

    def why_not(self, day: date) -> str:
        """The Turkish reason why ``day`` is no business day; ``""`` when it is one."""
        if day in self.extra_business_days:
            return ""
        off = self._of_year(day.year)
        if day in off.full:
            return off.full[day]
        if day.weekday() >= 5:
            return "Cumartesi" if day.weekday() == 5 else "Pazar"
        if day in off.half and not self.half_days_count:
            return f"{off.half[day]} (yarım gün)"
        leave = self.leave.get(day)
        if leave and not self.leave_counts and not (leave.half and self.half_days_count):
            return f"idari izin: {leave.note}" if leave.note else "idari izin"
        return ""

    def is_letter_day(self, day: date) -> bool:
        """Whether letters on schedule go out: a business day that is neither a half day nor leave."""
        off = self._of_year(day.year)
        return self.is_business_day(day) and day not in off.half and day not in self.leave

    # --- periods --------------------------------------------------------------------------------------

    def due(self, start: date, term: Term) -> Due:
        """When ``term`` ends that began on ``start`` (day zero)."""
        count = self._business_due if term.unit is Unit.BUSINESS else self._calendar_due
        counted, skipped = count(start, term.days)
        due = counted[-1] if term.unit is Unit.BUSINESS else self._next_business_day(counted[-1])
        return Due(start, due, str(term), counted, skipped)

    def _business_due(self, start: date, days: int) -> tuple[tuple[date, ...], tuple[tuple[date, str], ...]]:
        counted: list[date] = []
        skipped: list[tuple[date, str]] = []
        day = start
        while len(counted) < days:
            day += ONE_DAY
            if reason := self.why_not(day):
                skipped.append((day, reason))
            else:
                counted.append(day)
        return tuple(counted), tuple(skipped)

    def _calendar_due(self, start: date, days: int) -> tuple[tuple[date, ...], tuple[tuple[date, str], ...]]:
        counted = tuple(start + timedelta(days=n) for n in range(1, days + 1))
        skipped: list[tuple[date, str]] = []
        day = counted[-1]
        while reason := self.why_not(day):
            skipped.append((day, reason))
            day += ONE_DAY
        return counted, tuple(skipped)

    def _next_business_day(self, day: date) -> date:
        while self.why_not(day):
            day += ONE_DAY
        return day

    # --- distances ------------------------------------------------------------------------------------

    def days_left(self, today: date, due: date) -> int:
        """Business days after ``today`` up to and including ``due``: 0 on the due date, negative when late.

        Late begins the day after the due date; the figure counts business days since, so on the weekend
        after it the request is late by none yet.
        """
        if due >= today:
            return self._count(today, due)
        return -self._count(due, today)

    def _count(self, after: date, until: date) -> int:
        """Business days in (after, until]."""
        if after.year == until.year:
            days = self._business_days(after.year)
            return bisect_right(days, until) - bisect_right(days, after)
        first, last = self._business_days(after.year), self._business_days(until.year)
        between = sum(len(self._business_days(year)) for year in range(after.year + 1, until.year))
        return len(first) - bisect_right(first, after) + between + bisect_right(last, until)

    def shift(self, day: date, business_days: int) -> date:
        """The day so many business days later (or earlier, when negative); 0 gives ``day`` itself."""
        if business_days == 0:
            return day
        step = ONE_DAY if business_days > 0 else -ONE_DAY
        left = abs(business_days)
        while left:
            day += step
            left -= self._is_listed(day)
        return day

    def _is_listed(self, day: date) -> bool:
        days = self._business_days(day.year)
        place = bisect_left(days, day)
        return place < len(days) and days[place] == day

    def _business_days(self, year: int) -> tuple[date, ...]:
        if year not in self._years:
            first = date(year, 1, 1)
            length = (date(year + 1, 1, 1) - first).days if year < 9999 else 365
            days = (first + timedelta(days=n) for n in range(length))
            self._years[year] = tuple(day for day in days if not self.why_not(day))
        return self._years[year]

    def _of_year(self, year: int) -> DaysOff:
        if year not in self._off:
            self._off[year] = self.days_off(year)
        return self._off[year]
