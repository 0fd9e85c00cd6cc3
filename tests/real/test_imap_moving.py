"""Putting mails away on servers that lack MOVE or UIDPLUS, or keep all folders below INBOX."""

import pytest

from daemon.mail.imap import ImapSource
from daemon.mail.imap_session import connect
from tests.real.accounts import a_mail, everything, imap_account
from tests.real.servers import MailServers

pytestmark = pytest.mark.real


def test_without_move_only_our_mails_are_expunged() -> None:
    with MailServers(without=["MOVE"], postfix=False) as servers:
        servers.fill("x", [a_mail("bizim"), a_mail("kalır"), a_mail("başkası sildi")])
        source = ImapSource(imap_account(servers, "x"))
        ours, *_ = everything(source)
        mark_deleted(servers, 3)
        source.settle([ours.key])
        source.settle([ours.key])
        source.close()
        assert servers.mailbox("x", "Islenenler") == [ours.raw]
        assert sorted(servers.mailbox("x")) == sorted([a_mail("kalır"), a_mail("başkası sildi")])


def test_without_uidplus_nothing_is_expunged_and_nothing_read_or_copied_twice() -> None:
    with MailServers(without=["MOVE", "UIDPLUS"], postfix=False) as servers:
        servers.fill("x", [a_mail("bizim"), a_mail("başkası sildi")])
        source = ImapSource(imap_account(servers, "x"))
        ours, _ = everything(source)
        mark_deleted(servers, 2)
        source.settle([ours.key])
        source.settle([ours.key])
        assert everything(source) == []
        assert any("UIDPLUS bilmiyor" in line for line in source.check())
        source.close()
        assert servers.mailbox("x", "Islenenler") == [ours.raw]
        assert len(servers.mailbox("x")) == 2


def test_folders_below_inbox_are_found_and_made_there() -> None:
    with MailServers(prefix="INBOX.", separator=".", postfix=False) as servers:
        servers.fill("x", [a_mail("bir"), a_mail("iki")])
        source = ImapSource(
            imap_account(servers, "x", done_folder="Muhtarlık/İşlenenler", held_folder="INBOX.Bekleyenler")
        )
        first, second = everything(source)
        source.settle([first.key])
        source.settle([second.key], held=True)
        source.close()
        clerk = connect(imap_account(servers, "x"))
        names = {name for _, _, name in clerk.list_folders()}
        subscribed = {name for _, _, name in clerk.list_sub_folders()}
        clerk.drop()
        assert {"INBOX.Muhtarlık.İşlenenler", "INBOX.Bekleyenler"} <= names & subscribed
        assert servers.mailbox("x", "Muhtarlık/İşlenenler") == [first.raw]
        assert servers.mailbox("x", "Bekleyenler") == [second.raw]


def mark_deleted(servers: MailServers, uid: int) -> None:
    clerk = connect(imap_account(servers, "x"))
    clerk.select_folder("INBOX")
    clerk.add_flags([uid], [rb"\Deleted"])
    clerk.drop()
