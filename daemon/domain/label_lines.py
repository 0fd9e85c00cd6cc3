"""Labels and values in plain text: ``Etiket: değer``, ``Etiket<tab>değer``, a label above its value.

A line counts as a label only when the source's book knows it, so that a colon within the words is none. What
follows the label of the text belongs to it, up to the next label not yet seen or the system's own closing words.
"""

import re
from collections.abc import Iterator

from daemon.domain.labels import LONGEST
from daemon.domain.sources import Fact, SourceRule
from daemon.domain.text import fold, tidy

_SEPARATOR = re.compile(r"\s*(?:[:：=|]|\t|\.{3,}\s*:?|\s[-–—](?=\s))\s*")
_DECORATION = "*_•·▪►-–—>#[] \t"
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
    found: dict[Fact, list[str]] = {}
    current: Fact | None = None
    for line in _lines(text, rule):
        labelled = _label_of(line, rule)
        if labelled is not None and labelled[0] not in found:
            current = labelled[0]
            found[current] = [labelled[1]] if labelled[1] else []
            continue
        if current is None:
            continue
        if _FOOTER.match(fold(line.strip("> \t"))):
            current = None
        elif current in _MANY_LINES:
            found[current].append(line)
        elif line.strip():
            if not found[current]:
                found[current] = [line]
            current = None
    return {fact: told for fact, lines in found.items() if (told := tidy("\n".join(lines)))}


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
    for separator in _SEPARATOR.finditer(plain[: LONGEST + 5]):
        fact = rule.book.fact_of(plain[: separator.start()].strip(_DECORATION))
        if fact is not None:
            return fact, plain[separator.end() :].strip("* \t")
    fact = rule.book.fact_of(plain) if plain else None
    return (fact, "") if fact is not None else None
