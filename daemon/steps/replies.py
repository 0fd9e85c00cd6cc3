"""Replies to our letters: what they change in the one request that they are about, or in the several that they name."""

from collections.abc import Sequence
from dataclasses import replace

from daemon.domain import decision, entering
from daemon.domain.alarm import alarm_about, alarm_left
from daemon.domain.answers.meaning import understand
from daemon.domain.answers.naming import Naming
from daemon.domain.answers.replies import Party, party_of, take_reply, was_taken
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.notice import Notice, Occasion
from daemon.domain.reading import Meaning, Reading
from daemon.domain.registry import Neighbourhood
from daemon.domain.request import Request
from daemon.steps.case import Case, Ruled
from daemon.steps.no_request import ask_about_mail, remember
from daemon.steps.opening import route_of
from daemon.steps.status_letter import tell_status

MOST_NAMED = 50
"""Requests that one reply may answer by naming them."""
_BROUGHT = "Personelin ilettiği yanıt; doğruysa Sonuç’u yazıp Durum’u siz belirleyiniz."
_TWICE = "Aynı ileti ikinci kez geldi; yeniden işlenmedi."


def is_fresh_request(case: Case, request: Request, known: Neighbourhood | None) -> bool:
    """An answer by the headman long after the closure is no answer any more if it asks for something."""
    late = not request.is_open and not decision.may_reopen(request, case.now)
    asks = case.reading.meaning in {Meaning.UNCLEAR, Meaning.REOPEN}
    return known is not None and late and asks


def take_one(case: Case, request: Request, *, doubt: str = "") -> Ruled:
    """A reply to one request; ``doubt`` is why it may not be meant for this one, "" when it surely is."""
    reply = case.reply(case.reading, doubt=doubt)
    if was_taken(reply.mark, case.tx.history(request.number)):
        return remember(case, "came-twice", _TWICE, number=request.number)
    outcome = take_reply(request, reply, office=case.office, now=case.now)
    party = party_of(reply.sender, request, office=case.office, now=case.now)
    if party is Party.STRANGER:
        return Ruled(_with_danger_told(case, request, outcome))
    if party is not Party.HEADMAN:
        return Ruled(outcome + _danger_left(case, request, case.reading))
    if case.reading.meaning is Meaning.STATUS and reply.verdict.may_change_requests:
        outcome += tell_status(case)
    if any(entry.kind == "reopened" for entry in outcome.entries):
        outcome += _perhaps_new(case, request)
    if outcome.reviews or (request.is_open and case.reading.meaning in {Meaning.REOPEN, Meaning.STATUS}):
        outcome = _with_danger_told(case, request, outcome)
    return Ruled(outcome)


def take_brought(case: Case, request: Request) -> Ruled:
    """A colleague forwards what somebody outside wrote of a request: heard, but a person decides."""
    reply = replace(case.reply(case.reading, doubt=_BROUGHT), sender=case.box.mail.sender.email)
    if was_taken(reply.mark, case.tx.history(request.number)):
        return remember(case, "came-twice", _TWICE, number=request.number)
    taken = take_reply(request, reply, office=case.office, now=case.now)
    return Ruled(_with_danger_told(case, request, taken))


def _with_danger_told(case: Case, request: Request, outcome: Outcome) -> Outcome:
    """A person reads the reply some time; danger in it does not wait for him, unless it has been told already."""
    if any(changed.urgent for changed in outcome.changed):
        return outcome
    notices = alarm_about(case.office, request, case.event, case.reading.text)
    return outcome + Outcome(notices=notices)


def _danger_left(case: Case, request: Request, said: Reading) -> Outcome:
    """Danger that an answer of the directorate's tells of is told at once, whether it was understood or waits."""
    concludes = said.sure and said.meaning in {Meaning.DONE, Meaning.REJECTED}
    return Outcome(notices=alarm_left(case.office, request, case.event, said.text, concludes=concludes))


def _perhaps_new(case: Case, request: Request) -> Outcome:
    """A headman's reply that opened a closed request again may ask for something else beside it."""
    if case.reading.meaning is Meaning.REOPEN:
        return NOTHING
    elsewhere = [
        route
        for route in route_of(case, request.neighbourhood).routes
        if not route.review and route.directorate != request.directorate
    ]
    if not elsewhere:
        return NOTHING
    reason = "Talep, muhtarın yanıtı üzerine yeniden açıldı; yanıtta yeni bir talep de olabilir."
    review = decision.ask(
        request,
        f"new-{case.event}",
        reason,
        case.now,
        read=case.reading.text,
        sender=case.sender.email,
        guess=entering.guess_text(elsewhere[0], case.office),
    )
    return Outcome(reviews=(review,))


def take_several(case: Case, naming: Naming, *, about: str) -> Ruled:
    """A reply that names its requests: each gets what is said of it, and only that.

    ``about``: the request whose letter it answers; "" when that is none or several.
    """
    known = case.office.registry.neighbourhood_of(case.sender.email)
    requests = {request.number: request for request in case.tx.requests_numbered(naming.numbers)}
    if not case.verdict.may_change_requests:
        reason = f"{case.verdict.reason.rstrip('.')}; talepler değişmedi."
        return ask_about_mail(case, reason, known.name if known else "")
    if any(was_taken(case.mark, case.tx.history(number)) for number in requests):
        return remember(case, "came-twice", _TWICE, number=about)
    if not naming.said or len(naming.said) > MOST_NAMED or len(requests) < len(naming.numbers):
        return ask_about_mail(case, which_of(naming.numbers), known.name if known else "")
    outcome = NOTHING
    for said in naming.said:
        understood = understand(said.words, to_headman=known is not None)
        reading = replace(
            case.reading,
            text=said.words,
            meaning=understood.meaning,
            sure=understood.sure,
            target=understood.target,
        )
        request = requests[said.number]
        outcome += take_reply(request, case.reply(reading), office=case.office, now=case.now)
        if known is None:
            outcome += _danger_left(case, request, reading)
        elif understood.meaning is not Meaning.DONE:
            outcome += Outcome(notices=alarm_about(case.office, request, case.event, said.words))
    return Ruled(replace(outcome, notices=_thanks_together(outcome.notices)))


def _thanks_together(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """One letter of thanks for one mail, however many requests it closed."""
    thanks = [notice for notice in notices if notice.occasion == Occasion.LIAISON_THANKS]
    if len(thanks) < 2:
        return tuple(notices)
    about = tuple(number for notice in thanks for number in notice.about)
    others = (notice for notice in notices if notice.occasion != Occasion.LIAISON_THANKS)
    return (*others, replace(thanks[0], about=about))


def which_of(numbers: Sequence[str]) -> str:
    """Why a person must say which of these requests is meant."""
    shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
    return f"Yanıt birden çok talebi ilgilendiriyor ({shown}); hangisi için ne denildiği belirlenemedi."


def other_numbers(request: Request, naming: Naming) -> str:
    """Why a reply that names others than the request it answers is doubtful; "" when it names none."""
    if not naming.numbers:
        return ""
    return (
        f"Yanıt {request.number} için yazılmış, metninde ise {', '.join(naming.numbers[:5])} geçiyor; "
        "hangi talep olduğu belirlenemedi."
    )
