"""The words of a document that came as the mail's only content: .txt, .html, .docx, .rtf, .eml.

PDF and pictures are the scanner's business. Everything is bounded: a .docx is a zip and may be a bomb.
"""

import io
import re
import zipfile
import zlib

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


def document_text(name: str, type_: str, data: bytes) -> str:
    """Readable text of a document, ``""`` when it is none of ours."""
    extension = name.rpartition(".")[2].lower()
    if extension == "docx" or (data.startswith(b"PK\x03\x04") and "wordprocessingml" in type_):
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as entry:
            xml = entry.read(MAX_XML).decode("utf-8", "replace")
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        ValueError,
        NotImplementedError,
        zlib.error,
        EOFError,
    ):
        return ""
    # Word breaks lines only where its markup says so; entities are the five of XML, so none can explode.
    xml = _DELETED.sub("", _LINE_END.sub("", xml))
    xml = _PARAGRAPH_END.sub("\n", _TAB.sub("\t", xml))
    return resolved(_MARKUP.sub("", xml)).strip()[:MAX_TEXT]
