"""What a text means when it is typed into a cell, and how it is then shown."""

from typing import Any

import pytest

from tests.sheets_server.books import RAW, TYPED, area, book_of, cell_of, do, formulas_of, held, plain


def _typed(text: object, locale: str) -> tuple[Any, str, dict[str, str] | None]:
    """The plain value, the shown one, and the number format that came with it."""
    book = book_of(locale=locale)
    book.values_update("B2", {"values": [[text]]}, TYPED)
    look = cell_of(book, "B2").get("userEnteredFormat", {}).get("numberFormat")
    return plain(book, "B2")[0][0], held(book, "B2")[0][0], look


@pytest.mark.parametrize(
    ("text", "value", "shown", "kind"),
    [
        ("abc", "abc", "abc", None),
        ("007", 7, "7", None),
        ("0042", 42, "42", None),
        (" 12 ", 12, "12", None),
        ("-5", -5, "-5", None),
        ("+5", 5, "5", None),
        ("(5)", -5, "-5", None),
        ("1.5", 1.5, "1.5", None),
        (".5", 0.5, "0.5", None),
        ("1,234", 1234, "1,234", "NUMBER"),
        ("1,234.5", 1234.5, "1,234.50", "NUMBER"),
        ("1,23", "1,23", "1,23", None),
        ("1e3", 1000, "1.00E+03", "SCIENTIFIC"),
        ("50%", 0.5, "50%", "PERCENT"),
        ("12.5%", 0.125, "12.50%", "PERCENT"),
        ("$100.15", 100.15, "$100.15", "CURRENCY"),
        ("-$5", -5, "-$5", "CURRENCY"),
        ("₺12", 12, "₺12", "CURRENCY"),
        ("TRUE", True, "TRUE", None),
        ("false", False, "FALSE", None),
        ("'0123", "0123", "0123", None),
        ("'=1+1", "=1+1", "=1+1", None),
        ("=", "=", "=", None),
        ("2026-09-05", 46270, "2026-09-05", "DATE"),
        ("9/5/2026", 46270, "9/5/2026", "DATE"),
        ("09/05/26", 46270, "09/05/26", "DATE"),
        ("September 5, 2026", 46270, "September 5, 2026", "DATE"),
        ("Sep 5 2026", 46270, "Sep 5 2026", "DATE"),
        ("5-Sep-2026", 46270, "5-Sep-2026", "DATE"),
        ("Sep-5-2026", "Sep-5-2026", "Sep-5-2026", None),
        ("13/5/2026", "13/5/2026", "13/5/2026", None),
        ("5.12.2026", "5.12.2026", "5.12.2026", None),
        ("2026-02-30", "2026-02-30", "2026-02-30", None),
        ("12:30", 0.5208333333333334, "12:30", "TIME"),
        ("12:30:15 PM", 0.5210069444444444, "12:30:15 PM", "TIME"),
        ("2026-09-05 06:00", 46270.25, "2026-09-05 06:00", "DATE_TIME"),
        ("25:00", 1.0416666666666667, "25:00:00", "TIME"),
        ("12:75", "12:75", "12:75", None),
        ("2026-09-05T06:00", "2026-09-05T06:00", "2026-09-05T06:00", None),
        ("+ iki söz", "#ERROR!", "#ERROR!", None),
        ("+90 532 111", "#ERROR!", "#ERROR!", None),
        ("Çarşı Mah. 19 Mayıs Sk.", "Çarşı Mah. 19 Mayıs Sk.", "Çarşı Mah. 19 Mayıs Sk.", None),
        (12, 12, "12", None),
        (True, True, "TRUE", None),
    ],
)
def test_typed_in_american_english(text: object, value: object, shown: str, kind: str | None) -> None:
    found = _typed(text, "en_US")
    assert (found[0], found[1], (found[2] or {}).get("type")) == (value, shown, kind)
    assert type(found[0]) is type(value)


@pytest.mark.parametrize(
    ("text", "value", "shown", "kind"),
    [
        ("1,5", 1.5, "1,5", None),
        ("1.234", 1234, "1.234", "NUMBER"),
        ("1.234,50", 1234.5, "1.234,50", "NUMBER"),
        ("%50", "%50", "%50", None),
        ("12,5%", 0.125, "12,50%", "PERCENT"),
        ("₺1.234,56", 1234.56, "₺1.234,56", "CURRENCY"),
        ("100 TL", 100, "₺100", "CURRENCY"),
        ("DOĞRU", True, "TRUE", None),
        ("yanlış", False, "FALSE", None),
        ("05.12.2026", 46361, "05.12.2026", "DATE"),
        ("5.12.2026", 46361, "5.12.2026", "DATE"),
        ("5/12/2026", 46361, "5/12/2026", "DATE"),
        ("5 Aralık 2026", 46361, "5 Aralık 2026", "DATE"),
        ("5 Ara 2026", 46361, "5 Ara 2026", "DATE"),
        ("05-Ara-2026", 46361, "05-Ara-2026", "DATE"),
        ("5-Ara 2026", "5-Ara 2026", "5-Ara 2026", None),
        ("5 Dec 2026", "5 Dec 2026", "5 Dec 2026", None),
        ("2026-12-05", 46361, "2026-12-05", "DATE"),
        ("05.12.2026 09:30", 46361.395833333336, "05.12.2026 09:30", "DATE_TIME"),
        ("05.12.2026 9:30:15", 46361.396006944444, "05.12.2026 9:30:15", "DATE_TIME"),
        ("5.12", "5.12", "5.12", None),
        ("31.02.2026", "31.02.2026", "31.02.2026", None),
        ("0532 111 22 33", "0532 111 22 33", "0532 111 22 33", None),
    ],
)
def test_typed_in_turkish(text: str, value: object, shown: str, kind: str | None) -> None:
    found = _typed(text, "tr_TR")
    assert (found[0], found[1], (found[2] or {}).get("type")) == (value, shown, kind)


def test_raw_input_is_kept_as_it_is() -> None:
    book = book_of()
    sent = ["12", "=1+1", "2026-12-05", "TRUE", "'x", 12.5, True, 3]
    book.values_update("A1", {"values": [sent]}, RAW)
    assert plain(book) == [sent]
    assert formulas_of(book) == [sent]
    assert held(book) == [["12", "=1+1", "2026-12-05", "TRUE", "'x", "12.5", "TRUE", "3"]]


def test_null_leaves_a_cell_alone_and_an_empty_text_empties_it() -> None:
    book = book_of([["a", "b", "c"]])
    book.values_update("A1", {"values": [[None, "", "x"]]}, RAW)
    assert held(book) == [["a", "", "x"]]


def test_a_date_typed_where_a_format_is_set_is_shown_in_that_format() -> None:
    book = book_of(locale="tr_TR")
    look = {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}
    do(
        book,
        "repeatCell",
        range=area(0, 5, 0, 1),
        cell={"userEnteredFormat": look},
        fields="userEnteredFormat.numberFormat",
    )
    book.person_types("Sheet1", "A1", "2026-12-05")
    assert (plain(book), held(book)) == ([[46361]], [["05.12.2026"]])


def test_nothing_is_understood_in_a_cell_of_plain_text() -> None:
    book = book_of()
    text = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    cell = {"userEnteredFormat": text}
    do(book, "repeatCell", range=area(0, 1, 0, 3), cell=cell, fields="userEnteredFormat")
    book.values_update("A1", {"values": [["007", "2026-12-05", "=1+1"]]}, TYPED)
    assert plain(book) == [["007", "2026-12-05", "=1+1"]]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://ornek.bel.tr/a", "https://ornek.bel.tr/a"),
        ("www.ornek.bel.tr", "http://www.ornek.bel.tr"),
        ("ornek", None),
    ],
)
def test_an_address_becomes_a_link_when_it_is_typed_but_not_when_it_is_sent_raw(
    text: str, target: str | None
) -> None:
    book = book_of([[text]])
    assert cell_of(book, "A1").get("hyperlink") == target
    book.values_update("A2", {"values": [[text]]}, RAW)
    assert "hyperlink" not in cell_of(book, "A2")
