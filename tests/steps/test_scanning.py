"""Scans on their way: folder, mail and by hand → requests of the channel Dilekçe, or İnceleme with a picture."""

import io
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import cv2
import numpy as np
import openpyxl
import pikepdf
import pytest
from PIL import Image

from daemon.app import App
from daemon.app.explaining import print_form
from daemon.domain.mail import Arrival
from daemon.domain.petition_form import WRITING, subjects_of, tick_place
from daemon.domain.request import Channel
from daemon.scans.folder import STILL_SECONDS, STRAY_STILL_SECONDS
from daemon.settings import load_settings
from daemon.steps.scanned_mail import as_scans
from tests.mail.test_mime_formats import msg_file
from tests.office import mail, requests_of, reviews_of
from tests.scans import files
from tests.steps.sheet_office import _SETTINGS, START

LETTER = """T.C.
ÖRNEK İLÇESİ
YAYLA MAHALLESİ MUHTARLIĞI

Tarih: 12.10.2026
Konu: Kaldırım onarımı

MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE

Mahallemiz Su Deposu Sokak üzerindeki kaldırım taşları sökülmüş, yayalar yürümekte zorluk çekmektedir.
Kaldırımın onarılması için gereğini arz ederim.

Mustafa Şahinbey
Yayla Mahallesi Muhtarı
Tel: 0500 000 04 21
"""
SUBJECT = "Asfalt ve yol bozukluğu"
NAMELESS = LETTER.replace("YAYLA MAHALLESİ MUHTARLIĞI", "").split("Mustafa")[0]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    from daemon.resources import shipped

    (tmp_path / "mappings.yaml").write_bytes(shipped("mappings.yaml").read_bytes())
    (tmp_path / "password").write_text("gizli\n")
    (tmp_path / "password").chmod(0o600)
    (tmp_path / "muhtarlik.toml").write_text(_SETTINGS + '[scans]\nfolder = "tarama"\n')
    with App.open(load_settings(tmp_path / "muhtarlik.toml"), lambda: START) as app:
        yield app


def _put(app: App, name: str, data: bytes, *, seconds_ago: float = 2 * STILL_SECONDS) -> Path:
    """As a scanner does, a while ago."""
    folder = app.settings.scans.folder
    assert folder is not None
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return path


def _letters(app: App) -> list[tuple[str, str]]:
    with app.ledger.view() as view:
        waiting = view.letters_waiting(START, 100)
    return sorted((each.occasion, each.recipient) for each in waiting)


def test_a_scan_in_the_folder_becomes_a_request_and_is_put_away(app: App) -> None:
    path = _put(app, "tarama0001.pdf", files.typed_pdf(LETTER))
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.headman) == (
        Channel.PETITION,
        "Yayla",
        "Mustafa Şahinbey",
    )
    assert (request.directorate, request.subject) == ("fen", "Kaldırım onarımı")
    assert "(dilekçe tarihi 12.10.2026, telefon 0500 000 04 21)" in request.description
    assert ("headman/confirmation", "yayla.muhtari@example.com") in _letters(app)
    assert not path.exists()
    assert (path.parent / "Islenenler" / path.name).exists()
    searchable = app.files.read(request.attachments[0])
    assert request.attachments[0].endswith("-aranabilir.pdf")
    with pikepdf.open(io.BytesIO(searchable)) as document:
        assert len(document.pages) == 1


def test_the_same_scan_twice_is_one_request_and_both_files_are_put_away(app: App) -> None:
    for name in ("a.pdf", "b.pdf"):
        _put(app, name, files.typed_pdf(LETTER))
    app.run_step("scans")
    _put(app, "c.pdf", files.typed_pdf(LETTER))
    app.run_step("scans")
    assert len(requests_of(app)) == 1
    folder = app.settings.scans.folder
    assert folder is not None
    assert sorted(p.name for p in (folder / "Islenenler").iterdir()) == ["a.pdf", "b.pdf", "c.pdf"]


def test_what_cannot_be_read_is_held_with_its_reason(app: App) -> None:
    path = _put(app, "fatura.pdf", b"MZ" + bytes(3_000))
    app.run_step("scans")
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert "bir program dosyası" in held.reason
    assert (path.parent / "Bekleyenler" / path.name).exists()
    assert not requests_of(app)


def test_a_file_of_an_unknown_kind_is_told_too(app: App) -> None:
    path = _put(app, "talepler.json", b'{"talep": []}', seconds_ago=2 * STRAY_STILL_SECONDS)
    app.run_step("scans")
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert "taranmış bir belge değil" in held.reason
    assert (path.parent / "Bekleyenler" / path.name).exists()


def test_a_scan_without_an_ending_is_read(app: App) -> None:
    _put(app, "TARAMA0007", files.typed_pdf(LETTER), seconds_ago=2 * STRAY_STILL_SECONDS)
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.neighbourhood, request.channel) == ("Yayla", Channel.PETITION)


def test_an_unsure_neighbourhood_waits_with_a_picture_of_the_spot(app: App) -> None:
    """Read by OCR from a page whose only sign of a neighbourhood is another's that it tells of."""
    text = NAMELESS.replace("Mahallemiz", "Bahçelievler Mahallesi sınırındaki")
    _put(app, "dilekce.png", _printed(text))
    app.run_step("scans")
    assert not requests_of(app)
    (review,) = reviews_of(app)
    assert review.neighbourhood == "Bahçelievler"
    assert "Mahalle kesin değil: Bahçelievler olabilir." in review.reason
    assert review.guess.startswith("Fen İşleri Müdürlüğü")
    with Image.open(io.BytesIO(app.files.read(review.link))) as picture:
        assert picture.width > 200
        assert 20 < picture.height < 200
    with app.ledger.view() as view:
        kept = view.note(f"review-files/{review.key}").splitlines()
    assert [name.rpartition("-")[2] for name in kept] == ["aranabilir.pdf", "dilekce.png"]
    with pikepdf.open(io.BytesIO(app.files.read(kept[0]))) as document:
        assert document.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        assert document.open_metadata()["pdfaid:part"] == "2"


def _printed(text: str) -> bytes:
    """The typed page as a scanner sees it."""
    from daemon.scans.loading import load_page

    return files.png(np.asarray(load_page(files.typed_pdf(text), 0).picture))


@pytest.mark.parametrize("body", ["", "Dilekçem ektedir."])
def test_a_headmans_mail_that_only_brings_a_scan_is_the_petition_in_it(app: App, body: str) -> None:
    _mailed(app, body, files.typed_pdf(NAMELESS))
    assert not requests_of(app)
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PETITION, "Yayla", "fen")
    assert request.source_message_id
    assert ("headman/confirmation", "yayla.muhtari@example.com") in _letters(app)


RUBBISH = "Gül Sokakta çöp konteynerleri üç gündür boşaltılmıyor, boşaltılmasını rica ederim."


def test_a_petition_beside_words_of_another_matter_is_a_request_of_its_own(app: App) -> None:
    _mailed(app, f"{RUBBISH} Kaldırım için dilekçem de ektedir.", files.typed_pdf(LETTER))
    app.run_step("scans")
    words, paper = requests_of(app)
    assert (words.channel, words.directorate) == (Channel.EMAIL, "temizlik")
    assert words.attachments[0].endswith("dilekce.pdf")
    assert (paper.channel, paper.directorate, paper.subject) == (Channel.PETITION, "fen", "Kaldırım onarımı")
    assert not reviews_of(app)


@pytest.mark.parametrize(
    "body",
    [
        "Su Deposu Sokaktaki kaldırım taşları sökülmüş, onarılmasını talep ediyorum. Dilekçem ektedir.",
        f"{RUBBISH} Ayrıca Su Deposu Sokakta kaldırımlar bozuk, onarılmasını istiyoruz. Dilekçem ektedir.",
    ],
)
def test_a_petition_that_says_what_the_mails_words_say_is_the_same_request(app: App, body: str) -> None:
    _mailed(app, body, files.typed_pdf(LETTER))
    said = [request.number for request in requests_of(app)]
    app.run_step("scans")
    assert [request.number for request in requests_of(app)] == said
    assert not reviews_of(app)
    with app.ledger.view() as view:
        told = [entry.text for number in said for entry in view.history(number) if entry.kind == "scan-read"]
    assert len(told) == 1
    assert "ayrı bir talep yok" in told[0]


def test_a_petition_about_another_street_is_another_matter(app: App) -> None:
    _mailed(
        app, "Gül Sokaktaki kaldırım taşları sökülmüş, onarılmasını talep ediyorum.", files.typed_pdf(LETTER)
    )
    app.run_step("scans")
    assert [request.directorate for request in requests_of(app)] == ["fen", "fen"]


def test_a_doubtful_petition_beside_words_is_a_question_and_no_second_request(
    app: App, tmp_path: Path
) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    _mailed(app, RUBBISH, _filled_in(tmp_path / "form.pdf", tick=None), name="form.png")
    app.run_step("scans")
    (request,) = requests_of(app)
    (review,) = reviews_of(app)
    assert (review.number, review.neighbourhood) == ("", "Yayla")
    assert "Formda işaretli konu bulunamadı." in review.reason
    assert f"İletide yazılan talep {request.number} numarasıyla kaydedildi" in review.reason


@pytest.mark.parametrize("what", ["noise", "sign", "blank"])
def test_photos_beside_words_make_nothing(app: App, what: str) -> None:
    pictures = {
        "noise": np.random.default_rng(3).integers(0, 255, (900, 1_200), np.uint8),
        "sign": np.asarray(Image.open(io.BytesIO(_printed("YAYLA MAHALLESİ\nSU DEPOSU SOKAK\n1 - 43")))),
        "blank": files.blank(),
    }
    _mailed(app, f"{RUBBISH} Fotoğraf ektedir.", files.png(pictures[what]), name="foto.png")
    app.run_step("scans")
    assert len(requests_of(app)) == 1
    assert not reviews_of(app)


def test_a_headmans_scan_that_cannot_be_read_is_a_request_that_waits(app: App) -> None:
    _mailed(app, "", files.png(files.blank()), name="dilekce.png")
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.directorate, request.neighbourhood) == ("", "Yayla")
    (review,) = reviews_of(app)
    assert "Bütün sayfalar boş" in review.reason
    assert review.link.endswith("dilekce.png")


def test_an_outlook_file_with_a_scan_is_the_petition_in_it(app: App, tmp_path: Path) -> None:
    wide = "yayla.muhtari@example.com".encode("utf-16-le")
    path = tmp_path / "ileti.msg"
    path.write_bytes(
        msg_file(
            __substg1_DOT_0_5D01001F=wide,
            __substg1_DOT_0_0037001F="Dilekçe".encode("utf-16-le"),
            __substg1_DOT_0_1000001F="Dilekçem ektedir.".encode("utf-16-le"),
            **{"__attach_version1_DOT_0_#00000000/__substg1_DOT_0_37010102": files.typed_pdf(LETTER)},
        )
    )
    app.ingest(path)
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PETITION, "Yayla", "fen")
    assert not reviews_of(app)


def test_of_two_papers_in_a_headmans_mail_the_doubtful_one_is_a_persons_and_a_photo_goes_along(
    app: App, tmp_path: Path
) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    photo = files.png(np.random.default_rng(3).integers(0, 255, (600, 800), np.uint8))
    _mailed(
        app,
        "İki dilekçemiz ektedir.",
        files.typed_pdf(LETTER),
        ("form.png", _filled_in(tmp_path / "form.pdf", tick=None)),
        ("cukur.png", photo),
    )
    app.run_step("scans")
    clear, doubtful = requests_of(app)
    assert (clear.directorate, doubtful.directorate) == ("fen", "")
    (review,) = reviews_of(app)
    assert review.number == doubtful.number
    assert "Formda işaretli konu bulunamadı" in review.reason
    assert all(any(name.endswith("cukur.png") for name in each.attachments) for each in (clear, doubtful))


def test_a_question_about_one_headmans_paper_in_a_pile_shows_nobody_elses(app: App, tmp_path: Path) -> None:
    for place in ("Yayla", "Emek"):
        print_form(app, place, tmp_path / f"{place}.pdf")
    with pikepdf.new() as pile:
        for place in ("Yayla", "Emek"):
            with pikepdf.open(tmp_path / f"{place}.pdf") as form:
                pile.pages.extend(form.pages)
        pile.save(tmp_path / "pile.pdf")
    _put(app, "pile.pdf", (tmp_path / "pile.pdf").read_bytes())
    app.run_step("scans")
    for review in reviews_of(app):
        with app.ledger.view() as view:
            (kept,) = view.note(f"review-files/{review.key}").splitlines()
        with pikepdf.open(io.BytesIO(app.files.read(kept))) as document:
            assert len(document.pages) == 1
    assert {review.neighbourhood for review in reviews_of(app)} == {"Yayla", "Emek"}


def test_a_scan_that_hinders_its_reading_three_times_is_held(app: App) -> None:
    arrival = as_scans(Arrival("imap", "1", "x", START, b"no mail", "1.eml"))
    with app.ledger.transaction() as tx:
        tx.keep_arrivals([arrival], START)
        for _ in range(3):
            tx.count_attempts([tx.first_scan_waiting(START) or 0], START - timedelta(hours=1))
    app.run_step("scans")
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert held.reason.startswith("Tarama üç kez okunamadı")


def _mailed(
    app: App,
    body: str,
    scan: bytes,
    *more: tuple[str, bytes],
    name: str = "dilekce.pdf",
    subject: str = "Dilekçe",
) -> None:
    message = message_from_bytes(
        mail(
            "yayla.muhtari@example.com",
            subject,
            body,
            name="Mustafa Şahinbey",
            at=START,
            attachment=(name, scan),
        ),
        policy=SMTP,
    )
    for title, data in more:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=title)
    raw = message.as_bytes()
    with app.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("imap", name, str(hash(raw)), START, raw, "")], START)
    app.run_step("reading")


def test_a_filled_form_becomes_a_request_with_the_handwriting_as_its_first_attachment(
    app: App, tmp_path: Path
) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    _put(app, "form.png", _filled_in(tmp_path / "form.pdf"))
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PETITION, "Yayla", "fen")
    assert request.category == request.subject == "Asfalt ve yol bozukluğu"
    assert request.description == "(Elle yazılmış talep; metni ekteki formdadır.)"
    assert request.attachments[0].endswith("-okunan-yer.png")
    assert not reviews_of(app)


def test_a_form_that_a_person_decides_keeps_what_was_read_with_certainty(app: App, tmp_path: Path) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    _put(app, "form.png", _filled_in(tmp_path / "form.pdf", doubtful=5))
    app.run_step("scans")
    (review,) = reviews_of(app)
    assert (review.subject, review.read) == (SUBJECT, "(Elle yazılmış talep; metni ekteki formdadır.)")
    assert "İşaretli olup olmadığı anlaşılamayan konu" in review.reason
    assert review.reason.endswith(f"Formda işaretli: {SUBJECT}.")
    with Image.open(io.BytesIO(app.files.read(review.link))) as picture:
        assert picture.height < 0.2 * picture.width, (
            "the line with the doubtful tick, not the box for handwriting"
        )
    _decided(app, "Yönlendir", "Fen İşleri Müdürlüğü", "Hasat Sokaktaki çukur")
    (request,) = requests_of(app)
    assert (request.directorate, request.subject, request.category) == ("fen", SUBJECT, SUBJECT)
    assert request.description.startswith("Hasat Sokaktaki çukur\n(Elle yazılmış talep;")
    assert [name.rpartition("-")[2] for name in request.attachments] == [
        "yer.png",
        "aranabilir.pdf",
        "form.png",
    ]


def test_a_mailed_form_that_a_person_decides_takes_his_words(app: App, tmp_path: Path) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    _mailed(app, "Formumuz ektedir.", _filled_in(tmp_path / "form.pdf", tick=None), name="form.png")
    app.run_step("scans")
    _decided(app, "Yönlendir", "Fen İşleri Müdürlüğü", "Hasat Sokaktaki çukur")
    (request,) = requests_of(app)
    assert request.description.startswith("Hasat Sokaktaki çukur\n(Elle yazılmış talep;")


@pytest.mark.parametrize("way", ["mail", "folder"])
@pytest.mark.parametrize(
    ("subject", "whose"), [(SUBJECT, "Fen İşleri Müdürlüğü"), ("Sokak aydınlatması", "Başkent EDAŞ")]
)
def test_a_form_that_a_person_decides_is_of_the_category_that_is_ticked(
    app: App, tmp_path: Path, way: str, subject: str, whose: str
) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    ticked = subjects_of(app.office.router.categories).index(subject)
    form = _filled_in(tmp_path / "form.pdf", tick=ticked, doubtful=5)
    if way == "mail":
        _mailed(app, "Formumuz ektedir.", form, name="form.png")
    else:
        _put(app, "form.png", form)
    app.run_step("scans")
    _decided(app, "Yönlendir", whose, "")
    (request,) = requests_of(app)
    assert (request.subject, request.category) == (subject, subject)


def test_a_form_that_is_decided_otherwise_than_ticked_has_no_category(app: App, tmp_path: Path) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    _mailed(app, "Formumuz ektedir.", _filled_in(tmp_path / "form.pdf", doubtful=5), name="form.png")
    app.run_step("scans")
    _decided(app, "Yönlendir", "Temizlik İşleri Müdürlüğü", "")
    (request,) = requests_of(app)
    assert (request.directorate, request.category) == ("temizlik", "")


def _decided(app: App, choice: str, directorate: str, note: str) -> None:
    """A clerk rules on the only line of İnceleme."""
    list(app.set_up_sheets())
    app.run_step("sheets")
    path = app.settings.sheets.workbook.folder / "muhtarlik.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["İnceleme"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for header, value in (("Karar", choice), ("Müdürlük", directorate), ("Not", note)):
        sheet.cell(2, column[header]).value = value
    book.save(path)
    then = time.time() - 60
    os.utime(path, (then, then))
    app.run_step("sheets")


def _filled_in(form: Path, *, tick: int | None = 0, doubtful: int | None = None) -> bytes:
    """A subject is ticked, and something is scrawled into the box."""
    from daemon.scans.loading import load_page

    page = np.array(load_page(form.read_bytes(), 0).picture)
    dots = 200 / 25.4
    if tick is not None:
        left, top = (round(side * dots) for side in tick_place(tick))
        cv2.line(page, (left + 6, top + 6), (left + 34, top + 34), 40, 4)
        cv2.line(page, (left + 34, top + 6), (left + 6, top + 34), 40, 4)
    if doubtful is not None:
        left, top = (round(side * dots) for side in tick_place(doubtful))
        cv2.rectangle(page, (left - 6, top - 6), (left + 46, top + 46), 40, -1)
    for row in range(4):
        y = round((WRITING[1] + 10 + 9 * row) * dots)
        scrawl = [(x, y + 14 * (n % 3) - 10 * (n % 2)) for n, x in enumerate(range(200, 1_200, 12))]
        cv2.polylines(page, [np.array(scrawl, np.int32)], False, 40, 4)
    return files.png(page)
