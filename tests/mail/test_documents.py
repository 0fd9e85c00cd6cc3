"""Requests that are written in an attached document, each kind as its program saves it."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import io
import zipfile

import pytest

from daemon.domain.reading import Kind, read_mail
from daemon.mail.docx import docx_text
from daemon.mail.rtf import rtf_text
from tests.mail.letters import odt
from tests.mail.outlook import TEXT
from tests.mail.pieces import mail_with


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


def test_a_document_of_opening_brackets_is_read_in_no_time() -> None:
    assert docx_text(docx_file("<" * 4_000_000)).strip("<") == ""
