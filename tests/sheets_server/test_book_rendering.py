"""Number formats: what a number looks like."""

import pytest

from tests.sheets_server.book.locales import locale_named
from tests.sheets_server.book.rendering import shown
from tests.sheets_server.books import area, book_of, do, held


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (42, "42"),
        (42.01, "42.01"),
        (1 / 3, "0.3333333333"),
        (0.1 + 0.2, "0.3"),
        (1234567.891, "1234567.891"),
        (1e15, "1E+15"),
        (1.5e-7, "1.5E-07"),
        (-2.5, "-2.5"),
    ],
)
def test_a_number_without_a_format(number: float, text: str) -> None:
    assert shown(float(number), None, locale_named("en_US")) == text


@pytest.mark.parametrize(
    ("pattern", "number", "american", "turkish"),
    [
        ("0", 2.5, "3", "3"),
        ("0", -0.2, "0", "0"),
        ("0.00", 1.005, "1.01", "1,01"),
        ("#,##0", 1234567.2, "1,234,567", "1.234.567"),
        ("#,##0.00", -1234.5, "-1,234.50", "-1.234,50"),
        ("0.0#", 1.5, "1.5", "1,5"),
        ("#.##", 0.5, ".5", ",5"),
        ("000", 7, "007", "007"),
        ("0%", 0.125, "13%", "13%"),
        ("0.0%", 0.125, "12.5%", "12,5%"),
        ("0.00E+00", 12345, "1.23E+04", "1,23E+04"),
        ('"₺"#,##0.00', 5, "₺5.00", "₺5,00"),
        ("#,##0;(#,##0);-", -5, "(5)", "(5)"),
        ("#,##0;(#,##0);-", 0, "-", "-"),
        ("0 \\g\\ü\\n", 3, "3 gün", "3 gün"),
        ('0" gün"', 3, "3 gün", "3 gün"),
        ("[$₺]#,##0.00", -5, "-₺5.00", "-₺5,00"),
        ("#,##0.00 [$€-407]", 5, "5.00 €", "5,00 €"),
        ("[Red]0", 5, "5", "5"),
        ("#,##0,", 1234567, "1,235", "1.235"),
        ("@", 5, "5", "5"),
        ("General", 5.5, "5.5", "5,5"),
    ],
)
def test_a_number_in_a_pattern(pattern: str, number: float, american: str, turkish: str) -> None:
    look = {"type": "NUMBER", "pattern": pattern}
    assert shown(float(number), look, locale_named("en_US")) == american
    assert shown(float(number), look, locale_named("tr_TR")) == turkish


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("dd.mm.yyyy", "05.12.2026"),
        ("d/m/yy", "5/12/26"),
        ("yyyy-mm-dd hh:mm:ss", "2026-12-05 09:07:03"),
        ("dd.mm.yyyy hh:mm", "05.12.2026 09:07"),
        ("h:mm am/pm", "9:07 AM"),
        ("mm:ss", "07:03"),
        ("mmm d", "Ara 5"),
        ("d mmmm yyyy dddd", "5 Aralık 2026 Cumartesi"),
        ("ddd", "Cmt"),
        ("MM", "12"),
        ('"gün" d', "gün 5"),
        ("[h]:mm", "1112673:07"),
        ("hh:mm:ss.000", "09:07:03,000"),
    ],
)
def test_a_date_in_a_pattern(pattern: str, text: str) -> None:
    serial = 46361 + (9 * 3600 + 7 * 60 + 3) / 86400
    assert shown(serial, {"type": "DATE_TIME", "pattern": pattern}, locale_named("tr_TR")) == text


@pytest.mark.parametrize(
    ("kind", "locale", "text"),
    [
        ("DATE", "en_US", "12/5/2026"),
        ("DATE", "tr_TR", "05.12.2026"),
        ("DATE_TIME", "tr_TR", "05.12.2026 00:00:00"),
        ("DATE_TIME", "en_US", "12/5/2026 0:00:00"),
        ("PERCENT", "tr_TR", "4636100,00%"),
        ("CURRENCY", "en_US", "$46,361.00"),
        ("NUMBER", "en_US", "46,361.00"),
    ],
)
def test_a_format_without_a_pattern_follows_the_locale(kind: str, locale: str, text: str) -> None:
    assert shown(46361.0, {"type": kind}, locale_named(locale)) == text


def test_dates_are_read_as_serial_numbers_or_as_they_are_shown() -> None:
    book = book_of([["05.12.2026", 12]], locale="tr_TR")
    assert held(book, valueRenderOption="UNFORMATTED_VALUE") == [[46361, 12]]
    strings = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
    assert held(book, **strings) == [["05.12.2026", 12]]
    assert held(book, valueRenderOption="FORMULA") == [[46361, 12]]
    strings["valueRenderOption"] = "FORMULA"
    assert held(book, **strings) == [["05.12.2026", 12]]


def test_a_change_of_format_changes_what_is_shown_and_not_what_is_held() -> None:
    book = book_of([[1234.5]])
    look = {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"}}
    do(
        book,
        "repeatCell",
        range=area(0, 1, 0, 1),
        cell={"userEnteredFormat": look},
        fields="userEnteredFormat.numberFormat",
    )
    assert (held(book), held(book, valueRenderOption="UNFORMATTED_VALUE")) == ([["1,234.50"]], [[1234.5]])
