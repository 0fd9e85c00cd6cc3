"""Formulas: what they give, what they break on, and how they follow their cells."""

import pytest

from tests.sheets_server.book.a1 import letters
from tests.sheets_server.book.formulas import shifted, tokens
from tests.sheets_server.books import RAW, area, book_of, cell_of, do, formulas_of, held, plain

DATA = [[1, 2, "x"], [3, "", "Yeni"], ["2026-12-05", True, "yeni"]]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3", 7),
        ("=(1+2)*3", 9),
        ("=-2^2", 4),
        ("=10-4-3", 3),
        ("=50%", 0.5),
        ("=7/2", 3.5),
        ("=1=1", True),
        ('="a"<>"A"', False),
        ('="b">"a"', True),
        ("=2>=3", False),
        ('="a"&1&TRUE', "a1TRUE"),
        ("=A1+B1", 3),
        ("=A1+B2", 1),
        ("=$A$1&C2", "1Yeni"),
        ("=SUM(A1:B2)", 6),
        ("=SUM(A1,B1,10)", 13),
        ("=SUM(A1;B1)", 3),
        ("=SUM(A:A)", 46365),
        ("=SUM(1:1)", 3),
        ("=AVERAGE(A1:A2)", 2),
        ("=MIN(A1:B2)", 1),
        ("=MAX(A1:B2)", 3),
        ("=COUNT(A1:C3)", 4),
        ("=COUNTA(A1:C3)", 8),
        ("=COUNTBLANK(A1:C3)", 1),
        ('=COUNTIF(C1:C3,"yeni")', 2),
        ('=COUNTIF(C1:C3,"<>yeni")', 1),
        ('=COUNTIF(A1:A2,">1")', 1),
        ('=COUNTIF(C1:C3,"y*")', 2),
        ("=COUNTIF(A1:A3,3)", 1),
        ('=COUNTIFS(C1:C3,"yeni",A1:A3,">2")', 2),
        ('=SUMIF(C1:C2,"x",A1:A2)', 1),
        ('=SUMIFS(A1:A2,C1:C2,"yeni")', 3),
        ('=IF(A1>0,"evet","hayır")', "evet"),
        ("=IF(A1>5,1)", False),
        ('=IFERROR(1/0,"yok")', "yok"),
        ("=AND(A1=1,B1=2)", True),
        ("=OR(A1=5,B1=5)", False),
        ("=NOT(TRUE)", False),
        ("=ISBLANK(B2)", True),
        ("=ROUND(2.345,2)", 2.35),
        ("=ROUND(-2.5)", -3),
        ("=ROUNDDOWN(2.9,0)", 2),
        ("=ROUNDUP(2.1)", 3),
        ("=ABS(-3)", 3),
        ("=MOD(7,3)", 1),
        ('=CONCATENATE("a",1,"b")', "a1b"),
        ('=TEXTJOIN(", ",TRUE,C1:C3)', "x, Yeni, yeni"),
        ('=LEN("çarşı")', 5),
        ('=UPPER("abc")&LOWER("ABC")', "ABCabc"),
        ('=TRIM("  a  b ")', "a b"),
        ('=LEFT("abc",2)&RIGHT("abc")&MID("abc",2,1)', "abcb"),
        ('=TEXT(A3,"dd.mm.yyyy")', "05.12.2026"),
        ("=YEAR(A3)*100+MONTH(A3)", 202612),
        ("=DATE(2026,12,5)-A3", 0),
        ("=VLOOKUP(3,A1:C3,3,FALSE)", "Yeni"),
        ("=toplam*2", 6),
        ("='Öteki Sayfa'!A1+1", 6),
        ("=SUM('Öteki Sayfa'!A1:A2)", 5),
        ('="iki ""tırnak"""', 'iki "tırnak"'),
    ],
)
def test_a_formula_gives(formula: str, value: object) -> None:
    book = book_of(DATA)
    do(book, "addSheet", properties={"title": "Öteki Sayfa"})
    book.values_update("'Öteki Sayfa'!A1", {"values": [[5]]}, RAW)
    do(book, "addNamedRange", namedRange={"name": "toplam", "range": area(1, 2, 0, 1)})
    book.person_types("Sheet1", "F9", formula)
    found = plain(book, "F9")[0][0]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("formula", "text", "kind"),
    [
        ("=1/0", "#DIV/0!", "DIVIDE_BY_ZERO"),
        ("=AVERAGE(E1:E5)", "#DIV/0!", "DIVIDE_BY_ZERO"),
        ("=Yok!A1", "#REF!", "REF"),
        ("=#REF!+1", "#REF!", "REF"),
        ("=F9+1", "#REF!", "REF"),
        ("=BİLİNMEZ(1)", "#NAME?", "NAME"),
        ("=yoktur", "#NAME?", "NAME"),
        ('="a"+1', "#VALUE!", "VALUE"),
        ("=C1*2", "#VALUE!", "VALUE"),
        ("=SQRT(-1)", "#NUM!", "NUM"),
        ("=VLOOKUP(99,A1:C3,2,FALSE)", "#N/A", "N_A"),
        ("=LEN()", "#N/A", "N_A"),
        ("=1+", "#ERROR!", "ERROR"),
        ("=(1", "#ERROR!", "ERROR"),
        ("=1 2", "#ERROR!", "ERROR"),
        ("=SUM(A1,1/0)", "#DIV/0!", "DIVIDE_BY_ZERO"),
    ],
)
def test_a_formula_breaks_as_an_error_and_not_otherwise(formula: str, text: str, kind: str) -> None:
    book = book_of(DATA)
    book.person_types("Sheet1", "F9", formula)
    assert (held(book, "F9"), plain(book, "F9")) == ([[text]], [[text]])
    assert cell_of(book, "F9")["effectiveValue"]["errorValue"]["type"] == kind
    assert formulas_of(book, "F9") == [[formula]]


def test_an_error_spreads_to_what_depends_on_it_and_heals() -> None:
    book = book_of([["=B1*2", "=1/C1", 0]])
    assert held(book) == [["#DIV/0!", "#DIV/0!", "0"]]
    book.person_types("Sheet1", "C1", "4")
    assert plain(book) == [[0.5, 0.25, 4]]


def test_a_reference_to_an_empty_cell_is_empty() -> None:
    book = book_of([["=F1", "=F1+1", '=F1&"x"', "son"]])
    assert plain(book) == [["", 1, "x", "son"]]
    assert "effectiveValue" not in cell_of(book, "A1")


def test_a_circle_is_an_error() -> None:
    assert held(book_of([["=B1", "=A1"]])) == [["#REF!", "#REF!"]]


def test_a_turkish_book_writes_decimals_with_commas_in_formulas() -> None:
    book = book_of([["=1,5*2", "=TOPLA(1)", "=SUM(1,5;2)"]], locale="tr_TR")
    assert held(book) == [["3", "#NAME?", "3,5"]]


@pytest.mark.parametrize(
    "formula", ["=IF(TRUE,2,3)", '=HYPERLINK("https://a.org","a")', "=SUM(1,2,3)", "=1.5+1", "=SUM(A2,A3)"]
)
def test_where_commas_part_numbers_they_part_no_arguments(formula: str) -> None:
    """As people of Turkey report it of the real service, whose separator there is the semicolon:
    https://github.com/googleapis/google-api-nodejs-client/issues/1994"""
    assert held(book_of([[formula]], locale="tr_TR")) == [["#ERROR!"]]
    assert held(book_of([[formula]])) != [["#ERROR!"]]


def test_a_comma_in_a_text_or_a_name_of_a_sheet_is_no_separator() -> None:
    book = book_of([['="a,b"&1,5', "=SUM('x, y.1'!A1;1)"]], locale="tr_TR")
    do(book, "addSheet", properties={"title": "x, y.1"})
    assert held(book) == [["a,b1,5", "1"]]


def test_a_formula_shows_what_it_refers_to_in_that_format() -> None:
    book = book_of([["2026-12-05", "=A1+1", "=TODAY()", "=SUM(D2:D2)"], ["", "", "", "$5.00"]])
    shown = held(book, "A1:D1")[0]
    assert (shown[1], shown[3]) == ("2026-12-06", "$5.00")
    assert shown[2].count("/") == 2


def test_very_deep_formulas_are_an_error_and_no_crash() -> None:
    book = book_of([["=" + "(" * 3000 + "1" + ")" * 3000]])
    assert held(book) == [["#ERROR!"]]


@pytest.mark.parametrize(
    ("formula", "down", "right", "moved"),
    [
        ("=A1", 1, 2, "=C2"),
        ("=$A1+A$1+$A$1", 2, 3, "=$A3+D$1+$A$1"),
        ("=SUM(A:B)+SUM(2:3)", 1, 1, "=SUM(B:C)+SUM(3:4)"),
        ("=A2:C", 1, 1, "=B3:D"),
        ("=A1", -1, 0, "=#REF!"),
        ('="A1"&LOG10(5)&A1', 1, 0, '="A1"&LOG10(5)&A2'),
        ("='Açık İşler'!A1+Veri!B2", 1, 0, "='Açık İşler'!A2+Veri!B3"),
    ],
)
def test_loose_references_move_with_a_copy(formula: str, down: int, right: int, moved: str) -> None:
    assert shifted(formula, down, right) == moved


def test_the_tokens_of_a_formula_are_the_formula() -> None:
    formula = "=IF('It''s'!$A$1:B>=1.5e3, \"a \"\"b\", #N/A) & {1;2}%"
    assert "".join(token.text for token in tokens(formula)) == formula[1:]


def test_columns_have_letters() -> None:
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
