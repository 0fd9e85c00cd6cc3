"""Scanned petitions: from a file of any kind to words with their places (Tesseract 5, ``tur``).

The libraries for pictures are loaded when the first scan is read: no other command waits for them.
"""

from pathlib import Path

from daemon.domain.petition import Page


def read_scan(data: bytes, *, keep: Path | None = None) -> tuple[Page, ...]:
    """See :func:`daemon.scans.reader.read_scan`."""
    from daemon.scans import reader

    return reader.read_scan(data, keep=keep)
