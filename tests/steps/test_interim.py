"""An interim answer reaches the headman on his own way, once; the request stays open and its clock runs on."""

from email import message_from_bytes

import pytest
from openpyxl import load_workbook

from daemon.domain.request import Channel, Request, Status
from daemon.domain.sheet import DECISIONS
from daemon.domain.telling import State
from daemon.sheets import OFFICE_CODE
from tests.outbox import send_all
from tests.steps.post import answers, comes, letters, writes
from tests.steps.sheet_office import SheetOffice
from tests.steps.test_told_sheet import asked, row, tellings, tick
from tests.wording.desk import said

PUT_OFF = "Talep 2027 yılı yatırım programında değerlendirilecektir."
INTERIM = "headman/interim"


def clock(request: Request) -> tuple[object, ...]:
    return request.due, request.rule, request.clock_event, request.closed_at


def decide(desk: SheetOffice, number: str, **cells: object) -> str:
    desk.type(OFFICE_CODE, {"Talep No": number}, "İnceleme", **cells)
    desk.rest()
    [line] = [line for line in desk.rows(OFFICE_CODE, "İnceleme") if line["Talep No"] == number]
    return str(line["Durum"])


@pytest.fixture
def number(desk: SheetOffice) -> str:
    """A request that stands in its directorate's sheet."""
    found = desk.ask("Asfalt")
    desk.rest()
    return found


# --- by mail ----------------------------------------------------------------------------------------------


def test_a_liaisons_interim_answer_is_mailed_to_the_headman_once(desk: SheetOffice, number: str) -> None:
    before = desk.request(number)
    liaison, raw = answers(desk, number, PUT_OFF)
    [letter] = letters(desk, number, INTERIM)
    assert letter.recipient == before.headman_email
    assert letter.subject == f"[{number}] Talebinize ilişkin ara cevap: Asfalt"
    assert PUT_OFF in said(letter)
    assert "Bu bilgi talebinizin sonucu değildir" in said(letter)
    assert message_from_bytes(letter.mime)["X-Muhtarlik-Letter"] == INTERIM
    after = desk.request(number)
    assert (after.status, clock(after)) == (Status.IN_PROGRESS, clock(before))
    assert desk.row(number)["Durum"] == "İşlemde"
    assert desk.row(number)["Sonuç"] is None
    assert f"Ara cevap: {PUT_OFF}" in str(desk.row(number)["Not"])
    assert str(desk.row(number)["Son İşlem"]).endswith("Ara cevap verildi")
    [told] = [entry for entry in desk.history(number) if entry.kind == "interim"]
    assert (told.actor, told.data["words"]) == (liaison, PUT_OFF)
    comes(desk, raw + b"\r\n")
    writes(desk, liaison, f"Ynt: [{number}]", f"İŞLEMDE\n{PUT_OFF}")
    desk.another_process()
    desk.rest(days=1)
    assert desk.letters(number)[INTERIM] == 1
    writes(desk, liaison, f"Ynt: [{number}]", PUT_OFF.replace("2027", "2028"))
    assert desk.letters(number)[INTERIM] == 2, "another answer is told, too"
    desk.quiet()


def test_after_an_interim_answer_the_result_closes_the_request_as_ever(
    desk: SheetOffice, number: str
) -> None:
    liaison, _ = answers(desk, number, PUT_OFF)
    writes(desk, liaison, f"Ynt: [{number}]", "TAMAMLANDI\nSokak asfaltlandı.")
    assert desk.request(number).result == "Sokak asfaltlandı."
    assert desk.letters(number)["headman/closure"] == 1


# --- in person --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "way"), [(Channel.PHONE, "Telefonla"), (Channel.WHATSAPP, "WhatsApp'tan")]
)
def test_a_headman_without_an_address_is_told_in_person(
    desk: SheetOffice, channel: Channel, way: str
) -> None:
    number = asked(desk, channel)
    desk.rest()
    tick(desk, number, Bildiren="Ayşe")
    desk.rest()
    answers(desk, number, PUT_OFF)
    line = row(desk, number)
    assert (line["Bildirim"], line["Yol"], line["Bildirildi"], line["Bildiren"]) == (
        "Ara bilgi",
        way,
        None,
        None,
    )
    assert PUT_OFF in str(line["Metin"])
    assert "sonucunu ayrıca bildireceğiz" in str(line["Metin"])
    assert desk.letters(number)[INTERIM] == 0
    tick(desk, number, Bildiren="Ayşe")
    desk.rest()
    assert any("Ara bilgi" in entry.text for entry in desk.history(number) if entry.kind == "told")
    assert [telling.state for telling in tellings(desk)] == [State.TOLD]
    desk.quiet()


def test_two_interim_answers_on_one_day_need_a_tick_each(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    liaison, _ = answers(desk, number, PUT_OFF)
    tick(desk, number)
    desk.rest()
    later = PUT_OFF.replace("2027", "2028")
    writes(desk, liaison, f"Ynt: [{number}]", later)
    line = row(desk, number)
    assert line["Bildirildi"] is None
    assert later in str(line["Metin"])
    assert [telling.state for telling in tellings(desk)] == [State.WAITING]
    writes(desk, liaison, f"Ynt: [{number}]", PUT_OFF)
    assert later in str(row(desk, number)["Metin"]), "an old answer said again is told already"
    desk.quiet()


def test_the_result_takes_over_the_line_of_an_interim_answer(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    answers(desk, number, PUT_OFF)
    desk.reply(number, Status.DONE, "Sokak asfaltlandı.")
    desk.rest()
    assert row(desk, number)["Bildirim"] == "Sonuç"
    assert PUT_OFF not in str(row(desk, number)["Metin"])


def test_an_address_that_refuses_letters_makes_it_a_duty(desk: SheetOffice, number: str) -> None:
    with desk.ledger.transaction() as tx:
        tx.mark_address_bad(desk.request(number).headman_email, "550 yok", desk.now)
    answers(desk, number, PUT_OFF)
    assert desk.letters(number)[INTERIM] == 0
    assert PUT_OFF in str(row(desk, number)["Metin"])


# --- in the sheets ----------------------------------------------------------------------------------------


def test_a_sonuc_that_puts_an_open_request_off_is_told_once(desk: SheetOffice, number: str) -> None:
    before = desk.request(number)
    desk.edit("fen", number, Durum="Beklemede", Sonuç=PUT_OFF)
    desk.rest()
    [letter] = letters(desk, number, INTERIM)
    assert PUT_OFF in said(letter)
    after = desk.request(number)
    assert (after.status, clock(after)) == (Status.WAITING, clock(before))
    assert desk.row(number)["Sonuç"] == PUT_OFF
    send_all(desk.app, desk.now)
    desk.edit("fen", number, Sonuç=PUT_OFF.upper())
    desk.rest()
    desk.edit("fen", number, Durum="İşlemde")
    desk.rest(days=1)
    assert desk.letters(number)[INTERIM] == 1
    desk.quiet()


def test_what_is_closed_with_an_interim_answer_is_closed_and_a_person_asked(
    desk: SheetOffice, number: str
) -> None:
    desk.edit("fen", number, Durum="Tamamlandı", Sonuç=PUT_OFF)
    desk.rest()
    assert not desk.request(number).is_open
    assert desk.letters(number)["headman/closure"] == 1
    [review] = desk.reviews()
    assert "ara cevap gibi görünüyor" in review.reason
    desk.edit("fen", number, Durum="İşlemde")
    desk.rest()
    assert desk.reviews() == []
    assert desk.letters(number)[INTERIM] == 0, "he has read these words in the closure"


# --- by a person's decision -------------------------------------------------------------------------------

DOUBTFUL = "Ödenek olmadığından bu yıl yapılamayacak, 2027 programına alınmıştır."
TELL = "Ara cevap olarak bildir"


def test_a_doubtful_answer_is_told_in_its_own_words_when_a_clerk_says_so(
    desk: SheetOffice, number: str
) -> None:
    before = desk.request(number)
    answers(desk, number, DOUBTFUL)
    assert desk.letters(number)[INTERIM] == 0
    assert desk.request(number).status is Status.REFERRED
    assert decide(desk, number, Karar=TELL) == "İşlendi: Ara cevap verildi"
    [letter] = letters(desk, number, INTERIM)
    assert DOUBTFUL in said(letter)
    after = desk.request(number)
    assert (after.status, clock(after), desk.reviews()) == (Status.IN_PROGRESS, clock(before), [])
    desk.another_process()
    desk.rest(days=1)
    assert desk.letters(number)[INTERIM] == 1
    desk.quiet()


def test_a_clerk_may_word_it_himself(desk: SheetOffice, number: str) -> None:
    answers(desk, number, DOUBTFUL)
    own = "Sokağınız 2027 programına alınmıştır."
    decide(desk, number, Karar=TELL, Not=own)
    [letter] = letters(desk, number, INTERIM)
    assert own in said(letter)
    assert "Ödenek" not in said(letter)
    assert own in str(desk.row(number)["Not"])


def test_words_that_are_not_the_municipalitys_are_never_told_by_the_decision_alone(
    desk: SheetOffice, number: str
) -> None:
    writes(desk, desk.request(number).headman_email, f"Ynt: [{number}]", "Yan sokağa da bakılsın.")
    assert "Not sütununa yazınız" in decide(desk, number, Karar=TELL)
    assert desk.letters(number)[INTERIM] == 0
    decide(desk, number, Not=PUT_OFF)
    assert desk.letters(number)[INTERIM] == 1


def test_of_a_closed_request_there_is_no_interim_answer(desk: SheetOffice, number: str) -> None:
    answers(desk, number, DOUBTFUL)
    desk.reply(number, Status.DONE, "Asfaltlandı.")
    assert "Talep kapalı" in decide(desk, number, Karar=TELL)
    assert desk.letters(number)[INTERIM] == 0


def test_the_decision_stands_in_the_drop_down_of_an_office_that_is_long_in_use(desk: SheetOffice) -> None:
    path = desk.path(OFFICE_CODE)
    book = load_workbook(path)
    lists = book["Listeler"]
    [old] = [cell for cells in lists.iter_rows() for cell in cells if cell.value == DECISIONS[-1]]
    old.value = None
    book.save(path)
    with desk.ledger.transaction() as tx:
        tx.save_sheet_state(OFFICE_CODE, {"lists": "as the version before had them"})
    desk.another_process()
    desk.rest()
    assert any(
        cell == TELL
        for cells in load_workbook(path)["Listeler"].iter_rows(values_only=True)
        for cell in cells
    )


# --- what is closed and promised --------------------------------------------------------------------------


def test_what_is_closed_for_a_day_to_come_is_told_and_closes_by_what_was_done(
    desk: SheetOffice, number: str
) -> None:
    promise = "15.12.2026 tarihinde tamamlanacaktır."
    before = desk.request(number)
    desk.edit("fen", number, Durum="Tamamlandı", Sonuç=promise)
    desk.rest()
    [letter] = letters(desk, number, INTERIM)
    assert promise in said(letter)
    assert clock(desk.request(number)) == clock(before)
    row_now = desk.row(number)
    assert (row_now["Durum"], row_now["Sonuç"]) == ("Tamamlandı", promise), "what people type stays"
    assert "talep kapatılmadı" in str(row_now["Not"])
    desk.quiet()
    desk.edit("fen", number, Sonuç="Sokak asfaltlandı.")
    desk.rest()
    assert not desk.request(number).is_open
    assert desk.letters(number)["headman/closure"] == 1


def test_a_headman_who_asks_does_not_read_that_what_is_still_to_be_done_is_done(
    desk: SheetOffice, number: str
) -> None:
    desk.edit("fen", number, Durum="Tamamlandı", Sonuç="15.12.2026 tarihinde tamamlanacaktır.")
    desk.rest()
    writes(desk, desk.request(number).headman_email, "DURUM", "DURUM")
    [letter] = letters(desk, number, "headman/status")
    assert "Durum : İşlemde" in " ".join(said(letter).split())
    assert "Durum : Tamamlandı" not in " ".join(said(letter).split())
