"""A new request that complains of what was closed lately says so in its row; a person decides.

Only a reply to our letter opens a closed request again by itself. A headman who is told by telephone or WhatsApp
answers there ("hâlâ yapılmadı"), and what staff bring of it is a request of its own, which often does not say of what.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.duplicates import speak_of_one_thing
from daemon.domain.request import Request
from daemon.domain.text import fold
from daemon.ports.ledger import View
from daemon.ports.records import RequestFilter
from daemon.steps.remarks import with_remarks

_GOES_ON = re.compile(
    r"\b(?:hala|halen|yine|yeniden|tekrar|henuz)\b|\bkimse gelme\w+|\b(?:yapil|gideril|cozul|onaril)ma(?:di|mis)\w*"
)
_LONGEST = 400
"""Letters of a complaint; whoever writes more says what it is about."""
_LOOKED_BACK = timedelta(days=400)
_MOST = 3
_ADVICE = "Öyleyse o talebin Durum’unu İşlemde, bununkini İptal yapınız."


def with_closed_named(outcome: Outcome, view: View, now: datetime) -> Outcome:
    """The decision with each of its new requests naming the closed ones that it may be about."""
    said = {
        str(request.number): _said(found)
        for request in outcome.added
        if (found := _closed_of(request, view, now))
    }
    return with_remarks(outcome, said, kind="perhaps-resumed", advice=_ADVICE, now=now)


def _closed_of(request: Request, view: View, now: datetime) -> tuple[str, ...]:
    """Those that could still be opened again: of its category or about the same thing; of any while its own category
    is not known."""
    words = request.description
    if not request.neighbourhood or len(words) > _LONGEST or not _GOES_ON.search(fold(words)):
        return ()
    which = RequestFilter(
        open=False, neighbourhood=request.neighbourhood, received_from=now - _LOOKED_BACK, archived=False
    )
    closed = [
        each
        for each in view.requests(which)
        if decision.may_reopen(each, now)
        and (request.category in {"", each.category} or speak_of_one_thing(request, each))
    ]
    closed.sort(key=lambda each: (each.closed_at or now, each.number), reverse=True)
    return tuple(each.number for each in closed[:_MOST])


def _said(numbers: Sequence[str]) -> str:
    return f"Kapanan talebin devamı olabilir: {', '.join(numbers)}"
