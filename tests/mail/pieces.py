"""Raw pieces of mails put together into whole ones, and read as the daemon reads them."""

import base64

from daemon.domain.mail import Mail
from daemon.domain.reading import Reading, read_mail
from daemon.mail.mime import parse_mail

OFFICE = "muhtarlik@ornek.bel.tr"
NUMBER = "MHT-2026-000123"
SUBJ = f"[{NUMBER}] Yeni talep: Yol çukuru"
BODY = "Atapark Mahallesi Lale Sokak'ta büyük bir çukur oluştu. Araçlar geçemiyor, gereğini arz ederim."


def w(text: str) -> str:
    """``text`` as an encoded word (RFC 2047)."""
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def mail(
    body: bytes | str,
    *,
    sender: bytes | str = "Hasan Kurt <hasan@example.com>",
    subject: bytes | str = "Yol",
    kind: str = "text/plain; charset=utf-8",
    extra: str = "",
) -> Mail:
    """A whole mail; text is UTF-8."""
    pieces = [
        *(b"From: ", sender, b"\nTo: ", OFFICE, b"\nSubject: ", subject, b"\nContent-Type: ", kind, b"\n"),
        *(extra, b"\n", body),
    ]
    return parse_mail(b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces))


def read(found: Mail) -> Reading:
    return read_mail(found, office_address=OFFICE)


def reply(body: str) -> Reading:
    """A liaison's answer to our letter about :data:`NUMBER`."""
    return read(
        mail(
            body,
            sender="fen.irtibat@ornek.bel.tr",
            subject=w(f"Ynt: {SUBJ}"),
            extra="In-Reply-To: <x@ornek.bel.tr>\n",
        )
    )


def mail_with(
    type_: str, data: bytes, *, name: str = "", body: str = "", subject: str = "Dilekce", extra: str = ""
) -> Mail:
    """A mail that carries one file."""
    disposition = f'Content-Disposition: attachment; filename="{name}"\n' if name else ""
    raw = (
        f"From: Hasan Kurt <hasan@example.com>\nSubject: {subject}\n{extra}"
        "Content-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{body}\n--b\nContent-Type: {type_}\n{disposition}"
        "Content-Transfer-Encoding: base64\n\n"
    )
    return parse_mail(raw.encode() + base64.encodebytes(data) + b"\n--b--\n")
