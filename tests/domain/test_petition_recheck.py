"""Which lines are looked at again, and what is believed of several readings, by plain values."""

import pytest

from daemon.domain.petitions.petition import Box, Condition, Line, Page, Word
from daemon.domain.petitions.recheck import (
    Sought,
    bear_out,
    doubtful,
    line_beside,
    settled,
    with_lost,
    with_open_end,
)


def line(text: str, confidence: float = 0.95, *, top: int = 100, left: int = 200) -> Line:
    words = []
    for word in text.split():
        words.append(Word(word, confidence, Box(left, top, left + 14 * len(word), top + 30)))
        left += 14 * (len(word) + 1)
    return Line(tuple(words))


def page(*lines: Line) -> Page:
    return Page(1, Condition.READ, lines, 1654, 2339)


def _sought(*lines: Line) -> list[tuple[int, Sought]]:
    return [(doubt.place, doubt.sought) for doubt in doubtful(page(*lines))]


ADDRESSEE = line("MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE", top=200)
BODY = line("Mahallemizdeki kaldırım 01.02.2026 tarihinde sökülmüştür, gereğini arz ederim.", 0.5, top=300)


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        (line("Tarih: 12.03.2026"), []),
        (line("Tarih: 12.03.2026", 0.7), [(0, Sought.DATE)]),
        (line("Tarih: 1£.03.2026"), [(0, Sought.DATE)]),
        (line("75.03.2026"), [(0, Sought.DATE)]),
        (line("Tel: 0500 000 04 21"), []),
        (line("Tel: 0500 000 04 21", 0.8), [(0, Sought.PHONE)]),
        (line("GSM: 0 (312) £46 24 73"), [(0, Sought.PHONE)]),
        (line("Konu: Kaldırım"), []),
        (line("Konu: Kaldırım", 0.85), [(0, Sought.SUBJECT)]),
    ],
)
def test_only_what_is_in_doubt_is_looked_at_again(said: Line, sought: list[tuple[int, Sought]]) -> None:
    assert _sought(said, ADDRESSEE, BODY) == sought


def test_a_prefix_that_was_hard_to_read_says_nothing_of_the_number() -> None:
    prefix, *rest = line("*90 500 000 04 21").words
    assert _sought(Line((Word("*90", 0.1, prefix.box), *rest)), ADDRESSEE, BODY) == []


def _confidence(found: Line) -> float:
    return min(word.confidence for word in found.words)


def test_readings_that_agree_are_believed_more_than_one() -> None:
    found = settled(line("Tarih: 12.03.2026", 0.7), [line("Tarih: 12.03.2026", 0.7)], Sought.DATE)
    assert found.text == "Tarih: 12.03.2026"
    assert found.words[-1].confidence == pytest.approx(0.91)


def test_readings_that_differ_are_believed_less() -> None:
    readings = [line("Tarih: 12.08.2026", 0.8), line("Tarih: 12.03.2026", 0.6)]
    found = settled(line("Tarih: 12.03.2026", 0.7), readings, Sought.DATE)
    assert found.text == "Tarih: 12.03.2026"
    assert found.words[-1].confidence < 0.6


def test_a_number_that_was_read_only_the_second_time_takes_the_place_of_what_stood_there() -> None:
    first = line("GSM: 0500 £00 04 21")
    found = settled(first, [line("GSM: 0500 000 04 21", 0.8)], Sought.PHONE)
    assert found.text == "GSM: 0500 000 04 21"
    assert _confidence(found) == 0.8


def test_where_nothing_better_was_read_the_line_stays() -> None:
    first = line("GSM: 0500 £00")
    assert settled(first, [line("GSM")], Sought.PHONE) is first


def test_a_subject_is_not_exchanged_for_a_line_without_its_label() -> None:
    first = line("Konu: Kaldırım", 0.6)
    assert settled(first, [line("Kaldırım yapılması", 0.9)], Sought.SUBJECT) is first
    assert settled(first, [line("Konu: Kaldırımlar", 0.9)], Sought.SUBJECT).text == "Konu: Kaldırımlar"


def test_a_gap_in_a_line_is_closed_by_the_line_read_as_a_whole() -> None:
    lines = (line("KONU: talebi"), line("Gereğini arz ederim.", top=300))
    place = Box(300, 102, 420, 130)
    assert line_beside(lines, place) == 0
    found = with_lost(lines, 0, [line("KONU: Çöp konteyneri talebi", 0.8), line("KONU: talebi")])
    assert [each.text for each in found] == ["KONU: Çöp konteyneri talebi", "Gereğini arz ederim."]


def test_a_lost_line_is_put_where_it_stands_and_dust_is_not() -> None:
    lines = (line("Yayla", top=100), line("Gereğini arz ederim.", top=300))
    place = Box(900, 200, 1100, 230)
    assert line_beside(lines, place) is None
    found = with_lost(lines, None, [line("Tarih: 12.03.2026", 0.5, top=200)])
    assert [each.text for each in found] == ["Yayla", "Tarih: 12.03.2026", "Gereğini arz ederim."]
    assert with_lost(lines, None, [line("iıl, rm", 0.4, top=200)]) == lines


def test_a_lost_word_read_twice_alike_is_believed_though_it_was_read_badly() -> None:
    lines = (line("KONÜ: Moloz"),)
    readings = [line("KÖNÜ: Moloz kâldirilmasi", 0.6), line("KONU: Moloz kâldirilması.", 0.55)]
    assert "irilmas" in with_lost(lines, 0, readings)[0].text
    assert with_lost(lines, 0, readings[:1]) == lines
    assert with_lost(lines, 0, [line("KONÜ: Moloz ıl, rm", 0.5), line("KONÜ: Moloz vlı", 0.5)]) == lines


@pytest.mark.parametrize(
    ("text", "gap", "open_end"),
    [
        ("KONU: Moloz", 20, True),
        ("KONU: Moloz", 200, False),  # a stamp beside it
        ("Tarih: 12.03.2026", 20, False),  # complete in itself
    ],
)
def test_a_subject_behind_which_something_unread_stands_is_in_doubt(
    text: str, gap: int, open_end: bool
) -> None:
    first = line(text)
    right = first.box.right + gap
    found = with_open_end(first, Box(right, 102, right + 150, 128))
    assert (_confidence(found) < 0.8) is open_end
    assert found.text == text


def test_a_subject_that_no_other_reading_bears_out_is_disputed() -> None:
    agreed = settled(line("Konu Çop talebi", 0.85), [line("Konu: Çöp talebi", 0.8)], Sought.SUBJECT)
    assert _confidence(agreed) > 0.95
    disputed = settled(line("Konu: Çöp talebr", 0.9), [line("Konu: Çöp talebi", 0.8)], Sought.SUBJECT)
    assert _confidence(disputed) < 0.8


@pytest.mark.parametrize(
    ("one", "other", "sought", "enough"),
    [
        (line("Tarih: 12.03.2026", 0.82), line("Tarih: 12.03.2026", 0.9), Sought.DATE, True),
        (line("Tarih: 12.03.2026", 0.6), line("Tarih: 12.03.2026", 0.9), Sought.DATE, False),
        (line("Tarih: 12.03.2026", 0.82), line("Tarih: 12.08.2026", 0.9), Sought.DATE, False),
        (line("Tel: 0500 £00"), line("Tel: 0500 £00"), Sought.PHONE, False),
        (line("Konu Yol", 0.7), line("Konu: Yol.", 0.7), Sought.SUBJECT, True),
    ],
)
def test_a_third_reading_is_saved_where_two_agree_clearly(
    one: Line, other: Line, sought: Sought, *, enough: bool
) -> None:
    assert bear_out(one, other, sought) is enough
