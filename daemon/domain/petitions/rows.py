"""A page's lines as they were printed: where Tesseract broke a row in two, the pieces are put together.

It does so where the paper bends or a shadow falls, now and then amid a word, and may read the right piece first. It
may also read a heading's upper row behind its lower ones, where these have another width.
"""

from collections.abc import Sequence
from statistics import median

from daemon.domain.petitions.petition import Line, Word
from daemon.domain.petitions.quality import without_noise, without_scrawl

_A_SPACE, _A_LETTER_S = 1.2, 0.2
"""So wide at most, in heights of a word, is the gap between a row's words (a letter may be lost in it, under a
streak), and between a word's letters."""
_TOUCHING = -0.15
"""Two boxes may overlap by so much of a word's height."""
_INTO = 0.3
"""By so much of its height a row may reach into the one below, where the paper bends."""


def as_printed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's rows from the lines that Tesseract read: whole, in order, without what is no print."""
    return in_order(unbroken(without_scrawl(without_noise(lines))))


def unbroken(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with broken ones mended; a mended line stands where its first piece stood."""
    onward: dict[int, int] = {}
    for left, line in enumerate(lines):
        taken = set(onward.values())
        rest = (
            n for n, other in enumerate(lines) if n not in taken and _go_on(line.words[-1], other.words[0])
        )
        if (right := next(rest, None)) is not None:
            onward[left] = right
    rows = {}
    for start in set(range(len(lines))) - set(onward.values()):
        row, first, at = lines[start], start, start
        while (next_one := onward.get(at)) is not None:
            row, first, at = _mended(row, lines[next_one]), min(first, next_one), next_one
        rows[first] = row
    return tuple(rows[place] for place in sorted(rows))


def in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with each before those that stand below it. Lines side by side stay as they are, so columns do; but a
    line that has nothing beside it goes before all that stands below, as a signature does at the right."""
    placed: list[Line] = []
    for line in lines:
        below = (n for n, other in enumerate(placed) if _stands_above(line, other))
        placed.insert(next(below, _behind(placed, line)), line)
    return tuple(placed)


def _behind(placed: Sequence[Line], line: Line) -> int:
    """Behind all that was read before, or, where none of that is level with the line, before what ends it below."""
    top, bottom = _height_of(line)
    spans = [_height_of(other) for other in placed]
    at = len(placed)
    if not any(min(bottom, ends) > max(top, begins) for begins, ends in spans):
        while at and spans[at - 1][0] >= bottom:
            at -= 1
    return at


def _stands_above(upper: Line, lower: Line) -> bool:
    if min(upper.box.right, lower.box.right) <= max(upper.box.left, lower.box.left):
        return False
    (top, bottom), (begins, _) = _height_of(upper), _height_of(lower)
    return (top + bottom) / 2 < begins and bottom - begins <= _INTO * (bottom - top)


def _height_of(line: Line) -> tuple[float, float]:
    """From where to where most of its words reach: one may be a stamp's piece."""
    return median(word.box.top for word in line.words), median(word.box.bottom for word in line.words)


def _go_on(last: Word, first: Word) -> bool:
    """Whether a row goes on from one word to the other, which ends farther right: no row goes round."""
    if first.box.right <= last.box.right:
        return False
    high = min(last.box.height, first.box.height)
    level = min(last.box.bottom, first.box.bottom) - max(last.box.top, first.box.top) > 0.5 * high
    return level and _TOUCHING * high <= first.box.left - last.box.right <= _A_SPACE * high


def _mended(left: Line, right: Line) -> Line:
    last, first = left.words[-1], right.words[0]
    high = min(last.box.height, first.box.height)
    if first.box.left - last.box.right > _A_LETTER_S * high or not (last.text + first.text).isalpha():
        return Line((*left.words, *right.words))
    confidence = min(last.confidence, first.confidence)
    whole = Word(last.text + first.text, confidence, last.box.joined(first.box))
    return Line((*left.words[:-1], whole, *right.words[1:]))
