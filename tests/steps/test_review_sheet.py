"""What staff decide under ``İnceleme`` in the office's own workbook, and what comes of it."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from hashlib import sha256

import pytest

from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter
from daemon.domain.request import Request, Status
from daemon.domain.review import Review
from daemon.domain.sheet import OFFICE_SHEETS
from daemon.sheets import OFFICE_CODE
from tests.office import mail
from tests.steps.memory import MemoryWorkbook
from tests.steps.post import answers, letters
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_told_sheet import asked, tick

FEN = "Fen İşleri Müdürlüğü"


def words_of(letter: Letter) -> str:
    """The letter's plain text as one line."""
    body = message_from_bytes(letter.mime, policy=default).get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def review_row(desk: SheetOffice, number: str) -> dict[str, object]:
    [found] = [row for row in desk.rows(OFFICE_CODE, "İnceleme") if row["Talep No"] == number]
    return found


def decide(desk: SheetOffice, number: str, **cells: object) -> None:
    desk.type(OFFICE_CODE, {"Talep No": number}, "İnceleme", **cells)


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
    desk.look_while_open()
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


def test_talep_degil_cancels_and_the_headman_who_has_his_receipt_is_told(
    desk: SheetOffice, unclear: str
) -> None:
    decide(desk, unclear, Karar="Talep değil")
    desk.rest()
    assert desk.request(unclear).status is Status.CANCELLED
    assert desk.reviews() == []
    assert desk.letters(unclear)["headman/closure"] == 1
    [letter] = letters(desk, unclear, "headman/closure")
    assert letter.recipient == desk.places[0].headman.emails[0]
    assert "Talebiniz işlemden kaldırıldı" in letter.subject
    assert "istenen bir husus bulunmadığı değerlendirilmiştir" in words_of(letter)
    desk.quiet()


def test_the_reason_beside_talep_degil_is_the_headmans_answer(desk: SheetOffice, unclear: str) -> None:
    decide(desk, unclear, Karar="Talep değil", Not="bayram tebriki; teşekkür ederiz")
    desk.rest()
    [letter] = letters(desk, unclear, "headman/closure")
    assert "Bayram tebriki; teşekkür ederiz" in words_of(letter)
    assert "husus bulunmadığı" not in words_of(letter)


def test_a_number_beside_talep_degil_says_under_which_request_it_is_followed(
    desk: SheetOffice, unclear: str
) -> None:
    other = desk.ask("Kaldırım")
    desk.rest()
    decide(desk, unclear, Karar="Talep değil", Not=other)
    desk.rest()
    [letter] = letters(desk, unclear, "headman/closure")
    assert f"{other} numaralı talep kapsamında takip edilmektedir" in words_of(letter)


def test_a_headman_by_telephone_is_told_if_he_has_heard_of_the_receipt(desk: SheetOffice) -> None:
    heard, unheard = (asked(desk, directorate="", review=True) for _ in range(2))
    desk.rest()
    tick(desk, heard)
    desk.rest()
    for number in (heard, unheard):
        decide(desk, number, Karar="Talep değil")
    desk.rest()
    assert desk.request(unheard).status is Status.CANCELLED
    [told] = [row for row in desk.rows(OFFICE_CODE, "Bildirilecekler") if not row["Bildirildi"]]
    assert told["Talep No"] == heard
    assert "işlemden kaldırıldı" in str(told["Metin"])


def test_what_was_set_aside_and_is_opened_again_by_its_headman_waits_for_a_directorate(
    desk: SheetOffice, unclear: str
) -> None:
    decide(desk, unclear, Karar="Talep değil")
    desk.rest()
    answers(desk, unclear, "SORUN SÜRÜYOR\nYolumuz hâlâ çukur.", "headman/closure")
    [review] = desk.reviews()
    assert "yeniden açıldı; lütfen sorumlu müdürlüğü seçiniz" in review.reason
    assert review.read.startswith("Yolumuz hâlâ çukur.")
    where = {"Neden": review.reason}
    desk.type(OFFICE_CODE, where, "İnceleme", Karar="Gereği yapıldı")
    desk.rest()
    assert desk.reviews(), "a request that is nobody's is not closed with its line"
    desk.type(OFFICE_CODE, where, "İnceleme", Karar="Yönlendir", Müdürlük=FEN)
    desk.rest()
    assert desk.reviews() == []
    assert desk.standing() == [unclear]
    assert desk.letters(unclear)["liaison/referral"] == 2


def test_talep_degil_of_a_mail_that_was_never_acknowledged_tells_nobody(desk: SheetOffice) -> None:
    waits(desk, text="Sayın yetkili, bültenimizin yeni sayısı yayımlandı, iyi okumalar dileriz.")
    before = desk.state()[2]
    settle(desk, Karar="Talep değil", Not="Bülten")
    assert desk.state()[2] == before


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
