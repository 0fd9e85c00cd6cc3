"""PDF portfolios (ISO 32000-2, 7.11.4 and 7.11.6): the files in one, checked and unpacked like an archive's.

Only what is packed as programs pack it (Flate, or not at all) is opened: other filters are not bounded here.
"""

import io
import zlib
from collections.abc import Iterator

import pikepdf

from daemon.domain.files.limits import MOST_MEMBERS, MOST_RATIO, SMALL_MEMBER
from daemon.domain.files.zip_directory import leaves_its_folder
from daemon.domain.mail import Attachment
from daemon.mail.archives import UNSAFE_NAME, bare, refused
from daemon.mail.attachments import attachment
from daemon.mail.lifted import lifted_from

_BROKEN = "PDF portföyü bozuk; içindeki belgeler ayrı ayrı gönderilmelidir."
_LOCKED = "PDF portföyü parola korumalı; parolasız olarak yeniden gönderilmelidir."
_TOO_MANY = "PDF portföyünde çok fazla dosya var; açılmadı."
_GROWS = "PDF portföyü açıldığında olağan dışı büyüyor; güvenlik için açılmadı."


def open_portfolio(name: str, data: bytes) -> list[Attachment]:
    """The portfolio, then the papers in it; the first says in Turkish what was left in it, and why."""
    whole = attachment(name, "application/pdf", data, index=1)
    return lifted_from(whole, lambda: Portfolio(data))


class Portfolio:
    """A portfolio that has passed every check; its files are known by their bare names."""

    def __init__(self, data: bytes) -> None:
        try:
            self._pdf = pikepdf.open(io.BytesIO(data))
            found = [(spec.filename, spec.obj.EF.F) for spec in self._pdf.attachments.values()]
        except pikepdf.PasswordError as fault:
            raise refused("a locked portfolio", _LOCKED) from fault
        except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as fault:
            raise refused(f"no readable portfolio: {fault}", _BROKEN) from fault
        if len(found) > MOST_MEMBERS:
            raise refused(f"{len(found)} files in a portfolio", _TOO_MANY)
        if unsafe := [name for name, _ in found if leaves_its_folder(name)]:
            raise refused(f"unsafe name {unsafe[0]!r}", UNSAFE_NAME)
        self._found = [(bare(name), stream) for name, stream in found]
        self.names = tuple(name for name, _ in self._found)

    def each(self, endings: tuple[str, ...], most: int) -> Iterator[tuple[str, bytes | None]]:
        """Every file so called; ``None`` for one that is damaged, packed otherwise or has more than ``most`` bytes."""
        for name, stream in self._found:
            if name.lower().endswith(endings):
                yield name, _unpacked(stream, most)


def _unpacked(stream: pikepdf.Object, most: int) -> bytes | None:
    """Raises :class:`Unprocessable` for a bomb."""
    try:
        packed = stream.read_raw_bytes()
        filters = stream.get("/Filter", pikepdf.Array())
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        return None
    kinds = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if not kinds:
        return packed if len(packed) <= most else None
    if kinds != ["/FlateDecode"] or "/DecodeParms" in stream:
        return None
    allowed = min(most, max(SMALL_MEMBER, MOST_RATIO * len(packed)))
    try:
        data = zlib.decompressobj().decompress(packed, allowed + 1)
    except zlib.error:
        return None
    if len(data) > allowed < most:
        raise refused("a bomb in a portfolio", _GROWS)
    return data if len(data) <= most else None
