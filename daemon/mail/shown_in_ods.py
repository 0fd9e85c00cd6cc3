"""Numbers of an .ods as they are shown (OASIS OpenDocument 1.3 part 3, 9.1): each cell keeps the words that its format
made of the value, so no format need be followed.
"""

import io
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from daemon.mail.packages import part_of
from daemon.mail.shown_numbers import MOST_CELLS, Place
from daemon.mail.xml_root import Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_FILLED_UP = re.compile(r"0[\d/ -]*|\d+(?:[/-]\d+)+")
"""What a format of zeros and signs makes of a number, where it is not the number itself."""
_MOST_ROWS, _MOST_COLUMNS = 5_000, 100
"""A cell may say that it is repeated a million times."""


def shown_in_ods(data: bytes, most: int) -> Mapping[str, Mapping[Place, str]]:
    """By table the format of zeros that fits what each such cell shows. The content may have ``most`` bytes."""
    content = part_of(data, "content.xml", most + 1)
    if len(content) > most or b"<!doctype" in content.lower():
        return {}
    try:
        return {title: dict(found) for title, found in _tables(content)}
    except etree.XMLSyntaxError:
        return {}


def _tables(content: bytes) -> Iterator[tuple[str, list[tuple[Place, str]]]]:
    rows, cells, count = 0, list[tuple[Place, str]](), 0
    reader = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        tag=(f"{_TABLE}table-row", f"{_TABLE}table"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for _, element in reader:
        if element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), cells
            rows, cells = 0, []
            continue
        repeated = _number(element, "number-rows-repeated")
        if count < MOST_CELLS:
            found = list(_in_row(element))
            below = range(rows, min(rows + repeated, _MOST_ROWS)) if found else ()
            cells += [((row, column), code) for row in below for column, code in found]
            count += len(found) * len(below)
        rows += repeated
        element.clear()


def _in_row(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = _number(cell, "number-columns-repeated")
        words = "".join("".join(map(str, p.itertext())) for p in cell if p.tag == _WORDS)
        if cell.get(f"{_OFFICE}value-type") == "float" and _FILLED_UP.fullmatch(words):
            code = "".join("0" if sign.isdigit() else f"\\{sign}" for sign in words)
            yield from ((at, code) for at in range(column, min(column + repeated, _MOST_COLUMNS)))
        column += repeated


def _number(element: Element, name: str) -> int:
    told = element.get(f"{_TABLE}{name}") or "1"
    return int(told) if told.isdecimal() and len(told) < 12 else 1
