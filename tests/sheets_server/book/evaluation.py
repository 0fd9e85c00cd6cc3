"""Evaluates formulas. What it does not know is ``#NAME?``, never a guess."""

from collections.abc import Callable, Sequence

from tests.sheets_server.book import formulas
from tests.sheets_server.book.a1 import named_range
from tests.sheets_server.book.formulas import Token
from tests.sheets_server.book.functions import FUNCTIONS
from tests.sheets_server.book.locales import Locale, locale_named
from tests.sheets_server.book.model import Box, Formula, Sheet
from tests.sheets_server.book.operands import (
    PARSE_FAULT,
    Area,
    Fault,
    Link,
    Operand,
    Scalar,
    Wrong,
    arithmetic,
    binary,
)
from tests.sheets_server.book.state import State


class Evaluator:
    """Values of cells at one moment of a book; each formula is worked out once."""

    def __init__(self, state: State, now: float) -> None:
        self.state = state
        self.now: float = now
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
        return found

    def evaluate(self, text: str, sheet: Sheet) -> Operand:
        """What a formula gives, seen from a sheet."""
        try:
            return self._read(text, sheet)
        except _Unreadable:
            return PARSE_FAULT

    def is_readable(self, text: str, sheet: Sheet) -> bool:
        """Whether a formula is well formed in the spreadsheet's locale."""
        try:
            self._read(text, sheet)
        except _Unreadable:
            return False
        return True

    def _read(self, text: str, sheet: Sheet) -> Operand:
        comma = self.locale.decimal == ","
        found = [token for token in formulas.tokens(text, decimal_comma=comma) if token.kind != "space"]
        parser = _Parser(found, self, sheet)
        result = parser.expression(0)
        if not parser.at_end or any(token.kind == "other" for token in found):
            raise _Unreadable
        return result

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
_PREFIX = 7


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
                left = arithmetic("/", left, 100.0)
                continue
            strength = _BINDING.get(operator, 0)
            if strength <= least:
                return left
            self._next()
            left = binary(operator, left, self.expression(strength), self._evaluator.locale)

    def _operand(self) -> Operand:
        token = self._next()
        match token.kind:
            case "number":
                return float(token.text.replace(",", "."))
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
            return arithmetic("-", 0.0, inside) if token.text == "-" else inside
        raise _Unreadable

    def _name(self, name: str) -> Operand:
        if self._peek() == "(":
            return self._call(name.upper())
        if name.upper() in ("TRUE", "FALSE"):
            return name.upper() == "TRUE"
        return self._evaluator.named(name)

    def _call(self, name: str) -> Operand:
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
