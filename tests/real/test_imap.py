"""The shared inbox on a real Dovecot: reading, putting away, folder names."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.domain.mail import OVERSIZE
from daemon.mail.imap import ImapSource
from daemon.mail.imap_batches import MOST_MAILS
from daemon.mail.imap_session import connect
from tests.real.accounts import a_mail, everything, imap_account, nothing_known
from tests.real.servers import MailServers

pytestmark = pytest.mark.real


@pytest.fixture
def source(servers: MailServers, user: str) -> Iterator[ImapSource]:
    source = ImapSource(imap_account(servers, user))
    yield source
    source.close()


def test_a_mail_arrives_byte_for_byte_with_key_hash_and_time(
    servers: MailServers, user: str, source: ImapSource
) -> None:
    raw = a_mail("Çukur", "Noktayla başlayan\r\n.\r\n..satırlar\r\nve çok uzun " + "x" * 5000)
    servers.fill(user, [raw])
    (arrival,) = everything(source)
    assert arrival.raw == raw
    assert arrival.content_hash == sha256(raw).hexdigest()
    assert (arrival.source, arrival.name) == ("imap", "")
    folder, uidvalidity, uid = arrival.key.split("/")
    assert folder == "INBOX"
    assert int(uidvalidity) > 0
    assert uid == "1"
    assert abs(datetime.now(UTC) - arrival.received_at) < timedelta(minutes=5)


def test_a_mail_through_the_mail_server_keeps_its_body(
    servers: MailServers, user: str, source: ImapSource
) -> None:
    raw = a_mail()
    servers.deliver(user, raw)
    (arrival,) = everything(source)
    assert arrival.raw.endswith(raw)


def test_reading_marks_nothing_as_seen(servers: MailServers, user: str, source: ImapSource) -> None:
    servers.fill(user, [a_mail()])
    everything(source)
    (path,) = (servers.root / "mail" / f"{user}@ornek.bel.tr" / "Maildir/cur").iterdir()
    assert path.name.endswith(":2,")


def test_a_thousand_mails_come_once_each_in_order_and_in_batches(servers: MailServers, user: str) -> None:
    told: list[tuple[int, int]] = []
    source = ImapSource(imap_account(servers, user), progress=lambda done, total: told.append((done, total)))
    raws = [a_mail(f"Talep {number}") for number in range(1000)]
    servers.fill(user, raws)
    sizes = []
    seen = []
    for batch in source.fetch(nothing_known):
        sizes.append(len(batch))
        seen += [arrival.raw for arrival in batch]
    source.close()
    assert seen == raws
    assert max(sizes) == MOST_MAILS
    assert told[0] == (50, 1000)
    assert told[-1] == (1000, 1000)


def test_known_mails_are_not_fetched_again(servers: MailServers, user: str, source: ImapSource) -> None:
    servers.fill(user, [a_mail("bir"), a_mail("iki")])
    first = everything(source)
    servers.deliver(user, a_mail("üç"))
    (third,) = everything(source, {arrival.key for arrival in first})
    assert "üç".encode() in third.raw


def test_large_mails_do_not_share_a_batch(servers: MailServers, user: str, source: ImapSource) -> None:
    servers.fill(user, [a_mail(body="büyük " + "x" * 3_000_000)] * 5)
    sizes = [len(batch) for batch in source.fetch(nothing_known)]
    assert sum(sizes) == 5
    assert max(sizes) <= 2


def test_an_oversize_mail_comes_by_its_header_and_the_others_whole(servers: MailServers, user: str) -> None:
    source = ImapSource(imap_account(servers, user, most_bytes=100_000))
    small = a_mail("küçük")
    servers.fill(user, [small, a_mail("Dev ileti", "x" * 200_000), small + b"son\r\n"])
    first, large, last = everything(source)
    assert (first.raw, first.name) == (small, "")
    assert last.raw == small + b"son\r\n"
    assert large.name == OVERSIZE
    assert large.raw.startswith(b"X-Muhtarlik-Oversize: 2")
    assert b"Subject: Dev ileti" in large.raw
    assert len(large.raw) < 2000
    source.settle([large.key], held=True)
    source.close()
    assert [len(mail) > 200_000 for mail in servers.mailbox(user, "Bekleyenler")] == [True]


def test_an_empty_mail_is_an_arrival_too(servers: MailServers, user: str, source: ImapSource) -> None:
    servers.fill(user, [b"\r\n", a_mail()])
    assert [arrival.raw for arrival in everything(source)] == [b"\r\n", a_mail()]


def test_mail_before_the_chosen_date_is_left_alone(servers: MailServers, user: str) -> None:
    servers.fill(user, [a_mail()])
    tomorrow = ImapSource(imap_account(servers, user, since=date.today() + timedelta(days=2)))  # noqa: DTZ011
    assert everything(tomorrow) == []
    tomorrow.close()
    today = ImapSource(imap_account(servers, user, since=date.today() - timedelta(days=2)))  # noqa: DTZ011
    assert len(everything(today)) == 1
    today.close()


def test_settling_moves_to_folders_that_are_made_when_missing(
    servers: MailServers, user: str, source: ImapSource
) -> None:
    servers.fill(user, [a_mail("okundu"), a_mail("bekler"), a_mail("kalır")])
    done, held, stays = everything(source)
    source.settle([done.key])
    source.settle([held.key], held=True)
    assert servers.mailbox(user, "Islenenler") == [done.raw]
    assert servers.mailbox(user, "Bekleyenler") == [held.raw]
    assert servers.mailbox(user) == [stays.raw]


def test_settling_twice_moves_once(servers: MailServers, user: str, source: ImapSource) -> None:
    servers.fill(user, [a_mail()])
    keys = [arrival.key for arrival in everything(source)]
    source.settle(keys)
    source.settle(keys)
    source.settle(["INBOX/1/999", *keys])
    assert len(servers.mailbox(user, "Islenenler")) == 1
    assert servers.mailbox(user) == []


def test_settling_amid_a_fetch_loses_nothing(servers: MailServers, user: str, source: ImapSource) -> None:
    raws = [a_mail(f"Talep {number}") for number in range(180)]
    servers.fill(user, raws)
    seen = []
    for batch in source.fetch(nothing_known):
        seen += [arrival.raw for arrival in batch]
        source.settle([arrival.key for arrival in batch])
    assert seen == raws
    assert servers.mailbox(user) == []
    assert len(servers.mailbox(user, "Islenenler")) == 180


def test_folder_names_may_be_turkish(servers: MailServers, user: str) -> None:
    servers.fill(user, [a_mail()], folder="Gelen Kutusu")
    account = imap_account(
        servers, user, folder="Gelen Kutusu", done_folder="İşlenenler", held_folder="Bekleyenler/Şüpheli"
    )
    source = ImapSource(account)
    servers.fill(user, [a_mail("iki")], folder="Gelen Kutusu")
    first, second = everything(source)
    assert first.key.startswith("Gelen Kutusu/")
    source.settle([first.key])
    source.settle([second.key], held=True)
    source.close()
    assert servers.mailbox(user, "İşlenenler") == [first.raw]
    assert servers.mailbox(user, "Bekleyenler/Şüpheli") == [second.raw]


def test_a_missing_folder_names_the_existing_ones(servers: MailServers, user: str) -> None:
    servers.fill(user, [a_mail()], folder="Muhtarlık")
    source = ImapSource(imap_account(servers, user, folder="Gelen"))
    with pytest.raises(ConfigurationError) as caught:
        everything(source)
    assert "Gelen klasörü bulunamadı" in caught.value.reason
    assert "Muhtarlık" in caught.value.reason
    source.close()


def test_after_a_new_numbering_keys_differ_and_old_ones_are_passed_over(
    servers: MailServers, user: str
) -> None:
    servers.fill(user, [a_mail("bir"), a_mail("iki")])
    source = ImapSource(imap_account(servers, user))
    before = everything(source)
    source.close()
    servers.forget_uids(user)
    source = ImapSource(imap_account(servers, user))
    after = everything(source, {arrival.key for arrival in before})
    assert {arrival.key for arrival in before}.isdisjoint(arrival.key for arrival in after)
    assert [arrival.content_hash for arrival in after] == [arrival.content_hash for arrival in before]
    source.settle([arrival.key for arrival in before])
    assert len(servers.mailbox(user)) == 2
    source.settle([arrival.key for arrival in after])
    assert servers.mailbox(user) == []
    source.close()


def test_a_mail_that_somebody_marked_as_deleted_is_theirs(
    servers: MailServers, user: str, source: ImapSource
) -> None:
    servers.fill(user, [a_mail("silindi"), a_mail("kalır")])
    clerk = connect(imap_account(servers, user))
    clerk.select_folder("INBOX")
    clerk.add_flags([1], [rb"\Deleted"])
    clerk.drop()
    assert ["kalır".encode() in arrival.raw for arrival in everything(source)] == [True]


def test_check_tells_what_is_there(servers: MailServers, user: str, source: ImapSource) -> None:
    servers.fill(user, [a_mail(), a_mail()])
    lines = source.check()
    assert lines[0] == "INBOX: 2 ileti"
    assert any("Islenenler" in line for line in lines)
    assert servers.mailbox(user, "Islenenler") == []
