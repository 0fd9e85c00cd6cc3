"""What staff enter under ``Yeni Talep`` in the office's own workbook: a row that says enough is one request."""

from datetime import timedelta
from pathlib import Path

import pytest

from daemon.sheets import OFFICE_CODE
from tests.sheets.people import Grid
from tests.steps.sheet_office import SheetOffice

COMPLETE = {"Kanal": "Telefon", "Mahalle": "Atapark", "Konu": "Çukur", "Açıklama": "Yolda asfalt çöktü."}
FEN = "Fen İşleri Müdürlüğü"


def new_rows(desk: SheetOffice) -> list[dict[str, object]]:
    return desk.rows(OFFICE_CODE, "Yeni Talep")


def test_a_row_that_lacks_something_says_what(desk: SheetOffice) -> None:
    desk.add(OFFICE_CODE, "Yeni Talep", Konu="Çukur", Müdürlük="Uzay Müdürlüğü")
    desk.rest()
    [row] = new_rows(desk)
    for word in ("Kanal", "Mahalle", "Uzay Müdürlüğü"):
        assert word in str(row["Uyarı"])
    assert row["Talep No"] is None
    assert desk.numbers() == []
    desk.quiet()


def test_a_complete_row_gets_its_number_and_stands_in_the_directorates_sheet(desk: SheetOffice) -> None:
    desk.add(OFFICE_CODE, "Yeni Talep", Konu="Çukur", Kanal="Telefon")
    desk.rest()
    desk.type(OFFICE_CODE, {"Konu": "Çukur"}, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    desk.rest()
    [row] = new_rows(desk)
    [number] = desk.numbers()
    assert (row["Talep No"], row["Uyarı"]) == (number, None)
    assert desk.row(number)["Kanal"] == "Telefon"
    assert desk.letters(number)["liaison/referral"] == 2
    desk.quiet()


def test_a_row_that_was_emptied_loses_its_warning(desk: SheetOffice) -> None:
    desk.add(OFFICE_CODE, "Yeni Talep", Konu="Çukur")
    desk.rest()
    desk.type(OFFICE_CODE, {"Konu": "Çukur"}, "Yeni Talep", Konu=None)
    desk.rest()
    assert new_rows(desk) == []


def test_staff_sort_and_type_on_while_numbers_cannot_be_written(desk: SheetOffice) -> None:
    lock = desk.folder / ".~lock.muhtarlik.xlsx#"
    for n in range(3):
        desk.add(OFFICE_CODE, "Yeni Talep", **{**COMPLETE, "Açıklama": f"Çukur {n}"}, Müdürlük=FEN)
    desk.add(OFFICE_CODE, "Yeni Talep", **{**COMPLETE, "Açıklama": "Çukur 0"}, Müdürlük=FEN)
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    desk.look()
    assert len(desk.numbers()) == 4, "the request counts though its number cannot be written yet"

    def sort(grid: Grid) -> Grid:
        top = next(n for n, row in enumerate(grid) if "Kanal" in row)
        return [*grid[: top + 1], *reversed([row for row in grid[top + 1 :] if any(row)])]

    desk.arrange(OFFICE_CODE, sort, "Yeni Talep")
    desk.look(minutes=1)
    desk.type(OFFICE_CODE, {"Açıklama": "Çukur 2"}, "Yeni Talep", Açıklama="Çukur 2, çok derin")
    desk.look(minutes=1)
    lock.unlink()
    desk.rest()
    numbers = desk.numbers()
    assert len(numbers) == 4
    assert sorted(str(row["Talep No"]) for row in new_rows(desk)) == numbers
    for row in new_rows(desk):
        assert desk.request(str(row["Talep No"])).description == row["Açıklama"]
    desk.quiet()


def test_a_row_copied_with_its_number_is_told_and_the_first_one_stays(desk: SheetOffice) -> None:
    desk.add(OFFICE_CODE, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    desk.rest()
    [number] = desk.numbers()
    desk.add(OFFICE_CODE, "Yeni Talep", **{**COMPLETE, "Konu": "Başka"}, Talep_No=number)
    desk.add(OFFICE_CODE, "Yeni Talep", **{**COMPLETE, "Konu": "Uydurma"}, Talep_No="5")
    desk.rest()
    warnings = [row["Uyarı"] for row in new_rows(desk)]
    assert warnings[0] is None
    assert "başka bir satırda" in str(warnings[1])
    assert "kayıtlarda yok" in str(warnings[2])
    assert desk.numbers() == [number]
    desk.type(OFFICE_CODE, {"Konu": "Başka"}, "Yeni Talep", Talep_No=None)
    desk.rest()
    assert len(desk.numbers()) == 2
    assert str(new_rows(desk)[1]["Uyarı"]).startswith(f"Benzer açık talep: {number}."), "it says the same"


def test_a_row_changed_after_it_was_entered_is_told_and_changes_nothing(desk: SheetOffice) -> None:
    desk.add(OFFICE_CODE, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    desk.rest()
    [number] = desk.numbers()
    desk.type(OFFICE_CODE, {"Talep No": number}, "Yeni Talep", Konu="Derin çukur", Mahalle="atapark mah.")
    desk.rest()
    [row] = new_rows(desk)
    assert str(row["Uyarı"]).startswith("Konu kayıttakinden farklı"), "the neighbourhood is the same"
    assert row["Konu"] == "Derin çukur"
    assert desk.request(number).subject == "Çukur"
    desk.quiet()
    desk.type(OFFICE_CODE, {"Talep No": number}, "Yeni Talep", Konu="Çukur")
    desk.rest()
    assert new_rows(desk)[0]["Uyarı"] is None


def test_a_crash_between_entering_and_writing_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = SheetOffice(tmp_path / "çökme")
    desk.rest()
    desk.add(OFFICE_CODE, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    book = desk.books[OFFICE_CODE]
    with monkeypatch.context() as power:
        power.setattr(type(book), "write", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            desk.look()
    desk.sync = desk.another_process()
    desk.rest()
    assert [row["Talep No"] for row in new_rows(desk)] == desk.numbers()
    assert len(desk.numbers()) == 1
    desk.close()


def _power_cut(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_row_whose_number_could_not_be_written_is_entered_once_in_quiet_time_too(desk: SheetOffice) -> None:
    desk.sync = desk.another_process(timedelta(seconds=60))
    desk.add(OFFICE_CODE, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    desk.look()
    lock = desk.folder / "~$muhtarlik.xlsx"
    lock.write_bytes(b"\x04Ayse")
    desk.look(minutes=2)
    assert len(desk.numbers()) == 1, "entered, and its number waits"
    lock.unlink()
    desk.rest(seconds=5)
    desk.rest(minutes=2)
    [row] = new_rows(desk)
    assert [row["Talep No"]] == desk.numbers()


def test_a_row_cut_before_its_number_was_written_and_pasted_again_is_entered_once(desk: SheetOffice) -> None:
    desk.add(OFFICE_CODE, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    lock = desk.folder / "~$muhtarlik.xlsx"
    lock.write_bytes(b"\x04Ayse")
    desk.look()
    lock.unlink()
    cut = desk.delete(OFFICE_CODE, "Çukur", "Yeni Talep")
    desk.look(minutes=1)
    desk.paste(OFFICE_CODE, cut, "Yeni Talep")
    desk.rest(minutes=1)
    [row] = new_rows(desk)
    assert [row["Talep No"]] == desk.numbers()
    desk.rest(minutes=20)
    desk.add(OFFICE_CODE, "Yeni Talep", **COMPLETE, Müdürlük=FEN)
    desk.rest(minutes=1)
    assert len(desk.numbers()) == 2, "told again later, it is another one"


def test_a_header_that_is_gone_from_the_office_s_workbook_is_told_with_what_to_do(desk: SheetOffice) -> None:
    def rename(grid: Grid) -> Grid:
        grid[0][grid[0].index("Kanal")] = "Yol"
        return grid

    desk.rest()
    desk.arrange(OFFICE_CODE, rename, "Yeni Talep")
    desk.look()
    [fault] = desk.sync.waiting.values()
    assert fault.reason.endswith("Yeni Talep: Şu sütun başlıkları bulunamadı: Kanal. Lütfen yeniden yazınız.")
