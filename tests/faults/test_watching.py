"""The office is told what has been wrong for long: once per event, whatever was restarted meanwhile."""

from datetime import date, timedelta

import pytest

from daemon.domain.clock import istanbul
from tests.faults.conftest import FaultyOffice
from tests.office import ADDRESS, mail

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def watch(office: FaultyOffice, **later: float) -> None:
    """The steps that the network allows, and a look; the daemon starts anew each time."""
    office.now += timedelta(**later)
    office.reopen()
    office.app.run_until_quiet()
    office.app.watch()


def test_an_inbox_that_cannot_be_reached_for_an_hour_is_told_once(office: FaultyOffice) -> None:
    watch(office)
    office.servers.stop("dovecot", kill=True)
    try:
        watch(office, minutes=1)
        watch(office, minutes=58)
        assert office.notices("Posta kutusuna") == []
        watch(office, minutes=3)
        watch(office, minutes=60)
        assert len(office.notices("Posta kutusuna")) == 1
    finally:
        office.servers.start()
    watch(office, minutes=1)
    office.servers.stop("dovecot", kill=True)
    try:
        watch(office, minutes=1)
        watch(office, minutes=61)
        assert len(office.notices("Posta kutusuna")) == 2, "another outage is another event"
    finally:
        office.servers.start()


def test_a_night_without_the_daemon_is_no_fault(office: FaultyOffice) -> None:
    watch(office)
    watch(office, hours=10)
    assert office.notices("ulaşılamıyor") == []


def test_letters_that_cannot_be_sent_for_an_hour_are_told_when_they_can(office: FaultyOffice) -> None:
    office.asks()
    office.servers.stop("postfix", kill=True)
    try:
        watch(office)
        watch(office, minutes=61)
    finally:
        office.servers.start()
    watch(office, hours=5)
    assert len(office.notices("İletiler gönderilemiyor")) == 1
    assert any(
        "İletiler gönderilemiyor" in str(letter["Subject"]) for letter in office.letters("buro1@ornek.bel.tr")
    )


def test_what_waits_for_a_person_is_told_after_a_business_day_in_one_letter(office: FaultyOffice) -> None:
    friday = istanbul(date(2026, 10, 16), 15)
    office.now = friday
    for n in range(2):
        office.servers.deliver(
            ADDRESS, mail(office.another_headman(), f"Konu {n}", "Bir sorun var, bakınız.")
        )
    watch(office)
    with office.app.ledger.view() as view:
        assert len(view.reviews()) == 2
    watch(office, days=2)
    office.now = istanbul(date(2026, 10, 19), 14)
    watch(office)
    assert office.notices("karar bekleyen") == [], (
        "Friday three o'clock to Monday two o'clock is no business day"
    )
    watch(office, minutes=90)
    watch(office, minutes=1)
    assert len(office.notices("karar bekleyen")) == 1


def test_the_figures_are_there_for_prometheus(office: FaultyOffice) -> None:
    office.config.write_text(office.config.read_text() + '[watch]\nmetrics = "muhtarlik.prom"\n')
    office.asks()
    watch(office)
    text = office.config.with_name("muhtarlik.prom").read_text()
    assert 'muhtarlik_requests{state="open"} 1\n' in text
    assert 'muhtarlik_waiting{what="letters"} 0\n' in text
    assert f'muhtarlik_step_last_success_seconds{{step="sending"}} {office.now.timestamp():.15g}\n' in text
    assert 'muhtarlik_step_failures{step="intake"} 0\n' in text
    for line in text.splitlines():
        assert line.startswith("# ") or len(line.split(" ")) == 2
