"""The words of a document that came as the mail's only content: .txt, .html, .docx, .odt, .rtf, .eml.

PDF and pictures are the scanner's business, also those that a document holds instead of words.
"""

import re
from collections.abc import Iterator

from daemon.mail import charset
from daemon.mail.entities import resolved
from daemon.mail.html import to_text
from daemon.mail.odt import is_odt, odt_text
from daemon.mail.packages import pages_in, part_of
from daemon.mail.rtf import rtf_text

MAX_TEXT = 500_000
_PARAGRAPH_END = re.compile(r"</w:p>|<w:br\b[^>]{0,200}/>|</w:tr>")
_TAB = re.compile(r"<w:tab\b[^>]{0,200}/>|</w:tc>")
_DELETED = re.compile(r"<w:(?:instrText|delText)\b[^>]{0,200}>[^<]*</w:(?:instrText|delText)>")
_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
_MARKUP = re.compile(r"<[^<>]*>")
_SHOWN = re.compile(
    r"""<(?:\w+:)?(?:blip|imagedata)\b[^<>]{0,2000}?\sr:(?:embed|id)=["']([^"'<>]{1,100})["']"""
)
_LINK = re.compile(r"<Relationship\b[^<>]{0,4000}>")
_ID, _TARGET = re.compile(r"""\sId=["']([^"']{1,100})"""), re.compile(r"""\sTarget=["']([^"']{1,500})""")


def document_text(name: str, type_: str, data: bytes) -> str:
    """Readable text of a document, ``""`` when it is none of ours."""
    extension = name.rpartition(".")[2].lower()
    if is_docx(name, type_, data):
        return docx_text(data)
    if is_odt(name, type_, data):
        return odt_text(data)[:MAX_TEXT]
    if extension == "rtf" or data.startswith(b"{\\rtf"):
        return rtf_text(data)
    if extension in {"htm", "html"} or type_ == "text/html":
        return to_text(charset.decode(data))
    if extension == "txt" or (type_ == "text/plain" and extension not in {"ics", "vcf", "csv", "log"}):
        return charset.decode(data[:MAX_TEXT])
    return ""


def docx_text(data: bytes) -> str:
    """Paragraphs of ``word/document.xml`` (ECMA-376 part 1 § 17), read at most 5 MB."""
    xml = _part(data, "word/document.xml")
    # Word breaks lines only where its markup says so; entities are the five of XML, so none can explode.
    xml = _DELETED.sub("", _LINE_END.sub("", xml))
    xml = _PARAGRAPH_END.sub("\n", _TAB.sub("\t", xml))
    return resolved(_MARKUP.sub("", xml)).strip()[:MAX_TEXT]


def is_docx(name: str, type_: str, data: bytes) -> bool:
    is_named = name.lower().endswith(".docx")
    return is_named or (data.startswith(b"PK\x03\x04") and "wordprocessingml" in type_)


def docx_pages(data: bytes) -> Iterator[bytes]:
    """The pictures that may be scanned pages, in the order in which the document shows them."""
    links = _part(data, "word/_rels/document.xml.rels")
    targets: dict[str, str] = {}
    for link in _LINK.findall(links):
        if (id_ := _ID.search(link)) and (target := _TARGET.search(link)):
            targets[id_[1]] = target[1].removeprefix("/word/")
    shown = (targets.get(id_, "") for id_ in _SHOWN.findall(_part(data, "word/document.xml")))
    return pages_in(data, [f"word/{target}" for target in dict.fromkeys(shown) if target])


def _part(data: bytes, name: str) -> str:
    return part_of(data, name).decode("utf-8", "replace")
