"""Mails made to break readers: every one is read, nothing raises, and what was cut is told as a fault.

The list is that of Python's own ``email`` package's failures (recursion, unknown charsets, address parsing,
floods of encoded words) and of what regular expressions fear.
"""
# ruff: noqa: E501 - mails and sentences stand here as they were written

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.domain.reading import read_mail, reading_json
from daemon.mail.mime import parse_mail
from tests.fuzz.targets import read_everything

HEAD = b"From: a@b.tr\nTo: c@d.tr\n"
HTML = HEAD + b"Content-Type: text/html\n\n"
REPLY = HEAD + b"Subject: Re: a\n\n"


def _nested(depth: int) -> bytes:
    layers = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return HEAD + layers + b"Content-Type: text/plain\n\nselam\n"


BOMBS = {
    "300 nested parts": _nested(300),
    "10,000 nested parts": _nested(10_000),
    "10,000 nested mails": HEAD + b"Content-Type: message/rfc822\n\n" * 10_000 + b"Subject: x\n\nselam",
    "100,000 parts": HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nab\n" * 100_000,
    "3,000 nested encoded words of 420 KB": HEAD
    + b"Subject: "
    + b"=?utf-8?q?" * 3_000
    + b"=?utf-8?b?"
    + b"QUJD" * 90_000
    + b"?="
    + b"?=" * 3_000
    + b"\n\nx",
    "carriage returns in a header": HEAD + b"Subject: a" + b"\r" * 60_000 + b"b\n c\n\nx",
    "carriage returns and blanks in a header": b"From: a@b.tr"
    + b" \r\t" * 20_000
    + b"b\n c\nSubject: x\n\nx",
    "carriage returns after a header": HEAD + b"X: y" + b"\r" * 300_000 + b"x\n\nx",
    "carriage returns in the body": HEAD + b"\nx" + b"\r" * 300_000 + b"x",
    "carriage returns in an HTML body": HTML + b"x" + b"\r" * 300_000 + b"x",
    "carriage returns in a part": HEAD
    + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
    + b"\r" * 300_000
    + b"x\n--x--",
    "blanks in a header": HEAD + b"Subject: a" + b" " * 60_000 + b"\n b\nX: " + b"\t" * 60_000 + b"y\n\nx",
    "blanks in quoted-printable": HEAD
    + b"Content-Transfer-Encoding: quoted-printable\n\n="
    + b" " * 300_000
    + b"x",
    "blanks and line ends": HEAD + b"\nx" + b" \n" * 100_000 + b"y",
    "tabs in HTML": HTML + b"<td>" + b"\t \n" * 100_000 + b"x",
    "no-break spaces": HEAD + b"\nx" + "\u00a0".encode() * 100_000 + b"y",
    "1,000 nested parts": _nested(1_000),
    "From: <": b"From: <\nTo: <a@b> <\nSubject: x\n\nselam",
    "From: a@[": b"From: a@[\nSubject: x\n\nselam",
    "an address that is only an encoded word": b"From: =?utf-8?q?a=40b=2Etr?=\nSubject: x\n\nselam",
    "a quoted From without an end": b'From: "' + b'\\"' * 30_000 + b"\nSubject: x\n\nselam",
    "a From of brackets": b"From: " + b"(a" * 30_000 + b"\nSubject: x\n\nselam",
    "Authentication-Results without an end": b"Authentication-Results: mx.ornek.bel.tr; "
    + b"a=b;" * 50_000
    + b"\n"
    + HEAD
    + b"\nx",
    "a DKIM-Signature of blanks": b"DKIM-Signature: v=1; b=" + b" " * 60_000 + b"!\n" + HEAD + b"\nx",
    "3,000 nested encoded words": HEAD
    + b"Subject: "
    + b"=?utf-8?q?" * 3_000
    + b"x"
    + b"?=" * 3_000
    + b"\n\nx",
    "20,000 encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?=" * 20_000 + b"\n\nx",
    "20,000 encoded words as sender": b"From: " + b"=?utf-8?q?a?=" * 20_000 + b"\n\nx",
    "5,000 nested comments": b"From: " + b"(" * 5_000 + b")" * 5_000 + b" a@b.tr\n\nx",
    "an open quote": b"From: " + b'"' * 5_001 + b"a@b.tr\n\nx",
    "a comma flood": b"To: " + b"a@b.tr," * 50_000 + b"\n\nx",
    "a parameter flood": HEAD + b"Content-Type: text/plain" + b';a="' * 5_000 + b"\n\nx",
    "a continuation flood": HEAD + b"Content-Type: text/plain" + b";a*0*=x" * 5_000 + b"\n\nx",
    "100,000 header fields": b"X: y\n" * 100_000 + b"\nx",
    "junk for a header": HEAD + b"x y z\n" * 20_000 + b"Subject: a\n\nx",
    "an endless header": b"Subject: " + b"a " * 200_000 + b"\n\nx",
    "an endless folding": b"Subject: " + b"\n a" * 50_000 + b"\n\nx",
    "deep HTML": HTML + b"<div>" * 100_000 + b"x",
    "deep quotations": HTML + b"<blockquote>" * 20_000 + b"x",
    "angles": HTML + b"<" * 200_000,
    "open comments": HTML + b"<!-- " * 50_000,
    "open attributes": HTML + b'<a b="' * 50_000,
    "open styles": HTML + b"<style>" * 20_000 + b"x",
    "entities": HTML + b"&amp" * 100_000,
    "quote marks": REPLY + b">" * 200_000,
    "quotation heads": REPLY + b"Kimden: a\n" * 10_000,
    "forwards": HEAD + b"Subject: FW: a\n\nx\n" + b"Kimden: a@b\nKonu: FW: x\nTarih: 1\n\n" * 5_000,
    "attributions": REPLY + b"On 1.1.2026 10:10\n" * 10_000,
    "dividers": REPLY + (b"-" * 900 + b" ileti\n") * 200,
    "closings": REPLY + b"x\n" + b"Saygilarimla\n" * 10_000,
    "disclaimers": REPLY + b"x\n" + b"Bu e-posta \n" * 10_000,
    "one word": REPLY + b"maz" * 50_000,
    "blanks": REPLY + b"x" + b" " * 200_000 + b"y",
    "blank lines": REPLY + b"x" + b"\n" * 100_000 + b"y",
    "uuencode": HEAD + b"\n" + b"begin 644 a\n" * 10_000,
    "base64 dust": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=a" * 100_000,
    "letters of no alphabet": REPLY + bytes(range(256)) * 1_000,
    "a long sentence before its verb": REPLY + b"a " * 3_990 + b"yapildi",
    "references": HEAD + b"References: " + b"<" * 100_000 + b"\n\nx",
    "numbers": HEAD + b"Subject: " + b"mht- " * 10_000 + b"\n\n" + b"MHT-2026-1 " * 10_000,
    "prefixes": HEAD + b"Subject: " + b"Re: " * 10_000 + b"\n\n",
    "rtf groups": HEAD + b"Content-Type: text/rtf\n\n{\\rtf1" + b"{" * 100_000,
    "zeros": bytes(100_000),
    "nothing": b"",
    "an empty OLE file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000),
    "a lone surrogate": HEAD + b"Content-Type: text/plain; charset=utf-7\n\n+2AA- x",
    "a broken date": HEAD + b"Date: 99999999999999999999 Jan 999999999999 99:99:99 +99999999\n\nx",
    "a broken winmail.dat": HEAD + b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22" + b"\xff" * 500,
    "a broken docx": HEAD + b"Content-Type: application/x; name=a.docx\n\nPK\x03\x04" + b"\xff" * 500,
}
CHARSETS = ["hex", "zlib", "idna", "undefined", "punycode", "unicode_escape", "rot13", "a\x00b", "../../x", "x" * 9_000,
            "utf-16", "utf-32", "utf-7", "iso-2022-jp", "mbcs", "base64", "bz2", "uu", "quopri", "cp65001", "hz"]  # fmt: skip


def _read(raw: bytes) -> dict[str, object]:
    mail = parse_mail(raw)
    reading = read_mail(mail, office_address="muhtarlik@ornek.bel.tr")
    shown = reading_json(mail, reading)
    str(shown).encode()
    return shown


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_judged_and_compared_within_five_seconds(name: str) -> None:
    begin = process_time()
    shown = read_everything(BOMBS[name])
    assert isinstance(shown, dict)
    assert shown["kind"] in {"request", "reply", "empty"}
    assert process_time() - begin < 5


@pytest.mark.parametrize(
    "name", ["10,000 nested parts", "100,000 parts", "100,000 header fields", "an empty OLE file"]
)
def test_what_was_cut_is_told(name: str) -> None:
    assert parse_mail(BOMBS[name]).faults


@pytest.mark.parametrize("charset", CHARSETS)
def test_no_charset_label_stops_a_mail(charset: str) -> None:
    label = charset.encode()
    raw = (
        HEAD
        + b'Content-Type: text/plain; charset="'
        + label
        + b'"\nSubject: =?'
        + label
        + b"?B?w4fDtnA=?=\n\nselam"
    )
    shown = _read(raw)
    assert shown["from"] == "a@b.tr"


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (b"From: <", ""),
        (b"From: a@[", ""),
        (b"From: =?utf-8?q?a?=", ""),
        (b"From: a@b.tr <", "a@b.tr"),
        (b"From:", ""),
    ],
)
def test_no_sender_stops_a_mail(header: bytes, address: str) -> None:
    shown = _read(header + b"\nTo: <a@b> <\nSubject: Yol\n\nselam")
    assert (shown["from"], shown["text"]) == (address, "selam")


def test_text_is_limited_and_the_rest_is_told() -> None:
    mail = parse_mail(HEAD + b"\n" + b"selam \n" * 200_000)
    assert len(mail.text) <= 400_000
    assert mail.faults


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=2_000))
def test_arbitrary_bytes_are_read(raw: bytes) -> None:
    _read(raw)


PIECES = st.sampled_from(
    [b"From: ", b"To: a@b.tr\n", b"Subject: Re: ", b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Type: text/html\n",
     b"Content-Type: message/rfc822\n", b"Content-Type: multipart/alternative; boundary=x\n", b"Content-Transfer-Encoding: base64\n",
     b"Content-Transfer-Encoding: quoted-printable\n", b"\n", b"\r\n", b"\r", b"--x\n", b"--x--\n", b"=?utf-8?B?", b"?=", b"<", b">", b"@", b'"', b"(",
     b"> ", b"Kimden: a@b\n", b"Konu: x\n", b"-----\xc3\x96zg\xc3\xbcn \xc4\xb0leti-----\n", b"<div>", b"<blockquote>", b"</blockquote>", b"<!--", b"-->",
     b"<style>", b"&#x110000;", b"&#55296;", b"=C3=87", b"=\n", b"\xff\xfe", b"\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"begin 644 a\n", b"Saygilarimla\n",
     b"tamamlandi ", b"mi? ", b"degil ", b"ait ", b"fen isleri ", b"MHT-2026-000001 ", b"charset=utf-7;", b"Auto-Submitted: auto-replied\n", b"{\\rtf1 \\u-99999 \\'zz"]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_any_heap_of_mail_pieces_is_read(raw: bytes) -> None:
    _read(raw)
