"""A scanned form read back: code, ticks, the handwriting's place; what is printed on it where its code cannot be read.

Ticks are judged against the form's own empty boxes, which are most of the thirty: how dark they are says what copiers'
grain and faint toner do on this page. What no pen does (folds, streaks) is taken out first. A box scratched over, or
ringed, may mean either: that is a person's to decide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from daemon.domain import petition_form as plan
from daemon.domain.petition import Line, Ticks
from daemon.scans.cleaning import without_rules
from daemon.scans.form_place import Laid, lay_by_code, lay_by_marks
from daemon.scans.loading import Picture
from daemon.scans.shapes import Labels, shapes_of
from daemon.scans.tesseract import read_lines

_FORMATS = zxingcpp.barcode_formats_from_str("QRCode,Code39,Code128")
"""Of our form, and of the separator sheets that scanners' makers print; looking for all kinds takes thrice the time."""
_PAPER, _BLACK = 225.0, 90.0
"""Lighter than the first is paper; from the second on ink is as dark as it counts."""
_TICKED, _EMPTY = 0.055, 0.025
"""Ink inside a box, beyond what its empty neighbours show, from which it is ticked, and up to which it is not; between
them a person looks."""
_SPREAD = 5.0
"""So many times as far as empty boxes differ among each other must a tick stand out."""
_SCRATCHED, _BEYOND = 0.15, 0.012
"""Ink inside and on the left and right of a box that is scratched over rather than ticked: even a large cross leaves
through the corners."""
_RINGED, _RING_BEGINS = 0.10, 0.05
"""Ink on a box's outsides from which a ring may be around it, and on the left alone around it and its words."""
_SHAPE = 0.15
"""So dark are points that belong together."""
_SPECK, _LARGEST = 1.4, 14.0
"""Millimetres: a smaller shape is dust, a shape that is larger is a stamp's, a stain's or a fold's and no tick."""
_RIM = 0.75
"""Millimetres inside a box that its printed rim may reach."""
_MOST = 6
"""More subjects than anybody ticks: streaks or stains, then."""
_LEGIBLE = 0.5
"""Share of the boxes that must be seen: where copies of copies have lost them, every tick is doubtful."""
_WRITTEN = 0.0012
"""Share of the handwriting's box that is strokes, from which there is some."""
_FAINT = 215
"""A pencil on a copy is hardly darker."""
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
    laid = lay_by_code(page, code) if code is not None else lay_by_marks(page)
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


# --- ticks --------------------------------------------------------------------------------------------------


def read_ticks(laid: Laid) -> Ticks:
    """Which boxes are ticked, which are doubtful, and where there is handwriting."""
    bare = without_rules(laid.flat)
    dark, shapes, size = _without_specks(_darkness(bare))
    written = plan.in_pixels(*plan.WRITING) if _is_written(bare) else None
    inside = np.array([_ink(dark, box) for box in laid.boxes])
    beyond = np.array([_outsides(dark, box) for box in laid.boxes])
    excess, noise = _beyond_usual(inside)
    around = beyond - np.median(beyond, axis=0)
    strange = _are_of_something_large(laid, shapes, size)
    ticked, doubtful = [], []
    for n in range(plan.MOST_SUBJECTS):
        left, _, _, right = around[n]
        ringed = bool(np.sort(around[n])[1] > _RINGED or (excess[n] < _EMPTY and left > _RING_BEGINS))
        scratched = bool(excess[n] > _SCRATCHED and min(left, right) > _BEYOND)
        plain = not (ringed or scratched or strange[n])
        if excess[n] >= max(_TICKED, _SPREAD * noise) and plain and laid.share >= _LEGIBLE:
            ticked.append(n)
        elif excess[n] > max(_EMPTY, _SPREAD / 2 * noise) or ringed:
            doubtful.append(n)
    if len(ticked) > _MOST:
        ticked, doubtful = [], sorted((*ticked, *doubtful))
    return Ticks(tuple(ticked), tuple(doubtful), written)


def _darkness(flat: Picture) -> NDArray[np.float32]:
    """0 paper … 1 ink."""
    grey = cv2.GaussianBlur(flat, (0, 0), 0.8).astype(np.float32)
    return np.asarray(np.clip((_PAPER - grey) / (_PAPER - _BLACK), 0, 1), np.float32)


def _without_specks(dark: NDArray[np.float32]) -> tuple[NDArray[np.float32], Labels, NDArray[np.int32]]:
    """Without a copier's dust, which is smaller than any tick; and the shapes that there are."""
    shapes, facts = shapes_of((dark > _SHAPE).astype(np.uint8))
    size = np.maximum(facts[:, cv2.CC_STAT_WIDTH], facts[:, cv2.CC_STAT_HEIGHT])
    specks = size < _SPECK * plan.PIXELS
    specks[0] = False  # the paper
    return np.where(specks[shapes], np.float32(0), dark), shapes, size


def _are_of_something_large(laid: Laid, shapes: Labels, size: NDArray[np.int32]) -> list[bool]:
    """Of each box, whether most of the ink in it belongs to a shape that goes far beyond it."""
    side = round(plan.TICK * plan.PIXELS)
    found = []
    for x, y in ((round(x), round(y)) for x, y in laid.boxes):
        inside = shapes[y + 6 : y + side - 6, x + 6 : x + side - 6]
        counts = np.bincount(inside[inside > 0].ravel(), minlength=1)
        largest = int(counts.argmax())
        found.append(bool(largest and size[largest] > _LARGEST * plan.PIXELS))
    return found


def _ink(dark: NDArray[np.float32], at: tuple[float, float]) -> float:
    """Inside a box, away from its printed rim."""
    left, top = at
    side, edge = plan.TICK * plan.PIXELS, _RIM * plan.PIXELS
    part = dark[round(top + edge) : round(top + side - edge), round(left + edge) : round(left + side - edge)]
    return float(part.mean()) if part.size else 0.0


def _outsides(dark: NDArray[np.float32], at: tuple[float, float]) -> tuple[float, float, float, float]:
    """Left, above, below, right of a box: from half a millimetre to one and a half; on the right the words begin."""
    x, y = (round(v) for v in at)
    mm, side = plan.PIXELS, round(plan.TICK * plan.PIXELS)
    near, far = round(0.5 * mm), round(1.5 * mm)
    parts = (
        dark[y : y + side, x - far : x - near],
        dark[y - far : y - near, x : x + side],
        dark[y + side + near : y + side + far, x : x + side],
        dark[y : y + side, x + side + near : x + side + round(1.1 * mm)],
    )
    return tuple(float(part.mean()) if part.size else 0.0 for part in parts)  # type: ignore[return-value]


def _beyond_usual(inside: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Each box's ink less that of an empty one, and how much empty ones differ."""
    usual = float(np.median(inside))
    quiet = inside[inside <= np.quantile(inside, 0.75)]
    return inside - usual, float(np.median(np.abs(quiet - usual)))


def _is_written(bare: Picture) -> bool:
    """Whether strokes stand in the box for handwriting: shapes of a letter's or a word's size, not specks."""
    left, top, width, height = plan.WRITING
    box = plan.in_pixels(left + 2, top + 2, width - 4, height - 4)
    part = bare[box.top : box.bottom, box.left : box.right]
    inked = (cv2.GaussianBlur(part, (0, 0), 0.8) < _FAINT).astype(np.uint8)
    joined = cv2.morphologyEx(
        inked, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)
    )  # a fax leaves dots of a pencil
    _, facts = shapes_of(np.asarray(joined, np.uint8))
    tall, wide = facts[1:, cv2.CC_STAT_HEIGHT], facts[1:, cv2.CC_STAT_WIDTH]
    strokes = (
        (np.maximum(tall, wide) > 1.5 * plan.PIXELS) & (tall > 0.8 * plan.PIXELS) & (tall < 40 * plan.PIXELS)
    )
    return bool(strokes.sum() >= 3 and facts[1:, cv2.CC_STAT_AREA][strokes].sum() > _WRITTEN * part.size)
