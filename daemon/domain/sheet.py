"""What the spreadsheets look like: worksheets, columns, who owns which, and their contents as values.

Backends (workbook, Google) turn files into :class:`Snapshot` and :class:`Changes` into files; the merge
(:mod:`daemon.domain.merge`) knows only these values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

CellValue = str | int | float | bool | date | datetime | None
"""Normalised cell: text tidied (NFC, trimmed; ``None`` for empty), dates as ``date``."""


OWN = "x:"
"""Backends read people's own columns under this and their header."""


class Owner(StrEnum):
    PEOPLE = "people"
    DAEMON = "daemon"


class Shape(StrEnum):
    """How a column's cells look and are checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    STATUS = "status"
    CATEGORY = "category"
    DIRECTORATE = "directorate"
    LIAISON = "liaison"
    NEIGHBOURHOOD = "neighbourhood"
    CHANNEL = "channel"
    DECISION = "decision"
    TICK = "tick"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the stable English name in the ledger; ``header`` is what people see."""

    key: str
    header: str
    owner: Owner
    shape: Shape = Shape.TEXT
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One worksheet: its title and its columns in order. ``identity`` is the column that names a row."""

    title: str
    columns: tuple[Column, ...]
    identity: str

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


_D, _P = Owner.DAEMON, Owner.PEOPLE

_REQUEST_COLUMNS = (
    Column("number", "Talep No", _D),
    Column("received", "Geliş Tarihi", _D, Shape.DATE),
    Column("channel", "Kanal", _D),
    Column("neighbourhood", "Mahalle", _D),
    Column("headman", "Muhtar", _D),
    Column("subject", "Konu", _D),
    Column("description", "Açıklama", _D, Shape.LONG_TEXT),
    Column("category", "Kategori", _P, Shape.CATEGORY),
    Column("status", "Durum", _P, Shape.STATUS),
    Column("liaison", "İrtibat", _P, Shape.LIAISON),
    Column("due", "Son Tarih", _P, Shape.DATE),
    Column("days_left", "Kalan İş Günü", _D, Shape.NUMBER),
    Column("result", "Sonuç", _P, Shape.LONG_TEXT),
    Column("note", "Not", _P, Shape.LONG_TEXT),
    Column("sevk", "Sevk", _P, Shape.DIRECTORATE),
    Column("attachments", "Ekler", _D, Shape.LINK),
    Column("last_action", "Son İşlem", _D),
)

TALEPLER = Layout("Talepler", _REQUEST_COLUMNS, "number")
ARSIV = Layout("Arşiv", _REQUEST_COLUMNS, "number")
YENI_TALEP = Layout(
    "Yeni Talep",
    (
        Column("channel", "Kanal", _P, Shape.CHANNEL),
        Column("neighbourhood", "Mahalle", _P, Shape.NEIGHBOURHOOD),
        Column("headman", "Muhtar", _P),
        Column("subject", "Konu", _P),
        Column("description", "Açıklama", _P, Shape.LONG_TEXT),
        Column("directorate", "Müdürlük", _P, Shape.DIRECTORATE),
        Column("number", "Talep No", _D),
        Column("warning", "Uyarı", _D),
    ),
    "number",
)
INCELEME = Layout(
    "İnceleme",
    (
        Column("entry", "Kayıt No", _D),
        Column("opened", "Tarih", _D, Shape.DATE),
        Column("number", "Talep No", _D),
        Column("sender", "Gönderen", _D),
        Column("neighbourhood", "Mahalle", _D),
        Column("subject", "Konu", _D),
        Column("read", "Okunan", _D, Shape.LONG_TEXT),
        Column("reason", "Neden", _D, Shape.LONG_TEXT),
        Column("guess", "Tahmin", _D),
        Column("confidence", "Güven", _D, Shape.NUMBER),
        Column("link", "Belge", _D, Shape.LINK),
        Column("decision", "Karar", _P, Shape.DECISION),
        Column("directorate", "Müdürlük", _P, Shape.DIRECTORATE),
        Column("decided_neighbourhood", "Doğru Mahalle", _P, Shape.NEIGHBOURHOOD),
        Column("note", "Not", _P, Shape.LONG_TEXT),
        Column("outcome", "Durum", _D),
    ),
    "entry",
)
MBS_CEVAPLARI = Layout(
    "MBS Cevapları",
    (
        Column("number", "Talep No", _D),
        Column("external_number", "MBS No", _D),
        Column("neighbourhood", "Mahalle", _D),
        Column("headman", "Muhtar", _D),
        Column("subject", "Konu", _D),
        Column("answer", "Girilecek Cevap", _D, Shape.LONG_TEXT),
        Column("closed", "Kapanış", _D, Shape.DATE),
        Column("entered", "Girildi", _P, Shape.TICK),
        Column("note", "Not", _P, Shape.LONG_TEXT),
    ),
    "number",
)
BILDIRILECEKLER = Layout(
    "Bildirilecekler",
    (
        Column("number", "Talep No", _D),
        Column("opened", "Tarih", _D, Shape.DATE),
        Column("neighbourhood", "Mahalle", _D),
        Column("headman", "Muhtar", _D),
        Column("phone", "Telefon", _D),
        Column("way", "Yol", _D),
        Column("kind", "Bildirim", _D),
        Column("subject", "Konu", _D),
        Column("message", "Metin", _D, Shape.LONG_TEXT),
        Column("tell_by", "Son Gün", _D, Shape.DATE),
        Column("told", "Bildirildi", _P, Shape.TICK),
        Column("teller", "Bildiren", _P),
        Column("note", "Not", _P, Shape.LONG_TEXT),
    ),
    "number",
)
GENEL_BAKIS = Layout(
    "Genel Bakış",
    (
        Column("directorate", "Müdürlük", _D),
        Column("open", "Açık", _D, Shape.NUMBER),
        Column("due_soon", "3 İş Günü İçinde", _D, Shape.NUMBER),
        Column("late", "Gecikmiş", _D, Shape.NUMBER),
        Column("closed_month", "Bu Ay Kapanan", _D, Shape.NUMBER),
    ),
    "directorate",
)

DIRECTORATE_SHEETS = (TALEPLER, ARSIV)
OFFICE_SHEETS = (GENEL_BAKIS, YENI_TALEP, INCELEME, MBS_CEVAPLARI, BILDIRILECEKLER)

DECISION_REFER = "Yönlendir"
DECISION_NEW = "Yeni talep olarak kaydet"
DECISION_DONE = "Gereği yapıldı"
DECISION_NOT_REQUEST = "Talep değil"
DECISION_INTERIM = "Ara cevap olarak bildir"
DECISIONS = (DECISION_REFER, DECISION_NEW, DECISION_DONE, DECISION_NOT_REQUEST, DECISION_INTERIM)
"""What a person may choose in ``İnceleme``'s ``Karar``."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as found: ``position`` is its 1-based row in the file then, ``cells`` by column key."""

    position: int
    cells: Mapping[str, CellValue]
    spelt_days: frozenset[str] = frozenset()
    """Keys of cells that hold a day as text: people can read it, but it is neither sorted nor coloured."""
    unsettled: frozenset[str] = frozenset()
    """Keys of cells that somebody has only just typed: neither heard nor written upon yet."""


@dataclass(frozen=True, slots=True)
class Table:
    """A worksheet's contents. ``missing`` are keys of columns whose header was not found."""

    title: str
    rows: tuple[SheetRow, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole spreadsheet as read at once. ``fingerprint`` names this very state (for write-if-unchanged)."""

    fingerprint: str
    tables: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellWrite:
    title: str
    position: int
    key: str
    value: CellValue
    link: str = ""


@dataclass(frozen=True, slots=True)
class Append:
    """A new row below the last used one. ``links`` give a cell's hyperlink target by column key."""

    title: str
    cells: Mapping[str, CellValue]
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removal:
    title: str
    position: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The least that must be written, in one atomic act. Positions are those of the snapshot."""

    cells: tuple[CellWrite, ...] = ()
    appends: tuple[Append, ...] = ()
    removals: tuple[Removal, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.appends or self.removals)
