"""Draws the petition form (fpdf2, QR by segno); :mod:`.form_reading` reads a scanned one back."""

from collections.abc import Sequence
from pathlib import Path

import fpdf
import segno

from daemon.domain.errors import ConfigurationError
from daemon.domain.petitions import form as plan
from daemon.domain.petitions.petition import FormCode

_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
)


_RIM = 0.4
"""Millimetres: a thinner line is lost on a copy of a copy, and with it where the boxes stand."""


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
    page.set_line_width(_RIM)
    for n, subject in enumerate(subjects):
        left, top = plan.tick_place(n)
        page.rect(left, top, plan.TICK, plan.TICK)
        _write(page, left + plan.TICK + 1.5, top + 0.6, subject, 9.5, room=54)
    page.set_line_width(_RIM / 2)
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
        raise ConfigurationError("no font with Turkish letters is installed", reason=line)
    return found
