"""Attached files that nobody can open, or should not: judged by their first and last bytes, names lie."""

from pathlib import PurePath

from daemon.domain.mail import Attachment

_PROGRAMS = (b"MZ", b"\x7fELF")
_PROGRAM_ENDINGS = frozenset(
    {".exe", ".scr", ".com", ".pif", ".bat", ".cmd", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta"}
    | {".lnk", ".ps1", ".jar", ".apk"}
)
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".bmp", ".gif", ".webp"})
_PICTURE_STARTS = (b"\xff\xd8", b"\x89PNG", b"II", b"MM", b"BM", b"GIF8", b"RIFF")
_PACKED = frozenset({".docx", ".xlsx", ".pptx", ".docm", ".xlsm"})
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP, _ENCRYPTED_FLAG = b"PK\x03\x04", 1
_HEAD, _TAIL = 1_024, 4_096
PROGRAM = "program dosyası; açmayınız"


def fault_of(file: Attachment) -> str:
    """Why a file cannot be opened, in Turkish; ``""`` when nothing speaks against it."""
    data, ending = file.data, PurePath(file.name).suffix.lower()
    if not data:
        return "boş (0 bayt)"
    if data.startswith(_PROGRAMS) or ending in _PROGRAM_ENDINGS:
        return PROGRAM
    if ending == ".pdf":
        return _fault_of_pdf(data)
    if ending in _PICTURES and not (data.startswith(_PICTURE_STARTS) or data[4:8] == b"ftyp"):
        return "resim değil veya bozuk"
    if ending in _PACKED and data.startswith(_OLE):
        return "parola korumalı"
    if data.startswith(_ZIP) and len(data) > 6 and data[6] & _ENCRYPTED_FLAG:
        return "parola korumalı"
    return ""


def _fault_of_pdf(data: bytes) -> str:
    """A PDF says at its end that it is encrypted (ISO 32000-1, 7.5.5)."""
    if b"%PDF-" not in data[:_HEAD]:
        return "PDF değil veya bozuk"
    return "parola korumalı görünüyor" if b"/Encrypt" in data[-_TAIL:] else ""


def faults_of(files: tuple[Attachment, ...]) -> str:
    """The files that cannot be opened with the reason of each, in one line."""
    return ", ".join(f"{file.name} ({why})" for file in files if not file.inline and (why := fault_of(file)))
