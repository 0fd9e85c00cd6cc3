"""An office whose daemon lives in processes that may be killed; and what must hold of it, seen from outside."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from openpyxl import load_workbook

from daemon.app import App
from daemon.domain.clock import istanbul
from daemon.ports import RequestFilter
from daemon.settings import load_settings
from tests.office import ADDRESS, mail, make_office
from tests.real.servers import MailServers

NOW = istanbul(date(2026, 10, 12), 9, 30)
NUMBER = "MHT-2026-000001"
LIAISON = "fen.irtibat@ornek.bel.tr"
AFTER_RECEIPT = {"headman/confirmation": 1, "liaison/referral": 1}
AFTER_CLOSURE = AFTER_RECEIPT | {"headman/closure": 1, "liaison/thanks": 1}


class Life:
    """An office whose daemon runs in processes that may be killed; seen from outside only."""

    def __init__(self, servers: MailServers, folder: Path) -> None:
        self.servers = servers
        self.config = make_office(folder, servers)
        with self.app() as app:
            places = app.office.registry.neighbourhoods
            self.headman = next(p.headman.emails[0] for p in places if p.headman.emails)

    def app(self) -> App:
        return App(load_settings(self.config), lambda: NOW)

    def run(self, point: str = "") -> subprocess.CompletedProcess[str]:
        """One ``once``, killed at ``point``."""
        return subprocess.run(
            [sys.executable, "-m", "tests.real.killed", str(self.config), NOW.isoformat(), point],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def die_at(self, points: Sequence[str]) -> None:
        for point in points:
            died = self.run(point)
            assert died.returncode == -signal.SIGKILL, f"{point} was not reached: {died.stdout}{died.stderr}"

    def survive(self) -> list[str]:
        """One undisturbed ``once``; returns the points that it passed."""
        ended = self.run()
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.split()

    def asks(self) -> None:
        text = "Okulun önündeki yolda asfalt çöktü, derin çukurlar oluştu. Yama yapılmasını arz ederim."
        self.servers.deliver(ADDRESS, mail(self.headman, "Asfalt", text))

    def answers(self) -> None:
        referral = next(m for m in self.letters(LIAISON) if m["X-Muhtarlik-Letter"] == "liaison/referral")
        reply = mail(LIAISON, f"Re: {referral['Subject']}", "Tamamlanmıştır.", answers=referral["Message-ID"])
        self.servers.deliver(ADDRESS, reply)

    def letters(self, user: str) -> list[EmailMessage]:
        """What lies in the mailbox once all that the ledger calls sent has come."""
        with self.app() as app, app.ledger.view() as view:
            sent = sum(r.recipient == user and r.state == "sent" for r in view.letters_of(NUMBER))
        raws = self.servers.await_mail(user, sent)
        return [message_from_bytes(raw, policy=policy.default) for raw in raws]

    def rows(self) -> list[tuple[str, str, str]]:
        """(workbook, number, status) of every row in any directorate's workbook."""
        found = []
        for path in sorted((self.config.parent / "tablolar").glob("*.xlsx")):
            book = load_workbook(path, read_only=True)
            if "Talepler" in book.sheetnames:
                lines = book["Talepler"].iter_rows(min_row=2, values_only=True)
                found += [(path.stem, str(line[0]), str(line[8])) for line in lines if line and line[0]]
            book.close()
        return found

    def holds(self, *, mails: int, status: str, occasions: dict[str, int]) -> None:
        """What anybody can see from outside is as if nothing had happened."""
        assert self.servers.mailbox(ADDRESS) == []
        assert len(self.servers.mailbox(ADDRESS, "Islenenler")) == mails
        assert self.rows() == [("fen", NUMBER, status)]
        with self.app() as app, app.ledger.view() as view:
            assert [request.number for request in view.requests(RequestFilter())] == [NUMBER]
            assert view.verify_chain().is_sound
            assert view.held_arrivals() == []
        letters = [*self.letters(self.headman), *self.letters(LIAISON)]
        different = {letter["Message-ID"]: letter["X-Muhtarlik-Letter"] for letter in letters}
        assert dict(Counter(different.values())) == occasions
        for copies in Counter(letter["Message-ID"] for letter in letters).values():
            assert copies <= 2, "a letter in doubt goes once more, with the same Message-ID"

    def was_received(self) -> None:
        self.holds(mails=1, status="Yönlendirildi", occasions=AFTER_RECEIPT)

    def was_closed(self) -> None:
        self.holds(mails=2, status="Tamamlandı", occasions=AFTER_CLOSURE)
