"""A request refused (``Olumsuz``) or called off (``İptal``) in the sheet with words that promise the work for a day.

The headman would read that his request is refused because it will be done. One of the two is meant, and a person says
which: ``Durum`` stays as it was set, the request open, its clock runs on, and the headman hears nothing yet.
"""

from dataclasses import replace
from datetime import datetime

from daemon.domain import cancelling, decision
from daemon.domain.answers import interim, refusing
from daemon.domain.decision import NOTHING, Outcome
from daemon.domain.request import Request, Status
from daemon.domain.review import Review
from daemon.domain.text import fold

CONTRADICTS = "contradicts-"
"""How the key of the question begins, behind the request's number."""
_REMARK = (
    "“{}” seçildi, ancak Sonuç ileri bir günü gösteriyor ({}); talep kapatılmadı. İş yapılacaksa Durum’u İşlemde "
    "yapınız; yapılmayacaksa Sonuç’a yalnızca gerekçesini yazınız."
)
_WHICH = (
    "“{}” seçildi, ancak Sonuç ileri bir günü gösteriyor ({}); talep kapatılmadı, muhtara bildirilmedi. İş "
    "yapılacaksa Karar’dan Ara cevap olarak bildir’i seçiniz; yapılmayacaksa müdürlük tablosunda Sonuç’a yalnızca "
    "gerekçesini yazınız."
)
HOLDS = frozenset({Status.REJECTED, Status.CANCELLED})
"""What a promise contradicts."""


def in_doubt(request: Request, status: Status, result: str, now: datetime, *, actor: str) -> Outcome:
    """What follows where a person ends an open request so. ``NOTHING`` where the words promise nothing, or where she
    sets ``Durum`` anew beside the same words."""
    day = refusing.promised(result, now) if request.is_open and status in HOLDS else ""
    remark = _REMARK.format(status.value, day)
    is_said = remark in request.note
    insists = is_said and result == request.result and request.status is not status
    if not day or insists or (status is Status.CANCELLED and _is_explained(request, result)):
        return NOTHING
    waits = replace(
        request, status=status, result=result, last_action="Sonuç netleşince kapanacak", last_action_at=now
    )
    outcome = (
        Outcome((), (waits,), (decision.entry(waits, "contradicts", remark, now, actor=actor),))
        if is_said
        else decision.note(waits, remark, now, actor=actor, kind="contradicts")
    )
    event = f"{CONTRADICTS}{status.name.lower()}-{request.clock_event}-{interim.mark_of(result)}"
    review = decision.ask(waits, event, _WHICH.format(status.value, day), now, read=result)
    return outcome + Outcome(reviews=(review,))


def _is_explained(request: Request, result: str) -> bool:
    """Called off because another request stands for it, or because he took it back: then the promise is no doubt."""
    told = replace(request, result=result, note="")
    return bool(cancelling.named_in(told) or cancelling.WITHDRAWN.search(fold(result)))


def asks_which(review: Review) -> bool:
    return review.key.startswith(f"{review.number}/{CONTRADICTS}")


def is_settled(review: Review, request: Request) -> bool:
    """Whether the question has answered itself: it is closed, goes on, or says something else."""
    return not request.is_open or request.status not in HOLDS or request.result != review.read
