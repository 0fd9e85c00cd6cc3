"""What stands in a signed envelope (.p7m; CMS, RFC 5652 § 5, in BER or DER, bare or as base64).

Only the content is taken out. Who signed it is not looked at: whether a sender may be believed is decided as for any
mail (:mod:`daemon.mail.trust`), and the envelope is kept beside its content as evidence.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS, _CHUNKS, _CONTENT = 0x30, 0x31, 0x02, 0x06, 0x04, 0x24, 0xA0
_DEEPEST = 30
_MOST_VALUES = 500_000
"""A streamed content comes in pieces of a few thousand bytes."""
_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]{1,30}-----\s*(.+?)-----END", re.DOTALL)
_BASE64 = re.compile(rb"MI[A-Za-z0-9+/\s]{60}")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in the data: its tag, where its content begins and ends, and where what follows it begins."""

    tag: int
    start: int
    end: int
    after: int


def is_envelope(name: str) -> bool:
    """Whether a file is called like one."""
    return name.lower().endswith((".p7m", ".p7s", ".imz"))


def signed_content(data: bytes) -> bytes | None:
    """``None`` for what is no signed envelope, holds nothing (the signature alone) or is broken."""
    try:
        return _Reader(_bare(data)).content()
    except (IndexError, ValueError):
        return None


def _bare(data: bytes) -> bytes:
    pem = _PEM.match(data.lstrip()) if data.lstrip()[:11] == b"-----BEGIN " else None
    packed = pem[1] if pem else data if _BASE64.match(data) else None
    if packed is None:
        return data
    try:
        return base64.b64decode(packed)
    except binascii.Error as fault:
        raise ValueError("no base64") from fault


class _Reader:
    """Goes through the values of one envelope, and not through millions of them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _MOST_VALUES

    def content(self) -> bytes | None:
        data = self._data
        envelope = self._expect(0, _SEQUENCE)
        if not data.startswith(_SIGNED_DATA, envelope.start):
            return None
        signed = self._expect(self._expect(envelope.start + len(_SIGNED_DATA), _CONTENT).start, _SEQUENCE)
        version = self._expect(signed.start, _INTEGER)
        inner = self._expect(self._expect(version.after, _SET).after, _SEQUENCE)
        kind = self._expect(inner.start, _OID)
        if kind.after >= inner.end:
            return None
        octets = self._value(self._expect(kind.after, _CONTENT).start)
        if octets.tag == _OCTETS:
            return data[octets.start : octets.end] or None
        return b"".join(self._chunks(octets)) or None if octets.tag == _CHUNKS else None

    def _chunks(self, octets: _Value) -> Iterator[bytes]:
        at = octets.start
        while at < octets.end:
            piece = self._expect(at, _OCTETS)
            yield self._data[piece.start : piece.end]
            at = piece.after

    def _expect(self, at: int, tag: int) -> _Value:
        found = self._value(at)
        if found.tag != tag:
            raise ValueError(f"tag {found.tag} where {tag} must be")
        return found

    def _value(self, at: int, depth: int = 0) -> _Value:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise ValueError("too many values")
        tag, length = self._data[at], self._data[at + 1]
        start = at + 2
        if length == 0x80:
            end = self._end_of_indefinite(start, depth + 1)
            return _Value(tag, start, end, end + 2)
        if length > 0x80:
            count = length & 0x7F
            length = int.from_bytes(self._data[start : start + count], "big")
            start += count
        if start + length > len(self._data):
            raise ValueError("cut off")
        return _Value(tag, start, start + length, start + length)

    def _end_of_indefinite(self, at: int, depth: int) -> int:
        """Where the two zeros stand that end a value without a length (X.690 § 8.1.5)."""
        while self._data[at] or self._data[at + 1]:
            at = self._value(at, depth).after
        return at
