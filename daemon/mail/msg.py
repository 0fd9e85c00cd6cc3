"""Outlook's ``.msg`` files (MS-OXMSG) as mails, read from the OLE streams themselves.

Saved mails of Turkish Outlooks are often not Unicode: their 8-bit strings are in the code page that the
properties name, windows-1254 as a rule. What cannot be read is told as a fault; the bytes are kept anyway.
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import olefile

from daemon.domain.mail import Mail
from daemon.mail import charset
from daemon.mail.content import Content
from daemon.mail.mime import build_mail
from daemon.mail.parts import OLE_MAGIC, add_file
from daemon.mail.rtf import rtf_text, unpack_rtf
from daemon.mail.tree import Budget, Part, split_entity

MAX_FILES = 200
MAX_STREAM = 60_000_000
MAX_LEVELS = 4
_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_HEADERS, _MESSAGE_ID, _IN_REPLY_TO, _REFERENCES = 0x007D, 0x1035, 0x1042, 0x1039
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_AUTHOR_NAME, _AUTHOR_ADDRESS, _AUTHOR_SMTP = 0x0042, 0x0065, 0x5D02
_DISPLAY_TO, _DISPLAY_CC = 0x0E04, 0x0E03
_SUBMITTED, _DELIVERED, _CREATED = 0x0039, 0x0E06, 0x3007
_CODEPAGE, _INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
_FILE_DATA, _FILE_LONG_NAME, _FILE_NAME, _FILE_TYPE, _FILE_CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712
_BROKEN = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    struct.error,
    RecursionError,
    OverflowError,
    EOFError,
)


def parse_msg(raw: bytes) -> Mail:
    """Read a ``.msg`` file. A file that is no message (any OLE document) becomes a mail with that file."""
    budget, content = Budget(), Content()
    fields: list[tuple[str, bytes]] = []
    try:
        with olefile.OleFileIO(raw) as ole:
            message = _Storage(ole, ())
            if not message.has_properties:
                raise ValueError("no message properties")
            fields = _fields(message, budget)
            _collect(message, content, 0)
    except _BROKEN:
        budget.fault("Outlook message cannot be read")
        if not content.files and not content.body:
            add_file(content, "mesaj.msg", "application/vnd.ms-outlook", raw)
    return build_mail(Part(fields, b""), content, budget, level=0)


class _Storage:
    """One message or attachment inside the file: its streams by property."""

    def __init__(self, ole: "olefile.OleFileIO[Any]", path: tuple[str, ...]) -> None:
        self.ole, self.path = ole, path
        self.fixed = dict(self._fixed_properties())
        self.codepage = str(self._integer(_CODEPAGE) or self._integer(_INTERNET_CODEPAGE) or 1254)

    @property
    def has_properties(self) -> bool:
        return bool(self.ole.exists([*self.path, "__properties_version1.0"]))

    def stream(self, name: str) -> bytes:
        path = [*self.path, name]
        if not self.ole.exists(path) or self.ole.get_size(path) > MAX_STREAM:
            return b""
        return bytes(self.ole.openstream(path).read())

    def text(self, *properties: int) -> str:
        """The first of the string properties that is there, Unicode or 8-bit."""
        for number in properties:
            if wide := self.stream(f"__substg1.0_{number:04X}001F"):
                return charset.mend(wide.decode("utf-16-le", "replace")).rstrip("\0").strip()
            if narrow := self.stream(f"__substg1.0_{number:04X}001E"):
                return charset.decode(narrow, f"cp{self.codepage}").rstrip("\0").strip()
        return ""

    def binary(self, number: int) -> bytes:
        return self.stream(f"__substg1.0_{number:04X}0102")

    def moment(self, *properties: int) -> datetime | None:
        """FILETIME: 100 ns since 1601, UTC."""
        for number in properties:
            if ticks := struct.unpack("<Q", self.fixed.get(number, bytes(8)))[0]:
                try:
                    return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    continue
        return None

    def storages(self, prefix: str) -> Iterator["_Storage"]:
        depth = len(self.path)
        names = sorted(
            {
                entry[depth]
                for entry in self.ole.listdir(streams=True, storages=True)
                if tuple(entry[:depth]) == self.path
                and len(entry) > depth
                and entry[depth].startswith(prefix)
            }
        )
        for name in names[:MAX_FILES]:
            yield _Storage(self.ole, (*self.path, name))

    def _integer(self, number: int) -> int:
        return int(struct.unpack("<I", self.fixed.get(number, bytes(8))[:4])[0])

    def _fixed_properties(self) -> Iterator[tuple[int, bytes]]:
        """(property, 8 bytes of value); the stream's own head is 32, 24 or 8 bytes long."""
        data = self.stream("__properties_version1.0")
        last = self.path[-1] if self.path else ""
        start = 32 if not self.path else 24 if last.startswith("__substg1.0_3701000D") else 8
        for offset in range(start, len(data) - 15, 16):
            _, number = struct.unpack_from("<HH", data, offset)
            yield number, data[offset + 8 : offset + 16]


def _fields(message: _Storage, budget: Budget) -> list[tuple[str, bytes]]:
    """The internet headers where Outlook kept them, else made from the properties."""
    kept = message.text(_HEADERS)
    fields = split_entity(kept.encode(), budget)[0] if kept else []
    names = {name for name, _ in fields}
    moment = message.moment(_SUBMITTED, _DELIVERED, _CREATED)
    made = {
        "from": _sender(message),
        "to": message.text(_DISPLAY_TO),
        "cc": message.text(_DISPLAY_CC),
        "subject": message.text(_SUBJECT),
        "date": format_datetime(moment) if moment else "",
        "message-id": message.text(_MESSAGE_ID),
        "in-reply-to": message.text(_IN_REPLY_TO),
        "references": message.text(_REFERENCES),
    }
    return fields + [(name, value.encode()) for name, value in made.items() if value and name not in names]


def _sender(message: _Storage) -> str:
    """Exchange's own addresses ("/O=…") are no mail addresses."""
    name = message.text(_AUTHOR_NAME, _SENDER_NAME).replace('"', "")
    candidates = (message.text(p) for p in (_AUTHOR_SMTP, _SENDER_SMTP, _AUTHOR_ADDRESS, _SENDER_ADDRESS))
    address = next((found for found in candidates if "@" in found), "")
    return f'"{name}" <{address}>' if name else address


def _collect(message: _Storage, content: Content, level: int) -> None:
    body = message.text(_BODY)
    html = message.binary(_HTML)
    if body.strip():
        content.body.append(("plain", body.replace("\r\n", "\n").replace("\r", "\n")))
    elif html or message.text(_HTML):
        content.body.append(("html", charset.decode(html) if html else message.text(_HTML)))
    elif packed := message.binary(_RTF):
        content.body.append(("plain", rtf_text(unpack_rtf(packed))))
    for file in message.storages("__attach_version1.0_"):
        _collect_file(file, content, level)


def _collect_file(file: _Storage, content: Content, level: int) -> None:
    name = file.text(_FILE_LONG_NAME, _FILE_NAME)
    data = file.binary(_FILE_DATA)
    if data:
        inline = bool(file.text(_FILE_CONTENT_ID)) and file.text(_FILE_TYPE).startswith("image/")
        if data.startswith(OLE_MAGIC) and name.lower().endswith(".msg"):
            content.mails.append((name, data))
        else:
            add_file(content, name, file.text(_FILE_TYPE).lower(), data, inline=inline)
        return
    embedded = next(file.storages("__substg1.0_3701000D"), None)
    if embedded is not None and level < MAX_LEVELS:
        content.opened.append(_embedded_mail(embedded, level + 1))


def _embedded_mail(message: _Storage, level: int) -> Mail:
    budget, content = Budget(), Content()
    _collect(message, content, level)
    return build_mail(Part(_fields(message, budget), b""), content, budget, level=level)
