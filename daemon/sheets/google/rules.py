"""Colour rules and filter views as Google words them, after :mod:`daemon.sheets.look`.

Conditions are products and sums of comparisons: ``AND(a,b)`` would be ``AND(a;b)`` in a Turkish spreadsheet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from daemon.domain.request import Status
from daemon.domain.sheet import GENEL_BAKIS, Layout
from daemon.sheets import look
from daemon.sheets.formulas import column_letters
from daemon.sheets.tables import Grid

Request = dict[str, Any]
CLOSED = tuple(status.value for status in Status if status.is_closed)


def colour(code: str) -> Request:
    """RRGGBB as a ``ColorStyle``."""
    parts = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return {
        "rgbColor": {name: round(part, 4) for name, part in zip(("red", "green", "blue"), parts, strict=True)}
    }


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
    at = {key: f"${column_letters(n)}{grid.top}" for key, n in grid.columns.items()}
    if {"status", "due", "result", "days_left"} <= at.keys():
        yield from _request_colours(layout, sheet_id, grid, at)
    elif {"warning", "number"} <= at.keys():
        yield _rule(
            layout,
            sheet_id,
            grid,
            f'=({at["warning"]}<>"")*(ROW({at["warning"]})>{grid.top})',
            look.AMBER,
            ("warning",),
            bold=True,
        )
        yield _rule(
            layout, sheet_id, grid, f'=({at["number"]}<>"")*(ROW({at["number"]})>{grid.top})', look.GREEN
        )
    elif "outcome" in at:
        yield _rule(
            layout,
            sheet_id,
            grid,
            f'=({at["outcome"]}>="İşlendi")*({at["outcome"]}<"İşlendj")',
            look.GREY,
            font="7F7F7F",
        )
        yield _rule(
            layout,
            sheet_id,
            grid,
            f'=({at["outcome"]}<>"")*(ROW({at["outcome"]})>{grid.top})',
            look.AMBER,
            ("outcome",),
        )
    elif "entered" in at:
        yield _rule(
            layout,
            sheet_id,
            grid,
            f'=({at["entered"]}<>"")*(ROW({at["entered"]})>{grid.top})',
            look.GREY,
            font="7F7F7F",
        )
    elif layout is GENEL_BAKIS and {"late", "due_soon"} <= at.keys():
        for key, fill in (("late", look.RED), ("due_soon", look.AMBER)):
            yield _rule(
                layout, sheet_id, grid, f"=ISNUMBER({at[key]})*({at[key]}>0)", fill, (key,), bold=True
            )


def _request_colours(layout: Layout, sheet_id: int, grid: Grid, at: Mapping[str, str]) -> Iterator[Rule]:
    status, due, left, result = at["status"], at["due"], at["days_left"], at["result"]
    answered = f'(({status}="Tamamlandı")+({status}="Olumsuz"))'
    closed = "(" + "+".join(f'({status}="{name}")' for name in CLOSED) + ")"
    is_open = f'({status}<>"")*({closed}=0)'
    is_late = f"={is_open}*ISNUMBER({due})*({due}<TODAY())"
    soon = f"={is_open}*ISNUMBER({left})*({left}>=0)*({left}<=3)"
    yield _rule(layout, sheet_id, grid, f'={answered}*({result}="")', "FF8A80", ("result",), bold=True)
    yield _rule(
        layout, sheet_id, grid, f'={closed}*(({status}="İptal")+({result}<>""))>0', look.GREY, font="7F7F7F"
    )
    yield _rule(layout, sheet_id, grid, is_late, "E57368", ("due", "days_left"), font=look.WHITE, bold=True)
    yield _rule(layout, sheet_id, grid, is_late, look.RED)
    yield _rule(layout, sheet_id, grid, soon, look.AMBER)


def _rule(
    layout: Layout, sheet_id: int, grid: Grid, formula: str, fill: str, keys: tuple[str, ...] = (),
    *, font: str = "", bold: bool = False,
) -> Rule:  # fmt: skip
    ours = [column.key for column in layout.columns if column.key in grid.columns]
    wide = {"startColumnIndex": 0, "endColumnIndex": max(grid.columns[key] for key in ours)}
    ranges = [{**column(sheet_id, grid.columns[key], below=grid.top - 1)} for key in keys] or [
        {"sheetId": sheet_id, "startRowIndex": grid.top - 1, **wide}
    ]
    text = ({"foregroundColorStyle": colour(font)} if font else {}) | ({"bold": True} if bold else {})
    shape = {"backgroundColorStyle": colour(fill)} | ({"textFormat": text} if text else {})
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
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
