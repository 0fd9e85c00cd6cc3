"""What each person wrote in one go: without a pause of an hour, the office's answers not counted as pauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from daemon.domain.chats.chat import Chat, Message
from daemon.domain.chats.details import asks_something
from daemon.domain.chats.people import Person, Side
from daemon.domain.chats.words import Sort

PAUSE = timedelta(hours=1)
"""After so long a silence the next message begins something new."""
ANSWER = timedelta(hours=24)
"""So long after the office has written, what a headman says belongs to the request before."""
ASKED = timedelta(days=7)
"""So long after the office has asked him something, it may be the answer."""

Spoken = tuple[int, Message]
"""A message with its place in the conversation."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What one person wrote in one go; ``answers`` says that the office had just written to him, ``asked`` that it
    had asked him something, ``alone`` that nobody else takes part."""

    person: Person
    spoken: tuple[Spoken, ...]
    answers: bool = False
    asked: bool = False
    alone: bool = True

    @property
    def start(self) -> datetime:
        return self.spoken[0][1].at

    @property
    def end(self) -> datetime:
        return self.spoken[-1][1].at


def bursts_of(chat: Chat, people: dict[str, Person]) -> Iterator[Burst]:
    """What each person but the office wrote in one go, in the order of its beginning."""
    open_: dict[str, Burst] = {}
    spoken: dict[str, list[Spoken]] = {}
    last: dict[str, datetime] = {}
    done: list[Burst] = []
    said: list[Message] = []  # by the office, since the headman wrote
    for index, message in enumerate(chat.messages):
        if message.sort is Sort.SYSTEM:
            continue
        person = people[message.sender]
        if person.side is Side.OFFICE:
            if not chat.is_group:
                said.append(message)
                last = {name: message.at for name, at in last.items() if message.at - at <= PAUSE}
            continue
        name = message.sender
        if name in open_ and (name not in last or message.at - last[name] > PAUSE):
            done.append(replace(open_.pop(name), spoken=tuple(spoken.pop(name))))
        if name not in open_:
            open_[name] = _begun(person, said, message.at, alone=not chat.is_group)
        spoken.setdefault(name, []).append((index, message))
        last[name] = message.at
        said = []
    done += [replace(burst, spoken=tuple(spoken[name])) for name, burst in open_.items()]
    return iter(sorted(done, key=lambda burst: burst.spoken[0][0]))


def _begun(person: Person, said: Sequence[Message], at: datetime, *, alone: bool) -> Burst:
    answers = any(at - message.at <= ANSWER for message in said)
    asked = any(at - message.at <= ASKED and asks_something(message.text) for message in said)
    return Burst(person, (), answers or asked, asked, alone)
