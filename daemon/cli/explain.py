"""Commands that explain and write nothing: ``due`` and ``route``. They need the office's rules only."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TextIO

import click

from daemon.cli.chosen import settings_or_shipped
from daemon.cli.turkish import TurkishCommand, config_option
from daemon.cli.values import DAY, print_json
from daemon.domain.clock import WEEKDAYS, show_day, show_weekday
from daemon.domain.deadline import Due, Term, Unit
from daemon.domain.errors import Unprocessable
from daemon.domain.routing.routing_json import routing_json
from daemon.rules import Rules

# --- due --------------------------------------------------------------------------------------------------


@click.command(
    cls=TurkishCommand,
    help="Son tarihi hesaplar; hangi günlerin sayıldığını, hangilerinin neden sayılmadığını gösterir.",
)
@config_option
@click.argument("start", type=DAY, metavar="TARİH")
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=None,
    metavar="GÜN",
    help="Süre; yoksa ayarlardaki süre (15 iş günü).",
)
@click.option("--calendar-days", is_flag=True, help="Süre iş günü değil takvim günüdür.")
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def due(ctx: click.Context, start: date, days: int | None, calendar_days: bool, as_json: bool) -> None:
    office = Rules(settings_or_shipped(ctx)).office
    term = office.term_for("", "")
    if days is not None or calendar_days:
        term = Term(days or term.days, Unit.CALENDAR if calendar_days else Unit.BUSINESS)
    found = office.calendar.due(start, term)
    if as_json:
        print_json(_due_json(found))
    else:
        _print_due(found)


def _due_json(found: Due) -> dict[str, object]:
    return {
        "start": found.start.isoformat(),
        "due": found.due.isoformat(),
        "rule": found.rule,
        "counted": [day.isoformat() for day in found.counted],
        "skipped": [{"date": day.isoformat(), "reason": reason} for day, reason in found.skipped],
    }


def _print_due(found: Due) -> None:
    click.echo(f"Başlangıç  {show_weekday(found.start)} (sayılmaz)")
    skipped = dict(found.skipped)
    counted = {day: n for n, day in enumerate(found.counted, 1)}
    for day in sorted({*skipped, *counted}):
        what = f"{counted[day]}. gün" if day in counted else f"sayılmadı: {skipped[day]}"
        click.echo(f"  {show_day(day)} {WEEKDAYS[day.weekday()]:<10} {what}")
    click.echo(f"Son tarih  {show_weekday(found.due)} ({found.rule})")


# --- route ------------------------------------------------------------------------------------------------


@click.command(
    cls=TurkishCommand, help="Bir metnin hangi müdürlüğe gideceğini ve bunu belirleyen sözcükleri gösterir."
)
@config_option
@click.argument("text", metavar="METİN", required=False)
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8", errors="replace"),
    default=None,
    metavar="F.jsonl",
    help="Her satırı {id, channel, subject, body} olan dosya; her biri için bir satır yazar.",
)
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def route(ctx: click.Context, text: str | None, batch: TextIO | None, as_json: bool) -> None:
    if (text is None) == (batch is None):
        raise click.UsageError("METİN ya da --batch F.jsonl veriniz (ikisinden yalnız biri).")
    rules = Rules(settings_or_shipped(ctx))
    if batch is not None:
        for line in _route_lines(rules, batch):
            click.echo(line)
    elif text is not None:
        found = _route_one(rules, "", {"body": sys.stdin.read() if text == "-" else text})
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
        else:
            _print_route(found)


def _route_lines(rules: Rules, batch: TextIO) -> Iterator[str]:
    """One answer a line, in the lines' order. Raises :class:`Unprocessable` at the first that cannot be read."""
    from daemon.side_by_side import side_by_side  # one text alone is answered before it would be loaded

    items: list[dict[str, object]] = []
    fault: Unprocessable | None = None
    try:
        items.extend(_items(batch))
    except Unprocessable as found:
        fault = found
    yield from side_by_side(partial(_routed_line, rules), items)
    if fault is not None:
        raise fault


def _items(batch: TextIO) -> Iterator[dict[str, object]]:
    for number, line in enumerate(batch, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line.lstrip("\ufeff"))
        except ValueError as fault:
            raise Unprocessable(
                f"line {number} is not JSON", reason=f"{number}. satır geçerli bir JSON değil."
            ) from fault
        if not isinstance(item, dict):
            raise Unprocessable(f"line {number} is not an object", reason=f"{number}. satır bir nesne değil.")
        yield item


def _routed_line(rules: Rules, item: dict[str, object]) -> str:
    return json.dumps(_route_one(rules, item.get("id", ""), item), ensure_ascii=False)


def _route_one(rules: Rules, identity: object, item: dict[str, object]) -> dict[str, object]:
    routing = rules.office.router.route(
        subject=str(item.get("subject") or ""),
        body=str(item.get("body") or ""),
        neighbourhood=str(item.get("neighbourhood") or ""),
    )
    return {"id": identity, **routing_json(routing, rules.office.registry)}


def _print_route(found: dict[str, object]) -> None:
    requests = found["requests"]
    if found["kind"] != "request" or not isinstance(requests, list):
        click.echo("Talep görünmüyor.")
        return
    for request in requests:
        share = round(100 * request["confidence"])
        where = request["external_body"] or request["directorate"] or "Belirlenemedi"
        click.echo(f"{where}  (%{share}{', bir kişi karar verir' * request['review']})")
        click.echo(f"  Kategori    {request['category'] or '—'}")
        click.echo(f"  Mahalle     {request['neighbourhood'] or '—'}")
        click.echo(f"  Belirleyen  {', '.join(request['because']) or '—'}")
        if request["urgent"]:
            click.echo("  İVEDİ: can güvenliği")
        for other in request["alternatives"]:
            name = other.get("directorate") or other.get("external_body")
            click.echo(f"  Diğer       {name} (%{round(100 * other['confidence'])})")


COMMANDS = (due, route)
