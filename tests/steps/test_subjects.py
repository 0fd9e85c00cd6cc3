"""What a headman's mail is about: never our own letter's subject."""

from email import message_from_bytes
from email.policy import default

from tests.outbox import send_all
from tests.steps.post import letters, writes
from tests.steps.sheet_office import SheetOffice


def test_a_new_matter_in_an_answer_to_a_receipt_of_several_is_called_after_its_words(
    desk: SheetOffice,
) -> None:
    headman = desk.places[0].headman.emails[0]
    writes(desk, headman, "Kaldırım ve çöp", "Kaldırım taşları sökük, onarılsın. Ayrıca çöpler alınmıyor.")
    first = desk.numbers()[0]
    [receipt] = letters(desk, first, "headman/confirmation")
    assert len(receipt.about) == 2
    send_all(desk.app, desk.now)
    subject = str(message_from_bytes(receipt.mime, policy=default)["Subject"])
    text = "Teşekkürler. Bu arada parktaki bank da kırık, o da yapılsın."
    before = set(desk.numbers())
    writes(desk, headman, f"Re: {subject}", text, answers=receipt.message_id)
    [number] = set(desk.numbers()) - before
    assert "kayda alındı" not in desk.request(number).subject
    assert "bank" in desk.request(number).subject
