"""The naive script: imap_tools, and one row appended to a workbook through openpyxl for each mail."""

import json
import ssl
import sys
import time
from pathlib import Path

from imap_tools.mailbox import MailBox
from openpyxl import Workbook, load_workbook

from daemon.settings import load_settings
from tests.bench.memory import peak_mb


def main(config: str) -> None:
    settings = load_settings(Path(config))
    path = Path(config).with_name("naive.xlsx")
    book = Workbook()
    book.active.append(["uid", "from", "subject", "text"])
    book.save(path)
    context = ssl.create_default_context(cafile=settings.imap.ca_file)
    started = time.perf_counter()
    box = MailBox(settings.imap.host, settings.imap.port, ssl_context=context)
    box.client._encoding = "utf-8"  # type: ignore[attr-defined]  # the password is Turkish
    with box.login(settings.imap.user, settings.imap.password()):
        for mail in list(box.fetch(mark_seen=False)):
            book = load_workbook(path)
            book.active.append([mail.uid, mail.from_, mail.subject, mail.text])
            book.save(path)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1])
