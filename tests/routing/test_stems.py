"""Only stems that may fit are compared with a word, and none that fits is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.domain.routing.misspelling import Misspellings
from daemon.domain.routing.ordinary import ORDINARY_WORDS
from daemon.domain.routing.splitting import pieces_of
from daemon.domain.routing.stems import Beginnings, Stem, match_of, stem_of
from daemon.domain.text import turkish_lower
from tests.routing.score import shipped_router

_SYLLABLES = ("ka", "r", "dı", "ra", "k", "ğ", "p", "b", "a", "lar", "su", "yu", "t", "çö", "o")
_words = st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=4).map("".join)


@given(st.lists(_words, min_size=1, max_size=30, unique=True), _words)
def test_every_stem_that_fits_is_among_those_compared(written: list[str], word: str) -> None:
    stems = [stem_of(text) for text in written]
    folded = stem_of(word).folded
    fitting = [
        s
        for s in dict.fromkeys(stems)
        if s.folded[:2] == folded[:2] and match_of(folded, turkish_lower(word), s)
    ]
    near = Beginnings(stems).of(folded)
    assert [stem for stem in near if stem in fitting] == fitting
    assert all(stem.folded[:2] == folded[:2] for stem in near)


@pytest.mark.parametrize(
    "line", ["12.11.2026 tarihinde dilekçe verdim", "10:30'da araç geldi", "5.5.2026 günü gelindi"]
)
def test_a_day_or_an_hour_at_the_beginning_of_a_line_numbers_nothing(line: str) -> None:
    pieces = pieces_of(f"1- Bank konulması\n2.Yol yapılması\n{line}")
    assert line in "\n".join(piece.text for piece in pieces)
    assert pieces[0].text == "Bank konulması"


@pytest.mark.parametrize("gap", [" ", "\t", "\n(", " - "])
def test_ordinals_are_counted_whatever_stands_before_them(gap: str) -> None:
    text = f"Önce yol yapılsın.{gap}İkincisi) lamba takılsın.{gap}Üçüncüsü) çöp alınsın."
    assert len([piece for piece in pieces_of(text) if "sın" in piece.text]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Hemşehrilerimizin bir sıkıntısını sizlere aktarmak istiyorum.",
        "Bunun yanı sıra bir mesele daha bulunmaktadır.",
        "Allah korusun, bu durum önemini bir kat daha artırmaktadır.",
        "Öteki mesele de şöyle, her seferinde bize haber verilirse seviniriz.",
    ],
)
def test_ordinary_words_that_look_like_a_trade_speak_to_nobody(text: str) -> None:
    """Transfers, oaks, groves, storeys and bus runs were seen in what every letter says."""
    router, _ = shipped_router()
    assert router.stretch(text, "").totals == {}


def test_a_letter_is_no_ordinary_word() -> None:
    """A list of one word was taken for its letters."""
    assert [word for word in ORDINARY_WORDS if len(word) == 1] == []
    assert "şifa" in ORDINARY_WORDS


def test_of_stems_that_fold_alike_the_first_given_is_meant_by_a_slip() -> None:
    """Else it hung on where in memory they lie, and so on the day."""
    alike = [Stem("surat", marked) for marked in ("sürat", "surat", "şurat", "sürât", "surât", "şürat")]
    for first in range(len(alike)):
        given = [*alike[first:], *alike[:first]]
        assert Misspellings(given).find("suralar") is given[0]
