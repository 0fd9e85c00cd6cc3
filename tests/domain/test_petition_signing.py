"""Who signs, where a stamp or a pen lies over the name, or the letterhead stands in a column of its own."""

from dataclasses import replace

import pytest

from daemon.domain.petitions.petition import Box, Line, Page, Word
from daemon.domain.petitions.reading import read_petitions
from daemon.domain.petitions.signing import rows_in_doubt, unread_foot
from tests.domain.petitions import CAME, LETTER, REGISTRY, page

_COVERED = """
    MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE
    Konu: Kaldırım
    Sokağımızda kaldırım bozuktur, yaşlı komşularımız düşmektedir, onarılması gerekmektedir.
    Gereğini arz ederim.
    Muhtarı
"""


def _line(text: str, left: int, top: int, confidence: float = 0.95) -> Line:
    words, at = [], left
    for word in text.split():
        words.append(Word(word, confidence, Box(at, top, at + 14 * len(word), top + 30)))
        at += 14 * (len(word) + 1)
    return Line(tuple(words))


def _whole(_line: Line) -> bool:
    return True


def _neighbourhood(found: Page) -> tuple[str, bool]:
    (petition,) = read_petitions((found,), REGISTRY, CAME)
    return petition.fields.neighbourhood.value, petition.fields.neighbourhood.sure


def test_of_several_bad_readings_of_a_row_the_register_picks() -> None:
    covered = page(_COVERED)
    bad = ("YayınMahalls/ Muhtarı", "Yayla Mahâllesi Muhtarı", "Vey— akalfesi Muhtarı")
    closer = tuple(_line(reading, 100, 330, 0.5) for reading in bad)
    assert _neighbourhood(covered) == ("", False)
    assert _neighbourhood(replace(covered, closer=closer)) == ("Yayla", False)


def test_other_readings_that_name_place_and_headman_agree() -> None:
    closer = (_line("Yayla Mahalesi Muhtarı", 100, 330, 0.5), _line("Mustafa ŞAHİNBEY—", 100, 375, 0.7))
    assert _neighbourhood(replace(page(_COVERED), closer=closer)) == ("Yayla", True)


@pytest.mark.parametrize("read", ["Yahâllesi", "Wahallesi", "Muhallesi", "MAHABLEŞİ"])
def test_a_mahallesi_with_letters_misread_is_one(read: str) -> None:
    assert _neighbourhood(page(_COVERED.replace("Muhtarı", f"Yayla {read} Muhtarı")))[0] == "Yayla"


def test_a_blank_lost_before_mahallesi_is_there() -> None:
    assert _neighbourhood(page(_COVERED.replace("Muhtarı", "YükseltepeMAHALLESİ Muhtarı")))[0] == "Yükseltepe"


def test_a_letterhead_in_a_column_is_read_down_though_rows_beside_it_were_read_along() -> None:
    below = page(_COVERED)
    head = (
        _line("Fatih", 200, 30),
        _line("Mahallesi", 200, 70),
        Line((*_line("Muhtarlığı", 200, 110).words, *_line("12.03.2026", 1200, 110).words)),
    )
    assert _neighbourhood(replace(below, lines=(*head, *below.lines))) == ("Fatih", True)
    beside = Line((*head[0].words, *_line("ÇANKAYA BELEDİYESİ", 700, 30).words))
    assert _neighbourhood(replace(below, lines=(beside, *head[1:], *below.lines))) == ("Fatih", True)


def test_who_signs_clearly_is_not_looked_for() -> None:
    assert list(rows_in_doubt(page(LETTER), _whole)) == []


def test_a_form_says_it_behind_its_label() -> None:
    form = page("MUHTAR TALEP DİLEKÇESİ\nMahallesi : Fatih\nMuhtarın Adı Soyadı : Ömer Erdoğmuş\n" + _COVERED)
    assert list(rows_in_doubt(form, _whole)) == []
    unread = page("MUHTAR TALEP DİLEKÇESİ\nMahallesi :\n" + _COVERED)
    assert list(rows_in_doubt(unread, _whole)) != []


def test_an_address_and_a_place_told_of_say_not_who_signs() -> None:
    told = (
        _COVERED.replace("Sokağımızda", "Fatih Mahallesi yanında") + "\nAdres: Osmangazi Mah. Gül Sokak No: 4"
    )
    title = next(line for line in page(told).lines if line.text == "Muhtarı")
    rows = list(rows_in_doubt(page(told), _whole))
    assert rows[0].top == title.box.top
    assert rows[0].left < title.box.left - 5 * title.box.height
    assert [row.top < title.box.top for row in rows[1:]] == [True, False]


def test_a_name_whose_first_letters_are_lost_is_in_doubt() -> None:
    assert list(rows_in_doubt(page(LETTER), lambda _line: False)) != []


def test_a_signature_of_which_nothing_was_read_stands_below_the_closing() -> None:
    unsigned = page(_COVERED.replace("Muhtarı", ""))
    foot = unread_foot(unsigned)
    assert foot is not None
    assert foot.top == unsigned.lines[-1].box.bottom
    assert unread_foot(page(LETTER)) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Telefonu 10532 216 61 79", "0532 216 61 79"),
        ("Telefonu 1312378 1275", "0312 378 12 75"),
        ("Telefonu 1 0(532) 216 61 79", "0532 216 61 79"),
        ("İrtibat Tel : 0542\n3181284", "0542 318 12 84"),
    ],
)
def test_a_telephone_is_whole_though_a_colon_was_misread_or_a_line_ends_in_it(
    written: str, number: str
) -> None:
    (petition,) = read_petitions((page(f"{_COVERED}\n{written}"),), REGISTRY, CAME)
    assert petition.fields.phone.value == number


@pytest.mark.parametrize(
    ("read", "number"), [("0599 999 94 21", "0500 000 04 21"), ("0598 699 94 21", "0598 699 94 21")]
)
def test_a_nought_that_was_taken_for_a_nine_throughout_is_the_register_s(read: str, number: str) -> None:
    letter = page(LETTER.replace("0500 000 04 21", read), confidence=0.7)
    (petition,) = read_petitions((letter,), REGISTRY, CAME)
    assert (petition.fields.phone.value, petition.fields.phone.sure) == (number, False)


def test_a_one_amid_a_sentence_is_no_colon() -> None:
    (petition,) = read_petitions((page(_COVERED.replace("Muhtarı", "Bina 15322166179")),), REGISTRY, CAME)
    assert petition.fields.phone.value == ""
