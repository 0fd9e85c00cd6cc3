"""An office for tests on real servers: people who write and type, a daemon that takes its turns, a clock."""

import sqlite3
from contextlib import closing
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from openpyxl import load_workbook

from daemon.app import App
from daemon.domain.clock import istanbul
from daemon.domain.request import Request
from daemon.domain.review import Review
from daemon.settings import load_settings
from tests.office import ADDRESS, mail, make_office
from tests.real.servers import MailServers

RECEIPT = date(2026, 10, 12)
"""A Monday; fifteen business days later is 3 November, for 29 October is a holiday and 28 October half a day."""


class Office:
    """The office under test: its servers, its application and its clock."""

    def __init__(self, servers: MailServers, folder: Path, *, authserv_id: str = "") -> None:
        """With ``authserv_id``, senders must be vouched for by the mail server of that name."""
        self.servers = servers
        self.config = make_office(folder, servers)
        if authserv_id:
            trusting, demanding = 'require = "none"', f'require = "dmarc"\nauthserv_id = "{authserv_id}"'
            self.config.write_text(self.config.read_text().replace(trusting, demanding))
        self.config.write_text(self.settings(self.config.read_text()))
        self.now = istanbul(RECEIPT, 9, 30)
        self.app = App(load_settings(self.config), lambda: self.now)
        self._places = [p for p in self.app.office.registry.neighbourhoods if p.headman.emails]
        self.place = self._places[0]
        self.headman = self.place.headman.emails[0]
        self.liaison = "fen.irtibat@ornek.bel.tr"

    def settings(self, text: str) -> str:
        """``muhtarlik.toml`` as this office has it."""
        return text

    def another_headman(self) -> str:
        """The address of a headman who has not been used before."""
        self.place = self._places.pop()
        self.headman = self.place.headman.emails[0]
        return self.headman

    def turn(self, moment: datetime | None = None) -> None:
        """Let the daemon run until nothing is left to do."""
        self.now = moment or self.now
        tally = self.app.run_until_quiet()
        assert (tally.faults, tally.waiting) == ({}, {})

    def writes(self, sender: str, subject: str, text: str, *, answers: str = "") -> None:
        self.servers.deliver(ADDRESS, mail(sender, subject, text, answers=answers))
        self.turn()

    def letters(self, user: str, occasion: str = "") -> list[EmailMessage]:
        """What lies in somebody's mailbox, oldest first; Postfix needs a moment."""
        with closing(sqlite3.connect(self.config.with_name("ledger.db"))) as ledger:
            query = "SELECT count(*) FROM outbox WHERE recipient = ? AND state = 'sent'"
            [[sent]] = ledger.execute(query, (user,))
        raws = self.servers.await_mail(user, sent)
        found = [message_from_bytes(raw, policy=policy.default) for raw in raws]
        return [m for m in found if not occasion or m["X-Muhtarlik-Letter"] == occasion]

    def answers(self, letter: EmailMessage, text: str, *, sender: str = "") -> None:
        """Somebody presses "reply" on a letter; by default whom it was sent to."""
        writer = sender or letter["To"].addresses[0].addr_spec
        self.writes(writer, f"Re: {letter['Subject']}", text, answers=letter["Message-ID"])

    def asked(self, subject: str, text: str) -> str:
        """A headman who has not written before asks for something; returns the request's number."""
        headman = self.another_headman()
        self.writes(headman, subject, text)
        [confirmation] = self.letters(headman, "headman/confirmation")
        return str(confirmation["Subject"])[1:16]

    def asked_again(self, subject: str, text: str) -> str:
        """The headman who wrote last asks for something else: not every test needs one of its own."""
        self.writes(self.headman, subject, text)
        return str(self.letters(self.headman, "headman/confirmation")[-1]["Subject"])[1:16]

    def request(self, number: str) -> Request:
        with self.app.ledger.view() as view:
            found = view.request(number)
        assert found is not None
        return found

    def reviews(self, number: str = "") -> list[Review]:
        """What waits in ``İnceleme``: about one request, or about none."""
        with self.app.ledger.view() as view:
            return [review for review in view.reviews() if review.number == number]

    def row(self, code: str, number: str) -> dict[str, object] | None:
        """The request's row as a person sees it in the workbook."""
        sheet = load_workbook(self.config.parent / "tablolar" / f"{code}.xlsx")["Talepler"]
        headers = [cell.value for cell in sheet[1]]
        for line in sheet.iter_rows(min_row=2, values_only=True):
            cells = dict(zip(headers, line, strict=False))
            if cells["Talep No"] == number:
                return cells
        return None

    def types(self, code: str, number: str, **cells: object) -> None:
        """A person changes cells of a row of ``Talepler`` and saves."""
        self.types_into(code, "Talepler", {"Talep No": number}, cells)

    def types_into(self, code: str, title: str, where: dict[str, object], cells: dict[str, object]) -> None:
        """A person changes cells of the row in which ``where`` stands (a new one if none is given)."""
        path = self.config.parent / "tablolar" / f"{code}.xlsx"
        book = load_workbook(path)
        sheet = book[title]
        top = next(row for row in sheet.iter_rows(max_row=15) if set(cells) <= {c.value for c in row})
        columns = {cell.value: cell.column for cell in top}
        rows = range(top[0].row + 1, sheet.max_row + 2)
        row = next(
            n
            for n in rows
            if all(sheet.cell(n, columns[key]).value == value for key, value in where.items())
            and (where or all(sheet.cell(n, column).value is None for column in columns.values()))
        )
        for header, value in cells.items():
            sheet.cell(row, columns[header]).value = value
        book.save(path)

    def status(self, number: str) -> str:
        return self.request(number).status.value
