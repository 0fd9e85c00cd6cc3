"""Files that the office hands in: what kinds are taken, and how each becomes a mail like any other."""

import errno
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from daemon.domain.errors import ConfigurationError, Unprocessable
from daemon.domain.mail import BY_WAY, HAND_FILES, MAIL_SUFFIXES, SCAN_SUFFIXES
from daemon.domain.system_faults import told_of
from daemon.mail.endings import ending_of
from daemon.settings import Settings

EXPORT_SUFFIXES = frozenset({".txt", ".zip"})
"""Conversations exported from a telephone."""
LIST_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"})
"""Lists of other systems."""
TAR_SUFFIXES = frozenset({".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz"})
LETTER_SUFFIXES = frozenset({".doc", ".docx", ".docm", ".odt", ".rtf"})
FILE_SUFFIXES = SCAN_SUFFIXES | EXPORT_SUFFIXES | TAR_SUFFIXES | LIST_SUFFIXES | LETTER_SUFFIXES
"""Files that the office hands in: a person sees each of them, whether or not it can be read."""
_MOST_LOOKED_AT = 150_000_000
"""Bytes: an archive's directory stands at its end."""
_TAKEN = FILE_SUFFIXES | MAIL_SUFFIXES


def called(path: Path, raw: bytes) -> Path:
    """A file without a known ending as what is in it would be called ("Dilekçe 12.10.2026")."""
    return path if path.suffix.lower() in _TAKEN else path.with_name(path.name + ending_of(raw))


def is_like_a_mail(path: Path) -> bool:
    """Whether a file without a known ending is one that is read like a mail, not a scan; ``False`` where nothing tells,
    or it cannot be looked into now."""
    try:
        facts = path.stat()
        kind = _kind_of(path, facts.st_size, facts.st_mtime_ns)
    except OSError:
        return False
    return kind in _TAKEN - SCAN_SUFFIXES


@lru_cache(256)
def _kind_of(path: Path, _size: int, _time: int) -> str:
    """The folder is looked at every few seconds, and a file may lie there for long."""
    if path.suffix.lower() in _TAKEN:
        return path.suffix.lower()
    with path.open("rb") as file:
        return ending_of(file.read(_MOST_LOOKED_AT))


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _unreadable(path, fault) from fault


def ensure_readable(path: Path) -> None:
    """Of a file that is too large to be read here. Raises :class:`ConfigurationError`."""
    try:
        path.open("rb").close()
    except OSError as fault:
        raise _unreadable(path, fault) from fault


def ensure_folder_for(path: Path) -> None:
    """Where a file is to be written. Raises :class:`ConfigurationError`."""
    if not path.parent.is_dir():
        line = f"{path}: yazılamıyor (“{path.parent}” diye bir klasör yok)"
        raise ConfigurationError(f"{path}: no such folder", reason=line)


def _unreadable(path: Path, fault: OSError) -> ConfigurationError:
    why = told_of(fault, _UNREADABLE)
    return ConfigurationError(
        f"{path}: {fault.strerror}",
        faults=(f"{path}: okunamıyor ({why})",),
        reason=f"okunamıyor ({why})",
    )


def why_unwritable(fault: OSError, path: Path) -> str:
    """Turkish, for whoever named the file that is to be written."""
    if fault.errno in {errno.ENOENT, errno.ENOTDIR}:
        return f"“{path.parent}” diye bir klasör yok"
    return told_of(fault, _UNWRITABLE)


_UNWRITABLE = dict.fromkeys((errno.EACCES, errno.EPERM), "yazma izni yok")
_UNREADABLE = dict.fromkeys((errno.EACCES, errno.EPERM), "okuma izni yok")


def as_mail(path: Path, raw: bytes, settings: Settings, now: datetime, source: str = HAND_FILES) -> bytes:
    """A file handed in by the office, as a mail of the office to itself: one way for everything. A clerk is told the
    ``source``, not that it came from the manager (``Arrival.is_handed_in``)."""
    if path.suffix.lower() not in FILE_SUFFIXES:
        known = ", ".join(sorted(MAIL_SUFFIXES | FILE_SUFFIXES))
        raise Unprocessable(f"{path.name}: unknown kind of file", reason=f"bu tür dosya alınamıyor ({known})")
    message = EmailMessage()
    message["From"] = settings.office.manager
    message["To"] = settings.office.address
    message["Subject"] = path.stem
    message["Date"] = format_datetime(now)
    if settings.trust.authserv_id:
        message["Authentication-Results"] = f"{settings.trust.authserv_id}; dmarc=pass"
    message.set_content(f"{path.name} dosyası {BY_WAY[source]} alındı.\n")
    message.add_attachment(raw, maintype="application", subtype="octet-stream", filename=path.name)
    return message.as_bytes()
