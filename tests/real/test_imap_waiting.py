"""Waiting for mail on a real Dovecot: IDLE, polling, lost and half-open connections."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.mail.imap import ImapSource
from daemon.mail.imap_session import ImapAccount
from tests.real.accounts import a_mail, everything, imap_account, nothing_known
from tests.real.faultproxy import FaultProxy
from tests.real.servers import MailServers

pytestmark = pytest.mark.real

LONG = 60.0
"""Seconds that a wait may take at most; each should end long before."""


@contextmanager
def opened(account: ImapAccount) -> Iterator[ImapSource]:
    source = ImapSource(account)
    try:
        yield source
    finally:
        source.close()


@pytest.fixture
def own_servers() -> Iterator[MailServers]:
    """A Dovecot that a test may kill."""
    with MailServers(postfix=False) as running:
        yield running


def be_impatient(source: ImapSource) -> None:
    """Let the connection at hand, only that, time out soon; others wait as long as a busy machine needs."""
    assert source._session is not None
    source._session.connection.socket().settimeout(0.3)


def keep_all(source: ImapSource, kept: dict[str, bytes]) -> None:
    for batch in source.fetch(nothing_known):
        kept.update({arrival.key: arrival.raw for arrival in batch})


def later(act: threading.Timer) -> None:
    act.daemon = True
    act.start()


@pytest.mark.parametrize("nudge", [0.1, 1000.0])
def test_idle_wakes_when_mail_comes(servers: MailServers, user: str, nudge: float) -> None:
    with opened(imap_account(servers, user, nudge_seconds=nudge)) as source:
        assert everything(source) == []
        assert source.wait(0.05) is False
        later(threading.Timer(0.2, servers.deliver, (user, a_mail())))
        assert source.wait(LONG) is True
        assert len(everything(source)) == 1


def test_mail_that_came_between_reading_and_waiting_is_noticed(servers: MailServers, user: str) -> None:
    with opened(imap_account(servers, user, nudge_seconds=1000)) as source:
        everything(source)
        servers.deliver(user, a_mail())
        assert source.wait(LONG) is True
        assert len(everything(source)) == 1


def test_while_nothing_comes_the_server_is_left_in_peace(servers: MailServers, user: str) -> None:
    with opened(imap_account(servers, user, nudge_seconds=1000)) as source:
        everything(source)
        for _ in range(3):
            assert source.wait(0.05) is False
            assert everything(source) == []
        source.wait(0.05)
        logins = servers.log("dovecot").count(f"Login: user=<{user}@")
    assert logins == 1


def test_a_second_mail_wakes_again(servers: MailServers, user: str) -> None:
    with opened(imap_account(servers, user)) as source:
        known: set[str] = set()
        for _ in range(3):
            later(threading.Timer(0.05, servers.deliver, (user, a_mail())))
            assert source.wait(LONG) is True
            fresh = everything(source, known)
            assert len(fresh) == 1
            known |= {arrival.key for arrival in fresh}
            source.settle(list(known))


def test_a_wait_can_be_interrupted(servers: MailServers, user: str) -> None:
    with opened(imap_account(servers, user)) as source:
        later(threading.Timer(0.1, source.interrupt))
        assert source.wait(LONG) is False
        later(threading.Timer(0.1, source.interrupt))
        assert source.wait(LONG) is False


def test_without_idle_it_looks_from_time_to_time() -> None:
    with (
        MailServers(without=["IDLE"], postfix=False) as servers,
        opened(imap_account(servers, "x")) as source,
    ):
        assert everything(source) == []
        assert source.wait(0.3) is False
        later(threading.Timer(0.2, servers.deliver, ("x", a_mail())))
        assert source.wait(LONG) is True
        assert len(everything(source)) == 1
        assert any("IDLE bilmiyor" in line for line in source.check())


def test_a_restarted_server_is_found_again(own_servers: MailServers) -> None:
    with opened(imap_account(own_servers, "x")) as source:
        assert everything(source) == []
        later(threading.Timer(0.2, own_servers.restart, ("dovecot",), {"kill": True}))
        assert source.wait(LONG) is True
        own_servers.deliver("x", a_mail())
        assert len(everything(source)) == 1


def test_a_server_that_restarted_unnoticed_costs_nothing(own_servers: MailServers) -> None:
    with opened(imap_account(own_servers, "x")) as source:
        assert everything(source) == []
        own_servers.restart("dovecot")
        own_servers.deliver("x", a_mail())
        (arrival,) = everything(source)
        own_servers.restart("dovecot", kill=True)
        source.settle([arrival.key])
        assert own_servers.mailbox("x") == []


def test_a_server_that_is_away_is_temporary_and_waiting_gives_up_in_time(own_servers: MailServers) -> None:
    with opened(imap_account(own_servers, "x")) as source:
        everything(source)
        own_servers.stop("dovecot")
        assert source.wait(0.5) is False
        with pytest.raises(Temporary) as caught:
            everything(source)
        assert "ulaşılamıyor" in caught.value.reason
        own_servers.start()
        assert everything(source) == []


def test_a_half_open_connection_ends_in_a_time_out_not_in_silence(servers: MailServers, user: str) -> None:
    with (
        FaultProxy(servers.imap_port) as proxy,
        opened(imap_account(servers, user, port=proxy.port)) as source,
    ):
        everything(source)
        proxy.stalled = True
        be_impatient(source)
        with pytest.raises(Temporary) as caught:
            everything(source)
        assert "zamanında yanıt vermedi" in caught.value.reason
        proxy.heal()
        assert everything(source) == []


def test_a_half_open_connection_is_noticed_while_waiting(servers: MailServers, user: str) -> None:
    with (
        FaultProxy(servers.imap_port) as proxy,
        opened(imap_account(servers, user, port=proxy.port)) as source,
    ):
        everything(source)
        source.wait(0.05)
        proxy.cut()
        servers.deliver(user, a_mail())
        assert source.wait(LONG) is True
        assert len(everything(source)) == 1
        source.wait(0.05)
        proxy.stalled = True
        be_impatient(source)
        later(threading.Timer(2, proxy.heal))
        assert source.wait(LONG) is True
        assert proxy.connections >= 3


def test_a_connection_cut_amid_a_batch_loses_and_doubles_nothing(servers: MailServers, user: str) -> None:
    raws = [a_mail(f"Talep {number}", "x" * 20_000) for number in range(120)]
    servers.fill(user, raws)
    with FaultProxy(servers.imap_port) as proxy:
        proxy.cut_after = 1_500_000
        kept: dict[str, bytes] = {}
        with opened(imap_account(servers, user, port=proxy.port)) as source:
            with pytest.raises(Temporary):
                keep_all(source, kept)
            assert len(kept) < 120  # none, where Dovecot worked on two batches at once and finished neither
            rest = everything(source, set(kept))
        assert [*kept.values(), *(arrival.raw for arrival in rest)] == raws


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_a_stranger_is_refused(servers: MailServers, user: str, security: str) -> None:
    port = servers.imap_port if security == "tls" else servers.imap_starttls_port
    account = imap_account(servers, user, port=port, security=security, ca_file=None)
    with opened(account) as source, pytest.raises(ConfigurationError) as caught:
        everything(source)
    assert "sertifikası doğrulanamadı" in caught.value.reason


def test_a_certificate_for_another_name_is_refused() -> None:
    with MailServers(certificate_names=["DNS:baska.ornek.bel.tr"], postfix=False) as servers:
        with opened(imap_account(servers, "x")) as source, pytest.raises(ConfigurationError) as caught:
            everything(source)
        assert "sertifikası doğrulanamadı" in caught.value.reason


def test_starttls_reads_like_tls(servers: MailServers, user: str) -> None:
    servers.deliver(user, a_mail())
    account = imap_account(servers, user, port=servers.imap_starttls_port, security="starttls")
    with opened(account) as source:
        assert len(everything(source)) == 1


def test_tls_on_a_port_without_it_is_told(servers: MailServers, user: str) -> None:
    account = imap_account(servers, user, port=servers.imap_starttls_port)
    with opened(account) as source, pytest.raises(ConfigurationError) as caught:
        everything(source)
    assert "TLS konuşmuyor" in caught.value.reason


def test_a_wrong_password_is_told_in_turkish(servers: MailServers, user: str) -> None:
    account = imap_account(servers, user, password="yanlış")
    with opened(account) as source, pytest.raises(ConfigurationError) as caught:
        everything(source)
    assert "parola kabul edilmedi" in caught.value.reason
    assert "yanlış" not in str(caught.value)


def test_a_password_never_leaves_the_machine_in_the_clear() -> None:
    account = ImapAccount(host="imap.ornek.bel.tr", user="x", password="gizli", security="none")
    with opened(account) as source, pytest.raises(ConfigurationError) as caught:
        everything(source)
    assert "şifresiz" in caught.value.reason
    assert "gizli" not in repr(account)
