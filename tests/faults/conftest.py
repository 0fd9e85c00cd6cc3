"""An office on real servers, with a proxy before each of them that can be made to fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon import points
from daemon.app import App
from daemon.settings import load_settings
from tests.office import ADDRESS, mail
from tests.outbox import worded
from tests.real.conftest import servers as servers
from tests.real.faultproxy import FaultProxy
from tests.real.people import Office
from tests.real.servers import MailServers

TEXT = "Okulun önündeki yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
NUMBER = "MHT-2026-000001"
FAR = datetime(2100, 1, 1, tzinfo=UTC)


class FaultyOffice(Office):
    """Its daemon reaches the servers through :attr:`imap` and :attr:`smtp`, and gives up after two seconds."""

    def __init__(self, servers: MailServers, folder: Path, imap: FaultProxy, smtp: FaultProxy) -> None:
        self.imap, self.smtp = imap, smtp
        super().__init__(servers, folder)
        for user in (
            ADDRESS,
            self.headman,
            self.liaison,
            "buro1@ornek.bel.tr",
            "muhtarlik.mudur@ornek.bel.tr",
        ):
            servers.clear(user)

    def settings(self, text: str) -> str:
        text = text.replace(f"port = {self.servers.imap_port}", f"port = {self.imap.port}\ntimeout = 2.0")
        return text.replace(f"port = {self.servers.smtp_port}", f"port = {self.smtp.port}\ntimeout = 2.0")

    def reopen(self) -> None:
        """The daemon starts anew, with the settings as they are now."""
        self.app.__exit__()
        self.app = App(load_settings(self.config), lambda: self.now)

    def asks(self) -> None:
        """The first headman's mail, waiting in the inbox."""
        self.servers.deliver(ADDRESS, mail(self.headman, "Asfalt", TEXT))

    def notices(self, title: str) -> list[str]:
        """What the office has been told under that title: the letters owed to its first clerk."""
        with self.app.ledger.engine.connect() as connection:
            ids = (
                connection.exec_driver_sql("SELECT message_id FROM outbox WHERE mime != x''").scalars().all()
            )
        with self.app.ledger.view() as view:
            stored = [*filter(None, map(view.letter_about, ids))]
            stored += [each for each in view.letters_waiting(FAR, 9_999) if each.letter is None]
        letters = [
            worded(self.app, each)
            for each in stored
            if (each.occasion, each.recipient) == ("office/notice", "buro1@ornek.bel.tr")
        ]
        return [letter.mime.decode() for letter in letters if title in letter.subject]

    def message_ids(self) -> list[bytes]:
        """Of every letter that this office has owed; another test's may still be on its way through Postfix."""
        with self.app.ledger.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT message_id FROM outbox")
            return [row[0].encode() for row in found]

    def holds_one_request(self) -> None:
        """As if nothing had happened: one arrival, one request, its letters once each."""
        assert self.servers.mailbox(ADDRESS) == []
        assert len(self.servers.mailbox(ADDRESS, "Islenenler")) == 1
        assert self.row("fen", NUMBER) is not None
        with self.app.ledger.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM arrivals").scalar() == 1
        with self.app.ledger.view() as view:
            assert view.request("MHT-2026-000002") is None
            assert view.verify_chain().is_sound
        confirmations = self.letters(self.headman, "headman/confirmation")
        assert len({letter["Message-ID"] for letter in confirmations}) == 1
        assert len({letter["Message-ID"] for letter in self.letters(self.liaison, "liaison/referral")}) == 1


@pytest.fixture
def office(servers: MailServers, tmp_path: Path) -> Iterator[FaultyOffice]:
    with FaultProxy(servers.imap_port) as imap, FaultProxy(servers.smtp_port) as smtp:
        found = FaultyOffice(servers, tmp_path / "ofis", imap, smtp)
        yield found
        found.app.__exit__()


@contextmanager
def at(point: str, fault: object) -> Iterator[None]:
    """When the daemon first comes to ``point``, ``fault`` happens (once)."""
    waiting = [fault]

    def watch(name: str) -> None:
        if name == point and waiting:
            waiting.pop()()  # type: ignore[operator]

    points.arm("", watch)
    try:
        yield
        assert not waiting, f"{point} was never reached"
    finally:
        points.arm("")
