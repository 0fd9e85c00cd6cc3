"""The way back of a request of Muhtar Bilgi Sistemi: ready to paste, chased, ticked, refuted by a list."""

from daemon.domain.request import Status
from tests.outbox import worded
from tests.steps.sources.office import HEADER, MBS, SourceOffice, notification, row


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


def test_a_request_concluded_there_but_open_here_is_a_persons_question(desk: SourceOffice) -> None:
    desk.deliver(MBS, "MBS", notification())
    desk.hand_in("mbs.xlsx", HEADER, row(status="Sonuçlandı"))
    [review] = desk.reviews()
    assert (review.number, desk.only().is_open) == (desk.only().number, True)
    assert "“Sonuçlandı” görünüyor, burada ise açık" in review.reason


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
