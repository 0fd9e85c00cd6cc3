"""A petition that a headman sends in a conversation, without asking in words, is read like one that he mails."""

import pytest

from daemon.domain.clock import day_of
from daemon.domain.request import Channel
from daemon.steps.chat_papers import MOST_PHOTOS
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


def test_beside_words_that_ask_for_the_same_it_is_their_attachment(office: SheetOffice) -> None:
    asks = ("09:15", HEADMAN, "Su Deposu Sokakta kaldırım taşları sökülmüş, onarılsın. Dilekçem ektedir")
    bring(office, conversation(files.typed_pdf(LETTER), asks))
    [request] = requests(office)
    assert request.attachments[0].endswith("dilekce.pdf")
    office.app.run_step("scans")
    assert len(requests(office)) == 1
    assert reviews(office) == []
    read = [entry.text for entry in office.history(request.number) if entry.kind == "scan-read"]
    assert "iletide yazılandan ayrı bir talep yok" in read[0]


def test_what_it_asks_for_beside_other_words_is_a_request_of_its_own(office: SheetOffice) -> None:
    hole = ("09:15", HEADMAN, "Su Deposu Sokakta çöpler günlerdir alınmadı, alınsın")
    bring(office, conversation(files.typed_pdf(LETTER), hole))
    office.app.run_step("scans")
    assert [(each.channel, each.directorate) for each in requests(office)] == [
        (Channel.WHATSAPP, "temizlik"),
        (Channel.WHATSAPP, "fen"),
    ]


def test_words_that_only_point_to_it_are_one_request_with_it(office: SheetOffice) -> None:
    points = ("09:15", HEADMAN, "Dilekçem ektedir, gereğini rica ederim")
    bring(office, conversation(files.typed_pdf(LETTER), points))
    office.app.run_step("scans")
    [request] = requests(office)
    assert request.directorate == "fen"
    assert "kaldırım taşları sökülmüş" in request.description
    assert "gereğini rica ederim" in request.description
    assert reviews(office) == []


def photos(*sent: tuple[str, bytes], words: str = "") -> dict[str, bytes]:
    """Each in a message of its own, with words behind them."""
    lines = [("09:14", HEADMAN, f"{name} (dosya ekli)") for name, _ in sent]
    return chat_zip(android(*lines, *([("09:15", HEADMAN, words)] if words else [])), dict(sent))


SHEET, HOLE = "IMG-20261009-WA0001.jpg", "IMG-20261009-WA0002.jpg"


def hole() -> bytes:
    """Too large for a logo."""
    picture = files.jpg(files.street())
    return picture + bytes(8_192)


@pytest.mark.parametrize("words", ["", "Dilekçemiz ektedir", "Dilekçem ektedir, gereğini rica ederim"])
def test_a_photographed_petition_is_read_like_a_mailed_scan(office: SheetOffice, words: str) -> None:
    bring(office, photos((SHEET, files.photographed(LETTER)), (HOLE, hole()), words=words))
    office.app.run_step("scans")
    [request] = requests(office)
    assert (request.channel, request.neighbourhood, request.directorate) == (Channel.WHATSAPP, "Yayla", "fen")
    assert "kaldırım taşları sökülmüş" in request.description
    assert any(path.endswith(HOLE) for path in request.attachments)
    assert day_of(request.received_at) < day_of(office.now)
    assert reviews(office) == []


def test_a_hole_in_the_road_stays_a_question(office: SheetOffice) -> None:
    bring(office, photos((HOLE, hole())))
    office.app.run_step("scans")
    assert requests(office) == []
    [review] = reviews(office)
    assert review.reason.startswith("Muhtar, talep yazmadan fotoğraf")
    assert (review.sender, review.neighbourhood) == (HEADMAN, "Yayla")
    assert review.link.endswith(HOLE)


SIGN = """T.C.
YAYLA MAHALLESİ MUHTARLIĞI
Tarih: 12.10.2026
Muhtarlık hizmet saatleri hafta içi 09.00-17.00
"""
POSTER = """T.C.
ÖRNEK BELEDİYE BAŞKANLIĞI
DUYURU
Tarih: 12.10.2026

Su Deposu Sokaktaki kaldırım onarılacağından araçlarınızı kaldırmanızı rica ederiz.
Kaldırımın onarılması için gereğini yapınız, çöplerinizi dışarı çıkarmayınız, yol bozuktur.
"""
NOTICE = LETTER.replace("MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE", "YAYLA MAHALLESİ MUHTARLIĞINA").split("Mustafa")[0]
OTHERS = (
    LETTER.replace("YAYLA", "KÖŞK").replace("Yayla", "Köşk").replace("Mustafa Şahinbey", "Hatice Çelikkol")
)


@pytest.mark.parametrize(
    "text", [SIGN, POSTER, NOTICE, OTHERS], ids=["sign", "poster", "letter to him", "another's"]
)
def test_what_is_not_surely_his_petition_a_person_looks_at(office: SheetOffice, text: str) -> None:
    bring(office, photos((SHEET, files.photographed(text))))
    office.app.run_step("scans")
    assert requests(office) == []
    assert len(reviews(office)) == 1


def test_no_more_photographs_are_read_than_there_is_time_for(office: SheetOffice) -> None:
    sent = [(f"IMG-20261009-WA{n:04}.jpg", hole()) for n in range(MOST_PHOTOS + 1)]
    bring(office, photos(*sent))
    [review] = reviews(office)
    assert review.reason.startswith("Muhtar, talep yazmadan fotoğraf")
