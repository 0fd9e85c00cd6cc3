"""Files that cannot be opened are told by what they are, not by what they are called."""

import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

import fpdf
import pikepdf
import pytest
from fpdf.enums import EncryptionMethod
from PIL import Image

from daemon.domain.files.limits import MOST_PAGES
from daemon.domain.files.pdf_pages import pages_of
from daemon.domain.files.picture_size import sizes_in
from daemon.domain.files.unopenable import PROGRAM, fault_of, faults_among
from daemon.domain.files.zip_directory import facts_of
from daemon.domain.mail import Attachment
from tests.scans import files, hostile

Data = bytes | Callable[[], bytes]
"""What takes long to make is made by its own test, not by every worker that collects this file."""


def _made(data: Data) -> bytes:
    return data if isinstance(data, bytes) else data()


def _named(value: object) -> str:
    return value if isinstance(value, str) else f"{len(value)} bytes" if isinstance(value, bytes) else "made"


def _png(width: int, height: int, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return hostile.png(head, data or zlib.compress(bytes(1_000)))


def _zip(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return data.getvalue()


def _locked_zip() -> bytes:
    """The second member is encrypted."""
    raw = bytearray(_zip(("a.txt", b"a"), ("b.txt", b"b")))
    entry = raw.rindex(b"PK\x01\x02")
    raw[entry + 8] |= 1
    return bytes(raw)


def _pages(count: int, *, packed: bool) -> bytes:
    data = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    with pikepdf.new() as document:
        for _ in range(count):
            document.add_blank_page()
        document.save(data, object_stream_mode=mode)
    return data.getvalue()


def _forbidding_in_its_trailer() -> bytes:
    """Its encryption dictionary is no object of its own, and its strings are written in brackets."""
    document = fpdf.FPDF()
    document.add_page()
    document.set_encryption(owner_password="gizli", encryption_method=EncryptionMethod.RC4)
    data = bytes(document.output())
    lock = re.search(rb"\d+ 0 obj\s+(<<[^>]*?/Filter /Standard.*?>>)\s+endobj", data, re.DOTALL)
    assert lock is not None
    identifier = re.search(rb"/ID \[<([0-9A-Fa-f]+)>", data)
    assert identifier is not None
    written = bytes.fromhex(identifier[1].decode())
    for special in (b"\\", b"(", b")", b"\r"):
        written = written.replace(special, b"\\" + (b"r" if special == b"\r" else special))
    return b"%PDF-1.7\ntrailer\n<</Root 1 0 R/ID[(" + written + b")(x)]/Encrypt " + lock[1] + b">>\n%%EOF"


def _tiff(pages: int, size: tuple[int, int] = (8, 8)) -> bytes:
    data = io.BytesIO()
    page = Image.new("1", size)
    page.save(data, "TIFF", save_all=True, append_images=[page] * (pages - 1))
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("d.pdf", b"", "boş (0 bayt)"),
        ("d.pdf", b"MZ\x90\0 program", PROGRAM.told),
        ("d.pdf.exe", b"#!/bin/sh", PROGRAM.told),
        ("d.pdf", b"<html>Oturum doldu</html>", "PDF değil veya bozuk"),
        ("d.pdf", b"%PDF-1.7\n" + b"0" * 9_000 + b"trailer<</Encrypt 9 0 R>>", "parola korumalı görünüyor"),
        ("d.pdf", b"%PDF-1.7\n<</Type/XRef/Encrypt 9 0 R>>" + b"\1" * 9_000, "parola korumalı görünüyor"),
        ("d.pdf", files.locked, "parola korumalı görünüyor"),
        ("d.pdf", partial(_pages, 2_000, packed=False), "2000 sayfa; en çok 300 sayfa okunur"),
        ("d.pdf", partial(_pages, 2_000, packed=True), "2000 sayfa; en çok 300 sayfa okunur"),
        ("d.pdf", hostile.TRAPS["page tree in a loop"], "sayısız sayfa; en çok 300 sayfa okunur"),
        ("foto.jpg", b"\0" * 900, "resim değil veya bozuk"),
        ("foto.png", _png(120_000, 120_000), "resim olağan dışı büyük, 120000 × 120000 nokta; açmayınız"),
        ("foto.tif", partial(_tiff, 301), "301 sayfa; en çok 300 sayfa okunur"),
        ("yazı.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "parola korumalı"),
        ("foto.zip", _locked_zip(), "parola korumalı"),
        (
            "foto.zip",
            _zip(("../../etc/cron.d/x", b"x")),
            "içinde güvenli olmayan dosya yolları var; açmayınız",
        ),
        (
            "foto.zip",
            lambda: _zip(("sifir.bin", bytes(9_000_000))),
            "açıldığında olağan dışı büyüyor; açmayınız",
        ),
        (
            "foto.zip",
            lambda: _zip(*((f"{n}.txt", b"") for n in range(10_001))),
            "içinde çok fazla dosya var; açmayınız",
        ),
        ("foto.zip", _zip(("a.txt", b"a"))[:-30], "arşiv bozuk veya eksik"),
        (
            "yazı.docx",
            lambda: _zip(("word/document.xml", bytes(9_000_000))),
            "açıldığında olağan dışı büyüyor; açmayınız",
        ),
    ],
    ids=_named,
)
def test_a_file_is_judged_by_its_bytes(name: str, data: Data, why: str) -> None:
    fault = fault_of(name, _made(data))
    assert fault is not None
    assert fault.told == why
    assert fault.why.replace("×", "x").isascii()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("d.pdf", b"\r\n%PDF-1.4\n%%EOF"),
        ("d.pdf", partial(_pages, MOST_PAGES, packed=True)),
        ("d.pdf", partial(files.typed_pdf, "Kaldırım bozuk.")),
        ("d.pdf", lambda: files.forbidding(_pages(3, packed=True))),
        ("d.pdf", lambda: files.forbidding(_pages(3, packed=False), revision=4)),
        ("d.pdf", lambda: files.forbidding(_pages(3, packed=False), revision=3, aes=False)),
        ("d.pdf", _forbidding_in_its_trailer),
        ("foto.jpg", b"\x89PNG\r\n\x1a\n"),
        ("foto.heic", b"\0\0\0\x18ftypheic"),
        ("foto.png", _png(3_000, 4_000)),
        ("foto.png", _png(16_000, 12_000, b"\0" * 8_000_000)),
        ("tarama.tif", partial(_tiff, MOST_PAGES)),
        ("foto.zip", _zip(("foto.jpg", b"\xff\xd8"), ("sohbet.txt", b"a" * 50_000))),
        ("foto.zip", _zip()),
        ("yazı.udf", _zip(("content.xml", b"<a/>" * 200))),
        ("ses.opus", b"OggS"),
    ],
    ids=_named,
)
def test_nothing_is_said_against_what_people_send(name: str, data: Data) -> None:
    assert fault_of(name, _made(data)) is None


@pytest.mark.parametrize(
    "kind", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "lossless WEBP", "HEIF", "progressive JPEG"]
)
def test_a_pictures_size_is_read_from_its_header(kind: str) -> None:
    assert sizes_in(_saved(kind)) == [(96, 64)]


def _saved(kind: str) -> bytes:
    picture, data = Image.new("RGB", (96, 64), "white"), io.BytesIO()
    match kind:
        case "HEIF":
            return b"\0\0\0\x18ftypheic" + bytes(60) + b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", 96, 64)
        case "lossless WEBP":
            picture.save(data, "WEBP", lossless=True)
        case "progressive JPEG":
            picture.save(data, "JPEG", progressive=True, exif=b"Exif\0\0" + bytes(2_000))
        case _:
            picture.save(data, kind)
    return data.getvalue()


def test_every_cut_of_a_picture_or_archive_is_judged_without_a_complaint() -> None:
    whole = [_saved(kind) for kind in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")]
    for data in (*whole, _zip(("a.txt", b"a")), _pages(3, packed=True)):
        for end in range(0, len(data), max(1, len(data) // 200)):
            fault_of("dosya", data[:end])


@pytest.mark.parametrize(
    ("judge", "data"),
    [
        (pages_of, b"%PDF-1.7\n" + b"/Type/Pages " * 1_000_000),
        (pages_of, b"%PDF-1.7\n" + b"1 0 obj<</Type/ObjStm/First 9>>stream\n" * 300_000),
        (pages_of, hostile.TRAPS["object stream of 4 GB"]),
        (facts_of, lambda: _zip(*((f"{n}", b"") for n in range(60_000)), how=zipfile.ZIP_STORED)),
        (sizes_in, b"\xff\xd8" + b"\xff\xe0\0\2" * 3_000_000),
        (sizes_in, b"\0\0\0\x18ftypheic" + b"ispe" * 3_000_000),
    ],
    ids=["page trees", "object streams", "object stream bomb", "60,000 members", "segments", "sizes"],
)
def test_judging_a_trap_takes_no_time(judge: Callable[[bytes], object], data: Data) -> None:
    trap = _made(data)
    started = time.process_time()
    judge(trap)
    assert time.process_time() - started < 1.0


def test_a_file_that_came_twice_is_named_once_and_a_logo_never() -> None:
    one = Attachment("d.pdf", "application/pdf", b"MZ", "a" * 64)
    logo = Attachment("logo.png", "image/png", b"", "b" * 64, inline=True)
    assert faults_among([one, one, logo]) == [(one, PROGRAM)]
