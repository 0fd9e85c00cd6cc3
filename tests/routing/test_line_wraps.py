"""Lines that were broken for their width only are one; lines that somebody meant are not."""

from textwrap import wrap

import pytest

from daemon.domain.routing.line_wraps import unwrapped
from daemon.domain.routing.router import Router

LETTER = (
    "Muhtarlığını yürüttüğüm mahallenin sınırları içerisinde bulunan Kavaklı Sokak parkındaki salıncakların "
    "zincirlerinin koptuğu, kaydırağın da çatladığı görülmüştür. Konu hakkında gereğini saygılarımla arz ederim."
)


@pytest.mark.parametrize("width", [60, 65, 72, 76, 78])
def test_a_broken_paragraph_is_one_line_again(width: int) -> None:
    whole = unwrapped("\n".join(wrap(LETTER, width)))
    assert whole.replace(".\n", ". ") == LETTER, "behind a sentence it makes no difference"


def test_in_capitals_too() -> None:
    loud = LETTER.upper()
    assert unwrapped("\n".join(wrap(loud, 72))) == loud


@pytest.mark.parametrize(
    "text",
    [
        "yol bozuk\nışık yok\nçöp alınmıyor",
        "Sokağımızdaki lambalar üç haftadır yanmıyor, akşamları göz gözü görmüyor\nÇöpler de alınmıyor",
        "Lale Sokak'taki aydınlatma direklerinin tamamının onarılması\nGül Sokak'ta kaldırımın yapılması",
        "1- Çeşme Sokak ile Çınar Caddesi kesişimindeki parkta bulunan kırık oyuncaklar\n2- Bozuk yollar",
        "Muhtarlığımızın bulunduğu sokakta kaldırım taşları sökülmüş durumdadır.\n\nyazılı cevap bekliyoruz",
        LETTER + "\nve ayrıca çöp konteyneri",
        "",
    ],
)
def test_what_was_meant_as_lines_stays(text: str) -> None:
    assert unwrapped(text) == text


@pytest.mark.parametrize("width", [60, 72, 78])
def test_a_broken_letter_is_understood_like_the_whole(router: Router, width: int) -> None:
    broken = "\n".join(wrap(LETTER, width))
    [one], [other] = (
        router.route(subject="", body=LETTER).routes,
        router.route(subject="", body=broken).routes,
    )
    assert (one.directorate, one.review, other.confidence) == ("park", False, one.confidence)
    assert other.text == broken, "what goes to the directorate is as it was written"
