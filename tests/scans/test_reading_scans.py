"""Real files through the real Tesseract: what is read from a scan, whatever kind of file it came in."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from daemon.app import App
from daemon.cli import muhtarlik
from daemon.domain.petitions.petition import Condition
from daemon.domain.petitions.reading import scan_json
from daemon.domain.text import fold
from daemon.scans import cleaning, read_scan
from daemon.scans.paper import straightened
from daemon.settings import example_settings
from tests.scans import damage, files
from tests.scans.generator import CAME, Scan
from tests.steps.scan_office import LETTER

OFFICE_TEXT = LETTER.replace(".10.2026", ".03.2026")
"""Of before the generated petitions came."""


def _read(data: bytes) -> dict[str, Any]:
    with App.open(example_settings()) as app:
        return scan_json(read_scan(data), app.office, CAME)


def _told_truly(petition: dict[str, Any], scan: Scan) -> bool:
    fields = {name: field["value"] for name, field in petition["fields"].items()}
    truth = scan.truth
    return (
        fields["neighbourhood"] == truth.neighbourhood
        and fields["headman"] == truth.headman
        and fields["date"] == truth.written.isoformat()
        and fold(fields["subject"]).startswith(fold(truth.subject))
        and "".join(c for c in fields["phone"] if c.isdigit())[-10:] == truth.phone
    )


@pytest.mark.parametrize("number", [5, 12, 23], ids=["turned", "photograph", "small print at 150 dpi"])
def test_every_field_of_a_degraded_page_is_read(number: int) -> None:
    scan = files.scan(number)
    found = _read(files.png(scan.picture))
    assert found["pages"] == 1
    (petition,) = found["petitions"]
    assert _told_truly(petition, scan)
    assert petition["fields"]["neighbourhood"]["sure"]
    assert not petition["review"]


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "GIF"])
def test_pictures_as_telephones_and_old_programs_save_them_are_read(kind: str) -> None:
    (petition,) = _read(files.photographed(OFFICE_TEXT, kind))["petitions"]
    assert petition["fields"]["neighbourhood"]["value"] == "Yayla"
    assert petition["fields"]["subject"]["value"] == "Kaldırım onarımı"


@pytest.mark.parametrize("printed", ["Talep formu", ""])
def test_the_values_of_a_pdf_form_are_read_with_what_is_printed_on_it(printed: str) -> None:
    """They stand in no text layer, and are drawn only if asked for."""
    values = [
        "Konu: Asfalt",
        "Yayla Mahallesi Su Deposu Sokakta asfalt bozuktur.",
        "Onarilmasini arz ederim.",
    ]
    (petition,) = _read(files.form_of(printed, values))["petitions"]
    assert petition["fields"]["neighbourhood"]["value"] == "Yayla"
    assert "asfalt bozuktur" in petition["body"]


def test_an_empty_pdf_form_is_read_by_its_text_layer() -> None:
    (petition,) = _read(files.form_of(OFFICE_TEXT, [""]))["petitions"]
    assert petition["fields"]["neighbourhood"]["sure"]


def test_a_pile_of_petitions_is_split_and_its_blank_backs_are_dropped() -> None:
    first, second = files.scan(0), files.scan(28)
    found = _read(files.tiff([first.picture, files.blank(), second.picture, files.blank()]))
    assert [p["pages"] for p in found["petitions"]] == [[1], [3]]
    assert found["blank_pages"] == [2, 4]
    assert [_told_truly(p, s) for p, s in zip(found["petitions"], (first, second), strict=True)] == [
        True,
        True,
    ]


def test_a_sound_text_layer_is_believed_and_no_page_is_read_anew() -> None:
    (page,) = read_scan(files.typed_pdf(OFFICE_TEXT))
    assert page.from_text_layer
    with App.open(example_settings()) as app:
        (petition,) = scan_json([page], app.office, CAME)["petitions"]  # type: ignore[misc]
    assert {name: field["value"] for name, field in petition["fields"].items()} == {
        "neighbourhood": "Yayla",
        "headman": "Mustafa Şahinbey",
        "date": "2026-03-12",
        "subject": "Kaldırım onarımı",
        "phone": "0500 000 04 21",
    }
    assert all(field["sure"] for field in petition["fields"].values())
    assert petition["directorates"] == ["Fen İşleri Müdürlüğü"]


def test_a_broken_text_layer_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "bozuk.pdf"
    path.write_bytes(files.typed_pdf(OFFICE_TEXT))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for font in document.pages[0].Resources.Font.values():
            del font["/ToUnicode"]  # letters are drawn, but nobody can tell any more which they are
        document.save(path)
    (page,) = read_scan(path.read_bytes())
    assert not page.from_text_layer
    assert "Yayla Mahallesi Muhtarı" in page.text


def test_a_blank_sheet_is_no_petition() -> None:
    (page,) = read_scan(files.pdf([files.blank()]))
    assert page.condition is Condition.BLANK


@pytest.mark.parametrize("strength", [0.14, 0.3, 0.45], ids=["pale", "plain", "strong"])
def test_the_back_of_a_printed_sheet_is_blank_though_its_print_shines_through(strength: float) -> None:
    front = files.scan(0).clean
    back = damage.back_of(front, 3, strength)
    found = _read(files.pdf([front, back]))
    assert [petition["pages"] for petition in found["petitions"]] == [[1]]
    assert found["blank_pages"] == [2]


@pytest.mark.parametrize("number", [11, 30])
def test_print_is_read_though_the_other_side_s_shines_through_it_strongly(number: int) -> None:
    scan, other = files.scan(number), files.scan(number + 1)
    (petition,) = _read(files.png(np.minimum(scan.clean, damage.back_of(other.clean, 3, 0.5))))["petitions"]
    assert _told_truly(petition, scan)


def test_what_somebody_wrote_on_the_back_of_a_printed_sheet_is_not_blank() -> None:
    back = damage.back_of(files.scan(0).clean, 3, 0.3)
    for n in range(6):  # a hand that nobody reads
        curve = [
            (300 + 40 * k, 1900 + 60 * n + round(18 * np.sin(3.7 * k + n) + 9 * np.sin(1.3 * k * n)))
            for k in range(25)
        ]
        cv2.polylines(back, [np.asarray(curve, np.int32)], False, 30, 4)
    (page,) = read_scan(files.png(back))
    assert page.condition is Condition.READ


@pytest.mark.parametrize("number", [22, 23])
def test_print_of_a_worn_out_toner_is_read_beside_what_is_darker(number: int) -> None:
    scan = files.scan(number)
    found = _read(files.png(damage.worn(scan.clean, number)))
    (petition,) = found["petitions"]
    assert _told_truly(petition, scan)


def test_a_clerk_sees_the_fields_in_turkish(tmp_path: Path) -> None:
    path = tmp_path / "dilekçe.pdf"
    path.write_bytes(files.typed_pdf(OFFICE_TEXT))
    told = CliRunner().invoke(muhtarlik, ["reading", str(path)], env={"MUHTARLIK_CONFIG": "/olmayan.toml"})
    assert "Mahalle        Yayla (kesin, " in told.output
    assert "Tarih          12.03.2026 (kesin, " in told.output
    told = CliRunner().invoke(
        muhtarlik, ["reading", str(path), "--json"], env={"MUHTARLIK_CONFIG": "/olmayan.toml"}
    )
    assert json.loads(told.output)["petitions"][0]["review"] is False


def test_more_specks_than_short_numbers_can_count_are_no_print() -> None:
    dusty = np.full((2_400, 1_800), 255, np.uint8)
    dusty[::4, ::4] = 0
    assert cleaning.without_dust(dusty) is None


def test_faint_print_that_falls_apart_is_no_dust() -> None:
    """Its specks stand in lines; those of a copier lie everywhere."""
    scan = files.scan(2)
    faint = damage.grainy(damage.faint(damage.at_dpi(scan.clean, 150), 150, 205), 9, seed=5)
    (page,) = read_scan(files.png(faint))
    assert Levenshtein.normalized_similarity(" ".join(page.text.split()), " ".join(scan.text.split())) > 0.95


def test_dust_beside_print_is_taken_away() -> None:
    dusty = damage.specks(files.scan(2).clean, 3_000, seed=5)
    clean = cleaning.without_dust(dusty)
    assert clean is not None
    assert (clean < 128).sum() < 0.9 * (dusty < 128).sum()


@pytest.mark.parametrize("quarters", [0, 1])
def test_the_points_of_a_typewriter_s_wide_letters_are_no_dust(quarters: int) -> None:
    """Its letters stand farther apart than others do, and where its lines are close, as far as those."""
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", 32)
    text = " ".join(files.scan(2).text.split())
    print_, points = Image.new("L", (1_500, 1_800), 255), np.zeros((1_800, 1_500), bool)
    for row in range(12):
        line = text[row * 39 : row * 39 + 30 + row % 9].strip(" .,")
        ImageDraw.Draw(print_).text((150, 200 + 38 * row), line, font=font, fill=0)
        end = 150 + round(font.getlength(line)) + 7
        points[225 + 38 * row : 230 + 38 * row, end : end + 5] = True
    page = np.array(print_)
    page[points] = 0
    rng = np.random.default_rng(3)
    for x, y in zip(rng.integers(0, 1_500, 400), rng.integers(1_000, 1_800, 400), strict=True):
        cv2.circle(page, (int(x), int(y)), 2, 0, -1)
    clean = cleaning.without_dust(np.ascontiguousarray(np.rot90(page, quarters)))
    assert clean is not None
    clean = np.rot90(clean, -quarters)
    assert (clean[points] < 128).mean() > 0.9
    assert (clean[1_000:] < 128).sum() < 0.2 * (page[1_000:] < 128).sum()


def test_print_under_the_streaks_of_a_dirty_glass_is_read() -> None:
    """Dirt darkens what is below it, and hides none of it."""
    scan = files.scan(2)
    streaked = damage.at_dpi(scan.clean, 150).copy()
    for x in range(60, streaked.shape[1], 210):
        streaked[:, x : x + 2] = (streaked[:, x : x + 2] * 0.45).astype(np.uint8)
    (page,) = read_scan(files.png(streaked))
    assert Levenshtein.normalized_similarity(" ".join(page.text.split()), " ".join(scan.text.split())) > 0.99


@pytest.mark.parametrize("quarters", [0, 1])
def test_print_that_lay_askew_under_a_scratched_glass_is_read(quarters: int) -> None:
    """What runs straight along the glass slants once the page is level, and must not be taken for the sheet's rim."""
    scan = files.scan(0)
    page = damage.skewed(damage.at_dpi(np.rot90(scan.clean, quarters), 200), 3.5)
    for share in (0.45, 0.6):
        at = round(share * page.shape[1])
        page[:, at : at + 3] = 20
    (read,) = read_scan(files.png(page))
    assert Levenshtein.normalized_similarity(" ".join(read.text.split()), " ".join(scan.text.split())) > 0.98


def test_a_shadow_across_a_scan_is_not_the_edge_of_its_paper() -> None:
    """What is below it looked like a sheet on a dark table."""
    half = damage.at_dpi(files.scan(2).clean, 150)[:877]
    page = np.vstack([half, half])
    height, width = page.shape
    light = np.ones(page.shape, np.float32) * np.linspace(0.8, 1.0, width, dtype=np.float32)
    light[: int(0.3 * height)] *= 0.75
    light[int(0.3 * height) : int(0.6 * height)] *= 0.35
    assert straightened((page * cv2.GaussianBlur(light, (0, 0), 9)).astype(np.uint8)) is None


@pytest.mark.parametrize("width", [8, 12, 20])
def test_a_line_down_a_copy_is_not_the_edge_of_its_paper(width: int) -> None:
    """Below a copier's black rim the half beside a fold looked like a sheet, and the rest of the page was cut off."""
    page = damage.at_dpi(files.scan(2).clean, 150).copy()
    for x in range(page.shape[1]):
        page[: 40 + round(10 * np.sin(x / 40)), x] = 30
    middle = page.shape[1] // 2
    page[:, middle : middle + width] = 30
    assert straightened(page) is None
