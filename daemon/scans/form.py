"""Draws the petition form (fpdf2, QR by segno) and reads a scanned one back: code, ticks, the handwriting's place."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import fpdf
import numpy as np
import segno
import zxingcpp

from daemon.domain import petition_form as plan
from daemon.domain.errors import ConfigurationError
from daemon.domain.petition import FormCode, Ticks
from daemon.scans.loading import Picture

_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
)
_FORMATS = zxingcpp.barcode_formats_from_str("QRCode,Code39,Code128")
"""Of our form, and of the separator sheets that scanners' makers print; looking for all kinds takes thrice the time."""
_INK = 140
_TICKED, _EMPTY = 0.075, 0.03
"""Share of ink inside a box from which it is ticked, and up to which it is not; between them a person looks."""
_WRITTEN = 0.002
_SIZE = (round(plan.WIDTH * plan.PIXELS), round(plan.HEIGHT * plan.PIXELS))


# --- drawing ----------------------------------------------------------------------------------------------


def draw_form(code: FormCode, subjects: Sequence[str], office: str, headman: str) -> bytes:
    """One page, ready to print."""
    page = fpdf.FPDF(unit="mm", format="A4")
    page.set_auto_page_break(auto=False)
    page.add_font("form", fname=_font())
    page.set_title(f"Muhtar talep formu {code.number}")
    page.set_lang("tr-TR")
    page.add_page()
    for left, top in plan.MARKS:
        page.rect(left, top, plan.MARK, plan.MARK, style="F")
    _draw_code(page, code)
    _write(page, 22, 14, f"{office}", 11)
    _write(page, 22, 24, "MUHTAR TALEP FORMU", 16)
    _write(page, 22, 36, f"Mahalle: {code.neighbourhood}", 12)
    _write(page, 22, 44, f"Muhtar: {headman}", 12)
    _write(page, 22, 54, "Tarih: ..... / ..... / 20.....", 11)
    _write(page, 22, 63, "Telefon: ..............................................", 11)
    _write(page, 16, 82, "Konu (uygun kutuyu X ile işaretleyiniz):", 11)
    for n, subject in enumerate(subjects):
        left, top = plan.tick_place(n)
        page.rect(left, top, plan.TICK, plan.TICK)
        _write(page, left + plan.TICK + 1.5, top + 0.6, subject, 8, room=54)
    left, top, width, height = plan.WRITING
    _write(page, left, top - 7, "Talebinizi okunaklı olarak bu kutuya yazınız:", 11)
    page.rect(left, top, width, height)
    page.set_draw_color(215)
    for line in range(1, 8):
        page.line(left + 2, top + line * height / 8, left + width - 2, top + line * height / 8)
    _write(page, 16, 254, "Adres: ....................................................................", 11)
    _write(page, 140, 262, "İmza:", 11)
    return bytes(page.output())


def _draw_code(page: fpdf.FPDF, code: FormCode) -> None:
    """Drawn as squares, so that it stays sharp at any size."""
    left, top, side = plan.QR
    modules = [list(row) for row in segno.make(code.text, error="m", boost_error=True).matrix]
    size = side / len(modules)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                page.rect(left + x * size, top + y * size, size * 1.02, size * 1.02, style="F")
    _write(page, left, top + side + 1, code.number, 8)


def _write(page: fpdf.FPDF, left: float, top: float, text: str, points: float, room: float = 130.0) -> None:
    """On one line, smaller where it would be too long."""
    page.set_font("form", size=points)
    wide = page.get_string_width(text)
    if wide > room:
        page.set_font("form", size=points * room / wide)
    page.set_xy(left, top)
    page.cell(text=text)


def _font() -> str:
    found = next((path for path in _FONTS if Path(path).is_file()), None)
    if found is None:
        line = "form için yazı tipi yok: apt install fonts-dejavu-core"
        raise ConfigurationError("no font with Turkish letters is installed", faults=(line,), reason=line)
    return found


# --- reading back -------------------------------------------------------------------------------------------


def codes_on(page: Picture) -> list[zxingcpp.Barcode]:
    """The codes of our own form and of separator sheets, wherever and however turned they stand."""
    return zxingcpp.read_barcodes(page, formats=_FORMATS, try_invert=False)


def form_among(codes: Iterable[zxingcpp.Barcode]) -> zxingcpp.Barcode | None:
    """The code of our form."""
    return next((code for code in codes if plan.read_code(code.text) is not None), None)


def lay_straight(page: Picture, code: zxingcpp.Barcode) -> Picture:
    """The form seen from straight above, the right way up: by its code first, then by the marks in its corners."""
    left, top, side = plan.QR
    planned = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    corners = code.position
    seen = [
        (float(p.x), float(p.y))
        for p in (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    ]
    to_page = _turn(planned, seen)
    for reach in (14.0, 7.0):  # the code alone leads near the far marks; with them, close to all
        near = [(place, _mark_near(page, to_page, place, reach)) for place in plan.MARKS]
        found = [(place, at) for place, at in near if at is not None]
        if len(found) >= 3:
            middle = plan.MARK / 2
            marks = [(x + middle, y + middle) for (x, y), _ in found]
            to_page = _turn([*planned, *marks], [*seen, *(at for _, at in found)])
    scaled = to_page @ np.diag([1 / plan.PIXELS, 1 / plan.PIXELS, 1.0])
    flat = cv2.warpPerspective(
        page, scaled, _SIZE, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=(255, 255, 255)
    )
    return np.asarray(flat, np.uint8)


Points = Sequence[tuple[float, float]]


def _turn(planned: Points, seen: Points) -> Picture:
    matrix, _ = cv2.findHomography(np.array(planned, np.float64), np.array(seen, np.float64))
    return np.asarray(matrix)


def _mark_near(
    page: Picture, to_page: Picture, place: tuple[float, float], reach: float
) -> tuple[float, float] | None:
    """The middle of the black square that should be at ``place`` (millimetres), looked for ``reach`` around it."""
    x, y = place[0] + plan.MARK / 2, place[1] + plan.MARK / 2
    middle, beside = (
        cv2.perspectiveTransform(np.array([[point]]), to_page)[0, 0] for point in ((x, y), (x + 10, y))
    )
    scale = float(np.linalg.norm(beside - middle)) / 10
    half = int(reach * scale)
    left, top = max(0, int(middle[0]) - half), max(0, int(middle[1]) - half)
    window = page[top : int(middle[1]) + half, left : int(middle[0]) + half]
    if not window.size:
        return None
    _, _, facts, centres = cv2.connectedComponentsWithStats((window < _INK).astype(np.uint8), connectivity=4)
    side = plan.MARK * scale
    best: tuple[float, tuple[float, float]] | None = None
    for n in range(1, len(facts)):
        _, _, wide, high, area = (int(v) for v in facts[n])
        if not (
            0.6 * side < wide < 1.6 * side and 0.6 * side < high < 1.6 * side and area > 0.6 * wide * high
        ):
            continue
        at = (left + float(centres[n][0]), top + float(centres[n][1]))
        away = float(np.hypot(at[0] - middle[0], at[1] - middle[1]))
        if best is None or away < best[0]:
            best = (away, at)
    return best[1] if best else None


def read_ticks(flat: Picture) -> Ticks:
    """Which boxes are ticked on the form laid straight, which are doubtful, and where there is handwriting."""
    shares = [
        _ink_in(flat, *plan.tick_place(n), plan.TICK, plan.TICK, rim=1.0) for n in range(plan.MOST_SUBJECTS)
    ]
    ticked = tuple(n for n, share in enumerate(shares) if share >= _TICKED)
    doubtful = tuple(n for n, share in enumerate(shares) if _EMPTY < share < _TICKED)
    written = _ink_in(flat, *plan.WRITING, rim=2.5) > _WRITTEN
    return Ticks(ticked, doubtful, plan.in_pixels(*plan.WRITING) if written else None)


def _ink_in(flat: Picture, left: float, top: float, width: float, height: float, *, rim: float) -> float:
    """Share of ink inside a box, away from its printed rim."""
    box = plan.in_pixels(left + rim, top + rim, width - 2 * rim, height - 2 * rim)
    inside = flat[box.top : box.bottom, box.left : box.right]
    return float((inside < _INK).mean()) if inside.size else 0.0
