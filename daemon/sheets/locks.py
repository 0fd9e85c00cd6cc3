"""Who has a workbook open: Excel's ``~$name.xlsx``, LibreOffice's ``.~lock.name.xlsx#`` and WPS's ``.~name.xlsx``.

A lock is never deleted by us, however old: only the program that made it knows. A sentence says since when it
has been there, so that people can judge whether somebody's computer crashed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from daemon.domain.clock import ISTANBUL, show_moment

STALE_AFTER = timedelta(hours=18)
"""Nobody keeps a file open so long: it is probably left over from a crash."""


def opened_by(path: Path) -> str:
    """A Turkish sentence on who has the file open and since when, or ``""``."""
    for lock, read_user in _locks(path):
        try:
            since = datetime.fromtimestamp(lock.stat().st_mtime, ISTANBUL)
            content = lock.read_bytes()[:1024]
        except FileNotFoundError:
            continue
        except OSError:  # there, but kept for itself by the program that has the file open
            return f"{path.name} başka bir programda açık."
        return _sentence(path, lock, read_user(content), since)
    return ""


def _sentence(path: Path, lock: Path, who: str, since: datetime) -> str:
    said = f"{path.name} {show_moment(since)} tarihinden beri açık{f' ({who})' if who else ''}."
    if datetime.now(ISTANBUL) - since > STALE_AFTER:
        said += f" Kimse kullanmıyorsa kilit dosyası ({lock.name}) silinmelidir."
    return said


def _locks(path: Path) -> list[tuple[Path, Callable[[bytes], str]]]:
    return [
        (path.with_name(f"~${path.name}"), _excel_user),
        (path.with_name(f".~lock.{path.name}#"), _libreoffice_user),
        (path.with_name(f".~{path.name}"), _excel_user),
    ]


def _excel_user(content: bytes) -> str:
    """Length and name in the machine's own letters (55 bytes), then length and name in UTF-16."""
    if len(content) >= 57 and 0 < content[55] <= 54:
        name = content[57 : 57 + 2 * content[55]].decode("utf-16-le", "replace")
        if name.strip("\0 ") and "\ufffd" not in name:
            return _tidied(name)
    return _tidied(content[1 : 1 + min(content[0], 54)].decode("windows-1254", "replace")) if content else ""


def _libreoffice_user(content: bytes) -> str:
    """``name,login,host,date,profile;``: the name, else the login, and the computer."""
    fields = [_tidied(field) for field in content.decode("utf-8", "replace").split(",")]
    who = next((field for field in fields[:2] if field), "")
    host = fields[2] if len(fields) > 2 else ""
    return f"{who}, {host}" if who and host else who or host


def _tidied(name: str) -> str:
    return "".join(c for c in name if c.isprintable()).strip()
