"""The world around the simulated year's daemon: an inbox and a mail server with faults, and a record of both.

What the world saw is kept in a file of its own (``outside.db``), not in memory: the year's memory is the daemon's.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from daemon.domain.errors import Temporary
from daemon.domain.mail import Arrival
from daemon.domain.notice import Letter
from daemon.ports.outgoing import Delivery

BATCH = 50
_TABLES = """
CREATE TABLE mails (hash TEXT PRIMARY KEY, kind TEXT, word TEXT, copies INTEGER);
CREATE TABLE closed (word TEXT PRIMARY KEY, number TEXT);
CREATE TABLE notes (word TEXT PRIMARY KEY, number TEXT);
CREATE TABLE letters (message_id TEXT PRIMARY KEY, recipient TEXT, occasion TEXT, about TEXT, copies INTEGER);
CREATE TABLE refused (message_id TEXT PRIMARY KEY);
CREATE TABLE open_referrals (number TEXT PRIMARY KEY, message_id TEXT, liaison TEXT);
CREATE TABLE put_away (hash TEXT, folder TEXT);
CREATE INDEX put_away_by_hash ON put_away (hash);
"""
_DIRECT = "liaison/referral"


class Record:
    """What was seen from outside."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000; {_TABLES}"
        )

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self.db.execute(query, values).fetchall()

    def wrote(self, raw: bytes, kind: str, word: str) -> None:
        digest = sha256(raw).hexdigest()
        self.db.execute(
            "INSERT INTO mails VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET copies = copies + 1",
            (digest, kind, word),
        )

    def took(self, letter: Letter) -> None:
        """A letter has come to its reader; a referral waits for its answer."""
        number = letter.about[0] if letter.about else ""
        row = (letter.message_id, letter.recipient, letter.occasion, " ".join(letter.about))
        again = self.ask("SELECT 1 FROM letters WHERE message_id = ?", letter.message_id)
        self.db.execute(
            "INSERT INTO letters VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET copies = copies + 1", row
        )
        if letter.occasion == _DIRECT and not again:
            self.db.execute(
                "INSERT OR IGNORE INTO open_referrals VALUES (?, ?, ?)",
                (number, letter.message_id, letter.recipient),
            )

    def open_referral(self, chance: Random) -> tuple[str, str, str] | None:
        """(number, Message-ID, liaison) of one that nobody has answered."""
        [(last,)] = self.ask("SELECT max(rowid) FROM open_referrals")
        if not isinstance(last, int):
            return None
        found = self.ask(
            "SELECT number, message_id, liaison FROM open_referrals WHERE rowid >= ? LIMIT 1",
            chance.randint(1, last),
        )
        return (str(found[0][0]), str(found[0][1]), str(found[0][2])) if found else None

    def answered(self, number: str) -> None:
        self.db.execute("DELETE FROM open_referrals WHERE number = ?", (number,))


@dataclass(slots=True)
class Weather:
    """Which fault strikes when, and how often each has."""

    chance: Random
    fair: bool = False
    counted: Counter[str] = field(default_factory=Counter)

    def strikes(self, fault: str, likely: float) -> bool:
        if self.fair or self.chance.random() >= likely:
            return False
        self.counted[fault] += 1
        return True

    def breaks(self, fault: str, likely: float) -> None:
        """Raise :class:`Temporary` when it does."""
        if self.strikes(fault, likely):
            raise Temporary(fault, reason="Bağlantı koptu.")


class Inbox:
    """A :class:`daemon.ports.incoming.Source` whose line is cut now and then, before and after the effect."""

    def __init__(self, record: Record, weather: Weather, clock: Callable[[], datetime]) -> None:
        self._record, self._weather, self._clock = record, weather, clock
        self._mails: dict[str, tuple[bytes, datetime]] = {}
        self._validity, self._uid = 1, 0

    def __len__(self) -> int:
        return len(self._mails)

    def put(self, raw: bytes) -> None:
        self._uid += 1
        self._mails[f"INBOX/{self._validity}/{self._uid}"] = (raw, self._clock())

    def number_anew(self) -> None:
        """UIDVALIDITY changes: every mail that still lies here has another key."""
        self._validity += 1
        former, self._mails = list(self._mails.values()), {}
        for raw, at in former:
            self._uid += 1
            self._mails[f"INBOX/{self._validity}/{self._uid}"] = (raw, at)

    def fetch(self, known: Callable[[Sequence[str]], set[str]]) -> Iterator[list[Arrival]]:
        self._weather.breaks("inbox away", 0.01)
        keys = list(self._mails)
        keys = [key for key in keys if key not in known(keys)]
        for start in range(0, len(keys), BATCH):
            yield [self._arrival(key) for key in keys[start : start + BATCH]]
            self._weather.breaks("cut amid fetching", 0.01)

    def _arrival(self, key: str) -> Arrival:
        raw, at = self._mails[key]
        return Arrival("imap", key, sha256(raw).hexdigest(), at, raw)

    def settle(self, keys: Sequence[str], *, held: bool = False) -> None:
        if not keys:
            return
        self._weather.breaks("cut before the move", 0.01)
        for key in keys:
            if found := self._mails.pop(key, None):
                self._record.db.execute(
                    "INSERT INTO put_away VALUES (?, ?)",
                    (sha256(found[0]).hexdigest(), "held" if held else "done"),
                )
        self._weather.breaks("cut after the move", 0.01)

    def wait(self, seconds: float) -> bool:
        return bool(self._mails)

    def close(self) -> None: ...


class Postman:
    """A :class:`daemon.ports.outgoing.Mailer`: refuses, puts off, hangs up before and after the letter was taken."""

    def __init__(self, record: Record, weather: Weather) -> None:
        self._record, self._weather = record, weather

    def __enter__(self) -> Self:
        self._weather.breaks("mail server away", 0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, letter: Letter) -> Delivery:
        self._weather.breaks("cut before DATA", 0.002)
        if self._weather.strikes("450", 0.005):
            return Delivery(accepted=False, detail="450 4.2.1 busy")
        if self._weather.strikes("550", 0.0005):
            self._record.db.execute("INSERT INTO refused VALUES (?)", (letter.message_id,))
            return Delivery(accepted=False, refused=True, detail="550 5.1.1 unknown")
        self._record.took(letter)
        self._weather.breaks("cut after DATA", 0.002)
        return Delivery(accepted=True)
