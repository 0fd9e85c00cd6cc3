"""Requests in every charset and encoding, whole and spoilt, in plain text and in HTML."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import base64
import quopri
import unicodedata
from typing import Any

from tests.mail.make_corpus.raw import (
    DATE,
    ISO_DATE,
    MAILS,
    REQUEST,
    alternative,
    head,
    plain,
    put,
)


def requests() -> None:
    base: dict[str, Any] = {"kind": "request", "from": "muhtar.atapark@example.com", "from_name": "Hasan Kurt", "date": ISO_DATE,
                            "number": None, "attachments": [], "text": REQUEST}  # fmt: skip
    put("request-utf8", plain(head("Yol çukuru"), REQUEST), **base, subject="Yol çukuru")
    put("request-1254", plain(head("Yol çukuru"), REQUEST, "windows-1254"), **base)
    put("request-latin5-qp", plain(head("Yol çukuru"), REQUEST, "iso-8859-9", "quoted-printable"), **base)
    put("request-1254-base64", plain(head("Yol çukuru"), REQUEST, "windows-1254", "base64"), **base)
    mislabelled = plain(head("Yol çukuru"), REQUEST, "windows-1254").replace(
        b"charset=windows-1254", b"charset=iso-8859-1"
    )
    put("request-1254-called-latin1", mislabelled, **base)
    put(
        "request-1254-called-utf8",
        plain(head("Yol çukuru"), REQUEST, "windows-1254").replace(b"charset=windows-1254", b"charset=utf-8"),
        **base,
    )
    put(
        "request-utf8-called-latin5",
        plain(head("Yol çukuru"), REQUEST).replace(b"charset=utf-8", b"charset=iso-8859-9"),
        **base,
    )
    put("request-no-charset", plain(head("Yol çukuru"), REQUEST).replace(b"; charset=utf-8", b""), **base)
    put("request-mojibake", plain(head("Yol çukuru"), REQUEST.encode().decode("latin-1")), **base)
    put(
        "request-unknown-charset",
        plain(head("Yol çukuru"), REQUEST, "windows-1254").replace(b"windows-1254", b"x-bilinmeyen"),
        **base,
    )
    put(
        "request-hex-charset",
        plain(head("Yol çukuru"), REQUEST).replace(b"charset=utf-8", b"charset=hex"),
        **base,
    )
    put("request-utf16", head("Yol çukuru").encode() + b"Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(REQUEST.encode("utf-16")), **base)  # fmt: skip
    put("request-nfd", plain(head("Yol çukuru"), unicodedata.normalize("NFD", REQUEST)), **base)
    qp = quopri.encodestring(REQUEST.encode()).replace(b"=\n", b"=  \n") + b"="
    put(
        "request-qp-broken",
        head("Yol çukuru").encode()
        + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        + qp,
        **base,
    )
    b64 = base64.encodebytes(REQUEST.encode()).rstrip(b"=\n") + b"\n"
    put(
        "request-base64-no-padding",
        head("Yol çukuru").encode()
        + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + b64,
        **base,
    )
    put("request-base64-with-footer", head("Yol çukuru").encode() + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(REQUEST.encode()) + b"_______________________________________________\nBu ileti liste sunucusundan gecmistir.\n", **base)  # fmt: skip
    raw_header = (
        b"From: Hasan Kurt <muhtar.atapark@example.com>\nTo: muhtarlik@ornek.bel.tr\nSubject: "
        + "Çöp konteyneri isteği".encode("cp1254")
        + b"\nDate: "
        + DATE.encode()
        + b"\n\n"
        + REQUEST.encode("cp1254")
    )
    put("request-raw-8bit-headers", raw_header, **{**base, "subject": "Çöp konteyneri isteği"})
    split = head("X").replace(
        "Subject: X",
        "Subject: =?utf-8?B?w4fDtnAga29udGV5bmVyaSBpc3Rl?= =?utf-8?B?xJ8=?=\n =?utf-8?B?aSBoYWtrxLFuZMQ=?= =?utf-8?B?sQ==?=",
    )
    put(
        "request-split-subject",
        plain(split, REQUEST),
        **{**base, "subject": "Çöp konteyneri isteği hakkındı"},
    )
    put(
        "request-mbox-line",
        b"From muhtar.atapark@example.com Tue Dec  8 10:12:33 2026\n" + plain(head("Yol çukuru"), REQUEST),
        **base,
    )
    put("request-bare-cr", plain(head("Yol çukuru"), REQUEST), **base)
    MAILS["request-bare-cr"] = (MAILS["request-bare-cr"][0].replace(b"\r\n", b"\r"), base)
    flowed = "Sayın Yetkili,\n\nLale Sokak No: 12 önünde büyük bir çukur oluşmuştur. Çocuklar \niçin tehlikelidir.\nGereğini arz ederim.\n-- \nHasan Kurt\n"
    put(
        "request-flowed",
        plain(head("Yol çukuru"), flowed).replace(b"charset=utf-8", b"charset=utf-8; format=flowed"),
        **base,
    )
    signed = f"{REQUEST}\n\nSaygılarımla,\n\nHasan KURT\nAtapark Mahallesi Muhtarı\nGSM: 0532 000 00 01\n"
    put("request-signature", plain(head("Yol çukuru"), signed), **base)
    put(
        "request-phone-advertisement",
        plain(head("Yol çukuru"), REQUEST + "\n\niPhone'umdan gönderildi\n"),
        **base,
    )
    disclaimer = (
        REQUEST
        + "\n\nYASAL UYARI: Bu e-posta ve ekleri gizli olabilir. Yalnızca muhatabına yöneliktir.\nThis e-mail is confidential.\n"
    )
    put("request-disclaimer", plain(head("Yol çukuru"), disclaimer), **base)
    form = "Gönderen: Hasan Kurt\nTarih: 08.12.2026\nKonu: Yol çukuru\nAçıklama: Lale Sokakta çukur var."
    put("request-form-fields", plain(head("Web formu"), form), **{**base, "text": form})


def html_requests() -> None:
    base: dict[str, Any] = {
        "kind": "request",
        "number": None,
        "text": "Sayın Yetkili,\n\nLale Sokak’ta çukur var.\n\nGereğini arz ederim.",
    }
    outlook = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-9">
<style><!-- p.MsoNormal {margin:0cm;} --></style><!--[if mso]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head>
<body lang="TR"><div class="WordSection1"><p class="MsoNormal">Sayın Yetkili,<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">Lale Sokak&#8217;ta çukur var.<o:p></o:p></p><p class="MsoNormal">Gereğini arz ederim.<o:p></o:p></p></div></body></html>"""
    put(
        "html-only-outlook",
        head("Yol çukuru").encode()
        + b"Content-Type: text/html; charset=iso-8859-9\nContent-Transfer-Encoding: 8bit\n\n"
        + outlook.encode("cp1254"),
        **base,
    )
    hidden = '<html><body><div style="display:none;max-height:0">Gizli önizleme metni</div><script>var x="y";</script><p>Sayın Yetkili,</p><p>Lale Sokak’ta çukur var.</p><p>Gereğini arz ederim.</p></body></html>'
    put("html-hidden-preheader", alternative(head("Yol çukuru"), "", hidden), **base)
    put("html-beside-stub", alternative(head("Yol çukuru"), "Bu iletiyi görüntülemek için HTML destekli bir program kullanınız.",
        "<p>Sayın Yetkili,</p><p>Lale Sokak’ta çukur var.</p><p>Gereğini arz ederim.</p>"), **base)  # fmt: skip
    table = (
        "<table><tr><td>Mahalle</td><td>Atapark</td></tr><tr><td>Konu</td><td>Bozuk bank</td></tr></table>"
    )
    put(
        "html-table",
        head("Bank") + "Content-Type: text/html; charset=utf-8\n\n" + table,
        kind="request",
        text="Mahalle Atapark\nKonu Bozuk bank",
    )
    put(
        "html-declared-plain",
        head("Bank")
        + "Content-Type: text/plain; charset=utf-8\n\n<html><body><p>Bank kırık.</p></body></html>",
        kind="request",
        text="Bank kırık.",
    )
