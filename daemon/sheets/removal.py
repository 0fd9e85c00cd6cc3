"""Taking rows out of a worksheet, as *Delete row* does, or honestly not at all.

Rows below move up, and with them what hangs on them: formulas (here and on other worksheets, in names and
charts), merged cells, validations, colours, links, tables, comments, pictures. Where something hangs there that
this program does not know how to move (sparklines, pivot tables, controls, array formulas across the row), the
row is emptied and hidden instead: then nothing that people made can come to point at another request.
"""

import re
from collections.abc import Iterable
from itertools import chain

from lxml import etree

from daemon.sheets.cells import empty, free_shared_formulas
from daemon.sheets.formulas import Area, CannotShift, Shift, filled
from daemon.sheets.package import Element, Package, local
from daemon.sheets.worksheet import Worksheet

_MOVABLE = frozenset({
    "hyperlink", "table", "comments", "vmlDrawing", "threadedComment", "drawing", "printerSettings",
})  # fmt: skip
_COUNTED = ("mergeCells", "dataValidations", "hyperlinks", "protectedRanges", "ignoredErrors", "rowBreaks")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>\s*", re.DOTALL)
_SHAPE_ROW = re.compile(rb"(<x:Row>)\s*(\d+)\s*(</x:Row>)")
_SHAPE_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


def remove_rows(package: Package, sheet: Worksheet, title: str, numbers: Iterable[int]) -> Shift | None:
    """Remove the rows ``numbers`` (1-based) of the worksheet ``title``; return where the others went, ``None``
    when the rows were emptied and hidden where they are."""
    shift = Shift(title, set(numbers), sheet.last_used)
    free_shared_formulas(sheet)
    try:
        _check(package, sheet, shift)
        plan = _Plan(package, sheet, shift)
    except CannotShift:
        _hide(sheet, shift.removed)
        return None
    plan.carry_out()
    return shift


def _hide(sheet: Worksheet, numbers: Iterable[int]) -> None:
    for number in numbers:
        row = sheet.row(number)
        for cell in row:
            empty(cell)
        row.set("hidden", "1")
        for link in list(sheet.frame.iter(f"{{{sheet.namespace}}}hyperlink")):
            area = Area.read(link.get("ref") or "")
            if area and area.top == area.bottom == number:
                link.getparent().remove(link)  # type: ignore[union-attr]
                sheet.touch()
    _tidy(sheet)


# --- may they move? ---------------------------------------------------------------------------------------


def _check(package: Package, sheet: Worksheet, shift: Shift) -> None:
    unknown = {relation.kind for relation in package.relations(sheet.part)} - _MOVABLE
    if unknown:
        raise CannotShift(f"the worksheet has {', '.join(sorted(unknown))}")
    for element in sheet.frame.iter():
        if local(element) in {"sqref", "f"} and etree.QName(element).namespace != sheet.namespace:
            _check_extension(element, shift)
    for part in package.related(sheet.part, "drawing"):
        for element in package.elements(part, "from"):
            row = next((int(e.text or 0) + 1 for e in element if local(e) == "row"), 0)
            if shift.row(row) is None:
                raise CannotShift("a picture hangs on the row")
    for number in sheet.numbers:
        raw = sheet.raw(number)
        if b"array" in raw or b"dataTable" in raw:
            _check_arrays(sheet, number)


def _check_extension(element: Element, shift: Shift) -> None:
    """An extension (sparklines, newer colours) may stay only where nothing of it would move."""
    text = element.text or ""
    still = shift.areas(text) if local(element) == "sqref" else shift.formula(text, at_home=True)
    if still != " ".join(text.split()) and still != text:
        raise CannotShift("an extension is anchored to rows below")


def _check_arrays(sheet: Worksheet, number: int) -> None:
    row = sheet.peek(number)
    for formula in row.iter() if row is not None else ():
        if local(formula) != "f" or formula.get("t") not in {"array", "dataTable"}:
            continue
        area = Area.read(formula.get("ref") or "")
        if area is None or area.top != area.bottom:
            raise CannotShift("an array formula reaches over several rows")


# --- moving -----------------------------------------------------------------------------------------------


class _Plan:
    """Every new text is worked out before anything is changed, so that :class:`CannotShift` comes in time."""

    def __init__(self, package: Package, sheet: Worksheet, shift: Shift) -> None:
        self._package, self._sheet, self._shift = package, sheet, shift
        self._charts = [name for name in package.names() if "/charts/" in name and name.endswith(".xml")]
        self._others = [part for title, part in package.sheets().items() if title != shift.title]
        for formula in chain(self._own_formulas(), self._foreign_formulas()):
            shift.formula(formula, at_home=True)

    def _own_formulas(self) -> Iterable[str]:
        for number in self._sheet.numbers:
            if _FORMULA.search(self._sheet.raw(number)):
                row = self._sheet.peek(number)
                yield from (e.text or "" for e in (row.iter() if row is not None else ()) if local(e) == "f")

    def _foreign_formulas(self) -> Iterable[str]:
        yield from (name.text or "" for name in self._package.elements(self._package.workbook, "definedName"))
        for part in (*self._others, *self._charts):
            yield from (element.text or "" for element in self._with_title(part))

    def _with_title(self, part: str) -> list[Element]:
        """Formulas of another part that name this worksheet."""
        wanted = self._shift.title.encode()
        content = self._package.read(part)
        if b"!" not in content or wanted.split()[0] not in content:
            return []
        names = {"f", "formula", "formula1", "formula2"}
        return [e for e in self._package.tree(part).iter() if local(e) in names and "!" in (e.text or "")]

    def carry_out(self) -> None:
        self._move_foreign()
        self._move_own_formulas()
        self._move_frame()
        for part in self._package.related(self._sheet.part, "table"):
            self._move_references(part, self._package.tree(part).iter())
        for kind in ("comments", "threadedComment"):
            for part in self._package.related(self._sheet.part, kind):
                self._move_references(part, list(self._package.tree(part).iter()))
        for part in self._package.related(self._sheet.part, "vmlDrawing"):
            self._move_shapes(part)
        for part in self._package.related(self._sheet.part, "drawing"):
            self._move_anchors(part)
        places = {number: self._shift.row(number) for number in self._sheet.numbers}
        self._sheet.drop_rows({number: new for number, new in places.items() if new is not None})
        _tidy(self._sheet)

    def _move_foreign(self) -> None:
        for name in self._package.elements(self._package.workbook, "definedName"):
            self._replace(name, self._package.workbook, at_home=False)
        for part in (*self._others, *self._charts):
            for element in self._with_title(part):
                self._replace(element, part, at_home=False)

    def _replace(self, element: Element, part: str, *, at_home: bool) -> None:
        moved = self._shift.formula(element.text or "", at_home=at_home)
        if moved != (element.text or ""):
            element.text = moved
            self._package.touch(part)

    def _move_own_formulas(self) -> None:
        for number in self._sheet.numbers:
            if not _FORMULA.search(self._sheet.raw(number)):
                continue
            for formula in [e for e in self._sheet.row(number).iter() if local(e) == "f"]:
                if formula.text:
                    formula.text = self._shift.formula(formula.text, at_home=True)
                if area := Area.read(formula.get("ref") or ""):
                    formula.set("ref", str(self._shift.area(area) or area))

    def _move_frame(self) -> None:
        for element in list(self._sheet.frame.iter()):
            name = local(element)
            if name in {"selection", "pane", "dimension"} or element.getparent() is None:
                continue
            if name in {"conditionalFormatting", "dataValidation"}:
                self._move_rule(element)
            for attribute in ("ref", "sqref"):
                if given := element.get(attribute):
                    self._set_areas(element, attribute, given)
            parent = element.getparent()
            if name == "brk" and parent is not None and local(parent) == "rowBreaks":
                element.set("id", str(self._shift.row(int(element.get("id") or 0)) or 0))
                self._sheet.touch()
        if (dimension := self._sheet.find("dimension")) is not None:
            self._set_areas(dimension, "ref", dimension.get("ref") or "")

    def _set_areas(self, element: Element, attribute: str, given: str) -> None:
        moved = self._shift.areas(given)
        if not moved or (local(element) == "mergeCell" and ":" not in moved):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        elif moved != given:
            element.set(attribute, moved)
        else:
            return
        self._sheet.touch()

    def _move_rule(self, rule: Element) -> None:
        """A rule's formulas count from the first cell of its range: rows without ``$`` go where it goes."""
        old = Area.read((rule.get("sqref") or "").partition(" ")[0])
        new = self._shift.area(old) if old else None
        up = old.top - new.top if old and new else 0
        for element in rule.iter():
            if local(element) in {"formula", "formula1", "formula2"} and element.text:
                moved = self._shift.formula(element.text, at_home=True, fixed_only=True)
                moved = filled(moved, -up, 0) if up else moved
                if moved != element.text:
                    element.text = moved
                    self._sheet.touch()

    def _move_references(self, part: str, elements: Iterable[Element]) -> None:
        for element in elements:
            area = Area.read(element.get("ref") or "")
            if area is None:
                continue
            moved = self._shift.area(area)
            if moved is None:
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
            elif local(element) in {"table", "autoFilter"} and moved.bottom <= moved.top:
                moved = Area(moved.left, moved.top, moved.right, moved.top + 1)
            if moved is not None:
                element.set("ref", str(moved))
            self._package.touch(part)

    def _move_shapes(self, part: str) -> None:
        """Where comments' boxes stand (legacy VML; rows count from 0)."""
        self._package.put(part, _SHAPE.sub(self._moved_shape, self._package.read(part)))

    def _moved_shape(self, found: "re.Match[bytes]") -> bytes:
        row = _SHAPE_ROW.search(found[0])
        if row is None:
            return found[0]
        new = self._shift.row(int(row[2]) + 1)
        if new is None:
            return b""
        up = int(row[2]) + 1 - new
        text = _SHAPE_ROW.sub(rb"\g<1>%d\g<3>" % (new - 1), found[0])
        return _SHAPE_ANCHOR.sub(lambda anchor: _moved_anchor(anchor, up), text)

    def _move_anchors(self, part: str) -> None:
        """Pictures, charts and text boxes on the worksheet move with the row that they hang on."""
        for element in self._package.tree(part).iter():
            if local(element) == "row" and (element.text or "").strip().isdigit():
                row = int(element.text or 0)
                if up := self._shift.above(row + 1):
                    element.text = str(row - up)
                    self._package.touch(part)


def _moved_anchor(anchor: "re.Match[bytes]", up: int) -> bytes:
    """``from column, dx, from row, dy, to column, dx, to row, dy``."""
    numbers = anchor[2].split(b",")
    if len(numbers) != 8:
        return anchor[0]
    for place in (2, 6):
        numbers[place] = b" %d" % max(0, int(numbers[place]) - up)
    return anchor[1] + b",".join(numbers) + anchor[3]


def _tidy(sheet: Worksheet) -> None:
    """Counts as they are now; a list that lost all its members goes."""
    for name in _COUNTED:
        element = sheet.find(name)
        if element is None:
            continue
        if not len(element):
            sheet.frame.remove(element)
            sheet.touch()
        elif element.get("count") not in {None, str(len(element))}:
            element.set("count", str(len(element)))
            sheet.touch()
