"""Which reminders are owed on a day: what follows from the rules, the due dates and the calendar."""

from dataclasses import dataclass


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
