"""What no single value can know: doubles, names that point to nothing, keys that exclude each other.

Works on the file's plain data and skips what has another shape than it should, so that these faults are told
together with the schema's.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from daemon.domain.cells import read_day
from daemon.domain.registry import directorate_keys, neighbourhood_key, same_address
from daemon.domain.request import Channel
from daemon.domain.structured.labels import label_key
from daemon.domain.text import fold
from daemon.fields import Place, nearest

Fault = tuple[Place, str]


def faults_between(data: dict[str, Any]) -> Iterator[Fault]:
    """Every such fault, as (place, Turkish sentence)."""
    yield from _doubles(data)
    yield from _shared_addresses(data)
    yield from _categories(data)
    yield from _home(data)
    yield from _deadline_names(data)
    yield from _terms(data)
    yield from _reminders(data)
    yield from _periods(data)
    yield from _sources(data)


def _under(value: Any, *keys: str, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Everything that stands under the keys, lists opened: ``_under(data, "directorates", "code")``."""
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from _under(item, *keys, place=(*place, n))
    elif not keys:
        yield place, value
    elif isinstance(value, dict) and keys[0] in value:
        yield from _under(value[keys[0]], *keys[1:], place=(*place, keys[0]))


def _texts(data: Any, *keys: str) -> Iterator[tuple[Place, str]]:
    return ((place, text) for place, text in _under(data, *keys) if isinstance(text, str) and text.strip())


def _entries(data: Any, *keys: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    return ((place, entry) for place, entry in _under(data, *keys) if isinstance(entry, dict))


# --- doubles ----------------------------------------------------------------------------------------------


def _directorate_key(name: str) -> str:
    return next(iter(directorate_keys(name)), "")


def _doubles(data: dict[str, Any]) -> Iterator[Fault]:
    yield from _double("kod", str.strip, _texts(data, "directorates", "code"))
    yield from _double("müdürlük", _directorate_key, _names(data, "directorates"))
    yield from _double("mahalle", neighbourhood_key, _names(data, "neighbourhoods"))
    yield from _double("kurum", fold, _names(data, "external_bodies"))
    yield from _double("kategori", fold, _texts(data, "categories", "name"))
    yield from _double("hatırlatma", str.strip, _texts(data, "reminders", "name"))
    yield from _double("kaynak", fold, _texts(data, "sources", "name"))


def _names(data: dict[str, Any], section: str) -> Iterator[tuple[Place, str]]:
    yield from _texts(data, section, "name")
    yield from _texts(data, section, "aliases")


def _double(kind: str, key_of: Callable[[str], str], names: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, name in names:
        before = first.setdefault(key_of(name), place)
        if before[:2] != place[:2]:
            yield place, f"“{name}” adlı {kind} iki kez yazılmış (ilki {before[0]}[{before[1]}])"


def _shared_addresses(data: dict[str, Any]) -> Iterator[Fault]:
    """A headman is recognised by his address, so two cannot share one."""
    owners: dict[str, Place] = {}
    for neighbourhood, entry in _entries(data, "neighbourhoods"):
        for key in ("emails", "email"):
            for below, address in _texts(entry, "headman", key):
                first = owners.setdefault(same_address(address), neighbourhood)
                if first != neighbourhood:
                    where = f"{first[0]}[{first[-1]}]"
                    yield (*neighbourhood, *below), f"{address} adresi başka bir muhtarda da yazılı ({where})"


# --- names that point to nothing --------------------------------------------------------------------------


def _categories(data: dict[str, Any]) -> Iterator[Fault]:
    directorates = _known_directorates(data)
    bodies = {fold(name).strip(): name for _, name in _names(data, "external_bodies")}
    for place, entry in _entries(data, "categories"):
        if not entry.get("directorate") and not entry.get("external_body"):
            yield place, "directorate veya external_body yazılmalı"
    for place, name in _texts(data, "categories", "directorate"):
        if directorates and not directorates.keys() & set(directorate_keys(name)):
            yield place, f"“{name}” diye bir müdürlük yok{nearest(name, directorates.values())}"
    for place, name in _texts(data, "categories", "external_body"):
        if fold(name).strip() not in bodies:
            yield place, f"“{name}” diye bir kurum external_bodies içinde yok{nearest(name, bodies.values())}"


def _known_directorates(data: dict[str, Any]) -> dict[str, str]:
    """Every spelling under which a directorate is found → as it was written."""
    written = [*_texts(data, "directorates", "code"), *_names(data, "directorates")]
    return {key: name for _, name in reversed(written) for key in directorate_keys(name)}


def _home(data: dict[str, Any]) -> Iterator[Fault]:
    known = _known_directorates(data)
    for place, name in _texts(data, "home_directorate"):
        if known and not known.keys() & set(directorate_keys(name)):
            yield place, f"“{name}” diye bir müdürlük yok{nearest(name, known.values())}"


def _deadline_names(data: dict[str, Any]) -> Iterator[Fault]:
    categories = [name for _, name in _texts(data, "categories", "name")]
    channels = [*Channel, *(name for _, name in _texts(data, "sources", "channel"))]
    for section, known, what in (("categories", categories, "kategori"), ("channels", channels, "kanal")):
        spellings = {fold(name).strip() for name in known}
        for place, entries in _entries(data, "deadlines", section):
            for name in entries:
                if fold(name).strip() not in spellings:
                    yield (*place, name), f"“{name}” diye bir {what} yok{nearest(name, known)}"


# --- keys that exclude each other -------------------------------------------------------------------------


def _terms(data: dict[str, Any]) -> Iterator[Fault]:
    standard = [entry for _, entry in _entries(data, "deadlines")]
    named = [
        (("deadlines", section, name), entry[section][name])
        for entry in standard
        for section in ("channels", "categories")
        if isinstance(entry.get(section), dict)
        for name in entry[section]
    ]
    everywhere = [*named, *_entries(data, "categories", "deadline"), *_entries(data, "deadlines", "default")]
    for place, entry in everywhere:
        if isinstance(entry, dict) and len(_given(entry, "business_days", "calendar_days")) != 1:
            yield place, "business_days veya calendar_days yazılmalı (yalnızca biri)"
    for entry in standard:
        if len(_given(entry, "business_days", "calendar_days", "default")) > 1:
            yield ("deadlines",), "default, business_days ve calendar_days birlikte yazılamaz"


def _reminders(data: dict[str, Any]) -> Iterator[Fault]:
    for place, entry in _entries(data, "reminders"):
        if len(_given(entry, "business_days_left", "business_days_late")) != 1:
            yield place, "business_days_left veya business_days_late yazılmalı (yalnızca biri)"


def _periods(data: dict[str, Any]) -> Iterator[Fault]:
    leaves = list(_entries(data, "calendar", "administrative_leave"))
    for place, entry in leaves:
        if _given(entry, "date", "from", "to") not in (["date"], ["from", "to"]):
            yield place, "date ya da from ile to yazılmalı"
    for place, entry in [*leaves, *_entries(data, "directorates", "liaisons", "away")]:
        first, last = (read_day(str(entry.get(key))) for key in ("from", "to"))
        if first and last and first > last:
            yield (*place, "to"), "bitiş tarihi (to) başlangıçtan (from) önce olamaz"


def _sources(data: dict[str, Any]) -> Iterator[Fault]:
    """A source that nothing could come from, or whose requests nobody could tell apart, is a slip."""
    for place, entry in _entries(data, "sources"):
        if not _given(entry, "sender", "list_name"):
            yield place, "sender veya list_name yazılmalı"
        labels = entry.get("labels")
        if isinstance(labels, dict):
            if not _given(labels, "number"):
                yield (*place, "labels"), "number yazılmalı"
            if not _given(labels, "text", "subject"):
                yield (*place, "labels"), "text veya subject yazılmalı"
            yield from _shared_labels((*place, "labels"), labels)


def _shared_labels(place: Place, labels: dict[str, Any]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for fact in labels:
        for below, alias in _texts(labels, fact):
            before = first.setdefault(label_key(alias), fact)
            if before != fact:
                yield (*place, *below), f"“{alias}” etiketi {before} için de yazılmış"


def _given(entry: dict[str, Any], *keys: str) -> list[str]:
    return [key for key in keys if entry.get(key) is not None]
