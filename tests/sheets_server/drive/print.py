"""A spreadsheet on paper: each worksheet as a table on landscape pages."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF

_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def as_pdf(title: str, tables: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    """The tables' texts as a PDF; without a font for all letters, those outside Latin-1 become question marks."""
    paper = FPDF(orientation="landscape")
    paper.set_title(title)
    full = _FONT.is_file()
    if full:
        paper.add_font("sheet", fname=str(_FONT))
    for name, rows in tables:
        paper.add_page()
        paper.set_font("sheet" if full else "helvetica", size=11)
        paper.cell(text=_printable(f"{title} · {name}", full=full), new_x="LMARGIN", new_y="NEXT")
        paper.set_font_size(7)
        width = max((len(row) for row in rows), default=0)
        if not width:
            continue
        with paper.table(first_row_as_headings=False) as table:
            for row in rows:
                line = table.row()
                for text in [*row, *[""] * (width - len(row))]:
                    line.cell(_printable(text, full=full))
    return bytes(paper.output())


def _printable(text: str, *, full: bool) -> str:
    return text if full else text.encode("latin-1", "replace").decode("latin-1")
