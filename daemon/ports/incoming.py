"""What comes in, mail and scans: where it lies, and who opens, reads and judges it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from daemon.domain.mail import Arrival, Attachment, Mail, Verdict
from daemon.domain.petitions.petition import Page, Spot
from daemon.domain.structured.sources import Material


class Source(Protocol):
    """Where arrivals lie until the ledger holds them (an IMAP folder, a scanner's folder)."""

    def fetch(self, known: Callable[[Sequence[str]], set[str]]) -> Iterator[list[Arrival]]:
        """Yield batches of arrivals whose keys ``known`` does not return. Raises :class:`Temporary`."""

    def settle(self, keys: Sequence[str], *, held: bool = False) -> None:
        """Put away what the ledger holds: move to the done (or held) folder. Safe to repeat."""

    def wait(self, seconds: float) -> bool:
        """Wait for something new (IDLE, or plain sleep where missing); ``True`` when something came."""

    def close(self) -> None: ...


ParseMail = Callable[[bytes], Mail]
"""Raw bytes → :class:`Mail`; never raises for bad mail, raises :class:`Unprocessable` for hopeless ones."""


@dataclass(frozen=True, slots=True)
class Export:
    """A conversation handed in as one file: its texts by name, and its other files to be asked for by name (``names``
    are all of an archive's)."""

    texts: tuple[tuple[str, str], ...]
    file: Callable[[str], bytes | None]
    names: tuple[str, ...] = ()


OpenExport = Callable[[str, bytes], Export | None]
"""(name, bytes) of an archive or a text; ``None`` for anything else. Raises :class:`Unprocessable` for an archive
that cannot or must not be opened."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Where and when a picture was taken, as its camera wrote."""

    latitude: float
    longitude: float
    taken: str = ""
    """As people read it: ``25.11.2026 09:14``."""


OpenPortfolio = Callable[[str, bytes], Sequence[Attachment]]
"""(name, bytes) of a PDF portfolio: the file itself, then the papers in it. Never raises: what could not be taken out
is told with the first (``unread``)."""
ReadPhoto = Callable[[bytes], PhotoFacts | None]
"""``None`` when the picture says nothing, or is none."""
ReadMaterial = Callable[[Mail], Material]
"""What a mail's attachments and tables hold; never raises: what cannot be read is listed with the reason."""
JudgeSender = Callable[[Mail, bytes], Verdict]
"""The mail as read, and its bytes: signatures are over bytes."""


class OpenScan(Protocol):
    """A scan that has been read; its pictures are there until it is closed."""

    @property
    def pages(self) -> tuple[Page, ...]: ...
    def document(self, numbers: Sequence[int]) -> bytes:
        """These pages as a searchable PDF."""

    def picture(self, spot: Spot) -> bytes:
        """A PNG of the very place on the page, with a little around it."""


class ReadScan(Protocol):
    """Reads a scan. Raises :class:`Unprocessable` for what is none, :class:`ConfigurationError` without OCR."""

    def __call__(self, data: bytes) -> AbstractContextManager[OpenScan]: ...
