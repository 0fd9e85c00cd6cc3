"""A page's lines as they were printed: where Tesseract broke a row in two, the pieces are put together.

It does so where the paper bends or a shadow falls, now and then amid a word, and may read the right piece first.
"""

from collections.abc import Sequence

from daemon.domain.petition import Line, Word

_A_SPACE, _A_LETTER_S = 0.8, 0.2
"""So wide at most, in heights of a word, is the gap between a row's words, and between a word's letters."""
_TOUCHING = -0.15
"""Two boxes may overlap by so much of a word's height."""


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
