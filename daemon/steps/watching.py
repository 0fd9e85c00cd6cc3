"""Watching: what has gone wrong for so long that a person should know, told by letter, once per event.

An event begins when it is first seen and ends when it is no longer so; the ledger remembers both, so that neither a
restart nor an outage tells it again or forgets it. A step, or the inbox, may fail for an hour; what is held for a
person may wait for a business day.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypedDict

import structlog

from daemon.domain.clock import day_of, istanbul, show_moment
from daemon.domain.notice import Notice, Occasion
from daemon.domain.office import Office
from daemon.ports.ledger import Ledger, View
from daemon.steps.outcome import owe

log = structlog.get_logger()

FAILING = timedelta(hours=1)
HOUR = 9
"""What waits for a person is told from this hour on, on days on which letters go out."""
MOST_LISTED = 20
_NOTE = "watching"
_STEPS = {
    "intake": "Posta kutusuna ulaşılamıyor",
    "reading": "Gelen iletiler okunamıyor",
    "sheets": "Tablolar güncellenemiyor",
    "reminding": "Hatırlatmalar hazırlanamıyor",
    "sending": "İletiler gönderilemiyor",
    "backup": "Kayıt defterinin yedeği alınamıyor",
}


class Event(TypedDict):
    since: str
    told: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that is wrong now. ``key`` names it as long as it lasts."""

    key: str
    title: str
    line: str
    held: bool = False


class Watching:
    """Looks every minute; owes what has come of age."""

    name = "watching"

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def run(self, now: datetime, *, office: Office) -> int:
        """Return how many letters were owed."""
        with self._ledger.view() as view:
            known = _known(view)
            seen = {found.key: found for found in _wrong(view)}
        events: dict[str, Event] = {
            key: known.get(key, {"since": now.isoformat(), "told": False}) for key in seen
        }
        ripe = [seen[key] for key, event in events.items() if _is_ripe(seen[key], event, office, now)]
        if events == known and not ripe:
            return 0
        with self._ledger.transaction() as tx:
            owed = 0
            for notice in _notices(ripe, events, office):
                owed += owe(tx, [notice], now)
            for found in ripe:
                events[found.key] = {**events[found.key], "told": True}
                log.error("told the office", what=found.key)
            tx.set_note(_NOTE, json.dumps(events) if events else "")
        return owed


def _known(view: View) -> dict[str, Event]:
    return json.loads(view.note(_NOTE) or "{}")  # type: ignore[no-any-return]


def _wrong(view: View) -> Iterator[Seen]:
    for state in view.steps():
        if state.failures and state.name in _STEPS:
            line = f"{_STEPS[state.name]}. Bildirilen neden: {state.detail or 'bilinmiyor'}"
            yield Seen(f"step/{state.name}", _STEPS[state.name], line)
    for arrival in view.held_arrivals():
        received = show_moment(arrival.arrival.received_at)
        yield Seen(f"arrival/{arrival.id}", "", f"{received} tarihli ileti: {arrival.reason}", held=True)
    for review in view.reviews():
        about = f"{review.number} " if review.number else ""
        yield Seen(f"review/{review.key}", "", f"{about}{review.subject}: {review.reason}", held=True)


def _is_ripe(found: Seen, event: Event, office: Office, now: datetime) -> bool:
    since = datetime.fromisoformat(event["since"])
    if event["told"]:
        return False
    if not found.held:
        return now - since >= FAILING
    today = day_of(now)
    if now < istanbul(today, HOUR) or not office.calendar.is_letter_day(today):
        return False
    began = day_of(since)
    waited = istanbul(office.calendar.shift(began, 1)) + (since - istanbul(began))
    return now >= waited


def _notices(ripe: list[Seen], events: Mapping[str, Event], office: Office) -> Iterator[Notice]:
    """One letter for each failure, one for all that is held; to the office's staff and its manager."""
    for found in ripe:
        if not found.held:
            since = datetime.fromisoformat(events[found.key]["since"])
            lines = (
                found.line,
                f"{show_moment(since)} tarihinden beri sürüyor. Gelen hiçbir ileti kaybolmaz; engel kalkınca "
                "kendiliğinden devam edilecektir.",
                "Bilgi işlem biriminize haber vermeniz uygun olacaktır.",
            )
            yield from _to_office(f"{found.key}/{events[found.key]['since']}", found.title, lines, office)
    if held := [found for found in ripe if found.held]:
        sign = sha256("\n".join(found.key for found in held).encode()).hexdigest()[:16]
        listed = tuple(found.line for found in held[:MOST_LISTED])
        more = (f"ve {len(held) - MOST_LISTED} kayıt daha",) if len(held) > MOST_LISTED else ()
        lines = (*listed, *more, "Karar vermek için İnceleme sayfasına bakınız.")
        yield from _to_office(
            f"held/{sign}", "Bir iş gününden uzun süredir karar bekleyenler var", lines, office
        )


def _to_office(key: str, title: str, lines: tuple[str, ...], office: Office) -> Iterator[Notice]:
    registry = office.registry
    for address in dict.fromkeys((*registry.clerks, registry.office_manager)):
        yield Notice(
            key=f"{Occasion.OFFICE_NOTICE}/watching/{key}/{address}",
            occasion=Occasion.OFFICE_NOTICE,
            recipient=address,
            facts={"title": title, "lines": lines},
        )
