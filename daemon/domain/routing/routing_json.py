"""The stable JSON form of a routing (``muhtarlik route --json``)."""

from daemon.domain.registry import Registry
from daemon.domain.routing.values import Guess, Nature, Route, Routing


def routing_json(routing: Routing, registry: Registry) -> dict[str, object]:
    """The object that stands on a line of ``route --batch``, without its ``id``."""
    return {
        "kind": "request" if routing.nature is Nature.REQUEST else "not_request",
        "nature": routing.nature.value,
        "requests": [_route(route, registry) for route in routing.routes],
    }


def _route(route: Route, registry: Registry) -> dict[str, object]:
    return {
        **_addressee(route, registry),
        "category": route.category or None,
        "subject": route.subject,
        "confidence": route.confidence,
        "review": route.review,
        "neighbourhood": route.neighbourhood or None,
        "urgent": route.urgent,
        "because": list(route.because),
        "alternatives": [
            {**_addressee(guess, registry), "confidence": guess.confidence} for guess in route.alternatives
        ],
    }


def _addressee(where: Route | Guess, registry: Registry) -> dict[str, str | None]:
    """Names in full. A body outside is named alone: it is the addressee, our own directorate only follows it."""
    directorate = None if where.external_body else registry.directorate(where.directorate)
    return {
        "directorate": directorate.name if directorate else None,
        "external_body": where.external_body or None,
    }
