"""The words of a text: as written, folded, and in which sentence they stand."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from daemon.domain.text import fold, turkish_lower

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?;:•…]|\n\s*\n|\n")
_ABBREVIATED = re.compile(
    r"^(?:mah|mh|mahallesi|sok|sk|cad|cd|cadde|blv|bulv|no|apt|ap|tel|sn|dr|av|vb|vs|bk|md|mud|kat|d|t|c|tc|st)$"
)
_APOSTROPHES = "'’‘`´"
_REMEMBERED = 64
"""Texts whose words are kept: one text is looked at for places, for its addressee and for danger."""
_LINE = 55
"""A line shorter than this was ended by its writer, not by a mail program's wrapping."""


class Token(NamedTuple):
    """A word: ``marked`` keeps the Turkish letters in lower case, ``suffix`` is what stood after an apostrophe."""

    written: str
    folded: str
    marked: str
    start: int
    end: int
    sentence: int
    place: int
    suffix: str = ""


@lru_cache(maxsize=_REMEMBERED)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of ``text`` in order; what follows an apostrophe is an ending, not a word ("Yayla'da")."""
    text = unicodedata.normalize("NFC", text)
    found: list[Token] = []
    sentence, last_end = 0, 0
    for match in _WORD.finditer(text):
        before = text[last_end : match.start()]
        if (
            found
            and before in _APOSTROPHES
            and before
            and found[-1].written[-1].isalpha()
            and not found[-1].suffix
        ):
            found[-1] = found[-1]._replace(suffix=fold(match[0]))
            last_end = match.end()
            continue
        if found and before != " " and _breaks(text, found[-1], before, match.start()):
            sentence += 1
        word = match[0]
        folded, marked = _letters(word)
        found.append(Token(word, folded, marked, match.start(), match.end(), sentence, len(found)))
        last_end = match.end()
    return tuple(found)


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[str, str]:
    """Folded, and in lower case with its Turkish letters: the same few thousand words make up most texts."""
    return fold(word), turkish_lower(word)


def _breaks(text: str, last: Token, between: str, start: int) -> bool:
    """Whether a sentence ends between two words. "1023. Sokak", "Gül Sok. No: 4" and wrapped lines do not end one."""
    mark = _BREAK.search(between)
    if mark is None:
        return False
    if "\n" in between:
        if between.count("\n") > 1 or re.search(r"[.!?;:•\-*]", between):
            return True
        line_start = text.rfind("\n", 0, last.end) + 1
        return last.end - line_start < _LINE or (
            text[start].isupper() and text[start - 1] == "\n" and last.end - line_start < 70
        )
    if between.strip() == ":":
        return False
    if between.lstrip().startswith(".") and "!" not in between and "?" not in between:
        if last.written.isdigit() or _ABBREVIATED.match(last.folded):
            return False
        if ".." not in between and between == ".":  # "ornek.bel.tr"
            return text[start].isupper()
    return True
