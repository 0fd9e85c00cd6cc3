"""Evaluates formulas. What it does not know is ``#NAME?``, never a guess."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tests.sheets_server.book import formulas
from tests.sheets_server.book.a1 import named_range
from tests.sheets_server.book.formulas import Token
from tests.sheets_server.book.locales import Locale, locale_named
from tests.sheets_server.book.model import Box, Formula, Sheet, State


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


class Evaluator:
    """Values of cells at one moment of a book; each formula is worked out once."""

    def __init__(self, state: State, now: float) -> None:
        self.state = state
        self.now = now
        self.locale: Locale = locale_named(state.locale)
        self._known: dict[tuple[int, int, int], Scalar | Link] = {}
        self._open: set[tuple[int, int, int]] = set()

    def cell(self, sheet: Sheet, row: int, column: int) -> Scalar:
        found = self.linked(sheet, row, column)
        return found.label if isinstance(found, Link) else found

    def linked(self, sheet: Sheet, row: int, column: int) -> Scalar | Link:
        value = sheet.cell(row, column).value
        if not isinstance(value, Formula):
            return value
        key = (sheet.id, row, column)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            return Fault("#REF!", "Circular dependency detected.")
        self._open.add(key)
        try:
            result = self._formula(value, sheet)
        except RecursionError:
            result = Fault("#ERROR!", "The formula is nested too deeply.")
        finally:
            self._open.discard(key)
        self._known[key] = result
        return result

    def _formula(self, formula: Formula, sheet: Sheet) -> Scalar | Link:
        found = self.evaluate(formula.text, sheet)
        if isinstance(found, Area):
            found = found.values[0][0] if found.values and found.values[0] else None
        return 0.0 if found is None else found

    def evaluate(self, text: str, sheet: Sheet) -> Operand:
        """What a formula gives, seen from a sheet."""
        comma = self.locale.decimal == ","
        found = [token for token in formulas.tokens(text, decimal_comma=comma) if token.kind != "space"]
        parser = _Parser(found, self, sheet)
        try:
            result = parser.expression(0)
        except _Unreadable:
            return PARSE_FAULT
        return result if parser.at_end else PARSE_FAULT

    def area(self, text: str, home: Sheet) -> Operand:
        reference = formulas.reference(text)
        sheet = home if reference.sheet is None else self.state.sheet_titled(reference.sheet)
        if sheet is None:
            return Fault("#REF!", f"Unresolved sheet name '{reference.sheet}'.")
        extent = reference.extent
        if extent.is_one_cell:
            if not extent.starts_in(sheet):
                return None
            return self.cell(sheet, extent.top or 0, extent.left or 0)
        return self.block(sheet, extent.within(sheet))

    def block(self, sheet: Sheet, box: Box) -> Area:
        bottom = min(box.bottom, sheet.last_row_with_value() + 1) if box.height > 1 else box.bottom
        columns = range(box.left, box.right)
        return Area(
            tuple(
                tuple(self.cell(sheet, row, column) for column in columns) for row in range(box.top, bottom)
            )
        )

    def named(self, name: str) -> Operand:
        found = named_range(self.state, name)
        if found is None:
            return Fault("#NAME?", f"Unknown range name: '{name}'.")
        sheet, extent = found
        if extent.is_one_cell:
            return self.cell(sheet, extent.top or 0, extent.left or 0)
        return self.block(sheet, extent.within(sheet))


class _Unreadable(Exception):
    pass


_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 6}
_PREFIX = 5


class _Parser:
    """Precedence climbing over the tokens, evaluating as it reads."""

    def __init__(self, tokens: Sequence[Token], evaluator: Evaluator, sheet: Sheet) -> None:
        self._tokens = tokens
        self._at = 0
        self._evaluator = evaluator
        self._sheet = sheet

    @property
    def at_end(self) -> bool:
        return self._at == len(self._tokens)

    def _peek(self) -> str:
        return "" if self.at_end else self._tokens[self._at].text

    def _next(self) -> Token:
        if self.at_end:
            raise _Unreadable
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, text: str) -> None:
        if self._next().text != text:
            raise _Unreadable

    def expression(self, least: int) -> Operand:
        left = self._operand()
        while True:
            operator = self._peek()
            if operator == "%":
                self._next()
                left = _arithmetic("/", left, 100.0)
                continue
            strength = _BINDING.get(operator, 0)
            if strength <= least:
                return left
            self._next()
            left = binary(operator, left, self.expression(strength))

    def _operand(self) -> Operand:
        token = self._next()
        match token.kind:
            case "number":
                return float(token.text)
            case "string":
                return token.text[1:-1].replace('""', '"')
            case "reference":
                return self._evaluator.area(token.text, self._sheet)
            case "error":
                return Fault(token.text)
            case "name":
                return self._name(token.text)
        if token.text == "(":
            inside = self.expression(0)
            self._expect(")")
            return inside
        if token.text in ("-", "+"):
            inside = self.expression(_PREFIX)
            return _arithmetic("-", 0.0, inside) if token.text == "-" else inside
        raise _Unreadable

    def _name(self, name: str) -> Operand:
        if self._peek() == "(":
            return self._call(name.upper())
        if name.upper() in ("TRUE", "FALSE"):
            return name.upper() == "TRUE"
        return self._evaluator.named(name)

    def _call(self, name: str) -> Operand:
        from tests.sheets_server.book.functions import FUNCTIONS

        self._expect("(")
        arguments: list[Operand] = []
        if self._peek() == ")":
            self._next()
        else:
            while True:
                arguments.append(None if self._peek() in (",", ";", ")") else self.expression(0))
                closing = self._next().text
                if closing == ")":
                    break
                if closing not in (",", ";"):
                    raise _Unreadable
        function: Callable[[list[Operand], Evaluator], Operand] | None = FUNCTIONS.get(name)
        if function is None:
            return Fault("#NAME?", f"Unknown function: '{name}'.")
        try:
            return function(arguments, self._evaluator)
        except Wrong as wrong:
            return wrong.fault
        except (IndexError, TypeError):
            return Fault("#N/A", f"Wrong number of arguments to {name}.")


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
    from tests.sheets_server.book.rendering import general

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


def binary(operator: str, left: Operand, right: Operand) -> Operand:
    for operand in (single(left), single(right)):
        if isinstance(operand, Fault):
            return operand
    if operator == "&":
        return _joined(left, right)
    if operator in ("=", "<>", "<", ">", "<=", ">="):
        return _compared(operator, single(left), single(right))
    return _arithmetic(operator, left, right)


def _joined(left: Operand, right: Operand) -> str:
    plain = locale_named("en_US")
    return text(left, plain) + text(right, plain)


def _arithmetic(operator: str, left: Operand, right: Operand) -> Operand:
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
