"""The activity report in print: A4 across, each table with its chart above it."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableCellFillMode
from fpdf.fonts import FontFace

from daemon.report.tables import Report, Table, is_figure, shown

_FONTS = Path("/usr/share/fonts/truetype/dejavu")
_LABEL, _WIDTH, _BAR = 75.0, 170.0, 5.0
"""Millimetres: the room for a bar's name, the longest bar, a bar's height with its gap."""
_RULE = "#d5dce4"


class _Paper(FPDF):
    """Numbers its pages."""

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("DejaVu", size=8)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")


def print_out(report: Report) -> bytes:
    """Raises ``OSError`` where there is no font with Turkish letters."""
    paper = _Paper(orientation="L", format="A4")
    for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        if not (_FONTS / name).exists():
            raise OSError(f"{_FONTS / name} yok; fonts-dejavu-core paketini kurunuz")
        paper.add_font("DejaVu", style=style, fname=_FONTS / name)
    paper.set_title(f"{report.title} {report.period}")
    paper.set_lang("tr")
    paper.add_page()
    _line(paper, report.title, size=18, style="B")
    _line(paper, report.office, size=11)
    _line(paper, report.period, size=11)
    for table in report.tables:
        _add(paper, table)
    paper.ln(4)
    _line(paper, report.footing, size=8)
    return bytes(paper.output())


def _line(paper: FPDF, text: str, *, size: int, style: str = "") -> None:
    paper.set_font("DejaVu", style=style, size=size)
    paper.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")


def _add(paper: FPDF, table: Table) -> None:
    bars = table.bars() if table.series else []
    if paper.will_page_break(24 + (len(bars) + 2) * _BAR):
        paper.add_page()
    paper.ln(4)
    _line(paper, table.title, size=13, style="B")
    paper.ln(1)
    if not table.rows:
        _line(paper, "Bu dönemde kayıt yok.", size=9)
        return
    _draw(paper, table, bars)
    paper.set_font("DejaVu", size=8)
    paper.set_fill_color(255)  # a row without a colour of its own takes the last one, a bar's
    paper.set_draw_color(_RULE)
    weights = tuple(
        4 if header in table.wide else 2 if n == 0 else 1 for n, header in enumerate(table.headers)
    )
    align = tuple("RIGHT" if is_figure(table.rows[0][n]) else "LEFT" for n in range(len(table.headers)))
    with paper.table(
        col_widths=weights,
        width=None if len(table.headers) > 2 else 120,
        align="LEFT",
        text_align=align,
        headings_style=FontFace(emphasis="B", color=(255, 255, 255), fill_color=(31, 58, 95)),
        cell_fill_color=(243, 246, 249),
        cell_fill_mode=TableCellFillMode.ROWS,
        line_height=4.5,
        padding=(0.5, 1),
    ) as grid:
        grid.row(table.headers)
        for row in table.rows:
            grid.row([shown(value) for value in row])


def _draw(paper: FPDF, table: Table, bars: list[tuple[str, list[int]]]) -> None:
    most = max((sum(values) for _, values in bars), default=0)
    if not most:
        return
    paper.set_font("DejaVu", size=8)
    left, top = paper.l_margin + _LABEL, paper.get_y()
    for n, (header, colour) in enumerate(table.series):
        _box(paper, colour, (left + 30 * n, top + 0.7, 2.6))
        paper.text(left + 30 * n + 4, top + 3, header)
    for n, (name, values) in enumerate(bars, 1):
        at, y = left, top + n * _BAR
        paper.set_xy(paper.l_margin, y)
        paper.cell(_LABEL - 2, _BAR - 1.2, name if len(name) <= 44 else f"{name[:43]}…", align="R")
        for value, (_, colour) in zip(values, table.series, strict=True):
            _box(paper, colour, (at, y, value * _WIDTH / most))
            at += value * _WIDTH / most
        paper.text(at + 1.5, y + 3, str(sum(values)))
    paper.set_xy(paper.l_margin, top + (len(bars) + 1) * _BAR + 1)


def _box(paper: FPDF, colour: str, place: tuple[float, float, float]) -> None:
    """``place`` is left, top and width in millimetres."""
    left, top, width = place
    paper.set_fill_color(f"#{colour}")
    if width:
        paper.rect(left, top, width, min(_BAR - 1.2, 3.8), style="F")
