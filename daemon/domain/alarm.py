"""Danger to life is told at once, on any day at any hour, by letters of their own."""

from collections.abc import Mapping
from datetime import datetime

from daemon.domain.answers.meaning import Meaning, understand
from daemon.domain.answers.phrases import SENTENCE
from daemon.domain.clock import day_of
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.registry import Directorate, same_address
from daemon.domain.request import Request
from daemon.domain.review import Review

URGENT_MARK = "İVEDİ: can güvenliği bildirimi."
"""First line of an urgent request's ``Not``; the sheet colours its row by the first word while it stands there."""


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
    that something is done ("kopan tel onarıldı") names what is over."""
    left = "".join(sentence for sentence in SENTENCE.findall(words) if not _says_done(sentence))
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
    facts = {
        "sender": review.sender,
        "neighbourhood": review.neighbourhood,
        "subject": review.subject,
        "words": review.read,
        "why": review.reason,
    }
    return alarm(office, review.key, facts)
