"""Which lines of a page are worth a second, closer look, and what to believe when they have been read again.

A figure misread leaves no trace in spelling, so dates and telephone numbers are believed when readings at different
sizes agree, or the only one is very sure. Where they differ the likeliest is kept, and a person is shown the spot.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

from daemon.domain.answers.heads import fold_aligned
from daemon.domain.petitions.dates import SURE_DIGITS, dates_in
from daemon.domain.petitions.lines import LABEL, Part, Placed, lay_out, names_subject
from daemon.domain.petitions.petition import Box, Line, Page, Word, around
from daemon.domain.petitions.phones import SURE_PHONE, number_starts, phones_in
from daemon.domain.petitions.quality import HOPELESS, worth

_SURE_SUBJECT = 0.93
_DISPUTED = 0.75
"""A subject of which no two readings agree is believed no more than this."""
_CLEAR = 0.8
_MOST = 0.97
"""Nothing read is surer than this, however often."""
_NO_CHANCE = 8
"""Dust and stamps are not read twice as the same so many letters."""
_DATE_LIKE = re.compile(
    r"(?<!\d)[\doOlI]{1,2}\W{1,3}[\doOlI]{1,2}\W{1,3}[\doOlI]{3,4}\b|\d{2}\W?\d{2}\W?20\d\d|\b20[2-5]\d\b"
)
_NUMBER_LABEL = re.compile(r"\b(?:tel|telefon|telefonu|gsm|cep|irtibat|tlf)\b(?:\s*no)?\W*")
_IDENTITY = re.compile(r"\bt\W?\s?c\b|\bkimlik")
_DATED = {Part.LETTERHEAD, Part.LABEL, Part.ADDRESSEE, Part.SIGNATURE, Part.CONTACT}


class Sought(StrEnum):
    """What is looked for in a line."""

    DATE = "date"
    PHONE = "phone"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Doubt:
    """The line at ``place`` among the page's, and what of it is in doubt; ``value`` is where that stands, if known."""

    place: int
    sought: Sought
    value: Box | None = None


def doubtful(page: Page) -> Iterator[Doubt]:
    """What a closer look may mend."""
    for n, line in enumerate(lay_out([page])):
        if line.part in {Part.REFERENCE, Part.BODY}:
            continue
        if line.part in _DATED and (doubt := _date_in_doubt(n, line)):
            yield doubt
        if doubt := _phone_in_doubt(n, line):
            yield doubt
        label = LABEL.match(line.folded)
        if label and names_subject(label["label"]) and line.confidence(label.start("value")) < _SURE_SUBJECT:
            yield Doubt(n, Sought.SUBJECT)


def _date_in_doubt(n: int, line: Placed) -> Doubt | None:
    found = next(iter(dates_in(line.text)), None)
    if found is not None:
        start, end, _ = found
        if line.confidence(start, end) >= SURE_DIGITS:
            return None
        return Doubt(n, Sought.DATE, line.spot(start, end).box)
    label = LABEL.match(line.folded)
    if label is not None and "tarih" in label["label"]:
        return Doubt(n, Sought.DATE, line.spot(label.start("value")).box)
    return Doubt(n, Sought.DATE, line.box) if _DATE_LIKE.search(line.text) else None


def _phone_in_doubt(n: int, line: Placed) -> Doubt | None:
    found = next(iter(phones_in(line.text)), None)
    if found is not None:
        start, end, _ = found
        if line.confidence(number_starts(line.text, start, end), end) >= SURE_PHONE:
            return None
        return Doubt(n, Sought.PHONE, line.spot(start, end).box)
    if sum(c.isdigit() for c in line.text) < 5:
        return None
    if label := _NUMBER_LABEL.search(line.folded):
        return Doubt(n, Sought.PHONE, line.spot(label.end()).box)
    other = any(True for _ in dates_in(line.text)) or _IDENTITY.search(line.folded)
    return Doubt(n, Sought.PHONE) if line.part in {Part.CONTACT, Part.SIGNATURE} and not other else None


# --- what to believe ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    value: str
    words: tuple[Word, ...]
    confidence: float


def settled(line: Line, again: Sequence[Line], sought: Sought) -> Line:
    """The line as it is to be believed after it was read ``again``."""
    if sought is Sought.SUBJECT:
        return _better_subject(line, again)
    said = [each for reading in (line, *again) if (each := _said(reading, sought)) is not None]
    if not said:
        whole = [each for each in again if len(each.text) > 0.8 * len(line.text)]
        return max((line, *whole), key=lambda each: worth((each,)))
    by_value: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        by_value[each.value].append(each)
    winners, *others = sorted(by_value.values(), key=lambda group: -sum(each.confidence for each in group))
    best = max(winners, key=lambda each: each.confidence)
    against = max((each.confidence for group in others for each in group), default=0.0)
    together = 1 - prod(1 - each.confidence for each in winners) if len(winners) > 1 else best.confidence
    confidence = min(_MOST, together) * (1 - against / 2)
    return _spliced(line, tuple(replace(word, confidence=round(confidence, 3)) for word in best.words))


def bear_out(line: Line, again: Line, sought: Sought) -> bool:
    """Whether two readings agree so clearly that a third would be wasted."""
    if sought is Sought.SUBJECT:
        return _letters(line) == _letters(again)
    one, other = _said(line, sought), _said(again, sought)
    if one is None or other is None or one.value != other.value:
        return False
    return min(one.confidence, other.confidence) >= _CLEAR


def _said(line: Line, sought: Sought) -> _Said | None:
    text = line.text
    if sought is Sought.DATE:
        found = [(start, end, day.isoformat(), start) for start, end, day in dates_in(text)]
    else:
        found = [
            (start, end, digits, number_starts(text, start, end)) for start, end, digits in phones_in(text)
        ]
    if not found:
        return None
    start, end, value, judged = found[0]
    words = tuple(line.words_in(start, end))
    return _Said(value, words, min(word.confidence for word in line.words_in(judged, end)))


def _spliced(line: Line, words: tuple[Word, ...]) -> Line:
    """The line with these words instead of those that stand in their place."""
    place = around(word.box for word in words)
    others = [word for word in line.words if _overlap(word.box, place) < 0.5]
    return Line(tuple(sorted((*others, *words), key=lambda word: word.box.left)))


def _overlap(box: Box, place: Box) -> float:
    """Which share of the box lies within the place, across the page."""
    shared = min(box.right, place.right) - max(box.left, place.left)
    return max(0, shared) / max(1, box.right - box.left)


def _better_subject(line: Line, again: Sequence[Line]) -> Line:
    """The reading worth more, if it still has its label; two that agree are believed more than one, and one that no
    other bears out less."""
    labelled = [
        each for each in again if (label := LABEL.match(_folded(each))) and names_subject(label["label"])
    ]
    best = max((line, *labelled), key=lambda each: worth((each,)))
    alike = [each for each in (line, *labelled) if _letters(each) == _letters(best)]
    least = [min(word.confidence for word in each.words) for each in alike]
    together = min(_MOST, 1 - prod(1 - each for each in least))
    if len(alike) > 1:
        return Line(tuple(replace(word, confidence=max(word.confidence, together)) for word in best.words))
    if labelled:
        return Line(tuple(replace(word, confidence=min(word.confidence, _DISPUTED)) for word in best.words))
    return best


def _letters(line: Line) -> str:
    """What counts when two readings are compared: letters and figures."""
    return "".join(c for c in _folded(line) if c.isalnum())


def _folded(line: Line) -> str:
    return fold_aligned(line.text)


# --- words that were lost -------------------------------------------------------------------------------------


def line_beside(lines: Sequence[Line], place: Box) -> int | None:
    """Which line stands at the place's height."""
    return next((n for n, line in enumerate(lines) if _is_level(line.box, place)), None)


def with_lost(lines: Sequence[Line], beside: int | None, readings: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the best of several readings of a place where no word had been read: instead of the line
    ``beside`` it, which was read along, or between lines. Dust and stamps are read as nothing that can be believed."""
    kept = list(lines)
    good = [
        each
        for each in readings
        if each.confidence >= HOPELESS or _bears_a_number(each) or _is_read_alike(each, readings)
    ]
    if not good:
        return tuple(kept)
    best = max(good, key=lambda each: worth((each,)))
    if beside is None:
        kept.insert(sum(line.box.top < best.box.top for line in kept), best)
    elif len(best.text) > len(kept[beside].text):
        kept[beside] = best
    return tuple(kept)


def with_open_end(line: Line, place: Box) -> Line:
    """A line behind whose last word, at a word's distance, something stands that could not be read: a subject that
    goes on there is not surely known."""
    last = line.words[-1]
    label = LABEL.match(_folded(line))
    if not (label and names_subject(label["label"]) and 0 <= place.left - last.box.right < line.box.height):
        return line
    return Line((*line.words[:-1], replace(last, confidence=min(last.confidence, _DISPUTED))))


def _is_read_alike(line: Line, readings: Sequence[Line]) -> bool:
    """Whether two readings have the same letters, so many that it is no chance."""
    letters = _letters(line)
    return len(letters) >= _NO_CHANCE and sum(_letters(each) == letters for each in readings) > 1


def _bears_a_number(line: Line) -> bool:
    """A date or a telephone number: no dust looks like that."""
    return any(True for _ in dates_in(line.text)) or any(True for _ in phones_in(line.text))


def _is_level(line: Box, box: Box) -> bool:
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    return shared > 0.5 * min(line.height, box.height)
