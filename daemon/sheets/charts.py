"""Charts beside our own list of figures: they show the rows that are added to it."""

import re

from daemon.sheets.package import Package

_COLUMN = re.compile(r"(?P<sheet>'(?:[^']|'')+'|[^'!:]+)!(?P<from>\$[A-Z]+\$\d+:\$[A-Z]+\$)(?P<last>\d+)")


def grow_charts(package: Package, part: str, title: str, *, last: int, bottom: int) -> None:
    """Let the charts on a worksheet whose ranges end at its list's ``last`` row reach down to ``bottom``."""
    drawings = package.related(part, "drawing")
    for chart in (chart for drawing in drawings for chart in package.related(drawing, "chart")):
        for formula in package.elements(chart, "f"):
            found = _COLUMN.fullmatch(formula.text or "")
            if found and _name(found["sheet"]) == title and int(found["last"]) == last:
                formula.text = f"{found['sheet']}!{found['from']}{bottom}"
                package.touch(chart)


def _name(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
