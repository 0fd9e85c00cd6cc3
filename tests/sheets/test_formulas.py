"""References in formulas when rows go, as Excel's *Delete row* moves them."""

import pytest

from daemon.sheets.formulas import Area, CannotShift, Shift, column_index, column_letters, filled


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A4", "A4"),
        ("A6", "A5"),
        ("A5", "#REF!"),
        ("$A$6+B4*C7", "$A$5+B4*C6"),
        ("SUM(A2:A10)", "SUM(A2:A9)"),
        ("SUM(A5:A10)", "SUM(A5:A9)"),
        ("SUM(A2:A5)", "SUM(A2:A4)"),
        ("SUM(A5:B5)", "SUM(#REF!)"),
        ("SUM(A:A)", "SUM(A:A)"),
        ("SUM(5:5)", "SUM(#REF!)"),
        ("SUM($3:$8)", "SUM($3:$7)"),
        ("SUM(A2:A20000)", "SUM(A2:A20000)"),
        ("SUM(A6:A20000)", "SUM(A5:A20000)"),
        ('IF(A6="A6 \'Talepler\'!A6","=A6",A7)', 'IF(A5="A6 \'Talepler\'!A6","=A6",A6)'),
        ("LOG10(A6)+DEC2BIN(3)", "LOG10(A5)+DEC2BIN(3)"),
        ("Talepler!A6+Arşiv!A6", "Talepler!A5+Arşiv!A6"),
        ("'Talepler'!$A$6:$B$9", "'Talepler'!$A$5:$B$8"),
        ("TALEPLER!A6", "TALEPLER!A5"),
        ("[1]Talepler!A6+'[b.xlsx]Talepler'!A6", "[1]Talepler!A6+'[b.xlsx]Talepler'!A6"),
        ("Tablo1[[#This Row],[A6]]+Tablo1[A6]", "Tablo1[[#This Row],[A6]]+Tablo1[A6]"),
        ("toplam_A6+ŞA6+A6b", "toplam_A6+ŞA6+A6b"),
        ("A6:INDEX(B:B,3)", "A5:INDEX(B:B,3)"),
        ("XFD6+AAA1048576", "XFD5+AAA1048575"),
    ],
)  # fmt: skip
def test_references_move_as_excel_moves_them(formula: str, moved: str) -> None:
    assert Shift("Talepler", [5], last_used=100).formula(formula, at_home=True) == moved


def test_a_formula_elsewhere_moves_only_what_names_the_worksheet() -> None:
    shift = Shift("Yeni Talep", [3, 5], last_used=50)
    assert shift.formula("A9+'Yeni Talep'!A9+SUM('Yeni Talep'!A3:A5)", at_home=False) == (
        "A9+'Yeni Talep'!A7+SUM('Yeni Talep'!A3:A3)"
    )


def test_a_range_across_worksheets_is_not_guessed_at() -> None:
    with pytest.raises(CannotShift):
        Shift("Talepler", [5], 10).formula("SUM(Ocak:Mart!A6)", at_home=True)


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "there"),
    [
        ("A2*$B$1", 3, 0, "A5*$B$1"),
        ("A2&B$2&$C2", 1, 2, "C3&D$2&$C3"),
        ("SUM(A$2:A2)", 5, 0, "SUM(A$2:A7)"),
        ("SUM(2:2,$3:$3)", 1, 0, "SUM(3:3,$3:$3)"),
        ('"A2"&Arşiv!A2', 1, 0, '"A2"&Arşiv!A3'),
    ],
)
def test_a_shared_formula_reads_elsewhere_as_if_filled_down(
    formula: str, rows: int, columns: int, there: str
) -> None:
    assert filled(formula, rows, columns) == there


@pytest.mark.parametrize(
    ("index", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")]
)
def test_columns_have_letters(index: int, letters: str) -> None:
    assert (column_letters(index), column_index(letters)) == (letters, index)


def test_an_area_reads_and_shows_itself() -> None:
    assert str(Area.read("$B$2:D9")) == "B2:D9"
    assert str(Area.read("C3")) == "C3"
    assert Area.read("A:A") is None
