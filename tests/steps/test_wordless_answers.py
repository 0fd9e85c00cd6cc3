"""Answers whose words are in an attachment: a person is shown what there is to open, and not the request's words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.domain.request import Status
from daemon.domain.review import Review
from tests.steps.sources.office import SourceOffice

LIAISON = "fen.irtibat@ornek.bel.tr"
PDF = ("cevap.pdf", b"%PDF-1.4 cevap " + b"x" * 9_000)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SourceOffice]:
    found = SourceOffice(tmp_path / "ofis")
    yield found
    found.close()


def answered(office: SourceOffice, text: str) -> Review:
    number = office.ask()
    office.deliver(LIAISON, f"Re: [{number}] Çukur", text, files=[PDF])
    assert office.request(number).status is Status.REFERRED
    [review] = office.reviews()
    assert review.number == number
    return review


@pytest.mark.parametrize("text", [" ", "Cevabımız ektedir.\nİyi çalışmalar."])
def test_an_answer_that_is_only_an_attachment_says_which_file_to_open(
    office: SourceOffice, text: str
) -> None:
    review = answered(office, text)
    assert review.reason.startswith("Yanıt ekte (cevap.pdf); eki açıp")
    assert review.link.endswith("-cevap.pdf")


def test_an_answer_without_words_is_not_shown_with_the_requests_words(office: SourceOffice) -> None:
    review = answered(office, " ")
    assert review.read == "(metin yok; ek: cevap.pdf)"
    assert office.only().note.endswith(f"{LIAISON} yanıtladı: (metin yok; ek: cevap.pdf)")


def test_the_reviews_file_is_the_answers_and_not_the_requests(office: SourceOffice) -> None:
    number = office.ask()
    office.change(number, attachments=("aa/aaaaaaaaaaaa-foto.jpg",))
    office.deliver(LIAISON, f"Re: [{number}] Çukur", "Ekteki yazıya bakınız.", files=[PDF])
    [review] = office.reviews()
    assert review.link.endswith("-cevap.pdf")
