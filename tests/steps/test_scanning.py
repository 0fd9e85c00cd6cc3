"""Scans on their way from the scanner's folder → requests of the channel Dilekçe, or İnceleme with a picture."""

import io
from datetime import timedelta
from pathlib import Path

import pikepdf
from PIL import Image

from daemon.app import App
from daemon.app.explaining import print_form
from daemon.domain.mail import Arrival
from daemon.domain.request import Channel
from daemon.scans.folder import STRAY_STILL_SECONDS
from daemon.steps.scanned_mail import as_scans
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import LETTER, NAMELESS, letters, printed, put
from tests.steps.sheet_office import START


def test_a_scan_in_the_folder_becomes_a_request_and_is_put_away(app: App) -> None:
    path = put(app, "tarama0001.pdf", files.typed_pdf(LETTER))
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.headman) == (
        Channel.PETITION,
        "Yayla",
        "Mustafa Şahinbey",
    )
    assert (request.directorate, request.subject) == ("fen", "Kaldırım onarımı")
    assert "(dilekçe tarihi 12.10.2026, telefon 0500 000 04 21)" in request.description
    assert ("headman/confirmation", "yayla.muhtari@example.com") in letters(app)
    assert not path.exists()
    with app.ledger.view() as view:
        told = {entry.kind: entry.text for entry in view.history(request.number)}
    assert "tarih 12.10.2026;" in told["scan-read"], "as a clerk reads a date"
    assert told["referred"] == "Fen İşleri Müdürlüğüne yönlendirildi."
    assert (path.parent / "Islenenler" / path.name).exists()
    searchable = app.files.read(request.attachments[0])
    assert request.attachments[0].endswith("-aranabilir.pdf")
    with pikepdf.open(io.BytesIO(searchable)) as document:
        assert len(document.pages) == 1


def test_the_same_scan_twice_is_one_request_and_both_files_are_put_away(app: App) -> None:
    for name in ("a.pdf", "b.pdf"):
        put(app, name, files.typed_pdf(LETTER))
    app.run_step("scans")
    put(app, "c.pdf", files.typed_pdf(LETTER))
    app.run_step("scans")
    assert len(requests_of(app)) == 1
    folder = app.settings.scans.folder
    assert folder is not None
    assert sorted(p.name for p in (folder / "Islenenler").iterdir()) == ["a.pdf", "b.pdf", "c.pdf"]


def test_danger_in_a_scan_of_nobody_known_alarms_the_office_at_once(app: App) -> None:
    danger = "Su Deposu Sokak üzerindeki elektrik teli kopmuş, yerde durmaktadır."
    words = NAMELESS.partition("Mahallemiz")[0] + danger + "\nGereğini arz ederim.\n"
    put(app, "tarama0001.pdf", files.typed_pdf(words))
    app.run_step("scans")
    assert not requests_of(app)
    assert reviews_of(app)
    told = {address for occasion, address in letters(app) if occasion == "office/urgent"}
    assert told == set(app.office.registry.office_people)


def test_what_cannot_be_read_is_held_with_its_reason(app: App) -> None:
    path = put(app, "fatura.pdf", b"MZ" + bytes(3_000))
    app.run_step("scans")
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert "bir program dosyası" in held.reason
    assert (path.parent / "Bekleyenler" / path.name).exists()
    assert not requests_of(app)


def test_a_file_of_an_unknown_kind_is_told_too(app: App) -> None:
    path = put(app, "talepler.json", b'{"talep": []}', seconds_ago=2 * STRAY_STILL_SECONDS)
    app.run_step("scans")
    with app.ledger.view() as view:
        (held,) = view.held_arrivals()
    assert "taranmış bir belge değil" in held.reason
    assert (path.parent / "Bekleyenler" / path.name).exists()


def test_a_scan_without_an_ending_is_read(app: App) -> None:
    put(app, "TARAMA0007", files.typed_pdf(LETTER), seconds_ago=2 * STRAY_STILL_SECONDS)
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.neighbourhood, request.channel) == ("Yayla", Channel.PETITION)


def test_an_unsure_neighbourhood_waits_with_a_picture_of_the_spot(app: App) -> None:
    """Read by OCR from a page whose only sign of a neighbourhood is another's that it tells of."""
    text = NAMELESS.replace("Mahallemiz", "Bahçelievler Mahallesi sınırındaki")
    put(app, "dilekce.png", printed(text))
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


def test_a_question_about_one_headmans_paper_in_a_pile_shows_nobody_elses(app: App, tmp_path: Path) -> None:
    for place in ("Yayla", "Emek"):
        print_form(app, place, tmp_path / f"{place}.pdf")
    with pikepdf.new() as pile:
        for place in ("Yayla", "Emek"):
            with pikepdf.open(tmp_path / f"{place}.pdf") as form:
                pile.pages.extend(form.pages)
        pile.save(tmp_path / "pile.pdf")
    put(app, "pile.pdf", (tmp_path / "pile.pdf").read_bytes())
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
