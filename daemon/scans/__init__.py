"""Scanned petitions: from a file of any kind to words with their places (Tesseract 5, ``tur``).

The libraries for pictures are loaded when the first scan is read: no other command waits for them.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from daemon.domain.petitions.petition import FormCode, Page

if TYPE_CHECKING:
    from daemon.scans.opening import OpenScan


def read_scan(data: bytes) -> tuple[Page, ...]:
    """See :func:`daemon.scans.reader.read_scan`."""
    from daemon.scans import reader

    return reader.read_scan(data)


def open_scan(data: bytes) -> "AbstractContextManager[OpenScan]":
    """See :func:`daemon.scans.opening.open_scan`."""
    from daemon.scans import opening

    return opening.open_scan(data)


def draw_form(code: FormCode, subjects: Sequence[str], office: str, headman: str) -> bytes:
    """See :func:`daemon.scans.form.draw_form`."""
    from daemon.scans import form

    return form.draw_form(code, subjects, office, headman)
