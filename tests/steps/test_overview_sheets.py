"""What the office's own workbook shows: ``Genel Bakış``, and the answers to be entered in MBS."""

from dataclasses import replace

from daemon.domain.request import Channel, Status
from daemon.sheets import OFFICE_CODE
from tests.steps.sheet_office import SheetOffice

FEN = "Fen İşleri Müdürlüğü"


def test_genel_bakis_counts_what_is_open_late_and_closed(desk: SheetOffice) -> None:
    numbers = [desk.ask(f"Talep {n}") for n in range(3)]
    desk.reply(numbers[0], Status.DONE, "Yapıldı")
    desk.rest()

    def figures() -> list[object]:
        [row] = [row for row in desk.rows(OFFICE_CODE, "Genel Bakış") if row["Müdürlük"] == FEN]
        return [row[key] for key in ("Açık", "3 İş Günü İçinde", "Gecikmiş", "Bu Ay Kapanan")]

    assert figures() == [2, 0, 0, 1]
    desk.rest(days=21)
    assert figures() == [2, 2, 0, 0], "2 November: one business day is left, a new month has begun"
    desk.rest(days=2)
    assert figures() == [2, 0, 2, 0]
    desk.quiet()


def test_a_directorate_that_was_renamed_or_dropped_leaves_no_figures_behind(desk: SheetOffice) -> None:
    """Mappings are taken up without a restart; rows that people added stay."""
    desk.add(OFFICE_CODE, "Genel Bakış", Müdürlük="TOPLAM", Açık=7)
    desk.rest()
    names = [row["Müdürlük"] for row in desk.rows(OFFICE_CODE, "Genel Bakış")]
    office = desk.app.office
    kept = [
        replace(one, name="Yapı İşleri Müdürlüğü") if one.code == "fen" else one
        for one in office.registry.directorates
    ]
    renamed = replace(office, registry=replace(office.registry, directorates=tuple(kept)))
    desk.sync.run(desk.now, office=renamed)
    expected = ["Yapı İşleri Müdürlüğü" if name == FEN else name for name in names]
    assert [row["Müdürlük"] for row in desk.rows(OFFICE_CODE, "Genel Bakış")] == expected
    dropped = tuple(one for one in kept if one.code != "fen")
    desk.sync.run(desk.now, office=replace(office, registry=replace(office.registry, directorates=dropped)))
    expected.remove("Yapı İşleri Müdürlüğü")
    assert [row["Müdürlük"] for row in desk.rows(OFFICE_CODE, "Genel Bakış")] == expected
    assert expected[-1] == "TOPLAM"


def test_an_answer_for_mbs_waits_until_it_is_ticked(desk: SheetOffice) -> None:
    number = desk.ask("MBS talebi", channel=Channel.MBS)
    desk.reply(number, Status.DONE, "Asfalt yaması yapıldı.")
    desk.rest()
    [row] = desk.rows(OFFICE_CODE, "MBS Cevapları")
    assert row["Talep No"] == number
    assert "Sonuç: Asfalt yaması yapıldı." in row["Girilecek Cevap"]
    desk.delete(OFFICE_CODE, number, "MBS Cevapları")
    desk.rest()
    assert len(desk.rows(OFFICE_CODE, "MBS Cevapları")) == 1
    desk.type(OFFICE_CODE, {"Talep No": number}, "MBS Cevapları", Girildi="x")
    desk.rest()
    desk.delete(OFFICE_CODE, number, "MBS Cevapları")
    desk.rest()
    assert desk.rows(OFFICE_CODE, "MBS Cevapları") == []
    desk.quiet()


def test_a_later_answer_for_mbs_is_to_be_entered_too(desk: SheetOffice) -> None:
    number = desk.ask("MBS talebi", channel=Channel.MBS)
    desk.reply(number, Status.REJECTED, "Programda yok.")
    desk.rest()
    desk.type(OFFICE_CODE, {"Talep No": number}, "MBS Cevapları", Girildi="Evet")
    desk.rest()
    desk.quiet()
    desk.reply(number, Status.IN_PROGRESS)
    desk.reply(number, Status.DONE, "Yol yapıldı.")
    desk.rest()
    [row] = desk.rows(OFFICE_CODE, "MBS Cevapları")
    assert "Sonuç: Yol yapıldı." in row["Girilecek Cevap"]
    assert row["Girildi"] is None
    desk.type(OFFICE_CODE, {"Talep No": number}, "MBS Cevapları", Girildi="Evet")
    desk.rest()
    [row] = desk.rows(OFFICE_CODE, "MBS Cevapları")
    assert row["Girildi"] == "Evet"
    desk.quiet()
