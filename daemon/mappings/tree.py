"""YAML as plain data, every value as it was typed, with the line of each place.

The schema knows what each value is, so nothing is guessed from its look: YAML 1.1 would read the word ``on``
as true, ``no`` as false and the telephone number ``05321234567`` as octal. Read as events, so that aliases,
tags and doubled keys are seen, and depth is bounded before anything recurses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from daemon.fields import Place

Plain = dict[str, Any] | list[Any] | str | None

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})
_TEXT_TAG = "tag:yaml.org,2002:str"
_QUOTE = "değeri tırnak içine alınız"

_ADVICE = (
    (
        r"mapping values are not allowed",
        f"fazladan iki nokta (:) veya yanlış girinti; iki nokta içeren {_QUOTE}",
    ),
    (
        r"cannot start any token|tab character",
        f"sekme yerine boşluk kullanınız; @, %, ` ile başlayan {_QUOTE}",
    ),
    (r"expected (alphabetic|alphanumeric)|undefined alias", f"*, & veya ! ile başlayan {_QUOTE}"),
    (r"expected ',' or '[\]}]'", "liste kapatılmamış: virgül veya kapatan ayraç eksik"),
    (r"expected ':'", "iki nokta (:) eksik veya tırnak kapatılmamış"),
    (r"unexpected end of stream", "tırnak kapatılmamış"),
    (r"unknown escape", r"çift tırnak içinde \ kullanılamaz; tek tırnak kullanınız"),
    (r"another document|document start", "dosyada fazladan bir --- satırı veya yanlış girinti var"),
    (r"expected (key|'-' indicator|<block end>)", "girinti yanlış veya üst satırda tırnak kapatılmamış"),
    (r"too deep", "iç içe çok fazla liste var"),
)


@dataclass(slots=True)
class Tree:
    """A file's data, the line on which each place stands, and (line, what) of its faults of form."""

    data: Plain = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """The line of ``place``, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_tree(text: str) -> Tree:
    """Read a YAML text. A fault of syntax ends the reading: ``data`` is ``None`` then."""
    tree = Tree()
    try:
        _Builder(tree, yaml.parse(text, Loader=_LOADER)).build()
    except yaml.YAMLError as fault:
        tree.data = None
        tree.faults.append((_line(fault, text), _sentence(fault)))
    return tree


class _Builder:
    """Recursive descent over the events of one document."""

    def __init__(self, tree: Tree, events: Iterator[Any]) -> None:
        self._tree = tree
        self._events = events

    def build(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._tree.data = self._value(next(self._events), ())
                self._end_of_document()

    def _end_of_document(self) -> None:
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise _fault_at(after, "another document")

    def _value(self, event: Any, place: Place) -> Plain:
        if len(place) > _DEEPEST:
            raise _fault_at(event, "too deep")
        if isinstance(event, yaml.AliasEvent) or event.tag not in {None, _TEXT_TAG}:
            self._fault(event, f"*, & veya ! ile başlayan {_QUOTE}")
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(place)
            case yaml.SequenceStartEvent():
                return self._sequence(place)
            case yaml.ScalarEvent():
                return None if not event.style and event.value in _ABSENT else str(event.value)
            case _:
                return None

    def _sequence(self, place: Place) -> list[Plain]:
        found: list[Plain] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            below = (*place, len(found))
            self._tree.lines[below] = event.start_mark.line + 1
            found.append(self._value(event, below))
        return found

    def _mapping(self, place: Place) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, place, found)
            below = (*place, key)
            self._tree.lines[below] = event.start_mark.line + 1
            found[key] = self._value(next(self._events), below)
        return found

    def _key(self, event: Any, place: Place, found: dict[str, Plain]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, (*place, "?"))
            self._fault(event, "bir anahtar yalnızca bir sözcük olabilir")
            return "?"
        key = str(event.value)
        if key in found:
            first = self._tree.lines[(*place, key)]
            self._fault(event, f"“{key}” iki kez yazılmış (ilki {first}. satırda)")
        return key

    def _fault(self, event: Any, what: str) -> None:
        self._tree.faults.append((event.start_mark.line + 1, what))


def _fault_at(event: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _line(fault: yaml.YAMLError, text: str) -> int:
    mark = getattr(fault, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(fault, "position", 0)) + 1


def _sentence(fault: yaml.YAMLError) -> str:
    problem = str(getattr(fault, "problem", "") or getattr(fault, "reason", "") or fault)
    if isinstance(fault, yaml.reader.ReaderError):
        return "dosyada metin olmayan bir karakter var"
    advice = next((words for pattern, words in _ADVICE if re.search(pattern, problem)), "")
    return f"yazım hatası: {advice or problem}"
