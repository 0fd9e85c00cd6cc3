"""The IMAP connection: imapclient on a transport of ours that pipelines FETCH and loses nothing in IDLE.

imapclient reads one command's whole answer at a time and formats every literal for its debug log; its IDLE
polls the socket and so misses what TLS or its reader has already buffered. :class:`Wire` keeps imaplib's
parser and replaces the four methods imaplib documents for that (``open``, ``read``, ``readline``,
``shutdown``); :class:`Connection` adds asking and answering as two acts (RFC 3501 §5.5) and IDLE (RFC 2177).
"""

import imaplib
import math
import select
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any

from imapclient import IMAPClient, SocketTimeout

from daemon.mail.imap_answers import Answer, read_answers
from daemon.mail.tls import keep_alive

_CHUNK = 256 * 1024
_LONGEST_LINE = 32 * 1024 * 1024
"""A SEARCH over a million mails answers on one line; imaplib's own limit is a million bytes."""


class Wire(imaplib.IMAP4):
    """imaplib's parser over a buffer of our own. ``news``: the folder has grown since that was reset."""

    def __init__(
        self, host: str, port: int, *, connect_seconds: float, largest: int, context: ssl.SSLContext | None
    ) -> None:
        self._context = context
        self._largest = largest
        self._buffer = bytearray()
        self._exists = 0
        self.news = False
        super().__init__(host, port, connect_seconds)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), timeout)
        keep_alive(self.sock)
        if self._context:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=host)

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """As imaplib's, but what a stranger slipped in before the handshake ends it (CVE-2011-0411)."""
        typ, data = self._simple_command("STARTTLS")
        if typ != "OK" or ssl_context is None:
            raise self.error(f"STARTTLS refused: {data!r}")
        if self._buffer:
            raise self.abort("data before the TLS handshake")
        self.sock = ssl_context.wrap_socket(self.sock, server_hostname=self.host)
        self._get_capabilities()
        return typ, data

    def read(self, size: int) -> bytes:
        if size > self._largest:
            raise self.abort(f"literal of {size} bytes is larger than anything asked for")
        if len(self._buffer) >= size:
            data = bytes(memoryview(self._buffer)[:size])
            del self._buffer[:size]
            return data
        return self._read_past_buffer(size)

    def _read_past_buffer(self, size: int) -> bytes:
        data = BytesIO()  # gives its bytes away without another copy: a large mail is in memory once
        missing = size - data.write(self._buffer)
        self._buffer.clear()
        while missing:
            chunk = self.sock.recv(min(missing, _CHUNK))
            if not chunk:
                raise self.abort("connection ended inside a literal")
            missing -= data.write(chunk)
        return data.getvalue()

    def readline(self) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > _LONGEST_LINE:
                raise self.abort("endless line")
            chunk = self.sock.recv(_CHUNK)
            if not chunk:
                return b""
            self._buffer += chunk
        line = bytes(memoryview(self._buffer)[: end + 1])
        del self._buffer[: end + 1]
        return line

    def shutdown(self) -> None:
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the other side was faster
        finally:
            self.sock.close()

    def has_line(self) -> bool:
        return b"\n" in self._buffer

    def take(self) -> None:
        """Move whatever the socket holds into the buffer, without waiting."""
        before = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            while chunk := self.sock.recv(_CHUNK):
                self._buffer += chunk
            raise self.abort("connection ended")
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        finally:
            self.sock.settimeout(before)

    def _append_untagged(self, typ: str, dat: Any) -> None:
        if typ == "EXISTS" and dat.isdigit():
            count = int(dat)
            self.news = self.news or count > self._exists
            self._exists = count
        elif typ == "EXPUNGE":
            self._exists -= 1
        super()._append_untagged(typ, dat)  # type: ignore[misc]


@dataclass(slots=True)
class Asked:
    """A FETCH on its way. ``answers`` by UID; ``fault`` is what the server said when it refused."""

    tag: bytes
    uids: frozenset[int]
    answers: dict[int, Answer] = field(default_factory=dict)
    done: bool = False
    fault: str = ""


class Connection(IMAPClient):  # type: ignore[misc]
    """One IMAP connection. Not thread-safe; after any exception it is only good for :meth:`drop`."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        tls: ssl.SSLContext | None,
        connect_seconds: float,
        read_seconds: float,
        largest: int,
    ) -> None:
        """``tls`` is the context for TLS from the start (``None``: plain, perhaps STARTTLS later)."""
        self._tls = tls
        self._largest = largest
        self._asked: list[Asked] = []
        self._idling: bytes | None = None
        self.idle_since = 0.0
        self.round_trip = math.inf
        """Seconds the server took at best to answer an IDLE."""
        self.next_look = 0.0
        """When to ask again where IDLE is missing (monotonic seconds)."""
        timeout = SocketTimeout(connect=connect_seconds, read=read_seconds)
        super().__init__(host, port, ssl=tls is not None, timeout=timeout)
        self.normalise_times = False
        self._imap.debug = 0  # imapclient sets 5: imaplib would format every literal for a log nobody reads

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - imapclient's name
        return Wire(
            self.host,
            self.port,
            connect_seconds=self._timeout.connect,
            largest=self._largest,
            context=self._tls,
        )

    # --- pipelined FETCH ----------------------------------------------------------------------------------

    def ask(self, uids: Sequence[int], items: str) -> Asked:
        """Send ``UID FETCH`` and return at once; :meth:`answer` collects. ``items`` as in the protocol."""
        tag = self._imap._command("UID", "FETCH", uid_set(uids), f"(UID {items})")  # noqa: SLF001
        asked = Asked(tag, frozenset(uids))
        self._asked.append(asked)
        return asked

    def answer(self, asked: Asked) -> dict[int, Answer]:
        """Read until ``asked`` is complete. Answers to questions asked later are kept for them."""
        while not asked.done:
            self._imap._get_response()  # noqa: SLF001
            self._file(self._imap.untagged_responses.pop("FETCH", None))
            self._imap._check_bye()  # noqa: SLF001
            self._note_completion()
        return asked.answers

    def answer_all(self) -> None:
        """Collect every answer still on its way, so that another command may follow."""
        for asked in list(self._asked):
            self.answer(asked)

    def _file(self, response: list[Any] | None) -> None:
        if not response:
            return
        for answer in read_answers(response):
            uid = answer.get(b"UID")
            for asked in self._asked:
                if uid in asked.uids:
                    asked.answers.setdefault(uid, {}).update(answer)
                    break

    def _note_completion(self) -> None:
        for asked in list(self._asked):
            if completed := self._imap.tagged_commands.get(asked.tag):
                del self._imap.tagged_commands[asked.tag]
                self._asked.remove(asked)
                asked.done = True
                kind, words = completed
                asked.fault = "" if kind == "OK" else words[0].decode("utf-8", "replace")

    # --- listening ----------------------------------------------------------------------------------------

    def has_news(self) -> bool:
        return bool(self._imap.news)

    def forget_news(self) -> None:
        self._imap.news = False

    @property
    def is_idling(self) -> bool:
        return self._idling is not None

    def start_idle(self) -> bool:
        """Enter IDLE; ``False`` when the server refuses. Answers may come before the ``+``."""
        wire, asked = self._imap, time.monotonic()
        tag = wire._command("IDLE")  # noqa: SLF001
        while wire._get_response() is not None:  # noqa: SLF001
            wire._check_bye()  # noqa: SLF001
            if wire.tagged_commands[tag]:
                del wire.tagged_commands[tag]
                return False
        self._idling = tag
        self.idle_since = time.monotonic()
        self.round_trip = min(self.round_trip, self.idle_since - asked)
        return True

    def stop_idle(self) -> None:
        wire, tag = self._imap, self._idling
        if tag is None:
            return
        wire.send(b"DONE\r\n")
        while not wire.tagged_commands[tag]:
            wire._get_response()  # noqa: SLF001
            wire._check_bye()  # noqa: SLF001
        del wire.tagged_commands[tag]
        self._idling = None

    def listen(self, seconds: float, wake: int) -> bool:
        """In IDLE: wait for news, until ``seconds`` are over or the file descriptor ``wake`` is readable."""
        deadline = time.monotonic() + seconds
        poller = select.poll()
        poller.register(self._imap.sock, select.POLLIN)
        poller.register(wake, select.POLLIN)
        while not self._hear():
            remaining = deadline - time.monotonic()
            ready = {number for number, _ in poller.poll(max(0.0, remaining) * 1000)}
            if wake in ready or not ready:
                return False
            self._imap.take()
        return True

    def hear_now(self) -> bool:
        """What has come by now, without waiting: ``True`` when it was news. Raises when the line is dead."""
        if self._asked:
            return self.has_news()
        self._imap.take()
        return self._hear()

    def _hear(self) -> bool:
        """Take in the complete lines that are there; ``True`` when one was news."""
        wire = self._imap
        while wire.has_line():
            wire._get_response()  # noqa: SLF001
            wire._check_bye()  # noqa: SLF001
            if self._idling and wire.tagged_commands[self._idling]:  # the server ended IDLE by itself
                del wire.tagged_commands[self._idling]
                self._idling = None
                wire.news = True
        wire.untagged_responses.clear()
        return bool(wire.news)

    # --- end ----------------------------------------------------------------------------------------------

    def drop(self) -> None:
        """Say goodbye without waiting for an answer, and close; never raises."""
        wire = self._imap
        try:
            wire.sock.settimeout(1.0)
            wire.send((b"DONE\r\n" if self._idling else b"") + b"BYE LOGOUT\r\n")
        except OSError:
            pass  # it is gone already
        finally:
            wire.shutdown()


def uid_set(uids: Iterable[int]) -> str:
    """``[1, 2, 3, 7]`` → ``"1:3,7"`` (RFC 3501 ``sequence-set``), ascending."""
    return ",".join(_runs(sorted(set(uids))))


def _runs(uids: list[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(uids), key=lambda pair: pair[1] - pair[0]):
        members = [uid for _, uid in run]
        yield str(members[0]) if len(members) == 1 else f"{members[0]}:{members[-1]}"
