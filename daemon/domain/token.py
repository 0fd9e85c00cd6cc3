"""Signed references: what a letter carries so that a reply, however mangled, still names its request.

A token is ``MHT.`` and 24 characters of URL-safe base64 without padding. It holds the request's number and
the day of issue in the clear (6 bytes) and a 96-bit HMAC-SHA256 (RFC 2104) over them, the recipient's address
and a purpose. It is worth something only in the hand of the person it was written to, and only for a while.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import date, timedelta

from daemon.domain.registry import same_address
from daemon.domain.request import RequestNumber, request_number

PREFIX = "MHT."
MAX_AGE_DAYS = 400
"""A reply may come late: requests are closed, opened again and asked about within a year."""
_PURPOSE = b"muhtarlik reference 1\0"
_MAC_BYTES = 12
_EPOCH = date(2000, 1, 1)
_NUMBER = re.compile(r"MHT-(\d{4})-(\d{6,8})", re.ASCII)
_TOKEN = re.compile(r"MHT\.([A-Za-z0-9_-]{24})", re.ASCII)


def sign(key: bytes, number: str, recipient: str, day: date) -> str:
    """Return the token that ``recipient`` gets on ``day`` for request ``number``.

    Raises :class:`ValueError` for what is not a request number of the years 2000 to 2255.
    """
    payload = _pack(number, day)
    return PREFIX + _encode(payload + _mac(key, payload, recipient))


def verify(
    key: bytes, token: str, bearers: Iterable[str], today: date, *, max_age_days: int = MAX_AGE_DAYS
) -> RequestNumber | None:
    """Return the number for which one of ``bearers`` (addresses) holds this token, else ``None``.

    Tokens from the future (beyond a day: another clock) and older than ``max_age_days`` are void.
    """
    found = _TOKEN.fullmatch(token.strip())
    if found is None:
        return None
    raw = base64.urlsafe_b64decode(found[1])
    payload, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    genuine = [hmac.compare_digest(mac, _mac(key, payload, bearer)) for bearer in bearers]
    number, day = _unpack(payload)
    fresh = timedelta(days=-1) <= today - day <= timedelta(days=max_age_days)
    return number if any(genuine) and fresh else None


def written_in(text: str) -> list[str]:
    """Every token in a text, without doubles; whether they are genuine is another question."""
    return list(dict.fromkeys(found[0] for found in _TOKEN.finditer(text)))


def fingerprint(key: bytes, text: str) -> str:
    """Return 20 letters and digits that nobody without the key can guess: for Message-IDs and boundaries."""
    digest = hmac.new(key, b"muhtarlik letter 1\0" + text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:20].decode("ascii").lower()


def _mac(key: bytes, payload: bytes, recipient: str) -> bytes:
    said = _PURPOSE + payload + same_address(recipient).encode("utf-8", "surrogateescape")
    return hmac.digest(key, said, "sha256")[:_MAC_BYTES]


def _pack(number: str, day: date) -> bytes:
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise ValueError(f"not a request number: {number!r}")
    year, serial = int(found[1]) - _EPOCH.year, int(found[2])
    try:
        return year.to_bytes(1) + serial.to_bytes(3) + (day - _EPOCH).days.to_bytes(2)
    except OverflowError as fault:
        raise ValueError(f"number or day out of range: {number} on {day}") from fault


def _unpack(payload: bytes) -> tuple[RequestNumber, date]:
    year, serial, day = payload[0], int.from_bytes(payload[1:4]), int.from_bytes(payload[4:6])
    return request_number(_EPOCH.year + year, serial), _EPOCH + timedelta(days=day)


def _encode(raw: bytes) -> str:
    return binascii.b2a_base64(raw, newline=False).translate(bytes.maketrans(b"+/", b"-_")).decode("ascii")
