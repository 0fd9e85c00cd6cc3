"""Google's quotas: so many reads and writes of Sheets a minute, for each user and for the project.

https://developers.google.com/workspace/sheets/api/limits: 60 a minute per user and 300 per project, reads and
writes apart, a batch counting as one call. Drive has its own, far wider.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.sheets_server.calls import Kind
from tests.sheets_server.errors import ApiError
from tests.sheets_server.wire import ERROR_INFO, Refusal

PROJECT = "projects/123456789012"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Calls a minute. ``retry_after`` seconds are told in the refusal's header, if any; Google tells none."""

    user_reads: int = 60
    user_writes: int = 60
    project_reads: int = 300
    project_writes: int = 300
    user_drive: int = 12_000
    retry_after: int | None = None


class Meter:
    """Counts the calls of the last minute and refuses those above the quota."""

    def __init__(self, quotas: Quotas | None) -> None:
        self.quotas = quotas
        self._spent: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def reset(self) -> None:
        """Forgets what was spent."""
        self._spent.clear()

    def spend(self, kind: Kind, user: str, now: datetime) -> None:
        """Counts one call, or refuses it; a refused call is not counted."""
        quotas = self.quotas
        if quotas is None:
            return
        if kind == "drive":
            if self._used((kind, user), now) >= quotas.user_drive:
                raise _drive_refusal(quotas)
            self._spent[kind, user].append(now)
        elif kind in {"read", "write"}:
            self._spend_sheets(kind, user, now, quotas)

    def _spend_sheets(self, kind: Kind, user: str, now: datetime, quotas: Quotas) -> None:
        reading = kind == "read"
        limits = (
            (user, quotas.user_reads if reading else quotas.user_writes, "PerMinutePerUser"),
            ("", quotas.project_reads if reading else quotas.project_writes, "PerMinutePerProject"),
        )
        for owner, limit, name in limits:
            if self._used((kind, owner), now) >= limit:
                raise _sheets_refusal(reading, limit, name, quotas)
        for owner, _, _ in limits:
            self._spent[kind, owner].append(now)

    def _used(self, key: tuple[str, str], now: datetime) -> int:
        spent = self._spent[key]
        while spent and now - spent[0] >= _MINUTE:
            spent.popleft()
        return len(spent)


def _sheets_refusal(reading: bool, limit: int, name: str, quotas: Quotas) -> ApiError:
    what = "Read" if reading else "Write"
    whose = "per minute per user" if name == "PerMinutePerUser" else "per minute"
    message = (
        f"Quota exceeded for quota metric '{what} requests' and limit '{what} requests {whose}' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{PROJECT.partition('/')[2]}'."
    )
    detail = {
        "@type": ERROR_INFO,
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "consumer": PROJECT,
            "quota_limit": f"{what}Requests{name}",
            "quota_limit_value": str(limit),
            "quota_location": "global",
            "quota_metric": f"sheets.googleapis.com/{what.lower()}_requests",
            "service": "sheets.googleapis.com",
        },
    }
    return Refusal(429, message, reason="rateLimitExceeded", details=[detail], headers=_wait(quotas))


def _drive_refusal(quotas: Quotas) -> ApiError:
    return Refusal(403, "User Rate Limit Exceeded", reason="userRateLimitExceeded", headers=_wait(quotas))


def _wait(quotas: Quotas) -> dict[str, str]:
    return {} if quotas.retry_after is None else {"Retry-After": str(quotas.retry_after)}
