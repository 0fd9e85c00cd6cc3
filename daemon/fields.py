"""Kinds of values that settings and mappings share, and pydantic's faults as Turkish sentences."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Strict

from daemon.domain.cells import read_day
from daemon.domain.text import fold, tidy

Place = tuple[int | str, ...]
"""Where something stands: ``("categories", 4, "directorate")``."""

_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\"]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.I
)
_YES = {"true", "yes", "on", "evet", "1"}
_NO = {"false", "no", "off", "hayir", "0"}


def _text(value: object) -> str:
    """One line of text, composed and tidied; an absent one is empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("bir metin olmalı")
    return " ".join(tidy(value).split())


def _filled(value: str) -> str:
    if not value:
        raise ValueError("boş olamaz")
    return value


def _mail_address(value: str) -> str:
    if value and not is_mail_address(value):
        raise ValueError(f"“{value}” bir e-posta adresi değil")
    return value


def is_mail_address(text: str) -> bool:
    """Whether ``text`` is one bare address (RFC 5321); Turkish letters in it are a slip of the pen."""
    local = text.rpartition("@")[0]
    if not text.isascii() or local.startswith(".") or local.endswith(".") or ".." in local:
        return False
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def _day(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = read_day(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"“{value}” bir tarih değil (gg.aa.yyyy veya yyyy-aa-gg)")
    return found


def _choice(value: object) -> object:
    folded = fold(value).strip() if isinstance(value, str) else ""
    return True if folded in _YES else False if folded in _NO else value


Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[Text, AfterValidator(_filled)]
MaybeAddress = Annotated[Text, AfterValidator(_mail_address)]
Address = Annotated[Name, AfterValidator(_mail_address)]
Day = Annotated[date, BeforeValidator(_day)]
Choice = Annotated[bool, Strict(), BeforeValidator(_choice)]


# --- faults in words --------------------------------------------------------------------------------------


def nearest(name: str, known: Iterable[str]) -> str:
    """``; şunu mu demek istediniz: fen?``, or nothing when nothing known is like ``name``."""
    spelt = {fold(item): item for item in known}
    found = get_close_matches(fold(name), list(spelt), 1, 0.55)
    return f"; şunu mu demek istediniz: {spelt[found[0]]}?" if found else ""


def explain(error: Any, document: type[BaseModel]) -> str:
    """One of pydantic's faults about ``document`` as a Turkish sentence."""
    given, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return str(context["error"])
        case "extra_forbidden":
            return "bilinmeyen anahtar" + nearest(str(error["loc"][-1]), _keys_at(document, error["loc"]))
        case "missing":
            return "eksik"
        case "literal_error":
            expected = ", ".join(filter(None, re.findall(r"'([^']*)'", context["expected"])))
            return f"“{given}” olamaz; olabilecekler: {expected}"
        case "too_short":
            return "en az bir kayıt olmalı"
        case "greater_than_equal":
            return f"“{given}” olamaz; en az {context['ge']:g} olmalı"
        case "less_than_equal":
            return f"“{given}” olamaz; en çok {context['le']:g} olmalı"
        case "greater_than":
            return f"“{given}” olamaz; {context['gt']:g} değerinden büyük olmalı"
        case kind if kind.startswith("int"):
            return f"“{given}” olamaz; bir tam sayı olmalı"
        case kind if kind.startswith(("float", "finite")):
            return f"“{given}” olamaz; bir sayı olmalı"
        case kind if kind.startswith("bool"):
            return f"“{given}” olamaz; true (evet) veya false (hayır) olmalı"
        case "list_type" | "tuple_type":
            return "bir liste olmalı"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "alt alanları olan bir bölüm olmalı"
        case _:
            return f"beklenen biçimde değil ({error['msg']})"


def _keys_at(document: type[BaseModel], place: Place) -> list[str]:
    """The keys that may stand where ``place`` ends."""
    model = document
    for step in place[:-1]:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if isinstance(step, str) and step in fields:
            model = _model_in(fields[step].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as ``list[Entry] | None`` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
