"""A MIME message as a bounded tree of parts (RFC 2045, 2046), read from bytes.

The outer boundary is split before the inner ones, so that a part which lost its end cannot swallow its
siblings. Depth, number of parts and length of headers are limited; what lies beyond stays one opaque part.
Python's parser needs 8 s for 100,000 parts and recurses 1,000 deep; this one stops.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from daemon.mail.headers import MAX_VALUE, parameters
from daemon.mail.transfer import decode_body

MAX_DEPTH = 40
MAX_PARTS = 1_000
MAX_FIELDS = 2_000
_BLANK_LINE = re.compile(rb"(?<!\r)\r*\n[ \t]*\r*\n")
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_KNOWN_FIELD = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|x-[a-z0-9-]+|reply-to|received|"
    rb"return-path|in-reply-to|references|thread-[a-z]+|importance|sender|dkim-signature)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class Part:
    """One entity. ``fields`` are (lower-case name, raw value) in order; ``body`` is still encoded."""

    fields: list[tuple[str, bytes]]
    body: bytes
    type: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    disposition_params: dict[str, str] = field(default_factory=dict)
    children: list["Part"] = field(default_factory=list)

    def raw(self, name: str) -> bytes:
        """First value of a field, or ``b""``."""
        return next((value for key, value in self.fields if key == name), b"")

    @property
    def file_name(self) -> str:
        return self.disposition_params.get("filename") or self.params.get("name", "")

    @property
    def content_id(self) -> str:
        return self.raw("content-id").strip().strip(b"<>").decode("latin-1")

    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        return decode_body(self.body, self.encoding)

    @property
    def encoding(self) -> str:
        return (
            self.raw("content-transfer-encoding")
            .strip()
            .strip(b'"')
            .decode("latin-1")
            .split(";")[0]
            .strip()
            .lower()
        )


class Budget:
    """What one mail may still cost, and the faults that were seen."""

    __slots__ = ("faults", "parts")

    def __init__(self) -> None:
        self.parts = MAX_PARTS
        self.faults: dict[str, None] = {}

    def fault(self, note: str) -> None:
        self.faults[note] = None


def read_tree(raw: bytes, budget: Budget) -> Part:
    """Parse a whole message: an mbox ``From `` line, a BOM and bare CR line ends are forgiven."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in raw[:20_000] and b"\r" in raw[:20_000]:
        raw = raw.replace(b"\r", b"\n")
        budget.fault("bare CR line ends")
    raw = raw.lstrip(b"\r\n")
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    return _entity(raw, 0, "text/plain", budget)


def _entity(raw: bytes, depth: int, default_type: str, budget: Budget) -> Part:
    budget.parts -= 1
    fields, body = split_entity(raw, budget)
    part = Part(fields, body, default_type)
    if content_type := part.raw("content-type"):
        kind, part.params = parameters(content_type)
        part.type = kind if "/" in kind else default_type
    if disposition := part.raw("content-disposition"):
        part.disposition, part.disposition_params = parameters(disposition)
    if part.type.startswith("multipart/"):
        _divide(part, depth, budget)
    return part


def _divide(part: Part, depth: int, budget: Budget) -> None:
    boundary = _raw_boundary(part)
    if depth >= MAX_DEPTH or budget.parts <= 0:
        budget.fault("parts nested too deep or too many")
        part.type = "application/octet-stream"
        return
    if not boundary:
        budget.fault("multipart without boundary")
        boundary = _guess_boundary(part.body)
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    pieces = split_multipart(part.body, boundary, budget.parts) if boundary else []
    if not pieces:
        budget.fault("multipart without parts")
        part.type = "text/html" if part.body.lstrip()[:1] == b"<" else "text/plain"
        return
    if len(pieces) >= budget.parts:
        budget.fault("parts nested too deep or too many")
    for piece in pieces:
        if budget.parts <= 0:
            break
        part.children.append(_entity(piece, depth + 1, default, budget))


def _raw_boundary(part: Part) -> bytes:
    return part.params.get("boundary", "").strip().encode("utf-8", "replace")


def _guess_boundary(body: bytes) -> bytes:
    found = re.search(rb"^--([^\s-][^\r\n]{5,99}?)[ \t]*\r?\ncontent-", body, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else b""


def split_multipart(body: bytes, boundary: bytes, limit: int) -> list[bytes]:
    """The parts between the boundary's lines; a missing end is forgiven, preamble and epilogue dropped."""
    pieces: list[bytes] = []
    start = -1
    for line_start, content_start, is_last in _boundary_lines(body, b"--" + boundary):
        if start >= 0:
            pieces.append(body[start:line_start])
        start = -1 if is_last else content_start
        if is_last or len(pieces) >= limit:
            break
    if start >= 0 and len(pieces) < limit:
        pieces.append(body[start:])
    return pieces


def _boundary_lines(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield (end of the part above, start of the part below, whether it closes) of each delimiter line."""
    position = 0
    while (found := body.find(mark, position)) >= 0:
        position = found + len(mark)
        end = body.find(b"\n", position)
        rest = body[position : end if end >= 0 else len(body)].rstrip(b" \t\r")
        if (found == 0 or body[found - 1] == 10) and rest in (b"", b"--"):
            above = found - 1 if found else 0
            if above and body[above - 1] == 13:
                above -= 1
            position = end + 1 if end >= 0 else len(body)
            yield above, position, rest == b"--"


def split_entity(raw: bytes, budget: Budget) -> tuple[list[tuple[str, bytes]], bytes]:
    """Header fields and body. A line that is no field ends the header, unless fields follow it."""
    if raw.startswith((b"\n", b"\r\n")):
        return [], raw.partition(b"\n")[2]
    blank = _BLANK_LINE.search(raw)
    head, body = (raw[: blank.start()], raw[blank.end() :]) if blank else (raw, b"")
    fields: list[tuple[str, bytes]] = []
    value: list[bytes] = []
    name, position = "", 0
    last_known = -1
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and name:
            value.append(line)
        elif found := _FIELD.match(line):
            if name:
                fields.append((name, _join(value)))
            name, value = found[1].decode("ascii").lower(), [line[found.end() :]]
        elif not line.strip() or line.startswith(b">From "):
            pass
        elif name and position < (last_known := _last_known(head) if last_known < 0 else last_known):
            budget.fault("header line folded without a blank")
            value.append(b" " + line)
        else:
            budget.fault("text where a header field should be")
            body = raw[position:]
            break
        position += len(line) + 1
        if len(fields) > MAX_FIELDS:
            budget.fault("too many header fields")
            break
    if name:
        fields.append((name, _join(value)))
    return fields, body


def _last_known(head: bytes) -> int:
    """Where the last well-known field of a header begins (0 when there is none)."""
    return max((found.start() for found in _KNOWN_FIELD.finditer(head)), default=0)


def _join(lines: list[bytes]) -> bytes:
    return b"\n".join(lines).strip()[:MAX_VALUE] if len(lines) > 1 else lines[0].strip()[:MAX_VALUE]
