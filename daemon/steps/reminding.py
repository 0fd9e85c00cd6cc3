"""Reminding: letters on schedule, at 09:00 on days on which letters go out.

The pass says what is true now and was not said before: reminders to liaisons, escalations to managers (one
letter per recipient and day for all of them together), the Monday digest, the office's list of open reviews.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daemon.domain.clock import day_of, istanbul
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.registry import Directorate
from daemon.domain.reminders import (
    PROMISED,
    OpenClock,
    Reminder,
    ReminderRule,
    broken_promises,
    due_reminders,
    horizon,
)
from daemon.domain.review import Review
from daemon.domain.telling import State, Telling, phones_of
from daemon.ports.ledger import Ledger, Transaction, View
from daemon.steps.chasing import chase_answers
from daemon.steps.outcome import owe
from daemon.steps.unready import Unready, table_of, unready_rows

HOUR = 9
"""Letters on schedule go out at this hour in Istanbul."""
MOST_LISTED = 50
"""Requests listed in one letter; the rest is given as a figure."""
_DONE = "reminding.day"
_DIGEST = "reminding.digest"


@dataclass(frozen=True, slots=True)
class _Addressee:
    address: str
    name: str
    template: str


class Reminding:
    """Owes the day's scheduled letters, once a day."""

    name = "reminding"

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def run(self, now: datetime, *, office: Office, rules: Sequence[ReminderRule]) -> int:
        """Owe what is due today; return how many letters were new."""
        today = day_of(now)
        if not self._is_time(now, today, office):
            return 0
        with self._ledger.transaction() as tx:
            owed = self._remind(tx, office, rules, now)
            owed += self._digest(tx, office, now)
            owed += self._ask_office(tx, office, now)
            owed += chase_answers(tx, office, now)
            tx.set_note(_DONE, today.isoformat())
        return owed

    def _is_time(self, now: datetime, today: date, office: Office) -> bool:
        if now < istanbul(today, HOUR) or not office.calendar.is_letter_day(today):
            return False
        with self._ledger.view() as view:
            return view.note(_DONE) != today.isoformat()

    # --- reminders and escalations --------------------------------------------------------------------

    def _remind(self, tx: Transaction, office: Office, rules: Sequence[ReminderRule], now: datetime) -> int:
        today = day_of(now)
        clocks = tx.open_clocks(horizon(rules, office.calendar, today))
        due = due_reminders(rules, clocks, office.calendar, today)
        due += self._broken_promises(
            tx, office, rules, today
        )  # behind the others: they say more of a request
        said = tx.reminded(reminder.key for reminder in due)
        fresh = [reminder for reminder in due if reminder.key not in said]
        tx.mark_reminded((reminder.key for reminder in fresh), now)
        return owe(tx, _reminder_notices(fresh, office, tx, today), now)

    def _broken_promises(
        self, tx: View, office: Office, rules: Sequence[ReminderRule], today: date
    ) -> list[Reminder]:
        clocks = {clock.number: clock for clock in tx.open_clocks(date.max)}
        promised = tx.entries(PROMISED, list(clocks))
        return broken_promises(rules, clocks, promised, office.calendar, today)

    # --- Monday's digest ------------------------------------------------------------------------------

    def _digest(self, tx: Transaction, office: Office, now: datetime) -> int:
        """The week's first letter day; after an outage, the next one. A first start waits for Monday."""
        today = day_of(now)
        monday = today - timedelta(days=today.weekday())
        last = tx.note(_DIGEST)
        tx.set_note(_DIGEST, monday.isoformat())
        missed_days = (monday + timedelta(days=n) for n in range(today.weekday()))
        first_of_week = not any(office.calendar.is_letter_day(day) for day in missed_days)
        if last == monday.isoformat() or not (last or first_of_week):
            return 0
        clocks: dict[str, list[OpenClock]] = defaultdict(list)
        for clock in tx.open_clocks(date.max):
            clocks[clock.directorate].append(clock)
        notices = [
            self._digest_of(d, clocks[d.code], tx, office=office, today=today, monday=monday)
            for d in office.registry.directorates
            if d.manager
        ]
        return owe(tx, filter(None, notices), now)

    def _digest_of(
        self,
        directorate: Directorate,
        clocks: Sequence[OpenClock],
        tx: View,
        *,
        office: Office,
        today: date,
        monday: date,
    ) -> Notice | None:
        closed = tx.closed_count(directorate.code, istanbul(monday - timedelta(days=7)))
        if not clocks and not closed:
            return None
        days_until = {due: office.calendar.days_left(today, due) for due in {clock.due for clock in clocks}}
        left = [days_until[clock.due] for clock in clocks]
        listed = sorted(clocks, key=lambda clock: (clock.due, clock.number))[:MOST_LISTED]
        return Notice(
            key=f"{Occasion.DIRECTORATE_DIGEST}/{directorate.code}/{monday}",
            occasion=Occasion.DIRECTORATE_DIGEST,
            recipient=directorate.manager,
            about=tuple(clock.number for clock in listed),
            facts={
                "directorate": directorate.name,
                "open": len(clocks),
                "late": sum(days < 0 for days in left),
                "due_this_week": sum(0 <= days <= 4 for days in left),
                "closed_last_week": closed,
                "days_left": {clock.number: days_until[clock.due] for clock in listed},
                "more": max(0, len(clocks) - MOST_LISTED),
            },
        )

    # --- what waits for the office --------------------------------------------------------------------

    def _ask_office(self, tx: Transaction, office: Office, now: datetime) -> int:
        reviews = tx.reviews()
        held = tx.held_arrivals()
        untold = [telling for telling in tx.tellings() if telling.state is State.WAITING]
        today = day_of(now)
        unready = [row for row in unready_rows(tx) if row.opened < today]
        if not reviews and not held and not untold and not unready:
            return 0
        facts = {
            "reviews": _shown_reviews(reviews[:MOST_LISTED]),
            "more": max(0, len(reviews) - MOST_LISTED),
            "rows": _shown_rows(unready[:MOST_LISTED], office),
            "more_rows": max(0, len(unready) - MOST_LISTED),
            "held": len(held),
            "tellings": _shown_tellings(untold[:MOST_LISTED], office, tx, today),
            "more_tellings": max(0, len(untold) - MOST_LISTED),
        }
        is_late = any(telling.due(office.calendar) < today for telling in untold)
        manager = (office.registry.office_manager,) if is_late else ()
        notices = [
            Notice(
                key=f"{Occasion.OFFICE_REVIEW}/{address}/{today}",
                occasion=Occasion.OFFICE_REVIEW,
                recipient=address,
                facts=facts,
            )
            for address in dict.fromkeys((*office.registry.clerks, *manager))
        ]
        return owe(tx, notices, now)


def _shown_reviews(reviews: Sequence[Review]) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "number": review.number,
            "opened": day_of(review.opened_at),
            "subject": review.subject,
            "neighbourhood": review.neighbourhood,
            "reason": review.reason,
        }
        for review in reviews
    )


def _shown_rows(rows: Sequence[Unready], office: Office) -> tuple[dict[str, object], ...]:
    """New rows that lack something since a day before today."""
    return tuple(
        {
            "opened": row.opened,
            "subject": row.subject,
            "neighbourhood": row.told["neighbourhood"],
            "reason": row.lacks,
            "table": table_of(row, office) or "",
        }
        for row in rows
    )


def _shown_tellings(
    tellings: Sequence[Telling], office: Office, view: View, today: date
) -> tuple[dict[str, object], ...]:
    """Headmen whom somebody still has to tell, the longest waiting first."""
    requests = {str(r.number): r for r in view.requests_numbered([telling.number for telling in tellings])}
    return tuple(
        {
            "number": telling.number,
            "kind": telling.kind,
            "way": telling.way,
            "headman": request.headman,
            "neighbourhood": request.neighbourhood,
            "phone": phones_of(request, office.registry),
            "due": (due := telling.due(office.calendar)),
            "is_late": due < today,
        }
        for telling in tellings
        if (request := requests.get(telling.number)) is not None
    )


def _reminder_notices(reminders: Iterable[Reminder], office: Office, view: View, today: date) -> list[Notice]:
    """One letter per recipient for all reminders together, the most urgent first."""
    people: dict[str, _Addressee] = {}
    owed: dict[str, dict[str, Reminder]] = defaultdict(dict)
    for reminder in reminders:
        for addressee in _addressees(reminder, office, view, today):
            people.setdefault(addressee.address, addressee)
            owed[addressee.address][reminder.clock.number] = reminder
    return [_reminder_notice(people[address], list(mine.values()), today) for address, mine in owed.items()]


def _reminder_notice(addressee: _Addressee, reminders: list[Reminder], today: date) -> Notice:
    by_urgency = sorted(reminders, key=lambda reminder: (reminder.days_left, reminder.clock.number))
    listed = by_urgency[:MOST_LISTED]
    return Notice(
        key=f"{addressee.template}/{addressee.address}/{today}",
        occasion=addressee.template,
        recipient=addressee.address,
        recipient_name=addressee.name,
        about=tuple(reminder.clock.number for reminder in listed),
        facts={
            "days_left": {reminder.clock.number: reminder.days_left for reminder in listed},
            "more": len(by_urgency) - len(listed),
            "promised": {
                reminder.clock.number: reminder.promised for reminder in listed if reminder.promised
            },
        },
    )


def _addressees(reminder: Reminder, office: Office, view: View, today: date) -> list[_Addressee]:
    directorate = office.registry.directorate(reminder.clock.directorate)
    template = reminder.rule.template
    match reminder.rule.to:
        case "liaison" if directorate:
            return [_Addressee(address, name, template) for address, name in directorate.present_on(today)]
        case "directorate_manager" if directorate:
            return [_Addressee(directorate.manager, "", template)]
        case "office_manager":
            return [_Addressee(office.registry.office_manager, "", template)]
        case "office":
            return [_Addressee(address, "", template) for address in office.registry.clerks]
        case "headman":
            return _headman(reminder.clock, view, template)
        case _:
            return []


def _headman(clock: OpenClock, view: View, template: str) -> list[_Addressee]:
    request = view.request(clock.number)
    if request is None or not request.headman_email:
        return []
    return [_Addressee(request.headman_email, request.headman, template)]
