"""USER_ENTERED: what a text means when it is typed into a cell, by the spreadsheet's locale.

Recorded answers of the real service that this follows: ``007`` is 7; ``1-2`` is a date shown ``m-d``;
``2026-09-05`` keeps its own pattern; ``$100.15`` becomes a currency; an apostrophe in front keeps text as text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.sheets_server.book import serial
from tests.sheets_server.book.locales import Locale
from tests.sheets_server.book.model import Formula, Json, Value

_URL = re.compile(r"(?:https?://|ftp://|mailto:|www\.)[^\s]+\.[^\s]+", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*([AaPp][Mm])?")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_PARTS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{2}|\d{4}))?")
_NAMED = re.compile(r"(\w+\.?)([ -])(\w+\.?)(?:(,? |,|-)(\d{4}))?")
_CURRENCY = "$₺€£¥"


@dataclass(frozen=True, slots=True)
class Entered:
    """A value, with the number format that typing it suggests and the link that it makes."""

    value: Value
    number_format: Mapping[str, str] | None = None
    link: str | None = None


def entered(text: str, locale: Locale, *, as_text: bool = False, this_year: int | None = None) -> Entered:
    """``as_text``: the cell is formatted as plain text, where nothing is interpreted."""
    if text == "":
        return Entered(None)
    if as_text:
        return Entered(text)
    if text.startswith("'"):
        return Entered(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Entered(Formula(text))
    stripped = text.strip()
    if stripped.upper() in locale.true:
        return Entered(True)
    if stripped.upper() in locale.false:
        return Entered(False)
    year = this_year or datetime.now(UTC).year
    return (
        _number(stripped, locale)
        or _moment(stripped, locale, year)
        or (Entered(Formula("=" + text)) if text.startswith("+") and len(text) > 1 else None)
        or (Entered(text, link=_target(stripped)) if _URL.fullmatch(stripped) else Entered(text))
    )


def _target(text: str) -> str:
    return f"http://{text}" if text.lower().startswith("www.") else text


def _number(text: str, locale: Locale) -> Entered | None:
    sign, body = 1.0, text
    if body.startswith("(") and body.endswith(")"):
        sign, body = -1.0, body[1:-1]
    if body[:1] in "+-" and body[:1]:
        sign = -sign if body[0] == "-" else sign
        body = body[1:].lstrip()
    percent = body.endswith("%")
    body = body[:-1].rstrip() if percent else body
    body, currency = _without_currency(body)
    if body[:1] == "-" and currency:
        sign, body = -sign, body[1:]
    parsed = _plain(body, locale)
    if parsed is None or (percent and currency):
        return None
    number, grouped, places = parsed
    number *= sign
    if percent:
        return Entered(number / 100, {"type": "PERCENT", "pattern": "0.00%" if places else "0%"})
    if currency:
        pattern = locale.currency_pattern.replace(locale.currency, currency)
        return Entered(
            number, {"type": "CURRENCY", "pattern": pattern if places else pattern.replace(".00", "")}
        )
    if grouped:
        return Entered(number, {"type": "NUMBER", "pattern": "#,##0.00" if places else "#,##0"})
    if "E" in body.upper():
        return Entered(number, {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    return Entered(number)


def _without_currency(body: str) -> tuple[str, str]:
    if body[:1] in _CURRENCY and body[:1]:
        return body[1:].lstrip(), body[0]
    if body[-1:] in _CURRENCY and body[-1:]:
        return body[:-1].rstrip(), body[-1]
    for word in ("TL", "TRY"):
        if body.upper().endswith(" " + word):
            return body[: -len(word)].rstrip(), "₺"
    return body, ""


def _plain(body: str, locale: Locale) -> tuple[float, bool, int] | None:
    """The number, whether it was grouped, and its decimal places."""
    group, decimal = re.escape(locale.group), re.escape(locale.decimal)
    match = re.fullmatch(rf"(\d{{1,3}}(?:{group}\d{{3}})+|\d+)?(?:{decimal}(\d*))?(?:[eE]([+-]?\d+))?", body)
    if not match or not (match[1] or match[2]):
        return None
    whole, fraction, exponent = match[1] or "0", match[2] or "", match[3] or "0"
    number = float(f"{whole.replace(locale.group, '')}.{fraction or '0'}e{exponent}")
    if number == float("inf"):
        return None
    return number, locale.group in whole, len(fraction)


def _moment(text: str, locale: Locale, year: int) -> Entered | None:
    clock = _time(text)
    if clock is not None:
        return Entered(clock[0], {"type": "TIME", "pattern": _time_pattern(clock[1], locale)})
    found = _date(text, locale, year)
    if found is not None:
        return Entered(float(found[0]), {"type": "DATE", "pattern": found[1]})
    day_text, _, time_text = text.partition(" ")
    found, clock = _date(day_text, locale, year), _time(time_text.strip())
    if found is None or clock is None:
        return None
    pattern = f"{found[1]} {_time_pattern(clock[1], locale)}"
    return Entered(found[0] + clock[0], {"type": "DATE_TIME", "pattern": pattern})


def _time(text: str) -> tuple[float, Json] | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds, fraction, half = match.groups()
    hour = int(hours)
    if int(minutes) > 59 or int(seconds or 0) > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    value = serial.of_time(hour, int(minutes), float(f"{seconds or 0}.{fraction or 0}"))
    return value, {
        "seconds": seconds is not None,
        "half": bool(half),
        "long": hour > 23,
        "padded": hours[0] == "0" and len(hours) == 2,
    }


def _time_pattern(shape: Json, locale: Locale) -> str:
    if shape["long"]:
        return "[h]:mm:ss"
    hours = "hh:mm" if shape["padded"] else "h:mm"
    return hours + (":ss" if shape["seconds"] else "") + (" am/pm" if shape["half"] else "")


def _date(text: str, locale: Locale, year: int) -> tuple[int, str] | None:
    iso = _ISO.fullmatch(text)
    if iso:
        mark = iso[2]
        pattern = f"yyyy{mark}mm{mark}dd" if len(iso[3]) == 2 else f"yyyy{mark}m{mark}d"
        return _serial(int(iso[1]), int(iso[3]), int(iso[4]), pattern)
    match = _PARTS.fullmatch(text)
    if match and match[2] in locale.date_separators:
        return _ordered_date(match, locale, year)
    return _named_date(text, locale, year)


def _ordered_date(match: re.Match[str], locale: Locale, year: int) -> tuple[int, str] | None:
    first, mark, second, last = match.groups()
    day, month = (first, second) if locale.date_order == "dmy" else (second, first)
    if len(day) > 2 or len(month) > 2:
        return None
    parts = {"d": "dd" if len(day) == 2 else "d", "m": "mm" if len(month) == 2 else "m"}
    order = [parts[letter] for letter in locale.date_order if letter != "y"]
    if last is None:
        return _serial(year, int(month), int(day), mark.join(order)) if mark != "." else None
    full = int(last) if len(last) == 4 else 2000 + int(last) - (100 if int(last) >= 50 else 0)
    return _serial(full, int(month), int(day), mark.join([*order, "y" * len(last)]))


def _named_date(text: str, locale: Locale, year: int) -> tuple[int, str] | None:
    """``5 Aralık 2026``, ``December 5, 2026``, ``5 Dec``, ``5-Ara-2026``: shown as it was typed."""
    match = _NAMED.fullmatch(" ".join(text.split()))
    if not match:
        return None
    first, mark, second, before_year, last = match.groups()
    day_first = first.isascii() and first.isdigit()
    day, word = (first, second) if day_first else (second, first)
    found = _month(word, locale)
    if found is None or not (day.isascii() and day.isdigit() and len(day) <= 2):
        return None
    if (before_year is not None and (mark == "-") != (before_year == "-")) or (mark == "-" and not day_first):
        return None
    parts = ["d" * len(day), found[1]]
    pattern = mark.join(parts if day_first else reversed(parts)) + (f"{before_year}yyyy" if last else "")
    return _serial(int(last or year), found[0], int(day), pattern)


def _month(word: str, locale: Locale) -> tuple[int, str] | None:
    """The month that a word names, and the pattern that names it so."""
    folded = word.rstrip(".").casefold().replace("i̇", "i")
    for number, name in enumerate(locale.months, start=1):
        if folded == name.casefold():
            return number, "mmmm"
        if folded == name[: locale.short].casefold():
            return number, "mmm"
    return None


def _serial(year: int, month: int, day: int, pattern: str) -> tuple[int, str] | None:
    try:
        return serial.of_date(date(year, month, day)), pattern
    except ValueError:
        return None
