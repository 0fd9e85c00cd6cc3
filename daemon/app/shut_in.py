"""Archives and documents from outside are opened in a process of its own: limited in time and memory, without network,
writing nowhere (:mod:`daemon.scans.apart`). It costs some 20 ms, so only what holds one goes there.
"""

import multiprocessing
import re
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import TypeVar

from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.mail import Attachment, Mail
from daemon.domain.structured.sources import Material, Unread
from daemon.mail import archives, mime, structured
from daemon.mail.spreadsheets import is_spreadsheet
from daemon.ports.incoming import Export
from daemon.scans.apart import apart

T = TypeVar("T")

SECONDS = 30.0
"""For one mail with all that it holds, or one member of an archive."""
_ARCHIVE = re.compile(
    rb"PK\x03\x04|PK=03=04|UEsDB"  # zip, and so .docx, .xlsx, .odt
    rb"|\xd0\xcf\x11\xe0|=D0=CF=11=E0|0M8R4"  # OLE: .msg, .doc, .xls
    rb"|\x78\x9f\x3e\x22|x=9F>\"|eJ8\+I"  # TNEF: winmail.dat
    rb"|\{\\rtf|e1xydG"
    rb"|\x1f\x8b\x08|=1F=8B=08|H4sI|BZh[1-9]1AY|QlpoOTFB|\xfd7zXZ|=FD7zXZ|/Td6WFo"  # packed: .tar.gz, .tar.bz2, .tar.xz
    rb"|ustar|1c3Rhc"  # tar, whose mark stands at byte 257
    rb"|(?i:pkcs7-mime|\.p7[ms]|\.imz)"  # a signed envelope, whatever is in it
    rb"|\nbegin [0-7]{3} "  # uuencoded, whatever it is
)
"""How such a file begins, as it is, in quoted-printable and in base64."""
_WHY = "Ek güvenli biçimde açılamadı; lütfen inceleyiniz."


def parse_mail(raw: bytes) -> Mail:
    """As :func:`daemon.mail.mime.parse_mail`; raises :class:`Unprocessable` for what breaks its limits too."""
    if not _ARCHIVE.search(raw):
        return mime.parse_mail(raw)
    return _shut_in(partial(mime.parse_mail, raw))


def read_material(mail: Mail) -> Material:
    """As :func:`daemon.mail.structured.read_material`: it never raises, what cannot be read is named."""
    files = (*mail.attachments, *(mail.forwarded.attachments if mail.forwarded else ()))
    lists = [file.name for file in files if is_spreadsheet(file.name)]
    if not lists:
        return structured.read_material(mail)
    try:
        return _shut_in(partial(structured.read_material, mail))
    except Unprocessable:
        return Material(unread=tuple(Unread(name, _WHY.rstrip(".")) for name in lists))


def open_export(name: str, data: bytes) -> Export | None:
    """As :func:`daemon.mail.archives.open_export`; each member is unpacked when it is asked for."""
    if not data.startswith(b"PK"):
        return archives.open_export(name, data)
    found = _shut_in(partial(_texts, name, data))
    return None if found is None else Export(found[0], partial(_member, data), found[1])


def open_portfolio(name: str, data: bytes) -> list[Attachment]:
    """As :func:`daemon.mail.portfolios.open_portfolio`; one that breaks its limits says so."""
    from daemon.mail import portfolios  # loads a library that few files need

    try:
        return _shut_in(partial(portfolios.open_portfolio, name, data))
    except Unprocessable as fault:
        digest = sha256(data).hexdigest()
        return [Attachment(name, "application/pdf", data, digest, unread=fault.reason.rstrip("."))]


def _texts(name: str, data: bytes) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]] | None:
    export = archives.open_export(name, data)
    return (export.texts, export.names) if export else None


def _member(data: bytes, name: str) -> bytes | None:
    try:
        return _shut_in(lambda: archives.Archive(data).file(name))
    except Unprocessable:
        return None  # one damaged photo must not cost the conversation


def _shut_in(work: Callable[[], T]) -> T:
    if multiprocessing.current_process().daemon:  # works ahead for another, who opens archives himself
        raise Temporary("an archive is opened at its turn", reason="")
    ended = apart(lambda: (work(),), seconds=SECONDS)
    if ended.error:
        raise ended.error
    if ended.result is None:
        raise Unprocessable(f"opening it ended in {ended.failure}", reason=_WHY)
    return ended.result[0]
