"""Excel's XML of 2003 (SpreadsheetML), which web programs still export under the name .xls."""

from collections.abc import Iterator

from lxml import etree

from daemon.domain.errors import Unprocessable
from daemon.domain.structured.sources import Grid
from daemon.mail.spreadsheets import MOST_COLUMNS, MOST_ROWS

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_INDEX = f"{{{_NAMESPACE}}}Index"
_NAME = f"{{{_NAMESPACE}}}Name"

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its elements' type


def is_markup(data: bytes) -> bool:
    """Whether a file that calls itself a spreadsheet is HTML or XML."""
    head = data[:4_096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return head.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<style", b"<head", b"<?xml"))


def is_excel_xml(data: bytes) -> bool:
    return _NAMESPACE.encode() in data[:8_192].replace(b"\0", b"")


def excel_xml_grids(name: str, root: Element) -> tuple[Grid, ...]:
    """Every worksheet. Raises :class:`Unprocessable`."""
    return tuple(
        Grid(f"{name} {sheet.get(_NAME, '')}".strip(), tuple(_rows(name, sheet)), sheet.get(_NAME, ""))
        for sheet in root.iter(f"{{{_NAMESPACE}}}Worksheet")
    )


def _rows(name: str, sheet: Element) -> Iterator[tuple[str, ...]]:
    for count, row in enumerate(sheet.iter(f"{{{_NAMESPACE}}}Row")):
        if count >= MOST_ROWS:
            raise Unprocessable(f"{name}: too many rows", reason=f"listede {MOST_ROWS} satırdan fazla var")
        cells: list[str] = []
        for cell in row.iterchildren(f"{{{_NAMESPACE}}}Cell"):
            index = cell.get(_INDEX, "")
            if index.isdecimal():  # empty cells before it are left out
                cells += [""] * (min(int(index[:4]), MOST_COLUMNS) - 1 - len(cells))
            if len(cells) < MOST_COLUMNS:
                cells.append("".join(str(part) for part in cell.itertext()).strip())
        yield tuple(cells)
