"""Numbers of an .xlsx as they are shown: a cell that holds 4711 with the format ``000000`` says "004711".

calamine gives values alone; the formats stand in the file's styles (ECMA-376 part 1, 18.8), and which cells have them
in the worksheets. Formats of zeros and of signs between them (``0000"/"000000``) are followed; of every other, and
where anything there is damaged, the value itself counts.
"""

import re
from collections.abc import Iterator, Mapping

from daemon.domain.errors import Unprocessable
from daemon.mail.packages import MAX_XML, part_of
from daemon.mail.xml_root import Element, local_name, xml_root

_SIGN = r'"[^"]*"|\\.|[-/ ]'
_ZEROS = re.compile(rf"(?:\[\$-[0-9A-Fa-f]+\])?(?P<signs>(?:0|{_SIGN})+)")
_TOKEN = re.compile(rf"0|{_SIGN}")
_STYLED = re.compile(rb'\ss="(\d{1,5})"')
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*\s)?r="([A-Z]{1,3})(\d{1,7})"')
_MOST_DIGITS = 30
MOST_CELLS = 500_000
_LONGEST_TAG = 300
Place = tuple[int, int]
"""Row and column, from 0."""


def zero_formats(data: bytes, most: int) -> Mapping[str, Mapping[Place, str]]:
    """By worksheet the cells of an .xlsx that have such a format. No worksheet may have more than ``most`` bytes."""
    try:
        styles = {str(n).encode(): code for n, code in enumerate(_codes(data)) if _signs(code)}
        return (
            {title: dict(_cells(part_of(data, part, most), styles)) for title, part in _parts(data)}
            if styles
            else {}
        )
    except Unprocessable:
        return {}


def fills_up(code: str) -> bool:
    """Whether a format may show more zeros than the value has."""
    return bool(_signs(code))


def shown_by(value: object, code: str) -> str:
    """What a cell with such a format shows; "" where its value is no whole number that can be filled up."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or value != value // 1:
        return ""
    signs = _signs(code)
    digits = list(str(int(value)).zfill(signs.count("0")))
    shown: list[str] = []
    for sign in reversed(signs):
        shown.insert(0, digits.pop() if sign == "0" else sign.strip('"').removeprefix("\\"))
    return "".join([*digits, *shown])


def _signs(code: str) -> list[str]:
    """The format's zeros and the signs between them; nothing where it is of another kind or fills nothing up."""
    found = _ZEROS.fullmatch(code.partition(";")[0])
    signs = _TOKEN.findall(found["signs"]) if found else []
    return signs if 1 < signs.count("0") <= _MOST_DIGITS else []


def _codes(data: bytes) -> Iterator[str]:
    """The number format of each cell style, by its place."""
    root = xml_root(part_of(data, "xl/styles.xml"), MAX_XML)
    named = {each.get("numFmtId"): each.get("formatCode", "") for each in _each(root, "numFmt")}
    for styles in _each(root, "cellXfs"):
        for style in styles:
            yield named.get(style.get("numFmtId"), "")


def _parts(data: bytes) -> Iterator[tuple[str, str]]:
    """Each worksheet's title and its part."""
    links = xml_root(part_of(data, "xl/_rels/workbook.xml.rels"), MAX_XML)
    targets = {str(link.get("Id")): link.get("Target", "") for link in _each(links, "Relationship")}
    for sheet in _each(xml_root(part_of(data, "xl/workbook.xml"), MAX_XML), "sheet"):
        link = next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")
        target = str(targets.get(link, ""))
        yield str(sheet.get("name", "")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _each(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.iter() if local_name(each) == name)


def _cells(sheet: bytes, styles: Mapping[bytes, str]) -> Iterator[tuple[Place, str]]:
    """Looked for by the style alone: worksheets are large, and most cells have none of these."""
    for count, found in enumerate(_STYLED.finditer(sheet)):
        if count >= MOST_CELLS:
            return
        code = styles.get(found[1])
        cell = _CELL.match(_tag(sheet, found.start())) if code else None
        if code and cell:
            yield (int(cell[2]) - 1, _column(cell[1])), code


def _tag(sheet: bytes, at: int) -> bytes:
    return sheet[sheet.rfind(b"<", max(0, at - _LONGEST_TAG), at) : at + _LONGEST_TAG]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
