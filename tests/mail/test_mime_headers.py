"""Header fields as programs write and break them."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemon.domain.mail import Address
from daemon.mail import charset, headers
from daemon.mail.attachments import MAX_NAME, attachment, safe_name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?w4fDtnA=?=", "Çöp"),
        (b"=?utf-8?B?w4fDtnA?=", "Çöp"),
        (b"=?UTF-8?Q?=C3=87=C3=B6p_kutusu?=", "Çöp kutusu"),
        (b"=?iso-8859-9?Q?=DEikayet?=", "Şikayet"),
        (b"=?iso-8859-1?Q?=DEikayet?=", "Şikayet"),
        (b"=?windows-1254?B?3mlrYXlldA==?=", "Şikayet"),
        (b"=?utf-8?Q?=DEikayet?=", "Şikayet"),
        (b"=?bilinmeyen?Q?=C3=87=C3=B6p?=", "Çöp"),
        (b"=?utf-8?B?w4fD?= =?utf-8?B?tnA=?=", "Çöp"),
        (b"=?utf-8?Q?=C3=87=C3?=\r\n =?utf-8?Q?=B6p?=", "Çöp"),
        (b"Re: =?utf-8?Q?=C3=87=C3=B6p?= sorunu", "Re: Çöp sorunu"),
        (b"=?utf-8?Q?a?= =?utf-8?Q?b?= c", "ab c"),
        (b"=?utf-8*tr?Q?=C3=87=C3=B6p?=", "Çöp"),
        (b"=?utf-8?Q?Yol \xe7ukuru?=", "Yol çukuru"),
        (b"=?utf-8?Q?yar=C4=B1m", "=?utf-8?Q?yar=C4=B1m"),
        ("Çöp".encode("cp1254"), "Çöp"),
        ("Çöp".encode(), "Çöp"),
        ("Ã‡Ã¶p".encode(), "Çöp"),
        (b"uzun\r\n\tkonu\r\n satiri", "uzun konu satiri"),
        (b"a\x00b\x07c", "abc"),
        (b"=?utf-8?B?PT91dGYtOD9RPz1DMz04Nz1DMz1CNnA/PQ==?=", "Çöp"),
        (b"", ""),
    ],
)
def test_header_text_is_decoded(raw: bytes, text: str) -> None:
    assert headers.decode_value(raw) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a@b.tr", [Address("a@b.tr")]),
        (b"<A@B.TR>", [Address("a@b.tr")]),
        (b"Ali Kaya <ali@b.tr>", [Address("ali@b.tr", "Ali Kaya")]),
        (b'"Kaya, Ali" <ali@b.tr>, veli@b.tr', [Address("ali@b.tr", "Kaya, Ali"), Address("veli@b.tr")]),
        (b"=?utf-8?Q?Kaya=2C_=C3=96mer?= <o@b.tr>", [Address("o@b.tr", "Kaya, Ömer")]),
        (b"o@b.tr (=?utf-8?Q?=C3=96mer?=)", [Address("o@b.tr", "Ömer")]),
        (b"=?utf-8?Q?=C3=96mer_=3Co=40b=2Etr=3E?=", [Address("o@b.tr", "Ömer")]),
        (
            b"Grup: a@b.tr, C <c@d.tr>;, e@f.tr",
            [Address("a@b.tr"), Address("c@d.tr", "C"), Address("e@f.tr")],
        ),
        (b"undisclosed-recipients:;", []),
        (b"<", []),
        (b"<>", []),
        (b"a@[", [Address("", "a@[")]),
        (b"<a@b.tr> <", [Address("a@b.tr")]),
        (b'"Ali \\"Bey\\"" <ali@b.tr>', [Address("ali@b.tr", 'Ali "Bey')]),
        (b"mailto:a@b.tr", [Address("a@b.tr")]),
        (b"Ali Kaya", [Address("", "Ali Kaya")]),
        ("Ömer <o@b.tr>".encode("cp1254"), [Address("o@b.tr", "Ömer")]),
        (b"'ali@b.tr' <ali@b.tr>", [Address("ali@b.tr", "ali@b.tr")]),
        (b"mudur@ornek.bel.tr <kotu@example.net>", [Address("kotu@example.net", "mudur@ornek.bel.tr")]),
        (b"a@xn--rnek-5qa.bel.tr", [Address("a@xn--rnek-5qa.bel.tr")]),
    ],
)
def test_addresses_are_read_without_a_crash(raw: bytes, expected: list[Address]) -> None:
    assert list(headers.addresses(raw)) == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 8 Dec 2026 10:12:33 +0300", datetime(2026, 12, 8, 7, 12, 33, tzinfo=UTC)),
        ("8 Dec 2026 07:12:33 GMT", datetime(2026, 12, 8, 7, 12, 33, tzinfo=UTC)),
        ("Tue, 8 Dec 2026 07:12:33 -0000", datetime(2026, 12, 8, 7, 12, 33, tzinfo=UTC)),
        ("Sal, 8 Ara 2026 10:12:33 +0300", datetime(2026, 12, 8, 7, 12, 33, tzinfo=UTC)),
        ("8 Aralık 2026 Salı 10:12", datetime(2026, 12, 8, 7, 12, tzinfo=UTC)),
        ("8.12.2026 10:12", datetime(2026, 12, 8, 7, 12, tzinfo=UTC)),
        ("08/12/2026 10:12", datetime(2026, 12, 8, 7, 12, tzinfo=UTC)),
        ("2026-12-08T10:12:00+03:00", datetime(2026, 12, 8, 7, 12, tzinfo=UTC)),
        ("bozuk tarih", None),
        ("Tue, 99 Dec 2026 99:99:99 +9999", None),
        ("Tue, 8 Dec 99999999999 10:12", None),
        ("", None),
    ],
)
def test_dates_are_aware_or_none(text: str, moment: datetime | None) -> None:
    assert headers.moment(text) == moment


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="a.pdf"', "a.pdf"),
        (b"attachment; filename=a b.pdf", "a b.pdf"),
        (b"attachment; filename*=UTF-8''%C3%87%C3%B6p.pdf", "Çöp.pdf"),
        (b"attachment; filename*=windows-1254'tr'%C7%F6p.pdf", "Çöp.pdf"),
        (b'attachment; filename*0="uzun"; filename*1="ad.pdf"', "uzunad.pdf"),
        (b"attachment; filename*1*=%B6p.pdf; filename*0*=UTF-8''%C3%87%C3", "Çöp.pdf"),
        (b'attachment; filename="=?utf-8?B?w4fDtnAucGRm?="', "Çöp.pdf"),
        ('attachment; filename="Çöp.pdf"'.encode("cp1254"), "Çöp.pdf"),
        (b'attachment; filename="a;b.pdf"', "a;b.pdf"),
        (b'attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        (b'attachment; filename="acik', "acik"),
    ],
)
def test_file_names_are_decoded(raw: bytes, name: str) -> None:
    assert headers.parameters(raw) == ("attachment", {"filename": name})


def test_ids_keep_their_angles_and_lose_blanks_inside() -> None:
    assert headers.message_ids(b"<a@b>\r\n <c\r\n @d> x <a@b>") == ("<a@b>", "<c@d>")
    assert headers.message_ids(b"a@b c@d") == ("<a@b>", "<c@d>")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Temp\\a.pdf", "a.pdf"),
        ("..", "ek-1.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("con", "_con.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00\n\tb.pdf", "ab.pdf"),
        ('a<b>:"|?*.pdf', "a_b_.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("C\u0327o\u0308p.pdf", "Çöp.pdf"),
        ("", "ek-1.pdf"),
    ],
)  # fmt: skip
def test_a_file_name_stays_in_its_folder(name: str, safe: str) -> None:
    assert safe_name(name, type_="application/pdf", index=1) == safe


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = safe_name(name, type_="application/pdf", index=7)
    assert safe
    assert len(safe) <= MAX_NAME
    assert not set(safe) & set('/\\\0\n\r<>:"|?*')
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 255


def test_an_attachment_knows_its_hash_and_its_type_by_the_first_bytes() -> None:
    file = attachment("x", "application/octet-stream", b"%PDF-1.7", index=1)
    assert (file.type, file.name, file.size) == ("application/pdf", "x.pdf", 8)
    assert file.content_hash == hashlib.sha256(b"%PDF-1.7").hexdigest()


@pytest.mark.parametrize(
    "label", ["hex", "zlib", "idna", "undefined", "rot13", "punycode", "a\0b", "../x", "", "x" * 999]
)
def test_no_charset_label_does_harm(label: str) -> None:
    assert charset.decode("Çöp şişe".encode(), label) == "Çöp şişe"
    assert charset.decode("Çöp şişe".encode("cp1254"), label) == "Çöp şişe"


@pytest.mark.parametrize(
    "label", ["utf-8", "iso-8859-9", "iso-8859-1", "windows-1252", "us-ascii", "windows-1254", "latin5"]
)
@pytest.mark.parametrize("real", ["utf-8", "cp1254"])
def test_turkish_is_read_whatever_the_label_says(label: str, real: str) -> None:
    text = "Iğdır'ın İncesu Mahallesi'nde çöp, şişe ve ğ"
    assert charset.decode(text.encode(real), label) == text


@pytest.mark.parametrize(
    "text", ["TÜRKÜ”", "İ…", "“Ç’", "Köşk – Çiçekli", "50 m² alan", "%20’si", "Île", "« ok »", "…Ö”"]
)
def test_sound_text_is_never_mended(text: str) -> None:
    assert charset.mend(text) == text


@pytest.mark.parametrize("wrong", ["cp1252", "cp1254", "latin-1"])
def test_mojibake_is_mended(wrong: str) -> None:
    text = "Çöp şişe ığ İĞ ÜÖ â ’tır"
    broken = "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in text.encode())
    assert charset.mend(broken) == text
    assert charset.mend("Ýlçemizde þikayet, yýllardýr") == "İlçemizde şikayet, yıllardır"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_header_bytes_raise(raw: bytes) -> None:
    headers.decode_value(raw).encode()
    for address in headers.addresses(raw):
        str(address).encode()
    headers.parameters(raw)
    headers.message_ids(raw)
    headers.moment(headers.decode_value(raw))


@settings(deadline=None)
@given(st.text(alphabet=' =?utf-8QBq_<>@,;:()"\\abç\r\n\t.', max_size=200))
def test_no_header_of_syntax_characters_raises(text: str) -> None:
    raw = text.encode()
    headers.decode_value(raw).encode()
    headers.addresses(raw)
    headers.parameters(raw)
