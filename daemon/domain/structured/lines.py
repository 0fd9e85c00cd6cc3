"""Labels and values in plain text: ``Etiket: değer``, ``Etiket<tab>değer``, a label above its value.

A line counts as a label only when the source's book knows it, so that a colon within the words is none. What
follows the label of the text belongs to it, up to the next label not yet seen or the system's own closing words.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto

from daemon.domain.structured.labels import LONGEST
from daemon.domain.structured.sources import Fact, SourceRule
from daemon.domain.structured.unknown_labels import Unknown, split_label, tells
from daemon.domain.text import fold, tidy

_SEPARATOR = re.compile(r"\s*(?:[:：=|]|\t|\.{3,}\s*:?|\s[-–—](?=\s))\s*")
_DECORATION = "*_•·▪►-–—>#[] \t"
_ORDINAL = re.compile(r"\d{1,2}[.)]\s+(?=[^\W\d])")
"""Before the labels of a numbered form: "3. Mahalle: Yayla"."""
_COLUMNS = re.compile(r"\t+|\s{3,}|\s\|\s")
_FOOTER = re.compile(
    r"(?:bu (?:e-?posta|ileti|mesaj|mail)|lutfen bu|otomatik (?:olarak )?(?:gonder|olustur|uret)|saygilar"
    r"|bilgilerinize|iyi calismalar|https?://\S+$|-{4,}|_{4,}|={4,}|\*{4,})"
)
_WORDS_BEFORE = re.compile(r"\S+")
_MOST_WORDS = 5
"""Words of a label that stands amid a line."""
_FEWEST = 3
"""Labels on one line that make it a form; a colon or two occur in any sentence."""
_LONGEST_TEXT = 200_000
_MOST_LINES = 5_000

_MANY_LINES = frozenset({Fact.TEXT})


def facts_in_text(text: str, rule: SourceRule) -> dict[Fact, str]:
    """Every fact that the text says under one of the source's labels; the first of each counts."""
    return _read(text, rule)[0]


def unknown_in_text(text: str, rule: SourceRule) -> list[Unknown]:
    """What the text says under other labels."""
    return _read(text, rule)[1]


class _Under(Enum):
    """What a line stands under: a label of one line, a text, or a label that is not known."""

    SHORT = auto()
    TEXT = auto()
    UNKNOWN = auto()


def _read(text: str, rule: SourceRule) -> tuple[dict[Fact, str], list[Unknown]]:
    found: dict[Fact, list[str]] = {}
    unknown: list[tuple[str, list[str]]] = []
    into: list[str] | None = None
    under = _Under.SHORT
    for line in _lines(text, rule):
        labelled = _label_of(line, rule)
        other = split_label(line.strip(_DECORATION))
        if labelled is not None and labelled[0] not in found:
            into = found[labelled[0]] = [labelled[1]] if labelled[1] else []
            under = _Under.TEXT if labelled[0] in _MANY_LINES else _Under.SHORT
        elif _FOOTER.match(fold(line.strip("> \t"))):
            into = None
        elif into is not None and _belongs(line, under, into, is_label=other is not None):
            into += [line] if line.strip() or under is _Under.TEXT else []
        elif other is not None and (found or other[1]):
            into = [other[1]] if other[1] else []
            unknown.append((other[0], into))
            under = _Under.UNKNOWN
        else:
            into = None
        if under is _Under.UNKNOWN and into and tells(into[-1]):
            under = _Under.TEXT
    facts = {fact: told for fact, lines in found.items() if (told := tidy("\n".join(lines)))}
    return facts, [(label, told) for label, lines in unknown if (told := tidy("\n".join(lines)))]


def _belongs(line: str, under: _Under, into: list[str], *, is_label: bool) -> bool:
    """Whether a line still belongs to what stands above it; of unknown labels only a text has paragraphs."""
    match under:
        case _Under.TEXT:
            return True
        case _Under.SHORT:
            return not into
        case _Under.UNKNOWN:
            return not is_label and (not into or bool(line.strip()))


def without_footer(text: str) -> str:
    """The lines above the system's own closing words."""
    lines = text.split("\n")
    end = next(
        (n for n, line in enumerate(lines) if n and _FOOTER.match(fold(line.strip("> \t")))), len(lines)
    )
    return "\n".join(lines[:end])


def records_in_text(text: str, rule: SourceRule) -> list[dict[Fact, str]]:
    """The records of a mail that writes several below one another, each begun by the same label; none where it holds
    but one, or where a part would be no record by itself."""
    lines = list(_lines(text, rule))
    labels = [labelled[0] if (labelled := _label_of(line, rule)) else None for line in lines]
    first = next((fact for fact in labels if fact is not None), None)
    begins = [n for n, fact in enumerate(labels) if fact is first]
    if first is None or len(begins) < 2 or len(begins) != labels.count(Fact.NUMBER):
        return []
    ends = [*begins[1:], len(lines)]
    found = [
        facts_in_text("\n".join(lines[start:end]), rule) for start, end in zip(begins, ends, strict=True)
    ]
    return found if all(Fact.NUMBER in facts and Fact.TEXT in facts for facts in found) else []


def _lines(text: str, rule: SourceRule) -> Iterator[str]:
    """Lines, and the labelled columns of one line, or a whole form on one line, as lines of their own."""
    for line in text[:_LONGEST_TEXT].replace("\r\n", "\n").split("\n")[:_MOST_LINES]:
        parts = [part for part in _COLUMNS.split(line.strip()) if part.strip()]
        if len(parts) > 1 and all(re.search(r"\S\s*:", part) for part in parts):
            yield from parts
        else:
            yield from _form_on_a_line(line, rule) or [line]


def _form_on_a_line(line: str, rule: SourceRule) -> list[str]:
    """``No: 7 Mahalle: Yayla Açıklama: …``, cut before each label; empty for any other line.

    Only a record's own number tells it from a sentence with colons in it.
    """
    starts: dict[Fact, int] = {}
    for colon in re.finditer(":", line):
        before = list(_WORDS_BEFORE.finditer(line, max(starts.values(), default=0), colon.start()))[
            -_MOST_WORDS:
        ]
        for word in before:
            fact = rule.book.exactly(line[word.start() : colon.start()].strip(_DECORATION))
            if fact is not None and fact not in starts:
                starts[fact] = word.start()
                break
    cuts = sorted(starts.values())
    if len(cuts) < _FEWEST or Fact.NUMBER not in starts or line[: cuts[0]].strip(_DECORATION):
        return []
    return [line[start:end].rstrip(" ,;|*") for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _label_of(line: str, rule: SourceRule) -> tuple[Fact, str] | None:
    """The fact that a line begins with and its value there (perhaps none), or ``None``."""
    plain = line.strip(_DECORATION)
    plain = plain[number.end() :] if (number := _ORDINAL.match(plain)) else plain
    for separator in _SEPARATOR.finditer(plain[: LONGEST + 5]):
        fact = rule.book.fact_of(plain[: separator.start()].strip(_DECORATION))
        if fact is not None:
            return fact, plain[separator.end() :].strip("* \t")
    fact = rule.book.fact_of(plain) if plain else None
    return (fact, "") if fact is not None else None
