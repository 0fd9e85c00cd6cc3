"""What is fuzzed: each reader of things that strangers send, with seeds to change and the errors it may raise."""

import importlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from daemon.domain.errors import MuhtarlikError
from daemon.domain.impostor import suspect
from daemon.domain.reading import read_mail, reading_json
from daemon.domain.sheet import DIRECTORATE_SHEETS
from daemon.domain.storm import outside_of
from daemon.mail.bounce import bounced_recipients
from daemon.mail.docx import docx_text
from daemon.mail.mime import parse_mail
from daemon.mail.rtf import rtf_text
from daemon.mail.signed import check_signatures
from daemon.mail.tnef import read_tnef
from daemon.mail.trust import judge_sender
from daemon.sheets.workbook import XlsxWorkbook
from tests.mail.ole import write_ole
from tests.sheets.rich import rich_workbook
from tests.wording.desk import REGISTRY

CORPUS = Path(__file__).parent.parent / "mail" / "corpus"
SERVER = "mx.ornek.bel.tr"


@dataclass(frozen=True)
class Target:
    """``read`` gets bytes; whatever it raises beside the product's own errors is a finding."""

    name: str
    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...] = ()
    is_archive: bool = False
    """Seeds are zips: their members are changed, too, not only the packed bytes."""


def read_everything(raw: bytes) -> object:
    """All that happens to a mail before a decision: read, understood, judged, compared."""
    mail = parse_mail(raw)
    reading = read_mail(mail, office_address=REGISTRY.office_address, is_staff=REGISTRY.is_staff)
    shown = reading_json(mail, reading)
    str(shown).encode()  # no lone surrogate may go on
    judge_sender(
        mail,
        authserv_id=SERVER,
        require="dmarc",
        check_signatures=lambda found: check_signatures(found, raw, look_up=lambda name: None),
    )
    bounced_recipients(mail)
    suspect(mail.sender, REGISTRY)
    outside_of(raw)
    return shown


@cache
def _book() -> XlsxWorkbook:
    folder = Path(tempfile.mkdtemp(prefix="muhtarlik-fuzz-"))
    return XlsxWorkbook(folder / "fen.xlsx", "fen", DIRECTORATE_SHEETS)


def read_workbook(data: bytes) -> object:
    book = _book()
    book.path.write_bytes(data)
    return book.read()


_MAIL_TOKENS = (
    b"From: ", b"\r\n", b"\n", b"\r", b"\x00", b"=?utf-8?B?", b"=?utf-8?q?", b"?=", b"<", b">", b"@", b'"', b"(", b";",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"Content-Type: message/rfc822\n\n", b"--x--", b"\xff\xfe",
    b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/html\n", b"<div><blockquote>", b"<!--", b"&#x110000;",
    b"charset=utf-7", b"charset=hex", b"charset=idna", b"+2AA-", b"Kimden: a@b\nKonu: x\n", b"> > >",
    b"MHT-2026-000001",
    b"Authentication-Results: mx.ornek.bel.tr; dmarc=pass",
    b"DKIM-Signature: v=1; a=rsa-sha256; d=b; s=c; h=from; b=AA;",
    b"begin 644 a\n", b"Subject: Re: ", b"filename*0*=utf-8''%00", b"References: <",
    b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1",
)  # fmt: skip
_XML_TOKENS = (
    b"<", b">", b"&", b"&#0;", b"<!DOCTYPE x>", b'r="A1"', b't="s"', b"99999999999", b"-1", b"</c>", b"<row r=\"0\">",
    b"1e999",
)  # fmt: skip


def targets() -> Iterator[Target]:
    mails = tuple(path.read_bytes() for path in sorted(CORPUS.glob("*.eml")))
    yield Target("mail", read_everything, mails, _MAIL_TOKENS)
    yield Target("msg", read_everything, (_msg(),))
    yield Target(
        "rtf",
        rtf_text,
        (rb"{\rtf1\ansi\ansicpg1254 \'e7ukur\par \u304?{\*\x a}}",),
        (b"{", b"}", b"\\'", b"\\u-99999 ", b"\\bin999 "),
    )
    yield Target("tnef", read_tnef, (b"\x78\x9f\x3e\x22\x01\x00\x01\x06\x90\x08\x00" + bytes(range(64)),))
    yield Target("docx", docx_text, (_docx(),), _XML_TOKENS, is_archive=True)
    yield Target("xlsx", read_workbook, (rich_workbook(),), _XML_TOKENS, is_archive=True)
    yield from _if_there("chat", "daemon.mail.archives", "open_export", (_docx(),), first="sohbet.zip")
    yield from _if_there("scan", "daemon.scans.loading", "load_page", _pictures(), place=0)


def _if_there(
    name: str, module: str, function: str, seeds: tuple[bytes, ...], first: str = "", **given: object
) -> Iterator[Target]:
    """Readers that a checkout may not have yet."""
    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        return
    if found is not None:
        read = getattr(importlib.import_module(module), function)
        before = (first,) if first else ()
        yield Target(name, lambda data: read(*before, data, **given), seeds)


def _msg() -> bytes:
    """The least that Outlook would open: a subject, words, a sender, an attachment (MS-OXMSG)."""
    words = {"0037": "Yol", "1000": "Çukur var", "0C1F": "muhtar@example.com", "007D": "Subject: Yol\r\n"}
    streams = {f"__substg1.0_{tag}001F": text.encode("utf-16-le") for tag, text in words.items()}
    streams["__properties_version1.0"] = bytes(32)
    streams["__attach_version1.0_#00000000/__substg1.0_37010102"] = b"x" * 100
    streams["__attach_version1.0_#00000000/__properties_version1.0"] = bytes(8)
    return write_ole(streams)


def _docx() -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:p><w:t>Çukur</w:t><w:tab/></w:p><w:p><w:t>var</w:t></w:p>")
    return out.getvalue()


def _pictures() -> tuple[bytes, ...]:
    import io

    from PIL import Image

    out = []
    for kind in ("PNG", "JPEG", "TIFF"):
        held = io.BytesIO()
        Image.new("L", (64, 64), 200).save(held, kind)
        out.append(held.getvalue())
    return tuple(out)


EXPECTED = (MuhtarlikError,)
