"""A petition that a headman sends in a conversation, without asking in words, is read like one that he mails."""

from daemon.domain.clock import day_of
from daemon.domain.request import Channel
from tests.chats.exports import HEADMAN, android, bring, chat_zip, requests, reviews
from tests.scans import files
from tests.steps.scan_office import LETTER, NAMELESS
from tests.steps.sheet_office import SheetOffice

SENT = ("09:14", HEADMAN, "dilekce.pdf (dosya ekli)")


def conversation(paper: bytes, *more: tuple[str, str, str]) -> dict[str, bytes]:
    return chat_zip(android(SENT, *more), {"dilekce.pdf": paper})


def test_it_is_filed_by_what_it_says_as_his_and_of_the_minute_he_sent_it(office: SheetOffice) -> None:
    bring(office, conversation(files.typed_pdf(NAMELESS), ("09:15", HEADMAN, "Dilekçemiz ektedir")))
    assert requests(office) == []
    office.app.run_step("scans")
    [request] = requests(office)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.WHATSAPP, "Yayla", "fen")
    assert "kaldırım taşları sökülmüş" in request.description
    assert day_of(request.received_at) < day_of(office.now)
    assert request.attachments
    assert reviews(office) == []
    assert office.letters(request.number)["headman/confirmation"] == 1


def test_the_conversation_sent_again_brings_it_no_second_time(office: SheetOffice) -> None:
    paper = files.typed_pdf(LETTER)
    for later in ((), (("10:00", HEADMAN, "Selam"),)):
        bring(office, conversation(paper, *later))
        office.app.run_step("scans")
    assert len(requests(office)) == 1


def test_what_cannot_be_read_is_still_his_request(office: SheetOffice) -> None:
    bring(office, conversation(files.pdf([files.blank()])))
    office.app.run_step("scans")
    [request] = requests(office)
    assert (request.channel, request.neighbourhood) == (Channel.WHATSAPP, "Yayla")
    [review] = reviews(office)
    assert review.number == request.number


def test_beside_words_that_ask_it_is_their_attachment(office: SheetOffice) -> None:
    hole = ("09:15", HEADMAN, "Çınar Sokakta yol çöktü, derin çukur var, onarılsın")
    bring(office, conversation(files.typed_pdf(LETTER), hole))
    [request] = requests(office)
    assert request.attachments[0].endswith("dilekce.pdf")
    office.app.run_step("scans")
    assert len(requests(office)) == 1
