"""Danger to life is told at once: on a day off, at night, to the directorate and the office, and marked in the row."""

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from daemon.domain.clock import istanbul
from daemon.domain.mail import Arrival
from daemon.ports.records import StoredLetter
from daemon.sheets import OFFICE_CODE
from tests.office import mail
from tests.outbox import worded
from tests.steps.sheet_office import SheetOffice

NIGHT = istanbul(date(2026, 10, 18), 3, 20)
"""A Sunday."""
DANGER = "Çınar Sokak'ta istinat duvarı çöktü, evlerin üzerine geliyor."
FEN = {"fen.mudur@ornek.bel.tr", "fen.irtibat@ornek.bel.tr", "fen.irtibat2@ornek.bel.tr"}


@pytest.fixture
def night(office: SheetOffice) -> SheetOffice:
    office.rest()
    office.now = NIGHT
    return office


def arrives(office: SheetOffice, sender: str, subject: str, text: str) -> None:
    raw = mail(sender, subject, text, at=datetime(2026, 10, 18, tzinfo=UTC))
    with office.ledger.transaction() as tx:
        tx.keep_arrivals([Arrival("file", subject, subject.ljust(64, "x"), office.now, raw)], office.now)
    office.app.run_step("reading")


def told(office: SheetOffice, occasion: str) -> set[str]:
    """To whom such letters may go out now."""
    with office.ledger.view() as view:
        waiting = view.letters_waiting(office.now, 999)
    return {stored.recipient for stored in waiting if stored.occasion == occasion}


def everybody(office: SheetOffice) -> set[str]:
    return set(office.app.office.registry.office_people)


def test_a_headmans_mail_at_night_on_a_sunday_alarms_directorate_and_office(night: SheetOffice) -> None:
    arrives(night, night.places[0].headman.emails[0], "Duvar", DANGER)
    [number] = night.numbers()
    assert night.request(number).urgent
    assert told(night, "liaison/urgent") == FEN
    assert told(night, "office/urgent") == everybody(night)
    assert night.kinds(number)[:2] == ["received", "urgent"]
    night.rest()
    assert str(night.row(number)["Not"]).startswith("18.10.2026: İVEDİ")


def test_a_row_typed_by_staff_alarms_too_and_says_so_in_its_history(night: SheetOffice) -> None:
    night.add(OFFICE_CODE, "Yeni Talep", Kanal="Telefon", Mahalle="Atapark", Açıklama=DANGER)
    night.rest()
    [number] = night.numbers()
    assert night.letters(number)["liaison/urgent"] == 3
    assert night.letters(number)["office/urgent"] == len(everybody(night))
    assert "urgent" in night.kinds(number)


def test_a_body_outside_is_named_with_its_line_beside_the_emergency_number(night: SheetOffice) -> None:
    arrives(night, night.places[0].headman.emails[0], "Gaz", "Apartmanda yoğun gaz kokusu var.")
    with night.ledger.view() as view:
        [letter, *_] = [s for s in view.letters_waiting(night.now, 99) if s.occasion == "office/urgent"]
    assert worded(night.app, letter).subject.startswith("[MHT-2026-000001] İVEDİ")
    assert told(night, "liaison/urgent") >= {"muhtarlik-isleri.irtibat@ornek.bel.tr"}


def test_nobody_is_told_twice(night: SheetOffice) -> None:
    arrives(night, night.places[0].headman.emails[0], "Gaz", "Apartmanda yoğun gaz kokusu var.")
    assert not told(night, "liaison/urgent") & told(night, "office/urgent")


def test_danger_that_waits_for_a_persons_decision_alarms_the_office_and_then_the_directorate(
    night: SheetOffice,
) -> None:
    headman = night.places[0].headman.emails[0]
    arrives(night, headman, "Lamba", "Parktaki aydınlatma direği devrildi, kablolar açıkta.")
    [number] = night.numbers()
    assert not night.request(number).directorate
    assert told(night, "office/urgent") == everybody(night)
    night.rest()
    row = {"Karar": "Yönlendir", "Müdürlük": "Fen İşleri Müdürlüğü"}
    night.type(OFFICE_CODE, {"Talep No": number}, "İnceleme", **row)
    night.rest()
    assert told(night, "liaison/urgent") == FEN


def test_a_strangers_alarm_reaches_the_office_though_it_opens_nothing(night: SheetOffice) -> None:
    arrives(night, "vatandas@example.com", "Acil", "Sokakta açık rögar var, çocuk düştü.")
    assert night.numbers() == []
    assert told(night, "office/urgent") == everybody(night)


def test_danger_in_a_reply_that_a_person_must_read_alarms_the_office(night: SheetOffice) -> None:
    number = night.ask("Kaldırım")
    subject = f"Re: [{number}] Talebiniz kayda alındı"
    arrives(night, night.places[0].headman.emails[0], subject, "Şimdi de elektrik teli koptu, yerde duruyor.")
    assert told(night, "office/urgent") == everybody(night)


GAS = "Apartmanda yoğun gaz kokusu var, binayı boşaltıyoruz."


def alarms(office: SheetOffice) -> list[StoredLetter]:
    """The office's urgent letters that are about no request, one per event."""
    with office.ledger.view() as view:
        waiting = view.letters_waiting(office.now, 999)
    [staff, *_] = office.app.office.registry.office_people
    return [x for x in waiting if x.occasion == "office/urgent" and x.recipient == staff and not x.about]


def plain(office: SheetOffice, letter: StoredLetter) -> str:
    """The letter's text as one line."""
    message = message_from_bytes(worded(office.app, letter).mime, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


@pytest.mark.parametrize(
    "slip", [{"Müdürlük": "Gaz idaresi"}, {"Mahalle": None}, {"Mahalle": "Olmayan"}, {"Kanal": None}]
)
def test_danger_in_a_row_that_lacks_something_alarms_the_office_at_once(
    night: SheetOffice, slip: dict[str, str | None]
) -> None:
    night.add(
        OFFICE_CODE,
        "Yeni Talep",
        **{"Kanal": "Telefon", "Mahalle": "Atapark", "Konu": "Gaz", "Açıklama": GAS} | slip,
    )
    night.rest()
    assert night.numbers() == []
    assert told(night, "office/urgent") == everybody(night)
    [letter] = alarms(night)
    words = plain(night, letter)
    assert GAS in words
    assert "Yeni Talep sayfasındaki bir satırda eksik bilgi bulunduğundan" in words


def test_the_alarm_of_one_row_sounds_once_however_often_it_is_typed_on(night: SheetOffice) -> None:
    night.add(OFFICE_CODE, "Yeni Talep", Kanal="Telefon", Açıklama="Gaz kok")
    night.rest()
    assert alarms(night) == []
    for later in (GAS, f"{GAS} Acele ediniz."):
        night.type(OFFICE_CODE, {"Kanal": "Telefon"}, "Yeni Talep", Açıklama=later)
        night.rest(minutes=1)
    for cells in ({"Mahalle": "Ata"}, {"Mahalle": "Olmayan"}, {"Konu": "Gaz"}):
        night.type(OFFICE_CODE, {"Kanal": "Telefon"}, "Yeni Talep", **cells)
        night.rest(minutes=1)
    assert len(alarms(night)) == 1
    night.add(OFFICE_CODE, "Yeni Talep", Kanal="Sözlü", Açıklama="Elektrik teli koptu, yerde duruyor.")
    night.rest(minutes=1)
    assert len(alarms(night)) == 2


def test_what_is_no_danger_in_a_row_that_lacks_something_alarms_nobody(night: SheetOffice) -> None:
    night.add(
        OFFICE_CODE, "Yeni Talep", Kanal="Telefon", Açıklama="Sokağımızda asfalt bozuk, yama istiyoruz."
    )
    night.rest()
    assert alarms(night) == []


def test_danger_in_a_mailed_form_that_lacks_something_alarms_the_office_at_once(night: SheetOffice) -> None:
    staff = night.app.office.registry.office_staff[0]
    arrives(night, staff, "Telefon", f"Kanal: Telefon\nMahalle: Olmayan\nAçıklama: {GAS}")
    assert night.numbers() == []
    [letter] = alarms(night)
    assert "kısa formda eksik bilgi bulunduğundan" in plain(night, letter)
    assert told(night, "office/urgent") == everybody(night)


def test_ordinary_requests_alarm_nobody_and_bear_no_mark(night: SheetOffice) -> None:
    arrives(night, night.places[0].headman.emails[0], "Yol", "Sokağımızda asfalt bozuk, yama istiyoruz.")
    [number] = night.numbers()
    assert told(night, "liaison/urgent") | told(night, "office/urgent") == set()
    assert night.request(number).note == ""
