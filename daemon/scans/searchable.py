"""A searchable page of ours whose words are known already: its picture, and the words under it, invisible.

Laid out as Tesseract's own pages are (its font without shapes, embedded: ISO 19005-2, 6.2.11.4.1 asks that of words
that nobody sees, too), so that pages of both kinds make one PDF/A. A page that came as a PDF with sound text is drawn
anew: its own fonts, colours and scripts need not be fit for an archive, and the original is kept beside it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import pikepdf
from pikepdf import Array, Dictionary, Name

from daemon.domain.petitions.petition import Line
from daemon.scans.engine import engine
from daemon.scans.loading import DPI, Picture

_QUALITY = 85
"""Of the JPEG, as Tesseract has it."""
_POINTS = 72.0
_WIDE = 0.5
"""Every letter of the font without shapes, in heights of a letter; the words are stretched to their true widths."""
_ALL_LETTERS = 65_536
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def write_searchable(picture: Picture, lines: Iterable[Line], target: Path, *, dpi: float) -> None:
    """``picture`` is grey or red-green-blue; ``lines`` are places on it; ``dpi`` is 0 where its size is not known."""
    scale = _POINTS / (dpi or DPI)
    height, width = picture.shape[:2]
    with pikepdf.new() as document:
        words = "\n".join(_words(lines, scale, height * scale))
        across, up = f"{width * scale:.2f}", f"{height * scale:.2f}"
        content = f"q {across} 0 0 {up} 0 0 cm /Page Do Q\nBT 3 Tr\n{words}\nET"
        resources = Dictionary(
            XObject=Dictionary(Page=_drawn(document, picture)), Font=Dictionary(Words=_font(document))
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width * scale, 2), round(height * scale, 2)]),
            Resources=resources,
            Contents=document.make_stream(content.encode("ascii")),
        )
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
        document.save(target)


def _words(lines: Iterable[Line], scale: float, height: float) -> Iterator[str]:
    """The operators that place each word, with the blank that follows it."""
    for line in lines:
        tall = max(1.0, line.box.height * scale)
        for word in line.words:
            wide = (word.box.right - word.box.left) * scale
            letters = word.text.encode("utf-16-be", errors="replace")
            stretch = 100 * max(0.1, wide) / (tall * _WIDE * max(1, len(letters) // 2))
            left, low = word.box.left * scale, height - line.box.bottom * scale
            yield (
                f"1 0 0 1 {left:.2f} {low:.2f} Tm /Words {tall:.2f} Tf {stretch:.2f} Tz <{letters.hex()}0020> Tj"
            )


def _drawn(document: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    in_their_order = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", in_their_order, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    height, width = picture.shape[:2]
    drawn = document.make_stream(data.tobytes())
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": width,
        "/Height": height,
        "/BitsPerComponent": 8,
        "/ColorSpace": Name.DeviceGray if picture.ndim == 2 else Name.DeviceRGB,
        "/Filter": Name.DCTDecode,
    }.items():
        drawn[key] = value
    return drawn


def _font(document: pikepdf.Pdf) -> pikepdf.Object:
    """Tesseract's, whose only shape is an empty one; every letter is that one."""
    file = document.make_stream(engine().font())
    file["/Length1"] = len(engine().font())
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.GlyphLessFont,
        Flags=5,
        FontBBox=Array([0, 0, 500, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=-1,
        CapHeight=1000,
        StemV=80,
        FontFile2=file,
    )
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.GlyphLessFont,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=document.make_stream(b"\0\1" * _ALL_LETTERS),
        FontDescriptor=document.make_indirect(descriptor),
        DW=round(1000 * _WIDE),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name.GlyphLessFont,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(letters)]),
        ToUnicode=document.make_stream(_TO_UNICODE),
    )
    return document.make_indirect(font)
