"""Whether a subject is believed beside the petition's text; what on a page is no print."""

import pytest

from daemon.domain.petitions.petition import Box, Line, Word
from daemon.domain.petitions.quality import is_borne_out, mended, without_scrawl, without_stray_quotes

TEXT = (
    "Sokak ile cadde arasındaki merdivenlerin korkulukları kopmuştur; ağaçların budanması da gerekmektedir."
)


@pytest.mark.parametrize(
    ("subject", "clear", "believed"),
    [
        ("Merdiven korkuluğu", False, True),
        ("Merdivan korkuluğu", True, False),
        ("Ağaç budanmağı", True, False),
        ("Ağaç budanması", False, True),
        ("Bozuk kaldırım", True, True),
        ("Bozuk kaldırım", False, False),
        ("© Merdiven", True, False),
        ("Merdiven'korkuluğu", True, False),
    ],
)
def test_a_subject_is_believed_as_far_as_the_text_bears_it_out(
    subject: str, clear: bool, believed: bool
) -> None:
    assert is_borne_out(subject, TEXT, surely_read=clear) is believed


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Ağaç hudanması", "Ağaç budanması"),
        ("AĞAÇ HUDANMASI", "AĞAÇ BUDANMASI"),
        ("Kaldırım vapılması", "Kaldırım yapılması"),
        ("Çöp.konteyneri talebr", "Çöp konteyneri talebi"),
        ("Korkulukların onarımı", "Korkulukların onarımı"),
        ("Merdivenler", "Merdivenler"),
        ("Caddenin temizliği", "Caddenin temizliği"),
        ("No.5 kaldırım", "No.5 kaldırım"),
    ],
)
def test_a_misread_word_of_a_subject_is_written_as_the_text_has_it(read: str, meant: str) -> None:
    assert mended(read, TEXT) == meant


def test_endings_that_differ_by_themselves_stay() -> None:
    """ "l" looks like "i", but "konteyneri" is a word beside "konteynerleri"."""
    assert mended("Çöp konteyneri", "Çöp konteynerleri yetersizdir.") == "Çöp konteyneri"
    assert mended("Park bakımı", "Parka bakım gerekir.") == "Park bakımı"


_HIGH = 30
"""Pixels of the page's words."""


def _word(text: str, left: int, *, high: int = _HIGH, confidence: float = 0.95) -> Word:
    return Word(text, confidence, Box(left, 100, left + round(0.9 * high) * len(text), 100 + high))


_PRINT = Line(tuple(_word(text, 200 + 300 * n) for n, text in enumerate(("Geregini", "arz", "ederim"))))


@pytest.mark.parametrize(
    ("word", "left"),
    [
        (_word("VAAZ?", 900, high=90, confidence=0.5), ()),
        (_word("VAAZ?", 900, high=40, confidence=0.5), ("VAAZ?",)),
        (_word("BAŞVURU", 900, high=90, confidence=0.7), ("BAŞVURU",)),
        (_word("T.C.", 900, high=90), ("T.C.",)),
        (_word("o", 70, high=52, confidence=0.9), ()),
        (_word("o", 70), ("o",)),
        (_word("B", 70, high=52), ("B",)),
    ],
)
def test_a_signature_or_a_hole_is_no_word(word: Word, left: tuple[str, ...]) -> None:
    _, *found = without_scrawl([_PRINT, Line((word,))])
    assert tuple(each.text for line in found for each in line.words) == left


def test_a_hole_is_taken_from_a_line_s_end_only_where_it_stands_apart() -> None:
    hole = _word("o", 60, high=52)
    assert without_scrawl([Line((hole, *_PRINT.words)), _PRINT]) == (_PRINT, _PRINT)
    close = Line((_word("o", 145, high=52), *_PRINT.words))
    assert without_scrawl([close, _PRINT]) == (close, _PRINT)


def test_a_page_without_words_has_no_scrawl() -> None:
    assert without_scrawl([]) == ()


@pytest.mark.parametrize(
    ("read", "left"),
    [
        (("“Tarih", "12.03.2026", "“"), ("Tarih", "12.03.2026")),
        (("“Yol", "bozuk”", "dendi"), ("“Yol", "bozuk”", "dendi")),
        (('Güvercin', '-"Terk'), ("Güvercin", "-Terk")),
        (('"Yol', 'bozuk"'), ('"Yol', 'bozuk"')),
        (("Mahallesi'nde",), ("Mahallesi'nde",)),
    ],
)  # fmt: skip
def test_a_quotation_mark_without_its_partner_is_a_speck(
    read: tuple[str, ...], left: tuple[str, ...]
) -> None:
    line = Line(tuple(_word(text, 200 + 300 * n) for n, text in enumerate(read)))
    (found,) = without_stray_quotes([line])
    assert tuple(word.text for word in found.words) == left


def test_a_line_of_nothing_but_a_stray_mark_is_none() -> None:
    assert without_stray_quotes([Line((_word("“", 200),))]) == ()
