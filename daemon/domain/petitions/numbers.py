"""What dates and telephone numbers in a petition's lines have in common: candidates, and which to believe."""

from collections.abc import Iterable
from dataclasses import dataclass

from daemon.domain.petitions.petition import NOT_FOUND, Found, Spot


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value, how much speaks for it, how well it was read, and where."""

    value: str
    score: float
    confidence: float
    spot: Spot


def best_of(candidates: Iterable[Candidate], sure_from: float) -> Found:
    """The best; sure when no other says otherwise nearly as loudly."""
    ranked = sorted(candidates, key=lambda c: -c.score)
    if not ranked:
        return NOT_FOUND
    best = ranked[0]
    rival = next((c.score for c in ranked if c.value != best.value), 0.0)
    clear = best.score >= 2.0 and best.score - rival >= 1.0
    share = best.confidence * (1.0 if clear else 0.6)
    return Found(best.value, round(share, 3), clear and best.confidence >= sure_from, best.spot)


def figures_in(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
