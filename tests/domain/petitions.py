"""What tests of petitions share: a register, a letter, and pages of print."""

from datetime import date

from daemon.domain.petitions.petition import Box, Code, Condition, Line, Page, Word
from daemon.domain.registry import Headman, Neighbourhood, Registry

PLACES = (
    Neighbourhood("Yayla", Headman("Mustafa Şahinbey", phones=("+90 500 000 04 21",))),
    Neighbourhood("Yeşiltepe", Headman("Orhan Vurallı")),
    Neighbourhood("Yükseltepe", Headman("Nuran Toprakçı")),
    Neighbourhood("Fatih", Headman("Ömer Erdoğmuş")),
    Neighbourhood("Osmangazi", Headman("Fatih Acarbey"), aliases=("Osman Gazi",)),
)
CAME = date(2026, 11, 27)
REGISTRY = Registry("Ofis", "muhtarlik@example.com", "mudur@example.com", PLACES, ())


def page(text: str, number: int = 1, *, codes: tuple[Code, ...] = (), confidence: float = 0.95) -> Page:
    """A page with one line of print per line of ``text``, read with one confidence throughout."""
    lines = []
    for row, line in enumerate(filter(None, map(str.strip, text.split("\n")))):
        words, left, top = [], 200, 150 + 45 * row
        for word in line.split():
            words.append(Word(word, confidence, Box(left, top, left + 14 * len(word), top + 30)))
            left += 14 * (len(word) + 1)
        lines.append(Line(tuple(words)))
    return Page(number, Condition.READ, tuple(lines), 1654, 2339, codes)


LETTER = """
    T.C.
    YAYLA MAHALLESİ MUHTARLIĞI
    Sayı: 2026/14 12.03.2026
    Konu: Kaldırım
    MUHTARLIK İŞLERİ MÜDÜRLÜĞÜNE
    İlgi: 14.03.2025 tarihli yazımız.
    Fatih Mahallesi sınırındaki sokakta kaldırım bozuktur; 01.02.2026 tarihinde de bildirilmişti.
    Gereğini arz ederim.
    Mustafa ŞAHİNBEY
    Yayla Mahallesi Muhtarı
    Tel: 0500 000 04 21
"""
