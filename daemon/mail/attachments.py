"""Files that came with a mail: a safe name, the bytes, their hash.

A name may not leave its folder, hide its extension (bidi controls), be a device of Windows or be too long for
a file system; it stays readable for the clerk (Turkish letters are kept).
"""

import hashlib
import re
import unicodedata

from daemon.domain.mail import Attachment

MAX_NAME = 100
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "application/vnd.ms-outlook": ".msg",
    "application/ms-tnef": ".dat",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/rtf": ".rtf",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "message/rfc822": ".eml",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
}
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_VAGUE = frozenset(
    {
        "application/octet-stream",
        "application/x-download",
        "application/force-download",
        "binary/octet-stream",
        "",
    }
)
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]+')


def safe_name(name: str, *, type_: str, index: int) -> str:
    """A file name without path, control or bidi characters; a missing one is made from the type."""
    name = unicodedata.normalize("NFC", name[:4_000]).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    name = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")
    if not name.strip("_ ."):
        return f"ek-{index}{_EXTENSIONS.get(type_, '')}"
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10 or not stem:
        return name[:MAX_NAME].rstrip(" .") + (_EXTENSIONS.get(type_, "") if not dot else "")
    while len((room := stem[: MAX_NAME - len(extension) - 1].rstrip(" .")).encode()) > 200:
        stem = room[:-5]
    return f"{room}.{extension}"


def attachment(name: str, type_: str, data: bytes, *, index: int, inline: bool = False) -> Attachment:
    """Build an attachment; a vague type is made precise by the first bytes."""
    if type_ in _VAGUE:
        type_ = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "application/octet-stream")
    digest = hashlib.sha256(data).hexdigest()
    return Attachment(safe_name(name, type_=type_, index=index), type_, data, digest, inline)
