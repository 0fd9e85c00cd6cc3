"""Labels and values in JSON and XML, given as mappings, lists and texts: nested keys, records in lists."""

from collections.abc import Iterator, Mapping
from itertools import islice

from daemon.domain.structured.labels import singular
from daemon.domain.structured.sources import EMBEDDED, Fact, Labelled, SourceRule
from daemon.domain.structured.unknown_labels import Unknown, is_label
from daemon.domain.text import fold, tidy

TEXT_KEY = "@text"
"""Key of an XML element's own words beside its attributes."""
_DEEPEST = 12
_MOST_RECORDS = 5_000
_MOST_VALUES = 50_000
_NAMES = frozenset({"ad", "adi", "name", "etiket", "label", "key", "alan", "baslik", "soru"})
_VALUES = frozenset({"deger", "value", "cevap", "yanit", TEXT_KEY})
_SHAPE = frozenset({"type", "coordinates"})
"""GeoJSON's own ``type`` ("Point") is no kind of request."""
_PLAIN = frozenset({"ad", "adi", "isim", "name", "deger", "value", "text", "metin", TEXT_KEY})
"""Keys that add nothing to the label above them: ``{"mahalle": {"ad": "Yayla"}}``."""


def facts_in_tree(tree: object, rule: SourceRule) -> list[dict[Fact, str]]:
    """The records in a tree: itself when it has a number outside its lists, else every entry of its lists."""
    whole = _facts(tree, rule, into_lists=False)
    if Fact.NUMBER in whole:
        return [_facts(tree, rule, into_lists=True) | whole]
    entries = [_facts(entry, rule, path, into_lists=True) for path, entry in _entries(tree, ())]
    numbered = [whole | entry for entry in entries if Fact.NUMBER in entry]
    return numbered or [facts for facts in [_facts(tree, rule, into_lists=True)] if facts]


def unknown_in_tree(tree: object, rule: SourceRule) -> list[Unknown]:
    """What stands under other keys."""
    leaves = islice(_labelled(tree, (), into_lists=True), _MOST_VALUES)
    found = ((labels, told) for labels, value in leaves if (told := tidy(value)))
    return [
        (labels[-1], told)
        for labels, told in found
        if rule.book.first_of(labels) is None and not told.startswith(EMBEDDED) and is_label(labels[-1])
    ]


def _facts(
    tree: object, rule: SourceRule, path: tuple[str, ...] = (), *, into_lists: bool
) -> dict[Fact, str]:
    found: dict[Fact, str] = {}
    for count, (labels, value) in enumerate(_labelled(tree, path, into_lists=into_lists)):
        if count >= _MOST_VALUES:
            break
        told = tidy(value)
        fact = Fact.PHOTO if told.startswith(EMBEDDED) else rule.book.first_of(labels)
        if fact is Fact.PHOTO and told and fact in found:
            found[fact] += f" {told}"
        elif fact is not None and fact not in found and told:
            found[fact] = told
    return found


def _entries(tree: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The mappings in the outermost lists, each with the singular of what the list is called."""
    if len(path) > _DEEPEST:
        return
    if isinstance(tree, list):
        called = tuple(singular(fold(name)) for name in path[-1:])
        yield from ((called, entry) for entry in tree[:_MOST_RECORDS] if isinstance(entry, Mapping))
    elif isinstance(tree, Mapping):
        for key, below in tree.items():
            yield from _entries(below, (*path, str(key)))


def _labelled(tree: object, path: tuple[str, ...], *, into_lists: bool) -> Iterator[Labelled]:
    if len(path) > _DEEPEST:
        return
    if isinstance(tree, Mapping):
        if pair := _pair(tree):
            yield (pair[0],), pair[1]
            return
        shape = {fold(str(key)) for key in tree} >= _SHAPE
        for key, below in tree.items():
            if not (shape and fold(str(key)) == "type"):
                yield from _labelled(below, (*path, str(key)), into_lists=into_lists)
    elif isinstance(tree, list):
        if _is_point(path, tree):
            yield _names(path[:-1] or path), f"{tree[1]}, {tree[0]}"
        elif into_lists or all(isinstance(each, Mapping) and _pair(each) for each in tree):
            for below in tree:
                yield from _labelled(below, path, into_lists=into_lists)
    elif path:
        yield _names(path), str(tree)


def _pair(entry: Mapping[str, object]) -> tuple[str, str] | None:
    """``{"etiket": "Mahalle", "deger": "Yayla"}`` is a label and its value."""
    if len(entry) > 4:
        return None
    texts = {
        fold(str(key)).strip(): value for key, value in entry.items() if not isinstance(value, list | dict)
    }
    name = next((str(texts[key]) for key in texts if key in _NAMES), "")
    value = next((str(texts[key]) for key in texts if key in _VALUES), None)
    return (name, value) if name and value is not None else None


def _is_point(path: tuple[str, ...], values: list[object]) -> bool:
    """GeoJSON (RFC 7946) puts the longitude first."""
    named = bool(path) and fold(path[-1]) == "coordinates"
    return named and len(values) in {2, 3} and all(isinstance(v, str) for v in values)


def _names(path: tuple[str, ...]) -> tuple[str, ...]:
    """Labels of a leaf: with what stands above it, alone, and without a last key that says nothing."""
    joined = [" ".join(path[-n:]) for n in (3, 2) if len(path) >= n]
    above = _names(path[:-1]) if len(path) > 1 and fold(path[-1]).strip() in _PLAIN else ()
    return tuple(dict.fromkeys([*joined, path[-1], *above]))
