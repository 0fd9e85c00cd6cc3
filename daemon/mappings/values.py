"""From a proven document to values of the domain: register, calendar, categories, terms, reminders."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from daemon.domain.deadline import STANDARD_TERM, BusinessCalendar, Leave, Term
from daemon.domain.erasing import Retention
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
from daemon.domain.routing.router import Router
from daemon.domain.routing.taught import Taught
from daemon.domain.routing.values import Category
from daemon.domain.structured.sources import SourceRule
from daemon.domain.text import fold
from daemon.holidays_tr import days_off
from daemon.mappings import schema


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the settings say of the office itself."""

    name: str
    address: str
    manager: str


@dataclass(frozen=True, slots=True)
class Mappings:
    """Everything that ``mappings.yaml`` says."""

    office: Office
    categories: tuple[Category, ...]
    reminders: tuple[ReminderRule, ...]
    sources: tuple[SourceRule, ...] = ()
    retention: Retention = field(default_factory=Retention)


def to_mappings(document: schema.Document, facts: OfficeFacts, taught: Taught | None) -> Mappings:
    """The values that a document without faults stands for, and what sample texts taught routing."""
    registry = _registry(document, facts)
    papers, bodies = _papers(document, registry), _subscribed_to(document, registry)
    registry = replace(registry, papers=papers, subscribed_to=bodies)
    categories = tuple(_category(item, registry) for item in document.categories)
    sources = tuple(_source(item) for item in document.sources)
    office = Office(
        registry,
        _calendar(document.calendar),
        Router(registry, categories, taught),
        _terms(document),
        sources,
    )
    reminders = tuple(
        ReminderRule(item.name, item.days_left, item.to, item.template, item.repeat_every, item.external_body)
        for item in document.reminders
    )
    return Mappings(office, categories, reminders, sources, _retention(document.retention))


def _source(item: schema.Source) -> SourceRule:
    return SourceRule(
        name=item.name,
        channel=item.channel,
        senders=tuple(item.sender),
        subjects=tuple(item.subject),
        files=tuple(item.list_name),
        labels={fact: tuple(aliases) for fact, aliases in item.labels.items()},
        open=tuple(item.open),
        closed=tuple(item.closed),
        answer_domains=tuple(item.answer_domain),
    )


def _retention(item: schema.Retention) -> Retention:
    return Retention(item.mail_months, item.attachment_months, item.closed_request_months)


# --- who is who -------------------------------------------------------------------------------------------


def _registry(document: schema.Document, facts: OfficeFacts) -> Registry:
    directorates = tuple(_directorate(item) for item in document.directorates)
    registry = Registry(
        office_name=facts.name,
        office_address=facts.address,
        office_manager=facts.manager,
        neighbourhoods=tuple(_neighbourhood(item) for item in document.neighbourhoods),
        directorates=directorates,
        external_bodies=tuple(
            ExternalBody(b.name, b.runs, b.contact, b.email, tuple(b.documents), tuple(b.aliases))
            for b in document.external_bodies
        ),
        office_staff=tuple(document.office_staff),
        home_directorate=_own(directorates),
    )
    if named := registry.directorate_named(document.home_directorate):
        return replace(registry, home_directorate=named.code)
    return registry


def _own(directorates: tuple[Directorate, ...]) -> str:
    return next((d.code for d in directorates if "muhtarlik" in fold(d.name)), "")


def _directorate(item: schema.Directorate) -> Directorate:
    return Directorate(
        code=item.code,
        name=item.name,
        manager=item.manager,
        liaisons=tuple(_liaison(liaison) for liaison in item.liaisons),
        aliases=tuple(item.aliases),
        spreadsheet=item.spreadsheet,
    )


def _liaison(item: schema.Liaison) -> Liaison:
    return Liaison(item.name, item.email, tuple(Absence(a.first, a.last, a.deputy) for a in item.away))


def _neighbourhood(item: schema.Neighbourhood) -> Neighbourhood:
    emails = dict.fromkeys([*item.headman.emails, *item.headman.email])
    phones = dict.fromkeys([*item.headman.phones, *item.headman.phone])
    headman = Headman(item.headman.name, tuple(emails), tuple(phones))
    return Neighbourhood(item.name, headman, tuple(item.aliases), tuple(item.streets))


def _category(item: schema.Category, registry: Registry) -> Category:
    found = registry.directorate(item.directorate) or registry.directorate_named(item.directorate)
    return Category(
        name=item.name,
        directorate=found.code if found else "",
        external_body=item.external_body,
        words=tuple(item.words),
        urgent=tuple(item.urgent),
        subscription=item.subscription,
        review=item.review,
    )


def _papers(document: schema.Document, registry: Registry) -> dict[str, tuple[str, ...]]:
    """A subscription's own list of papers, else its body's."""
    bodies = {item.name: registry.external_body(item.external_body) for item in document.categories}
    return {
        fold(item.name).strip(): tuple(item.documents)
        or (body.documents if (body := bodies[item.name]) else ())
        for item in document.categories
        if item.subscription
    }


def _subscribed_to(document: schema.Document, registry: Registry) -> dict[str, str]:
    return {
        fold(item.name).strip(): body.name
        for item in document.categories
        if item.subscription and (body := registry.external_body(item.external_body))
    }


# --- calendar and terms -----------------------------------------------------------------------------------


def _calendar(section: schema.Calendar) -> BusinessCalendar:
    return BusinessCalendar(
        days_off,
        leave={
            day: Leave(item.note, item.half) for item in section.administrative_leave for day in _days(item)
        },
        half_days_count=section.half_days_count,
        leave_counts=section.administrative_leave_counts,
        extra_business_days=frozenset(section.extra_business_days),
    )


def _days(item: schema.Leave) -> Iterator[date]:
    day = item.date or item.first
    last = item.date or item.last
    while day and last and day <= last:
        yield day
        day += timedelta(days=1)


def _terms(document: schema.Document) -> Callable[[str, str], Term]:
    deadlines = document.deadlines
    own = {item.name: item.deadline for item in document.categories if item.deadline}
    by_category = _by_name({**own, **deadlines.categories})
    by_channel = _by_name(deadlines.channels)
    standard = deadlines.term or deadlines.default.term or STANDARD_TERM

    def term_for(category: str, channel: str) -> Term:
        """Where category and channel each have a term, the one that ends first binds; else the standard."""
        found = [by_category.get(fold(category)), by_channel.get(fold(channel))]
        return min((term for term in found if term), key=lambda term: term.about, default=standard)

    return term_for


def _by_name(deadlines: Mapping[str, schema.Deadline]) -> dict[str, Term]:
    return {fold(name): item.term for name, item in deadlines.items() if item.term}
