"""What people do to a directorate's sheet, and what comes of it: the table of anomalies on real workbooks."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from daemon.domain import edits
from daemon.domain.clock import istanbul
from daemon.domain.request import Status
from daemon.domain.sheet import DIRECTORATE_SHEETS
from daemon.sheets.lists import Lists
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.people import Grid
from tests.steps.sheet_office import START, SheetOffice

NEW_ROW = {"Mahalle": "Atapark", "Konu": "Bank kırık", "Açıklama": "Parktaki bank kırılmış."}


@pytest.fixture
def three(office: SheetOffice) -> list[str]:
    """Three requests that stand in the sheet."""
    numbers = [office.ask(subject) for subject in ("Çukur", "Kaldırım", "Rögar")]
    office.rest()
    return numbers


def header_at(grid: Grid, header: str) -> int:
    return grid[0].index(header)


# --- rearranging is no event ------------------------------------------------------------------------------


def insert_blank_rows(grid: Grid) -> Grid:
    return [["Talep listesi"], [], *grid[:2], [], [], *grid[2:]]


def rename_a_little(grid: Grid) -> Grid:
    return [[f" {header} :".upper().replace("I", "ı") for header in grid[0]], *grid[1:]]


@pytest.mark.parametrize(
    "rearrange",
    [
        lambda grid: [grid[0], *reversed(grid[1:])],
        insert_blank_rows,
        lambda grid: [list(reversed(row)) for row in grid],
        lambda grid: [[*row[3:], *row[:3]] for row in grid],
        rename_a_little,
        lambda grid: [["Ekip", *grid[0]], *(["Hasan Usta", *row] for row in grid[1:])],
    ],
    ids=[
        "sorted",
        "blank rows",
        "columns reversed",
        "columns moved",
        "headers spelt otherwise",
        "own column",
    ],
)
def test_rearranging_is_no_event_and_nothing_is_written(
    office: SheetOffice, three: list[str], rearrange: Any
) -> None:
    office.arrange("fen", rearrange)
    before = office.state()
    assert office.look() == 0
    assert office.state() == before
    office.reply(three[1], Status.IN_PROGRESS)
    office.rest()
    values = [cell.value for row in load_workbook(office.path("fen"))["Talepler"] for cell in row]
    assert values.count("İşlemde") == 1


def test_a_new_liaison_appears_in_the_drop_down_of_a_workbook_in_use(
    office: SheetOffice, three: list[str]
) -> None:
    path = office.path("fen")
    office.books["fen"] = XlsxWorkbook(
        path,
        "fen",
        DIRECTORATE_SHEETS,
        lists=lambda: Lists(statuses=tuple(Status), liaisons=("Yeni İrtibat",)),
    )
    lock = office.folder / ".~lock.fen.xlsx#"
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    office.edit("fen", three[0], Durum="İşlemde")
    office.look()
    assert office.request(three[0]).status is Status.IN_PROGRESS, "what people do does not wait for the lists"
    lock.unlink()
    office.rest(minutes=1)
    lists = load_workbook(path)["Listeler"]
    assert "Yeni İrtibat" in [cell.value for row in lists.iter_rows() for cell in row]
    assert office.standing() == three
    office.quiet()


def test_a_filter_hides_rows_and_is_no_event(office: SheetOffice, three: list[str]) -> None:
    book = load_workbook(office.path("fen"))
    for row in (2, 4):
        book["Talepler"].row_dimensions[row].hidden = True
    book.save(office.path("fen"))
    before = office.state()
    assert office.look() == 0
    assert office.state() == before
    assert office.standing() == three


def test_a_needed_header_that_is_gone_stops_that_sheet_only(office: SheetOffice, three: list[str]) -> None:
    def rename(header: str, name: str) -> None:
        def change(grid: Grid) -> Grid:
            grid[0][header_at(grid, header)] = name
            return grid

        office.arrange("fen", change)

    rename("Durum", "Vaziyet")
    office.ask("Salıncak", directorate="park")
    office.ask("Yeni çukur")
    office.look()
    assert "Durum" in office.sync.waiting["fen"].reason
    assert len(office.standing("park")) == 1
    assert [row["Talep No"] for row in office.rows("fen")] == three
    for _ in range(3):
        office.type("fen", {"Talep No": three[0]}, Not="yazmaya devam")
        office.look(minutes=20)
    assert len(office.told()) == 1, "told once, however often the file is saved"
    rename("Vaziyet", "Durum")
    office.rest()
    assert office.sync.waiting == {}
    assert len(office.standing()) == 4
    rename("Durum", "Vaziyet")
    office.sync = office.another_process()
    office.look()
    assert len(office.told()) == 2, "a second time is told again, also by a daemon started anew"


def without(header: str) -> Any:
    """Delete a column."""

    def change(grid: Grid) -> Grid:
        at = header_at(grid, header)
        return [row[:at] + row[at + 1 :] for row in grid]

    return change


def test_a_column_that_was_deleted_comes_back_with_what_stood_in_it(
    office: SheetOffice, three: list[str]
) -> None:
    office.edit("fen", three[0], Not="Malzeme bekleniyor", Durum="Beklemede")
    office.rest()
    for header in ("Not", "Durum", "Talep No"):
        office.arrange("fen", without(header))
        office.set_up()
    office.rest()
    row = office.row(three[0])
    assert (row["Not"], row["Durum"]) == ("Malzeme bekleniyor", "Beklemede")
    assert office.request(three[0]).note == "Malzeme bekleniyor"
    assert office.standing() == three
    assert all("clash" not in office.kinds(number) for number in three)
    assert [office.request(number).note for number in three[1:]] == ["", ""]
    office.quiet()


def test_a_person_may_put_the_deleted_column_back_herself(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Not="Malzeme bekleniyor")
    office.rest()
    office.arrange("fen", without("Not"))
    office.look()
    office.arrange("fen", lambda grid: [["Not", *grid[0]], *([None, *row] for row in grid[1:])])
    office.rest()
    assert office.row(three[0])["Not"] == office.request(three[0]).note == "Malzeme bekleniyor"


def test_a_header_that_was_emptied_is_put_back_over_its_cells_and_what_was_typed_counts(
    office: SheetOffice, three: list[str]
) -> None:
    def spoil(grid: Grid) -> Grid:
        grid[1][header_at(grid, "Durum")] = "İşlemde"
        for header in ("Durum", "İrtibat"):
            grid[0][header_at(grid, header)] = None
        return grid

    office.arrange("fen", spoil)
    office.look()
    office.set_up()
    office.rest()
    assert office.request(three[0]).status is Status.IN_PROGRESS
    assert office.row(three[0])["Durum"] == "İşlemde"
    assert len(office.row(three[0])) == 17


@pytest.mark.parametrize("title", ["Talepler", "Arşiv", ""], ids=["worksheet", "archive", "file"])
def test_a_workbook_made_anew_by_setup_sheets_is_filled_from_the_ledger(
    office: SheetOffice, three: list[str], title: str
) -> None:
    office.edit("fen", three[0], Durum="Tamamlandı", Sonuç="Yama yapıldı.")
    office.rest()
    office.rest(days=31)
    assert office.standing() == three[1:]
    if title:
        book = load_workbook(office.path("fen"))
        del book[title]
        book.save(office.path("fen"))
    else:
        office.path("fen").unlink()
    office.look()
    office.set_up()
    office.rest()
    assert office.standing() == three[1:]
    assert [row["Talep No"] for row in office.rows("fen", "Arşiv")] == three[:1]
    assert office.sync.waiting == {}
    office.quiet()


# --- new rows ---------------------------------------------------------------------------------------------


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


# --- numbers ----------------------------------------------------------------------------------------------


def test_an_identical_copy_is_marked_and_opens_nothing(office: SheetOffice, three: list[str]) -> None:
    office.arrange("fen", lambda grid: [*grid, list(grid[2])])
    office.rest()
    assert office.numbers() == three
    notes = [row["Not"] for row in office.rows() if row["Talep No"] == three[1]]
    assert notes[0] is None
    assert "Mükerrer" in notes[1]
    office.quiet()
    office.reply(three[1], Status.IN_PROGRESS)
    office.rest()
    assert [r["Durum"] for r in office.rows() if r["Talep No"] == three[1]] == ["İşlemde", "Yönlendirildi"]
    assert office.kinds(three[1]).count("edited") == 0
    office.quiet()


def test_a_marked_copy_is_not_taken_for_the_row_when_the_request_comes_back(
    office: SheetOffice, three: list[str]
) -> None:
    office.arrange("fen", lambda grid: [*grid, list(next(row for row in grid if three[0] in row))])
    office.rest()
    for target in ("Park ve Bahçeler Müdürlüğü", "Fen İşleri Müdürlüğü"):
        office.decide(
            three[0],
            lambda request, target=target: edits.take_sevk(  # type: ignore[misc]
                request, target, office=office.app.office, now=office.now, actor="irtibat"
            ),
        )
        office.rest(minutes=1)
    notes = [str(row["Not"]) for row in office.rows() if row["Talep No"] == three[0]]
    assert sorted("Mükerrer" in note for note in notes) == [False, True]
    assert "Mükerrer" not in office.request(three[0]).note


def test_a_copy_in_another_sheet_becomes_a_double_row_at_once_when_its_request_comes_there(
    office: SheetOffice, three: list[str]
) -> None:
    office.paste("park", [office.row(three[0])[header] for header in office.row(three[0])])
    office.rest()
    assert "Kopya satır" in str(office.row(three[0], "park")["Not"])
    office.edit("fen", three[0], Sevk="Park ve Bahçeler Müdürlüğü")
    office.look()
    notes = [str(row["Not"]) for row in office.rows("park") if row["Talep No"] == three[0]]
    assert sorted("Mükerrer satır" in note for note in notes) == [False, True]
    assert not any("Kopya satır" in note for note in notes)
    office.rest()


def test_of_two_copies_in_another_sheet_one_becomes_the_row_when_its_own_is_deleted(
    office: SheetOffice, three: list[str]
) -> None:
    for _ in range(2):
        office.paste("park", [office.row(three[0])[header] for header in office.row(three[0])])
    office.rest()
    office.delete("fen", three[0])
    office.look()
    assert office.request(three[0]).directorate == "park"
    notes = [str(row["Not"]) for row in office.rows("park") if row["Talep No"] == three[0]]
    assert sorted("Mükerrer satır" in note for note in notes) == [False, True]
    assert not any("Kopya satır" in note for note in notes)


def test_a_row_copied_as_a_pattern_becomes_a_request_of_its_own(
    office: SheetOffice, three: list[str]
) -> None:
    office.edit("fen", three[0], Durum="Tamamlandı", Sonuç="Yama yapıldı")
    office.rest()

    def copy(grid: Grid) -> Grid:
        row = list(grid[1])
        row[header_at(grid, "Konu")] = "Ağaç devrildi"
        row[header_at(grid, "Açıklama")] = "Parkta ağaç devrildi."
        row[header_at(grid, "Not")] = "Telefonla bildirildi"
        return [*grid, row]

    office.arrange("fen", copy)
    office.rest()
    [number] = set(office.numbers()) - set(three)
    request = office.request(number)
    assert (request.subject, request.note, request.result) == ("Ağaç devrildi", "Telefonla bildirildi", "")
    assert request.is_open, "the pattern's Durum and Sonuç are not the new request's"
    row = office.row(number)
    assert (row["Durum"], row["Sonuç"]) == ("Yönlendirildi", None)
    assert office.row(three[0])["Konu"] == "Çukur"
    office.quiet()


@pytest.mark.parametrize("typed", ["MHT-2026-000099", "yanlış", None, 5], ids=str)
def test_a_spoilt_number_is_put_back_and_what_else_was_typed_counts(
    office: SheetOffice, three: list[str], typed: object
) -> None:
    office.edit("fen", three[1], Talep_No=typed, Durum="İşlemde", Not="Bakıldı")
    office.rest()
    assert office.standing() == three
    assert office.numbers() == three
    assert (office.request(three[1]).status, office.request(three[1]).note) == (Status.IN_PROGRESS, "Bakıldı")
    assert office.told() == []
    office.quiet()


def test_a_number_dragged_over_the_next_row_is_put_back(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[1], Talep_No=three[0])
    office.rest()
    assert office.standing() == three
    assert office.numbers() == three


def test_a_number_spelt_otherwise_is_the_same(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[1], Talep_No=f" {three[1].lower()} ", Durum="İşlemde")
    office.rest()
    assert office.request(three[1]).status is Status.IN_PROGRESS
    assert office.standing() == three


def test_an_invented_number_is_marked_and_sends_nothing(office: SheetOffice, three: list[str]) -> None:
    office.add("fen", Talep_No="MHT-2026-000777", Konu="Uydurma", Mahalle="Atapark", Not="benim notum")
    letters = office.state()[2]
    office.rest()
    assert office.numbers() == three
    note = office.row("MHT-2026-000777")["Not"]
    assert note.startswith("benim notum")
    assert "kayıtlarda yok" in note
    assert office.state()[2] == letters
    office.quiet()


# --- rows that are gone -----------------------------------------------------------------------------------


def test_a_deleted_row_comes_back_after_two_looks_and_the_office_is_told_once(
    office: SheetOffice, three: list[str]
) -> None:
    office.delete("fen", three[1])
    office.look()
    assert office.standing() == [three[0], three[2]]
    office.look(minutes=1)
    assert office.standing() == [three[0], three[2], three[1]]
    office.rest()
    assert len(office.told()) == 1
    assert office.kinds(three[1]).count("row-restored") == 1
    office.quiet()


def test_a_row_that_reappears_untouched_is_no_longer_missed(office: SheetOffice, three: list[str]) -> None:
    row = office.delete("fen", three[1])
    office.look()
    office.paste("fen", row)
    office.rest(minutes=1)
    with office.ledger.view() as view:
        bases = view.sheet_bases("fen")
    assert bases["Talepler", three[1]].missing_since is None
    assert office.told() == []
    office.delete("fen", three[1])
    office.look(days=1)
    assert three[1] not in office.standing(), "the first look after it reappeared waits again"


def test_a_row_that_reappears_gets_what_the_ledger_said_meanwhile(
    office: SheetOffice, three: list[str]
) -> None:
    row = office.delete("fen", three[1])
    office.reply(three[1], Status.IN_PROGRESS)
    office.look()
    assert office.standing() == [three[0], three[2]]
    office.paste("fen", row)
    office.rest()
    assert office.row(three[1])["Durum"] == "İşlemde"
    assert office.told() == []


def test_a_restored_row_is_told_once_though_the_file_stays_open(
    office: SheetOffice, three: list[str]
) -> None:
    office.delete("fen", three[1])
    office.look()
    (office.folder / ".~lock.fen.xlsx#").write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    for _ in range(3):
        office.look(minutes=1)
    assert len(office.told()) == 1
    assert office.kinds(three[1]).count("row-restored") == 1


@pytest.mark.parametrize("kept", [0, 2])
def test_a_sheet_that_lost_many_rows_is_left_alone(office: SheetOffice, three: list[str], kept: int) -> None:
    office.ask("Dördüncü")
    office.ask("Beşinci")
    office.rest()
    before = office.path("fen").read_bytes()
    office.arrange("fen", lambda grid: grid[: 1 + kept])
    office.ask("Altıncı")
    for _ in range(3):
        office.look(minutes=20)
    assert "kayboldu" in office.sync.waiting["fen"].reason
    assert office.standing() == three[:kept]
    assert len(office.told()) == 1
    office.path("fen").write_bytes(before)
    office.rest()
    assert len(office.standing()) == 6


def test_an_edit_is_taken_once_it_has_stood_for_the_quiet_time(office: SheetOffice, three: list[str]) -> None:
    office.sync = office.another_process(timedelta(seconds=60))
    office.edit("fen", three[0], Durum="Tamamlandı", Sonuç="Yap")
    office.look()
    office.look(seconds=50)
    office.edit("fen", three[0], Sonuç="Yapıldı")
    office.look(seconds=5)
    office.look(seconds=50)
    assert office.letters(three[0])["headman/closure"] == 0
    assert office.sync.unquiet == {"fen"}, "the daemon looks again at its next beat"
    office.look(seconds=10)
    assert office.sync.unquiet == set()
    assert office.request(three[0]).result == "Yapıldı"
    assert office.letters(three[0])["headman/closure"] == 1


def test_what_ails_a_sheet_is_known_to_every_process(office: SheetOffice, three: list[str]) -> None:
    def in_need() -> dict[str, str]:
        with office.ledger.view() as view:
            return {each.sheet: each.reason for each in office.app.sheets_in_need(view)}

    lock = office.folder / "~$fen.xlsx"
    lock.write_bytes(b"\x04Ayse")
    office.reply(three[0], Status.IN_PROGRESS)
    office.look()
    assert "Ayse" in in_need()["fen"]
    lock.unlink()
    office.rest()
    assert in_need() == {}
    office.path("park").write_bytes(b"")
    office.look()
    assert "boş" in in_need()["park"]


def test_a_copy_of_a_workbook_is_told_once_and_left_alone(office: SheetOffice, three: list[str]) -> None:
    copy = office.folder / "fen (1).xlsx"
    for times in (1, 2):
        copy.write_bytes(b"whatever")
        office.rest()
        office.sync = office.another_process()
        office.rest(days=1)
        assert office.told().count("“fen (1).xlsx” okunmuyor") == times, "again only if it comes again"
        assert copy.read_bytes() == b"whatever"
        copy.unlink()
        office.rest()
    office.quiet()


def test_a_workbook_that_is_gone_is_told_and_not_made_anew(office: SheetOffice, three: list[str]) -> None:
    before = office.path("fen").read_bytes()
    office.path("fen").unlink()
    office.look()
    office.look()
    assert not office.path("fen").exists()
    assert len(office.told()) == 1
    office.path("fen").write_bytes(before)
    office.rest()
    assert office.sync.waiting == {}


def test_a_share_that_is_away_is_one_fault_and_work_goes_on_when_it_is_back(
    office: SheetOffice, three: list[str]
) -> None:
    away = office.folder.with_name("away")
    for times in (1, 2):
        office.folder.rename(away)
        number = office.ask("Yeni çukur")
        office.look()
        office.sync = office.another_process()
        office.look(minutes=10)
        assert office.told().count("Tablolara ulaşılamıyor") == len(office.told()) == times
        assert list(office.sync.waiting) == ["tablolar"]
        assert not office.folder.exists(), "no new, empty workbooks"
        away.rename(office.folder)
        office.rest()
        assert office.sync.waiting == {}
        assert number in office.standing()


def test_a_file_that_stays_open_is_told_after_half_an_hour_of_this_time(
    office: SheetOffice, three: list[str]
) -> None:
    lock = office.folder / ".~lock.fen.xlsx#"

    def open_for(minutes: int) -> None:
        lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
        office.reply(three[0], Status.IN_PROGRESS if minutes % 2 else Status.WAITING)
        office.look()
        office.look(minutes=minutes)
        lock.unlink()

    open_for(10)
    office.sync = office.another_process()
    office.rest()
    office.now += timedelta(hours=5)
    open_for(11)
    assert office.told() == []
    office.rest()
    open_for(32)
    assert len(office.told()) == 1


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


# --- other sheets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "target"), [("fen", "park"), ("park", "fen")])
@pytest.mark.parametrize("pasted_first", [True, False])
def test_a_row_cut_to_another_sheet_is_a_transfer(
    office: SheetOffice, source: str, target: str, pasted_first: bool
) -> None:
    number = office.ask("Ağaç", directorate=source)
    other = office.ask("Çukur", directorate=target)
    office.rest()
    due = office.request(number).due
    whole = office.path(source).read_bytes()
    office.edit(source, number, Not="Bize ait değil")
    row = office.delete(source, number)
    cut = office.path(source).read_bytes()
    if pasted_first:
        office.path(source).write_bytes(whole)
        office.paste(target, row)
        office.rest()
        assert office.request(number).directorate == source, "in both: the old one counts"
        office.path(source).write_bytes(cut)
    else:
        office.look()
        office.paste(target, row)
    office.rest()
    request = office.request(number)
    assert (request.directorate, request.due, request.note) == (target, due, "Bize ait değil")
    assert office.standing(target) == [other, number]
    assert office.standing(source) == []
    assert office.row(number, target)["Durum"] == "Yönlendirildi"
    assert office.told() == []
    office.quiet()


def test_a_row_copied_to_another_sheet_changes_nothing(office: SheetOffice, three: list[str]) -> None:
    office.paste("park", [office.row(three[0])[header] for header in office.row(three[0])])
    office.rest()
    assert office.request(three[0]).directorate == "fen"
    assert office.standing() == three


@pytest.mark.parametrize("wish", ["Park ve Bahçeler Müdürlüğü", "park ve bahçeler", "PARK"])
def test_sevk_moves_the_row_with_its_history(office: SheetOffice, three: list[str], wish: str) -> None:
    office.arrange("fen", lambda g: [[*g[0], "Ekip"], *([*row, "Hasan Usta"] for row in g[1:])])
    office.edit("fen", three[0], Sevk=wish, Not="Bize ait değil")
    office.rest()
    assert office.standing() == three[1:]
    assert office.standing("park") == [three[0]]
    row = office.row(three[0], "park")
    assert (row["Sevk"], row["Not"]) == (None, "Bize ait değil")
    assert "Hasan Usta" in "".join(entry.text for entry in office.history(three[0]))
    assert office.letters(three[0])["liaison/referral"] == 4
    assert office.letters(three[0])["headman/transfer"] == 1
    office.quiet()


def test_sevk_waits_for_the_other_sheet_and_is_obeyed_once(office: SheetOffice, three: list[str]) -> None:
    lock = office.folder / ".~lock.park.xlsx#"
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    office.edit("fen", three[0], Sevk="Park ve Bahçeler Müdürlüğü")
    for _ in range(3):
        office.look()
    assert office.standing() == three, "the row stays until the new place is confirmed"
    office.edit("fen", three[0], Not="acele")
    office.look(days=1)
    entries = len(office.history(three[0]))
    office.look(minutes=1)
    assert len(office.history(three[0])) == entries
    lock.unlink()
    office.rest()
    assert (office.standing(), office.standing("park")) == (three[1:], [three[0]])
    assert office.row(three[0], "park")["Not"] == "acele"
    assert office.kinds(three[0]).count("transferred") == 1
    assert "sevk-ignored" not in office.kinds(three[0])


def test_a_row_leaves_its_former_sheet_in_the_turn_that_the_other_has_taken_it_over(
    office: SheetOffice, three: list[str]
) -> None:
    number = office.ask("Ağaç", directorate="park")
    office.rest()
    office.delete("fen", three[0])
    office.edit("park", number, Sevk="Fen İşleri Müdürlüğü")
    office.look()
    office.look()  # the sheet that misses a row comes last: it may have been cut into the other
    assert number in office.standing("fen")
    assert number not in office.standing("park")


def test_there_and_back_again(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Sevk="Park ve Bahçeler Müdürlüğü")
    office.rest()
    office.edit("park", three[0], Sevk="Fen İşleri Müdürlüğü")
    office.rest()
    assert (sorted(office.standing()), office.standing("park")) == (sorted(three), [])
    office.quiet()


def test_sevk_with_an_unknown_name_stays_and_asks_the_office(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Sevk="Uzay Müdürlüğü")
    office.rest()
    assert office.row(three[0])["Sevk"] == "Uzay Müdürlüğü"
    assert "Uzay Müdürlüğü" in office.row(three[0])["Not"]
    assert [review.number for review in office.reviews()] == [three[0]]
    assert office.request(three[0]).directorate == "fen"
    office.quiet()
    office.edit("fen", three[0], Sevk="Uzay / Gök")
    office.rest()
    assert [review.read for review in office.reviews()] == ["Uzay / Gök"], "the first question is moot"
    office.edit("fen", three[0], Sevk=None)
    office.rest()
    assert office.row(three[0])["Sevk"] is None
    assert office.request(three[0]).sevk == ""
    assert office.reviews() == []


def test_the_row_of_what_an_outside_body_must_do_names_it(tmp_path: Path) -> None:
    office = SheetOffice(tmp_path / "ofis", ("fen", "muhtarlik-isleri"))
    number = office.ask("Patlayan boru")
    office.rest()
    office.edit("fen", number, Sevk="ASKİ")
    office.rest()
    assert office.standing() == []
    home = office.row(number, "muhtarlik-isleri")
    assert home["Son İşlem"].endswith("(ASKİ ile izlenmektedir)")
    office.close()


def test_sevk_to_where_it_is_is_cleared(office: SheetOffice, three: list[str]) -> None:
    office.edit("fen", three[0], Sevk="Fen İşleri")
    office.rest()
    assert office.row(three[0])["Sevk"] is None
    assert office.standing() == three
    office.quiet()


# --- closing and the archive ------------------------------------------------------------------------------


def test_rows_closed_for_thirty_days_move_to_the_archive_and_back(
    office: SheetOffice, three: list[str]
) -> None:
    for title in ("Talepler", "Arşiv"):
        office.arrange("fen", lambda g: [[*g[0], "Ekip"], *([*row, "Hasan Usta"] for row in g[1:])], title)
    for number in three:
        office.edit("fen", number, Durum="Tamamlandı", Sonuç="Yapıldı")
    office.rest()
    office.rest(days=29)
    assert office.standing() == three
    office.rest(days=1)
    assert office.standing() == []
    assert office.standing("fen", "Arşiv") == three
    assert office.rows("fen", "Arşiv")[0]["Ekip"] == "Hasan Usta"
    office.quiet()
    office.type("fen", {"Talep No": three[1]}, title="Arşiv", Durum="İşlemde")
    office.rest()
    assert office.standing() == [three[1]]
    assert office.standing("fen", "Arşiv") == [three[0], three[2]]
    assert office.request(three[1]).is_open
    office.quiet()


def test_the_days_left_are_counted_anew_every_day(office: SheetOffice, three: list[str]) -> None:
    assert office.row(three[0])["Kalan İş Günü"] == 15
    office.now = istanbul(date(2026, 11, 4), 8)
    office.rest()
    assert [row["Kalan İş Günü"] for row in office.rows()] == [-1, -1, -1]
    office.quiet()


def test_a_letter_longer_than_a_cell_comes_to_rest(office: SheetOffice) -> None:
    number = office.ask("Uzun")
    office.change(number, description="uzun " * 9_000)
    office.rest()
    office.quiet()
    office.edit("fen", number, Not="okundu")
    office.rest(days=1)
    office.quiet()
    assert office.now > START
