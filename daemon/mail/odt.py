"""The words and pictures of a letter that LibreOffice Writer saved (.odt, OASIS OpenDocument 1.3 part 3)."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from daemon.domain.errors import Unprocessable
from daemon.mail.packages import MAX_XML, names_in, pages_in, part_of
from daemon.mail.writing import Writing, together
from daemon.mail.xml_root import Element, local_name, xml_root

_TYPE = "opendocument.text"
_NOT_SAID = frozenset(
    {"tracked-changes", "annotation", "note-citation", "title", "desc", "ruby-text", "forms", "script"}
)
"""What was deleted, remarked or said of a picture."""
_PARAGRAPHS = frozenset({"p", "h"})
_ASIDE = frozenset({"text-box", "note-body"})
_MARKS = {"tab": "\t", "line-break": "\n"}
_ENDS: dict[str, Callable[[Writing], None]] = {
    **dict.fromkeys(_PARAGRAPHS, Writing.end_paragraph),
    "table-cell": Writing.end_cell,
    "table-row": Writing.end_row,
}
_HEADS = ("{*}header", "{*}header-first", "{*}header-left")
_FEET = ("{*}footer", "{*}footer-first", "{*}footer-left")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 100
_LONGEST_TYPE = 200
_LINK = "{http://www.w3.org/1999/xlink}href"


def is_odt(name: str, type_: str, data: bytes) -> bool:
    """By what it says of itself; a broken one by what it is called."""
    if names := names_in(data):
        return "content.xml" in names and _TYPE in part_of(data, "mimetype", _LONGEST_TYPE).decode("latin-1")
    return name.lower().endswith((".odt", ".ott")) or _TYPE in type_


def odt_text(data: bytes) -> str:
    """A line for each paragraph: headers (a letterhead often stands in one), body, notes, footers; ``""`` when it is
    locked, broken or larger than 5 MB."""
    body = _body(data)
    if body is None:
        return ""
    styles = _root(data, "styles.xml")
    heads, feet = (
        [_words(each)[0] for each in styles.iter(*kinds)] if styles is not None else []
        for kinds in (_HEADS, _FEET)
    )
    return together(*heads, *_words(body), *feet)


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
    root = _root(data, "content.xml")
    return next(root.iter("{*}body"), None) if root is not None else None


def _root(data: bytes, part: str) -> Element | None:
    xml = part_of(data, part, MAX_XML + 1)
    try:
        return xml_root(xml, MAX_XML) if xml else None
    except Unprocessable:
        return None


def _words(root: Element) -> tuple[str, str]:
    """What is said, and its notes. Blanks count but once, and only within a paragraph."""
    body, notes = Writing(), Writing()
    writing, silent = body, 0
    depths = [0]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name, starts = local_name(element), event == "start"
        if name in _NOT_SAID:
            silent += 1 if starts else -1
        elif name in _ASIDE:
            depths = [*depths, 0] if starts else depths[:-1]
            if name == "text-box":
                writing.begin_box() if starts else writing.end_box()
            else:
                writing = notes if starts else body
        elif name in _PARAGRAPHS:
            depths[-1] += 1 if starts else -1
        if starts and not silent:
            writing.say(_blanks(element) if name == "s" else _MARKS.get(name, ""))
        elif not silent and (ended := _ENDS.get(name)):
            ended(writing)
        if depths[-1] and not silent:
            writing.say(_BLANKS.sub(" ", (element.text if starts else element.tail) or ""))
    return body.text, notes.text


def _blanks(element: Element) -> str:
    count = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}c")), "1")
    return " " * min(int(count[:4]) if count.isdecimal() else 1, _MOST_BLANKS)
