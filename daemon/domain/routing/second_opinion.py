"""A second opinion on whose a request is: a model trained on sample texts, shipped with the program.

The words say why, and are the office's own to change; the model has seen how such requests are worded. Each errs
where the other does not. How surely both together know the addressee is a judgement that was taught too: a share of
their common ranking says little by itself.
"""

import math
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

from daemon.domain.registry import Registry
from daemon.domain.routing.judgement import Judgement
from daemon.domain.routing.learned import Evidence, Model, Traits
from daemon.domain.routing.taught import TALK, addressee
from daemon.domain.routing.values import Told, Who

WORDS = 0.3
"""The words' share in a common ranking; measured on texts that neither had seen."""
_LEAST = 0.15
"""Where the words know nothing, the model is heard from this share on; a person decides then in any case."""
_MOST_NAMED = 5
_FEW = 2
_NOTHING, _NEVER = 0.01, 1e-4
_MOST = 6.0
"""More evidence than this makes nothing surer."""

Signs = Callable[[Who], dict[str, float]]
Ranking = Sequence[tuple[Who, float]]
"""Addressees with their shares of 0–1, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Considered:
    """Both opinions together, and how surely they know the first of the ranking."""

    ranking: Ranking
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """A text as the model sees it: how probable each addressee is, and the log-odds that it asks for nothing."""

    shares: Mapping[Who, float]
    talk: float
    evidence: Evidence = field(repr=False)
    opinion: "SecondOpinion" = field(repr=False)

    def joined(self, other: "View") -> "View":
        """Two stretches as one text, without the pairs of words where they meet."""
        return self.opinion.seen(self.evidence + other.evidence)


class SecondOpinion:
    """The model, with its labels read as addressees of this office: they are names, for codes are each office's own."""

    def __init__(self, model: Model, known: Judgement, registry: Registry, whose: Container[Who]) -> None:
        """``whose`` holds the addressees that have a category; the model's others are not heard."""
        self._model = model
        self._known = known
        found = (addressee(label, registry) for label in model.labels)
        self._whose = [who if who in whose else None for who in found]
        self._heard = [(n, who) for n, who in enumerate(self._whose) if who is not None]
        self._talk = model.labels.index(TALK) if TALK in model.labels else None

    def view(self, counts: Mapping[str, int]) -> View:
        """What the model sees in a text, given how often each trait occurs."""
        return self.seen(self._model.evidence(counts))

    def seen(self, evidence: Evidence) -> View:
        """The same, of what its traits weigh."""
        alone = self._model.alone(evidence)
        everything = sum(alone) - (alone[self._talk] if alone and self._talk is not None else 0.0)
        least = _NOTHING * everything
        heard = self._heard if alone else ()
        shares = {who: share / everything for n, who in heard if (share := alone[n]) > least}
        talk = min(max(alone[self._talk], _NEVER), 1 - _NEVER) if alone and self._talk is not None else 0.5
        return View(shares, math.log(talk / (1 - talk)), evidence, self)

    def consider(
        self, words: Mapping[Who, float], evidence: float, view: View, told: Told, apart: Signs
    ) -> Considered:
        """What the words say (shares), reconsidered. ``evidence`` is what they have for their first, ``apart`` gives
        the signs by which the message's parts speak for an addressee (:mod:`daemon.domain.routing.agreement`)."""
        ranking, signs = self.rank(words, evidence, view.shares, told)
        if not ranking:
            return Considered(())
        return Considered(ranking, self._known.probability(signs | apart(ranking[0][0])))

    def because(self, who: Who, traits: Traits) -> tuple[str, ...]:
        """The written words in which the model sees an addressee."""
        return self._model.because(self._whose.index(who), traits) if who in self._whose else ()

    def rank(
        self, words: Mapping[Who, float], evidence: float, model: Mapping[Who, float], told: Told
    ) -> tuple[Ranking, dict[str, float]]:
        """The common ranking, and the signs by which its first is judged."""
        both = {who: together(words.get(who, 0.0), model.get(who, 0.0)) for who in {**words, **model}}
        ranking = sorted(both.items(), key=lambda pair: -pair[1])[:_MOST_NAMED]
        if not ranking or (not words and ranking[0][1] < _LEAST):
            return (), {}
        return ranking, signs_of(ranking, words, model, evidence, told)


def together(words: float, model: float) -> float:
    """Both shares as one."""
    return WORDS * words + (1 - WORDS) * model


def signs_of(
    ranking: Ranking, words: Mapping[Who, float], model: Mapping[Who, float], evidence: float, told: Told
) -> dict[str, float]:
    """By name, what speaks for or against the first of the ranking."""
    first, share = ranking[0]
    second = ranking[1][1] if len(ranking) > 1 else 0.0
    of_words, of_model = words.get(first, 0.0), model.get(first, 0.0)
    return {
        "share": share,
        "next share": second,
        "lead": math.log((share + _NOTHING) / (second + _NOTHING)),
        "share of the words": of_words,
        "share of the model": of_model,
        "other words": max((other for who, other in words.items() if who != first), default=0.0),
        "other model": max((other for who, other in model.items() if who != first), default=0.0),
        "words agree": float(of_words > 0 and of_words == max(words.values())),
        "model agrees": float(of_model > 0 and of_model == max(model.values())),
        "evidence": min(evidence, _MOST),
        "no words": float(not words),
        "one of several": float(told.among > 1),
        "one of many": float(told.among > _FEW),
        "submitted": float(told.submitted),
    }
