"""Which day is meant at the latest by "yarın", "haftaya", "3 gün içinde": to ask on the day after, not to hold to it.

On folded text. What is vaguer ("birkaç gün içinde", "ay ortasında") names no day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from daemon.domain.clock import MONTHS, WEEKDAYS
from daemon.domain.text import fold

DAYS = tuple(map(fold, WEEKDAYS))
COUNTS = {
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "on": 10, "onbes": 15, "on bes": 15,
    "yirmi": 20,
}  # fmt: skip
_WITHIN = re.compile(rf"(\d{{1,2}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))}) (is )?(gun|hafta|ay)")
_WEEK = 7


def latest(words: str, today: date) -> date | None:
    """``words``: one such expression, folded."""
    monday = today - timedelta(days=today.weekday())
    if words == "yarin":
        return today + timedelta(days=1)
    if within := _WITHIN.match(words):
        return _within(*within.groups(), today=today)
    weekday = next((n for n, name in enumerate(DAYS) if re.search(rf"\b{name}\b", words)), None)
    if weekday is not None:
        begins = monday + timedelta(days=_WEEK) if words.startswith("haftaya") else today + timedelta(days=1)
        return begins + timedelta(days=(weekday - begins.weekday()) % _WEEK)
    if month := next((n for n, name in enumerate(MONTHS, 1) if words.startswith(name)), 0):
        return _month_end(today.year + (month < today.month), month)
    if re.match(r"(?:gelecek|onumuzdeki) ay", words):
        return _month_end(today.year + today.month // 12, today.month % 12 + 1)
    if words.startswith("ay sonu"):
        return _month_end(today.year, today.month)
    if words.startswith("hafta sonu"):
        return monday + timedelta(days=_WEEK - 1)
    if words.startswith("hafta basi"):
        return monday + timedelta(days=_WEEK)
    if re.match(r"haftaya|(?:gelecek|onumuzdeki) hafta", words):
        return monday + timedelta(days=2 * _WEEK - 1)
    return None


def _within(count: str, business: str | None, unit: str, *, today: date) -> date:
    number = int(count) if count.isdigit() else COUNTS[count]
    days = {"gun": 1, "hafta": _WEEK, "ay": 31}[unit] * number
    return today + timedelta(days=-(-days * _WEEK // 5) if business else days)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
