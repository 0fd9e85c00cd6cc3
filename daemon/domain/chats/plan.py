"""What an exported conversation brings: requests, additions to requests, questions for a person; only what is new.

Pure: what the ledger has seen of its messages comes in, what is to be done and kept goes out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daemon.domain.chats.bursts import Burst, bursts_of
from daemon.domain.chats.chat import Chat, Message
from daemon.domain.chats.identity import ASKED, ChatRecord, Identity, Known
from daemon.domain.chats.matters import SOON, Matter, Need, joined, matters_of, only_asks_after_one
from daemon.domain.chats.people import Person, Side
from daemon.domain.chats.wording import words_of
from daemon.domain.chats.words import Sort
from daemon.domain.duplicates import are_elsewhere, may_ask_after, speak_of_one
from daemon.domain.request import Request
from daemon.domain.routing.values import Route, Routing

OLDEST = timedelta(days=90)
"""What was written earlier is told to a person instead of becoming a request that is months late at its birth."""

_MOST_EARLIER = 20
"""So many matters of one person what he says later may be about."""

RouteFor = Callable[[str, Person], Routing]
OpenOf = Callable[[str], Sequence[Request]]
"""The latest open requests of a neighbourhood, the latest first."""


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
    open_of: OpenOf = lambda _: (),
) -> ChatPlan:
    """Compare an export with what has been seen of it and decide; ``open_of`` is asked where a question may be about
    a request that came by another way."""
    known = Known(identities, records)
    changed = tuple(_changed(chat, identities, known))
    new = {index for index in identities if known.is_new(index)}
    planner = _Planner(known, route, now, open_of)
    for burst in bursts_of(chat, people):
        planner.take(burst)
    used = {index for matter in planner.matters() for index in matter.places}
    withdrawn = [matter for matter in planner.fresh if matter.need is Need.WITHDRAWN]
    return ChatPlan(
        tuple(matter for matter in planner.fresh if matter.need is not Need.WITHDRAWN),
        tuple(planner.additions),
        (*planner.questions, *withdrawn),
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


@dataclass(slots=True)
class _Earlier:
    """A matter that somebody has spoken of: until when and in which words, and where it is: a request by ``number``,
    or one of this export's matters."""

    end: datetime
    words: str
    number: str = ""
    among: list[Matter] = field(default_factory=list)
    place: int = 0


class _Planner:
    def __init__(self, known: Known, route: RouteFor, now: datetime, open_of: OpenOf) -> None:
        self._known = known
        self._route = route
        self._now = now
        self._open_of = open_of
        self.fresh: list[Matter] = []
        self.additions: list[Addition] = []
        self.questions: list[Matter] = []
        self.old: list[Matter] = []
        self._earlier: dict[str, list[_Earlier]] = {}
        """Of each person what he has spoken of, the latest at the end."""

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
            self._remember(matter, _Earlier(matter.members[-1][1].at, words_of(matter), number))
            if new.members:
                self.additions.append(Addition(number, new))
            return
        if not new.members or self._goes_on(matter, new):
            return
        asked = ASKED in numbers
        self._open(new if asked else matter)

    def _open(self, matter: Matter) -> None:
        has_files = any(m.media or m.place for _, m in matter.members)
        if matter.route is None and matter.need in (Need.LOOK, Need.WITHDRAWN) and not has_files:
            return  # of nothing that is known: talk
        if self._now - matter.at > OLDEST:
            among = self.old
        elif matter.person.side is Side.HEADMAN and matter.need in (Need.ROUTE, Need.PERSON):
            among = self.fresh
        else:
            among = self.questions
        among.append(matter)
        end = matter.members[-1][1].at
        self._remember(matter, _Earlier(end, words_of(matter), among=among, place=len(among) - 1))

    def _goes_on(self, matter: Matter, new: Matter) -> bool:
        """Whether it adds to what this person has spoken of before, and to what."""
        before = self._before(matter) or self._asked_after(matter)
        if before is None:
            return False
        before.end = matter.members[-1][1].at
        if before.number:
            self.additions.append(Addition(before.number, new))
        else:
            before.among[before.place] = joined(before.among[before.place], new)
        return True

    def _before(self, matter: Matter) -> _Earlier | None:
        """The matter that it speaks of: one of the same thing, else the latest if it follows one at all."""
        if matter.follows is None and matter.need is not Need.LOOK:
            return None
        words = words_of(matter)
        near = [
            each
            for each in reversed(self._earlier.get(matter.person.name, []))
            if matter.at - each.end <= (matter.follows or SOON) and not are_elsewhere(each.words, words)
        ]
        alike = (each for each in near if words and speak_of_one(each.words, words))
        return next(alike, near[0] if near and matter.follows is not None else None)

    def _asked_after(self, matter: Matter) -> _Earlier | None:
        """What becomes of it he asks: his request that is not yet entered or not yet closed, of the same addressee;
        one of the same thing, else the latest."""
        if matter.person.side is not Side.HEADMAN or not only_asks_after_one(matter):
            return None
        words = words_of(matter)
        near = [
            earlier
            for earlier, asked in self._standing(matter)
            if _may_be_of(matter, words, asked, earlier.words)
        ]
        alike = (each for each in near if speak_of_one(each.words, words))
        found = next(alike, near[0] if near else None)
        if found is not None and found.number:
            self._remember(matter, found)
        return found

    def _standing(self, matter: Matter) -> Iterator[tuple[_Earlier, Route | Request]]:
        """What stands open of this headman, the latest first, and where it goes."""
        for each in reversed(self._earlier.get(matter.person.name, [])):
            if each.among is self.fresh:
                before = self.fresh[each.place]
                if before.route is not None and before.need is Need.ROUTE:
                    yield each, before.route
        place = matter.person.place
        for request in self._open_of(place.name) if place else ():
            if request.received_at <= matter.at:
                said = f"{request.subject}\n{request.description}"
                yield _Earlier(matter.members[-1][1].at, said, request.number), request

    def _complete(self, burst: Burst) -> None:
        """Pictures of a known request that an earlier export had left out."""
        for index, message in burst.spoken:
            record = self._known.record(index)
            if record is None or record.number in {"", ASKED}:
                continue
            matter = Matter(burst.person, ((index, message),), Need.LOOK)
            self._remember(matter, _Earlier(message.at, message.text, record.number))
            if not record.with_files and any(media.name for media in message.media):
                self.additions.append(Addition(record.number, matter))

    def _number(self, index: int) -> str:
        record = self._known.record(index)
        return record.number if record else ""

    def _remember(self, matter: Matter, earlier: _Earlier) -> None:
        """What is said of a request in several messages counts as one matter."""
        spoken_of = self._earlier.setdefault(matter.person.name, [])
        same = next((each for each in spoken_of if earlier.number and each.number == earlier.number), None)
        if same is not None:
            spoken_of.remove(same)
            earlier.words = f"{same.words}\n{earlier.words}"
        spoken_of.append(earlier)
        del spoken_of[:-_MOST_EARLIER]


def _may_be_of(matter: Matter, words: str, asked: Route | Request, said: str) -> bool:
    """Whether a question can be about what was asked for earlier: of the same addressee, and nowhere else."""
    route = matter.route
    if route is None or not (asked.directorate or asked.external_body):
        return False
    if (route.directorate, route.external_body) != (asked.directorate, asked.external_body):
        return False
    return may_ask_after(words, said, of_one_kind=bool(route.category) and route.category == asked.category)
