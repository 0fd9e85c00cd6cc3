"""Whose request it is, and why: weighted words and phrases over folded five-letter prefixes.

Names of neighbourhoods and streets are masked first; then every category's words are weighed, what many
directorates share counts less, what stands in the subject more. The words that decided are kept and shown.
Below a confidence, and for categories that are always disputed, a person decides.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daemon.domain.masking import Places
from daemon.domain.nature import nature_of
from daemon.domain.registry import Registry
from daemon.domain.routing_values import Category as Category
from daemon.domain.routing_values import Guess as Guess
from daemon.domain.routing_values import Nature as Nature
from daemon.domain.routing_values import Route as Route
from daemon.domain.routing_values import Routing as Routing
from daemon.domain.splitting import parts
from daemon.domain.text import one_line
from daemon.domain.vocabulary import Hit, Vocabulary, phrase_of, tokens

SURE = 0.5
"""Below this confidence a person decides."""
_IN_SUBJECT = 1.4
_LONGER_PHRASE = 0.8
_ENOUGH = 1.6
"""Evidence at which half of the doubt about the text as a whole is gone."""

_Who = tuple[str, str]
"""(directorate code, external body)."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One part of the text with every category's score and the hits that made it."""

    text: str
    scores: Mapping[int, float]
    hits: Mapping[int, tuple[Hit, ...]]

    @property
    def best(self) -> int | None:
        return max(self.scores, key=lambda n: (self.scores[n], -n)) if self.scores else None

    @property
    def evidence(self) -> float:
        return max(self.scores.values(), default=0.0)


class Router:
    """Compiled once from the register and the categories; immutable afterwards."""

    def __init__(self, registry: Registry, categories: tuple[Category, ...]) -> None:
        self._categories = categories
        self._home = registry.home_directorate
        self._places = Places(registry)
        self._weights: dict[tuple[str, ...], list[tuple[int, float]]] = defaultdict(list)
        for index, category in enumerate(categories):
            for text, weight in category.words:
                if phrase := phrase_of(text):
                    self._weights[phrase].append((index, weight * (1 + _LONGER_PHRASE * (len(phrase) - 1))))
        self._vocabulary = Vocabulary(text for category in categories for text, _ in category.words)
        self._urgent = Vocabulary(text for category in categories for text in category.urgent)

    def route(self, *, subject: str, body: str, channel: str = "", neighbourhood: str = "") -> Routing:
        """Understand a text. ``neighbourhood`` is the sender's, when known."""
        found = tokens(f"{subject}\n{body}")
        named = self._places.find(found)
        place = neighbourhood or (named.name if named else "")
        whole = self._weigh(subject, body, place)
        nature = nature_of(subject, body, evidence=whole.evidence)
        if nature is not Nature.REQUEST:
            return Routing(nature)
        pieces = self._pieces(body, place)
        if len(pieces) < 2:
            heading = one_line(subject) or one_line(body, 80)
            return Routing(nature, (self._route(whole, heading, body or subject, place),))
        return Routing(nature, tuple(self._route(p, one_line(p.text, 80), p.text, place) for p in pieces))

    # --- weighing -------------------------------------------------------------------------------------

    def _weigh(self, subject: str, body: str, place: str) -> _Weighed:
        scores: dict[int, float] = defaultdict(float)
        hits: dict[int, list[Hit]] = defaultdict(list)
        seen: set[tuple[str, ...]] = set()
        for text, factor in ((subject, _IN_SUBJECT), (body, 1.0)):
            for hit in self._vocabulary.find(self._places.masked(tokens(text), place)):
                if hit.phrase in seen:
                    continue
                seen.add(hit.phrase)
                owners = self._weights[hit.phrase]
                share = 1 / math.sqrt(len({self._who(n) for n, _ in owners}))
                for index, weight in owners:
                    scores[index] += weight * factor * share
                    hits[index].append(hit)
        kept = {index: score for index, score in scores.items() if score > 0}
        return _Weighed(body, kept, {index: tuple(hits[index]) for index in kept})

    def _who(self, index: int) -> _Who:
        category = self._categories[index]
        return ("" if category.external_body else category.directorate, category.external_body)

    def _pieces(self, body: str, place: str) -> list[_Weighed]:
        """Parts that speak of different things; neighbours about the same one stay together."""
        listed = parts(body)
        weighed = [self._weigh("", text, place) for text in listed]
        joined: list[_Weighed] = []
        for piece in weighed:
            if piece.evidence < 1.0 or (joined and self._same(joined[-1], piece)):
                if joined:
                    joined[-1] = self._weigh("", f"{joined[-1].text}\n{piece.text}", place)
            else:
                joined.append(piece)
        return joined

    def _same(self, one: _Weighed, other: _Weighed) -> bool:
        first, second = one.best, other.best
        return first is not None and second is not None and self._who(first) == self._who(second)

    # --- deciding -------------------------------------------------------------------------------------

    def _route(self, weighed: _Weighed, heading: str, text: str, place: str) -> Route:
        ranked = self._ranked(weighed)
        urgent = bool(self._urgent.find(tokens(f"{heading}\n{text}")))
        if not ranked:
            return Route(heading, text, "", "", "", 0.0, True, place, urgent, ())
        guesses = [self._guess(index, share) for index, share in ranked]
        best, index = guesses[0], ranked[0][0]
        category = self._categories[index]
        return Route(
            subject=heading,
            text=text,
            directorate=best.directorate,
            external_body=best.external_body,
            category=category.name,
            confidence=best.confidence,
            review=category.review or best.confidence < SURE,
            neighbourhood=place,
            urgent=urgent,
            because=_because(weighed.hits[index]),
            alternatives=tuple(guess for guess in guesses[1:4] if guess.confidence >= 0.05),
        )

    def _guess(self, index: int, share: float) -> Guess:
        category = self._categories[index]
        return Guess(category.directorate, round(share, 3), category.name, category.external_body)

    def _ranked(self, weighed: _Weighed) -> list[tuple[int, float]]:
        """The best category of each addressee with its confidence, the surest first."""
        best: dict[_Who, int] = {}
        total: dict[_Who, float] = defaultdict(float)
        for index, score in sorted(weighed.scores.items(), key=lambda item: -item[1]):
            who = self._who(index)
            total[who] += score if who not in best else 0.25 * score
            best.setdefault(who, index)
        if not best:
            return []
        top = max(total.values())
        enough = top / (top + _ENOUGH * 0.5)
        squares = {who: score**2 for who, score in total.items()}
        everything = sum(squares.values())
        ordered = sorted(best.items(), key=lambda item: -total[item[0]])
        return [(index, enough * squares[who] / everything) for who, index in ordered]


def _because(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The words that decided, as they stand in the text, each once."""
    return tuple(dict.fromkeys(" ".join(hit.words) for hit in sorted(hits, key=lambda h: -len(h.phrase))))[:8]


def routing_json(routing: Routing, registry: Registry) -> dict[str, object]:
    """The stable form of ``muhtarlik route --json``. A body outside is named alone: it is the addressee."""
    is_request = routing.nature is Nature.REQUEST

    def named(code: str, body: str) -> str | None:
        directorate = registry.directorate(code)
        return directorate.name if directorate and not body else None

    return {
        "kind": "request" if is_request else "not_request",
        "nature": routing.nature.value,
        "requests": [
            {
                "directorate": named(route.directorate, route.external_body),
                "external_body": route.external_body or None,
                "category": route.category or None,
                "confidence": route.confidence,
                "review": route.review,
                "neighbourhood": route.neighbourhood or None,
                "urgent": route.urgent,
                "because": list(route.because),
                "alternatives": [
                    {
                        "directorate": named(guess.directorate, guess.external_body),
                        "external_body": guess.external_body or None,
                        "confidence": guess.confidence,
                    }
                    for guess in route.alternatives
                ],
            }
            for route in routing.routes
        ],
    }
