"""Archives that come in (conversations' exports, petitions by the dozen): opened in memory, and only what is safe.

Nothing is written here. An archive is refused as a whole when a name leaves its folder, when it holds links or
encrypted members, or when its size, number or ratio of members is that of a bomb. Sizes are counted again while
reading, since the directory of a zip file may lie (its members may even overlap). Archives inside stay closed.
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from daemon.domain.errors import Unprocessable
from daemon.domain.files.limits import MOST_MEMBERS, MOST_UNPACKED
from daemon.domain.files.zip_directory import is_too_tight, leaves_its_folder
from daemon.mail import charset
from daemon.ports.incoming import Export

LARGEST_TEXT = 64_000_000
LARGEST_FILE = 100_000_000
"""Bytes of one photo, voice or document that is taken out."""
_CHUNK = 256 * 1024
_MOST_TEXTS = 50
_ENCRYPTED = 0x1
_UTF8 = 0x800
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    RuntimeError,
    NotImplementedError,
)
_MISREAD = re.compile("[ÃÄÅ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffdğışĞİŞ]")
BROKEN = "Arşiv dosyası bozuk, açılamadı."
UNSAFE_NAME = "Arşivde güvenli olmayan dosya yolu var; açılmadı."
SWELLS = "Arşiv açıldığında olağan dışı büyüyor; güvenlik için açılmadı."
IS_LINK = "Arşivde dosya yerine bağlantı var; açılmadı."
"""What a clerk is told of an archive, of whatever kind."""
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".tbz2", ".xz", ".txz")


def open_export(name: str, data: bytes) -> Export | None:
    """An archive's or a text file's conversation texts, if the file is one of the two."""
    lower = name.lower()
    if lower.endswith(".zip") or data.startswith(b"PK\x03\x04"):
        return None if lower.endswith((".docx", ".xlsx", ".pptx", ".odt", ".ods")) else _from_archive(data)
    if lower.endswith(".txt"):
        return Export(((name, text_of(data[:LARGEST_TEXT])),), lambda _: None)
    return None


def text_of(data: bytes) -> str:
    """Text of an export: UTF-8, with or without its mark, or UTF-16 as Windows' editor saves it; also when it was
    once read as Latin-1 and saved so ("Ã§Ã¶p")."""
    text = _decoded(data)
    return charset.mend(text) if _MISREAD.search(text) else text


def _decoded(data: bytes) -> str:
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and data[:400].count(0) > len(data[:400]) // 4:
        data = (b"\xff\xfe" if data[1:2] == b"\0" else b"\xfe\xff") + data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return charset.decode(data)


def _from_archive(data: bytes) -> Export:
    archive = Archive(data)
    texts = [name for name in archive.names if name.lower().endswith(".txt")][:_MOST_TEXTS]
    read = tuple((name, text_of(archive.read(name, LARGEST_TEXT))) for name in texts)
    if not read and any(name.lower().endswith(ARCHIVES) for name in archive.names):
        raise refused(
            "archive in an archive",
            "Arşivin içinde başka bir arşiv var; açılmadı. Dosyaları ayrı ayrı gönderiniz.",
        )
    return Export(read, archive.file, archive.names)


class Archive:
    """A zip file that has passed every check. Members are known by their bare names, as the texts name them."""

    def __init__(self, data: bytes) -> None:
        if not data:
            raise refused("an empty archive", "Arşiv dosyası boş (0 bayt).")
        self._zip = _opened(data)
        members = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        _check(members, self._zip.infolist(), len(data))
        self._kept = [(bare(name_of(info)), info) for info in members if not is_litter(name_of(info))]
        self._members = {_key(name): info for name, info in reversed(self._kept)}
        self.names = tuple(name for name, _ in self._kept)

    def file(self, name: str) -> bytes | None:
        """The bytes of a member that a message names; ``None`` when it is not there, too large or damaged."""
        if _key(name) not in self._members or name.lower().endswith(ARCHIVES):
            return None
        try:
            return self.read(name, LARGEST_FILE) or None
        except Unprocessable:
            return None  # one damaged photo must not cost the conversation

    def each(self, endings: tuple[str, ...], most: int) -> Iterator[tuple[str, bytes | None]]:
        """Every member so called, also those of one name in several folders; ``None`` for one that is damaged or has
        more than ``most`` bytes."""
        for name, info in self._kept:
            if name.lower().endswith(endings):
                try:
                    yield name, self._unpacked(name, info, most)
                except Unprocessable:
                    yield name, None

    def read(self, name: str, most: int) -> bytes:
        return self._unpacked(name, self._members[_key(name)], most)

    def _unpacked(self, name: str, info: zipfile.ZipInfo, most: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while piece := member.read(_CHUNK):
                    size += len(piece)
                    if size > most or size > info.file_size:
                        raise refused(
                            f"{name} unpacks to too much", f"Arşivdeki “{name}” beklenenden büyük; açılmadı."
                        )
                    pieces.append(piece)
        except _DAMAGED as fault:
            raise refused(
                f"{name}: {fault}", f"Arşivdeki “{name}” okunamıyor; arşiv bozuk görünüyor."
            ) from fault
        return b"".join(pieces)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as fault:
        raise refused(f"no readable zip: {fault}", BROKEN) from fault


def _check(members: list[zipfile.ZipInfo], entries: list[zipfile.ZipInfo], size: int) -> None:
    """Everything that the directory alone tells."""
    if len(entries) > MOST_MEMBERS:
        raise refused(f"{len(entries)} members", f"Arşivde çok fazla dosya var ({len(entries)}); açılmadı.")
    for info in entries:
        name = name_of(info)
        if info.flag_bits & _ENCRYPTED:
            raise refused(
                f"{name} is encrypted", "Arşiv parola korumalı; parolasız olarak yeniden gönderiniz."
            )
        if leaves_its_folder(name):
            raise refused(f"unsafe name {name!r}", UNSAFE_NAME)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise refused(f"{name} is a link", IS_LINK)
    unpacked = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    bomb = any(is_too_tight(info.file_size, info.compress_size) for info in members)
    if unpacked > MOST_UNPACKED or bomb or packed > size or _overlap(members):
        raise refused(f"{unpacked} bytes in {size}", SWELLS)


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    ordered = sorted(members, key=lambda info: info.header_offset)
    return any(
        one.header_offset + one.compress_size > other.header_offset
        for one, other in zip(ordered, ordered[1:], strict=False)
    )


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name: UTF-8 where it says so or is so, else as a Turkish Windows wrote it."""
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return unicodedata.normalize("NFC", name)
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp857", "replace")
    return unicodedata.normalize("NFC", name)


def bare(name: str) -> str:
    """Without its folders."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def refused(message: str, reason: str) -> Unprocessable:
    return Unprocessable(f"archive: {message}", reason=reason)


def is_litter(name: str) -> bool:
    """What macOS adds to its archives."""
    return name.startswith("__MACOSX/") or bare(name).startswith("._")


def _key(name: str) -> str:
    """Names as a text and as a file system write them: marks of writing direction and case aside."""
    visible = "".join(c for c in unicodedata.normalize("NFC", bare(name)) if unicodedata.category(c) != "Cf")
    return visible.strip().casefold()
