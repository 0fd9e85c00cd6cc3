"""Commands that do the work: ``run``, ``once``, ``demo``."""

import logging
import sys
from datetime import datetime
from pathlib import Path

import click

from daemon.app import App, Tally, wall_clock
from daemon.cli.logs import log_to_stderr
from daemon.cli.opening import opened
from daemon.cli.turkish import FAULT, TRY_LATER, TurkishCommand, config_of, config_option
from daemon.cli.values import MOMENT, print_json
from daemon.domain.errors import Temporary
from daemon.settings import find_config, load_settings


@click.command(
    cls=TurkishCommand, help="Sürekli çalışır: posta gelir gelmez işler, adımları sırası geldikçe yürütür."
)
@config_option
@click.option(
    "--only",
    default="",
    metavar="ADIM,…",
    help="Yalnızca bu adımlar (intake,reading,scans,sheets,reminding,sending).",
)
@click.pass_context
def run(ctx: click.Context, only: str) -> None:
    from daemon import loop  # the loop is only needed here; keeps the other commands quick

    log_to_stderr()
    settings = load_settings(find_config(config_of(ctx)))
    names = frozenset(name.strip() for name in only.split(",") if name.strip())
    try:
        loop.run(settings, wall_clock, only=names)
    except loop.UnknownStep as fault:
        raise click.UsageError(str(fault)) from fault


@click.command(cls=TurkishCommand, help="Yapılacak iş kalmayana kadar bütün adımları yürütür ve biter.")
@config_option
@click.option("--at", type=MOMENT, default=None, help="Bütün kararların saati, örnek: 2026-12-07T09:00.")
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def once(ctx: click.Context, at: datetime | None, as_json: bool) -> int:
    log_to_stderr(level=logging.INFO if sys.stderr.isatty() else logging.WARNING)
    with opened(ctx, at=at) as app, App.locked(app.settings):
        app.mend_ledger()
        app.migrate()
        tally = app.run_until_quiet()
    _print_tally(tally, as_json=as_json)
    return _exit_code(tally)


_STEP_NAMES = {
    "intake": "alınan ileti",
    "reading": "okunan ileti",
    "scans": "okunan tarama",
    "sheets": "güncellenen tablo",
    "reminding": "hazırlanan hatırlatma",
    "sending": "gönderilen mektup",
    "learning": "öğrenme",
}


def _print_tally(tally: Tally, *, as_json: bool) -> None:
    if as_json:
        faults = {step: str(fault) for step, fault in tally.faults.items()}
        waiting = {name: fault.reason for name, fault in tally.waiting.items()}
        print_json({"steps": tally.done, "faults": faults, "waiting": waiting})
        return
    click.echo(", ".join(f"{count} {_STEP_NAMES[step]}" for step, count in tally.done.items()))
    for step, fault in tally.faults.items():
        click.echo(f"muhtarlik: {step}: {fault.reason}", err=True)
    for fault in tally.waiting.values():
        click.echo(f"muhtarlik: {fault.reason}", err=True)


def _exit_code(tally: Tally) -> int:
    """A workbook that somebody has open is no fault: it is the office's everyday life, the next turn brings it up
    to date."""
    stopped = [fault for fault in tally.waiting.values() if not isinstance(fault, Temporary)]
    faults = [*tally.faults.values(), *stopped]
    if not faults:
        return 0
    return TRY_LATER if all(isinstance(fault, Temporary) for fault in faults) else FAULT


@click.command(cls=TurkishCommand, help="Ayarsız gösterim: bir talebin gelişinden kapanışına bütün yaşamı.")
@click.option("--once", is_flag=True, help="Gösterim bitince kendiliğinden çıkar.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Tabloların klasörü.",
)
@click.option("--google", is_flag=True, help="Tablolar, bu bilgisayarda Google'ın yerini tutan bir sunucuda.")
@config_option
def demo(once: bool, folder: Path | None, google: bool) -> None:
    from daemon import demo as show  # needs an in-process mail server that no other command needs

    log_to_stderr(level=logging.ERROR)
    show.run(folder, stay=not once, google=google)


COMMANDS = (demo, run, once)
