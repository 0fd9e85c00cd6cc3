"""The tenses in which a text tells."""

import pytest

from daemon.domain.routing.tenses import tense_of, tense_signs
from daemon.domain.routing.tokens import tokens


@pytest.mark.parametrize(
    ("word", "tense"),
    [
        ("sallaniyor", "now"),
        ("geciyo", "now"),
        ("sarkmaktadir", "now"),
        ("dusecek", "soon"),
        ("devrilecegi", "soon"),
        ("catlamis", "seen"),
        ("calinmistir", "seen"),
        ("cokmustu", "had"),
        ("sarkiyordu", "had"),
        ("yikildi", "did"),
        ("boyansin", "may"),
        ("yapilmasini", "may"),
        ("yikilan", "which"),
        ("dustugunu", "which"),
        ("dusmuyor", "not"),
        ("dusmesin", "not"),
        ("takilmadi", "not"),
        ("sokak", ""),
        ("oldu", ""),
    ],
)
def test_a_verb_has_a_tense(word: str, tense: str) -> None:
    assert tense_of(word) == tense


def test_a_text_has_the_tenses_of_its_words_and_ends_in_one() -> None:
    signs = tense_signs([tokens("Direk sallanıyor"), tokens("çatlamıştı, yıkılacak")])
    assert {name for name, value in signs.items() if value} == {
        "some now",
        "some had",
        "some soon",
        "ends soon",
    }


def test_a_text_without_words_has_none() -> None:
    assert not any(tense_signs([tokens("")]).values())
