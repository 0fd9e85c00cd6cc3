"""The office's register: who is who. Built from ``mappings.yaml``; the domain only asks it.

Addresses are compared folded (RFC 5321 lets local parts be case-sensitive; no office uses that).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from daemon.domain.routing.subscribing import asks_for_subscription
from daemon.domain.text import fold


def same_address(address: str) -> str:
    """Return the form in which two spellings of one mail address are equal."""
    return address.strip().lower()


@dataclass(frozen=True, slots=True)
class Headman:
    """A neighbourhood's elected muhtar."""

    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One mahalle; ``name`` without "Mahallesi"."""

    name: str
    headman: Headman
    aliases: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """A liaison's leave, both days included, and the address that stands in."""

    first: date
    last: date
    deputy: str

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Liaison:
    """A directorate's contact (irtibat personeli)."""

    name: str
    email: str
    away: tuple[Absence, ...] = ()

    def address_on(self, day: date) -> str:
        """Where letters of ``day`` go: the deputy's address during an absence."""
        return next((absence.deputy for absence in self.away if absence.covers(day)), self.email)


@dataclass(frozen=True, slots=True)
class Directorate:
    """One müdürlük. ``name`` is full ("Fen İşleri Müdürlüğü"); ``code`` names its workbook ("fen")."""

    code: str
    name: str
    manager: str
    liaisons: tuple[Liaison, ...]
    aliases: tuple[str, ...] = ()
    spreadsheet: str = ""

    def present_on(self, day: date) -> tuple[tuple[str, str], ...]:
        """(address, name) of the liaisons of that day, without doubles; a deputy has no name here."""
        found: dict[str, str] = {}
        for liaison in self.liaisons:
            address = liaison.address_on(day)
            found.setdefault(address, liaison.name if address == liaison.email else "")
        return tuple(found.items())


@dataclass(frozen=True, slots=True)
class ExternalBody:
    """An authority outside the municipality (ASKİ, Başkent EDAŞ …)."""

    name: str
    runs: str = ""
    contact: str = ""
    email: str = ""
    documents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registry:
    """All of them, with the look-ups that the rules need."""

    office_name: str
    office_address: str
    office_manager: str
    neighbourhoods: tuple[Neighbourhood, ...]
    directorates: tuple[Directorate, ...]
    external_bodies: tuple[ExternalBody, ...] = ()
    office_staff: tuple[str, ...] = ()
    home_directorate: str = ""
    """Code of the office's own directorate: where external bodies' requests are followed."""
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What an applicant brings for a subscription, by the category's folded name."""
    subscribed_to: Mapping[str, str] = field(default_factory=dict)
    """The body of each of these categories."""
    extra: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_headman_address(self) -> dict[str, Neighbourhood]:
        return {same_address(a): n for n in self.neighbourhoods for a in n.headman.emails}

    @cached_property
    def _by_code(self) -> dict[str, Directorate]:
        return {d.code: d for d in self.directorates}

    @cached_property
    def _directorate_names(self) -> dict[str, Directorate]:
        return {
            key: d
            for d in self.directorates
            for name in (d.code, d.name, *d.aliases)
            for key in directorate_keys(name)
        }

    @cached_property
    def _neighbourhood_names(self) -> dict[str, Neighbourhood]:
        return {neighbourhood_key(name): n for n in self.neighbourhoods for name in (n.name, *n.aliases)}

    @cached_property
    def _unparted_names(self) -> dict[str, Neighbourhood]:
        """Without those that only their spaces part from another's."""
        found: dict[str, Neighbourhood | None] = {}
        for key, place in self._neighbourhood_names.items():
            joined = "".join(key.split())
            found[joined] = place if found.get(joined, place) is place else None
        return {key: place for key, place in found.items() if key and place is not None}

    def neighbourhood_of(self, address: str) -> Neighbourhood | None:
        """The neighbourhood whose headman writes from ``address``."""
        return self._by_headman_address.get(same_address(address))

    def neighbourhood(self, name: str) -> Neighbourhood | None:
        """By name or alias, however spelt ("YAYLA MAH.", "Yayla Mahallesi") and parted ("19Mayıs", "Ata Park")."""
        key = neighbourhood_key(name)
        return self._neighbourhood_names.get(key) or self._unparted_names.get("".join(key.split()))

    def directorate(self, code: str) -> Directorate | None:
        return self._by_code.get(code)

    def directorate_named(self, name: str) -> Directorate | None:
        """By code, name or alias, with or without "Müdürlüğü"."""
        return next(
            (
                self._directorate_names[key]
                for key in directorate_keys(name)
                if key in self._directorate_names
            ),
            None,
        )

    def external_body(self, name: str) -> ExternalBody | None:
        key = fold(name).strip()
        return next((b for b in self.external_bodies if key in {fold(n) for n in (b.name, *b.aliases)}), None)

    def papers_for(self, category: str, body: str, words: str) -> tuple[str, ...]:
        """The papers for a subscription: its category's own, else those that the body asks for to which it went."""
        key = fold(category).strip()
        is_elsewhere = key in self.papers and body and self.subscribed_to.get(key, body) != body
        if category and not is_elsewhere:
            return self.papers.get(key, ())
        asked = "abone" in fold(words) or asks_for_subscription(words)
        known = self.external_body(body) if body and (is_elsewhere or asked) else None
        return known.documents if known else ()

    @cached_property
    def _names_by_address(self) -> dict[str, str]:
        headmen = {same_address(a): n.headman.name for n in self.neighbourhoods for a in n.headman.emails}
        liaisons = {same_address(each.email): each.name for d in self.directorates for each in d.liaisons}
        return headmen | liaisons

    def name_of(self, address: str) -> str:
        """The headman's or liaison's name who writes from ``address``; nothing for anybody else."""
        return self._names_by_address.get(same_address(address), "")

    @property
    def clerks(self) -> tuple[str, ...]:
        """Who is told what the office must see to: its staff; where none are named, its manager."""
        return self.office_staff or (self.office_manager,)

    @property
    def office_people(self) -> tuple[str, ...]:
        """The office's manager and staff, each once."""
        people = {same_address(a): a for a in (self.office_manager, *self.office_staff) if a}
        return tuple(people.values())

    def is_staff(self, address: str) -> bool:
        """Whether the address may enter and steer requests by mail."""
        known = {same_address(a) for a in (*self.office_staff, self.office_manager)}
        return same_address(address) in known

    @cached_property
    def speakers(self) -> dict[str, str]:
        """Everybody whose mail may do something: address → name (``""`` where the mappings give none)."""
        people = [d.manager for d in self.directorates]
        people += [absence.deputy for d in self.directorates for each in d.liaisons for absence in each.away]
        others = {same_address(a): "" for a in (*self.office_people, *people) if a}
        return others | self._names_by_address

    def is_headman(self, address: str) -> bool | None:
        """Whether a headman writes from ``address``; ``False`` for the municipality's own people, ``None`` for
        a stranger."""
        if self.neighbourhood_of(address) is not None:
            return True
        key = same_address(address)
        speakers = {
            same_address(email)
            for d in self.directorates
            for email in (d.manager, *(x.email for x in d.liaisons))
        }
        own = self.office_address.rpartition("@")[2].lower()
        ours = key in speakers or self.is_staff(address) or (bool(own) and key.endswith(f"@{own}"))
        return False if ours else None

    def directorates_of(self, address: str, day: date) -> Iterator[Directorate]:
        """The directorates for which ``address`` may speak on ``day``: liaison, acting deputy or manager."""
        key = same_address(address)
        for directorate in self.directorates:
            speakers = {same_address(directorate.manager)}
            for liaison in directorate.liaisons:
                speakers.add(same_address(liaison.email))
                speakers.add(same_address(liaison.address_on(day)))
            if key in speakers:
                yield directorate


_RANK_WORDS = frozenset({"mudurlugu", "mudurlugune", "mudurlugunun", "md", "mud", "mudurluk"})
_PLACE_WORDS = frozenset(
    {"mah", "mahalle", "mahallesi", "mh", "mahallesinin", "muhtarligi", "muhtarlik", "muhtari"}
)


def neighbourhood_key(name: str) -> str:
    """The form in which "YAYLA MAH." and "Yayla Mahallesi" are equal."""
    return " ".join(w for w in fold(name).replace(".", " ").split() if w not in _PLACE_WORDS)


def directorate_keys(name: str) -> tuple[str, ...]:
    """Spellings under which a directorate is found: "fen isleri mudurlugu", "fen isleri", "fen"."""
    kept = [w for w in fold(name).replace(".", " ").split() if w not in _RANK_WORDS]
    full = " ".join(kept)
    shorter = " ".join(w for w in kept if w not in {"isleri", "hizmetleri"})
    return tuple(dict.fromkeys(key for key in (full, shorter) if key))
