"""Routing by the words, and by what has been learned where that has proved to know better."""

from dataclasses import replace
from typing import Self

from daemon.domain.routing.learned import ADDRESSEE, BODY, Model, Opinion
from daemon.domain.routing.router import LONGEST, Router
from daemon.domain.routing.values import Guess, Route, Told
from daemon.domain.text import one_line

LEARNED_WELL = 0.9
"""The model files without a person where it was right so often on requests held back from it."""
_LEARNED = "{} (öğrenildi)"
_MOST_ALTERNATIVES = 3


class LearnedRouter(Router):
    """A router with a model (or none yet, for those who train one). Shares everything with the router it is of."""

    _model: Model | None

    def __init__(self, router: Router, model: Model | None = None) -> None:
        self.__dict__.update(vars(router))
        self._model = model
        self._by_name = {category.name: n for n, category in enumerate(self._categories)}

    @classmethod
    def without_model(cls, router: Router) -> Self:
        return cls(router)

    def by_words(self, subject: str, body: str, neighbourhood: str) -> Route:
        """One request as it is routed without what the office taught: what a model has to beat."""
        return super()._route((subject, body[:LONGEST]), body, one_line(subject), neighbourhood, Told())

    def owns(self, category: str, directorate: str, body: str) -> bool:
        """Whether requests of the category go there."""
        index = self._by_name.get(category)
        return index is not None and self._whose[index] == ("" if body else directorate, body)

    def addressee(self, label: str) -> tuple[str, str] | None:
        """(directorate, body) that a label stands for now; ``None`` for what the mappings no longer know."""
        if label.startswith(BODY):
            who = ("", label.removeprefix(BODY))
        elif label.startswith(ADDRESSEE):
            who = (label.removeprefix(ADDRESSEE), "")
        elif (index := self._by_name.get(label)) is not None:
            who = self._whose[index]
        else:
            return None
        return who if who in self._by_who else None

    def _route(self, texts: tuple[str, str], text: str, heading: str, place: str, told: Told) -> Route:
        route = super()._route(texts, text, heading, place, told)
        trust = self._model.trust.get(route.category) if self._model else None
        if self._model is None or trust is None:
            return route
        opinion = self._model.opinion(self.traits(texts, place))
        if opinion is None or opinion.probability < trust.threshold:
            return route
        return self._corrected(route, opinion, trust.precision, texts, place)

    def _corrected(
        self, route: Route, opinion: Opinion, precision: float, texts: tuple[str, str], place: str
    ) -> Route:
        who = self.addressee(opinion.label)
        here = ("" if route.external_body else route.directorate, route.external_body)
        named = self._by_name.get(opinion.label)
        if who is None or opinion.label == route.category or (named is None and who == here):
            return route
        category = self._categories[self._likeliest(who, texts, place) if named is None else named]
        before = Guess(route.directorate, route.confidence, route.category, route.external_body)
        others = (before, *route.alternatives) if route.category else route.alternatives
        return replace(
            route,
            directorate=category.directorate or self._home,
            external_body=category.external_body,
            category=category.name,
            confidence=round(precision, 3),
            review=category.review or precision < LEARNED_WELL,
            because=tuple(_LEARNED.format(word) for word in opinion.because),
            alternatives=tuple(guess for guess in others if guess.category != category.name)[
                :_MOST_ALTERNATIVES
            ],
        )

    def _likeliest(self, who: tuple[str, str], texts: tuple[str, str], place: str) -> int:
        """The addressee's category that the words speak for most."""
        scores = self._weigh(texts, place).scores
        return max(self._by_who[who], key=lambda n: (scores.get(n, 0.0), -n))
