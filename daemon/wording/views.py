"""What templates see of requests, the office and the recipient: Turkish, dated, masked, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import quote

from daemon.domain import grammar, token
from daemon.domain.clock import day_of, show_day, show_weekday
from daemon.domain.personal import mask_identity_numbers
from daemon.domain.registry import Registry
from daemon.domain.request import Request, Status
from daemon.domain.text import file_name, one_line, speaks_of_attachment, tidy

REOPENING_DAYS = 30
"""A headman's answer to a closure opens the request again within this many days (CONTRACT §5)."""
_LONGEST = 4_000
"""Characters of a text from a mail that a letter repeats; the sheet holds the whole."""
_URGENT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Button:
    """A ``mailto:`` link whose answer is already begun. ``answer`` is the first line it fills in."""

    answer: str
    href: str
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """An attachment: its name for people and where it lies; ``opens`` if a mail reader can follow that."""

    name: str
    target: str

    @property
    def opens(self) -> bool:
        return self.target.startswith(("https://", "http://", "file://"))


@dataclass(frozen=True, slots=True)
class OfficeView:
    """``name`` in full, ``address`` of the shared inbox."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class BodyView:
    """An authority outside the municipality."""

    name: str
    runs: str = ""
    contact: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What all requests of one letter share: for whom, by whom, when."""

    registry: Registry
    key: bytes
    link: Callable[[str], str]
    recipient: str
    today: date
    facts: Mapping[str, object] = field(default_factory=dict)


_LIAISON_ANSWERS = (
    ("TAMAMLANDI", "#1b7f3b"),
    ("İŞLEMDE", "#1d5fa8"),
    ("BİZE AİT DEĞİL", "#5b6470"),
    ("EK SÜRE", "#8a5200"),
)
_HEADMAN_ANSWERS = (("SORUN ÇÖZÜLDÜ", "#1b7f3b"), ("SORUN SÜRÜYOR", "#b3261e"))


class RequestView:
    """One request as a letter shows it. A stranger may have written its texts: templates escape them."""

    def __init__(self, request: Request, setting: Setting) -> None:
        self._request = request
        self._setting = setting

    # --- as it stands -------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        return self._request.number

    @cached_property
    def subject(self) -> str:
        return shown_line(self._request.subject) or "(konu belirtilmemiş)"

    @cached_property
    def description(self) -> str:
        return shown_text(self._request.description)

    @property
    def channel(self) -> str:
        return self._request.channel.value

    @property
    def category(self) -> str:
        return shown_line(self._request.category)

    @property
    def status(self) -> str:
        return self._request.status.value

    @cached_property
    def result(self) -> str:
        return shown_text(self._request.result)

    @cached_property
    def headman(self) -> str:
        return grammar.person(shown_line(self._request.headman))

    @cached_property
    def neighbourhood(self) -> str:
        """``Yayla Mahallesi``, or nothing."""
        return grammar.neighbourhood(shown_line(self._request.neighbourhood))

    @cached_property
    def phone(self) -> str:
        """The headman's telephone from the register, for the person who goes there."""
        place = self._setting.registry.neighbourhood(self._request.neighbourhood)
        return ", ".join(place.headman.phones) if place else ""

    @property
    def rule(self) -> str:
        return self._request.rule

    @property
    def external_number(self) -> str:
        return shown_line(self._request.external_number)

    @property
    def urgent(self) -> bool:
        return self._request.urgent

    @property
    def has_email(self) -> bool:
        """Whether the headman gets letters himself."""
        return bool(self._request.headman_email)

    @cached_property
    def spoken_result(self) -> str:
        """The result as a sentence that others may follow."""
        result = self.result.rstrip()
        return f"{result}." if result and result[-1] not in ".!?…" else result

    @cached_property
    def keeps_attachments(self) -> bool:
        """Whether the result points to an attachment: the headman's letter brings none, the office keeps it."""
        return bool(self._request.attachments) and speaks_of_attachment(self._request.result)

    @cached_property
    def attachments(self) -> tuple[Link, ...]:
        link = self._setting.link
        return tuple(Link(shown_line(file_name(path)), link(path)) for path in self._request.attachments)

    # --- who deals with it --------------------------------------------------------------------------------

    @cached_property
    def directorate(self) -> str:
        """The full name, or nothing while the responsible one is being found."""
        found = self._setting.registry.directorate(self._request.directorate)
        return found.name if found else ""

    @cached_property
    def body(self) -> BodyView | None:
        """The authority outside, if the request is addressed to one."""
        name = self._request.external_body
        if not name:
            return None
        known = self._setting.registry.external_body(name)
        return BodyView(known.name, known.runs, known.contact, known.documents) if known else BodyView(name)

    @property
    def responsible(self) -> str:
        """The body outside, else the directorate, else what a headman is told meanwhile."""
        return self.body.name if self.body else self.directorate or "Belirleniyor"

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """What the applicant brings where a subscription is wanted."""
        request = self._request
        words = f"{request.subject} {request.description}"
        return self._setting.registry.papers_for(request.category, request.external_body, words)

    # --- time ---------------------------------------------------------------------------------------------

    @cached_property
    def received(self) -> str:
        return show_day(day_of(self._request.received_at))

    @cached_property
    def due(self) -> str:
        return show_day(self._request.due) if self._request.due else ""

    @cached_property
    def due_day(self) -> str:
        """``09.12.2026 Çarşamba``, or nothing."""
        return show_weekday(self._request.due) if self._request.due else ""

    @cached_property
    def closed(self) -> str:
        return show_day(day_of(self._request.closed_at)) if self._request.closed_at else ""

    @cached_property
    def reopen_until(self) -> str:
        """The last day on which the headman's answer opens the closed request again."""
        return show_day(self._last_day_to_reopen)

    @cached_property
    def reopen_until_day(self) -> str:
        """The same with its weekday."""
        return show_weekday(self._last_day_to_reopen)

    @property
    def _last_day_to_reopen(self) -> date:
        closed_on = day_of(self._request.closed_at) if self._request.closed_at else self._setting.today
        return closed_on + timedelta(days=REOPENING_DAYS)

    @cached_property
    def days_left(self) -> int | None:
        """Business days until the due date, negative when late; ``None`` when nobody counted them."""
        counted = self._setting.facts.get("days_left")
        if isinstance(counted, Mapping):
            return counted.get(self._request.number)
        return counted if isinstance(counted, int) else None

    @cached_property
    def promised(self) -> str:
        """The day that its directorate had promised and that has passed, where the letter reminds of it."""
        days = self._setting.facts.get("promised")
        day = days.get(self._request.number) if isinstance(days, Mapping) else None
        return show_day(day) if isinstance(day, date) else ""

    @property
    def is_open(self) -> bool:
        return self._request.is_open

    @property
    def is_done(self) -> bool:
        return self._request.status is Status.DONE

    @property
    def is_rejected(self) -> bool:
        return self._request.status is Status.REJECTED

    @property
    def is_late(self) -> bool:
        due = self._request.due
        return self.is_open and due is not None and due < self._setting.today

    @property
    def is_due_today(self) -> bool:
        return self.is_open and self._request.due == self._setting.today

    @property
    def is_pressing(self) -> bool:
        """Late, due today or within three business days."""
        return (
            self.is_late
            or self.is_due_today
            or (self.days_left is not None and self.days_left <= _URGENT_DAYS)
        )

    @property
    def remaining(self) -> str:
        """``3 iş günü kaldı``, ``Bugün son gün``, ``2 iş günü gecikti``; nothing without a clock."""
        left = self.days_left
        if not self.is_open or self._request.due is None:
            return ""
        if self.is_due_today:
            return "Bugün son gün"
        if self.is_late:
            return f"{-left} iş günü gecikti" if left else "Süresi geçti"
        return f"{left} iş günü kaldı" if left else ""

    # --- answers ------------------------------------------------------------------------------------------

    @cached_property
    def code(self) -> str:
        """The signed reference for this letter's recipient."""
        return token.sign(
            self._setting.key, self._request.number, self._setting.recipient, self._setting.today
        )

    @cached_property
    def liaison_buttons(self) -> tuple[Button, ...]:
        return self._buttons(_LIAISON_ANSWERS)

    @cached_property
    def headman_buttons(self) -> tuple[Button, ...]:
        return self._buttons(_HEADMAN_ANSWERS)

    def _buttons(self, answers: tuple[tuple[str, str], ...]) -> tuple[Button, ...]:
        address = quote(self._setting.registry.office_address, safe="@")
        number, tail = (
            quote(f"[{self.number}] "),
            quote(f"\r\n\r\n\r\n\r\n-- \r\nTakip kodu: {self.code}\r\n"),
        )
        return tuple(
            Button(
                word, f"mailto:{address}?subject={number}{_QUOTED[word]}&body={_QUOTED[word]}{tail}", colour
            )
            for word, colour in answers
        )


_QUOTED = {word: quote(word) for word, _ in _LIAISON_ANSWERS + _HEADMAN_ANSWERS}


@dataclass(frozen=True, slots=True)
class Recipient:
    """``lines`` open the letter; ``is_superior`` decides between *rica* and *arz*."""

    address: str
    name: str
    lines: tuple[str, ...]
    is_superior: bool


VIEWS = frozenset({Button, Link, OfficeView, BodyView, RequestView, Recipient})
"""Everything whose public attributes are written for templates."""


def shown_line(text: str) -> str:
    """A short text from outside: on one line, masked."""
    return one_line(mask_identity_numbers(text))


def shown_text(text: str) -> str:
    """A text from outside as letters repeat it: tidy, masked, not endless."""
    text = mask_identity_numbers(tidy(text))
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " … (devamı tablodadır)"


def shown(value: object) -> object:
    """A fact as templates get it: its texts masked, its mappings and sequences alike."""
    match value:
        case str():
            return shown_text(value)
        case Mapping():
            return {key: shown(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return tuple(shown(inner) for inner in value)
        case _:
            return value
