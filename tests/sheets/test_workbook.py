"""The xlsx workbook: the contract, and what is special about a file that several programs save."""

import os
import re
import shutil
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from daemon.domain.errors import Temporary, Unprocessable
from daemon.domain.sheet import DIRECTORATE_SHEETS, OFFICE_SHEETS, Append, CellWrite, Changes, Removal
from daemon.sheets.files import ASIDE, KEPT_VERSIONS
from daemon.sheets.lists import Lists
from daemon.sheets.locks import opened_by
from daemon.sheets.workbook import XlsxWorkbook
from tests.sheets.contract import WorkbookContract, appended, column, request_row, rows
from tests.sheets.people import ExcelUser, changed_parts, parts

LISTS = Lists(
    title="Fen İşleri Müdürlüğü",
    statuses=("Yeni", "Yönlendirildi", "Tamamlandı", "Olumsuz"),
    channels=("E-posta", "Telefon"),
    categories=("Kaldırım", "Yol çukuru"),
    directorates=("Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"),
    neighbourhoods=tuple(f"Mahalle {n}" for n in range(1, 52)),
    liaisons=("Ali Örnek",),
    decisions=("Yönlendir",),
    own_directorates=("Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"),
)


@pytest.fixture
def workbook(tmp_path: Path) -> XlsxWorkbook:
    return XlsxWorkbook(tmp_path / "tablolar" / "fen.xlsx", "fen", DIRECTORATE_SHEETS, lists=lambda: LISTS)


@pytest.fixture
def person(workbook: XlsxWorkbook) -> ExcelUser:
    return ExcelUser(workbook.path)


@pytest.fixture
def filled(workbook: XlsxWorkbook) -> XlsxWorkbook:
    workbook.set_up()
    workbook.write(appended("Talepler", request_row(1), request_row(2)), workbook.read())
    return workbook


class TestXlsxWorkbook(WorkbookContract):
    """Nothing of its own: the contract."""


# --- open elsewhere ---------------------------------------------------------------------------------------


def _excel_lock(name: str) -> bytes:
    local = name.encode("windows-1254").ljust(54, b" ")
    wide = name.encode("utf-16-le").ljust(108, b" ")
    return bytes([len(name)]) + local + bytes([len(name), 0]) + wide


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        ("~$fen.xlsx", _excel_lock("Ayşe Güneş"), "Ayşe Güneş"),
        ("~$fen.xlsx", b"", ""),
        (".~lock.fen.xlsx#", "Şükrü Işık,sukru,PC-12,23.11.2026 09:10,;".encode(), "Şükrü Işık, PC-12"),
        (".~lock.fen.xlsx#", b",root,sunucu,23.11.2026 09:10,;", "root, sunucu"),
        (".~lock.fen.xlsx#", b"\xff\xfe\x00", ""),
        (".~fen.xlsx", _excel_lock("Veli"), "Veli"),
    ],
)  # fmt: skip
def test_while_somebody_has_it_open_nothing_is_written_and_the_clerk_is_told_who(
    filled: XlsxWorkbook, lock: str, content: bytes, who: str
) -> None:
    snapshot, before = filled.read(), filled.path.read_bytes()
    marker = filled.path.with_name(lock)
    marker.write_bytes(content)
    with pytest.raises(Temporary) as refused:
        filled.write(appended("Talepler", request_row(3)), snapshot)
    assert "fen.xlsx" in refused.value.reason
    assert "açık" in refused.value.reason
    assert who in refused.value.reason
    assert filled.path.read_bytes() == before
    assert marker.exists(), "a lock belongs to the program that made it"
    assert opened_by(filled.path)
    with pytest.raises(Temporary):
        filled.set_up()
    marker.unlink()
    assert len(rows(filled.write(appended("Talepler", request_row(3)), filled.read()))) == 3


def test_reading_is_allowed_while_it_is_open(filled: XlsxWorkbook) -> None:
    filled.path.with_name("~$fen.xlsx").write_bytes(_excel_lock("Ayşe"))
    assert len(rows(filled.read())) == 2


def test_an_old_lock_is_told_with_its_age_and_never_deleted(filled: XlsxWorkbook) -> None:
    marker = filled.path.with_name("~$fen.xlsx")
    marker.write_bytes(_excel_lock("Ayşe"))
    os.utime(marker, (1_700_000_000, 1_700_000_000))
    said = opened_by(filled.path)
    assert "15.11.2023" in said
    assert "silinmelidir" in said
    assert marker.exists()


def test_a_lock_of_another_file_does_not_matter(filled: XlsxWorkbook) -> None:
    filled.path.with_name("~$park.xlsx").write_bytes(_excel_lock("Ayşe"))
    assert opened_by(filled.path) == ""


# --- the file ---------------------------------------------------------------------------------------------


def test_the_state_before_is_kept_and_only_the_last_ones(filled: XlsxWorkbook) -> None:
    before = filled.path.read_bytes()
    filled.write(appended("Talepler", request_row(3)), filled.read())
    kept = sorted((filled.path.parent / ASIDE).glob("fen.*.xlsx"))
    assert kept[-1].read_bytes() == before
    for serial in range(4, 5 + KEPT_VERSIONS):
        before = filled.path.read_bytes()
        filled.write(appended("Talepler", request_row(serial)), filled.read())
    kept = sorted((filled.path.parent / ASIDE).glob("fen.*.xlsx"))
    assert len(kept) == KEPT_VERSIONS
    assert kept[-1].read_bytes() == before


def test_strange_files_beside_the_kept_versions_do_no_harm(filled: XlsxWorkbook) -> None:
    for name in ("fen.xlsx", "fen.abc.xlsx", "fen.x.000001.xlsx"):
        (filled.path.parent / ASIDE / name).write_bytes(b"x")
    assert len(rows(filled.write(appended("Talepler", request_row(3)), filled.read()))) == 3


def test_nothing_is_left_lying_beside_the_file(filled: XlsxWorkbook) -> None:
    filled.write(appended("Talepler", request_row(3)), filled.read())
    assert sorted(path.name for path in filled.path.parent.iterdir()) == [ASIDE, "fen.xlsx"]


def test_permissions_stay_as_they_were(filled: XlsxWorkbook) -> None:
    filled.path.chmod(0o664)
    filled.write(appended("Talepler", request_row(3)), filled.read())
    assert stat.S_IMODE(filled.path.stat().st_mode) == 0o664


def test_a_file_marked_read_only_is_kept_as_it_is_and_the_clerk_is_told(filled: XlsxWorkbook) -> None:
    before = filled.path.read_bytes()
    filled.path.chmod(0o444)
    snapshot = filled.read()
    with pytest.raises(Temporary) as refused:
        filled.write(appended("Talepler", request_row(4)), snapshot)
    assert "salt okunur" in refused.value.reason
    assert filled.path.read_bytes() == before
    filled.path.chmod(0o644)
    filled.write(appended("Talepler", request_row(4)), snapshot)
    assert len(rows(filled.read())) == len(rows(snapshot)) + 1


def test_a_link_to_the_file_stays_a_link(filled: XlsxWorkbook, tmp_path: Path) -> None:
    elsewhere = tmp_path / "asil.xlsx"
    filled.path.replace(elsewhere)
    filled.path.symlink_to(elsewhere)
    filled.write(appended("Talepler", request_row(3)), filled.read())
    assert filled.path.is_symlink()
    assert len(rows(filled.read())) == 3


def test_a_file_that_vanished_is_a_temporary_fault_in_turkish(filled: XlsxWorkbook) -> None:
    snapshot = filled.read()
    filled.path.unlink()
    for act in (filled.read, lambda: filled.write(appended("Talepler", request_row(3)), snapshot)):
        with pytest.raises(Temporary) as fault:
            act()
        assert fault.value.reason == "fen.xlsx okunamıyor: dosya ya da klasör yerinde yok."
    assert not filled.path.exists()


def test_a_folder_in_the_files_place_is_told(workbook: XlsxWorkbook) -> None:
    workbook.path.mkdir(parents=True)
    with pytest.raises(Temporary) as fault:
        workbook.read()
    assert fault.value.reason == "fen.xlsx okunamıyor: bu adda bir klasör var."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_leaves_the_file_as_it_was(filled: XlsxWorkbook) -> None:
    before, snapshot = filled.path.read_bytes(), filled.read()
    filled.path.with_name(".fen.xlsx.muhtarlik-yeni").symlink_to("/dev/full")
    with pytest.raises(Temporary) as fault:
        filled.write(appended("Talepler", request_row(3)), snapshot)
    assert fault.value.reason == "fen.xlsx yazılamıyor: diskte yer kalmadı."
    assert filled.path.read_bytes() == before


def test_two_adapters_share_one_file(tmp_path: Path) -> None:
    path, layouts = tmp_path / "muhtarlik.xlsx", (*OFFICE_SHEETS, *DIRECTORATE_SHEETS)
    office = XlsxWorkbook(path, "@office", OFFICE_SHEETS, file_layouts=layouts, lists=lambda: LISTS)
    own = XlsxWorkbook(path, "muhtarlik", DIRECTORATE_SHEETS, file_layouts=layouts, lists=lambda: LISTS)
    assert office.set_up()
    assert own.set_up() == []
    own.write(appended("Talepler", request_row(1)), own.read())
    office.write(appended("Yeni Talep", {"channel": "Telefon", "subject": "Bank"}), office.read())
    assert column(own.read(), "subject") == ["Konu 1"]
    assert column(office.read(), "subject", "Yeni Talep") == ["Bank"]
    assert office.set_up() == own.set_up() == []


def test_renewed_lists_change_the_lists_and_nothing_else(filled: XlsxWorkbook) -> None:
    assert not filled.renew_lists(), "they offer it already"
    before = filled.path.read_bytes()
    renewed = XlsxWorkbook(
        filled.path, "fen", DIRECTORATE_SHEETS, lists=lambda: replace(LISTS, liaisons=("Yeni İrtibat", "Ali"))
    )
    assert renewed.lists_sign() != filled.lists_sign()
    assert renewed.renew_lists()
    after = filled.path.read_bytes()
    lists = load_workbook(filled.path)["Listeler"]
    assert [cell.value for cell in next(c for c in lists.columns if c[0].value == "İrtibat")][1:3] == [
        "Yeni İrtibat",
        "Ali",
    ]
    listed = {name for name in parts(before) if name.startswith("xl/worksheets/sheet3")}
    assert changed_parts(before, after) <= {"xl/workbook.xml", *listed}
    assert not renewed.renew_lists()


def test_lists_wait_while_somebody_has_the_file_open(filled: XlsxWorkbook) -> None:
    lock = filled.path.with_name(f".~lock.{filled.path.name}#")
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    with pytest.raises(Temporary):
        filled.renew_lists()


def test_the_directorates_stand_in_the_overview_from_the_start(tmp_path: Path) -> None:
    office = XlsxWorkbook(tmp_path / "muhtarlik.xlsx", "@office", OFFICE_SHEETS, lists=lambda: LISTS)
    office.set_up()
    snapshot = office.read()
    assert column(snapshot, "directorate", "Genel Bakış") == list(LISTS.own_directorates)
    position = rows(snapshot, "Genel Bakış")[1].position
    change = Changes(cells=(CellWrite("Genel Bakış", position, "late", 4),))
    assert column(office.write(change, snapshot), "late", "Genel Bakış") == [0, 4]


# --- as a person sees it ----------------------------------------------------------------------------------


def test_the_charts_of_the_overview_show_a_new_directorate_too(tmp_path: Path) -> None:
    office = XlsxWorkbook(tmp_path / "muhtarlik.xlsx", "@office", OFFICE_SHEETS, lists=lambda: LISTS)
    office.set_up()
    figures = {"open": 3, "due_soon": 0, "late": 1, "closed_month": 2}
    added = Append("Genel Bakış", {"directorate": "Zabıta Müdürlüğü", **figures})
    office.write(Changes(appends=(added,)), office.read())
    charts = [text for name, text in parts(office.path.read_bytes()).items() if "/charts/chart" in name]
    assert len(charts) == 2
    ranges = [area for chart in charts for area in re.findall(rb"\$[A-E]\$8:\$[A-E]\$(\d+)<", chart)]
    assert set(ranges) == {b"10"}
    rows_shown = [row[0].value for row in load_workbook(office.path)["Genel Bakış"].iter_rows(min_row=8)]
    assert rows_shown[:3] == ["Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü", "Zabıta Müdürlüğü"]


def test_dates_are_date_cells_and_risky_texts_stay_text_when_edited(filled: XlsxWorkbook) -> None:
    filled.write(appended("Talepler", request_row(3, subject="=1+1", description="Düz yazı")), filled.read())
    sheet = load_workbook(filled.path)["Talepler"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    due = sheet.cell(4, headers["Son Tarih"])
    assert (due.number_format.lower(), due.is_date, due.value.date()) == (
        "dd.mm.yyyy",
        True,
        date(2026, 12, 8),
    )
    subject = sheet.cell(4, headers["Konu"])
    assert (subject.data_type, subject.value, subject.quotePrefix) == ("s", "=1+1", True)
    assert not sheet.cell(4, headers["Açıklama"]).quotePrefix
    assert sheet.cell(4, headers["Açıklama"]).alignment.wrap_text


def test_a_link_leads_where_it_should_and_goes_with_its_row(filled: XlsxWorkbook) -> None:
    links = {"attachments": "file://sunucu/ekler/ab/foto 1.jpg?x=1&y=2"}
    filled.write(
        Changes(appends=(Append("Talepler", request_row(3, attachments="foto 1.jpg"), links),)), filled.read()
    )
    snapshot = filled.read()
    filled.write(Changes(removals=(Removal("Talepler", rows(snapshot)[0].position),)), snapshot)
    sheet = load_workbook(filled.path)["Talepler"]
    linked = [(cell.coordinate, cell.hyperlink.target) for row in sheet for cell in row if cell.hyperlink]
    assert linked == [("P3", links["attachments"])]


def test_a_long_petition_does_not_make_a_row_as_tall_as_the_screen(filled: XlsxWorkbook) -> None:
    filled.write(
        appended("Talepler", request_row(3, description="Uzun dilekçe metni. " * 300)), filled.read()
    )
    sheet = load_workbook(filled.path)["Talepler"]
    assert 60 < sheet.row_dimensions[4].height < 130
    assert 15 <= sheet.row_dimensions[2].height < 30


def test_a_cell_keeps_the_look_that_a_person_gave_it(filled: XlsxWorkbook) -> None:
    from openpyxl.styles import PatternFill

    book = load_workbook(filled.path)
    cell = book["Talepler"]["I2"]
    cell.fill = PatternFill("solid", fgColor="FF00FF")
    book.save(filled.path)
    snapshot = filled.read()
    filled.write(Changes(cells=(CellWrite("Talepler", 2, "status", "İşlemde"),)), snapshot)
    assert load_workbook(filled.path)["Talepler"]["I2"].fill.fgColor.rgb == "00FF00FF"


def test_numbers_as_excel_stores_them_are_whole(filled: XlsxWorkbook) -> None:
    book = load_workbook(filled.path)
    book["Talepler"]["L2"] = 5.0
    book["Talepler"]["F2"] = 12345678901
    book["Talepler"]["N2"] = True
    book.save(filled.path)
    cells = rows(filled.read())[0].cells
    assert (cells["days_left"], cells["subject"], cells["note"]) == (5, "12345678901", True)


def test_a_directorate_without_the_worksheet_is_told_in_missing(filled: XlsxWorkbook) -> None:
    book = load_workbook(filled.path)
    del book["Arşiv"]
    book.save(filled.path)
    assert set(filled.read().tables["Arşiv"].missing) == {
        column.key for column in DIRECTORATE_SHEETS[1].columns
    }


def test_a_corrupt_file_is_refused_with_its_name_and_left_alone(filled: XlsxWorkbook) -> None:
    filled.path.write_bytes(filled.path.read_bytes()[:3000])
    before = filled.path.read_bytes()
    for act in (filled.read, filled.set_up):
        with pytest.raises(Unprocessable) as fault:
            act()
        assert re.match(r"fen\.xlsx: Dosya bozuk", fault.value.reason)
    assert filled.path.read_bytes() == before


def test_another_writer_during_the_write_wins(filled: XlsxWorkbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel saves after we have read and before we put our file in place."""
    from daemon.sheets import files

    theirs = filled.path.with_name("theirs.xlsx")
    shutil.copy(filled.path, theirs)
    ExcelUser(theirs).arrange("Talepler", lambda grid: [grid[0], *grid[2:]])
    sync = os.fsync

    def save_meanwhile(handle: int) -> None:
        if theirs.exists():
            theirs.replace(filled.path)
        sync(handle)

    monkeypatch.setattr(files.os, "fsync", save_meanwhile)
    with pytest.raises(Temporary) as refused:
        filled.write(appended("Talepler", request_row(3)), filled.read())
    assert "az önce değişti" in refused.value.reason
    assert column(filled.read(), "subject") == ["Konu 2"]
