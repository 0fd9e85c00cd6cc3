"""The words of a document that came as the mail's only content: .txt, .html, .docx, .rtf, .eml.

PDF and pictures are the scanner's business, also those that a document holds instead of words. Everything is bounded:
a .docx is a zip and may be a bomb.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from daemon.domain.picture_size import sizes_in
from daemon.mail import charset
from daemon.mail.entities import resolved
from daemon.mail.html import to_text
from daemon.mail.rtf import rtf_text

MAX_XML = 5_000_000
MAX_TEXT = 500_000
_PARAGRAPH_END = re.compile(r"</w:p>|<w:br\b[^>]{0,200}/>|</w:tr>")
_TAB = re.compile(r"<w:tab\b[^>]{0,200}/>|</w:tc>")
_DELETED = re.compile(r"<w:(?:instrText|delText)\b[^>]{0,200}>[^<]*</w:(?:instrText|delText)>")
_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
_MARKUP = re.compile(r"<[^<>]*>")
LARGEST_PICTURE = 20_000_000
"""Bytes of one picture; a page scanned in colour has one or two million."""
_SMALLEST_PAGE = (480, 680)
"""Pixels of the shorter and the longer side: A5 at 80 dpi. On less a petition cannot be read."""
_READABLE = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*")
_SHOWN = re.compile(
    r"""<(?:\w+:)?(?:blip|imagedata)\b[^<>]{0,2000}?\sr:(?:embed|id)=["']([^"'<>]{1,100})["']"""
)
_LINK = re.compile(r"<Relationship\b[^<>]{0,4000}>")
_ID, _TARGET = re.compile(r"""\sId=["']([^"']{1,100})"""), re.compile(r"""\sTarget=["']([^"']{1,500})""")
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    NotImplementedError,
    zlib.error,
    EOFError,
)
"""In so many ways a damaged archive says so."""


def document_text(name: str, type_: str, data: bytes) -> str:
    """Readable text of a document, ``""`` when it is none of ours."""
    extension = name.rpartition(".")[2].lower()
    if is_docx(name, type_, data):
        return docx_text(data)
    if extension == "rtf" or data.startswith(b"{\\rtf"):
        return rtf_text(data)
    if extension in {"htm", "html"} or type_ == "text/html":
        return to_text(charset.decode(data))
    if extension == "txt" or (type_ == "text/plain" and extension not in {"ics", "vcf", "csv", "log"}):
        return charset.decode(data[:MAX_TEXT])
    return ""


def docx_text(data: bytes) -> str:
    """Paragraphs of ``word/document.xml`` (ECMA-376 part 1 § 17), read at most 5 MB."""
    xml = _member(data, "word/document.xml")
    # Word breaks lines only where its markup says so; entities are the five of XML, so none can explode.
    xml = _DELETED.sub("", _LINE_END.sub("", xml))
    xml = _PARAGRAPH_END.sub("\n", _TAB.sub("\t", xml))
    return resolved(_MARKUP.sub("", xml)).strip()[:MAX_TEXT]


def is_docx(name: str, type_: str, data: bytes) -> bool:
    is_named = name.lower().endswith(".docx")
    return is_named or (data.startswith(b"PK\x03\x04") and "wordprocessingml" in type_)


def docx_pages(data: bytes) -> Iterator[bytes]:
    """The pictures that may be scanned pages, in the order in which the document shows them."""
    links = _member(data, "word/_rels/document.xml.rels")
    targets: dict[str, str] = {}
    for link in _LINK.findall(links):
        if (id_ := _ID.search(link)) and (target := _TARGET.search(link)):
            targets[id_[1]] = target[1].removeprefix("/word/")
    shown = (targets.get(id_, "") for id_ in _SHOWN.findall(_member(data, "word/document.xml")))
    return _pages(data, [f"word/{target}" for target in dict.fromkeys(shown) if target])


def _pages(data: bytes, names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        picture = _bytes_of(data, name, LARGEST_PICTURE + 1)
        if len(picture) <= LARGEST_PICTURE and _may_be_page(picture):
            yield picture


def _may_be_page(picture: bytes) -> bool:
    sizes = sizes_in(picture) if picture.startswith(_READABLE) else []
    shorter, longer = _SMALLEST_PAGE
    return any(min(size) >= shorter and max(size) >= longer for size in sizes)


def _member(data: bytes, name: str) -> str:
    return _bytes_of(data, name, MAX_XML).decode("utf-8", "replace")


def _bytes_of(data: bytes, name: str, most: int) -> bytes:
    """A member's beginning; nothing where it is not there or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as entry:
            return entry.read(most)
    except _BROKEN:
        return b""
