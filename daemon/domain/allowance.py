"""How many letters one address may get an hour and a day: no loop of two machines runs for long (RFC 3834 § 2).

Only letters that answer a mail can be part of a loop; the others (referrals, reminders, lists) may be ten times
as many. What is over the limit waits, and nothing is lost by it. Urgent letters never wait, but count.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from daemon.domain.notice import Occasion
from daemon.domain.registry import same_address

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_UNASKED = 10
"""Times as many letters may go to an address without its having written."""
_ANSWERS = frozenset(
    {
        Occasion.HEADMAN_CONFIRMATION,
        Occasion.HEADMAN_CLOSURE,
        Occasion.HEADMAN_STATUS,
        Occasion.HEADMAN_INTERIM,
        Occasion.HEADMAN_REOPENED,
        Occasion.HEADMAN_TRANSFER,
        Occasion.LIAISON_THANKS,
        Occasion.LIAISON_QUESTION,
        Occasion.LIAISON_ANSWER,
    }
)
_NEVER_WAITS = frozenset({Occasion.LIAISON_URGENT})


@dataclass(frozen=True, slots=True)
class Limits:
    """Letters to one address; 0 for no limit."""

    hour: int = 0
    day: int = 0

    def __bool__(self) -> bool:
        return bool(self.hour or self.day)


class Allowance:
    """What every address has got within the last day, and when it may get more."""

    def __init__(self, limits: Limits, sent: Iterable[tuple[str, str, datetime]] = ()) -> None:
        """``sent``: (recipient, occasion, when) of the last day's letters, oldest first."""
        self._limits = limits
        self._sent: dict[tuple[str, bool], deque[datetime]] = defaultdict(deque)
        for recipient, occasion, when in sent:
            self._sent[_kind(recipient, occasion)].append(when)

    def note(self, recipient: str, occasion: str, now: datetime) -> None:
        """A letter goes now."""
        self._sent[_kind(recipient, occasion)].append(now)

    def wait_until(self, recipient: str, occasion: str, now: datetime) -> datetime | None:
        """When a letter may go; ``None``: at once."""
        if occasion in _NEVER_WAITS:
            return None
        kind = _kind(recipient, occasion)
        sent = self._sent[kind]
        while sent and sent[0] <= now - DAY:
            sent.popleft()
        times = 1 if kind[1] else _UNASKED
        waits = (
            sent[-limit * times] + window
            for limit, window in ((self._limits.hour, HOUR), (self._limits.day, DAY))
            if limit and len(sent) >= limit * times
        )
        return max((until for until in waits if until > now), default=None)


def _kind(recipient: str, occasion: str) -> tuple[str, bool]:
    return same_address(recipient), occasion in _ANSWERS
