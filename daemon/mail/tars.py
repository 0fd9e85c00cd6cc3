"""Tar archives (.tar, .tar.gz, .tar.bz2, .tar.xz; POSIX.1-2017 pax): checked and opened in memory like zip files.

A tar file has no directory, so everything is unpacked to be looked at: how much that may be is limited from its first
byte on, and so is the memory that a header or an xz dictionary may ask for. An archive that holds links, devices or
names outside its folder is refused as a whole.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import unicodedata
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Self

from daemon.domain.errors import Unprocessable
from daemon.domain.files.limits import MOST_MEMBERS, MOST_RATIO, SMALL_MEMBER
from daemon.domain.files.zip_directory import leaves_its_folder
from daemon.mail import charset
from daemon.mail.archives import BROKEN, IS_LINK, SWELLS, UNSAFE_NAME, bare, is_litter, refused

TARS = (".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz")
"""How they may be called; single files are packed so, too."""
MOST_UNPACKED = 200_000_000
"""Bytes of a whole archive; photos and PDFs are packed at about 1:1, and a mail has some 50 million."""
_LONGEST_HEADER = 64_000
"""Bytes of a long name or of a pax header."""
_XZ_MEMORY = 128_000_000
"""Bytes; ``xz -9`` needs half of it to unpack."""
_CHUNK = 256 * 1024
_GZIP, _BZIP, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
_MAGIC_AT, _MAGIC = 257, b"ustar"
_LONG = frozenset(
    {
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    }
)
_DAMAGED = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)


def is_tar(data: bytes) -> bool:
    """By its first bytes, which may have to be unpacked."""
    try:
        head = _Unpacked(data).read(_MAGIC_AT + len(_MAGIC))
    except (*_DAMAGED, Unprocessable):
        return False
    return head[_MAGIC_AT:] == _MAGIC


class TarArchive:
    """A tar file that has passed every check; members are known by their bare names."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        found = list(self._checked())
        self.names = tuple(bare(name) for name in found if not is_litter(name))

    def each(self, endings: tuple[str, ...], most: int) -> Iterator[tuple[str, bytes | None]]:
        """Every member so called; ``None`` for one that is damaged or has more than ``most`` bytes."""
        try:
            with _opened(self._data) as archive:
                for info in archive:
                    name = _name_of(info)
                    if info.isfile() and bare(name).lower().endswith(endings) and not is_litter(name):
                        yield bare(name), _read(archive, info, most)
        except _DAMAGED:
            return  # what stands behind the damage is not there: the check has refused it

    def _checked(self) -> Iterator[str]:
        """The names of its files; each member is unpacked to its end."""
        unpacked = 0
        try:
            with _opened(self._data) as archive:
                for n, info in enumerate(archive):
                    if n >= MOST_MEMBERS:
                        raise refused("too many members", "Arşivde çok fazla dosya var; açılmadı.")
                    name = _name_of(info)
                    _check(name, info)
                    unpacked += info.size
                    if unpacked > _most(len(self._data)):  # a sparse file's gaps take no room in the archive
                        raise _bomb(len(self._data))
                    if info.isfile():
                        yield name
        except _DAMAGED as fault:
            raise refused(f"no readable tar: {fault}", BROKEN) from fault


def _check(name: str, info: tarfile.TarInfo) -> None:
    if leaves_its_folder(name):
        raise refused(f"unsafe name {name!r}", UNSAFE_NAME)
    if info.issym() or info.islnk():
        raise refused(f"{name} is a link", IS_LINK)
    if not (info.isfile() or info.isdir()):
        raise refused(f"{name} is no file", "Arşivde dosya yerine aygıt var; açılmadı.")


def _read(archive: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> bytes | None:
    if info.size > most:
        return None
    try:
        member = archive.extractfile(info)
        data = member.read() if member else b""
    except _DAMAGED:
        return None
    return data if len(data) == info.size else None


def _name_of(info: tarfile.TarInfo) -> str:
    """UTF-8, else as a Turkish Windows wrote it."""
    raw = info.name.encode("utf-8", "surrogateescape")
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = charset.decode(raw)
    return unicodedata.normalize("NFC", name.removeprefix("./"))


class _Member(tarfile.TarInfo):
    """Reads no header that is as long as a book; one that is damaged ends no archive silently."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            info = super().frombuf(buf, encoding, errors)
        except (tarfile.EmptyHeaderError, tarfile.EOFHeaderError):  # type: ignore[attr-defined]
            raise  # the archive's end
        except tarfile.HeaderError as fault:
            raise refused(f"damaged header: {fault}", BROKEN) from fault
        if info.type in _LONG and info.size > _LONGEST_HEADER:
            raise refused(f"a header of {info.size} bytes", BROKEN)
        return info


def _opened(data: bytes) -> tarfile.TarFile:
    return tarfile.open(
        fileobj=_Unpacked(data), mode="r|", tarinfo=_Member, encoding="utf-8", errors="surrogateescape"
    )


def _most(size: int) -> int:
    return min(MOST_UNPACKED, max(SMALL_MEMBER, MOST_RATIO * size))


def _bomb(size: int) -> Unprocessable:
    return refused(f"unpacks to too much for {size} bytes", SWELLS)


class _Unpacked(io.RawIOBase):
    """What is packed, as a stream that ends with an error where it grows out of all proportion."""

    def __init__(self, data: bytes) -> None:
        self._source = _source(data)
        self._size = len(data)
        self._left = _most(len(data))

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size if size >= 0 else _CHUNK)
        self._left -= len(piece)
        if self._left < 0:
            raise _bomb(self._size)
        return piece


def _source(data: bytes) -> BinaryIO:
    if data.startswith(_GZIP):
        return gzip.GzipFile(fileobj=io.BytesIO(data))  # type: ignore[return-value]
    if data.startswith(_BZIP):
        return bz2.BZ2File(io.BytesIO(data))  # type: ignore[return-value]
    return io.BufferedReader(_Xz(data), _CHUNK) if data.startswith(_XZ) else io.BytesIO(data)


class _Xz(io.RawIOBase):
    """``lzma.LZMAFile`` knows no limit for the memory that a file asks for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._engine = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._engine.eof:
            given, self._data = self._data, b""
            piece = self._engine.decompress(given, len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
            if self._engine.needs_input and not self._data:
                raise EOFError("cut off")
        return 0
