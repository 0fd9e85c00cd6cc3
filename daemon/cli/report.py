"""The command ``report``: what the office did in a period, on the screen or as a file with charts."""

from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from daemon.app import wall_clock
from daemon.by_hand import why_unwritable
from daemon.cli.opening import opened
from daemon.cli.turkish import TurkishCommand, config_option
from daemon.cli.values import DAY
from daemon.domain.activity import activity
from daemon.domain.clock import day_of, istanbul, show_day
from daemon.domain.errors import ConfigurationError
from daemon.ports.records import RequestFilter
from daemon.report import ENDINGS, Report, writer_for
from daemon.report.tables import Table, report_of, shown

_LONGEST = 24
"""Characters of the longest bar on the screen."""


@click.command(
    cls=TurkishCommand,
    help="İki tarih arasında gelen taleplerin faaliyet raporu: sayılar, grafikler, olumsuzların gerekçeleri.",
)
@config_option
@click.option("--from", "first", type=DAY, required=True, help="İlk gün.")
@click.option("--to", "last", type=DAY, required=True, help="Son gün (bu gün dâhil).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="DOSYA",
    help="Grafikli rapor dosyası (.xlsx, .pdf veya .html); yoksa ekrana yazılır.",
)
@click.pass_context
def report(ctx: click.Context, first: date, last: date, out: Path | None) -> None:
    if first > last:
        raise click.UsageError(f"ilk gün ({show_day(first)}) son günden ({show_day(last)}) sonra olamaz.")
    if out is not None and out.suffix.lower() not in (*ENDINGS, ".htm"):
        raise click.UsageError(
            f"{out.name}: rapor dosyası {', '.join(ENDINGS)} uzantılarından biri olmalıdır."
        )
    made = _report(ctx, first, last)
    if out is None:
        _print(made)
    else:
        _write(made, out)
        click.echo(f"Rapor yazıldı: {out}")


def _report(ctx: click.Context, first: date, last: date) -> Report:
    with opened(ctx) as app, app.ledger.view() as view:
        until = istanbul(date.fromordinal(last.toordinal() + 1))
        found = activity(
            view.requests(RequestFilter(received_until=until)),
            first=first,
            last=last,
            on=day_of(wall_clock()),
            directorates={d.code: d.name for d in app.office.registry.directorates},
        )
        return report_of(found, app.settings.office.name)


def _write(made: Report, out: Path) -> None:
    writer = writer_for(out)
    assert writer is not None
    try:
        out.write_bytes(writer(made))
    except OSError as fault:
        line = f"{out}: rapor yazılamıyor ({why_unwritable(fault, out)})"
        raise ConfigurationError(f"cannot write {out}: {fault}", faults=(line,), reason=line) from fault


def _print(made: Report) -> None:
    console = Console(width=None if Console().is_terminal else 160)
    console.print(f"{made.title}  {made.period}", style="bold", markup=False)
    console.print(made.office, markup=False)
    for table in made.tables:
        if table.rows:
            console.print(_grid(table))
    console.print(made.footing, markup=False)


def _grid(table: Table) -> Grid:
    grid = Grid(title=table.title, title_justify="left")
    for number, header in enumerate(table.headers):
        grid.add_column(header, justify="left" if number == 0 or table.wide else "right")
    most = max((sum(values) for _, values in table.bars()), default=0) or 1
    if table.series:
        grid.add_column("")
    for number, row in enumerate(table.rows):
        cells = [Text(shown(value)) for value in row]
        if table.series:
            cells.append(Text("█" * round(_LONGEST * int(row[1] or 0) / most)))  # type: ignore[arg-type]
        grid.add_row(*cells, end_section=number == len(table.rows) - 1)
    return grid


COMMANDS = (report,)
