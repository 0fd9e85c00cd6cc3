"""Judgements that sample texts taught: how much each sign speaks for or against.

Logistic regressions, shipped as short readable lists of weights beside the model (``make samples``). Where rules
written by hand had to be timid, these weigh many weak signs together: where a request begins, whether a text asks
for anything at all, which of its clauses only back it up, how surely its addressee is known, whether it tells of
danger to life.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

WORDED = "word "
"""Begins a sign that is a word of the text, or what a word has; there are too many of them to be named one by one."""
_KIND = "muhtarlik-judgements"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One yes or no. ``bias`` is the log-odds of a text without any sign."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def odds(self, signs: Mapping[str, float]) -> float:
        """The logarithm of the odds for a yes; above zero it is the likelier answer."""
        odds, weights = self.bias, self.weights
        for name, value in signs.items():
            if value and name in weights:
                odds += weights[name] * value
        return odds

    def probability(self, signs: Mapping[str, float]) -> float:
        """The same as a share of 0–1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.odds(signs)))))


@dataclass(frozen=True, slots=True)
class Judgements:
    """All that were taught."""

    begins: Judgement
    """A new request begins at a piece of a text (:mod:`daemon.domain.beginnings`)."""
    talks: Judgement
    """A text asks for nothing (:mod:`daemon.domain.asking`)."""
    known: Judgement
    """The likeliest addressee is the right one (:mod:`daemon.domain.second_opinion`)."""
    dangers: Judgement
    """Life is in danger (:mod:`daemon.domain.urgency`)."""
    backs: Judgement
    """A clause only backs up what others ask for (:mod:`daemon.domain.supporting`)."""


def serialise(judgements: Judgements, sign: str) -> bytes:
    """``sign`` names the sample texts that taught them."""
    shown = {field.name: _rounded(getattr(judgements, field.name)) for field in fields(judgements)}
    content = {"kind": _KIND, "sign": sign, **shown}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def parse(raw: bytes) -> Judgements:
    """Raises :class:`ValueError` (or its kin) for anything that is not what we wrote."""
    content = json.loads(raw)
    if not isinstance(content, dict) or content.get("kind") != _KIND:
        raise ValueError("no judgements")
    return Judgements(**{field.name: _judgement(content[field.name]) for field in fields(Judgements)})


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
