"""Outlook's own formats: .msg, winmail.dat and the rich text in both."""

import struct

import pytest

from daemon.mail.mime import parse_mail
from daemon.mail.rtf import rtf_text, unpack_rtf
from tests.mail.ole import write_ole
from tests.mail.outlook import TEXT, msg_file, properties, tnef_file, wide
from tests.mail.pieces import mail_with

# --- .msg -------------------------------------------------------------------------------------------------


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
            "__properties_version1.0": properties(32, codepage=(0x3FFD, struct.pack("<I", 1254))),
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
    mail = parse_mail(msg_file(__substg1_DOT_0_007D001F=wide(kept)))
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


def test_winmail_dat_beside_the_same_words_does_not_say_them_twice() -> None:
    mail = mail_with("application/ms-tnef", tnef_file(), name="winmail.dat", body="Çukur var.")
    assert mail.text == "Çukur var."
    assert mail.attachments


# --- damaged rich text ------------------------------------------------------------------------------------


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
