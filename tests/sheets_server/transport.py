"""HTTP on a socket: keep-alive, each answer in one segment, no Nagle, connections that can be cut."""

import re
import socket
import struct
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.sheets_server.wire import Answer, Request

_DRIVE = re.compile(r"(/upload|/resumable/upload)?/drive/")
_SHEETS = {"Cache-Control": "private", "Vary": "Origin, X-Origin, Referer"}
_DRIVES = {
    "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
    "Pragma": "no-cache",
    "Expires": "Mon, 01 Jan 1990 00:00:00 GMT",
    "Vary": "Origin, X-Origin",
}
_EVERYWHERE = {"X-XSS-Protection": "0", "X-Frame-Options": "SAMEORIGIN", "X-Content-Type-Options": "nosniff"}
"""Headers as recorded of the real service: what Drive tells must not be kept."""

LARGEST = 64 * 1024 * 1024
"""Bytes that a request may have."""


class Listener(ThreadingHTTPServer):
    """Listens, answers each connection in a thread of its own, and can hang up on all of them."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], answer: Callable[[Request], Answer]) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        super().__init__(address, _Conversation)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection, then answers it in its thread."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Ends one connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is printed."""
        import sys

        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """Ends all connections that are still open."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Conversation(BaseHTTPRequestHandler):
    """One connection: request after request."""

    server: Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 0
    timeout = 120

    def _respond(self) -> None:
        request = self._request()
        if request is not None:
            self._send(self.server.answer(request), request.path)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _respond  # noqa: N815

    def _request(self) -> Request | None:
        split = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self._body(headers)
        if body is None:
            self.close_connection = True
            self._send(Answer(413, b'{"error":{"code":413,"message":"Request Entity Too Large"}}'))
            return None
        query = parse_qs(split.query, keep_blank_values=True)
        verb = headers.get("x-http-method-override", self.command)
        if verb != self.command and headers.get("content-type", "").startswith("application/x-www-form"):
            query |= parse_qs(body.decode("ascii", "replace"), keep_blank_values=True)
            body = b""
        return Request(verb.upper(), split.path, query, headers, body)

    def _body(self, headers: dict[str, str]) -> bytes | None:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunks()
        length = headers.get("content-length") or "0"
        return self.rfile.read(int(length)) if length.isdigit() and int(length) <= LARGEST else None

    def _chunks(self) -> bytes | None:
        body = bytearray()
        while size := int(self.rfile.readline().partition(b";")[0] or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
            if len(body) > LARGEST:
                return None
        while self.rfile.readline().strip():
            pass
        return bytes(body)

    def _send(self, answer: Answer, path: str = "") -> None:
        if answer.cut:
            self._cut()
            return
        head = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('',))[0]}"]
        said = {"Date": self.date_time_string(), "Content-Type": answer.content_type, "Server": "ESF"}
        said |= _DRIVES if _DRIVE.match(path) else _SHEETS
        said |= {**_EVERYWHERE, "Content-Length": str(len(answer.body)), **answer.headers}
        if answer.status == 204:
            said["Content-Type"] = "text/html"
        if self.close_connection:
            said["Connection"] = "close"
        head += [f"{name}: {value}" for name, value in said.items()]
        start = "\r\n".join(head).encode("latin-1", "replace") + b"\r\n\r\n"
        body = b"" if self.command == "HEAD" else answer.body
        if answer.pause:
            half = len(body) // 2
            self.wfile.write(start + body[:half])
            time.sleep(answer.pause)
            self.wfile.write(body[half:])
            return
        self.wfile.write(start + body)

    def _cut(self) -> None:
        """Ends the connection without an answer: the client sees a reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has above
        """Says nothing: the server counts its calls itself."""
