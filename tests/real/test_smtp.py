"""Letters through a real Postfix: accepted, refused, and many on one connection."""

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.mail.smtp import LIMIT_PAUSE, SmtpAccount, SmtpMailer
from tests.real.accounts import a_letter, a_mail, smtp_account
from tests.real.faultproxy import FaultProxy
from tests.real.scripted import SILENCE, scripted
from tests.real.servers import MailServers, free_ports

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


def test_a_connection_that_the_server_has_closed_is_opened_anew(servers: MailServers, user: str) -> None:
    with FaultProxy(servers.smtp_port) as proxy, SmtpMailer(smtp_account(servers, port=proxy.port)) as mailer:
        assert mailer.send(a_letter(f"{user}@ornek.bel.tr", serial=1)).accepted
        proxy.cut()
        assert mailer.send(a_letter(f"{user}@ornek.bel.tr", serial=2)).accepted
        assert proxy.connections == 2
    assert len(servers.await_mail(user, 2)) == 2


def test_an_answer_that_never_comes_ends_in_a_time_out() -> None:
    (port,) = free_ports(1)
    with scripted(port, [b"220 x", b"250 x", b"250 ok", b"250 ok", b"354 go", SILENCE], []):
        account = SmtpAccount("localhost", "m@ornek.bel.tr", port=port, security="none", timeout=1.0)
        with pytest.raises(Temporary) as caught, SmtpMailer(account) as mailer:
            mailer.send(a_letter("a@example.com"))
    assert "zamanında yanıt vermedi" in caught.value.reason


def test_a_server_that_is_away_is_temporary(servers: MailServers) -> None:
    (port,) = free_ports(1)
    with pytest.raises(Temporary) as caught, SmtpMailer(smtp_account(servers, port=port)):
        pass
    assert "ulaşılamıyor" in caught.value.reason


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_a_stranger_is_refused(servers: MailServers, security: str) -> None:
    port = servers.smtps_port if security == "tls" else servers.smtp_port
    account = smtp_account(servers, port=port, security=security, ca_file=None)
    with pytest.raises(ConfigurationError) as caught, SmtpMailer(account):
        pass
    assert "sertifikası doğrulanamadı" in caught.value.reason


def test_without_starttls_no_password_is_sent() -> None:
    (port,) = free_ports(1)
    said: list[bytes] = []
    with scripted(port, [b"220 x ESMTP", b"250-x\r\n250 AUTH PLAIN"], said):
        account = SmtpAccount("localhost", "m@ornek.bel.tr", "m", "gizli", port=port, timeout=10)
        with pytest.raises(ConfigurationError) as caught, SmtpMailer(account):
            pass
    assert "STARTTLS sunmuyor" in caught.value.reason
    assert b"auth" not in b"".join(said).lower()


def test_a_letter_cut_after_its_last_byte_is_in_doubt_not_sent_twice() -> None:
    (port,) = free_ports(1)
    said: list[bytes] = []
    answers = [b"220 x", b"250-x\r\n250 SIZE 1000000", b"250 ok", b"250 ok", b"354 go", None]
    with scripted(port, answers, said):
        account = SmtpAccount("localhost", "m@ornek.bel.tr", port=port, security="none", timeout=10)
        with pytest.raises(Temporary), SmtpMailer(account) as mailer:
            mailer.send(a_letter("a@example.com"))
    assert b"".join(said).count(b"DATA\r\n") == 1
    assert b"".join(said).count(b"mail FROM") == 1


def test_421_amid_the_dialogue_opens_one_new_connection_then_gives_up() -> None:
    (port,) = free_ports(1)
    said: list[bytes] = []
    answers = [b"220 x", b"250 x", b"250 ok", b"421 4.3.2 closing"]
    with scripted(port, answers, said):
        account = SmtpAccount("localhost", "m@ornek.bel.tr", port=port, security="none", timeout=10)
        with pytest.raises(Temporary) as caught, SmtpMailer(account) as mailer:
            mailer.send(a_letter("a@example.com"))
    assert "421 4.3.2 closing" in str(caught.value)
    assert b"".join(said).count(b"ehlo") == 2
