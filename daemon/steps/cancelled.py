"""What follows when a person cancels a request: its headman is told why, unless he never heard of it."""

from collections.abc import Iterator
from datetime import datetime

from daemon.domain import cancelling
from daemon.domain.decision import Outcome
from daemon.domain.notice import Occasion
from daemon.domain.request import Request, Status
from daemon.domain.telling import State
from daemon.ports.ledger import View

_SAID = frozenset({"closed", "result-changed"})


def with_cancelled_explained(outcome: Outcome, view: View, now: datetime) -> Outcome:
    """The decision with the letter, or the question, that each of its newly cancelled requests asks for."""
    for request in _cancelled(outcome):
        if not _never_heard(request, view):
            outcome += cancelling.explain(request, _repeated(request, view), now)
    return outcome


def _cancelled(outcome: Outcome) -> Iterator[Request]:
    about = {entry.number for entry in outcome.entries if entry.kind in _SAID}
    latest = {request.number: request for request in outcome.changed if request.number in about}
    return (request for request in latest.values() if request.status is Status.CANCELLED)


def _repeated(request: Request, view: View) -> Request | None:
    """The one open request of the same neighbourhood that it names; of several a person must say which."""
    named = view.requests_numbered(cancelling.named_in(request))
    like = [each for each in named if each.is_open and each.neighbourhood == request.neighbourhood]
    return like[0] if len(like) == 1 else None


def _never_heard(request: Request, view: View) -> bool:
    """Whether his receipt still waits for somebody to tell him of it."""
    return any(
        telling.number == request.number
        and telling.occasion == Occasion.HEADMAN_CONFIRMATION
        and telling.state is State.WAITING
        for telling in view.tellings()
    )
