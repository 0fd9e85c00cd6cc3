"""How our worksheets look and what they check, as plain values: widths, colours, drop-downs, warnings.

The daemon's columns are guarded by a warning, not by sheet protection: cells of a protected worksheet can be
neither sorted nor moved nor deleted, in Excel and LibreOffice alike, and people may do all of that at any moment.
Who goes on in spite of the warning does no harm: the merge puts the daemon's value back. Drop-downs warn too
and do not forbid: a value that the list does not know yet is a person's decision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from daemon.domain.sheet import GENEL_BAKIS, Column, Layout, Owner, Shape
from daemon.sheets.lists import Lists, list_name

LAST_ROW = 20_000
"""Drop-downs, colours and warnings reach down to here."""
OVERVIEW_TOP = 7
"""Row of the header in ``Genel Bakış``: the totals stand above it."""

OVERVIEW_SUBTITLE = "Genel Bakış: müdürlüklere göre açık, geciken ve kapanan talepler"

NAVY, SLATE, WHITE, INK, PALE, RULE = "1F3864", "5B6B7F", "FFFFFF", "262626", "F4F6F9", "D5DAE1"
RED, AMBER, GREEN, GREY = "F8CFC9", "FFF0C2", "E3F1DC", "EDEDED"
LATE, FADED = "C0392B", "5A5A5A"
"""A late row's day, under white figures; the words of rows that are done, on grey."""

CARDS = (
    ("Toplam açık", NAVY),
    ("Süresi dolmak üzere", "8A5A12"),
    ("Toplam gecikmiş", LATE),
    ("Bu ay kapanan", "3F7D3A"),
)
"""Totals above ``Genel Bakış``, over the columns of figures in their order."""
CHARTS = (
    ("Açık talepler (kırmızı: gecikmiş)", (("open", "2F5597"), ("late", "C0392B"))),
    ("Bu ay kapanan talepler", (("closed_month", "3F7D3A"),)),
)
"""Title, and (column, colour) of each series."""

WIDTHS = {
    "number": 19, "received": 12, "channel": 14, "neighbourhood": 17, "headman": 20, "subject": 30,
    "description": 50, "category": 21, "status": 15, "liaison": 19, "due": 12, "days_left": 10, "result": 40,
    "note": 34, "sevk": 24, "attachments": 22, "last_action": 30, "directorate": 36, "warning": 46,
    "entry": 10, "opened": 12, "sender": 26, "read": 50, "reason": 40, "guess": 34, "confidence": 9, "link": 22,
    "decision": 26, "decided_neighbourhood": 18, "outcome": 30, "external_number": 16, "answer": 54,
    "closed": 12, "entered": 10, "open": 11, "due_soon": 13, "late": 12, "closed_month": 13,
    "phone": 19, "way": 15, "kind": 16, "message": 60, "tell_by": 12, "told": 11, "teller": 18,
}  # fmt: skip
WRAPPED = frozenset({
    "subject", "last_action", "warning", "guess", "category", "headman", "liaison", "sevk", "sender", "outcome",
    "attachments", "channel", "phone",
})  # fmt: skip
HINTS = {
    ("Talepler", "status"): "Kapatmak için Tamamlandı veya Olumsuz seçip Sonuç yazınız; muhtara bildirilir.",
    ("Talepler", "result"): (
        "Muhtara iletilecek cevap. Olumsuz ise gerekçesini yazınız. İş sonraki bir programa kaldıysa Durum’u Beklemede "
        "yapıp “Ara cevap:” diye başlayınız; muhtara iletilir, talep açık kalır."
    ),
    ("Talepler", "sevk"): (
        "Talep başka bir müdürlüğün işiyse adını seçiniz; satır o müdürlüğün tablosuna geçer."
    ),
    ("Talepler", "due"): "Ek süre gerekiyorsa yeni tarihi yazınız.",
    ("Yeni Talep", "number"): "Bilgiler tamamlanınca program doldurur.",
    ("Yeni Talep", "directorate"): "Boş bırakılırsa konuya göre bulunur.",
    ("İnceleme", "decision"): (
        "Ne yapılacağını seçiniz. Yönlendir için Müdürlük de seçilmelidir. Ara cevap olarak bildir, yanıtı "
        "(ya da Not’a yazdığınızı) muhtara iletir."
    ),
    ("İnceleme", "note"): (
        "Bilgi isteyen irtibata yanıtınızı buraya yazıp Gereği yapıldı’yı seçiniz; e-posta ile gönderilir."
    ),
    ("MBS Cevapları", "entered"): "Cevap Muhtar Bilgi Sistemine girilince Evet seçiniz.",
    ("Bildirilecekler", "told"): "Muhtara bildirilince Evet seçiniz.",
    ("Bildirilecekler", "message"): "Okuyabilir ya da kopyalayıp gönderebilirsiniz.",
}


def wraps(column: Column) -> bool:
    return column.shape is Shape.LONG_TEXT or column.key in WRAPPED


def is_centred(column: Column) -> bool:
    return column.shape in {Shape.DATE, Shape.NUMBER, Shape.STATUS, Shape.TICK}


# --- checks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """A validation of one column (18.3.1.32). It warns; nothing is forbidden."""

    kind: str
    formula: str
    title: str
    text: str
    operator: str = ""


def check_of(column: Column, lists: Lists) -> Check | None:
    if column.owner is Owner.DAEMON:
        text = "Bu bilgiyi program yazar; değiştirirseniz program kendi bilgisini geri koyar. Yine de yazılsın mı?"
        return Check("custom", "FALSE", "Bu sütunu program doldurur", text)
    if lists.of(column.shape):
        text = f"Yazdığınız değer “{column.header}” listesinde yok. Yine de yazılsın mı?"
        return Check("list", list_name(column.shape), "Listede yok", text)
    if column.shape is Shape.DATE:
        text = "Lütfen gg.aa.yyyy biçiminde bir tarih yazınız (örnek: 08.12.2026). Yine de yazılsın mı?"
        return Check("date", "36526", "Tarih değil", text, operator="greaterThan")
    return None


# --- colours ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Colour:
    """A rule that colours cells (18.3.1.10): the whole row, or the columns ``keys``."""

    formula: str
    fill: str
    font: str = ""
    bold: bool = False
    stop: bool = False
    keys: tuple[str, ...] = ()


_TICKED = (
    *("Evet", "x", "✓", "✔", "☑", "+", "Tamam", "ok", "Arandı", "Aradım", "Bildirildi", "Bildirdim"),
    *("Söylendi", "Söyledim", "İletildi", "İlettim", "Yapıldı"),
)
"""Ticks as people make them (:func:`daemon.domain.cells.is_ticked`), for a formula, which compares without case."""


def colours_of(layout: Layout, at: Mapping[str, str], top: int) -> Iterator[Colour]:
    """The rules of a worksheet whose columns stand at ``at`` (letters by key), most important first."""
    cell = {key: f"${letters}{top + 1}" for key, letters in at.items()}
    if {"status", "due", "result", "days_left"} <= at.keys():
        yield from _request_colours(cell)
    elif {"warning", "number"} <= at.keys():
        yield Colour(f'{cell["warning"]}<>""', AMBER, keys=("warning",), bold=True)
        yield Colour(f'{cell["number"]}<>""', GREEN, font="4F6B43")
    elif "outcome" in at:
        yield Colour(f'LEFT({cell["outcome"]},6)="İşlend"', GREY, font=FADED)
        yield Colour(f'{cell["outcome"]}<>""', AMBER, keys=("outcome",))
    elif "entered" in at:
        yield Colour(f'{cell["entered"]}<>""', GREY, font=FADED)
    elif {"told", "tell_by"} <= at.keys():
        told, day = cell["told"], cell["tell_by"]
        ticked = ",".join(f'{told}="{word}"' for word in _TICKED)
        yield Colour(f"OR({told}=TRUE,ISNUMBER({told}),{ticked})", GREY, font=FADED, stop=True)
        yield Colour(f"AND(ISNUMBER({day}),{day}<TODAY())", RED)
    elif layout is GENEL_BAKIS and {"late", "due_soon"} <= at.keys():
        for key, fill in (("late", RED), ("due_soon", AMBER)):
            yield Colour(f"AND(ISNUMBER({cell[key]}),{cell[key]}>0)", fill, keys=(key,), bold=True)


def _request_colours(cell: Mapping[str, str]) -> Iterator[Colour]:
    status, due, left, result = cell["status"], cell["due"], cell["days_left"], cell["result"]
    answered = f'OR({status}="Tamamlandı",{status}="Olumsuz")'
    closed = f'OR({status}="Tamamlandı",{status}="Olumsuz",{status}="İptal")'
    is_open = f'{status}<>"",NOT({closed})'
    is_late = f"AND({is_open},ISNUMBER({due}),{due}<TODAY())"
    yield Colour(f'AND({answered},{result}="")', "FF8A80", keys=("result",), bold=True, stop=True)
    yield Colour(f'AND({closed},OR({status}="İptal",{result}<>""))', GREY, font=FADED, stop=True)
    if "note" in cell:
        urgent = f'AND({is_open},ISNUMBER(FIND("İVEDİ",{cell["note"]})))'
        yield Colour(urgent, "FF8A80", font="7A0000", bold=True, keys=("number", "subject"), stop=True)
    yield Colour(is_late, LATE, font=WHITE, bold=True, keys=("due", "days_left"), stop=True)
    yield Colour(is_late, RED)
    yield Colour(f"AND({is_open},ISNUMBER({left}),{left}>=0,{left}<=3)", AMBER)
