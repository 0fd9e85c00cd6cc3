"""The history's hash chain: evidence that nobody changed, removed or reordered an entry afterwards.

``digest`` is the SHA-256 of the entry's salt and of what it says (actor, text, data); ``hash`` that of the
previous entry's hash and of the canonical JSON of the entry's frame (seq, at, number, kind, digest). So what
an entry says of a person can be erased later (KVKK art. 7) without breaking the chain: the salt goes with it,
and the digest alone tells nothing. An erasure is an entry itself (kind ``erasure``) and names each erased entry
with the digest of what stands there instead: nobody erases, or rewrites what was erased, unseen. The head (count
and hash) is kept apart, so that a cut tail shows, too.

Whoever can write the file can also forge a whole new chain; only a head noted down elsewhere shows that
(``anchor``).
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from daemon.domain.request import Entry
from daemon.ledger.columns import moment_text, storable, to_json

START = "0" * 64
"""The hash before the first entry."""
ERASURE = "erasure"
"""Kind of an entry that says which entries were erased: ``data["entries"]``, seq → digest of the new words."""


class Head(NamedTuple):
    entries: int
    hash: str


class Link(NamedTuple):
    """One entry as it lies in the ledger: every value in its stored form."""

    seq: int
    number: str
    at: str
    actor: str
    kind: str
    text: str
    data: str
    salt: str
    digest: str
    hash: str


class Fault(StrEnum):
    """The value is what people are told."""

    CHANGED = "kayıt sonradan değiştirilmiş veya yeri değiştirilmiş"
    MISSING = "kayıt silinmiş"
    CUT = "defterin sonundaki kayıtlar silinmiş"
    HEAD = "defterin son durum bilgisi kayıtlarla uyuşmuyor"
    ANCHOR = "defter, daha önce not edilen özetle uyuşmuyor"


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not fit. ``number`` and ``at`` are those of the entry found there, or of the
    last good one before it where nothing is found."""

    seq: int
    number: str
    at: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """``head`` is worth noting down outside this machine: given as ``anchor`` it proves the past."""

    head: Head
    broken: Break | None

    @property
    def is_sound(self) -> bool:
        return self.broken is None


def next_links(head: Head, entries: Iterable[Entry]) -> list[Link]:
    """Chain new entries to the head, in order."""
    links: list[Link] = []
    for entry in entries:
        previous = links[-1].hash if links else head.hash
        links.append(_link(head.entries + len(links) + 1, previous, entry))
    return links


def _link(seq: int, previous: str, entry: Entry) -> Link:
    salt = secrets.token_hex(16)
    said = Link(
        seq=seq,
        number=storable(entry.number),
        at=moment_text(entry.at),
        actor=storable(entry.actor),
        kind=storable(entry.kind),
        text=storable(entry.text),
        data=to_json(entry.data),
        salt=salt,
        digest="",
        hash="",
    )
    sealed = said._replace(digest=digest_of(said))
    return sealed._replace(hash=hash_of(previous, sealed))


def digest_of(link: Link) -> str:
    said = f'{{"actor":{to_json(link.actor)},"data":{link.data},"text":{to_json(link.text)}}}'
    return sha256(f"{link.salt}{said}".encode()).hexdigest()


def hash_of(previous: str, link: Link) -> str:
    frame = {"seq": link.seq, "at": link.at, "number": link.number, "kind": link.kind, "digest": link.digest}
    return sha256(f"{previous}{to_json(frame)}".encode()).hexdigest()


def verify(links: Iterable[Link], head: Head | None, anchor: Head | None = None) -> Verdict:
    """Walk the whole chain; stop at the first entry that does not fit."""
    at = Head(0, START)
    last: Link | None = None
    erased: dict[str, Link] = {}
    for link in links:
        if fault := _fault(link, at):
            return Verdict(at, Break(at.entries + 1, link.number, link.at, fault))
        if not link.salt:
            erased[str(link.seq)] = link
        elif link.kind == ERASURE:
            _account_for(erased, link)
        at, last = Head(link.seq, link.hash), link
        if anchor is not None and anchor.entries == link.seq and anchor.hash != link.hash:
            return Verdict(at, Break(link.seq, link.number, link.at, Fault.ANCHOR))
    for link in erased.values():  # the first of them: without its salt, and no erasure speaks of it
        return Verdict(at, Break(link.seq, link.number, link.at, Fault.CHANGED))
    return Verdict(at, _fault_of_end(at, last, head, anchor))


def _account_for(erased: dict[str, Link], erasure: Link) -> None:
    """Strike out the erased entries that stand as this erasure left them."""
    for seq, digest in json.loads(erasure.data).get("entries", {}).items():
        if seq in erased and _digest_or_none(erased[seq]) == digest:
            del erased[seq]


def _digest_or_none(link: Link) -> str | None:
    try:
        return digest_of(link)
    except (TypeError, ValueError):  # somebody put what is no text there
        return None


def _fault(link: Link, before: Head) -> Fault | None:
    if link.seq != before.entries + 1:
        return Fault.MISSING
    try:
        whole = not link.salt or link.digest == digest_of(link)
        fits = whole and link.hash == hash_of(before.hash, link)
    except (TypeError, ValueError):  # somebody put what is no text there
        fits = False
    return None if fits else Fault.CHANGED


def _fault_of_end(at: Head, last: Link | None, head: Head | None, anchor: Head | None) -> Break | None:
    number, when = (last.number, last.at) if last else ("", "")
    promised = max(head.entries if head else 0, anchor.entries if anchor else 0)
    if promised > at.entries:
        return Break(at.entries + 1, number, when, Fault.CUT)
    if head != at:
        return Break(at.entries, number, when, Fault.HEAD)
    return None


def exported(links: Iterable[Link]) -> Iterator[str]:
    """One JSON object a line, everything needed to check the chain elsewhere; ``data`` as an object."""
    for link in links:
        others = to_json({name: value for name, value in link._asdict().items() if name != "data"})
        yield f'{others[:-1]},"data":{link.data}}}'
