"""The office as the decisions need it: its register, calendar, router and terms, at one moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from daemon.domain.clock import day_of
from daemon.domain.deadline import BusinessCalendar, Due, Term
from daemon.domain.registry import Directorate, Registry
from daemon.domain.request import Request
from daemon.domain.routing.router import Router
from daemon.domain.structured.sources import SourceRule


@dataclass(frozen=True, slots=True)
class Office:
    """Everything ``mappings.yaml`` says, ready for use. Replaced as a whole when the file changes."""

    registry: Registry
    calendar: BusinessCalendar
    router: Router
    term_for: Callable[[str, str], Term]
    """(category, channel) → the term that applies."""
    sources: tuple[SourceRule, ...] = ()
    """How structured mails and lists of other systems are recognised and read."""

    def due(self, category: str, channel: str, start: date) -> Due:
        return self.calendar.due(start, self.term_for(category, channel))

    def home(self) -> Directorate | None:
        """The office's own directorate, which follows requests addressed to bodies outside."""
        return self.registry.directorate(self.registry.home_directorate)

    def days_left(self, request: Request, now: datetime) -> int | None:
        """Business days until the due date (negative when late); ``None`` without a clock."""
        if request.due is None or not request.is_open:
            return None
        return self.calendar.days_left(day_of(now), request.due)
