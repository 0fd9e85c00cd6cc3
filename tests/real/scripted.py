"""A server on loopback that says what it is told to, line by line, and remembers what it heard."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

SILENCE = b""
"""An answer that never comes: the connection stays open."""


@contextmanager
def scripted(port: int, answers: Sequence[bytes | None], heard: list[bytes]) -> Iterator[None]:
    """Serve ``answers`` to each connection: the first as greeting, one after each thing heard.

    ``None``, or the end of the answers, hangs up.
    """
    listener = socket.create_server(("127.0.0.1", port))
    ended = threading.Event()

    def converse(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            for number, answer in enumerate(answers):
                if number:
                    data = connection.recv(1 << 20)
                    heard.append(data)
                    if not data:
                        return
                if answer is None:
                    return
                if answer == SILENCE:
                    ended.wait(30)
                    return
                connection.sendall(answer + b"\r\n")

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=converse, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
