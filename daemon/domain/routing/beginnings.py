"""Where a new request begins in prose: what the writer might have begun anew, and the signs by which it is judged.

Two stretches that meet are judged by each as a whole and by both as one; the signs are weighed as sample texts taught
(:mod:`daemon.domain.routing.judgement`).
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daemon.domain.routing.judgement import WORDED
from daemon.domain.routing.splitting import Cut
from daemon.domain.routing.stretches import ENDINGS, First, Stretch
from daemon.domain.routing.values import Who
from daemon.domain.routing.weights import SOME

CLEAR = 0.45
"""From this share on a stretch speaks to somebody clearly."""
_AT = {kind: (f"cut: {kind.name.lower()}", f"apart at: {kind.name.lower()}") for kind in Cut}
_ENDS = {name: (f"ends before: {name or 'open'}", f"ends: {name or 'open'}") for name in (*ENDINGS, "")}
_PAIRS = {
    pair: (", ".join(pair), f"apart: {', '.join(pair)}")
    for pair in (
        ("wish", "wish"),
        ("state", "state"),
        ("report", "report"),
        ("state", "wish"),
        ("wish", "state"),
    )
}
"""The names of signs, by what they tell of."""
_MOST = 4.0
"""More evidence than this makes nothing surer."""
_ALSO = re.compile(r"\W*(?:\w+\s+){1,4}(?:de|da|desen|ise)\b")
"""What begins so adds something: "köpekler de çok arttı"."""
_JOINT = re.compile(
    r"\W*(?:ve )?(?:ayrica|bir ?de|bi ?de|ondan sonra|onun disinda|bunun disinda|bir baska|diger|bu arada|bundan baska"
    r"|ek olarak|son olarak|ustelik|hem|keza|ilaveten|buna|bunun|bununla|bu (?:vesile|munasebet)\w*|unutmadan|nihayet"
    r"|ote yandan|son|ek|ikinci\w*|ucuncu\w*|baska bir|farkli bir|ayri bir|yine|gene|su(?:nu)? (?:da|de)|hazir|soz)\b"
)
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


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of a text as a whole."""

    several: bool
    """The writer announces several matters."""
    addressees: int
    """Of how many the pieces speak clearly."""
    length: int
    """In words."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two stretches of a text that meet: what was said before, and what may be a request of its own."""

    before: Stretch
    here: Stretch
    """The first piece of what follows."""
    onward: Stretch
    """All that belongs to it."""
    together: Stretch
    """Both stretches as one."""
    cut: Cut
    returns: bool
    """Further on the addressee of what stands before is clearly spoken to again."""
    left: int
    """So many pieces of the text follow, the first of these among them."""

    @property
    def ending(self) -> str:
        """How the first complete clause that follows ends."""
        return next((piece.ending for piece in self.onward.pieces if piece.ending), "")


def signs(meeting: Meeting, whole: Whole) -> dict[str, float]:
    """By name, what speaks for or against a request that begins where two stretches meet."""
    before, here, cut = meeting.before, meeting.here, meeting.cut
    apart = _apart(before.first, here.first)
    return {
        **_of_whom(before, here, apart),
        **_of_what_follows(meeting),
        **_of_both(meeting),
        **_of_how(before, here, apart),
        **_of_where(before, here, cut, apart),
        **_of_endings(before.ending, meeting.ending, apart),
        **_of_things(before, meeting),
        **_of_words(before, here, cut),
        "announced": float(whole.several),
        "addressees": float(whole.addressees),
        "length": math.log(1 + whole.length),
    }


def _of_whom(before: Stretch, here: Stretch, apart: float) -> dict[str, float]:
    """Whether two stretches speak to different addressees, and how clearly."""
    return {
        "apart": apart,
        "apart by words": _apart(before.first_by_words, here.first_by_words),
        "apart by model": _apart(before.first_by_model, here.first_by_model),
        "another by words": float(_differ(before.first_by_words, here.first_by_words)),
        "another by model": float(_differ(before.first_by_model, here.first_by_model)),
        "alike": _alike(before.both, here.both),
        "clear here": here.clearness,
        "clear before": before.clearness,
        "of this before": _share(before, here.best),
        "of that here": _share(here, before.best),
        "evidence here": min(here.evidence, _MOST),
        "evidence before": min(before.evidence, _MOST),
        "no evidence here": float(here.evidence < SOME),
        "no evidence before": float(before.evidence < SOME),
    }


def _of_what_follows(meeting: Meeting) -> dict[str, float]:
    """The same of all that follows, as one."""
    before, onward = meeting.before, meeting.onward
    apart, asks = _apart(before.first, onward.first), onward.asks or onward.complains
    return {
        "apart onward": apart,
        "apart onward and asking": apart * asks,
        "alike onward": _alike(before.both, onward.both),
        "the same onward": float(before.best is not None and before.best == onward.best),
        "of this before it": _share(before, onward.best),
        "of that onward": _share(onward, before.best),
        "clear onward": onward.clearness,
        "clear on both sides": min(before.clearness, onward.clearness),
        "asks onward": float(asks),
        "pleads onward": float(onward.asks),
        "verb onward": float(onward.has_verb),
        "length onward": math.log(1 + onward.length),
        "evidence onward": min(onward.evidence, _MOST),
        "no evidence onward": float(onward.evidence < SOME),
        "words onward": onward.first_by_words[1],
        "model onward": onward.first_by_model[1],
        "complete onward": float(bool(onward.ending)),
        "returns": float(meeting.returns),
        "goes on": float(goes_on(meeting.here, meeting.cut)),
    }


def _of_both(meeting: Meeting) -> dict[str, float]:
    """Whom both stretches speak to if they are one, and what of each is lost in that."""
    before, onward, together = meeting.before, meeting.onward, meeting.together
    differ = before.best != onward.best
    less = min(before.clearness, onward.clearness) - together.clearness
    of_either = _share(together, before.best), _share(together, onward.best)
    return {
        "together clear": together.clearness,
        "together less clear": less,
        "together less clear, and apart": less * differ,
        "together clearer": together.clearness - max(before.clearness, onward.clearness),
        "together as before": float(together.best is not None and together.best == before.best),
        "together as onward": float(together.best is not None and together.best == onward.best),
        "together another": float(together.best not in (before.best, onward.best)),
        "together of what was before": of_either[0],
        "together of what follows": of_either[1],
        "together of either": min(of_either) * differ,
        "words before": before.first_by_words[1],
        "words together": together.first_by_words[1],
        "model before": before.first_by_model[1],
        "model together": together.first_by_model[1],
        "pieces before": float(len(before.pieces)),
        "pieces onward": float(len(onward.pieces)),
        "complete on both sides": float(bool(before.ending and onward.ending)),
    }


def _of_how(before: Stretch, here: Stretch, apart: float) -> dict[str, float]:
    """Who asks, complains, reports, and at what length."""
    asks = here.asks or here.complains
    return {
        "asks here": float(here.asks),
        "asks before": float(before.asks),
        "asks twice": float(here.asks and before.asks),
        "complains here": float(here.complains),
        "complains before": float(before.complains),
        "asks or complains": float(asks),
        "both do": float(asks and (before.asks or before.complains)),
        "a report and its wish": float(before.only_reports != here.only_reports),
        "verb here": float(here.has_verb),
        "verb before": float(before.has_verb),
        "length here": math.log(1 + here.length),
        "length before": math.log(1 + before.length),
        "apart and asking": apart * asks,
        "apart and a verb": apart * here.has_verb,
    }


def _of_where(before: Stretch, here: Stretch, cut: Cut, apart: float) -> dict[str, float]:
    """How the piece is set apart, and whether it names a place of its own."""
    also, joint = _ALSO.match(here.folded) is not None, _JOINT.match(here.folded) is not None
    same, placed = _SAME_THING.match(here.folded) is not None, bool(before.places and here.places)
    found = {
        "also": float(also),
        "joint": float(joint),
        "same thing": float(same),
        "place here": float(bool(here.places)),
        "places in both": float(placed),
        "another place": float(bool(here.places - before.places)),
        "apart and also": apart * also,
        "apart and a joint": apart * joint,
        "apart and the same thing": apart * same,
        "apart and placed": apart * placed,
    }
    for kind, (at, apart_at) in _AT.items():
        found[at] = float(cut is kind)
        found[apart_at] = apart * (cut is kind)
    return found


def _of_endings(before: str, onward: str, apart: float) -> dict[str, float]:
    """How the clauses on both sides end: two wishes side by side are oftener two requests than a state and its wish."""
    ends = before, onward
    found: dict[str, float] = {}
    for name, (ends_before, ends_onward) in _ENDS.items():
        found[ends_before] = float(before == name)
        found[ends_onward] = float(onward == name)
    for pair, (both, apart_both) in _PAIRS.items():
        found[both] = float(ends == pair)
        found[apart_both] = apart * (ends == pair)
    return found


def _of_things(before: Stretch, meeting: Meeting) -> dict[str, float]:
    """Whether both sides name the same things, by the beginnings of their words."""
    here, onward = meeting.here, meeting.onward
    return {
        "things shared": float(len(before.things & here.things)),
        "things shared onward": float(len(before.things & onward.things)),
        "things new onward": float(len(onward.things - before.things)),
        "pieces left": float(meeting.left),
    }


def _of_words(before: Stretch, here: Stretch, cut: Cut) -> dict[str, float]:
    """The words and endings on both sides of the cut: what people begin and end with. Marked :data:`WORDED`."""
    first, second, third = (*here.written[:3], "", "", "")[:3]
    last, ends = (words[-1] if words else "" for words in (before.written, here.written))
    at = cut.name.lower()
    said = (
        ("first: ", first), ("second: ", second), ("third: ", third), ("first two: ", f"{first} {second}"),
        ("last: ", last), ("first's ending: ", first[-3:]), ("second's ending: ", second[-3:]),
        ("last's ending: ", last[-3:]), ("last's long ending: ", last[-4:]), ("ending: ", ends[-3:]),
        ("long ending: ", ends[-4:]), ("endings: ", f"{last[-3:]} {ends[-3:]}"),
        ("ending at: ", f"{at} {last[-3:]}"), ("beginning at: ", f"{at} {first[-3:]}"),
    )  # fmt: skip
    return {WORDED + name + word: 1.0 for name, word in said if word and word != " "}


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


def _differ(one: First, other: First) -> bool:
    return one[0] is not None and other[0] is not None and one[0] != other[0]


def _share(stretch: Stretch, who: Who | None) -> float:
    return stretch.both.get(who, 0.0) if who else 0.0


def _apart(one: First, other: First) -> float:
    """How surely two stretches speak of different addressees, given whom each speaks of first."""
    return min(one[1], other[1]) if _differ(one, other) else 0.0


def _alike(one: Mapping[Who, float], other: Mapping[Who, float]) -> float:
    """Bhattacharyya's coefficient of both distributions."""
    whole = math.sqrt(sum(one.values()) * sum(other.values()))
    return sum(math.sqrt(one.get(who, 0.0) * share) for who, share in other.items()) / whole if whole else 0.0
