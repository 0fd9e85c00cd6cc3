"""Headmen without a working address are told in person: ``Bildirilecekler``."""

from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from daemon.domain import decision, entering
from daemon.domain.clock import day_of
from daemon.domain.entering import Submission
from daemon.domain.registry import Neighbourhood
from daemon.domain.request import Channel, Status
from daemon.domain.routing.values import Route
from daemon.domain.telling import State, Telling
from daemon.sheets import OFFICE_CODE
from daemon.steps.other_address import with_living_address, write_what_bounced
from daemon.steps.outcome import carry_out
from daemon.steps.reminding import Reminding
from tests.steps.sheet_office import SheetOffice

TITLE = "Bildirilecekler"


def without_email(office: SheetOffice) -> Neighbourhood:
    return next(p for p in office.app.office.registry.neighbourhoods if not p.headman.emails)


def asked(
    office: SheetOffice, channel: Channel = Channel.PHONE, *, email: str = "", **changes: object
) -> str:
    """A request of a headman; by default of one who has no address."""
    place = without_email(office)
    route = Route("Çukur", "Yolda çukur var.", "fen", "", "", 1.0, False, place.name, False, ())
    submission = Submission(channel, office.now, place.name, place.headman.name, email)
    with office.ledger.transaction() as tx:
        number = tx.next_number(day_of(office.now).year)
        outcome = entering.receive(
            submission,
            (replace(route, **changes),),  # type: ignore[arg-type]
            (number,),
            office=office.app.office,
            now=office.now,
        )
        carry_out(tx, outcome, now=office.now)
    return number


def tellings(office: SheetOffice) -> list[Telling]:
    with office.ledger.view() as view:
        return view.tellings()


def row(office: SheetOffice, number: str) -> dict[str, object]:
    return office.row(number, OFFICE_CODE, TITLE)


def tick(office: SheetOffice, number: str, **cells: object) -> None:
    office.type(OFFICE_CODE, {"Talep No": number}, TITLE, **{"Bildirildi": "Evet", **cells})


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        (Channel.PHONE, "Telefonla"),
        (Channel.WHATSAPP, "WhatsApp'tan"),
        (Channel.BIP, "BiP'ten"),
        (Channel.PETITION, "Telefonla"),
        (Channel.EMAIL, "Telefonla"),
    ],
)
def test_a_headman_without_an_address_is_answered_on_the_way_he_came(
    desk: SheetOffice, channel: Channel, way: str
) -> None:
    number = asked(desk, channel)
    desk.rest()
    place = without_email(desk)
    found = row(desk, number)
    assert (found["Yol"], found["Bildirim"]) == (way, "Kayıt bilgisi")
    assert found["Telefon"] == place.headman.phones[0]
    assert found["Muhtar"] == place.headman.name
    said = str(found["Metin"])
    assert number in said
    assert "Fen İşleri Müdürlüğüne iletildi" in said
    assert desk.letters(number)["headman/confirmation"] == 0
    assert "to-tell" in desk.kinds(number)
    desk.quiet()


def test_a_headman_with_an_address_gets_letters_and_no_line(desk: SheetOffice) -> None:
    number = desk.ask(channel=Channel.WHATSAPP)
    desk.rest()
    assert desk.letters(number)["headman/confirmation"] == 1
    assert desk.rows(OFFICE_CODE, TITLE) == []


def test_what_came_through_the_ministrys_system_is_answered_there(desk: SheetOffice) -> None:
    number = asked(desk, Channel.MBS)
    desk.reply(number, Status.DONE, "Yol yapıldı.")
    desk.rest()
    assert desk.rows(OFFICE_CODE, TITLE) == []
    assert desk.standing(OFFICE_CODE, "MBS Cevapları") == [number]


def test_a_tick_enters_who_told_and_what_and_the_line_goes_after_a_month(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    tick(desk, number, Bildiren="Ayşe Demir", Not="Oğlu açtı")
    desk.rest()
    [entry] = [e for e in desk.history(number) if e.kind == "told"]
    assert "Kayıt bilgisi" in entry.text
    assert "Ayşe Demir" in entry.text
    assert "Oğlu açtı" in entry.text
    assert number in str(entry.data["message"])
    assert [telling.state for telling in tellings(desk)] == [State.TOLD]
    desk.quiet()
    desk.rest(days=29)
    tick(desk, number, Not="Tekrar aradık")
    desk.rest(days=1)
    assert desk.rows(OFFICE_CODE, TITLE) == []
    assert any("Tekrar aradık" in e.text for e in desk.history(number)), "what was typed later is kept"
    desk.quiet()


def test_a_closure_takes_over_the_line_of_a_receipt_that_nobody_told(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.reply(number, Status.DONE, "Çukur asfaltla kapatıldı.")
    desk.rest()
    [found] = desk.rows(OFFICE_CODE, TITLE)
    assert found["Bildirim"] == "Sonuç"
    assert "Çukur asfaltla kapatıldı." in str(found["Metin"])
    assert "sonuçlandırıldı" in str(found["Metin"])


def test_a_closure_asks_for_a_tick_of_its_own(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    tick(desk, number, Bildiren="Ayşe")
    desk.rest()
    desk.reply(number, Status.REJECTED, "Yol özel mülkiyettedir.")
    desk.rest(days=1)
    found = row(desk, number)
    assert (found["Bildirildi"], found["Bildiren"], found["Bildirim"]) == (None, None, "Sonuç")
    assert "Gerekçesi: Yol özel mülkiyettedir." in str(found["Metin"])
    assert [telling.state for telling in tellings(desk)] == [State.WAITING]


def test_a_tick_set_while_the_closure_was_coming_counts_for_what_stood_there(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.now += timedelta(days=1)
    desk.reply(number, Status.DONE, "Onarıldı.")
    tick(desk, number, Bildiren="Ayşe")
    desk.rest()
    assert row(desk, number)["Bildirildi"] is None
    assert any("Önceki bildirimin (Kayıt bilgisi)" in e.text for e in desk.history(number))
    assert [telling.state for telling in tellings(desk)] == [State.WAITING]


def test_a_tick_taken_back_opens_the_duty_again(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    tick(desk, number)
    desk.rest()
    desk.type(OFFICE_CODE, {"Talep No": number}, TITLE, Bildirildi=None)
    desk.rest()
    assert [telling.state for telling in tellings(desk)] == [State.WAITING]
    desk.quiet()


def test_ticks_that_vanish_all_at_once_are_put_back(desk: SheetOffice) -> None:
    numbers = [asked(desk) for _ in range(3)]
    desk.rest()
    for number in numbers:
        tick(desk, number)
    desk.rest()
    for number in numbers:
        desk.type(OFFICE_CODE, {"Talep No": number}, TITLE, Bildirildi=None)
    desk.rest()
    assert [row(desk, number)["Bildirildi"] for number in numbers] == ["Evet"] * 3
    assert {telling.state for telling in tellings(desk)} == {State.TOLD}


def test_a_line_deleted_before_it_was_told_comes_back(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.delete(OFFICE_CODE, number, TITLE)
    desk.rest()
    assert desk.standing(OFFICE_CODE, TITLE) == [number]


def test_a_cancelled_request_need_not_be_told(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.type(OFFICE_CODE, {"Talep No": number}, TITLE, Not="Numara yanlış")
    desk.reply(number, Status.CANCELLED)
    desk.rest()
    assert desk.rows(OFFICE_CODE, TITLE) == []
    assert any("Numara yanlış" in e.text for e in desk.history(number))
    desk.quiet()


def test_rows_of_ones_own_and_copies_are_left_alone(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.add(OFFICE_CODE, TITLE, Konu="Kendime not")
    desk.add(OFFICE_CODE, TITLE, Talep_No=number, Bildirildi="Evet")
    desk.rest()
    assert [telling.state for telling in tellings(desk)] == [State.WAITING]
    assert len(desk.rows(OFFICE_CODE, TITLE)) == 3


def test_a_bounce_turns_the_lost_letter_into_a_line(desk: SheetOffice) -> None:
    place = without_email(desk)
    number = asked(desk, Channel.EMAIL, email="eski@example.com")
    older = asked(desk, Channel.EMAIL, email="eski@example.com")
    with desk.ledger.transaction() as tx:
        for stored in tx.letters_waiting(desk.now, 99):
            tx.mark_sent(stored.id, desk.now if older not in stored.about else desk.now - timedelta(9))
        tx.mark_address_bad("eski@example.com", "550 yok", desk.now)
        for address in ("Eski@example.com", "eski@example.com"):
            write_what_bounced(tx, address, desk.now, desk.app.office.registry)
    desk.rest()
    assert desk.standing(OFFICE_CODE, TITLE) == [number], "a letter of last week has arrived"
    assert row(desk, number)["Telefon"] == place.headman.phones[0]
    desk.reply(number, Status.DONE, "Onarıldı.")
    desk.rest()
    assert row(desk, number)["Bildirim"] == "Sonuç"
    assert desk.letters(number)["headman/closure"] == 0


def test_staff_are_reminded_every_letter_day_and_the_manager_once_it_is_late(desk: SheetOffice) -> None:
    number = asked(desk)
    reminding = Reminding(desk.ledger)
    registry = desk.app.office.registry

    def reminded() -> set[str]:
        with desk.ledger.view() as view:
            before = {stored.id for stored in view.letters_waiting(desk.now, 999)}
        reminding.run(desk.now, office=desk.app.office, rules=())
        with desk.ledger.view() as view:
            new = [s for s in view.letters_waiting(desk.now, 999) if s.id not in before]
        return {x.recipient for x in new if x.occasion == "office/review"}

    assert reminded() == set(registry.office_staff)
    assert reminded() == set(), "once a day"
    desk.now += timedelta(days=1)
    assert reminded() == set(registry.office_staff)
    desk.now += timedelta(days=3)
    assert reminded() == {*registry.office_staff, registry.office_manager}
    desk.rest()
    tick(desk, number)
    desk.rest()
    desk.now += timedelta(days=3)
    assert reminded() == set()


def test_an_older_workbook_gets_the_worksheet_by_itself(desk: SheetOffice) -> None:
    path = desk.path(OFFICE_CODE)
    desk.add(OFFICE_CODE, "Yeni Talep", Konu="Yarım")
    book = load_workbook(path)
    del book[TITLE]
    book.save(path)
    number = asked(desk)
    desk.rest()
    assert desk.standing(OFFICE_CODE, TITLE) == [number]
    assert desk.rows(OFFICE_CODE, "Yeni Talep")[0]["Konu"] == "Yarım"
    desk.quiet()


@pytest.mark.parametrize(
    ("remark", "asked_about"),
    [("Sorun devam ediyormuş, kimse gelmemiş", 1), ("Hâlâ yapılmadı dedi", 1), ("Teşekkür etti", 0)],
)
def test_what_a_headman_says_on_the_telephone_of_the_result_is_no_mere_remark(
    desk: SheetOffice, remark: str, asked_about: int
) -> None:
    number = asked(desk)
    desk.rest()
    desk.reply(number, Status.DONE, "Çukur asfaltla kapatıldı.")
    desk.rest()
    tick(desk, number, Not=remark)
    desk.rest()
    lines = [row for row in desk.rows(OFFICE_CODE, "İnceleme") if row["Talep No"] == number]
    assert len(lines) == asked_about
    assert not lines or (lines[0]["Okunan"] == remark and "sorunun sürdüğünü" in lines[0]["Neden"])
    desk.quiet()


def test_a_headman_of_two_addresses_is_written_to_at_the_other_where_one_bounces(desk: SheetOffice) -> None:
    place = without_email(desk)
    headman = replace(place.headman, emails=("ilk@example.com", "ikinci@example.com"))
    known = desk.app.office.registry
    both = tuple(replace(p, headman=headman) if p == place else p for p in known.neighbourhoods)
    registry = replace(known, neighbourhoods=both)
    number = asked(desk, Channel.EMAIL, email="ilk@example.com")
    with desk.ledger.transaction() as tx:
        for stored in tx.letters_waiting(desk.now, 99):
            tx.mark_sent(stored.id, desk.now)
        tx.mark_address_bad("ilk@example.com", "550 yok", desk.now)
        write_what_bounced(tx, "ilk@example.com", desk.now, registry)
    assert tellings(desk) == []
    assert sent_to(desk, number, "headman/confirmation") == {"ikinci@example.com"}
    closed = decision.set_status(
        desk.request(number), Status.DONE, office=desk.app.office, now=desk.now, actor="x", result="Onarıldı."
    )
    with desk.ledger.transaction() as tx:
        carry_out(tx, with_living_address(closed, tx, registry), now=desk.now)
    assert sent_to(desk, number, "headman/closure") == {"ikinci@example.com"}
    assert desk.request(number).headman_email == "ikinci@example.com"
    with desk.ledger.transaction() as tx:
        tx.mark_address_bad("ikinci@example.com", "550 yok", desk.now)
        write_what_bounced(tx, "ikinci@example.com", desk.now, registry)
    assert {telling.kind for telling in tellings(desk)} >= {"Sonuç"}, "neither of them reaches him"


def sent_to(desk: SheetOffice, number: str, occasion: str) -> set[str]:
    with desk.ledger.view() as view:
        waiting = view.letters_waiting(desk.now, 999)
    return {x.recipient for x in waiting if x.occasion == occasion and number in x.about}


def test_a_second_result_on_one_day_asks_for_a_tick_of_its_own(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.reply(number, Status.REJECTED, "Ödenek yoktur.")
    desk.rest()
    tick(desk, number, Bildiren="Ayşe")
    desk.rest()
    desk.edit("fen", number, Durum="Tamamlandı", Sonuç="Çukur kapatıldı.")
    desk.rest()
    assert [telling.state for telling in tellings(desk)] == [State.WAITING]
    assert "Sonuç: Çukur kapatıldı." in str(row(desk, number)["Metin"])
    assert row(desk, number)["Bildirildi"] is None
    tick(desk, number, Bildiren="Ayşe")
    desk.rest()
    assert [telling.state for telling in tellings(desk)] == [State.TOLD]
    desk.quiet()


def test_what_a_headman_says_when_he_calls_back_after_the_tick_is_heard(desk: SheetOffice) -> None:
    number = asked(desk)
    desk.rest()
    desk.reply(number, Status.DONE, "Çukur asfaltla kapatıldı.")
    desk.rest()
    tick(desk, number)
    desk.rest()
    desk.type(OFFICE_CODE, {"Talep No": number}, TITLE, Not="Muhtar geri aradı, sorun devam ediyormuş")
    desk.rest(minutes=5)
    lines = [row for row in desk.rows(OFFICE_CODE, "İnceleme") if row["Talep No"] == number]
    assert ["sorunun sürdüğünü" in str(line["Neden"]) for line in lines] == [True]
    desk.quiet()
