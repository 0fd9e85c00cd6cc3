"""The demo's mail server: IMAP, SMTP and a web page in this process (mail-devel), on loopback, in memory."""

import asyncio
import logging
import smtplib
import socket
import threading
from dataclasses import dataclass

from daemon.domain.errors import Temporary

PASSWORD = "demo"


def free_port() -> int:
    """A loopback TCP port that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    return int(port)


@dataclass(frozen=True, slots=True)
class Ports:
    imap: int
    smtp: int
    web: int


class MailServer:
    """Everybody has a mailbox; the password is the same for all. Use as a context manager."""

    def __init__(self, user: str) -> None:
        self.ports = Ports(free_port(), free_port(), free_port())
        self._user = user
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._done: asyncio.Event | None = None
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="demo-mail", daemon=True)

    @property
    def web_page(self) -> str:
        return f"http://127.0.0.1:{self.ports.web}/"

    def __enter__(self) -> "MailServer":
        self._thread.start()
        if not self._ready.wait(120) or self._fault:
            raise Temporary(
                "demo mail server did not start", reason="Gösterimin posta sunucusu başlatılamadı."
            )
        return self

    def __exit__(self, *exc: object) -> None:
        if self._done is not None:
            self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(5)

    def deliver(self, raw: bytes, *, sender: str, recipient: str) -> None:
        """Hand a mail in as an outsider's mail server would."""
        with smtplib.SMTP("127.0.0.1", self.ports.smtp, timeout=10) as smtp:
            smtp.sendmail(sender, [recipient], raw)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as fault:
            self._fault = fault
            self._ready.set()

    async def _serve(self) -> None:
        from mail_devel.service import Service

        for name in ("mail_devel", "mail.log", "pymap", "aiohttp.access"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._done = asyncio.Event()
        arguments = [
            *("--host", "127.0.0.1", "--user", self._user, "--password", PASSWORD, "--multi-user"),
            *("--imap-port", str(self.ports.imap), "--smtp-port", str(self.ports.smtp)),
            *("--http-port", str(self.ports.web)),
        ]
        service = await Service.init(Service.parse(arguments))
        async with service.start():
            self._ready.set()
            await self._done.wait()
