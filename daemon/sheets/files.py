"""A workbook as a file that several programs save: read whole, replaced whole, the former state kept.

Excel and LibreOffice save by putting a new file in the old one's place; so do we, and only if what lies there is
what was read (compared byte for byte just before) and nobody has it open.
"""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from daemon import points
from daemon.domain.errors import Temporary
from daemon.domain.system_faults import told_of
from daemon.sheets.locks import opened_by

KEPT_VERSIONS = 10
ASIDE = ".muhtarlik"
"""Folder beside the workbooks with their former states."""
_REASONS = {
    errno.ENOSPC: "diskte yer kalmadı",
    errno.EDQUOT: "diskte ayrılan yer doldu",
    errno.ENOENT: "dosya ya da klasör yerinde yok",
    errno.EISDIR: "bu adda bir klasör var",
    errno.EIO: "diskte okuma/yazma hatası",
}


def stamp(path: Path) -> str:
    """A cheap sign of change; ``""`` when there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"


def read_whole(path: Path) -> bytes:
    """Raises :class:`Temporary`."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise translated(path, fault, "okunamıyor") from fault


def create(path: Path, data: bytes) -> None:
    """Put a new file there, never over one that came meanwhile. Raises :class:`Temporary`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _through_temporary(path, data, lambda new: _put_new(new, path), like=None)
    except FileExistsError as fault:
        raise Temporary(f"{path} came meanwhile", reason=f"{path.name} az önce oluşturulmuş.") from fault
    except OSError as fault:
        raise translated(path, fault, "oluşturulamıyor") from fault


def _put_new(new: Path, path: Path) -> None:
    """A link fails where something is; some shares know no links."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        new.replace(path)


def replace(path: Path, before: bytes, after: bytes) -> None:
    """Put ``after`` in the place of ``before``; the permissions stay. Raises :class:`Temporary` when somebody
    has the file open, marked it read-only or saved it meanwhile, or the disk refuses."""
    path = path.resolve()
    _refuse_if_read_only(path)

    def swap(new: Path) -> None:
        refuse_if_open(path)
        if path.read_bytes() != before:
            raise changed_meanwhile(path)
        new.replace(path)

    try:
        _keep_version(path, before)
        _through_temporary(path, after, swap, like=path)
    except OSError as fault:
        raise translated(path, fault, "yazılamıyor") from fault


def refuse_if_open(path: Path) -> None:
    if who := opened_by(path):
        raise Temporary(f"{path} is open elsewhere", reason=f"{who} Kapatıldığında güncellenecektir.")


def _refuse_if_read_only(path: Path) -> None:
    """Whoever took everybody's right to write wants the file kept as it is, though the folder lets us replace it."""
    with suppress(OSError):
        if not path.stat().st_mode & 0o222:
            reason = f"{path.name} salt okunur olarak işaretli. İşaret kaldırıldığında güncellenecektir."
            raise Temporary(f"{path} is read-only", reason=reason)


def changed_meanwhile(path: Path) -> Temporary:
    return Temporary(f"{path} changed meanwhile", reason=f"{path.name} az önce değişti; yeniden okunacak.")


def translated(path: Path, fault: OSError, what: str) -> Temporary:
    why = told_of(fault, _REASONS)
    return Temporary(f"{path}: {fault.strerror or fault}", reason=f"{path.name} {what}: {why}.")


def _through_temporary(path: Path, data: bytes, put: Callable[[Path], None], *, like: Path | None) -> None:
    """Write beside, sync to disk, put in place, sync the folder; leave nothing lying about."""
    new = path.with_name(f".{path.name}.muhtarlik-yeni")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like is not None:
            _take_rights(new, like)
        points.reach("writing")
        put(new)
        points.reach("written")
        _sync(path.parent)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _take_rights(new: Path, old: Path) -> None:
    """Owner, mode and access lists as before, as far as we may; the time of change is now."""
    with suppress(OSError):
        found = old.stat()
        os.chown(new, found.st_uid, found.st_gid)
    with suppress(OSError):
        shutil.copystat(old, new)
        os.utime(new)


def _sync(folder: Path) -> None:
    with suppress(OSError):  # some network shares refuse it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _keep_version(path: Path, data: bytes) -> None:
    folder = path.parent / ASIDE
    folder.mkdir(mode=0o750, exist_ok=True)
    kept = sorted((n, old) for old in folder.glob("*.xlsx") if (n := _serial(path, old)) is not None)
    for _, old in kept[: max(0, len(kept) - KEPT_VERSIONS + 1)]:
        old.unlink(missing_ok=True)
    (folder / f"{path.stem}.{kept[-1][0] + 1 if kept else 1:06d}.xlsx").write_bytes(data)


def _serial(path: Path, version: Path) -> int | None:
    head, _, number = version.stem.rpartition(".")
    return int(number) if head == path.stem and number.isdigit() else None
