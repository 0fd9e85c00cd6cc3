"""Who is who in an exported conversation: headmen by telephone or by the name that staff gave them, the office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from daemon.domain.chats.chat import Chat
from daemon.domain.chats.lines import SELF_NAMED
from daemon.domain.registry import Neighbourhood, Registry
from daemon.domain.text import fold, words

TITLES = frozenset(
    {
        *("muhtar", "muhtari", "muhtarim", "muhtarimiz", "muhtarligi", "muhtarlik"),
        *("muh", "muht", "mht", "mhtr"),
        *("bey", "hanim", "hn", "hnm", "bay", "bayan", "sn", "sayin"),
        *("baskan", "baskani", "baskanim", "abi", "abla", "hoca", "hocam"),
        *("mah", "mahalle", "mahallesi", "mahallemiz", "mahallesinin", "mh", "mhl"),
        *("yeni", "numara", "no", "cep", "tel", "gsm", "is", "whatsapp", "wp", "bip"),
    }
)
"""What staff write beside a contact's name."""
_OF_HEADMEN = frozenset(
    {
        *("muhtar", "muh", "muht", "mht", "mhtr", "muhtari", "muhtarim", "muhtarligi"),
        *("mah", "mahalle", "mahallesi", "mh"),
    }
)
_OF_PLACES = frozenset({"muhtari", "muhtarligi", "mah", "mahalle", "mahallesi", "mh", "mhl"})
"""What stands beside a neighbourhood's name and beside no person's: "Fatih Muhtarı", not "Muhtar Fatih"."""
_OF_OFFICES = (
    ("muhtarlik", "isleri"),
    ("muhtarlik", "mudurlugu"),
    ("belediye",),
    ("belediyesi",),
    ("mudurlugu",),
    ("mudurluk",),
    ("beyaz", "masa"),
    ("cozum", "merkezi"),
    ("siz",),
    ("sen",),
    ("you",),
)
_MOST_GUESSES = 3


class Side(Enum):
    """On whose side somebody writes."""

    HEADMAN = "headman"
    OFFICE = "office"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes in a conversation. ``guesses`` are neighbourhoods that an unknown one may speak for."""

    name: str
    side: Side
    place: Neighbourhood | None = None
    guesses: tuple[Neighbourhood, ...] = ()


def is_called_after(chat: Chat, name: str) -> bool:
    """Whether the export bears this writer's name: then he is whom the office talks to alone."""
    return bool(_key(name)) and _key(chat.title) == _key(name)


def _may_be_contact(chat: Chat, name: str) -> bool:
    """Messengers call a contact in the lines as in the export's name: who alone writes under another name may be the
    office, whose words are no request."""
    return len(chat.senders) > 1 or bool(set(words(name)) & (set(words(chat.title)) - TITLES))


def digits_of(phone: str) -> str:
    """The ten digits of a Turkish number however written, ``""`` when it is none."""
    found = "".join(c for c in phone if c.isdigit())
    return found[-10:] if len(found) >= 10 and not any(c.isalpha() for c in phone) else ""


class People:
    """Knows contacts by the register. ``colleagues`` are names of the office's own people."""

    def __init__(self, registry: Registry, colleagues: Iterable[str] = ()) -> None:
        self._registry = registry
        self._colleagues = {fold(name).strip() for name in colleagues if name.strip()}

    def of(self, chat: Chat, *, hint: Neighbourhood | None = None) -> dict[str, Person]:
        """Everybody who writes in ``chat``, by name. ``hint`` is the neighbourhood that staff named beside it."""
        found = {name: self._person(name) for name in chat.senders}
        return found if chat.is_group else self._in_private(chat, found, hint)

    def _person(self, written: str) -> Person:
        name = written.removeprefix(SELF_NAMED).strip()
        place = self.place_of(written)
        if place is not None:
            return Person(name, Side.HEADMAN, place)
        if self._is_office(name):
            return Person(name, Side.OFFICE)
        likely = self.place_of(name)  # were it not a name that he gave himself
        return Person(name, Side.UNKNOWN, guesses=(likely,) if likely else self.guesses(name))

    def _in_private(
        self, chat: Chat, found: dict[str, Person], hint: Neighbourhood | None
    ) -> dict[str, Person]:
        """Of two who write to each other, one is the contact and the other the office. A conversation called after
        neither of them, nor after a headman, is a group of which only two have written."""
        contact = self._contact(chat, found)
        elsewhere = chat.title and not is_called_after(chat, contact or "") and not self.place_of(chat.title)
        if contact is None or (elsewhere and hint is None):
            return found
        person = found[contact]
        if person.side is not Side.HEADMAN:
            place = (self.place_of(chat.title) if _may_be_contact(chat, contact) else None) or hint
            guesses = person.guesses or self.guesses(chat.title)
            person = Person(contact, Side.HEADMAN if place else Side.UNKNOWN, place, () if place else guesses)
        others = {
            name: other if other.side is Side.HEADMAN else Person(name, Side.OFFICE)
            for name, other in found.items()
            if name != contact
        }
        return {contact: person, **others}

    def _contact(self, chat: Chat, found: dict[str, Person]) -> str | None:
        """The contact is who the conversation is called after; else the one headman, or the one who is not us."""
        for name in found:
            if is_called_after(chat, name):
                return name
        headmen = [name for name, person in found.items() if person.side is Side.HEADMAN]
        if headmen:
            return headmen[0]
        theirs = [name for name, person in found.items() if person.side is not Side.OFFICE]
        return theirs[0] if len(theirs) == 1 else None

    def _is_office(self, name: str) -> bool:
        parts = words(name)
        if fold(name).strip() in self._colleagues or fold(self._registry.office_name) == fold(name):
            return True
        return any(all(word in parts for word in office) for office in _OF_OFFICES)

    # --- names ----------------------------------------------------------------------------------------

    @cached_property
    def _by_phone(self) -> dict[str, Neighbourhood]:
        return {
            digits: place
            for place in self._registry.neighbourhoods
            for phone in place.headman.phones
            if (digits := digits_of(phone))
        }

    @cached_property
    def _names(self) -> list[tuple[Neighbourhood, frozenset[str], tuple[tuple[str, ...], ...]]]:
        """(neighbourhood, its headman's names, its own names as words)."""
        return [
            (
                place,
                frozenset(words(place.headman.name)),
                tuple(tuple(words(n)) for n in (place.name, *place.aliases)),
            )
            for place in self._registry.neighbourhoods
        ]

    def place_of(self, name: str) -> Neighbourhood | None:
        """The neighbourhood whose headman is meant for sure: by telephone, full name, or place and office."""
        if digits := digits_of(name):
            return self._by_phone.get(digits)
        parts = words(name)
        if not parts or name.startswith(SELF_NAMED) or self._is_office(name):
            return None
        found = self._meant(parts) or self._meant([part for part in parts if part not in self._district])
        return found[0] if len(found) == 1 and not self._may_be_anothers_name(parts, found[0]) else None

    def _meant(self, parts: Sequence[str]) -> list[Neighbourhood]:
        return [place for place, headman, own in self._names if parts and _means(parts, headman, own)]

    def _may_be_anothers_name(self, parts: Sequence[str], meant: Neighbourhood) -> bool:
        """Whether all that is said may be what another headman is called: "Muhtar Fatih"."""
        said = {part for part in parts if part not in TITLES and part not in self._district}
        if set(parts) & _OF_PLACES:
            return False
        return any(said <= headman for place, headman, _ in self._names if place != meant)

    @cached_property
    def _district(self) -> frozenset[str]:
        """The municipality's own name, which staff write before a neighbourhood's."""
        office, domain = words(self._registry.office_name), self._registry.office_address.rpartition("@")[2]
        until = next((n for n, word in enumerate(office) if word.startswith("belediye")), 0)
        return frozenset((*office[:until], *words(domain.partition(".")[0])))

    def guesses(self, name: str) -> tuple[Neighbourhood, ...]:
        """Neighbourhoods that a name may stand for, the likeliest first."""
        parts = set(words(name)) - TITLES
        scored = [
            (
                len(parts & headman)
                + 2 * max((len(set(one) & parts) / len(one) for one in own if one), default=0),
                place,
            )
            for place, headman, own in self._names
        ]
        best = sorted((item for item in scored if item[0] >= 1), key=lambda item: -item[0])
        return tuple(place for _, place in best[:_MOST_GUESSES])


def _means(parts: Sequence[str], headman: frozenset[str], own: Sequence[tuple[str, ...]]) -> bool:
    """Whether a contact's name says this headman, and nothing that could be somebody else.

    "Mustafa Şahinbey", "Yayla Muhtarı Mustafa", "YAYLA MAH. MUHTAR", "Yayla Muh. Mustafa Ş."; not "Yayla azası Veli".
    """
    initials = {name[0] for name in headman}
    kept = {
        part
        for part in parts
        if part not in TITLES and not part.isdigit() and not (len(part) == 1 and part in initials)
    }
    if headman and headman <= kept:
        rest = kept - headman
        return not rest or any(rest <= set(one) for one in own)
    for one in own:
        if one and _stand_together(parts, one):
            rest = kept - set(one)
            named = set(parts) & _OF_HEADMEN
            if rest <= headman and (named or rest or len(kept) == len(set(one) - TITLES)):
                return True
    return False


def _stand_together(parts: Sequence[str], name: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(parts[n : n + size]) == tuple(name) for n in range(len(parts) - size + 1))


def _key(name: str) -> str:
    return digits_of(name) or " ".join(words(name))
