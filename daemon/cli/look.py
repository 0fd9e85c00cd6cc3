"""Commands that look: ``check``, ``status``, ``requests``, ``show``."""

from datetime import date, datetime

import click
from rich.console import Console
from rich.table import Table

from daemon.app import App, wall_clock
from daemon.cli.opening import opened
from daemon.cli.turkish import FAULT, TurkishCommand, config_of, config_option
from daemon.cli.values import DAY, print_json
from daemon.domain.clock import day_of, istanbul, show_day, show_moment
from daemon.domain.errors import ConfigurationError, Unprocessable
from daemon.domain.request import Request, Status
from daemon.domain.text import fold, one_line
from daemon.ports.ledger import View
from daemon.ports.records import RequestFilter
from daemon.proving import Finding, findings, mappings_faults
from daemon.settings import find_config
from daemon.steps.unready import unready_rows

# --- check ------------------------------------------------------------------------------------------------


@click.command(
    cls=TurkishCommand,
    help="Ayarları, eşlemeleri, sunucuları, tabloları ve şablonları sınar; bütün hataları birden gösterir.",
)
@config_option
@click.pass_context
def check(ctx: click.Context) -> int:
    try:
        with opened(ctx) as app:
            found = list(findings(app))
    except ConfigurationError as fault:
        more = mappings_faults(find_config(config_of(ctx)))
        raise ConfigurationError(str(fault), faults=fault.faults + more) from fault
    _print_findings(found)
    return FAULT if any(not finding.good for finding in found) else 0


def _print_findings(found: list[Finding]) -> None:
    table = Table(show_lines=False)
    for heading in ("", "Denetlenen", "Sonuç"):
        table.add_column(heading, overflow="fold")
    for finding in found:
        sign = (
            "[green]✓[/]"
            if finding.good and not finding.warning
            else "[yellow]![/]"
            if finding.good
            else "[red]✗[/]"
        )
        table.add_row(sign, finding.what, finding.text)
    Console(width=None if Console().is_terminal else 160).print(table)


# --- status -----------------------------------------------------------------------------------------------


@click.command(cls=TurkishCommand, help="Bekleyenler, adımların son başarısı, geciken talepler.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    with opened(ctx) as app, app.ledger.view() as view:
        found = _status(app, view)
    if as_json:
        print_json(found)
    else:
        _print_status(found)


def _status(app: App, view: View) -> dict[str, dict[str, object]]:
    counts = view.counts(day_of(wall_clock()))
    need = app.sheets_in_need(view)
    waiting = {"reading": counts["arrivals"], "sheets": len(need), "sending": counts["outbox"]}
    steps: dict[str, object] = {
        state.name: {
            "last_success": state.last_success.isoformat() if state.last_success else None,
            "failures": state.failures,
            "waiting": waiting.get(state.name, 0),
            "detail": state.detail,
        }
        for state in app.step_states(view)
    }
    return {
        "steps": steps,
        "requests": {key: counts[key] for key in ("open", "late", "closed")},
        "held": counts["held"] + counts["reviews"] + len(need) + len(unready_rows(view)),  # type: ignore[dict-item]
        "outbox": counts["outbox"],  # type: ignore[dict-item]
        "sheets": {each.sheet: each.reason for each in need},
    }


def _print_status(found: dict[str, dict[str, object]]) -> None:
    figures = found["requests"]
    click.echo(f"Talepler: {figures['open']} açık, {figures['late']} gecikmiş, {figures['closed']} kapalı")
    click.echo(f"Karar bekleyen: {found['held']}   Gönderilmeyi bekleyen mektup: {found['outbox']}")
    for name, step in found["steps"].items():
        facts = step if isinstance(step, dict) else {}
        last = facts["last_success"]
        when = f"son başarı {show_moment(datetime.fromisoformat(last))}" if last else "henüz çalışmadı"
        failed = f", {facts['failures']} kez başarısız: {facts['detail']}" if facts["failures"] else ""
        click.echo(f"  {name:<10} {when}, bekleyen {facts['waiting']}{failed}")
    for reason in found["sheets"].values():
        click.echo(f"  tablo      {reason}")


# --- requests, show ---------------------------------------------------------------------------------------


@click.command(cls=TurkishCommand, help="Talepleri listeler.")
@config_option
@click.option("--open/--closed", "is_open", default=None, help="Yalnız açık ya da yalnız kapalı talepler.")
@click.option("--late", is_flag=True, help="Yalnız süresi geçmiş açık talepler.")
@click.option("--directorate", default=None, metavar="MÜDÜRLÜK", help="Müdürlüğün kodu veya adı.")
@click.option("--neighbourhood", default=None, metavar="MAHALLE", help="Mahallenin adı.")
@click.option("--status", "wanted", default=None, metavar="DURUM", help="Durum (Yeni, İşlemde …).")
@click.option("--channel", default=None, metavar="KANAL", help="Kanal (E-posta, Telefon …).")
@click.option("--from", "first", type=DAY, default=None, help="Bu günden itibaren gelenler.")
@click.option("--to", "last", type=DAY, default=None, help="Bu güne kadar gelenler (bu gün dahil).")
@click.option("--limit", type=click.IntRange(1), default=None, metavar="SAYI", help="En çok bu kadar.")
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def requests(
    ctx: click.Context,
    is_open: bool | None,
    late: bool,
    directorate: str | None,
    neighbourhood: str | None,
    wanted: str | None,
    channel: str | None,
    first: date | None,
    last: date | None,
    limit: int | None,
    as_json: bool,
) -> None:
    with opened(ctx) as app:
        which = RequestFilter(
            open=is_open,
            directorate=_directorate_code(app, directorate),
            neighbourhood=_neighbourhood_name(app, neighbourhood),
            status=_status_named(wanted),
            late_on=day_of(wall_clock()) if late else None,
            channel=channel,
            received_from=istanbul(first) if first else None,
            received_until=istanbul(date.fromordinal(last.toordinal() + 1)) if last else None,
            limit=limit,
        )
        with app.ledger.view() as view:
            found = view.requests(which)
        names = {d.code: d.name for d in app.office.registry.directorates}
    if as_json:
        print_json([request_json(request, names) for request in found])
    else:
        _print_requests(found, names)


def request_json(request: Request, names: dict[str, str]) -> dict[str, object]:
    """One request in the form of the contract."""
    return {
        "number": request.number,
        "status": request.status.value,
        "directorate": names.get(request.directorate, request.directorate) or None,
        "external_body": request.external_body or None,
        "neighbourhood": request.neighbourhood or None,
        "headman": request.headman or None,
        "channel": request.channel.value,
        "external_number": request.external_number or None,
        "category": request.category or None,
        "subject": request.subject,
        "received": request.received_at.isoformat(),
        "due": request.due.isoformat() if request.due else None,
        "closed": request.closed_at.isoformat() if request.closed_at else None,
        "result": request.result or None,
    }


def _print_requests(found: list[Request], names: dict[str, str]) -> None:
    table = Table()
    for heading in ("Talep No", "Geliş", "Durum", "Müdürlük", "Mahalle", "Konu", "Son Tarih"):
        table.add_column(heading)
    for request in found:
        table.add_row(
            request.number,
            show_day(day_of(request.received_at)),
            request.status.value,
            names.get(request.directorate, "—").removesuffix(" Müdürlüğü"),
            request.neighbourhood or "—",
            one_line(request.subject, 50),
            show_day(request.due) if request.due else "—",
        )
    Console(width=None if Console().is_terminal else 160).print(table)


def _directorate_code(app: App, name: str | None) -> str | None:
    if name is None:
        return None
    found = app.office.registry.directorate(name) or app.office.registry.directorate_named(name)
    if found is None:
        raise Unprocessable(f"no directorate {name}", reason=f"“{name}” adında bir müdürlük yok.")
    return found.code


def _neighbourhood_name(app: App, name: str | None) -> str | None:
    if name is None:
        return None
    found = app.office.registry.neighbourhood(name)
    if found is None:
        raise Unprocessable(f"no neighbourhood {name}", reason=f"“{name}” adında bir mahalle yok.")
    return found.name


def _status_named(name: str | None) -> Status | None:
    if name is None:
        return None
    found = next((status for status in Status if fold(status.value) == fold(name).strip()), None)
    if found is None:
        choices = ", ".join(status.value for status in Status)
        raise Unprocessable(f"no status {name}", reason=f"“{name}” diye bir durum yok ({choices}).")
    return found


@click.command(cls=TurkishCommand, help="Bir talebin bütün geçmişini gösterir.")
@config_option
@click.argument("number", metavar="TALEP-NO")
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def show(ctx: click.Context, number: str, as_json: bool) -> None:
    with opened(ctx) as app, app.ledger.view() as view:
        request = view.request(number.strip().upper())
        if request is None:
            raise Unprocessable(f"no request {number}", reason=f"{number} numaralı bir talep yok.")
        history, letters = view.history(request.number), view.letters_of(request.number)
        names = {d.code: d.name for d in app.office.registry.directorates}
    if as_json:
        print_json(
            {
                **request_json(request, names),
                "description": request.description,
                "note": request.note,
                "because": request.because,
                "history": [
                    {"at": e.at.isoformat(), "actor": e.actor, "kind": e.kind, "text": e.text}
                    for e in history
                ],
                "letters": [
                    {
                        "occasion": letter.occasion,
                        "recipient": letter.recipient,
                        "subject": letter.subject,
                        "state": letter.state,
                        "sent": letter.sent_at.isoformat() if letter.sent_at else None,
                    }
                    for letter in letters
                ],
            }
        )
        return
    click.echo(f"{request.number}  {request.status.value}  {request.subject}")
    where = names.get(request.directorate, "Müdürlük belirlenmedi")
    click.echo(f"  {where} · {request.neighbourhood} · {request.headman}")
    click.echo(f"  Son tarih: {show_day(request.due) if request.due else '—'} ({request.rule})")
    for entry in history:
        click.echo(f"  {show_moment(entry.at)}  {entry.actor:<28} {entry.text}")
    for letter in letters:
        when = show_moment(letter.sent_at) if letter.sent_at else letter.state
        click.echo(f"  {when:<16}  mektup {letter.occasion} → {letter.recipient}")


COMMANDS = (check, status, requests, show)
