"""What ending a file should have that has none, by what is in it."""

import re

from daemon.mail.docx import is_docx
from daemon.mail.odt import is_odt
from daemon.mail.packages import names_in, part_of
from daemon.mail.tars import is_tar

_BEGINNINGS = (
    (rb"\xff\xd8\xff", ".jpg"),
    (rb"\x89PNG\r\n", ".png"),
    (rb"GIF8[79]a", ".gif"),
    (rb"(?:II\*\x00|MM\x00\*|II\+\x00|MM\x00\+)", ".tif"),
    (rb"BM.{4}\x00{4}", ".bmp"),
    (rb"RIFF.{4}WEBP", ".webp"),
    (rb".{4}ftyp(?:hei|hev|mif|msf)", ".heic"),
    (rb"\{\\rtf", ".rtf"),
    (
        rb"(?:\xef\xbb\xbf)?(?:From |(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|X-[\w-]+):)",
        ".eml",
    ),
)
_OF_OLE = (("__nameid_version1.0", ".msg"), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"))
"""Names in the directory of a compound file (MS-CFB 2.6), which are UTF-16."""
_OLE = b"\xd0\xcf\x11\xe0"
_PDF_WITHIN = 1_024
_LONGEST_TYPE = 200


def ending_of(data: bytes) -> str:
    """``""`` for what is of no kind that is read here."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    if data.startswith(_OLE):
        found = (ending for name, ending in _OF_OLE if name.encode("utf-16-le") in data)
        return next(found, "")
    begins = (ending for start, ending in _BEGINNINGS if re.match(start, data, re.DOTALL | re.IGNORECASE))
    return next(begins, "") or (".tar" if is_tar(data) else "")


def _of_zip(data: bytes) -> str:
    if is_docx("", "", data):
        return ".docx"
    if is_odt("", "", data):
        return ".odt"
    names = names_in(data)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return ".xlsx"
    is_list = "mimetype" in names and b"spreadsheet" in part_of(data, "mimetype", _LONGEST_TYPE)
    return ".ods" if is_list else ".zip"
