"""What routing has learned from the office's own corrections: a linear model over the words' beginnings.

Trained elsewhere (:mod:`daemon.learning`); here it is only weighed, with plain dictionaries and arrays. It speaks
only where it has beaten the words on requests held back from it: ``trust`` names, by the category that the words
would choose, from which probability on it is believed, and how often it was right then.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from daemon.domain.routing.tokens import Token

ADDRESSEE = "="
"""Begins a label that names a directorate's code only: the request's category said nothing of it."""
BODY = "=>"
"""Begins a label that names a body outside."""
_PREFIX = 5
_GRAM = 4
_MOST_TOKENS = 400
_MOST_SAID = 4
_WORDS = 5_000
"""Words whose traits are remembered: a language's commonest make up most of what is written."""


_Trait = tuple[float, Sequence[float]]
"""How much it tells by being rare, and what it then weighs for each label: columns of such rows are summed quickly."""
Spoken = tuple[Sequence[Token], frozenset[int]]
"""A text's words, and the places of those that name a place or a person."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the model sees of a text: how often each trait occurs, and from which written words it comes."""

    counts: Mapping[str, int]
    sources: Mapping[str, str]


def traits_of(*texts: Spoken) -> Traits:
    """The traits of texts that belong together, as a subject and its body do, and the words that they come from."""
    sources: dict[str, str] = {}
    for found, hidden in texts:
        for written, names in _named(found, hidden):
            for name in names:
                sources.setdefault(name, written)
    return Traits(counts_of(*texts), sources)


def counts_of(*texts: Spoken) -> dict[str, int]:
    """How often each trait occurs in them."""
    found: list[str] = []
    for text in texts:
        for _, names in _named(*text):
            found += names
    return Counter(found)


def _named(found: Sequence[Token], hidden: frozenset[int]) -> list[tuple[str, tuple[str, ...]]]:
    """Each word with its traits: its beginning, pieces of four letters, which a slip leaves half of, and behind them
    the pair with its neighbour. Names of places and persons (``hidden``) tell nothing."""
    named: list[tuple[str, tuple[str, ...]]] = []
    before = ""
    for token in found[:_MOST_TOKENS]:
        names = () if token.place in hidden else _of_word(token.folded)
        if not names:
            before = ""
            continue
        named.append((token.written, names))
        if before:
            named.append((token.written, (f"{before} {names[0]}",)))
        before = names[0]
    return named


@lru_cache(maxsize=_WORDS)
def _of_word(word: str) -> tuple[str, ...]:
    if len(word) < 2 or word.isdigit():
        return ()
    padded = f"_{word[:12]}_"
    grams = (f"~{padded[n : n + _GRAM]}" for n in range(max(1, len(padded) - _GRAM + 1)))
    return (word[:_PREFIX], *grams)


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model's best label, how probable it is, and the words that speak for it."""

    label: str
    probability: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text's traits weigh for each label; ``square`` is the square of how long the text is, as vectors are."""

    scores: Sequence[float]
    square: float

    def __add__(self, other: "Evidence") -> "Evidence":
        """Of both texts together; traits that stand in both are counted as if they did not."""
        scores = [one + another for one, another in zip(self.scores, other.scores, strict=True)]
        return Evidence(scores, self.square + other.square)


@dataclass(frozen=True, slots=True)
class Trust:
    """Believed from this probability on; ``precision`` is how often it was right there on held-back requests."""

    threshold: float
    precision: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by trait, packed: trait ``t`` has those from ``starts[t]`` to ``starts[t + 1]``."""

    labels: tuple[str, ...]
    intercepts: "array[float]"
    traits: Mapping[str, int]
    rarity: "array[float]"
    """How much a trait tells by being rare (smoothed inverse document frequency)."""
    starts: "array[int]"
    classes: "array[int]"
    weights: "array[float]"
    trust: Mapping[str, Trust]
    known: dict[str, _Trait] = field(init=False, default_factory=dict, repr=False, compare=False)
    """Traits that were met, unpacked."""

    def opinion(self, traits: Traits) -> Opinion | None:
        """``None`` where the model knows nothing of the text."""
        if not (shares := self.shares(traits)):
            return None
        best = max(range(len(shares)), key=shares.__getitem__)
        return Opinion(self.labels[best], shares[best], self.because(best, traits))

    def shares(self, traits: Traits) -> list[float]:
        """How probable each label is beside the others; empty where the model knows nothing of the text."""
        alone = self.alone(self.evidence(traits.counts))
        everything = sum(alone)
        return [share / everything for share in alone]

    def evidence(self, counts: Mapping[str, int]) -> Evidence:
        """What a text says, given how often each trait occurs in it."""
        rows: list[Sequence[float]] = []
        square, known, exists = 0.0, self.known, self.traits
        for name, count in counts.items():
            if name in known:
                value, row = known[name]
            elif name in exists:
                value, row = known[name] = self._unpacked(exists[name])
            else:
                continue
            if count > 1:
                often = 1.0 + math.log(count)
                value *= often
                row = [weight * often for weight in row]
            square += value * value
            rows.append(row)
        scores = [sum(column) for column in zip(*rows, strict=True)]
        return Evidence(scores or [0.0] * len(self.labels), square)

    def alone(self, evidence: Evidence) -> list[float]:
        """How probable each label is by itself; empty where the model knows nothing of the text."""
        if not evidence.square:
            return []
        half, tanh = 0.5 / math.sqrt(evidence.square), math.tanh
        both = zip(self.intercepts, evidence.scores, strict=True)
        return [0.5 + 0.5 * tanh(0.5 * intercept + half * score) for intercept, score in both]

    def _unpacked(self, trait: int) -> "_Trait":
        row = [0.0] * len(self.labels)
        value = self.rarity[trait]
        for n in range(self.starts[trait], self.starts[trait + 1]):
            row[self.classes[n]] = value * self.weights[n]
        return value, tuple(row)

    def because(self, label: int, traits: Traits) -> tuple[str, ...]:
        """The written words whose traits speak most for the label."""
        if not traits.sources:
            return ()
        told: dict[str, float] = defaultdict(float)
        for name, count in traits.counts.items():
            if (trait := self.traits.get(name)) is None:
                continue
            for n in range(self.starts[trait], self.starts[trait + 1]):
                if self.classes[n] == label:
                    told[traits.sources[name]] += count * self.rarity[trait] * self.weights[n]
        best = sorted(told.items(), key=lambda item: -item[1])[:_MOST_SAID]
        return tuple(word for word, weight in best if weight > 0)


def label_of(category: str, directorate: str, body: str, *, consistent: bool) -> str:
    """The lesson that a request teaches: its category, where that belongs to whom it went in the end."""
    if category and consistent:
        return category
    return f"{BODY}{body}" if body else f"{ADDRESSEE}{directorate}"


# --- where it is believed ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trial:
    """One held-back request: what the words chose, what the model would have, and what was right."""

    words: str
    model: str
    probability: float
    words_right: bool
    model_right: bool


_THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_LEAST_WINS = 5
_LEAST_PRECISION = 0.7
_CHANCE = 0.005
"""So improbable must it be that the model wins so often by mere chance (one-sided sign test)."""


def where_to_trust(chosen: Sequence[Trial], proof: Sequence[Trial]) -> dict[str, Trust]:
    """By the words' category: the threshold that wins most over the words among ``chosen``, kept only if it wins
    among ``proof`` too."""
    found: dict[str, Trust] = {}
    for words in sorted({trial.words for trial in chosen}):
        best = max(
            (threshold for threshold in _THRESHOLDS if _beats(chosen, words, threshold)),
            key=lambda threshold: _gain(chosen, words, threshold),
            default=None,
        )
        if best is not None and _gain(proof, words, best) > 0:
            found[words] = Trust(best, _precision([*chosen, *proof], words, best))
    return found


def _spoken(trials: Iterable[Trial], words: str, threshold: float) -> list[Trial]:
    return [t for t in trials if t.words == words and t.model != words and t.probability >= threshold]


def _gain(trials: Iterable[Trial], words: str, threshold: float) -> int:
    return sum(t.model_right - t.words_right for t in _spoken(trials, words, threshold))


def _precision(trials: Iterable[Trial], words: str, threshold: float) -> float:
    spoken = _spoken(trials, words, threshold)
    return sum(t.model_right for t in spoken) / len(spoken) if spoken else 0.0


def _beats(trials: Sequence[Trial], words: str, threshold: float) -> bool:
    spoken = _spoken(trials, words, threshold)
    wins = sum(t.model_right and not t.words_right for t in spoken)
    losses = sum(t.words_right and not t.model_right for t in spoken)
    if wins < _LEAST_WINS or _precision(trials, words, threshold) < _LEAST_PRECISION:
        return False
    tosses = wins + losses
    by_chance: int = sum(math.comb(tosses, n) for n in range(wins, tosses + 1))
    return bool(by_chance <= _CHANCE * 2**tosses)
