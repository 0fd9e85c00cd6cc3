"""What else a mail may carry: files within the text, invitations, pictures, mails, HTML alone."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import zlib

import pytest

from daemon.mail.html import to_text
from daemon.mail.mime import parse_mail
from tests.mail.pieces import mail_with

HEAD = "From: Hasan Kurt <hasan@example.com>\nTo: muhtarlik@ornek.bel.tr\nSubject: Dilekçe\n"


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


def test_compressed_bytes_are_never_opened() -> None:
    mail = mail_with("application/zip", zlib.compress(b"0" * 1_000_000), name="a.zip", body="Ekte")
    assert [a.type for a in mail.attachments] == ["application/zip"]
