"""The values in structured messages: numbers, moments, positions, addresses. What cannot be read is no value."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

from daemon.domain.cells import read_day
from daemon.domain.clock import ENGLISH_MONTHS, ISTANBUL, MONTHS, day_of, istanbul
from daemon.domain.text import fold, one_line

LONGEST_NUMBER = 40
OLDEST_DAYS = 180
"""A date further back is a slip of the pen or an old case; its clock would have run out before it came."""

_MOST_ESCAPED = 3
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|p|br|div|span|strong|em|font|li|ul|ol)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:(?:basvuru|talep|kayit|muracaat|takip)\b[\s:.-]*(?:(?:no|nr|numarasi)\b[\s:.]*)?(?=\d)"
    r"|(?:no|nr|sayi)\s*[:.]?\s+|[#№:]+\s*|no:\s*)"
)
_BESIDE = re.compile(r"(?<=\d)\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
"""What stands in brackets behind a number: "2026/304 (Şikayet)"."""
_IN_WORDS = re.compile(r"[A-ZÇĞİÖŞÜ]{1,6}(?: \d[\d/.-]*)+|20\d\d \d+")
"""Blanks for separators: "MBS 2026 303"."""
_PADDED = re.compile(r"(?<=[/_-])(0\d*) (?=\d+$)")
"""A figure filled up with zeros and set apart: "2026/000 12"."""
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_NUMBER = re.compile(r"[0-9A-ZÇĞİÖŞÜ][0-9A-ZÇĞİÖŞÜ./_-]*")
_SEPARATORS = re.compile(r"[/._-]")
_TIME = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?\b")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:[T ]?([01]\d|2[0-3]):?([0-5]\d)(?::?[0-5]\d)?)?")
"""Figures alone, as programs hand days on: "20261008", "20261008143500"."""
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_SHORT_DAY = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?![\d./-])")
_WORDY = re.compile(r"(?<!\d)(\d{1,2})[\s./-]+([a-z]{3,9})[\s.,/-]+(20\d{2}|\d{2}(?![\d:.]))")
_AMERICAN = re.compile(r"(?<![a-z])([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(20\d{2})")
"""As programs that were never told of Turkish write it: "Oct 8, 2026"."""
_EPOCH = re.compile(r"1[4-9]\d{8}(?:\d{3})?")
"""Seconds or milliseconds since 1970, 2014 to 2033."""
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_SHORTEST_MONTH = 3
_PAIR = re.compile(r"(-?\d{1,3}[.,]\d{2,})\s*°?\s*[NnKk]?\s*[,;/ ]\s*(-?\d{1,3}[.,]\d{2,})")
_DECIMAL = re.compile(r"-?\d{1,3}[.,]\d{2,}")
_LABELLED = re.compile(r"-?\d{1,3}[.,]\d+")
_DEGREES = re.compile(
    r"(\d{1,2})\s*[°º]\s*(\d{1,2})\s*['’′]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″]|''|’’|′′))?"
)
"""Degrees, minutes and seconds, as maps and telephones also show a place."""
_LATITUDES, _LONGITUDES = (35.5, 42.5), (25.5, 45.0)
"""Türkiye; outside of it a position says nothing here."""
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+\.[^\s<>()\[\],;:\".]+")

Position = tuple[float, float]


def without_markup(text: str) -> str:
    """Words that a program escaped twice or took from a web page: no entities, no tags."""
    for _ in range(_MOST_ESCAPED):
        text = _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text
    return _TAG.sub("", _LINE_END.sub("\n", text)) if "<" in text else text


def read_number(text: str) -> str:
    """A system's own number as it is written (``"No: 2026 / 12"`` → ``"2026/12"``), ``""`` when it is none."""
    plain = one_line(text, 200)
    plain = plain[noise.end() :] if (noise := _NOISE.match(fold(plain))) else plain
    plain = _BESIDE.sub("", plain)
    plain = _PADDED.sub(r"\1", re.sub(r"\s*([/_-])\s*", r"\1", plain)).strip(" .,;:").upper()
    if re.fullmatch(r"\d+\.0+", plain):
        plain = plain.partition(".")[0]
    plain = plain.replace(" ", "-") if _IN_WORDS.fullmatch(plain) else plain
    if (
        len(plain) > LONGEST_NUMBER
        or not _NUMBER.fullmatch(plain)
        or not any(c in "123456789" for c in plain)
    ):
        return ""
    return plain


def number_key(number: str, system: str = "") -> str:
    """The form in which two spellings of one number are equal: ``2026-0309`` and ``2026/309``, ``000202`` and ``202``,
    ``20.261.306`` and ``20261306``.

    Excel drops leading zeros and some lists part thousands, so neither counts, nor does the ``system``'s own name
    before a number ("MBS-2026/302"). Any other letters belong to the number.
    """
    plain = number.replace(".", "") if _THOUSANDS.fullmatch(number) else number
    parts = [part.lstrip("0") or "0" if part.isdigit() else part for part in _SEPARATORS.split(plain)]
    initials = "".join(word[0] for word in fold(system).upper().split())
    return "/".join(parts[1:] if len(parts) > 1 and initials and parts[0] == initials else parts)


def number_in(remark: str) -> str:
    """The one number that a person's remark names ("MBS no 2026/703, telefonla soruldu"), else ``""``."""
    if whole := read_number(remark):
        return whole
    parts = [part.strip(".,;:()") for part in remark.split()]
    named = {
        number
        for part in parts
        if (number := read_number(part)) and len(re.findall(r"\d", part)) > 3 and not read_moment(part)
    }
    return named.pop() if len(named) == 1 else ""


def other_spellings(number: str) -> tuple[str, ...]:
    """The same number as another of the system's ways writes it: a mail says 2026/12, a list 2026-12."""
    found = (_SEPARATORS.sub(separator, number) for separator in "/-._")
    return tuple(spelling for spelling in found if spelling != number) if _SEPARATORS.search(number) else ()


def read_moment(text: str) -> datetime | None:
    """A day, perhaps with its time (aware UTC; midnight in Istanbul without one), or ``None``."""
    plain = one_line(text, 200)
    if _EPOCH.fullmatch(plain):
        return datetime.fromtimestamp(int(plain[:10]), UTC)
    if _ISO.match(plain):
        try:
            moment = datetime.fromisoformat(plain.replace(" ", "T", 1).split(" ")[0])
        except ValueError:
            pass
        else:
            return (moment if moment.tzinfo else moment.replace(tzinfo=ISTANBUL)).astimezone(UTC)
    day, rest = _day_in(plain)
    if day is None or not 1990 <= day.year <= 2099:
        return None
    at = _TIME.search(rest)
    clock = time(int(at[1]), int(at[2])) if at else time()
    return istanbul(day, clock.hour, clock.minute)


def _day_in(plain: str) -> tuple[date | None, str]:
    """The day, and what stands behind it."""
    if _SERIAL.fullmatch(plain):
        days, _, part = plain.partition(".")
        minutes = round(float(f"0.{part or 0}") * 24 * 60)
        return _EXCEL_DAY_ZERO + timedelta(days=int(days)), f" {minutes // 60 % 24:02d}:{minutes % 60:02d}"
    if found := _COMPACT.fullmatch(plain):
        return read_day("-".join(found.group(1, 2, 3))), f" {found[4]}:{found[5]}" if found[4] else ""
    if found := _DAY.search(plain):
        year_first = re.sub("[/.]", "-", found[0]) if found[0][:4].isdigit() else found[0]
        return read_day(year_first), plain[found.end() :]
    if found := _SHORT_DAY.search(plain):
        return read_day(f"{found[1]}.{found[3]}.20{found[4]}"), plain[found.end() :]
    folded = fold(plain)
    if found := _WORDY.search(folded):
        return _day_named(found[1], found[2], found[3]), folded[found.end() :]
    if found := _AMERICAN.search(folded):
        return _day_named(found[2], found[1], found[3]), folded[found.end() :]
    return None, ""


def _day_named(day: str, name: str, year: str) -> date | None:
    """``name`` is a month in Turkish or English, whole or begun ("Eki", "Oct")."""
    months = {
        n for names in (MONTHS, ENGLISH_MONTHS) for n, month in enumerate(names, 1) if month.startswith(name)
    }
    if len(name) < _SHORTEST_MONTH or len(months) != 1:
        return None
    try:
        return date(int(year[-2:]) + 2000, months.pop(), int(day))
    except ValueError:
        return None


def received(own: datetime | None, arrived: datetime) -> datetime | None:
    """When a request counts as received: its own moment unless that lies ahead or absurdly far back (``None``)."""
    if own is None or day_of(own) > day_of(arrived) or arrived - own > timedelta(days=OLDEST_DAYS):
        return None
    return min(own, arrived)


def read_position(text: str, latitude: str = "", longitude: str = "") -> Position | None:
    """Degrees north and east, from one text ("39,97; 32,86", "39°58'21"N …", a map's address) or two.

    Turned about is mended.
    """
    if latitude and longitude:
        north, east = _LABELLED.search(latitude), _LABELLED.search(longitude)
        pairs = [(north[0], east[0])] if north and east else []
        pairs = _in_degrees(f"{latitude} {longitude}") or pairs
    elif not (pairs := _in_degrees(text[:2_000])):
        pairs = [(found[1], found[2]) for found in _PAIR.finditer(text[:2_000])]
        if not pairs and len(parts := _DECIMAL.findall(text[:2_000])) == 2:
            pairs = [(parts[0], parts[1])]
    for one, other in pairs:
        first, second = float(one.replace(",", ".")), float(other.replace(",", "."))
        if _is_here(first, second):
            return first, second
        if _is_here(second, first):
            return second, first
    return None


def _in_degrees(text: str) -> list[tuple[str, str]]:
    found = [
        f"{int(degrees) + int(minutes) / 60 + float((seconds or '0').replace(',', '.')) / 3600:.6f}"
        for degrees, minutes, seconds in _DEGREES.findall(text)
    ]
    return [(found[0], found[1])] if len(found) == 2 else []


def _is_here(north: float, east: float) -> bool:
    return _LATITUDES[0] <= north <= _LATITUDES[1] and _LONGITUDES[0] <= east <= _LONGITUDES[1]


def read_address(text: str) -> str:
    """The one mail address in ``text``, in lower case, or ``""``."""
    found = {each.lower().rstrip(".") for each in _ADDRESS.findall(text[:2_000])}
    return found.pop() if len(found) == 1 and text.isascii() else ""


def read_phone(text: str) -> str:
    """The last ten figures of a telephone number, or ``""``."""
    figures = re.sub(r"\D", "", text)
    return figures[-10:] if 10 <= len(figures) <= 13 else ""
