"""Single cells in a worksheet's XML (CT_Cell): their content, and formulas that share one text."""

from daemon.sheets.formulas import filled
from daemon.sheets.package import Element, local
from daemon.sheets.worksheet import Worksheet, column_of


def empty(cell: Element) -> bool:
    """Take the cell's content, keep its look; return whether a formula went."""
    had_formula = formula_of(cell) is not None
    for child in list(cell):
        if local(child) in {"v", "f", "is"}:
            cell.remove(child)
    drop_attributes(cell, "t", "cm", "vm")
    return had_formula


def drop_attributes(element: Element, *names: str) -> None:
    for name in names:
        if element.get(name) is not None:
            del element.attrib[name]


def formula_of(cell: Element) -> Element | None:
    return next((child for child in cell if local(child) == "f"), None)


def is_shared_by_others(cell: Element) -> bool:
    """Whether other cells take their formula from this one."""
    formula = formula_of(cell)
    return formula is not None and formula.get("t") == "shared" and bool(formula.text)


def free_shared_formulas(sheet: Worksheet) -> None:
    """Write every shared formula of the worksheet out into its own cell: they mean the same, alone."""
    masters: dict[str, tuple[str, int, int]] = {}
    for number in sheet.numbers:
        if b"shared" not in sheet.raw(number):
            continue
        for cell in sheet.row(number):
            formula = formula_of(cell)
            if formula is None or formula.get("t") != "shared":
                continue
            group = formula.get("si", "")
            if formula.text:
                masters[group] = (formula.text, number, column_of(cell))
            elif group in masters:
                text, row, column = masters[group]
                formula.text = filled(text, number - row, column_of(cell) - column)
            drop_attributes(formula, "t", "si", "ref")
