"""The words of a document that came as the mail's only content: .txt, .html, .docx, .doc, .odt, .rtf.

PDF and pictures are the scanner's business, also those that a document holds instead of words.
"""

import re

from daemon.mail import charset
from daemon.mail.doc import doc_text
from daemon.mail.docx import MAX_TEXT, docx_text, is_docx
from daemon.mail.html import to_text
from daemon.mail.odt import is_odt, odt_text
from daemon.mail.rtf import rtf_text

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
"""Other systems save so what they call a .doc."""


def document_text(name: str, type_: str, data: bytes) -> str:
    """Readable text of a document, ``""`` when it is none of ours."""
    extension = name.rpartition(".")[2].lower()
    if is_docx(name, type_, data):
        return docx_text(data)
    if is_odt(name, type_, data):
        return odt_text(data)[:MAX_TEXT]
    if extension == "rtf" or data.startswith(b"{\\rtf"):
        return rtf_text(data)
    if data.startswith(OLE_MAGIC):
        return doc_text(data)
    if extension in {"htm", "html"} or type_ == "text/html" or (extension == "doc" and _HTML.match(data)):
        return to_text(charset.decode(data))
    if extension == "txt" or (type_ == "text/plain" and extension not in {"ics", "vcf", "csv", "log"}):
        return charset.decode(data[:MAX_TEXT])
    return ""
