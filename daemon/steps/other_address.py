"""A headman of several addresses is written to at another one where one of them proves dead.

So is a headman whose request came by an app, where the address that the app gave for answers is dead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from daemon.domain.decision import Outcome
from daemon.domain.notice import Notice, Occasion
from daemon.domain.registry import Neighbourhood, Registry, same_address
from daemon.domain.request import Request
from daemon.domain.telling import Unwritten
from daemon.ports.ledger import Transaction
from daemon.steps.outcome import owe
from daemon.steps.telling import lost_to, tell_instead

_AGAIN = "/again/"
_SAYS_IT_ALL = frozenset({Occasion.HEADMAN_CONFIRMATION, Occasion.HEADMAN_CLOSURE})
"""Letters that the request alone can word once more; of the others the words went with the letter."""


def with_living_address(outcome: Outcome, tx: Transaction, registry: Registry) -> Outcome:
    """The decision with its letters to headmen, and the requests they are about, at an address that reaches them."""
    if not any(notice.occasion.startswith("headman/") and notice.recipient for notice in outcome.notices):
        return outcome
    touched = outcome.added + outcome.changed
    instead = {
        address: other
        for address in {same_address(notice.recipient) for notice in outcome.notices}
        if address in tx.bad_addresses() and (other := _other(address, tx, registry, touched))
    }
    if not instead:
        return outcome
    return replace(
        outcome,
        notices=tuple(_to_living(notice, instead) for notice in outcome.notices),
        added=tuple(_reached_at(request, instead) for request in outcome.added),
        changed=tuple(_reached_at(request, instead) for request in outcome.changed),
    )


def _to_living(notice: Notice, instead: Mapping[str, str]) -> Notice:
    if not notice.occasion.startswith("headman/"):
        return notice
    return replace(notice, recipient=instead.get(same_address(notice.recipient), notice.recipient))


def _reached_at(request: Request, instead: Mapping[str, str]) -> Request:
    own = same_address(request.headman_email)
    return replace(request, headman_email=instead[own]) if own in instead else request


def write_what_bounced(tx: Transaction, address: str, now: datetime, registry: Registry) -> None:
    """What lately went to an address that turns out to be dead, or waits for it."""
    for lost in lost_to(tx, address, now):
        write_or_tell(tx, lost, address, now, registry)


def write_or_tell(tx: Transaction, lost: Unwritten, address: str, now: datetime, registry: Registry) -> None:
    """A lost letter goes to the headman's other address, once; where he has none, somebody tells him."""
    other = ""
    if _AGAIN not in lost.key and lost.occasion in _SAYS_IT_ALL:
        other = _other(address, tx, registry, tx.requests_numbered(lost.about))
    if not other:
        tell_instead(tx, lost, now)
        return
    place = registry.neighbourhood_of(other)
    again = Notice(
        key=f"{lost.key}{_AGAIN}{other}",
        occasion=lost.occasion,
        recipient=other,
        recipient_name=place.headman.name if place else "",
        about=lost.about,
    )
    owe(tx, [again], now)


def _other(address: str, tx: Transaction, registry: Registry, about: Iterable[Request]) -> str:
    """Another address that the register has of the headman and that is not known to be dead."""
    place = registry.neighbourhood_of(address) or _place_of_app(address, registry, about)
    dead = {same_address(address), *map(same_address, tx.bad_addresses())}
    own = place.headman.emails if place else ()
    return next((email for email in own if same_address(email) not in dead), "")


def _place_of_app(address: str, registry: Registry, about: Iterable[Request]) -> Neighbourhood | None:
    """Whose request bears an address that nobody in the register has: only if its headman is still the same."""
    for request in about:
        place = registry.neighbourhood(request.neighbourhood)
        is_its = same_address(request.headman_email) == same_address(address)
        if place and is_its and request.headman == place.headman.name:
            return place
    return None
