"""The activity report as a workbook: one worksheet per table, its chart beside it."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from daemon.report.tables import MOST_BARS, Report, Table, Value

_HEADING = PatternFill("solid", fgColor="1F3A5F")
_DAY = "dd.mm.yyyy"
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
    _put(sheet, 1, 1, f"{report.office} – {report.title}: {table.title}").font = Font(bold=True, size=14)
    _put(sheet, 2, 1, report.period)
    for column, header in enumerate(table.headers, 1):
        cell = _put(sheet, _TOP, column, header)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADING
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for line, row in enumerate(table.rows, _TOP + 1):
        for column, value in enumerate(row, 1):
            cell = _put(sheet, line, column, value)
            if table.headers[column - 1] in table.wide:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    _put(sheet, _TOP + len(table.rows) + 2, 1, report.footing).font = Font(italic=True, color="55606E")
    sheet.freeze_panes = f"B{_TOP + 1}"
    for column, header in enumerate(table.headers, 1):
        width = 48 if header in table.wide else 34 if column == 1 and table.series else 16
        sheet.column_dimensions[get_column_letter(column)].width = width
    if not table.series and not table.wide:
        sheet.column_dimensions["A"].width = 48
    _draw(sheet, table)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


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
    chart.width, chart.height = 24, max(7, 0.8 * (last - _TOP) + 4)
    sheet.add_chart(chart, f"{get_column_letter(len(table.headers) + 2)}{_TOP}")
