"""Names as hurried people write them: abbreviated ("Temizlik İşl. Müd.", "Park Bahçeler"), with a slip ("Altınva").

What is meant for sure is taken; what is only near is offered to whoever typed it. A wrong guess costs more than a
question: a name is taken where it is the only near one, and never across another figure ("19 Mayıs", "9 Mayıs").
"""

from collections.abc import Iterable, Sequence

from daemon.domain.registry import Directorate, Neighbourhood, Registry, directorate_keys, neighbourhood_key

MOST_OFFERED = 3
_LONG_ENOUGH = 5
"""Letters of a word or name in which a slip is forgiven: shorter ones are one letter away from too many."""
_SHORTEST = 3
"""Letters of an abbreviation."""
_CLEAR, _NEAR = 1, 2
"""Slips of a name that is taken, and of one that is offered."""
_JOINING = frozenset({"ve", "ile", "ilgili"})


def neighbourhood_meant(name: str, registry: Registry) -> Neighbourhood | None:
    """The neighbourhood of that name, or the only one near it."""
    if found := registry.neighbourhood(name):
        return found
    near = _near_neighbourhoods(name, registry)
    clear = [place for place, slips in near if slips <= _CLEAR]
    return clear[0] if len(near) == 1 and clear else None


def neighbourhoods_near(name: str, registry: Registry) -> list[str]:
    return [place.name for place, _ in _near_neighbourhoods(name, registry)][:MOST_OFFERED]


def _near_neighbourhoods(name: str, registry: Registry) -> list[tuple[Neighbourhood, int]]:
    typed = neighbourhood_key(name)
    if len(typed) < _LONG_ENOUGH:
        return []
    near = [
        (place, min(_slips(typed, neighbourhood_key(own)) for own in (place.name, *place.aliases)))
        for place in registry.neighbourhoods
    ]
    return sorted((pair for pair in near if pair[1] <= _NEAR), key=lambda pair: pair[1])


def _slips(typed: str, name: str) -> int:
    from rapidfuzz.distance import OSA

    if _figures(typed) != _figures(name) or typed[:1] != name[:1] or len(name) < _LONG_ENOUGH:
        return _NEAR + 1
    return OSA.distance(typed, name, score_cutoff=_NEAR)


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def directorate_meant(name: str, registry: Registry) -> Directorate | None:
    """The directorate of that name, or the only one that it abbreviates from its first word on."""
    if found := registry.directorate_named(name):
        return found
    near = _near_directorates(name, registry)
    sure = [d for d in near if _abbreviates(_parts(name), d, from_first=True)]
    return sure[0] if len(near) == 1 and sure else None


def directorates_near(name: str, registry: Registry) -> list[str]:
    return [d.name for d in _near_directorates(name, registry)][:MOST_OFFERED]


def _near_directorates(name: str, registry: Registry) -> list[Directorate]:
    parts = _parts(name)
    return [d for d in registry.directorates if parts and _abbreviates(parts, d)]


def _parts(name: str) -> list[str]:
    whole = next(iter(directorate_keys(name)), "")
    return [part for part in whole.replace("-", " ").replace(",", " ").split() if part not in _JOINING]


def _abbreviates(parts: Sequence[str], directorate: Directorate, *, from_first: bool = False) -> bool:
    names = (directorate.name, *directorate.aliases)
    return any(_in_order(parts, _parts(own), from_first=from_first) for own in names)


def _in_order(parts: Iterable[str], own: list[str], *, from_first: bool) -> bool:
    """Whether each part stands for a word of its own, in the name's order."""
    at = 0
    for part in parts:
        place = next((n for n in range(at, len(own)) if _stands_for(part, own[n])), None)
        if place is None or (from_first and at == 0 and place != 0):
            return False
        at = place + 1
    return True


def _stands_for(part: str, word: str) -> bool:
    if len(part) >= _SHORTEST and word.startswith(part):
        return True
    from rapidfuzz.distance import OSA

    long = min(len(part), len(word)) >= _LONG_ENOUGH and part[0] == word[0]
    return long and OSA.distance(part, word, score_cutoff=1) <= 1
