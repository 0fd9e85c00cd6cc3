"""Deadlines: which days count, when a period ends, how many business days are left.

* Muhtar Bilgi Sistemi rests on the Interior Ministry's circular 2015/8 (20.02.2015). Municipal by-laws read
  it as an answer "en geç 15 iş günü" (Keçiören) or within "15 gün" (Söğüt, Çukurova), so the term is a
  setting; fifteen business days is the default.
* Law 3071 art. 7: a petition gets a reasoned answer within thirty days; an interim answer is allowed.
* The day of receipt is day zero. A period in calendar days that ends on a day off ends on the next business
  day (by analogy with Law 2577 art. 8).
* Law 2429: besides the full days, 28 October and the eves of both bayrams are holidays from 13:00 on. A
  holiday on a Sunday is not shifted. The law does not say whether a half day counts, and administrative leave
  (idari izin) is no statutory holiday: the chambers of the Danıştay differ. Both count here unless the
  calendar says otherwise, which is the safe side; letters on schedule wait for a full working day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from daemon.domain.errors import Unprocessable

ONE_DAY = timedelta(days=1)
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
"""Distances are counted between these: a year mistyped as 9202 must not cost seven thousand calendars."""
MOST_REMEMBERED = 20_000
"""Distances kept: 100,000 requests share a few hundred due dates."""


class Unit(StrEnum):
    """What a term is counted in; the value is what people read."""

    BUSINESS = "iş günü"
    CALENDAR = "gün"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time, at least a day: ``15 iş günü``, ``30 gün``."""

    days: int
    unit: Unit = Unit.BUSINESS

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"a term is at least one day, not {self.days}")

    def __str__(self) -> str:
        return f"{self.days} {self.unit}"

    @property
    def about(self) -> float:
        """Roughly how many calendar days: to tell which of two terms ends first."""
        return self.days * 7 / 5 if self.unit is Unit.BUSINESS else self.days


STANDARD_TERM = Term(15)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and how it came about.

    Business days: every day after the start is counted, or skipped with a Turkish reason. Calendar days: all
    are counted; skipped are the days off at the end, the last counted one first, that moved the due date.
    """

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


@dataclass(frozen=True, eq=False)
class BusinessCalendar:
    """The office's calendar. ``days_off`` gives a year's statutory days off and is asked once a year."""

    days_off: Callable[[int], DaysOff]
    leave: Mapping[date, Leave] = field(default_factory=dict)
    half_days_count: bool = True
    leave_counts: bool = True
    extra_business_days: frozenset[date] = frozenset()
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, repr=False)
    _off: dict[int, DaysOff] = field(default_factory=dict, repr=False)
    _left: dict[tuple[date, date], int] = field(default_factory=dict, repr=False)
    _ends: dict[tuple[date, Term], Due] = field(default_factory=dict, repr=False)

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
        if leave and not self.leave_counts and not self._half_is_worked(day, leave):
            return f"idari izin: {leave.note}" if leave.note else "idari izin"
        return ""

    def _half_is_worked(self, day: date, leave: Leave) -> bool:
        """Half a day of leave counts as a half day does, but on an eve it takes the half that was left."""
        return leave.half and self.half_days_count and day not in self._of_year(day.year).half

    def is_letter_day(self, day: date) -> bool:
        """Whether letters on schedule go out: a business day that is neither a half day nor leave."""
        off = self._of_year(day.year)
        return self.is_business_day(day) and day not in off.half and day not in self.leave

    # --- periods --------------------------------------------------------------------------------------

    def due(self, start: date, term: Term) -> Due:
        """When ``term`` ends that began on ``start`` (day zero).

        Raises :class:`Unprocessable` when that is beyond the last day a date can name.
        """
        found = self._ends.get((start, term))
        if found is None:
            found = self._end(start, term)
            if len(self._ends) >= MOST_REMEMBERED:
                self._ends.clear()
            self._ends[start, term] = found
        return found

    def _end(self, start: date, term: Term) -> Due:
        count = self._in_business_days if term.unit is Unit.BUSINESS else self._in_calendar_days
        try:
            return count(start, term)
        except OverflowError as fault:
            raise Unprocessable(
                f"{term} from {start} is beyond the calendar", reason=f"{start.year} yılı takvimin dışında."
            ) from fault

    def _in_business_days(self, start: date, term: Term) -> Due:
        counted: list[date] = []
        skipped: list[tuple[date, str]] = []
        day = start
        while len(counted) < term.days:
            day += ONE_DAY
            if reason := self.why_not(day):
                skipped.append((day, reason))
            else:
                counted.append(day)
        return Due(start, day, str(term), tuple(counted), tuple(skipped))

    def _in_calendar_days(self, start: date, term: Term) -> Due:
        counted = tuple(start + timedelta(days=n) for n in range(1, term.days + 1))
        skipped: list[tuple[date, str]] = []
        day = counted[-1]
        while reason := self.why_not(day):
            skipped.append((day, reason))
            day += ONE_DAY
        return Due(start, day, str(term), counted, tuple(skipped))

    # --- distances ------------------------------------------------------------------------------------

    def days_left(self, today: date, due: date) -> int:
        """Business days after ``today`` up to and including ``due``; negative when late.

        0 on the due date. Late begins the day after it, so on the weekend that follows it is already -1, as
        on the next business day.
        """
        found = self._left.get((today, due))
        if found is None:
            found = self._count(today, due) if today <= due else min(-self._count(due, today), -1)
            if len(self._left) >= MOST_REMEMBERED:
                self._left.clear()
            self._left[today, due] = found
        return found

    def _count(self, after: date, until: date) -> int:
        """Business days in (after, until]."""
        after, until = (min(max(day, EARLIEST), LATEST) for day in (after, until))
        last = self._business_days(until.year)
        if after.year == until.year:
            return bisect_right(last, until) - bisect_right(last, after)
        first = self._business_days(after.year)
        between = sum(len(self._business_days(year)) for year in range(after.year + 1, until.year))
        return len(first) - bisect_right(first, after) + between + bisect_right(last, until)

    def shift(self, day: date, business_days: int) -> date:
        """The day so many business days later (or earlier, when negative); 0 gives ``day`` itself.

        Stops at the ends of the calendar.
        """
        step = ONE_DAY if business_days > 0 else -ONE_DAY
        left = abs(business_days)
        while left and date.min < day < date.max:
            day += step
            left -= self._is_listed(day)
        return day

    def _is_listed(self, day: date) -> bool:
        days = self._business_days(day.year)
        place = bisect_left(days, day)
        return place < len(days) and days[place] == day

    def _business_days(self, year: int) -> tuple[date, ...]:
        if year not in self._years:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = map(date.fromordinal, range(first, last + 1))
            self._years[year] = tuple(day for day in days if not self.why_not(day))
        return self._years[year]

    def _of_year(self, year: int) -> DaysOff:
        if year not in self._off:
            self._off[year] = self.days_off(year)
        return self._off[year]
