"""What a stretch of a message says of whose matter it is, and the signs by which the next request begins.

A message is cut where its writer might have begun something new (:mod:`daemon.domain.splitting`). Each piece is
looked at once; those that turn out to go on are added to the stretch before them.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from daemon.domain.nature import pleads, tells_of_trouble
from daemon.domain.routing_values import Who
from daemon.domain.routing_weights import SOME, shares_of
from daemon.domain.splitting import VERB, Cut
from daemon.domain.text import fold

CLEAR, FAINT = 0.45, 0.3
"""From the first share on a stretch speaks to somebody clearly; below the second it says nothing by itself."""
_BRIEF, _BEFORE_BRIEF = 3, 5
"""So few words make one of a breathless row ("yol bozuk ışık yok çöp alınmıyo"), and stand before it at most."""
_A_ROW = 2
"""So many follow the first."""
_MOST = 4.0
"""More evidence than this makes nothing surer."""
_PLACE = re.compile(
    r"\b(?:sok(?:ag|ak)\w*|sk|cad(?:de)?\w*|bulvar\w*|park[iu]?t?\w*|meydan\w*|okul\w*|cami\w*|dura[gk]\w*|mezarl\w*"
    r"|site\w*|mevki\w*)\b"
)
_ENDINGS = (
    (
        "wish",
        re.compile(
            r"(?:m[ae]s[iu](?:n[iu]|n[ae])?|m[ae]k|s[iu]n(?:lar|ler)?|[lr]?[iae]l?[iu]m|lazim|gerek\w*|isti\w+)$"
        ),
    ),
    ("report", re.compile(r"[dt][iu]g[iu]n[iu]$")),
    (
        "state",
        re.compile(
            r"(?:yor(?:lar|uz)?|yo|m[ae]kt[ae]d[iu]r|m[iu]s(?:tir|lar)?|[dt][iu](?:lar|ler)?|yok\w*|var\w*|bozuk|kirik|d[iu]r)$"
        ),
    ),
)
"""How a complete clause ends: wished for, reported, or stated."""
_ALSO = re.compile(r"\W*(?:\w+\s+){1,4}(?:de|da|desen|ise)\b")
"""What begins so adds something: "köpekler de çok arttı"."""
_JOINT = re.compile(
    r"\W*(?:ve )?(?:ayrica|bir ?de|bi ?de|ondan sonra|onun disinda|bunun disinda|bir baska|diger|bu arada|bundan baska"
    r"|ek olarak|son olarak|ustelik|hem)\b"
)
_TOLD = re.compile(r"\w[dt][iu]g[iu]n[iu]\b")
_WANTED = re.compile(r"\w(?:m[ae]s[iu](?:n[iu])?|m[ae]l[ae]r[iu](?:n[iu])?)\b|\bist(?:edig|edi|iyor)|\btalep")
_SAME_THING = re.compile(
    r"\W*(?:ic(?:inde|inden|ine|ini)|ust(?:unde|unden|une(?! \w+ d[ae]\b)|unu)|alt(?:inda|indan|ina)|onunde|yaninda"
    r"|etrafi\w*|cevresi\w*|dibinde|ora(?:da|dan|ya|yi)|bura(?:da|dan|ya|yi)|bu|bun(?:un|u|a|dan|lar\w*)"
    r"|on(?:un|u|a|dan|lar\w*)|yerine|kendisi\w*|ayni)\b"
)
_COMES_OF_IT = re.compile(
    r"^\W*(?:ve )?(?:koku|ses|gurultu|duman|pislig|toz)(?:s?[iu])(?:n\w*)?\b"
    r"|\bcop\w* (?:\w+ )?(?:dagit|des|karistir|sac)"
    r"|\b(?:sinek|sivrisinek|koku|bocek|fare)\w* (?:de |da )?(?:ure|yap|yay|sar)"
)
"""What the thing just spoken of brings with it: its smell, what breeds in it, who strews it."""
_CANNOT = re.compile(
    r"\b(?:gec|gir|cik|in|bin|gid|gel|ol|yap|al|ac|bul|yat|kullan|oden|kal|dayan|ulas|otur|calis|don|yetis|sig|duru?l?"
    r"|\w{2,}y|\w+n)[ae]m(?:[iu]y|[iu]o|[ae]kt|[ae]z\b|[ae]d[iu])\w*"
)
"""What people cannot do because of it: "bebek arabası da geçemiyor"."""
_WHY = re.compile(
    r"\w{3,}[dt][ae]n\b|\w(?:yor|yo|[dt][iu]|m[iu]s|m[iu]sl[ae]r)\b|\b(?:yok|var)\b|\wor(?:l[ae]r|uz)\b"
)
"""A cause or a complaint of its own."""


class Stretch:
    """A piece of a text, or several that go on: what words and model see in it, and how it speaks."""

    def __init__(
        self,
        text: str,
        totals: Mapping[Who, float],
        model: Mapping[Who, float],
        parts: tuple["Stretch", ...] = (),
    ) -> None:
        """``totals`` is the words' evidence by addressee, ``model`` the second opinion's shares; ``parts`` are the
        pieces that it was joined of."""
        self.text = text
        self.totals = totals
        self.model = model
        self.parts = parts
        self.length = max(1, len(text.split()))
        """In words."""
        self.evidence = max(totals.values(), default=0.0)
        self.words = shares_of(totals)
        """Shares of the words."""
        self.both = _summed(((self.words, 0.5), (model, 0.5)))
        """Words and model, on average."""
        self.best = _best(self.both)
        """Whom it speaks to, as words and model together see it."""
        self.clearness = self.both[self.best] if self.best else 0.0
        """Its share."""

    def joined(self, other: "Stretch") -> "Stretch":
        """Both as one."""
        length = self.length + other.length
        return Stretch(
            f"{self.text} {other.text}",
            _summed(((self.totals, 1.0), (other.totals, 1.0))),
            _summed(((self.model, self.length / length), (other.model, other.length / length))),
            (*(self.parts or (self,)), other),
        )

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
    def ending(self) -> str:
        """How its last clause ends: "wish", "report", "state", or "" where it is not complete."""
        words = re.sub(r"[^\w ]", " ", self.parts[-1].folded if self.parts else self.folded).split()
        return next((name for name, end in _ENDINGS if words and end.search(words[-1])), "")

    @cached_property
    def _tells(self) -> bool:
        return self._any("_tells") if self.parts else _TOLD.search(self.folded) is not None

    @cached_property
    def _wants(self) -> bool:
        return self._any("_wants") if self.parts else _WANTED.search(self.folded) is not None

    def _any(self, name: str) -> bool:
        return any(getattr(part, name) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes after a piece, and what is known of the whole text."""

    onward: Stretch
    """The piece with those after it that speak to the same addressee, or to nobody."""
    ending: str
    """Of the clause that the piece begins (see :attr:`Stretch.ending`)."""
    returns: bool
    """Further on the addressee of what stands before is clearly spoken to again."""
    several: bool
    """The writer announces several matters."""
    addressees: int
    """Of how many the text's pieces speak clearly."""
    length: int
    """Of the text, in words."""


def signs(before: Stretch, here: Stretch, cut: Cut, outlook: Outlook) -> dict[str, float]:
    """By name, what speaks for or against a request that begins with ``here``."""
    of_that, of_this = before.best, here.best
    apart = _apart(before.both, here.both)
    onward = _apart(before.both, outlook.onward.both)
    asks = here.asks or here.complains
    also, joint = _ALSO.match(here.folded) is not None, _JOINT.match(here.folded) is not None
    same = _SAME_THING.match(here.folded) is not None
    both_placed = bool(before.places and here.places)
    found = {
        "apart": apart,
        "apart by words": _apart(before.words, here.words),
        "apart by model": _apart(before.model, here.model),
        "another": float(of_that != of_this),
        "another by words": float(_differ(before.words, here.words)),
        "another by model": float(_differ(before.model, here.model)),
        "alike": _alike(before.both, here.both),
        "clear here": here.clearness,
        "clear before": before.clearness,
        "of this before": before.both.get(of_this, 0.0) if of_this else 0.0,
        "of that here": here.both.get(of_that, 0.0) if of_that else 0.0,
        "evidence here": min(here.evidence, _MOST),
        "evidence before": min(before.evidence, _MOST),
        "no evidence here": float(here.evidence < SOME),
        "no evidence before": float(before.evidence < SOME),
        "asks here": float(here.asks),
        "asks before": float(before.asks),
        "asks twice": float(here.asks and before.asks),
        "complains here": float(here.complains),
        "complains before": float(before.complains),
        "asks or complains": float(asks),
        "both do": float(asks and (before.asks or before.complains)),
        "verb here": float(here.has_verb),
        "verb before": float(before.has_verb),
        "same thing": float(same),
        "a report and its wish": float(before.only_reports != here.only_reports),
        "length here": math.log(1 + here.length),
        "length before": math.log(1 + before.length),
        "length": math.log(1 + outlook.length),
        "also": float(also),
        "joint": float(joint),
        "place here": float(bool(here.places)),
        "places in both": float(both_placed),
        "another place": float(bool(here.places - before.places)),
        "announced": float(outlook.several),
        "addressees": float(outlook.addressees),
        "apart onward": onward,
        "apart onward and asking": onward * (outlook.onward.asks or outlook.onward.complains),
        "alike onward": _alike(before.both, outlook.onward.both),
        "clear onward": outlook.onward.clearness,
        "asks onward": float(outlook.onward.asks or outlook.onward.complains),
        "evidence onward": min(outlook.onward.evidence, _MOST),
        "returns": float(outlook.returns),
        "apart and asking": apart * asks,
        "apart and also": apart * also,
        "apart and a joint": apart * joint,
        "apart and placed": apart * both_placed,
        "apart and a verb": apart * here.has_verb,
        "apart and the same thing": apart * same,
    }
    ends = (before.ending, outlook.ending)
    for name in ("wish", "report", "state", ""):
        found[f"ends before: {name or 'open'}"] = float(ends[0] == name)
        found[f"ends: {name or 'open'}"] = float(ends[1] == name)
    for one, other in (
        ("wish", "wish"),
        ("state", "state"),
        ("report", "report"),
        ("state", "wish"),
        ("wish", "state"),
    ):
        found[f"{one}, {other}"] = float(ends == (one, other))
        found[f"apart: {one}, {other}"] = apart * (ends == (one, other))
    for kind in Cut:
        found[f"cut: {kind.name.lower()}"] = float(cut is kind)
        found[f"apart at: {kind.name.lower()}"] = apart * (cut is kind)
    return found


def in_a_row(pieces: Sequence[Stretch]) -> frozenset[int]:
    """Which pieces begin requests in a breathless row of complaints: three at least, of few words each, each speaking
    to another addressee than the one before."""
    found = set[int]()
    for first in range(len(pieces)):
        last = first
        while last + 1 < len(pieces) and _is_next_in_row(pieces[last], pieces[last + 1]):
            last += 1
        if last - first >= _A_ROW and pieces[first].length <= _BEFORE_BRIEF:
            found.update(range(first + 1, last + 1))
    return frozenset(found)


def _is_next_in_row(one: Stretch, other: Stretch) -> bool:
    spoken_of = min(one.evidence, other.evidence) >= SOME
    return spoken_of and other.length <= _BRIEF and one.best != other.best and not goes_on(other, Cut.VERB)


def goes_on(here: Stretch, cut: Cut) -> bool:
    """Whether a piece can only belong to what stands before it: what came of a thing, what people cannot do because of
    it, or, within a sentence, something in it, on it, about it."""
    text = here.folded
    within = cut in (Cut.COMMA, Cut.VERB, Cut.AND) and _SAME_THING.match(text) is not None
    return within or _COMES_OF_IT.search(text) is not None or _only_what_cannot_be_done(text)


def clearly_spoken_of(pieces: Iterable[Stretch]) -> int:
    """How many addressees the pieces speak of clearly."""
    return len({piece.best for piece in pieces if piece.best and piece.clearness >= CLEAR})


def _only_what_cannot_be_done(folded: str) -> bool:
    """Where a cause of its own is told ("köpeklerden çıkamıyoruz"), it is more than a consequence."""
    head = folded.lstrip(" ,").partition(",")[0]
    return _CANNOT.search(head) is not None and _WHY.search(_CANNOT.sub("", head)) is None


def _best(shares: Mapping[Who, float]) -> Who | None:
    return max(shares, key=shares.__getitem__, default=None)


def _differ(one: Mapping[Who, float], other: Mapping[Who, float]) -> bool:
    return bool(one and other) and _best(one) != _best(other)


def _apart(one: Mapping[Who, float], other: Mapping[Who, float]) -> float:
    """How surely two stretches speak of different addressees."""
    return min(max(one.values()), max(other.values())) if _differ(one, other) else 0.0


def _alike(one: Mapping[Who, float], other: Mapping[Who, float]) -> float:
    """Bhattacharyya's coefficient of both distributions."""
    whole = math.sqrt(sum(one.values()) * sum(other.values()))
    return sum(math.sqrt(one.get(who, 0.0) * share) for who, share in other.items()) / whole if whole else 0.0


def _summed(parts: Iterable[tuple[Mapping[Who, float], float]]) -> dict[Who, float]:
    total: dict[Who, float] = {}
    for shares, weight in parts:
        for who, share in shares.items():
            total[who] = total.get(who, 0.0) + weight * share
    return total
