"""The form of ``mappings.yaml``: what may stand where. Every value comes as the text that was typed.

What one entry cannot know of the others is in ``relations``.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from daemon.domain.deadline import Term, Unit
from daemon.domain.registry import same_address
from daemon.domain.request import Channel
from daemon.domain.structured.sources import LABELLED, Fact
from daemon.domain.text import fold, words
from daemon.fields import Address, Choice, Day, MaybeAddress, Name, Text, is_mail_address, nearest

_TERM = re.compile(r"(\d+)(?: (is )?gun(?:u)?)?")
_PLAIN = re.compile(r"[a-zA-Z0-9]")
"""With one of these a word needs no folding to be seen as one."""
_WEIGHED = re.compile(r"(.*\S)\s*:\s*([-+]?\d+(?:[.,]\d+)?)")


class _Entry(BaseModel):
    """One mapping. A known key without a value is as good as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: item for key, item in value.items() if item is not None or key not in known}


def _list(value: object) -> object:
    """One thing where a list may stand is a list of one."""
    return value if isinstance(value, list) else [value]


def _code(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", value):
        raise ValueError(f"“{value}” uygun değil: küçük harf, rakam ve tire; boşluk ve Türkçe harf olmadan")
    return value


def _template(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]+/[a-z0-9_-]+", value):
        raise ValueError(f"“{value}” bir şablon adı değil; örnek: liaison/reminder")
    return value


def _staff(value: object) -> object:
    """An address, or a mapping with ``name`` and ``email``."""
    if not isinstance(value, dict):
        return value
    if unknown := set(value) - {"name", "email"}:
        raise ValueError(f"bilinmeyen anahtar: {', '.join(sorted(unknown))}; olabilecekler: name, email")
    return value.get("email")


def _word(value: object) -> object:
    """``çukur`` weighs 1; ``çukur: 3`` or ``"çukur: 3"`` weighs 3."""
    if isinstance(value, dict) and len(value) == 1:
        word, weight = next(iter(value.items()))
    elif isinstance(value, str):
        weighed = _WEIGHED.fullmatch(value)
        word, weight = weighed.groups() if weighed else (value, "1")
    else:
        raise ValueError("bir sözcük veya “sözcük: ağırlık” olmalı")
    if not (_PLAIN.search(word) or words(word)):
        raise ValueError(f"“{word}” içinde harf veya rakam yok")
    return word, _weight(word, weight)


def _weight(word: str, weight: object) -> float:
    try:
        found = float(str(weight).replace(",", "."))
    except ValueError:
        raise ValueError(f"“{word}” sözcüğünün ağırlığı bir sayı olmalı: “{weight}”") from None
    if not -1000 <= found <= 1000:
        raise ValueError(f"“{word}” sözcüğünün ağırlığı -1000 ile 1000 arasında olmalı")
    return found


def _words(value: object) -> object:
    """A mapping of words to weights is as good as a list."""
    if isinstance(value, dict):
        return [{word: weight} for word, weight in value.items()]
    return _list(value)


Low = Annotated[Address, AfterValidator(same_address)]
Texts = Annotated[list[Name], BeforeValidator(_list)]
Addresses = Annotated[list[Low], BeforeValidator(_list)]
Word = Annotated[tuple[str, float], BeforeValidator(_word)]
Days = Annotated[int, Field(ge=1, le=3650)]
Months = Annotated[int, Field(ge=0, le=1200)]


# --- calendar, deadlines, reminders -----------------------------------------------------------------------


class Leave(_Entry):
    """A day (``date``) or several (``from``, ``to``), perhaps half days."""

    date: Day | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    note: Text = ""
    half: Choice = False

    @model_validator(mode="before")
    @classmethod
    def _bare_day(cls, value: Any) -> Any:
        return {"date": value} if isinstance(value, str) else value


class Calendar(_Entry):
    half_days_count: Choice = True
    administrative_leave: Annotated[list[Leave], BeforeValidator(_list)] = []
    administrative_leave_counts: Choice = True
    extra_business_days: Annotated[list[Day], BeforeValidator(_list)] = []


class Deadline(_Entry):
    """One of the two; also ``15``, ``15 iş günü``, ``30 gün``."""

    business_days: Days | None = None
    calendar_days: Days | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = _TERM.fullmatch(fold(value).strip())
        if not found:
            raise ValueError(f"“{value}” bir süre değil; örnek: 15 iş günü")
        calendar = fold(value).strip() != found[1] and not found[2]
        return {"calendar_days" if calendar else "business_days": found[1]}

    @property
    def term(self) -> Term | None:
        if self.business_days is not None:
            return Term(self.business_days, Unit.BUSINESS)
        return Term(self.calendar_days, Unit.CALENDAR) if self.calendar_days is not None else None


class Deadlines(Deadline):
    """The standard term stands in ``default`` or directly here."""

    default: Deadline = Deadline()
    channels: dict[str, Deadline] = {}
    categories: dict[str, Deadline] = {}


class Reminder(_Entry):
    """``business_days_left`` or ``business_days_late``; ``repeat_every`` in business days. ``external_body``: only of
    requests that a body outside has to answer."""

    name: Name
    business_days_left: Annotated[int, Field(ge=0, le=3650)] | None = None
    business_days_late: Days | None = None
    to: Literal["liaison", "directorate_manager", "office", "office_manager", "headman"]
    template: Annotated[Name, AfterValidator(_template)]
    repeat_every: Days | None = None
    external_body: Choice = False

    @property
    def days_left(self) -> int:
        """Business days until the due date; negative for days late."""
        if self.business_days_late is not None:
            return -self.business_days_late
        return self.business_days_left or 0


# --- who is who -------------------------------------------------------------------------------------------


class Away(_Entry):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    deputy: Low


class Liaison(_Entry):
    name: Name
    email: Low
    away: Annotated[list[Away], BeforeValidator(_list)] = []


class Directorate(_Entry):
    code: Annotated[Name, AfterValidator(_code)]
    name: Name
    manager: Low
    liaisons: Annotated[list[Liaison], BeforeValidator(_list), Field(min_length=1)]
    aliases: Texts = []
    spreadsheet: Text = ""


class Headman(_Entry):
    """``email`` and ``phone`` are other names of ``emails`` and ``phones``."""

    name: Name
    email: Addresses = []
    emails: Addresses = []
    phone: Texts = []
    phones: Texts = []


class Neighbourhood(_Entry):
    name: Name
    headman: Headman
    aliases: Texts = []
    streets: Texts = []


class Category(_Entry):
    name: Name
    directorate: Text = ""
    external_body: Text = ""
    words: Annotated[list[Word], BeforeValidator(_words)] = []
    deadline: Deadline | None = None
    urgent: Texts = []
    subscription: Choice = False
    documents: Texts = []
    review: Choice = False


class Body(_Entry):
    name: Name
    aliases: Texts = []
    runs: Text = ""
    contact: Text = ""
    email: MaybeAddress = ""
    documents: Texts = []


_SENDER = re.compile(r"@[a-z0-9-]+(\.[a-z0-9-]+)+")


def _sender(value: str) -> str:
    """A mail address, or ``@domain`` for everybody there and below it."""
    found = same_address(value)
    if not _SENDER.fullmatch(found) and not is_mail_address(found):
        raise ValueError(f"“{value}” bir e-posta adresi veya @alan.adi değil")
    return found


def _channel(value: object) -> object:
    spelt = {fold(channel.value): channel for channel in Channel}
    found = spelt.get(fold(str(value)).strip())
    if found is None:
        raise ValueError(f"“{value}” diye bir kanal yok{nearest(str(value), [c.value for c in Channel])}")
    return found


def _fact(value: object) -> object:
    if value not in LABELLED:
        known = ", ".join(LABELLED)
        raise ValueError(f"“{value}” okunabilecek bir bilgi değil{nearest(str(value), LABELLED)} ({known})")
    return value


Senders = Annotated[list[Annotated[Name, AfterValidator(_sender)]], BeforeValidator(_list)]


class Source(_Entry):
    """How mails and lists of another system are recognised and read."""

    name: Name
    channel: Annotated[Channel, BeforeValidator(_channel)]
    sender: Senders = []
    subject: Texts = []
    list_name: Texts = []
    labels: dict[Annotated[Fact, BeforeValidator(_fact)], Texts]
    open: Texts = []
    closed: Texts = []
    answer_domain: Texts = []


class Retention(_Entry):
    """Months; what is older goes when ``muhtarlik erase --expired`` runs. 0: kept for ever."""

    mail_months: Months = 0
    attachment_months: Months = 0
    closed_request_months: Months = 0


class Document(_Entry):
    """The whole file."""

    calendar: Calendar = Calendar()
    deadlines: Deadlines = Deadlines()
    reminders: Annotated[list[Reminder], BeforeValidator(_list)] = []
    directorates: Annotated[list[Directorate], Field(min_length=1)]
    neighbourhoods: Annotated[list[Neighbourhood], Field(min_length=1)]
    categories: Annotated[list[Category], Field(min_length=1)]
    external_bodies: Annotated[list[Body], BeforeValidator(_list)] = []
    sources: Annotated[list[Source], BeforeValidator(_list)] = []
    office_staff: Annotated[list[Annotated[Low, BeforeValidator(_staff)]], BeforeValidator(_list)] = []
    home_directorate: Text = ""
    retention: Retention = Retention()
