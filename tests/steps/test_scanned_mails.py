"""Scans that a headman's mail brings, alone or beside his words → requests of the channel Dilekçe, or İnceleme."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from daemon.app import App
from daemon.app.explaining import print_form
from daemon.domain.request import Channel
from tests.mail.outlook import msg_file
from tests.office import requests_of, reviews_of
from tests.scans import files
from tests.steps.scan_office import LETTER, NAMELESS, filled_in, letters, mailed, printed

RUBBISH = "Gül Sokakta çöp konteynerleri üç gündür boşaltılmıyor, boşaltılmasını rica ederim."


@pytest.mark.parametrize("body", ["", "Dilekçem ektedir."])
def test_a_headmans_mail_that_only_brings_a_scan_is_the_petition_in_it(app: App, body: str) -> None:
    mailed(app, body, files.typed_pdf(NAMELESS))
    assert not requests_of(app)
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PETITION, "Yayla", "fen")
    assert request.source_message_id
    assert ("headman/confirmation", "yayla.muhtari@example.com") in letters(app)


def test_a_petition_beside_words_of_another_matter_is_a_request_of_its_own(app: App) -> None:
    mailed(app, f"{RUBBISH} Kaldırım için dilekçem de ektedir.", files.typed_pdf(LETTER))
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
    mailed(app, body, files.typed_pdf(LETTER))
    said = [request.number for request in requests_of(app)]
    app.run_step("scans")
    assert [request.number for request in requests_of(app)] == said
    assert not reviews_of(app)
    with app.ledger.view() as view:
        told = [entry.text for number in said for entry in view.history(number) if entry.kind == "scan-read"]
    assert len(told) == 1
    assert "ayrı bir talep yok" in told[0]


def test_a_petition_about_another_street_is_another_matter(app: App) -> None:
    mailed(
        app, "Gül Sokaktaki kaldırım taşları sökülmüş, onarılmasını talep ediyorum.", files.typed_pdf(LETTER)
    )
    app.run_step("scans")
    assert [request.directorate for request in requests_of(app)] == ["fen", "fen"]


def test_a_doubtful_petition_beside_words_is_a_question_and_no_second_request(
    app: App, tmp_path: Path
) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    mailed(app, RUBBISH, filled_in(tmp_path / "form.pdf", tick=None), name="form.png")
    app.run_step("scans")
    (request,) = requests_of(app)
    (review,) = reviews_of(app)
    assert (review.number, review.neighbourhood) == ("", "Yayla")
    assert "Formda işaretli konu bulunamadı." in review.reason
    assert f"İletide yazılan talep {request.number} numarasıyla kaydedildi" in review.reason


@pytest.mark.parametrize("what", ["noise", "sign", "blank"])
def test_photos_beside_words_make_nothing(app: App, what: str) -> None:
    pictures = {
        "noise": np.random.default_rng(3).integers(0, 255, (72, 128), np.uint8),
        "sign": np.asarray(Image.open(io.BytesIO(printed("YAYLA MAHALLESİ\nSU DEPOSU SOKAK\n1 - 43")))),
        "blank": files.blank(),
    }
    mailed(app, f"{RUBBISH} Fotoğraf ektedir.", files.png(pictures[what]), name="foto.png")
    app.run_step("scans")
    assert len(requests_of(app)) == 1
    assert not reviews_of(app)


def test_a_headmans_scan_that_cannot_be_read_is_a_request_that_waits(app: App) -> None:
    mailed(app, "", files.png(files.blank()), name="dilekce.png")
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.directorate, request.neighbourhood) == ("", "Yayla")
    (review,) = reviews_of(app)
    assert "Bütün sayfalar boş" in review.reason
    assert review.link.endswith("dilekce.png")


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "GIF"])
def test_a_picture_of_another_kind_is_the_petition_in_it(app: App, kind: str) -> None:
    mailed(app, "Dilekçem ektedir.", files.photographed(LETTER, kind), name=f"dilekce.{kind.lower()}")
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.directorate) == (Channel.PETITION, "fen")
    assert not reviews_of(app)


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
    photo = files.png(files.street())
    mailed(
        app,
        "İki dilekçemiz ektedir.",
        files.typed_pdf(LETTER),
        ("form.png", filled_in(tmp_path / "form.pdf", tick=None)),
        ("cukur.png", photo),
    )
    app.run_step("scans")
    clear, doubtful = requests_of(app)
    assert (clear.directorate, doubtful.directorate) == ("fen", "")
    (review,) = reviews_of(app)
    assert review.number == doubtful.number
    assert "Formda işaretli konu bulunamadı" in review.reason
    assert all(any(name.endswith("cukur.png") for name in each.attachments) for each in (clear, doubtful))
