"""PDFs that are traps for whoever reads them: each small, quickly made, and always the same.

What unpacks to gigabytes is one packed megabyte of zeros (or of any other pattern), repeated; see :func:`packed`.
"""

import io
import struct
import zlib
from collections.abc import Callable, Sequence

import pikepdf
from PIL import Image

from tests.scans import files

GOOD = "Yayla Mahallesi muhtarı olarak kaldırımın onarılması için gereğini arz ederim. Su Deposu Sokak."
_ASCII_LETTER = (
    b"YAYLA MAHALLESI MUHTARLIGI",
    b"Mahallemiz Su Deposu Sokak uzerindeki kaldirim taslari sokulmus,",
    b"yayalar yurumekte zorluk cekmektedir.",
    b"Kaldirimin onarilmasi icin geregini arz ederim.",
    b"Mustafa Sahinbey, Yayla Mahallesi Muhtari",
)
_MEGABYTE = 1_000_000
_SIDE = 30_000


def packed(pattern: bytes, times: int) -> bytes:
    """``pattern`` so many times, in the zlib format (RFC 1950), packed once: full flushes make the pieces independent,
    and only the check sum at the end is missing, which readers of PDF do without."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = press.compress(pattern) + press.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + piece * times + b"\x03\x00"


def written(objects: Sequence[bytes], *, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data, places = head, []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(data))
    )


def png(head: bytes, data: bytes) -> bytes:
    """A PNG of this header (IHDR) and these packed pixels."""
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def stream(facts: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (facts, len(data), data)


def one_page(content: bytes, *others: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page; object 4 is its content, ``others`` are objects 5 and following."""
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<<%b>>>>" % (box, resources),
            content,
            *others,
        ]
    )


def picture_page(facts: bytes, data: bytes) -> bytes:
    """A page that shows one picture."""
    return one_page(
        stream(b"", b"595 0 0 842 0 0 cm /Im0 Do"),
        stream(b"/Type/XObject/Subtype/Image" + facts, data),
        resources=b"/XObject<</Im0 5 0 R>>",
    )


def behind(first: bytes, second: bytes) -> bytes:
    """Both files as one, their pages in order."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as joined, pikepdf.open(io.BytesIO(second)) as other:
        joined.pages.extend(other.pages)
        joined.save(data)
    return data.getvalue()


def _picture(bits: int, colours: bytes, channels: int = 1, side: int = _SIDE) -> bytes:
    size = side * ((side * bits * channels + 7) // 8)
    facts = b"/Width %d/Height %d/BitsPerComponent %d/ColorSpace/%b/Filter/FlateDecode"
    return picture_page(facts % (side, side, bits, colours), packed(bytes(_MEGABYTE), size // _MEGABYTE + 1))


def _jpeg() -> bytes:
    """A small picture whose header says 65,000 × 65,000."""
    data = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(data, "JPEG")
    raw = bytearray(data.getvalue())
    place = raw.index(b"\xff\xc0") + 5
    raw[place : place + 4] = struct.pack(">HH", 65_000, 65_000)
    return picture_page(
        b"/Width 65000/Height 65000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode", bytes(raw)
    )


def _jpeg_2000() -> bytes:
    """A small picture whose header (SIZ, ITU-T T.800 A.5.1) says 30,000 × 30,000, in one tile."""
    data = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(data, "JPEG2000", no_jp2=True)
    raw = bytearray(data.getvalue())
    place = raw.index(b"\xff\x51") + 6
    raw[place : place + 8] = struct.pack(">II", _SIDE, _SIDE)
    raw[place + 16 : place + 24] = struct.pack(">II", _SIDE, _SIDE)
    return picture_page(b"/Width 30000/Height 30000/ColorSpace/DeviceRGB/Filter/JPXDecode", bytes(raw))


def _jbig2() -> bytes:
    """A page of 60,000 × 60,000 (segment 48, ITU-T T.88 § 7.4.8), and nothing on it."""
    page = struct.pack(">IIIIBH", 60_000, 60_000, 0, 0, 0, 0)
    data = struct.pack(">IBBBI", 0, 48, 0, 1, len(page)) + page + struct.pack(">IBBBI", 1, 49, 0, 1, 0)
    facts = b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
    return picture_page(facts, data)


def _fax() -> bytes:
    facts = (
        b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode"
        b"/DecodeParms<</K -1/Columns 60000/Rows 60000>>"
    )
    return picture_page(facts, b"\xff" * 100_000)


def _huge_boxes() -> bytes:
    return one_page(stream(b"", b"0 0 m 14400 14400 l S"), box=b"0 0 14400 14400", resources=b"")


def _endless_box() -> bytes:
    """A page whose unit is 75 times the usual one: 15,000 inches a side."""
    return one_page(stream(b"", b"0 0 m 9 9 l S"), box=b"0 0 1e9 1e9")


def _thread() -> bytes:
    """A page as high as a hair is long and wide as a street."""
    return one_page(stream(b"", b"0 0 m 9 9 l S"), box=b"0 0 14400 0.01")


def _lines() -> bytes:
    """Three million strokes."""
    piece = b"".join(b"%d %d m %d %d l S\n" % (n % 595, n % 842, n % 311, n % 401) for n in range(500)) * 60
    return one_page(stream(b"/Filter/FlateDecode", packed(piece, 100)))


def _many_lines(megabytes: int = 140) -> bytes:
    """Strokes that are not packed: the file itself is as large as a scan may be."""
    piece = b"".join(b"%d %d m %d %d l S\n" % (n % 595, n % 842, n % 311, n % 401) for n in range(500))
    return one_page(stream(b"", piece * (megabytes * _MEGABYTE // len(piece))))


def _long_path() -> bytes:
    """One path of some fifty million corners."""
    piece = b"".join(b"%d %d l\n" % (n % 595, n % 842) for n in range(1_000)) * 100
    content = b"\x78\xda" + packed(b"0 0 m\n", 1)[2:-2] + packed(piece, 500)[2:]
    return one_page(stream(b"/Filter/FlateDecode", content))


def _deep_states() -> bytes:
    return one_page(stream(b"/Filter/FlateDecode", packed(b"q " * 500_000, 200)))


def _nested_forms(depth: int = 40) -> bytes:
    """Each form draws the next one twice: 2⁴⁰ strokes."""
    forms = [
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F %d 0 R>>>>" % (number + 1),
            b"/F Do 1 0 0 1 1 1 cm /F Do",
        )
        for number in range(5, 5 + depth)
    ]
    last = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]", b"0 0 m 99 99 l S")
    return one_page(stream(b"", b"/F Do"), *forms, last, resources=b"/XObject<</F 5 0 R>>")


def _form_in_itself() -> bytes:
    form = stream(
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>", b"/F Do /F Do"
    )
    return one_page(stream(b"", b"/F Do"), form, resources=b"/XObject<</F 5 0 R>>")


def _content_bomb(byte: bytes, gigabytes: int = 4) -> bytes:
    return one_page(stream(b"/Filter/FlateDecode", packed(byte * _MEGABYTE, 1_000 * gigabytes)))


def _twice_packed() -> bytes:
    """Four gigabytes in some kilobytes."""
    inner = packed(bytes(_MEGABYTE), 4_000)
    return one_page(stream(b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(inner, 9)))


def _long_text() -> bytes:
    """Ten million letters, all on one page."""
    piece = b"BT /F 8 Tf 10 10 Td (Yayla Mahallesi kaldirim) Tj ET\n" * 4_000
    return one_page(
        stream(b"/Filter/FlateDecode", packed(piece, 100)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        resources=b"/Font<</F 5 0 R>>",
    )


def _pattern() -> bytes:
    """A page filled with tiles of a thousandth of a point."""
    tile = stream(
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001/Resources<<>>",
        b"0 0 1 1 re f",
    )
    return one_page(
        stream(b"", b"/Pattern cs /P scn 0 0 595 842 re f"), tile, resources=b"/Pattern<</P 5 0 R>>"
    )


def _soft_masks() -> bytes:
    """Transparency groups within each other, each with a bitmap of its own."""
    groups = [
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/I true>>"
            b"/Resources<</XObject<</F %d 0 R>>/ExtGState<</G<</ca .5/BM/Multiply>>>>>>" % (number + 1),
            b"/G gs /F Do 0 0 m 9 9 l S",
        )
        for number in range(5, 5 + 200)
    ]
    last = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]", b"0 0 m 99 99 l S")
    return one_page(stream(b"", b"/F Do"), *groups, last, resources=b"/XObject<</F 5 0 R>>")


def _font_bomb() -> bytes:
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 32/LastChar 32/Widths[500]/FontDescriptor 6 0 R>>"
    described = b"<</Type/FontDescriptor/FontName/A/Flags 32/FontFile2 7 0 R>>"
    program = stream(b"/Filter/FlateDecode", packed(bytes(_MEGABYTE), 4_000))
    return one_page(
        stream(b"", b"BT /F 8 Tf ( ) Tj ET"), font, described, program, resources=b"/Font<</F 5 0 R>>"
    )


def _object_stream_bomb(key: bytes) -> bytes:
    """A page that reads well; what its ``key`` names lies in an object stream that unpacks to four gigabytes."""
    words = b"".join(b"(%b) Tj T*\n" % line for line in _ASCII_LETTER)
    inner = b"7 0 <<>> "
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = b"\x78\xda" + press.compress(inner) + press.flush(zlib.Z_FULL_FLUSH)
    bomb = first + packed(b" " * _MEGABYTE, 4_000)[2:]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>/%b 7 0 R>>" % key,
        stream(b"", b"BT /F 12 Tf 20 TL 60 780 Td\n%bET" % words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", bomb),
    ]
    data, entries = b"%PDF-1.7\n", b"\0" * 6
    for number, body in enumerate(objects, 1):
        entries += struct.pack(">BIB", 1, len(data), 0)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    entries += struct.pack(">BIB", 2, 6, 0) + struct.pack(">BIB", 1, len(data), 0)
    table = stream(b"/Type/XRef/Size 9/W[1 4 1]/Root 1 0 R", entries)
    return data + b"8 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))


def _xref_stream_bomb() -> bytes:
    """A cross-reference stream of four gigabytes."""
    body = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    body = body[: body.index(b"xref\n")]
    facts = b"/Type/XRef/Size 800000000/W[1 3 1]/Root 1 0 R/Filter/FlateDecode"
    table = stream(facts, packed(bytes(_MEGABYTE), 4_000))
    return body + b"3 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(body))


def _xref_loop() -> bytes:
    data = one_page(stream(b"", b"0 0 m 9 9 l S"))
    place = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def _xref_broken() -> bytes:
    data = files.typed_pdf(GOOD)
    place = data.rindex(b"startxref")
    return data[:place] + b"startxref\n99999999\n%%EOF"


def _tree_loop() -> bytes:
    """The pages' tree holds itself, and says that it has two thousand million pages."""
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2000000000>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ]
    )


def _deep_arrays() -> bytes:
    deep = b"[" * 1_000_000 + b"]" * 1_000_000
    return written(
        [b"<</Type/Catalog/Pages 2 0 R/X 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0/Y 3 0 R>>", deep]
    )


TRAPS: dict[str, Callable[[], bytes]] = {
    "2,000 pages": files.many_pages,
    "page of 200 × 200 inches": _huge_boxes,
    "page of a million kilometres": _endless_box,
    "page as thin as a thread": _thread,
    "30,000 × 30,000 pixels of 1 bit": lambda: _picture(1, b"DeviceGray"),
    "30,000 × 30,000 pixels of 8 bits": lambda: _picture(8, b"DeviceGray"),
    "30,000 × 30,000 pixels of 48 bits": lambda: _picture(16, b"DeviceRGB", 3),
    "JPEG of 65,000 × 65,000": _jpeg,
    "JPEG 2000 of 30,000 × 30,000": _jpeg_2000,
    "JBIG2 of 60,000 × 60,000": _jbig2,
    "fax of 60,000 × 60,000": _fax,
    "three million strokes": _lines,
    "strokes of 140 MB": _many_lines,
    "path of fifty million corners": _long_path,
    "a hundred million saved states": _deep_states,
    "forms within forms, 2⁴⁰ strokes": _nested_forms,
    "form within itself": _form_in_itself,
    "content of 4 GB of zeros": lambda: _content_bomb(b"\0"),
    "content of 4 GB of brackets": lambda: _content_bomb(b"["),
    "content of 4 GB, packed twice": _twice_packed,
    "ten million letters": _long_text,
    "tiles of a thousandth of a point": _pattern,
    "200 transparent groups": _soft_masks,
    "font of 4 GB": _font_bomb,
    "object stream of 4 GB": lambda: _object_stream_bomb(b"Annots"),
    "object stream of 4 GB that its page does not need": lambda: _object_stream_bomb(b"PieceInfo"),
    "cross-reference stream of 4 GB": _xref_stream_bomb,
    "cross-reference table in a loop": _xref_loop,
    "cross-reference table elsewhere": _xref_broken,
    "page tree in a loop": _tree_loop,
    "a million arrays in each other": _deep_arrays,
}
