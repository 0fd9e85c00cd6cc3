"""Through the real Tesseract: what a closer look finds, pages that lie on their side, two petitions on one sheet."""

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from rapidfuzz.distance import Levenshtein

from daemon.app import App
from daemon.domain.errors import ConfigurationError, Temporary
from daemon.domain.petitions.petition import Petition
from daemon.domain.petitions.reading import read_petitions
from daemon.scans import engine, open_scan, read_scan, strips
from daemon.scans.tesseract import read_lines
from daemon.settings import example_settings
from tests.scans import files
from tests.scans.damage import Picture, at_dpi, grainy, photocopied, skewed, turned
from tests.scans.generator import CAME, SEED


def _petitions(data: bytes) -> tuple[Petition, ...]:
    with App.open(example_settings()) as app:
        return read_petitions(read_scan(data), app.office.registry, CAME)


def _without_margin(clean: Picture) -> Picture:
    rows = np.flatnonzero((clean < 128).any(axis=1))
    return clean[max(0, rows[0] - 60) : rows[-1] + 120]


def test_a_line_that_the_layout_did_not_see_is_read_all_the_same() -> None:
    scan = files.scan(6)
    copy = turned(photocopied(at_dpi(skewed(scan.clean, -2.5), 150), SEED + 6), 180)
    (petition,) = _petitions(files.png(copy))
    assert petition.fields.written.value == scan.truth.written.isoformat()


def test_a_day_that_a_stamp_crosses_is_read_all_the_same() -> None:
    """Its rings join the figures that they cross, and are lighter than they are."""
    page = np.full((1100, 1600), 255, np.uint8)
    for n, text in enumerate(
        ("Sokagimizda kaldirim bozuktur, yayalar gecemiyor.", "Onarilmasini arz ederim.")
    ):
        cv2.putText(page, text, (120, 200 + 70 * n), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2, cv2.LINE_AA)
    for radius in (105, 136, 150):
        cv2.circle(page, (1180, 590), radius, 120, 3, cv2.LINE_AA)
    cv2.putText(page, "25.05.2026", (1080, 470), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2, cv2.LINE_AA)
    (petition,) = _petitions(files.png(page))
    assert petition.fields.written.value == "2026-05-25"


def test_who_signs_is_read_under_the_pen() -> None:
    """Tesseract sees nothing of a line that a signature crosses, or its end; alone, and larger, it reads some of it."""
    page = np.full((1100, 1600), 255, np.uint8)
    for left, top, text in (
        (120, 200, "Sokagimizda kaldirim bozuktur, yayalar gecemiyor."),
        (120, 270, "Onarilmasini arz ederim."),
        (800, 470, "Yayla Mahallesi Muhtari"),
        (860, 540, "Mustafa Sahinbey"),
    ):
        cv2.putText(page, text, (left, top), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2, cv2.LINE_AA)
    strokes = [
        [820, 560],
        [860, 420],
        [900, 560],
        [950, 410],
        [990, 570],
        [1040, 430],
        [1090, 540],
        [1200, 500],
    ]
    cv2.polylines(page, [np.array(strokes, np.int32)], False, 90, 4, cv2.LINE_AA)
    (petition,) = _petitions(files.png(page))
    assert petition.fields.neighbourhood.value == "Yayla"
    assert "Muhtari" in petition.text


@pytest.mark.parametrize("upside_down", [False, True])
def test_a_strip_tells_which_way_up_a_page_stands(upside_down: bool) -> None:
    clean = at_dpi(files.scan(6).clean, 200)
    assert strips.stands_on_its_head(turned(clean, 180) if upside_down else clean) is upside_down


def test_a_strip_in_which_nothing_can_be_read_tells_nothing() -> None:
    assert strips.stands_on_its_head(np.full((2339, 1654), 255, np.uint8)) is None


@pytest.mark.parametrize("number", [0, 5])
def test_rows_that_a_stamp_s_frame_crosses_are_read(number: int) -> None:
    """Tesseract takes the frame for a picture's, and what it crosses for a part of that."""
    scan = files.scan(number)
    page = at_dpi(scan.clean, 200)
    stamp = np.full_like(page, 255)
    frame = cv2.boxPoints(((700, 700), (420, 260), 4)).astype(np.int32)
    cv2.polylines(stamp, [frame], isClosed=True, color=140, thickness=6, lineType=cv2.LINE_AA)
    for row, text in enumerate(("GELEN EVRAK", "ORNEK BELEDIYESI", "No: 3924")):
        cv2.putText(stamp, text, (520, 640 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 140, 4, cv2.LINE_AA)
    (read,) = read_scan(files.png(np.minimum(page, stamp)))
    assert Levenshtein.normalized_similarity(" ".join(read.text.split()), " ".join(scan.text.split())) > 0.99


def test_a_number_in_doubt_becomes_sure_when_a_larger_reading_says_the_same() -> None:
    scan = files.scan(29)
    (petition,) = _petitions(files.png(scan.picture))
    assert petition.fields.phone.value.replace(" ", "")[-10:] == scan.truth.phone
    assert petition.fields.phone.sure


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_dusty_copy_on_its_side_is_read(quarters: int) -> None:
    scan = files.scan(6)
    (petition,) = _petitions(files.png(np.ascontiguousarray(np.rot90(scan.picture, quarters))))
    assert petition.fields.neighbourhood.value == scan.truth.neighbourhood
    assert petition.fields.headman.value == scan.truth.headman


def test_two_petitions_on_one_sheet_are_read_as_two() -> None:
    upper, lower = files.scan(0), files.scan(1)
    sheet = np.vstack([_without_margin(upper.clean), _without_margin(lower.clean)])
    first, second = _petitions(files.png(grainy(at_dpi(sheet, 200), 5, 1)))
    for petition, scan in ((first, upper), (second, lower)):
        assert petition.numbers == (1,)
        assert petition.fields.neighbourhood.value == scan.truth.neighbourhood
        assert petition.fields.written.value == scan.truth.written.isoformat()
        assert petition.fields.subject.value.startswith(scan.truth.subject)
        assert petition.doubts == ()
    spot = second.fields.neighbourhood.spot
    assert spot is not None
    assert spot.box.top > second.pages[0].top > 0


def test_the_kept_page_is_searchable() -> None:
    with open_scan(files.png(files.scan(0).picture)) as scan:
        document = pypdfium2.PdfDocument(scan.document([1]))
        assert files.scan(0).truth.neighbourhood in document[0].get_textpage().get_text_range()


def test_without_turkish_the_reason_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(ConfigurationError) as refused:
        engine.Engine()
    assert "apt install tesseract-ocr" in refused.value.reason


def test_a_page_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SECONDS", 0.001)
    with pytest.raises(Temporary):
        read_lines(at_dpi(files.scan(0).clean, 200))
