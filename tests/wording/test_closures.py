"""What a closure says of its result: attachments that are pointed to, and a result within a spoken text."""

from datetime import UTC, datetime

import pytest

from daemon.domain.notice import Occasion
from daemon.domain.request import Status
from daemon.domain.text import speaks_of_attachment
from tests.wording.desk import NOW, html, letter, plain, request, wording

CLOSED = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["Fotoğraf ektedir.", "Cevabımız EKTEDİR", "Ekli resimde görülmektedir", "Ekte"]
)
def test_words_that_point_to_an_attachment_are_seen(text: str) -> None:
    assert speaks_of_attachment(text)


@pytest.mark.parametrize(
    "text", ["Ekip yönlendirildi", "Ekim ayında yapılacak", "Eksikler giderildi", "Gerekli iş"]
)
def test_words_that_only_begin_like_it_are_not(text: str) -> None:
    assert not speaks_of_attachment(text)


def test_a_result_that_points_to_a_photo_says_where_the_photo_is() -> None:
    """The letter brings no attachment: a headman would look for it in vain."""
    done = request(status=Status.DONE, result="Onarım yapıldı, fotoğraf ektedir.", closed_at=CLOSED)
    told = letter(Occasion.HEADMAN_CLOSURE, done)
    for text in (plain(told), html(told)):
        assert "Sözü edilen ekler Müdürlüğümüzde saklanmaktadır" in " ".join(text.split())
    without = letter(
        Occasion.HEADMAN_CLOSURE, request(status=Status.DONE, result="Yapıldı.", closed_at=CLOSED)
    )
    assert "saklanmaktadır" not in plain(without)


@pytest.mark.parametrize("result", ["Sözleşme 05.11.2026", "Sözleşme 05.11.2026."])
def test_what_follows_a_spoken_result_begins_a_sentence_of_its_own(result: str) -> None:
    done = request(
        status=Status.DONE, result=result, closed_at=CLOSED, external_body="ASKİ", category="Su aboneliği"
    )
    said = wording().tell("headman/closure", done, NOW)
    assert "Sonuç: Sözleşme 05.11.2026. Sorun devam" in " ".join(said.split())
