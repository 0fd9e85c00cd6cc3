"""Cells as values: what counts as the same, and what a person may have meant.

A change of format is not an edit: ``5`` and ``5.0``, a date and the same date typed as text, text with other
blanks are alike. What cannot be read stays as it was typed.
"""

import re
from datetime import date, datetime

from daemon.domain.clock import MONTHS, show_day
from daemon.domain.sheet import CellValue, Shape
from daemon.domain.text import fold, tidy

_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})[\s./-]+([^\W\d_]+|\d{1,2})[\s./-]+(20\d{2}|\d{2})")
_ERROR = re.compile(
    r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|ERROR!|SPILL!|CALC!|BAŞV!|SAYI/0!|DEĞER!|AD\?|YOK|SAYI!|BOŞ!)|Err:\d+"
)
"""What Excel, LibreOffice and Google show for a formula that failed, in English and Turkish."""
_TRUE = frozenset(
    {"x", "e", "evet", "tamam", "tm", "ok", "true", "dogru", "1", "+", "✓", "✔", "☑", "✅"}
    | {"girildi", "girdim", "yazildi", "bildirildi", "bildirdim", "arandi", "aradim", "soylendi", "soyledim"}
    | {"iletildi", "ilettim", "haber verildi", "haber verdim", "yapildi"}
)
_MARKS_AROUND = " .!,;\ufe0e\ufe0f"
"""Variation selectors: a telephone writes ✔ with one behind it."""


def normal(value: CellValue, shape: Shape = Shape.TEXT) -> CellValue:
    """The one form of a cell's value: ``None`` for empty, text tidied, days as :class:`date`."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case datetime():
            return value.date()
        case date():
            return value
        case float() if value.is_integer():
            value = int(value)
        case _:
            pass
    if shape is Shape.DATE and isinstance(value, str):
        return read_day(value) or _day_in_words(value) or tidy(value) or None
    if shape in {Shape.NUMBER, Shape.TICK}:
        return value if not isinstance(value, str) else _number(value)
    return (tidy(str(value)) or None) if isinstance(value, str) else _plain(value)


def text_of(value: CellValue) -> str:
    """What a cell says, as text; an empty one says nothing."""
    found = normal(value)
    return "" if found is None else str(found)


def _number(text: str) -> CellValue:
    text = tidy(text)
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else text or None


def _plain(value: int | float) -> str:
    """A number in a column of texts is the text that the person sees there."""
    return str(value)


def read_day(text: str) -> date | None:
    """A day typed as text (``8.12.2026``, ``2026-12-08``), or ``None``."""
    found = _DAY.fullmatch(text.strip().split(" ")[0])
    if not found:
        return None
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        return date(int(iso_year or year), int(iso_month or month), int(iso_day or day))
    except ValueError:
        return None


def _day_in_words(text: str) -> date | None:
    """A day as people also write it: ``8 Aralık 2026``, ``8.12.26``, ``8. 12. 2026``."""
    found = _WORDS.fullmatch(text.strip())
    if not found:
        return None
    day, month, year = found.groups()
    number = (
        int(month)
        if month.isdigit()
        else 1 + next((n for n, name in enumerate(MONTHS) if name == fold(month)), 12)
    )
    try:
        return date(2000 + int(year) % 100, number, int(day))
    except ValueError:
        return None


def same(one: CellValue, other: CellValue) -> bool:
    """Whether a person would see no difference (blanks and line ends apart)."""
    if one == other and type(one) is type(other):
        return True
    return _seen(one) == _seen(other)


def _seen(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case datetime():
            return show_day(value.date())
        case date():
            return show_day(value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return " ".join(str(value).split())


def is_ticked(value: CellValue) -> bool:
    """Whether a tick column says yes ("x", "Evet", TRUE, ✓, "aradım", or the day on which it was done)."""
    if value is True or isinstance(value, date):
        return True
    seen = fold(_seen(value)).strip(_MARKS_AROUND)
    return seen in _TRUE or _DAY.fullmatch(seen) is not None


def is_error(value: CellValue) -> bool:
    """Whether the cell shows a formula's error (``#REF!``, ``#YOK``) and nothing that a person typed."""
    return isinstance(value, str) and _ERROR.fullmatch(value.strip()) is not None
