"""Dates as serial numbers: days since 30 December 1899, the time of day as the fraction."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_DAY = 86_400


def of_date(day: date) -> int:
    return day.toordinal() - _EPOCH.toordinal()


def of_time(hours: int, minutes: int, seconds: float = 0) -> float:
    return (hours * 3600 + minutes * 60 + seconds) / _DAY


def moment(serial: float, smallest: float = 1) -> datetime:
    """The moment of a serial number, rounded to seconds (or to the ``smallest`` fraction shown)."""
    seconds = round(serial * _DAY / smallest) * smallest
    return _EPOCH + timedelta(seconds=seconds)
