"""The activity report in Turkish words: tables, some of them drawn as charts, the same in every kind of file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from daemon.domain.activity import UNDECIDED, Activity, Figures
from daemon.domain.clock import show_day
from daemon.domain.personal import mask_identity_numbers
from daemon.domain.text import one_line

Value = str | int | float | date | None

GREEN, RED, GREY, BLUE = "2E7D32", "C62828", "9AA5B1", "1F5FA8"
_HEADERS = ("Gelen", "Olumlu", "Olumsuz", "İptal", "Açık", "Süresi Geçen", "Süresinde (%)", "Ortalama Gün")
_SERIES = (("Olumlu", GREEN), ("Olumsuz", RED), ("İptal", GREY), ("Açık", BLUE))
MOST_BARS = 20
"""More bars than these nobody can read: the table below the chart has all of them."""


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    series: tuple[tuple[str, str], ...] = ()
    """(header, colour) of the columns that a chart shows, bar upon bar; none: no chart."""
    wide: tuple[str, ...] = ()
    """Headers of columns that hold sentences."""

    def bars(self) -> list[tuple[str, list[int]]]:
        """(label, figures in the order of ``series``) of the first rows."""
        places = [self.headers.index(header) for header, _ in self.series]
        return [(str(row[0]), [int(row[at] or 0) for at in places]) for row in self.rows[:MOST_BARS]]  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    office: str
    period: str
    footing: str
    tables: tuple[Table, ...]


def report_of(found: Activity, office: str) -> Report:
    """Identity numbers are masked: the report leaves the ledger."""
    return Report(
        title="Faaliyet Raporu",
        office=office,
        period=f"{show_day(found.first)} – {show_day(found.last)}",
        footing=f"Bu tarihler arasında gelen taleplerin {show_day(found.on)} tarihindeki durumudur. “Süresinde”, "
        "sonuçlanan taleplerden son tarihinde veya daha önce sonuçlananların payıdır; “Ortalama Gün”, gelişten "
        "sonuca kadar geçen takvim günüdür.",
        tables=tuple(_tables(found)),
    )


def _tables(found: Activity) -> Iterator[Table]:
    yield _summary(found)
    yield _figures("Aylara Göre", "Ay", found.months)
    yield _figures("Müdürlüklere Göre", "Müdürlük", found.directorates)
    yield _figures("Kanallara Göre", "Kanal", found.channels)
    yield _figures("Mahallelere Göre", "Mahalle", found.neighbourhoods)
    yield _figures("Kategorilere Göre", "Kategori", found.categories)
    if found.bodies:
        yield _figures("Dış Kurumlara Göre", "Kurum", found.bodies)
    yield Table(
        title="Olumsuz Sonuçlananlar",
        headers=("Talep No", "Mahalle", "Konu", "Müdürlük", "Sonuç Tarihi", "Gerekçe"),
        rows=tuple(
            (
                each.number,
                each.neighbourhood or UNDECIDED,
                one_line(mask_identity_numbers(each.subject)),
                each.directorate or UNDECIDED,
                each.closed,
                mask_identity_numbers(each.reason),
            )
            for each in found.unmet
        ),
        wide=("Konu", "Gerekçe"),
    )


def _summary(found: Activity) -> Table:
    total = found.total
    rows: tuple[tuple[Value, ...], ...] = (
        ("Gelen talep", total.received),
        ("Olumlu sonuçlanan", total.done),
        ("Olumsuz sonuçlanan", total.rejected),
        ("İptal edilen", total.cancelled),
        ("Açık", total.open),
        ("Açık olanlardan süresi geçen", total.late),
        ("Süresinde sonuçlananların payı (%)", _percent(total)),
        ("Ortalama sonuçlanma süresi (gün)", _days(total)),
        ("Bu dönemde kapatılan (daha önce gelenler dâhil)", found.closed_meanwhile),
    )
    return Table("Özet", ("Gösterge", "Değer"), rows)


def _figures(title: str, name: str, groups: Iterable[Figures]) -> Table:
    rows = tuple(
        (g.name, g.received, g.done, g.rejected, g.cancelled, g.open, g.late, _percent(g), _days(g))
        for g in groups
    )
    return Table(title, (name, *_HEADERS), rows, series=_SERIES)


def _percent(figures: Figures) -> float | None:
    share = figures.in_time_share
    return None if share is None else round(100 * share, 1)


def _days(figures: Figures) -> float | None:
    return None if figures.days is None else round(figures.days, 1)


def is_figure(value: Value) -> bool:
    """Whether its column is one of figures, which stand at the right; what is not known is a figure, too."""
    return value is None or isinstance(value, int | float)


def shown(value: Value) -> str:
    """As a Turkish reader writes it: a decimal comma, days as gg.aa.yyyy, a dash for what is not known."""
    match value:
        case None | "":
            return "–"
        case float():
            return f"{value:.1f}".replace(".", ",")
        case date():
            return show_day(value)
        case _:
            return str(value)
