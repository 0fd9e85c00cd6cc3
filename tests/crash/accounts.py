"""The year's accounts, drawn up from outside: the world's record, the ledger's file and the workbooks must agree."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.crash.spreadsheets import Workbooks
from tests.crash.verdict import divergent_rows, numbers_out_of_line
from tests.crash.world import Record

_WORD = re.compile(r"xq[a-z]{4}zx")
_HELD = {"list", "advert"}
"""Kinds of mail that wait for a person, by design: who writes so is no headman, and a clerk decides."""
_ONCE = ("headman/confirmation", "headman/closure", "liaison/referral")


def faults(record: Record, ledger: Path, sheets: Path) -> Iterator[str]:
    """One line for everything that does not agree."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        requests = {row["number"]: row for row in connection.execute("SELECT * FROM requests")}
        yield from _mails(record, connection)
        yield from _requests(record, requests)
        yield from _letters(record, connection, requests)
        yield from divergent_rows(requests, Workbooks(sheets).rows())


def _mails(record: Record, ledger: sqlite3.Connection) -> Iterator[str]:
    """Each mail is one arrival, read or rightly held, and each of its copies was put away once."""
    arrivals = dict(map(tuple, ledger.execute("SELECT content_hash, state FROM arrivals")))
    put_away = dict(record.ask("SELECT hash, count(*) FROM put_away GROUP BY hash"))
    for digest, kind, word, copies in record.ask("SELECT * FROM mails"):
        if arrivals.get(digest) != ("held" if kind in _HELD else "read"):
            yield f"{kind} {word}: its arrival is {arrivals.get(digest)}"
        if put_away.get(digest) != copies:
            yield f"{kind} {word}: {put_away.get(digest)} copies put away of {copies}"
    [(mails,)] = record.ask("SELECT count(*) FROM mails")
    if len(arrivals) != mails:
        yield f"{len(arrivals)} arrivals of {mails} mails"


def _requests(record: Record, requests: dict[str, Any]) -> Iterator[str]:
    """Each was asked for once; each that somebody closed is closed as he said; no note is gone."""
    yield from numbers_out_of_line(requests)
    found = Counter(word for row in requests.values() for word in set(_WORD.findall(row["subject"])))
    asked = {str(word) for (word,) in record.ask("SELECT word FROM mails WHERE kind = 'request'")}
    yield from (f"{word} was asked once and is {found[word]} requests" for word in asked if found[word] != 1)
    if strange := [
        row["number"] for row in requests.values() if not set(_WORD.findall(row["subject"])) & asked
    ]:
        yield f"{len(strange)} requests that nobody asked for: {strange[:5]}"
    for word, number in record.ask("SELECT * FROM closed"):
        row = requests.get(str(number))
        if row is None or row["status"] != "Tamamlandı" or str(word) not in row["result"]:
            yield f"{number} is not closed as {word} said: {row and (row['status'], row['result'])}"
    for word, number in record.ask("SELECT * FROM notes"):
        row = requests.get(str(number))
        if row is None or str(word) not in row["note"]:
            yield f"note {word} on {number} is lost"


def _letters(record: Record, ledger: sqlite3.Connection, requests: dict[str, Any]) -> Iterator[str]:
    """Whatever is owed has come or was refused, nothing else has; what there is to say once was owed once."""
    outbox = {
        row["message_id"]: row
        for row in ledger.execute("SELECT message_id, occasion, state, about FROM outbox")
    }
    come = {str(message_id) for (message_id,) in record.ask("SELECT message_id FROM letters")}
    refused = {str(message_id) for (message_id,) in record.ask("SELECT message_id FROM refused")}
    for message_id, row in outbox.items():
        there = come if row["state"] == "sent" else refused if row["state"] == "refused" else set()
        if message_id not in there:
            yield f"{row['occasion']} {message_id} is {row['state']} and did not come"
    yield from (f"a letter that nobody owed: {message_id}" for message_id in (come | refused) - outbox.keys())
    owed = Counter(
        (row["occasion"], number)
        for row in outbox.values()
        for number in re.findall(r"MHT-\d{4}-\d{6}", row["about"])
    )
    for number, request in requests.items():
        closed = request["closed_at"] is not None
        for occasion, times in zip(_ONCE, (1, int(closed), 1), strict=True):
            if owed[occasion, number] != times:
                yield f"{number}: {occasion} is owed {owed[occasion, number]} times, not {times}"
