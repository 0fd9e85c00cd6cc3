"""Reading ``Authentication-Results`` (RFC 8601), tolerantly and without ever raising.

The public parsers refuse a whole field for a trailing semicolon or a quoted name. What decides here is only
what the grammar leaves no doubt about: comments are dropped (an unclosed one with all that follows), quoted
strings are values and never syntax, the first ``a=b`` of a part is the method and its result.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_MOST_CHARACTERS = 16_384


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result: ``dkim``, ``pass``, ``{"header.d": "example.com"}``; names in lower case."""

    method: str
    result: str
    properties: Mapping[str, str]

    def property(self, *names: str) -> str:
        """The first of the named properties that is there, else ``""``."""
        return next((self.properties[name] for name in names if name in self.properties), "")

    def __str__(self) -> str:
        return " ".join([f"{self.method}={self.result}", *(f"{k}={v}" for k, v in self.properties.items())])


@dataclass(frozen=True, slots=True)
class AuthenticationResults:
    """One field: who says it, and what."""

    authserv_id: str
    results: tuple[Result, ...]


class _Token(NamedTuple):
    text: str
    is_syntax: bool = False


_EQUALS, _SEMICOLON = _Token("=", is_syntax=True), _Token(";", is_syntax=True)


def read_results(value: str) -> AuthenticationResults:
    """Read a field's value. Without an ``authserv-id`` that name is ``""``."""
    parts = list(_parts(value[:_MOST_CHARACTERS]))
    head = parts[0]
    named = bool(head) and not head[0].is_syntax and _EQUALS not in head[1:2]
    results = tuple(filter(None, map(_result, parts[1:] if named else parts)))
    return AuthenticationResults(head[0].text.lower() if named else "", results)


def _result(tokens: list[_Token]) -> Result | None:
    """``dkim=pass reason="…" header.d=example.com``; the first pair must stand at the beginning."""
    pairs = [
        (left.text.lower(), right.text)
        for left, middle, right in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if middle is _EQUALS and not left.is_syntax and not right.is_syntax
    ]
    if not pairs or tokens[1] is not _EQUALS:
        return None
    (method, result), *rest = pairs
    properties: dict[str, str] = {}
    for name, content in rest:
        properties.setdefault(name, content)
    return Result(method.partition("/")[0], result.lower(), properties)


def _parts(value: str) -> Iterator[list[_Token]]:
    """The tokens between semicolons; at least one part."""
    tokens: list[_Token] = []
    for token in _tokens(value):
        if token is _SEMICOLON:
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _tokens(value: str) -> Iterator[_Token]:
    """Words (quoted strings are parts of them), ``;`` and ``=``; comments are left out."""
    word, has_word, after_equals, position = "", False, False, 0
    while position < len(value):
        char = value[position]
        position += 1
        if char == '"':
            text, position = _quoted(value, position)
            word, has_word = word + text, True
        elif char == "(":
            position = _after_comment(value, position)
        elif char.isspace() or char == ";" or (char == "=" and not (after_equals and has_word)):
            if has_word:
                yield _Token(word)
                after_equals = False
            word, has_word = "", False
            if char in ";=":
                yield _SEMICOLON if char == ";" else _EQUALS
                after_equals = char == "="
        else:  # also the equals signs that end a value: header.b=abc==
            word, has_word = word + char, True
    if has_word:
        yield _Token(word)


def _quoted(value: str, position: int) -> tuple[str, int]:
    text = ""
    while position < len(value):
        char = value[position]
        position += 1
        if char == '"':
            return text, position
        if char == "\\" and position < len(value):
            char = value[position]
            position += 1
        text += char
    return "", position  # an unclosed string says nothing


def _after_comment(value: str, position: int) -> int:
    depth = 1
    while position < len(value) and depth:
        char = value[position]
        depth += (char == "(") - (char == ")")
        position += 2 if char == "\\" else 1
    return position
