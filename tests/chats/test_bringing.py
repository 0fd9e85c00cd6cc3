"""From the export in a staff member's mail to requests, and what the same export brings next week."""

from datetime import UTC, datetime

from daemon.domain.request import Channel, Status
from tests.chats.exports import (
    HEADMAN,
    JPEG,
    OFFICE,
    android,
    bring,
    chat_zip,
    requests,
    reviews,
)
from tests.steps.sheet_office import SheetOffice

MONDAY = (
    ("09:14", HEADMAN, "Günaydın başkanım"),
    ("09:15", HEADMAN, "Su Deposu Sokakta yol çöktü, derin çukur var"),
    ("09:15", HEADMAN, "IMG-20261009-WA0001.jpg (dosya ekli)"),
    ("09:40", OFFICE, "Hangi numaranın önü?"),
    ("09:52", HEADMAN, "12 numaranın önü"),
    ("09:53", HEADMAN, "Teşekkürler 🙏"),
)
PHOTO = {"IMG-20261009-WA0001.jpg": JPEG}


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


def test_the_same_export_a_week_later_brings_only_what_is_new(office: SheetOffice) -> None:
    bring(office, chat_zip(android(*MONDAY), PHOTO))
    more = android(*MONDAY) + android(
        ("10:00", HEADMAN, "Parkta bank kırık, onarılmasını rica ederim"), day="16.10.2026"
    )
    office.now = office.now.replace(day=19)
    bring(office, chat_zip(more, PHOTO))
    assert [request.subject for request in requests(office)] == [
        "Su Deposu Sokakta yol çöktü, derin çukur var",
        "Parkta bank kırık, onarılmasını rica ederim",
    ]
    bring(office, chat_zip(more, PHOTO), body="Bir daha gönderiyorum.")
    assert len(requests(office)) == 2
    assert len(office.history(requests(office)[0].number)) == 2
