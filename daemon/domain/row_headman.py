"""Whom staff name in a row's or form's ``Muhtar``: its neighbourhood's headman by whatever name, or somebody else.

Letters and calls go to the register's headman alone. What the cell says beyond him is kept in ``Not``; who names
another neighbourhood's headman has mistaken one of the two, and is asked.
"""

from daemon.domain.chats.people import TITLES, People, digits_of
from daemon.domain.registry import Neighbourhood, Registry
from daemon.domain.text import one_line, words


def is_he(who: str, place: Neighbourhood, registry: Registry) -> bool:
    """Whether people mean the neighbourhood's registered headman: "Abdullah Bey", "Köşk muhtarı", his telephone."""
    if not place.headman.name:
        return False
    named, his = _names_in(who), set(words(place.headman.name))
    if not named and _phone_in(who):
        return People(registry).place_of(_phone_in(who)) in {place, None}
    return named <= his or his <= named or _told_by(who, registry) == place


def another_headman(who: str, place: Neighbourhood, registry: Registry) -> Neighbourhood | None:
    """The other neighbourhood whose headman is named for sure."""
    if not who or is_he(who, place, registry):
        return None
    return _told_by(who, registry) or People(registry).place_of(_phone_in(who))


def remark(who: str, place: Neighbourhood, registry: Registry) -> str:
    """What ``Not`` keeps of the cell: nothing where it only names the headman in another way. Turkish."""
    if not who:
        return ""
    own = _phone_in(who) in {"", *(digits_of(phone) for phone in place.headman.phones)}
    only_him = _names_in(who) <= set(words(place.headman.name)) or _told_by(who, registry) == place
    return "" if own and only_him and place.headman.name else f"{KEPT}{one_line(who, 200)}"


KEPT = "Muhtar sütununda yazılan: "
"""Begins what ``Not`` says of it."""


def _told_by(who: str, registry: Registry) -> Neighbourhood | None:
    return People(registry).place_of("".join(c for c in who if not c.isdigit()))


def _names_in(who: str) -> set[str]:
    return {word for word in words(who) if not word.isdigit()} - TITLES


def _phone_in(who: str) -> str:
    return digits_of("".join(c for c in who if c.isdigit()))
