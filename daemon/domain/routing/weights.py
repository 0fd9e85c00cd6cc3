"""What the words of a text weigh, for whom, and how surely."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from daemon.domain.routing.tokens import Token
from daemon.domain.routing.values import Who
from daemon.domain.routing.vocabulary import Hit

SOME = 1.3
"""Evidence from which on a text speaks of an addressee's matters at all."""
_ENOUGH = 1.2
"""Evidence at which half of the doubt about the text as a whole is gone."""
_SHARPNESS = 2.0
_PLAINLY = 0.85
"""From this share on, words speak plainly: of 2,572 sure ones of held-back texts they spoke so for another addressee
in fourteen, of which three went wrong, as one in a hundred and thirty does."""


class Clue(NamedTuple):
    """A hit with what it is worth here."""

    phrase: int
    written: str
    worth: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text with its categories' scores and clues, and its addressees' totals, the greatest first."""

    scores: Mapping[int, float]
    clues: Mapping[Who, tuple[Clue, ...]]
    totals: tuple[tuple[Who, float], ...]

    @property
    def best(self) -> Who | None:
        return self.totals[0][0] if self.totals else None

    @property
    def evidence(self) -> float:
        return self.totals[0][1] if self.totals else 0.0

    @property
    def confidence(self) -> float:
        """How surely the best addressee is the right one, 0–1."""
        return self.share(self.best) if self.best else 0.0

    @property
    def shares(self) -> dict[Who, float]:
        """How surely it is each addressee, 0–1."""
        return shares_of(dict(self.totals))

    def allows(self, ranking: Sequence[tuple[Who, float]]) -> bool:
        """Whether the words do not speak plainly for another than the first of ``ranking``: the office's own list then
        says one thing and the samples another ("moloz"), and a person decides."""
        return not ranking or ranking[0][0] == self.best or self.confidence < _PLAINLY

    def share(self, who: Who) -> float:
        return self.shares.get(who, 0.0)


def shares_of(totals: Mapping[Who, float]) -> dict[Who, float]:
    """How surely it is each of them, 0–1; together less than one, the less evidence there is at all."""
    everything = sum(total**_SHARPNESS for total in totals.values())
    if not everything:
        return {}
    evidence = max(totals.values())
    sure = evidence / (evidence + _ENOUGH)
    return {who: total**_SHARPNESS / everything * sure for who, total in totals.items()}


def nearness(weights: Sequence[float]) -> float:
    """What a phrase's place is worth: a landmark in it lessens the whole, a wish in it raises the whole."""
    return min(weights) if min(weights) < 1.0 else max(weights)


def written(found: Sequence[Token], places: Sequence[int]) -> str:
    """The words of a hit as they stand in the text."""
    return " ".join(found[n].written for n in places)


def because(clues: Sequence[Clue]) -> tuple[str, ...]:
    """The words that decided, the weightiest first, none that a longer one already holds."""
    said: list[str] = []
    for clue in sorted(clues, key=lambda c: -c.worth):
        if clue.worth > 0 and not any(set(clue.written.split()) <= set(other.split()) for other in said):
            said.append(clue.written)
    return tuple(said[:8])


def unrivalled(hits: Iterable[Hit], addressees: Sequence[frozenset[Who]]) -> Iterator[Hit]:
    """Hits whose words no longer phrase of somebody else has taken; ``addressees`` of each phrase, by its number."""
    takers: dict[int, tuple[int, frozenset[Who]]] = {}
    for hit in sorted(hits, key=lambda h: -len(h.places)):
        owners, length = addressees[hit.phrase], len(hit.places)
        rivals = [takers[n] for n in hit.places if n in takers]
        if any(longer > length and owners.isdisjoint(others) for longer, others in rivals):
            continue
        for n in hit.places:
            takers.setdefault(n, (length, owners))
        yield hit
