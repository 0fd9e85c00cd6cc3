"""From the export in a staff member's mail to requests."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon.domain.request import Channel, Status
from tests.chats.exports import (
    HEADMAN,
    JPEG,
    MONDAY,
    OFFICE,
    PHOTO,
    android,
    bring,
    chat_file,
    chat_zip,
    held,
    requests,
    reviews,
    zipped,
)
from tests.steps.sheet_office import SheetOffice


def test_messages_near_in_time_become_one_request_of_the_headman(office: SheetOffice) -> None:
    bring(office, chat_zip(android(*MONDAY), PHOTO))
    [request] = requests(office)
    assert request.channel is Channel.WHATSAPP
    assert (request.neighbourhood, request.headman) == ("Yayla", HEADMAN)
    assert request.received_at == datetime(2026, 10, 9, 6, 15, tzinfo=UTC)
    assert request.description == "Su Deposu Sokakta yol çöktü, derin çukur var\n12 numaranın önü"
    assert (request.directorate, request.status) == ("fen", Status.REFERRED)
    assert office.letters(request.number)["headman/confirmation"] == 1
    [photo] = request.attachments
    assert (office.app.files.read(photo)) == JPEG
    assert reviews(office) == []


def test_several_matters_in_one_burst_are_several_requests_with_their_own_photos(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"),
        ("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)"),
        ("09:17", HEADMAN, "Bir de çöpler üç gündür alınmıyor"),
        ("09:17", HEADMAN, "IMG-2.jpg (dosya ekli)"),
    )
    bring(office, chat_zip(text, {"IMG-1.jpg": JPEG + b"1", "IMG-2.jpg": JPEG + b"2"}))
    road, waste = requests(office)
    assert [road.directorate, waste.directorate] == ["fen", "temizlik"]
    assert [path.rpartition("-")[2] for r in (road, waste) for path in r.attachments] == ["1.jpg", "2.jpg"]
    letters = [office.letters(number)["headman/confirmation"] for number in (road.number, waste.number)]
    assert letters == [1, 1]
    with office.ledger.view() as view:
        confirmations = {
            x.message_id for r in (road, waste) for x in view.letters_of(r.number) if "confirm" in x.occasion
        }
    assert len(confirmations) == 1


def test_talk_makes_no_request_and_asks_nobody(office: SheetOffice) -> None:
    text = android(
        ("09:00", HEADMAN, "Günaydın, hayırlı cumalar"),
        ("09:01", HEADMAN, "IMG-1.jpg (dosya ekli)\nHayırlı cumalar"),
        ("09:05", OFFICE, "Günaydın muhtarım"),
        ("09:06", HEADMAN, "👍"),
        ("10:00", HEADMAN, "Tamam başkanım, teşekkürler 🙏"),
        ("10:01", HEADMAN, "STK-1.webp (dosya ekli)"),
    )
    bring(office, chat_zip(text, {"IMG-1.jpg": JPEG}))
    assert requests(office) == []
    assert reviews(office) == []


def test_a_voice_message_alone_is_a_request_that_a_person_hears(office: SheetOffice) -> None:
    bring(
        office, chat_zip(android(("09:15", HEADMAN, "PTT-1.opus (dosya ekli)")), {"PTT-1.opus": b"OggS" * 50})
    )
    [request] = requests(office)
    [review] = reviews(office)
    assert (request.directorate, request.subject) == ("", "Sesli mesaj")
    assert request.attachments[0].endswith("PTT-1.opus")
    assert (review.number, review.link) == (request.number, request.attachments[0])


def test_a_voice_message_beside_words_is_attached_and_marked_for_a_person(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), ("09:16", HEADMAN, "PTT-1.opus (dosya ekli)")
    )
    bring(office, chat_zip(text, {"PTT-1.opus": b"OggS" * 50}))
    [request] = requests(office)
    assert request.directorate == "fen"
    assert "Sesli mesaj: PTT-1.opus (dinlenmesi gerekir)" in request.description
    assert [review.number for review in reviews(office)] == [request.number]


def test_photos_without_a_word_are_looked_at_by_a_person(office: SheetOffice) -> None:
    bring(office, chat_zip(android(("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)")), {"IMG-1.jpg": JPEG}))
    assert requests(office) == []
    [review] = reviews(office)
    assert review.link.endswith("IMG-1.jpg")
    assert (review.neighbourhood, review.opened_at) == ("Yayla", datetime(2026, 10, 9, 6, 15, tzinfo=UTC))


def test_a_shared_position_stands_in_the_request_as_a_map(office: SheetOffice) -> None:
    text = android(
        ("09:15", HEADMAN, "Burada yol çöktü"),
        ("09:16", HEADMAN, "konum: https://maps.google.com/?q=39.9123,32.8456"),
    )
    bring(office, chat_file(text))
    [request] = requests(office)
    assert "Konum: https://www.openstreetmap.org/?mlat=39.912300&mlon=32.845600" in request.description


def test_an_android_mail_with_its_photos_beside_the_text_is_taken_too(office: SheetOffice) -> None:
    bring(office, chat_file(android(*MONDAY)) | PHOTO)
    [request] = requests(office)
    assert len(request.attachments) == 1


def test_a_bip_export_brings_requests_of_its_own_channel(office: SheetOffice) -> None:
    text = f"09.10.2026 09:15:03 {HEADMAN}: Su Deposu Sokakta yol çöktü\n09.10.2026 09:16:00 {OFFICE}: Bakıyoruz\n"
    bring(office, {f"BiP Sohbeti - {HEADMAN}.txt": text.encode()})
    assert [request.channel for request in requests(office)] == [Channel.BIP]


def test_what_was_written_months_ago_is_told_and_not_entered(office: SheetOffice) -> None:
    text = android(("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü"), day="09.03.2026")
    bring(office, chat_file(text + android(*MONDAY[1:2])))
    assert [request.received_at.month for request in requests(office)] == [10]
    [review] = reviews(office)
    assert "üç aydan eski" in review.reason
    assert review.read.startswith("09.03.2026 09:15 Mustafa Şahinbey: Su Deposu")


def test_an_export_handed_in_is_taken_like_a_mailed_one(office: SheetOffice, tmp_path: Path) -> None:
    path = tmp_path / f"WhatsApp Sohbeti - {HEADMAN}.zip"
    path.write_bytes(zipped({f"WhatsApp Sohbeti - {HEADMAN}.txt": android(*MONDAY), **PHOTO}))
    assert office.app.ingest(path) == "alındı"
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]
    assert office.app.ingest(path) == "daha önce alınmış"


def test_a_question_about_a_conversation_is_filed_with_its_channel_and_day(office: SheetOffice) -> None:
    bring(office, chat_zip(android(("09:15", HEADMAN, "IMG-1.jpg (dosya ekli)")), {"IMG-1.jpg": JPEG}))
    office.set_up()
    office.rest()
    office.type(
        "muhtarlik",
        {"Mahalle": "Yayla"},
        title="İnceleme",
        Karar="Yönlendir",
        Müdürlük="Fen İşleri Müdürlüğü",
    )
    office.rest(minutes=1)
    [request] = requests(office)
    assert (request.channel, request.received_at) == (
        Channel.WHATSAPP,
        datetime(2026, 10, 9, 6, 15, tzinfo=UTC),
    )
    assert request.attachments[0].endswith("IMG-1.jpg")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1254"])
def test_a_text_saved_in_another_encoding_is_read(office: SheetOffice, encoding: str) -> None:
    data = android(*MONDAY).replace("🙏", "").encode(encoding)
    bring(office, {f"WhatsApp Sohbeti - {HEADMAN}.txt": data})
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]


def test_several_exports_in_one_mail_and_a_broken_one_beside_them(office: SheetOffice) -> None:
    files = chat_file(android(*MONDAY)) | {"WhatsApp Sohbeti - X.zip": b"PK\x03\x04bozuk"}
    files |= chat_file(android(("09:15", "Köşk Muhtarı", "Parkta bank kırık, onarılsın")), "Köşk Muhtarı")
    bring(office, files)
    assert [request.neighbourhood for request in requests(office)] == ["Yayla", "Köşk"]
    assert [review.reason for review in reviews(office)] == ["Arşiv dosyası bozuk, açılamadı."]
    assert held(office) == []


def test_what_staff_write_beside_an_export_is_not_lost(office: SheetOffice) -> None:
    body = "Ektedir. Ayrıca Köşk Mahallesi muhtarı aradı, parkta bank kırıkmış, onarılmasını istiyor."
    bring(office, chat_file(android(*MONDAY)), body=body)
    assert [request.neighbourhood for request in requests(office)] == ["Yayla"]
    [review] = reviews(office)
    assert review.reason == "Sohbet işlendi; iletinin kendi metni de bir talep olabilir."
    assert "parkta bank kırıkmış" in review.read


def test_more_requests_than_can_be_true_are_not_entered(office: SheetOffice) -> None:
    lines = [
        f"{1 + n // 60:02d}.09.2026 {7 + n % 12:02d}:{n // 12 % 60:02d} - {place.headman.name}: Yol bozuk, çukur var\n"
        for n, place in enumerate(office.app.office.registry.neighbourhoods * 8)
    ]
    bring(office, chat_file("".join(lines), "Muhtarlar"))
    assert requests(office) == []
    assert [review.reason.partition(" göründü")[2][:1] for review in reviews(office)] == [";"]
