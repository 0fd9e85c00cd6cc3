"""Commands that explain and write nothing: ``due``, ``route``, ``reading``. They need no servers."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import click

from daemon.app import App
from daemon.app.explaining import explain_file
from daemon.cli.chat_lines import chat_lines
from daemon.cli.opening import DAY, opened_or_shipped, print_json
from daemon.cli.scans import scan_lines
from daemon.cli.turkish import TurkishCommand, config_option
from daemon.domain.clock import show_day
from daemon.domain.deadline import Due, Term, Unit
from daemon.domain.errors import Unprocessable
from daemon.domain.routing import routing_json
from daemon.domain.sources import SHOWN as _FACTS
from daemon.side_by_side import side_by_side

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
    with opened_or_shipped(ctx) as app:
        office = app.office
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


_WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")


def _print_due(found: Due) -> None:
    click.echo(f"Başlangıç  {show_day(found.start)} {_WEEKDAYS[found.start.weekday()]} (sayılmaz)")
    skipped = dict(found.skipped)
    counted = {day: n for n, day in enumerate(found.counted, 1)}
    for day in sorted({*skipped, *counted}):
        what = f"{counted[day]}. gün" if day in counted else f"sayılmadı: {skipped[day]}"
        click.echo(f"  {show_day(day)} {_WEEKDAYS[day.weekday()]:<10} {what}")
    click.echo(f"Son tarih  {show_day(found.due)} {_WEEKDAYS[found.due.weekday()]} ({found.rule})")


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
    with opened_or_shipped(ctx) as app:
        if batch is not None:
            for line in _route_lines(app, batch):
                click.echo(line)
        elif text is not None:
            found = _route_one(app, "", {"body": sys.stdin.read() if text == "-" else text})
            if as_json:
                print_json(found)
            else:
                _print_route(found)


def _route_lines(app: App, batch: TextIO) -> Iterator[str]:
    """One answer a line, in the lines' order. Raises :class:`Unprocessable` at the first that cannot be read."""
    items: list[dict[str, object]] = []
    fault: Unprocessable | None = None
    try:
        items.extend(_items(batch))
    except Unprocessable as found:
        fault = found
    yield from side_by_side(partial(_routed_line, app), items)
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


def _routed_line(app: App, item: dict[str, object]) -> str:
    return json.dumps(_route_one(app, item.get("id", ""), item), ensure_ascii=False)


def _route_one(app: App, identity: object, item: dict[str, object]) -> dict[str, object]:
    routing = app.office.router.route(
        subject=str(item.get("subject") or ""),
        body=str(item.get("body") or ""),
        channel=str(item.get("channel") or ""),
        neighbourhood=str(item.get("neighbourhood") or ""),
    )
    return {"id": identity, **routing_json(routing, app.office.registry)}


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
            click.echo("  ACİL: can güvenliği")
        for other in request["alternatives"]:
            name = other.get("directorate") or other.get("external_body")
            click.echo(f"  Diğer       {name} (%{round(100 * other['confidence'])})")


# --- reading ----------------------------------------------------------------------------------------------


@click.command(
    cls=TurkishCommand,
    help="Bir iletiden, dışa aktarılmış sohbetten veya taranmış dilekçeden ne okunduğunu gösterir.",
)
@config_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOSYA…")
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def reading(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    with opened_or_shipped(ctx) as app:
        found = [explain_file(app, path) for path in files]
    if as_json:
        print_json(found[0] if len(found) == 1 else found)
        return
    for path, facts in zip(files, found, strict=True):
        click.echo(f"{path.name}")
        lines = scan_lines(facts) if "petitions" in facts else _reading_lines(facts)
        for label, value in lines:
            first, *more = value.split("\n")
            click.echo(f"  {label:<14} {first}")
            for line in more:
                click.echo(f"  {'':<14} {line}")


SHOWN = {fact.value: shown for fact, shown in _FACTS.items()} | {"map": "Harita"}
_KINDS = {
    "request": "Talep",
    "reply": "Yanıt",
    "auto_reply": "Otomatik yanıt",
    "bounce": "Teslim edilemedi bildirimi",
    "list": "Toplu ileti",
    "spam": "İstenmeyen ileti",
    "empty": "Boş ileti",
}
_MEANINGS = {
    "done": "Tamamlandı",
    "in_progress": "İşlemde",
    "rejected": "Olumsuz",
    "not_ours": "Bize ait değil",
    "transfer": "Başka birime ait",
    "question": "Bilgi isteniyor",
    "extension": "Ek süre isteniyor",
    "out_of_office": "Görevde değil",
    "thanks": "Teşekkür",
    "reopen": "Sorun sürüyor",
    "status": "Durum soruluyor",
    "unclear": "Belirsiz",
}


def _structured_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a mail or list of another system says, record by record, and what is wrong with it."""
    for record in facts.get("records", ())[:_MOST_RECORDS]:
        label = record["place"] or "Kayıt"
        fields = "\n".join(f"{SHOWN.get(key, key)}: {value}" for key, value in record["fields"].items())
        yield label, fields + (f"\n! {record['lacks']}" if record["lacks"] else "")
    if (more := len(facts.get("records", ())) - _MOST_RECORDS) > 0:
        yield "", f"… ve {more} kayıt daha"
    yield "Hata", facts.get("fault", "")


_MOST_RECORDS = 50


def _reading_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What was read, for a clerk; what is empty is left out."""
    if facts["kind"] in {"chat", "chats"}:
        return (line for chat in facts.get("chats", [facts]) for line in chat_lines(chat))
    return _mail_lines(facts)


def _mail_lines(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sender = f"{facts['from_name']} <{facts['from']}>" if facts["from_name"] else facts["from"]
    meaning = _MEANINGS[facts["meaning"]] + (f" → {facts['target']}" if facts["target"] else "")
    lines = (
        ("Tür", _KINDS[facts["kind"]]),
        ("Gönderen", sender),
        ("İleten", facts["forwarded_by"]),
        ("Konu", facts["subject"]),
        ("Tarih", f"{datetime.fromisoformat(facts['date']):%d.%m.%Y %H:%M}" if facts["date"] else ""),
        ("Talep No", facts["number"]),
        ("Anlam", f"{meaning} ({'kesin' if facts['sure'] else 'kesin değil'})"),
        ("Belirleyen", ", ".join(facts["because"])),
        ("Kaynak", facts.get("source", "")),
        *_structured_lines(facts),
        ("Metin", "" if facts.get("source") else facts["text"]),
        ("İleten notu", facts["note"]),
        ("İmza", facts["signature"]),
        ("Alıntı", facts["quoted"]),
        ("Ekler", "\n".join(f"{a['name']} ({a['type']}, {a['size']} bayt)" for a in facts["attachments"])),
    )
    return ((label, value) for label, value in lines if value)


COMMANDS = (due, route, reading)
