"""A scanned form read back: code and ticks, and what is printed on it where its code cannot be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from daemon.domain.petitions import form as plan
from daemon.domain.petitions.petition import Line, Ticks
from daemon.scans.form_place import lay
from daemon.scans.form_ticks import read_ticks
from daemon.scans.loading import Picture
from daemon.scans.tesseract import read_lines

_FORMATS = zxingcpp.barcode_formats_from_str("QRCode,Code39,Code128")
"""Of our form, and of the separator sheets that scanners' makers print; looking for all kinds takes thrice the time."""
_SINGLE_LINE, _BLOCK = 7, 6
_HEAD = (14.0, 11.0, 134.0, 42.0)
"""Left, top, width, height of the lines that name office, neighbourhood and headman."""


@dataclass(frozen=True, slots=True)
class ReadForm:
    """``lines`` are only there when ``code`` could not be read: the form's head and the ticked subjects."""

    flat: Picture
    ticks: Ticks
    code: str
    lines: tuple[Line, ...] = ()


def codes_on(page: Picture) -> list[zxingcpp.Barcode]:
    """The codes of our own form and of separator sheets, wherever and however turned they stand."""
    return zxingcpp.read_barcodes(page, formats=_FORMATS, try_invert=False)


def form_among(codes: Iterable[zxingcpp.Barcode]) -> zxingcpp.Barcode | None:
    """The code of our form."""
    return next((code for code in codes if plan.read_code(code.text) is not None), None)


def read_form(page: Picture, code: zxingcpp.Barcode | None) -> ReadForm | None:
    """The form on an even page, in whatever position; ``None`` where none is seen. ``code`` was found on that page."""
    laid = lay(page, code)
    if laid is None:
        return None
    ticks = read_ticks(laid)
    text = code.text if code is not None else _code_of(laid.flat)
    lines = () if text else tuple(_printed_on(laid.flat, ticks))
    return ReadForm(laid.flat, ticks, text, lines)


def _code_of(flat: Picture) -> str:
    """The code under a stamp or a stain: looked for where it must be, as dark as print only, and larger."""
    left, top, side = plan.QR
    box = plan.in_pixels(left - 4, top - 4, side + 8, side + 8)
    part = cv2.resize(flat[box.top : box.bottom, box.left : box.right], None, fx=2, fy=2)
    for darkest in (None, 60, 100, 140):
        shown = part if darkest is None else np.where(part < darkest, np.uint8(0), np.uint8(255))
        found = form_among(codes_on(np.ascontiguousarray(shown)))
        if found is not None:
            return str(found.text)
    return ""


def _printed_on(flat: Picture, ticks: Ticks) -> Iterator[Line]:
    yield from _read(flat, *_HEAD, layout=_BLOCK)
    left, top, side = plan.QR
    yield from _read(flat, left - 2, top + side + 0.3, side, 5.0, layout=_SINGLE_LINE)
    for n in (*ticks.ticked, *ticks.doubtful):
        yield from _read(flat, *plan.label_place(n), layout=_SINGLE_LINE)


def _read(
    flat: Picture, left: float, top: float, width: float, height: float, *, layout: int
) -> Iterator[Line]:
    """Twice as large as it is, for the smallest print is on a form; places are the form's."""
    box = plan.in_pixels(left, top, width, height)
    part = cv2.resize(
        flat[box.top : box.bottom, box.left : box.right], None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC
    )
    for line in read_lines(np.ascontiguousarray(part), layout=layout, dpi=300):
        yield Line(tuple(word.placed(box.left, box.top, 1.5) for word in line.words))
