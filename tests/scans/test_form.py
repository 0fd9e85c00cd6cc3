"""The printed form, filled in by hand, scanned badly and read back."""

import random
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from daemon.app import App
from daemon.cli import muhtarlik
from daemon.domain import petition_form as plan
from daemon.domain.petition import FormCode
from daemon.domain.petition_form import read_code
from daemon.domain.petition_reading import scan_json
from daemon.scans import read_scan
from daemon.scans.loading import load_page
from daemon.settings import example_settings
from tests.scans import damage, files
from tests.scans.damage import Picture
from tests.scans.generator import CAME


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """Yayla's form at 300 dpi, as ``muhtarlik form`` prints it. To be filled in as a copy."""
    path = tmp_path_factory.mktemp("form") / "form.pdf"
    arguments = ["form", "--neighbourhood", "YAYLA MAH.", "--out", str(path)]
    done = CliRunner().invoke(muhtarlik, arguments, env={"MUHTARLIK_CONFIG": "/olmayan.toml"})
    assert "numaralı form yazıldı." in done.output
    page = load_page(path.read_bytes(), 0).picture
    form: Picture = np.asarray(cv2.resize(page, (2480, 3508), interpolation=cv2.INTER_CUBIC), np.uint8)
    form.setflags(write=False)
    return form


def _filled(form: Picture, ticked: tuple[int, ...], *, written: bool = True) -> Picture:
    """Crosses by a pen, and a few lines of scrawl."""
    form, dots, chance = form.copy(), 300 / 25.4, random.Random(3)
    for n in ticked:
        left, top = (side * dots for side in plan.tick_place(n))
        far = plan.TICK * dots
        for a, b in (((8, 8), (far - 8, far - 6)), ((far - 9, 7), (7, far - 8))):
            start, end = ((round(left + x), round(top + y)) for x, y in (a, b))
            cv2.line(form, start, end, 60, 6, cv2.LINE_AA)
    if written:
        left, top, width, _ = (side * dots for side in plan.WRITING)
        for row in range(3):
            points = [
                (left + 60 + x, top + 100 + row * 110 + chance.uniform(-25, 25))
                for x in range(0, round(width * 0.7), 14)
            ]
            cv2.polylines(form, [np.array(points, np.int32)], False, 50, 5, cv2.LINE_AA)
    return form


def _read(picture: Picture) -> dict[str, Any]:
    with App.open(example_settings()) as app:
        (petition,) = scan_json(read_scan(files.png(picture)), app.office, CAME)["petitions"]  # type: ignore[misc]
    return dict(petition)


@pytest.mark.parametrize(
    "harm",
    [
        lambda p: damage.at_dpi(p, 200),
        lambda p: damage.jpeg(damage.at_dpi(damage.turned(damage.skewed(p, 3), 180), 100), 60),
        lambda p: damage.photographed(p, 4),
        lambda p: damage.photocopied(damage.at_dpi(damage.skewed(p, -2), 150), 8),
        lambda p: damage.faxed(p, 5),
    ],
    ids=["scan", "upside down at 100 dpi", "photograph", "photocopy", "fax"],
)
def test_code_and_ticks_are_read_from_a_poor_scan(printed: Picture, harm: Any) -> None:
    petition = _read(harm(_filled(printed, (0, 7))))
    assert petition["form"]
    assert petition["fields"]["neighbourhood"]["value"] == "Yayla"
    assert petition["fields"]["neighbourhood"]["sure"]
    with App.open(example_settings()) as app:
        subjects = plan.subjects_of(app.office.router.categories)
        by_name = {category.name: category for category in app.office.router.categories}
        wanted = [by_name[subjects[n]] for n in (0, 7)]
        names = [
            category.external_body or app.office.registry.directorate(category.directorate).name  # type: ignore[union-attr]
            for category in wanted
        ]
    assert petition["directorates"] == names
    assert not petition["review"] or any(category.review for category in wanted)


def test_a_form_without_a_tick_or_without_words_is_a_persons(printed: Picture) -> None:
    petition = _read(damage.at_dpi(_filled(printed, (), written=False), 150))
    assert petition["review"]
    assert petition["reason"].startswith("Formda işaretli konu bulunamadı. Formun yazı kutusu boş görünüyor.")


def test_a_code_comes_back_as_it_was_written() -> None:
    code = FormCode("19 Mayıs", "261126-ABCDE", "0a1b2c3d")
    assert read_code(code.text) == code
    assert read_code("https://example.com") is None
