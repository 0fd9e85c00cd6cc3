"""One page: from its bytes to its words. Runs in a process of its own (:mod:`daemon.scans.apart`).

Order: a sound text layer is believed; else the paper is found, its light evened, dust and rules taken out, the page
turned; what is blank is told; then Tesseract reads, and once more, treated otherwise, where it was unsure. Where only
the other side's print shines through, the page is blank, too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from rapidfuzz import fuzz

from daemon.domain.petitions import form as petition_form
from daemon.domain.petitions.petition import Box, Code, Condition, Line, Page
from daemon.domain.petitions.quality import (
    HOPELESS,
    POOR,
    is_sound,
    quality,
    without_scrawl,
    without_stray_quotes,
    worth,
)
from daemon.domain.petitions.rows import as_printed
from daemon.domain.text import fold
from daemon.scans import cleaning, strips
from daemon.scans.form_reading import ReadForm, codes_on, form_among, read_form
from daemon.scans.loading import DPI, Loaded, Picture, load_page
from daemon.scans.searchable import write_searchable
from daemon.scans.second_look import look_again, without_paler
from daemon.scans.tesseract import read_and_keep, read_lines

_UNTOLD = 0.75
"""A reading less sure than this is tried upside-down, where the print's shape did not say which way up it is."""
Standing = tuple[Picture, bool]
"""A page made upright, and whether its print's shape told which way up it is."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Where the upright picture (``page-001.png``) and the searchable page (``page-001.pdf``) are to be put."""

    folder: Path

    def picture(self, number: int) -> Path:
        return self.folder / f"page-{number:03d}.png"

    def searchable(self, number: int) -> Path:
        return self.folder / f"page-{number:03d}.pdf"


def read_page(data: bytes, place: int, keep: Keep | None = None) -> Page:
    """Read the page at ``place`` (from 0)."""
    loaded = load_page(data, place)
    number = place + 1
    if (page := _from_layer(loaded, number)) is not None:
        if keep:
            cv2.imwrite(str(keep.picture(number)), cleaning.grey_of(loaded.picture))
            write_searchable(loaded.picture, loaded.layer, keep.searchable(number), dpi=loaded.dpi)
        return page
    clean = cleaning.cleaned(loaded.picture, loaded.dpi)
    even = cleaning.without_dust(clean)
    if even is None:
        return Page(number, Condition.BLANK)
    ways = cleaning.standings(even)
    stood, told = next(ways)
    codes = codes_on(stood)
    if (form := _form_on(loaded, clean, stood, form_among(codes))) is not None:
        return _form_page(form, number, keep)
    target = keep.searchable(number) if keep else None
    picture, lines = _read(loaded, (stood, told), ways, target)
    if quality(lines) < HOPELESS and _shines_through(loaded, stood):
        return Page(number, Condition.BLANK)
    if keep:
        cv2.imwrite(str(keep.picture(number)), picture)
    height, width = picture.shape
    rows = as_printed(lines)
    page = Page(number, Condition.READ, rows, width, height, _places(codes))
    if quality(lines) <= HOPELESS:
        return page
    page = look_again(page, picture)
    return replace(page, lines=without_stray_quotes(without_scrawl(page.lines)))


def _form_on(
    loaded: Loaded, clean: Picture, stood: Picture, code: zxingcpp.Barcode | None
) -> ReadForm | None:
    """Our own form, looked for with whatever colour a pen has, and before dust was taken out, which takes faint
    ticks along; where its code is only seen on the page as it is read otherwise, there."""
    inked = clean
    if loaded.picture.ndim == 3 and (code is not None or read_form(clean, None) is not None):
        inked = cleaning.cleaned(loaded.picture, loaded.dpi, keep_colour=True)
    seen = form_among(codes_on(inked)) if code is not None else None
    found = read_form(inked, seen)
    return read_form(stood, code) if code is not None and (found is None or not found.code) else found


def _form_page(form: ReadForm, number: int, keep: Keep | None) -> Page:
    """The code and ticks of our own form are read, its handwriting is not guessed at."""
    flat = form.flat
    if keep:
        cv2.imwrite(str(keep.picture(number)), flat)
        read_and_keep(flat, keep.searchable(number))
    height, width = flat.shape
    left, top, side = petition_form.QR
    codes = (Code(form.code, petition_form.in_pixels(left, top, side, side)),) if form.code else ()
    return Page(number, Condition.READ, form.lines, width, height, codes, form=form.ticks)


# --- the text layer -----------------------------------------------------------------------------------------


def _from_layer(loaded: Loaded, number: int) -> Page | None:
    """The page by its own text, when that is sound and, on a scan, says what a strip of the picture shows; not our own
    form, whose printed words ask for nothing."""
    text = "\n".join(line.text for line in loaded.layer)
    if not is_sound(text):
        return None
    grey = cleaning.grey_of(loaded.picture)
    if loaded.covered and not _agrees(loaded.layer, grey):
        return None
    codes = codes_on(grey)
    if form_among(codes) is not None:
        return None
    height, width = grey.shape
    return Page(number, Condition.READ, loaded.layer, width, height, _places(codes), from_text_layer=True)


def _agrees(layer: tuple[Line, ...], grey: Picture) -> bool:
    """Whether a strip of the page, read anew, says the same."""
    top, strip = strips.at(grey, layer[len(layer) // 2].box.top)
    told = " ".join(
        line.text for line in layer if top <= line.box.top and line.box.bottom <= top + strips.HIGH
    )
    seen = " ".join(line.text for line in read_lines(strip, layout=6))
    return len(told) > 20 and fuzz.partial_ratio(fold(told), fold(seen)) > 80 and fuzz.ratio(told, seen) > 60


# --- reading ----------------------------------------------------------------------------------------------


def _read(
    loaded: Loaded, stood: Standing, others: Iterator[Standing], target: Path | None
) -> tuple[Picture, tuple[Line, ...]]:
    """The upright page and its lines, from the best of a few readings; a searchable page in ``target``."""
    picture, told = _by_its_words(cleaning.without_rules(stood[0]), told=stood[1])
    lines = read_and_keep(picture, target) if target else read_lines(picture)
    best, found = _way_up(picture, lines, told=told)
    if quality(found) < HOPELESS and (other := next(others, None)) is not None:
        side = cleaning.without_rules(other[0])
        side, again = _way_up(side, read_lines(side), told=other[1])
        best, found = (side, again) if _reads_better(again, found) else (best, found)
    if quality(found) < POOR:
        best, found = _otherwise(loaded, best, found)
    if target and best is not picture:
        read_and_keep(best, target)
    return best, found


def _by_its_words(picture: Picture, *, told: bool) -> Standing:
    """The page as a strip of it says that it stands, where the print's shape did not tell."""
    if told or (on_its_head := strips.stands_on_its_head(picture)) is None:
        return picture, told
    return (np.ascontiguousarray(np.rot90(picture, 2)) if on_its_head else picture), True


def _way_up(picture: Picture, lines: tuple[Line, ...], *, told: bool) -> tuple[Picture, tuple[Line, ...]]:
    """Upside-down, if that reads better. ``told`` is whether the print's shape said which way up it is."""
    if quality(lines) >= (HOPELESS if told else _UNTOLD):
        return picture, lines
    turned = np.ascontiguousarray(np.rot90(picture, 2))
    again = read_lines(turned)
    return (turned, again) if _reads_better(again, lines) else (picture, lines)


def _shines_through(loaded: Loaded, stood: Picture) -> bool:
    """Whether the page bears nothing but the print of the sheet's other side: it reads well in a mirror, and there is
    no stronger ink, which somebody might have written over it."""
    if not cleaning.has_one_ink(loaded.picture, loaded.dpi):
        return False
    mirrored = np.ascontiguousarray(cleaning.without_rules(stood)[:, ::-1])
    sides = (mirrored, np.ascontiguousarray(np.rot90(mirrored, 2)))
    return any(quality(read_lines(side)) > _UNTOLD for side in sides)


def _reads_better(again: tuple[Line, ...], lines: tuple[Line, ...]) -> bool:
    """Worth more and surer: of two hopeless readings the one with fewer letters would be worth more."""
    return worth(again) > worth(lines) and quality(again) > quality(lines)


def _otherwise(loaded: Loaded, picture: Picture, lines: tuple[Line, ...]) -> tuple[Picture, tuple[Line, ...]]:
    """Read once more: where little was read without what is paler than the darkest print (the other side's), and
    with its colours where it has some; else larger."""
    if quality(lines) < HOPELESS and not cleaning.has_one_ink(loaded.picture, loaded.dpi):
        picture, lines = _anew(without_paler(cleaning.cleaned(loaded.picture, loaded.dpi)), picture, lines)
    if loaded.picture.ndim == 3 and quality(lines) < HOPELESS:
        return _anew(cleaning.cleaned(loaded.picture, loaded.dpi, keep_colour=True), picture, lines)
    again = _at_first_size(read_lines(cleaning.larger(picture), dpi=DPI * 3 // 2))
    return picture, max(lines, again, key=worth)


def _anew(clean: Picture, picture: Picture, lines: tuple[Line, ...]) -> tuple[Picture, tuple[Line, ...]]:
    """The page treated otherwise from the beginning, if it reads better so."""
    even = cleaning.without_dust(clean)
    if even is None:
        return picture, lines
    other, told = cleaning.upright(even)
    other, again = _way_up(other, read_lines(other), told=told)
    return (other, again) if worth(again) > worth(lines) else (picture, lines)


def _at_first_size(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(Line(tuple(replace(word, box=_shrunk(word.box)) for word in line.words)) for line in lines)


def _shrunk(box: Box) -> Box:
    return Box(*(round(side / 1.5) for side in (box.left, box.top, box.right, box.bottom)))


def _places(codes: Iterable[zxingcpp.Barcode]) -> tuple[Code, ...]:
    return tuple(Code(each.text, _around(each)) for each in codes if each.text)


def _around(code: zxingcpp.Barcode) -> Box:
    corners = code.position
    points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    return Box(
        min(p.x for p in points), min(p.y for p in points), max(p.x for p in points), max(p.y for p in points)
    )
