"""The printed form, filled in by hand, scanned badly and read back."""

import random
from ctypes import c_float
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT, FPDFTextObj_GetFontSize

from daemon.app import App
from daemon.app.explaining import print_form
from daemon.cli import muhtarlik
from daemon.domain.petitions import form as plan
from daemon.domain.petitions.form import read_code
from daemon.domain.petitions.petition import Condition, Fields, FormCode, Line, Page, Petition, Ticks, Word
from daemon.domain.petitions.reading import scan_json
from daemon.domain.petitions.ticks import doubts_of_form, route_form
from daemon.scans import read_scan
from daemon.scans.loading import load_page
from daemon.settings import example_settings
from tests.scans import damage, files, forms, pens
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


def _wanted(*ticked: int) -> list[str]:
    """The directorates of these boxes."""
    with App.open(example_settings()) as app:
        subjects = plan.subjects_of(app.office.router.categories)
        by_name = {category.name: category for category in app.office.router.categories}
        found = [by_name[subjects[n]] for n in ticked]
        return [
            category.external_body or app.office.registry.directorate(category.directorate).name  # type: ignore[union-attr]
            for category in found
        ]


def _box(n: int) -> tuple[np.ndarray[Any, Any], float]:
    return np.array(plan.tick_place(n)) * forms.DOTS, plan.TICK * forms.DOTS


@pytest.mark.parametrize("spoil", [forms.spot_on_code, forms.torn_corner], ids=["spot", "torn"])
def test_a_form_whose_code_nothing_reads_is_known_by_its_print(printed: Picture, spoil: Any) -> None:
    """It was taken for a petition with thirty subjects in its text."""
    petition = _read(damage.turned(damage.at_dpi(spoil(_filled(printed, (0, 7)), 1), 150), 90))
    assert petition["form"]
    assert petition["fields"]["neighbourhood"]["value"] == "Yayla"
    assert petition["fields"]["neighbourhood"]["sure"]
    assert petition["directorates"] == _wanted(0, 7)


def _hand_ticked(printed: Picture, tick: Any) -> Picture:
    """Box 3 is crossed in blue, and ``tick`` does something else, in colour."""
    page = np.asarray(cv2.cvtColor(_filled(printed, ()), cv2.COLOR_GRAY2BGR), np.uint8)
    pens.cross(page, *_box(3), random.Random(2), pens.PENS[2])
    tick(page)
    return np.asarray(damage.at_dpi(page, 200), np.uint8)


@pytest.mark.parametrize(
    ("tick", "what"),
    [
        (lambda p: pens.strike_out(p, *_box(10), random.Random(1), pens.PENS[2]), "scratched over"),
        (lambda p: pens.circled(p, *_box(10), random.Random(1), pens.PENS[2]), "ringed"),
        (lambda p: cv2.circle(p, tuple(int(v) for v in _box(10)[0] + (30, 330)), 300, (150, 40, 20), 10), "stamped"),
    ],
)  # fmt: skip
def test_a_box_that_may_not_be_ticked_is_a_persons(printed: Picture, tick: Any, what: str) -> None:
    """A tick taken back and a stamp's edge were filed as requests; a ring was not seen."""
    petition = _read(_hand_ticked(printed, tick))
    assert petition["review"], what
    assert "İşaretli olup olmadığı anlaşılamayan konu" in petition["reason"]
    assert petition["directorates"] == _wanted(3)


def test_ink_of_any_colour_ticks_and_a_copiers_dust_does_not(printed: Picture) -> None:
    def red(page: Picture) -> None:
        pens.check(page, *_box(10), random.Random(1), pens.PENS[5])
        left, top = (int(v) for v in _box(20)[0] + 25)
        cv2.circle(page, (left, top), 5, (20, 20, 20), -1)

    assert _read(_hand_ticked(printed, red))["directorates"] == _wanted(3, 10)


def test_a_copy_of_a_copy_keeps_the_rims_of_the_boxes(printed: Picture) -> None:
    """Printed 0.2 mm thin they were lost, and no tick could be believed."""
    petition = _read(damage.copied_again(damage.at_dpi(_filled(printed, (0, 7)), 200), 7))
    assert petition["directorates"] == _wanted(0, 7)


def test_a_faint_pencil_on_a_copy_is_handwriting(printed: Picture) -> None:
    page = np.asarray(cv2.cvtColor(_filled(printed, (0,), written=False), cv2.COLOR_GRAY2BGR), np.uint8)
    pens.scrawl(page, random.Random(4), pens.PENS[7])
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    petition = _read(damage.photocopied(damage.at_dpi(grey, 200), 7))
    assert "yazı kutusu boş" not in petition["reason"]


def test_black_squares_alone_make_no_form() -> None:
    page = files.scan(0).clean.copy()
    for left, top in plan.MARKS:
        x, y = round(left * forms.DOTS), round(top * forms.DOTS)
        page[y : y + 71, x : x + 71] = 0
    assert not _read(damage.at_dpi(page, 200))["form"]


def test_a_form_without_its_code_and_of_another_list_decides_nothing() -> None:
    words = (
        Word("Halı", 1.0, plan.in_pixels(24, 93, 10, 4)),
        Word("yıkama", 1.0, plan.in_pixels(35, 93, 10, 4)),
    )
    page = Page(1, Condition.READ, (Line(words),), 1680, 2376, form=Ticks((0,)))
    petition = Petition((page,), Fields(), "", form=FormCode("Yayla", "", plan.LIST_UNKNOWN))
    with App.open(example_settings()) as app:
        (route,) = route_form(petition, app.office).routes
        assert route.review
        assert doubts_of_form(petition, app.office) == ["Formun karekodu okunamadı; işaretli konuya bakınız."]


def test_the_number_below_the_code_is_read() -> None:
    assert plan.number_in("Sayfa 261126 - abcde") == "261126-ABCDE"
    assert plan.number_in("0532 000 00 00") == ""


def test_a_form_without_a_tick_or_without_words_is_a_persons(printed: Picture) -> None:
    petition = _read(damage.at_dpi(_filled(printed, (), written=False), 150))
    assert petition["review"]
    assert petition["reason"].startswith("Formda işaretli konu bulunamadı. Formun yazı kutusu boş görünüyor.")


def test_a_form_sent_back_as_it_was_made_is_a_form_and_asks_for_nothing(tmp_path: Path) -> None:
    """Its text layer is sound, and names every matter that could be ticked."""
    with App.open(example_settings()) as app:
        print_form(app, "Yayla", tmp_path / "form.pdf")
        pages = read_scan((tmp_path / "form.pdf").read_bytes())
        (petition,) = scan_json(pages, app.office, CAME)["petitions"]
    assert pages[0].form == Ticks(ticked=(), doubtful=(), handwriting=None)
    assert petition["review"]


def test_a_code_comes_back_as_it_was_written() -> None:
    code = FormCode("19 Mayıs", "261126-ABCDE", "0a1b2c3d")
    assert read_code(code.text) == code
    assert read_code("https://example.com") is None


def test_what_a_headman_reads_on_the_form_is_as_large_as_a_letter_s_print(tmp_path: Path) -> None:
    with App.open(example_settings()) as app:
        print_form(app, "Yayla", tmp_path / "form.pdf")
    [page] = pypdfium2.PdfDocument(tmp_path / "form.pdf")
    sizes, size = [], c_float()
    for each in page.get_objects([FPDF_PAGEOBJ_TEXT]):
        assert FPDFTextObj_GetFontSize(each, size)
        sizes.append(round(size.value, 1))
    assert len(sizes) > plan.MOST_SUBJECTS
    assert sorted(sizes)[:2] == [8.0, 9.5], "only the form's own number is smaller"
