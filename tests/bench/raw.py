"""The raw limit: one pipelined FETCH, the standard library's parser, one fsynced insert a mail."""

import email
import email.policy
import imaplib
import json
import re
import sqlite3
import ssl
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from daemon.settings import Settings, load_settings
from tests.bench.memory import peak_mb


def now() -> datetime:
    return datetime.now(UTC)


def connect(settings: Settings) -> imaplib.IMAP4_SSL:
    context = ssl.create_default_context(cafile=settings.imap.ca_file)
    server = imaplib.IMAP4_SSL(settings.imap.host, settings.imap.port, ssl_context=context, timeout=60)
    server._encoding = "utf-8"  # type: ignore[attr-defined]  # the password is Turkish; imaplib assumes ASCII
    server.login(settings.imap.user, settings.imap.password())
    server.select("INBOX")
    return server


def main(config: str) -> None:
    settings = load_settings(Path(config))
    server = connect(settings)
    ledger = sqlite3.connect(Path(config).with_name("raw.db"), isolation_level=None)
    ledger.execute("PRAGMA journal_mode=WAL")
    ledger.execute("PRAGMA synchronous=FULL")
    ledger.execute(
        "CREATE TABLE mails (uid TEXT PRIMARY KEY, sender TEXT, subject TEXT, text TEXT, raw BLOB)"
    )
    started = time.perf_counter()
    _, answers = server.uid("FETCH", "1:*", "(BODY.PEEK[])")
    for answer in answers:
        if isinstance(answer, tuple):
            keep(ledger, answer[0], answer[1])
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}))


def keep(ledger: sqlite3.Connection, head: bytes, raw: bytes) -> None:
    uid = re.search(rb"UID (\d+)", head)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    ledger.execute(
        "INSERT INTO mails VALUES (?, ?, ?, ?, ?)",
        (
            uid.group(1).decode() if uid else "",
            str(message["From"]),
            str(message["Subject"]),
            body.get_content() if body else "",
            raw,
        ),
    )


if __name__ == "__main__":
    main(sys.argv[1])
