"""The colours of :mod:`daemon.sheets.look`, and filter views, as Google words them.

Conditions become products and sums of comparisons: ``AND(a,b)`` would be ``AND(a;b)`` in a Turkish spreadsheet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from daemon.domain.request import Status
from daemon.domain.sheet import Layout
from daemon.sheets import look
from daemon.sheets.formulas import column_letters
from daemon.sheets.tables import Grid

Request = dict[str, Any]
CLOSED = tuple(status.value for status in Status if status.is_closed)


def colour(code: str) -> Request:
    """RRGGBB as a ``ColorStyle``. Unrounded: Google cuts a channel down to eight bits, so that a little less is the
    next darker shade."""
    parts = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}


def column(sheet_id: int, at: int, *, below: int) -> Request:
    """A whole column below so many rows, without an end."""
    return {"sheetId": sheet_id, "startRowIndex": below, "startColumnIndex": at - 1, "endColumnIndex": at}


@dataclass(frozen=True, slots=True)
class Rule:
    formula: str
    body: Request


def formula_of(rule: Mapping[str, Any]) -> str:
    values = rule.get("booleanRule", {}).get("condition", {}).get("values", ())
    return str(values[0].get("userEnteredValue", "")) if values else ""


def colours_of(layout: Layout, sheet_id: int, grid: Grid) -> Iterator[Rule]:
    """Most important first. They begin at the header, so that rows put in below it are inside."""
    letters = {key: column_letters(number) for key, number in grid.columns.items()}
    first = next((each for each in layout.columns if each.key in letters), layout.columns[0])
    below = f'(${letters.get(first.key, "A")}{grid.top}<>"{first.header}")'
    for wanted in look.colours_of(layout, letters, grid.top - 1):
        if found := _FOUND.search(wanted.formula):
            key = next(key for key, letter in letters.items() if letter == found["column"])
            condition = {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": found["word"]}]}
            yield _rule(layout, sheet_id, grid, replace(wanted, keys=(key,)), condition)
        else:
            formula = f"=({as_product(wanted.formula)})*{below}"
            condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
            yield _rule(layout, sheet_id, grid, wanted, condition)


_CALL = re.compile(r"(AND|OR|NOT)\((.*)\)", re.DOTALL)
_BEGINS = re.compile(r'LEFT\((?P<cell>\$[A-Z]+\d+),\d+\)="(?P<word>[^"]+)"')
_FOUND = re.compile(r'FIND\("(?P<word>[^"]+)",\$(?P<column>[A-Z]+)\d+\)')
"""A word within a cell: Google has a condition of its own for it, on that cell."""


def as_product(formula: str) -> str:
    """A condition of :mod:`daemon.sheets.look` without a function of several arguments."""
    if found := _BEGINS.fullmatch(formula):
        word = found["word"]
        return f'({found["cell"]}>="{word}")*({found["cell"]}<"{word[:-1]}{chr(ord(word[-1]) + 1)}")'
    called = _CALL.fullmatch(formula)
    if called is None or len(_arguments(formula)) > 1:
        return formula
    parts = [f"({as_product(part)})" for part in _arguments(called[2])]
    match called[1]:
        case "AND":
            return "*".join(parts)
        case "OR":
            return f"({'+'.join(parts)})>0"
        case _:  # a truth value equals no number until it is counted with
            return f"{parts[0]}*1=0"


def _arguments(text: str) -> list[str]:
    """Split at the commas that stand in no bracket and no text."""
    found, depth, quoted = [""], 0, False
    for sign in text:
        quoted ^= sign == '"'
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if sign == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += sign
    return found


def _rule(layout: Layout, sheet_id: int, grid: Grid, wanted: look.Colour, condition: Request) -> Rule:
    ours = [column.key for column in layout.columns if column.key in grid.columns]
    wide = {"startColumnIndex": 0, "endColumnIndex": max(grid.columns[key] for key in ours)}
    ranges = [column(sheet_id, grid.columns[key], below=grid.top - 1) for key in wanted.keys] or [
        {"sheetId": sheet_id, "startRowIndex": grid.top - 1, **wide}
    ]
    text: Request = {"foregroundColorStyle": colour(wanted.font)} if wanted.font else {}
    text |= {"bold": True} if wanted.bold else {}
    shape = {"backgroundColorStyle": colour(wanted.fill)} | ({"textFormat": text} if text else {})
    formula = condition["values"][0]["userEnteredValue"]
    return Rule(formula, {"ranges": ranges, "booleanRule": {"condition": condition, "format": shape}})


def views_of(layout: Layout, grid: Grid) -> Iterator[tuple[str, list[Request]]]:
    """Filter views by title. Weeks begin on Monday: serial day 2 is one."""
    if layout.title != "Talepler" or not {"status", "due"} <= grid.columns.keys():
        return
    due, status = grid.columns["due"] - 1, grid.columns["status"] - 1
    is_open = {"columnIndex": status, "filterCriteria": {"hiddenValues": list(CLOSED)}}
    cell = f"${column_letters(due + 1)}{grid.top + 1}"
    for title, formula in (
        ("Gecikenler", f"={cell}<TODAY()"),
        ("Bu hafta", f"=INT(({cell}-2)/7)=INT((TODAY()-2)/7)"),
    ):
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        yield title, [is_open, {"columnIndex": due, "filterCriteria": {"condition": condition}}]
