"""How readily a new request is believed to begin: the weight of each sign, as sample texts taught it.

A logistic regression over the signs of :mod:`daemon.domain.stretches`; its weights are shipped as a short readable
list. Rules written by hand had to be timid: they told 66 of 81 requests apart where a message holds several.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

_KIND = "muhtarlik-boundaries"


@dataclass(frozen=True, slots=True)
class Boundaries:
    """``weights`` by sign; a boundary is where their sum is above ``threshold``."""

    weights: Mapping[str, float]
    threshold: float
    sign: str = ""
    """Names the sample texts that taught them."""

    def begins(self, signs: Mapping[str, float]) -> bool:
        """Whether a new request begins."""
        return (
            sum(self.weights.get(name, 0.0) * value for name, value in signs.items() if value)
            > self.threshold
        )


def serialise(boundaries: Boundaries) -> bytes:
    content = {
        "kind": _KIND,
        "sign": boundaries.sign,
        "threshold": round(boundaries.threshold, 4),
        "weights": {name: round(weight, 4) for name, weight in sorted(boundaries.weights.items())},
    }
    return json.dumps(content, indent=1).encode() + b"\n"


def parse(raw: bytes) -> Boundaries:
    """Raises :class:`ValueError` for anything that is not what we wrote."""
    content = json.loads(raw)
    if not isinstance(content, dict) or content.get("kind") != _KIND:
        raise ValueError("no weights of signs")
    weights = {str(name): float(weight) for name, weight in content["weights"].items()}
    threshold = float(content["threshold"])
    if not all(map(math.isfinite, (*weights.values(), threshold))):
        raise ValueError("a weight is no number")
    return Boundaries(weights, threshold, str(content["sign"]))
