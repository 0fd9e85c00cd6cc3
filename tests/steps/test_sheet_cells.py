"""What people type into the cells of a directorate's sheet, also while the ledger has changed."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from daemon.domain import decision
from daemon.domain.request import Status
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_urgent import plain

# --- cells ------------------------------------------------------------------------------------------------


def test_our_cell_is_put_back_three_times_and_then_told(office: SheetOffice, three: list[str]) -> None:
    for n in range(3):
        office.edit("fen", three[0], Konu=f"Başka {n}")
        office.rest()
        assert office.row(three[0])["Konu"] == "Çukur"
    assert office.told() == []
    office.edit("fen", three[0], Konu="Başka 3")
    office.rest()
    assert office.row(three[0])["Konu"] == "Başka 3"
    assert len(office.told()) == 1
    office.edit("fen", three[0], Not="bir not")
    office.rest(days=1)
    assert len(office.told()) == 1
    assert office.request(three[0]).subject == "Çukur"
    office.quiet()


def test_what_is_said_of_cells_that_are_fought_over_names_their_row_and_table(
    office: SheetOffice, three: list[str]
) -> None:
    for n in range(4):
        office.edit("fen", three[0], Konu=f"Başka {n}", Mahalle=f"Başka {n}")
        office.rest()
    with office.ledger.view() as view:
        waiting = view.letters_waiting(office.now, 9_999)
    [words, *_] = [plain(office, x) for x in waiting if x.occasion == "office/notice"]
    assert f"{three[0]} (fen tablosu): Mahalle, Konu hücreleri üç kez geri yazıldı" in words
    assert [e.text.partition(" üç")[0] for e in office.history(three[0]) if e.kind == "given-up"] == [
        "Mahalle, Konu hücreleri"
    ]


def test_durum_kategori_and_note_are_taken(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Durum="İşlemde", Kategori="Yol", Not="Ekip gitti", İrtibat="Yavuz K.")
    office.rest()
    request = office.request(three[0])
    assert (request.status, request.category) == (Status.IN_PROGRESS, "Yol")
    assert (request.note, request.liaison) == ("Ekip gitti", "Yavuz K.")
    assert {entry.actor for entry in office.history(three[0])} == {"muhtarlik", "tablo"}
    office.quiet()


@pytest.mark.parametrize("typed", [date(2026, 12, 1), "01.12.2026", "1/12/2026", "2026-12-01"], ids=str)
def test_son_tarih_is_read_as_a_date_or_as_text(office: SheetOffice, three: list[str], typed: object) -> None:
    office.edit("fen", three[0], Son_Tarih=typed)
    office.rest()
    assert office.request(three[0]).due == date(2026, 12, 1)
    row = office.row(three[0])
    assert row["Kalan İş Günü"] == 35
    assert isinstance(row["Son Tarih"], datetime), "a real date, however it was typed"
    office.quiet()


def test_what_is_no_date_stays_as_typed_with_one_remark(office: SheetOffice, three: list[str]) -> None:
    due = office.request(three[0]).due
    office.edit("fen", three[0], Son_Tarih="haftaya")
    (office.folder / ".~lock.fen.xlsx#").write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    office.look()
    office.look()
    (office.folder / ".~lock.fen.xlsx#").unlink()
    office.rest()
    row = office.row(three[0])
    assert row["Son Tarih"] == "haftaya"
    assert row["Not"].count("haftaya") == 1, "remarked once, though the file could not be written twice"
    assert office.request(three[0]).due == due
    office.quiet()


def test_an_emptied_son_tarih_or_durum_is_filled_again(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Son_Tarih=None, Durum=None)
    office.rest()
    row = office.row(three[0])
    assert (row["Son Tarih"].date(), row["Durum"]) == (date(2026, 11, 3), "Yönlendirildi")
    office.quiet()


@pytest.mark.parametrize("durum", ["Tamamlandı", "Olumsuz"])
def test_the_sonuc_of_a_closure_that_did_not_hold_is_none_for_the_next(
    office: SheetOffice, three: list[str], durum: str
) -> None:
    office.edit("fen", three[0], Durum="Tamamlandı", Sonuç="Yama yapıldı.")
    office.rest()
    office.decide(
        three[0],
        lambda found: decision.reopen(
            found, office=office.app.office, now=office.now, actor="muhtar", words="Çukur duruyor."
        ),
    )
    office.rest()
    row = office.row(three[0])
    assert not row["Sonuç"]
    assert "Önceki sonuç: Yama yapıldı." in row["Not"], "what was typed is not lost"
    office.edit("fen", three[0], Durum=durum)
    office.rest()
    assert office.request(three[0]).is_open
    assert office.letters(three[0])["liaison/question"] > 0
    office.edit("fen", three[0], Sonuç="Yol yeniden kaplandı.")
    office.rest()
    assert not office.request(three[0]).is_open
    assert office.request(three[0]).result == "Yol yeniden kaplandı."
    office.quiet()


def test_a_sonuc_typed_with_the_reopening_durum_stays(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Durum="Tamamlandı", Sonuç="Yama yapıldı.")
    office.rest()
    office.edit("fen", three[0], Durum="İşlemde", Sonuç="Yama çöktü, yeniden yapılacak.")
    office.rest()
    assert office.request(three[0]).is_open
    assert office.row(three[0])["Sonuç"] == "Yama çöktü, yeniden yapılacak."
    office.quiet()


@pytest.mark.parametrize("typed", ["kapandi ", "KAPANDI", "Tamamlandı", "bitti", "tamamlandi"])
def test_closed_without_sonuc_stays_open_and_is_asked_for_once(
    office: SheetOffice, three: list[str], typed: str
) -> None:
    office.edit("fen", three[0], Durum=typed)
    office.rest()
    request = office.request(three[0])
    assert (request.status, request.is_open) == (Status.DONE, True)
    assert office.row(three[0])["Durum"] == "Tamamlandı"
    assert office.letters(three[0])["liaison/question"] == 2, "to each of the two liaisons"
    assert office.letters(three[0])["headman/closure"] == 0
    office.edit("fen", three[0], Sonuç="Yama yapıldı.")
    office.rest()
    assert not office.request(three[0]).is_open
    assert office.letters(three[0])["headman/closure"] == 1
    assert office.letters(three[0])["liaison/question"] == 2
    office.quiet()


def test_a_durum_that_says_nothing_known_sends_nothing_and_keeps_the_sonuc(
    office: SheetOffice, three: list[str]
) -> None:
    letters = office.letters(three[0])
    office.edit("fen", three[0], Durum="olur inşallah", Sonuç="Yama yapıldı.")
    office.rest()
    assert office.row(three[0])["Durum"] == "olur inşallah"
    assert "anlaşılamadı" in office.row(three[0])["Not"]
    assert office.letters(three[0]) == letters
    assert office.request(three[0]).result == "Yama yapıldı."
    office.edit("fen", three[0], Durum="Tamamlandı")
    office.rest()
    assert not office.request(three[0]).is_open
    assert office.letters(three[0])["headman/closure"] == 1


def test_a_sonuc_emptied_with_a_new_durum_stays_empty(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Sonuç="Bitmek üzere")
    office.rest()
    office.edit("fen", three[0], Durum="İşlemde", Sonuç=None)
    office.rest()
    assert office.row(three[0])["Sonuç"] is None
    assert office.request(three[0]).result == ""


def put_error(office: SheetOffice, number: str, header: str) -> None:
    """A formula that failed, as Excel saves it: with the error as its last value."""
    book = load_workbook(office.path("fen"))
    sheet = book["Talepler"]
    row = next(cells[0].row for cells in sheet if cells[0].value == number)
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    sheet.cell(row, column).value = "#REF!"
    assert sheet.cell(row, column).data_type == "e"
    book.save(office.path("fen"))


def test_an_error_in_sonuc_closes_nothing(office: SheetOffice, three: list[str]) -> None:
    put_error(office, three[0], "Sonuç")
    office.edit("fen", three[0], Durum="Tamamlandı")
    put_error(office, three[0], "Sonuç")
    office.rest()
    assert office.request(three[0]).is_open
    assert office.letters(three[0])["headman/closure"] == 0
    row = office.row(three[0])
    assert row["Sonuç"] == "#REF!"
    assert row["Not"].count("#REF!") == 1
    office.quiet()
    office.edit("fen", three[0], Sonuç="Yapıldı")
    office.rest()
    assert office.letters(three[0])["headman/closure"] == 1


@pytest.mark.parametrize("header", ["Durum", "Kategori", "Son Tarih", "Sevk", "Not"])
def test_an_error_in_a_persons_cell_changes_nothing(
    office: SheetOffice, three: list[str], header: str
) -> None:
    before, letters = office.request(three[0]), office.letters(three[0])
    put_error(office, three[0], header)
    office.rest()
    after = office.request(three[0])
    assert (after.status, after.category, after.due) == (before.status, before.category, before.due)
    assert (after.directorate, after.sevk) == ("fen", "")
    assert office.letters(three[0]) == letters
    assert "formül hatası" in after.note
    office.quiet()


def test_a_formula_in_a_persons_cell_is_left_to_her(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Not='="a"&"b"')
    office.rest()
    assert office.row(three[0])["Not"] == '="a"&"b"'
    office.reply(three[0], Status.IN_PROGRESS)
    office.rest()
    assert office.row(three[0])["Not"] == '="a"&"b"'
    assert office.row(three[0])["Durum"] == "İşlemde"


def test_own_columns_keep_their_values(office: SheetOffice, three: list[str]) -> None:
    office.arrange("fen", lambda g: [[*g[0], "Ekip"], *([*row, f"Ekip {n}"] for n, row in enumerate(g[1:]))])
    office.rest()
    office.reply(three[1], Status.IN_PROGRESS)
    office.ask("Dördüncü")
    office.rest()
    assert [row["Ekip"] for row in office.rows()] == ["Ekip 0", "Ekip 1", "Ekip 2", None]


# --- both sides at once -----------------------------------------------------------------------------------


def test_a_clash_keeps_the_persons_cell_and_the_other_value_is_told(
    office: SheetOffice, three: list[str]
) -> None:
    office.change(three[0], category="Su")
    office.edit("fen", three[0], Kategori="Yol")
    office.rest()
    row = office.row(three[0])
    assert row["Kategori"] == "Yol"
    assert "“Su”" in row["Not"]
    assert office.request(three[0]).category == "Yol"
    assert any(entry.kind == "clash" and "“Su”" in entry.text for entry in office.history(three[0]))
    office.quiet()


def test_both_sides_wrote_into_not_and_both_texts_stay(office: SheetOffice, three: list[str]) -> None:
    office.change(three[0], note="Muhtar aradı")
    office.edit("fen", three[0], Not="Ekip gitti")
    office.rest()
    assert office.row(three[0])["Not"] == "Ekip gitti\nMuhtar aradı"
    assert office.request(three[0]).note == "Ekip gitti\nMuhtar aradı"
    office.quiet()


def test_what_both_sides_say_alike_is_no_event(office: SheetOffice, three: list[str]) -> None:
    office.reply(three[0], Status.IN_PROGRESS)
    office.edit("fen", three[0], Durum="İşlemde")
    entries = len(office.history(three[0]))
    office.rest()
    assert len(office.history(three[0])) == entries
