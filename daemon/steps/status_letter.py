"""How a headman's requests stand, told when he asks (``DURUM``)."""

from daemon.domain import decision
from daemon.domain.decision import Outcome
from daemon.domain.request import Entry
from daemon.ports.records import RequestFilter
from daemon.steps.case import Case

MOST_LISTED = 50
"""Requests listed in one status letter."""


def tell_status(case: Case) -> Outcome:
    """The letter on his open requests."""
    place = case.office.registry.neighbourhood_of(case.sender.email)
    which = RequestFilter(
        open=True,
        neighbourhood=place.name if place else None,
        headman_email=None if place else case.sender.email,
    )
    found = case.tx.requests(which)
    letter = decision.status_letter(
        found[:MOST_LISTED],
        more=max(0, len(found) - MOST_LISTED),
        recipient=case.sender.email,
        name=place.headman.name if place else case.sender.name,
        answers=case.box.mail.message_id,
        event=case.event,
    )
    asked = Entry(case.now, case.sender.email, "status-asked", "Muhtar taleplerinin durumunu sordu.")
    return Outcome(notices=(letter,), entries=(asked,))
