"""Changing a workbook that people own: cells, new rows and removed rows in the worksheet's own XML.

openpyxl's load-and-save loses sparklines, data bars, text boxes, pictures and cached values; so the cells are
patched (ISO/IEC 29500-1, 18.3) and every other part is left as it is. Text is written as inline strings: a
text that begins with ``=`` stays text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from daemon.domain.sheet import CellValue
from daemon.sheets.package import OFFICE, RELATIONS, Element, Package, local, relations_path
from daemon.sheets.styles import Styles

_XML = "http://www.w3.org/XML/1998/namespace"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AFTER_HYPERLINKS = (
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LONGEST_TEXT = 32_767
"""Characters in one cell, Excel's limit."""


def column_letters(index: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index


@dataclass(frozen=True, slots=True)
class Write:
    """One cell: 1-based row and column. ``link`` makes the cell a hyperlink."""

    row: int
    column: int
    value: CellValue
    link: str = ""


class SheetPatch:
    """One worksheet being changed. Positions are 1-based; removals come last, from the bottom up."""

    def __init__(self, package: Package, part: str, *, header_row: int = 1) -> None:
        self._package = package
        self._part = part
        self._header_row = header_row
        self._root = package.tree(part)
        self._ns = etree.QName(self._root).namespace or ""
        self._data = self._child("sheetData")
        self._rows = {int(row.get("r") or 0): row for row in self._data if local(row) == "row"}
        self._styles = Styles(package)
        self._epoch = _EPOCH_1904 if _is_1904(package) else _EPOCH

    # --- cells ----------------------------------------------------------------------------------------

    def write(self, writes: Iterable[Write]) -> None:
        for write in writes:
            cell = self._cell(write.row, write.column)
            self._set(cell, write.value, write.column)
            if write.link:
                self._link(f"{column_letters(write.column)}{write.row}", write.link)
        self._update_dimension()
        self._package.touch(self._part)

    def _cell(self, row: int, column: int) -> Element:
        line = self._row(row)
        for place, cell in enumerate(line):
            found = _REFERENCE.fullmatch(cell.get("r") or "")
            index = column_index(found[1]) if found else place + 1
            if index == column:
                return cell
            if index > column:
                return self._new_cell(line, place, row, column)
        return self._new_cell(line, len(line), row, column)

    def _new_cell(self, line: Element, place: int, row: int, column: int) -> Element:
        cell = etree.Element(self._tag("c"), {"r": f"{column_letters(column)}{row}"})
        style = self._style_nearby(row, column)
        if style:
            cell.set("s", style)
        line.insert(place, cell)
        if "spans" in line.attrib:
            del line.attrib["spans"]
        return cell

    def _style_nearby(self, row: int, column: int) -> str:
        """What a person sees in this column: the row's own format, the cell above (not the header), the
        column's."""
        own = self._rows[row].get("s") if self._rows[row].get("customFormat") in {"1", "true"} else None
        if own:
            return own
        above = self._rows.get(row - 1)
        if above is not None and row - 1 > self._header_row:
            reference = f"{column_letters(column)}{row - 1}"
            for cell in above:
                if cell.get("r") == reference:
                    return str(cell.get("s") or "")
        return self._column_style(column)

    def _column_style(self, column: int) -> str:
        cols = self._find("cols")
        for col in cols if cols is not None else ():
            if int(col.get("min") or 0) <= column <= int(col.get("max") or 0):
                return str(col.get("style") or "")
        return ""

    def set_height(self, row: int, points: float) -> None:
        """A height for a new row whose text wraps; programs that fit rows by themselves still may."""
        self._row(row).set("ht", f"{points:g}")

    def _row(self, number: int) -> Element:
        if number in self._rows:
            return self._rows[number]
        row = etree.Element(self._tag("row"), {"r": str(number)})
        later = [n for n in self._rows if n > number]
        if later:
            following = self._rows[min(later)]
            self._data.insert(self._data.index(following), row)
        else:
            self._data.append(row)
        self._rows[number] = row
        return row

    def _set(self, cell: Element, value: CellValue, column: int) -> None:
        if cell.find(f"{{{self._ns}}}f") is not None:
            drop_calculation_chain(self._package)
        for child in list(cell):
            if local(child) in {"v", "f", "is"}:
                cell.remove(child)
        for name in ("t", "cm", "vm"):
            if name in cell.attrib:
                del cell.attrib[name]
        match value:
            case None | "":
                return
            case bool():
                cell.set("t", "b")
                self._add(cell, "v", "1" if value else "0")
            case int() | float():
                self._add(cell, "v", repr(value))
            case datetime() | date():
                day = value.date() if isinstance(value, datetime) else value
                cell.set("s", self._styles.dated(cell.get("s") or "0"))
                self._add(cell, "v", str((day - self._epoch).days))
            case _:
                cell.set("t", "inlineStr")
                text = self._add(etree.SubElement(cell, self._tag("is")), "t", _clean(value))
                text.set(f"{{{_XML}}}space", "preserve")

    def _add(self, parent: Element, tag: str, text: str) -> Element:
        child = etree.SubElement(parent, self._tag(tag))
        child.text = text
        return child

    # --- links ----------------------------------------------------------------------------------------

    def _link(self, reference: str, target: str) -> None:
        links = self._find("hyperlinks")
        if links is None:
            links = etree.Element(self._tag("hyperlinks"))
            self._insert_in_order(links, _AFTER_HYPERLINKS)
        for link in links:
            if link.get("ref") == reference:
                links.remove(link)
        identity = self._relate(target)
        etree.SubElement(links, self._tag("hyperlink"), {"ref": reference, f"{{{OFFICE}}}id": identity})

    def _insert_in_order(self, element: Element, followers: tuple[str, ...]) -> None:
        for place, child in enumerate(self._root):
            if isinstance(child.tag, str) and local(child) in followers:
                self._root.insert(place, element)
                return
        self._root.append(element)

    def _relate(self, target: str) -> str:
        path = relations_path(self._part)
        if not self._package.has(path):
            self._package.put(path, f'<Relationships xmlns="{RELATIONS}"/>'.encode())
        tree = self._package.tree(path)
        known = {str(element.get("Id")): element for element in tree}
        for identity, element in known.items():
            if element.get("Target") == target and str(element.get("Type")).endswith("/hyperlink"):
                return identity
        identity = next(f"rId{n}" for n in range(1, len(known) + 2) if f"rId{n}" not in known)
        etree.SubElement(
            tree,
            f"{{{RELATIONS}}}Relationship",
            {"Id": identity, "Type": f"{OFFICE}/hyperlink", "Target": target, "TargetMode": "External"},
        )
        self._package.touch(path)
        return identity

    # --- removing rows --------------------------------------------------------------------------------

    def remove_rows(self, numbers: Iterable[int]) -> None:
        """Take rows out. Where nothing is anchored to rows below, the rest moves up; else the row is emptied
        and hidden, so that formulas, comments, pictures and merged cells keep their places."""
        for number in sorted(set(numbers), reverse=True):
            if self._may_shift(number):
                self._shift_up(number)
            else:
                self._empty(number)
        self._update_dimension()
        self._package.touch(self._part)

    def _may_shift(self, number: int) -> bool:
        if self._kinds() & {"drawing", "threadedComment"} or self._has_comments_from(number):
            return False
        if self._find("mergeCells") is not None or self._find("extLst") is not None:
            return False
        if next(self._root.iter(f"{{{self._ns}}}f"), None) is not None or self._is_referred_to():
            return False
        return all(self._covers_all(element) for element in self._ranged())

    def _has_comments_from(self, number: int) -> bool:
        """Comments above (the header's hints) stay where they are; others would have to move along."""
        return any(
            int(found[2]) >= number
            for part in self._package.related(self._part, "comments")
            for comment in self._package.tree(part).iter("{*}comment")
            if (found := _RANGE.fullmatch(comment.get("ref") or ""))
        )

    def _kinds(self) -> set[str]:
        return {relation.kind for relation in self._package.relations(self._part)}

    def _is_referred_to(self) -> bool:
        """Whether a formula of another sheet exists: it may point here."""
        return any(
            b"<f>" in self._package.read(part) or b"<f " in self._package.read(part)
            for part in self._package.sheets().values()
            if part != self._part and self._package.has(part)
        )

    def _ranged(self) -> Iterable[Element]:
        for element in self._root.iter():
            if isinstance(element.tag, str) and local(element) in {"conditionalFormatting", "dataValidation"}:
                yield element

    def _covers_all(self, element: Element) -> bool:
        """Whether each of its ranges begins at the top and ends below the last row."""
        last = max(self._rows, default=1)
        for piece in (element.get("sqref") or "").split():
            found = _RANGE.fullmatch(piece)
            if not found or int(found[2]) > 12 or int(found[4] or found[2]) < last:
                return False
        return True

    def _shift_up(self, number: int) -> None:
        if number in self._rows:
            self._data.remove(self._rows.pop(number))
        for old in sorted(n for n in self._rows if n > number):
            self._renumber(self._rows.pop(old), old - 1)
        for link in self._links():
            self._shift_link(link, number)
        for part in self._package.related(self._part, "table"):
            self._resize_table(part, self._table_end(part) - 1, at_most=number)

    def _renumber(self, row: Element, number: int) -> None:
        row.set("r", str(number))
        for cell in row:
            if found := _REFERENCE.fullmatch(cell.get("r") or ""):
                cell.set("r", f"{found[1]}{number}")
        self._rows[number] = row

    def _links(self) -> list[Element]:
        links = self._find("hyperlinks")
        return list(links) if links is not None else []

    def _shift_link(self, link: Element, number: int) -> None:
        found = _RANGE.fullmatch(link.get("ref") or "")
        if not found:
            return
        row = int(found[2])
        if row == number:
            _detach(link)
        elif row > number:
            link.set("ref", f"{found[1]}{row - 1}")

    def _empty(self, number: int) -> None:
        row = self._row(number)
        for cell in row:
            self._set(cell, None, 0)
        row.set("hidden", "1")
        for link in self._links():
            if (found := _RANGE.fullmatch(link.get("ref") or "")) and int(found[2]) == number:
                _detach(link)

    # --- tables, dimension ----------------------------------------------------------------------------

    def grow_tables(self, last_row: int) -> None:
        """Tables that end right above appended rows grow over them, as they do when a person types."""
        for part in self._package.related(self._part, "table"):
            end = self._table_end(part)
            if end and end < last_row and all(n in self._rows for n in range(end + 1, last_row + 1)):
                self._resize_table(part, last_row, at_most=end)

    def _table_end(self, part: str) -> int:
        found = _RANGE.fullmatch(self._package.tree(part).get("ref") or "")
        return int(found[4] or found[2]) if found else 0

    def _resize_table(self, part: str, end: int, *, at_most: int) -> None:
        table = self._package.tree(part)
        if self._table_end(part) < at_most:
            return
        for element in (table, *table.iter(f"{{{self._ns}}}autoFilter")):
            if found := _RANGE.fullmatch(element.get("ref") or ""):
                element.set(
                    "ref", f"{found[1]}{found[2]}:{found[3] or found[1]}{max(end, int(found[2]) + 1)}"
                )
        self._package.touch(part)

    def _update_dimension(self) -> None:
        dimension = self._find("dimension")
        if dimension is not None and self._rows:
            widest = max((len(row) for row in self._rows.values()), default=1)
            found = _RANGE.fullmatch(dimension.get("ref") or "")
            right = max(widest, column_index(found[3] or found[1]) if found else 1)
            dimension.set("ref", f"A1:{column_letters(right)}{max(self._rows)}")

    # --- XML ------------------------------------------------------------------------------------------

    def _tag(self, name: str) -> str:
        return f"{{{self._ns}}}{name}"

    def _find(self, name: str) -> Element | None:
        return self._root.find(self._tag(name))

    def _child(self, name: str) -> Element:
        found = self._find(name)
        return found if found is not None else etree.SubElement(self._root, self._tag(name))


def recalculate_on_load(package: Package) -> None:
    """Formulas that people wrote are counted anew when the file is opened; their cached values stay."""
    if not any(b"<f" in package.read(part) for part in package.sheets().values() if package.has(part)):
        return
    root = package.tree(package.workbook)
    namespace = etree.QName(root).namespace
    settings = root.find(f"{{{namespace}}}calcPr")
    if settings is None:
        settings = etree.Element(f"{{{namespace}}}calcPr")
        before = [
            n for n, child in enumerate(root) if isinstance(child.tag, str) and local(child) in _BEFORE_CALC
        ]
        root.insert(before[-1] + 1 if before else len(root), settings)
    if settings.get("fullCalcOnLoad") != "1":
        settings.set("fullCalcOnLoad", "1")
        package.touch(package.workbook)


_BEFORE_CALC = frozenset(
    [
        "fileVersion",
        "fileSharing",
        "workbookPr",
        "workbookProtection",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
        "definedNames",
    ]
)


def drop_calculation_chain(package: Package) -> None:
    """A formula went: the order of calculation is made anew by the program that opens the file."""
    for part in package.related(package.workbook, "calcChain"):
        package.drop(part)
        path = relations_path(package.workbook)
        _remove(package, path, lambda element: str(element.get("Type")).endswith("/calcChain"))
        _remove(
            package, "[Content_Types].xml", lambda element, part=part: element.get("PartName") == f"/{part}"
        )


def _remove(package: Package, part: str, is_it: object) -> None:
    tree = package.tree(part)
    for element in list(tree):
        if is_it(element):  # type: ignore[operator]
            tree.remove(element)
    package.touch(part)


def _detach(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_1904(package: Package) -> bool:
    return any(
        element.get("date1904") in {"1", "true"}
        for element in package.tree(package.workbook).iter("{*}workbookPr")
    )


def _clean(text: str) -> str:
    """What XML and Excel can hold; line ends as one LF."""
    text = _FORBIDDEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def patched(
    data: bytes,
    writes: Mapping[str, list[Write]],
    removals: Mapping[str, list[int]],
    *,
    header_rows: Mapping[str, int] | None = None,
) -> bytes:
    """The workbook with cells written and rows removed, by worksheet title. Raises :class:`Unprocessable`.

    ``header_rows`` says where each header stands: new cells right below it take no format from it.
    """
    package = Package.open(data)
    sheets = package.sheets()
    for title in dict.fromkeys([*writes, *removals]):
        patch = SheetPatch(package, sheets[title], header_row=(header_rows or {}).get(title, 1))
        if chosen := writes.get(title):
            patch.write(chosen)
            patch.grow_tables(max(write.row for write in chosen))
        if gone := removals.get(title):
            patch.remove_rows(gone)
    recalculate_on_load(package)
    return package.to_bytes()
