"""Letters that LibreOffice Writer 7.4 really saved: ``soffice --headless --convert-to odt letter.fodt`` (docx, rtf)."""

from pathlib import Path

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from daemon.mail.documents import document_text
from daemon.mail.docx import docx_text
from daemon.mail.rtf import rtf_text
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.conftest import app as app
from tests.steps.test_unopened_files import HEADMAN, STAFF, WORDS, arrives

SAVED = Path(__file__).parent / "documents"
LETTER = """T.C.
YAYLA MAHALLESİ MUHTARLIĞI
Tarih: 12.10.2026
Konu: Park bankı talebi
MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE
Yayla Mahallesindeki parkta oturacak bank yoktur, iki bank konulması için gereğini arz ederim.
Adı Soyadı\tMustafa Şahinbey
Görevi\tYayla Mahallesi Muhtarı
Birinci ek
İkinci ek
İkinci sayfa
"""
FOOT = "Gül Parkı\nAltbilgi: Yayla Mahallesi, Tel 0500 000 04 21"


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_header_text_box_table_notes_and_footer_stand_where_they_are_read(kind: str) -> None:
    """A text box stands before its paragraph and once, a table's row is a line, notes do not cut a sentence."""
    text = document_text(f"dilekce.{kind}", "", (SAVED / f"letter.{kind}").read_bytes())
    lines = [line.strip(" \t•") for line in text.split("\n") if line.strip()]
    wanted = LETTER if kind == "rtf" else LETTER + FOOT
    assert lines == wanted.strip().split("\n")


def test_a_letter_of_word_97_is_read_too() -> None:
    """Its header and footer lie together, its text box apart from where it is anchored."""
    said = document_text("dilekce.doc", "", (SAVED / "letter.doc").read_bytes())
    head, foot, box = (
        *LETTER.split("\nTarih")[:1],
        "Altbilgi: Yayla Mahallesi, Tel 0500 000 04 21",
        "Konu: Park bankı talebi",
    )
    body = LETTER.replace(f"{head}\n", "").replace(f"{box}\n", "")
    assert said == f"{head}\n\n{foot}\n{box}\n{body}Gül Parkı"


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "doc"])
def test_such_a_letter_is_a_petition(app: App, kind: str, sender: str) -> None:
    data = (SAVED / f"letter.{kind}").read_bytes()
    arrives(app, "Dilekçem ektedir.", (f"dilekce.{kind}", data), sender=sender)
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (
        Channel.PETITION,
        "Yayla",
        "park",
    )
    assert (request.subject, "dilekçe tarihi 12.10.2026" in request.description) == (
        "Park bankı talebi",
        True,
    )
    assert not reviews_of(app)


def _html() -> bytes:
    return "".join(
        ("<html><meta charset=utf-8>", *(f"<p>{line}</p>" for line in LETTER.split("\n")))
    ).encode()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("docx", "dilekce.doc"),
        ("rtf", "dilekce.doc"),
        ("html", "dilekce.doc"),
        ("odt", "dilekce.docx"),
        ("docx", "dilekce.odt"),
        ("docx", "dilekce"),
        ("docx", "dilekce.zip"),
        ("docx", "dilekce.pdf"),
        ("docx", "dilekce.dotx"),
        ("odt", "DILEKCE.OTT"),
    ],
)
def test_a_letter_is_known_by_what_is_in_it(app: App, kind: str, name: str) -> None:
    data = _html() if kind == "html" else (SAVED / f"letter.{kind}").read_bytes()
    arrives(app, "Dilekçem ektedir.", (name, data))
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "park")
    assert not reviews_of(app)


def _locked_doc() -> bytes:
    data = bytearray((SAVED / "letter.doc").read_bytes())
    data[data.index(b"\xec\xa5") + 11] |= 1
    return bytes(data)


def test_a_locked_letter_of_word_97_is_told(app: App) -> None:
    arrives(app, WORDS, ("dilekce.doc", _locked_doc()))
    (review,) = reviews_of(app)
    assert "dilekce.doc (parola korumalı)" in review.reason


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("d.doc", (SAVED / "letter.doc").read_bytes()[:7_000]),
        ("d.doc", b"\xd0\xcf\x11\xe0" * 9),
        ("d.rtf", b"{\\rtf1}"),
    ],
)
def test_one_in_which_no_words_are_found_is_told(app: App, name: str, data: bytes) -> None:
    arrives(app, WORDS, (name, data))
    (review,) = reviews_of(app)
    assert f"{name} (içinde okunabilir yazı veya taranmış sayfa bulunamadı)" in review.reason


def test_a_program_in_an_archive_is_told(app: App) -> None:
    letter = (SAVED / "letter.docx").read_bytes()
    arrives(app, "Dilekçem ektedir.", ("d.zip", files.zipped(("d.docx", letter), ("kur.exe", b"MZ"))))
    (request,), (review,) = requests_of(app), reviews_of(app)
    assert (request.directorate, review.number) == ("park", request.number)
    assert "d.zip (içinde program dosyası var, açmayınız: kur.exe)" in review.reason


def _docx(body: str, **parts: str) -> bytes:
    more = ((f"word/{name}.xml", xml.encode()) for name, xml in parts.items())
    return files.zipped(("word/document.xml", f"<w:body>{body}</w:body>".encode()), *more)


def _paragraph(text: str) -> str:
    return f'<w:p w:rsidR="1"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_what_word_keeps_beside_the_words_is_not_said() -> None:
    body = (
        _paragraph("Bir")
        + '<w:p w:rsidR="2"/><w:moveFrom w:id="3"><w:r><w:t>taşındı</w:t></w:r></w:moveFrom>'
        + "<w:p><w:r><wp:posOffset>635</wp:posOffset><w:delText>silindi</w:delText><w:t>iki</w:t></w:r></w:p>"
    )
    assert docx_text(_docx(body)) == "Bir\n\niki"


def test_the_same_head_of_several_pages_is_said_once() -> None:
    head = _paragraph("YAYLA MAHALLESİ MUHTARLIĞI")
    read = docx_text(_docx(_paragraph("Gövde"), header1=head, header2=head, footer1=_paragraph("Sayfa 1")))
    assert read == "YAYLA MAHALLESİ MUHTARLIĞI\nGövde\nSayfa 1"
    rtf = rb"{\rtf1{\header T.C.\par}\sectd{\header T.C.\par}G\'f6vde{\shp{\*\shpinst{\sp{\sv 1}}{\shptxt Kutu}}}}"
    assert rtf_text(rtf) == "T.C.\n\n\nGövdeKutu"


@pytest.mark.parametrize("cut", [700, 3_000, 6_000])
def test_a_torn_one_says_nothing_or_its_beginning(cut: int) -> None:
    for kind in ("docx", "odt", "doc"):
        text = document_text(f"dilekce.{kind}", "", (SAVED / f"letter.{kind}").read_bytes()[:cut])
        assert text == ""
