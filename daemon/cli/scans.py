"""What was read from a scan, for a clerk's eye."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from daemon.domain.clock import show_day

_LABELS = {
    "neighbourhood": "Mahalle",
    "headman": "Muhtar",
    "date": "Tarih",
    "subject": "Konu",
    "phone": "Telefon",
}


def scan_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(label, value) lines of ``reading SCAN``."""
    petitions = facts["petitions"]
    blank = len(facts["blank_pages"])
    yield "Sayfa", f"{facts['pages']}" + (f" ({blank} boş sayfa atlandı)" if blank else "")
    if not petitions:
        yield "Dilekçe", "Bulunamadı: bütün sayfalar boş."
    for n, petition in enumerate(petitions, 1):
        pages = ", ".join(map(str, petition["pages"]))
        yield f"Dilekçe {n}", f"sayfa {pages}; {petition['requests']} talep"
        for name, label in _LABELS.items():
            yield label, _field(name, petition["fields"][name])
        where = ", ".join(name or "Belirlenemedi" for name in petition["directorates"])
        if where:
            yield "Müdürlük", where
        if petition["review"]:
            yield "İnceleme", petition["reason"]
        yield "Metin", petition["body"] or petition["text"] or "—"


def _field(name: str, field: dict[str, Any]) -> str:
    if not field["value"]:
        return "—"
    value = show_day(date.fromisoformat(field["value"])) if name == "date" else field["value"]
    return f"{value} ({'kesin' if field['sure'] else 'kesin değil'}, %{round(100 * field['confidence'])})"
