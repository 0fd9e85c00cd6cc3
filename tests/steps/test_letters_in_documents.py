"""Petitions that come by mail as documents of a word processor."""

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest

from daemon.app import App
from daemon.domain.request import Channel
from daemon.mail.docx import docx_pages
from daemon.mail.lifted import MOST_FILES
from tests.mail.letters import docx, odt
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import LETTER as PAVEMENT
from tests.steps.scan_office import NAMELESS
from tests.steps.sheet_office import START
from tests.steps.test_unopened_files import HEADMAN, STAFF, WORDS, arrives

LETTER = """T.C.
ÖRNEK İLÇESİ
YAYLA MAHALLESİ MUHTARLIĞI

Tarih: 12.10.2026
Konu:\tPark bankı talebi

MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE

Yayla Mahallesindeki parkta oturacak bank yoktur, yaşlılar ayakta kalmaktadır.
İki bank konulması için gereğini arz ederim.

Mustafa Şahinbey
Yayla Mahallesi Muhtarı"""

PLAIN = "Lale Sokakta asfalt çöktü, derin çukurlar oluştu; yama yapılmasını rica ederim."
LIST = "Ek-1: imza listesi\nSıra\tAdı Soyadı\tİmza\n1\tKomşu Bir\t\n2\tKomşu İki\t\n3\tKomşu Üç\t"

FORWARDED = """-------- İletilen İleti --------
Konu: dilekçe
Tarih: 1 Ekim 2026
Kimden: Mustafa Şahinbey <yayla.muhtari@example.com>
Kime: buro1@ornek.bel.tr

Dilekçem ektedir."""


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize("words", ["", "Dilekçem ektedir.", FORWARDED])
@pytest.mark.parametrize("file", [("dilekce.docx", docx(LETTER)), ("dilekce.odt", odt(LETTER))])
def test_a_letter_is_called_what_it_calls_itself(
    app: App, words: str, sender: str, file: tuple[str, bytes]
) -> None:
    arrives(app, words, file, sender=sender)
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "park")
    assert request.subject == "Park bankı talebi"
    assert "oturacak bank yoktur" in request.description
    with app.ledger.view() as view:
        (told,) = [entry.text for entry in view.history(request.number) if entry.kind == "scan-read"]
    assert told.startswith("Dilekçeden okunan: mahalle Yayla;")
    assert request.description.count("İletide yazılan") == (
        (sender == HEADMAN and bool(words)) or words == FORWARDED
    )
    assert not reviews_of(app)


def test_a_letter_beside_words_of_another_matter_is_a_request_of_its_own(app: App) -> None:
    arrives(app, WORDS, ("dilekce.docx", docx(LETTER)))
    words, letter = requests_of(app)
    assert (words.channel, words.subject, words.directorate) == (Channel.EMAIL, "Dilekçe", "temizlik")
    assert (letter.channel, letter.subject, letter.directorate) == (
        Channel.PETITION,
        "Park bankı talebi",
        "park",
    )


SMALL = files.photographed("amblem", dpi=20)
NOTHING_IN_IT = "dilekce.docx (içinde okunabilir yazı veya taranmış sayfa bulunamadı)"


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("written", [docx, odt])
def test_a_document_that_holds_a_scanned_page_is_read_like_a_scan(
    app: App, kind: str, sender: str, written: Callable[[str, Sequence[bytes]], bytes]
) -> None:
    document = written("", [SMALL, files.photographed(LETTER, kind)])
    arrives(app, "Dilekçem ektedir.", (f"dilekce.{written.__name__}", document), sender=sender)
    (request,) = requests_of(app)
    assert (request.channel, request.directorate, request.neighbourhood) == (
        Channel.PETITION,
        "park",
        "Yayla",
    )
    assert request.subject == "Park bankı talebi"
    assert document in [app.files.read(path) for path in request.attachments]
    assert not reviews_of(app)


def test_its_pages_are_read_in_the_order_in_which_it_shows_them() -> None:
    first, second = (files.photographed(f"{LETTER}\n{n}") for n in (1, 2))
    turned = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("", [first, second]))) as old, zipfile.ZipFile(turned, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith(".rels"):
                body = (
                    body.replace(b"image1", b"image0")
                    .replace(b"image2", b"image1")
                    .replace(b"image0", b"image2")
                )
            new.writestr(name, body)
    assert list(docx_pages(turned.getvalue())) == [second, first]


def test_more_pages_than_a_mail_may_hold_are_told(app: App) -> None:
    page = files.photographed(LETTER)
    document = docx("", [page + b"\0" * n for n in range(MOST_FILES + 1)])
    arrives(app, WORDS, ("dilekce.docx", document), sender="biri@example.net")
    (review,) = reviews_of(app)
    assert "dilekce.docx (içindekilerin tümü okunamayacak kadar çok" in review.reason


@pytest.mark.parametrize("words", ["", "Dilekçem ektedir.", WORDS])
@pytest.mark.parametrize("pictures", [[], [SMALL], [files.photographed(LETTER, "BMP")]])
def test_a_document_in_which_nothing_can_be_read_is_told(app: App, words: str, pictures: list[bytes]) -> None:
    arrives(app, words, ("dilekce.docx", docx("", pictures)))
    (request,) = requests_of(app)
    assert [review.number for review in reviews_of(app) if NOTHING_IN_IT in review.reason] == [request.number]


def test_it_is_told_to_whoever_decides_about_a_strangers_mail(app: App) -> None:
    arrives(app, "Dilekçem ektedir.", ("dilekce.docx", docx("", [SMALL])), sender="biri@example.net")
    (review,) = reviews_of(app)
    assert NOTHING_IN_IT in review.reason
    assert review.sender == "biri@example.net"


def test_pictures_beside_a_letter_in_words_are_no_petitions(app: App) -> None:
    arrives(app, "", ("dilekce.docx", docx(LETTER, [files.photographed(LETTER)])))
    (request,) = requests_of(app)
    assert (request.channel, len(request.attachments)) == (Channel.PETITION, 1)


@pytest.mark.parametrize("name", ["dilekce.pages", "DILEKCE.UDF", "dilekce.xps"])
def test_a_document_of_another_kind_is_told_with_advice(app: App, name: str) -> None:
    arrives(app, WORDS, (name, files.zipped(("Index/Document.iwa", b"x"))))
    (request,), (review,) = requests_of(app), reviews_of(app)
    assert review.number == request.number
    assert f"{name} (bu tür belge okunamıyor; PDF veya Word belgesi olarak gönderilmelidir)" in review.reason


def test_of_a_letter_as_long_as_a_book_the_beginning_is_read_and_a_person_told(app: App) -> None:
    annex = "\n".join(f"{n}. Komşu Adı ve Soyadı" for n in range(2_000))
    arrives(app, "Dilekçem ektedir.", ("d.docx", docx(f"{LETTER}\n\n{annex}")))
    (request,), (review,) = requests_of(app), reviews_of(app)
    assert (request.directorate, review.number) == ("park", request.number)
    assert "d.docx (yalnızca ilk 25 sayfası okundu; kalanına bakınız)" in review.reason


def test_a_letter_with_a_password_is_told(app: App) -> None:
    arrives(app, WORDS, ("dilekce.odt", odt("x", locked=True)))
    (review,) = reviews_of(app)
    assert "dilekce.odt (parola korumalı)" in review.reason


OTHERS = LETTER.replace("Yayla", "Köşk").replace("YAYLA", "KÖŞK").replace("Mustafa Şahinbey", "")
CONTRADICTED = "Dilekçede Köşk Mahallesi yazıyor, ileti Yayla muhtarından geldi."


@pytest.mark.parametrize(
    "file",
    [
        ("d.pdf", files.typed_pdf(OTHERS)),
        ("d.docx", docx(OTHERS)),
        ("d.odt", odt(OTHERS)),
        ("d.zip", files.zipped(("d.docx", docx(OTHERS)))),
    ],
)
def test_a_petition_in_doubt_for_its_neighbourhood_alone_is_told_so(
    app: App, file: tuple[str, bytes]
) -> None:
    arrives(app, "Dilekçem ektedir.", file)
    (request,), (review,) = requests_of(app), reviews_of(app)
    assert request.review_reason == review.reason == f"{CONTRADICTED} Lütfen denetleyip müdürlüğü seçiniz."
    assert review.guess.startswith("Park ve Bahçeler Müdürlüğü")


def test_one_whose_directorate_is_not_clear_either_is_told_both(app: App) -> None:
    text = OTHERS.replace(
        "parkta oturacak bank yoktur, yaşlılar ayakta kalmaktadır.", "durum önceki gibidir."
    )
    text = text.replace("İki bank konulması için gereğini", "Gereğinin yapılmasını").replace(
        "Park bankı", "Bilgi"
    )
    arrives(app, "Dilekçem ektedir.", ("d.pdf", files.typed_pdf(text)))
    (review,) = reviews_of(app)
    assert review.reason.startswith(CONTRADICTED)
    assert review.reason.endswith("Sorumlu müdürlük kesin olarak belirlenemedi; lütfen müdürlüğü seçiniz.")


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (NAMELESS, "Mahalle okunamadı."),
        (
            "Bilgilerinizi ve gereğini Yayla Mahallesi muhtarı olarak saygılarımla arz ederim.",
            "Personelden gelen iletide mahalle veya talep belirlenemedi.",
        ),
    ],
)
def test_what_a_colleagues_letter_lacks_is_named(app: App, text: str, lacks: str) -> None:
    arrives(app, "Dilekçe ektedir.", ("d.docx", docx(text)), sender=STAFF)
    (review,) = reviews_of(app)
    assert review.reason == lacks


# --- several of them -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize(
    "attached",
    [
        [("a.docx", docx(LETTER)), ("b.odt", odt(PAVEMENT))],
        [("a.docx", docx(LETTER)), ("b.pdf", files.typed_pdf(PAVEMENT))],
        [("hepsi.zip", files.zipped(("a.docx", docx(LETTER)), ("b.docx", docx(PAVEMENT))))],
        [("liste.docx", docx(LIST)), ("a.docx", docx(LETTER)), ("b.docx", docx(PAVEMENT))],
    ],
    ids=["docx and odt", "docx and PDF", "in an archive", "beside an annex"],
)
def test_each_typed_petition_is_a_request_and_what_is_none_goes_along(
    app: App, attached: list[tuple[str, bytes]], sender: str
) -> None:
    arrives(app, "Dilekçelerimiz ektedir.", *attached, sender=sender)
    found = requests_of(app)
    assert sorted((r.channel, r.directorate, r.neighbourhood) for r in found) == [
        (Channel.PETITION, "fen", "Yayla"),
        (Channel.PETITION, "park", "Yayla"),
    ]
    assert not reviews_of(app)
    for request in found if attached[0][0] == "liste.docx" else ():
        assert any(path.endswith("-liste.docx") for path in request.attachments)


def test_plain_letters_without_a_petitions_form_are_each_a_request(app: App) -> None:
    arrives(app, "Dilekçelerim ektedir.", ("a.docx", docx(WORDS)), ("b.docx", docx(PLAIN)))
    assert sorted(r.directorate for r in requests_of(app)) == ["fen", "temizlik"]


def test_a_plain_letter_alone_is_words_like_the_mails_own(app: App) -> None:
    arrives(app, "Dilekçem ektedir.", ("a.docx", docx(WORDS)), ("b.docx", docx(LIST)))
    (request,) = requests_of(app)
    assert (request.channel, request.directorate, len(request.attachments)) == (Channel.EMAIL, "temizlik", 2)


@pytest.mark.parametrize("sender", [HEADMAN, STAFF])
@pytest.mark.parametrize(
    "copy",
    [("a.odt", odt(LETTER)), ("a.pdf", files.typed_pdf(LETTER)), ("a.jpg", files.photographed(LETTER))],
)
def test_a_letter_in_another_format_or_as_its_scan_is_the_same_petition(
    app: App, copy: tuple[str, bytes], sender: str
) -> None:
    arrives(app, "Dilekçem ektedir.", copy, ("a.docx", docx(LETTER)), sender=sender)
    (request,) = requests_of(app)
    assert len({path.rpartition(".")[2] for path in request.attachments}) == 2
    assert not reviews_of(app)


def test_nobody_is_handed_anothers_letter(app: App) -> None:
    both = f"{LETTER}\n\n\n{OTHERS}"
    arrives(app, "Dilekçeler ektedir.", ("hepsi.docx", docx(both)), sender=STAFF)
    found = requests_of(app)
    assert sorted(request.neighbourhood for request in found) == ["Köşk", "Yayla"]
    for request in found:
        (path,) = request.attachments
        told = app.files.read(path).decode()
        assert ("YAYLA" in told) == (request.neighbourhood == "Yayla")


def test_a_letter_that_came_by_another_mail_is_not_entered_again(app: App) -> None:
    letter = docx(LETTER)
    arrives(app, "Dilekçem ektedir.", ("a.docx", letter))
    arrives(app, "Dilekçem yine ektedir.", ("b.docx", letter))
    (request,) = requests_of(app)
    assert "Aynı dilekçe yeniden geldi" in request.note


STRANGER = "biri@example.net"


def test_each_of_a_stranger_s_documents_has_a_line(app: App) -> None:
    """The mail's shows the first; a person decides on each with the document at hand."""
    two = (("park.docx", docx(LETTER)), ("yol.docx", docx(PAVEMENT)), ("plan.pdf", files.typed_pdf(PAVEMENT)))
    arrives(app, "Dilekçelerimiz ektedir.", *two, ("foto.jpg", files.jpg(files.street())), sender=STRANGER)
    assert not requests_of(app)
    park, road, plan = sorted(reviews_of(app), key=lambda review: review.id)
    assert [review.sender for review in (park, road, plan)] == [STRANGER] * 3
    assert "bank" in park.read
    assert "kaldırım taşları sökülmüş" in road.read
    assert (road.neighbourhood, road.guess.partition(" (")[0]) == ("Yayla", "Fen İşleri Müdürlüğü")
    assert [review.link.rpartition("-")[2] for review in (road, plan)] == ["yol.docx", "plan.pdf"]
    assert "İletinin bir başka belgesi" in plan.reason


def test_a_stranger_s_only_document_has_no_second_line(app: App) -> None:
    arrives(app, "Dilekçemiz ektedir.", ("park.docx", docx(LETTER)), sender=STRANGER)
    arrives(app, "Ektedir, bilginize.", ("ek.pdf", files.typed_pdf(PAVEMENT)), sender=STRANGER)
    assert len(reviews_of(app)) == 2


@pytest.mark.parametrize("more", [0, 9])
def test_danger_in_a_stranger_s_further_document_is_told_at_once(app: App, more: int) -> None:
    gas = LETTER.replace("bank", "doğal gaz kaçağı var, patlama tehlikesi; bank")
    others = [(f"{n}.pdf", files.typed_pdf(f"{PAVEMENT} {n}")) for n in range(more)]
    letters = (("a.docx", docx(LETTER)), ("b.docx", docx(gas)))
    arrives(app, "Dilekçelerimiz ektedir.", *letters, *others, sender=STRANGER)
    with app.ledger.view() as view:
        occasions = {letter.occasion for letter in view.letters_waiting(START, 100)}
    assert "office/urgent" in occasions


def test_a_stranger_s_many_documents_are_named_in_one_line(app: App) -> None:
    many = [(f"{n}.pdf", files.typed_pdf(f"{PAVEMENT} {n}")) for n in range(7)]
    arrives(app, "Dilekçelerimiz ektedir.", *many, sender=STRANGER)
    (review,) = reviews_of(app)
    assert "İletide 6 belge daha var: 1.pdf, 2.pdf" in review.reason
