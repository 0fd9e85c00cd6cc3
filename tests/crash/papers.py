"""Petitions on paper and exported conversations, as they reach the office. Pages have a text layer: the checker tries
what deaths do to a scan's way, not how well Tesseract reads."""

from collections.abc import Sequence
from datetime import datetime

from tests.scans.files import typed_pdf

Line = tuple[datetime, str]
"""When it was written, by the headman's telephone, and what."""


def petition(place: str, subject: str, problem: str, written: datetime) -> bytes:
    """A typed petition of a headman, as a PDF."""
    return typed_pdf(
        f"{place} Mahallesi Muhtarlığı\n\nTarih: {written:%d.%m.%Y}\nKonu: {subject}\n\n"
        "MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE\n\n"
        f"Mahallemiz {subject.lower()} sokağında {problem}\n\n"
        f"{place} Muhtarı\n{place} Mahallesi Muhtarı\n"
    )


def conversation(name: str, lines: Sequence[Line]) -> tuple[str, bytes]:
    """A WhatsApp export of everything that ``name`` has ever written to the office: its file's name and bytes."""
    head = f"{lines[0][0]:%d.%m.%Y %H:%M} - Mesajlar ve aramalar uçtan uca şifrelidir.\n"
    said = "".join(f"{at:%d.%m.%Y %H:%M} - {name}: {words}\n" for at, words in lines)
    return f"WhatsApp Sohbeti - {name}.txt", (head + said).encode()
