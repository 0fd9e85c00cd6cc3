"""Outlook's ``winmail.dat`` (MS-OXTNEF): the body and the files that Exchange packed into it."""

import zlib
from dataclasses import dataclass, field

from daemon.mail import charset
from daemon.mail.tree import Budget

MAX_SIZE = 60_000_000
_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    LookupError,
    zlib.error,
    EOFError,
    OSError,
    AssertionError,
)


@dataclass(slots=True)
class Opened:
    """``body`` as ("plain" | "html", text); ``files`` as (name, type, bytes)."""

    body: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)


def read_tnef(data: bytes, budget: Budget) -> Opened | None:
    """Open a TNEF stream; ``None`` (and a fault) when it is broken, then it stays an ordinary attachment."""
    import struct

    from tnefparse import TNEF

    if len(data) > MAX_SIZE:
        budget.fault("winmail.dat too large")
        return None
    try:
        tnef = TNEF(data, do_checksum=False)
        opened = Opened(_bodies(tnef))
        for inner in tnef.attachments:
            opened.files.append((_text(inner.long_filename() or inner.name), "", bytes(inner.data or b"")))
    except (*_BROKEN, struct.error):
        budget.fault("winmail.dat cannot be read")
        return None
    return opened


def _bodies(tnef: object) -> list[tuple[str, str]]:
    """The best of plain, HTML and compressed RTF."""
    html = getattr(tnef, "htmlbody", None)
    plain = getattr(tnef, "body", None)
    if plain and (text := _text(plain)).strip():
        return [("plain", text)]
    if html:
        return [("html", _text(html))]
    rtf = getattr(tnef, "rtfbody", None)
    if rtf:
        from daemon.mail.documents import rtf_text

        return [("plain", rtf_text(rtf if isinstance(rtf, bytes) else str(rtf).encode("latin-1", "replace")))]
    return []


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return charset.decode(value).replace("\r\n", "\n").rstrip("\x00")
    return charset.mend(str(value or "")).replace("\r\n", "\n").rstrip("\x00")
