"""``make bench BENCH=letters``: what is read from petitions whose every letter is known, as if OCR made no mistakes.

It tells how well fields are found however headmen lay out and word a letter; ``scans`` tells how well pages are read.
``held`` is a realistic mixture of which only totals are looked at, ``odd`` the letters of those who use no template.
"""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from daemon.app import App
from daemon.domain.petitions.petition import Box, Condition, Line, Page, Word
from daemon.domain.petitions.phones import digits_of
from daemon.domain.petitions.reading import scan_json
from daemon.domain.text import fold
from daemon.settings import example_settings

LETTERS = Path(__file__).parent.parent / "scans" / "letters"
_FIELDS = ("neighbourhood", "headman", "date", "subject", "phone")
_CAME = date(2026, 11, 30)
_LETTER, _LEFT, _TOP, _LOWEST, _PITCH = 14, 150, 165, 2_265, 45
_ABOUT = re.compile(r"\W*(?:h[kl]|hakkinda)?\W*$")


def main() -> None:
    with App.open(example_settings()) as app:
        for name in ("plain", "odd", "held"):
            letters = [json.loads(line) for line in (LETTERS / f"{name}.jsonl").read_text().splitlines()]
            tally = Counter[str]()
            for letter in letters:
                found = scan_json([_printed(letter["lines"])], app.office, _CAME)
                _count(tally, letter, found["petitions"], app)
            _tell(name, tally)


def _printed(lines: list[str]) -> Page:
    """A page in a typewriter's letters; blanks are as wide as they are many."""
    pitch = min(_PITCH, (_LOWEST - _TOP) // max(1, len(lines)))
    rows = [
        tuple(
            Word(
                found[0],
                0.95,
                Box(_LEFT + _LETTER * found.start(), top, _LEFT + _LETTER * found.end() - 4, top + 28),
            )
            for found in re.finditer(r"\S+", text)
        )
        for text, top in zip(lines, range(_TOP, _TOP + pitch * len(lines), pitch), strict=False)
    ]
    return Page(1, Condition.READ, tuple(Line(words) for words in rows if words), 1654, 2339)


def _count(tally: Counter[str], letter: dict[str, Any], petitions: Any, app: App) -> None:
    tally["letters"] += 1
    if len(petitions) != 1:
        return
    (petition,) = petitions
    for name in _FIELDS:
        read = petition["fields"][name]
        right = _is_right(name, letter.get(name) or "", read["value"] or "")
        tally[name] += right
        tally["sure"] += read["sure"]
        tally["surely wrong"] += read["sure"] and not right
    registry = app.office.registry
    wanted = [body.name if (body := registry.external_body(n)) else n for n in letter["directorates"]]
    named = [who.removesuffix(" Müdürlüğü") for who in petition["directorates"] if who]
    tally["first addressee"] += bool(named) and named[0] == wanted[0]
    tally["filed"] += not petition["review"]
    tally["filed right"] += not petition["review"] and set(named) <= set(wanted)


def _is_right(name: str, wanted: str, read: str) -> bool:
    if name == "phone":
        return digits_of(wanted) == digits_of(read)
    if name == "subject":  # a letter without one may be given any
        return not wanted or _ABOUT.sub("", fold(wanted)) == _ABOUT.sub("", fold(read))
    return wanted == read


def _tell(name: str, tally: Counter[str]) -> None:
    count = tally["letters"]
    shares = ", ".join(
        f"{field} {tally[field] / count:.1%}" for field in (*_FIELDS, "first addressee", "filed")
    )
    print(f"{name:6} {count} letters: {shares}")
    print(
        f"       surely wrong {tally['surely wrong']} of {tally['sure']} fields;"
        f" right among the filed {tally['filed right']} of {tally['filed']}"
    )
