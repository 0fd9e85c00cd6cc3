"""A request that is called by a category's own name, as its subject or behind ``Kategori:``, goes where that category
goes, unless its words say something else: a bare name has too few words to be weighed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from daemon.domain.routing.values import Category, Nature, Route, Routing
from daemon.domain.text import fold

_LABELLED = re.compile(r"^[ \t]*(?:talep )?kategori(?:si)?[ \t]*[:=][ \t]*(.+?)[ \t.]*$", re.MULTILINE)


def by_name(
    routing: Routing,
    names: Iterable[str],
    *,
    subject: str,
    text: str,
    place: str,
    categories: Sequence[Category],
) -> Routing:
    """``names`` may be a category's; so may what stands in the ``text`` behind ``Kategori:``. What the words make sure
    of, or several matters, stays as it is; so does whatever a person decides on anyway."""
    category = _named([*names, *_LABELLED.findall(fold(text))], categories)
    guess = routing.routes[0] if routing.routes else None
    if category is None or category.review or len(routing.routes) > 1 or (guess and not guess.review):
        return routing
    if not _is_bare(text, category) and (guess is None or _goes_to(guess) != category.who):
        return routing
    return Routing(Nature.REQUEST, (_route(category, guess, subject, text, place),), (category.name,))


def _named(names: Iterable[str], categories: Sequence[Category]) -> Category | None:
    """The one that they name; of two a person must say which."""
    by_key = {_key(category.name): category for category in categories}
    found = {by_key[key].name: by_key[key] for key in map(_key, names) if key in by_key}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_bare(text: str, category: Category) -> bool:
    """Whether the words say no more than the name."""
    return all(_key(line) in {"", _key(category.name)} for line in _without_label(text))


def _without_label(text: str) -> Iterator[str]:
    for line in fold(text).split("\n"):
        found = _LABELLED.match(line)
        yield found[1] if found else line


def _goes_to(route: Route) -> tuple[str, str]:
    return ("" if route.external_body else route.directorate, route.external_body)


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


def _route(category: Category, guess: Route | None, subject: str, text: str, place: str) -> Route:
    route = guess or Route.to_a_person(subject, text, place)
    return replace(
        route,
        directorate=category.directorate,
        external_body=category.external_body,
        category=category.name,
        confidence=1.0,
        review=False,
        because=(category.name,),
        alternatives=(),
    )
