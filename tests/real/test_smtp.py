"""Letters through a real Postfix: accepted, refused, and many on one connection."""

import pytest

from daemon.domain.errors import ConfigurationError
from daemon.mail.smtp import LIMIT_PAUSE, SmtpMailer
from tests.real.accounts import a_letter, a_mail, smtp_account
from tests.real.servers import MailServers

pytestmark = pytest.mark.real


def test_a_letter_arrives_byte_for_byte(servers: MailServers, user: str) -> None:
    mime = a_mail(
        "Mektup",
        ".nokta\r\n..iki nokta\r\n.\r\nson satır çğıöşü",
        Message_ID="<1@ornek.bel.tr>",
        Date="Mon, 12 Jan 2026 09:00:00 +0300",
    )
    with SmtpMailer(smtp_account(servers)) as mailer:
        delivery = mailer.send(a_letter(f"{user}@ornek.bel.tr", mime=mime))
    assert delivery.accepted
    assert not delivery.refused
    (received,) = servers.await_mail(user)
    assert received.replace(b"\r\n", b"\n").endswith(mime.replace(b"\r\n", b"\n"))


def test_many_letters_share_one_connection(servers: MailServers, user: str) -> None:
    before = servers.smtp_connections()
    with SmtpMailer(smtp_account(servers)) as mailer:
        accepted = [mailer.send(a_letter(f"{user}@ornek.bel.tr", serial=n)).accepted for n in range(25)]
    assert all(accepted)
    assert len(servers.await_mail(user, 25)) == 25
    assert servers.await_connections(before + 1) == before + 1


def test_a_refused_recipient_does_not_keep_the_next(servers: MailServers, user: str) -> None:
    with SmtpMailer(smtp_account(servers)) as mailer:
        refused = mailer.send(a_letter("yok@example.com", serial=1))
        busy = mailer.send(a_letter("mesgul@example.com", serial=2))
        limited = mailer.send(a_letter("kota@example.com", serial=3))
        broken = mailer.send(a_letter("iki adres@@example.com>\r\n", serial=4))
        accepted = mailer.send(a_letter(f"{user}@example.com", serial=5))
    assert (refused.accepted, refused.refused) == (False, True)
    assert refused.detail.startswith("550 5.1.1")
    assert (busy.accepted, busy.refused) == (False, False)
    assert (limited.accepted, limited.refused, limited.retry_after) == (False, False, LIMIT_PAUSE)
    assert broken.refused
    assert accepted.accepted
    assert len(servers.await_mail(f"{user}@example.com")) == 1


def test_an_address_beyond_ascii_goes_with_smtputf8(servers: MailServers) -> None:
    with SmtpMailer(smtp_account(servers)) as mailer:
        assert mailer.send(a_letter("çağrı@example.com")).accepted
        assert mailer.send(a_letter("sonra@example.com")).accepted
    assert servers.await_mail("sonra@example.com")


def test_a_letter_larger_than_the_server_takes_is_refused_before_it_is_sent(servers: MailServers) -> None:
    with SmtpMailer(smtp_account(servers)) as mailer:
        delivery = mailer.send(a_letter("buyuk@example.com", mime=a_mail(body="x\r\n" * 9_000_000)))
        assert delivery.refused
        assert delivery.detail.startswith("552 5.3.4")
        assert mailer.send(a_letter("kucuk@example.com")).accepted


def test_tls_from_the_start_works_too(servers: MailServers, user: str) -> None:
    account = smtp_account(servers, port=servers.smtps_port, security="tls")
    with SmtpMailer(account) as mailer:
        assert mailer.send(a_letter(f"{user}@ornek.bel.tr")).accepted


def test_a_wrong_password_is_told_in_turkish(servers: MailServers) -> None:
    with pytest.raises(ConfigurationError) as caught, SmtpMailer(smtp_account(servers, password="yanlış")):
        pass
    assert "parola kabul edilmedi" in caught.value.reason


def test_check_sends_nothing(servers: MailServers) -> None:
    (line,) = SmtpMailer(smtp_account(servers)).check()
    assert line == "muhtarlik@ornek.bel.tr adresiyle gönderilebilir (en çok 25 MB)"
