"""The command ``held``: what waits for a person, with the reason; ``retry`` and ``drop`` take mails off it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import click

from daemon.app import App
from daemon.app.explaining import told_of
from daemon.cli.opening import opened
from daemon.cli.turkish import TurkishCommand, TurkishGroup, config_option
from daemon.cli.values import print_json
from daemon.domain.clock import show_moment
from daemon.domain.errors import Unprocessable
from daemon.domain.sheet import INCELEME
from daemon.domain.text import file_name
from daemon.ports.ledger import View
from daemon.steps.storms import is_storm, taken_apart
from daemon.steps.unready import Unready, unready_rows


def _waiting(app: App, view: View) -> Iterator[dict[str, object]]:
    """All that waits for a person: mails, decisions, spreadsheets, unfinished new rows."""
    for a in view.held_arrivals():
        yield {
            "id": a.id,
            "what": "arrival",
            "reason": a.reason,
            "received": a.arrival.received_at.isoformat(),
            **told_of(view.arrival(a.id)),
        }
    for r in view.reviews():
        if not is_storm(r):
            yield {
                "id": r.key,
                "what": "review",
                "reason": r.reason,
                "received": r.opened_at.isoformat(),
                "number": r.number,
                "subject": r.subject,
                "sender": r.sender,
                "file": file_name(r.link),
            }
    for sheet in app.sheets_in_need(view):
        yield {"id": sheet.sheet, "what": "sheet", "reason": sheet.reason, "received": sheet.since}
    for row in unready_rows(view):
        yield {
            "id": _place_of(row),
            "what": "row",
            "reason": row.lacks,
            "received": row.since,
            "subject": row.subject,
        }


@click.group(
    cls=TurkishGroup,
    invoke_without_command=True,
    help="Karar bekleyenleri nedenleriyle gösterir; `held retry` yeniden dener, `held drop` kaldırır.",
)
@config_option
@click.option("--json", "as_json", is_flag=True, help="Sonucu JSON olarak yazar.")
@click.pass_context
def held(ctx: click.Context, as_json: bool) -> None:
    if ctx.invoked_subcommand is not None:
        return
    with opened(ctx) as app, app.ledger.view() as view:
        found = list(_waiting(app, view))
    if as_json:
        print_json(found)
        return
    for item in found:
        when = show_moment(datetime.fromisoformat(str(item["received"])))
        told = (item["id"], when, item["reason"], *(item.get(key) for key in ("subject", "sender", "file")))
        click.echo("  ".join(str(each) for each in told if each))
    if not found:
        click.echo("Karar bekleyen kayıt yok.")


@held.command(cls=TurkishCommand, help="Tutulan iletileri yeniden okutur (numarasız: hepsini).")
@config_option
@click.argument("ids", nargs=-1, metavar="[NO…]")
@click.pass_context
def retry(ctx: click.Context, ids: tuple[str, ...]) -> None:
    with opened(ctx) as app, app.ledger.transaction() as tx:
        entries = _entries(tx, ids) if ids else [a.id for a in tx.held_arrivals()]
        chosen = [
            each for entry in entries for each in taken_apart(tx, entry, "yeniden okutuldu", app.clock())
        ]
        for arrival_id in chosen:
            if app.bring_back_scan(tx.arrival(arrival_id)):
                tx.close_arrival(arrival_id, "dropped", "Dosya sonradan tamamlanmış; yeniden alınıyor.")
            else:
                tx.reopen_arrival(arrival_id)
    click.echo(f"{len(chosen)} ileti yeniden okunacak.")


@held.command(cls=TurkishCommand, help="Tutulan iletileri listeden kaldırır; aslı saklanır.")
@config_option
@click.argument("ids", nargs=-1, required=True, metavar="NO…")
@click.pass_context
def drop(ctx: click.Context, ids: tuple[str, ...]) -> None:
    with opened(ctx) as app, app.ledger.transaction() as tx:
        entries = _entries(tx, ids)
        chosen = [each for entry in entries for each in taken_apart(tx, entry, "kaldırıldı", app.clock())]
        for arrival_id in chosen:
            tx.close_arrival(arrival_id, "dropped", "Personel tarafından kaldırıldı.")
    click.echo(f"{len(chosen)} ileti kaldırıldı.")


def _place_of(row: Unready) -> str:
    return "/".join(filter(None, (row.code, row.sheet, str(row.place))))


def _entries(view: View, ids: Sequence[str]) -> list[int]:
    """The mails of these numbers. Raises :class:`Unprocessable` where one of them is none, before any is touched."""
    waiting = {str(a.id): a.id for a in view.held_arrivals()}
    decided_elsewhere = {review.key for review in view.reviews()}
    rows = {_place_of(row) for row in unready_rows(view)}
    for each in ids:
        if each in waiting:
            continue
        if each in decided_elsewhere:
            why = f"{each}: bu kayda ofis tablosunun {INCELEME.title} sayfasında karar verilir."
        elif each in rows:
            why = f"{each}: bu satır kendi tablosunda tamamlanır veya silinir."
        else:
            why = f"“{each}” numaralı bekleyen bir ileti yok."
        raise Unprocessable(f"nothing held as {each}", reason=why)
    return [waiting[each] for each in dict.fromkeys(ids)]


COMMANDS = (held,)
