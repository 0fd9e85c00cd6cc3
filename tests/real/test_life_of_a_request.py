"""A request's whole life on a real Dovecot and a real Postfix, with workbooks on disk and a settable clock."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from daemon.domain.clock import istanbul
from tests.office import ADDRESS, mail
from tests.real.people import RECEIPT, Office
from tests.real.servers import MailServers

pytestmark = pytest.mark.real

DUE = date(2026, 11, 3)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with MailServers() as servers:
        found = Office(servers, tmp_path / "ofis")
        with found.app:
            yield found


NUMBER = "MHT-2026-000001"
_TEXT = "Okulun önündeki yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."


@pytest.mark.timeout(300)
def test_from_mail_to_closure_and_back(office: Office) -> None:
    office.writes(office.headman, "Asfalt", _TEXT)

    [confirmation] = office.letters(office.headman, "headman/confirmation")
    assert confirmation["Subject"].startswith(f"[{NUMBER}]")
    assert confirmation["Auto-Submitted"]
    assert confirmation["In-Reply-To"]
    row = office.row("fen", NUMBER)
    assert row is not None
    assert row["Durum"] == "Yönlendirildi"
    assert row["Mahalle"] == office.place.name
    assert isinstance(row["Son Tarih"], datetime)
    assert row["Son Tarih"].date() == DUE

    [referral] = office.letters(office.liaison, "liaison/referral")
    answered = referral["Message-ID"]
    office.writes(office.liaison, f"Re: {referral['Subject']}", "Henüz tamamlanmadı.", answers=answered)
    assert office.status(NUMBER) != "Tamamlandı"
    office.writes("biri@example.com", f"Re: [{NUMBER}]", "Tamamlanmıştır.")
    assert office.status(NUMBER) != "Tamamlandı", "a stranger who knows the number closes nothing"
    office.writes("park.irtibat@ornek.bel.tr", f"Re: [{NUMBER}]", "Tamamlanmıştır.", answers=answered)
    assert office.status(NUMBER) != "Tamamlandı", "another directorate's liaison closes nothing"

    office.writes(
        office.liaison, f"Re: [{NUMBER}]", "Asfalt yama çalışması tamamlanmıştır.", answers=answered
    )
    assert office.status(NUMBER) == "Tamamlandı"
    [closure] = office.letters(office.headman, "headman/closure")
    assert "asfalt yama çalışması tamamlanmıştır" in closure.get_body(("plain",)).get_content().lower()  # type: ignore[union-attr]

    office.writes(
        office.headman,
        f"Re: {closure['Subject']}",
        "SORUN SÜRÜYOR\nÇukur duruyor.",
        answers=closure["Message-ID"],
    )
    assert office.status(NUMBER) == "İşlemde"
    assert office.letters(office.liaison, "liaison/reopened")

    office.types("fen", NUMBER, Durum="Tamamlandı", Sonuç="Yol yeniden kaplandı.")
    office.turn()
    assert office.status(NUMBER) == "Tamamlandı"
    assert len(office.letters(office.headman, "headman/closure")) == 2
    with office.app.ledger.view() as view:
        assert view.verify_chain().is_sound
    assert office.servers.mailbox(ADDRESS) == []


@pytest.mark.timeout(300)
def test_reminders_go_out_on_their_days_only(office: Office) -> None:
    office.writes(office.headman, "Asfalt", _TEXT)
    reminded = []
    day = RECEIPT
    while day < date(2026, 11, 6):
        day += timedelta(days=1)
        before = len(office.letters(office.liaison, "liaison/reminder"))
        office.turn(istanbul(day, 9))
        if len(office.letters(office.liaison, "liaison/reminder")) > before:
            reminded.append(day)
    # Three business days before 3 November is 28 October, a half day: the letter waits for the 30th.
    assert reminded == [date(2026, 10, 30), DUE, date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6)]


@pytest.mark.timeout(300)
def test_a_request_moves_to_the_directorate_that_is_named(office: Office) -> None:
    office.writes(office.headman, "Asfalt", _TEXT)
    office.types("fen", NUMBER, Sevk="Park ve Bahçeler Müdürlüğü")
    office.turn()
    assert office.row("fen", NUMBER) is None
    row = office.row("park", NUMBER)
    assert row is not None
    assert row["Sevk"] in {None, ""}
    assert office.letters("park.irtibat@ornek.bel.tr", "liaison/referral")


@pytest.mark.timeout(300)
def test_a_workbook_that_somebody_has_open_waits(office: Office) -> None:
    office.writes(office.headman, "Asfalt", _TEXT)
    lock = office.config.parent / "tablolar" / ".~lock.fen.xlsx#"
    lock.write_text("Ayşe,ayse,PC-1,12.10.2026 09:10,file:///home/ayse;")
    office.servers.deliver(
        ADDRESS, mail(office.headman, "Kaldırım", "Kaldırım taşları kırık, onarılmasını arz ederim.")
    )
    tally = office.app.run_until_quiet()
    assert "Ayşe" in tally.waiting["fen"].reason
    assert office.row("fen", "MHT-2026-000002") is None
    lock.unlink()
    office.turn()
    assert office.row("fen", "MHT-2026-000002") is not None
