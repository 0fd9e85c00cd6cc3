"""Drop-downs, warnings, colours, filter and frozen header on a worksheet: put on where they are missing.

Works on new workbooks and on those in use alike, through the package's XML; what people typed or set up is not
touched. Running it twice changes nothing the second time.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from daemon.domain.sheet import GENEL_BAKIS, CellValue, Layout
from daemon.sheets import look
from daemon.sheets.formulas import Area, column_letters
from daemon.sheets.lists import HEADINGS, LISTED, Lists, list_name
from daemon.sheets.package import Element, Package, local
from daemon.sheets.reading import Rows
from daemon.sheets.tables import Grid, find_grid, missing_headers
from daemon.sheets.worksheet import Worksheet, column_of
from daemon.sheets.xlsx import CellWriter, Write


def furnish(
    package: Package, part: str, title: str, layout: Layout, rows: Rows, lists: Lists
) -> Iterator[str]:
    """Put on what is missing; yield in Turkish what was done."""
    sheet = Worksheet(package, part)
    grid = find_grid(layout, rows)
    columns = dict(grid.columns)
    for column, write in missing_headers(layout, grid, rows):
        CellWriter(package, sheet, grid.top).write([write])
        _copy_header_look(sheet, write)
        columns[column.key] = write.column
        yield f"{layout.title}: “{column.header}” sütunu eklendi"
    done = [
        _add_checks(sheet, layout, columns, grid.top, lists),
        _add_colours(package, sheet, layout, columns, grid.top),
        _freeze(sheet, layout, grid.top),
        _add_filter(package, sheet, title, layout, grid),
    ]
    if any(done) or columns != grid.columns:
        sheet.save()
    names = ("açılır listeler ve uyarılar", "renkler", "sabit başlık", "süzgeç")
    yield from (f"{layout.title}: {name} eklendi" for name, did in zip(names, done, strict=True) if did)


def _copy_header_look(sheet: Worksheet, write: Write) -> None:
    """A header that was added looks like its left neighbour."""
    row = sheet.row(write.row)
    cells = {column_of(cell): cell for cell in row}
    left = cells.get(write.column - 1)
    if left is not None and left.get("s"):
        cells[write.column].set("s", left.get("s") or "0")


# --- checks -----------------------------------------------------------------------------------------------


def _add_checks(sheet: Worksheet, layout: Layout, columns: dict[str, int], top: int, lists: Lists) -> bool:
    guarded = _areas(sheet, "dataValidation")
    wanted: dict[look.Check, list[str]] = {}
    for column in layout.columns:
        at = columns.get(column.key, 0)
        check = look.check_of(column, lists) if at else None
        if check and not any(a.left <= at <= a.right and a.top <= top + 2 <= a.bottom for a in guarded):
            wanted.setdefault(check, []).append(str(Area(at, top + 1, at, look.LAST_ROW)))
    hints = [
        (columns[key], text)
        for (title, key), text in look.HINTS.items()
        if title == layout.title and key in columns
    ]
    for at, text in hints:
        if wanted and not any(a.left <= at <= a.right and a.top <= top <= a.bottom for a in guarded):
            _append_check(sheet, _hint(sheet, layout, text, Area(at, top, at, top)))
    for check, areas in wanted.items():
        _append_check(sheet, _validation(sheet, check, " ".join(areas)))
    return bool(wanted)


def _areas(sheet: Worksheet, tag: str) -> list[Area]:
    found = []
    for element in sheet.frame.iter(f"{{{sheet.namespace}}}{tag}"):
        found += [
            area for reference in (element.get("sqref") or "").split() if (area := Area.read(reference))
        ]
    return found


def _append_check(sheet: Worksheet, element: Element) -> None:
    holder = sheet.child("dataValidations")
    holder.append(element)
    holder.set("count", str(len(holder)))
    sheet.touch()


def _validation(sheet: Worksheet, check: look.Check, areas: str) -> Element:
    element = sheet.element("dataValidation", type=check.kind, errorStyle="warning")
    if check.operator:
        element.set("operator", check.operator)
    if check.kind != "custom":
        element.set("allowBlank", "1")
    for name, value in (
        ("showErrorMessage", "1"), ("errorTitle", check.title), ("error", check.text), ("sqref", areas)
    ):  # fmt: skip
        element.set(name, value)
    etree.SubElement(element, f"{{{sheet.namespace}}}formula1").text = check.formula
    return element


def _hint(sheet: Worksheet, layout: Layout, text: str, area: Area) -> Element:
    return sheet.element(
        "dataValidation",
        allowBlank="1",
        showInputMessage="1",
        promptTitle=layout.title,
        prompt=text,
        sqref=str(area),
    )


# --- colours ----------------------------------------------------------------------------------------------


def _add_colours(
    package: Package, sheet: Worksheet, layout: Layout, columns: dict[str, int], top: int
) -> bool:
    if sheet.find("conditionalFormatting") is not None:
        return False
    ours = [column.key for column in layout.columns if column.key in columns]
    at = {key: column_letters(columns[key]) for key in ours}
    last = max(columns[key] for key in ours) if ours else 0
    rules = list(look.colours_of(layout, at, top))
    for priority, colour in enumerate(rules, 1):
        areas = [Area(columns[key], top + 1, columns[key], look.LAST_ROW) for key in colour.keys] or [
            Area(1, top + 1, last, look.LAST_ROW)
        ]
        _append_colour(package, sheet, colour, " ".join(map(str, areas)), priority)
    return bool(rules)


def _append_colour(
    package: Package, sheet: Worksheet, colour: look.Colour, areas: str, priority: int
) -> None:
    holder = sheet.element("conditionalFormatting", sqref=areas)
    rule = etree.SubElement(
        holder,
        f"{{{sheet.namespace}}}cfRule",
        {"type": "expression", "dxfId": str(_format(package, colour)), "priority": str(priority)},
    )
    if colour.stop:
        rule.set("stopIfTrue", "1")
    etree.SubElement(rule, f"{{{sheet.namespace}}}formula").text = colour.formula
    before = sheet.frame.findall(f"{{{sheet.namespace}}}conditionalFormatting")
    if before:
        before[-1].addnext(holder)
    else:
        place = sheet.child("conditionalFormatting")
        sheet.frame.replace(place, holder)
    sheet.touch()


def _format(package: Package, colour: look.Colour) -> int:
    """Index of a differential format (18.8.14) that looks so, added where it is missing."""
    part = package.related(package.workbook, "styles")[0]
    root = package.tree(part)
    space = etree.QName(root).namespace
    formats = root.find(f"{{{space}}}dxfs")
    if formats is None:
        formats = etree.Element(f"{{{space}}}dxfs")
        place = next(
            (n for n, e in enumerate(root) if local(e) in {"tableStyles", "colors", "extLst"}), len(root)
        )
        root.insert(place, formats)
    wanted = etree.Element(f"{{{space}}}dxf")
    if colour.font or colour.bold:
        font = etree.SubElement(wanted, f"{{{space}}}font")
        if colour.bold:
            etree.SubElement(font, f"{{{space}}}b")
        if colour.font:
            etree.SubElement(font, f"{{{space}}}color", {"rgb": f"FF{colour.font}"})
    fill = etree.SubElement(etree.SubElement(wanted, f"{{{space}}}fill"), f"{{{space}}}patternFill")
    etree.SubElement(fill, f"{{{space}}}bgColor", {"rgb": f"FF{colour.fill}"})
    formats.append(wanted)
    formats.set("count", str(len(formats)))
    package.touch(part)
    return len(formats) - 1


# --- filter, frozen header --------------------------------------------------------------------------------


def _freeze(sheet: Worksheet, layout: Layout, top: int) -> bool:
    views = sheet.child("sheetViews")
    space = sheet.namespace
    view = views.find(f"{{{space}}}sheetView")
    if view is None:
        view = etree.SubElement(views, f"{{{space}}}sheetView", {"workbookViewId": "0"})
    if view.find(f"{{{space}}}pane") is not None:
        return False
    across = 0 if layout is GENEL_BAKIS else 1
    corner = f"{column_letters(across + 1)}{top + 1}"
    where = "bottomRight" if across else "bottomLeft"
    pane = etree.Element(f"{{{space}}}pane", {"ySplit": str(top), "topLeftCell": corner})
    if across:
        pane.set("xSplit", "1")
    pane.set("activePane", where)
    pane.set("state", "frozen")
    for selection in view.findall(f"{{{space}}}selection"):
        view.remove(selection)
    view.insert(0, pane)
    etree.SubElement(view, f"{{{space}}}selection", {"pane": where, "activeCell": corner, "sqref": corner})
    sheet.touch()
    return True


def _add_filter(package: Package, sheet: Worksheet, title: str, layout: Layout, grid: Grid) -> bool:
    """A filter over the whole list, unless people have one (or a table, which brings its own)."""
    has_table = bool(package.related(sheet.part, "table"))
    if layout is GENEL_BAKIS or has_table or sheet.find("autoFilter") is not None:
        return False
    right = max(max(grid.columns.values(), default=1), grid.width)
    area = Area(1, grid.top, right, look.LAST_ROW)
    sheet.child("autoFilter").set("ref", str(area))
    sheet.touch()
    fixed = f"$A${area.top}:${column_letters(area.right)}${area.bottom}"
    quoted = "'" + title.replace("'", "''") + "'"
    set_name(package, "_xlnm._FilterDatabase", f"{quoted}!{fixed}", sheet=title)
    return True


def set_name(package: Package, name: str, formula: str, *, sheet: str = "") -> bool:
    """Define a name (of the workbook, or of one worksheet); return whether anything changed."""
    root = package.tree(package.workbook)
    space = etree.QName(root).namespace
    names = root.find(f"{{{space}}}definedNames")
    if names is None:
        names = etree.Element(f"{{{space}}}definedNames")
        earlier = {"sheets", "functionGroups", "externalReferences"}
        place = max(n for n, child in enumerate(root) if local(child) in earlier)
        root.insert(place + 1, names)
    index = str([e.get("name") for e in root.iter(f"{{{space}}}sheet")].index(sheet)) if sheet else None
    known = [e for e in names if e.get("name") == name and e.get("localSheetId") == index]
    if known and known[0].text == formula:
        return False
    element = known[0] if known else etree.SubElement(names, f"{{{space}}}definedName", {"name": name})
    if index is not None:
        element.set("localSheetId", index)
    if name.startswith("_xlnm._"):
        element.set("hidden", "1")
    element.text = formula
    package.touch(package.workbook)
    return True


# --- lists ------------------------------------------------------------------------------------------------


def fill_lists(package: Package, part: str, title: str, rows: Rows, lists: Lists) -> bool:
    """Bring the hidden worksheet's lists up to date; return whether anything changed."""
    writes: list[Write] = []
    renamed = False
    for index, shape in enumerate(LISTED, 1):
        wanted = [HEADINGS[shape], *lists.of(shape)]
        standing = [row[index - 1] if index <= len(row) else None for row in rows]
        writes += _differences(index, wanted, standing)
        letters, last = column_letters(index), max(2, len(wanted))
        renamed |= set_name(package, list_name(shape), f"'{title}'!${letters}$2:${letters}${last}")
    if writes:
        sheet = Worksheet(package, part)
        CellWriter(package, sheet, 1).write(writes)
        sheet.save()
    return bool(writes) or renamed


def _differences(column: int, wanted: Sequence[str], standing: Sequence[CellValue]) -> Iterator[Write]:
    for number in range(1, max(len(wanted), len(standing)) + 1):
        value = wanted[number - 1] if number <= len(wanted) else None
        if (standing[number - 1] if number <= len(standing) else None) != value:
            yield Write(number, column, value)
