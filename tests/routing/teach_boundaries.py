"""Teach where requests begin: the labels say which addressees a text speaks to, in order, but not where.

The places are found first: of all ways to divide a text among its addressees, the one in which each part speaks most
for its own. Then a logistic regression weighs the signs at these places against those at all others.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from daemon.domain.boundaries import Boundaries
from daemon.domain.dividing import Telling
from daemon.domain.registry import Registry
from daemon.domain.routing import Router
from daemon.domain.routing_values import Who
from daemon.domain.splitting import Cut, pieces_of
from daemon.domain.stretches import Stretch

_LEAST = 0.02
"""What an addressee that nobody sees in a part counts for."""
_AT = {
    Cut.JOINT: 0.0,
    Cut.PARAGRAPH: -0.02,
    Cut.SENTENCE: -0.03,
    Cut.COMMA: -0.08,
    Cut.VERB: -0.12,
    Cut.AND: -0.2,
}
"""Where parts are as good, the clearer cut is taken."""
_READINESS = -0.5
"""On the log-odds scale: below zero, since two requests taken for one hide a matter, one taken for two only doubles it."""


class Lessons:
    """Signs, and whether a request begins there."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.signs: list[dict[str, float]] = []
        self.begins: list[bool] = []

    def take(self, items: Iterable[dict[str, Any]], router: Router) -> None:
        """Learn from texts whose requests are labelled, as ``router`` sees them."""
        for item in items:
            asking, place = router.asking(subject=item["subject"], body=item["body"])
            pieces = pieces_of(asking)
            if len(pieces) < len(item["requests"]) or len(pieces) < 2 or pieces[0].cut is Cut.LISTED:
                continue
            telling = Telling(asking, pieces, router.stretch, place)
            cuts = [piece.cut for piece in pieces]
            wanted = [{self._who(name) for name in names} for names in item["requests"]]
            starts = _starts(telling.stretches, cuts, wanted)
            before = telling.stretches[0]
            for n, here in enumerate(telling.stretches[1:], 1):
                if here.best != before.best:
                    self.signs.append(telling.signs(n, before))
                    self.begins.append(n in starts)
                before = here if n in starts else before.joined(here)

    def _who(self, name: str) -> Who:
        if body := self._registry.external_body(name):
            return "", body.name
        directorate = self._registry.directorate(name) or self._registry.directorate_named(name)
        assert directorate, name
        return directorate.code, ""


def _starts(pieces: Sequence[Stretch], cuts: Sequence[Cut], wanted: Sequence[set[Who]]) -> frozenset[int]:
    """The pieces with which the second request and those after it begin."""
    worth: dict[tuple[int, int, int], float] = {}

    def spoken(first: int, last: int, request: int) -> float:
        key = first, last, request
        if key not in worth:
            stretch = pieces[first]
            for other in pieces[first + 1 : last]:
                stretch = stretch.joined(other)
            share = max((stretch.both.get(who, 0.0) for who in wanted[request]), default=0.0)
            worth[key] = math.log(_LEAST + share)
        return worth[key]

    def total(starts: tuple[int, ...]) -> float:
        ends = [0, *starts, len(pieces)]
        told = sum(spoken(a, b, n) for n, (a, b) in enumerate(zip(ends, ends[1:], strict=False)))
        return told + sum(_AT[cuts[start]] for start in starts)

    return frozenset(max(combinations(range(1, len(pieces)), len(wanted) - 1), key=total))


def fit_boundaries(lessons: Lessons, sign: str) -> Boundaries:
    """Weights of the signs on their own scales."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = list(lessons.signs[0])
    rows = np.array([[signs[name] for name in names] for signs in lessons.signs])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    linear = LogisticRegression(C=0.1, max_iter=3000).fit((rows - middle) / spread, lessons.begins)
    weights = linear.coef_[0] / spread
    threshold = float(weights @ middle - linear.intercept_[0]) + _READINESS
    return Boundaries(dict(zip(names, map(float, weights), strict=True)), threshold, sign)
