"""Drive's search language, as in ``mimeType = 'x' and 'folder' in parents and trashed = false``.

https://developers.google.com/workspace/drive/api/guides/ref-search-terms
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.sheets_server.drive.model import File, at_least
from tests.sheets_server.drive.store import Drive
from tests.sheets_server.wire import invalid_parameter

Test = Callable[[File], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<op><=|>=|!=|[=<>(){}])|(?P<word>[\w.]+))"""
)
_ESCAPED = re.compile(r"\\(.)")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_ROLES = {"owners": "owner", "writers": "writer", "readers": "reader"}


class _Unreadable(Exception):
    """The search is not of the language."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def search_of(text: str, drive: Drive, user: str) -> Test:
    """The test that a search stands for; Google's "Invalid Value" when it cannot be read."""
    try:
        tokens = list(_tokens(text))
        reader = _Reader(tokens, drive, user)
        test = reader.any_of()
        reader.end()
    except (_Unreadable, ValueError) as fault:
        raise invalid_parameter("q", "Invalid Value", reason="invalid") from fault
    return test


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    text = text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _Unreadable
        kind = match.lastgroup or ""
        found = match[kind]
        yield _Token(kind, _ESCAPED.sub(r"\1", found[1:-1]) if kind == "text" else found)
        place = match.end()


class _Reader:
    """Reads a search by recursive descent: or, and, not, one term."""

    def __init__(self, tokens: Sequence[_Token], drive: Drive, user: str) -> None:
        self._tokens = tokens
        self._place = 0
        self._drive = drive
        self._user = user

    def any_of(self) -> Test:
        """Terms joined by ``or``."""
        tests = [self._all_of()]
        while self._takes("or"):
            tests.append(self._all_of())
        return lambda file: any(test(file) for test in tests)

    def end(self) -> None:
        """Nothing may be left over."""
        if self._place != len(self._tokens):
            raise _Unreadable

    def _all_of(self) -> Test:
        tests = [self._one()]
        while self._takes("and"):
            tests.append(self._one())
        return lambda file: all(test(file) for test in tests)

    def _one(self) -> Test:
        if self._takes("not"):
            test = self._one()
            return lambda file: not test(file)
        if self._takes("("):
            test = self.any_of()
            self._need(")")
            return test
        token = self._next()
        if token.kind == "text":
            self._need("in")
            return self._membership(token.text, self._next().text)
        return self._term(token.text)

    def _term(self, field: str) -> Test:
        if field in {"parents", *_ROLES} and self._takes("in"):
            return self._membership(self._next().text, field)
        if field in {"properties", "appProperties"}:
            self._need("has")
            return self._property(field)
        if field in {"sharedWithMe", "starred", "trashed"}:
            return self._truth(field)
        operator, value = self._next().text, self._quoted()
        match field:
            case "name":
                return _name_test(operator, value)
            case "fullText":
                return _words_test(operator, value)
            case "mimeType":
                return _mime_test(operator, value)
            case "modifiedTime" | "createdTime" | "viewedByMeTime" | "sharedWithMeTime":
                return self._time_test(field, operator, value)
            case "visibility":
                return self._visibility_test(operator, value)
            case _:
                raise _Unreadable

    def _truth(self, field: str) -> Test:
        wanted = True
        if self._place < len(self._tokens) and self._tokens[self._place].text in {"=", "!="}:
            operator, word = self._next().text, self._next().text.lower()
            if word not in {"true", "false"}:
                raise _Unreadable
            wanted = (word == "true") == (operator == "=")
        match field:
            case "trashed":
                return lambda file: self._drive.is_trashed(file) == wanted
            case "starred":
                return lambda file: (self._user in file.starred_by) == wanted
            case _:
                return lambda file: self._is_shared_with_me(file) == wanted

    def _is_shared_with_me(self, file: File) -> bool:
        mine = file.owner.lower() == self._user.lower()
        return not mine and not file.drive_id and self._user.lower() in file.shared_at

    def _membership(self, value: str, field: str) -> Test:
        if field == "parents":
            folder = self._drive.root_of(self._user).id if value == "root" else value
            return lambda file: folder in file.parents
        if field not in _ROLES:
            raise _Unreadable
        needed, who = _ROLES[field], self._user if value == "me" else value
        return lambda file: at_least(self._drive.role(who, file), needed)

    def _property(self, field: str) -> Test:
        self._need("{")
        said: dict[str, str] = {}
        while not self._takes("}"):
            name = self._next().text
            self._need("=")
            said[name] = self._next().text
            self._takes("and")
        key, value = said.get("key", ""), said.get("value", "")
        if field == "properties":
            return lambda file: file.properties.get(key) == value
        return lambda file: file.app_properties.get(key) == value

    def _time_test(self, field: str, operator: str, value: str) -> Test:
        compare = _COMPARE.get(operator)
        if compare is None:
            raise _Unreadable
        when = datetime.fromisoformat(value)
        moment = when if when.tzinfo else when.replace(tzinfo=UTC)
        me = self._user.lower()

        def of(file: File) -> datetime:
            if field == "createdTime":
                return file.created
            return file.shared_at.get(me, file.created) if field == "sharedWithMeTime" else file.modified

        return lambda file: compare(of(file), moment)

    def _visibility_test(self, operator: str, value: str) -> Test:
        def is_it(file: File) -> bool:
            kinds = {(p.kind, p.discoverable) for p, _ in self._drive.permissions_on(file)}
            if ("anyone", True) in kinds:
                return value == "anyoneCanFind"
            if ("anyone", False) in kinds:
                return value == "anyoneWithLink"
            return value == "limited"

        return lambda file: is_it(file) == (operator == "=")

    def _takes(self, text: str) -> bool:
        here = self._tokens[self._place] if self._place < len(self._tokens) else None
        if here is not None and here.kind != "text" and here.text.lower() == text.lower():
            self._place += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._takes(text):
            raise _Unreadable

    def _quoted(self) -> str:
        """A value: they stand in quotation marks."""
        token = self._next()
        if token.kind != "text":
            raise _Unreadable
        return token.text

    def _next(self) -> _Token:
        if self._place >= len(self._tokens):
            raise _Unreadable
        self._place += 1
        return self._tokens[self._place - 1]


def _name_test(operator: str, value: str) -> Test:
    """Case never counts. A name contains words of which each is the beginning of one of its own."""
    if operator == "contains":
        wanted = _words(value)
        return lambda file: all(any(word.startswith(start) for word in _words(file.name)) for start in wanted)
    if operator not in {"=", "!="}:
        raise _Unreadable
    return lambda file: _COMPARE[operator](file.name.casefold(), value.casefold())


def _words_test(operator: str, value: str) -> Test:
    """Whole words; of the text only the name is searched here."""
    if operator != "contains":
        raise _Unreadable
    wanted = set(_words(value))
    return lambda file: wanted <= set(_words(file.name))


def _words(text: str) -> list[str]:
    """What is neither letter nor digit parts words."""
    return re.findall(r"[^\W_]+", text.casefold())


def _mime_test(operator: str, value: str) -> Test:
    if operator == "contains":
        return lambda file: file.mime_type.startswith(value)
    if operator not in {"=", "!="}:
        raise _Unreadable
    return lambda file: _COMPARE[operator](file.mime_type, value)
