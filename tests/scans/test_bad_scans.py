"""What is no scan, broken or a trap: a Turkish reason, quickly, and nothing else disturbed."""

import io
import struct
import time
import zlib
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest
from PIL import Image

from daemon.domain.errors import Unprocessable
from daemon.domain.petitions.petition import Condition
from daemon.scans import read_scan
from tests.scans import files


def _bomb() -> bytes:
    """A PNG that announces, and would unpack to, 14 gigabytes."""
    header = struct.pack(">IIBBBBB", 120_000, 120_000, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000))
    parts = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def _cut_tiff() -> bytes:
    return files.tiff([files.blank()])[:60]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (files.many_pages, "Belge 2000 sayfa; bir kerede en çok 300 sayfa okunur."),
        (_bomb, "Resim çok büyük (120000 × 120000 nokta); açılmadı."),
        (files.locked, "PDF parola ile korunuyor; açılamadı."),
        (lambda: b"", "Dosya boş (0 bayt)"),
        (lambda: b"MZ\x90\0" + bytes(5_000), "içeriği bir program dosyası; açılmadı."),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "Dosya bozuk veya eksik; açılamadı."),
        (_cut_tiff, "Dosya bozuk veya eksik; açılamadı."),
    ],
    ids=["2,000 pages", "bomb", "password", "0 bytes", "exe called pdf", "corrupt PDF", "corrupt TIFF"],
)
def test_it_is_refused_quickly_with_a_turkish_reason(make: Callable[[], bytes], told: str) -> None:
    data = make()
    started = time.monotonic()
    with pytest.raises(Unprocessable) as refused:
        read_scan(data)
    assert told in refused.value.reason
    assert time.monotonic() - started < 20


def test_a_picture_inside_a_pdf_that_unpacks_to_gigabytes_costs_only_its_own_page() -> None:
    data = io.BytesIO()
    small = files.typed_pdf("Yayla Mahallesi muhtarı olarak kaldırımın onarılması için gereğini arz ederim.")
    with pikepdf.open(io.BytesIO(small)) as document:
        page = document.add_blank_page(page_size=(595, 842))
        huge = pikepdf.Stream(document, zlib.compress(bytes(40_000 * 40_000 // 8), 9))
        huge.Type, huge.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        huge.Width = huge.Height = 40_000
        huge.BitsPerComponent, huge.ColorSpace, huge.Filter = (
            1,
            pikepdf.Name.DeviceGray,
            pikepdf.Name.FlateDecode,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(huge)))
        page.obj.Contents = pikepdf.Stream(document, b"595 0 0 842 0 0 cm /Im0 Do")
        document.save(data)
    first, second = read_scan(data.getvalue())
    assert first.condition is Condition.READ
    assert second.condition in {Condition.FAILED, Condition.BLANK}


def test_a_torn_page_of_a_good_file_is_told_in_its_place() -> None:
    good = Image.fromarray(np.full((400, 300), 255, np.uint8))
    data = io.BytesIO()
    good.save(data, "TIFF", save_all=True, append_images=[good], compression="tiff_lzw")
    torn = bytearray(data.getvalue())
    with Image.open(io.BytesIO(torn)) as image:
        image.seek(1)
        place = image.tag_v2[273][0]  # type: ignore[attr-defined]
    torn[place : place + 20] = b"\xff" * 20
    first, second = read_scan(bytes(torn))
    assert first.condition is Condition.BLANK
    assert second.condition in {Condition.FAILED, Condition.BLANK}
