"""What staff do in the office's own workbook, and what comes of it."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from daemon.domain.mail import Arrival
from daemon.domain.request import Channel, Request, Status
from daemon.domain.review import Review
from daemon.domain.sheet import OFFICE_SHEETS
from daemon.sheets import OFFICE_CODE
from tests.office import mail
from tests.sheets.people import Grid
from tests.steps.memory import MemoryWorkbook
from tests.steps.sheet_office import SheetOffice

COMPLETE = {"Kanal": "Telefon", "Mahalle": "Atapark", "Konu": "Çukur", "Açıklama": "Yolda asfalt çöktü."}
FEN = "Fen İşleri Müdürlüğü"


@pytest.fixture
def desk(office: SheetOffice) -> SheetOffice:
    """The office with its workbooks made."""
    office.rest()
    return office


def new_rows(desk: SheetOffice) -> list[dict[str, object]]:
    return desk.rows(OFFICE_CODE, "Yeni Talep")


def review_row(desk: SheetOffice, number: str) -> dict[str, object]:
    [found] = [row for row in desk.rows(OFFICE_CODE, "İnceleme") if row["Talep No"] == number]
    return found


def decide(desk: SheetOffice, number: str, **cells: object) -> None:
    desk.type(OFFICE_CODE, {"Talep No": number}, "İnceleme", **cells)


# --- Yeni Talep -------------------------------------------------------------------------------------------


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


# --- İnceleme ---------------------------------------------------------------------------------------------


@pytest.fixture
def unclear(desk: SheetOffice) -> str:
    """A request whose directorate a person must choose."""
    number = desk.ask("Belirsiz", directorate="")
    desk.rest()
    return number


def test_yonlendir_without_a_directorate_asks_for_it(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="Yönlendir")
    desk.rest()
    assert "Müdürlük" in str(review_row(desk, unclear)["Durum"])
    assert desk.request(unclear).status is Status.NEW
    decide(desk, unclear, Müdürlük=FEN)
    desk.rest()
    assert str(review_row(desk, unclear)["Durum"]) == f"İşlendi: Yönlendirildi: {FEN}"
    assert desk.standing() == [unclear]
    assert desk.letters(unclear)["liaison/referral"] == 2
    assert desk.reviews() == []
    desk.quiet()


def test_a_decision_is_carried_out_once_though_the_line_was_copied_and_the_file_is_open(
    desk: SheetOffice, unclear: str
) -> None:
    decide(desk, unclear, Karar="Yeni talep olarak kaydet", Müdürlük=FEN)
    desk.arrange(OFFICE_CODE, lambda grid: [*grid, list(grid[-1])], "İnceleme")
    lock = desk.folder / ".~lock.muhtarlik.xlsx#"
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    desk.look()
    desk.look(minutes=1)
    lock.unlink()
    desk.rest()
    assert len(desk.numbers()) == 2
    said = [str(row["Durum"]) for row in desk.rows(OFFICE_CODE, "İnceleme")]
    assert all(text.startswith("İşlendi: ") for text in said), "told even after the file was open"
    desk.quiet()


def test_yeni_talep_opens_a_request(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="Yeni talep olarak kaydet", Müdürlük=FEN)
    desk.rest()
    [other] = set(desk.numbers()) - {unclear}
    assert f"Kaydedildi: {other}" in str(review_row(desk, unclear)["Durum"])
    assert desk.standing() == [other]


def waits(desk: SheetOffice, sender: str = "yabanci@example.com", text: str = "") -> None:
    """A mail that the office must decide on has been read."""
    words = text or "Yayla Mahallesi 5. sokakta asfalt çöktü, onarılmasını rica ederim."
    raw = mail(sender, "Yolumuz", words, attachment=("dilekçe.pdf", b"%PDF-1.4 dilekce"))
    arrival = Arrival("imap", "INBOX/1/1", sha256(raw).hexdigest(), desk.now, raw)
    with desk.ledger.transaction() as tx:
        tx.keep_arrivals([arrival], desk.now)
    desk.app._reading.run(desk.now, office=desk.app.office)
    desk.rest()


def settle(desk: SheetOffice, **cells: object) -> dict[str, object]:
    """Decide on the only line; returns it as it is then."""
    [row] = desk.rows(OFFICE_CODE, "İnceleme")
    desk.type(OFFICE_CODE, {"Kayıt No": row["Kayıt No"]}, "İnceleme", **cells)
    desk.rest()
    [row] = desk.rows(OFFICE_CODE, "İnceleme")
    return row


def filed(desk: SheetOffice) -> Request:
    [number] = desk.numbers()
    return desk.request(number)


@pytest.mark.parametrize("choice", ["Yeni talep olarak kaydet", "Yönlendir"])
def test_a_filed_mail_keeps_its_day_of_receipt_its_attachment_and_its_identity(
    desk: SheetOffice, choice: str
) -> None:
    waits(desk)
    came = desk.now
    desk.now += timedelta(days=3)
    assert "Kaydedildi" in str(settle(desk, Karar=choice, Müdürlük=FEN)["Durum"])
    request = filed(desk)
    assert request.received_at == came, "the day of receipt is day zero, not the day of the decision"
    assert [name.rpartition("/")[2].partition("-")[2] for name in request.attachments] == ["dilekçe.pdf"]
    assert request.source_message_id
    assert desk.row(request.number)["Ekler"] == "dilekçe.pdf"
    assert desk.reviews() == []
    desk.quiet()


def test_a_mail_whose_neighbourhood_is_not_known_is_filed_once_it_is_chosen(desk: SheetOffice) -> None:
    waits(desk, text="Sokağımızda asfalt çöktü, onarılmasını rica ederim.")
    assert "Doğru Mahalle" in str(settle(desk, Karar="Yönlendir", Müdürlük=FEN)["Durum"])
    assert "“Olmayan”" in str(settle(desk, Doğru_Mahalle="Olmayan")["Durum"])
    settle(desk, Doğru_Mahalle="Yayla")
    assert (filed(desk).neighbourhood, filed(desk).directorate) == ("Yayla", "fen")


def test_a_directorate_without_a_decision_is_remarked_on(desk: SheetOffice, unclear: str) -> None:
    assert "Karar" in str(settle(desk, Müdürlük=FEN)["Durum"])
    assert desk.request(unclear).status is Status.NEW
    assert settle(desk, Müdürlük=None)["Durum"] is None, "the remark goes with its cause"
    desk.quiet()


def test_a_wrong_neighbourhood_is_no_silent_one(desk: SheetOffice, unclear: str) -> None:
    said = settle(desk, Karar="Yönlendir", Müdürlük=FEN, Doğru_Mahalle="Olmayan")["Durum"]
    assert "“Olmayan”" in str(said)
    assert desk.request(unclear).directorate == ""
    settle(desk, Doğru_Mahalle="Köşk")
    assert (desk.request(unclear).neighbourhood, desk.request(unclear).directorate) == ("Köşk", "fen")
    assert any("Köşk" in entry.text for entry in desk.history(unclear))


def test_what_was_remarked_on_a_decision_reaches_the_directorate(desk: SheetOffice, unclear: str) -> None:
    settle(desk, Karar="Yönlendir", Müdürlük=FEN, Not="Muhtar telefonla da aradı")
    assert "Muhtar telefonla da aradı" in str(desk.row(unclear)["Not"])
    assert "decided" in desk.kinds(unclear)
    desk.quiet()


def test_what_was_written_beside_a_line_outlives_it(desk: SheetOffice, unclear: str) -> None:
    desk.arrange(OFFICE_CODE, lambda grid: [[*grid[0], "Bakan"], *grid[1:]], "İnceleme")
    settle(desk, Karar="Yönlendir", Müdürlük=FEN)
    settle(desk, Not="sonradan yazıldı", Bakan="Ayşe")
    desk.rest(days=31)
    assert desk.rows(OFFICE_CODE, "İnceleme") == []
    [entry] = [entry for entry in desk.history(unclear) if entry.kind == "review-remarks"]
    assert "sonradan yazıldı" in entry.text
    assert "Bakan: Ayşe" in entry.text


def test_talep_degil_cancels(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="Talep değil")
    desk.rest()
    assert desk.request(unclear).status is Status.CANCELLED
    assert desk.letters(unclear)["headman/closure"] == 0
    assert desk.reviews() == []


def test_a_decision_that_is_none_of_the_list_is_told(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="bilmem ki")
    desk.rest()
    assert "listeden seçiniz" in str(review_row(desk, unclear)["Durum"])
    assert len(desk.reviews()) == 1
    desk.quiet()


def test_a_deleted_line_of_inceleme_comes_back(desk: SheetOffice, unclear: str) -> None:
    desk.delete(OFFICE_CODE, unclear, "İnceleme")
    desk.rest()
    assert review_row(desk, unclear)["Durum"] is None
    desk.quiet()


def test_decided_lines_go_after_a_month(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="Yönlendir", Müdürlük=FEN)
    desk.rest()
    desk.rest(days=29)
    assert review_row(desk, unclear)
    desk.rest(days=2)
    assert desk.rows(OFFICE_CODE, "İnceleme") == []


def test_what_was_written_beside_a_decided_line_stays_in_the_history(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="Yönlendir", Müdürlük=FEN, Not="Telefonla da arandı")
    desk.arrange(
        OFFICE_CODE, lambda grid: [[*grid[0], "Ekip"], *([*row, "A"] for row in grid[1:])], "İnceleme"
    )
    desk.rest()
    lock = desk.folder / ".~lock.muhtarlik.xlsx#"
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    desk.look(days=31)
    desk.look(minutes=1)
    lock.unlink()
    desk.rest()
    assert desk.rows(OFFICE_CODE, "İnceleme") == []
    [kept] = [entry.text for entry in desk.history(unclear) if entry.kind == "review-remarks"]
    assert "Not: Telefonla da arandı; Ekip: A" in kept


@pytest.fixture
def mail_line(desk: SheetOffice) -> Review:
    """A mail in which no request was found, with a document."""
    place = desk.places[0]
    review = Review(
        key="mail/1",
        opened_at=desk.now,
        reason="İletide bir talep bulunamadı.",
        sender=place.headman.emails[0],
        neighbourhood=place.name,
        subject="Ekteki husus",
        read="Ekte sunulmuştur.",
        link="ab/cd/0123456789abcdef-dilekce.pdf",
    )
    with desk.ledger.transaction() as tx:
        tx.open_review(review)
    desk.rest()
    return review


def test_yonlendir_makes_a_request_of_a_mail_that_was_none(desk: SheetOffice, mail_line: Review) -> None:
    desk.type(OFFICE_CODE, {"Konu": mail_line.subject}, "İnceleme", Karar="Yönlendir")
    desk.rest()
    assert desk.numbers() == []
    desk.type(OFFICE_CODE, {"Konu": mail_line.subject}, "İnceleme", Müdürlük=FEN)
    desk.rest()
    [number] = desk.numbers()
    assert desk.standing() == [number]
    assert desk.request(number).attachments == (mail_line.link,), "its document goes along"
    assert desk.letters(number)["liaison/referral"] == 2


# --- Genel Bakış and MBS ----------------------------------------------------------------------------------


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


def test_columns_that_may_not_leave_the_house_give_nothing_to_do(office: SheetOffice) -> None:
    """As with ``sheets.google.columns``: a worksheet without them is right as it stands."""
    withheld = {"sender", "read", "reason", "headman", "description"}
    layouts = tuple(
        replace(layout, columns=tuple(column for column in layout.columns if column.key not in withheld))
        for layout in OFFICE_SHEETS
    )
    book = MemoryWorkbook(OFFICE_CODE, layouts)
    office.books = {OFFICE_CODE: book}
    office.ask("Nereye ait belli değil", directorate="")
    office.rest()
    assert [line["Konu"] for line in book.lines("İnceleme") if line.get("Konu")]
    office.quiet()
