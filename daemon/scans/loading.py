"""Pages as pictures: from PDF, TIFF, JPEG, PNG and HEIC, at about 200 dpi, upright as their file says.

Runs in a process with limits (:mod:`daemon.scans.apart`). Headers are looked at before anything is unpacked.
"""

import io
import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from daemon.domain.files.limits import MOST_PAGES, MOST_PIXELS
from daemon.domain.petitions.petition import Box, Line, Word
from daemon.scans.kinds import Kind, corrupt, dynamic_form, encrypted, kind_of, too_large, too_many

Picture = NDArray[Any]
"""Bytes: grey (rows, columns) or colour (rows, columns, red-green-blue)."""

DPI = 200
A4_LONG_INCHES = 11.69
LONGEST = 2_600
"""Pixels of the longer side of a rendered page: a plan of a metre is not petition-sized."""
_PHOTO_LONGEST = 3_200
_NARROWEST = 60
"""Pixels of the shorter side: on less there are no words."""
_TYPED_IN = frozenset({pypdfium2.raw.FPDF_FORMFIELD_TEXTFIELD, pypdfium2.raw.FPDF_FORMFIELD_COMBOBOX})
_MOST_FIELDS = 500
_NO_VALUE = 2
"""Bytes of an empty value: it ends with a zero."""
_FAX_WIDTHS = {1728, 2432}
cv2.setNumThreads(1)  # pages run side by side instead; threads do not survive the fork into their processes
Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before unpacking
ImageFile.LOAD_TRUNCATED_IMAGES = True  # a scan cut short by the network still has most of its lines


@dataclass(frozen=True, slots=True)
class Loaded:
    """A page before any treatment. ``dpi`` is 0 when nothing is known of its size; ``layer`` the lines of its text
    layer, in pixels of ``picture``; ``covered`` whether a picture covers the page: the layer is then somebody's OCR."""

    picture: Picture
    dpi: float = 0.0
    layer: tuple[Line, ...] = ()
    covered: bool = False


_DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, AttributeError, struct.error
)  # fmt: skip
"""What Pillow raises on broken pictures (a fraction where a TIFF's place should be …)."""


def count_pages(data: bytes) -> int:
    """Raises :class:`Unprocessable` with the reason for files that cannot be read at all."""
    kind = kind_of(data)
    if kind is Kind.PDF:
        pages = _count_pdf(data)
    elif kind is Kind.TIFF:
        with _opened(data) as image:
            pages = int(getattr(image, "n_frames", 1))
    else:
        with _opened(data) as image:
            _check_size(image)
            pages = 1
    if pages > MOST_PAGES:
        raise too_many(pages)
    if pages == 0:
        raise corrupt("no pages")
    return pages


def load_page(data: bytes, place: int) -> Loaded:
    """The page at ``place`` (from 0)."""
    if kind_of(data) is Kind.PDF:
        return _render(data, place)
    with _opened(data) as image:
        try:
            image.seek(place)
            _check_size(image)
            return _unpack(image)
        except _DAMAGED as fault:
            raise corrupt(str(fault)) from fault


# --- PDF --------------------------------------------------------------------------------------------------


def _count_pdf(data: bytes) -> int:
    with _pdf(data) as document:
        if document.get_formtype() == pypdfium2.raw.FORMTYPE_XFA_FULL:
            raise dynamic_form()
        return len(document)


def _pdf(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise encrypted() from fault
        raise corrupt(str(fault)) from fault


def _render(data: bytes, place: int) -> Loaded:
    with _pdf(data) as document:
        try:
            if document.get_formtype():
                document.init_forms()  # else a form's values are not drawn
            page = document[place]
            shown = _pictures_on(page)
            width, height = page.get_size()
            scale = min(DPI / 72, LONGEST / max(width, height, 1.0))
            if min(width, height) * scale < _NARROWEST:
                raise corrupt(f"page of {width:g} × {height:g} points")
            bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True)
            picture = np.array(bitmap.to_numpy())
            if shown and picture.min() == 255:
                _check_drawn(shown)
            layer = () if _is_filled_in(document, page) else _layer(page, scale, height)
        except (pypdfium2.PdfiumError, ValueError) as fault:
            raise corrupt(f"page {place + 1}: {fault}") from fault
        picture = picture[:, :, :3] if picture.ndim == 3 else picture
        return Loaded(_less_colour(picture), scale * 72, layer, _are_covering(shown, width * height))


def _is_filled_in(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> bool:
    """Whether it is a form with values, which its text layer does not say."""
    raw, form = pypdfium2.raw, document.formenv
    for n in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_FIELDS) if form else 0):
        field = raw.FPDFPage_GetAnnot(page, n)
        is_typed_in = raw.FPDFAnnot_GetFormFieldType(form, field) in _TYPED_IN
        filled = is_typed_in and raw.FPDFAnnot_GetFormFieldValue(form, field, None, 0) > _NO_VALUE
        raw.FPDFPage_CloseAnnot(field)
        if filled:
            return True
    return False


def _pictures_on(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfImage]:
    """Raises :class:`Unprocessable` when one announces more than we unpack: PDFium would leave it out, and the page
    would seem blank."""
    found = []
    for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        if isinstance(thing, pypdfium2.PdfImage):
            width, height = thing.get_px_size()
            if width * height > MOST_PIXELS:
                raise too_large(width, height)
            found.append(thing)
    return found


def _check_drawn(pictures: Sequence[pypdfium2.PdfImage]) -> None:
    """A page of pure white may be so because PDFium cannot unpack what is on it: that is no blank page."""
    for each in pictures:
        each.get_bitmap().close()


def _are_covering(pictures: Sequence[pypdfium2.PdfImage], area: float) -> bool:
    """Whether pictures cover most of the page: then its text is what somebody's OCR has read."""
    shown = 0.0
    for each in pictures:
        left, bottom, right, top = each.get_bounds()
        shown += max(0.0, right - left) * max(0.0, top - bottom)
    return shown > 0.5 * area


def _layer(page: pypdfium2.PdfPage, scale: float, height: float) -> tuple[Line, ...]:
    """The text layer's words, with their places; nothing for a turned page (reading the picture is surer there)."""
    text_page = page.get_textpage()
    count = text_page.count_chars()
    if not count or count > 60_000 or page.get_rotation():
        return ()
    if abs(pypdfium2.raw.FPDFText_GetCharAngle(text_page, count // 2)) > 0.1:
        return ()
    text = text_page.get_text_range(0, count, errors="replace")
    if len(text) != count:  # letters outside the basic plane shift the places
        return ()
    lines: list[list[Word]] = [[]]
    begun: list[int] = []
    for at, letter in enumerate([*text, "\n"]):
        if not letter.isspace() and letter != "\ufffe":
            begun.append(at)
            continue
        if begun:
            boxes = [text_page.get_charbox(each) for each in begun]
            left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
            low, high = min(b[1] for b in boxes), max(b[3] for b in boxes)
            box = Box(*(round(v * scale) for v in (left, height - high, right, height - low)))
            lines[-1].append(Word("".join(text[each] for each in begun), 0.99, box))
            begun = []
        if letter in "\r\n" and lines[-1]:
            lines.append([])
    return tuple(Line(tuple(words)) for words in lines if words)


# --- pictures ---------------------------------------------------------------------------------------------


def _opened(data: bytes) -> Image.Image:
    if kind_of(data) is Kind.HEIC:
        from pi_heif import register_heif_opener  # only telephones write it

        register_heif_opener()
    try:
        with warnings.catch_warnings(action="ignore"):
            return Image.open(io.BytesIO(data))
    except _DAMAGED as fault:  # also UnidentifiedImageError, an OSError
        raise corrupt(str(fault)) from fault


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise too_large(width, height)
    if min(width, height) < _NARROWEST:
        raise corrupt(f"{width} × {height} pixels")


def _unpack(image: Image.Image) -> Loaded:
    """No larger than needed: JPEG unpacks to a half or quarter by itself."""
    full = max(image.size)
    dpi = _dots(image)
    image.draft(None, (_PHOTO_LONGEST, _PHOTO_LONGEST))
    with warnings.catch_warnings(action="ignore"):
        upright = ImageOps.exif_transpose(image)
    if upright.mode not in {"L", "RGB"}:
        upright = _flat(upright)
    if max(upright.size) > 1.25 * _PHOTO_LONGEST:
        upright = upright.reduce(int(max(upright.size) / _PHOTO_LONGEST + 0.5))
    picture = _square(_less_colour(np.array(upright)), dpi)
    return Loaded(picture, dpi[0] * max(picture.shape[:2]) / full if dpi[0] else 0.0)


def _flat(image: Image.Image) -> Image.Image:
    """Any mode on white paper, in grey or colour."""
    if image.mode in {"1", "I", "F", "LA", "La"} or image.mode.startswith("I;16"):
        if image.mode.startswith("I"):
            values = np.asarray(image).astype(np.float32)
            top = float(values.max(initial=1.0))
            return Image.fromarray((values * (255.0 / max(top, 255.0))).astype(np.uint8))
        if image.mode in {"LA", "La"}:
            white = Image.new("LA", image.size, (255, 255))
            return Image.alpha_composite(white.convert("RGBA"), image.convert("RGBA")).convert("L")
        return image.convert("L")
    if image.mode in {"RGBA", "PA"} or "transparency" in image.info:
        full = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", full.size, (255,) * 4), full).convert("RGB")
    return image.convert("RGB")


def _dots(image: Image.Image) -> tuple[float, float]:
    """Dots per inch, across and down; (0, 0) when not told or absurd."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if 60 <= across <= 1_300 and 60 <= down <= 1_300 else (0.0, 0.0)


def _square(picture: Picture, dpi: tuple[float, float]) -> Picture:
    """Fax pages have 204 × 98 dots to the inch (ITU-T T.4): their lines are drawn apart."""
    height, width = picture.shape[:2]
    stretch = dpi[0] / dpi[1] if dpi[0] else 1.0
    if stretch == 1.0 and width in _FAX_WIDTHS and height < 0.95 * width:
        stretch = 204 / 98
    if 0.9 < stretch < 1.1:
        return picture
    return np.asarray(
        cv2.resize(picture, (width, round(height * stretch)), interpolation=cv2.INTER_CUBIC), np.uint8
    )


def _less_colour(picture: Picture) -> Picture:
    """A colour picture without colour is a grey one."""
    if picture.ndim == 2:
        return picture
    few = picture[::8, ::8].astype(np.int16)
    spread = few.max(axis=2) - few.min(axis=2)
    if float((spread > 24).mean()) < 0.0005:
        return np.ascontiguousarray(picture[:, :, 1])
    return np.ascontiguousarray(picture)
