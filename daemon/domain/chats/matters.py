"""What a headman's messages are about: those near in time make one request, several matters several.

Within a burst (:mod:`daemon.domain.chats.bursts`) a message that surely goes to another addressee begins another
matter; details ("12 numaranın önü") and pictures belong to the matter nearest to them; greetings, thanks and questions
about earlier requests to none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from daemon.domain.chats.bursts import ANSWER, ASKED, Burst, Spoken
from daemon.domain.chats.chat import Message
from daemon.domain.chats.details import (
    asks_after,
    goes_on,
    is_bare_answer,
    is_chain_letter,
    is_detail,
    only_asks_after,
    only_wishes,
    withdraws,
)
from daemon.domain.chats.people import Person
from daemon.domain.chats.words import Media, MediaSort, Sort
from daemon.domain.duplicates import matter_of
from daemon.domain.routing.nature import pleads, tells_of_trouble
from daemon.domain.routing.values import Nature, Route, Routing
from daemon.domain.small_talk import is_small_talk, without_greeting
from daemon.domain.text import one_line

LEAD = timedelta(minutes=10)
"""Words so shortly before a request belong to it."""
SOON = timedelta(days=3)
"""So long after a request a place, a telephone or a picture with words on it still belongs to it."""

_PICTURES = frozenset({MediaSort.PHOTO, MediaSort.VIDEO, MediaSort.UNKNOWN})
_ON_CARDS = _PICTURES | {MediaSort.STICKER}

RouteText = Callable[[str], Routing]


class Need(Enum):
    """What becomes of a matter."""

    ROUTE = "route"
    PERSON = "person"
    """Nobody has read or heard it: a voice message, a document."""
    LOOK = "look"
    """Pictures without a word that asks: a greeting card or a broken pavement."""
    DETAIL = "detail"
    """Words that answer or add to something: they go to the request before or, where there is none, to a person."""
    WITHDRAWN = "withdrawn"
    """Asked for, and then said to be needed no more."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Messages that make one request. ``follows`` says how long after the matter before it still speaks of that one,
    ``None`` when it stands for itself."""

    person: Person
    members: tuple[Spoken, ...]
    need: Need
    route: Route | None = None
    follows: timedelta | None = None

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


@dataclass(slots=True)
class _Draft:
    """A matter being put together."""

    route: Route
    members: list[Spoken] = field(default_factory=list)
    is_withdrawn: bool = False

    @property
    def addressee(self) -> tuple[str, str]:
        return self.route.directorate, self.route.external_body


@dataclass(slots=True)
class _Sorting:
    """What the messages of a burst are: matters begun by one that asks, details that belong to none, and what only
    shows something. ``refers`` says that an earlier request is spoken of."""

    drafts: list[_Draft] = field(default_factory=list)
    details: list[Spoken] = field(default_factory=list)
    shown: list[Spoken] = field(default_factory=list)
    refers: bool = False


def matters_of(burst: Burst, route: RouteText) -> list[Matter]:
    """The matters of one burst, in order."""
    found = _sorted_out(burst, route)
    if not found.drafts:
        return _without_request(burst, found)
    first_is_picture = _is_wordless(burst.spoken[0][1])
    for spoken in found.shown:
        near = _nearest(found.drafts, spoken, forward=first_is_picture)
        for draft in _of_one_message(found.drafts, near, spoken):
            draft.members.append(_mute(spoken))
    return [_finished(burst.person, draft, route) for draft in found.drafts]


def _sorted_out(burst: Burst, route: RouteText) -> _Sorting:
    found = _Sorting()
    for spoken in burst.spoken:
        message = spoken[1]
        if is_chain_letter(message.text):
            continue
        if not _says_something(message):
            _show(found, spoken)
            continue
        routing = route(message.text)
        nature = routing.nature
        if nature is Nature.REQUEST and only_asks_after(message.text):
            nature = Nature.STATUS
        asks = nature is Nature.REQUEST and bool(routing.routes)
        found.refers = found.refers or nature is Nature.STATUS
        if asks and found.refers and not matter_of(message.text).things:
            _show(found, spoken)  # "ne oldu?", "hâlâ gelmedi": still about what was asked for earlier
        elif asks and not _is_part(burst, found.drafts, message.text):
            _enter(found.drafts, spoken, routing.routes)
            _lead_in(found, message.at)
        elif withdraws(message.text):
            _add_detail(found, spoken)
            for draft in found.drafts[-1:]:
                draft.is_withdrawn = True
        elif asks or nature is Nature.CHATTER or (burst.answers and nature is Nature.THANKS):
            _add_detail(found, spoken)
        elif nature is not Nature.SPAM:
            _show(found, spoken)
    _join_details(burst, found, route)
    return found


def _show(found: _Sorting, spoken: Spoken) -> None:
    if _shows_something(spoken[1]) and not _is_card(spoken[1]):
        found.shown.append(spoken)


def _add_detail(found: _Sorting, spoken: Spoken) -> None:
    if not _is_card(spoken[1]):
        (found.drafts[-1].members if found.drafts else found.details).append(spoken)


def _lead_in(found: _Sorting, at: datetime) -> None:
    """Details shortly before the first request belong to it; of others what they show."""
    for spoken in found.details:
        if at - spoken[1].at <= LEAD:
            found.drafts[0].members.insert(-1, spoken)
        else:
            _show(found, spoken)
    found.details = []


def _join_details(burst: Burst, found: _Sorting, route: RouteText) -> None:
    """Typed in pieces, the whole may ask for something that none of them did."""
    words = "\n".join(message.text for _, message in found.details)
    if found.drafts or not words or _only_answers(burst, words):
        return
    if all(is_detail(message.text) for _, message in found.details):
        return
    routing = route(words)
    if routing.nature is Nature.REQUEST and routing.routes:
        found.drafts, found.details = [_Draft(routing.routes[0], found.details)], []


def _is_part(burst: Burst, drafts: Sequence[_Draft], text: str) -> bool:
    """Of something that is spoken of already or still to come, whatever addressee its words would have."""
    if _is_fragment(text) or is_detail(text) or (drafts and goes_on(text)):
        return True
    return _only_answers(burst, text) and not (drafts and matter_of(text).things)


def _only_answers(burst: Burst, text: str) -> bool:
    """To the office's question: a place, a number, a name; no thing that could be asked for by itself."""
    return burst.answers and (not matter_of(text).things or (burst.asked and is_bare_answer(text)))


def _says_something(message: Message) -> bool:
    return message.sort is Sort.SAID and bool(message.text) and not is_small_talk(message.text)


def _is_fragment(text: str) -> bool:
    """Typed in pieces: "lale sokakta", "lamba", "yanmıyor"; one or two words that complain of nothing by themselves."""
    return len(text.split()) < 3 and not (pleads(text) or tells_of_trouble(text))


def _is_wordless(message: Message) -> bool:
    return _shows_something(message) and not message.text


def _shows_something(message: Message) -> bool:
    """A picture, a voice, a position; stickers say nothing."""
    said = any(media.sort is not MediaSort.STICKER for media in message.media) or message.place is not None
    return message.sort is Sort.SAID and said


def _is_card(message: Message) -> bool:
    """A picture with good wishes on it."""
    pictures = all(media.sort in _ON_CARDS for media in message.media)
    return bool(message.media) and pictures and only_wishes(message.text)


def _mute(spoken: Spoken) -> Spoken:
    """Only what it shows: a greeting, or a question about what has become of it, is no part of a request."""
    return spoken[0], replace(spoken[1], text="")


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
    before.is_withdrawn = False
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
    words = texts_of(members)
    found = draft.route
    if len(words) > 1:
        again = route("\n".join(words))
        if len(again.routes) == 1 and (found.review or _goes_to(again.routes[0]) == _goes_to(found)):
            found = replace(again.routes[0], urgent=again.routes[0].urgent or found.urgent)
    found = replace(found, subject=one_line(without_greeting(draft.route.text), 80), text="\n".join(words))
    return Matter(person, members, Need.WITHDRAWN if draft.is_withdrawn else Need.ROUTE, found)


def texts_of(members: Iterable[Spoken]) -> list[str]:
    """What was written, each text once: a second tap sends it again."""
    return list(dict.fromkeys(message.text for _, message in members if message.text))


def joined(one: Matter, other: Matter) -> Matter:
    """A matter with what was said of it later, even that it is needed no more."""
    members = tuple(sorted((*one.members, *other.members), key=lambda spoken: spoken[0]))
    words = texts_of(members)
    route = replace(one.route, text="\n".join(words)) if one.route else None
    need = other.need if other.need is Need.WITHDRAWN else one.need
    return replace(one, members=members, route=route, need=need)


def only_asks_after_one(matter: Matter) -> bool:
    """Whether all that was said asks what has become of something or only tells where it is; danger is told anew."""
    texts = [text for text in texts_of(matter.members) if not is_detail(text)]
    calm = matter.route is not None and not matter.route.urgent
    return calm and matter.need is Need.ROUTE and bool(texts) and all(map(asks_after, texts))


def _goes_to(route: Route) -> tuple[str, str]:
    return route.directorate, route.external_body


def _without_request(burst: Burst, found: _Sorting) -> list[Matter]:
    """No word asks for anything: what is left is what nobody has read, heard or looked at, or an answer."""
    members = tuple(sorted([*found.details, *found.shown], key=lambda spoken: spoken[0]))
    if not members:
        return []
    sorts = {media.sort for _, message in members for media in message.media}
    details = any(is_detail(message.text) for _, message in found.details)
    withdrawn = any(withdraws(message.text) for _, message in found.details)
    waits = (
        (ASKED, burst.asked),
        (SOON, details or withdrawn or found.refers),
        (ANSWER, burst.answers),
    )
    follows = next((wait for wait, holds in waits if holds), None)
    if sorts & {MediaSort.VOICE, MediaSort.DOCUMENT}:
        return [Matter(burst.person, members, Need.PERSON, follows=follows)]
    if sorts & _PICTURES or any(message.place for _, message in members):
        return [Matter(burst.person, members, Need.LOOK, follows=follows)]
    if follows is None:
        return []
    tells = burst.alone and (burst.asked or details)
    need = Need.WITHDRAWN if withdrawn else Need.DETAIL if tells else Need.LOOK
    return [Matter(burst.person, members, need, follows=follows)]
