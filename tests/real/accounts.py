"""Accounts and mails for the tests of the real servers."""

from collections.abc import Sequence
from typing import Any

from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter
from daemon.mail.imap import ImapSource
from daemon.mail.imap_session import ImapAccount
from daemon.mail.smtp import SmtpAccount
from tests.real.servers import MailServers, address_of


def imap_account(servers: MailServers, user: str, **other: Any) -> ImapAccount:
    """The account of ``user``; quick to give up, so that a fault does not cost a minute."""
    given = {
        "host": servers.host,
        "port": servers.imap_port,
        "user": user,
        "password": servers.password,
        "ca_file": servers.ca_file,
        "connect_seconds": 60,
        "read_seconds": 60,
        "poll_seconds": 0.1,
    }
    return ImapAccount(**(given | other))


def smtp_account(servers: MailServers, **other: Any) -> SmtpAccount:
    given = {
        "host": servers.host,
        "port": servers.smtp_port,
        "sender": "muhtarlik@ornek.bel.tr",
        "user": "muhtarlik",
        "password": servers.password,
        "ca_file": servers.ca_file,
        "timeout": 60,
    }
    return SmtpAccount(**(given | other))


def a_mail(subject: str = "Talep", body: str = "Sokağımızda çukur var.", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = ["From: muhtar@example.com", "To: muhtarlik@ornek.bel.tr", f"Subject: {subject}", *lines]
    head += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "\r\n".join([*head, "", body, ""]).encode()


def a_letter(recipient: str, *, mime: bytes | None = None, serial: int = 1) -> Letter:
    message_id = f"<mektup.{serial}@ornek.bel.tr>"
    return Letter(
        key=f"MHT-2026-{serial:06}/headman/confirmation",
        occasion="headman/confirmation",
        recipient=recipient,
        message_id=message_id,
        subject="[MHT-2026-000001] Talebiniz alınmıştır",
        mime=mime
        if mime is not None
        else a_mail(Message_ID=message_id, Date="Mon, 12 Jan 2026 09:00:00 +0300"),
    )


def nothing_known(keys: Sequence[str]) -> set[str]:
    return set()


def everything(source: ImapSource, known: set[str] | None = None) -> list[Arrival]:
    """All that a fetch yields, in one list."""
    already = known or set()
    return [arrival for batch in source.fetch(lambda keys: already & set(keys)) for arrival in batch]


__all__ = ["a_letter", "a_mail", "address_of", "everything", "imap_account", "nothing_known", "smtp_account"]
