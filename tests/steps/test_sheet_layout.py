"""What people do to the layout of a directorate's sheet: order, columns, headers, the whole workbook anew."""

from typing import Any

import pytest
from openpyxl import load_workbook

from daemon.domain.request import Status
from daemon.domain.sheet import DIRECTORATE_SHEETS
from daemon.sheets.lists import Lists
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.contract import at
from tests.sheets.people import Grid
from tests.steps.sheet_office import SheetOffice


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


def test_a_workbook_that_was_made_just_now_is_not_looked_at_again_for_its_drop_downs(
    office: SheetOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(XlsxWorkbook, "renew_lists", lambda book: looked.append(book.code) or False)
    office.rest()
    assert all(office.path(code).exists() for code in ("muhtarlik", "fen", "park"))
    assert looked == []


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
            grid[0][at(grid, header)] = name
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
        place = at(grid, header)
        return [row[:place] + row[place + 1 :] for row in grid]

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
        grid[1][at(grid, "Durum")] = "İşlemde"
        for header in ("Durum", "İrtibat"):
            grid[0][at(grid, header)] = None
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
