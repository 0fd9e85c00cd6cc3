"""``reading``, ``form``, ``held``: what would be read from a file, the form that reads back, whose a held arrival is.

Nothing is kept.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from daemon.app.app import App
from daemon.app.shut_in import open_export, open_portfolio, parse_mail, read_material
from daemon.by_hand import (
    EXPORT_SUFFIXES,
    LETTER_SUFFIXES,
    LIST_SUFFIXES,
    as_mail,
    called,
    read_file,
    why_unwritable,
)
from daemon.domain.clock import day_of
from daemon.domain.errors import ConfigurationError, Unprocessable
from daemon.domain.files.pdf_portfolio import holds_files, is_portfolio
from daemon.domain.mail import FILE_SCANS, FOLDER_SCANS, HANDED_IN, MAIL_SUFFIXES, OVERSIZE, SCAN_SUFFIXES
from daemon.domain.near_names import neighbourhoods_near
from daemon.domain.petitions.form import subjects_of, sum_of
from daemon.domain.petitions.petition import FormCode, Page
from daemon.domain.petitions.reading import petitions_json, scan_json
from daemon.domain.petitions.typed import typed_pages
from daemon.domain.reading import read_mail, reading_json
from daemon.domain.text import one_line
from daemon.mail import mime
from daemon.mail.attachments import attachment
from daemon.mail.mime import looks_like_mail
from daemon.mail.parts import OLE_MAGIC
from daemon.ports.records import StoredArrival
from daemon.scans import draw_form, read_scan
from daemon.steps.explaining import explained_list, explained_mail
from daemon.steps.exports import explain, read_exports
from daemon.steps.scan_readings import EMPTY_PORTFOLIO
from daemon.steps.scanned_mail import is_letter, is_scan, mail_in, way_of


def explain_file(app: App, path: Path) -> dict[str, object]:
    """What would be read from a mail, a scan or an exported conversation; writes nothing."""
    raw = read_file(path)
    path = called(path, raw)
    kind = path.suffix.lower()
    if is_portfolio(raw) or holds_files(raw):
        return _explain_portfolio(app, path, raw)
    if kind in SCAN_SUFFIXES:
        return _explain_scan(app, path, raw)
    if kind in EXPORT_SUFFIXES and (found := _explain_export(app, path.name, raw)):
        return found
    if kind in LETTER_SUFFIXES:
        letter = parse_mail(as_mail(path, raw, app.settings, app.clock())).attachments[0]
        if letter.words:
            return scan_json(typed_pages(letter.words), app.office, day_of(app.clock()))
    if kind in LIST_SUFFIXES:
        mail = parse_mail(as_mail(path, raw, app.settings, app.clock()))
        return explained_list(mail, path.name, app.office, read_material)
    if kind not in MAIL_SUFFIXES and not looks_like_mail(raw):
        known = ", ".join(
            sorted(MAIL_SUFFIXES | EXPORT_SUFFIXES | LETTER_SUFFIXES | LIST_SUFFIXES | SCAN_SUFFIXES)
        )
        raise Unprocessable(
            f"{path.name} is no mail",
            reason=f"{path.name}: bu dosya bir ileti, tarama, liste veya sohbet değil (okunabilenler: {known}).",
        )
    mail = parse_mail(raw)
    registry = app.office.registry
    reading = read_mail(
        mail,
        office_address=registry.office_address,
        is_staff=registry.is_staff,
        is_headman=registry.is_headman,
    )
    return reading_json(mail, reading) | explained_mail(mail, reading, app.office, read_material)


_LONGEST_HEADER = 100_000


def told_of(held: StoredArrival | None) -> dict[str, str]:
    """Whose a held arrival is, by its file's name and its header alone: the rest may be what cannot be read."""
    if held is None:
        return {}
    arrival, told = held.arrival, {"sender": "", "subject": ""}
    raw = mail_in(arrival)
    if arrival.source not in {FOLDER_SCANS, FILE_SCANS} and not raw.startswith(OLE_MAGIC):
        header = re.split(rb"\r?\n\r?\n", raw[:_LONGEST_HEADER], maxsplit=1)[0]
        mail = mime.parse_mail(header + b"\r\n\r\n")
        sender = HANDED_IN.get(way_of(arrival)) or str(mail.sender)
        told = {"sender": sender, "subject": one_line(mail.subject)}
    return told | {"file": "" if arrival.name == OVERSIZE else arrival.name}


def print_form(app: App, neighbourhood: str, target: Path) -> str:
    """Write the petition form for a neighbourhood; return its number."""
    place = app.office.registry.neighbourhood(neighbourhood)
    if place is None:
        near = ", ".join(neighbourhoods_near(neighbourhood, app.office.registry))
        offered = f"; şunu mu demek istediniz: {near}?" if near else "."
        line = f"“{neighbourhood}” adında bir mahalle yok{offered}"
        raise ConfigurationError(f"no neighbourhood {neighbourhood!r}", reason=line)
    subjects = subjects_of(app.office.router.categories)
    code = FormCode(place.name, _form_number(app.clock()), sum_of(subjects))
    drawn = draw_form(code, subjects, app.office.registry.office_name, place.headman.name)
    try:
        target.write_bytes(drawn)
    except OSError as fault:
        line = f"{target}: yazılamıyor ({why_unwritable(fault, target)})"
        raise ConfigurationError(f"cannot write {target}", reason=line) from fault
    return code.number


def _explain_scan(app: App, path: Path, raw: bytes) -> dict[str, object]:
    return scan_json(_pages_of(path.name, raw), app.office, day_of(app.clock()))


def _pages_of(name: str, raw: bytes) -> Sequence[Page]:
    """One that cannot be read says which it is."""
    try:
        return read_scan(raw)
    except Unprocessable as fault:
        raise Unprocessable(str(fault), reason=f"{name}: {fault.reason}") from fault


def _explain_portfolio(app: App, path: Path, raw: bytes) -> dict[str, object]:
    """The petitions of all that it holds, each with the file that it stands in; first those of its own pages, where
    it is no mere envelope."""
    whole, *members = open_portfolio(path.name, raw)
    pages, petitions = 0, list[dict[str, object]]()
    papers = [member for member in members if is_scan(member) or is_letter(member)]
    if not is_portfolio(raw):
        if not papers:
            return _explain_scan(app, path, raw)
        papers.insert(0, whole)
    for each in papers:
        name = path.name if each is whole else f"{path.name}, {each.name}"
        read = typed_pages(each.words) if is_letter(each) else _pages_of(name, each.data)
        pages += len(read)
        petitions += (
            {"file": each.name} | told for told in petitions_json(read, app.office, day_of(app.clock()))
        )
    if not pages:
        raise Unprocessable(
            "nothing in a portfolio", reason=f"{path.name}: {whole.unread or EMPTY_PORTFOLIO}."
        )
    return {"pages": pages, "blank_pages": [], "petitions": petitions}


def _explain_export(app: App, name: str, raw: bytes) -> dict[str, object] | None:
    """What an exported conversation would bring; ``None`` when the file holds none."""
    file = attachment(name, "", raw, index=1)
    chats, faults = read_exports([file], open_export, until=day_of(app.clock()))
    if faults:
        fault = faults[0][1]
        raise Unprocessable(str(fault), reason=f"{name}: {fault.reason}")
    found = [explain(chat, app.office) for chat in chats]
    return found[0] if len(found) == 1 else {"kind": "chats", "chats": found} if found else None


def _form_number(now: datetime) -> str:
    """Unlikely to be given twice: the day and five letters or figures that no one confuses."""
    letters = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(5))
    return f"{day_of(now):%y%m%d}-{letters}"
