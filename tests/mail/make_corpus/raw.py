"""How a mail of the corpus is put together, and where it is kept until all are written."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import base64
import quopri
from email.header import Header
from typing import Any

OFFICE = "muhtarlik@ornek.bel.tr"
DATE = "Tue, 8 Dec 2026 10:12:33 +0300"
ISO_DATE = "2026-12-08T10:12:33+03:00"
MAILS: dict[str, tuple[bytes, dict[str, Any]]] = {}
REQUEST = "Sayın Yetkili,\n\nLale Sokak No: 12 önünde büyük bir çukur oluşmuştur. Çocuklar için tehlikelidir.\nGereğini arz ederim."
ANSWERS = "In-Reply-To: <mht-1@ornek.bel.tr>\nReferences: <mht-1@ornek.bel.tr>\n"
LETTER = "Sayın irtibat personeli,\nMHT-2026-000123 sayılı talep müdürlüğünüze iletilmiştir.\nTAMAMLANDI | İŞLEMDE | BİZE AİT DEĞİL | EK SÜRE"
TO_HEADMAN = (
    "Sayın Muhtarım,\nMHT-2026-000123 sayılı talebiniz sonuçlandırılmıştır.\nSORUN ÇÖZÜLDÜ | SORUN SÜRÜYOR"
)
LIAISON = {"sender": "ayse.demir@ornek.bel.tr", "name": "Ayşe Demir"}
RE = "Re: [MHT-2026-000123] Yol çukuru"
YNT = "Ynt: [MHT-2026-000123] Yol çukuru"


def word(text: str, charset: str = "utf-8") -> str:
    return text if text.isascii() else Header(text, charset, maxlinelen=200).encode()


def head(
    subject: str,
    *,
    sender: str = "muhtar.atapark@example.com",
    name: str = "Hasan Kurt",
    extra: str = "",
    to: str = OFFICE,
) -> str:
    display = f"{word(name)} <{sender}>" if name else sender
    return (
        f"Return-Path: <{sender}>\nReceived: from mail.example.com by mx.ornek.bel.tr; {DATE}\nFrom: {display}\nTo: {to}\n"
        f"Subject: {word(subject)}\nDate: {DATE}\nMessage-ID: <20261208.1@example.com>\nMIME-Version: 1.0\n{extra}"
    )


def put(name: str, raw: str | bytes, **expected: Any) -> None:
    data = raw.encode() if isinstance(raw, str) else raw
    MAILS[name] = (data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), expected)


def plain(headers: str, body: str, charset: str = "utf-8", encoding: str = "8bit") -> bytes:
    data = body.encode(charset)
    if encoding == "quoted-printable":
        data = quopri.encodestring(data)
    elif encoding == "base64":
        data = base64.encodebytes(data)
    return (
        f"{headers}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode()
        + data
    )


def alternative(headers: str, text: str, html: str, boundary: str = "000000000000a1b2c3") -> str:
    return (
        f'{headers}Content-Type: multipart/alternative; boundary="{boundary}"\n\n--{boundary}\nContent-Type: text/plain; charset="UTF-8"\n'
        f'Content-Transfer-Encoding: 8bit\n\n{text}\n\n--{boundary}\nContent-Type: text/html; charset="UTF-8"\n'
        f"Content-Transfer-Encoding: 8bit\n\n{html}\n\n--{boundary}--\n"
    )


def quote(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
