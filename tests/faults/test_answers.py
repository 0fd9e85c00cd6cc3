"""What a submission server answers: later, never, not today."""

from datetime import timedelta

import pytest

from daemon.domain.notice import Notice, Occasion, Owed
from tests.faults.conftest import FaultyOffice

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def owe(office: FaultyOffice, *recipients: str) -> None:
    with office.app.ledger.transaction() as tx:
        tx.owe([Owed(Notice(f"status/{to}", Occasion.HEADMAN_STATUS, to)) for to in recipients], office.now)


def states(office: FaultyOffice) -> dict[str, str]:
    with office.app.ledger.engine.connect() as connection:
        query = "SELECT recipient, state FROM outbox WHERE occasion != 'office/notice'"
        return {row[0]: row[1] for row in connection.exec_driver_sql(query)}


def test_450_is_tried_again_and_keeps_nobody_else_waiting(office: FaultyOffice) -> None:
    owe(office, "mesgul.muhtar@example.com", "muhtar.bir@example.com")
    office.turn()
    assert states(office) == {"mesgul.muhtar@example.com": "queued", "muhtar.bir@example.com": "sent"}
    with office.app.ledger.view() as view:
        assert view.letters_waiting(office.now, 9) == []
        assert len(view.letters_waiting(office.now + timedelta(hours=4), 9)) == 1


def test_550_is_not_tried_again_and_the_office_is_told_once(office: FaultyOffice) -> None:
    owe(office, "yok.muhtar@example.com")
    office.turn()
    office.turn(office.now + timedelta(days=1))
    assert states(office) == {"yok.muhtar@example.com": "refused"}
    with office.app.ledger.engine.connect() as connection:
        query = "SELECT recipient FROM outbox WHERE occasion = 'office/notice' AND key LIKE '%/refused/%'"
        told = [row[0] for row in connection.exec_driver_sql(query)]
    assert sorted(told) == sorted(office.app.office.registry.office_people), "each of them once"


def test_a_550_that_means_a_daily_limit_waits_an_hour_and_refuses_nobody(office: FaultyOffice) -> None:
    owe(office, "kota.muhtar@example.com")
    office.turn()
    assert states(office) == {"kota.muhtar@example.com": "queued"}
    with office.app.ledger.view() as view:
        assert view.letters_waiting(office.now + timedelta(minutes=59), 9) == []
        assert len(view.letters_waiting(office.now + timedelta(minutes=61), 9)) == 1
