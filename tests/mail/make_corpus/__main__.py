"""Writes ``../corpus/*.eml`` and, beside each, what must be read from it (``*.json``).

The mails have the shapes that real programs give them (headers, part structure, quotation heads, broken
encodings); persons, places and addresses are invented. Run it again after adding a mail:
``python -m tests.mail.make_corpus``.
"""

import json
from pathlib import Path

from tests.mail.make_corpus.attachments import attachments
from tests.mail.make_corpus.broken import broken
from tests.mail.make_corpus.forwards import forwards
from tests.mail.make_corpus.machines import machines
from tests.mail.make_corpus.raw import MAILS
from tests.mail.make_corpus.replies import replies
from tests.mail.make_corpus.requests import html_requests, requests

FOLDER = Path(__file__).parent.parent / "corpus"
_KINDS = (requests, html_requests, attachments, replies, machines, forwards, broken)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for make in _KINDS:
        make()
    for name, (raw, expected) in MAILS.items():
        (FOLDER / f"{name}.eml").write_bytes(raw)
        text = json.dumps(expected, ensure_ascii=False, indent=2, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
