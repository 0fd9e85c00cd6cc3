"""Erasing one person, and what is kept no longer than needed (KVKK, law 6698 art. 7; by-law of 28.10.2017).

A person is found by name, address and telephone, however they are written: with or without Turkish letters, with
a suffix (``Yılmaz'a``), with blanks in a telephone number. What is left in their place says that it was erased.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from daemon.domain.registry import Registry, same_address
from daemon.domain.request import Request
from daemon.domain.text import fold

MARK = "[silindi]"
_LETTERS = {"c": "cçCÇ", "g": "gğGĞ", "i": "iıIİîÎ", "o": "oöOÖ", "s": "sşSŞ", "u": "uüUÜûÛ", "a": "aâAÂ"}
_SHORTEST_NAME = 5


@dataclass(frozen=True)
class Person:
    """Everything under which somebody is known to the office."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.emails or self.phones)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [rf"(?<![\w.+-]){re.escape(email)}(?![\w-])" for email in self.emails]
        parts += [rf"(?<!\w){_spelt(name)}(?:['’]\w{{1,6}})?(?!\w)" for name in self.names]
        parts += [_dialled(phone) for phone in self.phones]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def cleaned(self, text: str) -> str:
        """The text with every mention replaced."""
        return self._pattern.sub(MARK, text) if text and self._pattern else text

    def is_named_in(self, text: str) -> bool:
        return bool(text and self._pattern and self._pattern.search(text))

    def wrote(self, request: Request) -> bool:
        """Whether it is this person's own request."""
        own = {same_address(email) for email in self.emails}
        return same_address(request.headman_email) in own or fold(request.headman) in set(
            map(fold, self.names)
        )


def find_person(told: str, registry: Registry) -> Person:
    """Whom an administrator means by a name, an address or a telephone; with what the register adds to it."""
    told = " ".join(told.split())
    given = Person(
        names=() if "@" in told or _digits(told) else (told,) if len(fold(told)) >= _SHORTEST_NAME else (),
        emails=(same_address(told),) if re.fullmatch(r"[^\s@]+@[^\s@]+", told) else (),
        phones=(told,) if _digits(told) and "@" not in told else (),
    )
    for place in registry.neighbourhoods:
        headman = place.headman
        emails = tuple(map(same_address, headman.emails))
        known = Person((headman.name,) if headman.name else (), emails, headman.phones)
        if _meet(given, known):
            return _joined(given, known)
    for address, name in registry.speakers.items():
        if name and (address in given.emails or fold(name) in set(map(fold, given.names))):
            return _joined(given, Person((name,), (address,)))
    return given


def _meet(given: Person, known: Person) -> bool:
    return bool(
        set(given.emails) & set(known.emails)
        or set(map(fold, given.names)) & set(map(fold, known.names))
        or {_digits(p) for p in given.phones} & {_digits(p) for p in known.phones}
    )


def _joined(one: Person, other: Person) -> Person:
    def both(a: Iterable[str], b: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*a, *b]))

    return Person(
        both(one.names, other.names), both(one.emails, other.emails), both(one.phones, other.phones)
    )


def without_person(request: Request, person: Person) -> Request:
    """The request with every mention erased; an own one without its files and the address that it came from."""
    clean = person.cleaned
    cleaned = replace(
        request,
        subject=clean(request.subject),
        description=clean(request.description),
        result=clean(request.result),
        note=clean(request.note),
        sevk=clean(request.sevk),
        liaison=clean(request.liaison),
        last_action=clean(request.last_action),
        review_reason=clean(request.review_reason),
    )
    if not person.wrote(request):
        return cleaned
    return replace(cleaned, headman=MARK, headman_email="", attachments=(), source_message_id="")


def without_content(request: Request) -> Request:
    """What is left of a request that is older than need be: figures for the reports, no words, no names."""
    return replace(
        request,
        subject=MARK,
        description=MARK,
        headman=MARK if request.headman else "",
        headman_email="",
        liaison="",
        result=MARK if request.result else "",
        note="",
        sevk="",
        last_action="",
        review_reason="",
        attachments=(),
        source_message_id="",
    )


@dataclass(frozen=True, slots=True)
class Retention:
    """Months for which things are kept; 0: for ever."""

    mail_months: int = 0
    attachment_months: int = 0
    closed_request_months: int = 0


def months_before(day: date, months: int) -> date:
    """The same day so many months ago; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _digits(text: str) -> str:
    """The last ten digits of a telephone number; ``""`` for what is none."""
    digits = re.sub(r"\D", "", text)
    is_number = re.fullmatch(r"[+\d\s().-]+", text) is not None
    return digits[-10:] if is_number and 7 <= len(digits) <= 14 else ""


def _dialled(phone: str) -> str:
    separated = r"[\s().-]{0,3}".join(_digits(phone))
    return rf"(?<!\d)(?:\+?90|0)?[\s().-]{{0,3}}{separated}(?!\d)"


def _spelt(name: str) -> str:
    return r"\s+".join("".join(_any_case(letter) for letter in word) for word in name.split())


def _any_case(letter: str) -> str:
    folded = fold(letter)
    return f"[{_LETTERS[folded]}]" if folded in _LETTERS else re.escape(letter)
