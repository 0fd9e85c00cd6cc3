"""Whether an encrypted PDF asks for a password (ISO 32000-2, 7.6.4): many only forbid printing or copying, and open.

What locks it stands unencrypted in its encryption dictionary and its identifier. These alone, in a PDF of one empty
page, are given to the library, so nothing of the file itself is unpacked.
"""

import io
import re
from collections import deque

_ENCRYPT = re.compile(rb"/Encrypt\s{0,8}(?:(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}R|(?=<<))")
"""In a PDF's trailer or in the facts of its cross-reference stream (7.5.5 and 7.5.8.2)."""
_STRING = rb"(?:<[0-9A-Fa-f\s]{0,256}>|\((?:[^()\\]|\\.|\([^()\\]{0,64}\)){0,256}\))"
_ID = re.compile(rb"/ID\s{0,8}\[\s{0,8}(" + _STRING + rb")", re.DOTALL)
_LONGEST = 4_096
"""Bytes in which an encryption dictionary lies; it has some three hundred."""


def is_encrypted(data: bytes) -> bool:
    return _ENCRYPT.search(data) is not None


def opens_freely(data: bytes) -> bool:
    """Whether the empty user password opens an encrypted PDF; ``False`` where that cannot be told."""
    lock = _lock(data)
    if lock is None:
        return False
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(_with_lock(lock, _identifier(data)))):
            return True
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return False


def _lock(data: bytes) -> bytes | None:
    """What begins with the encryption dictionary: the last one written counts."""
    told = _last(_ENCRYPT, data)
    if told is not None and told[1] is not None:
        told = _last(re.compile(rb"(?<!\d)%d\s{1,8}%d\s{1,8}obj\b" % (int(told[1]), int(told[2]))), data)
    return data[told.end() : told.end() + _LONGEST] if told is not None else None


def _identifier(data: bytes) -> bytes:
    told = _last(_ID, data)
    return told[1] if told is not None else b"<>"


def _last(pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    return next(iter(deque(pattern.finditer(data), maxlen=1)), None)


def _with_lock(lock: bytes, identifier: bytes) -> bytes:
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", lock)
    data, places = b"%PDF-2.0\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 4\n0000000000 65535 f \n%btrailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[%b%b]>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (table, identifier, identifier, len(data))
    )
