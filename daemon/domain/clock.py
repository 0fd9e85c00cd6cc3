"""Days and times of the office: everything people see is Europe/Istanbul, everything stored is UTC."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ISTANBUL = ZoneInfo("Europe/Istanbul")
WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")
MONTHS = (
    *("ocak", "subat", "mart", "nisan", "mayis", "haziran"),
    *("temmuz", "agustos", "eylul", "ekim", "kasim", "aralik"),
)
"""Folded, for they are only read: what is written has figures. Their first three letters tell them apart."""
ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
"""As programs and telephones that were never told of Turkish write them; where they begin like a Turkish month they are
the same one."""


def day_of(moment: datetime) -> date:
    """The calendar day in Istanbul on which ``moment`` (aware) falls."""
    return moment.astimezone(ISTANBUL).date()


def istanbul(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The given wall-clock time in Istanbul as aware UTC."""
    return datetime.combine(day, time(hour, minute), ISTANBUL).astimezone(UTC)


def show_day(day: date) -> str:
    """``gg.aa.yyyy``, as official letters write it."""
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def show_weekday(day: date) -> str:
    """``gg.aa.yyyy Pazartesi``: a day by which something must be done is kept by its weekday."""
    return f"{show_day(day)} {WEEKDAYS[day.weekday()]}"


def show_moment(moment: datetime) -> str:
    """``gg.aa.yyyy ss:dd`` in Istanbul."""
    local = moment.astimezone(ISTANBUL)
    return f"{show_day(local.date())} {local.hour:02d}:{local.minute:02d}"
