"""The form of ``mappings.yaml``: what may stand where, checked by pydantic; faults told in Turkish."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from daemon.domain.cells import read_day
from daemon.domain.deadline import Term, Unit
from daemon.domain.registry import same_address
from daemon.domain.text import fold

Place = tuple[int | str, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)


def _day(value: object) -> object:
    if isinstance(value, str) and (found := read_day(value)):
        return found
    return value


def _list(value: object) -> object:
    """One thing where a list may stand is a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: object) -> object:
    """YAML reads ``19`` or ``2026`` as numbers; names are texts all the same."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("bir metin olmalı")
    return str(value).strip()


def _filled(value: str) -> str:
    if not value:
        raise ValueError("boş olamaz")
    return value


def _mail_address(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\".]+(\.[^\s@<>,;:\".]+)+", value):
        raise ValueError(f"“{value}” bir e-posta adresi değil")
    return same_address(value)


Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_filled)]
Address = Annotated[str, BeforeValidator(_text), AfterValidator(_filled), AfterValidator(_mail_address)]
MaybeAddress = Annotated[str, BeforeValidator(_text), AfterValidator(_mail_address)]
Texts = Annotated[list[Text], BeforeValidator(_list)]
Addresses = Annotated[list[Address], BeforeValidator(_list)]


# --- calendar and deadlines -------------------------------------------------------------------------------


class Period(_Entry):
    """A day (``date``) or several (``from``, ``to``), perhaps half days."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    note: Text = ""
    half: bool = False

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, value: Any) -> Any:
        if isinstance(value, date | str):
            return {"from": value, "to": value}
        if isinstance(value, dict) and "date" in value:
            rest = {key: item for key, item in value.items() if key != "date"}
            return {"from": value["date"], "to": value["date"], **rest}
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError("“from” tarihi “to” tarihinden sonra olamaz")
        return self


class CalendarSection(_Entry):
    half_days_count: bool = True
    administrative_leave: Annotated[list[Period], BeforeValidator(_list)] = []
    administrative_leave_counts: bool = True
    extra_business_days: Annotated[list[Day], BeforeValidator(_list)] = []


class Deadline(_Entry):
    """Exactly one of the two."""

    business_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    calendar_days: Annotated[int, Field(ge=1, le=3650)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _number(cls, value: Any) -> Any:
        return {"business_days": value} if isinstance(value, int) and not isinstance(value, bool) else value

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.business_days is None) == (self.calendar_days is None):
            raise ValueError("business_days veya calendar_days (yalnız biri) yazılmalı")
        return self

    @property
    def term(self) -> Term:
        if self.business_days is not None:
            return Term(self.business_days, Unit.BUSINESS)
        return Term(self.calendar_days or 0, Unit.CALENDAR)


class Deadlines(_Entry):
    default: Deadline = Deadline(business_days=15)
    channels: dict[str, Deadline] = {}
    categories: dict[str, Deadline] = {}

    @model_validator(mode="before")
    @classmethod
    def _default_inline(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        inline = {key: item for key, item in value.items() if key in {"business_days", "calendar_days"}}
        rest = {key: item for key, item in value.items() if key not in inline}
        return {"default": inline, **rest} if inline else value


class Reminder(_Entry):
    """``business_days_left`` or ``business_days_late``; ``repeat_every`` in business days."""

    name: Name
    business_days_left: Annotated[int, Field(ge=0, le=3650)] | None = None
    business_days_late: Annotated[int, Field(ge=1, le=3650)] | None = None
    to: Literal["liaison", "directorate_manager", "office", "office_manager", "headman"]
    template: Annotated[Name, Field(pattern=r"^[a-z0-9_-]+/[a-z0-9_-]+$")]
    repeat_every: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.business_days_left is None) == (self.business_days_late is None):
            raise ValueError("business_days_left veya business_days_late (yalnız biri) yazılmalı")
        return self

    @property
    def days_left(self) -> int:
        late = self.business_days_late
        return -late if late is not None else (self.business_days_left or 0)


# --- who is who -------------------------------------------------------------------------------------------


class Away(_Entry):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    deputy: Address

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError("“from” tarihi “to” tarihinden sonra olamaz")
        return self


class LiaisonEntry(_Entry):
    name: Name
    email: Address
    away: Annotated[list[Away], BeforeValidator(_list)] = []


class DirectorateEntry(_Entry):
    code: Annotated[Name, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    name: Name
    manager: Address
    liaisons: Annotated[list[LiaisonEntry], BeforeValidator(_list), Field(min_length=1)]
    aliases: Texts = []
    spreadsheet: Text = ""


class HeadmanEntry(_Entry):
    name: Name
    emails: Addresses = []
    phones: Texts = []

    @model_validator(mode="before")
    @classmethod
    def _one_of_each(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        plural = {"email": "emails", "phone": "phones"}
        return {plural.get(key, key): item for key, item in value.items()}


class NeighbourhoodEntry(_Entry):
    name: Name
    aliases: Texts = []
    streets: Texts = []
    headman: HeadmanEntry


def _words(value: object) -> object:
    """``çukur`` weighs 1, ``çukur: 3`` weighs 3."""
    items = value.items() if isinstance(value, dict) else _list(value)
    found: list[tuple[str, float]] = []
    for item in items:  # type: ignore[attr-defined]
        pairs = item.items() if isinstance(item, dict) else [item] if isinstance(item, tuple) else [(item, 1)]
        for word, weight in pairs:
            if isinstance(weight, bool) or not isinstance(weight, int | float):
                raise ValueError(f"“{word}” sözcüğünün ağırlığı bir sayı olmalı")
            found.append((str(word), float(weight)))
    return found


class CategoryEntry(_Entry):
    name: Name
    directorate: Text = ""
    external_body: Text = ""
    words: Annotated[list[tuple[str, float]], BeforeValidator(_words)] = []
    deadline: Deadline | None = None
    urgent: Texts = []
    subscription: bool = False
    review: bool = False


class BodyEntry(_Entry):
    name: Name
    aliases: Texts = []
    runs: Text = ""
    contact: Text = ""
    email: MaybeAddress = ""
    documents: Texts = []


def _staff(value: object) -> object:
    items = _list(value)
    assert isinstance(items, list)
    return [item.get("email") if isinstance(item, dict) else item for item in items]


class Document(_Entry):
    """The whole file."""

    calendar: CalendarSection = CalendarSection()
    deadlines: Deadlines = Deadlines()
    reminders: Annotated[list[Reminder], BeforeValidator(_list)] = []
    directorates: Annotated[list[DirectorateEntry], Field(min_length=1)]
    neighbourhoods: Annotated[list[NeighbourhoodEntry], Field(min_length=1)]
    categories: Annotated[list[CategoryEntry], Field(min_length=1)]
    external_bodies: Annotated[list[BodyEntry], BeforeValidator(_list)] = []
    sources: Annotated[list[dict[str, Any]], BeforeValidator(_list)] = []
    office_staff: Annotated[list[Address], BeforeValidator(_staff)] = []
    home_directorate: Text = ""


# --- what no single entry can know ------------------------------------------------------------------------


def faults_between(document: Document) -> Iterator[tuple[Place, str]]:
    """Doubles, and names that point to nothing."""
    yield from _doubles("directorates", [d.code for d in document.directorates], "kodu")
    yield from _doubles("directorates", [fold(d.name) for d in document.directorates], "adı")
    yield from _doubles("neighbourhoods", [fold(n.name) for n in document.neighbourhoods], "adı")
    yield from _doubles("categories", [fold(c.name) for c in document.categories], "adı")
    yield from _doubles("reminders", [r.name for r in document.reminders], "adı")
    yield from _shared_addresses(document)
    yield from _loose_ends(document)


def _doubles(section: str, names: list[str], what: str) -> Iterator[tuple[Place, str]]:
    first: dict[str, int] = {}
    for n, name in enumerate(names):
        if name in first:
            yield (section, n), f"“{name}” {what} {section}[{first[name]}] ile aynı"
        first.setdefault(name, n)


def _shared_addresses(document: Document) -> Iterator[tuple[Place, str]]:
    owner: dict[str, str] = {}
    for n, place in enumerate(document.neighbourhoods):
        for address in place.headman.emails:
            if address in owner:
                where: Place = ("neighbourhoods", n, "headman")
                yield where, f"{address} adresi {owner[address]} muhtarında da yazılı"
            owner.setdefault(address, place.name)


def _loose_ends(document: Document) -> Iterator[tuple[Place, str]]:
    codes = {key: d.code for d in document.directorates for key in (d.code, fold(d.name))}
    bodies = {fold(name) for b in document.external_bodies for name in (b.name, *b.aliases)}
    for n, category in enumerate(document.categories):
        place: Place = ("categories", n)
        if not category.directorate and not category.external_body:
            yield place, "directorate veya external_body yazılmalı"
        if category.directorate and not {category.directorate, fold(category.directorate)} & set(codes):
            yield (
                (*place, "directorate"),
                f"“{category.directorate}” diye bir müdürlük yok{_near(category.directorate, codes)}",
            )
        if category.external_body and fold(category.external_body) not in bodies:
            body = category.external_body
            yield (
                (*place, "external_body"),
                f"“{body}” diye bir kurum yok{_near(fold(body), {b: b for b in bodies})}",
            )
    if document.home_directorate and document.home_directorate not in codes:
        yield ("home_directorate",), f"“{document.home_directorate}” diye bir müdürlük kodu yok"
    names = {fold(c.name) for c in document.categories}
    for name in document.deadlines.categories:
        if fold(name) not in names:
            yield ("deadlines", "categories", name), f"“{name}” diye bir kategori yok"


def _near(name: str, known: Mapping[str, str]) -> str:
    found = get_close_matches(name, list(known), 1, 0.5)
    return f"; şunu mu demek istediniz: {known[found[0]]}?" if found else ""


# --- faults in words --------------------------------------------------------------------------------------


def explain(error: Any) -> str:
    """A pydantic fault as a Turkish sentence."""
    match error["type"]:
        case "extra_forbidden":
            near = get_close_matches(str(error["loc"][-1]), _known_keys(error["loc"]), 1, 0.5)
            return "bilinmeyen anahtar" + (f"; şunu mu demek istediniz: {near[0]}?" if near else "")
        case "missing":
            return "eksik"
        case "literal_error":
            return f"“{error['input']}” olamaz; olabilecekler: {error['ctx']['expected']}"
        case "value_error":
            return str(error["ctx"]["error"])
        case "too_short":
            return "en az bir kayıt olmalı"
        case "string_pattern_mismatch":
            return f"“{error['input']}” uygun değil (küçük harf, rakam, tire; boşluk ve Türkçe harf olmadan)"
        case kind if kind.startswith("date"):
            return f"“{error['input']}” bir tarih değil (gg.aa.yyyy veya yyyy-aa-gg)"
        case kind if kind.startswith(("int", "greater", "less")):
            return f"“{error['input']}” uygun bir sayı değil"
        case kind if kind.startswith("bool"):
            return f"“{error['input']}” değil, true veya false olmalı"
        case kind if kind.startswith("list"):
            return "bir liste olmalı"
        case _:
            return f"beklenen biçimde değil ({error['msg']})"


_ENTRIES: Mapping[str, type[BaseModel]] = {
    "calendar": CalendarSection,
    "deadlines": Deadlines,
    "reminders": Reminder,
    "directorates": DirectorateEntry,
    "liaisons": LiaisonEntry,
    "away": Away,
    "neighbourhoods": NeighbourhoodEntry,
    "headman": HeadmanEntry,
    "categories": CategoryEntry,
    "external_bodies": BodyEntry,
    "deadline": Deadline,
    "default": Deadline,
}


def _known_keys(place: Place) -> list[str]:
    sections = [step for step in place[:-1] if isinstance(step, str) and step in _ENTRIES]
    model = _ENTRIES[sections[-1]] if sections else Document
    return [field.alias or name for name, field in model.model_fields.items()]
