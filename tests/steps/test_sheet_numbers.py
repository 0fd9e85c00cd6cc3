"""Copied rows and spoilt numbers in a directorate's sheet: a request has one row, and nothing invented counts."""

import pytest

from daemon.domain import edits
from daemon.domain.request import Status
from tests.sheets.contract import at
from tests.sheets.people import Grid
from tests.steps.sheet_office import SheetOffice


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
        row[at(grid, "Konu")] = "Ağaç devrildi"
        row[at(grid, "Açıklama")] = "Parkta ağaç devrildi."
        row[at(grid, "Not")] = "Telefonla bildirildi"
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
