"""Mails whose petition is in an attached scan: found by the desk, read later by the scans' step."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePath

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


def scans_in(mail: Mail) -> Iterator[Attachment]:
    """The attachments that may be petitions, of the mail and of the one forwarded in it."""
    seen: set[str] = set()
    for each in files_of(mail):
        if is_scan(each) and each.content_hash not in seen:
            seen.add(each.content_hash)
            yield each


def others_in(mail: Mail) -> list[Attachment]:
    """What else came with the scans, but for the logos and archives of nothing else."""
    files = {file.content_hash: file for file in files_of(mail) if not is_scan(file)}
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
