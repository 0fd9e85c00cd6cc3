"""What somebody of the office tells a headman in person, because no letter can: no address, or one that bounces.

A headman is answered on his own way: by telephone, by WhatsApp or by BiP as his request came. What came through
Muhtar Bilgi Sistemi has its receipt and its result there (``MBS Cevapları``). An answer entered there concludes it,
so what is no result is told in person: an interim answer (Law 3071 art. 7), the body outside to which the request
went (art. 5) with its papers, and that it was opened again. One request has one such duty at a time: a newer
occasion (the closure after the receipt) takes the place of an older one that nobody has told yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from daemon.domain.clock import day_of
from daemon.domain.deadline import BusinessCalendar
from daemon.domain.notice import Occasion
from daemon.domain.registry import Registry
from daemon.domain.request import Channel, Request

DAYS = 3
"""Business days within which the headman should have been told; then the manager hears of it too."""
NO_ADDRESS = "E-posta adresi kayıtlı değil"
UNREACHED = "E-posta adresine ileti ulaşmıyor"

KINDS: Mapping[str, str] = {
    Occasion.HEADMAN_CONFIRMATION: "Kayıt bilgisi",
    Occasion.HEADMAN_TRANSFER: "Sevk bilgisi",
    Occasion.HEADMAN_INTERIM: "Ara bilgi",
    Occasion.HEADMAN_REOPENED: "Yeniden açılma",
    Occasion.HEADMAN_CLOSURE: "Sonuç",
}
"""Occasions that are told in person where they cannot be written, as the sheet names them."""
_NO_RESULT = frozenset({Occasion.HEADMAN_INTERIM, Occasion.HEADMAN_REOPENED})
_WAYS = {Channel.WHATSAPP: "WhatsApp'tan", Channel.BIP: "BiP'ten"}
_BY_PHONE = "Telefonla"


class State(StrEnum):
    WAITING = "waiting"
    TOLD = "told"
    OVER = "over"
    """Overtaken by a newer occasion, needless, or told so long ago that the row has gone."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One such duty. ``key`` is the notice's: the same thing is told once. ``why`` is Turkish."""

    key: str
    number: str
    occasion: str
    way: str
    why: str
    opened_at: datetime
    state: State = State.WAITING
    settled_at: datetime | None = None
    told_by: str = ""
    remark: str = ""
    id: int = 0

    @property
    def kind(self) -> str:
        return KINDS.get(self.occasion, "Bilgi")

    def due(self, calendar: BusinessCalendar) -> date:
        return calendar.shift(day_of(self.opened_at), DAYS)


class Unwritten(Protocol):
    """A notice that no letter can bring, or a letter that came back."""

    @property
    def key(self) -> str: ...
    @property
    def occasion(self) -> str: ...
    @property
    def about(self) -> tuple[str, ...]: ...


def tellings_of(
    notice: Unwritten, requests: Mapping[str, Request], now: datetime, *, why: str
) -> Iterable[Telling]:
    """One for each request that it is about."""
    if notice.occasion not in KINDS:
        return
    for number in notice.about:
        request = requests.get(number)
        if request is not None and not _is_told_there(notice.occasion, request):
            key = notice.key if len(notice.about) == 1 else f"{notice.key}/{number}"
            yield Telling(key, number, str(notice.occasion), way_of(request), why, now)


def _is_told_there(occasion: str, request: Request) -> bool:
    """Whether the other system shows it; of directorates it knows nothing, so their changes are no news to him."""
    if not has_result_elsewhere(request) or occasion in _NO_RESULT:
        return False
    return occasion == Occasion.HEADMAN_CLOSURE or not request.external_body


def has_result_elsewhere(request: Request) -> bool:
    """Whether a person enters its result in another system, where the headman reads it."""
    return request.channel is Channel.MBS


def way_of(request: Request) -> str:
    """How the headman is told, as the sheet says it."""
    return _WAYS.get(request.channel, _BY_PHONE)


def phones_of(request: Request, registry: Registry) -> str:
    """The headman's telephones from the register."""
    place = registry.neighbourhood(request.neighbourhood)
    return ", ".join(place.headman.phones) if place else ""
