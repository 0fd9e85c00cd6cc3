"""Judgements that sample texts taught: how much each sign speaks for or against.

Logistic regressions, shipped as short readable lists of weights beside the model (``make samples``). Where rules
written by hand had to be timid, these weigh many weak signs together: where a request begins, whether a text asks
for anything at all, which of its clauses only back it up, how surely its addressee is known, whether it tells of
danger to life.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

WORDED = "word "
"""Begins a sign that is a word of the text, or what a word has; there are too many of them to be named one by one."""
_KIND = "muhtarlik-judgements"


def worded(words: Iterable[str]) -> dict[str, float]:
    """Words as signs beside those that have names."""
    return dict.fromkeys((WORDED + word for word in words), 1.0)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One yes or no. ``bias`` is the log-odds of a text without any sign."""

    weights: Mapping[str, float]
    bias: float = 0.0
    _of_words: Mapping[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_words = {
            name.removeprefix(WORDED): w for name, w in self.weights.items() if name.startswith(WORDED)
        }
        object.__setattr__(self, "_of_words", of_words)

    def odds(self, signs: Mapping[str, float], words: Iterable[str] = ()) -> float:
        """The logarithm of the odds for a yes; above zero it is the likelier answer. ``words`` are the signs that
        :func:`worded` makes of them, each of the value one."""
        odds, weights = self.bias, self.weights
        for name, value in signs.items():
            if value and name in weights:
                odds += weights[name] * value
        return sum(filter(None, map(self._of_words.get, words)), odds)

    def probability(self, signs: Mapping[str, float]) -> float:
        """The same as a share of 0–1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.odds(signs)))))


@dataclass(frozen=True, slots=True)
class Judgements:
    """All that were taught."""

    begins: Judgement
    """A new request begins at a piece of a text (:mod:`daemon.domain.routing.beginnings`)."""
    talks: Judgement
    """A text asks for nothing (:mod:`daemon.domain.routing.asking`)."""
    known: Judgement
    """The likeliest addressee is the right one (:mod:`daemon.domain.routing.second_opinion`)."""
    dangers: Judgement
    """Life is in danger (:mod:`daemon.domain.routing.urgency`)."""
    backs: Judgement
    """A clause only backs up what others ask for (:mod:`daemon.domain.routing.supporting`)."""


def serialise(judgements: Judgements, sign: str) -> bytes:
    """``sign`` names the sample texts that taught them."""
    shown = {each.name: _rounded(getattr(judgements, each.name)) for each in fields(judgements)}
    content = {"kind": _KIND, "sign": sign, **shown}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def parse(raw: bytes) -> Judgements:
    """Raises :class:`ValueError` (or its kin) for anything that is not what we wrote."""
    content = json.loads(raw)
    if not isinstance(content, dict) or content.get("kind") != _KIND:
        raise ValueError("no judgements")
    return Judgements(**{each.name: _judgement(content[each.name]) for each in fields(Judgements)})


def _judgement(content: dict[str, object]) -> Judgement:
    weights, bias = content["weights"], content["bias"]
    if not isinstance(weights, dict) or not isinstance(bias, (int, float)):
        raise ValueError("no weights")
    found = Judgement({str(name): float(weight) for name, weight in weights.items()}, float(bias))
    if not all(map(math.isfinite, (*found.weights.values(), found.bias))):
        raise ValueError("a weight is no number")
    return found


def _rounded(judgement: Judgement) -> dict[str, object]:
    weights = {name: round(weight, 4) for name, weight in sorted(judgement.weights.items())}
    return {"bias": round(judgement.bias, 4), "weights": weights}
