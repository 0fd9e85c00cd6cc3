"""Training the model on what became of the office's requests, and proving it on those held back from it.

scikit-learn is imported here and only when there is something to learn: it costs some 100 MB, so the daemon trains
in a process that ends with it. Every fold is judged by the very code that routes
(:mod:`daemon.domain.routing.learned`).
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from daemon.domain.routing.learned import ADDRESSEE, Model, Traits, Trial, label_of, where_to_trust
from daemon.domain.routing.learned_routing import LearnedRouter
from daemon.domain.routing.router import Router
from daemon.ports.records import Lesson

FOLDS = 5
_CHOOSING = (0, 1, 2)
"""Folds on which the thresholds are chosen; the others must bear them out."""
_FEWEST_OF_A_LABEL = 8


@dataclass(frozen=True, slots=True)
class Room:
    """How much a model may hold."""

    rarest: int
    """A trait of fewer texts is left out."""
    traits: int
    weights: int


OF_AN_OFFICE = Room(rarest=3, traits=20_000, weights=40_000)
"""For a model of an office's own requests: what stands in fewer than three tells little, and might be a name."""
SHIPPED = Room(rarest=2, traits=50_000, weights=150_000)
"""For the shipped one: of 12,000 texts, 40,000 weights lost what rare words tell; 250,000 gained little more, and cost
24 MB."""


@dataclass(frozen=True, slots=True)
class _Example:
    traits: Traits
    label: str
    words: str
    """The category that the words alone choose."""
    words_right: bool
    who: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Learned:
    """The model (``None`` where the words are nowhere beaten) and the figures behind it."""

    model: Model | None
    lessons: int
    words_right: int
    with_model_right: int


def learn(lessons: Iterable[Lesson], router: Router) -> Learned:
    """Train, cross-validate, and say where the model is to be believed."""
    plain = LearnedRouter.without_model(router)
    examples = _sorted_out([_example(lesson, plain) for lesson in lessons])
    if len({example.label for example in examples}) < 2:
        return Learned(None, len(examples), 0, 0)
    trials: dict[int, list[Trial]] = {}
    for fold in range(FOLDS):
        fitted = _fit([e for n, e in enumerate(examples) if n % FOLDS != fold])
        held = [e for n, e in enumerate(examples) if n % FOLDS == fold]
        trials[fold] = [_trial(example, fitted, plain) for example in held]
    chosen = [trial for fold in _CHOOSING for trial in trials[fold]]
    proof = [trial for fold in trials if fold not in _CHOOSING for trial in trials[fold]]
    trust = where_to_trust(chosen, proof)
    every = [*chosen, *proof]
    right = sum(trial.words_right for trial in every)
    gained = sum(
        t.model_right - t.words_right
        for t in every
        if (where := trust.get(t.words)) and t.probability >= where.threshold and t.model != t.words
    )
    model = replace(_fit(examples), trust=trust) if trust and gained > 0 else None
    return Learned(model, len(examples), right, right + max(gained, 0))


def _example(lesson: Lesson, router: LearnedRouter) -> _Example:
    route = router.by_words(lesson.subject, lesson.description, lesson.neighbourhood)
    consistent = router.owns(lesson.category, lesson.directorate, lesson.external_body)
    label = label_of(lesson.category, lesson.directorate, lesson.external_body, consistent=consistent)
    who = ("" if lesson.external_body else lesson.directorate, lesson.external_body)
    seen = router.traits((lesson.subject, lesson.description), lesson.neighbourhood)
    return _Example(
        Traits({intern(name): count for name, count in seen.counts.items()}, {}),
        label,
        route.category,
        _is_right(route.category, label, who, router),
        who,
    )


def _is_right(guess: str, label: str, who: tuple[str, str], router: LearnedRouter) -> bool:
    """The category, where the lesson names one; else whom it went to."""
    if guess == label:
        return True
    exact = not label.startswith("=") and not guess.startswith("=")
    return not exact and router.addressee(guess) == who


def _sorted_out(examples: list[_Example]) -> list[_Example]:
    """Labels with too few examples cannot be learned; the rest is spread evenly over the folds."""
    often = Counter(example.label for example in examples)
    kept = [e for e in examples if e.traits.counts and often[e.label] >= _FEWEST_OF_A_LABEL]
    return sorted(kept, key=lambda e: (e.label, sum(e.traits.counts.values()), e.words))


def _trial(example: _Example, model: Model, router: LearnedRouter) -> Trial:
    opinion = model.opinion(example.traits)
    if opinion is None or router.addressee(opinion.label) is None:
        return Trial(example.words, example.words, 0.0, example.words_right, example.words_right)
    if opinion.label.startswith(ADDRESSEE) and router.addressee(opinion.label) == router.addressee(
        example.words
    ):
        return Trial(example.words, example.words, 0.0, example.words_right, example.words_right)
    right = _is_right(opinion.label, example.label, example.who, router)
    return Trial(example.words, opinion.label, opinion.probability, example.words_right, right)


# --- fitting ----------------------------------------------------------------------------------------------


def _fit(examples: Sequence[_Example]) -> Model:
    return fit([(example.traits, example.label) for example in examples])


def fit(examples: Sequence[tuple[Traits, str]], room: Room = OF_AN_OFFICE) -> Model:
    """TF-IDF over the traits and a linear classifier per label, packed to the weights that matter; trusted nowhere."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier

    tfidf = TfidfVectorizer(
        analyzer=_spelt_out, min_df=room.rarest, max_features=room.traits, sublinear_tf=True, lowercase=False
    )
    rows = tfidf.fit_transform([traits for traits, _ in examples])
    linear = SGDClassifier(
        loss="log_loss", alpha=1e-5, max_iter=15, tol=None, average=True, random_state=20150220
    )
    linear.fit(rows, [label for _, label in examples])
    return _packed(tfidf, linear, room.weights)


def _spelt_out(traits: Traits) -> list[str]:
    return [name for name, count in traits.counts.items() for _ in range(count)]


def _packed(tfidf: Any, linear: Any, most: int) -> Model:
    import numpy as np

    names = [str(name) for name in tfidf.get_feature_names_out()]
    labels = tuple(str(label) for label in linear.classes_)
    coefficients, intercepts = linear.coef_, linear.intercept_
    if len(labels) == 2:  # scikit-learn keeps one row for both then
        coefficients, intercepts = (
            np.vstack([-coefficients, coefficients]),
            np.hstack([-intercepts, intercepts]),
        )
    worth = np.abs(coefficients)
    least = 0.0 if worth.size <= most else float(np.partition(worth.ravel(), -most)[-most])
    starts, classes, weights = array("I", [0]), array("H"), array("f")
    for trait in range(len(names)):
        for label in np.flatnonzero(worth[:, trait] > least):
            classes.append(int(label))
            weights.append(float(coefficients[label, trait]))
        starts.append(len(weights))
    return Model(
        labels=labels,
        intercepts=array("d", (float(value) for value in intercepts)),
        traits={name: n for n, name in enumerate(names)},
        rarity=array("f", (float(value) for value in tfidf.idf_)),
        starts=starts,
        classes=classes,
        weights=weights,
        trust={},
    )
