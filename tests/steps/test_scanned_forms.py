"""The printed form, scanned or mailed → a request by its ticks, or a clerk's decision that keeps them."""

import io
from pathlib import Path

import pytest
from PIL import Image

from daemon.app import App
from daemon.app.explaining import print_form
from daemon.domain.petitions.form import subjects_of
from daemon.domain.request import Channel
from tests.office import requests_of, reviews_of
from tests.steps.scan_office import SUBJECT, decided, filled_in, mailed, put


def test_a_filled_form_becomes_a_request_with_the_handwriting_as_its_first_attachment(
    app: App, tmp_path: Path
) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    put(app, "form.png", filled_in(tmp_path / "form.pdf"))
    app.run_step("scans")
    (request,) = requests_of(app)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.PETITION, "Yayla", "fen")
    assert request.category == request.subject == "Asfalt ve yol bozukluğu"
    assert request.description == "(Elle yazılmış talep; metni ekteki formdadır.)"
    assert request.attachments[0].endswith("-okunan-yer.png")
    assert not reviews_of(app)


def test_a_form_that_a_person_decides_keeps_what_was_read_with_certainty(app: App, tmp_path: Path) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    put(app, "form.png", filled_in(tmp_path / "form.pdf", doubtful=5))
    app.run_step("scans")
    (review,) = reviews_of(app)
    assert (review.subject, review.read) == (SUBJECT, "(Elle yazılmış talep; metni ekteki formdadır.)")
    assert "İşaretli olup olmadığı anlaşılamayan konu" in review.reason
    assert review.reason.endswith(f"Formda işaretli: {SUBJECT}.")
    with Image.open(io.BytesIO(app.files.read(review.link))) as picture:
        assert picture.height < 0.2 * picture.width, (
            "the line with the doubtful tick, not the box for handwriting"
        )
    decided(app, "Yönlendir", "Fen İşleri Müdürlüğü", "Hasat Sokaktaki çukur")
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
    mailed(app, "Formumuz ektedir.", filled_in(tmp_path / "form.pdf", tick=None), name="form.png")
    app.run_step("scans")
    decided(app, "Yönlendir", "Fen İşleri Müdürlüğü", "Hasat Sokaktaki çukur")
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
    form = filled_in(tmp_path / "form.pdf", tick=ticked, doubtful=5)
    if way == "mail":
        mailed(app, "Formumuz ektedir.", form, name="form.png")
    else:
        put(app, "form.png", form)
    app.run_step("scans")
    decided(app, "Yönlendir", whose, "")
    (request,) = requests_of(app)
    assert (request.subject, request.category) == (subject, subject)


def test_a_form_that_is_decided_otherwise_than_ticked_has_no_category(app: App, tmp_path: Path) -> None:
    print_form(app, "Yayla", tmp_path / "form.pdf")
    mailed(app, "Formumuz ektedir.", filled_in(tmp_path / "form.pdf", doubtful=5), name="form.png")
    app.run_step("scans")
    decided(app, "Yönlendir", "Temizlik İşleri Müdürlüğü", "")
    (request,) = requests_of(app)
    assert (request.directorate, request.category) == ("temizlik", "")
