"""Lists of Muhtar Bilgi Sistemi: whole, reordered, broken, hostile, from whom they come."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from daemon.app.explaining import explain_file
from daemon.domain.clock import day_of
from tests.steps.sources.office import HEADER, STAFF, SourceOffice, row, xlsx

DAY = datetime(2026, 10, 12)  # noqa: DTZ001 - a spreadsheet's date has no zone
MOMENT = datetime(2026, 10, 8, 9, 5)  # noqa: DTZ001


def test_a_list_is_read_wherever_its_header_stands_and_however_its_columns_are_ordered(
    desk: SourceOffice,
) -> None:
    desk.hand_in(
        "liste.xlsx",
        ["T.C. İÇİŞLERİ BAKANLIĞI"],
        [],
        ["Muhtar Bilgi Sistemi", None, "Rapor tarihi", DAY],
        ["Durumu", "AÇIKLAMA", "Sıra", "Mahalle Adı", "Başvuru Numarası", "Tarih"],
        [
            "Bekliyor",
            "Yol çöktü, asfalt istiyoruz.",
            1,
            "ATAPARK MAHALLESİ",
            4711,
            MOMENT,
        ],
        [None, None, None, None, None, None],
        ["Yönlendirildi", "Parktaki bank kırık.", 2, "Yayla", "4712", "09.10.2026"],
        ["Toplam", None, None, None, 2, None],
    )
    found = {request.external_number: request for request in desk.all()}
    assert {n: (r.neighbourhood, day_of(r.received_at)) for n, r in found.items()} == {
        "4711": ("Atapark", date(2026, 10, 8)),
        "4712": ("Yayla", date(2026, 10, 9)),
    }
    assert desk.reviews() == []
    assert desk.told() == []


def test_a_list_of_text_in_the_old_code_page_is_read(desk: SourceOffice) -> None:
    lines = ";".join(HEADER) + "\r\n" + ";".join(map(str, row(place="Atapark Mahallesi"))) + "\r\n"
    desk.deliver(STAFF, "Liste", files=[("mbs.csv", lines.encode("cp1254"))])
    assert desk.only().subject == "Asfalt yaması"


def test_a_list_is_handed_in_by_a_command(desk: SourceOffice, tmp_path: Path) -> None:
    path = tmp_path / "rapor.xlsx"
    path.write_bytes(xlsx(HEADER, row()))
    assert desk.app.ingest(path) == "alındı"
    assert desk.only().external_number == "2026/4711"
    shown = explain_file(desk.app, path)
    assert (shown["kind"], shown["source"]) == ("request", "Muhtar Bilgi Sistemi")
    assert shown["fields"]["number"] == "2026/4711"  # type: ignore[index]


def test_rows_of_one_headman_are_confirmed_in_one_letter(desk: SourceOffice) -> None:
    desk.hand_in("mbs.xlsx", HEADER, row("1"), row("2"), row("3", place="Yayla"))
    with desk.ledger.view() as view:
        letters = view.letters_waiting(desk.now, 999)
    confirmed = [letter for letter in letters if letter.occasion == "headman/confirmation"]
    assert sorted(len(letter.about) for letter in confirmed) == [1, 2]


def test_concluded_rows_that_nobody_knows_open_nothing(desk: SourceOffice) -> None:
    desk.hand_in("mbs.xlsx", HEADER, row("1", status="Sonuçlandı"), row("2", status="Kapatıldı"))
    assert desk.all() == []
    desk.hand_in("mbs bekleyen.xlsx", HEADER[:-1], row("1")[:-1])
    assert [request.external_number for request in desk.all()] == ["1"]


def test_a_worksheet_of_concluded_ones_opens_nothing_where_its_rows_do_not_say_how_they_stand(
    desk: SourceOffice,
) -> None:
    book = Workbook()
    for title in ("Bekleyen", "Sonuçlanan"):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(row(f"{title[0]}1", status=""))
        sheet.append(row(f"{title[0]}2", status="Yeniden Açıldı"))
    out = BytesIO()
    book.save(out)
    desk.deliver(STAFF, "MBS listesi", files=[("mbs bekleyen.xlsx", out.getvalue())])
    assert {request.external_number for request in desk.all()} == {"B1", "B2", "S2"}


def test_a_neighbourhood_is_known_however_its_name_is_parted(desk: SourceOffice) -> None:
    desk.hand_in("mbs.xlsx", HEADER, row("1", place="ATA PARK"), row("2", place="19Mayıs Mah."))
    assert {request.neighbourhood for request in desk.all()} == {"Atapark", "19 Mayıs"}


def test_a_colleague_s_own_list_waits_and_says_where_its_requests_go(desk: SourceOffice) -> None:
    own = xlsx(("Sıra", "Tarih", "Mahalle", "Talep"), (1, "08.10.2026", "Yayla", "Park lambası kırık."))
    desk.deliver(STAFF, "Gelen talepler", "Ektedir.", files=[("Muhtar talepleri kasım.xlsx", own)])
    [review] = desk.reviews()
    assert "Ekteki liste (Muhtar talepleri kasım.xlsx) tanınan bir sistemin listesi değil" in review.reason
    assert "“Yeni Talep” sayfasına giriniz" in review.reason


def test_broken_rows_wait_and_the_others_enter(desk: SourceOffice) -> None:
    desk.hand_in("mbs.xlsx", HEADER, row("1"), row(""), ("3", "08.10.2026", "Atapark", "", "", "", "Yeni"))
    assert [request.external_number for request in desk.all()] == ["1"]
    [review] = desk.reviews()
    assert "3. satır (sistem numarası bulunamadı)" in review.read
    assert "4. satır (talebin metni bulunamadı)" in review.read
    assert desk.told() == ["Muhtar Bilgi Sistemi: ilgilenilmesi gereken kayıtlar"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 bozuk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, xlsx(["a", "b"], [1, 2])],
)
def test_a_list_that_cannot_be_read_is_told_and_waits(desk: SourceOffice, data: bytes) -> None:
    desk.deliver(STAFF, "MBS listesi", files=[("MBS bekleyen.xlsx", data)])
    assert desk.all() == []
    assert len(desk.reviews()) == 1
    assert desk.told() == ["Muhtar Bilgi Sistemi: okunamayan ileti"]


def test_a_list_from_a_stranger_is_none_of_a_source(desk: SourceOffice) -> None:
    desk.deliver("biri@example.org", "MBS listesi", files=[("mbs.xlsx", xlsx(HEADER, row()))])
    assert desk.all() == []
    assert desk.reviews()[0].reason == "Gönderen, kayıtlı bir muhtar değil."


def test_our_own_workbook_mailed_by_a_colleague_is_no_list(desk: SourceOffice) -> None:
    header = ["Talep No", "Geliş Tarihi", "Mahalle", "Konu", "Açıklama", "Durum"]
    rows = [["MHT-2026-000001", "08.10.2026", "Atapark", "Yol", "Yol çöktü", "Yeni"]]
    desk.deliver(STAFF, "Fen tablosu", files=[("fen.xlsx", xlsx(header, *rows))])
    assert [request for request in desk.all() if request.external_number] == []


def test_a_cell_merged_over_two_rows_counts_for_both(desk: SourceOffice, tmp_path: Path) -> None:
    book = load_workbook(BytesIO(xlsx(HEADER, row("1", place="Yayla"), row("2", place="Köşk"))))
    sheet = book.worksheets[0]
    column = HEADER.index("Mahalle") + 1
    sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    path = tmp_path / "mbs.xlsx"
    book.save(path)
    assert desk.app.ingest(path) == "alındı"
    assert {request.external_number: request.neighbourhood for request in desk.all()} == {
        "1": "Yayla",
        "2": "Yayla",
    }


def test_a_list_in_sections_by_neighbourhood_is_read(desk: SourceOffice) -> None:
    desk.hand_in(
        "mbs.xlsx",
        HEADER,
        ["ATAPARK MAHALLESİ"],
        row("1", place=""),
        row("2", place="Yayla"),
        ["", "", "Emek Mah."],
        row("3", place=""),
        ["Toplam: 3"],
    )
    places = {request.external_number: request.neighbourhood for request in desk.all()}
    assert places == {"1": "Atapark", "2": "Yayla", "3": "Emek"}
    assert desk.reviews() == []
