"""Structured sources: which mail or list comes from another system, and what was read of it.

Muhtar Bilgi Sistemi (Interior Ministry, circular 2015/8) has no public interface and no published mail format;
Muhtar Mobil is the municipality's own app. How each is recognised and read is therefore said in
``mappings.yaml`` (``sources``), and these values are what it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from daemon.domain.registry import same_address
from daemon.domain.request import Channel
from daemon.domain.structured.labels import LabelBook
from daemon.domain.text import fold, words


class Fact(StrEnum):
    """What a structured message may say of a request; the value is its key under ``labels``."""

    NUMBER = "number"
    DATE = "date"
    NEIGHBOURHOOD = "neighbourhood"
    HEADMAN = "headman"
    PHONE = "phone"
    EMAIL = "email"
    KIND = "kind"
    SUBJECT = "subject"
    TEXT = "text"
    STATUS = "status"
    ANSWER_TO = "answer_to"
    POSITION = "position"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PHOTO = "photo"
    REST = "rest"
    """Lines under labels that nobody made known; no label of its own stands for it."""


SHOWN = {
    Fact.NUMBER: "Sistem numarası",
    Fact.DATE: "Tarih",
    Fact.NEIGHBOURHOOD: "Mahalle",
    Fact.HEADMAN: "Muhtar",
    Fact.PHONE: "Telefon",
    Fact.EMAIL: "E-posta",
    Fact.KIND: "Tür",
    Fact.SUBJECT: "Konu",
    Fact.TEXT: "Açıklama",
    Fact.STATUS: "Durum",
    Fact.ANSWER_TO: "Cevap adresi",
    Fact.POSITION: "Konum",
    Fact.LATITUDE: "Enlem",
    Fact.LONGITUDE: "Boylam",
    Fact.PHOTO: "Fotoğraf",
    Fact.REST: "Diğer bilgiler",
}
"""As people see each."""

EMBEDDED = "gomulu-dosya-"
"""Begins the name of a file that stood inside the data itself; it is kept among the request's attachments."""

LABELLED = tuple(fact for fact in Fact if fact is not Fact.REST)
"""What ``labels`` in the mappings may name."""

Facts = Mapping[Fact, str]
Labelled = tuple[tuple[str, ...], str]
"""A value with the labels that it may stand under, the most telling first."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet or a table as rows of texts; ``name`` says where it stood, ``sheet`` what the worksheet is called."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read: its name and why, in Turkish."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a mail holds beside its words: tables of its HTML, JSON and XML as plain values, lists in files."""

    tables: tuple[Grid, ...] = ()
    trees: tuple[object, ...] = ()
    lists: tuple[Grid, ...] = ()
    unread: tuple[Unread, ...] = ()
    map_links: tuple[str, ...] = ()
    """Maps to which the HTML only links ("Haritada göster")."""


class Standing(StrEnum):
    """How the other system shows a request."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = ""


@dataclass(frozen=True)
class SourceRule:
    """One entry of ``sources``.

    ``senders`` are addresses or ``@domains``; ``subjects`` are words of a subject and ``files`` names of lists,
    both with ``*`` for anything, compared folded. ``answer_domains`` limit where an app may have its answers
    sent; empty: anywhere.
    """

    name: str
    channel: Channel
    senders: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    labels: Mapping[Fact, tuple[str, ...]] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    answer_domains: tuple[str, ...] = ()

    @cached_property
    def book(self) -> LabelBook[Fact]:
        return LabelBook(self.labels)

    def is_from(self, address: str) -> bool:
        """Whether mails of this address are this source's."""
        found = same_address(address)
        domain = found.rpartition("@")[2]
        return bool(found) and any(
            sender == found or (sender.startswith("@") and _is_within(domain, sender[1:]))
            for sender in map(same_address, self.senders)
        )

    def has_subject(self, subject: str) -> bool:
        """Whether the subject is one of this source's; any is where none is said."""
        return not self.subjects or any(_is_like(subject, pattern, within=True) for pattern in self.subjects)

    def has_file(self, name: str) -> bool:
        """Whether a file's name says that it is a list of this source."""
        return any(_is_like(name, pattern) for pattern in self.files)

    def may_answer_to(self, address: str) -> bool:
        domain = same_address(address).rpartition("@")[2]
        return not self.answer_domains or any(
            _is_within(domain, same_address(allowed).lstrip("@")) for allowed in self.answer_domains
        )

    def standing(self, said: str) -> Standing:
        """What a ``status`` means: the whole cell or its first words must be one that is listed."""
        return self._standing(words(said), at_start=True)

    def standing_in_title(self, title: str) -> Standing:
        """What the title of a list says of all its rows ("Bekleyen Başvurular")."""
        return self._standing(words(title), at_start=False)

    def _standing(self, said: list[str], *, at_start: bool) -> Standing:
        found = {
            standing
            for standing, listed in ((Standing.OPEN, self.open), (Standing.CLOSED, self.closed))
            for each in listed
            if _stands_in(words(each), said, at_start=at_start)
        }
        return found.pop() if len(found) == 1 else Standing.UNKNOWN


def _is_within(domain: str, upper: str) -> bool:
    return bool(upper) and (domain == upper or domain.endswith(f".{upper}"))


def _is_like(text: str, pattern: str, *, within: bool = False) -> bool:
    looked_for = " ".join(fold(pattern).replace("[", "[[]").split())
    return fnmatchcase(" ".join(fold(text).split()), f"*{looked_for}*" if within else looked_for)


def _stands_in(phrase: Sequence[str], said: Sequence[str], *, at_start: bool) -> bool:
    starts = range(1) if at_start else range(max(0, len(said) - len(phrase) + 1))
    return bool(phrase) and any(said[n : n + len(phrase)] == list(phrase) for n in starts)


@dataclass(frozen=True, slots=True)
class Record:
    """One request as another system tells it. ``place`` says where it stood ("12. satır", "" for a mail)."""

    source: str
    channel: Channel
    facts: Facts
    standing: Standing = Standing.UNKNOWN
    place: str = ""

    @property
    def number(self) -> str:
        return self.facts.get(Fact.NUMBER, "")

    @property
    def text(self) -> str:
        """What is asked: a list may have only a subject."""
        return self.facts.get(Fact.TEXT, "") or self.facts.get(Fact.SUBJECT, "")

    def told(self) -> str:
        """Everything that was read, a line each, for a person's eye."""
        return "\n".join(f"{SHOWN[fact]}: {value}" for fact, value in self.facts.items() if value)
