"""Whether a PDF is a portfolio: an envelope around other files, whose own page only says so (ISO 32000-2, 7.11.6)."""

import re
from itertools import chain

from daemon.domain.files.pdf_pages import object_streams

_COLLECTION = re.compile(rb"/Collection\s{0,8}(?:<<|\d{1,10}\s{1,8}\d{1,5}\s{1,8}R)")
"""In the document's catalogue; other programs than its maker's ignore it and show the page."""


def is_portfolio(data: bytes) -> bool:
    """By its first bytes and what stands outside its streams, or at the beginning of an object stream."""
    if b"%PDF-" not in data[:1024]:
        return False
    bodies = chain((data,), (body for body, _ in object_streams(data)))
    return any(_COLLECTION.search(body) for body in bodies)
