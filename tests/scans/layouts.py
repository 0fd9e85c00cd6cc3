"""Draws a petition on a clean A4 page: five layouts, several fonts, and the text as it stands there."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from daemon.domain.text import turkish_upper
from tests.scans.texts import Truth, show_date, show_phone

DPI = 300
WIDTH, HEIGHT = 2480, 3508
_FOLDER = Path("/usr/share/fonts/truetype")
FONTS = {
    "serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    "sans": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    "narrow": ("liberation/LiberationSansNarrow-Regular.ttf", "liberation/LiberationSansNarrow-Bold.ttf"),
    "mono": ("liberation/LiberationMono-Regular.ttf", "liberation/LiberationMono-Bold.ttf"),
    "dejavu": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
    "dejavu-serif": ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
}


@dataclass
class Sheet:
    """A page being written; ``lines`` is its text in reading order."""

    family: str
    points: float
    image: Image.Image = field(default_factory=lambda: Image.new("L", (WIDTH, HEIGHT), 255))
    lines: list[str] = field(default_factory=list)
    y: float = 260.0
    left: int = 290
    right: int = WIDTH - 260

    def font(self, scale: float = 1.0, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(_FOLDER / FONTS[self.family][bold], round(self.points * scale * DPI / 72))

    def row(self, *cells: tuple[str, str], scale: float = 1.0, bold: bool = False, gap: float = 1.45) -> None:
        """One line of print; each cell is (``left`` | ``centre`` | ``right`` | ``sign``, text)."""
        draw, font = ImageDraw.Draw(self.image), self.font(scale, bold=bold)
        for where, text in cells:
            width = draw.textlength(text, font)
            x = {"left": self.left, "centre": (WIDTH - width) / 2, "right": self.right - width,
                 "sign": self.right - 420 - width / 2}[where]  # fmt: skip
            draw.text((x, self.y), text, 0, font)
        self.lines.append(" ".join(text for _, text in cells))
        self.y += font.size * gap

    def skip(self, rows: float) -> None:
        self.y += self.points * DPI / 72 * 1.45 * rows

    def paragraph(self, text: str, indent: int = 150) -> None:
        """Justified by breaking lines at words."""
        draw, font = ImageDraw.Draw(self.image), self.font()
        words, room = text.split(), self.right - self.left
        line, offset = "", indent
        for word in [*words, ""]:
            wider = f"{line} {word}".strip()
            if word and draw.textlength(wider, font) <= room - offset:
                line = wider
                continue
            draw.text((self.left + offset, self.y), line, 0, font)
            self.lines.append(line)
            self.y += font.size * 1.45
            line, offset = word, 0


def _letterhead(sheet: Sheet, truth: Truth, chance: random.Random) -> None:
    place = turkish_upper(truth.neighbourhood)
    sheet.row(("centre", "T.C."), bold=True)
    sheet.row(
        ("centre", chance.choice(("ÖRNEK İLÇESİ", "ÖRNEK KAYMAKAMLIĞI", "ANKARA İLİ ÖRNEK İLÇESİ"))),
        bold=True,
    )
    sheet.row(("centre", chance.choice((f"{place} MAHALLESİ MUHTARLIĞI", f"{place} MAHALLE MUHTARLIĞI",
                                        f"{truth.neighbourhood} Mahallesi Muhtarlığı"))), bold=True)  # fmt: skip
    sheet.skip(1.5)


def _body(sheet: Sheet, truth: Truth) -> None:
    for text in truth.body:
        sheet.paragraph(text)
    sheet.skip(2)


def _addressee(sheet: Sheet, chance: random.Random) -> None:
    sheet.skip(1)
    sheet.row(("centre", chance.choice(("MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE", "ÖRNEK BELEDİYE BAŞKANLIĞINA",
                                        "Örnek Belediyesi Muhtarlık İşleri Müdürlüğüne"))), bold=True)  # fmt: skip
    sheet.skip(1)


def official(sheet: Sheet, truth: Truth, chance: random.Random) -> None:
    """Letterhead, number and date, subject, addressee, body, signature, contact at the foot."""
    _letterhead(sheet, truth, chance)
    sheet.row(("left", f"Sayı : 2026/{chance.randrange(1, 90)}"), ("right", show_date(chance, truth.written)))
    sheet.row(("left", f"Konu : {truth.subject}{chance.choice(('', ' Hk.', ' hakkında'))}"))
    _addressee(sheet, chance)
    _body(sheet, truth)
    sheet.row(("sign", _person(truth, chance)))
    sheet.row(("sign", f"{truth.neighbourhood} Mahallesi Muhtarı"))
    sheet.skip(3)
    contact = (
        f"Adres: {truth.neighbourhood} Mahallesi Muhtarlık Binası  Tel: {show_phone(chance, truth.phone)}"
    )
    sheet.row(("left", contact), scale=0.85)


def plain(sheet: Sheet, truth: Truth, chance: random.Random) -> None:
    """Date on the right, addressee, body, signature, contact block of labels."""
    sheet.row(("right", f"Tarih: {show_date(chance, truth.written)}"))
    _addressee(sheet, chance)
    sheet.row(("left", f"KONU: {truth.subject}"), bold=True)
    sheet.skip(0.5)
    _body(sheet, truth)
    sheet.row(("sign", _person(truth, chance)))
    sheet.row(("sign", f"{turkish_upper(truth.neighbourhood)} MAHALLESİ MUHTARI"))
    sheet.skip(2)
    sheet.row(("left", f"Telefon : {show_phone(chance, truth.phone)}"))
    sheet.row(("left", f"Adres : {truth.neighbourhood} Mah. Muhtarlık Ofisi"))


def labelled(sheet: Sheet, truth: Truth, chance: random.Random) -> None:
    """A ruled form: labels on the left, what was filled in on the right."""
    sheet.row(("centre", "MUHTAR TALEP DİLEKÇESİ"), scale=1.2, bold=True)
    sheet.skip(1)
    draw = ImageDraw.Draw(sheet.image)
    for label, value in (("Mahallesi", truth.neighbourhood), ("Muhtarın Adı Soyadı", truth.headman),
                         ("Telefonu", show_phone(chance, truth.phone)), ("Tarih", show_date(chance, truth.written)),
                         ("Konusu", truth.subject)):  # fmt: skip
        top = sheet.y - 14
        draw.text((sheet.left + 620, sheet.y), value, 0, sheet.font())
        sheet.row(("left", label), bold=True, gap=1.9)
        sheet.lines[-1] = f"{label} {value}"
        draw.rectangle((sheet.left - 25, top, sheet.right, sheet.y - 14), outline=0, width=4)
        draw.line((sheet.left + 590, top, sheet.left + 590, sheet.y - 14), fill=0, width=4)
    sheet.skip(1)
    _body(sheet, truth)
    sheet.row(("sign", truth.headman))
    sheet.row(("sign", "(imza)"))


def referring(sheet: Sheet, truth: Truth, chance: random.Random) -> None:
    """With a reference to an older letter, whose date is not this one's."""
    _letterhead(sheet, truth, chance)
    sheet.row(("left", f"Tarih : {show_date(chance, truth.written)}"))
    sheet.row(("left", f"Konu  : {truth.subject}"))
    _addressee(sheet, chance)
    sheet.row(("left", "İlgi : 14.03.2025 tarihli ve 2025/17 sayılı yazımız."))
    sheet.skip(0.5)
    _body(sheet, truth)
    sheet.row(("sign", f"{truth.neighbourhood} Mah. Muhtarı"))
    sheet.row(("sign", _person(truth, chance)))
    sheet.skip(2)
    sheet.row(("left", f"İrtibat: {show_phone(chance, truth.phone)}"), scale=0.9)


def running(sheet: Sheet, truth: Truth, chance: random.Random) -> None:
    """No letterhead: the neighbourhood stands in the text and under the signature, the date at the foot."""
    _addressee(sheet, chance)
    sheet.paragraph(f"Konu: {truth.subject}", indent=0)
    sheet.skip(0.5)
    sheet.paragraph(f"{truth.neighbourhood} Mahallesi muhtarı olarak aşağıdaki hususu bilgilerinize sunarım.")
    _body(sheet, truth)
    sheet.row(("right", show_date(chance, truth.written)))
    sheet.row(("right", _person(truth, chance)))
    sheet.row(("right", f"{truth.neighbourhood} Mahalle Muhtarı"))
    sheet.row(("right", f"GSM: {show_phone(chance, truth.phone)}"))


def _person(truth: Truth, chance: random.Random) -> str:
    first, _, last = truth.headman.rpartition(" ")
    return chance.choice((truth.headman, f"{first} {turkish_upper(last)}", turkish_upper(truth.headman)))


LAYOUTS: tuple[Callable[[Sheet, Truth, random.Random], None], ...] = (
    official,
    plain,
    labelled,
    referring,
    running,
)


def draw_page(
    truth: Truth, chance: random.Random, layout: int, *, points: float = 12.0
) -> tuple[Image.Image, str]:
    """The clean page at 300 dpi and its text."""
    sheet = Sheet(chance.choice(tuple(FONTS)), points)
    LAYOUTS[layout % len(LAYOUTS)](sheet, truth, chance)
    return sheet.image, "\n".join(sheet.lines)
