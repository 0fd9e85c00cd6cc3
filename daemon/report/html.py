"""The activity report as one page that needs nothing beside it (``templates/report/page.html``)."""

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from daemon.report.tables import Report, Table, is_figure, shown
from daemon.resources import shipped

_ROW, _LABEL, _WIDTH = 24, 260, 560
"""Pixels: a bar's height with its gap, the room for its name, the longest bar."""


def page(report: Report) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(shipped("templates")), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        shown=shown, kind=_kind, longest=_longest, row=_ROW, label=_LABEL, width=_WIDTH
    )
    return environment.get_template("report/page.html").render(report=report).strip().encode() + b"\n"


def _kind(table: Table, column: int) -> Markup:
    """Figures, and the heads of their columns, stand at the right; sentences need room."""
    if table.headers[column] in table.wide:
        return Markup(' class="text"')
    return Markup(' class="n"' if is_figure(table.rows[0][column]) else "")


def _longest(bars: list[tuple[str, list[int]]]) -> int:
    return max((sum(values) for _, values in bars), default=0) or 1
