"""PDF portfolios and PDFs that carry other files (ISO 32000-2, 7.11.4 and 7.11.6): the files in one, checked and
unpacked like an archive's.

Only what is packed as programs pack it (Flate, or not at all) is opened: other filters are not bounded here.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pikepdf

from daemon.domain.files.limits import MOST_MEMBERS, MOST_RATIO, SMALL_MEMBER
from daemon.domain.files.pdf_portfolio import is_portfolio
from daemon.domain.files.zip_directory import leaves_its_folder
from daemon.domain.mail import Attachment
from daemon.mail.archives import ARCHIVES, UNSAFE_NAME, bare, refused
from daemon.mail.attachments import attachment
from daemon.mail.lifted import TAKEN_OUT, lifted_from, named

_PORTFOLIO, _CARRIED = "PDF portföyü", "PDF’nin ek bölümü"
_BROKEN = "{} bozuk; içindeki belgeler ayrı ayrı gönderilmelidir."
_LOCKED = "{} parola korumalı; parolasız olarak yeniden gönderilmelidir."
_TOO_MANY = "{} çok fazla dosya içeriyor; açılmadı."
_GROWS = "{} açıldığında olağan dışı büyüyor; güvenlik için açılmadı."
_OTHERS = "içine eklenmiş dosya okunamadı, PDF okuyucunun ekler bölümünden açılabilir: {}"
_SEEN_TO = (*TAKEN_OUT, *ARCHIVES, ".xml", ".xsl", ".xslt", ".p7s", ".xmp")
"""What is read or told as any archive's is, and what programs write beside a page for each other."""
_MOST_PAGES = 500
"""Of which files are looked for that are pinned to a page."""


def open_portfolio(name: str, data: bytes) -> list[Attachment]:
    """The portfolio, or another PDF that carries files, then the papers in it; the first says in Turkish what was left
    in it, and why."""
    whole = attachment(name, "application/pdf", data, index=1)
    if is_portfolio(data):
        return lifted_from(whole, lambda: Portfolio(data))
    opened: list[Portfolio] = []
    first, *papers = lifted_from(whole, lambda: _kept_in(opened, Portfolio(data)))
    others = [each for found in opened for each in found.names if not each.lower().endswith(_SEEN_TO)]
    why = (_OTHERS.format(named(others)),) if others else ()
    return [replace(first, unread="; ".join(filter(None, (first.unread, *why)))), *papers]


def _kept_in(opened: "list[Portfolio]", found: "Portfolio") -> "Portfolio":
    opened.append(found)
    return found


class Portfolio:
    """A PDF with files in it that has passed every check; they are known by their bare names."""

    def __init__(self, data: bytes) -> None:
        self._called = _PORTFOLIO if is_portfolio(data) else _CARRIED
        try:
            self._pdf = pikepdf.open(io.BytesIO(data))
            found = [(_name_of(spec), _packed_in(spec)) for spec in _specs(self._pdf)]
        except pikepdf.PasswordError as fault:
            raise refused("a locked portfolio", _LOCKED.format(self._called)) from fault
        except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as fault:
            raise refused(f"no readable portfolio: {fault}", _BROKEN.format(self._called)) from fault
        if len(found) > MOST_MEMBERS:
            raise refused(f"{len(found)} files in a portfolio", _TOO_MANY.format(self._called))
        if unsafe := [name for name, _ in found if leaves_its_folder(name)]:
            raise refused(f"unsafe name {unsafe[0]!r}", UNSAFE_NAME)
        self._found = [(bare(name), stream) for name, stream in found]
        self.names = tuple(name for name, _ in self._found)

    def each(self, endings: tuple[str, ...], most: int) -> Iterator[tuple[str, bytes | None]]:
        """Every file so called; ``None`` for one that is damaged, packed otherwise or has more than ``most`` bytes."""
        for name, stream in self._found:
            if name.lower().endswith(endings):
                yield name, _unpacked(stream, most, self._called)


def _specs(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Of the document's list, and those pinned to a page (12.5.6.15), each once."""
    seen = set[tuple[int, int]]()
    for spec in (*(listed.obj for listed in pdf.attachments.values()), *_pinned(pdf)):
        if spec.objgen == (0, 0) or spec.objgen not in seen:
            seen.add(spec.objgen)
            yield spec


def _pinned(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in islice(pdf.pages, _MOST_PAGES):
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") == pikepdf.Name.FileAttachment and "/EF" in note.get("/FS", ()):
                yield note.FS


def _name_of(spec: pikepdf.Object) -> str:
    return str(spec.get("/UF", spec.get("/F", "")))


def _packed_in(spec: pikepdf.Object) -> pikepdf.Object:
    """Newer programs may write no other than the entry that is named in Unicode."""
    return spec.EF.F if "/F" in spec.EF else spec.EF.UF


def _unpacked(stream: pikepdf.Object, most: int, called: str) -> bytes | None:
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
        raise refused("a bomb in a portfolio", _GROWS.format(called))
    return data if len(data) <= most else None
