"""Header fields: RFC 2047 encoded words, RFC 2231 parameters, RFC 5322 addresses, dates and message ids.

Everything here takes raw bytes, is linear in their length and never raises: Python's own parsers fail on
``From: <``, ``From: a@[``, nested comments and floods of encoded words.
"""

import binascii
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from daemon.domain.clock import ISTANBUL, MONTHS
from daemon.domain.mail import Address
from daemon.domain.text import fold
from daemon.mail import charset
from daemon.mail.transfer import decode_base64

MAX_VALUE = 65_536
MAX_ADDRESSES = 2_000
_FOLDING = re.compile(rb"(?<![ \t\r\n])[ \t\r\n]*[\r\n][ \t]*")
"""Begins only where a run of blanks does: otherwise a long run costs the square of its length."""
_BLANKS = re.compile(r"[ \t\r\n\x0b\x0c]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_EMAIL = re.compile(r"[^\s<>\"(),:;\\@\[\]]{1,200}@(?:[\w][\w.-]{0,250}|\[[0-9A-Fa-f.:IPv]{3,60}\])")
_ID = re.compile(r"<([^<>]{1,990})>")


def decode_value(raw: bytes) -> str:
    """An unstructured value (Subject, display name): unfolded, decoded, on one line."""
    raw = raw[:MAX_VALUE]
    if b"\n" in raw or b"\r" in raw:
        raw = _FOLDING.sub(b" ", raw)
    text = _decode_words(raw) if b"=?" in raw else charset.decode(raw)
    if text.startswith("=?") and text.rstrip().endswith("?="):
        # Some gateways encode a header twice; once more is enough.
        text = _decode_words(text.encode())
    return _BLANKS.sub(" ", _CONTROL.sub("", text)).strip()


def _decode_words(raw: bytes) -> str:
    """Adjacent words of one charset are joined before decoding: senders split inside a character."""
    out: list[str] = []
    pending, label = b"", ""
    for text, word_label in _segments(raw):
        if word_label is None or (pending and word_label != label):
            if pending:
                out.append(charset.decode(pending, label))
            pending = b""
        if word_label is None:
            out.append(charset.decode(text))
        else:
            pending, label = pending + text, word_label
    if pending:
        out.append(charset.decode(pending, label))
    return charset.mend("".join(out))


def _segments(raw: bytes) -> Iterator[tuple[bytes, str | None]]:
    """Yield (bytes, charset of an encoded word or ``None``); blanks between two words are dropped."""
    position, literal, after_word = 0, 0, False
    while (start := raw.find(b"=?", position)) >= 0:
        first = raw.find(b"?", start + 2, start + 64)
        if first < 0 or raw[first + 2 : first + 3] != b"?" or raw[first + 1 : first + 2] not in b"bBqQ":
            position = start + 2
            continue
        end = raw.find(b"?=", first + 3)
        # "=?utf-8?Q?=3D?=": the first "?=" may be the opening of an escape right after the third "?".
        if end < 0:
            break
        between = raw[literal:start]
        if between and not (after_word and not between.strip()):
            yield between, None
        label = raw[start + 2 : first].decode("ascii", "replace").split("*", 1)[0]
        yield _word(raw[first + 3 : end], raw[first + 1 : first + 2]), label.lower()
        position = literal = end + 2
        after_word = True
    if raw[literal:]:
        yield raw[literal:], None


def _word(data: bytes, encoding: bytes) -> bytes:
    if encoding in b"bB":
        return decode_base64(data)
    return binascii.a2b_qp(data, header=True)


# --- addresses --------------------------------------------------------------------------------------------


def addresses(raw: bytes) -> tuple[Address, ...]:
    """Every mailbox of an address list (groups opened). Unreadable ones keep their name, ``email`` empty."""
    text = _FOLDING.sub(b" ", raw[:MAX_VALUE]).decode("latin-1")
    found: list[Address] = []
    for name, spec in _mailboxes(text):
        address = _address(name, spec)
        if found and not found[-1].email and address.email and address.name:
            # "Kurt, Hasan <h@x>" without quotes: the comma stood inside the name.
            found[-1] = Address(address.email, f"{found[-1].name}, {address.name}")
        elif address.email or address.name:
            found.append(address)
        if len(found) >= MAX_ADDRESSES:
            break
    return tuple(found)


def _mailboxes(text: str) -> Iterator[tuple[str, str]]:
    """Split by commas outside quotes, comments and angles; (display, angle or whole) in Latin-1."""
    display: list[str] = []
    angle: list[str] | None = None
    comment: list[str] = []
    quoted, depth, position = False, 0, 0
    while position < len(text):
        char = text[position]
        position += 1
        if char == "\\" and (quoted or depth) and position < len(text):
            (comment if depth else display).append(text[position])
            position += 1
        elif quoted:
            quoted = char != '"'
            if quoted:
                (display if angle is None else angle).append("\x01" if char in ",;:<>()" else char)
                if display and display[-1] == "\x01" and angle is None:
                    display[-1] = char
        elif depth:
            depth += (char == "(") - (char == ")")
            if depth:
                comment.append(char)
        elif char == '"':
            quoted = text.find('"', position) >= 0
        elif char == "(":
            depth = 1
        elif char == "<":
            angle = []
        elif char == ">":
            if angle is not None:
                yield "".join(display) or "".join(comment), "".join(angle)
                display, angle, comment = [], None, []
        elif char in ",;":
            if angle is not None:
                yield "".join(display), "".join(angle)
            elif "".join(display).strip():
                yield "".join(comment), "".join(display)
            display, angle, comment = [], None, []
        elif char == ":" and angle is None and "@" not in display:
            display, comment = [], []
        else:
            (display if angle is None else angle).append(char)
    if angle is not None:
        yield "".join(display), "".join(angle)
    elif "".join(display).strip():
        yield "".join(comment), "".join(display)


def _address(name: str, spec: str) -> Address:
    shown = decode_value(name.encode("latin-1")).strip(" \"'")
    decoded = decode_value(spec.encode("latin-1"))
    found = _EMAIL.search(decoded)
    if found is None:
        inside = _EMAIL.search(shown)
        return Address(_lower(inside[0]) if inside else "", shown or decoded.strip(" \"'<>"))
    rest = (decoded[: found.start()] + decoded[found.end() :]).strip(" \"'<>")
    return Address(_lower(found[0]), shown or (rest if len(rest) > 2 else ""))


def _lower(email: str) -> str:
    return email.replace("İ", "i").lower().removeprefix("mailto:").rstrip(".-")


# --- parameters -------------------------------------------------------------------------------------------

_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,60})\s*=\s*(?:\"((?:[^\"\\]|\\.){0,4000})\"|([^;]{0,4000}))")
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?$")


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """``Content-Type`` or ``Content-Disposition``: (value in lower case, decoded parameters)."""
    text = _FOLDING.sub(b" ", raw[:8_192]).decode("latin-1")
    head, _, _ = text.partition(";")
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(text, len(head)):
        value = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip().strip('"')
        name = _CONTINUED.match(found[1].lower())
        if name is not None:
            parts = pieces.setdefault(name[1], {})
            index, extended = int(name[2] or 0), bool(name[3])
            if index not in parts or (extended and not parts[index][1]):  # RFC 6266: filename* wins
                parts[index] = (value, extended)
    return head.strip().strip('"').lower(), {name: _parameter(parts) for name, parts in pieces.items()}


def _parameter(parts: dict[int, tuple[str, bool]]) -> str:
    ordered = [parts[index] for index in sorted(parts)]
    if not any(extended for _, extended in ordered):
        return decode_value("".join(value for value, _ in ordered).encode("latin-1"))
    label, data = "", b""
    for index, (value, extended) in enumerate(ordered):
        if index == 0 and extended and value.count("'") >= 2:
            label, _, value = value.split("'", 2)
        data += unquote_to_bytes(value) if extended else value.encode("latin-1")
    return charset.decode(data, label)


# --- dates and ids ----------------------------------------------------------------------------------------

_TURKISH_MONTHS = {begun: n for n, name in enumerate(MONTHS, 1) for begun in (name[:3], name)}
_TURKISH_DATE = re.compile(
    r"(\d{1,2})[ .]{1,2}([a-z]{3,8})[ .,]{1,2}(\d{4})(?:\D{1,20}?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?"
)
_NUMERIC_DATE = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\D{1,6}?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?"
)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2}))?)?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})\b")


def moment(text: str) -> datetime | None:
    """An aware time from a Date header or a quotation's date, ``None`` when hopeless.

    Without an offset Istanbul's is taken; numeric dates are day first.
    """
    text = text[:200].strip()
    return _rfc_moment(text) or loose_moment(text)


def _rfc_moment(text: str) -> datetime | None:
    try:
        parsed = parsedate_tz(text)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    if parsed is None or "/" in text[:10]:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    return _moment(year, month, day, hour, minute, second, parsed[9])


def loose_moment(text: str) -> datetime | None:
    """A date as mail programs write it into a quotation ("8 Aralık 2026 Salı 10:12")."""
    folded = fold(text[:200])
    offset = _OFFSET.search(folded)
    seconds = None
    if offset is not None:
        seconds = (int(offset[2]) * 60 + int(offset[3])) * (-60 if offset[1] == "-" else 60)
    if found := _ISO_DATE.search(folded):
        return _moment(int(found[1]), int(found[2]), int(found[3]), *_clock(found), seconds)
    if found := _NUMERIC_DATE.search(folded):
        return _moment(int(found[3]), int(found[2]), int(found[1]), *_clock(found), seconds)
    for found in _TURKISH_DATE.finditer(folded):
        if month := _TURKISH_MONTHS.get(found[2]):
            return _moment(int(found[3]), month, int(found[1]), *_clock(found), seconds)
    return None


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found[4] or 0), int(found[5] or 0), int(found[6] or 0)


def _moment(
    year: int, month: int, day: int, hour: int, minute: int, second: int, offset: int | None
) -> datetime | None:
    try:
        plain = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
        if offset is None:
            return plain.replace(tzinfo=ISTANBUL)
        zone = timezone(timedelta(seconds=offset)) if abs(offset) <= 14 * 3600 else ISTANBUL
        return plain.replace(tzinfo=zone) if 1970 <= year <= 2200 else None
    except (ValueError, OverflowError):
        return None


def message_ids(raw: bytes) -> tuple[str, ...]:
    """The ids of Message-ID, In-Reply-To or References, with their angles, blanks inside removed."""
    text = _FOLDING.sub(b" ", raw[:MAX_VALUE]).decode("latin-1")
    if "<" in text:
        found = [f"<{''.join(inner.split())}>" for inner in _ID.findall(text)]
    else:
        found = [f"<{token}>" for token in text.split() if "@" in token]
    return tuple(dict.fromkeys(found))[-100:]
