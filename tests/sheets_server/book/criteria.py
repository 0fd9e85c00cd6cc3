"""The criteria of COUNTIF and its kin: ``">5"``, ``"<>x"``, ``"a*"`` or a plain value."""

import re
from collections.abc import Callable
from contextlib import suppress

from tests.sheets_server.book.operands import Area, Fault, Operand, Scalar, binary, rank, single


def criterion(wanted: Operand) -> Callable[[Scalar], bool]:
    """``">5"``, ``"<>x"``, ``"a*"`` or a plain value, as COUNTIF and its kin read it."""
    value = single(wanted)
    match = re.fullmatch(r"(<=|>=|<>|=|<|>)?(.*)", value, re.DOTALL) if isinstance(value, str) else None
    operator = (match[1] or "=") if match else "="
    sought: Scalar = match[2] if match else value
    if isinstance(sought, str):
        with suppress(ValueError):
            sought = float(sought.replace(",", "."))
    if isinstance(sought, str) and operator in ("=", "<>"):
        return _pattern(sought, equal=operator == "=")

    def fits(found: Scalar) -> bool:
        same_kind = found is not None and rank(found) == rank(sought) and not isinstance(found, Fault)
        if not same_kind:
            return operator == "<>"
        return binary(operator, found, sought) is True

    return fits


def _pattern(sought: str, *, equal: bool) -> Callable[[Scalar], bool]:
    pieces = re.findall(r"~[*?~]|[*?]|[^*?~]+|~", sought)
    body = "".join(
        ".*" if piece == "*" else "." if piece == "?" else re.escape(piece.lstrip("~") or "~")
        for piece in pieces
    )
    compiled = re.compile(body, re.IGNORECASE | re.DOTALL)

    def fits(found: Scalar) -> bool:
        held = "" if found is None else found
        return (isinstance(held, str) and compiled.fullmatch(held) is not None) == equal

    return fits


def column_of(operand: Operand) -> list[Scalar]:
    return operand.flat() if isinstance(operand, Area) else [single(operand)]
