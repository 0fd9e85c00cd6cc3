"""Answers that a person must enter in Muhtar Bilgi Sistemi: the office is reminded until each is ticked."""

from collections.abc import Iterator
from datetime import datetime

from daemon.domain.clock import day_of, show_day
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.domain.request import Request
from daemon.domain.structured.mbs_answer import (
    TELL_MANAGER_AFTER,
    Entered,
    chase_round,
    days_waiting,
    waiting_since,
)
from daemon.ports.ledger import Transaction
from daemon.steps.outcome import owe
from daemon.steps.standing import ANSWERED_BY_HAND, asked_about

MOST_LISTED = 50


def chase_answers(tx: Transaction, office: Office, now: datetime) -> int:
    """Owe one notice per person for all answers whose turn it is today; return how many letters were new."""
    asked = asked_about(tx)
    owed = [
        (request, entered)
        for channel in sorted(ANSWERED_BY_HAND)
        for request, entered in tx.answers_owed(channel)
        if request.number not in asked
    ]
    due = {key: (request, days) for request, key, days in _due(owed, office, now)}
    said = tx.reminded(due)
    fresh = {key: each for key, each in due.items() if key not in said}
    if not fresh:
        return 0
    notices = _notices([*fresh.values()], office, now)
    tx.mark_reminded(fresh, now)
    return owe(tx, notices, now)


def _due(
    owed: list[tuple[Request, Entered]], office: Office, now: datetime
) -> Iterator[tuple[Request, str, int]]:
    for request, entered in owed:
        since = waiting_since(request, entered)
        if since is None:
            continue
        days = days_waiting(since, office.calendar, day_of(now))
        turn = chase_round(days)
        if turn is not None:
            yield request, f"{request.number}/mbs-answer/{since.isoformat()}/{turn}", days


def _notices(waiting: list[tuple[Request, int]], office: Office, now: datetime) -> Iterator[Notice]:
    """To the staff; what waits long, to the office's manager too."""
    today = day_of(now)
    long = [each for each in waiting if each[1] >= TELL_MANAGER_AFTER]
    registry = office.registry
    addressees = dict.fromkeys(registry.clerks, waiting)
    if long and registry.office_manager:
        addressees.setdefault(registry.office_manager, long)
    for address, listed in addressees.items():
        yield Notice(
            key=f"{Occasion.OFFICE_NOTICE}/mbs-answers/{address}/{today}",
            occasion=Occasion.OFFICE_NOTICE,
            recipient=address,
            facts={
                "title": f"Muhtar Bilgi Sistemi: {len(listed)} cevap girilmeyi bekliyor",
                "lines": tuple(_lines(listed)),
            },
        )


def _lines(waiting: list[tuple[Request, int]]) -> Iterator[str]:
    yield (
        "Aşağıdaki talepler kapandı, cevapları henüz sisteme girilmedi. Metinler ofis tablosunun MBS Cevapları "
        "sayfasındadır; girdikten sonra Girildi sütununu işaretleyiniz."
    )
    for request, days in waiting[:MOST_LISTED]:
        closed = show_day(day_of(request.closed_at)) if request.closed_at else ""
        number = (
            f"MBS {request.external_number} ({request.number})" if request.external_number else request.number
        )
        yield f"{number}: {request.subject} – kapanış {closed}, {days} iş günüdür bekliyor"
    if len(waiting) > MOST_LISTED:
        yield f"… ve {len(waiting) - MOST_LISTED} talep daha"
