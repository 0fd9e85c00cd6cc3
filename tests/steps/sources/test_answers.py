"""The way back of a request of Muhtar Bilgi Sistemi: ready to paste, chased, ticked, refuted by a list."""

import pytest

from daemon.domain.request import Status
from daemon.sheets import OFFICE_CODE
from tests.outbox import worded
from tests.steps.post import answers, letters
from tests.steps.sources.office import ANSWERS, HEADER, MBS, SourceOffice, notification, row
from tests.wording.desk import said

NO_ADDRESS = "Gümüşdere"
"""A neighbourhood whose headman has none."""
PUT_OFF = "Talep 2027 yılı yatırım programında değerlendirilecektir."


def to_tell(desk: SourceOffice) -> list[dict[str, object]]:
    return desk.rows(OFFICE_CODE, "Bildirilecekler")


def test_the_answer_waits_ready_to_paste_until_it_is_ticked(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.answer(number)
    [waiting] = desk.answers()
    assert (waiting["Talep No"], waiting["MBS No"]) == (number, "2026/4711")
    assert waiting["Girilecek Cevap"] == (
        "08.10.2026 tarihli ve 2026/4711 sayılı başvurunuz Fen İşleri Müdürlüğü tarafından sonuçlandırılmıştır.\n"
        f"Sonuç: Asfalt yaması yapıldı.\nBilgilerinize sunarız. (Belediye kayıt no: {number})"
    )
    assert desk.chased() == [], "not on the day of the closure"
    told = []
    for _ in range(5):
        desk.next_day()
        told.append(desk.chased())
    assert [bool(each) for each in told] == [True, False, True, False, True]
    assert told[0] == ["Muhtar Bilgi Sistemi: 1 cevap girilmeyi bekliyor"]
    desk.tick(number)
    for _ in range(4):
        desk.next_day()
        assert desk.chased() == []
    desk.quiet()


def test_an_answer_not_entered_is_chased_after_its_row_was_archived(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.answer(desk.only().number)
    desk.rest(days=40)
    assert desk.only().archived
    desk.next_day()
    assert desk.chased()
    assert len(desk.answers()) == 1


def test_a_list_that_still_shows_it_open_takes_the_tick_away(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.answer(number)
    desk.hand_in("mbs.xlsx", HEADER, row())
    assert desk.told() == [], "not yet ticked: nothing to notice"
    desk.tick(number)
    desk.next_day(3)
    desk.hand_in("mbs (2).xlsx", HEADER, row(), row("9"))
    assert desk.told() == ["Muhtar Bilgi Sistemi: ilgilenilmesi gereken kayıtlar"]
    desk.rest()
    [waiting] = desk.answers()
    assert waiting["Girildi"] is None
    desk.next_day()
    assert "Muhtar Bilgi Sistemi: 1 cevap girilmeyi bekliyor" in desk.chased()
    desk.tick(number)
    assert desk.answers()[0]["Girildi"] == "Evet"
    desk.next_day(2)
    assert desk.chased() == []
    desk.rest()
    desk.quiet()


def test_a_list_that_shows_it_concluded_counts_as_a_tick(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.answer(number)
    desk.hand_in("Sonuçlanan.xlsx", ["MBS Sonuçlanan Başvurular"], HEADER[:-1], row()[:-1])
    desk.rest()
    desk.next_day(3)
    assert desk.chased() == []
    assert "mbs-entered" in desk.kinds(number)
    assert desk.answers()[0]["Girildi"] == "Evet", "a clerk sees that nothing is left to enter"
    desk.quiet()


def test_a_tick_taken_back_lets_the_answer_wait_again(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.answer(number)
    desk.tick(number)
    desk.tick(number, "")
    desk.next_day()
    assert desk.chased() == ["Muhtar Bilgi Sistemi: 1 cevap girilmeyi bekliyor"]
    assert "“Girildi” işareti kaldırıldı" in desk.texts(number)
    desk.tick(number)
    desk.next_day(2)
    assert desk.chased() == []
    desk.quiet()


def test_ticks_that_vanish_all_at_once_were_not_taken_back(desk: SourceOffice) -> None:
    numbers = []
    for n in range(3):
        desk.deliver(MBS, "MBS", notification(f"2026/{n}"))
        numbers.append(desk.all()[-1].number)
        desk.answer(numbers[-1])
        desk.tick(numbers[-1])
    for number in numbers:
        desk.type(OFFICE_CODE, {"Talep No": number}, ANSWERS, Girildi=None)
    desk.rest()
    assert [line["Girildi"] for line in desk.answers()] == ["Evet"] * 3
    desk.next_day()
    assert desk.chased() == []


def test_a_request_concluded_there_but_open_here_is_a_persons_question(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.hand_in("mbs.xlsx", HEADER, row(status="Sonuçlandı"))
    [review] = desk.reviews()
    assert (review.number, desk.only().is_open) == (desk.only().number, True)
    assert "“Sonuçlandı” görünüyor, burada ise açık" in review.reason


def test_what_was_concluded_there_first_needs_no_answer_when_it_is_closed_here(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.deliver(MBS, "MBS", "Başvuru No: 2026/4711\nDurum: Sonuçlandı\n")
    desk.answer(desk.only().number)
    assert desk.reviews() == [], "the clerk did what the line asked for"
    assert desk.answers() == []
    desk.next_day(3)
    assert desk.chased() == []
    desk.hand_in("mbs.xlsx", HEADER, row())
    desk.rest()
    assert len(desk.answers()) == 1, "the system opened it again"


def test_a_mail_that_the_system_opened_it_again_takes_the_tick_away(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.answer(number)
    desk.tick(number)
    desk.next_day()
    desk.deliver(MBS, "MBS: başvuru durumu", "Başvuru No: 2026/4711\nDurum: Yeniden açıldı\n")
    desk.rest()
    [review] = desk.reviews()
    assert "burada ise kapalı" in review.reason
    assert desk.answers()[0]["Girildi"] is None
    assert desk.answers()[0]["Girilecek Cevap"] == ASKED
    assert "Muhtar Bilgi Sistemi: ilgilenilmesi gereken kayıtlar" not in desk.told(), "it is told already"


def test_a_refusal_gives_its_reason(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.answer(desk.only().number, Status.REJECTED, "Sokak imar planında yeşil alandadır")
    answer = desk.answers()[0]["Girilecek Cevap"]
    assert "karşılanması mümkün olmamıştır.\nGerekçe: Sokak imar planında yeşil alandadır.\n" in answer


def test_an_answer_of_a_request_that_was_opened_again_is_not_to_be_pasted(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.answer(number)
    desk.reply(number, Status.IN_PROGRESS)
    desk.rest()
    assert (
        desk.answers()[0]["Girilecek Cevap"] == "(Talep yeniden açıldı; cevabı kapanınca burada olacaktır.)"
    )
    desk.tick(number)
    desk.answer(number, result="Bu kez sıcak asfalt yapıldı.")
    [waiting] = desk.answers()
    assert "sıcak asfalt" in waiting["Girilecek Cevap"]
    desk.next_day()
    assert desk.chased(), "the tick stood for no answer"
    desk.rest()
    desk.quiet()


UNDER_WAY = "Ekip yönlendirildi, çalışma sürüyor."
ASKED = "(Cevap, İnceleme sayfasındaki soru karara bağlanınca burada olacaktır.)"


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ({"Durum": "Tamamlandı", "Sonuç": UNDER_WAY}, {"Sonuç": "Asfalt yaması yapıldı."}),
        ({"Durum": "Tamamlandı", "Sonuç": PUT_OFF}, {"Karar": "Gereği yapıldı"}),
        ({"Durum": "İptal"}, {"Sonuç": "Sokak mahalle sınırları dışındadır."}),
    ],
)
def test_an_answer_that_is_asked_about_is_not_to_be_pasted_until_it_is_decided(
    desk: SourceOffice, typed: dict[str, str], then: dict[str, str]
) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.rest()
    desk.edit("fen", number, **typed)
    desk.rest()
    assert len(desk.reviews()) == 1
    assert [line["Girilecek Cevap"] for line in desk.answers()] == [ASKED]
    desk.tick(number)
    desk.next_day(3)
    assert desk.chased() == [], "there is nothing to enter yet"
    if "Karar" in then:
        desk.type(OFFICE_CODE, {"Talep No": number}, "İnceleme", **then)
    else:
        desk.edit("fen", number, **then)
    desk.rest()
    assert desk.reviews() == []
    [waiting] = desk.answers()
    assert then.get("Sonuç", typed.get("Sonuç", "")) in waiting["Girilecek Cevap"]
    assert waiting["Girildi"] is None
    desk.quiet()


def test_a_result_that_is_corrected_into_another_of_its_kind_is_asked_about_again(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.rest()
    for words in (PUT_OFF.replace("2027", "2028"), PUT_OFF):
        desk.edit("fen", number, Durum="Tamamlandı", Sonuç=words)
        desk.rest()
    [review] = desk.reviews()
    assert review.read == PUT_OFF


def test_a_headman_without_mail_is_answered_there_and_not_by_telephone(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    desk.change(number, headman_email="")
    desk.answer(number)
    assert desk.reviews() == []
    assert len(desk.answers()) == 1


def test_long_waiting_is_told_to_the_manager_too(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.answer(desk.only().number)
    desk.next_day(5)
    desk.app.run_step("reminding")
    with desk.ledger.view() as view:
        waiting = view.letters_waiting(desk.now, 999)
    told = {x.recipient for x in waiting if "girilmeyi" in worded(desk.app, x).subject}
    assert desk.app.office.registry.office_manager in told


# --- what is no result is not entered there: the headman hears it in person -------------------------------------


def test_an_interim_answer_is_told_in_person_where_no_letter_reaches_the_headman(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(place=NO_ADDRESS))
    number = desk.only().number
    desk.rest()
    assert to_tell(desk) == [], "the system itself gives a receipt"
    answers(desk, number, PUT_OFF)
    [line] = to_tell(desk)
    assert (line["Talep No"], line["Bildirim"], line["Yol"]) == (number, "Ara bilgi", "Telefonla")
    assert PUT_OFF in str(line["Metin"])
    assert "(Muhtar Bilgi Sistemi no: 2026/4711)" in str(line["Metin"])
    assert desk.answers() == [], "entered there, it would conclude the request"
    assert letters(desk, number, "headman/interim") == []
    desk.quiet()


def test_a_headman_with_an_address_gets_the_interim_answer_as_a_letter(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    number = desk.only().number
    answers(desk, number, PUT_OFF)
    [letter] = letters(desk, number, "headman/interim")
    assert "Sistem No : 2026/4711 (Muhtar Bilgi Sistemi)" in said(letter)
    assert to_tell(desk) == []


def test_the_result_goes_into_the_system_and_takes_an_untold_interim_answer_along(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(place=NO_ADDRESS))
    number = desk.only().number
    answers(desk, number, PUT_OFF)
    desk.answer(number)
    assert to_tell(desk) == []
    assert "needs-no-telling" in desk.kinds(number)
    assert len(desk.answers()) == 1
    desk.quiet()


def test_papers_and_the_body_outside_are_told_in_person(desk: SourceOffice) -> None:
    wish = {
        "Konu": "Elektrik aboneliği",
        "Açıklama": "Muhtarlık evine elektrik aboneliği yapılmasını istiyorum.",
    }
    desk.deliver(MBS, "MBS", notification(place=NO_ADDRESS, **wish))
    desk.rest()
    [line] = to_tell(desk)
    assert line["Bildirim"] == "Kayıt bilgisi"
    assert "Başkent EDAŞ'a iletildi" in str(line["Metin"])
    assert "Tesisat numarası" in str(line["Metin"])


def test_that_a_request_was_opened_again_is_told_in_person(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification(place=NO_ADDRESS))
    number = desk.only().number
    desk.answer(number)
    desk.reply(number, Status.IN_PROGRESS)
    desk.rest()
    assert [line["Bildirim"] for line in to_tell(desk)] == ["Yeniden açılma"]


def test_a_body_that_a_person_chose_in_the_end_is_told_with_its_papers(desk: SourceOffice) -> None:
    wish = {"Konu": "Talep", "Açıklama": "Abonelik açtırmak istiyoruz, ne gerekir?"}
    desk.deliver(MBS, "MBS", notification(place=NO_ADDRESS, **wish))
    desk.deliver(MBS, "MBS", notification("2026/2", **wish))
    desk.rest()
    for request in desk.all():
        cells = {"Karar": "Yönlendir", "Müdürlük": "ASKİ"}
        desk.type(OFFICE_CODE, {"Talep No": request.number}, "İnceleme", **cells)
    desk.rest()
    [line] = to_tell(desk)
    assert line["Bildirim"] == "Sevk bilgisi"
    assert "ASKİ'ye iletildi" in str(line["Metin"])
    assert "DASK poliçesi" in str(line["Metin"])
    [letter] = letters(desk, desk.all()[-1].number, "headman/transfer")
    assert "3071 sayılı Kanun'un 5 inci maddesi uyarınca ASKİ'ye iletilmiştir" in said(letter)
    assert "- DASK poliçesi" in said(letter)
