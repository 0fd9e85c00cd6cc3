"""What makes a message of a conversation the same one in next week's export.

The person, the minute, the words, and its place among equals of that minute. iOS writes seconds and Android does not;
a picture has a name only in an export made with its media; a contact may be renamed: none of it is part of the
identity. A headman's message is known by his neighbourhood and by his name as written, so that it is found again after
either has changed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from daemon.domain.chats.chat import Chat, Message
from daemon.domain.chats.people import Person, Side, digits_of
from daemon.domain.chats.words import Sort
from daemon.domain.text import fold

ASKED = "?"
"""In place of a request's number: a person has been asked about the message."""
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """A message that the ledger has seen. ``slot`` is its person and minute; ``number`` the request that it belongs
    to, :data:`ASKED`, or ``""`` for talk. ``with_files`` says whether its pictures came along."""

    key: str
    slot: str
    number: str = ""
    with_files: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys and slots of one message, one pair for each way its person is known."""

    pairs: tuple[tuple[str, str], ...]


def identities_of(chat: Chat, people: Mapping[str, Person]) -> dict[int, Identity]:
    """By place in the conversation, of everything that others than the office wrote."""
    seen: Counter[str] = Counter()
    names = {name: _names_of(person) for name, person in people.items() if person.side is not Side.OFFICE}
    found: dict[int, Identity] = {}
    for index, message in enumerate(chat.messages):
        if message.sort is Sort.SYSTEM or message.sender not in names:
            continue
        found[index] = Identity(tuple(_pair(name, message, seen) for name in names[message.sender]))
    return found


def _names_of(person: Person) -> tuple[str, ...]:
    written = digits_of(person.name) or fold(person.name).strip()
    return (f"name/{written}",) + ((f"place/{fold(person.place.name)}",) if person.place else ())


def _pair(name: str, message: Message, seen: Counter[str]) -> tuple[str, str]:
    slot = _hash(name, f"{message.at:%Y%m%d%H%M}")
    shown = "media" if message.media else ""
    content = _hash(slot, message.sort.value, shown, " ".join(message.text.split()))
    seen[content] += 1
    return _hash(content, str(seen[content])), slot


def _hash(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:_LENGTH]


class Known:
    """What the ledger has seen of the messages at hand."""

    def __init__(self, identities: Mapping[int, Identity], records: Iterable[ChatRecord]) -> None:
        self._identities = identities
        self._by_key = {record.key: record for record in records}
        here = {key for identity in identities.values() for key, _ in identity.pairs}
        self._vanished: dict[str, list[ChatRecord]] = {}
        for record in self._by_key.values():
            if record.key not in here:
                self._vanished.setdefault(record.slot, []).append(record)
        self._adopted: dict[int, ChatRecord] = {}

    def record(self, index: int) -> ChatRecord | None:
        """What was kept of a message, or of the one that it replaces."""
        for key, _ in self._identities[index].pairs:
            if key in self._by_key:
                return self._by_key[key]
        return self._adopted.get(index)

    def key_of(self, index: int) -> str:
        """Names a message, for whatever is asked about it once."""
        return self._identities[index].pairs[-1][0]

    def is_new(self, index: int) -> bool:
        return self.record(index) is None

    def adopt_former(self, index: int) -> ChatRecord | None:
        """An edited or deleted message takes the place of one of its minute that is in the export no more."""
        for _, slot in self._identities[index].pairs:
            if former := self._vanished.get(slot):
                self._adopted[index] = former[0] if len(former) == 1 else _numbered(former)
                return self._adopted[index]
        return None

    def records_for(
        self, indices: Iterable[int], number: str, *, with_files: bool = True
    ) -> list[ChatRecord]:
        """What is to be kept of messages that are new, or whose pictures have come since."""
        return [
            ChatRecord(key, slot, number, with_files)
            for index in indices
            for key, slot in self._identities[index].pairs
            if key not in self._by_key or (with_files and not self._by_key[key].with_files)
        ]


def _numbered(records: Sequence[ChatRecord]) -> ChatRecord:
    return next((record for record in records if record.number), records[0])
