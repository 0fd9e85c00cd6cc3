"""The searchable file that is kept with a petition is PDF/A-2b (ISO 19005-2), whatever the petition came as.

Judged by pikepdf's validator, which approves only what it knows to conform (its rules are numbered as veraPDF's). By
hand, Apache PDFBox's Preflight (Debian: libpdfbox2-java) found the same files fit for PDF/A-1b, whose rules are
stricter, once they are called so.
"""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from daemon.scans.opening import open_scan
from daemon.scans.searchable import write_searchable
from tests.scans import damage, files, hostile
from tests.steps.scan_office import LETTER


def _kept(data: bytes) -> bytes:
    with open_scan(data) as opened:
        return opened.document([page.number for page in opened.pages])


def _faults(document: bytes) -> list[str]:
    from pikepdf import pdfa  # not above: it takes seconds, and every worker collects this file

    report = pdfa.validate_written(io.BytesIO(document), "2b")
    assert report.passed is not bool(report.findings)
    return [str(finding) for finding in report.findings]


def _jpeg(picture: damage.Picture, mode: str = "RGB") -> bytes:
    data = io.BytesIO()
    files.as_image(picture).convert(mode).save(data, "JPEG")
    return data.getvalue()


def _typed_with_a_stamp() -> bytes:
    """Print from a word processor, and a coloured picture on the page."""
    with pikepdf.open(io.BytesIO(files.typed_pdf(LETTER))) as document:
        page = document.pages[0]
        page.contents_add(b"q 0.8 0.1 0.1 rg 400 100 60 60 re f Q")
        data = io.BytesIO()
        document.save(data)
    return data.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: files.png(files.scan(0).picture),
    "photograph (JPEG)": lambda: _jpeg(files.scan(12).picture),
    "CMYK JPEG": lambda: _jpeg(files.scan(12).picture, "CMYK"),
    "TIFF of two pages": lambda: files.tiff([files.scan(0).picture, files.scan(24).picture]),
    "fax": lambda: files.tiff([files.scan(10).picture]),
    "PDF of a scanner": lambda: files.pdf([files.scan(0).picture, files.scan(17).picture]),
    "PDF of a word processor": lambda: files.typed_pdf(LETTER),
    "PDF with colours": _typed_with_a_stamp,
    "PDF of both": lambda: hostile.behind(files.typed_pdf(LETTER), files.pdf([files.scan(0).picture])),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_with_a_petition_is_pdf_a(kind: str) -> None:
    assert _faults(_kept(KINDS[kind]())) == []


def test_its_colour_profile_is_one_that_every_part_of_the_standard_allows() -> None:
    """Of ICC version 2. Pillow's own was of version 4.4, younger than ISO 19005-2 and refused by Preflight."""
    with pikepdf.open(io.BytesIO(_kept(files.png(files.scan(0).picture)))) as document:
        profile = document.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert (profile[8], profile[36:40]) == (2, b"acsp")
        assert document.pdf_version >= "1.4"


def test_a_typed_page_keeps_its_words_and_shows_what_it_showed() -> None:
    """It is drawn anew: its words can still be found where they stand, and its colours are there."""
    data = _typed_with_a_stamp()
    shown, kept = pypdfium2.PdfDocument(data)[0], pypdfium2.PdfDocument(_kept(data))[0]
    assert kept.get_size() == pytest.approx(shown.get_size(), abs=0.5)
    first, second = (
        np.asarray(page.render(scale=2).to_numpy()[:, :, :3], np.int16) for page in (shown, kept)
    )
    assert np.abs(first - second[: first.shape[0], : first.shape[1]]).mean() < 2
    words, places = kept.get_textpage(), shown.get_textpage()
    assert words.get_text_range().split() == LETTER.split()
    for said in ("Şahinbey", "Kaldırım"):
        at = [page.get_charbox(page.search(said).get_next()[0]) for page in (words, places)]
        assert at[0] == pytest.approx(at[1], abs=6)


def test_letters_outside_the_basic_plane_and_broken_ones_are_no_hindrance(tmp_path: Path) -> None:
    from daemon.domain.petitions.petition import Box, Line, Word

    page = np.full((400, 300), 255, np.uint8)
    words = (Word("Yayla😀", 1.0, Box(10, 10, 90, 30)), Word("\ud800\x02", 1.0, Box(100, 10, 100, 10)))
    write_searchable(page, [Line(words)], tmp_path / "page.pdf", dpi=0.0)
    text = pypdfium2.PdfDocument(tmp_path / "page.pdf")[0].get_textpage().get_text_range()
    assert text.startswith("Yayla😀")


def test_a_file_with_a_page_that_nobody_could_read_claims_nothing() -> None:
    name = next(name for name in hostile.TRAPS if " × " in name and "inches" not in name)
    kept = _kept(hostile.behind(files.typed_pdf(LETTER), hostile.TRAPS[name]()))
    with pikepdf.open(io.BytesIO(kept)) as document:
        assert len(document.pages) == 2
        assert "/OutputIntents" not in document.Root
        assert "/Metadata" not in document.Root
