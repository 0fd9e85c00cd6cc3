"""A conversation exported from a telephone ("Sohbeti dışa aktar"): its values, and how its text is read.

WhatsApp promises no format; what is read here is what Android and iOS write in Turkish and English. BiP's export
is documented nowhere: lines of the same build are taken, whatever stands between time and name. Nothing that looks
like no message raises: it belongs to the message above it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from daemon.domain.chats.lines import Line, lines_of, order_of
from daemon.domain.chats.words import Media, Sort, is_system, is_system_head, read_words
from daemon.domain.text import fold

MOST_MESSAGES = 200_000
"""WhatsApp exports the last 40,000 messages; more are no conversation."""
_OUT_OF_ORDER = timedelta(minutes=10)
"""Messages that telephones stored later stand out of order by less."""


class ChatApp(StrEnum):
    """Which messenger wrote the export."""

    WHATSAPP = "whatsapp"
    BIP = "bip"


_OF_GROUPS = re.compile(
    r"\bgrub[au]|\bgruptan|\bgrup (?:ad|simge|aciklama|ayar)|\b(?:this|the|created) group|"
    r"group(?:'s)? (?:name|icon|description)"
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``sender`` is as the telephone's owner calls him, ``""`` for lines of the messenger itself.

    ``place`` is (latitude, longitude) of a shared position. ``at`` is aware UTC.
    """

    at: datetime
    sender: str
    text: str
    sort: Sort = Sort.SAID
    media: tuple[Media, ...] = ()
    place: tuple[float, float] | None = None
    is_edited: bool = False


@dataclass(frozen=True)
class Chat:
    """An export as read. ``title`` is whom or what the conversation is called after, ``""`` when unknown."""

    app: ChatApp
    title: str
    messages: tuple[Message, ...]

    @cached_property
    def senders(self) -> tuple[str, ...]:
        """Who wrote, the most talkative first."""
        return tuple(name for name, _ in Counter(m.sender for m in self.messages if m.sender).most_common())

    @cached_property
    def is_group(self) -> bool:
        """More than two write, or the messenger's own lines speak of the group."""
        spoken_of = any(_OF_GROUPS.search(fold(m.text)) for m in self.messages[:500] if m.sort is Sort.SYSTEM)
        return spoken_of or len(self.senders) > 2


def read_chat(text: str, *, name: str = "", until: date | None = None) -> Chat | None:
    """Read the text of an export; ``None`` when it is none. ``name`` is the file's, ``until`` the last day on
    which a message can have been written: it helps to tell days from months."""
    lines = lines_of(text, most=MOST_MESSAGES)
    if not lines or not _is_conversation(lines, name):
        return None
    order = order_of([line.day for line in lines], until=until)
    messages: list[Message] = []
    titles: list[str] = []
    for line in lines:
        at = line.moment(order)
        if at is None and messages:  # no such day: it was a line of the message above after all
            messages[-1] = replace(messages[-1], text=f"{messages[-1].text}\n{line.words}".strip())
        elif at is not None and messages and _is_quoted_time(line, at, messages[-1]):
            messages[-1] = replace(messages[-1], text=f"{messages[-1].text}\n{line.written}".strip())
        elif at is not None:
            messages.append(_message(line, at, titles))
    app, title = called(name)
    return Chat(app or _app_in(messages), title or next(iter(titles), ""), tuple(messages))


def _is_quoted_time(line: Line, at: datetime, above: Message) -> bool:
    """A line that names nobody and lies before the message above it, as an export's never do: the writer told of
    hours ("12.11.2026 10:00 - 18:00 arası su yoktu")."""
    return (
        bool(above.sender) and not line.sender and at < above.at - _OUT_OF_ORDER and not is_system(line.words)
    )


def _is_conversation(lines: Sequence[Line], name: str) -> bool:
    """One dated line in a text file is a note, not a conversation, unless the file is called one; so is the
    messenger's notice where nobody has written yet."""
    spoken = sum(1 for line in lines[:50] if line.sender)
    is_called_so = called(name)[0] is not None or _is_called_a_chat(name)
    if not spoken:  # nobody has written yet
        return is_called_so and all(is_system(line.words) for line in lines)
    return spoken > 1 or len(lines) > 1 or is_called_so


def _message(line: Line, at: datetime, titles: list[str]) -> Message:
    if not line.sender or is_system_head(line.sender):
        whole = f"{line.sender}: {line.words}" if line.sender else line.words
        return Message(at, "", whole, Sort.SYSTEM)
    said = read_words(line.words)
    if said.sort is Sort.SYSTEM:
        titles.append(line.sender)  # iOS signs its own lines with the conversation's name
        return Message(at, "", said.text, Sort.SYSTEM)
    return Message(at, line.sender, said.text, said.sort, said.media, said.place, said.is_edited)


# --- what the file's name says ----------------------------------------------------------------------------

_IOS = "_chat"
"""How an iPhone calls the text in every export."""
_APPS = {"whatsapp": ChatApp.WHATSAPP, "bip": ChatApp.BIP}
_CHATS = frozenset({"sohbet", "sohbeti", "yazisma", "yazismasi", "chat"})
_AROUND = frozenset({"sohbeti", "sohbet", "konusmasi", "chat", "ile", "with", "yazismasi", "gecmisi"})


def _is_called_a_chat(name: str) -> bool:
    """The file's own name, its messenger's aside: "Sohbet.txt", "_chat.txt"."""
    return _stem(name) == _IOS or bool(_CHATS & set(fold(_stem(name)).replace("_", " ").split()))


def called(name: str) -> tuple[ChatApp | None, str]:
    """(messenger, whom the conversation is with) as an export's file or mail subject is called.

    "WhatsApp Sohbeti - X.txt", "WhatsApp Chat with X.zip", "X ile WhatsApp Sohbeti", "BiP Sohbeti - X".
    """
    stem = _stem(name)
    tokens = [token for token in stem.replace("_", " ").split(" ") if token]
    folded = [fold(token).strip(":-–") for token in tokens]
    app = next((_APPS[word] for word in folded if word in _APPS), None)
    if app is None:
        return None, ""
    kept = [n for n, word in enumerate(folded) if word not in _APPS]
    while kept and (folded[kept[0]] in _AROUND or not folded[kept[0]]):
        del kept[0]
    while kept and (folded[kept[-1]] in _AROUND or not folded[kept[-1]]):
        del kept[-1]
    return app, " ".join(tokens[n] for n in kept)


def _stem(name: str) -> str:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    for suffix in (".zip", ".txt"):
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)]
    head, bracket, tail = stem.rpartition("(")
    return head.strip() if bracket and tail.rstrip(")").isdigit() and head else stem.strip()


def _app_in(messages: Sequence[Message]) -> ChatApp:
    """The messenger names itself in its own lines."""
    said = (fold(message.text) for message in _own_lines(messages))
    return ChatApp.BIP if any("bip" in text.split() or "bip'" in text for text in said) else ChatApp.WHATSAPP


def _own_lines(messages: Sequence[Message]) -> Iterator[Message]:
    return (message for message in messages[:50] if message.sort is Sort.SYSTEM)
