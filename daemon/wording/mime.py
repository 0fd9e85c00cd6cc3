"""A letter's bytes: multipart/alternative, 7-bit safe, the same for the same input.

Built by hand, because a letter is fixed to the byte (the library draws its boundaries at random) and because
the office writes two letters per incoming mail (measured: a hundredth of the library's time). Obeys RFC 5322
(headers, folding), RFC 2045/2046 (quoted-printable, multipart), RFC 2047 (encoded words) and RFC 3834
(Auto-Submitted).
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby

from daemon.domain.clock import ISTANBUL

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"@]+@[^\s<>()\[\],;:\\\"@]+")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,400}>", re.ASCII)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 .'-]+", re.ASCII)
_ATOM = re.compile(r"[A-Za-z0-9]{1,40}", re.ASCII)
_LINE = 76


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the headers say. ``answers`` are the Message-IDs of the mails it answers, oldest first."""

    office_name: str
    office_address: str
    recipient: str
    recipient_name: str
    subject: str
    message_id: str
    date: datetime
    occasion: str
    about: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    is_reply: bool = False


def compose(envelope: Envelope, text: str, html: str, boundary: str) -> bytes:
    """Return the whole message with CRLF line ends. ``boundary`` must not be guessable by mail writers."""
    head = "\r\n".join(_headers(envelope, boundary))
    parts = (
        f"{head}\r\n\r\n--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode(),
        _quoted_printable(text),
        f"\r\n--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode(),
        _quoted_printable(html),
        f"\r\n--{boundary}--\r\n".encode(),
    )
    return b"".join(parts)


def message_ids(text: str) -> tuple[str, ...]:
    """Return the well-formed Message-IDs in a header's value; what is not one cannot enter our headers."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(text)))


def clean(text: str) -> str:
    """Return ``text`` as one line without control characters: nothing in it can end a header."""
    return " ".join(_CONTROL.sub(" ", text).split())


def ascii_domain(address: str) -> str:
    """The domain of an address in its ASCII form (IDNA); ``localhost`` where there is none."""
    domain = address.rpartition("@")[2].strip().lower()
    try:
        return domain.encode("idna").decode("ascii") or "localhost"
    except UnicodeError:
        return "localhost"


def _headers(envelope: Envelope, boundary: str) -> Iterable[str]:
    office = _mailbox(envelope.office_name, envelope.office_address)
    yield f"From: {office}"
    yield f"To: {_mailbox(envelope.recipient_name, envelope.recipient)}"
    yield f"Reply-To: {office}"
    yield f"Subject: {_unstructured(envelope.subject, len('Subject: '))}"
    yield f"Date: {format_datetime(envelope.date.astimezone(ISTANBUL))}"
    yield f"Message-ID: {envelope.message_id}"
    if envelope.answers:
        yield f"In-Reply-To: {envelope.answers[-1]}"
        yield _folded("References", envelope.answers)
    yield f"Auto-Submitted: {'auto-replied' if envelope.is_reply else 'auto-generated'}"
    yield "X-Auto-Response-Suppress: OOF, DR, RN, NRN, AutoReply"
    yield f"X-Muhtarlik-Letter: {clean(envelope.occasion)}"
    if envelope.about:
        yield _folded("X-Muhtarlik-Request", envelope.about, comma=",")
    yield "Content-Language: tr"
    yield "MIME-Version: 1.0"
    yield f'Content-Type: multipart/alternative; boundary="{boundary}"'


def _folded(name: str, values: tuple[str, ...], *, comma: str = "") -> str:
    return f"{name}: " + f"{comma}\r\n ".join(values)


def _mailbox(name: str, address: str) -> str:
    """``name <address>``; an address that is none is not written, so that it cannot become two."""
    address = clean(address)
    if not _ADDRESS.fullmatch(address):
        return "undisclosed-recipients:;"
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        address = f"{local}@{ascii_domain(address)}"
    name = clean(name)
    if not name:
        return address
    shown = [f'"{name}"'] if _PLAIN_NAME.fullmatch(name) and len(name) < 60 else _phrase(name)
    return _fold([*shown, f"<{address}>"], len("Reply-To: "))


def _phrase(name: str) -> list[str]:
    """A name as atoms where it is plain ASCII, its other words encoded together (RFC 2047 section 5)."""
    runs = groupby(name.split(" "), key=lambda word: bool(_ATOM.fullmatch(word)))
    tokens: list[str] = []
    for is_plain, words in runs:
        tokens += words if is_plain else _encoded_words(" ".join(words), _LINE).split("\r\n ")
    return tokens


def _fold(tokens: Iterable[str], used: int) -> str:
    """Join with blanks, on a new line wherever the next token would not fit."""
    text = ""
    for token in tokens:
        fits = used + len(token) < _LINE or not text
        text += token if not text else f" {token}" if fits else f"\r\n {token}"
        used = used + len(token) + 1 if fits else len(token) + 1
    return text


def _unstructured(text: str, used: int) -> str:
    """Text for a header: plain where it is short ASCII, else its ASCII head and then encoded words."""
    text = clean(text)
    if text.isascii() and "=?" not in text and len(text) + used <= _LINE:
        return text
    head, rest = "", text
    if found := re.match(r"\[[A-Z0-9-]+\] ", text, re.ASCII):
        head, rest = found[0], text[found.end() :]
    return head + _encoded_words(rest, used + len(head))


def _encoded_words(text: str, used: int) -> str:
    """RFC 2047 in base64, folded: no word over 75 characters, none splitting a character.

    Words end at blanks where they can: a reader that wrongly shows the fold as a blank does little harm then.
    """
    parts, room = [], max((_LINE - used - 12) // 4 * 3, 0)
    rest = text
    while rest:
        part = _fitting(rest, room if room > 8 else 45)
        parts.append(base64.b64encode(part.encode()).decode())
        rest, room = rest[len(part) :], 45
    return "\r\n ".join(f"=?utf-8?b?{part}?=" for part in parts)


def _fitting(text: str, room: int) -> str:
    """The head of ``text`` that takes at most ``room`` bytes, up to a blank if there is one."""
    head = text.encode()[:room].decode(errors="ignore")
    blank = head.rfind(" ") + 1
    return head[:blank] if blank and len(head) < len(text) else head


def _quoted_printable(text: str) -> bytes:
    lines = text.encode("utf-8", "replace").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return binascii.b2a_qp(lines.replace(b"\n", b"\r\n"), istext=True)
