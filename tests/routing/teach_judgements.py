"""Teach the judgements: where requests begin, whether a text asks for anything, how surely its addressee is known."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from daemon.domain.dividing import Telling
from daemon.domain.judgement import Judgement, Judgements
from daemon.domain.registry import Registry
from daemon.domain.routing import Router
from daemon.domain.routing_values import Nature, Who
from daemon.domain.splitting import Cut, pieces_of
from daemon.domain.stretches import Stretch

_TOLD = 0.25
"""A part in which its addressee has less than this says nothing for certain of where it begins."""
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
_READY_TO_DIVIDE = 1.0
"""Added to the log-odds: two requests taken for one hide a matter, one taken for two only tells it twice."""
_SLOW_TO_CALL_IT_TALK = -0.4
"""Added to the log-odds: a request taken for talk waits for a person, talk taken for a request costs one a glance."""


class _Lesson:
    """Signs, each time with the right answer."""

    def __init__(self) -> None:
        self.signs: list[dict[str, float]] = []
        self.answers: list[bool] = []

    def add(self, signs: dict[str, float], answer: bool) -> None:
        self.signs.append(signs)
        self.answers.append(answer)

    def judgement(self, readiness: float = 0.0) -> Judgement:
        """The signs' weights, on their own scales."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        names = list(self.signs[0])
        rows = np.array([[signs[name] for name in names] for signs in self.signs])
        middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        linear = LogisticRegression(C=0.05, max_iter=3000).fit((rows - middle) / spread, self.answers)
        weights = linear.coef_[0] / spread
        bias = float(linear.intercept_[0] - weights @ middle) + readiness
        return Judgement(dict(zip(names, map(float, weights), strict=True)), bias)


class Lessons:
    """From labelled texts, as a router sees them whose model has not seen them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.begins, self.talks, self.known = _Lesson(), _Lesson(), _Lesson()

    def take(self, items: Iterable[dict[str, Any]], router: Router) -> None:
        for item in items:
            subject, body = item["subject"], item["body"]
            asks = item["kind"] != "not_request"
            place = router.place_in(subject, body)
            ruled = router.ruled(subject, body, place)
            if not ruled.certain:
                self.talks.add(router.asking_signs(ruled, subject, body, place), not asks)
            if asks:
                asking = ruled.asking if ruled.nature is Nature.REQUEST else body
                wanted = [{who_is(name, self._registry) for name in names} for names in item["requests"]]
                self._take_request(subject, asking, wanted, router, place)

    def judgements(self) -> Judgements:
        return Judgements(
            begins=self.begins.judgement(_READY_TO_DIVIDE),
            talks=self.talks.judgement(_SLOW_TO_CALL_IT_TALK),
            known=self.known.judgement(),
        )

    def _take_request(
        self, subject: str, asking: str, wanted: list[set[Who]], router: Router, place: str
    ) -> None:
        if len(wanted) == 1 and (known := router.known_signs((subject, asking), place)):
            first, signs = known
            self.known.add(signs, first in wanted[0])
        pieces = pieces_of(asking)
        if len(pieces) < max(2, len(wanted)) or pieces[0].cut is Cut.LISTED:
            return
        telling = Telling(asking, pieces, router.stretch, place)
        starts = _starts(telling.stretches, [piece.cut for piece in pieces], wanted)
        if len(wanted) > 1 and not _are_told(telling.stretches, starts, wanted):
            return  # nobody can say where they begin
        before = telling.stretches[0]
        for n, here in enumerate(telling.stretches[1:], 1):
            if telling.may_begin(n, before):
                self.begins.add(telling.signs(n, before), n in starts)
            before = here if n in starts else before.joined(here)


def _are_told(pieces: Sequence[Stretch], starts: frozenset[int], wanted: Sequence[set[Who]]) -> bool:
    """Whether each part speaks of its addressee so much that it is surely the one."""
    ends = [0, *sorted(starts), len(pieces)]
    parts = (_whole(pieces[a:b]) for a, b in zip(ends, ends[1:], strict=False))
    return all(
        max((part.both.get(who, 0.0) for who in whose), default=0.0) >= _TOLD
        for part, whose in zip(parts, wanted, strict=True)
    )


def _whole(pieces: Sequence[Stretch]) -> Stretch:
    whole = pieces[0]
    for other in pieces[1:]:
        whole = whole.joined(other)
    return whole


def who_is(name: str, registry: Registry) -> Who:
    """The addressee of a label: a code, a name, or a body outside."""
    if body := registry.external_body(name):
        return "", body.name
    directorate = registry.directorate(name) or registry.directorate_named(name)
    assert directorate, name
    return directorate.code, ""


def _starts(pieces: Sequence[Stretch], cuts: Sequence[Cut], wanted: Sequence[set[Who]]) -> frozenset[int]:
    """The pieces with which the second request and those after it begin. The labels say which addressees a text
    speaks to, in order, but not where: of all ways to divide it, the one in which each part speaks most for its own."""
    worth: dict[tuple[int, int, int], float] = {}

    def spoken(first: int, last: int, request: int) -> float:
        key = first, last, request
        if key not in worth:
            stretch = _whole(pieces[first:last])
            share = max((stretch.both.get(who, 0.0) for who in wanted[request]), default=0.0)
            worth[key] = math.log(_LEAST + share)
        return worth[key]

    def total(starts: tuple[int, ...]) -> float:
        ends = [0, *starts, len(pieces)]
        told = sum(spoken(a, b, n) for n, (a, b) in enumerate(zip(ends, ends[1:], strict=False)))
        return told + sum(_AT[cuts[start]] for start in starts)

    ways = combinations(range(1, len(pieces)), len(wanted) - 1)
    return frozenset(max((total(starts), starts) for starts in ways)[1])
