"""Photos from the field with hardly a word: a person sees who sent them, from where, and of what place."""

import io

from tests.chats.exports import STAFF, arrive, export_mail, requests, reviews
from tests.chats.test_photos import KIZILAY, camera
from tests.scans import files
from tests.steps.sheet_office import SheetOffice

MAP = "https://www.openstreetmap.org/?mlat=39.920833&mlon=32.854000"


def seen() -> bytes:
    """Large enough to be no logo."""
    buffer = io.BytesIO()
    exif = camera(KIZILAY, "2026:10:11 15:20:00")
    files.as_image(files.street()).save(buffer, "JPEG", quality=100, exif=exif)
    return buffer.getvalue()


def test_photos_with_a_place_in_the_subject_wait_with_that_place_and_their_positions(
    office: SheetOffice,
) -> None:
    arrive(office, export_mail({"IMG_9.jpg": seen()}, subject="Atapark Çınar Sokak kaldırım", body=" "))
    office.app.run_step("scans")
    assert requests(office) == []
    [review] = reviews(office)
    assert review.neighbourhood == "Atapark"
    assert MAP in review.read
    assert "IMG_9.jpg, 11.10.2026 15:20" in review.read


def test_a_photo_without_a_word_waits_with_its_sender_and_its_position(office: SheetOffice) -> None:
    arrive(office, export_mail({"IMG_9.jpg": seen()}, subject="", body=" "))
    office.app.run_step("scans")
    [review] = reviews(office)
    assert STAFF in review.sender
    assert MAP in review.read


def test_what_staff_write_beside_a_picture_that_is_no_paper_is_kept_with_the_place_it_names(
    office: SheetOffice,
) -> None:
    arrive(
        office, export_mail({"IMG_9.jpg": seen()}, subject="WhatsApp Yakacık muhtarı", body="Bakar mısınız")
    )
    office.app.run_step("scans")
    [review] = reviews(office)
    assert review.neighbourhood == "Yakacık"
    assert "İletide yazılan: WhatsApp Yakacık muhtarı Bakar mısınız" in review.read.replace("\n", " ")
