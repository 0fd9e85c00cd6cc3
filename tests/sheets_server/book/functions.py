"""The functions that formulas may call: those of an office's lists and sums."""

import math
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeAlias

from tests.sheets_server.book import serial
from tests.sheets_server.book.criteria import column_of, criterion
from tests.sheets_server.book.operands import (
    Area,
    Fault,
    Link,
    Operand,
    Scalar,
    Wrong,
    binary,
    number,
    single,
    text,
    truth,
)
from tests.sheets_server.book.rendering import shown

if TYPE_CHECKING:
    from tests.sheets_server.book.evaluation import Evaluator

Function: TypeAlias = "Callable[[list[Operand], Evaluator], Operand]"


def _values(arguments: Iterable[Operand]) -> list[tuple[Scalar, bool]]:
    """Every value with whether it came from a range."""
    found: list[tuple[Scalar, bool]] = []
    for argument in arguments:
        if isinstance(argument, Area):
            found.extend((value, True) for value in argument.flat())
        else:
            found.append((single(argument), False))
    return found


def _numbers(arguments: Iterable[Operand]) -> list[float]:
    """Numbers; texts and truth values count only where they were written into the formula itself."""
    found: list[float] = []
    for value, from_range in _values(arguments):
        if isinstance(value, Fault):
            raise Wrong(value)
        if isinstance(value, float) and not isinstance(value, bool):
            found.append(value)
        elif not from_range and value is not None:
            found.append(number(value))
    return found


def _average(arguments: list[Operand], _: "Evaluator") -> Operand:
    found = _numbers(arguments)
    if not found:
        return Fault("#DIV/0!", "Evaluation of function AVERAGE caused a divide by zero error.")
    return math.fsum(found) / len(found)


def _count(arguments: list[Operand], _: "Evaluator") -> Operand:
    return float(sum(isinstance(value, float) for value, _from in _values(arguments)))


def _counta(arguments: list[Operand], _: "Evaluator") -> Operand:
    return float(sum(value is not None for value, _from in _values(arguments)))


def _countblank(arguments: list[Operand], _: "Evaluator") -> Operand:
    return float(sum(value in (None, "") for value, _from in _values(arguments)))


def _countif(arguments: list[Operand], _: "Evaluator") -> Operand:
    fits = criterion(arguments[1])
    return float(sum(fits(value) for value in column_of(arguments[0])))


def _matching(arguments: list[Operand]) -> list[int]:
    """The places at which every pair of range and criterion fits."""
    pairs = [(column_of(arguments[at]), criterion(arguments[at + 1])) for at in range(0, len(arguments), 2)]
    size = min(len(values) for values, _fits in pairs)
    return [at for at in range(size) if all(fits(values[at]) for values, fits in pairs)]


def _countifs(arguments: list[Operand], _: "Evaluator") -> Operand:
    return float(len(_matching(arguments)))


def _sum_at(values: list[Scalar], places: list[int]) -> float:
    held = (values[at] for at in places if at < len(values))
    return math.fsum(value for value in held if isinstance(value, float))


def _sumif(arguments: list[Operand], _: "Evaluator") -> Operand:
    summed = column_of(arguments[2] if len(arguments) > 2 else arguments[0])
    return _sum_at(summed, _matching(arguments[:2]))


def _sumifs(arguments: list[Operand], _: "Evaluator") -> Operand:
    return _sum_at(column_of(arguments[0]), _matching(arguments[1:]))


def _if(arguments: list[Operand], _: "Evaluator") -> Operand:
    if truth(arguments[0]):
        return arguments[1]
    return arguments[2] if len(arguments) > 2 else False


def _iferror(arguments: list[Operand], _: "Evaluator") -> Operand:
    failed = isinstance(single(arguments[0]), Fault)
    return (arguments[1] if len(arguments) > 1 else "") if failed else arguments[0]


def _round(step: Callable[[float], float]) -> Function:
    def function(arguments: list[Operand], _: "Evaluator") -> Operand:
        value = number(arguments[0])
        places = int(number(arguments[1])) if len(arguments) > 1 else 0
        scaled = abs(value) * 10.0**places
        nearest = round(scaled)
        exact = nearest if abs(scaled - nearest) < 1e-9 * max(1.0, scaled) else scaled
        return math.copysign(step(exact) / 10.0**places, value)

    return function


def _hyperlink(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    url = text(arguments[0], evaluator.locale)
    return Link(url, single(arguments[1]) if len(arguments) > 1 else url)


def _vlookup(arguments: list[Operand], _: "Evaluator") -> Operand:
    table, column = arguments[1], int(number(arguments[2]))
    sorted_list = truth(arguments[3]) if len(arguments) > 3 else True
    if not isinstance(table, Area) or column < 1:
        return Fault("#VALUE!")
    found: Scalar = Fault("#N/A", "Did not find the value in the VLOOKUP evaluation.")
    for row in table.values:
        if column > len(row):
            return Fault("#REF!", "VLOOKUP evaluates to an out of bounds range.")
        if binary("=", row[0], arguments[0]) is True and row[0] is not None:
            return row[column - 1]
        if sorted_list and row[0] is not None and binary("<", row[0], arguments[0]) is True:
            found = row[column - 1]
    return found


def _joined(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    parts = [value for value, _ in _values(arguments)]
    return "".join(text(part, evaluator.locale) for part in parts)


def _textjoin(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    parts = [text(value, evaluator.locale) for value, _ in _values(arguments[2:])]
    kept = [part for part in parts if part] if truth(arguments[1]) else parts
    return text(arguments[0], evaluator.locale).join(kept)


def _formatted(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    value = single(arguments[0])
    if isinstance(value, Fault):
        return value
    pattern = text(arguments[1], evaluator.locale)
    return shown(0.0 if value is None else value, {"pattern": pattern}, evaluator.locale)


def _of_text(change: Callable[[str], Operand]) -> Function:
    return lambda arguments, evaluator: change(text(arguments[0], evaluator.locale))


def _of_number(change: Callable[[float], float]) -> Function:
    return lambda arguments, _: change(number(arguments[0]))


def _when(arguments: list[Operand]) -> datetime:
    return serial.moment(number(arguments[0]))


def _date(arguments: list[Operand], _: "Evaluator") -> Operand:
    year, month, day = (int(number(argument)) for argument in arguments[:3])
    months = year * 12 + month - 1
    first = date(months // 12, months % 12 + 1, 1)
    return float(serial.of_date(first) + day - 1)


def _left(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    count = int(number(arguments[1])) if len(arguments) > 1 else 1
    return text(arguments[0], evaluator.locale)[:count]


def _right(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    count = int(number(arguments[1])) if len(arguments) > 1 else 1
    return text(arguments[0], evaluator.locale)[-count:] if count else ""


def _mid(arguments: list[Operand], evaluator: "Evaluator") -> Operand:
    start, count = int(number(arguments[1])), int(number(arguments[2]))
    return text(arguments[0], evaluator.locale)[start - 1 : start - 1 + count]


def _sqrt(value: float) -> float:
    if value < 0:
        raise Wrong(Fault("#NUM!", "The argument of SQRT must not be negative."))
    return math.sqrt(value)


def _mod(arguments: list[Operand], _: "Evaluator") -> Operand:
    divisor = number(arguments[1])
    if divisor == 0:
        return Fault("#DIV/0!", "Function MOD parameter 2 cannot be zero.")
    return number(arguments[0]) % divisor


FUNCTIONS: dict[str, Function] = {
    "SUM": lambda arguments, _: math.fsum(_numbers(arguments)),
    "PRODUCT": lambda arguments, _: math.prod(_numbers(arguments)),
    "AVERAGE": _average,
    "MIN": lambda arguments, _: min(_numbers(arguments), default=0.0),
    "MAX": lambda arguments, _: max(_numbers(arguments), default=0.0),
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTBLANK": _countblank,
    "COUNTIF": _countif,
    "COUNTIFS": _countifs,
    "SUMIF": _sumif,
    "SUMIFS": _sumifs,
    "IF": _if,
    "IFERROR": _iferror,
    "AND": lambda arguments, _: all(truth(value) for value, _from in _values(arguments) if value is not None),
    "OR": lambda arguments, _: any(truth(value) for value, _from in _values(arguments) if value is not None),
    "NOT": lambda arguments, _: not truth(arguments[0]),
    "TRUE": lambda _arguments, _: True,
    "FALSE": lambda _arguments, _: False,
    "ISBLANK": lambda arguments, _: single(arguments[0]) is None,
    "ISNUMBER": lambda arguments, _: isinstance(single(arguments[0]), float),
    "ISTEXT": lambda arguments, _: isinstance(single(arguments[0]), str),
    "ISERROR": lambda arguments, _: isinstance(single(arguments[0]), Fault),
    "CONCATENATE": _joined,
    "CONCAT": _joined,
    "TEXTJOIN": _textjoin,
    "TEXT": _formatted,
    "VALUE": lambda arguments, _: number(arguments[0]),
    "LEN": _of_text(lambda value: float(len(value))),
    "UPPER": _of_text(str.upper),
    "LOWER": _of_text(str.lower),
    "TRIM": _of_text(lambda value: " ".join(value.split())),
    "LEFT": _left,
    "RIGHT": _right,
    "MID": _mid,
    "ROUND": _round(lambda scaled: math.floor(scaled + 0.5)),
    "ROUNDUP": _round(math.ceil),
    "ROUNDDOWN": _round(math.floor),
    "INT": _of_number(lambda value: float(math.floor(value))),
    "ABS": _of_number(abs),
    "SQRT": _of_number(_sqrt),
    "MOD": _mod,
    "HYPERLINK": _hyperlink,
    "VLOOKUP": _vlookup,
    "TODAY": lambda _arguments, evaluator: float(math.floor(evaluator.now)),
    "NOW": lambda _arguments, evaluator: evaluator.now,
    "DATE": _date,
    "YEAR": lambda arguments, _: float(_when(arguments).year),
    "MONTH": lambda arguments, _: float(_when(arguments).month),
    "DAY": lambda arguments, _: float(_when(arguments).day),
}
FORMATS = {
    "TODAY": {"type": "DATE"},
    "DATE": {"type": "DATE"},
    "NOW": {"type": "DATE_TIME"},
}


def now_serial(moment: datetime) -> float:
    """Now as a serial number; the stand-in's clock is UTC."""
    return (moment.astimezone(UTC) - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds() / 86_400
