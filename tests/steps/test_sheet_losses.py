"""What is gone from a directorate's sheet: rows, most of them, the workbook, the whole share."""

from datetime import timedelta

import pytest

from daemon.domain.request import Status
from tests.steps.sheet_office import SheetOffice


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
