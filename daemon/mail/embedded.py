"""Files written inside data as base64 (RFC 4648), as apps send their photos: lifted out before the data is read.

Lifted first, a photo of several megabytes neither counts against the limits of the data around it nor ends as text in
a request. What is not plainly a file stays where it is.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from hashlib import sha256

from daemon.domain.mail import Attachment
from daemon.domain.structured.sources import EMBEDDED

MOST_FILES = 30
_RUN = re.compile(
    rb"(?:data:[a-z]{1,20}\\?/[a-zA-Z0-9.+-]{1,60};base64,)?"
    rb"(?=[A-Za-z0-9+/_\\-]{60})"
    rb"(?P<data>(?:[A-Za-z0-9+/_-]++|\\[/nr]|\r?\n[ \t]{0,40}|&#1[03];)++={0,2})"
)
"""Base64 as it stands in JSON and XML, perhaps in lines, with PHP's escaped strokes."""
_BREAKS = re.compile(rb"\\[nr]|\s+|&#1[03];")
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\xff\xd8\xff", "jpg", "image/jpeg"),
    (rb"\x89PNG\r\n", "png", "image/png"),
    (rb"GIF8[79]a", "gif", "image/gif"),
    (rb"RIFF....WEBP", "webp", "image/webp"),
    (rb"....ftyp(?:hei|mif|msf)", "heic", "image/heic"),
    (rb"....ftyp", "mp4", "video/mp4"),
    (rb"%PDF-", "pdf", "application/pdf"),
)
"""How a file of each kind begins; the name's ending and the type that it gets."""


def data_kind(file: Attachment) -> str:
    """``json`` or ``xml`` for a file of data, else ``""``."""
    name, type_ = file.name.lower(), file.type
    if name.endswith((".json", ".geojson")) or type_ in {"application/json", "text/json"}:
        return "json"
    return "xml" if name.endswith(".xml") or type_ in {"application/xml", "text/xml"} else ""


def is_data(text: str) -> bool:
    """Some programs write their JSON straight into the mail."""
    return text.lstrip().startswith(("{", "[{"))


def embedded_files(text: str, files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """The files inside a mail's data, each once."""
    data = [file.data for file in files if data_kind(file)]
    data += [text.encode()] if is_data(text) else []
    found = (file for each in data for file in lift_files(each)[1])
    return tuple({file.name: file for file in found}.values())


def lift_files(data: bytes) -> tuple[bytes, tuple[Attachment, ...]]:
    """The data with a name in place of each file in it, and those files."""
    found: list[Attachment] = []

    def lifted(run: "re.Match[bytes]") -> bytes:
        file = _file(run["data"]) if len(found) < MOST_FILES else None
        if file is None:
            return run[0]
        found.append(file)
        return file.name.encode()

    return _RUN.sub(lifted, data), tuple(found)


def _file(written: bytes) -> Attachment | None:
    plain = _BREAKS.sub(b"", written.replace(b"\\/", b"/")).translate(bytes.maketrans(b"-_", b"+/"))
    try:
        content = base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except binascii.Error:
        return None
    for beginning, ending, type_ in _KINDS:
        if re.match(beginning, content, re.S):
            digest = sha256(content).hexdigest()
            return Attachment(f"{EMBEDDED}{digest[:8]}.{ending}", type_, content, digest)
    return None
