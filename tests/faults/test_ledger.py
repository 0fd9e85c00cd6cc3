"""The ledger itself is damaged, gone, or older than the rest of the world."""

import subprocess
from pathlib import Path

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.ledger import nightly
from daemon.ports.records import RequestFilter
from tests.commands import muhtarlik
from tests.faults.conftest import NUMBER, TEXT, FaultyOffice
from tests.office import ADDRESS, mail

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

PARK = "Çocuk parkında salıncak kırık, onarılmasını arz ederim."


@pytest.fixture
def worked(office: FaultyOffice) -> FaultyOffice:
    """One request before the night's backup; after it one more, a row typed by a person, and a closure."""
    office.asks()
    office.turn()
    office.app.keep_backup()
    office.servers.deliver(ADDRESS, mail(office.another_headman(), "Park", PARK))
    office.turn()
    office.types_into(
        "fen", "Talepler", {}, {"Mahalle": office.place.name, "Konu": "Telefonla çukur", "Açıklama": TEXT}
    )
    office.types("fen", NUMBER, Durum="Tamamlandı", Sonuç="Yama yapıldı.")
    office.turn()
    office.app.__exit__()
    return office


def ledger_of(office: FaultyOffice) -> Path:
    return office.config.with_name("ledger.db")


def spoil(office: FaultyOffice) -> bytes:
    """As a dying disk does: pages in the middle are not what was written."""
    path = ledger_of(office)
    for companion in path.parent.glob("ledger.db-*"):
        if companion.is_file():
            companion.unlink()
    data = bytearray(path.read_bytes())
    data[3 * 4096 : 30 * 4096] = b"\xa5" * 27 * 4096
    path.write_bytes(data)
    return bytes(data)


def restart(office: FaultyOffice) -> None:
    office.reopen()
    office.app.mend_ledger()
    office.turn()
    office.turn()


def letters(office: FaultyOffice) -> list[str]:
    """Message-IDs of everything that anybody but the office has been sent."""
    with office.app.ledger.engine.connect() as connection:
        query = "SELECT DISTINCT recipient FROM outbox WHERE occasion NOT LIKE 'office/%'"
        people = [row[0] for row in connection.exec_driver_sql(query)]
    come = [letter for user in people for letter in office.letters(user)]
    return sorted(str(x["Message-ID"]) for x in come if not x["X-Muhtarlik-Letter"].startswith("office/"))


def numbers(office: FaultyOffice) -> list[str]:
    with office.app.ledger.view() as view:
        return [request.number for request in view.requests(RequestFilter())]


def test_a_damaged_ledger_is_restored_by_itself_and_the_whole_office_is_as_it_was(
    worked: FaultyOffice,
) -> None:
    worked.reopen()
    before, sent = numbers(worked), letters(worked)
    worked.app.__exit__()
    assert len(before) == 3
    damaged = spoil(worked)
    restart(worked)
    assert numbers(worked) == before
    assert letters(worked) == sent, "nothing is sent twice"
    assert worked.status(NUMBER) == "Tamamlandı"
    assert all(worked.row("fen" if n != before[1] else "park", n) for n in before)
    with worked.app.ledger.view() as view:
        assert view.verify_chain().is_sound
    [notice] = worked.notices("geri yüklendi")
    assert "kayıp yoktur" in _plain(notice)
    [aside] = worked.config.parent.glob("ledger.db.replaced-*")
    assert aside.read_bytes() == damaged


def test_a_ledger_that_somebody_removed_is_restored_not_begun_anew(worked: FaultyOffice) -> None:
    ledger_of(worked).unlink()
    restart(worked)
    assert len(numbers(worked)) == 3
    worked.writes(worked.another_headman(), "Çukur", TEXT)
    assert len(numbers(worked)) == 4


def test_without_a_record_numbers_are_not_given_twice_and_mails_are_read_again(worked: FaultyOffice) -> None:
    """The ledger is older than the sheets, and nothing tells what came between."""
    for record in nightly.folder_of(ledger_of(worked)).glob("*.jsonl"):
        record.unlink()
    spoil(worked)
    restart(worked)
    found = numbers(worked)
    assert found[0] == NUMBER
    assert len(found) == 2, "the mail that came after the backup is read again, the typed row is a person's"
    assert int(found[1][-6:]) > 3, "its former number stands in the sheet and is not given to anything else"
    assert worked.servers.mailbox(ADDRESS) == []
    assert len(worked.servers.mailbox(ADDRESS, "Islenenler")) == 2
    confirmations = worked.letters(worked._places[0].headman.emails[0], "headman/confirmation")
    assert len(confirmations) == 1, "what the ledger still knows is not sent twice"
    [notice] = worked.notices("geri yüklendi")
    assert "yeniden okunmaktadır" in _plain(notice)


def test_without_a_sound_backup_the_damage_is_told_and_nothing_is_touched(worked: FaultyOffice) -> None:
    damaged = spoil(worked)
    for backup in nightly.kept(ledger_of(worked)):
        backup.write_bytes(b"not a ledger" * 1000)
    worked.reopen()
    with pytest.raises(ConfigurationError) as told:
        worked.app.mend_ledger()
    assert "sağlam yedek bulunamadı" in told.value.reason
    assert ledger_of(worked).read_bytes() == damaged


def test_a_command_that_meets_a_damaged_ledger_says_what_to_type(worked: FaultyOffice) -> None:
    path = ledger_of(worked)
    path.write_bytes(b"\xa5" * 50_000)
    said = _run(worked, "status")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    [backup] = nightly.kept(path)
    assert f"muhtarlik restore {backup}" in said.stderr
    restored = _run(worked, "restore", str(backup))
    assert (restored.returncode, restored.stderr) == (0, "")
    worked.reopen()
    assert len(numbers(worked)) == 3


def _run(office: FaultyOffice, *arguments: str) -> subprocess.CompletedProcess[str]:
    return muhtarlik(*arguments, config=office.config)


def _plain(mime: str) -> str:
    from email import message_from_string, policy

    body = message_from_string(mime, policy=policy.default).get_body(("plain",))
    return str(body.get_content()).replace("\n", " ") if body else ""  # type: ignore[attr-defined]
