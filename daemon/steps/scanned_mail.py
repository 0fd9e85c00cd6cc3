"""Mails whose petition is in an attached scan or typed letter: found by the desk, read later by the scans' step."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from daemon.domain.clock import day_of
from daemon.domain.files.limits import SHORTEST_PETITION
from daemon.domain.mail import (
    FILE_SCANS,
    FOLDER_FILES,
    FOLDER_SCANS,
    HAND_FILES,
    HANDED_IN,
    MAIL_SCANS,
    SCAN_SUFFIXES,
    Arrival,
    Attachment,
    Mail,
)
from daemon.domain.office import Office
from daemon.domain.petitions.reading import bears_signs, read_petitions
from daemon.domain.petitions.typed import may_be_petition, typed_pages
from daemon.domain.text import words
from daemon.steps.exports import files_of

_MARK = re.compile(rb"X-Muhtarlik-Scans: (attached|folder|file)\r\n")
"""Of files that were handed in it names the source."""
_LEAST_BYTES = 8_192
"""A picture smaller than this is a logo."""


def is_scan(attachment: Attachment) -> bool:
    """Whether it may be a petition on paper."""
    suffix = PurePath(attachment.name).suffix.lower()
    picture = attachment.type.startswith("image/") or suffix in SCAN_SUFFIXES - {".pdf"}
    if suffix not in SCAN_SUFFIXES and not picture and attachment.type != "application/pdf":
        return False
    return not (attachment.size < _LEAST_BYTES and (attachment.inline or picture))


def is_letter(attachment: Attachment) -> bool:
    """Whether it may be a petition typed in a word processor."""
    return len(words(attachment.words)) >= SHORTEST_PETITION


def scans_in(mail: Mail) -> Iterator[Attachment]:
    """The attachments that may be petitions on paper, of the mail and of the one forwarded in it."""
    return (each for each in papers_in(mail) if is_scan(each))


def papers_in(mail: Mail) -> Iterator[Attachment]:
    """Those, and the ones that may be typed petitions."""
    seen: set[str] = set()
    for each in files_of(mail):
        if (is_scan(each) or is_letter(each)) and each.content_hash not in seen:
            seen.add(each.content_hash)
            yield each


def has_petitions(mail: Mail, office: Office, now: datetime) -> bool:
    """Whether its typed letters are petitions that are read as those on paper are. A single one that bears no signs of
    a petition is words like the mail's own."""
    found = [
        bears_signs(petition)
        for letter in papers_in(mail)
        if is_letter(letter)
        for petition in read_petitions(typed_pages(letter.words), office.registry, day_of(now))
        if may_be_petition(petition, office)
    ]
    return len(found) > 1 or any(found)


def others_in(mail: Mail) -> list[Attachment]:
    """What else came with the papers, but for the logos and archives of nothing else."""
    papers = {file.content_hash for file in papers_in(mail)}
    files = {file.content_hash: file for file in files_of(mail) if file.content_hash not in papers}
    return [file for file in files.values() if not file.is_ornament and not file.is_emptied]


def mail_in(arrival: Arrival) -> bytes:
    """The mail's own bytes: an Outlook file is none with anything before it."""
    return _MARK.sub(b"", arrival.raw, count=1) if _MARK.match(arrival.raw) else arrival.raw


def way_of(arrival: Arrival) -> str:
    """How files were handed in, as their source is called where they are no scans; ``""`` for a mail's."""
    if arrival.is_handed_in:
        return arrival.source
    if arrival.source in {FOLDER_SCANS, FILE_SCANS}:
        return FOLDER_FILES if arrival.source == FOLDER_SCANS else HAND_FILES
    mark = _MARK.match(arrival.raw) if arrival.source == MAIL_SCANS else None
    return mark[1].decode() if mark and mark[1].decode() in HANDED_IN else ""


def said_beside(arrival: Arrival) -> str:
    """Names the ledger's note on the requests that the mail's own words have brought, by its arrival for the scans."""
    return f"said-beside-scan/{arrival.key}"


def as_scans(arrival: Arrival) -> Arrival:
    """The same mail as an arrival of its own for the scans' step; its content differs by one header line."""
    source = arrival.source if arrival.is_handed_in else "attached"
    raw = f"X-Muhtarlik-Scans: {source}\r\n".encode() + arrival.raw
    return Arrival(
        MAIL_SCANS,
        arrival.content_hash,
        hashlib.sha256(raw).hexdigest(),
        arrival.received_at,
        raw,
        arrival.name,
    )
