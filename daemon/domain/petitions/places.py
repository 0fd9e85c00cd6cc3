"""Whose petition it is: the neighbourhood and its headman, from several signs that must agree.

A name alone may be misread, or be another neighbourhood's that the text tells of. Letterhead, signature, labels, the
headman's name and his telephone are independent signs: two that agree are sure, one that is perfect is too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from daemon.domain.petitions.lines import LABEL, Part, Placed
from daemon.domain.petitions.petition import NOT_FOUND, Found, Spot
from daemon.domain.petitions.phones import digits_of, phones_in
from daemon.domain.registry import Neighbourhood, Registry
from daemon.domain.text import fold

_PLACE = re.compile(
    r"\b(?:m?ahalle(?:si|miz)?[a-z]*|mahal[a-z]{0,4}|mah[a-z]{2,6}si|mah|mh)\b\.?"
    r"|(?<=[a-z0-9]{3})mahal[a-z]?esi\b|(?<=[a-z0-9])(?=[ ._-]{1,2}[mn]uhtar)"
)
"""Behind a neighbourhood's name, misread letters and a lost blank allowed; "ovacik.muhtari@…" is one, too."""
_HEADMANS = re.compile(r"^\W*(?:n[iu]n\W+)?(?:muhtar|muh[a-z]ar|yluhtar)")
_IS_HEADMAN_OF = re.compile(r"\bmuhtar[i1l]? ?(?:bulundug|oldug)um\W*$")
"""Muhtarı bulunduğum … Mahallesi."""
_NEIGHBOUR = re.compile(r"(?:komsu(?:muz)?|bitisik|sinir[a-z]*|yandaki|karsi)\W*$")
_BESIDE = re.compile(r"^\W*(?:sinir|ile\b|yonun|tarafin|istikamet)")
_LEAST = 0.79
"""Names less alike than this are other names."""
_PERFECT = 0.95
_LONG_WORD, _LIKE_MAHALLESI = re.compile(r"[a-z]{7,11}"), 75
_UPPER = 0.4
"""A letterhead stands in so much of a page."""
_NEAR = 8
"""So many lines before and behind are looked at: rows of columns side by side were read in turn."""
_A_COLUMN = 1.5
"""So many times as wide as a word is high is the gap between columns."""
_APART = 0.07
"""By so much the best name must be more alike than the next."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """One hint at a neighbourhood: of what kind, how strong, how like the name, how surely read."""

    place: str
    kind: str
    weight: float
    likeness: float
    confidence: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Whose:
    """The neighbourhood, its headman, and whether signs contradict each other."""

    neighbourhood: Found = NOT_FOUND
    headman: Found = NOT_FOUND
    place: Neighbourhood | None = None
    contradicted: bool = False


def find_whose(lines: Sequence[Placed], registry: Registry, again: Sequence[Placed] = ()) -> Whose:
    """Weigh all signs. ``again`` are other readings of some lines: of each kind of sign only the best counts."""
    names = _names(registry)
    lines = (*lines, *again)
    places = [sign for line in lines for sign in _named_places(line, names)]
    places += _stacked_places(lines, names)
    persons = [sign for line in lines for sign in _named_headmen(line, lines, registry)]
    phones = [sign for line in lines for sign in _known_phones(line, registry)]
    by_place: dict[str, list[_Sign]] = defaultdict(list)
    for sign in (*places, *persons, *phones):
        by_place[sign.place].append(sign)
    if not by_place:
        return Whose()
    totals = {place: _total(signs) for place, signs in by_place.items()}
    best, *others = sorted(totals, key=lambda place: -totals[place])
    rival = totals[others[0]] if others else 0.0
    place = registry.neighbourhood(best)
    if place is None:
        return Whose()
    neighbourhood = _neighbourhood(best, by_place[best], totals[best], rival)
    headman, contradicted = _headman(place, persons, neighbourhood)
    return Whose(neighbourhood, headman, place, contradicted)


def _total(signs: Iterable[_Sign]) -> float:
    """Each kind of sign counts once, by its best."""
    return sum(_strongest(signs).values())


def _strongest(signs: Iterable[_Sign]) -> Mapping[str, float]:
    best: dict[str, float] = {}
    for sign in signs:
        worth = sign.weight * sign.likeness * (0.5 + 0.5 * sign.confidence)
        best[sign.kind] = max(best.get(sign.kind, 0.0), worth)
    return best


def _neighbourhood(name: str, signs: Sequence[_Sign], total: float, rival: float) -> Found:
    strong = [sign for sign in signs if sign.weight >= 2.0]
    kinds = {sign.kind for sign in strong}
    perfect = any(s.likeness >= _PERFECT and s.confidence >= 0.8 and s.weight >= 3.0 for s in strong)
    clear = total - rival >= 1.5 and total >= 1.6 * rival
    sure = clear and (len(kinds) >= 2 or perfect)
    shown = max(signs, key=lambda s: (s.kind != "headman", s.weight * s.likeness))
    return Found(name, round(min(0.99, _share(total, rival) * (1.0 if sure else 0.75)), 3), sure, shown.spot)


def _share(total: float, rival: float) -> float:
    return total / (total + rival + 0.4)


# --- the neighbourhood's own name -----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _names_of(places: tuple[Neighbourhood, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((fold(name).replace(" ", ""), n.name) for n in places for name in (n.name, *n.aliases))


def _names(registry: Registry) -> tuple[tuple[str, str], ...]:
    """(folded without blanks, name in the register)."""
    return _names_of(registry.neighbourhoods)


def _named_places(line: Placed, names: Sequence[tuple[str, str]]) -> Iterator[_Sign]:
    """ "X Mahallesi" anywhere, and "Mahallesi: X" in a form."""
    for begin, end in _places_in(line.folded):
        before, after = line.folded[:begin], line.folded[end:]
        if (hit := _name_at_end(before, names)) is not None:
            name, likeness, start = hit
            kind, weight = _kind(line, before[:start], after)
            yield _Sign(name, kind, weight, likeness, line.confidence(start, begin), line.spot(start, end))
    label = LABEL.match(line.folded)
    if label and label["label"].startswith(("mahalle", "muhtarlik")) and "muhtar" not in label["label"]:
        yield from _labelled_place(line, label.start("value"), names)


def _places_in(folded: str) -> Iterator[tuple[int, int]]:
    """Where "Mahallesi" stands behind a name, also with letters misread ("Yahâllesi", "Muhullesi")."""
    found = [place.span() for place in _PLACE.finditer(folded)]
    yield from found
    for word in _LONG_WORD.finditer(folded):
        misread = fuzz.ratio(word[0], "mahallesi") >= _LIKE_MAHALLESI
        if misread and not any(begin < word.end() and word.start() < end for begin, end in found):
            yield word.span()


def _stacked_places(lines: Sequence[Placed], names: Sequence[tuple[str, str]]) -> Iterator[_Sign]:
    """A letterhead in a column of its own: the name, "Mahallesi" below it, then "Muhtarlığı"; rows beside it may have
    been read along."""
    for n, line in enumerate(lines):
        if line.height_share > _UPPER or not _PLACE.match(line.folded):
            continue
        around = lines[max(0, n - _NEAR) : n + _NEAR]
        for above in around:
            if not _stands_on(above, line):
                continue
            end = _end_of_cell(above)
            if (hit := _most_like(above.folded[:end], names)) is not None:
                headmans = any(_HEADMANS.match(below.folded) and _stands_on(line, below) for below in around)
                yield _Sign(hit[0], "letterhead", 4.0 if headmans else 2.5, hit[1], above.confidence(0, end),
                            above.spot(0, end))  # fmt: skip


def _stands_on(above: Placed, below: Placed) -> bool:
    """Whether two rows begin one right above the other."""
    high = min(above.line.words[0].box.height, below.line.words[0].box.height)
    gap = below.line.words[0].box.top - above.line.words[0].box.bottom
    return (
        above.page == below.page
        and abs(above.box.left - below.box.left) < high
        and -0.3 * high < gap < 2 * high
    )


def _end_of_cell(line: Placed) -> int:
    """Where in the row's text its first column ends, behind three words at most."""
    end, words = 0, line.line.words
    for word, after in zip(words[:3], (*words[1:3], None), strict=False):
        end += len(word.text) + (1 if end else 0)
        if after is None or after.box.left - word.box.right > _A_COLUMN * word.box.height:
            break
    return end


def _labelled_place(line: Placed, start: int, names: Sequence[tuple[str, str]]) -> Iterator[_Sign]:
    value = re.sub(r"\W*\b(?:mah|mahallesi|mh)\b.*$", "", line.folded[start:])
    if (hit := _most_like(value, names)) is not None and len(value) < 40:
        yield _Sign(hit[0], "label", 4.0, hit[1], line.confidence(start), line.spot(start))


def _kind(line: Placed, before: str, after: str) -> tuple[str, float]:
    """Which sign it is by its place, and how much it says of whose petition it is."""
    if _NEIGHBOUR.search(before) or _BESIDE.match(after):
        return "told", 0.2
    headmans = bool(_HEADMANS.match(after) or _IS_HEADMAN_OF.search(before))
    match line.part:
        case Part.LETTERHEAD | Part.ADDRESSEE:
            return "letterhead", 4.0 if headmans else 2.5
        case Part.SIGNATURE:
            return "signature", 4.0 if headmans else 3.0
        case Part.CONTACT:
            return "contact", 2.2
        case Part.LABEL:
            return "label", 3.0
        case Part.REFERENCE:
            return "told", 0.5
        case _:
            return ("claimed", 3.5) if headmans else ("told", 1.0)


def _name_at_end(text: str, names: Sequence[tuple[str, str]]) -> tuple[str, float, int] | None:
    """(name, likeness, start) of the neighbourhood that ``text`` ends with; up to three words are looked at."""
    starts = [m.start() for m in re.finditer(r"\S+", text)][-3:]
    best: tuple[str, float, int] | None = None
    for start in starts:
        hit = _most_like(text[start:], names)
        if hit is not None and (best is None or hit[1] > best[1]):
            best = (hit[0], hit[1], start)
    return best


def _most_like(text: str, names: Sequence[tuple[str, str]]) -> tuple[str, float] | None:
    return _most_like_of(re.sub(r"[^a-z0-9]", "", text), tuple(names))


@lru_cache(maxsize=2_000)
def _most_like_of(bare: str, names: tuple[tuple[str, str], ...]) -> tuple[str, float] | None:
    """The name that ``bare`` is, if it is clearly more like it than like any other."""
    if len(bare) < 3:
        return None
    alike: dict[str, float] = {}
    for folded, name in names:
        alike[name] = max(alike.get(name, 0.0), fuzz.ratio(bare, folded) / 100)
    (first, best), *rest = sorted(alike.items(), key=lambda pair: -pair[1])
    short = len(bare) <= 5
    if best < (0.85 if short else _LEAST) or (rest and best - rest[0][1] < _APART and best < 1.0):
        return None
    return first, best


# --- the headman ------------------------------------------------------------------------------------------


def _named_headmen(line: Placed, lines: Sequence[Placed], registry: Registry) -> Iterator[_Sign]:
    """A headman of the register by his whole name; in running text it may be anybody's."""
    words = [(m.start(), m.end()) for m in re.finditer(r"[a-z]{2,}\.?", line.folded)]
    if not words or len(words) > 14:
        return
    for place in registry.neighbourhoods:
        hit = _headman_in(line.folded, words, _joined(place.headman.name))
        if hit is None:
            continue
        likeness, start, end = hit
        weight = {Part.SIGNATURE: 3.2, Part.LABEL: 3.2, Part.CONTACT: 2.5, Part.LETTERHEAD: 2.5}.get(
            line.part, 1.0
        )
        if line.part is Part.BODY and "muhtar" in line.folded:
            weight = 2.0
        yield _Sign(
            place.name, "headman", weight, likeness, line.confidence(start, end), line.spot(start, end)
        )


@lru_cache(maxsize=500)
def _joined(name: str) -> str:
    return fold(name).replace(" ", "")


def _headman_in(text: str, words: Sequence[tuple[int, int]], name: str) -> tuple[float, int, int] | None:
    best: tuple[float, int, int] | None = None
    for first in range(len(words)):
        for last in range(first + 1, min(first + 4, len(words))):
            start, end = words[first][0], words[last][1]
            if not 0.7 < (end - start) / (len(name) + 1) < 1.5:
                continue
            likeness = fuzz.ratio(re.sub(r"[^a-z]", "", text[start:end]), name) / 100
            if likeness >= _LEAST and (best is None or likeness > best[0]):
                best = (likeness, start, end)
    return best


def _known_phones(line: Placed, registry: Registry) -> Iterator[_Sign]:
    by_digits = {digits_of(phone): n.name for n in registry.neighbourhoods for phone in n.headman.phones}
    for start, end, digits in phones_in(line.text):
        if digits in by_digits:
            yield _Sign(
                by_digits[digits], "phone", 3.0, 1.0, line.confidence(start, end), line.spot(start, end)
            )


def _headman(place: Neighbourhood, persons: Sequence[_Sign], neighbourhood: Found) -> tuple[Found, bool]:
    """The register's headman of the neighbourhood, where his name is read; and whether another's stands there."""
    own = [sign for sign in persons if sign.place == place.name]
    others = [
        sign for sign in persons if sign.place != place.name and sign.weight >= 3.0 and sign.likeness >= 0.9
    ]
    if not own:
        guess = Found(place.headman.name, round(0.5 * neighbourhood.confidence, 3))
        return guess, bool(others)
    best = max(own, key=lambda s: (s.weight >= 3.0, s.likeness, s.confidence))
    agreed = neighbourhood.sure and best.weight >= 2.0
    perfect = best.likeness >= _PERFECT and best.weight >= 3.0
    sure = (agreed or perfect) and not others
    share = best.likeness * (0.6 + 0.4 * best.confidence)
    return Found(place.headman.name, round(share, 3), sure, best.spot), bool(others)
