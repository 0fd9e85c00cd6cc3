"""What a stretch of a message says of whose matter it is, and how it speaks.

A message is cut where its writer might have begun something new (:mod:`daemon.domain.routing.splitting`). Each piece is
looked at once; those that turn out to go on are added to the stretch before them
(:mod:`daemon.domain.routing.beginnings`).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from daemon.domain.routing.nature import pleads, tells_of_trouble
from daemon.domain.routing.second_opinion import View
from daemon.domain.routing.splitting import VERB
from daemon.domain.routing.values import Who
from daemon.domain.routing.weights import shares_of
from daemon.domain.text import fold

_PLACE = re.compile(
    r"\b(?:sok(?:ag|ak)\w*|sk|cad(?:de)?\w*|bulvar\w*|park\w*|meydan\w*|okul\w*|cami\w*|dura[gk]\w*|mezarl\w*"
    r"|site\w*|mevki\w*)\b"
)
_WISH = re.compile(
    r"(?:m[ae]s[iu](?:n[iu]|n[ae])?|m[ae]k|s[iu]n(?:lar|ler)?|[lr]?[iae]l?[iu]m|lazim|gerek\w*|isti\w+)$"
)
_REPORT = re.compile(r"[dt][iu]g[iu]n[iu]$")
_STATE = re.compile(
    r"(?:yor(?:lar|uz)?|yo|m[ae]kt[ae]d[iu]r|m[iu]s(?:tir|lar)?|[dt][iu](?:lar|ler)?|yok\w*|var\w*|bozuk|kirik|d[iu]r)$"
)
ENDINGS = {"wish": _WISH, "report": _REPORT, "state": _STATE}
"""How a complete clause ends: wished for, reported, or stated."""
_BEGINNING, _LONGER = 5, 4
_TOLD = re.compile(r"\w[dt][iu]g[iu]n[iu]\b")
_WANTED = re.compile(r"\w(?:m[ae]s[iu](?:n[iu])?|m[ae]l[ae]r[iu](?:n[iu])?)\b|\bist(?:edig|edi|iyor)|\btalep")

First = tuple[Who | None, float]
"""An addressee whose share is the greatest, and that share."""


class Stretch:
    """A piece of a text, or several that go on: what words and model see in it, and how it speaks."""

    def __init__(
        self,
        text: str,
        totals: Mapping[Who, float],
        view: View | None,
        parts: tuple["Stretch", ...] = (),
    ) -> None:
        """``totals`` is the words' evidence by addressee, ``view`` the second opinion; ``parts`` are the pieces that
        it was joined of."""
        self.text = text
        self.totals = totals
        self.view = view
        self.model = view.shares if view else {}
        """The model's shares."""
        self.parts = parts
        self.length = max(1, len(text.split()))
        """In words."""
        self.evidence = max(totals.values(), default=0.0)
        self.words = shares_of(totals)
        """Shares of the words."""
        self.both = _summed(((self.words, 0.5), (self.model, 0.5)))
        """Words and model, on average."""
        self.best, self.clearness = self.first = first_of(self.both)
        """Whom it speaks to, as words and model together see it, and its share."""

    def joined(self, other: "Stretch") -> "Stretch":
        """Both as one."""
        return Stretch(
            f"{self.text} {other.text}",
            _summed(((self.totals, 1.0), (other.totals, 1.0))),
            self.view.joined(other.view) if self.view and other.view else None,
            (*self.pieces, *other.pieces),
        )

    @property
    def pieces(self) -> tuple["Stretch", ...]:
        """Those that it was joined of, or it alone."""
        return self.parts or (self,)

    @cached_property
    def first_by_words(self) -> First:
        return first_of(self.words)

    @cached_property
    def first_by_model(self) -> First:
        return first_of(self.model)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def asks(self) -> bool:
        return self._any("asks") if self.parts else pleads(self.text)

    @cached_property
    def complains(self) -> bool:
        return self._any("complains") if self.parts else tells_of_trouble(self.text)

    @cached_property
    def has_verb(self) -> bool:
        return self._any("has_verb") if self.parts else VERB.search(f"{self.text} x") is not None

    @cached_property
    def only_reports(self) -> bool:
        """Something is reported ("… olduğunu"), and nothing wanted."""
        return self._tells and not self._wants

    @cached_property
    def places(self) -> frozenset[str]:
        """Words for streets, parks, schools …"""
        own = (part.places for part in self.parts)
        return frozenset().union(*own) if self.parts else frozenset(_PLACE.findall(self.folded))

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Its words, folded."""
        return tuple(re.sub(r"[^\w ]", " ", self.folded).split())

    @cached_property
    def things(self) -> frozenset[str]:
        """The beginnings of its longer words: what it speaks of, whatever their case."""
        return frozenset(word[:_BEGINNING] for word in self.written if len(word) >= _LONGER)

    @cached_property
    def ending(self) -> str:
        """How its last clause ends: "wish", "report", "state", or "" where it is not complete."""
        words = self.pieces[-1].written
        return next((name for name, end in ENDINGS.items() if words and end.search(words[-1])), "")

    @cached_property
    def _tells(self) -> bool:
        return self._any("_tells") if self.parts else _TOLD.search(self.folded) is not None

    @cached_property
    def _wants(self) -> bool:
        return self._any("_wants") if self.parts else _WANTED.search(self.folded) is not None

    def _any(self, name: str) -> bool:
        return any(getattr(part, name) for part in self.parts)


def first_of(shares: Mapping[Who, float]) -> First:
    """Whose share is the greatest, and that share; nobody's is 0."""
    best = max(shares, key=shares.__getitem__, default=None)
    return best, shares[best] if best else 0.0


def _summed(parts: Iterable[tuple[Mapping[Who, float], float]]) -> dict[Who, float]:
    total: dict[Who, float] = {}
    for shares, weight in parts:
        for who, share in shares.items():
            total[who] = total.get(who, 0.0) + weight * share
    return total
