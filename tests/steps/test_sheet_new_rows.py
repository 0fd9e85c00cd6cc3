"""Rows that people begin in a directorate's sheet: each becomes one request once it says enough."""

from datetime import timedelta

from daemon.sheets import OFFICE_CODE
from daemon.steps.unready import unready_rows
from tests.steps.sheet_office import START, SheetOffice
from tests.steps.test_urgent import GAS, alarms, everybody, plain, told

NEW_ROW = {"Mahalle": "Atapark", "Konu": "Bank kırık", "Açıklama": "Parktaki bank kırılmış."}


def test_a_new_row_waits_until_it_says_enough_and_gets_its_number(
    office: SheetOffice, three: list[str]
) -> None:
    office.add("fen", Konu="Bank kırık")
    before = office.state()
    office.rest()
    assert office.state() == before
    office.type("fen", {"Konu": "Bank kırık"}, **NEW_ROW, Durum="İşlemde", Not="Ekip gitti")
    office.rest()
    [number] = set(office.numbers()) - set(three)
    row = office.row(number)
    assert (row["Mahalle"], row["Konu"], row["Durum"], row["Kanal"]) == (
        "Atapark",
        "Bank kırık",
        "İşlemde",
        "Sözlü",
    )
    assert row["Not"] == "Ekip gitti"
    assert office.request(number).directorate == "fen"
    office.quiet()


def test_a_new_row_with_an_unknown_neighbourhood_says_so_until_it_is_mended(
    office: SheetOffice, three: list[str]
) -> None:
    office.add("fen", **{**NEW_ROW, "Mahalle": "Olmayan Mahalle", "Not": "Acele"})
    office.rest()
    [row] = [row for row in office.rows() if row["Konu"] == NEW_ROW["Konu"]]
    assert row["Talep No"] is None
    assert row["Not"].startswith("Acele\nKaydedilemedi: “Olmayan Mahalle”")
    office.quiet()
    office.type("fen", {"Konu": NEW_ROW["Konu"]}, Mahalle="Atapark")
    office.rest()
    [number] = set(office.numbers()) - set(three)
    assert office.row(number)["Not"] == office.request(number).note == "Acele"
    office.quiet()


def test_two_new_rows_that_say_the_same_are_two_requests(office: SheetOffice, three: list[str]) -> None:
    office.add("fen", **NEW_ROW)
    office.add("fen", **NEW_ROW)
    office.rest()
    assert len(set(office.standing())) == len(office.standing()) == len(office.numbers()) == 5


def test_a_new_row_with_sevk_goes_to_the_other_sheet_once(office: SheetOffice, three: list[str]) -> None:
    office.add("fen", **NEW_ROW, Sevk="Park ve Bahçeler Müdürlüğü")
    office.rest()
    [number] = set(office.numbers()) - set(three)
    assert office.standing("park") == [number]
    assert office.standing() == three
    office.quiet()


def test_a_new_row_that_says_yeni_is_entered_without_a_remark(office: SheetOffice, three: list[str]) -> None:
    office.add("fen", **NEW_ROW, Durum="Yeni")
    office.rest()
    [number] = set(office.numbers()) - set(three)
    assert office.row(number)["Not"] is None


def test_a_row_typed_on_while_its_number_cannot_be_written_is_one_request(
    office: SheetOffice, three: list[str]
) -> None:
    lock = office.folder / ".~lock.fen.xlsx#"
    office.add("fen", **NEW_ROW)
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    office.look()
    assert "fen" in office.sync.waiting
    office.arrange("fen", lambda grid: [grid[0], *reversed(grid[1:])])
    office.look(minutes=1)
    office.type("fen", {"Konu": "Bank kırık"}, Açıklama="Parktaki iki bank kırılmış.", Not="Acele")
    office.look(minutes=1)
    office.look(minutes=1)
    lock.unlink()
    office.rest()
    [number] = set(office.numbers()) - set(three)
    row = office.row(number)
    assert (row["Açıklama"], row["Not"]) == ("Parktaki iki bank kırılmış.", "Acele")
    assert office.request(number).description == "Parktaki iki bank kırılmış."
    assert office.request(number).note == "Acele"


# --- rows that lack something are told as the office's own are ------------------------------------------------


def waiting(office: SheetOffice) -> list[tuple[str, str, str]]:
    with office.ledger.view() as view:
        return [(row.code, row.subject, row.lacks) for row in unready_rows(view)]


def test_an_incomplete_row_stands_in_the_daily_letter_until_it_is_mended(
    office: SheetOffice, three: list[str]
) -> None:
    office.add("fen", Konu="Bank kırık", Mahalle="Olmayan")
    office.add(OFFICE_CODE, "Yeni Talep", Konu="Çöp alınmıyor", Kanal="Telefon")
    office.rest()
    assert sorted(code for code, *_ in waiting(office)) == ["", "fen"]
    assert told(office, "office/urgent") == set()
    office.now = START + timedelta(days=1)
    office.rest()
    office.app.run_step("reminding")
    with office.ledger.view() as view:
        [letter, *_] = [x for x in view.letters_waiting(office.now, 999) if x.occasion == "office/review"]
    words = plain(office, letter)
    assert "Tablolardaki 2 satır, eksik bilgi bulunduğundan" in words
    assert "Bank kırık: “Olmayan” adında bir mahalle yok" in words
    assert "(Fen İşleri Müdürlüğü tablosu)" in words
    office.type("fen", {"Konu": "Bank kırık"}, **NEW_ROW)
    office.rest()
    assert [code for code, *_ in waiting(office)] == [""]


def test_danger_in_an_incomplete_row_of_a_directorate_alarms_the_office_once(
    office: SheetOffice, three: list[str]
) -> None:
    office.add("fen", Konu="Gaz", Mahalle="Olmayan", Açıklama=GAS)
    office.rest()
    office.type("fen", {"Konu": "Gaz"}, Açıklama=f"{GAS} Acele ediniz.")
    office.rest(minutes=1)
    assert told(office, "office/urgent") == everybody(office)
    [letter] = alarms(office)
    words = plain(office, letter)
    assert (
        "Fen İşleri Müdürlüğü tablosunun Talepler sayfasındaki bir satırda eksik bilgi bulunduğundan" in words
    )
    assert GAS in words
