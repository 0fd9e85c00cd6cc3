"""How requests enter: one per route, referred where that is sure, and one confirmation for all that came together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.domain.alarm import URGENT_MARK, urgent_notices
from daemon.domain.clock import day_of
from daemon.domain.decision import DAEMON, Outcome, add_note, ask, entry, refer
from daemon.domain.edits import SHEET
from daemon.domain.heading import heading
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.request import Channel, Entry, Request, RequestNumber, Status
from daemon.domain.review import ROUTE
from daemon.domain.routing.values import Route, Who
from daemon.domain.text import one_line, tidy

_WHOSE = "Sorumlu müdürlük kesin olarak belirlenemedi; lütfen müdürlüğü seçiniz."
_CHECK = "Lütfen denetleyip müdürlüğü seçiniz."


@dataclass(frozen=True, slots=True)
class Submission:
    """What is known of a request when it enters, whatever the channel."""

    channel: Channel
    received_at: datetime
    neighbourhood: str
    headman: str
    headman_email: str
    attachments: tuple[str, ...] = ()
    message_id: str = ""
    entered_by: str = DAEMON
    external_number: str = ""
    doubt: str = ""
    """What a person must look at, in Turkish, before it goes to a directorate."""
    only_doubt: bool = False
    """Whether that is all: whose matter it is would be clear."""


def receive(
    submission: Submission,
    routes: Iterable[Route],
    numbers: Iterable[RequestNumber],
    *,
    office: Office,
    now: datetime,
) -> Outcome:
    """Open one request per route, refer the sure ones, and owe the headman one confirmation for all.

    The deadline counts from the submission's receipt, which an outage may have put days before ``now``.
    """
    return receive_each(
        ((submission, route, number) for route, number in zip(routes, numbers, strict=True)),
        office=office,
        now=now,
    )


def receive_each(
    entered: Iterable[tuple[Submission, Route, RequestNumber]], *, office: Office, now: datetime
) -> Outcome:
    """Open requests that came together, each with its own time and files; one confirmation to each headman."""
    outcome = Outcome()
    for submission, route, number in entered:
        outcome += _open_request(submission, route, number, office=office, now=now)
    by_headman: dict[tuple[str, str], list[Request]] = {}
    for request in outcome.added:
        by_headman.setdefault((request.headman_email, request.headman), []).append(request)
    confirmations = tuple(n for each in by_headman.values() for n in _confirmation(tuple(each)))
    return outcome + Outcome(notices=confirmations)


def _open_request(
    submission: Submission, route: Route, number: RequestNumber, *, office: Office, now: datetime
) -> Outcome:
    request = _request_of(submission, route, number, office=office, now=now)
    entries = _received(request, now, actor=submission.entered_by)
    target = office.registry.directorate(route.directorate) or (
        office.home() if route.external_body else None
    )
    if route.review or target is None:
        return _await_review(request, route, entries, submission, office=office, now=now)
    referred = refer(request, target, office=office, now=now)
    return Outcome((referred.request,), (), (*entries, *referred.entries), referred.notices, referred.reviews)


def _request_of(
    submission: Submission, route: Route, number: RequestNumber, *, office: Office, now: datetime
) -> Request:
    due = office.due(route.category, submission.channel.value, day_of(submission.received_at))
    typed = submission.entered_by == SHEET  # then the cell and the request say the same
    subject = one_line(route.subject) if typed else heading(route.subject, route.text)
    return Request(
        number=number,
        channel=submission.channel,
        status=Status.NEW,
        subject=subject or "(konu belirtilmemiş)",
        description=tidy(route.text),
        received_at=submission.received_at,
        due=due.due,
        rule=due.rule,
        neighbourhood=route.neighbourhood or submission.neighbourhood,
        headman=submission.headman,
        headman_email=submission.headman_email,
        category=route.category if not route.review else "",
        external_body=route.external_body if not route.review else "",
        attachments=submission.attachments,
        urgent=route.urgent,
        source_message_id=submission.message_id,
        because=route.because,
        confidence=route.confidence,
        external_number=submission.external_number,
        alternatives=tuple(guess.directorate or guess.external_body for guess in route.alternatives),
        note=add_note("", URGENT_MARK, now) if route.urgent else "",
    )


def _received(request: Request, now: datetime, *, actor: str) -> tuple[Entry, ...]:
    words = ", ".join(request.because)
    received = entry(
        request,
        "received",
        f"{request.channel.arrived}, kayda alındı." + (f" Belirleyen sözcükler: {words}" * bool(words)),
        now,
        actor=actor,
        confidence=round(request.confidence, 3),
    )
    if not request.urgent:
        return (received,)
    alarm = "Can güvenliği bildirimi: sorumlulara ve ofise ivedilikle bildiriliyor."
    return received, entry(request, "urgent", alarm, now)


def _await_review(
    request: Request,
    route: Route,
    entries: tuple[Entry, ...],
    submission: Submission,
    *,
    office: Office,
    now: datetime,
) -> Outcome:
    reason = _CHECK if submission.only_doubt else _WHOSE
    among = _names(route.together, office)
    if among:
        reason = (
            f"Kayıtta birden çok konu bulunuyor (ilgili görünen: {', '.join(among)}). Kayda tek cevap verileceğinden "
            "cevabı verecek müdürlüğü seçiniz; diğerlerinin konularını ayrı talep olarak giriniz."
        )
    if not request.neighbourhood:
        reason += " Mahalle de belirlenemedi."
    reason = f"{submission.doubt} {reason}".lstrip()
    waiting = replace(request, review_reason=reason, last_action="İncelemede", last_action_at=now)
    review = ask(
        waiting,
        ROUTE,
        reason,
        now,
        guess="; ".join(among) or guess_text(route, office),
        confidence=None if among else route.confidence,
    )
    waits = entry(waiting, "review", f"İnceleme’de bir kişinin kararını bekliyor. {reason}", now)
    return Outcome(
        (waiting,), (), (*entries, waits), urgent_notices(waiting, None, office=office, now=now), (review,)
    )


def _names(addressees: Iterable[Who], office: Office) -> list[str]:
    """Directorates and outside bodies by name, each once."""
    named = (
        body or (found.name if (found := office.registry.directorate(code)) else "")
        for code, body in addressees
    )
    return [name for name in dict.fromkeys(named) if name]


def guess_text(route: Route, office: Office) -> str:
    """The best guesses for a person's eye: "Fen İşleri Müdürlüğü (%62); Park …"."""
    guesses = [(route.directorate, route.external_body, route.confidence)] if route.confidence else []
    guesses += [(g.directorate, g.external_body, g.confidence) for g in route.alternatives]
    named = {
        (body or (d.name if (d := office.registry.directorate(code)) else "")): share
        for code, body, share in reversed(guesses)
    }
    best = sorted(((share, name) for name, share in named.items() if name), reverse=True)[:3]
    return "; ".join(f"{name} (%{round(100 * share)})" for share, name in best)


def _confirmation(requests: tuple[Request, ...]) -> tuple[Notice, ...]:
    if not requests:
        return ()
    first = requests[0]
    return (
        Notice(
            key=f"{first.number}/{Occasion.HEADMAN_CONFIRMATION}/receipt-1",
            occasion=Occasion.HEADMAN_CONFIRMATION,
            recipient=first.headman_email,
            recipient_name=first.headman,
            about=tuple(request.number for request in requests),
            in_reply_to=first.source_message_id,
        ),
    )
