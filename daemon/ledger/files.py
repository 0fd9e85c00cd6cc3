"""Files on disk, by content: attachments that staff open, and mails too large for the ledger itself.

A file appears whole or not at all: it is written beside its place, synced, renamed, and the folder synced,
all before the transaction that names it commits. The same bytes are stored once.
"""

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from daemon import points
from daemon.domain.errors import Unprocessable
from daemon.ledger.dialect import sync_folder
from daemon.ledger.faults import translated_os_error

LONGEST_NAME = 120
"""Bytes of UTF-8: file systems take 255, Windows shares and zip programs are happier with less."""

# What Windows forbids in names, control characters, and marks that turn the reading direction around
# ("exe.fdp" shown as "pdf.exe").
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+'
)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A name that every file system takes and that hides nothing; ``dosya`` where nothing is left."""
    clean = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).lstrip().rstrip(" .")
    found = _SUFFIX.search(clean)
    suffix = found.group() if found else ""
    stem = clean.removesuffix(suffix).strip(" ._") or "dosya"
    stem = f"_{stem}" if _RESERVED.match(stem) else stem
    return stem.encode()[: LONGEST_NAME - len(suffix)].decode(errors="ignore").rstrip(" .") + suffix


class FileStore:
    """Attachments and searchable PDFs: ``<first two of the hash>/<twelve of the hash>-<name>``.

    Staff open them through a share, so the files' group may read them (0640, folders 0750); the group is that
    of the folder's owner unless the administrator sets the folder's set-group-id bit. Nobody else may.
    """

    def __init__(self, folder: Path, link_prefix: str = "") -> None:
        self._folder = folder.absolute()
        self._link_prefix = link_prefix

    def keep(self, name: str, data: bytes) -> str:
        """Store (fsynced) and return the path below the folder; the same bytes under one suffix once."""
        digest = hashlib.sha256(data).hexdigest()
        clean = safe_name(name)
        with _translating():
            known = self._find(digest, Path(clean).suffix, data)
            if known is None:
                known = self._folder / digest[:2] / f"{digest[:12]}-{clean}"
                if known.exists():  # another content whose hash begins alike
                    known = known.with_name(f"{digest}-{clean}")
                _write(known, data, folder=self._folder, mode=0o640)
        return known.relative_to(self._folder).as_posix()

    def read(self, path: str) -> bytes:
        """Raises :class:`ConfigurationError` when the file is not there any more."""
        with _translating():
            return (self._folder / path).read_bytes()

    def remove(self, path: str) -> bool:
        """Take the file away for ever; ``False`` when it was not there."""
        with _translating():
            place = self._folder / path
            if not place.is_file():
                return False
            place.unlink()
            sync_folder(place.parent)
        return True

    def link(self, path: str) -> str:
        """How staff open it: a URL or UNC prefix joined with the path, else the absolute path."""
        if not self._link_prefix:
            return str(self._folder / path)
        if self._link_prefix.startswith("\\\\"):
            return self._link_prefix.rstrip("\\") + "\\" + path.replace("/", "\\")
        return self._link_prefix.rstrip("/") + "/" + quote(path)

    def _find(self, digest: str, suffix: str, data: bytes) -> Path | None:
        """The file that holds these very bytes already, if its suffix opens the same program."""
        alike = (self._folder / digest[:2]).glob(f"{digest[:12]}*-*")
        return next((path for path in alike if _same_suffix(path, suffix) and _holds(path, data)), None)


class Originals:
    """Mails and scans as they came, when too large for the ledger; for nobody's eyes (0600, folders 0700)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()

    def keep(self, raw: bytes) -> str:
        """Store (fsynced) and return the name to ask for: the SHA-256 in hex."""
        digest = hashlib.sha256(raw).hexdigest()
        path = self._path(digest)
        with _translating():
            if not (path.is_file() and _holds(path, raw)):
                _write(path, raw, folder=self._folder, mode=0o600)
        return digest

    def original(self, digest: str) -> bytes:
        """Raises :class:`Unprocessable` when the bytes are gone or are not those that came."""
        try:
            raw = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise Unprocessable(f"original {digest} is missing", reason=LOST) from error
        except OSError as error:
            raise translated_os_error(error) from error
        if hashlib.sha256(raw).hexdigest() != digest:
            raise Unprocessable(f"original {digest} is damaged", reason=LOST)
        return raw

    def remove(self, digest: str) -> None:
        with _translating():
            self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


LOST = "Gelen iletinin özgün dosyası bulunamadı veya bozuk; yedekten geri yüklenmesi gerekir."


@contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise translated_os_error(error) from error


def _same_suffix(path: Path, suffix: str) -> bool:
    return path.suffix.casefold() == suffix.casefold()


def _holds(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _write(path: Path, data: bytes, *, folder: Path, mode: int) -> None:
    _make_folder(folder, mode)
    _make_folder(path.parent, mode)
    # Not named after its content: two processes may write the same file at once.
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write_synced(beside, data, mode)
        points.reach("filing")
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    path.touch(0o600, exist_ok=False)
    path.chmod(mode)  # whatever the umask
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path, mode: int) -> None:
    """Whoever may read the files may enter the folder. One that is there keeps its rights."""
    if folder.is_dir():
        return
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
        folder.chmod(mode | (mode & 0o444) >> 2)
    sync_folder(folder.parent)
