"""Writes ``corpus/*.eml`` and, beside each, what must be read from it (``*.json``).

The mails have the shapes that real programs give them (headers, part structure, quotation heads, broken
encodings); persons, places and addresses are invented. Run it again after adding a mail:
``python -m tests.mail.make_corpus``.
"""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import base64
import json
import quopri
import unicodedata
from email.header import Header
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "corpus"
OFFICE = "muhtarlik@ornek.bel.tr"
DATE = "Tue, 8 Dec 2026 10:12:33 +0300"
ISO_DATE = "2026-12-08T10:12:33+03:00"
MAILS: dict[str, tuple[bytes, dict[str, Any]]] = {}


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


REQUEST = "Sayın Yetkili,\n\nLale Sokak No: 12 önünde büyük bir çukur oluşmuştur. Çocuklar için tehlikelidir.\nGereğini arz ederim."
ANSWERS = "In-Reply-To: <mht-1@ornek.bel.tr>\nReferences: <mht-1@ornek.bel.tr>\n"
LETTER = "Sayın irtibat personeli,\nMHT-2026-000123 sayılı talep müdürlüğünüze iletilmiştir.\nTAMAMLANDI | İŞLEMDE | BİZE AİT DEĞİL | EK SÜRE"
TO_HEADMAN = (
    "Sayın Muhtarım,\nMHT-2026-000123 sayılı talebiniz sonuçlandırılmıştır.\nSORUN ÇÖZÜLDÜ | SORUN SÜRÜYOR"
)
LIAISON = {"sender": "ayse.demir@ornek.bel.tr", "name": "Ayşe Demir"}
RE = "Re: [MHT-2026-000123] Yol çukuru"
YNT = "Ynt: [MHT-2026-000123] Yol çukuru"


def quote(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


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


def attachments() -> None:
    pdf, jpg = (
        base64.encodebytes(b"%PDF-1.4 ornek").decode(),
        base64.encodebytes(b"\xff\xd8\xff\xe0 ornek").decode(),
    )
    b = "=_Part_1"
    top = f'Content-Type: multipart/mixed; boundary="{b}"\n\n'
    words = f"--{b}\nContent-Type: text/plain; charset=utf-8\n\nDilekçemiz ektedir.\n\n"
    put("attachment-2231", head("Dilekçe") + top + words + f"--{b}\nContent-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=UTF-8''Dilek%C3%A7e%20;\n filename*1*=%C3%B6rne%C4%9Fi.pdf\nContent-Transfer-Encoding: base64\n\n{pdf}\n--{b}--\n",
        kind="request", text="Dilekçemiz ektedir.", attachments=[{"name": "Dilekçe örneği.pdf", "type": "application/pdf", "size": 14}])  # fmt: skip
    put("attachment-2047-name", head("Dilekçe") + top + words + f'--{b}\nContent-Type: image/jpeg; name="=?windows-1254?Q?foto=F0raf.jpg?="\nContent-Transfer-Encoding: base64\n\n{jpg}\n--{b}--\n',
        kind="request", attachments=[{"name": "fotoğraf.jpg", "type": "image/jpeg", "size": 10}])  # fmt: skip
    put("attachment-evil-names", head("Dilekçe") + top + words + f'--{b}\nContent-Type: application/pdf; name="../../etc/cron.d/x.pdf"\nContent-Transfer-Encoding: base64\n\n{pdf}\n'
        f'--{b}\nContent-Type: application/pdf; name="C:\\\\Temp\\\\CON.pdf"\nContent-Transfer-Encoding: base64\n\n{pdf}\n--{b}\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{pdf}\n--{b}--\n',
        kind="request", attachments=[{"name": "x.pdf", "type": "application/pdf", "size": 14}, {"name": "_CON.pdf", "type": "application/pdf", "size": 14},
                                     {"name": "ek-3.pdf", "type": "application/pdf", "size": 14}])  # fmt: skip
    put("attachment-only", head("") + top + f'--{b}\nContent-Type: image/jpeg; name="IMG_001.jpg"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n{jpg}\n--{b}--\n',
        kind="request", text="", attachments=[{"name": "IMG_001.jpg", "type": "image/jpeg", "size": 10}])  # fmt: skip
    words_file = base64.encodebytes(REQUEST.encode("cp1254")).decode()
    put("text-in-attachment", head("Dilekçe") + top + f"--{b}\nContent-Type: text/plain; charset=utf-8\n\n\n--{b}\nContent-Type: text/plain; name=dilekce.txt\nContent-Disposition: attachment; filename=dilekce.txt\nContent-Transfer-Encoding: base64\n\n{words_file}\n--{b}--\n",
        kind="request", text=REQUEST, attachments=[{"name": "dilekce.txt", "type": "text/plain", "size": len(REQUEST.encode("cp1254"))}])  # fmt: skip
    put("attachment-no-final-boundary", head("Dilekçe") + top + words + f"--{b}\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n{pdf}",
        kind="request", text="Dilekçemiz ektedir.", attachments=[{"name": "a.pdf", "type": "application/pdf", "size": 14}])  # fmt: skip
    put("signed-smime", head("Yol") + f'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="{b}"\n\n--{b}\nContent-Type: text/plain; charset=utf-8\n\nÇukur var.\n\n--{b}\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\nMIAG\n--{b}--\n',
        kind="request", text="Çukur var.", attachments=[])  # fmt: skip


def replies() -> None:
    done: dict[str, Any] = {"kind": "reply", "from": "ayse.demir@ornek.bel.tr", "from_name": "Ayşe Demir", "number": "MHT-2026-000123", "meaning": "done", "sure": True,
                            "text": "Çukur kapatılmıştır.", "quoted_has": ["MHT-2026-000123"]}  # fmt: skip
    h = head(YNT, **LIAISON, extra=ANSWERS)
    gmail = f"Çukur kapatılmıştır.\n\nMuhtarlık İşleri Müdürlüğü <{OFFICE}>, 8 Ara 2026 Sal, 09:12\ntarihinde şunu yazdı:\n\n{quote(LETTER)}\n"
    put("reply-gmail", plain(h, gmail), **done)
    old_gmail = f"Çukur kapatılmıştır.\n\n8 Aralık 2026 Salı 09:12 tarihinde Muhtarlık İşleri Müdürlüğü\n<{OFFICE}> şunu yazdı:\n\n{quote(LETTER)}\n"
    put("reply-gmail-old", plain(h, old_gmail, "utf-8", "quoted-printable"), **done)
    gmail_html = f'<div dir="ltr">Çukur kapatılmıştır.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Muhtarlık &lt;<a href="mailto:{OFFICE}">{OFFICE}</a>&gt;, 8 Ara 2026 Sal, 09:12 tarihinde şunu yazdı:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid">{LETTER.replace(chr(10), "<br>")}</blockquote></div>'
    put("reply-gmail-html-only", h + "Content-Type: text/html; charset=utf-8\n\n" + gmail_html, **done)
    outlook = f"Çukur kapatılmıştır.\n\nAyşe DEMİR\nFen İşleri Müdürlüğü\nDahili: 1122\n\n-----Özgün İleti-----\nKimden: Muhtarlık İşleri <{OFFICE}>\nGönderilme: 8 Aralık 2026 Salı 09:12\nKime: Ayşe Demir <ayse.demir@ornek.bel.tr>\nKonu: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-outlook-divider", plain(h, outlook, "windows-1254"), **done)
    block = f"Çukur kapatılmıştır.\n\nKimden: Muhtarlık İşleri <{OFFICE}>\nGönderildi: 8 Aralık 2026 Salı 09:12\nKime: Ayşe Demir <ayse.demir@ornek.bel.tr>\nKonu: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-outlook-block", plain(h, block), **done)
    html = f'<div>Çukur kapatılmıştır.</div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>Kimden:</b> Muhtarlık &lt;{OFFICE}&gt;<br><b>Gönderildi:</b> 8 Aralık 2026 Salı 09:12<br><b>Kime:</b> Ayşe Demir<br><b>Konu:</b> [MHT-2026-000123] Yol çukuru</font></div><div>{LETTER.replace(chr(10), "<br>")}</div>'
    put("reply-outlook-web-html", h + "Content-Type: text/html; charset=utf-8\n\n" + html, **done)
    mobile = f"Çukur kapatılmıştır.\n\nAndroid için Outlook<https://aka.ms/AAb9ysg>'u edinin\n________________________________\nFrom: Muhtarlık İşleri <{OFFICE}>\nSent: Tuesday, December 8, 2026 9:12:00 AM\nTo: Ayşe Demir <ayse.demir@ornek.bel.tr>\nSubject: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-outlook-mobile", plain(h, mobile, "utf-8", "base64"), **done)
    apple = f"Çukur kapatılmıştır.\n\niPhone’umdan gönderildi\n\n> Muhtarlık İşleri <{OFFICE}> şunları yazdı (8 Ara 2026 09:12):\n> \n{quote(LETTER)}\n"
    put("reply-iphone", plain(h, apple), **done)
    mac = f"Çukur kapatılmıştır.\n\n> 8 Ara 2026 tarihinde saat 09:12’de, Muhtarlık İşleri <{OFFICE}> şunları yazdı:\n> \n{quote(LETTER)}\n"
    put("reply-apple-mail", plain(h, mac), **done)
    yahoo = f"Çukur kapatılmıştır.\n\n    8 Aralık 2026 Salı 09:12:03 GMT+3 tarihinde, Muhtarlık İşleri <{OFFICE}> şunu yazdı:\n\n {LETTER}\n"
    put("reply-yahoo", plain(h, yahoo), **done)
    bird = f"Çukur kapatılmıştır.\n\n8.12.2026 09:12 tarihinde Muhtarlık İşleri yazdı:\n{quote(LETTER)}\n\n-- \nAyşe Demir\n"
    put("reply-thunderbird", plain(h, bird), **done)
    bottom = f"On 8.12.2026 09:12, Muhtarlık İşleri wrote:\n{quote(LETTER)}\n\nÇukur kapatılmıştır.\n\nSaygılarımla\nAyşe Demir\n"
    put("reply-bottom-posted", plain(head(RE, **LIAISON, extra=ANSWERS), bottom), **done)
    samsung = f"Çukur kapatılmıştır.\n\n\nSamsung Mobile cihazımdan gönderildi\n\n\n-------- Orijinal mesaj --------\nGönderen: Muhtarlık İşleri <{OFFICE}>\nTarih: 8.12.2026 09:12 (GMT+03:00)\nAlıcı: ayse.demir@ornek.bel.tr\nKonu: [MHT-2026-000123] Yol çukuru\n\n{LETTER}\n"
    put("reply-samsung", plain(h, samsung), **done)
    yandex = f'Çukur kapatılmıştır.\n\n08.12.2026, 09:12, "Muhtarlık İşleri" <{OFFICE}>:\n{quote(LETTER)}\n\n-- \nYandex Mail\'den gönderildi\n'
    put("reply-yandex", plain(h, yandex), **done)
    between = f"8.12.2026 09:12 tarihinde Muhtarlık İşleri <{OFFICE}> yazdı:\n> Çukur kapatıldı mı?\n\nEvet, çukur kapatılmıştır.\n\n> Kaldırım da onarıldı mı?\n\nKaldırım da onarılmıştır.\n"
    put(
        "reply-interleaved",
        plain(h, between),
        **{
            **done,
            "text": "Evet, çukur kapatılmıştır.\n\nKaldırım da onarılmıştır.",
            "quoted_has": ["kapatıldı mı?", "onarıldı mı?"],
        },
    )
    put(
        "reply-no-turkish-letters",
        plain(h, gmail.replace("Çukur kapatılmıştır.", "COKMUS YOL ONARILMISTIR")),
        **{**done, "text": "COKMUS YOL ONARILMISTIR"},
    )
    by_button = "TAMAMLANDI\n\nLale Sokak'taki çukur asfaltlandı.\n"
    put(
        "reply-button",
        plain(head("Re: [MHT-2026-000123] TAMAMLANDI", **LIAISON), by_button),
        **{**done, "text": by_button.strip(), "quoted_has": []},
    )
    cases = {
        "reply-not-yet": ("Henüz tamamlanmadı, çalışma sürüyor.", "in_progress", True),
        "reply-next-year": ("Talep 2027 yatırım programında değerlendirilecektir.", "in_progress", True),
        "reply-transfer": ("BİZE AİT DEĞİL → Temizlik İşleri", "transfer", True),
        "reply-not-ours": ("Bize ait değildir.", "not_ours", True),
        "reply-extension": ("Malzeme beklendiğinden 10 gün daha ek süre rica ederiz.", "extension", True),
        "reply-question": ("Tam adres nedir? Fotoğraf gönderebilir misiniz?", "question", None),
        "reply-refused": ("Talebin yapılması mülkiyet nedeniyle mümkün değildir.", "rejected", True),
        "reply-unclear": ("Bilgi edinilmiştir.", "unclear", False),
        "reply-partly": ("Çalışma kısmen tamamlandı, kalan kısım haftaya yapılacak.", "in_progress", None),
    }
    for name, (text, meaning, sure) in cases.items():
        expected = {**done, "text": text, "meaning": meaning} | ({} if sure is None else {"sure": sure})
        if sure is None:
            expected.pop("sure")
        put(name, plain(h, gmail.replace("Çukur kapatılmıştır.", text)), **expected)
    headman = {"kind": "reply", "from": "muhtar.atapark@example.com", "number": "MHT-2026-000123"}
    for name, text, meaning, sure in (
        ("headman-reopens", "Sorun sürüyor, çukur tekrar açıldı.", "reopen", True),
        ("headman-not-done", "Yapılmadı.", "reopen", True),
        ("headman-thanks", "Teşekkür ederim, elinize sağlık.", "thanks", True),
        ("headman-solved", "SORUN ÇÖZÜLDÜ", "done", True),
    ):
        body = f"{text}\n\n8 Ara 2026 Sal, 09:12 tarihinde Muhtarlık <{OFFICE}> şunu yazdı:\n\n{quote(TO_HEADMAN)}\n"
        put(name, plain(head(RE, extra=ANSWERS), body), **headman, text=text, meaning=meaning, sure=sure)
    put(
        "headman-status",
        plain(head("DURUM"), "DURUM\n\nHasan Kurt\nAtapark Mahallesi Muhtarı"),
        kind="request",
        text="DURUM",
        meaning="status",
        sure=True,
        number=None,
    )
    put(
        "reply-number-in-words",
        plain(head("Talebim"), "mht 2026 - 123 numaralı talebim ne oldu?"),
        kind="reply",
        number="MHT-2026-000123",
        meaning="status",
    )


def machines() -> None:
    ooo = "Merhaba,\n14.12.2026 tarihine kadar yıllık izinde olacağım. Acil durumlarda Ali Kaya ile görüşebilirsiniz.\n"
    put("auto-exchange", plain(head("Otomatik yanıt: [MHT-2026-000123] Yol çukuru", **LIAISON, extra="Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n" + ANSWERS), ooo),
        kind="auto_reply", meaning="out_of_office", number="MHT-2026-000123")  # fmt: skip
    put(
        "auto-gmail",
        plain(
            head(
                "Otomatik Yanıt: Re: [MHT-2026-000123] Yol çukuru",
                **LIAISON,
                extra="Precedence: bulk\nX-Autoreply: yes\nAuto-Submitted: auto-replied\n",
            ),
            ooo,
        ),
        kind="auto_reply",
        meaning="out_of_office",
    )
    put(
        "auto-subject-alone",
        plain(head("Ofis dışında: Yol çukuru", **LIAISON), ooo),
        kind="auto_reply",
        meaning="out_of_office",
    )
    put(
        "auto-receipt",
        plain(head("Talebiniz", extra="Auto-Submitted: auto-replied\n"), "Mesajınız tarafımıza ulaşmıştır."),
        kind="auto_reply",
        meaning="unclear",
        sure=False,
    )
    put(
        "own-letter-back",
        plain(
            head(
                "[MHT-2026-000123] Talebiniz",
                sender=OFFICE,
                name="Muhtarlık",
                extra="X-Muhtarlik-Letter: headman/confirmation\n",
            ),
            LETTER,
        ),
        kind="auto_reply",
    )
    b = "dsn1"
    put("bounce-postfix", f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.ornek.bel.tr (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\nTo: {OFFICE}\nDate: {DATE}\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{b}"\n\n--{b}\nContent-Type: text/plain\n\nThis is the mail system at host mx.ornek.bel.tr.\n\n<yok@example.com>: host mx.example.com said: 550 5.1.1 User unknown\n\n'
        f"--{b}\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.ornek.bel.tr\n\nFinal-Recipient: rfc822; yok@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        f"--{b}\nContent-Type: message/rfc822\n\nFrom: {OFFICE}\nSubject: [MHT-2026-000123] Talebiniz\nMessage-ID: <mht-1@ornek.bel.tr>\n\nmetin\n--{b}--\n",
        kind="bounce", number="MHT-2026-000123", attachments=[])  # fmt: skip
    put("bounce-exchange-turkish", plain(f"Return-Path: <>\nFrom: {word('Posta Yöneticisi')} <postmaster@ornek.bel.tr>\nTo: {OFFICE}\nSubject: {word('Teslim edilemedi: [MHT-2026-000123] Yol çukuru')}\nDate: {DATE}\n",
        "İletiniz şu alıcılara teslim edilemedi:\n\nyok@ornek.bel.tr\n\nGirdiğiniz e-posta adresi bulunamadı.\n"), kind="bounce", number="MHT-2026-000123")  # fmt: skip
    put("bounce-gmail", plain(f"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: {OFFICE}\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: yok@example.com\nAuto-Submitted: auto-replied\nDate: {DATE}\n",
        "Adres bulunamadı\nİletiniz yok@example.com adresine teslim edilemedi.\n"), kind="bounce")  # fmt: skip
    put(
        "list-mail",
        plain(
            head(
                "Bülten Aralık 2026",
                sender="bulten@example.org",
                name="Bülten",
                extra="List-Id: <bulten.example.org>\nList-Unsubscribe: <mailto:cik@example.org>\nPrecedence: bulk\n",
            ),
            "Bu ayın haberleri",
        ),
        kind="list",
    )
    put(
        "spam-flagged",
        plain(head("Kampanya", extra="X-Spam-Flag: YES\nX-Spam-Status: Yes, score=12.1\n"), "Ucuz ürünler"),
        kind="spam",
    )
    put(
        "spam-obvious",
        plain(
            head("Deneme bonusu!", sender="x@example.net", name="Bahis"),
            "Casino ve bahis sitesi deneme bonusu, hemen tıklayın! Abonelikten çıkmak için tıklayınız.",
        ),
        kind="spam",
    )
    put("empty", plain(head(""), "\n\n"), kind="empty", text="", attachments=[])
    put(
        "read-receipt",
        plain(head("Okundu: [MHT-2026-000123] Yol çukuru", **LIAISON), "İletiniz okundu."),
        kind="auto_reply",
    )


def forwards() -> None:
    staff: dict[str, Any] = {"sender": "buro1@ornek.bel.tr", "name": "Büro Personeli"}
    base: dict[str, Any] = {
        "kind": "request",
        "from": "muhtar.yayla@example.com",
        "from_name": "Elif Ak",
        "text": "Parkta bank kırık, değiştirilmesini rica ederim.",
        "number": None,
    }
    inner = "Parkta bank kırık, değiştirilmesini rica ederim.\n\nElif Ak\nYayla Mahallesi Muhtarı\n"
    h = head("İLT: Bank", **staff)
    put(
        "forward-outlook",
        plain(
            h,
            f"Bilgilerinize.\n\nKimden: Elif Ak <muhtar.yayla@example.com>\nGönderildi: 7 Aralık 2026 Pazartesi 16:00\nKime: Büro Personeli\nKonu: Bank\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-outlook-bare",
        plain(
            h,
            f"Kimden: Elif Ak [mailto:muhtar.yayla@example.com]\nGönderilme: 7 Aralık 2026 Pazartesi 16:00\nKime: Büro Personeli\nKonu: Bank\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-gmail",
        plain(
            head("Fwd: Bank", **staff),
            f"---------- Forwarded message ---------\nGönderen: Elif Ak <muhtar.yayla@example.com>\nDate: 7 Ara 2026 Pzt, 16:00\nSubject: Bank\nTo: Büro <buro1@ornek.bel.tr>\n\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-gmail-turkish",
        plain(
            head("Fwd: Bank", **staff),
            f"Gereği için.\n\n---------- İletilen ileti ---------\nGönderen: Elif Ak <muhtar.yayla@example.com>\nTarih: 7 Ara 2026 Pzt, 16:00\nKonu: Bank\nKime: Büro <buro1@ornek.bel.tr>\n\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-apple",
        plain(
            head("İlt: Bank", **staff),
            f"İletilen mesaj başlangıcı:\n\n> Kimden: Elif Ak <muhtar.yayla@example.com>\n> Konu: Bank\n> Tarih: 7 Aralık 2026 16:00:00 GMT+3\n> Kime: buro1@ornek.bel.tr\n> \n{quote(inner)}\n",
        ),
        **base,
    )
    put(
        "forward-thunderbird",
        plain(
            head("Fwd: Bank", **staff),
            f"-------- İletilmiş Mesaj --------\nKonu: \tBank\nTarih: \tMon, 7 Dec 2026 16:00:00 +0300\nKimden: \tElif Ak <muhtar.yayla@example.com>\nKime: \tburo1@ornek.bel.tr\n\n\n\n{inner}",
        ),
        **base,
    )
    put(
        "forward-of-forward",
        plain(
            h,
            f"Gereği.\n\nKimden: Sekreter <sekreter@ornek.bel.tr>\nGönderildi: 8 Aralık 2026 Salı 09:00\nKime: Büro Personeli\nKonu: İLT: Bank\n\nBilgilerinize\n\nKimden: Elif Ak <muhtar.yayla@example.com>\nGönderildi: 7 Aralık 2026 Pazartesi 16:00\nKime: Sekreter\nKonu: Bank\n\n{inner}",
        ),
        **base,
    )
    b = "fw1"
    attached = f'{h}Content-Type: multipart/mixed; boundary="{b}"\n\n--{b}\nContent-Type: text/plain; charset=utf-8\n\nEkteki iletiye bakınız.\n\n--{b}\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: Elif Ak <muhtar.yayla@example.com>\nTo: buro1@ornek.bel.tr\nSubject: Bank\nDate: {DATE}\nContent-Type: text/plain; charset=utf-8\n\n{inner}\n--{b}--\n'
    put("forward-as-attachment", attached, **base)
    put(
        "forward-html-outlook",
        h
        + "Content-Type: text/html; charset=utf-8\n\n"
        + f'<html><body><p class="MsoNormal">Gereği rica olunur.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Kimden:</b> Elif Ak &lt;muhtar.yayla@example.com&gt; <br><b>Gönderildi:</b> 7 Aralık 2026 Pazartesi 16:00<br><b>Kime:</b> Büro Personeli<br><b>Konu:</b> Bank</p></div><p class="MsoNormal">{inner.split(chr(10), maxsplit=1)[0]}</p></body></html>',
        **base,
    )


def broken() -> None:
    put(
        "broken-from",
        f"From: <\nTo: {OFFICE}\nSubject: Yol\n\nÇukur var.\n",
        kind="request",
        text="Çukur var.",
        **{"from": ""},
    )
    put(
        "broken-from-literal",
        "From: a@[\nTo: <a@b> <\nSubject: Yol\n\nÇukur var.\n",
        kind="request",
        text="Çukur var.",
        **{"from": ""},
    )
    put(
        "broken-address-in-word",
        f"From: {word('Hasan Ökten <hasan@example.com>')}\nTo: {OFFICE}\nSubject: Yol\n\nÇukur var.\n",
        kind="request",
        **{"from": "hasan@example.com", "from_name": "Hasan Ökten"},
    )
    put(
        "broken-comma-in-name",
        f'From: "Kurt, Hasan (Muhtar)" <hasan@example.com>\nTo: {OFFICE}\nSubject: Yol\nDate: bozuk tarih\n\nÇukur var.\n',
        kind="request",
        date=None,
        **{"from": "hasan@example.com", "from_name": "Kurt, Hasan (Muhtar)"},
    )
    put(
        "broken-nul-charset",
        head("Yol").encode() + b'Content-Type: text/plain; charset="utf\x00-8"\n\n' + "Çukur var.".encode(),
        kind="request",
        text="Çukur var.",
    )
    put(
        "broken-surrogate",
        head("Yol") + "Content-Type: text/plain; charset=utf-7\n\n\xc7ukur +2AA- var.\n",
        kind="request",
    )
    put(
        "broken-multipart-without-boundary",
        head("Yol") + "Content-Type: multipart/mixed\n\nÇukur var.\n",
        kind="request",
        text="Çukur var.",
    )
    put(
        "broken-header-folding",
        f"From: Hasan <hasan@example.com>\nSubject: Lale Sokak\nyol sorunu\nTo: {OFFICE}\nDate: {DATE}\n\nÇukur var.\n",
        kind="request",
        subject="Lale Sokak yol sorunu",
        text="Çukur var.",
    )


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for make in (requests, html_requests, attachments, replies, machines, forwards, broken):
        make()
    for name, (raw, expected) in MAILS.items():
        (FOLDER / f"{name}.eml").write_bytes(raw)
        text = json.dumps(expected, ensure_ascii=False, indent=2, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
