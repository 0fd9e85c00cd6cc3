"""Who has a workbook open: Excel's ``~$name.xlsx`` and LibreOffice's ``.~lock.name.xlsx#`` beside it.

A lock is never deleted by us, however old: only the program that made it knows.
"""

from datetime import datetime
from pathlib import Path

from daemon.domain.clock import ISTANBUL, show_moment


def opened_by(path: Path) -> str:
    """A Turkish sentence on who has the file open, or ``""``."""
    for lock, reader in ((_excel(path), _excel_user), (_libreoffice(path), _libreoffice_user)):
        try:
            since = datetime.fromtimestamp(lock.stat().st_mtime, ISTANBUL)
            content = lock.read_bytes()[:1024]
        except OSError:
            continue
        who = reader(content)
        return f"{path.name} açık{f' ({who})' if who else ''}, {show_moment(since)} tarihinden beri."
    return ""


def _excel(path: Path) -> Path:
    """Excel cuts the first two letters off long names, so both forms are looked for."""
    full = path.with_name(f"~${path.name}")
    return full if full.exists() or len(path.stem) < 7 else path.with_name(f"~${path.name[2:]}")


def _libreoffice(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def _excel_user(content: bytes) -> str:
    """One byte of length, then the name in the machine's own 8-bit letters."""
    if not content:
        return ""
    return content[1 : 1 + min(content[0], 54)].decode("windows-1254", "replace").strip("\0 ")


def _libreoffice_user(content: bytes) -> str:
    """``user,login,host,date,profile;``."""
    fields = content.decode("utf-8", "replace").split(",")
    return next((field.strip() for field in fields[:2] if field.strip()), "")
