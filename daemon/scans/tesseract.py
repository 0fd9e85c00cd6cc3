"""Reading a picture with Tesseract 5: words with their places, and a searchable page (see :mod:`.engine`)."""

from collections.abc import Iterator
from pathlib import Path

from daemon.domain.petitions.petition import Box, Line, Word
from daemon.scans.engine import engine
from daemon.scans.loading import DPI, Picture

_WORD = "5"
"""The level of a word's row in the TSV form."""


def read_lines(page: Picture, *, layout: int = 4, dpi: int = DPI, letters: str = "") -> tuple[Line, ...]:
    """The page's lines. ``layout`` is Tesseract's page segmentation mode: 4 a column of varying sizes, 6 a block,
    7 a single line; ``letters`` the only ones to be read, if any are given."""
    with engine().looking_at(page, layout=layout, dpi=dpi, letters=letters):
        return tuple(_lines(engine().table()))


def read_and_keep(page: Picture, target: Path) -> tuple[Line, ...]:
    """The page's lines, and a searchable page in ``target`` (a PDF), from one reading."""
    with engine().looking_at(page, layout=4, dpi=DPI):
        engine().write_pdf(target)
        return tuple(_lines(engine().table()))


def _lines(table: str) -> Iterator[Line]:
    """Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    words: list[Word] = []
    at: tuple[str, ...] = ()
    for row in table.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD or not (text := cells[11].strip()):
            continue
        place = tuple(cells[2:5])
        if place != at and words:
            yield Line(tuple(words))
            words = []
        at = place
        left, top, width, height = (int(cell) for cell in cells[6:10])
        box = Box(left, top, left + width, top + height)
        words.append(Word(text, max(0.0, float(cells[10])) / 100, box))
    if words:
        yield Line(tuple(words))
