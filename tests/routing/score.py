"""How well routing does on a labelled file: ``python -m tests.routing.score [FILE] [-v]``.

A line of the file: ``id channel subject body kind``; ``requests`` lists for each request its acceptable addressees
(codes of directorates, full names, or names of bodies outside); optionally ``neighbourhood``, ``urgent``, ``review``.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import Any

from daemon.domain.registry import Registry
from daemon.domain.routing.router import Router
from daemon.domain.routing.values import Nature, Route, Routing
from daemon.domain.text import fold
from daemon.mappings import OfficeFacts, load_mappings

HERE = Path(__file__).parent
SHIPPED = HERE.parent.parent / "mappings.yaml"


@dataclass
class Score:
    """Counts over one file."""

    expected: int = 0
    right: int = 0
    closed: int = 0
    opened: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    misjudged_urgent: list[str] = field(default_factory=list)
    unreviewed: int = 0
    unreviewed_right: int = 0
    reviewed: int = 0
    reviewed_right: int = 0
    in_alternatives: int = 0
    needless_review: list[str] = field(default_factory=list)
    unflagged: list[str] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    def lines(self, *, verbose: bool) -> Iterable[str]:
        yield f"first guesses   {self.right} of {self.expected} acceptable ({self.accuracy:.1%})"
        yield f"not requests    {len(self.opened)} of {self.closed} opened"
        yield f"requests        {len(self.missed)} taken for talk, {len(self.miscounted)} miscounted"
        yield f"sure            {self.unreviewed_right} of {self.unreviewed} right"
        yield f"for a person    {self.reviewed_right} of {self.reviewed} right"
        yield f"right among the alternatives of a wrong guess: {self.in_alternatives}"
        yield f"neighbourhoods  {len(self.misplaced)} wrong; urgent {len(self.misjudged_urgent)} wrong"
        if verbose:
            for name in (
                "opened",
                "missed",
                "miscounted",
                "misplaced",
                "misjudged_urgent",
                "unflagged",
                "needless_review",
                "wrong",
            ):
                for line in getattr(self, name):
                    yield f"{name:<16} {line}"


def shipped_router(*, untaught: bool = False) -> tuple[Router, Registry]:
    facts = OfficeFacts("Örnek", "muhtarlik@ornek.bel.tr", "mudur@ornek.bel.tr")
    mappings = load_mappings(SHIPPED, facts, untaught=untaught)
    return mappings.office.router, mappings.office.registry


def labelled(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(items: Iterable[dict[str, Any]], router: Router, registry: Registry) -> Score:
    return judged(items, router.route, registry)


def judged(items: Iterable[dict[str, Any]], route: Callable[..., Routing], registry: Registry) -> Score:
    total = Score()
    for item in items:
        found = route(subject=item["subject"], body=item["body"])
        _add(total, item, found, registry)
    return total


def _add(total: Score, item: dict[str, Any], found: Routing, registry: Registry) -> None:
    label = f"{item['id']}: {item['subject']} | {item['body']}"[:170]
    if item["kind"] == "not_request":
        total.closed += 1
        if found.nature is Nature.REQUEST:
            total.opened.append(f"{label} → {_names(found.routes, registry)}")
        return
    wanted = [{_key(name, registry) for name in names} for names in item["requests"]]
    total.expected += len(wanted)
    if found.nature is not Nature.REQUEST:
        total.missed.append(f"{found.nature} {label}")
        return
    if len(found.routes) != len(wanted):
        total.miscounted.append(
            f"{len(found.routes)} for {len(wanted)} {label} → {_names(found.routes, registry)}"
        )
    for names, route in _paired(wanted, found.routes, registry):
        _judge(total, names, route, label, registry)
    first = found.routes[0]
    if item.get("neighbourhood", "") and first.neighbourhood != item["neighbourhood"]:
        total.misplaced.append(f"{first.neighbourhood!r} {label}")
    if "urgent" in item and item["urgent"] != any(route.urgent for route in found.routes):
        total.misjudged_urgent.append(f"{label}")
    if item.get("review") and not any(route.review for route in found.routes):
        total.unflagged.append(label)


def _judge(total: Score, names: set[str], route: Route, label: str, registry: Registry) -> None:
    right = _addressee(route, registry) in names
    total.right += right
    total.reviewed += route.review
    total.reviewed_right += route.review and right
    total.unreviewed += not route.review
    total.unreviewed_right += not route.review and right
    clues = f"({route.category}, {route.confidence:.2f}, {'/'.join(route.because)})"
    if right and route.review:
        total.needless_review.append(f"{clues} {label}")
    if not right:
        others = {_key(g.external_body or g.directorate, registry) for g in route.alternatives}
        total.in_alternatives += bool(others & names)
        total.wrong.append(
            f"{label}\n      → {_addressee(route, registry)} {clues} instead of {sorted(names)}"
        )


def _paired(
    wanted: list[set[str]], routes: tuple[Route, ...], registry: Registry
) -> list[tuple[set[str], Route]]:
    """Each wanted request with the route that serves it best."""
    if len(wanted) == 1:
        return [(wanted[0], routes[0])]
    best: list[tuple[set[str], Route]] = []
    most = -1
    for order in permutations(routes, min(len(wanted), len(routes))):
        pairs = list(zip(wanted, order, strict=False))
        right = sum(_addressee(route, registry) in names for names, route in pairs)
        if right > most:
            best, most = pairs, right
    return best


def _key(name: str, registry: Registry) -> str:
    directorate = registry.directorate(name) or registry.directorate_named(name)
    body = registry.external_body(name)
    return body.name if body else directorate.name if directorate else fold(name)


def _addressee(route: Route, registry: Registry) -> str:
    return route.external_body or (_key(route.directorate, registry) if route.directorate else "")


def _names(routes: Iterable[Route], registry: Registry) -> str:
    return ", ".join(f"{_addressee(r, registry)} {r.confidence:.2f} ({'/'.join(r.because)})" for r in routes)


def main(arguments: list[str]) -> None:
    files = [Path(a) for a in arguments if not a.startswith("-")] or [HERE / "dev.jsonl"]
    router, registry = shipped_router()
    for path in files:
        sys.stdout.write(f"{path}\n")
        for line in score(labelled(path), router, registry).lines(verbose="-v" in arguments):
            sys.stdout.write(f"  {line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
