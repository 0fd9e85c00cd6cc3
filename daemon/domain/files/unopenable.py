"""Attached files that nobody can open, or should not: judged by their first and last bytes, names lie.

Nothing is unpacked but a little of a PDF's object streams (:mod:`daemon.domain.files.pdf_pages`): a picture's size
stands in its header, an archive's contents in its directory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from daemon.domain.files.limits import MOST_MEMBERS, MOST_PAGES, MOST_PIXELS
from daemon.domain.files.pdf_lock import is_encrypted, opens_freely
from daemon.domain.files.pdf_pages import pages_of
from daemon.domain.files.picture_size import sizes_in
from daemon.domain.files.zip_directory import facts_of
from daemon.domain.mail import Attachment

_PROGRAMS = (b"MZ", b"\x7fELF")
_PROGRAM_ENDINGS = frozenset(
    {".exe", ".scr", ".com", ".pif", ".bat", ".cmd", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta"}
    | {".lnk", ".ps1", ".jar", ".apk"}
)
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".bmp", ".gif", ".webp"})
_PICTURE_STARTS = (b"\xff\xd8", b"\x89PNG", b"II", b"MM", b"BM", b"GIF8", b"RIFF")
_PACKED = frozenset({".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".xlsb"})
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_HEAD = 1_024
_LOOSEST = 50
"""Pixels that a byte of a real picture holds at most: a photo of 200 million pixels is large, but it is one."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file cannot be opened: ``told`` to a clerk in Turkish, ``why`` in the log."""

    told: str
    why: str


PROGRAM = FileFault("program dosyası; açmayınız", "a program")
_EMPTY = FileFault("boş (0 bayt)", "0 bytes")
_NO_PDF = FileFault("PDF değil veya bozuk", "no PDF by its first bytes")
_LOCKED_PDF = FileFault("parola korumalı görünüyor", "an encrypted PDF")
_NO_PICTURE = FileFault("resim değil veya bozuk", "no picture by its first bytes")
_LOCKED_FILE = FileFault("parola korumalı", "encrypted")
_BROKEN_ZIP = FileFault("arşiv bozuk veya eksik", "an archive without a directory")
_UNSAFE_ZIP = FileFault("içinde güvenli olmayan dosya yolları var; açmayınız", "an archive with unsafe names")
_ZIP_BOMB = FileFault("açıldığında olağan dışı büyüyor; açmayınız", "an archive bomb")


def is_program(name: str) -> bool:
    """Whether it is called like one."""
    return PurePath(name).suffix.lower() in _PROGRAM_ENDINGS


def fault_of(name: str, data: bytes) -> FileFault | None:
    """Why nobody can or should open it; ``None`` when nothing speaks against it."""
    ending = PurePath(name).suffix.lower()
    if not data:
        return _EMPTY
    if data.startswith(_PROGRAMS) or is_program(name):
        return PROGRAM
    if b"%PDF-" in data[:_HEAD]:
        return _fault_of_pdf(data)
    if ending == ".pdf":
        return _NO_PDF
    if ending in _PACKED and data.startswith(_OLE):
        return _LOCKED_FILE
    if data.startswith(_ZIP) or ending == ".zip":
        return _fault_of_zip(data)
    is_picture = data.startswith(_PICTURE_STARTS) or data[4:8] == b"ftyp"
    if ending in _PICTURES and not is_picture:
        return _NO_PICTURE
    return _fault_of_picture(data) if is_picture else None


def _fault_of_pdf(data: bytes) -> FileFault | None:
    if is_encrypted(data) and not opens_freely(data):
        return _LOCKED_PDF
    pages = pages_of(data)
    return _too_many(pages) if pages > MOST_PAGES else None


def _fault_of_picture(data: bytes) -> FileFault | None:
    sizes = sizes_in(data)
    if len(sizes) > MOST_PAGES:
        return _too_many(len(sizes))
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    if width * height <= MOST_PIXELS or width * height <= _LOOSEST * len(data):
        return None
    size = f"{width} × {height}"
    return FileFault(f"resim olağan dışı büyük, {size} nokta; açmayınız", f"a picture of {size} pixels")


def _fault_of_zip(data: bytes) -> FileFault | None:
    facts = facts_of(data)
    if facts is None:
        return _BROKEN_ZIP
    if facts.is_encrypted:
        return _LOCKED_FILE
    if facts.leaves_its_folder:
        return _UNSAFE_ZIP
    if facts.members > MOST_MEMBERS:
        return FileFault("içinde çok fazla dosya var; açmayınız", "an archive of too many files")
    return _ZIP_BOMB if facts.is_bomb else None


def _too_many(pages: int) -> FileFault:
    shown = f"{pages} sayfa" if pages < 1_000_000_000 else "sayısız sayfa"
    return FileFault(f"{shown}; en çok {MOST_PAGES} sayfa okunur", f"{pages} pages")


def fault_in(file: Attachment) -> FileFault | None:
    """The same of a mail's file, of which its reader may know more."""
    if (fault := fault_of(file.name, file.data)) is not None or not file.unread:
        return fault
    return FileFault(file.unread, "a document or archive of which nobody can read everything")


def faults_among(files: Iterable[Attachment]) -> list[tuple[Attachment, FileFault]]:
    """The files that cannot be opened, once each."""
    once = {file.content_hash + file.name: file for file in files if not file.is_ornament}
    judged = ((file, fault_in(file)) for file in once.values())
    return [(file, fault) for file, fault in judged if fault is not None]
