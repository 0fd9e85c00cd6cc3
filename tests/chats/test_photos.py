"""What a camera wrote into a photo about the place; a broken header says nothing."""

import io
import struct
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from daemon.mail.photos import read_photo
from daemon.ports.incoming import PhotoFacts
from tests.chats.exports import HEADMAN, android, arrive, bring, chat_zip, export_mail, requests
from tests.chats.heic import heic
from tests.scans import hostile
from tests.steps.sheet_office import SheetOffice

KIZILAY = {1: "N", 2: (39.0, 55.0, 15.0), 3: "E", 4: (32.0, 51.0, 14.4)}


def camera(gps: dict[int, Any] | None, taken: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    if gps is not None:
        exif.get_ifd(0x8825).update(gps)
    exif.get_ifd(0x8769)[0x9003] = taken
    return exif


def photo(
    gps: dict[int, Any] | None = None, *, kind: str = "JPEG", taken: str = "2026:11:25 09:14:03"
) -> bytes:
    exif = camera(gps, taken)
    if kind == "HEIC":
        return heic(exif.tobytes())
    buffer = io.BytesIO()
    Image.new("RGB", (16, 12), "grey").save(buffer, kind, exif=exif)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "HEIC", "PNG", "WEBP"])
def test_position_and_time_are_read(kind: str) -> None:
    assert read_photo(photo(KIZILAY, kind=kind)) == PhotoFacts(39.920833, 32.854, "25.11.2026 09:14")


@pytest.mark.parametrize(
    "gps",
    [
        None,
        {},
        {1: "N", 2: (39.0, 55.0, 15.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (139.0, 55.0, 15.0), 3: "E", 4: (32.0, 0.0, 0.0)},
        {1: "N", 2: (IFDRational(0, 0), 0.0, 0.0), 3: "E", 4: (32.0, 0.0, 0.0)},
    ],
)
def test_a_photo_without_a_true_position_says_nothing(gps: dict[int, Any] | None) -> None:
    assert read_photo(photo(gps)) is None


def test_south_and_west_are_negative() -> None:
    assert read_photo(photo(KIZILAY | {1: "S", 3: "W"})) == PhotoFacts(
        -39.920833, -32.854, "25.11.2026 09:14"
    )


@given(st.binary(max_size=300), st.integers(0, 600))
@settings(max_examples=200, deadline=None)
def test_broken_bytes_never_raise(noise: bytes, at: int) -> None:
    whole = photo(KIZILAY)
    read_photo(whole[:at] + noise + whole[at:])
    read_photo(whole[:at])
    read_photo(b"\xff\xd8\xff" + noise)
    read_photo(b"\0\0\0\x18ftypheic" + noise)


def test_staffs_field_photos_carry_their_position_into_the_request(office: SheetOffice) -> None:
    body = "Kanal: Saha\nMahalle: Yayla\nKonu: Yol çökmesi\nAçıklama: Su Deposu Sokakta yol çöktü\n"
    arrive(office, export_mail({"saha.jpg": photo(KIZILAY)}, subject="Saha gezisi", body=body))
    [request] = requests(office)
    assert request.description == (
        "Su Deposu Sokakta yol çöktü\nKonum (saha.jpg, 25.11.2026 09:14): https://www.openstreetmap.org/"
        "?mlat=39.920833&mlon=32.854000#map=18/39.920833/32.854000"
    )
    assert request.attachments[0].endswith("saha.jpg")


def test_staffs_plain_mail_with_a_photo_has_its_position_too(office: SheetOffice) -> None:
    body = "Yayla Mahallesi Su Deposu Sokakta yol çökmüş, onarılması gerekiyor."
    arrive(office, export_mail({"saha.jpg": photo(KIZILAY)}, subject="Saha gezisi", body=body))
    [request] = requests(office)
    assert "mlat=39.920833&mlon=32.854000" in request.description


def test_photos_of_a_conversation_too(office: SheetOffice) -> None:
    text = android(("09:15", HEADMAN, "Yol çöktü"), ("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)"))
    bring(office, chat_zip(text, {"IMG-1.jpg": photo(KIZILAY)}))
    [request] = requests(office)
    assert (
        "Konum (IMG-1.jpg, 25.11.2026 09:14): https://www.openstreetmap.org/?mlat=39.920833"
        in request.description
    )


def test_a_png_is_not_unpacked_for_its_position() -> None:
    """Pillow would look for it behind the pixels, too: of 13,000 × 13,000 that is half a gigabyte."""
    head = struct.pack(">IIBBBBB", 13_000, 13_000, 8, 6, 0, 0, 0)
    data = hostile.png(head, hostile.packed(bytes(1_000_000), 676))
    started = time.process_time()
    assert read_photo(data) is None
    assert time.process_time() - started < 0.5
