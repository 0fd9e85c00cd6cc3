"""Whether a PDF holds other files (ISO 32000-2, 7.11.4), and whether it is a portfolio: an envelope around them whose
own page only says so (7.11.6)."""

import re
from itertools import chain

from daemon.domain.files.pdf_pages import object_streams

_COLLECTION = re.compile(rb"/Collection\s{0,8}(?:<<|\d{1,10}\s{1,8}\d{1,5}\s{1,8}R)")
"""In the document's catalogue; other programs than its maker's ignore it and show the page."""

_HOLDING = re.compile(rb"/EmbeddedFiles?\b|/FileAttachment\b")
"""A list of files, a file, or one that is pinned to a page."""


def is_portfolio(data: bytes) -> bool:
    """By its first bytes and what stands outside its streams, or at the beginning of an object stream."""
    return _says(data, _COLLECTION)


def holds_files(data: bytes) -> bool:
    """The same of a PDF that seems to carry other files, whether or not its own pages say something."""
    return _says(data, _HOLDING)


def _says(data: bytes, looked_for: re.Pattern[bytes]) -> bool:
    if b"%PDF-" not in data[:1024]:
        return False
    bodies = chain((data,), (body for body, _ in object_streams(data)))
    return any(looked_for.search(body) for body in bodies)
