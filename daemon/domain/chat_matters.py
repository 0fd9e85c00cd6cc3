"""What a headman's messages are about: those near in time make one request, several matters several.

A burst is what one person wrote without a pause of an hour, the office's answers in between not counted as pauses.
Within a burst a message that surely goes to another addressee begins another matter; details ("12 numaranın önü") and
pictures belong to the matter nearest to them; greetings, thanks and questions about earlier requests to none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from daemon.domain.chat import Chat, Message
from daemon.domain.chat_people import Person, Side
from daemon.domain.chat_words import Media, MediaSort, Sort
from daemon.domain.duplicates import matter_of
from daemon.domain.nature import pleads, tells_of_trouble
from daemon.domain.routing_values import Nature, Route, Routing
from daemon.domain.small_talk import is_small_talk
from daemon.domain.text import one_line

PAUSE = timedelta(hours=1)
"""After so long a silence the next message begins something new."""
LEAD = timedelta(minutes=10)
"""Words so shortly before a request belong to it."""
ANSWER = timedelta(hours=24)
"""So long after a request the answer to the office's question still belongs to it."""

RouteText = Callable[[str], Routing]
Spoken = tuple[int, Message]
"""A message with its place in the conversation."""


class Need(Enum):
    """What becomes of a matter."""

    ROUTE = "route"
    PERSON = "person"
    """Nobody has read or heard it: a voice message, a document."""
    LOOK = "look"
    """Pictures without a word: a greeting card or a broken pavement."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Messages that make one request. ``continues`` says that it answers the office about the matter before."""

    person: Person
    members: tuple[Spoken, ...]
    need: Need
    route: Route | None = None
    continues: bool = False

    @property
    def at(self) -> datetime:
        return self.members[0][1].at

    @property
    def places(self) -> tuple[int, ...]:
        """Where its messages stand in the conversation."""
        return tuple(index for index, _ in self.members)

    @property
    def media(self) -> tuple[Media, ...]:
        return tuple(media for _, message in self.members for media in message.media)

    def only(self, kept: Callable[[int], bool]) -> "Matter":
        """The same with fewer of its messages."""
        return replace(self, members=tuple(spoken for spoken in self.members if kept(spoken[0])))


@dataclass(frozen=True, slots=True)
class Burst:
    """What one person wrote in one go; ``answers`` says that the office had just written to him."""

    person: Person
    spoken: tuple[Spoken, ...]
    answers: bool = False

    @property
    def start(self) -> datetime:
        return self.spoken[0][1].at

    @property
    def end(self) -> datetime:
        return self.spoken[-1][1].at


def bursts_of(chat: Chat, people: dict[str, Person]) -> Iterator[Burst]:
    """What each person but the office wrote in one go, in the order of its beginning."""
    open_: dict[str, list[Spoken]] = {}
    last: dict[str, datetime] = {}
    answers: dict[str, bool] = {}
    done: list[Burst] = []
    office_at: datetime | None = None
    for index, message in enumerate(chat.messages):
        if message.sort is Sort.SYSTEM:
            continue
        person = people[message.sender]
        if person.side is Side.OFFICE:
            office_at = message.at
            if not chat.is_group:
                last = {name: message.at for name, at in last.items() if message.at - at <= PAUSE}
            continue
        name = message.sender
        if name in open_ and (name not in last or message.at - last[name] > PAUSE):
            done.append(Burst(people[name], tuple(open_.pop(name)), answers[name]))
        if name not in open_:
            answers[name] = not chat.is_group and office_at is not None and message.at - office_at <= ANSWER
        open_.setdefault(name, []).append((index, message))
        last[name] = message.at
        if not chat.is_group:
            office_at = None
    done += [Burst(people[name], tuple(spoken), answers[name]) for name, spoken in open_.items()]
    return iter(sorted(done, key=lambda burst: burst.spoken[0][0]))


@dataclass(slots=True)
class _Draft:
    """A matter being put together."""

    route: Route
    members: list[Spoken] = field(default_factory=list)

    @property
    def addressee(self) -> tuple[str, str]:
        return self.route.directorate, self.route.external_body


def matters_of(burst: Burst, route: RouteText) -> list[Matter]:
    """The matters of one burst, in order."""
    drafts, loose = _sorted_out(burst, route)
    if not drafts:
        return _without_request(burst, loose)
    first_is_picture = _is_wordless(burst.spoken[0][1])
    for spoken in burst.spoken:
        if _is_wordless(spoken[1]):
            near = _nearest(drafts, spoken, forward=first_is_picture)
            for draft in _of_one_message(drafts, near, spoken):
                draft.members.append(spoken)
    return [_finished(burst.person, draft, route) for draft in drafts]


def _sorted_out(burst: Burst, route: RouteText) -> tuple[list[_Draft], list[Spoken]]:
    """(matters begun by a message that asks, details that belong to none)."""
    drafts: list[_Draft] = []
    details: list[Spoken] = []
    asked_after = False
    for spoken in burst.spoken:
        message = spoken[1]
        if not _says_something(message):
            continue
        routing = route(message.text)
        asks = routing.nature is Nature.REQUEST and bool(routing.routes)
        asked_after = asked_after or routing.nature is Nature.STATUS
        if asks and asked_after and not matter_of(message.text).things:
            continue  # "ne oldu?", "hâlâ gelmedi": still about what was asked for earlier
        if asks and not _is_fragment(message.text) and not _only_answers(burst, message.text):
            _enter(drafts, spoken, routing.routes)
            if len(drafts) == 1 and details:
                drafts[0].members[:0] = [each for each in details if message.at - each[1].at <= LEAD]
                details = []
        elif asks or routing.nature is Nature.CHATTER or (burst.answers and routing.nature is Nature.THANKS):
            (drafts[-1].members if drafts else details).append(spoken)
    if not drafts and details:
        words = "\n".join(message.text for _, message in details)
        routing = route(words)
        if _only_answers(burst, words):
            return [], details
        if routing.nature is Nature.REQUEST and routing.routes:
            return [_Draft(routing.routes[0], details)], []
    return drafts, details


def _only_answers(burst: Burst, text: str) -> bool:
    """To the office's question: a place, a number; no thing that could be asked for by itself."""
    return burst.answers and not matter_of(text).things


def _says_something(message: Message) -> bool:
    return message.sort is Sort.SAID and bool(message.text) and not is_small_talk(message.text)


def _is_fragment(text: str) -> bool:
    """Typed in pieces: "lale sokakta", "lamba", "yanmıyor"; one or two words that complain of nothing by themselves."""
    return len(text.split()) < 3 and not (pleads(text) or tells_of_trouble(text))


def _is_wordless(message: Message) -> bool:
    """A picture, a voice, a position without words; stickers say nothing, a card with a greeting neither."""
    said = any(media.sort is not MediaSort.STICKER for media in message.media) or message.place is not None
    return message.sort is Sort.SAID and said and not message.text


def _enter(drafts: list[_Draft], spoken: Spoken, routes: Sequence[Route]) -> None:
    """A message that asks: for the same as before, for something else, or for several things at once."""
    if len(routes) > 1:
        index, message = spoken
        drafts += [_Draft(each, [(index, replace(message, text=each.text))]) for each in routes]
        return
    asked = routes[0]
    before = _same_matter(drafts, asked)
    if before is None:
        drafts.append(_Draft(asked, [spoken]))
        return
    before.members.append(spoken)
    if before.route.review and not asked.review:
        before.route = asked


def _same_matter(drafts: list[_Draft], asked: Route) -> _Draft | None:
    addressee = (asked.directorate, asked.external_body)
    same = [draft for draft in drafts if draft.addressee == addressee]
    if same:
        return same[-1]
    last = drafts[-1] if drafts else None
    return last if last is not None and (asked.review or last.route.review) else None


def _of_one_message(drafts: Sequence[_Draft], near: _Draft, spoken: Spoken) -> list[_Draft]:
    """The matters of a message that asks for several things: nobody can tell whose picture stands below it."""
    said = [index for index, message in near.members if message.text]
    last = max((index for index in said if index < spoken[0]), default=min(said))
    return [draft for draft in drafts if draft is near or last in {n for n, m in draft.members if m.text}]


def _nearest(drafts: Sequence[_Draft], spoken: Spoken, *, forward: bool) -> _Draft:
    """The matter whose words stand nearest in time; at the same minute the one before, unless pictures come first."""

    def distance(draft: _Draft) -> tuple[timedelta, bool, int]:
        at, message = spoken
        words = [member for member in draft.members if member[1].text]
        best = min(
            words,
            key=lambda member: (
                abs(member[1].at - message.at),
                (member[0] > at) is not forward,
                abs(member[0] - at),
            ),
        )
        return abs(best[1].at - message.at), (best[0] > at) is not forward, abs(best[0] - at)

    return min(drafts, key=distance)


def _finished(person: Person, draft: _Draft, route: RouteText) -> Matter:
    members = tuple(sorted(draft.members, key=lambda spoken: spoken[0]))
    words = [message.text for _, message in members if message.text]
    found = draft.route
    if len(words) > 1:
        again = route("\n".join(words))
        if len(again.routes) == 1 and (found.review or _goes_to(again.routes[0]) == _goes_to(found)):
            found = replace(again.routes[0], urgent=again.routes[0].urgent or found.urgent)
    found = replace(found, subject=one_line(draft.route.text, 80), text="\n".join(words))
    return Matter(person, members, Need.ROUTE, found)


def joined(one: Matter, other: Matter) -> Matter:
    """A matter with what was said of it later."""
    members = tuple(sorted((*one.members, *other.members), key=lambda spoken: spoken[0]))
    words = [message.text for _, message in members if message.text]
    route = replace(one.route, text="\n".join(words)) if one.route else None
    return replace(one, members=members, route=route)


def _goes_to(route: Route) -> tuple[str, str]:
    return route.directorate, route.external_body


def _without_request(burst: Burst, loose: Sequence[Spoken]) -> list[Matter]:
    """No word asks for anything: what is left is what nobody has read, heard or looked at, or an answer."""
    wordless = [spoken for spoken in burst.spoken if _is_wordless(spoken[1])]
    members = tuple(sorted([*loose, *wordless], key=lambda spoken: spoken[0]))
    if not members:
        return []
    sorts = {media.sort for _, message in wordless for media in message.media}
    if sorts & {MediaSort.VOICE, MediaSort.DOCUMENT}:
        return [Matter(burst.person, members, Need.PERSON, continues=burst.answers)]
    shown = sorts & {MediaSort.PHOTO, MediaSort.VIDEO, MediaSort.UNKNOWN} or any(m.place for _, m in wordless)
    if shown or burst.answers:
        return [Matter(burst.person, members, Need.LOOK, continues=burst.answers)]
    return []
