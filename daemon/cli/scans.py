"""Scans at the command line: what was read, for a clerk's eye; ``form`` prints the petition form."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from daemon.app.explaining import print_form
from daemon.cli.opening import opened_or_shipped
from daemon.cli.turkish import TurkishCommand, config_option
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
        if petition["form"]:
            yield "Form No", petition["form"]
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


@click.command(
    cls=TurkishCommand, help="Bir mahalle için karekodlu, işaret kutulu talep formunu PDF olarak hazırlar."
)
@config_option
@click.option("--neighbourhood", required=True, metavar="MAHALLE", help="Formun basılacağı mahalle.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="F.pdf",
    help="Yazılacak dosya; varsa üzerine yazılır.",
)
@click.pass_context
def form(ctx: click.Context, neighbourhood: str, out: Path) -> None:
    with opened_or_shipped(ctx) as app:
        number = print_form(app, neighbourhood, out)
    click.echo(f"{out}: {number} numaralı form yazıldı.")


COMMANDS = (form,)
