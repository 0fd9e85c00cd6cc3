"""What an exported conversation brings: requests, additions to requests, questions for a person; only what is new.

Pure: what the ledger has seen of its messages comes in, what is to be done and kept goes out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.domain.chat import Chat, Message
from daemon.domain.chat_identity import ASKED, ChatRecord, Identity, Known
from daemon.domain.chat_matters import ANSWER, Burst, Matter, Need, bursts_of, joined, matters_of
from daemon.domain.chat_people import Person, Side
from daemon.domain.chat_words import Sort
from daemon.domain.routing_values import Routing

OLDEST = timedelta(days=90)
"""What was written earlier is told to a person instead of becoming a request that is months late at its birth."""

RouteFor = Callable[[str, Person], Routing]


@dataclass(frozen=True, slots=True)
class Addition:
    """Something said or shown later about a request that there is."""

    number: str
    matter: Matter


@dataclass(frozen=True, slots=True)
class Remark:
    """A message of a request was edited or deleted afterwards."""

    number: str
    message: Message


@dataclass(frozen=True, slots=True)
class ChatPlan:
    """All that follows from one export. ``fresh`` matters become requests; of ``questions`` a person decides whose
    they are, or whether they are any. ``talk`` are the new messages that nothing follows from; ``old`` matters
    were written too long ago. ``changed`` messages take the number of what they replace."""

    fresh: tuple[Matter, ...] = ()
    additions: tuple[Addition, ...] = ()
    questions: tuple[Matter, ...] = ()
    remarks: tuple[Remark, ...] = ()
    changed: tuple[tuple[int, str], ...] = ()
    old: tuple[Matter, ...] = ()
    talk: tuple[int, ...] = ()
    known: Known = field(default_factory=lambda: Known({}, ()))
    new_messages: int = 0


def plan_chat(
    chat: Chat,
    people: dict[str, Person],
    *,
    identities: Mapping[int, Identity],
    records: Sequence[ChatRecord],
    route: RouteFor,
    now: datetime,
) -> ChatPlan:
    """Compare an export with what has been seen of it and decide."""
    known = Known(identities, records)
    changed = tuple(_changed(chat, identities, known))
    new = {index for index in identities if known.is_new(index)}
    planner = _Planner(known, route, now)
    for burst in bursts_of(chat, people):
        planner.take(burst)
    used = {index for matter in planner.matters() for index in matter.places}
    return ChatPlan(
        tuple(planner.fresh),
        tuple(planner.additions),
        tuple(planner.questions),
        tuple(Remark(number, chat.messages[index]) for index, number in changed if number not in {"", ASKED}),
        changed,
        tuple(planner.old),
        tuple(sorted(new - used)),
        known,
        len(new),
    )


def _changed(chat: Chat, identities: Mapping[int, Identity], known: Known) -> Iterator[tuple[int, str]]:
    for index in identities:
        message = chat.messages[index]
        if (message.is_edited or message.sort is Sort.DELETED) and known.is_new(index):
            former = known.adopt_former(index)
            if former is not None:
                yield index, former.number


class _Planner:
    def __init__(self, known: Known, route: RouteFor, now: datetime) -> None:
        self._known = known
        self._route = route
        self._now = now
        self.fresh: list[Matter] = []
        self.additions: list[Addition] = []
        self.questions: list[Matter] = []
        self.old: list[Matter] = []
        self._last: dict[str, tuple[datetime, str]] = {}
        """Of each person the end of his latest matter, and its number where it has one."""

    def matters(self) -> Iterator[Matter]:
        yield from self.fresh
        yield from (addition.matter for addition in self.additions)
        yield from self.questions
        yield from self.old

    def take(self, burst: Burst) -> None:
        """Nothing is routed of a burst that has been seen to its end."""
        if not any(self._known.is_new(index) for index, _ in burst.spoken):
            self._complete(burst)
            return
        for matter in matters_of(burst, lambda text: self._route(text, burst.person)):
            self._take_matter(matter)

    def _take_matter(self, matter: Matter) -> None:
        numbers = [self._number(index) for index in matter.places if not self._known.is_new(index)]
        number = next((number for number in numbers if number not in {"", ASKED}), "")
        new = matter.only(self._known.is_new)
        if number:
            self._remember(matter, number)
            if new.members:
                self.additions.append(Addition(number, new))
            return
        if not new.members:
            return
        if matter.continues and self._goes_on(matter, new):
            return
        asked = ASKED in numbers
        self._open(new if asked else matter)

    def _open(self, matter: Matter) -> None:
        if matter.need is Need.LOOK and not any(m.media or m.place for _, m in matter.members):
            return  # an answer to nothing that is known: talk
        if self._now - matter.at > OLDEST:
            self.old.append(matter)
        elif matter.person.side is Side.HEADMAN and matter.need is not Need.LOOK:
            self.fresh.append(matter)
            self._remember(matter, "")
        else:
            self.questions.append(matter)

    def _goes_on(self, matter: Matter, new: Matter) -> bool:
        """Whether it answers the office about this person's latest matter."""
        end, number = self._last.get(matter.person.name, (None, ""))
        if end is None or matter.at - end > ANSWER:
            return False
        if number:
            self.additions.append(Addition(number, new))
            return True
        places = [n for n, each in enumerate(self.fresh) if each.person == matter.person]
        if not places:
            return False
        self.fresh[places[-1]] = joined(self.fresh[places[-1]], new)
        self._remember(matter, "")
        return True

    def _complete(self, burst: Burst) -> None:
        """Pictures of a known request that an earlier export had left out."""
        for index, message in burst.spoken:
            record = self._known.record(index)
            if record is None or record.number in {"", ASKED}:
                continue
            self._last[burst.person.name] = (message.at, record.number)
            if not record.with_files and any(media.name for media in message.media):
                matter = Matter(burst.person, ((index, message),), Need.LOOK)
                self.additions.append(Addition(record.number, matter))

    def _number(self, index: int) -> str:
        record = self._known.record(index)
        return record.number if record else ""

    def _remember(self, matter: Matter, number: str) -> None:
        self._last[matter.person.name] = (matter.members[-1][1].at, number)
