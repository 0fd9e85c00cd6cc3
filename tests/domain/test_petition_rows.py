"""Rows that were read in pieces are put together; what stands apart stays apart."""

import pytest

from daemon.domain.petitions.lines import lay_out
from daemon.domain.petitions.petition import Box, Condition, Line, Page, Word
from daemon.domain.petitions.reading import read_petitions
from daemon.domain.petitions.rows import in_order, unbroken
from tests.domain.petitions import CAME, LETTER, REGISTRY, page


def _line(text: str, left: int, top: int) -> Line:
    words = []
    for word in text.split():
        words.append(Word(word, 0.9, Box(left, top, left + 14 * len(word), top + 30)))
        left += 14 * (len(word) + 1)
    return Line(tuple(words))


def _texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_a_row_broken_amid_a_word_is_whole_again_where_its_first_piece_was_read() -> None:
    head, foot = _line("24.11.2026", 900, 100), _line("Tel: 0500 000 24 61", 200, 400)
    left = _line("Konu: Sok", 200, 208)
    right = _line("ak aydınlatması", left.box.right + 3, 200)  # the page bends
    found = unbroken([head, right, left, foot])
    assert _texts(found) == [head.text, "Konu: Sokak aydınlatması", foot.text]
    assert found[1].words[1].box == left.words[1].box.joined(right.words[0].box)


@pytest.mark.parametrize("gap", [14, 34], ids=["a space", "a streak"])
def test_a_row_broken_between_words_keeps_its_words(gap: int) -> None:
    left = _line("12 adet", 200, 200)
    right = _line("bank istiyoruz", left.box.right + gap, 200)
    assert _texts(unbroken([right, left])) == ["12 adet bank istiyoruz"]


@pytest.mark.parametrize(("across", "down"), [(60, 0), (14, 24)], ids=["another column", "another row"])
def test_what_stands_apart_stays_apart(across: int, down: int) -> None:
    left = _line("Sayı : 14", 200, 200)
    right = _line("Tarih: 24.11.2026", left.box.right + across, 200 + down)
    assert _texts(unbroken([left, right])) == [left.text, right.text]


def test_a_value_that_was_read_apart_from_its_label_is_its_label_s() -> None:
    letter = page(LETTER.replace("Konu: Kaldırım", "Konu"))
    row = next(line for line in letter.lines if line.text == "Konu")
    value = _line("Kaldırım onarımı", row.box.right + 150, row.box.top)
    lines = (*letter.lines[:7], value, *letter.lines[7:])
    read = Page(1, Condition.READ, lines, letter.width, letter.height)
    assert "Konu Kaldırım onarımı" in [line.text for line in lay_out([read])]
    (petition,) = read_petitions([read], REGISTRY, CAME)
    assert petition.fields.subject.value == "Kaldırım onarımı"


def test_a_heading_s_upper_row_comes_before_its_lower_ones() -> None:
    upper, lower, address = (
        _line(text, 200, 100 + 45 * n)
        for n, text in enumerate(("ALTINOVA MAHALLESİ", "MUHTARLIĞI", "Öğretmenler Caddesi No: 70"))
    )
    speck = Word("Gi)", 0.5, Box(90, 95, 140, 230))
    date = _line("27/10/2025", 1300, 240)
    mixed = Line((speck, *upper.words))
    assert in_order([lower, address, mixed, date]) == (mixed, lower, address, date)


def test_columns_are_read_one_after_the_other() -> None:
    left = [_line(text, 100, 100 + 45 * n) for n, text in enumerate(("Sayı : 14", "Konu : Yol"))]
    right = [_line(text, 900, 95 + 45 * n) for n, text in enumerate(("24.11.2026", "Örnek"))]
    below = _line("Mahallemizin yolu uzun süredir bozuktur ve geçilemez, bu nedenle onarılmalı", 100, 300)
    assert in_order([*left, *right, below]) == (*left, *right, below)
    assert in_order([*left, below, *right]) == (*left, *right, below)


def test_a_signature_at_the_right_comes_after_the_text_at_the_left() -> None:
    text = [
        _line(said, 100, 100 + 45 * n) for n, said in enumerate(("Yol bozuktur.", "Gereğini arz ederim."))
    ]
    signed = [_line(said, 900, 260 + 45 * n) for n, said in enumerate(("Orhan Vurallı", "Muhtar"))]
    assert in_order([text[0], *signed, text[1]]) == (*text, *signed)
