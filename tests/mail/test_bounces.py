"""Reports of what could not be delivered: by the standard (RFC 3464), and in servers' own prose."""
# ruff: noqa: E501 - mails and sentences stand here as they were written

import pytest

from daemon.domain.mail import Mail
from daemon.domain.reading import Kind, read_mail
from daemon.mail.bounce import Bounced, bounced_recipients
from daemon.mail.mime import parse_mail

HEAD = "From: Hasan Kurt <hasan@example.com>\nTo: muhtarlik@ornek.bel.tr\nSubject: Dilekçe\n"


def dsn(action: str, status: str, diagnostic: str) -> Mail:
    raw = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.tr\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\n\nThis is the mail system\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.tr\n\n"
        f"Final-Recipient: rfc822; Yok@Ornek.bel.tr\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n--b--\n"
    )
    return parse_mail(raw.encode())


@pytest.mark.parametrize(
    ("action", "status", "diagnostic", "permanent"),
    [
        ("failed", "5.1.1", "550 User unknown", True),
        ("failed", "5.2.2", "552 Mailbox full", False),
        ("delayed", "4.4.1", "timeout", False),
        ("failed", "4.4.7", "message expired", False),
    ],
)
def test_a_report_names_who_was_not_reached(
    action: str, status: str, diagnostic: str, permanent: bool
) -> None:
    mail = dsn(action, status, diagnostic)
    assert read_mail(mail).kind is Kind.BOUNCE
    assert bounced_recipients(mail) == {"yok@ornek.bel.tr": Bounced(f"{status} {diagnostic}", permanent)}


def test_a_report_of_success_names_nobody() -> None:
    assert bounced_recipients(dsn("delivered", "2.0.0", "ok")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "İletiniz şu alıcılara teslim edilemedi:\n\nyok@ornek.bel.tr\n\nAdres bulunamadı.",
        "Delivery has failed to these recipients or groups:\n\nyok@ornek.bel.tr<mailto:yok@ornek.bel.tr>\nThe email address wasn't found.",
        "Adres bulunamadı\nİletiniz yok@ornek.bel.tr adresine teslim edilemedi",
        "Your message wasn't delivered to yok@ornek.bel.tr because the address couldn't be found",
        "I'm sorry.\n\n<yok@ornek.bel.tr>: host mx.tr said: 550 5.1.1 unknown\n",
    ],
)
def test_servers_prose_names_who_was_not_reached(text: str) -> None:
    raw = f"Return-Path: <>\nFrom: postmaster@mx.tr\nTo: muhtarlik@ornek.bel.tr\nSubject: Undeliverable: x\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    mail = parse_mail(raw.encode())
    assert read_mail(mail).kind is Kind.BOUNCE
    assert [(a, b.permanent) for a, b in bounced_recipients(mail).items()] == [("yok@ornek.bel.tr", True)]


def test_a_headmans_mail_about_undelivered_post_is_no_bounce() -> None:
    mail = parse_mail(f"{HEAD}\nTebligat teslim edilemedi, adres bulunamadı diyorlar.\n".encode())
    assert read_mail(mail).kind is Kind.REQUEST
