"""Storms: hundreds of mails of one sender that look alike, within minutes. They are held as one entry.

What a mail looks like from outside is cheap to tell and only serves to compare: its author, its subject and
first words without figures and long tokens, its size in steps of 4 KB.
"""

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

MOST_ALIKE = 100
"""So many mails that look alike are somebody's diligence; more are a storm."""
WITHIN = timedelta(minutes=10)
_HEAD = 65_536
_BODY = 2_048
_STEP = 4_096
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_FROM = re.compile(
    rb"^from:([^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,5})", re.IGNORECASE | re.MULTILINE
)
_SUBJECT = re.compile(rb"^subject:([^\r\n]{0,2000})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"[^\s<>\"(),:;@]{1,200}@[^\s<>\"(),:;@]{1,255}")
_CHANGING = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/=]*|[A-Za-z0-9+/=_-]{24,}|\d+")
_ENCODING = re.compile(rb"^content-transfer-encoding:[ \t]*(base64|quoted)", re.IGNORECASE | re.MULTILINE)


class Outside(NamedTuple):
    """``shape`` is ``""`` where there is no author: nothing is compared then."""

    sender: str
    shape: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Arrivals of one sender that look alike, some of them still unread."""

    sender: str
    shape: str
    received: Sequence[datetime]
    """When the latest of them came, newest first; at most one more than :data:`MOST_ALIKE`."""
    held_by: int | None = None
    """The held entry that already stands for them."""

    @property
    def is_storm(self) -> bool:
        if self.held_by is not None:
            return True
        return len(self.received) > MOST_ALIKE and self.received[0] - self.received[MOST_ALIKE] <= WITHIN


def outside_of(raw: bytes) -> Outside:
    """What a mail looks like without being opened."""
    end = found.end() if (found := _END_OF_HEADER.search(raw, 0, _HEAD)) else min(len(raw), _HEAD)
    head = raw[:end]
    body = _decoded(raw[end : end + _BODY], encoding[1] if (encoding := _ENCODING.search(head)) else b"")
    written = _FROM.search(head)
    addresses = _ADDRESS.findall(written[1]) if written else []
    if not addresses:
        return Outside("", "")
    sender = addresses[-1].decode("latin-1").lower()
    subject = named[1] if (named := _SUBJECT.search(head)) else b""
    words = b" ".join(_CHANGING.sub(b"", subject + b"\n" + body).split())
    return Outside(sender, sha256(b"%d\n%s" % (len(raw) // _STEP, words)).hexdigest()[:32])


def _decoded(body: bytes, encoding: bytes) -> bytes:
    """The first words, however one program encodes them today and tomorrow."""
    if encoding.lower() == b"quoted":
        return binascii.a2b_qp(body)
    if not encoding:
        return body
    try:
        packed = b"".join(body.split())
        return binascii.a2b_base64(packed[: len(packed) // 4 * 4])
    except binascii.Error:
        return b""
