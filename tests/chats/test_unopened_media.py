"""Files in an exported conversation, or beside it, that nobody can open: the messages are read, a person is asked."""

import struct
import zlib

import pytest
from structlog.testing import capture_logs

from tests.chats.exports import HEADMAN, JPEG, android, bring, chat_file, chat_zip, requests, reviews
from tests.scans import hostile
from tests.steps.sheet_office import SheetOffice

BOMB = hostile.png(struct.pack(">IIBBBBB", 120_000, 120_000, 8, 0, 0, 0, 0), zlib.compress(bytes(400_000), 1))
BAD = {
    "2,000 pages": ("liste.pdf", hostile.TRAPS["2,000 pages"](), "2000 sayfa; en çok 300 sayfa okunur"),
    "bomb": ("IMG-20261009-WA0001.png", BOMB, "resim olağan dışı büyük, 120000 × 120000 nokta; açmayınız"),
    "exe called pdf": ("liste.pdf", b"MZ\x90\0" + bytes(range(256)) * 9, "program dosyası; açmayınız"),
}
each_kind = pytest.mark.parametrize(("name", "data", "why"), BAD.values(), ids=BAD)


def _talk(name: str, words: str = "Su Deposu Sokakta yol çöktü, derin çukur var") -> str:
    return android(("09:15", HEADMAN, words), ("09:15", HEADMAN, f"{name} (dosya ekli)"))


@each_kind
def test_in_the_archive_it_is_kept_with_its_request_and_asked_about_once(
    office: SheetOffice, name: str, data: bytes, why: str
) -> None:
    with capture_logs() as lines:
        bring(office, chat_zip(_talk(name), {name: data}))
    [request] = requests(office)
    assert [office.app.files.read(path) for path in request.attachments] == [data]
    [review] = reviews(office)
    assert review.number == request.number
    assert review.reason.startswith(f"Talebin eki açılamıyor: {name} ({why}).")
    told = [line for line in lines if line["event"] == "files cannot be opened"]
    assert [line["files"] for line in told] == [1]


@each_kind
def test_beside_the_text_it_is_asked_about_once_too(
    office: SheetOffice, name: str, data: bytes, why: str
) -> None:
    bring(office, {**chat_file(_talk(name)), name: data})
    [request] = requests(office)
    assert [office.app.files.read(path) for path in request.attachments] == [data]
    [review] = reviews(office)
    assert (review.number, f"{name} ({why})" in review.reason) == (request.number, True)


@each_kind
def test_what_no_message_names_is_kept_with_a_question_of_its_own(
    office: SheetOffice, name: str, data: bytes, why: str
) -> None:
    bring(office, {**chat_file(android(("09:15", HEADMAN, "Yol çöktü, derin çukur var"))), name: data})
    [request] = requests(office)
    assert not request.attachments
    [review] = reviews(office)
    assert review.reason.startswith(f"İletiyle gelen dosya açılamıyor: {name} ({why}).")
    assert office.app.files.read(review.link) == data


def test_what_was_added_to_an_earlier_request_is_asked_about_there(office: SheetOffice) -> None:
    first = _talk("IMG-20261009-WA0002.jpg")
    bring(office, chat_zip(first, {"IMG-20261009-WA0002.jpg": JPEG}))
    name, data, why = BAD["bomb"]
    more = first + android(("09:20", HEADMAN, f"{name} (dosya ekli)"))
    bring(office, chat_zip(more, {"IMG-20261009-WA0002.jpg": JPEG, name: data}))
    [request] = requests(office)
    assert data in [office.app.files.read(path) for path in request.attachments]
    assert [review.reason for review in reviews(office) if f"{name} ({why})" in review.reason]


def test_in_a_question_about_whose_words_they_are_it_is_named(office: SheetOffice) -> None:
    name, data, why = BAD["bomb"]
    said = android(
        ("09:15", "Ali Veli", "Yol çöktü, çukur var"), ("09:15", "Ali Veli", f"{name} (dosya ekli)")
    )
    bring(office, chat_zip(said, {name: data}, name="Ali Veli"))
    assert requests(office) == []
    [review] = reviews(office)
    assert review.reason.endswith(f" Eki açılamıyor: {name} ({why}).")
