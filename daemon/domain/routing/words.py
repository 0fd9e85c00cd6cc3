"""What routing listens for, the categories' words and the addressees' names, and what texts weigh by them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from daemon.domain.registry import Registry
from daemon.domain.routing.context import case_factor, factors
from daemon.domain.routing.ordinary import ORDINARY_PHRASES, ORDINARY_WORDS
from daemon.domain.routing.taught import label_for, trace
from daemon.domain.routing.tokens import Token
from daemon.domain.routing.values import Category, Who
from daemon.domain.routing.vocabulary import Hit, Vocabulary
from daemon.domain.routing.weights import Clue, Weighed, nearness, unrivalled, written
from daemon.domain.text import fold

_STEM = 4
"""Shorter words are too often the beginning of quite another one."""
_LONGER_PHRASE = 0.5
"""Each further word of a phrase adds this share of its weight."""
_OTHER_CATEGORY = 0.25
"""What an addressee's other categories add to its best one."""
_GUESSED = 0.7
_NAMED = 2.0
"""Weight of an addressee's own name in the text."""


class OfficeWords:
    """Words and phrases, each with the categories that it speaks for or the addressee that it names; ordinary ones
    speak for nobody. Compiled once; immutable afterwards."""

    def __init__(self, registry: Registry, categories: Sequence[Category], taught: frozenset[int]) -> None:
        """``taught`` are the traces of the words beside which a model was taught."""
        self._whose = [category.who for category in categories]
        phrases = _phrases(categories)
        named = {text: who for text, who in names(registry) if text not in phrases and who in self._whose}
        self._texts = [*phrases, *named, *(text for text in ORDINARY_PHRASES if text not in phrases)]
        self._owners = [tuple(phrases.get(text, ())) for text in self._texts]
        self._named = [named.get(text) for text in self._texts]
        self._addressees = [
            frozenset([*(self._whose[index] for index, _ in owners), *([who] if who else [])])
            for owners, who in zip(self._owners, self._named, strict=True)
        ]
        self._own = [
            frozenset(who for who in whose if trace(text, label_for(who, registry)) not in taught)
            for text, whose in zip(self._texts, self._addressees, strict=True)
        ]
        self._vocabulary = Vocabulary(self._texts, neutral=ORDINARY_WORDS, forgiving=True)
        self._lengths = [sum(len(part) for part in phrase) for phrase in self._vocabulary.phrases]

    @property
    def listened_for(self) -> Iterator[tuple[str, Who]]:
        """Each with the addressees that it speaks for."""
        return (
            (text, who) for text, whose in zip(self._texts, self._addressees, strict=True) for who in whose
        )

    def clues(self, found: Sequence[Token], hidden: frozenset[int]) -> Iterator[Clue]:
        """What is found in a text, and its worth there; the words at the places ``hidden`` are names."""
        weights = factors(found)
        for hit in unrivalled(self._vocabulary.find(found, hidden=hidden), self._addressees):
            yield self._clue(hit, found, weights)

    def _clue(self, hit: Hit, found: Sequence[Token], weights: Sequence[float]) -> Clue:
        near = nearness([weights[n] for n in hit.places])
        parts = self._vocabulary.phrases[hit.phrase]
        if len(parts) == 1:
            near *= case_factor(found[hit.places[-1]].folded, parts[0][-1].folded)
        length = 1 + _LONGER_PHRASE * (self._lengths[hit.phrase] - 1)
        return Clue(
            hit.phrase, written(found, hit.places), near * length * (_GUESSED if hit.guessed else 1.0)
        )

    def weighed(self, clues: Iterable[Clue]) -> Weighed:
        """What all of a text's clues say together."""
        scores: dict[int, float] = defaultdict(float)
        by_who: dict[Who, list[Clue]] = defaultdict(list)
        named: dict[Who, float] = {}
        for clue in clues:
            owners = self._owners[clue.phrase]
            share = 1 / math.sqrt(len(owners)) if owners else 1.0
            for index, weight in owners:
                worth = weight * clue.worth * share
                scores[index] += worth
                by_who[self._whose[index]].append(Clue(clue.phrase, clue.written, worth))
            if who := self._named[clue.phrase]:
                named[who] = _NAMED
                by_who[who].append(Clue(clue.phrase, clue.written, _NAMED))
        kept = {index: score for index, score in scores.items() if score > 0}
        return Weighed(kept, {w: tuple(c) for w, c in by_who.items()}, self._totals(kept, named))

    def _totals(
        self, scores: Mapping[int, float], named: Mapping[Who, float]
    ) -> tuple[tuple[Who, float], ...]:
        totals: dict[Who, float] = {}
        for index, score in sorted(scores.items(), key=lambda item: -item[1]):
            who = self._whose[index]
            totals[who] = totals[who] + _OTHER_CATEGORY * score if who in totals else score
        for who, weight in named.items():
            totals[who] = totals.get(who, 0.0) + weight
        return tuple(sorted(totals.items(), key=lambda item: -item[1]))

    def decide(self, weighed: Weighed) -> bool:
        """Whether the office's own words do, those which the samples were not taught beside."""
        if weighed.best is None:
            return False
        clues = weighed.clues[weighed.best]
        own = sum(clue.worth for clue in clues if weighed.best in self._own[clue.phrase])
        return own >= sum(clue.worth for clue in clues) / 2 > 0


def _phrases(categories: Iterable[Category]) -> dict[str, list[tuple[int, float]]]:
    """The categories' words, each with the numbers of those that have it and its weight there."""
    phrases: dict[str, list[tuple[int, float]]] = {}
    for index, category in enumerate(categories):
        for text, weight in unlessened(category.words):
            phrases.setdefault(text, []).append((index, weight))
    return phrases


def unlessened(words: Sequence[tuple[str, float]]) -> Iterable[tuple[str, float]]:
    """A longer form of a word weighs no less than the word: "asfaltlanm: 1" beside "asfalt: 3" weighs three."""
    bare = {fold(text): weight for text, weight in words if " " not in text}
    for text, weight in words:
        if " " in text or weight <= 0:
            yield text, weight
            continue
        folded = fold(text)
        shorter = [bare[part] for n in range(_STEM, len(folded)) if (part := folded[:n]) in bare]
        yield text, max(weight, *shorter) if shorter else weight


def names(registry: Registry) -> Iterable[tuple[str, Who]]:
    """The addressees' names as they stand in texts. The office's own name heads every petition and says nothing."""
    for directorate in registry.directorates:
        if directorate.code != registry.home_directorate:
            bare = directorate.name.replace(" Müdürlüğü", "")
            yield bare if " " in bare else directorate.name, (directorate.code, "")
    for body in registry.external_bodies:
        for name in (body.name, *body.aliases):
            yield name, ("", body.name)
