"""A small made-up office for the letters' tests, and how a mail program reads a letter back."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from daemon.domain.notice import Letter, Notice, Occasion
from daemon.domain.registry import Directorate, ExternalBody, Headman, Liaison, Neighbourhood, Registry
from daemon.domain.request import Channel, Request, Status, request_number
from daemon.resources import shipped
from daemon.wording import Templates, Wording

KEY = bytes(range(32))
NOW = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)
"""Monday, 09:00 in Istanbul."""
OFFICE = "muhtarlik@ornek.bel.tr"
HEADMAN = "muhtar.yayla@example.com"
LIAISON = "fen.irtibat@ornek.bel.tr"
MANAGER = "fen.mudur@ornek.bel.tr"
SUPERIOR = "muhtarlik.mudur@ornek.bel.tr"

REGISTRY = Registry(
    office_name="Örnek Belediyesi Muhtarlık İşleri Müdürlüğü",
    office_address=OFFICE,
    office_manager=SUPERIOR,
    neighbourhoods=(Neighbourhood("Yayla", Headman("Ayşe Yılmaz", (HEADMAN,), ("0312 000 00 01",))),),
    directorates=(
        Directorate("fen", "Fen İşleri Müdürlüğü", MANAGER, (Liaison("Mehmet Işık", LIAISON),)),
        Directorate("park", "Park ve Bahçeler Müdürlüğü", "park.mudur@ornek.bel.tr", ()),
    ),
    external_bodies=(ExternalBody("ASKİ", "su ve kanalizasyon", "185", "", ("Kimlik", "DASK poliçesi")),),
    papers={"su aboneligi": ("Kimlik", "DASK poliçesi")},
)

REQUEST = Request(
    number=request_number(2026, 123),
    channel=Channel.EMAIL,
    status=Status.REFERRED,
    subject="Çınar Sokak'taki yol çukuru",
    description="Çınar Sokak 12 önünde çukur var.\nÇocuklar düşüyor.",
    received_at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
    due=date(2026, 12, 11),
    neighbourhood="Yayla",
    headman="Ayşe Yılmaz",
    headman_email=HEADMAN,
    category="Yol çukuru",
    directorate="fen",
    source_message_id="<talep-1@example.com>",
    attachments=("2026/foto 1.jpg",),
)


def wording(*, site: Path | None = None, registry: Registry = REGISTRY, link: str = "") -> Wording:
    folders = [site] if site else []
    return Wording(
        registry,
        templates=Templates([*folders, shipped("templates")]),
        key=KEY,
        link=lambda path: f"{link}{path}",
    )


WORDING = wording()


def request(serial: int = 123, **changes: object) -> Request:
    return replace(REQUEST, number=request_number(2026, serial), **changes)  # type: ignore[arg-type]


def letter(
    occasion: Occasion | str,
    *requests: Request,
    recipient: str = HEADMAN,
    using: Wording = WORDING,
    now: datetime = NOW,
    **more: object,
) -> Letter:
    """Word an occasion about ``requests``; ``more`` are the notice's other fields."""
    notice = Notice(
        key=f"{occasion}/{recipient}/{len(requests)}",
        occasion=occasion,  # type: ignore[arg-type]
        recipient=recipient,
        about=tuple(each.number for each in requests),
        **more,  # type: ignore[arg-type]
    )
    return using.word(notice, {each.number: each for each in requests}, now)


def parsed(worded: Letter) -> EmailMessage:
    message = message_from_bytes(worded.mime, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def plain(worded: Letter) -> str:
    return _part(worded, "plain")


def html(worded: Letter) -> str:
    return _part(worded, "html")


def _part(worded: Letter, kind: str) -> str:
    part = parsed(worded).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def said(worded: Letter) -> str:
    """The plain text on one line: sentences are found however they were broken."""
    return " ".join(plain(worded).split())


def seen(worded: Letter) -> str:
    """The HTML's text on one line, without markup and without the line for lists of mails."""
    body = re.sub(
        r'<div style="display:none.*?</div>', "", html(worded).partition("<body")[2], flags=re.DOTALL
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def buttons(worded: Letter) -> list[tuple[str, str, str, str]]:
    """(label, address, subject, body) of every begun answer in the HTML."""
    found = re.findall(r'<a href="(mailto:[^"]+\?[^"]+)"[^>]*>([^<]+)</a>', html(worded))
    links = [(label, urlsplit(unescape(href))) for href, label in found]
    return [
        (label, unquote(link.path), parse_qs(link.query)["subject"][0], parse_qs(link.query)["body"][0])
        for label, link in links
    ]
