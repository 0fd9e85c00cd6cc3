"""The words and pictures of a letter that Word saved (.docx, ECMA-376 part 1), or LibreOffice in Word's format.

Read by its tags, not as a tree: of a document that is larger than the limit or damaged its beginning still speaks.
"""

import re
from collections.abc import Iterator

from daemon.mail.entities import resolved
from daemon.mail.packages import MAX_XML, names_in, pages_in, part_of
from daemon.mail.writing import Writing, together

MAX_TEXT = 500_000
_SMALL = 300_000
"""Bytes of a header, a footer, or all notes."""
_TOKEN = re.compile(
    r"<w:t(?:\s[^<>]{0,200})?>(?P<text>[^<]*)"
    r"|<(?P<end>/?)w:(?P<tag>tab|ptab|br|cr|noBreakHyphen|p|tc|tr|txbxContent|moveFrom)(?:\s[^<>]{0,500}?)?(?P<empty>/?)>"
)
_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FALLBACK, _FALLBACK_ENDS = "<mc:Fallback", "</mc:Fallback>"
_HEAD, _FOOT = re.compile(r"word/header\d*\.xml"), re.compile(r"word/footer\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_SHOWN = re.compile(
    r"""<(?:\w+:)?(?:blip|imagedata)\b[^<>]{0,2000}?\sr:(?:embed|id)=["']([^"'<>]{1,100})["']"""
)
_LINK = re.compile(r"<Relationship\b[^<>]{0,4000}>")
_ID, _TARGET = re.compile(r"""\sId=["']([^"']{1,100})"""), re.compile(r"""\sTarget=["']([^"']{1,500})""")


def is_docx(name: str, type_: str, data: bytes) -> bool:
    """By what is in it; a broken one by what it is called."""
    if names := names_in(data):
        return "word/document.xml" in names
    return name.lower().endswith((".docx", ".docm", ".dotx")) or "wordprocessingml" in type_


def docx_text(data: bytes) -> str:
    """Headers (a letterhead often stands in one), body, notes and footers; of each only its beginning is read."""
    names = names_in(data)
    heads, feet = (
        [_text_of(_part(data, name, _SMALL)) for name in sorted(filter(kind.fullmatch, names))[:6]]
        for kind in (_HEAD, _FOOT)
    )
    notes = [_text_of(_part(data, name, _SMALL)) for name in _NOTES if name in names]
    body = _text_of(_part(data, "word/document.xml"))
    return together(*heads, body, *notes, *feet)[:MAX_TEXT] if body or not names else ""


def docx_pages(data: bytes) -> Iterator[bytes]:
    """The pictures that may be scanned pages, in the order in which the document shows them."""
    links = _part(data, "word/_rels/document.xml.rels")
    targets: dict[str, str] = {}
    for link in _LINK.findall(links):
        if (id_ := _ID.search(link)) and (target := _TARGET.search(link)):
            targets[id_[1]] = target[1].removeprefix("/word/")
    shown = (targets.get(id_, "") for id_ in _SHOWN.findall(_part(data, "word/document.xml")))
    return pages_in(data, [f"word/{target}" for target in dict.fromkeys(shown) if target])


def _text_of(xml: str) -> str:
    writing, moved = Writing(), 0
    for token in _TOKEN.finditer(_without_fallbacks(_LINE_END.sub("", xml))):
        tag, ends = token["tag"], bool(token["end"])
        if tag == "moveFrom" and not token["empty"]:
            moved = max(0, moved + (-1 if ends else 1))
        elif moved:
            continue  # stands where it was moved to
        elif tag is None:
            writing.say(resolved(token["text"]))
        elif tag in _MARKS:
            writing.say(_MARKS[tag])
        elif tag == "txbxContent":
            writing.end_box() if ends else writing.begin_box()
        elif ends or (tag == "p" and token["empty"]):
            {"p": writing.end_paragraph, "tc": writing.end_cell, "tr": writing.end_row}[tag]()
    return writing.text


def _without_fallbacks(xml: str) -> str:
    """A text box is written twice: also as programs before 2010 read it."""
    kept, at = [], 0
    while (start := xml.find(_FALLBACK, at)) >= 0 and (end := xml.find(_FALLBACK_ENDS, start)) >= 0:
        kept.append(xml[at:start])
        at = end + len(_FALLBACK_ENDS)
    return "".join((*kept, xml[at:]))


def _part(data: bytes, name: str, most: int = MAX_XML) -> str:
    return part_of(data, name, most).decode("utf-8", "replace")
