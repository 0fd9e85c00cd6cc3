"""A TCP proxy on loopback that can cut, stall or delay what passes, for tests of time-outs and reconnects."""

import selectors
import socket
import threading
import time
from contextlib import suppress
from typing import Self


class FaultProxy:
    """Listens on :attr:`port` and passes everything to ``target`` (a port on this machine).

    Set :attr:`stalled` to swallow all data while connections look alive (a half-open connection), :attr:`muted` to
    swallow what the server says (its acts have their effect, its answers never come), or
    :attr:`delay` to hold each piece back for so many seconds; :meth:`cut` ends all connections with a reset;
    :attr:`cut_after` ends one as soon as so many bytes have come from the server.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.stalled = False
        self.muted = False
        self.delay = 0.0
        self.cut_after: int | None = None
        self.connections = 0
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._from_server: set[socket.socket] = set()
        self._half_closed: set[socket.socket] = set()
        self._passed = 0
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._ends = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="faultproxy", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._ends = True
        self._thread.join(5)
        self.cut()
        for client in list(self._half_closed):
            self._close(client)
        self._listener.close()
        self._selector.close()

    def cut(self) -> None:
        with self._lock:
            for one in list(self._pairs):
                self._end(one)

    def heal(self) -> None:
        """Pass data again; what had stalled is cut, for some of its bytes are lost."""
        self.stalled = self.muted = False
        self.cut()

    def _run(self) -> None:
        while not self._ends:
            for key, _ in self._selector.select(0.02):
                with self._lock, suppress(OSError):
                    if key.fileobj is self._listener:
                        self._accept()
                    else:
                        self._pass(key.fileobj)  # type: ignore[arg-type]

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        self.connections += 1
        try:
            server = socket.create_connection(("127.0.0.1", self.target), 5)
        except OSError:
            client.close()
            return
        self._from_server.add(server)
        for one, other in ((client, server), (server, client)):
            self._pairs[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _pass(self, one: socket.socket) -> None:
        if one in self._half_closed:
            self._drain(one)
        if one not in self._pairs:
            return
        try:
            data = one.recv(65536)
        except OSError:
            data = b""
        if not data:
            self._end(one)
            return
        if self.stalled or (self.muted and one in self._from_server):
            return
        if self.delay:
            time.sleep(self.delay)
        try:
            self._pairs[one].sendall(data)
        except OSError:
            self._end(one)
            return
        if one in self._from_server:
            self._passed += len(data)
            if self.cut_after is not None and self._passed >= self.cut_after:
                self.cut_after = None
                self._half_close(self._pairs[one])

    def _half_close(self, client: socket.socket) -> None:
        """What has passed is to arrive: closed at once, the client's next word would be answered by a reset, and
        a reset takes along what the client has not read yet."""
        server = self._pairs.pop(client)
        self._close(server)
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)
        self._half_closed.add(client)

    def _drain(self, client: socket.socket) -> None:
        try:
            more = client.recv(65536)
        except OSError:
            more = b""
        if not more:
            self._half_closed.discard(client)
            self._close(client)

    def _end(self, one: socket.socket) -> None:
        other = self._pairs.pop(one, None)
        if other is None:
            return
        self._pairs.pop(other, None)
        for end in (one, other):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            self._close(end)

    def _close(self, end: socket.socket) -> None:
        self._pairs.pop(end, None)
        self._from_server.discard(end)
        with suppress(KeyError, ValueError):
            self._selector.unregister(end)
        end.close()
