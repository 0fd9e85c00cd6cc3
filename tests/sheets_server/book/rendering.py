"""Number formats: how a value is shown.

https://developers.google.com/workspace/sheets/api/guides/formats
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from tests.sheets_server.book import serial
from tests.sheets_server.book.locales import Locale

DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})
_DATE_TOKENS = re.compile(
    r"\"[^\"]*\"|\\.|\[h+\]|\[m+\]|\[s+\]|am/pm|a/p|AM/PM|A/P|y+|Y+|m+|M+|d+|D+|h+|H+|s+|S+|\.0+|.", re.DOTALL
)
_NUMBER_TOKENS = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]|[0#?.,]+|[eE][+-][0#?]+|%|@|.", re.DOTALL)


def general(number: float, locale: Locale) -> str:
    """How a number is shown that has no format: whole numbers in full, else ten significant digits."""
    if number == 0:
        return "0"
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
    return text.replace(".", locale.decimal)


def shown(value: str | float | bool, number_format: Mapping[str, Any] | None, locale: Locale) -> str:
    """The formatted value of a text, number or truth value."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        pattern = (number_format or {}).get("pattern")
        return _text(value, pattern) if pattern and "@" in pattern else value
    if not number_format:
        return general(float(value), locale)
    kind = str(number_format.get("type", "NUMBER"))
    pattern = str(number_format.get("pattern") or _default_pattern(kind, locale))
    if kind in DATE_TYPES or (not number_format.get("type") and is_date_pattern(pattern)):
        return _date(float(value), pattern, locale)
    if kind == "TEXT" or pattern in ("", "@", "General"):
        return general(float(value), locale)
    return _sections(float(value), pattern, locale)


def _default_pattern(kind: str, locale: Locale) -> str:
    return {
        "DATE": locale.date_pattern,
        "TIME": locale.time_pattern,
        "DATE_TIME": locale.date_time_pattern,
        "PERCENT": "0.00%",
        "CURRENCY": locale.currency_pattern,
        "SCIENTIFIC": "0.00E+00",
        "NUMBER": "#,##0.00",
    }.get(kind, "")


@lru_cache(maxsize=1024)
def is_date_pattern(pattern: str) -> bool:
    bare = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]", "", pattern)
    return bool(re.search(r"[yYdDhHsS]|m{1,5}|M{1,5}", bare)) and not re.search(r"[0#]{2}|[#%]", bare)


def _text(value: str, pattern: str) -> str:
    section = pattern.rsplit(";", maxsplit=1)[-1]
    return "".join(value if token == "@" else _literal(token) for token in _NUMBER_TOKENS.findall(section))


def _literal(token: str) -> str:
    """``[$₺-41F]`` is a currency's sign, with or without a locale; other brackets show nothing."""
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if token.startswith("_"):
        return " "
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    return "" if token.startswith(("[", "*")) else token


def _date(number: float, pattern: str, locale: Locale) -> str:
    tokens = _date_tokens(pattern)
    fraction = next((len(token) - 1 for token in tokens if token.startswith(".0")), 0)
    try:
        when = serial.moment(number, 10.0**-fraction)
    except OverflowError:
        return general(number, locale)
    half = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    return "".join(
        _date_part(token, tokens, index, when, number, half=half, locale=locale)
        for index, token in enumerate(tokens)
    )


@lru_cache(maxsize=1024)
def _date_tokens(pattern: str) -> tuple[str, ...]:
    return tuple(_DATE_TOKENS.findall(pattern))


def _date_part(
    token: str, tokens: tuple[str, ...], at: int, when: datetime, number: float, *, half: bool, locale: Locale
) -> str:
    first, size = token[0], len(token)
    if first in "yY":
        return f"{when.year:04d}" if size > 2 else f"{when.year % 100:02d}"
    if first in "dD":
        return _day(size, when, locale)
    if first in "hH":
        hour = (when.hour % 12 or 12) if half else when.hour
        return f"{hour:02d}" if size > 1 else str(hour)
    if first in "sS":
        return f"{when.second:02d}" if size > 1 else str(when.second)
    if first in "mM":
        if _is_minutes(tokens, at):
            return f"{when.minute:02d}" if size > 1 else str(when.minute)
        return _month(size, when, locale)
    if token.startswith("["):
        return _elapsed(token, number)
    if token.startswith(".0"):
        return locale.decimal + f"{when.microsecond:06d}"[: size - 1].ljust(size - 1, "0")
    if token.lower() == "am/pm":
        return "AM" if when.hour < 12 else "PM"
    if token.lower() == "a/p":
        return "A" if when.hour < 12 else "P"
    return _literal(token)


def _day(size: int, when: datetime, locale: Locale) -> str:
    if size > 2:
        return (locale.short_days if size == 3 else locale.days)[when.weekday()]
    return f"{when.day:02d}" if size == 2 else str(when.day)


def _month(size: int, when: datetime, locale: Locale) -> str:
    name = locale.months[when.month - 1]
    if size > 2:
        return {3: name[: locale.short], 5: name[0]}.get(size, name)
    return f"{when.month:02d}" if size == 2 else str(when.month)


def _elapsed(token: str, number: float) -> str:
    seconds = round(number * 86_400)
    unit = {"h": 3600, "m": 60, "s": 1}[token[1].lower()]
    return str(seconds // unit).zfill(len(token) - 2)


def _is_minutes(tokens: tuple[str, ...], at: int) -> bool:
    """``m`` means minutes after hours or before seconds; a capital M is always the month."""
    if tokens[at][0] == "M" or len(tokens[at]) > 2:
        return False
    before = next((token for token in reversed(tokens[:at]) if token[0] in "hHyYdDsS["), "")
    after = next((token for token in tokens[at + 1 :] if token[0] in "sSyYdDhH["), "")
    return before[:1] in ("h", "H", "[") or after[:1] in ("s", "S")


def _sections(number: float, pattern: str, locale: Locale) -> str:
    sections = _split_sections(pattern)
    if number < 0 and len(sections) > 1:
        return _numeric(-number, sections[1], locale)
    if number == 0 and len(sections) > 2:
        return _numeric(number, sections[2], locale)
    sign = "-" if number < 0 else ""
    text = _numeric(abs(number), sections[0], locale)
    return text if not re.search(r"[1-9]", text) and sign else sign + text


@lru_cache(maxsize=1024)
def _split_sections(pattern: str) -> tuple[str, ...]:
    return tuple(re.findall(r"((?:\"[^\"]*\"|\\.|[^;])*)(?:;|$)", pattern)[:-1]) or (pattern,)


def _numeric(number: float, section: str, locale: Locale) -> str:
    tokens = _NUMBER_TOKENS.findall(section)
    percent = tokens.count("%")
    number *= 100**percent
    exponent = next((token for token in tokens if re.fullmatch(r"[eE][+-][0#?]+", token)), None)
    parts: list[str] = []
    placed = False
    shown_exponent = 0
    digits = [token for token in tokens if re.fullmatch(r"[0#?.,]+", token) and re.search(r"[0#?]", token)]
    if exponent and number:
        shown_exponent = math.floor(math.log10(number))
        number /= 10.0**shown_exponent
    for token in tokens:
        if digits and token == digits[0] and not placed:
            parts.append(_digits(number, token, locale))
            placed = True
        elif token == exponent:
            sign = "-" if shown_exponent < 0 else ("+" if token[1] == "+" else "")
            parts.append(f"E{sign}{abs(shown_exponent):0{len(token) - 2}d}")
        elif token == "@":
            parts.append(general(number, locale))
        else:
            parts.append(_literal(token))
    return "".join(parts)


def _digits(number: float, token: str, locale: Locale) -> str:
    whole, _, fraction = token.partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    number /= 1000.0**thousands
    whole = whole.rstrip(",")
    places = len(re.sub(r"[^0#?]", "", fraction))
    text = f"{_half_up(number, places):.{places}f}"
    integer, _, decimals = text.partition(".")
    needed = fraction.count("0")
    while len(decimals) > needed and decimals.endswith("0"):
        decimals = decimals[:-1]
    least = whole.count("0")
    integer = integer.zfill(least) if integer != "0" or least else ""
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", locale.group, integer)
    dot = locale.decimal if decimals or (token.endswith(".") and not fraction) else ""
    return integer + dot + decimals


def _half_up(number: float, places: int) -> float:
    """Rounds halves away from zero, as spreadsheets do, and not to even."""
    scaled = number * 10.0**places
    if scaled > 1e15:
        return number
    return math.floor(scaled + 0.5 + 1e-9 * max(1.0, scaled) * 1e-3) / 10.0**places
