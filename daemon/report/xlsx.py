"""The activity report as a workbook: a worksheet per table, its chart beneath, as wide as a sheet of paper."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from daemon.report.tables import MOST_BARS, Report, Table, Value, is_figure

_HEADING = PatternFill("solid", fgColor="1F3A5F")
_DAY = "dd.mm.yyyy"
_FONT = "Calibri"
"""That of the cells: a font without a name becomes another in LibreOffice."""
_TOP = 4
"""The header's row in each worksheet: title, period and an empty row stand above it."""


def workbook(report: Report) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.title = f"{report.title} {report.period}"
    book.properties.creator = report.office
    for table in report.tables:
        _add(book, report, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _add(book: Any, report: Report, table: Table) -> None:
    sheet = book.create_sheet(table.title)
    _put(sheet, 1, 1, f"{report.office} – {report.title}: {table.title}").font = Font(
        name=_FONT, bold=True, size=14
    )
    _put(sheet, 2, 1, report.period)
    for column, header in enumerate(table.headers, 1):
        cell = _put(sheet, _TOP, column, header)
        cell.font, cell.fill = Font(name=_FONT, bold=True, color="FFFFFF"), _HEADING
        figures = bool(table.rows) and is_figure(table.rows[0][column - 1])
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal="right" if figures else "left"
        )
    for line, row in enumerate(table.rows, _TOP + 1):
        for column, value in enumerate(row, 1):
            cell = _put(sheet, line, column, value)
            day = "left" if isinstance(value, date) else None
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top", horizontal=day)
    _add_footing(sheet, report, table)
    sheet.freeze_panes = f"B{_TOP + 1}"
    for column, header in enumerate(table.headers, 1):
        width = 48 if header in table.wide else 34 if column == 1 and table.series else 16
        sheet.column_dimensions[get_column_letter(column)].width = width
    if not table.series and not table.wide:
        sheet.column_dimensions["A"].width = 48
    _draw(sheet, table)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_TOP}:{_TOP}"
    sheet.oddFooter.right.text = "Sayfa &P / &N"


def _add_footing(sheet: Any, report: Report, table: Table) -> None:
    """Over the table's width: in one cell it would make the sheet of paper as wide as its sentence."""
    row = _TOP + len(table.rows) + 2
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(table.headers))
    cell = _put(sheet, row, 1, report.footing)
    cell.font = Font(name=_FONT, italic=True, color="55606E")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 48 if len(table.headers) > 2 else 80


def _put(sheet: Any, row: int, column: int, value: Value) -> Any:
    """Text that begins with = stays text; nothing that somebody wrote becomes a formula."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value[:1] in "=+-@"
    elif isinstance(value, date):
        cell.number_format = _DAY
    elif isinstance(value, float):
        cell.number_format = "0.0"
    return cell


def _draw(sheet: Any, table: Table) -> None:
    if not table.series or not table.rows:
        return
    last = _TOP + min(len(table.rows), MOST_BARS)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title, chart.gapWidth = table.title, 40
    for header, colour in table.series:
        column = table.headers.index(header) + 1
        values = Reference(sheet, min_col=column, min_row=_TOP, max_row=last)
        chart.add_data(values, titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = colour
    chart.set_categories(Reference(sheet, min_col=1, min_row=_TOP + 1, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend.position = "b"
    most = max(sum(values) for _, values in table.bars())
    chart.y_axis.majorUnit, chart.y_axis.number_format = max(1, -(-most // 10)), "0"
    chart.width, chart.height = 28, max(7, 0.8 * (last - _TOP) + 4)
    sheet.add_chart(chart, f"A{_TOP + len(table.rows) + 4}")
