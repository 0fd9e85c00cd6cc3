"""``mappings.yaml``: what the office's staff edit. All faults at once, each with its line, in Turkish.

The file becomes one frozen :class:`Mappings`; a changed file is taken up, a broken one refused while the old
one stays in force (:class:`MappingsFile`).
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from daemon.domain.deadline import BusinessCalendar, Leave, Term
from daemon.domain.errors import ConfigurationError
from daemon.domain.office import Office
from daemon.domain.registry import (
    Absence,
    Directorate,
    ExternalBody,
    Headman,
    Liaison,
    Neighbourhood,
    Registry,
)
from daemon.domain.reminders import ReminderRule
from daemon.domain.routing import Category, Router
from daemon.domain.text import fold
from daemon.holidays_tr import days_off
from daemon.mappings_schema import Document, Period, faults_between
from daemon.mappings_schema import explain as explain_fault

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the settings say of the office itself."""

    name: str
    address: str
    manager: str


@dataclass(frozen=True, slots=True)
class Mappings:
    """Everything that ``mappings.yaml`` says, as values of the domain."""

    office: Office
    categories: tuple[Category, ...]
    reminders: tuple[ReminderRule, ...]
    sources: tuple[Mapping[str, object], ...] = ()


def load_mappings(path: Path, facts: OfficeFacts) -> Mappings:
    """Read, prove and compile the file. Raises :class:`ConfigurationError` with every fault and its line."""
    text = _text(path)
    try:
        tree = yaml.compose(text, Loader=_Loader)
        found = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        raise ConfigurationError(f"{path}: {fault}", faults=(_yaml_fault(path, fault),)) from fault
    lines = _Lines(path, tree)
    faults = list(lines.doubles())
    document = None
    try:
        document = Document.model_validate(found if found is not None else {})
    except ValidationError as fault:
        faults += [lines.at(error["loc"], explain_fault(error)) for error in fault.errors()]
    if document is not None:
        faults += [lines.at(place, what) for place, what in faults_between(document)]
    if faults or document is None:
        raise ConfigurationError(f"{path}: {len(faults)} faults", faults=tuple(faults))
    return _compile(document, facts)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as fault:
        raise ConfigurationError(f"no mappings at {path}", faults=(f"{path}: eşleme dosyası yok",)) from fault
    except OSError as fault:
        line = f"{path}: okunamıyor ({fault.strerror})"
        raise ConfigurationError(f"{path}: {fault.strerror}", faults=(line,)) from fault
    except UnicodeDecodeError as fault:
        line = f"{path}: Türkçe harfler bozuk; dosyayı UTF-8 olarak kaydediniz"
        raise ConfigurationError(f"{path} is not UTF-8", faults=(line,)) from fault


def _yaml_fault(path: Path, fault: yaml.YAMLError) -> str:
    mark = getattr(fault, "problem_mark", None)
    where = f"{path}:{mark.line + 1}" if mark else str(path)
    return (
        f"{where}: yazım hatası (girinti, tırnak veya iki nokta): {getattr(fault, 'problem', None) or fault}"
    )


class _Lines:
    """Finds the line of a place in the document, and keys that stand twice."""

    def __init__(self, path: Path, tree: yaml.Node | None) -> None:
        self._path = path
        self._tree = tree

    def at(self, place: tuple[int | str, ...], what: str) -> str:
        """``file:line: a.b[3].c: what``."""
        node, line, spelt = self._tree, 1, ""
        for step in place:
            spelt += f"[{step}]" if isinstance(step, int) else f".{step}"
            below = _child(node, step)
            if below is not None:
                line, node = below
        return f"{self._path}:{line}: {spelt.lstrip('.')}: {what}"

    def doubles(self) -> Iterator[str]:
        """A key that stands twice in one mapping: YAML would silently take the last."""
        yield from self._doubles_in(self._tree)

    def _doubles_in(self, node: yaml.Node | None) -> Iterator[str]:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from self._doubles_in(item)
        elif isinstance(node, yaml.MappingNode):
            seen: set[Hashable] = set()
            for key, value in node.value:
                if key.value in seen:
                    yield f"{self._path}:{key.start_mark.line + 1}: “{key.value}” iki kez yazılmış"
                seen.add(key.value)
                yield from self._doubles_in(value)


def _child(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


# --- from the document to values --------------------------------------------------------------------------


def _compile(document: Document, facts: OfficeFacts) -> Mappings:
    registry = _registry(document, facts)
    categories = tuple(_category(item, registry) for item in document.categories)
    calendar = BusinessCalendar(
        days_off,
        leave=_leave(document),
        half_days_count=document.calendar.half_days_count,
        leave_counts=document.calendar.administrative_leave_counts,
        extra_business_days=frozenset(document.calendar.extra_business_days),
    )
    office = Office(registry, calendar, Router(registry, categories), _terms(document))
    reminders = tuple(
        ReminderRule(item.name, item.days_left, item.to, item.template, item.repeat_every)
        for item in document.reminders
    )
    return Mappings(office, categories, reminders, tuple(document.sources))


def _registry(document: Document, facts: OfficeFacts) -> Registry:
    directorates = tuple(
        Directorate(
            code=item.code,
            name=item.name,
            manager=item.manager,
            liaisons=tuple(
                Liaison(
                    liaison.name,
                    liaison.email,
                    tuple(Absence(a.first, a.last, a.deputy) for a in liaison.away),
                )
                for liaison in item.liaisons
            ),
            aliases=tuple(item.aliases),
            spreadsheet=item.spreadsheet,
        )
        for item in document.directorates
    )
    return Registry(
        office_name=facts.name,
        office_address=facts.address,
        office_manager=facts.manager,
        neighbourhoods=tuple(
            Neighbourhood(
                item.name,
                Headman(item.headman.name, tuple(item.headman.emails), tuple(item.headman.phones)),
                tuple(item.aliases),
                tuple(item.streets),
            )
            for item in document.neighbourhoods
        ),
        directorates=directorates,
        external_bodies=tuple(
            ExternalBody(b.name, b.runs, b.contact, b.email, tuple(b.documents), tuple(b.aliases))
            for b in document.external_bodies
        ),
        office_staff=tuple(document.office_staff),
        home_directorate=document.home_directorate or _home(directorates),
    )


def _home(directorates: tuple[Directorate, ...]) -> str:
    return next((d.code for d in directorates if "muhtarlik" in fold(d.name)), "")


def _category(item: Any, registry: Registry) -> Category:
    found = registry.directorate(item.directorate) or registry.directorate_named(item.directorate or "")
    return Category(
        name=item.name,
        directorate=found.code if found else "",
        external_body=item.external_body,
        words=tuple(item.words),
        urgent=tuple(item.urgent),
        subscription=item.subscription,
        review=item.review,
    )


def _leave(document: Document) -> dict[date, Leave]:
    return {
        day: Leave(period.note, period.half)
        for period in document.calendar.administrative_leave
        for day in _days(period)
    }


def _days(period: Period) -> Iterator[date]:
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=1)


def _terms(document: Document) -> Callable[[str, str], Term]:
    by_category = {fold(item.name): item.deadline.term for item in document.categories if item.deadline}
    by_category |= {fold(name): item.term for name, item in document.deadlines.categories.items()}
    by_channel = {fold(name): item.term for name, item in document.deadlines.channels.items()}
    standard = document.deadlines.default.term

    def term_for(category: str, channel: str) -> Term:
        """The category's own term, else the channel's, else the standard one."""
        return by_category.get(fold(category)) or by_channel.get(fold(channel)) or standard

    return term_for


# --- the file, watched ------------------------------------------------------------------------------------


class MappingsFile:
    """The mappings in force, and the file that they came from."""

    def __init__(self, path: Path, facts: OfficeFacts) -> None:
        self._path = path
        self._facts = facts
        self._stamp = self._look()
        self.current = load_mappings(path, facts)

    def refresh(self) -> tuple[str, ...]:
        """Take up a changed file; return the faults of a broken one (once per state of it)."""
        stamp = self._look()
        if stamp == self._stamp:
            return ()
        self._stamp = stamp
        try:
            self.current = load_mappings(self._path, self._facts)
        except ConfigurationError as fault:
            return fault.faults
        return ()

    def _look(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (found.st_mtime_ns, found.st_size, found.st_ino)
