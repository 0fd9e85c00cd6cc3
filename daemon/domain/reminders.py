"""Which reminders are owed on a day: what follows from the rules, the due dates and the calendar.

Nothing is planned ahead, so a restart or an outage forgets and repeats nothing: what is still true and was
not yet said is said once; what is no longer true is not said. A reminder's key names the request, the rule,
the event that started its clock and the due date, so an extension or a reopening starts them anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from daemon.domain.deadline import BusinessCalendar
from daemon.domain.request import Entry


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """One line of ``reminders`` in the mappings.

    ``days_left`` counts business days until the due date; negative means days late. ``to`` is one of
    liaison, directorate_manager, office, office_manager, headman. ``repeat_every`` is in business days.
    """

    name: str
    days_left: int
    to: str
    template: str
    repeat_every: int | None = None
    external_body: bool = False
    """Only of requests that a body outside has to answer."""


@dataclass(frozen=True, slots=True)
class OpenClock:
    """An open request as the reminder pass sees it: few columns, many rows.

    ``since`` is the day its clock was started for the directorate: the referral, else the receipt.
    """

    number: str
    directorate: str
    due: date
    clock_event: str
    since: date
    external_body: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A request that a rule applies to today. ``key`` is unique to this very reminding."""

    key: str
    rule: ReminderRule
    clock: OpenClock
    days_left: int
    promised: date | None = None
    """The day that passed without the result which was promised for it."""


def horizon(rules: Iterable[ReminderRule], calendar: BusinessCalendar, today: date) -> date:
    """The latest due date that any rule can apply to on ``today``."""
    ahead = max((rule.days_left for rule in rules), default=0)
    return calendar.shift(today, max(ahead, 0) + 1)


def due_reminders(
    rules: Iterable[ReminderRule], clocks: Iterable[OpenClock], calendar: BusinessCalendar, today: date
) -> list[Reminder]:
    """Every reminder that is true today, said before or not; the caller drops the keys already used."""
    plan = _Plan(tuple(rules), calendar, today)
    return [
        Reminder(f"{clock.number}/{rule.name}/{clock.clock_event}/{stamp}", rule, clock, left)
        for clock in clocks
        for rule, left, stamp, moment in plan.for_due(clock.due, bool(clock.external_body))
        if moment > clock.since
    ]


PROMISED = "promised"
"""Kind of a history entry whose data hold the ``day`` for which the work was promised and the ``clock`` that ran then
(:func:`daemon.domain.answers.interim.remember_day`)."""
_PROMISE = ReminderRule(PROMISED, 0, "liaison", "liaison/reminder")


def broken_promises(
    rules: Iterable[ReminderRule],
    clocks: Mapping[str, OpenClock],
    promised: Iterable[Entry],
    calendar: BusinessCalendar,
    today: date,
) -> list[Reminder]:
    """A reminder of each open request whose promised day has passed, one per day; the caller drops the keys used.

    ``promised`` are the entries, oldest first: a later promise takes the place of an earlier one, and none outlives the
    clock that ran when it was given. The letter is the office's own reminder to liaisons.
    """
    days: dict[str, date] = {}
    for entry in promised:
        day = entry.data.get("day")
        if isinstance(day, date) and entry.data.get("clock") == clocks[entry.number].clock_event:
            days[entry.number] = day
    template = next((rule.template for rule in rules if rule.to == _PROMISE.to), _PROMISE.template)
    rule = replace(_PROMISE, template=template)
    return [
        Reminder(f"{number}/{PROMISED}/{clock.clock_event}/{day}", rule, clock, left, promised=day)
        for number, day in days.items()
        if day < today and (clock := clocks[number])
        for left in [calendar.days_left(today, clock.due)]
    ]


class _Plan:
    """The rules applied to due dates, once per date: 100,000 requests share a few hundred dates."""

    def __init__(self, rules: tuple[ReminderRule, ...], calendar: BusinessCalendar, today: date) -> None:
        self._rules = rules
        self._calendar = calendar
        self._today = today
        self._seen: dict[tuple[date, bool], list[tuple[ReminderRule, int, str, date]]] = {}

    def for_due(self, due: date, outside: bool) -> list[tuple[ReminderRule, int, str, date]]:
        if (due, outside) not in self._seen:
            rules = [rule for rule in self._rules if outside or not rule.external_body]
            self._seen[due, outside] = self._apply(due, rules)
        return self._seen[due, outside]

    def _apply(self, due: date, rules: list[ReminderRule]) -> list[tuple[ReminderRule, int, str, date]]:
        left = self._calendar.days_left(self._today, due)
        return [
            (rule, left, f"{due}/{_occurrence(rule, left)}", self._calendar.shift(due, -rule.days_left))
            for rule in rules
            if _is_true(rule, rules, left)
        ]


def _is_true(rule: ReminderRule, rules: list[ReminderRule], left: int) -> bool:
    """Late rules hold from their day on; others from their day until the next one for the same people."""
    if rule.days_left < 0:
        return left <= rule.days_left
    tighter = [r.days_left for r in rules if r.to == rule.to and 0 <= r.days_left < rule.days_left]
    return max(tighter, default=-1) < left <= rule.days_left


def _occurrence(rule: ReminderRule, left: int) -> int:
    """How many times the rule has come round: 0 on its first day, one more every ``repeat_every`` days."""
    return (rule.days_left - left) // rule.repeat_every if rule.repeat_every else 0
