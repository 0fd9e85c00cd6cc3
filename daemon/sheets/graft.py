"""A worksheet from one package put into another, with its formats, drawings and charts.

Needed when people deleted a worksheet or a new version brings one: openpyxl could add it, but would lose half of
what people made in the rest of the workbook.
"""

import posixpath
import re
from copy import deepcopy

from lxml import etree

from daemon.sheets.lists import LISTS_TITLE
from daemon.sheets.package import OFFICE, STRICT_OFFICE, Element, Package, local, relations_path, serialised

_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_KINDS = ("fonts", "fills", "borders")
_FIELDS = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}


def graft(source: Package, target: Package, title: str) -> str:
    """Copy the worksheet ``title``; return its part's name in ``target``."""
    old = source.sheets()[title]
    new = _free_name(target, "xl/worksheets/sheet1.xml")
    root = deepcopy(source.tree(old))
    _write_out_strings(source, root)
    _translate_styles(source, target, root)
    if (identity := _copy_drawing(source, target, old, new)) is not None:
        drawing = root.find("{*}drawing")
        if drawing is not None:
            drawing.set(f"{{{OFFICE}}}id", identity)
    target.put(new, serialised(root))
    target.declare(new, _WORKSHEET)
    _register(source, target, title, new)
    return new


def _free_name(package: Package, like: str) -> str:
    head, tail = re.sub(r"\d+(?=\.\w+$)", "{}", like).split("{}")
    return next(name for n in range(1, 10_000) if not package.has(name := f"{head}{n}{tail}"))


def _write_out_strings(source: Package, root: Element) -> None:
    """Shared strings become inline ones: the table of strings stays behind."""
    tables = source.related(source.workbook, "sharedStrings")
    strings = [si for si in source.tree(tables[0]) if local(si) == "si"] if tables else []
    space = etree.QName(root).namespace
    for cell in root.iter(f"{{{space}}}c"):
        value = cell.find(f"{{{space}}}v")
        if cell.get("t") != "s" or value is None:
            continue
        inline = etree.Element(f"{{{space}}}is")
        inline.extend(deepcopy(list(strings[int(value.text or 0)])))
        cell.replace(value, inline)
        cell.set("t", "inlineStr")


# --- formats ----------------------------------------------------------------------------------------------


def _translate_styles(source: Package, target: Package, root: Element) -> None:
    translated = _Styles(source, target).translated
    for element in root.iter():
        name = {"c": "s", "row": "s", "col": "style"}.get(local(element), "")
        if name and (given := element.get(name)):
            element.set(name, translated(given))


class _Styles:
    """Takes formats over one by one, with their fonts, fills and borders."""

    def __init__(self, source: Package, target: Package) -> None:
        self._from = source.tree(source.related(source.workbook, "styles")[0])
        self._part = target.related(target.workbook, "styles")[0]
        self._to = target.tree(self._part)
        self._target = target
        self._known: dict[str, str] = {}

    def translated(self, index: str) -> str:
        if index not in self._known:
            self._known[index] = self._take(int(index))
        return self._known[index]

    def _take(self, index: int) -> str:
        formats = self._from.find("{*}cellXfs")
        if formats is None:
            return "0"
        wanted = deepcopy(formats[index])
        for kind in _KINDS:
            field = _FIELDS[kind]
            wanted.set(field, str(self._take_piece(kind, int(wanted.get(field) or 0))))
        wanted.set("numFmtId", str(self._take_number_format(int(wanted.get("numFmtId") or 0))))
        wanted.set("xfId", "0")
        for field in ("applyFont", "applyFill", "applyBorder", "applyAlignment", "applyNumberFormat"):
            wanted.set(field, "1")
        return str(self._append("cellXfs", wanted))

    def _take_piece(self, kind: str, index: int) -> int:
        holder = self._from.find(f"{{*}}{kind}")
        return self._append(kind, deepcopy(holder[index])) if holder is not None else 0

    def _take_number_format(self, number: int) -> int:
        code = next(
            (e.get("formatCode") for e in self._from.iter("{*}numFmt") if e.get("numFmtId") == str(number)),
            None,
        )
        if code is None:
            return number
        known = {e.get("formatCode"): int(e.get("numFmtId") or 0) for e in self._to.iter("{*}numFmt")}
        if code in known:
            return known[code]
        fresh = max([163, *known.values()]) + 1
        element = etree.Element("numFmt", {"numFmtId": str(fresh), "formatCode": code})
        self._append("numFmts", element)
        return fresh

    def _append(self, kind: str, element: Element) -> int:
        space = etree.QName(self._to).namespace
        for piece in element.iter():
            piece.tag = f"{{{space}}}{local(piece)}"
        holder = self._to.find(f"{{{space}}}{kind}")
        if holder is None:
            holder = etree.Element(f"{{{space}}}{kind}")
            self._to.insert(0, holder)
        wanted = etree.tostring(element, with_tail=False, method="c14n")
        for place, known in enumerate(holder):
            if etree.tostring(known, with_tail=False, method="c14n") == wanted:
                return place
        holder.append(element)
        holder.set("count", str(len(holder)))
        self._target.touch(self._part)
        return len(holder) - 1


# --- parts ------------------------------------------------------------------------------------------------


def _copy_drawing(source: Package, target: Package, old: str, new: str) -> str | None:
    drawings = source.related(old, "drawing")
    if not drawings:
        return None
    copied = _copy_part(source, target, drawings[0])
    return target.relate(new, "drawing", copied)


def _copy_part(source: Package, target: Package, name: str) -> str:
    """A part and all that it refers to, under free names; relation ids stay."""
    fresh = _free_name(target, name if re.search(r"\d\.\w+$", name) else re.sub(r"(\.\w+)$", r"1\1", name))
    target.put(fresh, source.read(name))
    target.declare(fresh, source.content_type(name))
    rels = relations_path(name)
    if source.has(rels):
        folder = posixpath.dirname(name)
        root = deepcopy(source.tree(rels))
        for element in root:
            if element.get("TargetMode") != "External":
                given = element.get("Target", "")
                part = (
                    given[1:] if given.startswith("/") else posixpath.normpath(posixpath.join(folder, given))
                )
                element.set("Target", f"/{_copy_part(source, target, part)}")
        target.put(relations_path(fresh), serialised(root))
    return fresh


def _register(source: Package, target: Package, title: str, part: str) -> None:
    """Name the worksheet in the workbook, with its print titles."""
    identity = target.relate(target.workbook, "worksheet", part)
    root = target.tree(target.workbook)
    space = etree.QName(root).namespace
    sheets = root.find(f"{{{space}}}sheets")
    if sheets is None:  # pragma: no cover - a workbook without it was refused before
        return
    number = max([int(sheet.get("sheetId") or 0) for sheet in sheets], default=0) + 1
    element = etree.SubElement(sheets, f"{{{space}}}sheet", {"name": title, "sheetId": str(number)})
    element.set(f"{{{STRICT_OFFICE if target.is_strict else OFFICE}}}id", identity)
    if title == LISTS_TITLE:
        element.set("state", "hidden")
    target.touch(target.workbook)
    _copy_names(source, target, title)


def _copy_names(source: Package, target: Package, title: str) -> None:
    from daemon.sheets.furnish import set_name

    titles = list(source.sheets())
    for name in source.elements(source.workbook, "definedName"):
        local_id = name.get("localSheetId")
        if local_id is not None and titles[int(local_id)] == title:
            set_name(target, name.get("name", ""), name.text or "", sheet=title)
