"""The words and pictures of a letter that LibreOffice Writer saved (.odt, OASIS OpenDocument 1.3 part 3)."""

import re
from collections.abc import Iterator

from lxml import etree

from daemon.domain.errors import Unprocessable
from daemon.mail.packages import MAX_XML, pages_in, part_of
from daemon.mail.xml_root import Element, local_name, xml_root

_TYPE = "opendocument.text"
_NOT_SAID = frozenset(
    {"tracked-changes", "annotation", "note-citation", "title", "desc", "ruby-text", "forms", "script"}
)
"""What was deleted, remarked or said of a picture."""
_PARAGRAPHS = frozenset({"p", "h"})
_MARKS = {"tab": "\t", "line-break": "\n", "table-cell": "\t"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 100
_LINK = "{http://www.w3.org/1999/xlink}href"


def is_odt(name: str, type_: str, data: bytes) -> bool:
    is_named = name.lower().endswith(".odt")
    return is_named or (data.startswith(b"PK\x03\x04") and _TYPE in type_)


def odt_text(data: bytes) -> str:
    """A line for each paragraph of ``content.xml``; ``""`` when it is locked, broken or larger than 5 MB."""
    body = _body(data)
    if body is None:
        return ""
    return "".join(_pieces(body)).strip()


def odt_pages(data: bytes) -> Iterator[bytes]:
    """The pictures that may be scanned pages, in the order in which the letter shows them."""
    body = _body(data)
    shown = body.iter("{*}image") if body is not None else ()
    links = dict.fromkeys(str(image.get(_LINK, "")).removeprefix("./") for image in shown)
    return pages_in(data, [link for link in links if link.startswith("Pictures/")])


def is_locked(data: bytes) -> bool:
    """Whether it was saved with a password: each part is encrypted then, not the zip file."""
    return b"encryption-data" in part_of(data, "META-INF/manifest.xml")


def _body(data: bytes) -> Element | None:
    xml = part_of(data, "content.xml", MAX_XML + 1)
    try:
        return next(xml_root(xml, MAX_XML).iter("{*}body"), None) if xml else None
    except Unprocessable:
        return None


def _pieces(body: Element) -> Iterator[str]:
    """Blanks count but once, and only within a paragraph."""
    depth = silent = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name, starts = local_name(element), event == "start"
        if name in _NOT_SAID:
            silent += 1 if starts else -1
        elif name in _PARAGRAPHS:
            depth += 1 if starts else -1
        if starts and not silent:
            yield _blanks(element) if name == "s" else ""
            yield _MARKS.get(name, "") if name != "table-cell" else ""
        elif not silent and name in {*_PARAGRAPHS, "table-cell", "table-row"}:
            yield "\t" if name == "table-cell" else "\n"
        if depth and not silent:
            yield _BLANKS.sub(" ", (element.text if starts else element.tail) or "")


def _blanks(element: Element) -> str:
    count = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}c")), "1")
    return " " * min(int(count[:4]) if count.isdecimal() else 1, _MOST_BLANKS)
