"""What a mail holds beside its words: tables of its HTML, attached JSON and XML as plain values, attached lists.

Everything is bounded in size and depth. XML is read without a document type, entities or network (billion laughs,
XXE); JSON without big numbers or nesting that would exhaust the stack.
"""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from daemon.domain.errors import Unprocessable
from daemon.domain.mail import Attachment, Mail
from daemon.domain.structured.sources import Grid, Material, Unread
from daemon.domain.structured.trees import TEXT_KEY
from daemon.domain.structured.values import read_position
from daemon.mail import charset
from daemon.mail.embedded import data_kind, is_data, lift_files
from daemon.mail.excel_xml import excel_xml_grids, is_excel_xml, is_markup
from daemon.mail.spreadsheets import MOST_COLUMNS, MOST_ROWS, is_spreadsheet, read_spreadsheet
from daemon.mail.xml_root import BROKEN, TOO_LARGE, Element, local_name, xml_root

MOST_BYTES = 2 * 1024 * 1024
MOST_HTML = 1_000_000
DEEPEST = 12
MOST_NODES = 50_000
MOST_TABLES = 40
MOST_ROWS_IN_MAIL = 2_000
_TOO_DEEP = "veri dosyası aşırı iç içe; okunmadı"


def read_material(mail: Mail) -> Material:
    """Tables, data and lists of a mail and of the mail that it forwards. Never raises."""
    inner = mail.forwarded
    files = (*mail.attachments, *(inner.attachments if inner else ()))
    trees: list[object] = []
    lists: list[Grid] = []
    unread: list[Unread] = []
    for file in files:
        try:
            if is_spreadsheet(file.name):
                lists += _read_list(file)
            elif kind := data_kind(file):
                data, _ = lift_files(file.data)
                trees.append(_read_json(data) if kind == "json" else _read_xml(data))
        except Unprocessable as fault:
            unread.append(Unread(file.name, fault.reason))
    if body := _data_in_body((inner or mail).text):
        trees.append(body)
    source = (inner or mail).html or mail.html
    return Material(
        tuple(_tables(source)), tuple(trees), tuple(lists), tuple(unread), tuple(_maps_linked(source))
    )


def _data_in_body(text: str) -> object:
    """``None`` for words."""
    if not is_data(text):
        return None
    try:
        return _read_json(lift_files(text.strip().encode())[0])
    except Unprocessable:
        return None


def _read_list(file: Attachment) -> tuple[Grid, ...]:
    """Web programs often export a web page, or Excel's XML of 2003, and call it .xls."""
    if not is_markup(file.data):
        return read_spreadsheet(file.name, file.data)
    if len(file.data) > MOST_BYTES:
        raise Unprocessable("list too large", reason=TOO_LARGE)
    if is_excel_xml(file.data):
        return excel_xml_grids(file.name, xml_root(file.data, MOST_BYTES))
    grids = _tables(charset.decode(file.data), MOST_ROWS)
    return tuple(Grid(f"{file.name} {grid.name}", grid.rows) for grid in grids)


# --- JSON and XML -----------------------------------------------------------------------------------------


def _read_json(data: bytes) -> object:
    """Mappings, lists and texts. Raises :class:`Unprocessable`."""
    if len(data) > MOST_BYTES:
        raise Unprocessable("JSON too large", reason=TOO_LARGE)
    try:
        found = json.loads(charset.decode(data).lstrip("\ufeff"), parse_int=str, parse_float=str)
    except RecursionError as fault:
        raise Unprocessable("JSON too deep", reason=_TOO_DEEP) from fault
    except ValueError as fault:
        raise Unprocessable(f"JSON: {fault}", reason=BROKEN) from fault
    return _plain(found, 0, [MOST_NODES])


def _plain(value: Any, depth: int, left: list[int]) -> object:
    left[0] -= 1
    if depth > DEEPEST or left[0] < 0:
        raise Unprocessable("JSON too deep or too long", reason=_TOO_DEEP)
    match value:
        case dict():
            return {str(key): _plain(below, depth + 1, left) for key, below in value.items()}
        case list():
            return [_plain(below, depth + 1, left) for below in value]
        case None:
            return ""
        case bool():
            return "Evet" if value else "Hayır"
        case _:
            return str(value)


def _read_xml(data: bytes) -> object:
    """Elements as mappings by tag, attributes among them; repeated ones as lists. Raises :class:`Unprocessable`."""
    root = xml_root(data, MOST_BYTES)
    return {local_name(root): _element(root, 0, [MOST_NODES])}


def _element(element: Element, depth: int, left: list[int]) -> object:
    left[0] -= 1
    if depth > DEEPEST or left[0] < 0:
        raise Unprocessable("XML too deep or too long", reason=_TOO_DEEP)
    found: dict[str, object] = {etree.QName(key).localname: str(v) for key, v in element.attrib.items()}
    for child in element:
        name, below = local_name(child), _element(child, depth + 1, left)
        if name not in found:
            found[name] = below
        elif isinstance(standing := found[name], list):
            standing.append(below)
        else:
            found[name] = [standing, below]
    words = (element.text or "").strip()
    if not found:
        return words
    return found | ({TEXT_KEY: words} if words else {})


# --- HTML -------------------------------------------------------------------------------------------------


def _tables(source: str, most_rows: int = MOST_ROWS_IN_MAIL) -> Iterator[Grid]:
    """Every innermost table; what only lays a page out holds other tables and is no table of values."""
    root = _document(source) if "<t" in source.lower() else None
    if root is None:
        return
    innermost = [table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None]
    for index, table in enumerate(innermost[:MOST_TABLES], 1):
        rows = [row for tr in list(table.iter("tr"))[:most_rows] if any(row := tuple(_cells(tr)))]
        if rows:
            yield Grid(f"tablo {index}", tuple(rows))


def _document(source: str) -> Element | None:
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        return html.document_fromstring(source[:MOST_HTML], parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _maps_linked(source: str) -> list[str]:
    root = _document(source) if "<a" in source.lower() else None
    return list(dict.fromkeys(_map_links(root))) if root is not None else []


def _cells(row: Element) -> Iterator[str]:
    for cell in list(row.iterchildren("td", "th"))[:MOST_COLUMNS]:
        for line_end in cell.iter("br", "p", "div", "li"):
            line_end.tail = f"\n{line_end.tail or ''}"
        words = "".join(str(part) for part in cell.itertext())
        words += "".join(f"\n{link}" for link in _map_links(cell) if link not in words)
        lines = (" ".join(line.split()) for line in words.split("\n"))
        yield "\n".join(line for line in lines if line)


def _map_links(within: Element) -> list[str]:
    """What is said only by a link: the place behind "Haritada göster"."""
    links = [str(anchor.get("href", ""))[:2_000] for anchor in within.iter("a")]
    return [link for link in links if link.startswith("http") and read_position(link)]
