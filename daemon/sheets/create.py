"""New workbooks, made with openpyxl: what a clerk sees when a directorate's file is opened for the first time.

openpyxl makes the skeleton (header, column formats, page, charts); drop-downs, warnings, colours and filter are
put on by :mod:`daemon.sheets.furnish`, which also repairs workbooks in use, so that both are the same.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from daemon.domain.sheet import GENEL_BAKIS, Column, Layout, Owner, Shape
from daemon.sheets import look
from daemon.sheets.lists import HEADINGS, LISTED, LISTS_TITLE, Lists

_TITLE = b"{daemon.sheets.create.title}"
_TITLE_IN_HEADER = b"{daemon.sheets.create.title-in-header}"
"""Stand for whose workbook it is; in the header of a printed page ``&`` has to be doubled."""
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_PROPERTIES = "docProps/core.xml"


Parts = tuple[tuple[str, bytes], ...]
"""Names and contents of a workbook's parts, in order; without a title yet."""


def skeleton(layouts: Sequence[Layout], lists: Lists) -> bytes:
    """A workbook with these worksheets and the hidden lists, not yet furnished."""
    return titled(untitled(tuple(layouts), tuple(lists.own_directorates)), lists.title)


def titled(parts: Parts, title: str) -> bytes:
    """The workbook of whoever the title names, made now."""
    moment = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    placed = {_TITLE_IN_HEADER: _xml(title.replace("&", "&&")), _TITLE: _xml(title)}
    named = []
    for name, part in parts:
        for mark, text in placed.items():
            part = part.replace(mark, text)
        named.append((name, _MOMENT.sub(moment, part) if name == _PROPERTIES else part))
    return packed(named)


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return out.getvalue()


def parts_of(workbook: bytes) -> Parts:
    with ZipFile(BytesIO(workbook)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def _xml(text: str) -> bytes:
    """Right in a part of any encoding."""
    return escape(text).encode("ascii", "xmlcharrefreplace")


@lru_cache(maxsize=8)
def untitled(layouts: tuple[Layout, ...], own_directorates: tuple[str, ...]) -> Parts:
    """The parts of :func:`skeleton`: every directorate's are the same, and openpyxl takes its time."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.title = _TITLE.decode()
    book.properties.creator = "muhtarlik"
    book.calculation.fullCalcOnLoad = True
    for layout in layouts:
        _add_sheet(book, layout, own_directorates)
    _add_lists(book)
    out = BytesIO()
    book.save(out)
    return parts_of(out.getvalue())


def _add_lists(book: Any) -> None:
    sheet = book.create_sheet(LISTS_TITLE)
    if len(book.worksheets) > 1:  # else it is made to be grafted, and openpyxl wants one to be seen
        sheet.sheet_state = "hidden"
    for index, shape in enumerate(LISTED, 1):
        sheet.cell(1, index, HEADINGS[shape])


def _add_sheet(book: Any, layout: Layout, own_directorates: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(layout.title)
    top = look.OVERVIEW_TOP if layout is GENEL_BAKIS else 1
    for index, column in enumerate(layout.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = look.WIDTHS.get(column.key, 16)
        if layout is not GENEL_BAKIS:
            _format(dimension, column)
        _write_header(sheet.cell(top, index), column)
    sheet.row_dimensions[top].height = 34
    _set_up_page(sheet, layout, top)
    sheet.sheet_view.zoomScale = 100 if layout is GENEL_BAKIS else 90
    sheet.sheet_view.showGridLines = layout is not GENEL_BAKIS
    sheet.sheet_properties.tabColor = look.SLATE if layout.title == "Arşiv" else look.NAVY
    if layout is GENEL_BAKIS:
        _add_overview(sheet, layout, own_directorates, top)


def _write_header(cell: Any, column: Column) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.value = column.header
    cell.fill = PatternFill("solid", fgColor=look.NAVY if column.owner is Owner.PEOPLE else look.SLATE)
    cell.font = Font(name="Calibri", bold=True, color=look.WHITE, size=11)
    cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
    cell.border = Border(right=Side(style="thin", color=look.WHITE))
    cell.number_format = "@"


def _format(target: Any, column: Column) -> None:
    """The look of a column's cells, for a whole column or one cell."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    target.alignment = Alignment(
        vertical="top",
        wrap_text=look.wraps(column),
        horizontal="center" if look.is_centred(column) else "left",
    )
    line = Side(style="thin", color=look.RULE)
    target.border = Border(bottom=line, right=line)
    target.font = Font(name="Calibri", size=11, color=look.INK)
    if column.owner is Owner.DAEMON:
        target.fill = PatternFill("solid", fgColor=look.PALE)
    if column.shape is Shape.DATE:
        target.number_format = "dd.mm.yyyy"
    elif column.key == "confidence":
        target.number_format = "%0"


def _set_up_page(sheet: Any, layout: Layout, top: int) -> None:
    """A4 across; the wide lists go over two pages side by side, the number repeated, or nobody could read them."""
    wide = sum(look.WIDTHS.get(column.key, 16) for column in layout.columns) > 250
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (2 if wide else 1), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    if wide:
        sheet.print_title_cols = "A:A"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.8
    sheet.oddHeader.left.text = _TITLE_IN_HEADER.decode()
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.left.text = "&D"
    sheet.oddFooter.right.text = "Sayfa &P / &N"


# --- the overview -----------------------------------------------------------------------------------------


def _add_overview(sheet: Any, layout: Layout, own_directorates: Sequence[str], top: int) -> None:
    """Totals on top, a line for each directorate (the daemon fills in the figures), charts beside them."""
    from openpyxl.styles import Font

    sheet.cell(1, 1, _TITLE.decode()).font = Font(name="Calibri", bold=True, size=18, color=look.NAVY)
    sheet.cell(2, 1, look.OVERVIEW_SUBTITLE).font = Font(name="Calibri", size=11, color=look.SLATE)
    sheet.row_dimensions[1].height, sheet.row_dimensions[5].height = 28, 34
    for index, (title, colour) in enumerate(look.CARDS, 2):
        _add_card(sheet, index, title, colour, top)
    for row, name in enumerate(own_directorates, top + 1):
        sheet.cell(row, 1, name)
        for index, column in enumerate(layout.columns, 1):
            _format(sheet.cell(row, index), column)
            if index > 1:
                sheet.cell(row, index).value = 0
        sheet.row_dimensions[row].height = 18
    _add_charts(sheet, layout, top, top + max(1, len(own_directorates)))


def _add_card(sheet: Any, index: int, title: str, colour: str, top: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(index)
    caption, figure = sheet.cell(4, index, title), sheet.cell(5, index)
    figure.value = f"=SUM({letter}{top + 1}:{letter}{top + 500})"
    caption.font = Font(name="Calibri", size=10, color=look.SLATE)
    figure.font = Font(name="Calibri", size=20, bold=True, color=colour)
    for cell in (caption, figure):
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.fill = PatternFill("solid", fgColor=look.PALE)
        cell.border = Border()
    figure.border = Border(bottom=Side(style="thick", color=colour))
    sheet.row_dimensions[4].height = 28


def _add_charts(sheet: Any, layout: Layout, top: int, last: int) -> None:
    """Open requests with the late ones laid over them in red, and what was closed this month."""
    height = max(8.0, 2.4 + 0.62 * (last - top))
    keys = [column.key for column in layout.columns]
    for (title, series), anchor in zip(look.CHARTS, ("G4", "Q4"), strict=True):
        placed = tuple((keys.index(key) + 1, colour) for key, colour in series)
        _add_chart(sheet, title, placed, anchor, height, top, last)


def _add_chart(
    sheet: Any,
    title: str,
    series: Sequence[tuple[int, str]],
    anchor: str,
    height: float,
    top: int,
    last: int,
) -> None:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart = BarChart()
    chart.type, chart.title, chart.legend = "bar", title, None
    chart.height, chart.width = height, 16
    for column, _ in series:
        chart.add_data(Reference(sheet, min_col=column, min_row=top, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    for drawn, (_, colour) in zip(chart.series, series, strict=True):
        drawn.graphicalProperties.solidFill = colour
    chart.overlap, chart.gapWidth = 100, 35
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    pale = GraphicalProperties(ln=LineProperties(solidFill=look.RULE))
    chart.y_axis.majorGridlines = ChartLines(spPr=pale)
    chart.y_axis.number_format, chart.y_axis.scaling.min = "0", 0
    sheet.add_chart(chart, anchor)
