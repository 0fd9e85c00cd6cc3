"""What administrators and restorations do to the mailbox."""

import shutil
import time

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.ports.records import RequestFilter
from tests.faults.conftest import TEXT, FaultyOffice
from tests.office import ADDRESS, mail

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]


def numbers(office: FaultyOffice) -> list[str]:
    with office.app.ledger.view() as view:
        return [request.number for request in view.requests(RequestFilter())]


def test_a_mailbox_that_numbers_its_mails_anew_is_read_once_more_and_nothing_counts_twice(
    office: FaultyOffice,
) -> None:
    """After the ledger has a mail and before it is moved away: its old name means nothing any more."""
    office.asks()
    for step in ("intake", "reading"):
        office.app.run_step(step)
    assert len(office.servers.mailbox(ADDRESS)) == 1
    office.app.source._drop()
    office.servers.forget_uids(ADDRESS)
    office.turn()
    office.turn()
    with office.app.ledger.engine.connect() as connection:
        keys = connection.exec_driver_sql("SELECT key FROM arrival_keys").scalars().all()
    assert len({key.rpartition("/")[0] for key in keys}) == 2, "the server did number its mails anew"
    office.holds_one_request()


def test_a_done_folder_that_somebody_removed_is_made_again(office: FaultyOffice) -> None:
    office.asks()
    office.turn()
    office.app.source._drop()
    shutil.rmtree(office.servers.root / "mail" / ADDRESS / "Maildir" / ".Islenenler")
    office.servers.deliver(ADDRESS, mail(office.another_headman(), "Çukur", TEXT))
    office.turn()
    assert office.servers.mailbox(ADDRESS) == []
    assert len(office.servers.mailbox(ADDRESS, "Islenenler")) == 1
    assert len(numbers(office)) == 2


def test_an_inbox_folder_that_was_removed_is_told_with_its_name_and_the_rest_goes_on(
    office: FaultyOffice,
) -> None:
    settings = office.config.read_text().replace("[smtp]", 'folder = "Talepler"\n[smtp]', 1)
    office.config.write_text(settings)
    office.reopen()
    tally = office.app.run_until_quiet()
    fault = tally.faults["intake"]
    assert isinstance(fault, ConfigurationError)
    assert "Talepler klasörü bulunamadı" in fault.reason
    assert set(tally.faults) == {"intake"}


def test_a_mail_that_a_person_drags_back_into_the_inbox_is_put_away_and_read_once(
    office: FaultyOffice,
) -> None:
    office.asks()
    office.turn()
    office.app.source._drop()
    office.servers.fill(ADDRESS, office.servers.mailbox(ADDRESS, "Islenenler"))
    time.sleep(1.1)  # Dovecot may overlook for a second what came without it
    office.turn()
    office.turn()
    assert office.servers.mailbox(ADDRESS) == []
    assert numbers(office) == ["MHT-2026-000001"]
