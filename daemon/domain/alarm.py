"""Danger to life is told at once, on any day at any hour, by letters of their own."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from daemon.domain.answers.meaning import Meaning, understand
from daemon.domain.answers.phrases import SENTENCE
from daemon.domain.clock import day_of
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.registry import Directorate, same_address
from daemon.domain.request import Request
from daemon.domain.review import Review
from daemon.domain.routing.mended import tells_how_it_was
from daemon.domain.routing.tokens import tokens
from daemon.domain.text import fold

URGENT_MARK = "İVEDİ: can güvenliği bildirimi."
"""First line of an urgent request's ``Not``; the sheet colours its row by the first word while it stands there."""

FORMER_RESULT = "Önceki sonuç: "
"""Begins what ``Not`` says, behind a day, of the ``Sonuç`` with which a request had been closed."""
_NO_REASON = "gerekçe yazılmamıştır"


def urgent_notices(
    request: Request, directorate: Directorate | None, *, office: Office, now: datetime, words: str = ""
) -> tuple[Notice, ...]:
    """To the directorate's manager and liaisons, and to everybody in the office; ``words`` are what has been said of it
    since."""
    if not request.urgent:
        return ()
    there = {directorate.manager: "", **dict(directorate.present_on(day_of(now)))} if directorate else {}
    told = {same_address(address) for address in there}
    here = {person: "" for person in office.registry.office_people if same_address(person) not in told}
    return tuple(
        Notice(
            key=f"{request.number}/{occasion}/{request.clock_event}/{address}",
            occasion=occasion,
            recipient=address,
            recipient_name=name,
            about=(request.number,),
            facts={"words": words} if words else {},
        )
        for occasion, people in ((Occasion.LIAISON_URGENT, there), (Occasion.OFFICE_URGENT, here))
        for address, name in people.items()
        if address
    )


def tells_of_danger(office: Office, subject: str, text: str) -> bool:
    """Whether what somebody wrote tells of danger to life."""
    routing = office.router.route(subject=subject, body=text or subject)
    return any(route.urgent for route in routing.routes)


def alarm(
    office: Office, event: str, facts: Mapping[str, object], *, about: tuple[str, ...] = ()
) -> tuple[Notice, ...]:
    """Danger to life in what opens no request: the office, which decides in ``İnceleme`` or completes the row, is told
    at once."""
    return tuple(
        Notice(
            key=f"{Occasion.OFFICE_URGENT}/{event}/{person}",
            occasion=Occasion.OFFICE_URGENT,
            recipient=person,
            about=about,
            facts=facts,
        )
        for person in office.registry.office_people
    )


def alarm_about(office: Office, request: Request, event: str, words: str) -> tuple[Notice, ...]:
    """The office is told at once of danger that what came in later about a request, which told of none, tells of."""
    if request.urgent or not tells_of_danger(office, "", words):
        return ()
    return alarm(office, f"{request.number}/{event}", {"words": words}, about=(request.number,))


def danger_left(office: Office, words: str) -> bool:
    """Whether a directorate's answer tells of danger to life that goes on: a sentence that surely says no more than
    that something is done ("kopan tel onarıldı") names what is over. So does one before it that only says how things
    stood ("kapak yoktu. Takıldı.")."""
    said = [sentence for sentence in SENTENCE.findall(words) if sentence.strip()]
    done = [*map(_says_done, said), False]
    left = "".join(
        sentence
        for n, sentence in enumerate(said)
        if not done[n] and not (done[n + 1] and tells_how_it_was(tokens(sentence)))
    )
    return bool(left.strip()) and tells_of_danger(office, "", left)


def _says_done(sentence: str) -> bool:
    said = understand(sentence, to_headman=False)
    return said.sure and said.meaning is Meaning.DONE


def alarm_left(
    office: Office, request: Request, event: str, words: str, *, concludes: bool
) -> tuple[Notice, ...]:
    """The office is told at once of danger that an answer of the directorate's leaves; of a request that told of danger
    itself only where the answer ``concludes`` it, for else everybody knows."""
    if (request.urgent and not concludes) or not danger_left(office, words):
        return ()
    return alarm(office, f"{request.number}/{event}", {"words": words}, about=(request.number,))


def alarm_of(office: Office, review: Review) -> tuple[Notice, ...]:
    """The office is told at once of danger in what waits for a person's decision and has opened no request."""
    if not tells_of_danger(office, review.subject, review.read):
        return ()
    return alarm(office, review.key, _facts(review))


def _facts(review: Review) -> dict[str, object]:
    return {
        "sender": review.sender,
        "neighbourhood": review.neighbourhood,
        "subject": review.subject,
        "words": review.read,
        "why": review.reason,
    }


def alarm_typed(office: Office, before: Request, after: Request) -> tuple[Notice, ...]:
    """The office is told at once of danger that somebody typed into a row's ``Sonuç`` or ``Not``; of the same words
    once. What the cells said before has been heard, also where a reopening puts the ``Sonuç`` into ``Not``."""
    result = after.result if after.result != before.result else ""
    added = _added(office, before.note, after.note, moved=bool(before.result))
    words = "\n".join(filter(None, (result, added)))
    return alarm_left(office, after, f"sheet-{_mark(words)}", words, concludes=not after.is_open)


def _added(office: Office, old: str, new: str, *, moved: bool) -> str:
    """What is new in a cell: lines of its own, and what was written on behind a line that has alarmed already; but for
    a former ``Sonuç`` that was ``moved`` there."""
    before = old.splitlines()
    ours = (URGENT_MARK, FORMER_RESULT) if moved else (URGENT_MARK,)
    lines = (
        line for line in new.splitlines() if line not in before and not any(each in line for each in ours)
    )
    return "\n".join(_behind(office, before, line) for line in lines)


def _behind(office: Office, before: list[str], line: str) -> str:
    begun = next((old for old in before if old.strip() and line.startswith(old)), "")
    return line.removeprefix(begun) if begun and danger_left(office, begun) else line


def _mark(words: str) -> str:
    """The same for the same words, however they are set."""
    return sha256(" ".join(fold(words).split()).encode()).hexdigest()[:12]


def alarm_beside(office: Office, review: Review, request: Request | None, remark: str) -> tuple[Notice, ...]:
    """The office is told at once of danger that staff wrote beside a line of ``İnceleme``, decided or not."""
    event = f"remark-{review.id}-{_mark(remark)}"
    if not remark:
        return ()
    if request is not None:
        return alarm_left(office, request, event, remark, concludes=not request.is_open)
    facts = {**_facts(review), "words": remark} if danger_left(office, remark) else {}
    return alarm(office, event, facts) if facts else ()


def alarm_set_aside(
    office: Office, review: Review, request: Request | None, remark: str
) -> tuple[Notice, ...]:
    """The office is told at once that somebody set aside, as no request, what tells of danger: no directorate will hear
    of it. ``remark`` is the reason written beside it, if any."""
    urgent = request is not None and request.urgent
    if request is not None and urgent and request.directorate:
        return ()
    if not urgent and not tells_of_danger(office, review.subject, review.read):
        return ()
    about = (request.number,) if request else ()
    facts = {**_facts(review), "set_aside": remark or _NO_REASON}
    return alarm(office, f"{review.key}/set-aside", facts, about=about)
