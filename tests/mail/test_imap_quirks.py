"""What servers other than Dovecot do: answers out of turn, a refused mail, goodbyes, injections."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from daemon.domain.errors import ConfigurationError, Temporary
from daemon.mail.imap import ImapSource
from daemon.mail.imap_session import ImapAccount

Reply = Callable[[str, str], bytes]
"""(tag, command) → everything the server says to it."""

MAIL = b"From: a@example.com\r\n\r\nx\r\n"


def usual(tag: str, command: str) -> bytes:
    """A small server with two mails, without MOVE and UIDPLUS."""
    done = f"{tag} OK done\r\n".encode()
    match command.split()[:2]:
        case ["CAPABILITY"]:
            return b"* CAPABILITY IMAP4rev1 IDLE\r\n" + done
        case ["LIST", *_]:
            return b'* LIST () "/" INBOX\r\n* LIST () "/" 2026\r\n' + done
        case ["SELECT", *_]:
            return b"* 2 EXISTS\r\n* OK [UIDVALIDITY 9] x\r\n" + f"{tag} OK [READ-WRITE] done\r\n".encode()
        case ["UID", "SEARCH"]:
            return b"* SEARCH 1 2\r\n" + done
        case ["UID", "FETCH"] if "RFC822.SIZE" in command:
            return b"* 1 FETCH (UID 1 RFC822.SIZE 26)\r\n* 2 FETCH (RFC822.SIZE 26 UID 2)\r\n" + done
        case ["UID", "FETCH"]:
            return b"".join(body(uid) for uid in uids_of(command)) + done
        case ["IDLE"]:
            return b"+ idling\r\n"
        case ["DONE"]:
            return b""
        case _:
            return done


def uids_of(command: str) -> list[int]:
    first, _, last = command.split()[2].partition(":")
    return list(range(int(first), int(last or first) + 1))


def body(uid: int) -> bytes:
    return b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (uid, uid, len(MAIL), MAIL)


@contextmanager
def served(reply: Reply, greeting: bytes = b"* OK ready\r\n") -> Iterator[ImapAccount]:
    listener = socket.create_server(("127.0.0.1", 0))

    def converse(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.sendall(greeting)
            for line in connection.makefile("rb"):
                tag, _, command = line.decode().strip().partition(" ")
                connection.sendall(reply(tag, command or tag))

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=converse, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    port = listener.getsockname()[1]
    yield ImapAccount("127.0.0.1", "u", "p", port=port, security="none", read_seconds=10, connect_seconds=10)
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@contextmanager
def reading(reply: Reply, greeting: bytes = b"* OK ready\r\n") -> Iterator[ImapSource]:
    with served(reply, greeting) as account:
        source = ImapSource(account)
        yield source
        source.close()


def keys(source: ImapSource) -> list[str]:
    return [arrival.key for batch in source.fetch(lambda asked: set()) for arrival in batch]


def test_the_small_server_is_read() -> None:
    with reading(usual) as source:
        assert keys(source) == ["INBOX/9/1", "INBOX/9/2"]


def test_one_mail_that_the_server_cannot_read_does_not_keep_its_neighbour() -> None:
    def reply(tag: str, command: str) -> bytes:
        if command.startswith("UID FETCH") and "BODY.PEEK" in command and 1 in uids_of(command):
            return f"{tag} NO [SERVERBUG] cannot read mail 1\r\n".encode()
        return usual(tag, command)

    with reading(reply) as source:
        assert keys(source) == ["INBOX/9/2"]


def test_unsolicited_answers_amid_a_fetch_are_not_taken_for_mails() -> None:
    def reply(tag: str, command: str) -> bytes:
        said = usual(tag, command)
        if command.startswith("UID FETCH"):
            return (
                b"* 2 FETCH (FLAGS (\\Seen))\r\n* 3 EXISTS\r\n* 1 FETCH (UID 77 FLAGS ())\r\n* 1 RECENT\r\n"
                + said
            )
        return said

    with reading(reply) as source:
        assert keys(source) == ["INBOX/9/1", "INBOX/9/2"]
        assert source.wait(10) is True


def test_answers_in_another_order_are_put_into_theirs() -> None:
    def reply(tag: str, command: str) -> bytes:
        if command.startswith("UID FETCH") and "BODY.PEEK" in command:
            return body(2) + body(1) + f"{tag} OK done\r\n".encode()
        return usual(tag, command)

    with reading(reply) as source:
        assert keys(source) == ["INBOX/9/1", "INBOX/9/2"]


def test_a_mail_that_vanished_in_between_is_passed_over() -> None:
    def reply(tag: str, command: str) -> bytes:
        if command.startswith("UID FETCH") and "BODY.PEEK" in command:
            return b"* 1 EXPUNGE\r\n" + body(2) + f"{tag} OK done\r\n".encode()
        return usual(tag, command)

    with reading(reply) as source:
        assert keys(source) == ["INBOX/9/2"]


@pytest.mark.parametrize(
    "before",
    [b"* 3 EXISTS\r\n+ idling\r\n", b"+ idling\r\n* 3 EXISTS\r\n", b"+ \r\n* OK hi\r\n* 3 EXISTS\r\n"],
)
def test_news_around_the_start_of_idle_is_heard(before: bytes) -> None:
    def reply(tag: str, command: str) -> bytes:
        return before if command == "IDLE" else usual(tag, command)

    with reading(reply) as source:
        keys(source)
        assert source.wait(10) is True


def test_a_server_that_refuses_idle_is_polled() -> None:
    def reply(tag: str, command: str) -> bytes:
        if command == "IDLE":
            return f"{tag} BAD not now\r\n".encode()
        if command == "NOOP":
            return b"* 3 EXISTS\r\n" + usual(tag, command)
        return usual(tag, command)

    with reading(reply) as source:
        keys(source)
        assert source.wait(10) is True


def test_goodbye_is_temporary() -> None:
    def reply(tag: str, command: str) -> bytes:
        return b"* BYE shutting down\r\n" if command.startswith("UID SEARCH") else usual(tag, command)

    with reading(reply) as source, pytest.raises(Temporary):
        keys(source)


@pytest.mark.parametrize(
    "nonsense",
    [b"* SEARCH 1 (", b"?!", b"* 1 FETCH (UID 1 RFC822.SIZE {99999999999}", b""],
)
def test_nonsense_is_temporary_and_the_next_try_starts_anew(nonsense: bytes) -> None:
    spoilt = [True]

    def reply(tag: str, command: str) -> bytes:
        if command.startswith("UID SEARCH") and spoilt:
            spoilt.clear()
            return nonsense + f"\r\n{tag} OK done\r\n".encode()
        return usual(tag, command)

    with reading(reply) as source:
        with pytest.raises(Temporary):
            keys(source)
        assert keys(source) == ["INBOX/9/1", "INBOX/9/2"]


def test_a_full_mailbox_is_told_in_turkish() -> None:
    def reply(tag: str, command: str) -> bytes:
        if command.startswith("UID COPY"):
            return f"{tag} NO [OVERQUOTA] full\r\n".encode()
        return usual(tag, command)

    with reading(reply) as source, pytest.raises(Temporary) as caught:
        source.settle(keys(source))
    assert "kotası dolu" in caught.value.reason


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("NO [AUTHENTICATIONFAILED] wrong", ConfigurationError),
        ("NO wrong password", ConfigurationError),
        ("NO [UNAVAILABLE] try later", Temporary),
        ("NO Temporary authentication failure", Temporary),
        ("NO [LIMIT] too many connections", Temporary),
    ],
)
def test_what_a_refused_login_means(answer: str, expected: type[Exception]) -> None:
    def reply(tag: str, command: str) -> bytes:
        return f"{tag} {answer}\r\n".encode() if command.startswith("LOGIN") else usual(tag, command)

    with reading(reply) as source, pytest.raises(expected):
        keys(source)


def test_an_inbox_without_write_access_is_told() -> None:
    def reply(tag: str, command: str) -> bytes:
        return re.sub(rb"READ-WRITE", b"READ-ONLY", usual(tag, command))

    with reading(reply) as source, pytest.raises(ConfigurationError) as caught:
        keys(source)
    assert "salt okunur" in caught.value.reason


def test_words_slipped_in_before_the_tls_handshake_end_the_connection() -> None:
    def reply(tag: str, command: str) -> bytes:
        if command == "STARTTLS":
            return f"{tag} OK begin\r\n* CAPABILITY IMAP4rev1 INJECTED\r\n".encode()
        return usual(tag, command).replace(b"IDLE", b"IDLE STARTTLS")

    with served(reply) as account:
        source = ImapSource(ImapAccount("127.0.0.1", "u", "p", port=account.port, security="starttls"))
        with pytest.raises(Temporary) as caught:
            keys(source)
        source.close()
    assert not isinstance(caught.value.__cause__, ssl.SSLError)
    assert "before the TLS handshake" in str(caught.value)


def test_a_server_without_starttls_gets_no_password() -> None:
    heard: list[str] = []

    def reply(tag: str, command: str) -> bytes:
        heard.append(command)
        return usual(tag, command)

    with served(reply) as account:
        source = ImapSource(ImapAccount("127.0.0.1", "u", "p", port=account.port, security="starttls"))
        with pytest.raises(ConfigurationError):
            keys(source)
        source.close()
    assert not any(command.startswith(("LOGIN", "AUTHENTICATE")) for command in heard)
