"""A request that a person cancels (``İptal``): its headman had a receipt and waits for an answer.

Law 3071 art. 7 owes him a reasoned one. The reason is what stands in ``Sonuç``; where the row names the one open
request that it repeats, that is the reason. Who took his request back himself knows it; without any reason a person is
asked.
"""

import re
from dataclasses import replace
from datetime import datetime

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.request import Request, Status
from daemon.domain.text import capitalised, fold

NO_REASON = "cancelled-"
"""How the key of the question for the reason begins, behind the request's number."""
_NUMBER = re.compile(r"\bMHT-\d{4}-\d{6,8}\b")
_ELSEWHERE = "Aynı konudaki {} numaralı talep kapsamında takip edilmektedir."
_WHY = (
    "Talep gerekçe yazılmadan iptal edildi; muhtara ise kayda alındığı bildirilmişti. Gerekçeyi (mükerrerse diğer "
    "talebin numarasını) müdürlük tablosunda Sonuç’a yazınız, muhtara bildirilir; bildirilmesi gerekmiyorsa Karar’dan "
    "Gereği yapıldı’yı seçiniz."
)
_NOT_ASKED = "Yazınızda, Belediyemizce yerine getirilmesi istenen bir husus bulunmadığı değerlendirilmiştir."
WITHDRAWN = re.compile(
    r"\b(?:vazgec(?:ti[km]?|mis(?:tir)?|tigini|iyor\w*)|iptal (?:ed\w+|olsun)|"
    r"geri cek(?:ti[km]?|mis(?:tir)?|tigini|iyor\w*)|gerek(?:\w{0,4}) kalma(?:di|mistir))\b"
)
"""Words (folded) by which a headman takes back what he asked for, or staff tell that he did."""


def named_in(request: Request) -> tuple[str, ...]:
    """The other requests that its ``Sonuç``, or else its ``Not``, names."""
    for text in (request.result, request.note):
        found = dict.fromkeys(number for number in _NUMBER.findall(text) if number != request.number)
        if found:
            return tuple(found)
    return ()


def explain(request: Request, repeats: Request | None, now: datetime) -> Outcome:
    """What the headman of a cancelled request is told, or what a person is asked. ``repeats``: the one open request of
    his that it names."""
    if repeats is not None and not _NUMBER.sub("", request.result).strip(" .,;"):
        text = _ELSEWHERE.format(repeats.number)
        told = replace(request, result=text)
        line = decision.entry(told, "edited", f"Sonuç: {text}", now)
        return Outcome(changed=(told,), entries=(line,), notices=decision.tell_closure(told))
    if request.result:
        return Outcome(notices=decision.tell_closure(request))
    if not request.directorate or WITHDRAWN.search(fold(request.note)):
        return decision.NOTHING
    return Outcome(reviews=(decision.ask(request, f"{NO_REASON}{request.clock_event}", _WHY, now),))


def set_aside(reason: str) -> str:
    """The ``Sonuç`` of a request that staff set aside as none, though the headman's receipt promised him an answer.
    ``reason`` is what they wrote beside it, if anything."""
    return capitalised(reason) or _NOT_ASKED


def is_explained(request: Request) -> bool:
    """Whether the question for the reason has answered itself."""
    return request.status is not Status.CANCELLED or bool(request.result)
