"""A row or a short form is one request whatever it says: who typed it and who does the work are told of the rest."""

from dataclasses import replace
from datetime import datetime

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.office import Office
from daemon.domain.routing.values import Routing

SEVERAL = "Birden çok konu olabilir; ayrıca ilgili görünen: "
"""Begins what ``Not`` says of it."""


def with_several_named(
    entered: Outcome, routing: Routing, own: tuple[str, str], *, office: Office, now: datetime
) -> Outcome:
    """The one request with a remark on whom else its words surely ask for something. ``own`` is whom it is entered
    for: (directorate's code, outside body)."""
    further = _further(routing, own, office)
    if not further:
        return entered
    [request] = entered.added
    text = f"{SEVERAL}{', '.join(further)}. Ayrı sonuçlanacak konuyu ayrı talep olarak giriniz."
    noted = replace(request, note=decision.add_note(request.note, text, now))
    told = decision.entry(noted, "several", text, now, actor=decision.DAEMON)
    return replace(entered, added=(noted,), entries=(*entered.entries, told))


def _further(routing: Routing, own: tuple[str, str], office: Office) -> list[str]:
    if len(routing.routes) < 2:
        return []  # that the words see another than who typed them is no second matter
    directorate, body = own
    found = []
    for route in routing.routes:
        mine = route.external_body == body if body else route.directorate == directorate
        named = office.registry.directorate(route.directorate)
        if not route.review and not mine:
            found.append(route.external_body or (named.name if named else ""))
    return [name for name in dict.fromkeys(found) if name]
