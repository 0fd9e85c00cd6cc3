"""The office that the checker torments: small mappings, three directorates, a proxy before each mail server."""

import re
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Self

from daemon.domain.clock import istanbul
from tests.crash.clock import Clock
from tests.crash.google import GoogleSheets
from tests.crash.power import ColdDaemon, Daemon, command
from tests.crash.spreadsheets import Spreadsheets, Workbooks
from tests.office import ADDRESS, make_office
from tests.real.faultproxy import FaultProxy
from tests.real.servers import MailServers

DIRECTORATES = {
    "fen": "Fen İşleri Müdürlüğü",
    "temizlik": "Temizlik İşleri Müdürlüğü",
    "park": "Park Müdürlüğü",
}
PLACES = ("Atapark", "Yayla", "Köşk", "Çiçekli", "Ovacık", "Güneşevler")
PROBLEMS = {
    "fen": "asfalt çöktü, derin çukurlar oluştu; yama yapılmasını arz ederim.",
    "temizlik": "çöp konteynerleri üç gündür boşaltılmıyor; temizlenmesini rica ederim.",
    "park": "çocuk parkında salıncak kırık; onarılmasını rica ederiz.",
}
_WORDS = {"fen": "[asfalt: 5, çukur: 5]", "temizlik": "[çöp: 5, konteyner: 5]", "park": "[salıncak: 5]"}
STAFF = "buro@ornek.bel.tr"
START = istanbul(date(2026, 10, 12), 9, 30)
"""A Monday."""


def liaison_of(code: str) -> str:
    return f"{code}.irtibat@ornek.bel.tr"


def headman_of(place: str) -> str:
    return f"muhtar{PLACES.index(place)}@example.com"


def _mappings() -> str:
    lines = ["deadlines: {default: {business_days: 3}}", "reminders:"]
    lines += [
        "  - {name: gecikti, business_days_late: 1, to: liaison, template: liaison/reminder, repeat_every: 1}"
    ]
    lines += [f"office_staff: [{STAFF}]", "directorates:"]
    for code, name in DIRECTORATES.items():
        lines += [f"  - code: {code}", f"    name: {name}", f"    manager: {code}.mudur@ornek.bel.tr"]
        lines += [f"    liaisons: [{{name: {code.title()} İrtibat, email: {liaison_of(code)}}}]"]
    lines.append("neighbourhoods:")
    for place in PLACES:
        headman = f"{{name: {place} Muhtarı, emails: [{headman_of(place)}]}}"
        lines.append(f"  - {{name: {place}, headman: {headman}}}")
    lines.append("categories:")
    lines += [f"  - {{name: İş {c}, directorate: {c}, words: {words}}}" for c, words in _WORDS.items()]
    return "\n".join(lines) + "\n"


class CrashOffice:
    """Servers, settings, clock and spreadsheets; the daemon in it lives and dies."""

    def __init__(self, servers: MailServers, folder: Path, *, at_google: bool = False) -> None:
        """``at_google``: its spreadsheets are Google's, at the stand-in; else workbooks."""
        self.servers = servers
        self.config = make_office(folder, servers)
        self.config.with_name("mappings.yaml").write_text(_mappings())
        self._proxies = ExitStack()
        self.imap = self._proxies.enter_context(FaultProxy(servers.imap_port))
        self.smtp = self._proxies.enter_context(FaultProxy(servers.smtp_port))
        settings = self.config.read_text()
        settings = settings.replace(f"port = {servers.imap_port}", f"port = {self.imap.port}\ntimeout = 3.0")
        settings = settings.replace(f"port = {servers.smtp_port}", f"port = {self.smtp.port}\ntimeout = 3.0")
        self.scanner = folder / "tarama"
        settings += '[scans]\nfolder = "tarama"\n'
        self.google: GoogleSheets | None = None
        if at_google:
            self.google = self._proxies.enter_context(GoogleSheets(DIRECTORATES))
            settings += self.google.settings(self.config)
        self.config.write_text(settings)
        self.clock = Clock(folder / "clock")
        self.clock.put(START)
        self.sheets: Spreadsheets = self.google or Workbooks(folder / "tablolar")
        for user in self.users():
            servers.clear(user)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._proxies.close()

    @staticmethod
    def users() -> list[str]:
        """Everybody who has a mailbox here; the office's own first."""
        people = [headman_of(place) for place in PLACES]
        for code in DIRECTORATES:
            people += [liaison_of(code), f"{code}.mudur@ornek.bel.tr"]
        return [ADDRESS, *people, STAFF, "muhtarlik.mudur@ornek.bel.tr"]

    def start(self, point: str = "") -> Daemon:
        return Daemon(self.config, self.clock, point)

    def start_cold(self, point: str = "") -> ColdDaemon:
        """As a machine starts it: a fresh interpreter, every import; seconds instead of a tenth of one."""
        return ColdDaemon(self.config, self.clock, point)

    def once(self) -> tuple[int, str]:
        """``muhtarlik once`` at the clock's time."""
        return self.command("once", "--at", self.clock().isoformat())

    def command(self, *arguments: str) -> tuple[int, str]:
        return command(self.config, *arguments)

    def later(self, by: timedelta) -> None:
        self.clock.put(self.clock() + by)

    def next_morning(self, days: int = 1) -> None:
        """Five past nine, so many days on."""
        day = self.clock().astimezone(START.tzinfo).date() + timedelta(days=days)
        self.clock.put(istanbul(day, 9, 5))

    def now(self) -> datetime:
        return self.clock()

    def heal(self) -> None:
        for proxy in (self.imap, self.smtp):
            proxy.delay, proxy.cut_after = 0.0, None
            proxy.heal()
        if self.google:
            self.google.heal()

    def letters(self, user: str) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.servers.mailbox(user)]


NUMBER = re.compile(r"MHT-\d{4}-\d{6}")


def numbers_in(letter: EmailMessage) -> list[str]:
    """The request's number in a letter's subject."""
    return NUMBER.findall(str(letter["Subject"]))
