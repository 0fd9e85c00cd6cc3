"""One worksheet's XML (ISO/IEC 29500-1, 18.3.1.99) as a frame and its rows.

The rows are found by pattern, not parsed: a sheet of thousands of rows would cost a hundred megabytes as a
tree, and a row that nobody touches stays as it is, byte for byte. What stands around the rows (columns,
validations, colours, links …) is parsed only when it is asked for, and written anew only when it changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from daemon.sheets.formulas import column_index, column_letters
from daemon.sheets.package import Element, Package, broken, local, parse, serialised

_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s" + _ATTRIBUTES + rb")?(/?)>")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet(?:\s" + _ATTRIBUTES + rb")?>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_CONTENT = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)[\s/>]")
_CELL = re.compile(r"([A-Z]+)(\d+)")
_CELL_ADDRESS = rb"""(<(?:[\w.-]+:)?c(?:\s[^<>]*?)?\sr\s*=\s*["'][A-Z]+)"""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the file: its 1-based number and its bytes."""

    number: int
    start: int
    end: int


class Worksheet:
    """The parts of one worksheet's XML. Rows are taken out as trees, changed, and put back on :meth:`save`."""

    def __init__(self, package: Package, part: str) -> None:
        """Raises :class:`Unprocessable` when there is no worksheet in the part."""
        self._package = package
        self.part = part
        self._text = package.text(part)
        root, data = _ROOT.search(self._text), _SHEET_DATA.search(self._text)
        if root is None or data is None:
            raise broken(f"{part} is no worksheet")
        self._prefix = data[1]
        self._root_tag, self._data_tag = root[0], data[0].rstrip(b"/>").rstrip() + b">"
        end_tag = b"</" + self._prefix + b"sheetData>"
        self._head = self._text[: data.start()]
        self._first = data.end()
        self._last = self._first if data[2] else self._text.find(end_tag, data.end())
        if self._last < 0:
            raise broken(f"{part}: rows without an end")
        self._tail = self._text[self._last + (0 if data[2] else len(end_tag)) :]
        self.lines = {line.number: line for line in self._scan()}
        self._rows: dict[int, Element] = {}
        self._moved: dict[int, int] | None = None
        self._frame: Element | None = None
        self._frame_changed = False
        self._namespace = ""

    def _scan(self) -> Iterator[Line]:
        start_tag = re.compile(rb"<" + re.escape(self._prefix) + rb"row(\s" + _ATTRIBUTES + rb")?(/?)>")
        end_tag = b"</" + self._prefix + b"row>"
        position, number, seen = self._first, 0, 0
        while found := start_tag.search(self._text, position, self._last):
            given = _NUMBER.search(found[1] or b"")
            number = int(given[1]) if given else number + 1
            end = found.end() if found[2] else self._text.find(end_tag, found.end(), self._last)
            if end < 0 or number <= seen:
                raise broken(f"{self.part}: rows out of order at {number}")
            position = end if found[2] else end + len(end_tag)
            yield Line(number, found.start(), position)
            seen = number

    # --- rows -----------------------------------------------------------------------------------------

    @property
    def numbers(self) -> list[int]:
        """Every row that is there, from the top."""
        return sorted({*self.lines, *self._rows})

    @property
    def last_used(self) -> int:
        """The last row in which a cell holds something (LibreOffice also writes empty rows far below)."""
        for number in reversed(self.numbers):
            if number in self._rows:
                if any(len(cell) for cell in self._rows[number]):
                    return number
            elif _CONTENT.search(self.raw(number)):
                return number
        return 0

    def raw(self, number: int) -> bytes:
        """A row's bytes as they stand in the file; empty where it is not there."""
        line = self.lines.get(number)
        return self._text[line.start : line.end] if line else b""

    def row(self, number: int) -> Element:
        """A row as a tree, made where it is missing; changes to it count."""
        if number not in self._rows:
            self._rows[number] = (
                self._parsed(number) if number in self.lines else self.element("row", r=str(number))
            )
        return self._rows[number]

    def peek(self, number: int) -> Element | None:
        """A row to look at; ``None`` where it is missing."""
        if number in self._rows:
            return self._rows[number]
        return self._parsed(number) if number in self.lines else None

    def _parsed(self, number: int) -> Element:
        wrapped = self._root_tag + self._data_tag + self.raw(number)
        wrapped += b"</" + self._prefix + b"sheetData></" + self._prefix + b"worksheet>"
        row = parse(wrapped, f"{self.part} row {number}")[0][0]
        row.set("r", str(number))
        for place, cell in enumerate(cell for cell in row if local(cell) == "c"):
            if not cell.get("r"):  # leaving the address out is allowed
                cell.set("r", f"{column_letters(place + 1)}{number}")
        return row

    def drop_rows(self, moved: dict[int, int]) -> None:
        """Rows keep only what ``moved`` names, at their new numbers. Trees taken before are void."""
        self._moved = moved
        for number in [n for n in self._rows if n not in moved]:
            del self._rows[number]

    # --- the frame ------------------------------------------------------------------------------------

    @property
    def namespace(self) -> str:
        if not self._namespace:
            self._namespace = etree.QName(self.frame).namespace or ""
        return self._namespace

    @property
    def frame(self) -> Element:
        """The worksheet without its rows. Call :meth:`touch` after changing it."""
        if self._frame is None:
            empty = self._data_tag + b"</" + self._prefix + b"sheetData>"
            self._frame = parse(self._head + empty + self._tail, self.part)
        return self._frame

    def touch(self) -> None:
        self._frame_changed = True

    def element(self, name: str, /, **attributes: str) -> Element:
        spaces: Any = self.frame.nsmap  # the stubs know no default namespace
        return self.frame.makeelement(f"{{{self.namespace}}}{name}", attributes, spaces)

    def find(self, name: str) -> Element | None:
        return self.frame.find(f"{{{self.namespace}}}{name}")

    def child(self, name: str) -> Element:
        """A child of the worksheet, made at its place in the schema's order where it is missing."""
        found = self.find(name)
        if found is None:
            found = etree.Element(f"{{{self.namespace}}}{name}")
            later = set(ORDER[ORDER.index(name) + 1 :])
            place = next((n for n, e in enumerate(self.frame) if _kind(e) in later), len(self.frame))
            self.frame.insert(place, found)
            self.touch()
        return found

    # --- writing --------------------------------------------------------------------------------------

    def save(self) -> None:
        """Hand the changed worksheet to the package."""
        rows = self._data_tag + b"".join(self._all_rows()) + b"</" + self._prefix + b"sheetData>"
        if self._frame_changed:
            whole = serialised(self.frame)
            data = _SHEET_DATA.search(whole)
            if data is None:  # pragma: no cover - the frame always has its rows' place
                raise broken(f"{self.part} lost its rows")
            end = data.end() if data[2] else whole.index(b">", data.end()) + 1
            head, tail = whole[: data.start()], whole[end:]
        else:
            head, tail = self._head, self._tail
        self._package.put(self.part, head + rows + tail)

    def _all_rows(self) -> Iterator[bytes]:
        moved = self._moved
        for number in self.numbers:
            at = number if moved is None else moved.get(number)
            if at is None:
                continue
            if number in self._rows:
                yield _renumbered(self._bytes_of(self._rows[number]), number, at)
            else:
                yield _renumbered(self.raw(number), number, at)

    def _bytes_of(self, row: Element) -> bytes:
        text: bytes = etree.tostring(row, encoding="UTF-8", with_tail=False, xml_declaration=False)
        tag, close, rest = text.partition(b">")
        for prefix, address in self.frame.nsmap.items():
            name = f"xmlns:{prefix}" if prefix else "xmlns"
            tag = tag.replace(f' {name}="{address}"'.encode(), b"")
        return tag + close + rest


def _kind(element: Element) -> str:
    """The element's own name; of an ``mc:AlternateContent`` that of what it holds."""
    name = local(element)
    if name != "AlternateContent":
        return name
    return next((local(e) for e in element.iter() if local(e) in ORDER), name)


def _renumbered(text: bytes, number: int, at: int) -> bytes:
    """A row's bytes at another number: its own and its cells' ``r``."""
    if number == at:
        return text
    old, new = str(number).encode(), str(at).encode()
    text = re.sub(_CELL_ADDRESS + old + rb"""(?=["'])""", rb"\g<1>" + new, text)
    tag, close, rest = text.partition(b">")
    return re.sub(rb"""(\sr\s*=\s*["'])""" + old + rb"""(?=["'])""", rb"\g<1>" + new, tag) + close + rest


def column_of(cell: Element) -> int:
    """1-based column of a cell (0 when it has no address)."""
    found = _CELL.fullmatch(cell.get("r") or "")
    return column_index(found[1]) if found else 0


ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The schema's order of a worksheet's children (CT_Worksheet)."""
