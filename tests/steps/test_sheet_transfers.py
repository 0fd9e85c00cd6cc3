"""Rows that go from sheet to sheet, and into the archive and back."""

from datetime import date
from pathlib import Path

import pytest

from daemon.domain.clock import istanbul
from tests.steps.sheet_office import START, SheetOffice

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
