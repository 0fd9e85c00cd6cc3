"""Names of places: found to know the neighbourhood, masked so that "Park Caddesi" is no request for a park."""

import re
from collections.abc import Iterable

from daemon.domain.registry import Neighbourhood, Registry
from daemon.domain.vocabulary import Token, phrase_of

_PLACE = re.compile(r"mah|mh|mahalle\w*|muhtar\w*|mahallesi\w*")
_STREET = re.compile(
    r"sok|sk|sokak\w*|sokag\w*|cad|cd|cadde\w*|bulvar\w*|blv|bulv|apt|apartman\w*|sitesi\w*|konutlari\w*|meydani\w*"
)
_PRONOUNS = frozenset(
    [
        "bu",
        "su",
        "o",
        "bizim",
        "ayni",
        "tum",
        "her",
        "ana",
        "ara",
        "yan",
        "arka",
        "on",
        "bir",
        "iki",
        "uc",
        "son",
        "ilk",
        "mevcut",
        "ilgili",
        "soz",
        "konusu",
        "bahse",
        "konu",
        "bozuk",
        "dar",
    ]
)


class Places:
    """The register's neighbourhoods and streets, ready to be found in texts."""

    def __init__(self, registry: Registry) -> None:
        self._names = [
            (phrase, place)
            for place in registry.neighbourhoods
            for name in (place.name, *place.aliases)
            if (phrase := phrase_of(name))
        ]
        self._names.sort(key=lambda item: -len(item[0]))
        self._streets = [p for place in registry.neighbourhoods for s in place.streets if (p := phrase_of(s))]

    def find(self, found: list[Token]) -> Neighbourhood | None:
        """The neighbourhood that the text names, only where "Mahallesi", "muhtarı" or the like follows."""
        for phrase, place in self._names:
            for start in _places_of(phrase, found):
                after = start + len(phrase)
                if after < len(found) and _PLACE.fullmatch(found[after].folded):
                    return place
        return None

    def masked(self, found: list[Token], own: str) -> list[Token]:
        """The words without names of neighbourhoods (the sender's ``own`` wherever it stands) and streets."""
        hidden: set[int] = set()
        for phrase, place in self._names:
            for start in _places_of(phrase, found):
                after = start + len(phrase)
                named = after < len(found) and _PLACE.fullmatch(found[after].folded)
                capital = found[start].written[:1].isupper() and not found[start].written.isupper()
                if named or (place.name == own and capital and start > 0):
                    hidden.update(range(start, after))
        for street in self._streets:
            for start in _places_of(street, found):
                hidden.update(range(start, start + len(street)))
        for place_no, token in enumerate(found):
            if _STREET.fullmatch(token.folded):
                hidden.update(_name_before(found, place_no))
        return [token for n, token in enumerate(found) if n not in hidden]


def _places_of(phrase: tuple[str, ...], found: list[Token]) -> Iterable[int]:
    for start in range(len(found) - len(phrase) + 1):
        if all(found[start + n].folded == word for n, word in enumerate(phrase)):
            yield start


def _name_before(found: list[Token], street: int) -> Iterable[int]:
    """The words before "Sokak" that are its name: capitalised ones, or a number."""
    shouting = found[street].written.isupper() and len(found[street].written) > 2
    for n in range(street - 1, max(-1, street - 4), -1):
        token = found[n]
        if token.folded in _PRONOUNS:
            return
        if token.written.isdigit() or (token.written[:1].isupper() and not shouting):
            yield n
        elif shouting and n == street - 1:
            yield n
            return
        else:
            return
