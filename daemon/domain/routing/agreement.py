"""Whether what stands apart in a message speaks of the same addressee: its subject, its body, each of its clauses.

What a message says as a whole may be one matter clearly told, or several things of which one only outweighs the
others. How surely its addressee is known (:mod:`daemon.domain.routing.second_opinion`) hangs on that: with these
signs one or two in a hundred more of the held-back requests are filed, and no more of them wrongly.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from daemon.domain.routing.clauses import clauses
from daemon.domain.routing.second_opinion import View, together
from daemon.domain.routing.values import Who
from daemon.domain.routing.weights import SOME, Weighed

_PLENTY, _MANY = 4.0, 4
"""More evidence, and more clauses that say something, make nothing surer."""
_OF_SUBJECT = (
    "has subject", "subject share", "subject other", "subject agrees", "subject evidence", "body share",
)  # fmt: skip

Look = Callable[[tuple[str, str]], tuple[Weighed, View | None]]
"""What words and model see in (subject, body)."""


def agreement_signs(first: Who, texts: tuple[str, str], look: Look) -> dict[str, float]:
    """By name, how far the parts of (subject, body) speak for ``first``, which the whole speaks of most."""
    body = texts[1]
    return {
        **_of_subject(first, texts, look),
        **_of_clauses(first, clauses(body), look),
        "length": math.log(1 + len(body.split())),
    }


def _of_subject(first: Who, texts: tuple[str, str], look: Look) -> dict[str, float]:
    if not texts[0].strip():
        return dict.fromkeys(_OF_SUBJECT, 0.0)
    weighed, view = look((texts[0], ""))
    shares = _both(weighed, view)
    mine, other = _mine_and_other(first, shares)
    agrees = float(bool(shares) and mine >= other)
    body = _both(*look(("", texts[1]))).get(first, 0.0)
    signs = (1.0, mine, other, agrees, min(weighed.evidence, _PLENTY), body)
    return dict(zip(_OF_SUBJECT, signs, strict=True))


def _of_clauses(first: Who, told: Sequence[str], look: Look) -> dict[str, float]:
    best = against = 0.0
    strong = agree = 0
    for clause in told:
        weighed, view = look(("", clause))
        mine, other = _mine_and_other(first, _both(weighed, view))
        best = max(best, mine)
        if weighed.evidence >= SOME:
            strong += 1
            agree += mine > other
            against = max(against, other - mine)
    return {
        "clauses": math.log(1 + len(told)),
        "clause best": best,
        "clause against": against,
        "clauses strong": float(min(strong, _MANY)),
        "clauses agree": agree / strong if strong else 0.0,
    }


def _both(weighed: Weighed, view: View | None) -> Mapping[Who, float]:
    words, model = weighed.shares, view.shares if view else {}
    return {who: together(words.get(who, 0.0), model.get(who, 0.0)) for who in {**words, **model}}


def _mine_and_other(first: Who, shares: Mapping[Who, float]) -> tuple[float, float]:
    return shares.get(first, 0.0), max((share for who, share in shares.items() if who != first), default=0.0)
