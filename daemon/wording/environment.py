"""The templates: where they are looked up, which filters they know, and what goes wrong in them.

Jinja2's sandbox, strict: a name that does not exist is an error, not an empty place in a letter. Texts from
mails only ever enter as values; HTML templates escape them, no template is ever made of them. A site's own
folder is looked up before the shipped one; there, ``shipped/<name>`` still reaches the shipped template.
"""

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from daemon.domain import grammar
from daemon.domain.clock import day_of, show_day, show_weekday
from daemon.domain.errors import ConfigurationError
from daemon.domain.text import one_line
from daemon.wording.views import VIEWS

TOLD = "told/"
"""Folder of what is said to headmen who get no letters; in plain text only."""
LINE = 76
"""Plain text is broken before this column."""
_PREVIEW = 140
"""Characters that a telephone's list of mails has room for."""
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_LABEL = re.compile(r" *[^\W\d_][^:.,]{0,24} : ")
"""The head of a line like ``Konu      : …``: what follows is broken beneath itself."""
_NUMBER = re.compile(r"(?<![\w+])(?:\+?\d[\d ()-]{5,18}\d|1\d\d)(?!\w)")
"""A telephone number, or one of three digits (112, 153, 185)."""
_FAULTS = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Text:
    """A letter's words in both forms, and its subject without the number."""

    subject: str
    plain: str
    html: str


class _Sandbox(SandboxedEnvironment):
    """Jinja's sandbox with a short way to the views: their public attributes are meant for templates
    (measured: half of a letter's time went into proving that again for each)."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in VIEWS and not attribute.startswith("_"):
            found = getattr(obj, attribute, self.undefined)
            return self.undefined(obj=obj, name=attribute) if found is self.undefined else found
        return super().getattr(obj, attribute)


class Templates:
    """All templates of one office, each compiled once. ``folders`` are looked up in order, the shipped last."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(Path(folder) for folder in folders)
        if not self._folders:
            raise ConfigurationError("no templates folder", reason="Şablon klasörü belirtilmemiş.")
        found: list[FileSystemLoader] = [FileSystemLoader(folder) for folder in self._folders]
        self._environment = _Sandbox(
            loader=ChoiceLoader([*found, PrefixLoader({"shipped": found[-1]})]),
            autoescape=lambda name: bool(name and name.endswith(".html")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.filters: dict[str, Callable[..., Any]] = {
            "gun": _day,
            "gun_adiyla": show_weekday,
            "yonelme": grammar.dative,
            "tamlayan": grammar.genitive,
            "ayrilma": grammar.ablative,
            "kisi": grammar.person,
            "mahalle": grammar.neighbourhood,
            "tek_satir": one_line,
            "girinti": indent,
            "satirlar": _lines,
            "telefon_bagi": _calls,
        }
        self._environment.filters.update(self.filters)

    def names(self) -> tuple[str, ...]:
        """Every occasion that has a template, shipped or the site's own."""
        return tuple(
            sorted(
                name.removesuffix(".txt")
                for name in self._environment.list_templates(extensions=["txt"])
                if not name.startswith(("shipped/", "_", TOLD))
            )
        )

    def told(self) -> tuple[str, ...]:
        """What is said to headmen who get no letters, by the occasion's last name (``closure``)."""
        return tuple(
            name.removeprefix(TOLD).removesuffix(".txt")
            for name in self._environment.list_templates(extensions=["txt"])
            if name.startswith(TOLD) and not name.startswith(f"{TOLD}_")
        )

    def compile(self) -> None:
        """Compile them all now; a faulty one is told when it is used."""
        for name in self._environment.list_templates(extensions=["txt", "html"]):
            with suppress(*_FAULTS):
                self._environment.get_template(name)

    def render(self, occasion: str, context: Mapping[str, object]) -> Text:
        """Render both forms. Raises :class:`ConfigurationError` naming the template's file and line."""
        try:
            subject, plain = self._render(f"{occasion}.txt", context)
            plain = _BLANKS.sub("\n\n", plain).strip()
            parts = {"subject": subject, "preview": _preview(plain)}
            _, html = self._render(f"{occasion}.html", {**context, **parts})
        except _FAULTS as fault:
            raise self._explain(fault, occasion) from fault
        return Text(subject, wrap(plain) + "\n", html.strip() + "\n")

    def say(self, name: str, context: Mapping[str, object]) -> str:
        """Render ``told/<name>.txt``: paragraphs on one line each, for a chat or a cell."""
        try:
            _, said = self._render(f"{TOLD}{name}.txt", context)
        except _FAULTS as fault:
            raise self._explain(fault, f"{TOLD}{name}") from fault
        return "\n".join(" ".join(part.split()) for part in _BLANKS.split(said) if part.strip())

    def _render(self, name: str, values: Mapping[str, object]) -> tuple[str, str]:
        """The ``subject`` block (of a plain template) and the whole."""
        template = self._environment.get_template(name)
        context = template.new_context(dict(values))
        try:
            body = "".join(template.root_render_func(context))
            subject = "".join(context.blocks["subject"][0](context)) if "subject" in context.blocks else ""
        except Exception:
            self._environment.handle_exception()
        return " ".join(subject.split()), body

    def _explain(self, fault: Exception, occasion: str) -> ConfigurationError:
        where = self._place(fault) or f"{occasion}.txt"
        what = f"template not found: {fault.name}" if isinstance(fault, TemplateNotFound) else str(fault)
        line = f"{where}: {' '.join(what.split())}"
        return ConfigurationError(line, reason=f"Mektup şablonu hatalı: {line}")

    def _place(self, fault: Exception) -> str:
        """``file:line`` of the innermost line of a template."""
        if isinstance(fault, TemplateSyntaxError):
            return f"{fault.filename or fault.name}:{fault.lineno}"
        ours = tuple(str(folder) for folder in self._folders)
        frames = [f for f in traceback.extract_tb(fault.__traceback__) if f.filename.startswith(ours)]
        return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def _preview(plain: str) -> str:
    """What a list of mails shows beside the subject: the first sentence behind the opening, not the subject again."""
    _, _, said = plain.partition("\n\n")
    return one_line(said.partition("\n\n")[0], _PREVIEW)


def wrap(text: str) -> str:
    """Break long lines at blanks, keeping their indent; what has no blank (addresses) stays whole."""
    return "\n".join(line if len(line) <= LINE else _wrap_line(line) for line in text.split("\n"))


def _wrap_line(line: str) -> str:
    bare = line.lstrip(" ")
    margin = line[: len(line) - len(bare)]
    hanging = margin + "  " if bare.startswith(("- ", "• ")) else margin
    if label := _LABEL.match(line):
        hanging = " " * label.end()
    lines, current = [], margin
    for word in bare.split(" "):
        if len(current) + len(word) >= LINE and current.strip():
            lines.append(current.rstrip())
            current = hanging
        current += word + " "
    return "\n".join([*lines, current.rstrip()])


def indent(text: str, margin: str = "    ") -> str:
    """Set a text from a mail apart: every line begins with ``margin``."""
    return "\n".join(f"{margin}{line}".rstrip() for line in text.strip().split("\n"))


def _lines(text: str) -> Markup:
    """A text from a mail for HTML: escaped, its line ends kept."""
    return Markup("<br>").join(text.split("\n"))


def _calls(text: str) -> Markup:
    """A text for HTML whose telephone numbers call when they are touched; on one line each."""
    parts, last = [], 0
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"[^\d+]", "", found[0])
        link = Markup('<a href="tel:{}" style="color:inherit;white-space:nowrap;">{}</a>').format(
            digits, found[0]
        )
        parts += [escape(text[last : found.start()]), link]
        last = found.end()
    return Markup("").join([*parts, escape(text[last:])])


def _day(value: date | datetime | None) -> str:
    """``gg.aa.yyyy``; nothing stays nothing."""
    if value is None:
        return ""
    return show_day(day_of(value) if isinstance(value, datetime) else value)
