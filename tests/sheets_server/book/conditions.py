"""Conditions of filters and of conditional formats: whether a cell meets one.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ConditionType
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.sheets_server.book import formulas
from tests.sheets_server.book.model import Box, Formula, Refused, Sheet
from tests.sheets_server.book.operands import Fault, Scalar, single
from tests.sheets_server.book.parsing import entered
from tests.sheets_server.book.view import View

_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, sought: sought in text,
    "TEXT_NOT_CONTAINS": lambda text, sought: sought not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
    "TEXT_EQ": lambda text, sought: text == sought,
    "TEXT_NOT_EQ": lambda text, sought: text != sought,
}
_NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "NUMBER_GREATER": lambda number, limit: number > limit,
    "NUMBER_GREATER_THAN_EQ": lambda number, limit: number >= limit,
    "NUMBER_LESS": lambda number, limit: number < limit,
    "NUMBER_LESS_THAN_EQ": lambda number, limit: number <= limit,
    "NUMBER_EQ": lambda number, limit: number == limit,
    "NUMBER_NOT_EQ": lambda number, limit: number != limit,
    "DATE_EQ": lambda number, limit: int(number) == int(limit),
    "DATE_BEFORE": lambda number, limit: number < limit,
    "DATE_AFTER": lambda number, limit: number > limit,
    "DATE_ON_OR_BEFORE": lambda number, limit: int(number) <= int(limit),
    "DATE_ON_OR_AFTER": lambda number, limit: int(number) >= int(limit),
}


def holds(
    condition: Mapping[str, Any],
    sheet: Sheet,
    row: int,
    column: int,
    view: View,
    *,
    origin: Box | None = None,
) -> bool:
    """``origin``: the range of a conditional format; its formulas are written for the range's first cell."""
    kind = str(condition.get("type"))
    value = view.value(sheet, row, column)
    if kind in ("BLANK", "NOT_BLANK"):
        return (value in (None, "")) == (kind == "BLANK")
    if kind == "CUSTOM_FORMULA":
        return _formula(condition, sheet, row, column, view, origin)
    if kind in _TEXTS:
        shown = view.formatted(sheet, row, column, sheet.cell(row, column)).casefold()
        return _TEXTS[kind](shown, _text(condition, sheet, view).casefold())
    wanted = [_operand(one, sheet, view) for one in condition.get("values") or []]
    if kind in _NUMBERS:
        limit = wanted[0] if wanted else None
        return _both_numbers(value, limit) and _NUMBERS[kind](float(value), float(limit))  # type: ignore[arg-type]
    if kind in ("NUMBER_BETWEEN", "NUMBER_NOT_BETWEEN", "DATE_BETWEEN", "DATE_NOT_BETWEEN"):
        low, high = [*wanted, None, None][:2]
        if not (_both_numbers(value, low) and _both_numbers(value, high)):
            return False
        inside = float(low) <= float(value) <= float(high)  # type: ignore[arg-type]
        return inside != ("NOT" in kind)
    if kind == "ONE_OF_LIST":
        allowed = [str(one.get("userEnteredValue", "")) for one in condition.get("values") or []]
        return view.formatted(sheet, row, column, sheet.cell(row, column)) in allowed
    raise Refused(f"this stand-in does not judge conditions of type {kind}", status=501)


def _text(condition: Mapping[str, Any], sheet: Sheet, view: View) -> str:
    """The text sought, as it was written; a formula gives it instead."""
    written = str((condition.get("values") or [{}])[0].get("userEnteredValue", ""))
    return str(single(view.evaluate(written, sheet))) if written.startswith("=") else written


def _both_numbers(value: Scalar, limit: Scalar) -> bool:
    return isinstance(value, float) and isinstance(limit, float)


def _operand(found: Mapping[str, Any], sheet: Sheet, view: View) -> Scalar:
    relative = found.get("relativeDate")
    if relative:
        days = {
            "TODAY": 0,
            "TOMORROW": 1,
            "YESTERDAY": -1,
            "PAST_WEEK": -7,
            "PAST_MONTH": -30,
            "PAST_YEAR": -365,
        }
        return float(int(view.now) + days.get(str(relative), 0))
    text = str(found.get("userEnteredValue", ""))
    value = entered(text, view.locale).value
    if isinstance(value, Formula):
        return single(view.evaluate(value.text, sheet))
    return value


def _formula(
    condition: Mapping[str, Any], sheet: Sheet, row: int, column: int, view: View, origin: Box | None
) -> bool:
    text = str((condition.get("values") or [{}])[0].get("userEnteredValue", ""))
    if not text.startswith("="):
        return False
    start = origin or Box(row, row + 1, column, column + 1)
    by_row, by_column = formulas.loose(text)
    down, right = (row - start.top) * by_row, (column - start.left) * by_column
    return view.once(
        (sheet.id, text, down, right), lambda: _is_true(view, sheet, formulas.shifted(text, down, right))
    )


def _is_true(view: View, sheet: Sheet, text: str) -> bool:
    result = single(view.evaluate(text, sheet))
    return not isinstance(result, (Fault, str)) and bool(result)
