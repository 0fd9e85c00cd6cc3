"""Files that nobody can open beside what can be read: the request stands by itself, a person sees to the file.

======================================  ==========================================================
a new request has the file              a question of its own at that request
a request that a reply is about has it  the same
a person decides about the mail anyway  a sentence more in that question
a conversation was read beside it       a question about the file
======================================  ==========================================================
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.files.unopenable import FileFault, faults_among
from daemon.domain.mail import Attachment
from daemon.domain.request import Request
from daemon.domain.review import Review
from daemon.domain.text import one_line
from daemon.steps.case import Case, Ruled
from daemon.steps.exports import files_of

log = structlog.get_logger()

FILES = "files"
"""Names the question about a request's files in its key."""
_MOST_NAMED = 10
Told = tuple[str, str]
"""A file's name, and in Turkish why it cannot be opened."""


def with_file_faults(
    case: Case, ruled: Ruled, *, but: Callable[[Attachment], bool] = lambda file: False
) -> Ruled:
    """What a mail brought, with the questions about such files of it. Not about those that ``but`` names or that the
    outcome asks about already, nor of a mail that is decided on when its scans are read: they are told with these."""
    if (ruled.scans and not ruled.outcome.added) or not (
        ruled.outcome.added or ruled.outcome.changed or ruled.outcome.reviews
    ):
        return ruled
    faults = [
        (file, fault)
        for file, fault in faults_among(files_of(case.box.mail))
        if not but(file) and not is_asked(file, ruled.outcome.reviews)
    ]
    if not faults:
        return ruled
    tell_administrator(case.stored.id, (fault.why for _, fault in faults))
    return replace(ruled, outcome=_asked(case, ruled.outcome, faults))


def _asked(case: Case, outcome: Outcome, faults: Sequence[tuple[Attachment, FileFault]]) -> Outcome:
    at: dict[str, tuple[Request, list[Told]]] = {}
    nowhere: list[tuple[Attachment, FileFault]] = []
    for file, fault in faults:
        holder = next((r for r in (*outcome.added, *outcome.changed) if _holds(r, file)), None)
        if holder is None:
            nowhere.append((file, fault))
        else:
            at.setdefault(holder.number, (holder, []))[1].append((file.name, fault.told))
    new = {request.number for request in outcome.added}
    for number, (request, told) in at.items():
        event = FILES if number in new else f"{FILES}-{case.event}"
        outcome += Outcome(reviews=(question(request, told, case.now, event=event),))
    return _asked_of_mail(case, outcome, nowhere) if nowhere else outcome


def _asked_of_mail(case: Case, outcome: Outcome, faults: Sequence[tuple[Attachment, FileFault]]) -> Outcome:
    told = listed([(file.name, fault.told) for file, fault in faults])
    about = next((r for r in outcome.reviews if not r.number and r.arrival_id == case.stored.id), None)
    if about is not None:
        said = replace(about, reason=f"{about.reason} Eki açılamıyor: {told}.")
        return replace(outcome, reviews=tuple(said if r is about else r for r in outcome.reviews))
    first = faults[0][0]
    review = Review(
        key=f"mail/{case.event}/{FILES}",
        opened_at=case.now,
        reason=f"İletiyle gelen dosya açılamıyor: {told}. Gerekiyorsa gönderenden yeniden isteyiniz.",
        arrival_id=case.stored.id,
        sender=case.sender_shown,
        subject=one_line(case.reading.subject) or first.name,
        read=first.name,
        link=next((path for path in case.box.files if first.content_hash[:12] in path), ""),
    )
    return outcome + Outcome(reviews=(review,))


def with_unread(outcome: Outcome, told: Sequence[Told], now: datetime) -> Outcome:
    """What scans brought, with a word on the files beside them that could not be read."""
    if not told:
        return outcome
    if outcome.added:
        return outcome + Outcome(reviews=(question(outcome.added[0], told, now),))
    if not outcome.reviews:
        return outcome
    first, *others = outcome.reviews
    said = replace(first, reason=f"{first.reason} Eki açılamıyor: {listed(told)}.")
    return replace(outcome, reviews=(said, *others))


def question(request: Request, told: Sequence[Told], now: datetime, *, event: str = FILES) -> Review:
    """A line of ``İnceleme`` about a request's files."""
    reason = (
        f"Talebin eki açılamıyor: {listed(told)}. Gerekiyorsa muhtardan yeniden isteyiniz, "
        "sonra “Gereği yapıldı” seçiniz."
    )
    return decision.ask(request, event, reason, now)


def listed(told: Sequence[Told]) -> str:
    """Files with the reason of each, in one line."""
    shown = ", ".join(f"{name} ({why})" for name, why in told[:_MOST_NAMED])
    return f"{shown} ve {len(told) - _MOST_NAMED} dosya daha" if len(told) > _MOST_NAMED else shown


def tell_administrator(arrival: int, whys: Iterable[str]) -> None:
    """A line in the log; names of files may be names of people, so they are left out."""
    found = list(whys)
    log.warning(
        "files cannot be opened", arrival=arrival, files=len(found), why="; ".join(dict.fromkeys(found))
    )


def is_asked(file: Attachment, reviews: Iterable[Review]) -> bool:
    """Whether a question about this very file is there (an archive that could not be opened)."""
    return any(re.fullmatch(rf"mail/[^/]+/{file.content_hash[:12]}", review.key) for review in reviews)


def _holds(request: Request, file: Attachment) -> bool:
    """Files are kept under names that begin with their content's hash."""
    return any(file.content_hash[:12] in path for path in request.attachments)
