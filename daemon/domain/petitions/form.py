"""The printed petition form: where things stand on it (millimetres on A4), what its code says, what ticks mean.

Drawing and reading back share this one description. The code names the neighbourhood, the form's own number and a sum
of the list of subjects: a form printed before the list was changed is not misread, a person looks at it.
"""

import re
import zlib
from collections.abc import Iterable, Sequence

from daemon.domain.petitions.petition import FORM_CODE, Box, FormCode
from daemon.domain.routing.values import Category

WIDTH, HEIGHT = 210.0, 297.0
PIXELS = 8
"""To the millimetre, of the form laid straight."""
MARK = 6.0
"""Side of the black squares in the corners, by which a photograph is laid straight."""
MARKS = ((12.0, 12.0), (192.0, 12.0), (192.0, 279.0), (12.0, 279.0))
"""Left and top of each."""
QR = (154.0, 22.0, 34.0)
"""Left, top, side."""
TICK = 5.0
_COLUMNS, _FIRST_ROW, _ROW = (16.0, 78.0, 140.0), 92.0, 7.4
MOST_SUBJECTS = 30
LABEL = 54.0
"""Room for a subject's words."""
WRITING = (16.0, 176.0, 178.0, 74.0)
"""Left, top, width, height of the box for handwriting."""


LIST_UNKNOWN = ""
"""The list's sum, of a form whose code could not be read: the printed words beside the ticks must tell."""
_NUMBER = re.compile(r"\b(\d{6})\s?[-–—]\s?([A-Z2-9]{5})\b")


def number_in(text: str) -> str:
    """The number that is printed below the code; empty when there is none."""
    found = _NUMBER.search(text.upper())
    return f"{found[1]}-{found[2]}" if found else ""


def read_code(text: str) -> FormCode | None:
    """``None`` for any other code."""
    found = re.fullmatch(rf"{FORM_CODE}:1:([A-Z0-9-]+):([0-9a-f]{{8}}):(.+)", text)
    return FormCode(found[3], found[1], found[2]) if found else None


def subjects_of(categories: Iterable[Category]) -> tuple[str, ...]:
    """The subjects to choose from: the first ones of every directorate in turn, as the mappings list them."""
    by_directorate: dict[str, list[str]] = {}
    for category in categories:
        by_directorate.setdefault(category.directorate or category.external_body, []).append(category.name)
    rounds = max((len(names) for names in by_directorate.values()), default=0)
    ordered = [names[n] for n in range(rounds) for names in by_directorate.values() if n < len(names)]
    return tuple(ordered[:MOST_SUBJECTS])


def sum_of(subjects: Sequence[str]) -> str:
    return f"{zlib.crc32(chr(10).join(subjects).encode()):08x}"


def tick_place(n: int) -> tuple[float, float]:
    """Left and top of the ``n``-th box."""
    row, column = divmod(n, len(_COLUMNS))
    return _COLUMNS[column], _FIRST_ROW + row * _ROW


def label_place(n: int) -> tuple[float, float, float, float]:
    """Left, top, width, height of the words beside the ``n``-th box."""
    left, top = tick_place(n)
    return left + TICK + 1.0, top - 0.8, LABEL, TICK + 1.6


def in_pixels(left: float, top: float, width: float, height: float) -> Box:
    """A place on the form laid straight."""
    return Box(*(round(side * PIXELS) for side in (left, top, left + width, top + height)))
