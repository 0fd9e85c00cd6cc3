"""Outlook's own formats, documents, reports and what else a mail may carry. The files are built by hand here."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import base64
import io
import struct
import zipfile
import zlib

import pytest

from daemon.domain.mail import Mail
from daemon.domain.reading import Kind, read_mail
from daemon.mail.bounce import Bounced, bounced_recipients
from daemon.mail.documents import docx_text
from daemon.mail.html import to_text
from daemon.mail.mime import parse_mail
from daemon.mail.rtf import rtf_text, unpack_rtf
from tests.mail.letters import odt
from tests.mail.ole import write_ole

TEXT = "Sayın Yetkili,\nLale Sokak’ta çukur var.\nGereğini arz ederim."
HEAD = "From: Hasan Kurt <hasan@example.com>\nTo: muhtarlik@ornek.bel.tr\nSubject: Dilekçe\n"


def mail_with(
    type_: str, data: bytes, *, name: str = "", body: str = "", subject: str = "Dilekce", extra: str = ""
) -> Mail:
    disposition = f'Content-Disposition: attachment; filename="{name}"\n' if name else ""
    raw = (
        f"From: Hasan Kurt <hasan@example.com>\nSubject: {subject}\n{extra}Content-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{body}\n--b\nContent-Type: {type_}\n{disposition}"
        "Content-Transfer-Encoding: base64\n\n"
    )
    return parse_mail(raw.encode() + base64.encodebytes(data) + b"\n--b--\n")


# --- Outlook .msg -----------------------------------------------------------------------------------------


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _properties(head: int, **fixed: tuple[int, bytes]) -> bytes:
    entries = b"".join(
        struct.pack("<HHI", 0x0003, number, 6) + value.ljust(8, b"\0") for number, value in fixed.values()
    )
    return bytes(head) + entries


def msg_file(**streams: bytes) -> bytes:
    filetime = struct.pack("<Q", (1_796_712_753 + 11_644_473_600) * 10_000_000)
    return write_ole(
        {
            "__properties_version1.0": _properties(
                32, codepage=(0x3FFD, struct.pack("<I", 1254)), sent=(0x0039, filetime)
            ),
            "__substg1.0_0037001F": _wide("Yol çukuru"),
            "__substg1.0_1000001F": _wide(TEXT.replace("\n", "\r\n")),
            "__substg1.0_0C1A001F": _wide("Hasan Kurt"),
            "__substg1.0_5D01001F": _wide("hasan@example.com"),
            "__attach_version1.0_#00000000/__properties_version1.0": _properties(8),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": _wide("dilekçe.pdf"),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1.4",
        }
        | {name.replace("_DOT_", "."): data for name, data in streams.items()}
    )


def test_an_outlook_message_is_a_mail() -> None:
    mail = parse_mail(msg_file())
    assert (mail.sender.email, mail.sender.name) == ("hasan@example.com", "Hasan Kurt")
    assert (mail.subject, mail.text) == ("Yol çukuru", TEXT)
    assert mail.date is not None
    assert mail.date.isoformat() == "2026-12-08T06:52:33+00:00"
    assert [(a.name, a.type, a.data) for a in mail.attachments] == [
        ("dilekçe.pdf", "application/pdf", b"%PDF-1.4")
    ]
    assert mail.faults == ()


def test_an_old_outlook_message_is_in_the_code_page_that_it_names() -> None:
    old = write_ole(
        {
            "__properties_version1.0": _properties(32, codepage=(0x3FFD, struct.pack("<I", 1254))),
            "__substg1.0_0037001E": "Şikâyet".encode("cp1254"),
            "__substg1.0_1000001E": "Çöp alınmıyor, ığdır".encode("cp1254"),
            "__substg1.0_0042001E": "Gülşen Işık".encode("cp1254"),
            "__substg1.0_0065001E": b"gulsen@example.com",
        }
    )
    mail = parse_mail(old)
    assert (mail.subject, mail.text, mail.sender.name) == ("Şikâyet", "Çöp alınmıyor, ığdır", "Gülşen Işık")


def test_the_internet_headers_of_an_outlook_message_count_first() -> None:
    kept = "From: Elif Ak <elif@example.com>\r\nSubject: =?utf-8?Q?=C3=87=C3=B6p?=\r\nMessage-ID: <1@example.com>\r\n"
    mail = parse_mail(msg_file(__substg1_DOT_0_007D001F=_wide(kept)))
    assert (mail.sender.email, mail.subject, mail.message_id) == (
        "elif@example.com",
        "Çöp",
        "<1@example.com>",
    )


def test_an_outlook_message_with_html_alone_is_read() -> None:
    html = "<html><body><p>Çukur var.</p></body></html>".encode("cp1254")
    mail = parse_mail(msg_file(__substg1_DOT_0_1000001F=b"", __substg1_DOT_0_10130102=html))
    assert mail.text == "Çukur var."


def test_an_attached_outlook_message_is_the_forwarded_mail() -> None:
    mail = mail_with(
        "application/vnd.ms-outlook", msg_file(), name="talep.msg", body="Bilginize", subject="FW: talep"
    )
    assert mail.forwarded is not None
    assert (mail.forwarded.sender.email, mail.forwarded.text) == ("hasan@example.com", TEXT)
    assert [a.name for a in mail.attachments] == ["dilekçe.pdf"]


def test_a_word_document_is_no_outlook_message() -> None:
    mail = parse_mail(write_ole({"WordDocument": b"x" * 5_000}))
    assert mail.faults
    assert len(mail.attachments) == 1


# --- winmail.dat ------------------------------------------------------------------------------------------


def tnef_file() -> bytes:
    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
        + attribute(1, 0x00069007, struct.pack("<II", 1254, 0))
        + attribute(1, 0x0002800C, TEXT.replace("’", "'").encode("cp1254") + b"\0")
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, "dilekçe.pdf".encode("cp1254") + b"\0")
        + attribute(2, 0x0006800F, b"%PDF-1.4")
    )


def test_winmail_dat_gives_up_its_words_and_files() -> None:
    mail = mail_with("application/ms-tnef", tnef_file(), name="winmail.dat")
    assert mail.text == TEXT.replace("’", "'")
    assert [(a.name, a.type, a.data) for a in mail.attachments] == [
        ("dilekçe.pdf", "application/pdf", b"%PDF-1.4")
    ]


def test_a_broken_winmail_dat_stays_an_attachment() -> None:
    mail = mail_with("application/ms-tnef", tnef_file()[:40], name="winmail.dat", body="Merhaba")
    assert [a.name for a in mail.attachments] == ["winmail.dat"]
    assert mail.text == "Merhaba"


# --- documents --------------------------------------------------------------------------------------------


def docx_file(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


PARAGRAPHS = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT.split("\n"))
DOCX = docx_file(f'<?xml version="1.0"?><w:document xmlns:w="x"><w:body>{PARAGRAPHS}</w:body></w:document>')
RTF = (
    rb"{\rtf1\ansi\ansicpg1254{\fonttbl{\f0 Arial;}}{\*\generator X;}\f0 Say\'fdn Yetkili,\par Lale Sokak\u8217?ta \'e7ukur var.\par "
    rb"Gere\'f0ini arz ederim.\par }"
)


@pytest.mark.parametrize(
    ("name", "type_", "data"),
    [
        ("dilekce.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", DOCX),
        ("dilekce.odt", "application/octet-stream", odt(TEXT)),
        ("dilekce", "application/vnd.oasis.opendocument.text", odt(TEXT)),
        ("dilekce.rtf", "application/rtf", RTF),
        ("dilekce.txt", "application/octet-stream", TEXT.encode("cp1254")),
        ("dilekce.html", "text/html", f"<p>{TEXT}</p>".replace("\n", "<br>").encode()),
    ],
)
def test_an_empty_mail_speaks_through_its_document(name: str, type_: str, data: bytes) -> None:
    mail = mail_with(type_, data, name=name)
    assert mail.text == TEXT
    assert [a.name for a in mail.attachments] == [name if "." in name else f"{name}.odt"]
    assert read_mail(mail).kind is Kind.REQUEST


def test_a_cover_note_speaks_through_its_document_too() -> None:
    mail = mail_with(
        "application/rtf", RTF, name="a.rtf", body="Dilekçemiz ektedir.\n\nSaygılarımla\nHasan Kurt"
    )
    assert read_mail(mail).text == f"Dilekçemiz ektedir.\n\n{TEXT}"


@pytest.mark.parametrize("body", ["Lale Sokakta çukur var.", "Rapor hazırlandı."])
def test_a_document_beside_words_of_their_own_says_nothing(body: str) -> None:
    assert mail_with("application/rtf", RTF, name="a.rtf", body=body).text == body


def test_a_phones_advertisement_is_no_words_beside_a_document() -> None:
    mail = mail_with("application/rtf", RTF, name="a.rtf", body="iPhone'umdan gönderildi")
    assert read_mail(mail).text == TEXT


def test_a_docx_bomb_is_read_no_further_than_its_limit() -> None:
    assert len(docx_text(docx_file("<w:t>" + "0" * 20_000_000))) <= 500_000


def test_rtf_groups_and_surrogates_do_no_harm() -> None:
    assert rtf_text(rb"{\rtf1 a\u-10179?\u-8694?b {\pict 00ff}c\{d\}}") == "a\U0001f60ab c{d}"


# --- other shapes -----------------------------------------------------------------------------------------


def test_uuencoded_files_in_the_text_become_attachments() -> None:
    mail = parse_mail(f"{HEAD}\nEktedir.\n\nbegin 644 not.txt\n#0V%T\n`\nend\n".encode())
    assert mail.text.strip() == "Ektedir."
    assert [(a.name, a.data) for a in mail.attachments] == [("not.txt", b"Cat")]


def test_an_invitation_is_a_file() -> None:
    mail = mail_with(
        "text/calendar; method=REQUEST; charset=utf-8",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        body="Toplantı",
    )
    assert [(a.name, a.type) for a in mail.attachments] == [("ek-1.ics", "text/calendar")]


def test_inline_pictures_are_told_apart() -> None:
    raw = (
        f"{HEAD}Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Bak</p><img src=cid:1>\n"
        "--b\nContent-Type: image/png; name=logo.png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    )
    assert [(a.name, a.inline) for a in parse_mail(raw.encode()).attachments] == [("logo.png", True)]


def test_an_attached_mail_beside_a_reply_is_a_file() -> None:
    raw = (
        f"{HEAD}In-Reply-To: <1@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nBakınız.\n--b\nContent-Type: message/rfc822\n\n"
        "From: a@b.tr\nSubject: Eski yazi\n\nmetin\n--b--\n"
    )
    mail = parse_mail(raw.encode())
    assert mail.forwarded is None
    assert [(a.name, a.type) for a in mail.attachments] == [("Eski yazi.eml", "message/rfc822")]


def test_text_of_several_parts_is_joined_in_order() -> None:
    raw = f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbir\n--b\nContent-Type: text/html\n\n<p>iki</p>\n--b--\nson söz\n"
    assert parse_mail(raw.encode()).text == "bir\n\niki"


def test_quoted_printable_without_its_header_is_seen() -> None:
    raw = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n=C3=87=C3=B6p al=C4=B1nm=C4=B1yor=\n, 3 g=C3=BCn oldu.\n"
    assert parse_mail(raw.encode()).text.strip() == "Çöp alınmıyor, 3 gün oldu."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<ul><li>bir<li>iki</ul>", "- bir\n- iki"),
        ("<table><tr><th>Ad<th>Yer<tr><td>x<td>y</table>", "Ad Yer\nx y"),
        ('<a href="https://x.tr">buraya</a> bak', "buraya bak"),
        ('<blockquote type="cite">eski</blockquote>yeni', "> eski\n\nyeni"),
        ('<blockquote style="margin:0 0 0 40px;border:none;padding:0px">girinti</blockquote>', "girinti"),
        ("<div hidden>gizli</div><span style='display: none'>x</span>açık", "açık"),
        ("a &lt;b&gt; &amp; &nbsp;c &#199;", "a <b> & \xa0c Ç"),
        ("<style>p{}</style><script>if(a<b)</script><!-- x > y -->z", "z"),
        ("3 < 5 ve 7 > 2", "3 < 5 ve 7 > 2"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<div style='display:none'>kapanmamış", "kapanmamış"),
        ('<p title="a > b">metin</p>', "metin"),
    ],
)
def test_html_is_shown_as_a_reader_sees_it(html: str, text: str) -> None:
    assert to_text(html).replace("\n\n\n", "\n\n") == text


# --- bounces ----------------------------------------------------------------------------------------------


def dsn(action: str, status: str, diagnostic: str) -> Mail:
    raw = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.tr\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\n\nThis is the mail system\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.tr\n\n"
        f"Final-Recipient: rfc822; Yok@Ornek.bel.tr\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n--b--\n"
    )
    return parse_mail(raw.encode())


@pytest.mark.parametrize(
    ("action", "status", "diagnostic", "permanent"),
    [
        ("failed", "5.1.1", "550 User unknown", True),
        ("failed", "5.2.2", "552 Mailbox full", False),
        ("delayed", "4.4.1", "timeout", False),
        ("failed", "4.4.7", "message expired", False),
    ],
)
def test_a_report_names_who_was_not_reached(
    action: str, status: str, diagnostic: str, permanent: bool
) -> None:
    mail = dsn(action, status, diagnostic)
    assert read_mail(mail).kind is Kind.BOUNCE
    assert bounced_recipients(mail) == {"yok@ornek.bel.tr": Bounced(f"{status} {diagnostic}", permanent)}


def test_a_report_of_success_names_nobody() -> None:
    assert bounced_recipients(dsn("delivered", "2.0.0", "ok")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "İletiniz şu alıcılara teslim edilemedi:\n\nyok@ornek.bel.tr\n\nAdres bulunamadı.",
        "Delivery has failed to these recipients or groups:\n\nyok@ornek.bel.tr<mailto:yok@ornek.bel.tr>\nThe email address wasn't found.",
        "Adres bulunamadı\nİletiniz yok@ornek.bel.tr adresine teslim edilemedi",
        "Your message wasn't delivered to yok@ornek.bel.tr because the address couldn't be found",
        "I'm sorry.\n\n<yok@ornek.bel.tr>: host mx.tr said: 550 5.1.1 unknown\n",
    ],
)
def test_servers_prose_names_who_was_not_reached(text: str) -> None:
    raw = f"Return-Path: <>\nFrom: postmaster@mx.tr\nTo: muhtarlik@ornek.bel.tr\nSubject: Undeliverable: x\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    mail = parse_mail(raw.encode())
    assert read_mail(mail).kind is Kind.BOUNCE
    assert [(a, b.permanent) for a, b in bounced_recipients(mail).items()] == [("yok@ornek.bel.tr", True)]


def test_a_headmans_mail_about_undelivered_post_is_no_bounce() -> None:
    mail = parse_mail(f"{HEAD}\nTebligat teslim edilemedi, adres bulunamadı diyorlar.\n".encode())
    assert read_mail(mail).kind is Kind.REQUEST


def test_compressed_bytes_are_never_opened() -> None:
    mail = mail_with("application/zip", zlib.compress(b"0" * 1_000_000), name="a.zip", body="Ekte")
    assert [a.type for a in mail.attachments] == ["application/zip"]


# --- damaged Outlook streams and documents ----------------------------------------------------------------


def _packed(data: bytes, *, claims: int | None = None) -> bytes:
    """MS-OXRTFCP with eight letters to a control byte, no references and a wrong checksum."""
    body = b"".join(b"\x00" + data[at : at + 8] for at in range(0, len(data), 8))
    return struct.pack("<II4sI", (claims or len(body)) + 12, len(data), b"LZFu", 0) + body


def test_damaged_rich_text_gives_the_words_before_the_damage() -> None:
    rich = rb"{\rtf1\ansi\ansicpg1254 Lale Sokakta \'e7ukur var.\par Gere\'f0ini arz ederim.}"
    assert rtf_text(unpack_rtf(_packed(rich))) == "Lale Sokakta çukur var.\nGereğini arz ederim."
    assert rtf_text(unpack_rtf(_packed(rich, claims=2**31)[:70])).startswith("Lale Sokakta")


@pytest.mark.parametrize("data", [b"", b"LZFu", _packed(b"\xff" * 100), _packed(b"no rich text")])
def test_what_is_no_rich_text_gives_nothing(data: bytes) -> None:
    assert unpack_rtf(data) == b""


def test_a_document_of_opening_brackets_is_read_in_no_time() -> None:
    assert docx_text(docx_file("<" * 4_000_000)).strip("<") == ""


def test_winmail_dat_beside_the_same_words_does_not_say_them_twice() -> None:
    mail = mail_with("application/ms-tnef", tnef_file(), name="winmail.dat", body="Çukur var.")
    assert mail.text == "Çukur var."
    assert mail.attachments
