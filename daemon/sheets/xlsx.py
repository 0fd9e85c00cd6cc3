"""Changing a workbook that people own: cells, new rows and removed rows in the worksheet's own XML.

openpyxl's load-and-save loses sparklines, data bars, text boxes, pictures and cached values; so only the rows
that change are written anew (ISO/IEC 29500-1, 18.3) and every other part and row is left as it is. Text is
written as inline strings, never as a formula: ``=1+1`` stays text.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

from daemon.domain.clock import ISTANBUL, show_day
from daemon.domain.sheet import CellValue
from daemon.sheets import removal
from daemon.sheets.cells import drop_attributes, empty, free_shared_formulas, is_shared_by_others
from daemon.sheets.charts import grow_charts
from daemon.sheets.formulas import Area, Shift, column_letters
from daemon.sheets.package import OFFICE, STRICT_OFFICE, Element, Package, local
from daemon.sheets.styles import Styles
from daemon.sheets.worksheet import Worksheet, column_of

_XML = "http://www.w3.org/XML/1998/namespace"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MISTAKABLE = re.compile(r"\s*[=+\-@'].*|[\d.,:/%\s()-]+|true|false|doğru|yanlış", re.I | re.DOTALL)
"""Texts that a spreadsheet would take for a formula, number or day if a person edited the cell."""
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count a 29 February 1900 that never was."""
LONGEST_TEXT = 32_767
"""Characters in one cell, Excel's limit."""
_LINE_POINTS, _ROW_MARGIN, _MOST_LINES = 15.0, 4.0, 6
"""Height of a line of text in points; a row shows at most so many, the rest is read in the cell."""


@dataclass(frozen=True, slots=True)
class Write:
    """One cell: 1-based row and column. ``link`` makes the cell a hyperlink, ``None`` leaves it as it is."""

    row: int
    column: int
    value: CellValue
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be done to one worksheet. ``top`` is its header's row: formats are never taken from it."""

    writes: list[Write] = field(default_factory=list)
    removals: list[int] = field(default_factory=list)
    top: int = 1
    growth: tuple[int, int] | None = None
    """Last row of the list before and after, where the charts beside it are ours to grow."""


@dataclass(frozen=True, slots=True)
class Patch:
    """The workbook after its edits. ``shifts``: where rows went, by worksheet (absent: none moved)."""

    data: bytes
    shifts: Mapping[str, Shift]


def patched(data: bytes, edits: Mapping[str, Edit]) -> Patch:
    """The workbook with cells written, then rows removed, by worksheet title. Positions: those of ``data``.

    Raises :class:`Unprocessable` when the file is broken.
    """
    package = Package(data)
    sheets = package.sheets()
    shifts = {}
    for title, edit in edits.items():
        sheet = Worksheet(package, sheets[title])
        CellWriter(package, sheet, edit.top).write(edit.writes)
        if edit.growth:
            grow_charts(package, sheet.part, title, last=edit.growth[0], bottom=edit.growth[1])
        if edit.removals:
            if shift := removal.remove_rows(package, sheet, title, edit.removals):
                shifts[title] = shift
            drop_calculation_chain(package)
        sheet.save()
    recalculate_on_load(package)
    return Patch(package.to_bytes(), shifts)


class CellWriter:
    """Writes cells of one worksheet."""

    def __init__(self, package: Package, sheet: Worksheet, top: int) -> None:
        self._package = package
        self._sheet = sheet
        self._top = top
        self._styles = Styles(package)
        self._epoch = _EPOCH_1904 if package.counts_from_1904() else _EPOCH
        self._column_styles: dict[int, int] | None = None
        self._widths: dict[int, float] = {}

    def write(self, writes: Collection[Write]) -> None:
        if not writes:
            return
        last = self._sheet.last_used
        growing = list(self._growing_tables({write.row for write in writes}))
        self._free_shared_formulas(writes)
        for write in writes:
            cell = self._cell(write.row, write.column)
            self._set(cell, write.value)
            if write.link is not None:
                self._link(Area(write.column, write.row, write.column, write.row), write.link)
        self._fit_heights(writes, max(last, self._top))
        for part, area in growing:
            self._grow_table(part, area)
        self._widen_dimension(writes)

    # --- cells ----------------------------------------------------------------------------------------

    def _cell(self, number: int, column: int) -> Element:
        row = self._sheet.row(number)
        for place, cell in enumerate(row):
            if local(cell) != "c":
                return self._new_cell(row, place, number, column)
            if column_of(cell) == column:
                return cell
            if column_of(cell) > column:
                return self._new_cell(row, place, number, column)
        return self._new_cell(row, len(row), number, column)

    def _new_cell(self, row: Element, place: int, number: int, column: int) -> Element:
        cell = self._sheet.element("c", r=f"{column_letters(column)}{number}")
        if style := self._style_for(row, number, column):
            cell.set("s", str(style))
        row.insert(place, cell)
        drop_attributes(row, "spans")
        return cell

    def _style_for(self, row: Element, number: int, column: int) -> int:
        """The look that a person expects here: the row's own format, the column's, that of the cell above."""
        if row.get("customFormat") in {"1", "true"}:
            return int(row.get("s") or 0)
        if self._column_styles is None:
            self._read_columns()
        if style := (self._column_styles or {}).get(column):
            return style
        above = self._sheet.peek(number - 1) if number - 1 > self._top else None
        found = [cell for cell in (above if above is not None else ()) if column_of(cell) == column]
        return int(found[0].get("s") or 0) if found else 0

    def _read_columns(self) -> None:
        self._column_styles = {}
        cols = self._sheet.find("cols")
        for col in cols if cols is not None else ():
            first, last = int(col.get("min") or 1), min(int(col.get("max") or 1), 1_000)
            for index in range(first, last + 1):
                self._column_styles[index] = int(col.get("style") or 0)
                self._widths[index] = float(col.get("width") or 10)

    def _set(self, cell: Element, value: CellValue) -> None:
        if empty(cell):
            drop_calculation_chain(self._package)
        style = int(cell.get("s") or 0)
        match value:
            case None | "":
                return
            case bool():
                cell.set("t", "b")
                self._add(cell, "v", "1" if value else "0")
            case int() | float():
                self._add(cell, "v", repr(value))
                self._restyle(cell, self._styles.unquoted(style))
            case date() if day_of(value) >= max(self._epoch, _FIRST_DAY):
                self._add(cell, "v", str((day_of(value) - self._epoch).days))
                self._restyle(cell, self._styles.dated(style))
            case date():
                self._set_text(cell, show_day(day_of(value)), style)
            case _:
                self._set_text(cell, str(value), style)

    def _set_text(self, cell: Element, value: str, style: int) -> None:
        text = clean(value)
        cell.set("t", "inlineStr")
        holder = etree.SubElement(cell, f"{{{self._sheet.namespace}}}is")
        self._add(holder, "t", _ESCAPE.sub("_x005F_", text)).set(f"{{{_XML}}}space", "preserve")
        mistakable = _MISTAKABLE.fullmatch(text) is not None
        self._restyle(cell, self._styles.quoted(style) if mistakable else self._styles.unquoted(style))

    def _restyle(self, cell: Element, style: int) -> None:
        if style != int(cell.get("s") or 0):
            cell.set("s", str(style))

    def _add(self, parent: Element, tag: str, text: str) -> Element:
        child = etree.SubElement(parent, f"{{{self._sheet.namespace}}}{tag}")
        child.text = text
        return child

    def _free_shared_formulas(self, writes: Iterable[Write]) -> None:
        """Before a cell whose formula others share is overwritten, they get formulas of their own."""
        wanted: dict[int, set[int]] = {}
        for write in writes:
            wanted.setdefault(write.row, set()).add(write.column)
        for number, columns in wanted.items():
            if b"shared" not in self._sheet.raw(number):
                continue
            if any(column_of(c) in columns and is_shared_by_others(c) for c in self._sheet.row(number)):
                free_shared_formulas(self._sheet)
                return

    # --- links ----------------------------------------------------------------------------------------

    def _link(self, at: Area, target: str) -> None:
        """Make the cell a link to ``target``, or (empty) take its link away."""
        links = self._sheet.find("hyperlinks")
        for link in list(links) if links is not None else ():
            if link.get("ref") == str(at):
                links.remove(link)  # type: ignore[union-attr]
                self._sheet.touch()
        if target:
            identity = self._package.relate(self._sheet.part, "hyperlink", clean(target), external=True)
            space = STRICT_OFFICE if self._package.is_strict else OFFICE
            link = self._sheet.element("hyperlink", ref=str(at))
            link.set(f"{{{space}}}id", identity)
            self._sheet.child("hyperlinks").append(link)
            self._sheet.touch()
        elif links is not None and not len(links):
            self._sheet.frame.remove(links)

    # --- what goes along with new rows ----------------------------------------------------------------

    def _fit_heights(self, writes: Iterable[Write], last: int) -> None:
        """Rows get the height that their new text needs, up to a bearable one: a petition of two pages would
        make a row as tall as the screen. Heights that people set stay."""
        if self._column_styles is None:
            self._read_columns()
        lines: dict[int, int] = {}
        for write in writes:
            text = write.value if isinstance(write.value, str) else ""
            width = max(self._widths.get(write.column, 10) - 1, 8)
            needed = sum(1 + int(len(line) // width) for line in text.split("\n"))
            lines[write.row] = max(lines.get(write.row, 1), needed)
        for number, needed in lines.items():
            row = self._sheet.row(number)
            height = _LINE_POINTS * min(needed, _MOST_LINES) + _ROW_MARGIN
            if row.get("customHeight") in {"1", "true"} or float(row.get("ht") or 0) >= height:
                continue
            if number > last or needed > 1:
                row.set("ht", f"{height:g}")
                if needed > _MOST_LINES:
                    row.set("customHeight", "1")

    def _growing_tables(self, rows: Collection[int]) -> Iterator[tuple[str, Area]]:
        """Tables that end right above appended rows grow over them, as they do when a person types there: each
        with the area that it will have. What people keep beside a table does not stop it."""
        for part in self._package.related(self._sheet.part, "table"):
            table = self._package.tree(part)
            area = Area.read(table.get("ref") or "")
            if area is None or table.get("totalsRowCount", "0") != "0":
                continue
            bottom = area.bottom
            while bottom + 1 in rows and not self._holds(bottom + 1, area):
                bottom += 1
            if bottom > area.bottom:
                yield part, Area(area.left, area.top, area.right, bottom)

    def _holds(self, number: int, area: Area) -> bool:
        """Whether something stands in this row within the area's columns."""
        row = self._sheet.peek(number)
        cells = (cell for cell in (row if row is not None else ()) if local(cell) == "c" and len(cell))
        return any(area.left <= column_of(cell) <= area.right for cell in cells)

    def _grow_table(self, part: str, area: Area) -> None:
        table = self._package.tree(part)
        for element in (table, *table.iter("{*}autoFilter")):
            element.set("ref", str(area))
        self._package.touch(part)

    def _widen_dimension(self, writes: Iterable[Write]) -> None:
        dimension = self._sheet.find("dimension")
        area = Area.read(dimension.get("ref") or "") if dimension is not None else None
        if dimension is None or area is None:
            return
        used = [(write.row, write.column) for write in writes]
        wider = Area(
            min(area.left, *(column for _, column in used)),
            min(area.top, *(row for row, _ in used)),
            max(area.right, *(column for _, column in used)),
            max(area.bottom, *(row for row, _ in used)),
        )
        if wider != area:
            dimension.set("ref", str(wider))
            self._sheet.touch()


def day_of(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(ISTANBUL) if value.tzinfo else value).date()


def clean(text: str) -> str:
    """What XML and a cell can hold; line ends as one LF."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


# --- formulas ---------------------------------------------------------------------------------------------


def has_formulas(package: Package) -> bool:
    return any(_FORMULA.search(package.read(part)) for part in package.sheets().values())


def recalculate_on_load(package: Package) -> None:
    """Formulas that people wrote are counted anew when the file is opened; their cached values stay."""
    if not has_formulas(package):
        return
    root = package.tree(package.workbook)
    space = etree.QName(root).namespace
    settings = root.find(f"{{{space}}}calcPr")
    if settings is None:
        settings = etree.Element(f"{{{space}}}calcPr")
        before = [n for n, child in enumerate(root) if local(child) in _BEFORE_CALC]
        root.insert(before[-1] + 1 if before else len(root), settings)
    if settings.get("fullCalcOnLoad") != "1":
        settings.set("fullCalcOnLoad", "1")
        package.touch(package.workbook)


_BEFORE_CALC = frozenset({
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
})  # fmt: skip


def drop_calculation_chain(package: Package) -> None:
    """A formula went or moved: the program that opens the file makes the order of calculation anew."""
    for part in package.related(package.workbook, "calcChain"):
        package.drop(part)
        package.unrelate(package.workbook, "calcChain")
