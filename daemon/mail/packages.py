"""Documents that are zip files (.docx, .odt): their parts, and the pictures in them that may be scanned pages.

Everything is bounded: a document may be a bomb.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from daemon.domain.files.limits import MOST_MEMBERS
from daemon.domain.files.picture_size import sizes_in
from daemon.domain.files.zip_directory import facts_of

MAX_XML = 5_000_000
"""Bytes of a part that holds words."""
LARGEST_PICTURE = 20_000_000
"""Bytes of one picture; a page scanned in colour has one or two million."""
_SMALLEST_PAGE = (480, 680)
"""Pixels of the shorter and the longer side: A5 at 80 dpi. On less a petition cannot be read."""
_READABLE = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*")
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    NotImplementedError,
    zlib.error,
    EOFError,
)
"""In so many ways a damaged archive says so."""


def part_of(data: bytes, name: str, most: int = MAX_XML) -> bytes:
    """A part's beginning; nothing where it is not there or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as entry:
            return entry.read(most)
    except _BROKEN:
        return b""


def names_in(data: bytes) -> frozenset[str]:
    """What the parts are called; nothing where it is damaged or no such file."""
    facts = facts_of(data) if data.startswith(b"PK\x03\x04") else None
    if facts is None or facts.members > MOST_MEMBERS:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _BROKEN:
        return frozenset()


def pages_in(data: bytes, names: Iterable[str]) -> Iterator[bytes]:
    """Of the pictures so called those that may be pages."""
    for name in names:
        picture = part_of(data, name, LARGEST_PICTURE + 1)
        if len(picture) <= LARGEST_PICTURE and _may_be_page(picture):
            yield picture


def _may_be_page(picture: bytes) -> bool:
    sizes = sizes_in(picture) if picture.startswith(_READABLE) else []
    shorter, longer = _SMALLEST_PAGE
    return any(min(size) >= shorter and max(size) >= longer for size in sizes)
