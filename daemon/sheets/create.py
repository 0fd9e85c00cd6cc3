"""New workbooks, made with openpyxl: what a clerk sees when a directorate's file is opened for the first time.

The daemon's columns are guarded by a warning, not by sheet protection: protected cells can be neither sorted
nor moved, and people may do both at any moment. What is overwritten all the same is put back by the merge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from daemon.domain.sheet import GENEL_BAKIS, Column, Layout, Owner, Shape

LAST_ROW = 20_000
"""Drop-downs, colours and guards reach down to here."""
_LISTS = "Listeler"
_NAVY, _GREY, _WHITE = "1F3864", "595959", "FFFFFF"

_WIDTHS = {
    "number": 18, "received": 12, "channel": 13, "neighbourhood": 17, "headman": 20, "subject": 32,
    "description": 52, "category": 24, "status": 14, "liaison": 20, "due": 12, "days_left": 10, "result": 42,
    "note": 36, "sevk": 26, "attachments": 22, "last_action": 32, "directorate": 34, "warning": 46,
    "entry": 10, "opened": 12, "sender": 28, "read": 52, "reason": 44, "guess": 36, "confidence": 9, "link": 22,
    "decision": 24, "decided_neighbourhood": 18, "outcome": 30, "external_number": 16, "answer": 52,
    "closed": 12, "entered": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lists:
    """What the drop-downs of one workbook offer."""

    title: str
    statuses: Sequence[str] = ()
    channels: Sequence[str] = ()
    decisions: Sequence[str] = ()
    categories: Sequence[str] = ()
    directorates: Sequence[str] = ()
    """Directorates and outside bodies: where ``Sevk`` may lead."""
    neighbourhoods: Sequence[str] = ()
    liaisons: Sequence[str] = ()
    own_directorates: Sequence[str] = ()
    ticks: Sequence[str] = field(default=("Evet",))

    def of(self, shape: Shape) -> Sequence[str]:
        match shape:
            case Shape.STATUS:
                return self.statuses
            case Shape.CHANNEL:
                return self.channels
            case Shape.DECISION:
                return self.decisions
            case Shape.CATEGORY:
                return self.categories
            case Shape.DIRECTORATE:
                return self.directorates
            case Shape.NEIGHBOURHOOD:
                return self.neighbourhoods
            case Shape.LIAISON:
                return self.liaisons
            case Shape.TICK:
                return self.ticks
            case _:
                return ()


_LISTED = (
    Shape.STATUS, Shape.CHANNEL, Shape.DECISION, Shape.CATEGORY, Shape.DIRECTORATE, Shape.NEIGHBOURHOOD,
    Shape.LIAISON, Shape.TICK,
)  # fmt: skip


def create_workbook(layouts: Sequence[Layout], lists: Lists) -> bytes:
    """A new workbook with these worksheets, drop-downs and colours."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = lists.title
    book.properties.creator = "muhtarlik"
    for layout in layouts:
        _add_sheet(book, layout, lists)
    _add_lists(book, lists)
    return _saved(book)


def missing_sheets_added(data: bytes, layouts: Sequence[Layout], lists: Lists) -> tuple[bytes, list[str]]:
    """Worksheets that people deleted or that are new in this version, added to an existing workbook.

    Only here an existing file goes through openpyxl, and only if a worksheet is missing: adding one by hand to
    the package would have to invent styles, names and relations.
    """
    from openpyxl import load_workbook

    from daemon.domain.text import fold
    from daemon.sheets.package import Package

    known = {fold(title).strip() for title in Package.open(data).sheets()}
    missing = [layout for layout in layouts if fold(layout.title) not in known]
    if not missing:
        return data, []
    book = load_workbook(BytesIO(data), rich_text=True)
    for layout in missing:
        _add_sheet(book, layout, lists)
    if _LISTS not in book.sheetnames:
        _add_lists(book, lists)
    return _saved(book), [layout.title for layout in missing]


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# --- one worksheet ----------------------------------------------------------------------------------------


def _add_sheet(book: Any, layout: Layout, lists: Lists) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(layout.title)
    top = 3 if layout is GENEL_BAKIS else 1
    _write_header(sheet, layout, top)
    for index, column in enumerate(layout.columns, 1):
        letter = get_column_letter(index)
        _format_column(sheet, letter, column, lined=layout is not GENEL_BAKIS)
        _guard(sheet, letter, column, lists, top)
    sheet.freeze_panes = sheet.cell(top + 1, 2 if layout is not GENEL_BAKIS else 1)
    last = get_column_letter(len(layout.columns))
    if layout is not GENEL_BAKIS:
        sheet.auto_filter.ref = f"A{top}:{last}{LAST_ROW}"
    _colour_rows(sheet, layout, last, top)
    _set_up_page(sheet, lists.title, top)
    if layout is GENEL_BAKIS:
        _add_charts(sheet, layout, lists, top)


def _write_header(sheet: Any, layout: Layout, top: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    for index, column in enumerate(layout.columns, 1):
        cell = sheet.cell(top, index, column.header)
        people = column.owner is Owner.PEOPLE
        cell.fill = PatternFill("solid", fgColor=_NAVY if people else _GREY)
        cell.font = Font(bold=True, color=_WHITE, size=11)
        cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
        if hint := _HINTS.get((layout.title, column.key)):
            cell.comment = Comment(hint, "muhtarlik", width=300, height=90)
    sheet.row_dimensions[top].height = 32


_HINTS = {
    (
        "Talepler",
        "status",
    ): "Kapatmak için Tamamlandı veya Olumsuz seçiniz ve Sonuç yazınız; muhtara bildirilir.",
    (
        "Talepler",
        "sevk",
    ): "Talep başka bir müdürlüğe aitse adını seçiniz; satır o müdürlüğün tablosuna geçer.",
    ("Talepler", "result"): "Muhtara iletilecek sonuç. Olumsuz ise gerekçesini yazınız.",
    ("Yeni Talep", "number"): "Bilgiler tamamlanınca program tarafından doldurulur.",
    ("İnceleme", "decision"): "Ne yapılacağını seçiniz; Yönlendir için Müdürlük de seçilmelidir.",
}


def _format_column(sheet: Any, letter: str, column: Column, *, lined: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    dimension = sheet.column_dimensions[letter]
    dimension.width = _WIDTHS.get(column.key, 16)
    wraps = column.shape is Shape.LONG_TEXT or column.key in {"subject", "last_action", "warning", "guess"}
    centred = column.shape in {Shape.DATE, Shape.NUMBER, Shape.STATUS, Shape.TICK}
    dimension.alignment = Alignment(vertical="top", wrap_text=wraps, horizontal="center" if centred else None)
    line = Side(style="thin", color="D9D9D9")
    if lined:
        dimension.border = Border(bottom=line, right=line)
    dimension.font = Font(size=11, color="404040" if column.owner is Owner.DAEMON else "000000")
    if column.shape is Shape.DATE:
        dimension.number_format = "dd.mm.yyyy"
    elif column.key == "confidence":
        dimension.number_format = "0%"


def _guard(sheet: Any, letter: str, column: Column, lists: Lists, top: int) -> None:
    """Drop-downs for people's columns; a warning on the daemon's."""
    from openpyxl.worksheet.datavalidation import DataValidation

    cells = f"{letter}{top + 1}:{letter}{LAST_ROW}"
    if column.owner is Owner.DAEMON:
        rule = DataValidation(type="custom", formula1="FALSE", errorStyle="warning", allow_blank=False)
        rule.errorTitle = "Bu sütunu program doldurur"
        rule.error = "Yazdığınız, programın kendi bilgisiyle değiştirilecektir. Yine de yazılsın mı?"
    elif lists.of(column.shape):
        rule = DataValidation(
            type="list", formula1=_name_of(column.shape), errorStyle="warning", allow_blank=True
        )
        rule.errorTitle = "Listede yok"
        rule.error = "Yazdığınız değer listede yok. Yine de yazılsın mı?"
    elif column.shape is Shape.DATE:
        rule = DataValidation(
            type="date", operator="greaterThan", formula1="36526", errorStyle="warning", allow_blank=True
        )
        rule.errorTitle = "Tarih değil"
        rule.error = "gg.aa.yyyy biçiminde bir tarih yazınız."
    else:
        return
    rule.showErrorMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def _name_of(shape: Shape) -> str:
    return f"Liste_{shape.value}"


def _add_lists(book: Any, lists: Lists) -> None:
    """Long lists do not fit into a validation (255 characters): they stand on a hidden sheet."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    sheet = book.create_sheet(_LISTS)
    sheet.sheet_state = "hidden"
    for index, shape in enumerate(_LISTED, 1):
        items = lists.of(shape)
        letter = get_column_letter(index)
        sheet.cell(1, index, shape.value)
        for place, item in enumerate(items, 2):
            sheet.cell(place, index, item)
        reference = f"{_LISTS}!${letter}$2:${letter}${max(2, len(items) + 1)}"
        name = _name_of(shape)
        if name not in book.defined_names:
            book.defined_names[name] = DefinedName(name, attr_text=reference)


# --- colours ----------------------------------------------------------------------------------------------


def _colour_rows(sheet: Any, layout: Layout, last: str, top: int) -> None:
    keys = {column.key: index for index, column in enumerate(layout.columns, 1)}
    cells = f"A{top + 1}:{last}{LAST_ROW}"
    first = top + 1
    if {"status", "due", "result", "days_left"} <= set(keys):
        _colour_requests(sheet, keys, cells, first)
    elif "warning" in keys:
        _colour(
            sheet,
            cells,
            f'AND(${_at(keys["warning"])}{first}<>"",${_at(keys["number"])}{first}="")',
            "FFF2CC",
        )
        _colour(sheet, cells, f'${_at(keys["number"])}{first}<>""', "E2EFDA")
    elif "outcome" in keys:
        _colour(sheet, cells, f'LEFT(${_at(keys["outcome"])}{first},6)="İşlend"', "E7E6E6", font="7F7F7F")
    elif "entered" in keys:
        _colour(sheet, cells, f'${_at(keys["entered"])}{first}<>""', "E7E6E6", font="7F7F7F")
    elif "late" in keys:
        late = _at(keys["late"])
        _colour(
            sheet,
            f"{late}{first}:{late}{LAST_ROW}",
            f"AND(ISNUMBER({late}{first}),{late}{first}>0)",
            "F8CBAD",
        )


def _colour_requests(sheet: Any, keys: dict[str, int], cells: str, first: int) -> None:
    status, due, left = (f"${_at(keys[key])}{first}" for key in ("status", "due", "days_left"))
    result = _at(keys["result"])
    closed = f'OR({status}="Tamamlandı",{status}="Olumsuz",{status}="İptal")'
    needs_result = f'AND(OR({status}="Tamamlandı",{status}="Olumsuz"),${result}{first}="")'
    _colour(sheet, f"{result}{first}:{result}{LAST_ROW}", needs_result, "FF7C80", stop=True)
    _colour(sheet, cells, f'AND({closed},${result}{first}<>"")', "EDEDED", font="7F7F7F", stop=True)
    _colour(sheet, cells, f'AND({status}<>"",ISNUMBER({due}),{due}<TODAY(),NOT({closed}))', "F8CBAD")
    soon = f'AND({status}<>"",ISNUMBER({left}),{left}>=0,{left}<=3,NOT({closed}))'
    _colour(sheet, cells, soon, "FFF2CC")


def _colour(
    sheet: Any, cells: str, formula: str, fill: str, *, font: str | None = None, stop: bool = False
) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    sheet.conditional_formatting.add(
        cells,
        FormulaRule(  # type: ignore[no-untyped-call]
            formula=[formula],
            fill=PatternFill("solid", bgColor=fill, fgColor=fill),
            font=Font(color=font) if font else None,
            stopIfTrue=stop,
        ),
    )


def _at(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index))


# --- page and charts --------------------------------------------------------------------------------------


def _set_up_page(sheet: Any, title: str, top: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8 if len(sheet[top]) > 12 else 9  # A3 for the wide ones, else A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddHeader.left.text = title
    sheet.oddFooter.right.text = "&P / &N"
    sheet.sheet_view.zoomScale = 90


def _add_charts(sheet: Any, layout: Layout, lists: Lists, top: int) -> None:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.styles import Font

    sheet.cell(1, 1, lists.title).font = Font(bold=True, size=16, color=_NAVY)
    last = top + max(1, len(lists.own_directorates))
    for column, title, anchor, colour in (
        (2, "Açık talepler", "H3", "2F5597"),
        (4, "Geciken talepler", "H26", "C55A11"),
    ):
        chart = BarChart()
        chart.type, chart.title, chart.legend = "bar", title, None
        chart.height, chart.width = 10.5, 20
        chart.add_data(Reference(sheet, min_col=column, min_row=top, max_row=last), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
        chart.series[0].graphicalProperties.solidFill = colour
        chart.x_axis.scaling.orientation = "maxMin"
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.y_axis.majorUnit = None
        chart.gapWidth = 40
        sheet.add_chart(chart, anchor)
