"""Wording a notice: from what must be said to a mail that is fixed to the byte."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from daemon.domain import grammar, token
from daemon.domain.clock import day_of
from daemon.domain.errors import ConfigurationError
from daemon.domain.notice import Letter, Notice, Occasion
from daemon.domain.registry import Registry, same_address
from daemon.domain.request import AND_MORE, Request
from daemon.domain.text import one_line, turkish_upper
from daemon.wording import mime
from daemon.wording.environment import Templates
from daemon.wording.facts import facts_of, samples
from daemon.wording.views import OfficeView, Recipient, RequestView, Setting, shown_line

_LISTS = frozenset({Occasion.DIRECTORATE_DIGEST, Occasion.OFFICE_NOTICE, Occasion.OFFICE_REVIEW})
"""Letters on a state of affairs: their subject names no request."""
_ANSWERS = frozenset({Occasion.HEADMAN_CONFIRMATION, Occasion.HEADMAN_STATUS, Occasion.LIAISON_THANKS})
"""Automatic answers to a mail (RFC 3834 ``auto-replied``); everything else is ``auto-generated``."""
_BY_URGENCY = frozenset({Occasion.LIAISON_REMINDER, Occasion.MANAGER_LATE, Occasion.OFFICE_FOLLOW_UP})
_LONGEST_SUBJECT = 150


class Wording:
    """Words notices for one office; ``word`` is the port :data:`daemon.ports.outgoing.WordLetter`.

    ``key`` signs references; ``link`` turns an attachment's path into what staff click on.
    """

    def __init__(
        self,
        registry: Registry,
        *,
        templates: Templates,
        key: bytes,
        link: Callable[[str], str] = str,
    ) -> None:
        self.registry = registry
        self._templates = templates
        self._key = key
        self._link = link
        self._changed: Wording | None = None

    def with_registry(self, registry: Registry) -> "Wording":
        """The same templates for a changed register; nothing is compiled again, the last one is kept."""
        if registry is self.registry:
            return self
        if self._changed is None or self._changed.registry is not registry:
            self._changed = Wording(registry, templates=self._templates, key=self._key, link=self._link)
        return self._changed

    def word(self, notice: Notice, requests: Mapping[str, Request], now: datetime) -> Letter:
        """Return the letter. Raises :class:`ConfigurationError` when a template is faulty."""
        today = day_of(now)
        facts = facts_of(notice)
        setting = Setting(self.registry, self._key, self._link, notice.recipient, today, facts)
        views = _views(notice, requests, setting)
        recipient = self._recipient(notice, views)
        text = self._templates.render(
            notice.occasion, self._context(notice, views, recipient, facts=facts, today=today)
        )
        subject = one_line(mime.clean(_numbered(notice, views, text.subject)), _LONGEST_SUBJECT)
        secret = token.fingerprint(self._key, f"{notice.key}\0{notice.recipient}")
        message_id = self._message_id(views, secret)
        envelope = mime.Envelope(
            office_name=self.registry.office_name,
            office_address=self.registry.office_address,
            recipient=notice.recipient,
            recipient_name=recipient.name,
            subject=subject,
            message_id=message_id,
            date=now,
            occasion=notice.occasion,
            about=notice.about,
            answers=(answers := _answers(notice, requests)),
            is_reply=bool(answers) and notice.occasion in _ANSWERS,
        )
        return Letter(
            key=notice.key,
            occasion=str(notice.occasion),
            recipient=notice.recipient,
            message_id=message_id,
            subject=subject,
            mime=mime.compose(envelope, text.plain, text.html, f"=_{secret}"),
            about=notice.about,
        )

    def tell(self, occasion: str, request: Request, now: datetime, *, words: str = "") -> str:
        """What to say to a headman who gets no letters; the port :class:`daemon.ports.outgoing.WordTelling`."""
        facts = {"words": words}
        notice = Notice(f"told/{occasion}", occasion, "", (request.number,), facts, "", request.headman)
        setting = Setting(self.registry, self._key, self._link, "", day_of(now), facts_of(notice))
        context = {
            "office": self._office,
            "today": setting.today,
            "facts": setting.facts,
            "request": RequestView(request, setting),
        }
        return self._templates.say(occasion.rpartition("/")[2], context)

    def faults(self, now: datetime) -> list[str]:
        """Render every template on sample data; one line per faulty template, none when all are well."""
        found: dict[str, None] = {}
        for occasion in dict.fromkeys([*map(str, Occasion), *self._templates.names()]):
            for notice, requests in samples(occasion, self.registry, now):
                try:
                    self.word(notice, requests, now)
                except ConfigurationError as fault:
                    found[fault.reason] = None
        for name in self._templates.told():
            for notice, requests in samples(f"headman/{name}", self.registry, now):
                words = str(notice.facts.get("words", ""))
                try:
                    self.tell(f"headman/{name}", next(iter(requests.values())), now, words=words)
                except ConfigurationError as fault:
                    found[fault.reason] = None
        return list(found)

    # --- what the templates see ---------------------------------------------------------------------------

    def _context(
        self,
        notice: Notice,
        views: tuple[RequestView, ...],
        recipient: Recipient,
        *,
        facts: Mapping[str, object],
        today: date,
    ) -> dict[str, object]:
        context: dict[str, object] = {
            "office": self._office,
            "recipient": recipient,
            "audience": notice.occasion.partition("/")[0],
            "ederiz": "arz ederiz" if recipient.is_superior else "rica ederiz",
            "today": today,
            "facts": facts,
            "requests": views,
            "code": views[0].code if len(views) == 1 else "",
        }
        if views:
            context["request"] = views[0]
        return context

    @cached_property
    def _office(self) -> OfficeView:
        return OfficeView(self.registry.office_name, self.registry.office_address)

    def _recipient(self, notice: Notice, views: Sequence[RequestView]) -> Recipient:
        key = same_address(notice.recipient)
        is_superior = key == same_address(self.registry.office_manager)
        given = shown_line(notice.recipient_name) if "@" not in notice.recipient_name else ""
        if notice.occasion.startswith("headman/"):
            name = grammar.person(given or self.registry.name_of(key) or (views[0].headman if views else ""))
            place = self._places.get(key, "") or (views[0].neighbourhood if views else "")
            lines = (f"Sayın {name}" if name else "Sayın Muhtar", f"{place} Muhtarı" if place else "")
            return Recipient(notice.recipient, name, lines if name and place else lines[:1], is_superior)
        name = grammar.person(given or self.registry.name_of(key))
        return Recipient(notice.recipient, name, (self._opening(key, name, is_superior),), is_superior)

    def _opening(self, key: str, name: str, is_superior: bool) -> str:
        if name:
            return f"Sayın {name}"
        if is_superior:
            return "Sayın Müdürüm"
        managed = self._managed.get(key)
        return turkish_upper(grammar.dative(managed)) if managed else "Sayın Yetkili"

    @cached_property
    def _places(self) -> dict[str, str]:
        """Headmen's neighbourhoods by address."""
        return {
            same_address(email): grammar.neighbourhood(place.name)
            for place in self.registry.neighbourhoods
            for email in place.headman.emails
        }

    @cached_property
    def _managed(self) -> dict[str, str]:
        """Directorates by their manager's address; the first one counts."""
        return {same_address(d.manager): d.name for d in reversed(self.registry.directorates) if d.manager}

    def _message_id(self, views: Sequence[RequestView], secret: str) -> str:
        """A letter about one request carries its signed reference here too: it comes back in References."""
        domain = mime.ascii_domain(self.registry.office_address)
        return f"<{views[0].code}.{secret}@{domain}>" if len(views) == 1 else f"<letter.{secret}@{domain}>"


def _views(notice: Notice, requests: Mapping[str, Request], setting: Setting) -> tuple[RequestView, ...]:
    """The requests in the notice's order; reminders show the most urgent first, whoever wrote the notice."""
    views = [RequestView(requests[number], setting) for number in notice.about if number in requests]
    if notice.occasion in _BY_URGENCY:
        views.sort(key=lambda view: (view.days_left is None, view.days_left or 0))
    return tuple(views)


def _numbered(notice: Notice, views: Sequence[RequestView], subject: str) -> str:
    """The subject behind its number: ``[MHT-2026-000123] ve 4 talep daha – …``."""
    if not views or notice.occasion in _LISTS:
        return subject
    more = notice.facts.get("more")
    others = len(views) - 1 + (more if isinstance(more, int) else 0)
    others_too = f"{AND_MORE.format(others)} – " if others else ""
    return f"[{views[0].number}] {others_too}{subject}"


def _answers(notice: Notice, requests: Mapping[str, Request]) -> tuple[str, ...]:
    """The mails that this letter answers: for a headman, the one that brought his request comes first."""
    sources = ""
    if notice.occasion.startswith("headman/") and notice.occasion != Occasion.HEADMAN_STATUS:
        sources = " ".join(
            requests[number].source_message_id for number in notice.about[:1] if number in requests
        )
    return mime.message_ids(f"{sources} {notice.in_reply_to}")
