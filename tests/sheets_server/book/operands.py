"""What formulas reckon with: values, errors, links and ranges, and how one becomes the other."""

from dataclasses import dataclass
from typing import TypeAlias

from tests.sheets_server.book.locales import AMERICAN, Locale
from tests.sheets_server.book.rendering import general


@dataclass(frozen=True, slots=True)
class Fault:
    """An error value; ``text`` is what the cell shows."""

    text: str
    message: str = ""


Scalar: TypeAlias = str | float | bool | Fault | None


@dataclass(frozen=True, slots=True)
class Link:
    """What HYPERLINK gives: a label that leads somewhere."""

    url: str
    label: Scalar


@dataclass(frozen=True, slots=True)
class Area:
    """The values of a range, row by row, with where it begins."""

    values: tuple[tuple[Scalar, ...], ...]

    def flat(self) -> list[Scalar]:
        return [value for row in self.values for value in row]


Operand: TypeAlias = "Scalar | Area | Link"
_TYPES = {
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#VALUE!": "VALUE",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#NULL!": "NULL_VALUE",
    "#ERROR!": "ERROR",
}
PARSE_FAULT = Fault("#ERROR!", "Formula parse error.")


def fault_json(fault: Fault) -> dict[str, str]:
    message = {"message": fault.message} if fault.message else {}
    return {"type": _TYPES.get(fault.text, "ERROR"), **message}


class Wrong(Exception):
    """An argument that gives an error value instead of a result."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault


def single(operand: Operand) -> Scalar:
    """One value; a range of several is its first, a link its label."""
    if isinstance(operand, Area):
        return operand.values[0][0] if operand.values and operand.values[0] else None
    return operand.label if isinstance(operand, Link) else operand


def number(operand: Operand) -> float:
    value = single(operand)
    if isinstance(value, Fault):
        raise Wrong(value)
    if value is None:
        return 0.0
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    try:
        return float(value)
    except ValueError as error:
        message = f"'{value}' is a text and cannot be coerced to a number."
        raise Wrong(Fault("#VALUE!", message)) from error


def text(operand: Operand, locale: Locale) -> str:
    value = single(operand)
    if isinstance(value, Fault):
        raise Wrong(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return general(value, locale) if isinstance(value, float) else value


def truth(operand: Operand) -> bool:
    value = single(operand)
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise Wrong(Fault("#VALUE!", f"'{value}' is a text and cannot be coerced to a boolean."))
    return number(operand) != 0


def binary(operator: str, left: Operand, right: Operand, locale: Locale = AMERICAN) -> Operand:
    """``locale``: in which ``&`` writes numbers."""
    for operand in (single(left), single(right)):
        if isinstance(operand, Fault):
            return operand
    if operator == "&":
        return text(left, locale) + text(right, locale)
    if operator in ("=", "<>", "<", ">", "<=", ">="):
        return _compared(operator, single(left), single(right))
    return arithmetic(operator, left, right)


def arithmetic(operator: str, left: Operand, right: Operand) -> Operand:
    try:
        first, second = number(left), number(right)
    except Wrong as wrong:
        return wrong.fault
    try:
        match operator:
            case "+":
                return first + second
            case "-":
                return first - second
            case "*":
                return first * second
            case "/":
                return first / second
        power = first**second
        return power if isinstance(power, float) else Fault("#NUM!")
    except ZeroDivisionError:
        return Fault("#DIV/0!", "Division by zero.")
    except OverflowError:
        return Fault("#NUM!", "The result is too large.")


def rank(value: Scalar) -> int:
    """Numbers come before texts, texts before truth values."""
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0


def _compared(operator: str, left: Scalar, right: Scalar) -> bool:
    if left is None:
        left = "" if isinstance(right, str) else 0.0
    if right is None:
        right = "" if isinstance(left, str) else 0.0
    first = (rank(left), left.casefold() if isinstance(left, str) else left)
    second = (rank(right), right.casefold() if isinstance(right, str) else right)
    order = first[0] - second[0] or (first[1] > second[1]) - (first[1] < second[1])  # type: ignore[operator]
    return {
        "=": order == 0,
        "<>": order != 0,
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
    }[operator]
